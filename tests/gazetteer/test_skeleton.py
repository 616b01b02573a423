"""Towns that nobody lists in Arabic letters are found by the Latin names that a word may spell."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import DataError
from geo.gazetteer import skeleton as module
from geo.gazetteer.plain import plain
from geo.gazetteer.skeleton import latin, letters, towns_spelt


@pytest.mark.parametrize("letter", letters(), ids=[letter.id for letter in letters()])
def test_the_example_of_a_letter_is_spelt_as_it_says(letter):
    word, name = letter.example
    assert re.fullmatch(latin(word), plain(name))


@pytest.mark.parametrize("letter", letters(), ids=[letter.id for letter in letters()])
def test_the_example_of_a_letter_needs_it(letter, monkeypatch):
    word, name = letter.example
    others = tuple(other for other in module._compiled() if other[0].id != letter.id)
    monkeypatch.setattr(module, "_compiled", lambda: others)
    assert not re.fullmatch(latin(word), plain(name))


def test_a_town_is_found_by_the_letters_of_its_name(gazetteer):
    assert "Strasbourg" in towns_spelt("استراسبورگ", gazetteer.index)
    assert "Bergamo" in towns_spelt("بيرغامو", gazetteer.index)
    assert ("Bergamo", "key") in {(match.place.name, match.how) for match in gazetteer.lookup("برجامو")}


def test_short_words_and_other_scripts_spell_no_town(gazetteer):
    assert [towns_spelt(word, gazetteer.index) for word in ("", "ري", "Bergamo", "Бергамо", "بيرغامو 2")] == [()] * 5


@given(st.text(alphabet=st.characters(min_codepoint=0x600, max_codepoint=0x6FF), max_size=40))
def test_whatever_the_letters_a_name_found_is_spelt_by_them(gazetteer, text):
    assert len(set(found := towns_spelt(text, gazetteer.index))) == len(found)


def test_a_wrong_row_is_told_with_its_line():
    row = {"id": "x", "pattern": "(", "latin": "b", "example_from": "", "example_to": ""}
    with pytest.raises(DataError, match=r"arabic_letters\.csv:7: pattern '\('"):
        module._letter(row, "arabic_letters.csv:7")
