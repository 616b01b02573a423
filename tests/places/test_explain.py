"""The evidence for each candidate is told in named numbers that add up to its score."""

from __future__ import annotations

import pytest

from geo.mentions.find import find
from geo.places.decide import decide
from geo.places.explain import LEAST, explain
from geo.reports.report import Report

TEXT = "Crews from Decatur, Peoria and Champaign in Illinois met others from Paris, Texas."


@pytest.fixture(scope="module")
def mentions(gazetteer):
    return find(Report(id="1", text=TEXT), gazetteer)


def number_of(mentions, text):
    return next(number for number, mention in enumerate(mentions) if mention.text == text)


def test_the_candidates_and_scores_are_those_that_were_decided(gazetteer, mentions):
    number = number_of(mentions, "Paris")
    explained = explain(mentions, number, gazetteer)
    decided = decide(mentions, gazetteer)[number].candidates
    assert {one["place"]: one["score"] for one in explained[:5]} == {c.place.id: c.score for c in decided[:5]}


def test_the_next_name_is_what_speaks_for_paris_in_texas(gazetteer, mentions):
    best = explain(mentions, number_of(mentions, "Paris"), gazetteer)[0]
    assert best["evidence"][0]["what"] == "inside the next name"
    assert best["evidence"][0]["adds"] > 0
    assert best["evidence"][0]["words"].startswith("inside the next name (1) speaks for it: +")


@pytest.mark.parametrize("countries", [(), ("FR",)])
def test_what_is_told_adds_up_to_the_total(gazetteer, mentions, countries):
    for one in explain(mentions, number_of(mentions, "Paris"), gazetteer, countries=countries):
        told = sum(part["adds"] for part in one["evidence"])
        assert told + one["rest"] == pytest.approx(one["total"], abs=0.005 * (len(one["evidence"]) + 2))
        assert all(abs(part["adds"]) >= LEAST for part in one["evidence"])


def test_a_hint_is_told_as_such(gazetteer, mentions):
    hinted = explain(mentions, number_of(mentions, "Paris"), gazetteer, countries=("fr",))
    france = next(one for one in hinted if one["place"] == "geonames:2988507")
    assert {"what": "its country was given as a hint", "adds": 4.0}.items() <= max(
        france["evidence"], key=lambda part: part["what"] == "its country was given as a hint"
    ).items()
