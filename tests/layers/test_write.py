"""Frames become data files that other programs open, whole or not at all."""

import csv
import io
import json
import subprocess
import sys
import textwrap
import time

import geopandas as gpd
import pandas as pd
import pytest
import shapely

from geo.errors import OutputError, UsageError
from geo.files import write_whole
from geo.layers.write import frame_bytes

SUFFIXES = ["jsonl", "csv", "geojson", "gpkg", "parquet"]


@pytest.fixture
def mentions():
    """Three mentions: a resolved one, one without a point, one with hostile text."""
    return gpd.GeoDataFrame(
        {
            "report": ["a.txt", "a.txt", "b.txt"],
            "text": ["Xocavənd", "Nowhere", "=HYPERLINK(1)"],
            "start": [0, 12, 40],
            "confidence": [0.97, None, 0.5],
            "precision_m": pd.array([500, None, 2000], dtype="Int64"),
            "claimants": [["az-mod", "am"], [], ["un"]],
            "candidates": [[{"place": "kar-0001", "score": 0.9}], [], [{"place": "x", "score": 0.1}]],
        },
        geometry=[shapely.Point(46.123456789, 39.75), None, shapely.Point(-0.00000001, 10)],
        crs="EPSG:4326",
    )


@pytest.fixture
def back(tmp_path):
    """Read a file's content with geopandas."""

    def read(content, fmt):
        path = tmp_path / f"back.{fmt}"
        path.write_bytes(content)
        return gpd.read_parquet(path) if fmt == "parquet" else gpd.read_file(path)

    return read


@pytest.mark.parametrize("fmt", ["geojson", "gpkg", "parquet"])
def test_other_programs_read_every_row_back(back, mentions, fmt):
    """GeoJSON, GeoPackage and Parquet open in geopandas with all rows, names and points in place."""
    read = back(frame_bytes(mentions, fmt), fmt)
    assert list(read["text"]) == ["Xocavənd", "Nowhere", "=HYPERLINK(1)"]
    assert read.crs.to_epsg() == 4326
    assert read.geometry.isna().tolist() == [False, True, False]
    assert read.geometry.iloc[0].distance(mentions.geometry.iloc[0]) < 1e-6


@pytest.mark.parametrize("fmt", SUFFIXES)
def test_the_same_frame_gives_the_same_bytes_later(mentions, fmt):
    """No clock and no chance goes into a file, not even into a GeoPackage."""
    first = frame_bytes(mentions, fmt)
    time.sleep(1.1)
    assert frame_bytes(mentions.copy(), fmt) == first


def test_a_geopackage_says_the_build_date_that_it_is_given(mentions, monkeypatch):
    """SOURCE_DATE_EPOCH is the only date that enters."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "1604188800")
    assert b"2020-11-01T00:00:00.000Z" in frame_bytes(mentions, "gpkg")


def test_jsonl_has_one_object_a_row_with_its_lists(mentions):
    """Lists stay lists, what is missing is null, a point is lat and lon."""
    rows = [json.loads(line) for line in frame_bytes(mentions, "jsonl").decode().splitlines()]
    assert rows[0]["claimants"] == ["az-mod", "am"]
    assert rows[0]["candidates"] == [{"place": "kar-0001", "score": 0.9}]
    assert (rows[0]["lat"], rows[0]["lon"]) == (39.75, 46.123457)
    assert rows[1]["lat"] is None
    assert rows[1]["confidence"] is None
    assert rows[2]["precision_m"] == 2000


def test_a_frame_with_lat_and_lon_keeps_its_own(mentions):
    """Columns named lat and lon are written as they are, and no third coordinate column joins them."""
    frame = mentions.assign(lat=[39.75, None, 10.0], lon=[46.123456789, None, 0.0])
    row = json.loads(frame_bytes(frame, "jsonl").decode().splitlines()[0])
    assert row["lon"] == 46.123456789
    assert "geometry" not in row


def test_geojson_follows_rfc_7946():
    """Six decimals, lon before lat, outer rings counter-clockwise, WGS 84 without a crs member."""
    clockwise = shapely.Polygon([(0, 0), (0, 1), (1, 1.23456789), (1, 0)])
    frame = gpd.GeoDataFrame({"name": ["A"]}, geometry=[clockwise], crs="EPSG:4326")
    document = json.loads(frame_bytes(frame, "geojson"))
    ring = document["features"][0]["geometry"]["coordinates"][0]
    assert "crs" not in document
    assert [1.0, 1.234568] in ring
    assert shapely.LinearRing(ring).is_ccw


def test_other_coordinate_systems_become_wgs84():
    """A frame in metres is written in degrees."""
    frame = gpd.GeoDataFrame({"name": ["A"]}, geometry=[shapely.Point(46, 39)], crs="EPSG:4326").to_crs(3857)
    assert json.loads(frame_bytes(frame, "geojson"))["features"][0]["geometry"]["coordinates"] == [46.0, 39.0]


@pytest.mark.parametrize("hostile", ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", "\r=1"])
def test_asafe_cell_never_becomes_a_formula(hostile):
    """A spreadsheet shows such a cell as text; an apostrophe stands before it."""
    frame = gpd.GeoDataFrame({"text": [hostile]}, geometry=[shapely.Point(1, 2)], crs="EPSG:4326")
    rows = list(csv.DictReader(io.StringIO(frame_bytes(frame, "csv").decode(), newline="")))
    assert rows[0]["text"] == "'" + hostile


def test_numbers_in_csv_stay_numbers():
    """A negative number begins with a minus and is no formula."""
    frame = gpd.GeoDataFrame({"height": [-12.5], "code": ["-7"]}, geometry=[shapely.Point(-1, -2)], crs="EPSG:4326")
    (row,) = csv.DictReader(io.StringIO(frame_bytes(frame, "csv").decode()))
    assert row == {"height": "-12.5", "code": "-7", "lat": "-2.0", "lon": "-1.0"}


@pytest.mark.parametrize("fmt", ["csv", "gpkg"])
def test_lists_are_json_text_where_cells_are_flat(back, mentions, fmt):
    """A cell of a flat format holds the list as JSON."""
    content = frame_bytes(mentions, fmt)
    rows = pd.read_csv(io.BytesIO(content)) if fmt == "csv" else back(content, fmt)
    assert json.loads(rows["claimants"][0]) == ["az-mod", "am"]
    assert json.loads(rows["candidates"][0])[0]["place"] == "kar-0001"


def test_lists_stay_lists_in_parquet(back, mentions):
    """Parquet knows lists and objects."""
    read = back(frame_bytes(mentions, "parquet"), "parquet")
    assert list(read["claimants"][0]) == ["az-mod", "am"]
    assert read["candidates"][0][0]["place"] == "kar-0001"


@pytest.mark.parametrize("fmt", SUFFIXES)
def test_frames_without_rows_or_without_points_are_written(back, mentions, fmt):
    """Nothing found, or nothing resolved, still gives a file that opens."""
    assert frame_bytes(mentions.iloc[:0], fmt) is not None
    assert frame_bytes(mentions.iloc[1:2], fmt)
    if fmt in {"gpkg", "parquet", "geojson"}:
        assert len(back(frame_bytes(mentions.iloc[1:2], fmt), fmt)) == 1


@pytest.mark.parametrize("fmt", SUFFIXES)
def test_points_and_areas_go_into_one_file(back, fmt):
    """A layer may mix kinds of geometry."""
    shapes = [shapely.Point(1, 2), shapely.box(0, 0, 1, 1), shapely.MultiPolygon([shapely.box(2, 2, 3, 3)])]
    frame = gpd.GeoDataFrame({"name": list("abc")}, geometry=shapes, crs="EPSG:4326")
    content = frame_bytes(frame, fmt)
    if fmt in {"gpkg", "parquet", "geojson"}:
        assert back(content, fmt).geometry.geom_type.tolist() == ["Point", "Polygon", "MultiPolygon"]
    else:
        assert b"MultiPolygon" in content


def test_an_unknown_format_lists_the_known_ones(mentions):
    """A wrong format is wrong usage."""
    with pytest.raises(UsageError, match="jsonl csv geojson gpkg parquet"):
        frame_bytes(mentions, "shp")


@pytest.mark.parametrize("fmt", SUFFIXES)
def test_a_folder_that_is_missing_or_a_file_is_named(mentions, tmp_path, fmt):
    """The message names the output; nothing partial stays."""
    (tmp_path / "file").write_text("x")
    for folder in ("missing", "file"):
        path = tmp_path / folder / f"out.{fmt}"
        with pytest.raises(OutputError, match="out") as caught:
            write_whole(path, frame_bytes(mentions, fmt))
        assert str(path) in str(caught.value)
    assert [item.name for item in tmp_path.iterdir()] == ["file"]


@pytest.mark.parametrize("fmt", SUFFIXES)
def test_a_full_disk_leaves_the_old_file(mentions, tmp_path, fmt):
    """When the space runs out, the output of last time is still whole and no temporary file stays."""
    path = tmp_path / f"out.{fmt}"
    path.write_bytes(b"yesterday")
    content = frame_bytes(pd.concat([mentions] * 100), fmt)
    (tmp_path / "content").write_bytes(content)
    assert len(content) > 4096
    program = textwrap.dedent(f"""
        from pathlib import Path
        import resource
        from geo.errors import OutputError
        from geo.files import write_whole
        content = Path({str(tmp_path / "content")!r}).read_bytes()
        resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))
        try:
            write_whole(Path({str(path)!r}), content)
        except OutputError as error:
            print(error)
    """)
    done = subprocess.run([sys.executable, "-B", "-c", program], capture_output=True, text=True, check=False)
    assert done.stdout.startswith(f"{path}: cannot be written"), done.stderr
    assert path.read_bytes() == b"yesterday"
    assert sorted(item.name for item in tmp_path.iterdir()) == ["content", path.name]
