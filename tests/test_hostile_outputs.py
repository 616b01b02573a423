"""Hostile texts in every field of every input: each output holds them as text, and none is a formula, a path or a query."""

from __future__ import annotations

import csv
import io
import json
import re
import sqlite3
import unicodedata
import xml.etree.ElementTree as ET
from pathlib import Path

import geopandas as gpd
import hostile
import pytest

from geo import builds
from geo.cells import csv_text, plain_cell
from geo.errors import ReportError
from geo.reports.read import read
from geo.spec import read_spec

DATA = ("csv", "jsonl", "geojson", "gpkg", "parquet")
NUMBER = re.compile(r"[+-]?\d+(\.\d+)?(e[+-]?\d+)?", re.IGNORECASE)


@pytest.fixture(scope="module")
def built(tmp_path_factory):
    """Build every output that this version has from hostile reports, tables, decisions, file names and spec."""
    folder = tmp_path_factory.mktemp("hostile")
    texts = [ending for ending in (".kml", ".svg") if ending in _endings()]
    names = [f"out.{ending}" for ending in ("html", *DATA)] + [f"out{ending}" for ending in texts]
    spec = hostile.write_build(folder, [*names, "=1+1 ${x} <b>.csv"])
    before = {path.name for path in folder.iterdir()}
    left_out = builds.run(read_spec(spec))
    assert {path.name for path in folder.iterdir()} - before == {*names, "=1+1 ${x} <b>.csv"}
    assert all("tables/" in fault for fault in left_out)  # nothing but rows that the gazetteer's check refuses
    return folder


def _endings():
    return {
        ending
        for value in vars(builds).values()
        if isinstance(value, tuple)
        for ending in value
        if isinstance(ending, str)
    }


def shown():
    """Give the texts as they stand in a report: without white space at the ends."""
    return {text.strip() for text in hostile.TEXTS if text.strip()}


def is_formula(cell):
    """Tell, apart from the package's own rule, whether a program may compute a cell."""
    bare = re.sub(r"^[\s\x00-\x1f\x7f-\x9f\u200b-\u200f\u2060\ufeff\xad]+", "", cell)
    first = unicodedata.normalize("NFKC", bare[:1])
    return cell[:1] in {"\t", "\r", "\n"} or (first in {"=", "+", "-", "@"} and not NUMBER.fullmatch(cell))


def test_the_corpus_has_at_least_two_hundred_texts_of_every_class():
    """Ids and texts are told apart."""
    assert len({payload.text for payload in hostile.ALL}) == len({payload.id for payload in hostile.ALL}) >= 200
    assert len({payload.kind for payload in hostile.ALL}) >= 20


def test_half_a_surrogate_pair_is_refused_and_named(tmp_path):
    """No output could hold it."""
    for payload in hostile.BROKEN:
        path = tmp_path / "reports.jsonl"
        path.write_text(json.dumps({"id": "1", "text": payload.text}) + "\n", encoding="utf-8")
        with pytest.raises(ReportError, match="surrogate"):
            list(read(str(path)))


@pytest.mark.parametrize("name", ["out.csv", "=1+1 ${x} <b>.csv"])
def test_no_cell_of_a_csv_file_is_a_formula(built, name):
    """And none breaks its row."""
    with (built / name).open(encoding="utf-8", newline="") as stream:
        header, *rows = csv.reader(stream, strict=True)
    assert rows
    assert {len(row) for row in rows} == {len(header)}
    assert [cell for row in rows for cell in row if is_formula(cell)] == []


def test_every_text_as_a_heading_and_as_a_cell_is_no_formula_and_comes_back():
    """A csv reader gives the same cells, but for an apostrophe before what looks like a formula."""
    written = csv_text(hostile.TEXTS, [hostile.TEXTS])
    heads, cells = csv.reader(io.StringIO(written, newline=""), strict=True)
    for read_back in (heads, cells):
        assert [cell for cell in read_back if is_formula(cell)] == []
        assert [plain_cell(cell) for cell in read_back] == hostile.TEXTS


def test_json_holds_every_text_as_it_was(built):
    """In jsonl and GeoJSON, one object a line."""
    rows = [json.loads(line) for line in (built / "out.jsonl").read_text(encoding="utf-8").split("\n")[:-1]]
    features = json.loads((built / "out.geojson").read_text(encoding="utf-8"))["features"]
    for found in (rows, [feature["properties"] for feature in features]):
        held = {text for row in found for text in _texts(row)}
        assert [text for text in shown() if text not in held] == []


def test_tables_for_programs_hold_every_text_and_no_other_table(built):
    """GeoPackage is a database: its tables are those of the format and one layer."""
    for name in ("out.gpkg", "out.parquet"):
        read_back = gpd.read_file(built / name) if name.endswith("gpkg") else gpd.read_parquet(built / name)
        assert len(read_back) == len(gpd.read_file(built / "out.geojson"))
    with sqlite3.connect(built / "out.gpkg") as database:
        tables = {row[0] for row in database.execute("select name from sqlite_master where type in ('table', 'view')")}
        assert {name for name in tables if not name.startswith(("gpkg_", "rtree_", "sqlite_"))} <= {
            "allonym",
            "layer_styles",
        }
        assert database.execute("pragma integrity_check").fetchone() == ("ok",)


def test_xml_is_well_formed_and_has_no_script_and_no_entity(built):
    """In whatever of KML and SVG this version writes."""
    for path in (*built.glob("out.kml"), *built.glob("out.svg")):
        text = path.read_text(encoding="utf-8")
        assert "<!ENTITY" not in text
        for node in ET.fromstring(text).iter():  # noqa: S314 - our own file
            assert node.tag.rpartition("}")[2].lower() not in {"script", "foreignobject", "iframe", "include"}
            assert not [key for key in node.attrib if key.lower().startswith("on")]
            assert not [value for value in node.attrib.values() if "javascript:" in value.lower()]


def test_nothing_was_written_where_a_text_says(built):
    """Commands, paths and queries stayed text."""
    assert not Path("/tmp/allonym-pwned").exists()  # noqa: S108
    assert sorted(path.name for path in built.iterdir() if path.is_dir()) == ["files", "tables"]


def _texts(value):
    match value:
        case str():
            yield value
        case dict():
            for item in (*value.keys(), *value.values()):
                yield from _texts(item)
        case list():
            for item in value:
                yield from _texts(item)
