import time

import pyproj
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

from geo.layers.areas import division_polygon, radius_area

GEOD = pyproj.Geod(ellps="WGS84")


def area_km2(polygon):
    return abs(GEOD.geometry_area_perimeter(polygon)[0]) / 1e6


@pytest.mark.parametrize(
    ("name", "centre", "least_km2", "most_km2"),
    [
        ("Barda", (47.126, 40.374), 700, 1300),
        ("Tovuz", (45.629, 40.992), 1500, 2200),
        ("Kalbajar", (46.036, 40.106), 2300, 3300),
        ("Fuzuli", (47.144, 39.600), 1000, 1600),
        ("Syunik", (46.41, 39.21), 4000, 5000),
        ("Bavaria", (11.58, 48.14), 60_000, 80_000),
        ("Texas", (-97.74, 30.27), 600_000, 750_000),
    ],
)
def test_a_centre_town_gives_the_division_around_it(name, centre, least_km2, most_km2):
    polygon = division_polygon(*centre)
    assert polygon is not None, name
    assert polygon.is_valid
    assert polygon.contains(shapely.Point(centre))
    assert least_km2 < area_km2(polygon) < most_km2


def test_a_town_that_is_its_own_division_gives_a_town():
    shusha = division_polygon(46.749, 39.758)
    assert shusha is not None
    assert area_km2(shusha) < 30


def test_places_of_a_district_lead_from_its_town_to_the_district():
    shusha_district = division_polygon(46.749, 39.758, members=[(46.646, 39.69), (46.62, 39.72)])
    assert shusha_district is not None
    assert 200 < area_km2(shusha_district) < 500


def test_the_open_sea_is_in_no_division():
    assert division_polygon(-30.0, 40.0) is None
    assert division_polygon(-30.0, 40.0, members=[(-31.0, 40.0)]) is None


def test_a_division_is_found_at_once():
    division_polygon(0.0, 50.0)
    started = time.process_time()
    for lon in range(-100, 100):
        division_polygon(float(lon), 45.0)
    assert (time.process_time() - started) / 200 < 0.1


@given(st.floats(-180, 180), st.floats(-80, 80), st.floats(1, 1_000_000))
def test_every_vertex_of_a_circle_is_its_radius_away(lon, lat, radius_m):
    circle = radius_area(lon, lat, radius_m)
    for x, y in circle.exterior.coords:
        if abs(y) < 90 and -180 <= x - lon <= 180:
            _, _, distance = GEOD.inv(lon, lat, x, y)
            assert distance == pytest.approx(radius_m, rel=1e-6, abs=1e-3)


@given(st.floats(-180, 180), st.floats(-75, 75), st.floats(100, 500_000))
def test_a_circle_is_valid_and_holds_its_centre(lon, lat, radius_m):
    circle = radius_area(lon, lat, radius_m)
    assert circle.is_valid
    assert circle.contains(shapely.Point(lon, lat))
    assert len(circle.exterior.coords) == 49


def test_a_circle_around_a_pole_takes_in_the_pole():
    cap = radius_area(10.0, 89.0, 500_000)
    assert cap.is_valid
    assert cap.bounds[3] == 90.0
    assert cap.bounds[2] - cap.bounds[0] > 355


@pytest.mark.parametrize(
    ("lon", "lat", "radius_m"), [(0, 91, 10), (0, 0, 0), (0, 0, -5), (0, 0, 2e7), (float("nan"), 0, 5)]
)
def test_a_circle_out_of_range_is_refused(lon, lat, radius_m):
    with pytest.raises(ValueError, match="no circle"):
        radius_area(lon, lat, radius_m)
