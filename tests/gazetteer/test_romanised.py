"""Names in scripts with a regular romanisation are found by their Latin spellings."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import DataError
from geo.gazetteer import romanised as module
from geo.gazetteer.plain import plain
from geo.gazetteer.romanised import romanised, rules


@pytest.mark.parametrize("rule", rules(), ids=[rule.id for rule in rules()])
def test_the_example_of_a_rule_is_spelt_as_it_says(rule):
    name, spelling = rule.example
    assert spelling in {plain(name), *romanised(name)}


@pytest.mark.parametrize("rule", rules(), ids=[rule.id for rule in rules()])
def test_the_example_of_a_rule_needs_it(rule, monkeypatch):
    name, spelling = rule.example
    others = tuple(other for other in rules() if other.id != rule.id)
    monkeypatch.setattr(module, "rules", lambda: others)
    assert spelling not in {plain(name), *romanised.__wrapped__(name)}


def test_a_town_nobody_lists_in_a_script_is_found_by_romanisation(gazetteer):
    assert "Voronezh" in {match.place.name for match in gazetteer.lookup("ვორონეჟი")}
    [match, *_] = gazetteer.lookup("Բաթումի")
    assert (match.place.name, match.how) == ("Batumi", "key")


def test_other_scripts_have_no_romanisation_here():
    assert romanised("Воронеж") == romanised("Paris") == romanised("") == ()


@given(st.text(alphabet=st.characters(min_codepoint=0x530, max_codepoint=0x10FF), max_size=40))
def test_spellings_are_plain_and_few(text):
    found = romanised(text)
    assert len(found) <= 2 ** len({rule.reading for rule in rules()})
    assert all(form == plain(form) for form in found)


def test_a_wrong_row_is_told_with_its_line():
    row = {"id": "x", "lang": "xx", "reading": "", "pattern": "a", "latin": "b", "example_from": "", "example_to": ""}
    with pytest.raises(DataError, match=r"romanised\.csv:7: lang 'xx'"):
        module._rule(row, "romanised.csv:7")
    with pytest.raises(DataError, match=r"romanised\.csv:7: pattern"):
        module._rule({**row, "lang": "hy", "pattern": "("}, "romanised.csv:7")
