"""GeoNames dumps: places with their divisions, names with language, kind and dates."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest

from geo.errors import DataError

EXCHANGE = Path(__file__).parents[2] / "data" / "exchange"
ARDEN = "geonames:900001"


def test_a_dump_gives_places_with_their_code_point_and_people(read):
    place = read("geonames/AD.txt").places[ARDEN]
    assert (place.feature_code, place.lat, place.lon, place.population) == ("PPLA", 42.5, 1.5, 12000)
    assert (place.source, place.region, place.precision_m) == (ARDEN, "ad", 2500)


def test_a_place_lies_within_the_divisions_that_its_codes_name(read):
    told = read("geonames/AD.txt")
    assert told.relations(ARDEN) == [
        ("de_jure", "AD", "", ""),
        ("within", "geonames:900002", "", ""),
        ("within", "geonames:900003", "", ""),
    ]
    assert ("within", "geonames:900002", "", "") not in told.relations("geonames:900002")


def test_names_of_the_dump_have_no_language_and_stand_once(read):
    told = read("geonames/AD.txt")
    assert [name[:3] for name in told.names(ARDEN)] == [
        ("Arden", "", "variant"),
        ("Ardène", "", "variant"),
        ("Арден", "", "variant"),
    ]


def test_names_that_begin_with_an_apostrophe_or_a_hyphen_are_kept(read):
    told = read("geonames/AD.txt")
    assert [name[0] for name in told.names("geonames:900004")] == ["'s-Belmont", "-Belmont"]


def test_a_record_that_tells_no_kind_is_left_out_and_counted(read):
    told = read("geonames/AD.txt")
    assert "geonames:900006" not in told.places
    assert told.ledger.left_out == {"record without a feature code": 1}


def test_alternate_names_have_language_kind_and_dates(read):
    assert read("geonames/alternateNamesV2.txt").names(ARDEN) == [
        ("Arden", "en", "official", None, "", "", ""),
        ("Арден", "ru", "variant", None, "", "", ""),
        ("Vell Arden", "ca", "historical", None, "1923", "1991-08-31", ""),
        ("Mont-Arden", "fr", "historical", None, "1793", "1795", ""),
        ("Ard.", "", "abbreviation", None, "", "", ""),
        ("The Ard", "en", "variant", None, "", "", "colloquial"),
        ("Arden", "ca", "variant", None, "", "", "short"),
    ]


def test_an_item_of_wikidata_becomes_a_link_and_codes_are_counted(read):
    told = read("geonames/alternateNamesV2.txt")
    assert told.links(ARDEN) == [("exactMatch", "wikidata:Q900001")]
    assert told.ledger.left_out == {
        "web address (link)": 1,
        "code or reading (post)": 1,
        "code or reading (iata)": 1,
        "date that cannot be read for sure": 1,
    }


def test_a_zip_reads_like_the_text_in_it(read, tmp_path):
    for name in ("AD.txt", "alternateNamesV2.txt"):
        packed = tmp_path / name.replace(".txt", ".zip")
        with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.write(EXCHANGE / "geonames" / name, name)
            archive.writestr("readme.txt", "what this is")
            archive.writestr("iso-languagecodes.txt", "ISO 639-3\tISO 639-2\n")
        assert read(packed).facts == read(f"geonames/{name}").facts


def test_a_source_comes_first_with_its_licence(read):
    source = read("geonames/AD.txt").facts[0]
    assert (source.id, source.licence, source.accessed) == ("geonames", "CC BY 4.0", "")


@pytest.mark.parametrize(
    ("cells", "told"),
    [
        ({0: "x1"}, "the GeoNames id is 'x1'; expected a number"),
        ({4: "nan"}, "lat is nan; expected -90 to 90"),
        ({4: "95"}, "lat is 95.0; expected -90 to 90"),
        ({5: "-181"}, "lon is -181.0; expected -180 to 180"),
        ({5: ""}, "lon is ''; expected degrees"),
        ({1: '=HYPERLINK("http://a.example")'}, "would run as a formula"),
        ({1: "Ar\u202ened"}, "overrides the direction"),
        ({1: "x" * 1001}, "the name has 1,001 characters"),
    ],
)
def test_a_broken_row_is_told_with_its_line(read, tmp_path, cells, told):
    lines = (EXCHANGE / "geonames" / "AD.txt").read_text(encoding="utf-8").splitlines()
    row = lines[3].split("\t")
    for column, cell in cells.items():
        row[column] = cell
    lines[3] = "\t".join(row)
    path = tmp_path / "AD.txt"
    path.write_text("\n".join(lines), encoding="utf-8")

    with pytest.raises(DataError) as caught:
        read(path)
    assert str(caught.value).startswith(f"{path}:4: {told}") or (
        told in str(caught.value) and f"{path}:4:" in str(caught.value)
    )
    skipped = read(path, skip_bad=True)
    assert len(skipped.ledger.broken) == 1
    assert ARDEN in skipped.places


def test_a_wrong_number_of_columns_is_told_with_its_line(read, tmp_path):
    path = tmp_path / "AD.txt"
    text = (EXCHANGE / "geonames" / "AD.txt").read_text(encoding="utf-8")
    path.write_text(text + "900009\tcut off\n", encoding="utf-8")

    with pytest.raises(DataError, match=r":7: 2 columns; expected 19"):
        read(path)
    assert len(read(path, skip_bad=True).places) == 5


def test_a_bad_alternate_name_costs_the_place_no_other_name(read, tmp_path):
    path = tmp_path / "AD.txt"
    text = (EXCHANGE / "geonames" / "AD.txt").read_text(encoding="utf-8")
    path.write_text(text.replace("Ardène,", "@SUM(1),"), encoding="utf-8")

    told = read(path, skip_bad=True)
    assert [name[0] for name in told.names(ARDEN)] == ["Arden", "Арден"]
    assert len(told.ledger.broken) == 1
