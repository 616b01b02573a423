"""Candidates: every span that may be a name is looked at, listed or not."""

from __future__ import annotations

import pytest

from geo.mentions.candidates import candidates, listed_names
from geo.mentions.find import find
from geo.mentions.words import LONGEST_RUN, words_of
from geo.reports.report import Report


def spans(gazetteer, text):
    """Give the candidates of a text as printed."""
    words = words_of(text)
    listed = listed_names(text, gazetteer.index)
    found = candidates(words, listed.names, listed.beginnings)
    return [
        text[words.starts[first] : words.ends[last - 1]] for first, last in zip(found.first, found.last, strict=True)
    ]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("He lives at 12 Vossgard Street.", "Vossgard Street"),
        ("He lives on Vossgard Ave. with his son.", "Vossgard Ave."),
        ("She read law at the University of the Vossgards.", "University of the Vossgards"),
        ("A lorry turned over on Vossgard Road 12 at noon.", "Vossgard Road 12"),
        ("A house on 19th Street burned.", "19th Street"),
        ("Roads in the Lachin district are open.", "Lachin district"),
        ("The Ankara-Vossgard line opened.", "Vossgard"),
    ],
)
def test_names_that_nobody_listed_are_candidates_beside_the_listed(gazetteer, text, name):
    assert name in spans(gazetteer, text)


@pytest.mark.parametrize("text", ["We met on the hill.", "See www.vossgard.com or #Vossgard.", ""])
def test_words_without_a_capital_and_addresses_are_none(gazetteer, text):
    assert "Vossgard" not in " ".join(spans(gazetteer, text))


def test_a_possessive_ends_a_candidate(gazetteer):
    assert "Vossgard's" not in spans(gazetteer, "Vossgard's bridge fell.")


def test_a_long_run_of_capitals_is_cut(gazetteer):
    """The candidates of a text are as many as its words allow, not as their square."""
    found = spans(gazetteer, "Vossgard " * 50 * LONGEST_RUN)
    assert len(found) < 50 * LONGEST_RUN * LONGEST_RUN


def test_a_place_that_nobody_listed_is_found_with_its_own_spelling(gazetteer):
    text = "Floods cut off the village of Vossgard on Friday, and the road from Vossgard to Yerevan was closed."
    found = find(Report(id="r", text=text, language="en"), gazetteer)
    assert [(mention.text, mention.toponym) for mention in found][::2] == [
        ("Vossgard", "Vossgard"),
        ("Yerevan", "Yerevan"),
    ]


def test_an_institute_that_nobody_listed_is_no_place(gazetteer):
    text = "A researcher at the Timbuktu Institute said so."
    assert "place" not in [
        m.kind for m in find(Report(id="r", text=text, language="en"), gazetteer) if "Institute" in m.text
    ]
