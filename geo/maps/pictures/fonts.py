"""The page's fonts for pictures: each script and weight a file of its own, that matplotlib's text layout can read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache
from pathlib import Path

from matplotlib import font_manager
from matplotlib.font_manager import FontProperties

from geo.files import cache_folder, write_whole
from geo.maps.fonts import ALWAYS, ITALIC, Script, scripts

REGULAR, BOLD = 400, 600
FORM = 2
"""Goes up when what `_unpacked` writes changes: the files of other forms in the cache are left alone."""
SPARE = "DejaVu Sans"
"""Comes with matplotlib, for signs that no subset has."""
_HIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff0-\uffff\ud800-\udfff]+")


def shown(text: str) -> str:
    """Give a text as a picture writes it: on one line, without controls and marks that turn the direction of writing."""
    return " ".join(_HIDDEN.sub(" ", text).split())


def unwritable(texts: Iterable[str]) -> set[str]:
    """Give the signs for which there is no font: they would be drawn as empty boxes.

    Examples
    --------
    >>> unwritable(["Şuşa", "القدس", "東京"]) == {"東", "京"}
    True
    """
    return {sign for text in texts for sign in text if not sign.isspace()} - _known_signs()


@cache
def font(weight: int = REGULAR, *, italic: bool = False) -> FontProperties:
    """Give the fonts of a weight, one a script, in the order in which they are looked at for a sign."""
    chosen = [script for script in scripts() if script.style != ITALIC or italic]
    # Italics are for Latin alone; other scripts stay upright.
    ordered = sorted(chosen, key=lambda script: (script.style != ITALIC, script.name != ALWAYS))
    return FontProperties(family=[*(_family(script, weight) for script in ordered), SPARE])


@cache
def _family(script: Script, weight: int) -> str:
    """Register the font of a script with matplotlib and give the family's name, which is its own."""
    name = f"Allonym {script.name} {weight}"
    font_manager.fontManager.addfont(_unpacked(script, weight, name))
    return name


def _unpacked(script: Script, weight: int, name: str) -> Path:
    """Give the file of one weight: the page's fonts are compressed and hold all weights, which matplotlib does not read."""
    packed = script.path.read_bytes()
    folder = cache_folder() / "fonts"
    path = folder / f"{script.name}-{weight}-{FORM}-{_checksum(packed)}.ttf"
    if not path.is_file():
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(path, _instance(packed, weight, name))
    return path


def _instance(packed: bytes, weight: int, name: str) -> bytes:
    import io  # noqa: PLC0415 - once for each script and weight

    from fontTools.ttLib import TTFont  # noqa: PLC0415
    from fontTools.varLib.instancer import instantiateVariableFont  # noqa: PLC0415

    made = TTFont(io.BytesIO(packed), recalcTimestamp=False)
    if "fvar" in made:  # italics have one weight
        made = instantiateVariableFont(made, {"wght": weight})
    made.flavor = None
    # The family alone tells the weight: matplotlib would look for one weight in all families at once.
    made["OS/2"].usWeightClass = REGULAR
    # matplotlib tells outlines apart by the PostScript name: without one, letters of two scripts would be mixed up.
    for number, text in ((1, name), (2, "Regular"), (4, name), (6, name.replace(" ", "-"))):
        made["name"].setName(text, number, 3, 1, 0x409)
    out = io.BytesIO()
    made.save(out)
    return out.getvalue()


def _checksum(content: bytes) -> str:
    import hashlib  # noqa: PLC0415

    return hashlib.sha256(content).hexdigest()[:12]


@cache
def _known_signs() -> frozenset[str]:
    own = {sign for script in scripts() for sign in script.signs}
    spare = font_manager.get_font(font_manager.findfont(SPARE)).get_charmap()
    return frozenset(own | {chr(sign) for sign in spare})
