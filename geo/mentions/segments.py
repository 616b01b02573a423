"""Spans that compete: no two that overlap can both be names."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from typing import NamedTuple

# Beyond this a score says nothing more; products over a run of 16 words stay within what a float can hold.
_MOST = 30.0


class Segment(NamedTuple):
    """A span of words from `first` to before `last`, with its score: its log odds beside no name, or what keeping it gains."""

    first: int
    last: int
    score: float


def chances(segments: Sequence[Segment]) -> list[float]:
    """Give the probability of each segment, over all ways to choose segments that do not overlap.

    Parameters
    ----------
    segments : sequence of Segment
        Of one run, in the order of their first words; not empty.

    Examples
    --------
    >>> chances([Segment(0, 1, 0.0)])
    [0.5]
    >>> [round(chance, 2) for chance in chances([Segment(0, 1, 0.0), Segment(0, 2, 0.0)])]
    [0.33, 0.33]
    """
    weights = [math.exp(score if -_MOST < score < _MOST else math.copysign(_MOST, score)) for _, _, score in segments]
    begin = segments[0].first
    spans = [(first - begin, last - begin, weight) for (first, last, _), weight in zip(segments, weights, strict=True)]
    size = max([last for _, last, _ in spans])
    ahead = [1.0] + [0.0] * size
    place = 0
    for first, last, weight in spans:
        while place < first:
            place += 1
            ahead[place] += ahead[place - 1]
        ahead[last] += ahead[first] * weight
    for place in range(place + 1, size + 1):  # noqa: B020 - it goes on from where it was
        ahead[place] += ahead[place - 1]
    behind = [0.0] * size + [1.0]
    place = size
    for first, last, weight in reversed(spans):
        while place > first + 1:
            place -= 1
            behind[place] += behind[place + 1]
        behind[first] += behind[last] * weight
    for place in range(place - 1, -1, -1):  # noqa: B020
        behind[place] += behind[place + 1]
    return [ahead[first] * weight * behind[last] / ahead[size] for first, last, weight in spans]


def chance_alone(score: float) -> float:
    """Give the probability of a segment without rivals.

    Examples
    --------
    >>> chance_alone(0.0)
    0.5
    """
    weight = math.exp(max(-_MOST, min(_MOST, score)))
    return weight / (1.0 + weight)


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
