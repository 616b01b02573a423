"""Bad input gets one line that names the file, the place in it and the remedy."""

import gzip
import io
import json
import os
import time
import tracemalloc

import openpyxl
import pytest

from geo.errors import ReportError, UsageError
from geo.reports.read import read


def refusal(source, **options):
    """Give the message with which a source is refused."""
    with pytest.raises(ReportError) as caught:
        list(read(source, **options))
    message = str(caught.value)
    assert "\n" not in message
    assert str(source) in message or source == "-"
    return message


@pytest.fixture
def written(tmp_path):
    """Write bytes or text under a name and give the path."""

    def write(name, content):
        path = tmp_path / name
        path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return path

    return write


def test_a_missing_file_is_said_at_once(tmp_path):
    """The call itself fails, before anything is taken from it."""
    with pytest.raises(ReportError, match=r"nowhere\.txt: no such file; check the path"):
        read(tmp_path / "nowhere.txt")


def test_a_folder_is_no_source(tmp_path):
    """A folder is refused as such."""
    assert "is a folder" in refusal(tmp_path)


def test_a_file_that_may_not_be_read_is_named(written):
    """No permission is told apart from a missing file."""
    path = written("secret.txt", "Nidri")
    path.chmod(0)
    if os.geteuid() == 0:
        os.seteuid(65534)
        try:
            assert "no permission" in refusal(path)
        finally:
            os.seteuid(0)
    else:
        assert "no permission" in refusal(path)


def test_an_unknown_suffix_lists_the_known_ones(written):
    """So does a file without one."""
    assert ".txt" in refusal(written("report.docx", "Nidri"))
    assert ".geojson" in refusal(written("report", "Nidri"))


@pytest.mark.parametrize("name", ["a.txt", "a.md", "a.html", "a.csv", "a.xlsx", "a.jsonl", "a.geojson"])
@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"%PDF-1.7\n1 0 obj",
        b"\x89PNG\r\n\x1a\n\0\0",
        b"Nidri \0 Karya",
        gzip.compress(b"Nidri"),
        b" \n\n",
        b"\xd0\xcf\x11\xe0x",
    ],
    ids=["empty", "pdf", "png", "nul", "gzip", "blank", "office"],
)
def test_empty_and_binary_files_are_refused(written, name, content):
    """Whatever the suffix claims, there is one line and a remedy after a semicolon."""
    assert "; " in refusal(written(name, content))


def test_an_empty_standard_input_is_refused():
    """A pipe that gives nothing is an error, not an empty map."""
    assert "stdin: is empty" in refusal("-", stdin=io.BytesIO(b""))


def test_the_first_byte_that_is_not_utf8_is_named(written):
    """When no encoding is certain, the byte is given, counted from the file's beginning."""
    content = ("Nidri. " * 300_000).encode() + b"K\xf6ln"
    assert "byte 2100001 is not UTF-8" in refusal(written("a.txt", content))
    assert "save it as UTF-8" in refusal(written("b.txt", b"\xef\xbb\xbfK\xf6ln"))
    assert "byte 4 is" in refusal(written("c.txt", b"\xef\xbb\xbfK\xf6ln"))


def test_a_text_that_breaks_off_within_a_letter_is_refused(written):
    """A cut file is no UTF-8, nor UTF-16."""
    assert "byte 1 is not UTF-8" in refusal(written("a.txt", b"K\xc3"))
    assert "not UTF-16" in refusal(written("b.txt", b"\xff\xfeK\0\xc3"))


@pytest.mark.parametrize("name", ["a.txt", "a.csv", "a.jsonl", "a.html"])
def test_a_line_of_100_mb_is_refused_soon_and_in_little_memory(tmp_path, name):
    """Reading stops at the limit, long before the line's end."""
    path = tmp_path / name
    with path.open("wb") as stream:
        stream.write(b"id,text\n")
        stream.seek(100_000_000)
        stream.write(b"x")
        stream.seek(8)
        for _ in range(100):
            stream.write(b"x" * 1_000_000)
    tracemalloc.start()
    started = time.perf_counter()
    message = refusal(path)
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert time.perf_counter() - started < 3
    assert peak < 15_000_000
    assert "more than" in message
    assert name == "a.html" or f"{name}:2: a line of more than 10 MB" in message


def test_an_endless_line_through_a_pipe_is_refused():
    """The standard input is not read to its end first."""

    class Endless(io.RawIOBase):
        def read(self, size=-1):
            return b"x" * size

    assert "stdin:1: a line of more than 10 MB" in refusal("-", stdin=Endless())


def test_a_table_without_a_usable_column_says_what_it_has(written):
    """The columns that were found are listed with the way to map one."""
    message = refusal(written("a.csv", "date,body\n2020,Nidri\n"))
    assert "found 'date', 'body'" in message
    assert "--columns text=" in message
    assert "no column 'corpus'; found 'date', 'body'" in refusal(
        written("b.csv", "date,body\n2020,Nidri\n"), columns={"text": "corpus"}
    )
    assert "found 'body'" in refusal(written("c.jsonl", '{"body": "Nidri"}\n'))
    assert "more than once" in refusal(written("d.csv", "text,text\na,b\n"))


@pytest.mark.parametrize(
    ("lat", "lon", "said"),
    [
        ("91", "200", "lat 91 is not between -90 and 90"),
        ("40", "181", "lon 181 is not between -180 and 180"),
        ("146.75", "39.8", "lat and lon look swapped"),
        ("north", "46", "lat 'north' is no number"),
        ("39,75", "46", "write degrees with a point"),
        ("nan", "46", "lat 'nan' is no number"),
        ("inf", "46", "no number"),
        ("1e999", "46", "no number"),
        ("1_0", "46", "no number"),
        ("39.75", "", "has lat and no lon; give both or neither"),
        ("", "46", "has lon and no lat"),
    ],
)
def test_coordinates_that_cannot_be_are_refused(written, lat, lon, said):
    """File, line and what is wrong with the number."""
    path = written("p.csv", f'place,lat,lon\nNidri,38.7,20.7\nKarya,"{lat}","{lon}"\n')
    message = refusal(path)
    assert message.startswith(f"{path}:3: ")
    assert said in message


@pytest.mark.parametrize("value", ["NaN", "Infinity", "true", "[1]", "1e999", "1" * 400, "9" * 5000])
def test_numbers_that_json_cannot_mean_are_refused(written, value):
    """JSON's own kinds of wrong numbers are caught as well."""
    assert "p.jsonl:1: " in refusal(written("p.jsonl", f'{{"place": "Nidri", "lat": {value}, "lon": 20.7}}\n'))


def test_an_id_that_stands_twice_names_both_rows(written):
    """Both lines are given, in tables and in JSON lines."""
    path = written("a.csv", "id,text\nx,Nidri\ny,Karya\nx,Vlycho\n")
    assert refusal(path).startswith(f"{path}:4: id 'x' stands already at {path}:2;")


def test_a_row_without_its_text_is_refused(written):
    """An empty text among others that are filled is a mistake, not nothing."""
    assert "a.csv:3: text is empty" in refusal(written("a.csv", "id,text\n1,Nidri\n2,\n"))
    assert "b.csv:2: place is empty" in refusal(written("b.csv", "place,lat,lon\n ,38.7,20.7\n"))
    assert "c.csv:2: text is empty" in refusal(written("c.csv", "id,text,note\n,,something\n"))


def test_a_table_with_headings_alone_is_refused(written):
    """No rows, no map."""
    assert "has no rows" in refusal(written("a.csv", "id,text\n\n"))


def test_broken_csv_names_the_line_where_the_record_begins(written):
    """An unclosed quote is found where it opens, a cell too many where it is."""
    assert "a.csv:3: a quote opens here" in refusal(written("a.csv", 'id,text\n1,Nidri\n2,"Karya\n3,Vlycho\n'))
    assert "b.csv:2: has 3 cells under 2 headings" in refusal(written("b.csv", "id,text\n1,Nidri, Karya\n"))
    assert "c.csv:2: broken CSV" in refusal(written("c.csv", 'id,text\n1,"Nidri" is open\n'))


@pytest.mark.parametrize(
    "line", ['{"text": "Ni', "[1, 2]", '"Nidri"', "Nidri", '{"text": ["Nidri"]}', '{"text": "\\ud800"}', "[" * 100_000]
)
def test_a_broken_json_line_is_named(written, line):
    """Cut, of another kind, or with half a letter: file and line."""
    path = written("a.jsonl", '{"text": "Karya"}\n' + line + "\n")
    assert refusal(path).startswith(f"{path}:2: ")


@pytest.mark.parametrize(
    "marks",
    [
        None,
        5,
        [5],
        [{"start": 0}],
        [{"start": 0, "end": 6}],
        [{"start": 3, "end": 3}],
        [{"start": -1, "end": 2}],
        [{"start": "0", "end": 2}],
    ],
)
def test_spans_that_do_not_fit_are_refused(written, marks):
    """A given mention must lie within the text, begin before it ends and be counted in whole numbers."""
    document = {"text": "Nidri"} if marks is None else {"text": "Nidri", "marks": marks}
    assert "a.jsonl:1: marks" in refusal(written("a.jsonl", json.dumps(document)), mentions_from="marks")


def test_given_spans_need_json_lines(written):
    """A table cannot carry them: wrong usage."""
    with pytest.raises(UsageError, match=r"needs \.jsonl"):
        read(written("a.csv", "text\nNidri\n"), mentions_from="marks")


def test_damaged_and_encrypted_workbooks_are_refused(tmp_path, written):
    """A cut file, a zip that is no workbook, one with a password or an old one, and an error in a cell."""
    book = openpyxl.Workbook()
    book.active.append(["id", "text"])
    book.active.append([1, "#REF!"])
    book.save(tmp_path / "whole.xlsx")
    whole = (tmp_path / "whole.xlsx").read_bytes()
    assert "no whole .xlsx" in refusal(written("cut.xlsx", whole[: len(whole) // 2]))
    assert "damaged" in refusal(written("zip.xlsx", b"PK\x05\x06" + bytes(18)))
    assert "encrypted or an old .xls" in refusal(written("old.xlsx", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(512)))
    assert "row 2: text holds the error #REF!" in refusal(tmp_path / "whole.xlsx")


@pytest.mark.parametrize("position", [10, 30, 40, 100, 400, 700, 1000, 2000, 3000, 4000])
def test_a_workbook_with_damaged_bytes_gives_one_line_or_its_rows(tmp_path, position):
    """Wherever the damage is, nothing but a refusal comes out of it."""
    book = openpyxl.Workbook()
    book.active.append(["id", "text"])
    for number in range(50):
        book.active.append([number, f"Nidri {number}"])
    path = tmp_path / "book.xlsx"
    book.save(path)
    content = bytearray(path.read_bytes())
    content[position : position + 20] = bytes(20)
    path.write_bytes(content)
    said = str(path)
    try:
        list(read(path))
    except ReportError as error:
        said = str(error)
    assert said.startswith(str(path))


def feature(geometry, **properties):
    return {"type": "Feature", "properties": properties, "geometry": geometry}


@pytest.mark.parametrize(
    ("features", "said"),
    [
        ([feature({"type": "Polygon", "coordinates": []}, name="A")], "feature 1: its geometry is Polygon"),
        ([feature({"type": "Point", "coordinates": [20]}, name="A")], "feature 1: its Point has no"),
        ([feature({"type": "Point", "coordinates": [20, 138]}, name="A")], "swapped"),
        ([feature(None, x="A")], "feature 1: no field"),
        ([5], "feature 1: is no feature"),
        ([], "has no rows"),
        ({}, "has no list of features"),
    ],
)
def test_geojson_that_lists_no_points_is_refused(written, features, said):
    """The feature is named, counted from 1."""
    document = {"type": "FeatureCollection", "features": features}
    assert said in refusal(written("a.geojson", json.dumps(document)))


def test_json_that_is_no_geojson_in_degrees_is_refused(written):
    """Other JSON, and coordinates in metres."""
    assert "is no GeoJSON" in refusal(written("a.geojson", '{"type": "Topology"}'))
    metres = {"type": "FeatureCollection", "crs": {"properties": {"name": "EPSG:3857"}}, "features": []}
    assert "WGS 84" in refusal(written("b.geojson", json.dumps(metres)))


def test_hostile_cells_are_only_text(written):
    """Markup and formulas in cells pass as text; whoever shows them escapes them."""
    cell = "<script>alert(1)</script> =1+1 ${x} `id`"
    (report,) = read(written("a.jsonl", json.dumps({"text": cell})))
    assert report.text == cell
