"""The tables: every fault is told with file and line, and what ships with the project is right."""

from __future__ import annotations

import re
import unicodedata
from pathlib import Path

import pytest

from geo.errors import DataError
from geo.files import data_folder
from geo.gazetteer.tables import COLUMNS, read_rows, read_tables, table_files

SHIPPED = data_folder() / "gazetteer"


def folder(tmp_path: Path, **tables: str) -> Path:
    """Write tables with their header: ``places="…"`` gives ``places.csv``; a source, a party and a place are always there."""
    rows = {
        "sources": "atlas,An atlas,,,",
        "parties": "north,North,state,,#767676,",
        "places": "p-1,PPL,10,20,1000,,atlas,",
    } | tables
    for name, text in rows.items():
        header = ",".join(COLUMNS[f"{name}.csv"])
        (tmp_path / f"{name}.csv").write_text(f"{header}\n{text}\n", encoding="utf-8")
    return tmp_path


def refusal(path: Path) -> str:
    """Give the message with which tables are refused."""
    with pytest.raises(DataError) as caught:
        read_tables([path])
    assert isinstance(caught.value, ValueError)
    assert "\n" not in str(caught.value)
    return str(caught.value)


def test_tables_without_a_fault_are_read(tmp_path):
    """A place, its name and its party come back as they were written."""
    tables = read_tables([folder(tmp_path, names="p-1,Somewhere,en,endonym,north,1991,..,atlas:12,")])
    assert tables.places["p-1"].lon == 20.0
    assert [(name.toponym, name.party, name.from_) for name in tables.names] == [("Somewhere", "north", "1991")]


@pytest.mark.parametrize(
    ("table", "row", "told"),
    [
        ("places", "p-1,PPL,nan,20,1000,,atlas,", "lat is nan; expected -90 to 90"),
        ("places", "p-1,PPL,inf,20,1000,,atlas,", "lat is inf; expected -90 to 90"),
        ("places", "p-1,PPL,90.5,20,1000,,atlas,", "lat is 90.5; expected -90 to 90"),
        ("places", "p-1,PPL,10,-180.5,1000,,atlas,", "lon is -180.5; expected -180 to 180"),
        ("places", 'p-1,PPL,"10,5",20,1000,,atlas,', "lat is '10,5'; expected a number"),
        ("places", "p-1,PPL,10,20,-1,,atlas,", "precision_m is -1; expected 0 to 2e+07"),
        ("places", "p-1,,10,20,1000,,atlas,", "feature_code is ''; expected a GeoNames code"),
        ("places", ",PPL,10,20,1000,,atlas,", "place_id is empty"),
        ("places", "p-1,PPL,10,20,1000,,chart:7,", "unknown source 'chart'; add it to sources.csv"),
        ("places", "p-1,PPL,10,20,1000,,,", "the source is empty; name the record, or write unverified"),
        ("names", "p-1,,en,endonym,,,,atlas,", "toponym is empty"),
        ("names", "p-1,Somewhere,en,nickname,,,,atlas,", "kind is 'nickname'; expected one of endonym"),
        ("names", "p-1,Somewhere,en,endonym,south,,,atlas,", "unknown party 'south'; add it to parties.csv"),
        ("names", "p-1,Somewhere,en,endonym,,3.10.2020,,atlas,", "from is '3.10.2020'; expected an EDTF date"),
        ("names", "p-1,Somewhere,en,endonym,,,2021-02-29,atlas,", "to is '2021-02-29'; expected an EDTF date"),
        ("names", "p-1,Somewhere,en,endonym,,1991,1950,atlas,", "from is 1991 and to is 1950, which is earlier"),
        ("names", "p-1,Somewhere,en,endonym,,2020-10-03,2020-09,atlas,", "to is 2020-09, which is earlier"),
        ("relations", "p-1,near,p-1,,,,atlas", "relation is 'near'; expected one of within"),
        ("links", "p-1,sameAs,geonames:1,atlas", "relation is 'sameAs'; expected one of exactMatch closeMatch"),
        ("points", "p-1,10,200,atlas", "lon is 200; expected -180 to 180"),
    ],
)
def test_a_bad_cell_is_told_with_file_line_and_remedy(tmp_path, table, row, told):
    """The message begins with the file and the line that an editor shows, and says what is expected."""
    message = refusal(folder(tmp_path, **{table: row}))
    assert message.startswith(f"{tmp_path / table}.csv:2: ")
    assert told in message


def test_the_line_is_that_of_the_row_and_not_of_the_first(tmp_path):
    """Empty lines count as lines: an editor counts them too."""
    message = refusal(folder(tmp_path, places="p-1,PPL,10,20,1000,,atlas,\n\np-2,PPL,10,999,1000,,atlas,"))
    assert message.startswith(f"{tmp_path}/places.csv:4: lon is 999")


def test_a_place_id_that_stands_twice_names_both_lines(tmp_path):
    """Which of the two rows is right only the editor knows."""
    message = refusal(folder(tmp_path, places="p-1,PPL,10,20,1000,,atlas,\np-1,PPL,11,21,1000,,atlas,"))
    assert message == f"{tmp_path}/places.csv:3: 'p-1' stands already in line 2; keep one of the two rows"


def test_other_columns_are_told_beside_those_expected(tmp_path):
    """A renamed heading would silently empty a column."""
    folder(tmp_path)
    (tmp_path / "places.csv").write_text("id,lat,lon\np-1,10,20\n", encoding="utf-8")
    message = refusal(tmp_path)
    assert message.startswith(f"{tmp_path}/places.csv:1: the columns are id,lat,lon; expected place_id,feature_code")


@pytest.mark.parametrize(("row", "count"), [("p-1,PPL,10,20", 4), ("p-1,PPL,10,20,1000,,atlas,,,", 10)])
def test_a_row_with_another_number_of_cells_is_told(tmp_path, row, count):
    """An unquoted comma shifts every cell after it."""
    assert refusal(folder(tmp_path, places=row)).startswith(f"{tmp_path}/places.csv:2: {count} cells; expected 8")


def test_a_stray_quote_is_told_with_its_line(tmp_path):
    """Text after a closing quote is no CSV."""
    assert refusal(folder(tmp_path, places='p-1,"PPL"x,10,20,1000,,atlas,')).startswith(f"{tmp_path}/places.csv:2: ")


def test_a_table_that_is_not_utf8_is_told(tmp_path):
    """A table saved in an old code page would give wrong letters."""
    folder(tmp_path)
    header = ",".join(COLUMNS["names.csv"])
    (tmp_path / "names.csv").write_bytes(f"{header}\np-1,Caf\xe9,fr,endonym,,,,atlas,\n".encode("latin-1"))
    message = refusal(tmp_path)
    assert message == f"{tmp_path}/names.csv:2: a cell is not UTF-8; save the table as UTF-8"


def test_a_byte_order_mark_is_no_fault(tmp_path):
    """Spreadsheets write one before the first heading."""
    folder(tmp_path)
    header = ",".join(COLUMNS["names.csv"])
    (tmp_path / "names.csv").write_text(f"{header}\np-1,Şəhər,az,endonym,,,,atlas,\n", encoding="utf-8-sig")
    assert [name.toponym for name in read_tables([tmp_path]).names] == ["Şəhər"]


def test_a_later_folder_replaces_a_place_of_an_earlier_one(tmp_path):
    """A user's own row wins over the project's."""
    first, second = tmp_path / "one", tmp_path / "two"
    first.mkdir()
    second.mkdir()
    tables = read_tables([folder(first), folder(second, places="p-1,PPL,11,21,500,,atlas,")])
    assert (tables.places["p-1"].lat, tables.places["p-1"].lon) == (11.0, 21.0)


@pytest.mark.parametrize("path", table_files([SHIPPED]), ids=lambda path: f"{path.parent.name}/{path.name}")
def test_each_shipped_table_has_the_columns_of_the_schema(path):
    """Each row of each table has a cell for each column."""
    assert sum(1 for _ in read_rows(path)) > 0


def karabakh_names():
    """Give the rows of the names of Nagorno-Karabakh."""
    return list(read_rows(SHIPPED / "karabakh" / "names.csv"))


def scripts(text: str) -> set[str]:
    """Give the scripts of a text's letters, by the first word of their Unicode names."""
    # A modifier letter (the aspiration of "Stepʻanakert") belongs to no script.
    letters = [c for c in text if unicodedata.category(c) in ("Lu", "Ll", "Lo")]
    return {unicodedata.name(letter).partition(" ")[0] for letter in letters}


@pytest.mark.parametrize(
    ("lang", "script"),
    [("hy", "ARMENIAN"), ("ru", "CYRILLIC"), ("az", "LATIN"), ("hy-Latn", "LATIN"), ("en", "LATIN"), ("tr", "LATIN")],
)
def test_names_are_written_in_the_script_of_their_language_tag(lang, script):
    """A label in Armenian has Armenian letters, whoever entered it."""
    wrong = [
        f"{row.line}: {row.cells['toponym']}"
        for row in karabakh_names()
        if row.cells["lang"] == lang and scripts(row.cells["toponym"]) != {script}
    ]
    assert wrong == []


def test_language_tags_are_well_formed():
    """A tag is a language, with a script where it matters."""
    tags = {row.cells["lang"] for row in karabakh_names()}
    assert {tag for tag in tags if not re.fullmatch(r"[a-z]{2,3}(-[A-Z][a-z]{3})?", tag)} == set()


def test_every_place_of_karabakh_has_an_azerbaijani_or_an_armenian_name():
    """The names of the people who live or lived there are the reason for these tables."""
    places = {row.cells["place_id"] for row in read_rows(SHIPPED / "karabakh" / "places.csv")}
    named = {row.cells["place_id"] for row in karabakh_names() if row.cells["lang"] in ("az", "hy")}
    assert sorted(places - named) == []


def test_every_row_of_karabakh_belongs_to_a_place():
    """No name, relation, link or point hangs in the air."""
    places = {row.cells["place_id"] for row in read_rows(SHIPPED / "karabakh" / "places.csv")}
    for table in ("names", "relations", "links", "points"):
        rows = read_rows(SHIPPED / "karabakh" / f"{table}.csv")
        assert [row.line for row in rows if row.cells["place_id"] not in places] == [], table


def test_no_name_of_karabakh_has_stray_blanks_or_invisible_letters():
    """A name is in composed form, without blanks at its ends or twice in a row."""
    toponyms = [row.cells["toponym"] for row in karabakh_names()]
    assert [t for t in toponyms if t != unicodedata.normalize("NFC", " ".join(t.split()))] == []
    assert [t for t in toponyms if any(unicodedata.category(c) in ("Cf", "Cc") for c in t)] == []
