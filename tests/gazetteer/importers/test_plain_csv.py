"""Plain CSV: headings by any usual name, ids that do not depend on the row, broken rows told."""

from __future__ import annotations

import pytest

from geo.errors import DataError


def table(tmp_path, *lines, encoding="utf-8"):
    path = tmp_path / "villages.csv"
    path.write_bytes("\n".join(lines).encode(encoding))
    return path


def test_rows_with_one_id_are_names_of_one_place(read):
    told = read("csv/villages.csv")
    assert told.names("csv-villages:1") == [
        ("Arden", "ca", "endonym", "ad", "1990", "", "Gazette of 1990"),
        ("Ardene", "", "variant", None, "", "", ""),
        ("Ardenne", "", "variant", None, "", "", ""),
        ("Novarden", "ca", "historical", "front-of-arden", "1921", "1990", ""),
    ]
    assert {party.id: party.kind for party in told.parties} == {"ad": "state", "front-of-arden": "organisation"}


def test_a_record_elsewhere_keeps_its_id_and_cites_the_table(read):
    told = read("csv/villages.csv")
    assert told.places["wikidata:Q900009"].source == "csv-villages:wikidata:Q900009"


def test_a_place_without_an_id_has_the_same_one_wherever_its_row_stands(read, tmp_path):
    first = read(table(tmp_path, "name,lat,lon", "Arden,1,2", "Belmont,3,4")).places
    second = read(table(tmp_path, "name,lat,lon", "Belmont,3,4", "Arden,1,2")).places
    assert first == second


@pytest.mark.parametrize(
    "header", ["Toponym;Latitude;Longitude", "place\tlat\tlng", "name|y|x", "name,LAT,long", '"name","lat","lon"']
)
def test_headings_and_delimiters_in_use_are_understood(read, tmp_path, header):
    delimiter = next(sign for sign in ";\t|," if sign in header)
    told = read(table(tmp_path, header, delimiter.join(("Arden", "42.5", "1.5"))))
    assert [(place.lat, place.lon) for place in told.places.values()] == [(42.5, 1.5)]


def test_headings_that_do_not_suffice_are_refused(read, tmp_path):
    path = table(tmp_path, "name,height", "Arden,900")
    with pytest.raises(DataError, match="no gazetteer that we know"):
        read(path)
    with pytest.raises(DataError, match=r":1: its headings are no name with lat and lon"):
        read(path, format_="csv")


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ("Arden", "1 cells; expected 7"),
        ("Arden,42.5,1.5,no-such-tongue,,,", "the language is 'no-such-tongue'"),
        ("Arden,42.5,1.5,,nickname,,", "the kind is 'nickname'"),
        ("Arden,inf,1.5,,,,", "lat is inf"),
        ("Arden,,,,,,", "has neither a point nor an id"),
        (",42.5,1.5,,,,", "the name is empty"),
        ('"=HYPERLINK(""http://a.example"")",42.5,1.5,,,,', "would run as a formula"),
        ("@SUM(1),42.5,1.5,,,,", "would run as a formula"),
        ("＝1+1,42.5,1.5,,,,", "would run as a formula"),
        ("-2+3|cmd,42.5,1.5,,,,", "would run as a formula"),
        ("Arden,42.5,1.5,,,../../etc/passwd\0,", "the id is"),
        (f"{'x' * 200_000},42.5,1.5,,,,", "field larger than field limit"),
        ('"Arden"x,42.5,1.5,,,,', "expected after"),
    ],
)
def test_a_broken_row_is_told_with_its_line_and_can_be_skipped(read, tmp_path, row, told):
    path = table(tmp_path, "name,lat,lon,lang,kind,id,population", "Belmont,42.6,1.6,,,,", row, "Camden,1,2,,,,")
    with pytest.raises(DataError, match=rf"villages\.csv:3: .*{told}"):
        read(path)
    skipped = read(path, skip_bad=True)
    assert len(skipped.places) == 2
    assert len(skipped.ledger.broken) == 1


def test_a_cell_with_a_line_break_is_read(read, tmp_path):
    told = read(table(tmp_path, "name,lat,lon,note", 'Arden,42.5,1.5,"one', 'two"', "Belmont,1,2,"))
    assert len(told.places) == 2


def test_a_latin_1_file_is_refused_at_its_line(read, tmp_path):
    path = table(tmp_path, "name,lat,lon", "Arden,1,2", "Ardène,1,2", encoding="latin-1")
    with pytest.raises(DataError, match=r":3: not UTF-8 at byte 3; save the file as UTF-8"):
        read(path)


def test_a_place_whose_rows_stand_together_is_told_once(read):
    told = read("csv/villages.csv")
    assert [fact.id for fact in told.facts if fact in told.places.values()].count("csv-villages:1") == 1


def test_of_very_many_broken_rows_the_first_are_told_and_the_rest_counted(read, tmp_path):
    told = read(table(tmp_path, "name,lat,lon", *["Arden,north,1"] * 1_500), skip_bad=True)
    assert len(told.ledger.broken) == 1_000
    assert told.ledger.untold == 500
