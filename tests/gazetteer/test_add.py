"""Adding gazetteers to tables: merged, idempotent, written whole or not at all, told in one line."""

from __future__ import annotations

import http.server
import json
import os
import shutil
import signal
import subprocess
import sys
import threading
import zipfile
from pathlib import Path

import pytest
from typer.testing import CliRunner

from geo.cli import app
from geo.errors import DataError, OnlineError, OutputError, UsageError
from geo.gazetteer.add import add, summary
from geo.gazetteer.check import check
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.tables import COLUMNS, read_tables

EXCHANGE = Path(__file__).parents[1] / "data" / "exchange"
DUMP, NAMES = EXCHANGE / "geonames" / "AD.txt", EXCHANGE / "geonames" / "alternateNamesV2.txt"
ALL = [
    *(DUMP, NAMES, EXCHANGE / "wof", EXCHANGE / "overture" / "divisions.geojson"),
    *(EXCHANGE / "osm" / "extract.geojson", EXCHANGE / "wikidata" / "query.json", EXCHANGE / "csv" / "villages.csv"),
]


def content(folder):
    return {path.name: path.read_bytes() for path in sorted(folder.iterdir())}


def content_of_files(folder):
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def rows(folder, table):
    return (folder / table).read_text(encoding="utf-8").splitlines()[1:]


def write(folder, **tables):
    folder.mkdir(exist_ok=True)
    for name, lines in tables.items():
        header = ",".join(COLUMNS[f"{name}.csv"])
        (folder / f"{name}.csv").write_text("\n".join([header, *lines, ""]), encoding="utf-8")
    return folder


@pytest.mark.parametrize("source", ALL, ids=lambda path: path.name)
def test_what_is_added_is_a_table_without_a_fault_and_adding_it_again_changes_no_byte(tmp_path, source):
    add([str(source)], tmp_path)
    first = content(tmp_path)
    problems = check([tmp_path]).problems
    again = add([str(source)], tmp_path)

    assert [problem for problem in problems if "unknown place_id" not in problem and " km from " not in problem] == []
    assert content(tmp_path) == first
    assert again.taken.total() == 0


def test_everything_at_once_is_the_same_as_one_after_another(tmp_path):
    add([str(source) for source in ALL], tmp_path / "at-once")
    for source in ALL:
        add([str(source)], tmp_path / "one-by-one")
    assert content(tmp_path / "at-once") == content(tmp_path / "one-by-one")


def test_every_row_tells_its_source_and_every_source_its_licence(tmp_path):
    add([str(source) for source in ALL], tmp_path)
    tables = read_tables([Path("data/gazetteer").resolve(), tmp_path])
    facts = [*tables.places.values(), *tables.names, *tables.relations, *tables.links, *tables.points]
    assert all(fact.source for fact in facts)
    assert {row.split(",")[0] for row in rows(tmp_path, "sources.csv")} == {
        *("geonames", "wof", "overture", "osm", "wikidata", "csv-villages")
    }
    assert all(
        source.licence for source in tables.sources.values() if source.id in ("geonames", "wof", "osm", "overture")
    )


def test_a_name_without_a_language_gives_way_to_the_same_name_with_one(tmp_path):
    ledger = add([str(DUMP), str(NAMES)], tmp_path)
    names = [row for row in rows(tmp_path, "names.csv") if "Арден" in row]
    assert names == ["geonames:900001,Арден,ru,variant,,,,geonames:900001,"]
    assert ledger.merged["names"] == 2


def test_rows_of_ones_own_stand_and_gain_the_further_source(tmp_path):
    folder = write(
        tmp_path / "own",
        sources=["mine,My notes,,,"],
        places=["geonames:900001,PPL,42.4,1.4,500,7,mine,by hand"],
        names=[
            "geonames:900001,Ardène,,variant,,,,mine,by hand",
            "geonames:900001,Vell Arden,ca,historical,,1923,,mine,",
        ],
    )
    ledger = add([str(DUMP), str(NAMES)], folder)

    assert rows(folder, "places.csv")[0] == "geonames:900001,PPL,42.4,1.4,500,7,mine,by hand"
    assert rows(folder, "names.csv")[:2] == [
        "geonames:900001,Ardène,,variant,,,,mine;geonames:900001,by hand",
        "geonames:900001,Vell Arden,ca,historical,,1923,1991-08-31,mine;geonames:900001,",
    ]
    assert rows(folder, "points.csv") == ["geonames:900001,42.5,1.5,geonames:900001"]
    assert ledger.merged["places"] == 1
    before = content(folder)
    add([str(DUMP), str(NAMES)], folder)
    assert content(folder) == before


def test_a_folder_of_tables_is_merged_into_another(tmp_path):
    write(tmp_path / "theirs", sources=["theirs,Theirs,,,"], places=["x-1,PPL,1,2,100,,theirs,"])
    (tmp_path / "theirs" / "region").mkdir()
    write(tmp_path / "theirs" / "region", names=["x-1,Arden,en,endonym,az,1990,..,theirs:4,said so"])
    add([str(tmp_path / "theirs")], tmp_path / "mine")

    assert rows(tmp_path / "mine", "names.csv") == ["x-1,Arden,en,endonym,az,1990,..,theirs:4,said so"]
    assert check([tmp_path / "mine"]).problems == []


@pytest.mark.parametrize(
    ("table", "row", "told"),
    [
        ("places", "x-1,PPL,nan,2,100,,unverified,", "lat is nan"),
        ("places", "x-1,P L,1,2,100,,unverified,", "feature_code is 'P L'"),
        ("places", "x-1,PPL,1,2,-5,,unverified,", "precision_m is '-5'"),
        ("names", "x-1,=1,en,endonym,,,,unverified,", "toponym is '=1', a formula"),
        ("names", "x-1,Arden,en,nickname,,,,unverified,", "kind is 'nickname'"),
        ("names", "x-1,Arden,en,endonym,,3.10.2020,,unverified,", "from is '3.10.2020'"),
        ("names", "x-1,Arden,en,endonym,,,,,", "source is empty"),
        ("relations", "x-1,beside,x-2,,,,unverified", "relation is 'beside'"),
        ("names", "x-1,Arden,en,endonym,,,,unverified,=1+1", r"note is '=1\+1', a formula"),
        ("links", "x-1,sameAs,wof:1,unverified", "relation is 'sameAs'"),
        ("names", "x-1,Arden,en,endonym,,,,atlas:4,", "unknown source 'atlas'"),
        ("names", "x-1,Arden,en,endonym,nobody,,,unverified,", "unknown party 'nobody'"),
        ("points", "x-1,1,200,unverified", "lon is 200"),
    ],
)
def test_a_broken_row_of_a_table_is_told_with_its_line(tmp_path, table, row, told):
    theirs = write(tmp_path / "theirs", **{table: [row]})
    with pytest.raises(DataError, match=rf"{table}\.csv:2: .*{told}"):
        add([str(theirs)], tmp_path / "mine")
    assert not (tmp_path / "mine").exists()


def test_two_places_with_one_id_are_told_with_both_lines(tmp_path):
    path = tmp_path / "AD.txt"
    lines = DUMP.read_text(encoding="utf-8").splitlines()
    path.write_text("\n".join([*lines, lines[0].replace("42.5", "43.5").replace("Ardène", "Other")]), encoding="utf-8")

    with pytest.raises(DataError, match=r"AD\.txt:7: 'geonames:900001' stands already in .*AD\.txt:1 with other facts"):
        add([str(path)], tmp_path / "tables")
    ledger = add([str(path)], tmp_path / "tables", skip_bad=True)
    before = content(tmp_path / "tables")
    again = add([str(path)], tmp_path / "tables", skip_bad=True)
    assert len(ledger.broken) == len(again.broken) == 1
    assert content(tmp_path / "tables") == before
    assert not (tmp_path / "tables" / "points.csv").exists()
    assert "Other" not in (tmp_path / "tables" / "names.csv").read_text(encoding="utf-8")


def test_a_file_with_a_broken_row_leaves_the_tables_as_they_were(tmp_path):
    tables = tmp_path / "tables"
    add([str(DUMP)], tables)
    before = content(tables)
    path = tmp_path / "more.txt"
    path.write_text(NAMES.read_text(encoding="utf-8") + "cut off\n", encoding="utf-8")

    with pytest.raises(DataError, match=r"more\.txt:13: 1 columns; expected 10"):
        add([str(path)], tables)
    assert content(tables) == before


def test_of_several_sources_the_good_ones_are_added_when_bad_ones_are_skipped(tmp_path):
    damaged = tmp_path / "AD.zip"
    damaged.write_bytes(b"PK\x03\x04")
    ledger = add([str(damaged), str(DUMP)], tmp_path / "tables", skip_bad=True)
    assert ledger.taken["places"] == 5
    assert "is no whole zip file" in ledger.broken[0]


@pytest.mark.skipif(os.geteuid() == 0, reason="root may write everywhere")
def test_a_folder_that_cannot_be_written_is_told(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(OutputError, match="cannot be"):
        add([str(DUMP)], tmp_path / "tables")


def test_a_file_in_place_of_the_folder_is_told(tmp_path):
    (tmp_path / "tables").write_text("", encoding="utf-8")
    with pytest.raises(OutputError, match=r"tables: cannot be made"):
        add([str(DUMP)], tmp_path / "tables")


def test_a_run_that_is_killed_leaves_the_old_tables(tmp_path):
    """The run is killed while the new tables are being written, after the first of them is on the disk."""
    tables = tmp_path / "tables"
    add([str(DUMP)], tables)
    before = content(tables)
    script = (
        "import os, signal, sys; from geo.gazetteer import staging; from geo.gazetteer.add import add\n"
        "real = staging.Staging.content\n"
        "def content(self, table):\n"
        "    yield from real(self, table)\n"
        "    if table == 'names.csv': os.kill(os.getpid(), signal.SIGKILL)\n"
        "staging.Staging.content = content\n"
        "add([sys.argv[1]], __import__('pathlib').Path(sys.argv[2]))"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(EXCHANGE / "wof"), str(tables)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert {name: bytes_ for name, bytes_ in content(tables).items() if not name.startswith(".")} == before
    assert check([tables]).problems == []


def test_a_run_that_is_killed_between_two_tables_is_finished_by_whoever_comes_next(tmp_path):
    """Once all new tables are on the disk, the import is as good as done: nobody sees half of it."""
    tables, whole = tmp_path / "tables", tmp_path / "whole"
    for folder in (tables, whole):
        add([str(DUMP)], folder)
    add([str(EXCHANGE / "wof")], whole)
    script = (
        "import os, pathlib, signal, sys; from geo.gazetteer.add import add\n"
        "real = pathlib.Path.replace\n"
        "def replace(self, target):\n"
        "    if target.name == 'names.csv': os.kill(os.getpid(), signal.SIGKILL)\n"
        "    return real(self, target)\n"
        "pathlib.Path.replace = replace\n"
        "add([sys.argv[1]], pathlib.Path(sys.argv[2]))"
    )
    killed = subprocess.run([sys.executable, "-c", script, str(EXCHANGE / "wof"), str(tables)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert content(tables) != content(whole)
    assert check([tables]).problems == []
    assert content(tables) == content(whole)


def test_runs_that_add_to_one_folder_at_once_lose_nothing(tmp_path):
    tables, whole = tmp_path / "tables", tmp_path / "whole"
    script = "import pathlib, sys; from geo.gazetteer.add import add; add([sys.argv[1]], pathlib.Path(sys.argv[2]))"
    sources = [str(EXCHANGE / "wof"), str(EXCHANGE / "osm" / "extract.geojson")]
    runs = [subprocess.Popen([sys.executable, "-c", script, source, str(tables)]) for source in sources]
    assert [run.wait() for run in runs] == [0, 0]
    add(sources, whole)
    for table in whole.iterdir():
        assert sorted(rows(tables, table.name)) == sorted(rows(whole, table.name))


def test_a_journal_renames_nothing_but_new_tables_of_its_folder(tmp_path):
    other = tmp_path / "other.csv"
    other.write_text("kept")
    folder = write(tmp_path / "tables", places=["x-1,PPL,1,2,100,,unverified,"])
    (folder / ".places.csv.x").mkdir()
    told = ["../other.csv", ".places.csv./../../other.csv", 7, "notes.txt", ".notes.txt.x"]
    (folder / ".allonym-adding.json").write_text(json.dumps(told))
    before = content_of_files(folder)
    check([folder])
    assert other.read_text() == "kept"
    assert content_of_files(folder).items() >= {k: v for k, v in before.items() if not k.startswith(".")}.items()


def test_the_command_adds_to_ones_own_folder_and_says_what_it_did(tmp_path, monkeypatch):
    monkeypatch.setenv("ALLONYM_CONFIG", str(tmp_path))
    result = CliRunner().invoke(app, ["gazetteer", "add", str(DUMP)])
    assert result.exit_code == 0
    assert result.output == (
        f"{tmp_path / 'gazetteer'}: took 1 sources, 5 places, 8 names, 10 relations; merged nothing; "
        "left out 1: 1 record without a feature code\n"
    )


def test_the_command_lists_what_it_skipped_and_exits_with_1(tmp_path):
    path = tmp_path / "AD.txt"
    path.write_text(DUMP.read_text(encoding="utf-8") + "cut off\n", encoding="utf-8")
    result = CliRunner().invoke(app, ["gazetteer", "add", str(path), "--to", str(tmp_path / "t"), "--skip-bad"])
    assert result.exit_code == 1
    assert f"geo: left out: {path}:7: 1 columns; expected 19" in result.output
    assert len(rows(tmp_path / "t", "places.csv")) == 5


def test_a_summary_counts_what_was_left_out_by_reason(tmp_path):
    told = summary(add([str(DUMP), str(NAMES)], tmp_path))
    assert told.startswith(
        "took 1 sources, 5 places, 14 names, 10 relations, 1 links; merged 1 sources, 2 names; left out 5: "
    )
    assert "1 web address (link)" in told


def test_names_of_a_place_that_nobody_knows_are_left_out_and_counted(tmp_path):
    """Tables that name an unknown place would be refused."""
    ledger = add([str(NAMES)], tmp_path)
    assert ledger.left_out["names of a place without point"] == 8
    assert sorted(content(tmp_path)) == ["sources.csv"]


def test_names_of_a_place_that_the_default_gazetteer_has_are_taken(tmp_path):
    path = tmp_path / "alternateNamesV2.txt"
    path.write_text("1\t2988507\taz\tParis\t1\t\t\t\t\t\n", encoding="utf-8")
    add([str(path)], tmp_path / "tables")
    assert rows(tmp_path / "tables", "names.csv") == ["geonames:2988507,Paris,az,official,,,,geonames:2988507,"]


def test_a_place_all_of_whose_names_are_broken_is_left_out(tmp_path):
    path = tmp_path / "villages.csv"
    path.write_text("id,name,lat,lon\n1,=1,42.5,1.5\n2,Belmont,42.6,1.6\n", encoding="utf-8")
    ledger = add([str(path)], tmp_path / "tables", skip_bad=True)
    assert len(ledger.broken) == 1
    assert [row.split(",")[0] for row in rows(tmp_path / "tables", "places.csv")] == ["csv-villages:2"]


def test_what_was_added_opens_as_a_layer(tmp_path):
    """Every format makes tables that the gazetteer takes."""
    add([str(source) for source in ALL], tmp_path)
    opened = Gazetteer.open([tmp_path])
    assert {match.place.id for match in opened.lookup("Novarden")} >= {"wof:9000001", "csv-villages:1"}
    sources = {name.source for name in opened.names("wof:9000001")}
    assert sources >= {"wof:9000001", "osm:node/900001", "wikidata:Q900001"}


class Country(http.server.BaseHTTPRequestHandler):
    """GeoNames' folder with the files of one country."""

    def do_GET(self):
        member = {"/dump/AD.zip": DUMP, "/dump/alternatenames/AD.zip": NAMES}.get(self.path)
        self.send_response(200 if member else 404)
        self.end_headers()
        if member:
            with zipfile.ZipFile(self.wfile, "w", zipfile.ZIP_DEFLATED) as archive:
                archive.write(member, "AD.txt")
                archive.writestr("readme.txt", "what this is")

    def log_message(self, *_):
        """Stay silent."""


@pytest.fixture
def server(tmp_path, monkeypatch):
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Country) as served:
        thread = threading.Thread(target=served.serve_forever)
        thread.start()
        monkeypatch.setenv("ALLONYM_GEONAMES", f"http://127.0.0.1:{served.server_port}/dump/")
        monkeypatch.setenv("ALLONYM_CACHE", str(tmp_path / "cache"))
        yield served
        served.shutdown()
        thread.join()


@pytest.mark.usefixtures("server")
def test_a_country_is_downloaded_with_its_names_when_asked_to(tmp_path):
    add(["AD"], tmp_path / "downloaded", online=True)
    add([str(DUMP), str(NAMES)], tmp_path / "files")
    assert content(tmp_path / "downloaded") == content(tmp_path / "files")


@pytest.mark.usefixtures("server")
def test_a_country_that_the_server_does_not_have_is_told(tmp_path):
    with pytest.raises(OnlineError, match=r"dump/XX\.zip: cannot be downloaded"):
        add(["XX"], tmp_path, online=True)


def test_without_being_asked_to_nothing_is_downloaded(tmp_path):
    with pytest.raises(UsageError, match="AD: is no file; to download the country's GeoNames files, say --online"):
        add(["AD"], tmp_path)


def test_a_file_that_is_named_like_a_country_is_read(tmp_path, monkeypatch):
    shutil.copy(DUMP, tmp_path / "AD")
    monkeypatch.chdir(tmp_path)
    assert add(["AD"], tmp_path / "t").taken["places"] == 5


def test_rows_of_ones_own_that_contradict_each_other_stop_the_command(tmp_path):
    own = write(tmp_path / "own", places=["x-1,PPL,1,2,100,,unverified,", "x-1,PPL,3,4,100,,unverified,"])
    with pytest.raises(DataError, match=r"places\.csv:3: says again what stands in a row above"):
        add([str(DUMP)], own)


def test_relations_of_ones_own_that_stand_twice_keep_both_sources(tmp_path):
    own = write(tmp_path / "own", relations=["kar-0001,de_jure,AZ,,,,unsc-853", "kar-0001,de_jure,AZ,,,,unsc-884"])
    add([str(DUMP)], own)
    assert rows(own, "relations.csv")[0] == "kar-0001,de_jure,AZ,,,,unsc-853;unsc-884"


@pytest.mark.parametrize(
    "source", [path for path in ALL if path.is_file() and path != NAMES], ids=lambda path: path.name
)
def test_a_file_is_used_as_it_is_beneath_the_tables(source):
    opened = Gazetteer.open([source])
    assert [match.place.name for match in opened.lookup("Arden") if match.how == "exact"] or opened.lookup("Ardenia")


def test_a_row_of_a_table_that_is_no_row_can_be_skipped(tmp_path):
    theirs = write(
        tmp_path / "theirs",
        places=["x-1,PPL,1,2,100,,unverified,", "cut off"],
        names=["x-1,Arden,,variant,,,,unverified,"],
    )
    ledger = add([str(theirs)], tmp_path / "mine", skip_bad=True)
    assert [told.partition(": ")[2] for told in ledger.broken] == [
        "1 cells; expected 8: " + ",".join(COLUMNS["places.csv"])
    ]
    assert len(rows(tmp_path / "mine", "places.csv")) == 1


def test_a_cell_that_would_run_is_refused_wherever_it_comes_from(tmp_path):
    """Names are looked at by the importers; ids, notes and parties when they are to become cells."""
    path = tmp_path / "villages.csv"
    path.write_text("name,lat,lon,note\nArden,-42.5,-1.5,-SUM(A1)\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"villages\.csv:2: .*formula"):
        add([str(path)], tmp_path / "tables")
