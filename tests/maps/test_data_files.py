"""Data files of a map: GeoPackages with styles, KML, and equal round trips through geopandas."""

import html
import io
import json
import xml.etree.ElementTree as ET
from dataclasses import replace

import geopandas as gpd
import pandas as pd
import pyarrow.parquet as pq
import pyogrio
import pytest
import shapely
from geopandas.testing import assert_geodataframe_equal
from hypothesis import given
from hypothesis import strategies as st

import geo
from geo.builds import Build, run
from geo.cells import plain_cell, safe_cell
from geo.errors import UsageError
from geo.layers.write import frame_bytes
from geo.maps.geopackage import geopackage
from geo.maps.kml import NAMESPACE, kml
from geo.maps.map import EMPTY

ARTICLE = "maps/reports/karabakh-illustration.md"
KML = f"{{{NAMESPACE}}}"
PARTIES = {"az-mod": {"name": "Azerbaijan's ministry", "colour": "#882255"}, "am-mod": {"name": "<A>", "colour": "red"}}


@pytest.fixture(scope="module")
def made():
    """The layers of the sample article."""
    return geo.parse(ARTICLE, countries=["AZ", "AM"])


@pytest.mark.parametrize("fmt", ["geojson", "gpkg", "parquet"])
@pytest.mark.parametrize("layer", ["sites", "mentions", "areas"])
def test_a_round_trip_through_geopandas_is_equal(made, tmp_path, fmt, layer):
    """What other programs read is what was written: names, numbers, lists, points."""
    frame = getattr(made, layer)
    path = tmp_path / f"layer.{fmt}"
    path.write_bytes(frame_bytes(frame, fmt))
    read = gpd.read_parquet(path) if fmt == "parquet" else gpd.read_file(path)
    again = tmp_path / f"again.{fmt}"
    again.write_bytes(frame_bytes(read[frame.columns], fmt))
    back = gpd.read_parquet(again) if fmt == "parquet" else gpd.read_file(again)
    assert list(read.columns) == list(back.columns)
    assert_geodataframe_equal(read[frame.columns], back[frame.columns])
    known = frame.geometry.notna()
    assert read.geometry.notna().tolist() == known.tolist()
    # GeoJSON turns rings the way its standard wants them and rounds to six decimals.
    pairs = read.geometry[known].to_numpy(), frame.geometry[known].to_numpy()
    assert (shapely.hausdorff_distance(*pairs) < 2e-6).all()
    for column in frame.select_dtypes(["string", "float64"]).columns:
        assert read[column].astype("string").fillna("").tolist() == frame[column].astype("string").fillna("").tolist()


def test_parquet_is_geoparquet_1_1(made):
    """The file says which version of GeoParquet it follows."""
    told = json.loads(pq.read_metadata(io.BytesIO(frame_bytes(made.sites, "parquet"))).metadata[b"geo"])
    assert told["version"] == "1.1.0"
    assert told["columns"]["geometry"]["encoding"] == "WKB"


def test_a_geopackage_has_three_layers_and_a_style_for_each(made, tmp_path):
    """QGIS takes the styles by itself: they name layer and geometry column, and every cell of claimants has a category."""
    path = tmp_path / "map.gpkg"
    path.write_bytes(geopackage(made, PARTIES))
    assert set(pyogrio.list_layers(path)[:, 0]) == {"sites", "mentions", "areas", "layer_styles"}
    styles = pyogrio.read_dataframe(path, layer="layer_styles").set_index("f_table_name")
    assert set(styles.index) == {"sites", "mentions", "areas"}
    assert styles["useAsDefault"].all()
    for layer, style in styles.iterrows():
        root = ET.fromstring(style["styleQML"].partition("\n")[2])  # noqa: S314 - our own file
        values = {category.get("value") for category in root.iter("category")}
        assert set(pyogrio.read_dataframe(path, layer=layer)["claimants"]) <= values
        symbols = {symbol.get("name") for symbol in root.iter("symbol")}
        assert {category.get("symbol") for category in root.iter("category")} == symbols


def test_a_geopackage_of_equal_layers_has_equal_bytes(made):
    """No clock goes in."""
    assert geopackage(made, PARTIES) == geopackage(replace(made), PARTIES)


def test_an_empty_map_is_a_geopackage_too():
    """A report that names no place."""
    nothing = geo.parse(geo.Report(id="n", text="Nothing was said."))
    assert geopackage(nothing, {})


def test_kml_has_a_placemark_a_place_with_names_and_claims(tmp_path):
    """Names with who uses them, claims with who makes them; polygons for areas."""
    out = tmp_path / "map.kml"
    run(Build(sources=(ARTICLE,), outputs=(out,), countries=("AZ", "AM"), names="en"))
    root = ET.fromstring(out.read_bytes())  # noqa: S314 - our own file
    described = {
        mark.findtext(f"{KML}name"): mark.findtext(f"{KML}description") or "" for mark in root.iter(f"{KML}Placemark")
    }
    assert "Khankendi / Stepanakert" in described
    assert any("says" in text and "shelling" in text for text in described.values())
    assert list(root.iter(f"{KML}Polygon"))


@pytest.mark.parametrize(
    "hostile", ["<img src=x onerror=alert(1)>", "]]><script>alert(1)</script>", "a\x00\x0b\ud800b"]
)
def test_hostile_texts_stay_texts_in_kml(hostile):
    """A description is HTML to Google Earth: what comes from a report is escaped for that as well."""
    place = {"labels": {"printed": hostile}, "printed": [hostile], "names": [], "claimants": [], "mentions": []}
    data = {
        **EMPTY,
        "meta": {"title": hostile, "policy": "en"},
        "places": [place | {"lon": 1.0, "lat": 2.0, "role": "site"}],
    }
    root = ET.fromstring(kml(data))  # noqa: S314 - our own file
    description = next(root.iter(f"{KML}description")).text
    assert "<img" not in description
    assert "<script" not in description
    assert html.unescape(description).startswith("As printed: ")


@given(st.text(alphabet=st.sampled_from("'=+-@\t\r\nab1＝.")))
def test_a_cell_can_be_read_back_and_is_no_formula(text):
    """The apostrophe is taken off again, and only that one."""
    cell = safe_cell(text)
    assert plain_cell(cell) == text
    assert not cell.startswith(("=", "@", "\t", "\r", "\n", "＝"))


def test_a_csv_round_trip_gives_the_texts_back():
    """`plain_cell` undoes what was done for spreadsheets."""
    frame = gpd.GeoDataFrame(
        {"text": ["=1+1", "'=1", "-7", "plain"]}, geometry=gpd.points_from_xy([1] * 4, [2] * 4), crs=4326
    )
    back = pd.read_csv(io.BytesIO(frame_bytes(frame, "csv")), dtype=str).map(plain_cell)
    assert back["text"].tolist() == ["=1+1", "'=1", "-7", "plain"]


def test_a_wrong_build_date_is_refused_by_every_output(made, monkeypatch):
    """One rule for page and data files."""
    monkeypatch.setenv("SOURCE_DATE_EPOCH", "yesterday")
    with pytest.raises(UsageError, match="SOURCE_DATE_EPOCH"):
        frame_bytes(made.sites, "gpkg")
