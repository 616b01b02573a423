"""Other readings of a name."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import DataError
from geo.gazetteer import generics
from geo.gazetteer.generics import articles, readings, rules, spellings

SHORT = [rule for rule in rules() if rule.kind.startswith("short")]
OTHER = [rule for rule in rules() if rule.kind in {"before", "after", "part", "seat"}]
PARTS = ["St.", "Mt.", "Arden", "County", "Province of", "-", "'", "Ñ", "University", "the", "Eastern", "City"]
NAMES = st.lists(st.sampled_from(PARTS), max_size=8).map(" ".join)


def named(rule):
    return rule.id


@pytest.mark.parametrize("rule", SHORT, ids=named)
def test_a_short_form_is_written_out_and_a_full_form_shortened(rule):
    short, full = rule.example
    assert full in spellings(short)
    assert {short, short.replace(".", "")} & set(spellings(full))


@pytest.mark.parametrize("rule", SHORT, ids=named)
def test_a_short_form_needs_no_full_stop(rule):
    short, full = rule.example
    assert full in spellings(short.replace(".", ""))


@pytest.mark.parametrize("rule", OTHER, ids=named)
def test_the_example_of_a_rule_is_read_as_it_says(rule):
    name, place = rule.example
    found = {reading.name: reading for reading in readings(name)}
    assert place in found
    assert found[place].hint == rule.hint
    assert found[place].at == (rule.kind in {"part", "seat"})


@pytest.mark.parametrize("rule", OTHER, ids=named)
def test_every_word_of_a_rule_counts(rule):
    name, place = rule.example
    used = max((word for word in rule.words if word in name), key=len)
    for word in rule.words:
        assert place in {reading.name for reading in readings(name.replace(used, word))}, word


def test_an_id_is_used_once():
    ids = [rule.id for rule in rules()]
    assert len(ids) == len(set(ids))


def test_common_words_alone_are_no_place():
    assert readings("Supreme Court") == ()
    assert readings("National Children's Hospital") == ()


def test_a_street_at_the_end_of_a_name_is_no_saint():
    assert spellings("Arden St.") == ()


def test_a_compass_point_and_a_province_are_both_stripped():
    assert [reading.name for reading in readings("Eastern Arden Province")] == [
        "Eastern Arden",
        "Arden Province",
        "Arden",
    ]


def test_the_place_of_an_institution_may_follow_its_word():
    assert [reading.name for reading in readings("University of Arden")] == ["Arden"]
    assert "Arden" in {reading.name for reading in readings("Westmark Embassy in Arden")}


def test_a_plain_name_has_one_reading_only():
    for name in ("Arden", "Las Vegas", "Saint", "River", "County", ""):
        assert readings(name) == ()


@pytest.mark.parametrize("rule", [rule for rule in rules() if rule.kind == "article"], ids=named)
def test_an_article_is_written_before_a_name(rule):
    name, other = rule.example
    assert other in articles(name)
    assert name in articles(other)


def test_an_article_that_takes_a_sound_stands_before_this_sound_alone():
    assert articles("Raqqa") == ("Al Raqqa", "El Raqqa", "Ar Raqqa")
    assert "Ar Mosul" not in articles("Mosul")


def test_names_of_several_words_and_common_words_get_no_article():
    assert articles("New Arden") == articles("arden") == articles("") == ()


@given(NAMES)
def test_readings_are_other_names_and_few(name):
    found = [reading.name for reading in readings(name)]
    assert name not in found
    assert len(found) == len(set(found)) <= 60
    assert len(spellings(name)) <= generics.MOST_SPELLINGS


def test_a_wrong_row_is_named():
    row = dict.fromkeys(generics.COLUMNS, "") | {"kind": "shortt", "words": "X"}
    with pytest.raises(DataError, match=r"generics.csv:7: kind 'shortt'"):
        generics._rule(row, "generics.csv:7")
