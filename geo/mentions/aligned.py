"""A text in the normal form that names are matched in, with the way back to the offsets of the report."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from geo.gazetteer.folding import NORMAL, normalise
from geo.mentions.twin import Twin

if TYPE_CHECKING:
    import numpy as np

    Offsets = np.ndarray[Any, np.dtype[np.uint32]]

_HYPHENS = "-‐‑֊\xad"
# The characters of HTML that stand for another, and words that a line's end breaks ("Stepan-\nakert").
_ENTITY = r"(?P<entity>(?<=&)(?:#[0-9]{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});)"
_BREAK = rf"(?P<joint>(?<=[^\W\d_][{_HYPHENS}])[ \t]{{0,9}}(?:\r\n?|\n)[ \t]*+(?=[^\W\d_]))"
# Without any of these, no text in ASCII has anything that is no part of the normal form.
_ASCII_ODD = re.compile(r"[&`\t-\r\x1c-\x1f]|  ")
_LETTERS_GO_ON = re.compile(r"(?=(.))(?!\w{1,40}[-‐‑])")
# Armenian puts its question mark and the like on the vowel within a word.
_STRESSES = "\u055b\u055c\u055e"
_SURROGATE = re.compile("[\ud800-\udfff]")
# Latin and Cyrillic letters that look alike, in this order; a word with both is meant in the one that its other letters are of.
_CYRILLIC, _LATIN = "АВЕЅІЈКМНОРСТУХҺаеѕіјорсухһԛԝәӘ", "ABESIJKMHOPCTYXHaesijopcyxhqwəƏ"
_ANY_CYRILLIC, _ANY_LATIN = "[\u0400-\u052f]", "[A-Za-z\u00c0-\u024f\u0259]"
_CYRILLIC_LETTER = re.compile(_ANY_CYRILLIC)
_MIXED = re.compile(
    rf"(?<!\w)(?=\w{{0,40}}?(?:{_ANY_CYRILLIC}{_ANY_LATIN}|{_ANY_LATIN}{_ANY_CYRILLIC}))\w{{2,80}}+(?!\w)"
)
# A word of four capitals, or two words of capitals side by side; a lone "US" or "MOD" stays as it is.
_CAPITALS = Twin(
    r"[^\W\d_a-z](?<!\w.)[^\W\d_a-z](?:[^\W\d_a-z]*(?:[ -][^\W\d_a-z]{2,})+|[^\W\d_a-z]{2,})(?!\w)",
    r"[A-Z](?<!\w.)[A-Z](?:[A-Z]*(?:[ -][A-Z]{2,})+|[A-Z]{2,})(?!\w)",
)
_TO_CYRILLIC, _TO_LATIN = str.maketrans(_LATIN, _CYRILLIC), str.maketrans(_CYRILLIC, _LATIN)


@dataclass(frozen=True, slots=True)
class Aligned:
    """Text in normal form and, for each of its characters, where it starts and ends in the original.

    `starts` and `ends` are None when every character stands where it stood.
    """

    text: str
    starts: Offsets | None = None
    ends: Offsets | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the original's offsets of a span (not empty) of the normal form."""
        if self.starts is None or self.ends is None:
            return start, end
        return int(self.starts[start]), int(self.ends[end - 1])


def align(text: str) -> Aligned:
    r"""Bring a text into the normal form of names, keeping offsets.

    Examples
    --------
    >>> aligned = align("the Lachin\n  corridor")
    >>> aligned.text
    'the Lachin corridor'
    >>> aligned.span(4, 19)
    (4, 21)
    """
    if text.isascii() and not _ASCII_ODD.search(text):
        return Aligned(text)
    pieces: list[str] = []
    edits: list[tuple[int, int, int]] = []
    done = 0
    for match in _odd(text).finditer(text):
        start, end = match.span()
        normal = _normal(match)
        if normal != match.group():
            pieces += text[done:start], normal
            edits.append((start, end, len(normal)))
            done = end
    normal_text = _unmixed("".join([*pieces, text[done:]])) if edits else _unmixed(text)
    if all(end - start == length for start, end, length in edits):
        return Aligned(normal_text)
    return Aligned(normal_text, *_offsets(edits, len(text)))


def _offsets(edits: Sequence[tuple[int, int, int]], length: int) -> tuple[Offsets, Offsets]:
    """Give where each character of the normal form starts and ends, after edits as start, end and length of the new."""
    import numpy as np  # noqa: PLC0415 - an open index has loaded it

    counts, begins = np.ones(length, dtype=np.intp), np.arange(length, dtype=np.uint32)
    stops = begins + 1
    for start, end, count in edits:
        counts[start], counts[start + 1 : end], stops[start] = count, 0, end
    return np.repeat(begins, counts), np.repeat(stops, counts)


def _odd(text: str) -> re.Pattern[str]:
    """Give the pattern of what is no part of the normal form, by the signs that the text has."""
    stressed = not text.isascii() and any(sign in text for sign in _STRESSES)
    if text.isascii() or unicodedata.is_normalized("NFC", text):
        return _pattern("", "", stressed=stressed)
    signs = sorted(set(text))
    marks = "".join(sign for sign in signs if unicodedata.combining(sign))
    composed = "".join(sign for sign in signs if unicodedata.normalize("NFC", sign) != sign)
    return _pattern(marks, composed, stressed=stressed)


@cache
def _pattern(marks: str, composed: str, *, stressed: bool) -> re.Pattern[str]:
    """Give the pattern, with signs that combine with the one before, signs that are another when composed, and stresses."""
    blank = "".join(chr(sign) for sign, plain in NORMAL.items() if not plain)
    signs = "".join(chr(sign) for sign, plain in NORMAL.items() if plain and chr(sign) != plain)
    # One set of characters comes first: the engine passes over all others quickly. A lone space or hyphen stays.
    usual = (
        rf"[&\s\-\ud800-\udfff{re.escape(blank + signs)}]"
        rf"(?:{_ENTITY}|{_BREAK}|(?<=[\s{blank}])[\s{blank}]++|(?<![ &\-]))"
    )
    clusters = [rf"[^{re.escape(marks)}][{re.escape(marks)}]++"] if marks else []
    single = [f"[{re.escape(composed)}]"] if composed else []
    stress = [rf"(?<=\w)[{_STRESSES}](?=\w)"] if stressed else []
    return re.compile("|".join([*clusters, *single, *stress, usual]))


def _normal(match: re.Match[str]) -> str:
    piece = match.group()
    if match.lastgroup == "joint":
        return _joint(match)
    if piece in _STRESSES and match.string[match.end() : match.end() + 1].isalpha():
        return ""
    if match.lastgroup == "entity":
        piece = html.unescape(piece)
    if len(piece) == 1 and (plain := NORMAL.get(ord(piece))):
        return plain
    # Half a surrogate pair has no place in an index of names.
    piece = _SURROGATE.sub("\ufffd", piece)
    return " " if any(map(str.isspace, piece)) else normalise(piece)


def _joint(match: re.Match[str]) -> str:
    """Give what a hyphen at a line's end stands for: itself in "Nagorno-Karabakh", nothing in "Stepan-akert"."""
    if match.group()[0] == "\xad":
        return ""
    following = _LETTERS_GO_ON.match(match.string, match.end())
    # "Stratford-upon-Avon": the word after the line's end has a hyphen as well.
    return "" if following and following[1].islower() else "-"


def _unmixed(text: str) -> str:
    """Give a text whose words are each in one script, where Latin and Cyrillic letters that look alike were mixed."""
    return _MIXED.sub(_in_one_script, text) if _CYRILLIC_LETTER.search(text) else text


def _in_one_script(match: re.Match[str]) -> str:
    word = match.group()
    cyrillic = [letter for letter in word if "\u0400" <= letter <= "\u052f"]
    latin = [letter for letter in word if letter.isalpha() and not "\u0400" <= letter <= "\u052f"]
    # Letters that no other looks like tell first.
    sure = sum(letter not in _CYRILLIC for letter in cyrillic) - sum(letter not in _LATIN for letter in latin)
    return word.translate(_TO_CYRILLIC if (sure or len(cyrillic) - len(latin)) > 0 else _TO_LATIN)


def title_case(text: str) -> str:
    """Give `text` with its words in capitals ("BARDA REGION") in title case, of the same length."""
    return _CAPITALS.of(text).sub(_titled, text)


def _titled(match: re.Match[str]) -> str:
    words = match.group()
    titled = words.title()
    return titled if words.isupper() and len(titled) == len(words) else words
