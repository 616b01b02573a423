"""The evidence for each candidate is told in named numbers that add up to its score."""

from __future__ import annotations

from dataclasses import replace

import pytest

from geo.mentions.find import find
from geo.places.decide import decide
from geo.places.explain import HINT, LEAST
from geo.reports.report import Report

TEXT = "Crews from Decatur, Peoria and Champaign in Illinois met others from Paris, Texas."


@pytest.fixture(scope="module")
def mentions(gazetteer):
    return find(Report(id="1", text=TEXT), gazetteer)


def candidates(mentions, gazetteer, text, **options):
    outcomes = decide(mentions, gazetteer, explain=True, **options)
    return next(outcome.candidates for outcome in outcomes if outcome.mention.text == text)


def test_evidence_changes_nothing_of_what_is_decided(gazetteer, mentions):
    plain, explained = decide(mentions, gazetteer), decide(mentions, gazetteer, explain=True)
    bare = [replace(o, candidates=tuple(replace(c, evidence=None) for c in o.candidates)) for o in explained]
    assert tuple(bare) == plain
    assert all(c.evidence is None for o in plain for c in o.candidates)
    assert all(c.evidence for o in explained for c in o.candidates)


def test_the_next_name_is_what_speaks_for_paris_in_texas(gazetteer, mentions):
    evidence = candidates(mentions, gazetteer, "Paris")[0].evidence
    assert evidence.parts[0].what == "inside the next name"
    assert evidence.parts[0].adds > 0
    assert evidence.parts[0].words == "inside the next name: yes"


@pytest.mark.parametrize("countries", [(), ("FR",)])
def test_what_is_told_adds_up_to_the_total(gazetteer, mentions, countries):
    for candidate in candidates(mentions, gazetteer, "Paris", countries=countries):
        evidence = candidate.evidence
        told = sum(part.adds for part in evidence.parts)
        assert told + evidence.rest == pytest.approx(evidence.total, abs=0.005 * (len(evidence.parts) + 2))
        assert all(abs(part.adds) >= LEAST for part in evidence.parts)


def test_a_hint_is_told_as_such(gazetteer, mentions):
    hinted = candidates(mentions, gazetteer, "Paris", countries=("fr",))
    france = next(one for one in hinted if one.place.id == "geonames:2988507")
    assert [part.adds for part in france.evidence.parts if part.what == HINT] == [4.0]
