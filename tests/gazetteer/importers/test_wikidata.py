"""Wikidata query results: verbose and simple, several rows an item."""

from __future__ import annotations

import json

import pytest

from geo.errors import DataError

ARDEN = "wikidata:Q900001"


def test_the_verbose_form_tells_languages_kinds_and_dates(read):
    told = read("wikidata/query.json")
    assert told.names(ARDEN) == [
        ("Arden", "en", "variant", None, "", "", ""),
        ("Ardenne", "en", "variant", None, "", "", ""),
        ("Old Arden", "en", "variant", None, "", "", ""),
        ("Novarden", "ca", "official", None, "1921", "1990-06-30", ""),
    ]
    assert told.places[ARDEN].feature_code == "PPL"
    assert told.relations(ARDEN) == [("de_jure", "AD", "", ""), ("within", "wikidata:Q228", "", "")]


def test_a_second_point_of_an_item_is_a_further_point(read):
    assert read("wikidata/query.json").points == [(ARDEN, 42.5, 1.5001)]


def test_an_id_in_place_of_a_label_is_no_name(read):
    assert [name[0] for name in read("wikidata/query.json").names("wikidata:Q900004")] == ["Belmont"]


def test_a_point_on_another_globe_makes_no_place(read):
    told = read("wikidata/query.json")
    assert "wikidata:Q900005" not in told.places
    assert told.ledger.left_out["coordinate that is no point on Earth"] == 1


def test_the_simple_form_tells_the_same_without_languages(read):
    told = read("wikidata/simple.json")
    assert [name[0] for name in told.names(ARDEN)] == ["Arden", "Ardenne", "Old Arden", "Novarden"]
    assert told.places[ARDEN].population == 12000


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"item": "http://a.example/Q1", "coord": "Point(1 2)"}, "has no item"),
        ({"item": "Q1", "coord": "Point(NaN 2)"}, "lon is nan"),
        ({"item": "Q1", "coord": "Point(1 91)"}, "lat is 91.0"),
        ({"item": "Q1", "itemLabel": "+cmd|' /C calc'!A0"}, "would run as a formula"),
    ],
)
def test_a_broken_row_is_told_with_its_line(read, tmp_path, row, told):
    path = tmp_path / "query.json"
    path.write_text(json.dumps([{"item": "Q2"}, row], indent=1), encoding="utf-8")

    with pytest.raises(DataError, match=rf"query\.json:5: .*{told}"):
        read(path, format_="wikidata")
