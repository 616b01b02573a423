"""Spans that compete: probabilities over all ways to choose, and the best choice."""

from __future__ import annotations

import math
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.mentions.segments import MOST, Segment, best, chances

SEGMENTS = st.lists(
    st.tuples(st.integers(0, 3), st.integers(1, 3), st.floats(-4, 4)).map(lambda s: Segment(s[0], s[0] + s[1], s[2])),
    min_size=1,
    max_size=6,
    unique_by=lambda s: (s.first, s.last),
).map(sorted)


def choices(segments):
    """Give all ways to choose segments that do not overlap."""
    for size in range(len(segments) + 1):
        for chosen in combinations(range(len(segments)), size):
            spans = sorted((segments[n].first, segments[n].last) for n in chosen)
            if all(end <= begin for (_, end), (begin, _) in pairwise(spans)):
                yield chosen


@given(SEGMENTS)
def test_a_probability_is_the_share_of_the_ways_that_have_the_segment(segments):
    ways = {chosen: math.exp(sum(segments[n].score for n in chosen)) for chosen in choices(segments)}
    total = sum(ways.values())
    shares = [sum(weight for chosen, weight in ways.items() if n in chosen) / total for n in range(len(segments))]
    odds = [(one.first, one.last, math.exp(one.score)) for one in segments]
    assert chances(odds) == pytest.approx(shares)


@given(SEGMENTS)
def test_no_other_way_to_choose_adds_up_to_more(segments):
    chosen = best(segments)
    assert tuple(sorted(chosen)) in set(choices(segments))
    most = max(sum(segments[n].score for n in way) for way in choices(segments))
    assert sum(segments[n].score for n in chosen) == pytest.approx(most)


def test_scores_beyond_all_measure_stay_numbers():
    assert chances([(n, n + 1, math.exp(MOST)) for n in range(16)]) == pytest.approx([1.0] * 16)
