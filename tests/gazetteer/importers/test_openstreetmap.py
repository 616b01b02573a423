"""OpenStreetMap as GeoJSON: every key of a name, with its language and dates."""

from __future__ import annotations

import json

import pytest

from geo.errors import DataError
from geo.gazetteer.importers.openstreetmap import element, feature_code

ARDEN = "osm:node/900001"


def test_keys_tell_kind_language_and_dates(read):
    assert read("osm/extract.geojson").names(ARDEN) == [
        ("Arden", "ca", "endonym", None, "", "", ""),
        ("Arden Town", "en", "variant", None, "", "", ""),
        ("Arden", "sr-Latn", "variant", None, "", "", ""),
        ("Ардэн", "be-tarask", "variant", None, "", "", ""),
        ("Vila d'Arden", "", "official", None, "", "", ""),
        ("Town of Arden", "en", "official", None, "", "", ""),
        ("Ard", "", "variant", None, "", "", "local"),
        ("Arden", "", "variant", None, "", "", "national"),
        ("Ardenum", "", "historical", None, "", "", ""),
        ("Novarden", "", "historical", None, "1921", "1990", ""),
        ("Ardenbury", "en", "historical", None, "", "1921", ""),
        ("Arden", "", "variant", None, "1990", "", ""),
        ("Ardene", "", "variant", None, "", "", ""),
        ("Ardenne", "", "variant", None, "", "", ""),
        ("Ard.", "", "abbreviation", None, "", "", ""),
        ("Arden", "", "variant", None, "", "", "international"),
    ]


def test_places_are_what_their_tags_say(read):
    places = read("osm/extract.geojson").places
    assert {place: fact.feature_code for place, fact in places.items()} == {
        ARDEN: "PPLA",
        "osm:relation/900002": "ADM1",
        "osm:way/900003": "STM",
    }
    assert places[ARDEN].population == 12000


def test_an_area_has_a_point_within_and_spans_its_box(read):
    place = read("osm/extract.geojson").places["osm:relation/900002"]
    assert 42.4 < place.lat < 42.6
    assert place.precision_m == pytest.approx(13_815, abs=5)


def test_what_is_no_place_or_has_no_name_is_left_out_and_counted(read):
    told = read("osm/extract.geojson")
    assert told.ledger.left_out == {
        "name under a key that tells neither language nor dates": 1,
        "population that is no number": 1,
        "element that is no place": 1,
        "place without a name": 1,
    }
    assert told.links(ARDEN) == [("exactMatch", "wikidata:Q900001")]
    assert told.sources[0].licence == "ODbL 1.0"


@pytest.mark.parametrize(
    ("feature", "own", "told"),
    [
        ({"id": "node/7"}, {}, "node/7"),
        ({"id": "n7"}, {}, "node/7"),
        ({"id": "w7"}, {}, "way/7"),
        ({"id": "a14"}, {}, "way/7"),
        ({"id": "a15"}, {}, "relation/7"),
        ({}, {"@id": "relation/7"}, "relation/7"),
        ({}, {"@type": "way", "@id": 7}, "way/7"),
    ],
)
def test_an_element_is_named_however_the_extract_spells_it(feature, own, told):
    assert element(feature, own) == told


def test_an_element_without_an_id_is_a_broken_row(read, tmp_path):
    path = tmp_path / "extract.geojsonl"
    features = [
        {"type": "Feature", "id": "node/1", "properties": {"place": "town", "name": "Arden"}},
        {"type": "Feature", "properties": {"place": "town", "name": "Belmont"}},
    ]
    for feature in features:
        feature["geometry"] = {"type": "Point", "coordinates": [1.5, 42.5]}
    path.write_text("".join(json.dumps(feature) + "\n" for feature in features), encoding="utf-8")

    with pytest.raises(DataError, match=r"extract\.geojsonl:2: tells no element"):
        read(path)
    assert list(read(path, skip_bad=True).places) == ["osm:node/1"]


def test_a_capital_is_a_populated_place_alone():
    assert feature_code({"place": "city", "capital": "yes"}) == "PPLC"
    assert feature_code({"place": "country", "capital": "yes"}) == "PCLI"


@pytest.mark.parametrize(
    "geometry",
    [
        None,
        {"type": "Point", "coordinates": []},
        {"type": "Point", "coordinates": ["a", 1]},
        {"type": "Polygon", "coordinates": [[[1, 2]]]},
        {"type": "Polygon", "coordinates": []},
        {"type": "Circle"},
        {"type": "LineString", "coordinates": [[1, 2], [400, 3]]},
    ],
)
def test_a_broken_geometry_is_a_broken_row(read, tmp_path, geometry):
    path = tmp_path / "extract.geojson"
    feature = {"type": "Feature", "id": "node/1", "properties": {"place": "town", "name": "A"}, "geometry": geometry}
    path.write_text(json.dumps(feature), encoding="utf-8")

    with pytest.raises(DataError, match=r"extract\.geojson:1: "):
        read(path)
