"""What a page shows at first."""

from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.maps.extent import first_extent

LATITUDES = st.floats(-80, 80)
LONGITUDES = st.floats(-180, 180, exclude_max=True)


def extent_of(*points, role="site"):
    return first_extent({"places": [{"lat": lat, "lon": lon, "role": role} for lon, lat in points]})


@given(st.lists(st.tuples(LONGITUDES, LATITUDES), min_size=1, max_size=6))
def test_every_place_lies_within_the_extent(points):
    west, south, east, north = extent_of(*points)
    span = (east - west) % 360 or 360
    for lon, lat in points:
        assert south <= lat <= north
        assert span == 360 or (lon - west) % 360 <= span + 1e-6 or (lon - west) % 360 >= 360 - 1e-6


def test_places_around_the_antimeridian_get_the_narrow_side():
    west, _, east, _ = extent_of((178, -17), (-179, -18))
    assert west > 170
    assert east < -170


def test_the_window_is_square_on_the_map():
    west, south, east, north = extent_of((44, 40), (50, 40))
    assert (north - south) / math.cos(math.radians(40)) == pytest.approx(east - west)


def test_actors_do_not_widen_the_extent():
    sites = [{"lat": 40.0, "lon": 46.0, "role": "site"}]
    assert first_extent({"places": [*sites, {"lat": 64.0, "lon": 96.0, "role": "actor"}]}) == first_extent(
        {"places": sites}
    )


def test_without_any_place_there_is_no_extent():
    assert first_extent({"places": []}) is None
