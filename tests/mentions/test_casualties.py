"""Numbers of people in sentences: what is none of them."""

from __future__ import annotations

import pytest

from geo.mentions.casualties import losses


def told(sentence):
    return [(loss.kind, loss.least, loss.most) for loss in losses(sentence, "en")]


@pytest.mark.parametrize(
    ("sentence", "counts"),
    [
        ("The earthquake of 20 February had killed at least six people.", [("killed", 6, None)]),
        ("A blast on May 5 had killed three.", [("killed", 3, 3)]),
        (
            "Rockets killed 20 civilians on 28 October and injured up to 60.",
            [("killed", 20, 20), ("wounded", None, 60)],
        ),
        ("At least 20 may have been killed.", [("killed", 20, None)]),
        ("In March 20 people were killed.", [("killed", 20, 20)]),
    ],
)
def test_a_day_of_a_month_is_no_number_of_people(sentence, counts):
    assert told(sentence) == counts


def test_who_was_killed_is_not_counted_among_the_wounded():
    """ "And" begins a second verb with a number of its own."""
    assert told("A strike killed one civilian and wounded two.") == [("killed", 1, 1), ("wounded", 2, 2)]
    assert told("Five men and women were killed.") == [("killed", 5, 5)]
