"""Files that are damaged, dishonest or of another kind: refused by name, never unpacked, never held whole in memory."""

from __future__ import annotations

import json
import struct
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from geo.errors import DataError, UsageError
from geo.gazetteer.importers import FORMATS, detect, read_facts
from geo.gazetteer.importers.json_items import items
from geo.gazetteer.importers.ledger import Ledger

EXCHANGE = Path(__file__).parents[2] / "data" / "exchange"
DUMP = EXCHANGE / "geonames" / "AD.txt"


def packed(tmp_path, members):
    path = tmp_path / "AD.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize("keep", [0, 10, 0.5, -1])
def test_a_cut_off_zip_is_refused_with_its_name(read, tmp_path, keep):
    path = packed(tmp_path, {"AD.txt": DUMP.read_bytes() * 50})
    content = path.read_bytes()
    path.write_bytes(content[: int(len(content) * keep) if isinstance(keep, float) else keep])

    with pytest.raises(DataError, match=r"AD\.zip: is no whole zip file .*; get it again"):
        read(path)


def test_a_zip_with_damaged_content_is_refused_even_when_bad_rows_are_skipped(read, tmp_path):
    path = packed(tmp_path, {"AD.txt": DUMP.read_bytes()})
    content = bytearray(path.read_bytes())
    content[100] ^= 0xFF
    path.write_bytes(content)

    with pytest.raises(DataError, match=r"AD\.zip: is no whole zip file"):
        read(path, skip_bad=True)


@pytest.mark.parametrize("name", ["../AD.txt", "/etc/AD.txt", "a/../../AD.txt", "..\\AD.txt", "C:/AD.txt"])
def test_a_zip_whose_member_leads_out_of_it_is_refused(read, tmp_path, name):
    path = packed(tmp_path, {name: DUMP.read_bytes()})

    with pytest.raises(DataError, match=r"AD\.zip: its member .* leads out of the zip file"):
        read(path)
    assert [file.name for file in tmp_path.iterdir()] == ["AD.zip"]


def test_a_zip_bomb_is_refused_by_the_size_that_it_declares(read, tmp_path):
    path = packed(tmp_path, {"AD.txt": b"\t" * 50_000_000})

    with pytest.raises(DataError, match=r"says that it unpacks from [\d,]+ to 50,000,000 bytes"):
        read(path)


def test_a_zip_that_declares_less_than_it_holds_is_refused(read, tmp_path):
    path = packed(tmp_path, {"AD.txt": DUMP.read_bytes() * 1_000})
    size = struct.pack("<I", DUMP.stat().st_size * 1_000)
    path.write_bytes(path.read_bytes().replace(size, struct.pack("<I", 100)))

    with pytest.raises(DataError, match=r"AD\.zip"):
        read(path)


def test_a_zip_with_several_texts_or_none_is_refused(read, tmp_path):
    with pytest.raises(DataError, match="holds 2 files with data"):
        read(packed(tmp_path, {"a.txt": b"", "b.txt": b""}))
    with pytest.raises(DataError, match="holds 0 files with data"):
        read(packed(tmp_path, {"readme.txt": b""}))


def test_a_line_of_ten_megabytes_is_a_broken_row(read, tmp_path):
    path = tmp_path / "AD.txt"
    path.write_bytes(DUMP.read_bytes() + b"900009\t" + b"x" * 10_000_000 + b"\n" + DUMP.read_bytes()[:1])

    with pytest.raises(DataError, match=r"AD\.txt:7: the line has over 1,000,000 bytes"):
        read(path)
    assert [told.partition(": ")[0] for told in read(path, skip_bad=True).ledger.broken] == [f"{path}:7", f"{path}:8"]


def test_invalid_utf_8_is_a_broken_row(read, tmp_path):
    path = tmp_path / "AD.txt"
    path.write_bytes(DUMP.read_bytes().replace("Ardène".encode(), b"Ard\xe8ne"))

    with pytest.raises(DataError, match=r"AD\.txt:1: not UTF-8 at byte \d+; save the file as UTF-8"):
        read(path, format_="geonames")
    assert len(read(path, format_="geonames", skip_bad=True).places) == 4


@pytest.mark.parametrize(
    ("content", "told"),
    [
        (b'{"type": "FeatureCollection", "features": [', "it ends too early|Expecting value"),
        (b'{"features": [{"a": 1} {"a": 2}]}', "expected ','"),
        (b'{"features": [{"a": tru}]}', "Expecting value"),
        (b'{"features": [{"a": "\xff"}]}', "not UTF-8"),
        (b"[1, 2", "it ends too early"),
        (b"[" * 200_000, "nested too deeply|Expecting value"),
        (b"<html>", "expected a JSON object or list"),
        (b"\x1f\x8b\x08", "not UTF-8|expected a JSON"),
    ],
)
def test_broken_json_is_refused_with_its_line(tmp_path, content, told):
    path = tmp_path / "x.json"
    path.write_bytes(content)

    with pytest.raises(DataError, match=rf"x\.json:1: .*({told})"):
        list(items(path, ("features",), ledger=Ledger()))


def test_items_are_found_wherever_the_list_stands(tmp_path):
    path = tmp_path / "x.json"
    for content in (
        '[{"a": 1}, {"a": 2}]',
        '{"crs": {"features": [0]}, "features": [{"a": 1}, {"a": 2}], "more": [3]}',
        '{"head": {"vars": []}, "results": {"distinct": true, "bindings": [{"a": 1}, {"a": 2}]}}',
        '{"a": 1}\n{"a": 2}\n',
        '\x1e{"a": 1}\n\x1e{"a": 2}\n',
        '\ufeff{"features": [{"a": 1},\n {"a": 2}]}',
    ):
        path.write_text(content, encoding="utf-8")
        assert list(items(path, ("features", "results.bindings"), ledger=Ledger())) == [{"a": 1}, {"a": 2}]
    path.write_text('{"features": []}', encoding="utf-8")
    assert list(items(path, ("features",), ledger=Ledger())) == []


def test_an_item_larger_than_the_window_is_read_and_its_line_told(tmp_path):
    path = tmp_path / "x.json"
    path.write_text('[\n"' + "x" * 3_000_000 + '",\n{"a":\n1},\n2]', encoding="utf-8")
    ledger = Ledger()
    lines = [int(ledger.where.rpartition(":")[2]) for _ in items(path, ("features",), ledger=ledger)]
    assert lines == [2, 3, 5]


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("geonames/AD.txt", "geonames"),
        ("geonames/alternateNamesV2.txt", "geonames"),
        ("wof", "wof"),
        ("wof/data/900/000/1/9000001.geojson", "wof"),
        ("overture/divisions.geojson", "overture"),
        ("osm/extract.geojson", "osm"),
        ("wikidata/query.json", "wikidata"),
        ("wikidata/simple.json", "wikidata"),
        ("csv/villages.csv", "csv"),
    ],
)
def test_a_format_is_told_by_its_content(path, told):
    assert detect(EXCHANGE / path) == told


@pytest.mark.parametrize("content", ["", "just a line\n", '{"type": "Feature", "properties": {"a": 1}}', "[1]", "[]"])
@pytest.mark.parametrize("name", ["x.txt", "x.json"])
def test_what_is_no_gazetteer_is_refused_with_a_remedy(tmp_path, name, content):
    path = tmp_path / name
    path.write_text(content, encoding="utf-8")
    with pytest.raises(DataError, match=rf"{name}"):
        detect(path)
    with pytest.raises(DataError, match="is not there"):
        detect(tmp_path / "missing")
    with pytest.raises(UsageError, match="format 'shapefile' is not known; use one of geonames wof"):
        list(read_facts(path, format_="shapefile", ledger=Ledger()))


@pytest.mark.parametrize("name", sorted(FORMATS))
def test_any_bytes_are_read_or_refused_by_name(tmp_path, name):
    """A file of another kind never ends in another error than ours."""
    for number, sample in enumerate(sorted(EXCHANGE.rglob("*.*"))):
        if sample.is_file():
            path = tmp_path / f"{number}{sample.suffix}"
            path.write_bytes(sample.read_bytes())
            try:
                list(read_facts(path, format_=name, ledger=Ledger(skip_bad=True)))
            except DataError as error:
                assert str(tmp_path) in str(error)  # noqa: PT017 - other errors are let through


def test_a_large_dump_streams_in_bounded_memory(tmp_path):
    """Ten times the rows take no more memory."""
    row = "{0}\tArden {0}\tArden {0}\tArdène {0},Арден {0}\t42.5\t1.5\tP\tPPL\tAD\t\t02\t\t\t\t0\t\t1\tx\t2024-05-01\n"
    script = (
        "import resource, sys; from pathlib import Path; from geo.gazetteer.importers import read_facts; "
        "from geo.gazetteer.importers.ledger import Ledger; "
        "count = sum(1 for _ in read_facts(Path(sys.argv[1]), ledger=Ledger())); "
        "print(count, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss)"
    )
    peaks = []
    for rows in (2_000, 20_000):
        path = tmp_path / "AD.txt"
        path.write_text("".join(map(row.format, range(1, rows + 1))), encoding="utf-8")
        told = subprocess.run([sys.executable, "-c", script, str(path)], capture_output=True, text=True, check=True)
        count, peak = map(int, told.stdout.split())
        assert count == 1 + rows * 5
        peaks.append(peak)
    assert peaks[1] < peaks[0] * 1.1


WRONG = [5, -1.5, "x", "", None, True, [], [[]], [5], {}, {"a": 5}, {"mode": 5}, [{"a": {}}], "\ud800"]


def mutations(value):
    """Give a JSON value with each of its parts in turn replaced by something of another shape."""
    yield from WRONG
    if isinstance(value, dict):
        for key, part in value.items():
            for changed in mutations(part):
                yield value | {key: changed}
    elif isinstance(value, list):
        for place, part in enumerate(value):
            for changed in mutations(part):
                yield [*value[:place], changed, *value[place + 1 :]]


@pytest.mark.parametrize(
    ("name", "sample"),
    [
        ("wof", "wof/data/900/000/1/9000001.geojson"),
        ("overture", "overture/divisions.geojson"),
        ("osm", "osm/extract.geojson"),
        ("wikidata", "wikidata/query.json"),
    ],
)
def test_a_record_of_the_wrong_shape_is_told_and_never_ends_in_another_error(tmp_path, name, sample):
    document = json.loads((EXCHANGE / sample).read_text(encoding="utf-8"))
    records = document.get("features") or document.get("results", {}).get("bindings") or [document]
    path = tmp_path / "x.json"
    path.write_text(json.dumps([changed for record in records for changed in mutations(record)]), encoding="utf-8")
    ledger = Ledger(skip_bad=True)

    facts = list(read_facts(path, format_=name, ledger=ledger))
    assert facts
    assert ledger.broken
    assert all(told.startswith(f"{path}:1: ") for told in ledger.broken)
    for fact in facts:
        for value in vars_of(fact):
            assert value is None or isinstance(value, str | float | int)
            str(value).encode()


def vars_of(fact):
    return [getattr(fact, field) for field in fact.__slots__]
