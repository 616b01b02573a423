"""What `import geo` offers to notebooks and scripts, with geopandas' and geopy's faces."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import geopandas as gpd
import pandas as pd
import pytest
from geopy.geocoders import Nominatim

import geo
from geo.errors import AllonymError, ReportError, UsageError

REPOSITORY = Path(__file__).parents[1]


@pytest.fixture(scope="module")
def geocoder(gazetteer):
    """A geocoder; the index is compiled."""
    assert len(gazetteer.index) > 0
    return geo.Geocoder()


class AtlantisOnly(BaseHTTPRequestHandler):
    """Answers a search as Nominatim does, and knows one place."""

    asked: list[str] = []  # noqa: RUF012 - shared by the requests of one server

    def do_GET(self):
        query = parse_qs(urlsplit(self.path).query)["q"][0]
        self.asked.append(query)
        found = [{"lat": "31.25", "lon": "-24.5", "display_name": "Atlantis, Ocean"}] if query == "Xyzzyqua" else []
        body = json.dumps(found).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_):
        """Keep quiet."""


@pytest.fixture
def service():
    """A geopy service on this machine, and the list of what it has been asked for."""
    AtlantisOnly.asked = []
    with ThreadingHTTPServer(("127.0.0.1", 0), AtlantisOnly) as server:
        thread = threading.Thread(target=server.serve_forever)
        thread.start()
        yield Nominatim(domain=f"127.0.0.1:{server.server_port}", scheme="http", user_agent="test"), AtlantisOnly.asked
        server.shutdown()
        thread.join()


def test_importing_geo_is_cheap():
    """Nothing heavy is loaded before it is used, and everything on offer is named."""
    code = "import sys, geo; print(*sorted(sys.modules)); print(*dir(geo))"
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY)}
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
    loaded, offered = (set(line.split()) for line in done.stdout.splitlines())
    assert loaded.isdisjoint({"geopandas", "pandas", "numpy", "folium", "geopy", "shapely", "typer"})
    assert offered >= {"read", "parse", "geocode", "names", "Map", "Geocoder"}


def test_what_geo_does_not_offer_is_an_attribute_error():
    """A typing error gets Python's own answer."""
    with pytest.raises(AttributeError, match="'geo' has no attribute 'geocod'"):
        geo.geocod  # noqa: B018 - the look-up is the test


def test_reading_gives_the_reports_of_all_sources(tmp_path):
    """A text file is one report, a table has one a row."""
    (tmp_path / "a.txt").write_text("Fog in Stepanakert.", encoding="utf-8")
    (tmp_path / "b.csv").write_text("id,text\n1,Rain\n2,Snow\n", encoding="utf-8")
    reports = geo.read(tmp_path / "a.txt", str(tmp_path / "b.csv"))
    assert [report.id for report in reports] == ["a.txt", "1", "2"]
    with pytest.raises(ReportError, match=r"gone\.txt: no such file"):
        geo.read(tmp_path / "gone.txt")


def test_parsing_takes_a_path_a_report_or_several(tmp_path, gazetteer):
    """All give the same layers."""
    text = "Fog in Stepanakert and Shushi."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    report = geo.Report(id="a.txt", text=text)
    for reports in (tmp_path / "a.txt", str(tmp_path / "a.txt"), report, [report], geo.read(tmp_path / "a.txt")):
        made = geo.parse(reports, gazetteer=gazetteer)
        assert made.sites["name"].tolist() == ["Stepanakert", "Shushi"]
        assert made.mentions["report"].unique().tolist() == ["a.txt"]


def test_geocoding_is_aligned_to_its_input(gazetteer):
    """The same index in the same order, with duplicates and what is unknown."""
    asked = pd.Series(["Baku", "Xyzzyqua", "Baku", "Յերևան"], index=[7, 3, 7, 1])
    found = geo.geocode(asked, gazetteer=gazetteer)
    assert isinstance(found, gpd.GeoDataFrame)
    assert found.crs.to_epsg() == 4326
    assert found.index.tolist() == [7, 3, 7, 1]
    assert found["query"].tolist() == asked.tolist()
    assert found["country"].fillna("").tolist() == ["AZ", "", "AZ", "AM"]
    assert found.geometry.isna().tolist() == [False, True, False, False]
    assert found["status"].tolist()[1] == "unknown"
    assert found.geometry.iloc[0].x == pytest.approx(49.89, abs=0.1), "x is the longitude"
    assert found["candidates"].iloc[0][0]["place"] == found["place"].iloc[0]


def test_a_geocoded_column_joins_back_to_its_table(gazetteer):
    """Alignment is what lets a notebook assign the result."""
    table = pd.DataFrame({"town": ["Baku", "Reykjavík"]}, index=["a", "b"])
    table["lat"] = geo.geocode(table["town"], gazetteer=gazetteer)["lat"]
    assert table["lat"].round().tolist() == [40.0, 64.0]


def test_geocoding_takes_one_name_none_and_hints(gazetteer):
    """A name is a list of one; countries and context say which one is meant."""
    assert geo.geocode("Reykjavík", gazetteer=gazetteer)["country"].tolist() == ["IS"]
    empty = geo.geocode([], gazetteer=gazetteer)
    assert (len(empty), empty.crs.to_epsg()) == (0, 4326)
    assert geo.geocode("Martuni", countries=["AZ"], gazetteer=gazetteer)["place"].tolist() == ["kar-0003"]
    near = geo.geocode("Martuni", context="Snow in Sevan and Vardenis.", gazetteer=gazetteer)
    assert near["place"].tolist() == ["kar-0045"]
    assert geo.geocode("Suqovuşan", at="2020-10-02", gazetteer=gazetteer)["place"].isna().tolist() == [True]


def test_names_of_a_place_are_a_table(gazetteer):
    """By any of its names or its id; by date and party; nothing for what is unknown."""
    for name in ("Shushi", "Şuşa", "Шуша", "kar-0001"):
        table = geo.names(name, countries=["AZ"], gazetteer=gazetteer)
        assert {"Şuşa", "Շուշի", "Шуша"} <= set(table["toponym"])
    assert table.columns.tolist() == ["toponym", "lang", "kind", "party", "from", "to", "source", "note"]
    late = geo.names("kar-0072", at="2021-01-01", party="az", gazetteer=gazetteer)
    assert "Suqovuşan" in late["toponym"].tolist()
    assert "Madagiz" not in late["toponym"].tolist()
    unknown = geo.names("Xyzzyqua", gazetteer=gazetteer)
    assert (len(unknown), unknown.columns.tolist()) == (0, table.columns.tolist())


def test_the_geocoder_has_geopys_face(geocoder):
    """A Location has address, point and raw; raw keeps the candidates and every side's names."""
    location = geocoder.geocode("Stepanakert")
    assert "Khankendi" in location.address or "Stepanakert" in location.address
    assert (round(location.latitude, 1), round(location.longitude, 1)) == (39.8, 46.8)
    assert location.point.latitude == location.raw["lat"]
    assert location.raw["candidates"][0]["place"] == location.raw["place"] == "kar-0002"
    users = {(name["toponym"], name["party"]) for name in location.raw["names"]}
    assert {("Xankəndi", "az"), ("Ստեփանակերտ", "artsakh")} <= users


def test_the_geocoder_gives_all_candidates_when_asked(geocoder):
    """`exactly_one=False` gives a list, best first, `limit` at most; nothing known gives None."""
    found = geocoder.geocode("Martuni", exactly_one=False, country_codes="AZ")
    assert [location.raw["rank"] for location in found] == list(range(1, len(found) + 1))
    assert {"kar-0003", "kar-0045"} <= {location.raw["place"] for location in found}
    assert found[0].raw["place"] == "kar-0003"
    assert len(geocoder.geocode("Martuni", exactly_one=False, limit=2)) == 2
    assert geocoder.geocode("Xyzzyqua") is None
    assert geocoder.geocode("Xyzzyqua", exactly_one=False) is None
    assert geocoder.geocode("") is None


def test_geopandas_own_geocoding_works_with_it(geocoder):
    """`geopandas.tools.geocode` takes the geocoder as a provider, with what it does not know left empty."""
    assert geocoder.geocode("Baku")
    found = gpd.tools.geocode(["Baku", "Xyzzyqua", "Reykjavík"], provider=geo.Geocoder)
    assert found.geometry.is_empty.tolist() == [False, True, False]
    assert found.geometry.iloc[2].y == pytest.approx(64.1, abs=0.1)
    assert found["address"].iloc[0] == "Baku, AZ"


def test_a_service_is_asked_for_unknown_names_alone(service, gazetteer):
    """What the gazetteer knows never leaves the machine; the rest goes to the service, whose answer is given as it is."""
    assert len(gazetteer.index) > 0
    nominatim, asked = service
    geocoder = geo.Geocoder(online=nominatim)
    assert geocoder.geocode("Stepanakert").raw["place"] == "kar-0002"
    assert asked == []
    found = geocoder.geocode("Xyzzyqua")
    assert (found.address, found.latitude, found.longitude) == ("Atlantis, Ocean", 31.25, -24.5)
    assert [location.address for location in geocoder.geocode("Xyzzyqua", exactly_one=False)] == ["Atlantis, Ocean"]
    assert geocoder.geocode("Qqxzzvw") is None
    assert asked == ["Xyzzyqua", "Xyzzyqua", "Qqxzzvw"]


@pytest.mark.usefixtures("socket_disabled")
def test_without_a_service_nothing_goes_to_the_network(geocoder):
    """The default is the gazetteer alone."""
    assert geocoder.online is None
    assert geocoder.geocode("Xyzzyqua") is None


@pytest.mark.parametrize(
    ("name", "told"),
    [("atlas9", "geopy has no service 'atlas9'; try nominatim or photon"), ("what3words", "what3words needs settings")],
)
def test_a_service_that_cannot_be_had_is_told(gazetteer, name, told):
    """Unknown services and those that need a key are told with the remedy."""
    assert len(gazetteer.index) > 0
    with pytest.raises(UsageError, match=told):
        geo.Geocoder(online=name)


def test_layers_become_a_page(gazetteer):
    """`geo.render` gives the HTML text of the map; nothing of a full report but its sentences is in it."""
    made = geo.parse(geo.Report(id="a", text="Fog in Stepanakert. A secret sentence follows."), gazetteer=gazetteer)
    html = geo.render(made, title="Fog", gazetteer=gazetteer)
    assert html.startswith("<!DOCTYPE html>")
    assert "<title>Fog</title>" in html
    assert "A secret sentence follows" not in html


def test_every_error_is_one_of_allonyms_and_a_standard_one():
    """`except ValueError` and `except OSError` work as in any library."""
    for error in AllonymError.__subclasses__():
        assert issubclass(error, ValueError | OSError)


def test_a_spec_is_built_from_python(tmp_path, gazetteer):
    """`geo.build` writes what the spec says and gives the sources that were left out."""
    assert len(gazetteer.index) > 0
    (tmp_path / "a.txt").write_text("Fog in Stepanakert.", encoding="utf-8")
    (tmp_path / "empty.txt").touch()
    spec = tmp_path / "a.toml"
    spec.write_text('sources = ["a.txt", "empty.txt"]\noutputs = ["a.geojson"]\nskip_bad = true\n', encoding="utf-8")
    [left_out] = geo.build(spec)
    assert left_out.startswith(f"{tmp_path}/empty.txt: is empty")
    assert "kar-0002" in (tmp_path / "a.geojson").read_text(encoding="utf-8")


def test_missing_values_are_no_places(gazetteer):
    """None and NaN stand in every column of names; they stay without a place."""
    frame = geo.geocode([None, float("nan"), "", "Yerevan"], gazetteer=gazetteer)
    assert frame["place"].isna().tolist() == [True, True, True, False]
    assert frame.geometry.isna().tolist() == [True, True, True, False]
