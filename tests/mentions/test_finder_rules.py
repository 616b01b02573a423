"""Every row of the finder's rule tables does on its own example what it is there for."""

from __future__ import annotations

import pytest

from geo.errors import DataError
from geo.mentions import hints, rules
from geo.mentions.find import find
from geo.mentions.hints import fitting, type_hint
from geo.mentions.rules import table
from geo.mentions.scan import beginnings
from geo.reports.report import Report


def each(name):
    """Give a test each row of a table."""
    listed = table(name)
    return pytest.mark.parametrize("row", listed, ids=[row["id"] for row in listed])


def marked(example):
    """Give an example without its marks, and where the marked words begin and end."""
    before, words, after = example.split("*")
    return before + words + after, len(before), len(before) + len(words)


@each("type_hints")
def test_the_example_of_a_type_hint_gets_it_from_this_row(row):
    text, start, end = marked(row["example"])
    assert fitting(text, start, end)["id"] == row["id"]
    assert type_hint(text, start, end) == row["hint"]


@each("type_hints")
def test_the_words_of_a_type_hint_are_all_its_own(row):
    """A word that an earlier row has as well, on the same side, would never be asked."""
    earlier = [other for other in table("type_hints")[: table("type_hints").index(row)] if other["side"] == row["side"]]
    taken = {word for other in earlier for word in other["words"].split("|")}
    words = row["words"].split("|")
    assert len(set(words)) == len(words)
    assert taken.isdisjoint(words)


@each("organisations")
def test_the_example_of_an_organisation_makes_its_place_an_institution(gazetteer, row):
    text, start, end = marked(row["example"])
    beside = [word for word in row["words"].split("|") if text[end + 1 :].startswith(word)]
    assert beside, "the example has one of the row's own words"
    [found] = find(Report(id="r", text=text, spans=((start, end),)), gazetteer)
    assert found.kind == "institution"
    bare = text[:end] + text[end + 1 + max(map(len, beside)) :]
    [found] = find(Report(id="r", text=bare, spans=((start, end),)), gazetteer)
    assert found.kind == "place", "without the word it is the place"


@each("organisation_names")
def test_a_name_begins_within_that_of_an_organisation_only_where_it_has_an_area(row):
    text, start, end = marked(row["example"])
    assert text[start:end] == row["name"]
    assert bool([begin for begin, _ in beginnings(text) if start <= begin < end]) == bool(row["area"])
    apart = f"{text[:start]}{text[start:end].replace(' ', '  ')}{text[end:]}"
    assert [begin for begin, _ in beginnings(apart) if start <= begin < end], "it is the row that keeps names out"


def test_a_table_with_a_wrong_side_is_told_with_its_line(monkeypatch):
    row = rules.Row("type_hints", 7, {"id": "x", "lang": "en", "side": "left", "words": "lake", "hint": "H"})
    monkeypatch.setattr(hints, "table", lambda _: (row,))
    hints._rows_by_word.cache_clear()
    with pytest.raises(DataError, match=r"type_hints\.csv:7: side is 'left'; expected one of before after apposition"):
        type_hint("a lake", 2, 6)
    hints._rows_by_word.cache_clear()
