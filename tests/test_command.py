"""The command as scripts use it: real processes, real files, the words and fields of the contract."""

from __future__ import annotations

import csv
import io
import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from geo.gazetteer.importers.ledger import Ledger
from geo.gazetteer.importers.linked_places import read
from geo.gazetteer.records import Source, TablePlace
from geo.gazetteer.tables import read_rows
from geo.maps import unpack_page

REPOSITORY = Path(__file__).parents[1]
TEXT = "Shells fell on Martuni, Shushi and Stepanakert overnight. Armenian officials spoke of Khojavend."
MENTION_FIELDS = [
    "report", "start", "end", "text", "kind", "sentence", "status", "place", "name", "lat", "lon", "precision_m",
    "feature_code", "country", "confidence", "role", "claimants", "events", "date", "relation", "candidates", "why",
]  # fmt: skip
GEOCODE_FIELDS = [
    "query", "rank", "status", "place", "name", "matched", "match", "lat", "lon", "precision_m", "feature_code",
    "country", "confidence",
]  # fmt: skip
FIRST_20_KB = ["sh", "-c", 'ulimit -f 40; exec "$0" "$@"']


@pytest.fixture(scope="module", autouse=True)
def index(gazetteer):
    """Have the index compiled before the first command runs."""
    return gazetteer.index.indexes[0].folder


def run(*words, cwd, stdin=b"", env=None, before=()):
    """Run the command in a process of its own."""
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY), "PYTHONDONTWRITEBYTECODE": "1"} | (env or {})
    return subprocess.run(
        [*before, sys.executable, "-m", "geo", *map(str, words)],
        cwd=cwd, input=stdin, env=environment, capture_output=True, check=False, timeout=120,
    )  # fmt: skip


def quiet(*words, cwd, **options):
    """Run the command, which has to end well and to say nothing beside its output; gives that output."""
    done = run(*words, cwd=cwd, **options)
    assert (done.returncode, done.stderr.decode()) == (0, "")
    return done.stdout.decode()


def refused(*words, cwd, status=1, **options):
    """Run the command, which has to be refused with one line; gives that line."""
    done = run(*words, cwd=cwd, **options)
    lines = done.stderr.decode().splitlines()
    assert (done.returncode, len(lines), done.stdout) == (status, 1, b""), done
    return lines[0]


def page_data(page: Path):
    """Give what a page carries in its data element."""
    return unpack_page(page.read_text(encoding="utf-8"))


@pytest.fixture
def note(tmp_path):
    """A folder with one report in it."""
    (tmp_path / "note.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def test_help_answers_without_loading_what_maps_need(tmp_path):
    """`geo --help` names every command and imports neither geopandas nor folium nor numpy."""
    environment = os.environ | {"PYTHONPATH": str(REPOSITORY), "PYTHONPROFILEIMPORTTIME": "1"}
    command = [sys.executable, "-m", "geo", "--help"]
    done = subprocess.run(command, cwd=tmp_path, env=environment, capture_output=True, check=True)
    imported = {line.rpartition("|")[2].strip() for line in done.stderr.decode().splitlines()}
    assert "typer" in imported
    assert imported.isdisjoint(
        {"geopandas", "pandas", "numpy", "folium", "geopy", "marisa_trie", "trafilatura", "pyproj"}
    )
    for command in ("map", "places", "geocode", "names", "build", "gazetteer", "evaluate"):
        assert command in done.stdout.decode()


def test_a_map_is_the_same_to_the_byte_each_time(note):
    """One command writes a page and data files; neither hash seed nor time of day shows in any of them."""
    endings = ("html", "geojson", "csv", "gpkg", "parquet", "jsonl")
    for seed in ("1", "2"):
        outputs = [word for ending in endings for word in ("-o", f"{seed}.{ending}")]
        assert quiet("map", "note.txt", *outputs, cwd=note, env={"PYTHONHASHSEED": seed}) == ""
    for ending in endings:
        assert (note / f"1.{ending}").read_bytes() == (note / f"2.{ending}").read_bytes(), ending
    assert sorted(path.name for path in note.iterdir()) == sorted(
        ["note.txt", *(f"{s}.{e}" for s in "12" for e in endings)]
    )

    data = page_data(note / "1.html")
    printed = {place["id"]: place["printed"] for place in data["places"]}
    assert printed == {"kar-0003": ["Martuni", "Khojavend"], "kar-0001": ["Shushi"], "kar-0002": ["Stepanakert"]}
    assert str(REPOSITORY) not in (note / "1.html").read_text(encoding="utf-8")
    features = json.loads((note / "1.geojson").read_text(encoding="utf-8"))["features"]
    assert features[0]["geometry"]["coordinates"] == [
        features[0]["properties"]["lon"],
        features[0]["properties"]["lat"],
    ]


def test_places_gives_the_contracts_fields_for_each_mention(note):
    """Each line is a mention; its fields begin with those that scripts depend on, in their order."""
    rows = [json.loads(line) for line in quiet("places", "note.txt", "-f", "jsonl", cwd=note).splitlines()]
    assert [row["text"] for row in rows] == ["Martuni", "Shushi", "Stepanakert", "Armenian", "Khojavend"]
    for row in rows:
        assert list(row)[: len(MENTION_FIELDS)] == MENTION_FIELDS
        assert TEXT[row["start"] : row["end"]] == row["text"]
        assert row["sentence"] in TEXT
        assert row["status"] in ("resolved", "ambiguous", "unknown")
        assert row["kind"] in ("place", "demonym", "institution")
        assert row["role"] in ("site", "reference", "actor", "setting", None)
        assert all(set(candidate) == {"place", "name", "lat", "lon", "score"} for candidate in row["candidates"])
    assert (rows[0]["place"], rows[0]["name"]) == ("kar-0003", "Martuni"), "the name is the form that the text used"
    assert rows[4]["name"] == "Khojavend"


def test_places_writes_each_format(note):
    """The same mentions as CSV with the fields as columns, as GeoJSON, and into files."""
    table = list(csv.DictReader(io.StringIO(quiet("places", "note.txt", "-f", "csv", cwd=note))))
    assert list(table[0])[: len(MENTION_FIELDS)] == MENTION_FIELDS
    features = json.loads(quiet("places", "note.txt", "-f", "geojson", cwd=note))["features"]
    assert len(features) == len(table) == 5
    assert quiet("places", "note.txt", "-o", "out.parquet", cwd=note) == ""
    assert (note / "out.parquet").read_bytes().startswith(b"PAR1")
    shown = quiet("places", "note.txt", "-f", "table", cwd=note)
    assert "kar-0003" in shown
    assert "\x1b" not in shown, "no colours in a pipe"


def test_places_reads_standard_input(tmp_path):
    """`-` is a text, or JSON lines when it begins with an object; given spans are resolved as they are."""
    [row] = quiet("places", "-", cwd=tmp_path, stdin="Rain fell in Reykjavík.".encode()).splitlines()
    assert json.loads(row)["text"] == "Reykjavík"
    document = {"id": "d1", "text": "Grapes from Goris and Xyzzyqua.", "gold": [{"start": 22, "end": 30}]}
    [row] = quiet(
        "places", "-", "--mentions-from", "gold", cwd=tmp_path, stdin=json.dumps(document).encode()
    ).splitlines()
    given = json.loads(row)
    assert (given["report"], given["text"], given["status"], given["place"], given["lat"]) == (
        "d1",
        "Xyzzyqua",
        "unknown",
        None,
        None,
    )
    assert given["why"]


def test_a_table_with_other_headings_is_mapped(tmp_path):
    """Each row is a report, or a listed place that keeps its coordinates."""
    (tmp_path / "log.csv").write_text("nr,body\n7,Rain in Reykjavík\n8,Fog in Goris\n", encoding="utf-8")
    rows = [
        json.loads(line)
        for line in quiet("places", "log.csv", "--columns", "id=nr,text=body", cwd=tmp_path).splitlines()
    ]
    assert [(row["report"], row["text"]) for row in rows] == [("7", "Reykjavík"), ("8", "Goris")]
    (tmp_path / "list.csv").write_text("place,lat,lon\nShushi,39.765,46.755\n", encoding="utf-8")
    [row] = map(json.loads, quiet("places", "list.csv", cwd=tmp_path).splitlines())
    assert (row["place"], row["lat"], row["lon"], row["role"]) == ("kar-0001", 39.765, 46.755, "site")


def test_geocode_gives_the_contracts_fields_for_each_candidate(tmp_path):
    """One line a candidate, ranked from 1; a name without any has one line with null fields."""
    lines = quiet("geocode", "Martuni", "Xyzzyqua", "--country", "AZ", "-f", "jsonl", cwd=tmp_path).splitlines()
    rows = [json.loads(line) for line in lines]
    assert all(list(row) == GEOCODE_FIELDS for row in rows)
    martuni = [row for row in rows if row["query"] == "Martuni"]
    assert [row["rank"] for row in martuni] == list(range(1, len(martuni) + 1))
    assert martuni[0]["place"] == "kar-0003"
    assert "kar-0045" in {row["place"] for row in martuni}, "a hint is no filter"
    assert {row["match"] for row in martuni} <= {"exact", "key", "fuzzy"}
    assert rows[-1] == dict.fromkeys(GEOCODE_FIELDS) | {"query": "Xyzzyqua", "status": "unknown"}


def test_geocode_takes_context_date_and_limit(tmp_path):
    """Context is company, a date keeps the names of that time, a limit is a limit; names may come from a pipe."""
    words = ["geocode", "-", "--context", "Snow in Sevan and Vardenis.", "--limit", "1"]
    rows = [json.loads(line) for line in quiet(*words, cwd=tmp_path, stdin=b"Martuni\n\nGavar\n").splitlines()]
    assert [(row["query"], row["rank"]) for row in rows] == [("Martuni", 1), ("Gavar", 1)]
    assert rows[0]["place"] == "kar-0045"
    [early] = quiet("geocode", "Suqovuşan", "--at", "2020-10-02", "-f", "jsonl", cwd=tmp_path).splitlines()
    assert json.loads(early)["place"] is None
    table = list(csv.DictReader(io.StringIO(quiet("geocode", "Goris", "-f", "csv", cwd=tmp_path))))
    assert list(table[0]) == GEOCODE_FIELDS
    assert next(csv.reader(io.StringIO(quiet("geocode", "-", "-f", "csv", cwd=tmp_path))))[0] == "query", (
        "no names at all"
    )
    features = json.loads(quiet("geocode", "Goris", "-f", "geojson", cwd=tmp_path))["features"]
    assert len(features[0]["geometry"]["coordinates"]) == 2


def test_names_shows_who_uses_which_name_since_when(tmp_path):
    """As a card for people, as JSON and as Linked Places for programs."""
    card = json.loads(quiet("names", "Madagiz", "-f", "json", "--at", "2021-01-01", cwd=tmp_path))
    assert card["place"] == "kar-0072"
    rows = {(name["toponym"], name["party"]): name for name in card["names"]}
    assert rows["Suqovuşan", "az"]["from"] == "2020-10-03"
    assert ("Mataghis", "artsakh") in rows
    assert ("Madagiz", "az") not in rows
    assert all(name["source"] for name in card["names"])
    others = json.loads(quiet("names", "Martuni", "-f", "json", cwd=tmp_path))
    assert {others["place"], *(place["place"] for place in others["others"])} >= {"kar-0003", "kar-0045"}
    linked = json.loads(quiet("names", "Shushi", "-f", "lpf", cwd=tmp_path))
    assert linked["type"] == "FeatureCollection"
    assert {"Շուշի", "Şuşa"} <= {name["toponym"] for name in linked["features"][0]["names"]}
    assert "Шуша" in quiet("names", "Shushi", cwd=tmp_path)
    assert refused("names", "Xyzzyqua", cwd=tmp_path).startswith(
        "geo: Xyzzyqua: no place of the gazetteer has this name"
    )


def test_names_answers_for_a_date_and_a_party(tmp_path):
    """Madagiz became Suqovuşan on a day for one party and stays Mataghis for the other; each relation has its time too."""
    card = json.loads(quiet("names", "Madagiz", "-f", "json", "--at", "2020-10-04", "--party", "az", cwd=tmp_path))
    assert {name["toponym"] for name in card["names"]} == {"Suqovuşan", "Sugovushan"}
    assert {relation["object"] for relation in card["relations"] if relation["relation"] == "administered_by"} == {"az"}
    before = json.loads(
        quiet("names", "kar-0072", "-f", "json", "--at", "2020-10-01", "--party", "artsakh", cwd=tmp_path)
    )
    assert "Mataghis" in {name["toponym"] for name in before["names"]}
    assert "az" not in {r["object"] for r in before["relations"] if r["relation"] == "administered_by"}
    table = quiet("names", "kar-0072", "--at", "2020-10-04", cwd=tmp_path)
    assert "Azerbaijan (az)" in table
    assert "administered_by  Azerbaijan" in table
    assert refused("names", "Madagiz", "--party", "zz", cwd=tmp_path, status=2).startswith(
        "geo: --party zz: no such party"
    )


def test_names_tells_how_far_the_points_of_a_place_lie_apart(tmp_path):
    """The largest distance between any two that the sources have."""
    place = next(read_rows(REPOSITORY / "data/gazetteer/karabakh/points.csv")).cells["place_id"]
    card = json.loads(quiet("names", place, "-f", "json", cwd=tmp_path))
    assert card["spread_km"] >= max(point["distance_km"] for point in card["points"]) > 0
    assert f"the points lie up to {card['spread_km']} km apart" in quiet("names", place, cwd=tmp_path)


def test_names_in_linked_places_has_all_places_of_the_name(tmp_path):
    """By the writer that `geo gazetteer export` has, so that an importer reads it like an export."""
    (tmp_path / "martuni.json").write_text(quiet("names", "Martuni", "-f", "lpf", cwd=tmp_path), encoding="utf-8")
    facts = list(read(tmp_path / "martuni.json", ledger=Ledger()))
    assert {"kar-0003", "kar-0045"} <= {fact.id for fact in facts if isinstance(fact, TablePlace)}
    assert any(isinstance(fact, Source) and fact.licence for fact in facts)


def test_a_spec_is_built_beside_itself(note):
    """Paths in a spec are relative to it, wherever the command runs."""
    (note / "deep").mkdir()
    (note / "map.toml").write_text(
        'sources = ["note.txt"]\noutputs = ["a.html", "deep/b.geojson"]\ntitle = "Night"\n', encoding="utf-8"
    )
    done = run("build", note / "map.toml", cwd="/")
    assert (done.returncode, done.stdout) == (0, b"")
    assert page_data(note / "a.html")["meta"]["title"] == "Night"
    assert len(json.loads((note / "deep" / "b.geojson").read_text(encoding="utf-8"))["features"]) == 3
    (note / "bad.toml").write_text('sources = ["note.txt"]\noutput = ["a.html"]\n', encoding="utf-8")
    assert refused("build", "bad.toml", cwd=note) == "geo: bad.toml: unknown key 'output'; did you mean 'outputs'?"


def test_evaluate_measures_on_a_corpus(tmp_path):
    """Recognition, resolution and both together; a document that is none is told with its line."""
    text = "Rain fell in Reykjavík."
    gold = {"id": "d1", "text": text, "toponyms": [{"start": 13, "end": 22, "lat": 64.135, "lon": -21.895}]}
    (tmp_path / "gold.jsonl").write_text(json.dumps(gold) + "\n", encoding="utf-8")
    figures = json.loads(quiet("evaluate", "gold.jsonl", "-f", "json", cwd=tmp_path))
    assert (figures["documents"], figures["toponyms"]) == (1, 1)
    assert figures["recognition"] == figures["end_to_end"] == {"precision": 1.0, "recall": 1.0, "f1": 1.0}
    assert figures["resolution"]["accuracy_161km"] == 1.0
    (tmp_path / "gold.jsonl").write_text(json.dumps(gold) + '\n{"id": 2}\n', encoding="utf-8")
    assert refused("evaluate", "gold.jsonl", cwd=tmp_path).startswith("geo: gold.jsonl:2: no annotated document")


def test_the_gazetteer_tells_what_it_holds_and_checks_itself(tmp_path, index):
    """`info` and `compile` name the index, `check` finds nothing wrong with what ships."""
    assert str(index) in quiet("gazetteer", "info", cwd=tmp_path)
    assert quiet("gazetteer", "compile", cwd=tmp_path) == f"{index}\n"
    assert "facts without opened source" in quiet("gazetteer", "check", cwd=tmp_path)
    (tmp_path / "parties.csv").write_text("party,name\n", encoding="utf-8")
    assert refused("gazetteer", "check", "--gazetteer", tmp_path, cwd=tmp_path).startswith(
        f"{tmp_path}/parties.csv:1: the columns are"
    )


BAD = {
    "missing": ("gone.txt", None, "gone.txt: no such file; check the path"),
    "empty": ("in.txt", b"", "in.txt: is empty (0 bytes); give a file with text in it"),
    "binary": ("in.txt", b"\x01\x00\x02\x03" * 40, "in.txt: a NUL at byte 1: a binary file, or UTF-16"),
    "wrong encoding": ("in.txt", b"Caf\xe9 in Baku \xff\xfe and \x81\x8d", "in.txt: byte 3 is not UTF-8"),
    "unknown kind": ("in.docx", b"PK", "in.docx: suffix '.docx' is not known; use one of .txt"),
    "no usable column": ("in.csv", b"a,b\n1,2\n", "in.csv: no column 'text' or 'place'; found 'a', 'b'; map one with --columns"),
    "out of range": ("in.csv", b"place,lat,lon\nShushi,95,200\n", "in.csv:2: lat 95 is not between -90 and 90; correct it"),
    "no number": ("in.csv", b"place,lat,lon\nShushi,north,46\n", "in.csv:2: lat"),
    "swapped": ("in.csv", b"place,lat,lon\nNome,-165.4,64.5\n", "in.csv:2: lat and lon look swapped (lat -165.4, lon 64.5)"),
    "no JSON": ("in.jsonl", b'{"id": "1", "text": "Fog"}\n{"id": \n', "in.jsonl:2: "),
}  # fmt: skip


@pytest.mark.parametrize(("name", "content", "told"), BAD.values(), ids=BAD)
def test_bad_input_gets_one_line_and_leaves_nothing(tmp_path, name, content, told):
    """File, place and remedy in one line on standard error, exit 1, and no file that was not there before."""
    if content is not None:
        (tmp_path / name).write_bytes(content)
    before = sorted(tmp_path.iterdir())
    assert refused("map", name, "-o", "out.html", cwd=tmp_path).startswith(f"geo: {told}")
    assert sorted(tmp_path.iterdir()) == before


def test_a_line_of_100_mb_is_refused_at_once(tmp_path):
    """It is told before the whole of it is read as a text."""
    with (tmp_path / "in.txt").open("wb") as stream:
        for _ in range(100):
            stream.write(b"word " * 200_000)
    line = refused("map", "in.txt", "-o", "out.html", cwd=tmp_path)
    assert line == "geo: in.txt:1: a line of more than 10 MB; break it into lines or split the file"
    (tmp_path / "in.txt").unlink()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("output", "before", "told"),
    [
        (
            "nowhere/out.html",
            (),
            "nowhere/out.html: cannot be written (No such file or directory); choose another folder",
        ),
        ("note.txt/out.html", (), "note.txt/out.html: cannot be written (Not a directory); choose another folder"),
        (
            "out.html",
            FIRST_20_KB,
            "out.html: cannot be written (File too large); choose another folder or free the disk",
        ),
    ],
    ids=["missing folder", "no folder", "full disk"],
)
def test_an_output_that_cannot_be_written_leaves_nothing(note, output, before, told):
    """A page is there whole or not at all, and so is what stood there before."""
    (note / "out.html").write_text("what stood here", encoding="utf-8")
    assert refused("map", "note.txt", "-o", output, cwd=note, before=before).startswith(f"geo: {told}")
    assert sorted(path.name for path in note.iterdir()) == ["note.txt", "out.html"]
    assert (note / "out.html").read_text(encoding="utf-8") == "what stood here"


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full on this system")
def test_a_full_disk_behind_standard_output_is_told(note):
    """A redirected list that does not fit is one line and exit 1, as a file would be."""
    done = run("places", "note.txt", cwd=note, before=["sh", "-c", 'exec "$0" "$@" >/dev/full'])
    assert (done.returncode, len(done.stderr.splitlines())) == (1, 1)
    assert done.stderr.startswith(b"geo: standard output: No space left on device; ")


def test_one_bad_source_stops_the_build_unless_it_may_be_skipped(note):
    """With --skip-bad the rest is written and the bad source is named, and the exit status still tells of it."""
    (note / "empty.txt").touch()
    assert refused("map", "empty.txt", "note.txt", "-o", "out.html", cwd=note).startswith("geo: empty.txt: is empty")
    assert not (note / "out.html").exists()
    line = refused("map", "empty.txt", "note.txt", "-o", "out.html", "--skip-bad", cwd=note)
    assert line.startswith("geo: left out: empty.txt: is empty")
    assert [report["id"] for report in page_data(note / "out.html")["reports"]] == ["note.txt"]
    done = run("places", "empty.txt", "note.txt", "--skip-bad", cwd=note)
    assert (done.returncode, done.stdout.count(b"\n")) == (1, 5)


def test_a_text_without_any_place_gives_a_map_that_says_so(tmp_path):
    """Nothing to map is an answer and no failure; what the page then says is looked at in the browser."""
    (tmp_path / "in.txt").write_text("Rain fell all day.", encoding="utf-8")
    assert quiet("map", "in.txt", "-o", "out.html", cwd=tmp_path) == ""
    html = (tmp_path / "out.html").read_text(encoding="utf-8")
    assert '<body data-records="0" data-shown="0"' in html
    assert page_data(tmp_path / "out.html")["places"] == []
    assert "0 place names were found" in page_data(tmp_path / "out.html")["meta"]["notes"][0]


@pytest.mark.parametrize(
    "words",
    [
        ["map", "note.txt"],
        ["maps"],
        ["map", "note.txt", "-o", "out.docx"],
        ["map", "note.txt", "-o", "out.html", "--names", "latin"],
        ["geocode", "Goris", "--at", "yesterday"],
        ["places", "note.txt", "--columns", "text"],
        ["places", "note.txt", "--mentions-from", "gold"],
        ["places", "note.txt", "-o", "out.docx"],
        ["places", "note.txt", "-f", "table", "-o", "out.txt"],
    ],
    ids=" ".join,
)
def test_wrong_usage_exits_with_2(note, words):
    """A script can tell a wrong command line from a bad report."""
    done = run(*words, cwd=note)
    assert done.returncode == 2
    assert done.stderr
    assert b"Traceback" not in done.stderr
    assert [path.name for path in note.iterdir()] == ["note.txt"]


REVIEWED = "Residents of Springfield fled. Georgetown was quiet, and Springfield burnt.\n"


@pytest.fixture
def doubtful(tmp_path):
    """A folder with a report whose names may mean many places."""
    (tmp_path / "note.txt").write_text(REVIEWED, encoding="utf-8")
    return tmp_path


def decision_rows(folder):
    with (folder / "decisions.csv").open(encoding="utf-8", newline="") as stream:
        return [[row[key] for key in ("report", "name", "place", "reason", "who")] for row in csv.DictReader(stream)]


def test_review_asks_for_what_is_in_doubt_and_the_map_follows_the_answers(doubtful):
    first = quiet("review", "note.txt", "--who", "AN", cwd=doubtful, stdin=b"2\nthe larger one\nn\n\n")
    assert "1 of 2: Springfield  (note.txt, 2 times)" in first
    second = re.search(r"^  2  Springfield  (\S+)", first, re.MULTILINE)[1]
    assert decision_rows(doubtful) == [
        ["note.txt", "Springfield", second, "the larger one", "AN"],
        ["note.txt", "Georgetown", "none", "", "AN"],
    ]
    rows = [json.loads(line) for line in quiet("places", "note.txt", cwd=doubtful).splitlines()]
    assert [(row["text"], row["status"], row["place"]) for row in rows] == [
        ("Springfield", "resolved", second), ("Georgetown", "unknown", None), ("Springfield", "resolved", second),
    ]  # fmt: skip
    assert quiet("review", "note.txt", cwd=doubtful) == "Nothing is in doubt.\n"


def test_review_that_is_stopped_keeps_what_was_answered(doubtful):
    """The input ends in the middle; what came before is written, and the next review asks the rest."""
    quiet("review", "note.txt", cwd=doubtful, stdin=b"nonsense\nn\n\n")
    assert [row[1:3] for row in decision_rows(doubtful)] == [["Springfield", "none"]]
    assert "1 of 1: Georgetown" in quiet("review", "note.txt", cwd=doubtful, stdin=b"q\n")
    assert len(decision_rows(doubtful)) == 1


def test_review_takes_the_id_of_any_place(doubtful):
    quiet("review", "note.txt", cwd=doubtful, stdin=b"kar-0001\n\nq\n")
    assert decision_rows(doubtful)[0][2] == "kar-0001"


def test_review_shows_the_evidence_when_asked(doubtful):
    told = quiet("review", "note.txt", cwd=doubtful, stdin=b"?\nq\n")
    assert re.search(r"^       for: .*\(\+\d", told, re.MULTILINE)
    assert not (doubtful / "decisions.csv").exists()


EVIDENCE_FIELDS = ["match", "total", "rest", "evidence"]


def test_places_explains_each_candidate(note):
    """With evidence a line has all that it has without, and the candidates' evidence adds up."""
    bare = [json.loads(line) for line in quiet("places", "note.txt", cwd=note).splitlines()]
    rows = [json.loads(line) for line in quiet("places", "note.txt", "--explain", cwd=note).splitlines()]
    for row, without in zip(rows, bare, strict=True):
        for one, other in zip(row["candidates"], without["candidates"], strict=True):
            assert list(one) == [*other, *EVIDENCE_FIELDS]
            assert [list(part) for part in one["evidence"]] == [["what", "value", "adds", "words"]] * len(
                one["evidence"]
            )
            adds = sum(part["adds"] for part in one["evidence"])
            assert adds + one["rest"] == pytest.approx(one["total"], abs=0.2)
        assert {**row, "candidates": without["candidates"]} == without
    assert any(len(row["candidates"]) > 1 for row in rows)


def test_places_explains_in_words(note):
    """On a terminal each mention is a block: its sentence, the decision and why, its candidates, and how many more there are."""
    told = quiet("places", "note.txt", "--explain", "-f", "table", cwd=note)
    block = told.split("\n\n")[0].splitlines()
    assert block[0] == "Martuni  (note.txt 15-22)"
    assert block[1] == "  Shells fell on Martuni, Shushi and Stepanakert overnight."
    assert block[2].startswith("  resolved: Martuni, kar-0003, confidence ")
    assert block[4].startswith("  1  ")
    assert block[5].startswith("       for: ")
    assert block[6].startswith("       against: ")
    assert re.fullmatch(r"     \d+ more candidates?", block[-1])
    written = json.loads(quiet("places", "note.txt", "--explain", "-f", "geojson", cwd=note))
    assert "evidence" in json.dumps(written), "the data files have it too"


def test_a_place_that_a_person_chose_needs_no_evidence(note):
    rows = "report,span,name,place,reason,who,when\nnote.txt,,Martuni,kar-0040,,,\n"
    (note / "decisions.csv").write_text(rows, encoding="utf-8")
    told = [json.loads(line) for line in quiet("places", "note.txt", "--explain", cwd=note).splitlines()]
    chosen, *others = told[0]["candidates"]
    assert chosen["place"] == "kar-0040"
    assert "evidence" not in chosen
    assert all(other["evidence"] for other in others)
    assert "kar-0040" in quiet("places", "note.txt", "--explain", "-f", "table", cwd=note)


def test_geocode_explains_each_candidate(tmp_path):
    words = ["geocode", "Martuni", "Xyzzyqua", "--explain"]
    rows = [json.loads(line) for line in quiet(*words, cwd=tmp_path).splitlines()]
    assert all(list(row) == [*GEOCODE_FIELDS, *EVIDENCE_FIELDS[1:]] for row in rows[:-1])
    assert list(rows[-1]) == GEOCODE_FIELDS
    told = quiet(*words, "-f", "table", "--limit", "1", cwd=tmp_path)
    assert len(re.findall(r"^       for: ", told, re.MULTILINE)) == 1
    assert "more candidates" in told
    assert "Xyzzyqua" in told
    assert "csv has no room" in refused(*words, "-f", "csv", cwd=tmp_path, status=2)


def test_a_report_cannot_steer_the_terminal(doubtful):
    (doubtful / "note.txt").write_text("\x1b[2JResidents of Springfield\x07 fled.\n", encoding="utf-8")
    told = quiet("review", "note.txt", cwd=doubtful, stdin=b"q\n")
    told += quiet("places", "note.txt", "--explain", "-f", "table", cwd=doubtful)
    assert "Springfield" in told
    assert "\x1b" not in told
    assert "\x07" not in told


def test_decisions_that_do_not_apply_are_told_and_the_map_is_made(note):
    (note / "decisions.csv").write_text("report,span,name,place,reason,who,when\ngone,,Oz,none,,,\n", encoding="utf-8")
    done = run("map", "note.txt", "-o", "map.html", cwd=note)
    assert done.returncode == 0
    assert done.stderr.decode() == "geo: decisions.csv:2: does not apply: no report 'gone' was read\n"
    assert any("no report 'gone' was read" in text for text in page_data(note / "map.html")["meta"]["notes"])


def test_a_broken_decision_stops_the_build_with_its_line(note):
    (note / "decisions.csv").write_text(
        "report,span,name,place,reason,who,when\nnote.txt,,,none,,,\n", encoding="utf-8"
    )
    told = refused("map", "note.txt", "-o", "map.html", cwd=note)
    assert told.startswith("geo: decisions.csv:2: neither span nor name")
    assert not (note / "map.html").exists()
