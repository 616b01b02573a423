"""The two forms in which names are compared: the light normal form, and the key that all spellings of a name share.

The rules of the key are data, ``data/rules/folding.csv``: plain replacements and simple regular expressions that mean the
same in JavaScript. Letters that no rule names go through anyascii. Stages, in the order in which they act:

``script``
    sequences of letters in the script of the name, lower case (``ու`` is one vowel, ``дж`` one consonant)
``letter``
    one letter to its Latin spelling
``latin``
    sequences of Latin letters; a capital stands for a sound (``C`` any affricate, ``S`` sh, ``X`` kh)
``class``
    one Latin letter to the class of sounds that it stands for
``key``
    what drops out of the key: doubled letters, final vowels, word breaks

A name with few consonants keeps the classes of its vowels (a e ə, o u ö ü, i ı y); a longer one is told by its consonants
alone, because scripts without vowels, and the many ways to write a vowel, leave nothing else to rely on.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from functools import cache
from typing import TYPE_CHECKING

from anyascii import anyascii

from geo.errors import DataError
from geo.files import data_folder

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable
    from pathlib import Path

SHORT = 4
"""A key with fewer consonants than this keeps its vowels."""

_APOSTROPHES = "'`´‘’‚‛ʹʺʻʼʽˈˊˋˌˮ՚՛＇′‵ꞌ׳"
_DASHES = "-‐‑‒–—―⁃−﹘﹣－֊־"
_NORMAL = {ord(c): "'" for c in _APOSTROPHES} | {ord(c): "-" for c in _DASHES}
_NORMAL |= {ord(c): '"' for c in "“”„‟«»″＂"}
_NORMAL |= dict.fromkeys([0xAD, 0x61C, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)])


def normalise(text: str) -> str:
    """Give the light normal form in which names are compared for exact equality.

    Composed (NFC); apostrophes, curly quotes and modifier letters like them are ``'``, all dashes and hyphens ``-``, white
    space of any length one space; soft hyphens, zero-width characters and controls of direction are gone. Case and
    diacritics stay.

    Examples
    --------
    >>> normalise("K’arin\\u00a0 Tak")
    "K'arin Tak"
    """
    if text.isascii():
        return " ".join(text.replace("`", "'").split())
    return unicodedata.normalize("NFC", " ".join(unicodedata.normalize("NFC", text).translate(_NORMAL).split()))


def fold(text: str) -> str:
    """Give the key that the spellings of a name share, whatever the romanisation or script.

    Parameters
    ----------
    text : str
        A name; case, diacritics, apostrophes, hyphens and spaces do not matter.

    Returns
    -------
    str
        ASCII letters and digits without spaces for every script that has a transliteration; "" when nothing of the name
        can be pronounced. Keys are to be compared, not shown.

    Examples
    --------
    >>> {fold(name) for name in ("Xocavənd", "Khojavend", "Khodzhavend", "Hocavend", "Ходжавенд", "Խոջավենդ")}
    {'hCvnd'}
    """
    return _choose(_rules()(_words(text)))


def fold_all(texts: Iterable[str]) -> list[str]:
    """Give the keys of many names at once, each equal to that of :func:`fold`, several times as fast.

    The names are laid end to end so that each rule runs once over all of them.

    Parameters
    ----------
    texts : iterable of str
        Names; all of them are held in memory.

    Returns
    -------
    list of str
        One key a name, in the order of the names.
    """
    words = [_words(text) for text in texts]
    keys = [""] * len(words)
    for plain in (True, False):
        chosen = [i for i, text in enumerate(words) if text.isascii() is plain]
        folded = _rules()("\n".join([words[i] for i in chosen])).split("\n")
        for i, key in zip(chosen, folded, strict=False):
            keys[i] = _choose(key)
    return keys


def _words(text: str) -> str:
    """Give the name in lower case, its words apart by one space each, without any other sign."""
    if text.isascii():
        return " ".join(text.translate(_SIGNS).lower().split())
    composed = unicodedata.normalize("NFC", unicodedata.normalize("NFC", text).lower())
    return " ".join(composed.translate(_SIGNS).split())


def _choose(key: str) -> str:
    bare = key.translate(_VOWELS)
    return bare if len(bare) >= SHORT else key


class _Signs(dict[int, str | int]):
    """What becomes of a character that is no letter: apostrophes go, all else parts words; found once, then kept."""

    def __missing__(self, code: int) -> str | int:
        category = unicodedata.category(chr(code))
        kept: str | int = code if category[0] in "LMN" else " "
        self[code] = "" if category in {"Cf", "Lm"} or chr(code) in _APOSTROPHES else kept
        return self[code]


class _Letters(dict[int, str]):
    """The Latin spelling of each letter: a rule's, else anyascii's; found once, then kept."""

    def __missing__(self, code: int) -> str:
        latin = "".join(c for c in anyascii(chr(code)).lower() if c.isalnum() or c in " \n")
        self[code] = latin
        return latin


_SIGNS = _Signs()
_VOWELS = str.maketrans("", "", "aiu")
_PLAIN = re.compile(r"[^\\^$.|?*+()\[\]{}]+")


def read_rules(path: Path) -> list[dict[str, str]]:
    """Read the table of rules in the order in which they act.

    Raises
    ------
    DataError
        When a rule has an unknown stage or a pattern that is no regular expression.
    """
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for line, row in enumerate(rows, 2):
        where = f"{path.name}:{line}"
        if row["stage"] not in {"script", "letter", "latin", "class", "key"}:
            raise DataError(f"{where}: unknown stage {row['stage']!r}; use script, letter, latin, class or key")
        try:
            re.compile(row["pattern"])
        except re.error as error:
            raise DataError(f"{where}: pattern is no regular expression ({error}); correct it") from error
    return sorted(rows, key=lambda row: int(row["order"]))


def step(row: dict[str, str]) -> Callable[[str], str]:
    """Give the function that applies one rule."""
    pattern, replacement = row["pattern"], row["replacement"]
    if _PLAIN.fullmatch(pattern):
        return lambda text: text.replace(pattern, replacement)
    search = re.compile(pattern) if row["stage"] == "script" else re.compile(pattern, re.ASCII)
    template = replacement.replace("$", "\\")
    return lambda text: search.sub(template, text)


@cache
def _rules() -> Callable[[str], str]:
    rows = read_rules(data_folder() / "rules" / "folding.csv")
    steps = {stage: [step(row) for row in rows if row["stage"] == stage] for stage in ("script", "latin", "key")}
    letters = _Letters({ord(row["pattern"]): row["replacement"] for row in rows if row["stage"] == "letter"})
    letters.update({code: chr(code) for code in range(128)})
    classes = str.maketrans({row["pattern"]: row["replacement"] for row in rows if row["stage"] == "class"})

    def run(text: str) -> str:
        if not text.isascii():
            for act in steps["script"]:
                text = act(text)
            text = text.translate(letters)
        for act in steps["latin"]:
            text = act(text)
        text = text.translate(classes)
        for act in steps["key"]:
            text = act(text)
        return text

    return run
