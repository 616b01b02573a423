"""`geo gazetteer export`: the tables for other programs, by the suffix of the output."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path

import geopandas as gpd
import pyarrow.parquet as pq
import pytest
from typer.testing import CliRunner

from geo.cli import app
from geo.errors import UsageError
from geo.files import data_folder
from geo.gazetteer.exporters import FORMATS, names_csv, read_export, synonyms
from geo.gazetteer.importers.ledger import Ledger
from geo.gazetteer.importers.linked_places import read
from geo.gazetteer.records import Attestation, Source, TablePlace
from geo.gazetteer.tables import COLUMNS, Tables, read_rows, read_tables

OWN = {
    "places": "own-1,PPL,10,20,1000,,wof:1,\nown-2,PPL,11,21,1000,,wof:2,",
    "names": "own-1,Alpha,en,endonym,az,,,wof:1,\nown-1,Ալֆա,hy,endonym,am,,,wof:1,\nown-1,Alphans,en,demonym,,,,wof:1,",
    "points": "own-1,10.1,20,geonames:5",
}


@pytest.fixture
def own(tmp_path):
    """A user's own tables: two places, one of them with names, that cite the project's sources."""
    folder = tmp_path / "own"
    folder.mkdir()
    for name, rows in OWN.items():
        (folder / f"{name}.csv").write_text(f"{','.join(COLUMNS[f'{name}.csv'])}\n{rows}\n", encoding="utf-8")
    return folder


def export(*words: object) -> None:
    """Run the command, which has to end well."""
    done = CliRunner().invoke(app, ["gazetteer", "export", *map(str, words)])
    assert done.exit_code == 0, (done.output, done.exception)


def test_geoparquet_opens_with_its_points_names_and_reference_system(tmp_path, own):
    """One row a place; what is said of it lies in lists."""
    export("-o", tmp_path / "own.parquet", "--gazetteer", own)
    frame = gpd.read_parquet(tmp_path / "own.parquet").set_index("place_id")
    about = json.loads(pq.read_schema(tmp_path / "own.parquet").metadata[b"geo"])
    assert about["version"] == "1.1.0"
    assert about["columns"]["geometry"]["encoding"] == "WKB"
    assert about["columns"]["geometry"]["crs"]["id"] == {"authority": "OGC", "code": "CRS84"}
    assert (frame.geometry["own-1"].x, frame.geometry["own-1"].y) == (20.0, 10.0)
    assert [name["party"] for name in frame.names["own-1"]] == ["az", "am", None]
    assert frame.points["own-1"][0]["lat"] == 10.1
    assert list(frame.names["own-2"]) == []


def test_csv_has_a_row_a_name_and_one_for_a_place_without(tmp_path, own):
    """What a spreadsheet needs; the place stands beside each of its names."""
    export("-o", tmp_path / "own.csv", "--gazetteer", own)
    rows = list(csv.DictReader(io.StringIO((tmp_path / "own.csv").read_text(encoding="utf-8"))))
    assert [(row["place_id"], row["toponym"], row["party"]) for row in rows] == [
        ("own-1", "Alpha", "az"),
        ("own-1", "Ալֆա", "am"),
        ("own-1", "Alphans", ""),
        ("own-2", "", ""),
    ]
    assert {row["place_source"] for row in rows} == {"wof:1", "wof:2"}


def test_no_cell_of_the_csv_is_a_formula():
    """The tables refuse such names; a gazetteer from elsewhere may have one."""
    tables = Tables()
    tables.add(
        TablePlace(
            id="p", feature_code="PPL", lat=1, lon=2, precision_m=3, population=0, source="a", region="", note="-1+1"
        )
    )
    name = {
        "place": "p",
        "lang": "",
        "kind": "variant",
        "party": None,
        "from_": "",
        "to": "",
        "source": "a",
        "note": "",
    }
    for toponym in ("=1+1", "+1+x", "@SUM(1)", "\tx"):
        tables.add(Attestation(toponym=toponym, **name))
    rows = list(csv.reader(io.StringIO(names_csv.text(tables), newline="")))
    assert [cell for row in rows[1:] for cell in row if cell.startswith(("=", "+", "@", "\t"))] == []
    assert {row[10] for row in rows[1:]} == {"'-1+1"}


def test_the_synonyms_list_maps_each_name_to_all(tmp_path, own):
    """The form of Nominatim's variants; demonyms are no names of the place."""
    export("-o", tmp_path / "own.txt", "--gazetteer", own)
    assert (tmp_path / "own.txt").read_text(encoding="utf-8") == "Alpha, Ալֆա => Alpha, Ալֆա\n"


def test_names_that_would_break_the_synonyms_list_are_left_out():
    """A comma or an arrow in a name would split it."""
    tables = Tables()
    name = {
        "place": "p",
        "lang": "",
        "kind": "variant",
        "party": None,
        "from_": "",
        "to": "",
        "source": "a",
        "note": "",
    }
    for toponym in ("One", "Two", "Three, Four", "a => b", "~six", "#seven", "ONE"):
        tables.add(Attestation(toponym=toponym, **name))
    assert list(synonyms.lines(tables)) == ["One, Two => One, Two\n"]


def test_linked_places_of_a_users_own_tables_bring_the_sources_that_they_cite(tmp_path, own):
    """Only their own facts, with the licence of each source."""
    export("-o", tmp_path / "own.jsonl", "--gazetteer", own)
    facts = list(read(tmp_path / "own.jsonl", ledger=Ledger()))
    assert {fact.id for fact in facts if isinstance(fact, TablePlace)} == {"own-1", "own-2"}
    assert {fact.id for fact in facts if isinstance(fact, Source)} == {"wof", "geonames"}
    assert all(fact.licence for fact in facts if isinstance(fact, Source))


def test_a_region_is_exported_alone():
    """The facts of one folder, and nothing of the others."""
    folder = data_folder() / "gazetteer" / "karabakh"
    rows = sum(1 for _ in read_rows(folder / "names.csv"))
    tables = read_export([], "karabakh")
    assert len(tables.names) == rows
    assert {place.region for place in tables.places.values()} == {"karabakh"}


def test_an_export_that_is_added_to_tables_gives_the_same_rows(tmp_path):
    """Out by one command and back by the other: each row of each table stands there again."""
    export("-o", tmp_path / "region.jsonl", "--region", "karabakh")
    done = CliRunner().invoke(app, ["gazetteer", "add", str(tmp_path / "region.jsonl"), "--to", str(tmp_path / "mine")])
    assert done.exit_code == 0, (done.output, done.exception)
    for table in ("places", "names", "relations", "links", "points"):
        out, back = (
            {tuple(row.cells.values()) for row in read_rows(folder / f"{table}.csv")}
            for folder in (data_folder() / "gazetteer" / "karabakh", tmp_path / "mine")
        )
        if table == "places":
            out, back = ({(*cells[:2], *map(float, cells[2:5]), *cells[5:]) for cells in rows} for rows in (out, back))
        assert out == back, table


def test_an_export_of_all_has_every_fact_of_the_tables():
    """Sources and parties that no place names included."""
    everything = read_tables([data_folder() / "gazetteer"])
    assert set(read_export([]).facts()) == set(everything.facts())


@pytest.mark.parametrize("suffix", FORMATS)
def test_equal_tables_give_equal_bytes_in_every_format(own, suffix):
    """Neither the clock nor the order of a set is written."""
    first, second = (FORMATS[suffix](read_export([own])) for _ in range(2))
    assert first == second
    assert first


@pytest.mark.parametrize(
    ("words", "status", "told"),
    [
        (["-o", "out.shp"], 2, "an export ends in one of .json .jsonl .parquet .csv .txt"),
        (["-o", "out.csv", "--region", "atlantis"], 2, "--region atlantis: no such folder; use one of"),
        (["-o", "out.csv", "--region", "../karabakh"], 2, "--region ../karabakh: no such folder"),
        (["-o", "out.csv", "--gazetteer", "gone"], 1, "gone: no such folder"),
        (["-o", "out.csv", "--gazetteer", "empty"], 1, "empty: holds no tables"),
        (["-o", "gone/out.csv"], 1, "cannot be written"),
    ],
)
def test_what_cannot_be_exported_is_refused_and_nothing_is_written(tmp_path, monkeypatch, words, status, told):
    """One line says why; no file is left."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "empty").mkdir()
    done = CliRunner().invoke(app, ["gazetteer", "export", *words])
    assert told in str(done.exception)
    assert isinstance(done.exception, UsageError) == (status == 2)
    assert [path for path in Path().rglob("*") if path.is_file()] == []


def test_an_output_is_written_whole_or_not_at_all(tmp_path, own):
    """A broken table leaves the old export as it was."""
    out = tmp_path / "own.json"
    export("-o", out, "--gazetteer", own)
    before = out.read_bytes()
    (own / "names.csv").write_text("broken\n", encoding="utf-8")
    assert CliRunner().invoke(app, ["gazetteer", "export", "-o", str(out), "--gazetteer", str(own)]).exit_code == 1
    assert out.read_bytes() == before
    assert sorted(path.name for path in tmp_path.iterdir()) == ["own", "own.json"]


def test_the_name_of_ones_own_folder_is_nobodys_business(tmp_path):
    """A region is a folder within the tables; the folder that a user keeps them in is not told."""
    mine = tmp_path / "secret-client"
    (mine / "arden").mkdir(parents=True)
    for place, folder in (("x-1", mine), ("x-2", mine / "arden")):
        for table, row in (
            ("places", f"{place},PPL,1,2,100,,unverified,"),
            ("names", f"{place},Arden,en,endonym,,,,unverified,"),
        ):
            (folder / f"{table}.csv").write_text(f"{','.join(COLUMNS[f'{table}.csv'])}\n{row}\n")
    for suffix in ("json", "csv", "txt", "parquet"):
        done = CliRunner().invoke(
            app, ["gazetteer", "export", "--gazetteer", str(mine), "-o", str(tmp_path / f"out.{suffix}")]
        )
        assert done.exit_code == 0, done.output
        assert b"secret-client" not in (tmp_path / f"out.{suffix}").read_bytes()
    assert {place.id: place.region for place in read_export([mine]).places.values()} == {"x-1": "", "x-2": "arden"}
