"""A thing in a place that no gazetteer has lies where the text puts it, under its own name; nothing else is put anywhere."""

from __future__ import annotations

import random

import pytest

import geo
from geo.flow import parse
from geo.maps.page_data import page_data
from geo.mentions.rules import table
from geo.places.outcome import Ambiguous, Resolved, Unknown
from geo.places.sites import SORTS, sort_of
from geo.reports.report import Report


def decided(gazetteer, text, *names):
    """Decide given names of a text; the names that it speaks of besides must be among them."""
    spans = tuple((text.index(name), text.index(name) + len(name)) for name in names)
    [parsed] = parse([Report(id="1", text=text, spans=tuple(sorted(spans)))], gazetteer)
    return {outcome.mention.text: outcome for outcome in parsed.outcomes}


@pytest.mark.parametrize("row", table("sites"), ids=[row["id"] for row in table("sites")])
def test_the_example_of_a_site_is_of_its_sort(row):
    assert row["side"] in ("word", "pattern")
    assert row["sort"] in SORTS
    assert sort_of(row["example"].strip("*")) == row["sort"]


def test_a_street_lies_in_the_town_that_the_sentence_names(gazetteer):
    text = "A pipe burst on Quibble Street in Gloucester on Monday. Gloucester is in England."
    street = decided(gazetteer, text, "Quibble Street", "Gloucester", "England")["Quibble Street"]
    assert isinstance(street, Resolved)
    place = street.chosen.place
    assert (place.country, round(place.lat), round(place.lon)) == ("GB", 52, -2)
    assert street.chosen.how == "within"
    assert street.why.startswith("not in the gazetteer; the text places it in Gloucester")


def test_the_place_around_keeps_its_own_name_and_id(gazetteer):
    text = "A pipe burst on Quibble Street in Gloucester on Monday. Gloucester is in England."
    outcomes = decided(gazetteer, text, "Quibble Street", "Gloucester", "England")
    street, town = outcomes["Quibble Street"].chosen.place, outcomes["Gloucester"].chosen.place
    assert street.id == f"within:{town.id}:Quibble Street"
    assert (street.name, street.feature_code, street.population) == ("Quibble Street", "", 0)
    assert street.precision_m == town.precision_m


def test_a_place_that_is_merely_spoken_of_is_offered_and_not_taken_for_granted(gazetteer):
    text = "Gloucester was quiet. Later a pipe burst on Quibble Street."
    street = decided(gazetteer, text, "Quibble Street", "Gloucester")["Quibble Street"]
    assert isinstance(street, Ambiguous)
    assert street.candidates[0].place.id.startswith("within:")
    assert street.why.startswith("not in the gazetteer; perhaps in Gloucester")


def test_a_street_without_any_place_around_it_is_unknown(gazetteer):
    outcome = decided(gazetteer, "A pipe burst on Quibble Street on Monday.", "Quibble Street")["Quibble Street"]
    assert isinstance(outcome, Unknown)


def invented(seeded):
    """Give a name that no language has, by syllables."""
    syllables = [
        seeded.choice("bdfgklmnprstvz") + seeded.choice("aeiouy") + seeded.choice(["", "l", "n", "r"]) for _ in "123"
    ]
    return "".join(syllables).capitalize() + seeded.choice(["qua", "xis", "vyx", "zzo"])


FICTION = (
    "The caravan left {} for Vienna at dawn.",
    "Nobody in {} had ever seen Paris.",
    "In {} the towers stood empty, as in Rome.",
)
PEOPLE = (
    "In Boston {0} said that {1} would resign.",
    "The minister, {0} {1}, arrived in Berlin.",
    "{0} {1} of Toronto was fined on Friday.",
)


@pytest.mark.parametrize("templates", [FICTION, PEOPLE], ids=["fictional places", "people"])
def test_less_than_one_in_twenty_invented_names_resolves(gazetteer, templates):
    """The names are given as if they were places: the finder does not help."""
    seeded = random.Random(20)  # noqa: S311 - a seed, no secret
    resolved = 0
    for number in range(300):
        names = invented(seeded), invented(seeded)
        text = templates[number % len(templates)].format(*names)
        city = next(city for city in ("Vienna", "Paris", "Rome", "Boston", "Berlin", "Toronto") if city in text)
        given = [name for name in names if name in text]
        outcomes = decided(gazetteer, text, city, *given)
        resolved += any(isinstance(outcomes[name], Resolved) for name in given)
    assert resolved < 300 / 20


def test_the_page_says_where_the_point_of_such_a_thing_comes_from(gazetteer):
    text = "A pipe burst on Quibble Street in Gloucester on Monday."
    spans = tuple((text.index(name), text.index(name) + len(name)) for name in ("Quibble Street", "Gloucester"))
    made = geo.parse(Report(id="1", text=text, spans=spans), gazetteer=gazetteer)
    places = {place["id"]: place for place in page_data(made, gazetteer, title="")["places"]}
    assert len(places) == 2
    [street] = [place for identity, place in places.items() if identity.startswith("within:")]
    assert street["printed"] == ["Quibble Street"]
    assert street["source"] == "the place that the report names around it"
