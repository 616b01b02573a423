"""The page's fonts: subsets of Noto Sans for the scripts that its texts use, inside the page."""

from __future__ import annotations

import base64
import csv
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from geo.files import data_folder

FAMILY = "Allonym Sans"
"""What the page's styles call them: a Noto Sans that somebody has installed may be another version."""
WEIGHTS = {"normal": "400 600", "italic": "400"}
ALWAYS = "latin"
ITALIC = "italic"


@dataclass(frozen=True, slots=True, kw_only=True)
class Script:
    """A subset: its file's name, normal or italic, and its signs as CSS has them (``U+0531-0556, U+0559``)."""

    name: str
    style: str
    ranges: str
    signs: frozenset[str]

    @property
    def path(self) -> Path:
        """Where the font lies."""
        return data_folder() / "fonts" / f"{self.name}.woff2"


def font_faces(texts: Iterable[str]) -> str:
    """Give the style sheet that brings the fonts of a page.

    Parameters
    ----------
    texts : iterable of str
        What the page shows: a script comes along if one of its signs is in them, Latin always, and italics for the
        names of waters.

    Returns
    -------
    str
        ``@font-face`` rules with ``data:`` addresses; equal scripts give equal text.

    Examples
    --------
    >>> css = font_faces(["Xankəndi"])
    >>> css.count("@font-face"), "U+0531" in css
    (3, False)
    """
    used: set[str] = set()
    for text in texts:
        used.update(text)
    return "\n".join(_face(script) for script in scripts() if _is_needed(script, used))


@cache
def scripts() -> tuple[Script, ...]:
    """Give the fonts that there are, in the order of their table."""
    with (data_folder() / "fonts" / "scripts.csv").open(encoding="utf-8", newline="") as stream:
        return tuple(
            Script(
                name=row["script"],
                style=row["style"],
                ranges=", ".join(row["ranges"].split()),
                signs=frozenset(_signs(row["ranges"])),
            )
            for row in csv.DictReader(stream)
        )


def _is_needed(script: Script, used: set[str]) -> bool:
    return script.name == ALWAYS or script.style == ITALIC or not script.signs.isdisjoint(used)


def _signs(ranges: str) -> Iterator[str]:
    for span in ranges.split():
        first, _, last = span.removeprefix("U+").partition("-")
        yield from map(chr, range(int(first, 16), int(last or first, 16) + 1))


def _face(script: Script) -> str:
    font = base64.b64encode(script.path.read_bytes()).decode("ascii")
    return (
        f'@font-face {{ font-family: "{FAMILY}"; font-style: {script.style}; font-weight: {WEIGHTS[script.style]}; '
        f"src: url(data:font/woff2;base64,{font}) format('woff2'); unicode-range: {script.ranges}; }}"
    )
