"""A division or country named right after a place that lies in it says where that place is: it is a reference."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from geo.gazetteer.records import Place
from geo.mentions.mention import Cue, Mention
from geo.places.outcome import Outcome, Unknown

# "Berd, in the Tavush province": so many characters may stand between.
REACH = 30


def as_references(mentions: Sequence[Mention], outcomes: Sequence[Outcome]) -> tuple[Mention, ...]:
    """Give the mentions with the role ``reference`` where a name only says what the one before it lies in.

    Parameters
    ----------
    mentions : sequence of Mention
        Attributed, in order.
    outcomes : sequence of Outcome
        What was decided for each.
    """
    places = [None if isinstance(outcome, Unknown) else outcome.candidates[0].place for outcome in outcomes]
    found = list(mentions)
    for number, (inner, outer) in enumerate(pairwise(mentions)):
        named = (
            inner.kind == outer.kind == "place"
            and inner.role not in ("actor", None)
            and (outer.role == "site" or (outer.role == "actor" and _is_default(outer)))
        )
        # A place before a dash is a dateline, and no part of what follows.
        dateline = inner.role == "setting" and inner.start == inner.sentence[0]
        close = not dateline and inner.sentence == outer.sentence and 0 < outer.start - inner.end <= REACH
        if named and close and _lies_in(places[number], places[number + 1]):
            found[number + 1] = _reference(inner, outer)
    return tuple(found)


def _is_default(mention: Mention) -> bool:
    """Tell whether nothing but its kind made a mention an actor: no verb and no institution."""
    return all(cue.rule.startswith("default") for cue in mention.cues)


def _reference(inner: Mention, outer: Mention) -> Mention:
    """Give the outer mention as a reference, with the words between the two as the evidence; claims belong to sites alone."""
    words = Cue(about="role", value="reference", start=inner.end, end=outer.start, rule="container-place")
    return replace(
        outer, role="reference", claimants=(), events=(), date="", statements=(), casualties=(), cues=(words,)
    )


def _lies_in(inner: Place | None, outer: Place | None) -> bool:
    if inner is None or outer is None or inner.id == outer.id:
        return False
    if outer.feature_code.startswith("PCL"):
        return inner.country == outer.country and not inner.feature_code.startswith("PCL")
    return outer.id in (inner.admin1, inner.admin2)
