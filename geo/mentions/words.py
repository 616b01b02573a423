"""A text in normal form as words, and its runs: words with capitals side by side, in which names are sought."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import compress
from typing import Any

from geo.gazetteer import generics
from geo.mentions.rules import table

_WORD = re.compile(r"\w(?=\.)(?<![\d_])(?:\.[^\W\d_])+\.?(?!\w)|\w++(?:'(?!s\b)\w++)*+|'s(?!\w)|[^\w\s]")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
# Small words and signs that may stand inside a name ("University of the Philippines", "St. Mary's County").
LINKS = frozenset((
    "of", "de", "la", "le", "les", "del", "du", "des", "da", "do", "dos", "di", "the", "upon", "on", "under", "al", "el",
    "von", "van", "der", "den", "y", "e", "in", "sur", "for", "&", "-", "/", "'s", ".",
))  # fmt: skip
_MOST_LINKS = 3
LONGEST_RUN = 16
EDGE = "<>"
_SPACE, _ZERO, _A, _Z = map(ord, " 0az")


@dataclass(frozen=True, slots=True)
class Words:
    """The words and signs of a text with their offsets, and which words have a capital first or are ordinals ("9th Street").

    An abbreviation's full stop is part of it.
    """

    words: list[str]
    starts: array[int]
    ends: array[int]
    capitals: list[int]

    def word(self, place: int) -> str:
        """Give a word, or a mark for the text's edge."""
        return self.words[place] if 0 <= place < len(self.words) else EDGE

    def beginning(self, offset: int) -> int | None:
        """Give the word that begins at an offset, or None."""
        place = bisect_left(self.starts, offset)
        return place if place < len(self.starts) and self.starts[place] == offset else None

    def ending(self, offset: int) -> int | None:
        """Give the word after the one that ends at an offset, or None."""
        place = bisect_left(self.ends, offset)
        return place + 1 if place < len(self.ends) and self.ends[place] == offset else None


def words_of(text: str) -> Words:
    """Cut a text (in normal form) into words and signs."""
    import numpy as np  # noqa: PLC0415 - an open index has loaded it

    words: list[str] = _WORD.findall(text)
    # All but spaces is part of a word or sign, so that the lengths of the words tell where they stand.
    signs = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), dtype="<u4")
    letters = np.flatnonzero(signs != _SPACE)
    lengths = np.fromiter(map(len, words), dtype=np.intp, count=len(words))
    begins = letters[np.cumsum(lengths) - lengths]
    starts, ends = array("I", begins.astype("I").tobytes()), array("I", (begins + lengths).astype("I").tobytes())
    marks = _full_stops(words, starts, ends)
    if marks:
        for mark in marks:
            words[mark - 1] += "."
            ends[mark - 1] += 1
        dropped = frozenset(marks)
        kept = [place not in dropped for place in range(len(words))]
        words = list(compress(words, kept))
        starts, ends = array("I", compress(starts, kept)), array("I", compress(ends, kept))
    # Most words begin with a small letter, and most others with a plain capital.
    likely = _may_be_capital(signs[np.frombuffer(starts, dtype=np.uint32)]) if words else ()
    capitals = [place for place in likely if "A" <= words[place] < "[" or _is_capital(words[place])]
    return Words(words, starts, ends, capitals)


def _may_be_capital(signs: Any) -> list[int]:
    """Give the places of all signs but small letters from a to z, and what comes before the digits."""
    found: list[int] = ((signs < _A) & (signs >= _ZERO) | (signs > _Z)).nonzero()[0].tolist()
    return found


def _is_capital(word: str) -> bool:
    return word[0].isupper() or (word[0].isdigit() and _ORDINAL.fullmatch(word) is not None)


def _full_stops(words: list[str], starts: Sequence[int], ends: Sequence[int]) -> list[int]:
    """Give the full stops that are part of the abbreviation or initial before them."""
    short = _abbreviations()
    found = []
    place = 0
    for _ in range(words[1:].count(".")):
        place = words.index(".", place + 1)
        before = words[place - 1]
        if ends[place - 1] == starts[place] and (before in short or _is_initial(before)):
            found.append(place)
    return found


@cache
def _abbreviations() -> frozenset[str]:
    listed = {row["term"].removesuffix(".") for row in table("abbreviations")}
    shorts = (word for rule in generics.rules() if rule.kind.startswith("short") for word in rule.words)
    return frozenset(listed | {short.removesuffix(".") for short in shorts})


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isupper()


def runs(words: Words, barred: Container[int], reach: Mapping[int, int]) -> list[tuple[int, int]]:
    """Give the runs of a text as ranges of words: capitals with links and numbers between them, and listed names.

    Parameters
    ----------
    words : Words
    barred : container of int
        Words that no name may have.
    reach : mapping of int to int
        By the word at which listed names begin, the word before which the longest of them ends.
    """
    capitals, signs = set(words.capitals), words.words
    found = []
    place = 0
    for begin in sorted(capitals | reach.keys()):
        if begin < place or begin in barred:
            continue
        end = max(begin + 1, reach.get(begin, 0))
        place = begin + 1
        while place < len(signs) and place not in barred:
            word = signs[place]
            if place in capitals or place in reach or word.isdigit():
                end = max(end, place + 1, reach.get(place, 0))
            elif not (place < end or (word in LINKS and place - end < _MOST_LINKS)):
                break
            place += 1
        place = end
        found += [(start, min(end, start + LONGEST_RUN)) for start in range(begin, end, LONGEST_RUN)]
    return found
