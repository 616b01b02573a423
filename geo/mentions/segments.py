"""Spans that compete: no two that overlap can both be names."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

# A score beyond this says nothing more; products of odds over a run of 16 words stay within what a float can hold.
MOST = 30.0


class Segment(NamedTuple):
    """A span of words from `first` to before `last`, with what keeping it gains."""

    first: int
    last: int
    score: float


def chances(spans: Sequence[tuple[int, int, float]]) -> list[float]:
    """Give the probability of each span, over all ways to choose spans that do not overlap.

    Parameters
    ----------
    spans : sequence of (int, int, float)
        Each from a first word to before a last one, with its odds beside no name; those of one run, whose words are counted
        from 0, in the order of their first words; not empty.

    Examples
    --------
    >>> chances([(0, 1, 1.0)])
    [0.5]
    >>> [round(chance, 2) for chance in chances([(0, 1, 1.0), (0, 2, 1.0)])]
    [0.33, 0.33]
    """
    size = max([last for _, last, _ in spans])
    ahead = [1.0] + [0.0] * size
    place = 0
    for first, last, odds in spans:
        while place < first:
            place += 1
            ahead[place] += ahead[place - 1]
        ahead[last] += ahead[first] * odds
    for place in range(place + 1, size + 1):  # noqa: B020 - it goes on from where it was
        ahead[place] += ahead[place - 1]
    behind = [0.0] * size + [1.0]
    place = size
    for first, last, odds in reversed(spans):
        while place > first + 1:
            place -= 1
            behind[place] += behind[place + 1]
        behind[first] += behind[last] * odds
    for place in range(place - 1, -1, -1):  # noqa: B020
        behind[place] += behind[place + 1]
    return [ahead[first] * odds * behind[last] / ahead[size] for first, last, odds in spans]


def best(segments: Sequence[Segment]) -> list[int]:
    """Give the numbers of the segments without overlap whose scores add up to most, in order; those below 0 never take part.

    Examples
    --------
    >>> best([Segment(0, 2, 0.4), Segment(0, 1, 0.3), Segment(1, 2, 0.2), Segment(2, 3, -0.1)])
    [1, 2]
    """
    taking = sorted((segment.last, number) for number, segment in enumerate(segments) if segment.score >= 0)
    lasts = [last for last, _ in taking]
    sums, took = [0.0], [False]
    for place, (_, number) in enumerate(taking):
        total = sums[bisect_right(lasts, segments[number].first, 0, place)] + segments[number].score
        took.append(total > sums[-1])
        sums.append(max(total, sums[-1]))
    found = []
    place = len(taking)
    while place:
        number = taking[place - 1][1]
        if took[place]:
            found.append(number)
            place = bisect_right(lasts, segments[number].first, 0, place - 1)
        else:
            place -= 1
    return found[::-1]
