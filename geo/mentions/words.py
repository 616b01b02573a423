"""A text in normal form as words, and its runs: words with capitals side by side, in which names are sought."""

from __future__ import annotations

import re
from collections.abc import Container, Mapping, Sequence
from dataclasses import dataclass
from functools import cache

from geo.gazetteer import generics
from geo.mentions.rules import table

_WORD = re.compile(r"[^\W\d_](?:\.[^\W\d_])+\.?(?!\w)|'s(?!\w)|\w+(?:'(?!s\b)\w+)*|[^\w\s]")
_ORDINAL = re.compile(r"\d+(?:st|nd|rd|th)")
# Small words and signs that may stand inside a name ("University of the Philippines", "St. Mary's County").
LINKS = frozenset(
    "of de la le les del du des da do dos di the upon on under al el von van der den & - / 's . y e in sur for".split()
)
_MOSTLINKS = 3
LONGEST_RUN = 16
EDGE = "<>"


@dataclass(frozen=True, slots=True)
class Words:
    """The words and signs of a text with their offsets; an abbreviation's full stop is part of it."""

    words: list[str]
    starts: list[int]
    ends: list[int]

    def word(self, place: int) -> str:
        """Give a word, or a mark for the text's edge."""
        return self.words[place] if 0 <= place < len(self.words) else EDGE


def words_of(text: str) -> Words:
    """Cut a text (in normal form) into words and signs."""
    words: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    short = _abbreviations()
    for match in _WORD.finditer(text):
        word, start = match.group(), match.start()
        if word == "." and ends and ends[-1] == start and (words[-1] in short or _is_initial(words[-1])):
            words[-1] += "."
            ends[-1] += 1
            continue
        words.append(word)
        starts.append(start)
        ends.append(match.end())
    return Words(words, starts, ends)


@cache
def _abbreviations() -> frozenset[str]:
    listed = {row["term"].removesuffix(".") for row in table("abbreviations")}
    shorts = (word for rule in generics.rules() if rule.kind.startswith("short") for word in rule.words)
    return frozenset(listed | {short.removesuffix(".") for short in shorts})


def _is_initial(word: str) -> bool:
    return len(word) == 1 and word.isupper()


def is_capital(word: str) -> bool:
    """Tell whether a word may begin or end a name: it has a capital, or is an ordinal ("9th Street")."""
    return word[0].isupper() or (word[0].isdigit() and _ORDINAL.fullmatch(word) is not None)


def runs(words: Sequence[str], barred: Container[int], reach: Mapping[int, int]) -> list[tuple[int, int]]:
    """Give the runs of a text as ranges of words: capitals with links and numbers between them, and listed names.

    Parameters
    ----------
    words : sequence of str
    barred : container of int
        Words that no name may have.
    reach : mapping of int to int
        By the word at which listed names begin, the word before which the longest of them ends.
    """
    found = []
    place = 0
    while place < len(words):
        if place in barred or not (place in reach or is_capital(words[place])):
            place += 1
            continue
        begin = place
        end = last = max(place + 1, reach.get(place, 0))
        place += 1
        while place < len(words) and place not in barred:
            word = words[place]
            if is_capital(word) or word.isdigit() or place in reach:
                last = max(last, place + 1, reach.get(place, 0))
            elif not (place < last or (word in LINKS and place - last < _MOSTLINKS)):
                break
            place += 1
        end = last
        found += [(start, min(end, start + LONGEST_RUN)) for start in range(begin, end, LONGEST_RUN)]
        place = end
    return found
