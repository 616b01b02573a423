"""Candidates: the spans of a text that may be place names, listed or not; most of them are none."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from geo.gazetteer.stack import Stack
from geo.mentions.aligned import title_case
from geo.mentions.scan import Hit, beginnings, names_at
from geo.mentions.segments import Segment, chance_alone, chances
from geo.mentions.words import LINKS, Words, runs

LONGEST_SPAN = 7
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Listed:
    """The listed names of a text by their offsets, and the offsets of all words at which a name may begin."""

    names: dict[Span, str]
    beginnings: frozenset[int]

    def longest(self) -> list[Hit]:
        """Give the longest names, left to right, without overlap."""
        hits: list[Hit] = []
        for (start, end), name in sorted(self.names.items(), key=lambda item: (item[0][0], -item[0][1])):
            if not hits or start >= hits[-1].end:
                hits.append(Hit(start, end, name))
        return hits


class Candidate(NamedTuple):
    """A span of words from `first` to before `last`, in the run with this number; `name` is the listed name, or ""."""

    first: int
    last: int
    run: int
    name: str


@dataclass(frozen=True, slots=True)
class Found:
    """The runs of a text as ranges of words, and the candidates in them, in order."""

    runs: list[Span]
    candidates: list[Candidate]


def listed_names(text: str, index: Stack) -> Listed:
    """Give the listed names in a text (in normal form)."""
    titled = title_case(text)
    names: dict[Span, str] = {}
    starts = []
    for start, end in beginnings(text):
        starts.append(start)
        found = names_at(text, start, index)
        if titled[start:end] != text[start:end]:
            found += names_at(titled, start, index)
        for name in found:
            names.setdefault((start, start + len(name)), name)
    return Listed(names, frozenset(starts))


def candidates(words: Words, listed: Mapping[Span, str], beginnings: frozenset[int]) -> Found:
    """Give the candidates of a text: listed names, and other spans of capitals that stand side by side.

    Parameters
    ----------
    words : Words
    listed : mapping of (int, int) to str
        Listed names by their offsets.
    beginnings : frozenset of int
        The offsets of the words at which a name may begin.
    """
    names: dict[int, dict[int, str]] = {}
    for (start, end), name in listed.items():
        first, last = words.beginning(start), words.ending(end)
        if first is not None and last is not None:
            names.setdefault(first, {})[last] = name
    barred = {
        place for place in words.capitals if words.starts[place] not in beginnings and words.words[place][0].isupper()
    }
    ranges = runs(words, barred, {first: max(own) for first, own in names.items()})
    capitals, nothing = set(words.capitals), dict[int, str]()
    found: list[Candidate] = []
    for number, (begin, end) in enumerate(ranges):
        for first in range(begin, end):
            own = names.get(first, nothing)
            lasts = range(first + 1, min(end, first + LONGEST_SPAN) + 1)
            if first in capitals:
                found += [
                    Candidate(first, last, number, own.get(last, ""))
                    for last in lasts
                    if words.words[last - 1] not in LINKS or last in own
                ]
            elif own:
                found += [Candidate(first, last, number, own[last]) for last in lasts if last in own]
    return Found(ranges, found)


def chances_of(found: Sequence[Candidate], scores: Sequence[float]) -> list[float]:
    """Give the probability of each candidate beside the others of its run.

    Parameters
    ----------
    found : sequence of Candidate
        In the order of their runs.
    scores : sequence of float
    """
    likely: list[float] = []
    begin = 0
    runs = [candidate.run for candidate in found]
    while begin < len(runs):
        end = begin + 1
        while end < len(runs) and runs[end] == runs[begin]:
            end += 1
        if end - begin == 1:
            likely.append(chance_alone(scores[begin]))
        else:
            likely += chances([Segment(found[n].first, found[n].last, scores[n]) for n in range(begin, end)])
        begin = end
    return likely
