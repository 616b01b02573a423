import json
import math
import shutil
import subprocess
from pathlib import Path

import numpy as np
import pytest
import shapely
from hypothesis import given
from hypothesis import strategies as st

import geo.maps
from geo.files import data_folder
from geo.maps.basemap import basemap
from geo.maps.coding import decode, encode
from geo.maps.context import countries
from geo.maps.cutting import extent

CAUCASUS = (39.0, 37.5, 52.0, 44.5)
LAYERS = {
    *("land", "lakes", "rivers", "borders", "disputed", "divisions", "disputed_divisions"),
    *("world_land", "world_lakes", "world_rivers", "world_borders", "world_disputed"),
}
DECODER = Path(geo.maps.__file__).parent / "assets" / "basemap.js"

CONTESTED_LINES = {
    "Abkhazia, Inguri": (41.6, 42.45, 42.1, 43.1),
    "Abkhazia, towards Russia": (40.2, 43.35, 41.8, 43.62),
    "South Ossetia, towards Georgia": (43.6, 42.0, 44.5, 42.2),
    "South Ossetia, towards Russia": (43.9, 42.5, 44.15, 42.65),
    "Nagorno-Karabakh, line of contact": (47.15, 39.5, 47.35, 40.1),
    "Armenia and Azerbaijan": (45.4, 40.4, 46.0, 41.0),
    "Lachin": (46.3, 39.3, 46.7, 39.7),
    "Crimea, Perekop": (33.6, 45.8, 34.8, 46.25),
    "Crimea, Kerch Strait": (36.45, 44.9, 36.8, 45.6),
    "Donetsk and Luhansk, towards Russia": (39.0, 47.8, 40.1, 49.4),
    "Transnistria, towards Ukraine": (29.55, 46.6, 30.0, 46.9),
    "Kosovo and Serbia": (21.0, 42.7, 21.6, 43.15),
    "Cyprus": (32.7, 35.0, 33.5, 35.2),
    "West Bank": (34.95, 31.6, 35.2, 32.4),
    "Gaza": (34.3, 31.3, 34.55, 31.55),
    "Golan Heights, west": (35.57, 32.8, 35.65, 33.15),
    "Golan Heights, east": (35.75, 32.85, 35.95, 33.3),
    "Kashmir, line of control": (74.3, 34.4, 77.0, 34.9),
    "Aksai Chin": (78.0, 33.4, 79.3, 35.3),
    "Arunachal Pradesh": (93.0, 28.2, 96.5, 29.5),
    "Western Sahara, berm": (-15.0, 22.0, -12.1, 25.8),
    "Western Sahara, 27°40′ N": (-12.5, 27.6, -9.0, 27.72),
    "Abyei, north": (28.0, 10.1, 28.9, 10.2),
    "Halaib, 22° N": (33.5, 21.9, 36.5, 22.1),
    "Ilemi": (34.5, 4.6, 35.5, 5.05),
    "Somaliland": (48.8, 9.6, 49.0, 11.0),
    "Korea": (127.0, 38.1, 128.2, 38.5),
}
UNDISPUTED_BORDERS = {
    "France and Germany": (7.5, 48.6, 8.2, 49.1),
    "Armenia and Turkey": (43.4, 40.0, 44.0, 41.0),
    "Georgia and Turkey": (41.8, 41.3, 43.2, 41.6),
    "Azerbaijan and Georgia": (45.6, 41.1, 46.6, 41.9),
    "Israel and Egypt": (34.3, 29.8, 34.85, 31.0),
    "Moldova and Romania": (27.0, 46.2, 28.2, 48.2),
    "Ukraine and Poland": (22.6, 49.2, 24.1, 51.3),
    "Ukraine and Russia, west of Luhansk": (34.0, 50.3, 37.5, 52.3),
    "Serbia and Bulgaria": (22.4, 42.4, 23.0, 43.8),
    "India and Bangladesh": (88.0, 24.0, 88.9, 26.0),
    "Algeria and Morocco": (-2.2, 32.3, -1.0, 34.8),
    "Uganda and Kenya": (34.0, 0.2, 34.8, 1.2),
}


def shown(layers, name, bounds):
    """What of a layer's lines lies in a rectangle."""
    lines = [shapely.LineString(path) for path in decode(layers[name])]
    return shapely.intersection(shapely.MultiLineString(lines), shapely.box(*bounds))


@pytest.mark.parametrize("place", CONTESTED_LINES)
def test_a_line_of_or_around_a_contested_area_is_dashed_and_never_plain(place):
    bounds = CONTESTED_LINES[place]
    layers = basemap(bounds)
    shortest_side = min(bounds[2] - bounds[0], bounds[3] - bounds[1])
    assert shown(layers, "disputed", bounds).length > shortest_side / 2
    assert shown(layers, "borders", bounds).is_empty


@pytest.mark.parametrize("place", UNDISPUTED_BORDERS)
def test_an_undisputed_border_is_plain(place):
    bounds = UNDISPUTED_BORDERS[place]
    layers = basemap(bounds)
    assert shown(layers, "borders", bounds).length > 0.3
    assert shown(layers, "disputed", bounds).is_empty


def test_contested_lines_stay_dashed_when_seen_from_afar():
    far_away = basemap((-80.0, -40.0, -60.0, -20.0))
    kashmir = (73.5, 34.0, 78.5, 35.4)
    assert shown(far_away, "world_disputed", kashmir).length > 3
    assert shown(far_away, "world_borders", kashmir).is_empty


def test_divisions_of_one_side_inside_a_contested_area_are_apart():
    around_shusha = (46.4, 39.5, 46.9, 40.0)
    layers = basemap(around_shusha)
    assert shown(layers, "divisions", around_shusha).is_empty
    assert shown(layers, "disputed_divisions", around_shusha).length > 1


def test_the_map_can_say_in_words_what_it_draws_for_each_contested_area():
    assert [area["name"] for area in basemap((46.0, 39.4, 47.0, 40.2))["contested"]] == [
        "Nagorno-Karabakh",
        "Armenia–Azerbaijan",
    ]
    assert basemap((5.0, 46.0, 9.0, 50.0))["contested"] == []
    assert "Taiwan, Kinmen and Matsu" in {area["name"] for area in basemap((119.0, 22.0, 123.0, 26.0))["contested"]}


def test_a_line_that_stood_for_a_time_is_drawn_for_its_time():
    contact = CONTESTED_LINES["Nagorno-Karabakh, line of contact"]
    assert not shown(basemap(contact, at="2020-11-01"), "disputed", contact).is_empty
    assert shown(basemap(contact, at="2024-01-01"), "disputed", contact).is_empty
    assert shown(basemap(contact, at="1990-01-01"), "disputed", contact).is_empty


def test_the_same_bounds_give_the_same_bytes():
    assert json.dumps(basemap(CAUCASUS)) == json.dumps(basemap(CAUCASUS))


def test_a_basemap_is_small_enough_for_a_page():
    def kilobytes(bounds):
        return len(json.dumps(basemap(bounds), separators=(",", ":"), ensure_ascii=False).encode()) / 1000

    assert kilobytes(CAUCASUS) < 170
    assert kilobytes((-180.0, -60.0, 180.0, 80.0)) < 250
    assert kilobytes((46.7, 39.7, 46.8, 39.8)) < 130
    assert kilobytes((-11.0, 35.0, 40.0, 70.0)) < 280


def test_the_data_files_stay_small():
    sizes = [path.stat().st_size for path in (data_folder() / "basemap").iterdir()]
    assert max(sizes) < 3e6
    assert sum(sizes) < 8e6


def test_every_layer_is_there_wherever_the_map_is():
    for bounds in (CAUCASUS, (46.7, 39.7, 46.7, 39.7), (-180.0, -90.0, 180.0, 90.0), (-30.0, 20.0, -29.0, 21.0)):
        layers = basemap(bounds)
        assert layers.keys() == LAYERS | {"contested", "bounds", "credit"}


def is_land(layers, name, lon, lat):
    """Whether the even-odd rule fills a point."""
    rings = [shapely.Polygon(path) for path in decode(layers[name])]
    return sum(shapely.contains_xy(rings, lon, lat)) % 2 == 1


def test_panning_out_of_the_extent_shows_the_world_and_no_void():
    layers = basemap(CAUCASUS)
    assert is_land(layers, "world_land", 2.0, 47.0)
    assert is_land(layers, "world_land", -100.0, 40.0)
    assert not is_land(layers, "world_land", -40.0, 40.0)
    assert is_land(layers, "land", 46.0, 40.0)
    assert not is_land(layers, "world_land", 46.0, 40.0), "the coarse coast would show beside the detail"
    west, south, east, north = layers["bounds"]
    for lon in (west + 0.05, east - 0.05):
        assert is_land(layers, "land", lon, 39.0)
        assert is_land(layers, "world_land", lon, 39.0), "the coarse land reaches under the edge, so that no seam shows"
    assert south < CAUCASUS[1] < CAUCASUS[3] < north


def test_a_map_across_the_antimeridian_is_in_one_piece():
    layers = basemap((176.0, -20.0, -178.0, -15.0))
    lons = np.concatenate([path[:, 0] for path in decode(layers["land"])])
    assert lons.min() > 170
    assert lons.max() < 190
    assert is_land(layers, "land", 178.0, -17.8)
    assert is_land(layers, "land", 180.05, -16.8) or is_land(layers, "land", 179.97, -16.8)
    named = countries(extent((176.0, -20.0, -178.0, -15.0)))
    assert 176 < named["lon"][named["names"]["en"].index("Fiji")] < 182
    assert max(named["lon"]) - min(named["lon"]) < 360
    assert is_land(layers, "world_land", 260.0, 40.0), "America lies east of Fiji here"


def test_the_world_has_land_lakes_and_names():
    layers = basemap((-180.0, -60.0, 180.0, 80.0))
    assert is_land(layers, "land", 20.0, 0.0)
    assert is_land(layers, "land", 0.0, -80.0)
    assert is_land(layers, "lakes", 33.0, -1.0)
    named = countries(extent((-180.0, -60.0, 180.0, 80.0)))
    assert len(named["names"]["en"]) > 230
    contested = {named["names"]["en"][row] for row in named["contested"]}
    assert contested >= {"Kosovo", "Palestine", "Taiwan", "Western Sahara"}


def test_every_contested_area_is_neutral_valid_and_has_a_source():
    lines = (data_folder() / "basemap" / "disputed_areas.csv").read_text(encoding="utf-8").splitlines()
    assert lines[0] == "name,divisions,drawn,source,wkt"
    assert len(lines) > 30
    for area in basemap((-180.0, -60.0, 180.0, 80.0))["contested"]:
        assert area["source"]
        assert area["drawn"].endswith(".")


@given(
    st.lists(st.tuples(st.floats(-360, 360), st.floats(-90, 90)), min_size=2, max_size=30),
    st.integers(-14, -2).map(lambda power: 2.0**power),
)
def test_coding_moves_no_point_by_more_than_half_a_quantum(points, quantum):
    path = np.array(points)
    coded = encode([path], quantum)
    decoded = decode({"quantum": quantum, "paths": coded})
    expected = np.rint(path / quantum) * quantum
    distinct = expected[np.concatenate([[True], np.diff(expected, axis=0).any(axis=1)])]
    if len(distinct) < 2:
        assert coded == [""]
    else:
        assert np.array_equal(decoded[0], distinct)
        assert np.abs(expected - path).max() <= quantum / 2


@given(st.floats(-180, 180), st.floats(-89, 89), st.floats(-180, 180), st.floats(-89, 89))
def test_an_extent_takes_in_its_bounds(west, south, east, north):
    south, north = sorted((south, north))
    box = extent((west, south, east, north))
    unwrapped = east + 360 if east < west else east
    assert box.east > box.west
    assert box.north > box.south
    assert box.east - box.west <= 360 + 1e-9
    if box.east - box.west < 360:
        assert box.west <= west
        assert box.east >= unwrapped
    assert box.south <= max(south, -85) or math.isclose(box.south, 83.5)
    assert box.north >= min(north, 84) or math.isclose(box.north, -84.5)


@pytest.mark.skipif(shutil.which("node") is None, reason="node runs the page's decoder")
def test_the_page_decodes_what_python_encodes():
    layer = basemap(CAUCASUS)["borders"]
    script = f"{DECODER.read_text()};console.log(JSON.stringify(allonymDecodeBasemap({json.dumps(layer)})))"
    result = subprocess.run(["node", "-"], input=script, capture_output=True, text=True, check=True)
    in_page = json.loads(result.stdout)
    assert [[[lat, lon] for lon, lat in path.tolist()] for path in decode(layer)] == in_page
