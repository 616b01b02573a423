"""Shapes on the ground: true in metres everywhere, and all of each within its precision."""

from __future__ import annotations

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.layers import shapes
from geo.layers.areas import ELLIPSOID
from geo.layers.countries import country_polygon, shared_border

# Beyond it a shape may reach over the pole, and its circle stands for it.
FAR_NORTH = 80
LONS, LATS = st.floats(-180, 180), st.floats(-89.9, 89.9)
METRES = st.floats(200, 400_000)
BEARINGS = st.floats(0, 360, exclude_max=True)


def holds(ground: shapes.Ground, lon: float, lat: float) -> bool:
    """Tell whether a shape holds a place, on whichever turn of longitudes."""
    return any(shapely.intersects_xy(ground.outline, lon + turn, lat) for turn in (-720, -360, 0, 360, 720))


def is_covered(ground: shapes.Ground) -> bool:
    """Tell whether the precision holds all of the outline; the cap of a pole has edges that are no places."""
    places = shapely.get_coordinates(ground.outline)
    places = places[np.abs(places[:, 1]) < 90]
    count = len(places)
    _, _, away = ELLIPSOID.inv(np.full(count, ground.lon), np.full(count, ground.lat), places[:, 0], places[:, 1])
    return bool(np.max(away) <= ground.precision_m * 1.0001 + 1)


@given(LONS, LATS, METRES, BEARINGS)
def test_a_disc_holds_what_is_nearer_than_its_radius(lon, lat, radius, bearing):
    """In any direction, around poles and the antimeridian too."""
    disc = shapes.ring(lon, lat, 0, radius)
    x, y, _ = ELLIPSOID.fwd(lon, lat, bearing, radius * 0.98)
    assert holds(disc, lon, lat)
    assert holds(disc, x, y)
    assert is_covered(disc)


@given(LONS, st.floats(-80, 80), METRES, BEARINGS)
def test_a_ring_leaves_its_middle_out(lon, lat, outer, bearing):
    """Half the radius is out, three quarters are in."""
    found = shapes.ring(lon, lat, outer / 2, outer)
    x, y, _ = ELLIPSOID.fwd(lon, lat, bearing, outer * 0.75)
    assert not holds(found, lon, lat)
    assert holds(found, x, y)


@given(LONS, LATS, BEARINGS, METRES, st.floats(-0.9, 0.9), st.sampled_from([11.25, 22.5, 45.0]))
def test_a_sector_holds_the_place_at_its_distance_and_bearing(lon, lat, bearing, away, off, spread):
    """And those a little to either side; what lies the other way is out."""
    found = shapes.sector(lon, lat, bearing, spread, (away * 0.8, away * 1.2))
    x, y, _ = ELLIPSOID.fwd(lon, lat, bearing + off * spread, away)
    other_x, other_y, _ = ELLIPSOID.fwd(lon, lat, bearing + 180, away)
    assert holds(found, x, y)
    assert holds(found, found.lon, found.lat)
    assert abs(lat) > FAR_NORTH or not holds(found, other_x, other_y)
    assert is_covered(found)


@given(LONS, LATS, BEARINGS, METRES, st.floats(0, 1))
def test_a_corridor_holds_the_straight_way_between_its_ends(lon, lat, bearing, length, share):
    """And its point is the middle of the way."""
    end_lon, end_lat, _ = ELLIPSOID.fwd(lon, lat, bearing, length)
    found = shapes.corridor((lon, lat), (end_lon, end_lat), max(2_000, length / 4))
    x, y, _ = ELLIPSOID.fwd(lon, lat, bearing, length * share)
    assert holds(found, x, y)
    assert is_covered(found)
    _, _, to_start = ELLIPSOID.inv(found.lon, found.lat, lon, lat)
    assert to_start == pytest.approx(length / 2, rel=0.01, abs=5)


@pytest.mark.parametrize(("bearing", "inside", "outside"), [(0, (45.5, 40.9), (45.5, 40.1)), (90, (45.9, 40.5), (45.1, 40.5)),
                                                            (225, (45.1, 40.1), (45.9, 40.9))])  # fmt: skip
def test_a_part_is_the_side_of_an_area_that_lies_that_way(bearing, inside, outside):
    """Beyond the middle, seen in the direction."""
    found = shapes.part(shapely.box(45, 40, 46, 41), bearing)
    assert shapely.intersects_xy(found.outline, *inside)
    assert not shapely.intersects_xy(found.outline, *outside)
    assert shapely.intersects_xy(shapely.buffer(found.outline, 1e-6), found.lon, found.lat)
    assert is_covered(found)


def test_the_centre_of_an_area_is_its_middle():
    """Half as wide and half as high."""
    found = shapes.centre(shapely.box(45, 40, 46, 41), 0.5)
    assert shapely.intersects_xy(found.outline, 45.5, 40.5)
    assert not shapely.intersects_xy(found.outline, 45.1, 40.1)


def test_a_shape_across_the_antimeridian_is_one_piece():
    """Longitudes run on past 180."""
    found = shapes.sector(179.9, 65.0, 90.0, 45.0, (0.0, 50_000.0))
    assert found.outline.geom_type == "Polygon"
    assert found.outline.bounds[2] > 180
    assert -180 <= found.lon <= 180


def test_neighbours_share_a_border_and_strangers_none():
    """The strip lies along the shared line."""
    armenia, georgia, lebanon = (country_polygon(*at) for at in ((44.8, 40.46), (43.5, 42.0), (35.8, 33.9)))
    assert shared_border(armenia, lebanon) is None
    line = shared_border(armenia, georgia)
    found = shapes.strip(line, 10_000)
    assert shapely.covers(found.outline, line)
    assert 41 < found.lat < 41.6
    assert is_covered(found)
