"""The world's rivers, ranges, waters, islands and regions, and the people who are called after places."""

from __future__ import annotations

import pytest

from geo.gazetteer.world import distance_m


@pytest.mark.parametrize(
    ("name", "code", "lat", "lon"),
    [
        ("Hudson River", "STM", 42.7, -73.7),
        ("Danube", "STM", 45.3, 19.9),
        ("Yangtze", "STM", 29.0, 105.0),
        ("Himalayas", "MTS", 28.6, 84.0),
        ("Rockies", "MTS", 43.0, -110.0),
        ("Sahara Desert", "DSRT", 21.0, 10.0),
        ("Lake Sevan", "LK", 40.3, 45.3),
        ("Lake Van", "LK", 38.6, 43.0),
        ("Strait of Malacca", "STRT", 3.0, 101.0),
        ("Gulf of Finland", "GULF", 60.0, 26.0),
        ("Mount Etna", "VLC", 37.75, 15.0),
        ("Vancouver Island", "ISL", 49.6, -125.7),
        ("Aleutian Islands", "ISLS", 52.5, -177.0),
        ("New England", "RGN", 44.0, -71.0),
        ("Upstate New York", "RGN", 43.0, -75.5),
    ],
)
def test_what_news_names_beside_towns_is_found_within_its_span(gazetteer, name, code, lat, lon):
    """Each has a place of its kind, and the point lies no farther from where the thing is than its precision says."""
    found = [
        match.place for match in gazetteer.lookup(name) if match.how == "exact" and match.place.feature_code == code
    ]
    assert found
    assert min(distance_m(lat, lon, place.lat, place.lon) / place.precision_m for place in found) < 1


@pytest.mark.parametrize(
    ("word", "name"),
    [
        ("Muscovites", "Moscow"),
        ("Londoner", "London"),
        ("Parisians", "Paris"),
        ("Bengali", "Bengal"),
        ("Saharan", "Sahara"),
    ],
)
def test_a_demonym_is_a_kind_of_its_own_with_its_place(gazetteer, word, name):
    """The singular, the plural and the adjective lead to the place, and say that they are no name of it."""
    assert (name, "demonym") in {
        (match.place.name, match.kind) for match in gazetteer.lookup(word) if match.how == "exact"
    }


@pytest.mark.parametrize(
    ("name", "then", "now"), [("Zaire", "1985", "2005"), ("Ceylon", "1960", "1990"), ("Upper Volta", "1970", "2000")]
)
def test_a_former_name_of_a_state_is_one_of_its_time(gazetteer, name, then, now):
    """A dated name is given for a date within its span and for no later one."""
    (place,) = {match.place.id for match in gazetteer.lookup(name) if match.place.feature_code.startswith("PCL")}
    assert name in {attestation.toponym for attestation in gazetteer.names(place, at=then)}
    assert name not in {attestation.toponym for attestation in gazetteer.names(place, at=now)}
