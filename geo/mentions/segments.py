"""Spans that compete: no two that overlap can both be names."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

# Beyond this a score says nothing more; products over a run of 16 words stay within what a float can hold.
_MOST = 30.0


@dataclass(frozen=True, slots=True)
class Segment:
    """A span of words from `first` to before `last`, with its score: its log odds beside no name, or what keeping it gains."""

    first: int
    last: int
    score: float


def chances(segments: Sequence[Segment]) -> list[float]:
    """Give the probability of each segment, over all ways to choose segments that do not overlap.

    Parameters
    ----------
    segments : sequence of Segment
        Of one run, not empty.

    Examples
    --------
    >>> chances([Segment(0, 1, 0.0)])
    [0.5]
    >>> [round(chance, 2) for chance in chances([Segment(0, 1, 0.0), Segment(0, 2, 0.0)])]
    [0.33, 0.33]
    """
    weights = [math.exp(max(-_MOST, min(_MOST, segment.score))) for segment in segments]
    if len(segments) == 1:
        return [weights[0] / (1.0 + weights[0])]
    begin = min([segment.first for segment in segments])
    size = max([segment.last for segment in segments]) - begin + 1
    ending: list[list[tuple[int, float]]] = [[] for _ in range(size)]
    opening: list[list[tuple[int, float]]] = [[] for _ in range(size)]
    for segment, weight in zip(segments, weights, strict=True):
        ending[segment.last - begin].append((segment.first - begin, weight))
        opening[segment.first - begin].append((segment.last - begin, weight))
    ahead, behind = [1.0] * size, [1.0] * size
    for place in range(1, size):
        ahead[place] = ahead[place - 1] + sum([ahead[first] * weight for first, weight in ending[place]])
    for place in range(size - 2, -1, -1):
        behind[place] = behind[place + 1] + sum([behind[last] * weight for last, weight in opening[place]])
    return [
        ahead[segment.first - begin] * weight * behind[segment.last - begin] / ahead[-1]
        for segment, weight in zip(segments, weights, strict=True)
    ]


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
