"""Endings and prefixes are undone by rules, each with its examples."""

from __future__ import annotations

import pytest

from geo.errors import DataError
from geo.mentions import inflection
from geo.mentions.inflection import bases, languages, letters
from geo.mentions.rules import Row, table

RULES = table("inflections")


@pytest.mark.parametrize("row", RULES, ids=[row["id"] for row in RULES])
def test_the_examples_of_an_ending_lead_to_their_base(row):
    for example in row["example"].split(";"):
        word, base = example.split(">")
        if row["side"] == "within":
            assert letters(word, row["lang"]) == base
        else:
            found = {found.form for found in bases(letters(word, row["lang"]), row["lang"])}
            assert base in found


def test_the_same_ending_is_not_undone_against_the_harmony_of_vowels():
    assert "Roma" not in {base.form for base in bases("Romadə", "az")}
    assert "Dublin" not in {base.form for base in bases("Dublinda", "az")}


def test_endings_are_undone_from_the_outside_in():
    assert "Roma" in {base.form for base in bases("Romadakılardandır", "az")}
    assert "Roma" not in {base.form for base in bases("Romadırda", "az")}


def test_a_language_without_rules_has_no_bases():
    assert bases("Parisiens", "fr") == ()
    assert "fr" not in languages()


def test_a_very_long_word_has_no_bases():
    assert bases("a" * 100_000 + "da", "az") == ()


def test_a_wrong_row_is_told_with_its_line(monkeypatch):
    cells = {"id": "x", "lang": "xx", "side": "left", "slot": "1", "endings": "da", "stem": "", "base": "", "sort": ""}
    monkeypatch.setattr(inflection, "table", lambda _: (Row("inflections", 7, cells),))
    with pytest.raises(DataError, match=r"inflections\.csv:7: side is one of after before within"):
        bases("Romada", "xx")
    inflection._rules.cache_clear()
    inflection.bases.cache_clear()
