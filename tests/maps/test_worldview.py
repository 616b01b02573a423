import json

import geopandas as gpd
import numpy as np
import pytest
import shapely

from geo.errors import DataError, UsageError
from geo.gazetteer.gazetteer import Gazetteer
from geo.maps.area_overlays import area_overlays
from geo.maps.basemap import basemap
from geo.maps.boundary_files import read_boundaries
from geo.maps.coding import decode
from geo.maps.cutting import extent
from geo.maps.ground import ground
from geo.maps.worldview import boundaries

CONTESTED = {
    "Crimea, Perekop": (33.6, 45.8, 34.8, 46.25),
    "Western Sahara, 27°40′ N": (-12.5, 27.6, -9.0, 27.72),
    "Golan Heights": (35.57, 32.75, 35.95, 33.3),
    "Kashmir": (73.9, 32.8, 79.4, 36.5),
    "Nagorno-Karabakh": (46.1, 39.2, 47.3, 40.3),
    "Abkhazia": (40.2, 42.4, 42.1, 43.62),
    "Kosovo": (20.6, 42.7, 21.6, 43.15),
    "Cyprus": (32.7, 34.9, 34.0, 35.3),
    "Taiwan Strait": (118.0, 23.0, 122.0, 26.0),
    "Arunachal Pradesh": (93.0, 28.2, 96.5, 29.5),
    "Korea": (127.0, 38.1, 128.2, 38.5),
}
VIEWS = ("de-facto", "un", "ru", "ua", "cn", "in", "pk", "us", "ma", "il", "sa", "gr", "tr")


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.open()


def shown(lines, kind, bounds):
    found = shapely.union_all(lines.lines[kind])
    return shapely.intersection(found, shapely.box(*bounds))


def written(path, geometry, **properties):
    feature = {"type": "Feature", "properties": properties, "geometry": shapely.geometry.mapping(geometry)}
    path.write_text(json.dumps({"type": "FeatureCollection", "features": [feature]}), encoding="utf-8")
    return path


@pytest.mark.parametrize("view", VIEWS)
def test_no_worldview_draws_a_contested_border_as_a_plain_one(view):
    plain = shapely.union_all(boundaries(view).lines["border"])
    far = shapely.union_all(boundaries(view).lines["world_border"])
    for place, bounds in CONTESTED.items():
        assert shapely.intersection(plain, shapely.box(*bounds)).is_empty, place
        assert shapely.intersection(far, shapely.box(*bounds)).is_empty, place


def test_a_plain_border_stays_plain_under_every_worldview():
    france_and_germany = (7.5, 48.6, 8.2, 49.1)
    for view in VIEWS:
        assert shown(boundaries(view), "border", france_and_germany).length > 0.3


def test_worldview_none_draws_no_border_and_names_no_contested_country(gazetteer):
    lines = boundaries("none")
    assert not any(len(shapes) for shapes in lines.lines.values())
    layers = basemap((33.0, 44.0, 37.0, 47.0), lines=lines)
    assert layers["borders"]["paths"] == layers["disputed"]["paths"] == layers["divisions"]["paths"] == []
    assert layers["land"]["paths"]
    data = {"places": []}
    names = ground(data, bounds=(33.0, 44.0, 37.0, 47.0), gazetteer=gazetteer, worldview="none").basemap["countries"]
    assert "Kosovo" not in names["names"]["en"]
    assert "France" in names["names"]["en"]


def test_a_point_of_view_draws_the_lines_that_it_has():
    kerch, perekop, kosovo = (36.45, 44.9, 36.8, 45.6), (33.6, 45.8, 34.8, 46.25), (20.6, 42.7, 21.6, 43.15)
    assert not shown(boundaries("ru"), "disputed", perekop).is_empty
    assert shown(boundaries("ru"), "disputed", kerch).is_empty
    assert shown(boundaries("ua"), "disputed", perekop).is_empty
    assert not shown(boundaries("ua"), "disputed", kerch).is_empty
    assert shown(boundaries("un"), "disputed", kosovo).is_empty
    assert not shown(boundaries("us"), "disputed", kosovo).is_empty
    south_ossetia = (43.6, 42.0, 44.5, 42.2)
    assert not shown(boundaries(), "disputed", south_ossetia).is_empty
    assert shown(boundaries("un"), "disputed", south_ossetia).is_empty


def test_a_map_says_which_worldview_it_has():
    assert "De-facto lines of Natural Earth" in boundaries().note
    assert "United Nations" in boundaries("un").note
    assert "point of view UA" in boundaries("ua").note
    assert boundaries("none").note == "No borders are drawn."
    assert "Contested lines are dashed" in boundaries("ua").note
    assert basemap((5.0, 47.0, 9.0, 50.0), lines=boundaries("un"))["credit"] == (
        "Lines: Natural Earth, UN member states; contested lines dashed"
    )


def test_an_unknown_worldview_is_refused_with_those_there_are():
    with pytest.raises(UsageError, match="no worldview 'xx'; there are de-facto, none, un, ar"):
        boundaries("xx")


def test_lines_of_a_file_stand_in_place_of_the_packages_and_its_column_is_the_worldview(tmp_path):
    line = shapely.LineString([(0.0, 45.0), (8.0, 45.0)])
    plain = written(tmp_path / "plain.geojson", line, FEATURECLA="International boundary (verify)")
    lines = boundaries(given=read_boundaries([plain]))
    assert lines.lines["border"].tolist() == [line]
    assert len(lines.lines["disputed"]) == 0
    assert "of the file plain.geojson" in lines.note
    seen = {"FEATURECLA": "International boundary (verify)", "FCLASS_XX": "Unrecognized", "FCLASS_YY": None}
    doubted = read_boundaries([written(tmp_path / "doubted.geojson", line, **seen)])
    assert not len(boundaries("xx", given=doubted).lines["disputed"])
    assert boundaries(given=doubted).lines["disputed"].tolist() == [line], "somebody does not recognise it"


def test_a_line_of_a_file_in_a_contested_area_is_dashed_whatever_the_file_says(tmp_path):
    across = shapely.LineString([(33.0, 46.15), (35.5, 46.15)])
    file = written(tmp_path / "lines.geojson", across, FEATURECLA="International boundary (verify)")
    lines = boundaries(given=read_boundaries([file]))
    assert shown(lines, "border", (33.7, 46.0, 34.6, 46.3)).is_empty
    assert not shown(lines, "disputed", (33.7, 46.0, 34.6, 46.3)).is_empty


def test_lines_of_a_file_stand_in_their_time(tmp_path):
    line = shapely.LineString([(0.0, 45.0), (8.0, 45.0)])
    dates = {"from": "1991-09", "to": "2020-11-10"}
    file = written(tmp_path / "old.geojson", line, FEATURECLA="International boundary", **dates)
    given = read_boundaries([file])
    assert len(boundaries(given=given, at="2020-11-09T12:00").lines["border"]) == 1
    assert len(boundaries(given=given, at="2021-01-01").lines["border"]) == 0
    assert "as of 2020-11-09 of the file old.geojson" in boundaries(given=given, at="2020-11-09").note


@pytest.mark.parametrize("suffix", [".gpkg", ".shp"])
def test_boundaries_are_read_from_other_formats_and_systems(tmp_path, suffix):
    line = shapely.LineString([(0.0, 45.0), (8.0, 45.0)])
    frame = gpd.GeoDataFrame({"FEATURECLA": ["International boundary"]}, geometry=[line], crs=4326).to_crs(3857)
    path = tmp_path / f"lines{suffix}"
    frame.to_file(path)
    (feature,) = read_boundaries([path])
    assert np.allclose(shapely.get_coordinates(feature.geometry), shapely.get_coordinates(line))
    assert feature.is_boundary


@pytest.mark.parametrize(
    ("name", "content", "remedy"),
    [
        ("missing.geojson", None, "no such file"),
        ("broken.geojson", "{", "no GeoJSON"),
        ("list.json", "[]", "no GeoJSON"),
        ("empty.geojson", '{"type": "FeatureCollection", "features": []}', "no line and no area"),
        ("remote.vrt", "<OGRVRTDataSource/>", "not a format"),
        ("false.gpkg", "<OGRVRTDataSource/>", "not a format"),
    ],
)
def test_a_file_that_is_none_of_boundaries_is_refused(tmp_path, name, content, remedy):
    if content is not None:
        (tmp_path / name).write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=remedy):
        read_boundaries([tmp_path / name])


def test_coordinates_in_metres_and_false_dates_are_refused(tmp_path):
    far = written(tmp_path / "metres.geojson", shapely.LineString([(5e6, 4e6), (5.1e6, 4e6)]))
    with pytest.raises(DataError, match="outside of the world"):
        read_boundaries([far])
    line = shapely.LineString([(0.0, 45.0), (8.0, 45.0)])
    with pytest.raises(DataError, match="'yesterday' is no date"):
        read_boundaries([written(tmp_path / "dated.geojson", line, **{"from": "yesterday"})])


def test_disputed_areas_come_as_a_dated_layer_with_neutral_names_and_their_source(tmp_path, gazetteer):
    square = shapely.box(46.0, 39.3, 47.2, 40.3)
    told = {"BRK_NAME": "Nagorno-Karabakh", "BRK_A3": "B38", "SOVEREIGNT": "Holder", "NOTE_BRK": "Admin. by Holder"}
    areas = written(tmp_path / "areas.geojson", square, featurecla="Admin-0 breakaway and disputed", **told)
    record = {"wof:id": 7, "wof:name": "An oblast", "edtf:inception": "1923-07-07", "edtf:cessation": "1991-11-26"}
    oblast = written(tmp_path / "oblast.geojson", square, **record)
    features = read_boundaries([areas, oblast])
    layers, sources = area_overlays(features, gazetteer, extent((46.0, 39.0, 47.0, 40.0)))
    assert sources == ["areas.geojson", "oblast.geojson"]
    first, second = (layer["data"]["features"][0]["properties"] for layer in layers)
    assert "Nagorno-Karabakh" in first["name"]
    assert first["source"] == "ne:B38 (areas.geojson)"
    assert "Holder" not in json.dumps(layers)
    assert second["when"] == "1923-07-07 to 1991-11-26"
    assert (second["from"], second["to"]) == ("1923-07-07", "1991-11-26")
    assert area_overlays(features, gazetteer, extent((0.0, 45.0, 1.0, 46.0))) == ([], [])


def test_lines_of_a_worldview_are_what_the_page_gets():
    un = basemap((20.0, 41.5, 22.5, 43.5), lines=boundaries("un"))
    kosovo = shapely.box(20.6, 42.7, 21.6, 43.15)
    drawn = shapely.MultiLineString([shapely.LineString(path) for path in decode(un["disputed"])])
    assert shapely.intersection(drawn, kosovo).is_empty
