"""Tables: one report or one listed place a row, whatever program saved them."""

import csv
import datetime as dt
import io
import json
import tracemalloc

import openpyxl
import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import ReportError, UsageError
from geo.reports.read import read

CELLS = st.text(st.characters(codec="utf-8", exclude_characters="\0"), min_size=1).filter(str.strip)


@pytest.fixture
def table(tmp_path):
    """Write a text file and give its path."""

    def write(name, content):
        path = tmp_path / name
        path.write_text(content, encoding="utf-8", newline="")
        return path

    return write


@pytest.fixture
def workbook(tmp_path):
    """Save sheets of rows as a workbook and give its path."""

    def write(**sheets):
        book = openpyxl.Workbook()
        book.remove(book.active)
        for title, rows in sheets.items():
            sheet = book.create_sheet(title)
            for row in rows:
                sheet.append(row)
        path = tmp_path / "book.xlsx"
        book.save(path)
        return path

    return write


def test_a_table_of_reports_has_one_a_row(table):
    """Every field of the contract is read; what is missing is filled from the file."""
    path = table(
        "week.csv",
        "id,text,source,published,language,url,title\n"
        "r1,Nidri is open.,Courier,2021-03-14,en,https://c.example/1,Open\n"
        ",Karya is dark.,,,,,\n",
    )
    first, second = read(path)
    assert (first.id, first.text, first.source, first.published) == ("r1", "Nidri is open.", "Courier", "2021-03-14")
    assert (first.language, first.url, first.title) == ("en", "https://c.example/1", "Open")
    assert (second.id, second.source, second.published, second.spans) == ("week-2", "week.csv", "", None)


def test_a_listed_place_is_its_own_mention(table):
    """The place's name is the text, its span is given, its coordinates come as (lon, lat)."""
    first, second = read(table("places.csv", "place,lat,lon\n Nidri ,38.7,20.71\nKarya,,\n"))
    assert (first.text, first.spans, first.point) == ("Nidri", ((0, 5),), (20.71, 38.7))
    assert second.point is None


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
def test_the_delimiter_is_found(tmp_path, delimiter):
    """Comma, semicolon, tab and bar all work, also when the text holds the others."""
    path = tmp_path / "table.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, delimiter=delimiter).writerows([["id", "text"], ["a", "Nidri, Karya; Vlycho | Sivota\tand"]])
    (report,) = read(path)
    assert report.text == "Nidri, Karya; Vlycho | Sivota\tand"


def test_excels_separator_line_and_unicode_text_are_read(tmp_path):
    """Excel's "sep=;" line is no heading, and its UTF-16 tables are tables."""
    (tmp_path / "a.csv").write_text("sep=;\nid;text\n1;Xocavənd, şəhər\n", encoding="utf-8-sig")
    (tmp_path / "b.tsv").write_text("id\ttext\n1\tXocavənd\n", encoding="utf-16")
    assert [report.text for name in ("a.csv", "b.tsv") for report in read(tmp_path / name)] == [
        "Xocavənd, şəhər",
        "Xocavənd",
    ]


@given(texts=st.lists(CELLS, min_size=1, max_size=5))
def test_any_cell_reads_back_as_itself(tmp_path_factory, texts):
    """Quotes, delimiters and line breaks in a cell change nothing; offsets count in the cell's text."""
    path = tmp_path_factory.mktemp("cells") / "cells.csv"
    with path.open("w", encoding="utf-8", newline="") as stream:
        csv.writer(stream, quoting=csv.QUOTE_ALL).writerows([["text"], *([text] for text in texts)])
    assert [report.text for report in read(path)] == texts


def test_other_headings_are_mapped(table):
    """`columns` says which heading is which field; without it heading case does not matter."""
    path = table("t.csv", "Body,Place,LATITUDE,Lng,Title\nNidri is open.,Nidri,38.7,20.7,Ports\n")
    report, listed = read(path, columns={"text": "body"})
    assert (report.text, report.title, report.spans) == ("Nidri is open.", "Ports", None)
    assert (listed.id, listed.text, listed.point) == (f"{report.id}-place", "Nidri", (20.7, 38.7))
    (place,) = read(path)
    assert (place.text, place.point) == ("Nidri", (20.7, 38.7))


def test_mapping_the_place_makes_a_table_a_list_of_places(table):
    """A mapped place counts for more than a text column that happens to be there."""
    path = table("t.csv", "text,location\nnote,Nidri\n")
    (report,) = read(path, columns={"place": "location"})
    assert (report.text, report.spans) == ("Nidri", ((0, 5),))


def test_an_unknown_field_in_the_mapping_is_wrong_usage(table):
    """The message lists the fields that there are."""
    with pytest.raises(UsageError, match="id, text, place"):
        read(table("t.csv", "text\nNidri\n"), columns={"body": "text"})


def test_blank_rows_are_skipped_and_keep_their_number(table):
    """An empty line between rows is no error, and the ids of the others do not move."""
    path = table("t.csv", "id,text\n,Nidri\n,\n\n,Karya\n")
    assert [report.id for report in read(path)] == ["t-1", "t-4"]


def test_a_workbook_is_read_from_its_first_usable_sheet(workbook):
    """A cover sheet and a title above the headings are passed over; dates become ISO, numbers plain."""
    path = workbook(
        Cover=[["Weekly report"], ["made by the harbour desk"]],
        Data=[
            ["Reports of the week"],
            [],
            ["id", "text", "published", "language"],
            [7.0, "Nidri is open.", dt.datetime(2021, 3, 14, 8, 30), "en"],  # noqa: DTZ001 - Excel has no zones
            [None, None, None, None],
            [None, "Karya is dark.", dt.date(2021, 3, 15), None],
        ],
    )
    first, second = read(path)
    assert (first.id, first.published, first.language) == ("7", "2021-03-14", "en")
    assert (second.id, second.published) == ("book-3", "2021-03-15")


def test_a_workbook_may_list_places(workbook):
    """Numbers in cells are coordinates as they are."""
    (report,) = read(workbook(Places=[["place", "lat", "lon"], ["Nidri", 38.7, 20.71]]))
    assert report.point == (20.71, 38.7)


def test_a_formula_is_never_evaluated(workbook):
    """Only what was saved as its value counts; a formula without one is an empty cell."""
    with pytest.raises(ReportError, match=r"row 2: text is empty"):
        list(read(workbook(Data=[["id", "text"], ["a", '="Ni"&"dri"']])))


def test_json_lines_keep_texts_and_given_spans(table):
    """With `mentions_from` each document's spans are the mentions; the text is not touched, or they would not fit."""
    document = {"id": "a", "text": "Nidri\r\nand Karya", "marks": [{"start": 0, "end": 5}, {"start": 11, "end": 16}]}
    (report,) = read(table("d.jsonl", json.dumps(document) + "\n"), mentions_from="marks")
    assert [report.text[start:end] for start, end in report.spans] == ["Nidri", "Karya"]


def test_json_lines_may_list_places(table):
    """A place may come with numbers for its coordinates, or without."""
    reports = list(read(table("p.jsonl", '{"place": "Nidri", "lat": 38.7, "lon": 20}\n{"place": "Karya"}\n')))
    assert [report.point for report in reports] == [(20.0, 38.7), None]


def test_geojson_points_are_listed_places(table):
    """Features with a place or name are places; those with a text are reports."""
    features = [
        {
            "type": "Feature",
            "id": 5,
            "properties": {"name": "Nidri"},
            "geometry": {"type": "Point", "coordinates": [20.7, 38.7]},
        },
        {"type": "Feature", "properties": {"place": "Karya", "name": "x"}, "geometry": None},
        {"type": "Feature", "properties": {"text": "Vlycho is quiet.", "name": "x"}, "geometry": None},
    ]
    path = table("p.geojson", json.dumps({"type": "FeatureCollection", "features": features}))
    reports = list(read(path))
    assert [report.text for report in reports] == ["Nidri", "Karya", "Vlycho is quiet."]
    assert [report.id for report in reports] == ["5", "p-2", "p-3"]
    assert [report.point for report in reports] == [(20.7, 38.7), None, None]


@pytest.mark.parametrize("suffix", ["csv", "jsonl"])
def test_long_tables_are_read_in_little_memory(tmp_path, suffix):
    """Rows are taken one at a time: a table of 40 MB needs only a few."""
    path = tmp_path / f"long.{suffix}"
    text = "Nidri is open. " * 2000
    with path.open("w", encoding="utf-8") as stream:
        stream.write("text\n" if suffix == "csv" else "")
        for _ in range(1400):
            stream.write(f"{text}\n" if suffix == "csv" else json.dumps({"text": text}) + "\n")
    tracemalloc.start()
    assert sum(1 for _ in read(path)) == 1400
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert path.stat().st_size > 40_000_000
    assert peak < 12_000_000


def test_reading_a_table_leaves_the_csv_module_as_it_was(table):
    """Cells may be long here; other users of the csv module keep their limit."""
    before = csv.field_size_limit()
    reports = read(table("t.csv", f'text\n"{"x" * 200_000}"\n'))
    assert len(next(reports).text) == 200_000
    assert csv.field_size_limit() == before


def test_the_standard_input_may_carry_mentions():
    """`mentions_from` works through a pipe as well."""
    lines = b'{"text": "Nidri", "marks": []}\n'
    (report,) = read("-", mentions_from="marks", stdin=io.BytesIO(lines))
    assert report.spans == ()


def test_a_flag_column_gives_each_report_its_words(table):
    """What is graphic or unverified says so, in a table with separators and in JSON as a list as well."""
    path = table("week.csv", "id,text,flag\n1,Nidri is open.,Graphic; unverified\n2,Karya is dark.,\n")
    assert [report.flags for report in read(path)] == [("graphic", "unverified"), ()]
    lines = [
        {"text": "Nidri.", "flag": ["graphic", "Graphic"]},
        {"text": "Karya.", "flag": "unverified"},
        {"text": "A"},
    ]
    path = table("week.jsonl", "\n".join(map(json.dumps, lines)))
    assert [report.flags for report in read(path)] == [("graphic",), ("unverified",), ()]


def test_a_listed_place_keeps_the_flags_of_its_row(table):
    path = table("week.csv", "id,text,place,lat,lon,mark\n1,It is dark.,Karya,38.7,20.7,graphic\n")
    assert [report.flags for report in read(path, columns={"flag": "mark"})] == [("graphic",), ("graphic",)]
