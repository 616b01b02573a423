"""Endings and prefixes are undone by rules, each with its examples."""

from __future__ import annotations

import pytest

from geo.errors import DataError
from geo.mentions import inflection
from geo.mentions.inflection import bases, letters
from geo.mentions.rules import Row, table

RULES = table("inflections")


@pytest.mark.parametrize("row", RULES, ids=[row["id"] for row in RULES])
def test_the_examples_of_an_ending_lead_to_their_base(row):
    for example in row["example"].split(";"):
        word, base = example.split(">")
        if row["side"] == "within":
            assert letters(word, row["lang"]) == base
        else:
            assert base in {found.form for found in bases(letters(word, row["lang"]), row["lang"])}
