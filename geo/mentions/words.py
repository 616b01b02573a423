"""A text in normal form as words, and its runs: words with capitals side by side, in which names are sought."""

from __future__ import annotations

import re
from array import array
from bisect import bisect_left
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from geo.gazetteer import generics
from geo.mentions.rules import table

_WORD = re.compile(r"[^\W\d_](?:\.[^\W\d_])+\.?(?!\w)|'s(?!\w)|\w+(?:'(?!s\b)\w+)*|[^\w\s]")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
# Small words and signs that may stand inside a name ("University of the Philippines", "St. Mary's County").
LINKS = frozenset((
    "of", "de", "la", "le", "les", "del", "du", "des", "da", "do", "dos", "di", "the", "upon", "on", "under", "al", "el",
    "von", "van", "der", "den", "y", "e", "in", "sur", "for", "&", "-", "/", "'s", ".",
))  # fmt: skip
_MOST_LINKS = 3
LONGEST_RUN = 16
EDGE = "<>"


@dataclass(frozen=True, slots=True)
class Words:
    """The words and signs of a text with their offsets, and which words have a capital first or are ordinals ("9th Street").

    An abbreviation's full stop is part of it.
    """

    words: list[str]
    starts: Sequence[int]
    ends: Sequence[int]
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
    words: list[str] = []
    # Arrays, and one object for each word however often it stands: a long text has millions.
    starts, ends = array("I"), array("I")
    known: dict[str, str] = {}
    capitals: list[int] = []
    short = _abbreviations()
    for match in _WORD.finditer(text):
        word = match.group()
        start, end = match.span()
        if word == "." and ends and ends[-1] == start and (words[-1] in short or _is_initial(words[-1])):
            words[-1] += "."
            ends[-1] = end
            continue
        if word[0].isupper() or (word[0].isdigit() and _ORDINAL.fullmatch(word)):
            capitals.append(len(words))
        words.append(known.setdefault(word, word))
        starts.append(start)
        ends.append(end)
    return Words(words, starts, ends, capitals)


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
    capitals = set(words.capitals)
    found = []
    place = 0
    for begin in sorted(capitals | reach.keys()):
        if begin < place or begin in barred:
            continue
        end = max(begin + 1, reach.get(begin, 0))
        place = begin + 1
        while place < len(words.words) and place not in barred:
            word = words.words[place]
            if place in capitals or place in reach or word.isdigit():
                end = max(end, place + 1, reach.get(place, 0))
            elif not (place < end or (word in LINKS and place - end < _MOST_LINKS)):
                break
            place += 1
        place = end
        found += [(start, min(end, start + LONGEST_RUN)) for start in range(begin, end, LONGEST_RUN)]
    return found
