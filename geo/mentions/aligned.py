"""A text in the normal form that names are matched in, with the way back to the offsets of the report."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from geo.gazetteer.folding import normalise

# A word of four capitals, or two words of capitals side by side; a lone "US" or "MOD" stays as it is.
_CAPITALS = re.compile(r"(?<!\w)(?:[^\W\d_a-z]{2,}(?:[ -][^\W\d_a-z]{2,})+|[^\W\d_a-z]{4,})(?!\w)")


@dataclass(frozen=True, slots=True)
class Aligned:
    """Text in normal form and, for each of its characters, where it starts and ends in the original.

    `starts` and `ends` are None when every character stands where it stood.
    """

    text: str
    starts: list[int] | None = None
    ends: list[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the original's offsets of a span (not empty) of the normal form."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


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
    characters: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    even = True
    for start, cluster in _clusters(text):
        normal = _normal(cluster)
        even = even and len(normal) == len(cluster)
        if normal == " " and characters and characters[-1] == " ":
            ends[-1], even = start + len(cluster), False
            continue
        if normal == " " and cluster in "\r\n" and characters and characters[-1] == "-":
            # A name with a hyphen may be broken after it.
            even = False
            continue
        for character in normal:
            characters.append(character)
            starts.append(start)
            ends.append(start + len(cluster))
    normal_text = "".join(characters)
    return Aligned(normal_text) if even else Aligned(normal_text, starts, ends)


def _clusters(text: str) -> list[tuple[int, str]]:
    """Give each character with the combining marks that follow it, and its offset."""
    if text.isascii():
        return list(enumerate(text))
    found: list[tuple[int, str]] = []
    for position, character in enumerate(text):
        if found and unicodedata.combining(character):
            start, cluster = found[-1]
            found[-1] = (start, cluster + character)
        else:
            found.append((position, character))
    return found


@lru_cache(maxsize=20_000)
def _normal(cluster: str) -> str:
    return " " if cluster.isspace() else normalise(cluster)


def title_case(text: str) -> str:
    """Give `text` with its words in capitals ("BARDA REGION") in title case, of the same length."""
    return _CAPITALS.sub(_titled, text)


def _titled(match: re.Match[str]) -> str:
    words = match.group()
    titled = words.title()
    return titled if words.isupper() and len(titled) == len(words) else words
