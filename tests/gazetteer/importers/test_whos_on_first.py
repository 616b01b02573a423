"""Who's On First: a record, a folder, and both forms of the SQLite distribution."""

from __future__ import annotations

import json
import sqlite3
from pathlib import Path

import pytest

from geo.errors import DataError

EXCHANGE = Path(__file__).parents[2] / "data" / "exchange"
ARDEN = "wof:9000001"
RECORD = EXCHANGE / "wof" / "data" / "900" / "000" / "1" / "9000001.geojson"


def test_a_place_is_at_its_label_and_spans_its_box(read):
    place = read("wof").places[ARDEN]
    assert (place.lat, place.lon, place.feature_code, place.population) == (42.501, 1.501, "PPLA", 12000)
    assert place.precision_m == pytest.approx(2763, abs=1)


def test_names_are_endonyms_where_the_record_says_that_the_language_is_spoken(read):
    names = {name[:3] for name in read(RECORD).names(ARDEN)}
    assert names == {
        ("Arden", "", "variant"),
        ("Arden", "ca", "endonym"),
        ("Arden", "en", "exonym"),
        ("The Ard", "en", "variant"),
        ("Арден", "ru", "exonym"),
        ("Vell Arden", "ca", "historical"),
        ("阿登", "zh-Hant", "exonym"),
        ("Ard.", "en", "abbreviation"),
        ("Ardène", "", "variant"),
    }


def test_a_ceased_place_keeps_its_end_and_what_superseded_it(read):
    told = read("wof")
    assert {name[5] for name in told.names("wof:9000002")} == {"1991-08-31"}
    assert told.relations("wof:9000002")[0] == ("de_jure", "AD", "", "1991-08-31")
    assert told.links("wof:9000002") == [("closeMatch", "wof:9000009")]


def test_a_disputed_place_lies_within_all_its_hierarchies_and_has_no_country(read):
    told = read("wof")
    assert told.places["wof:9000003"].feature_code == "TERR"
    assert told.relations("wof:9000003") == [("within", "wof:85632343", "", ""), ("within", "wof:85632997", "", "")]


def test_hierarchy_inception_and_concordances_become_relations_and_links(read):
    told = read(RECORD)
    assert told.relations(ARDEN) == [
        ("de_jure", "AD", "1923", ""),
        ("within", "wof:85632343", "1923", ""),
        ("within", "wof:9000002", "1923", ""),
    ]
    assert told.links(ARDEN) == [("exactMatch", "geonames:900001"), ("exactMatch", "wikidata:Q900001")]


def test_deprecated_and_superseded_records_and_venues_are_left_out_and_counted(read):
    told = read("wof")
    assert sorted(told.places) == ["wof:9000001", "wof:9000002", "wof:9000003"]
    assert told.ledger.left_out == {
        "deprecated record": 1,
        "superseded record": 1,
        "placetype venue": 1,
        "name under a key that tells no language": 1,
    }


def test_the_table_of_documents_reads_like_the_folder(read, tmp_path):
    path = tmp_path / "whosonfirst.db"
    with sqlite3.connect(path) as database:
        database.execute(
            "CREATE TABLE geojson (id INTEGER, body TEXT, source TEXT, is_alt INTEGER, lastmodified INTEGER)"
        )
        for file in sorted((EXCHANGE / "wof").rglob("*.geojson")):
            number = json.loads(file.read_text(encoding="utf-8"))["properties"]["wof:id"]
            values = (number, file.read_text(encoding="utf-8"), "-alt-" in file.name)
            database.execute("INSERT INTO geojson (id, body, is_alt) VALUES (?, ?, ?)", values)
    database.close()

    told, folder = read(path), read("wof")
    assert sorted(map(repr, told.places.values())) == [
        repr(place).replace("region='wof'", "region='whosonfirst'") for _, place in sorted(folder.places.items())
    ]
    assert told.names(ARDEN) == folder.names(ARDEN)


SPR = {
    "id": "9000001",
    "parent_id": 9000002,
    "name": "Arden",
    "placetype": "locality",
    "country": "AD",
    "inception": "1923",
    "cessation": "uuuu",
    "latitude": 42.501,
    "longitude": 1.501,
    "superseded_by": "",
    "min_latitude": 42.48,
    "min_longitude": 1.48,
    "max_latitude": 42.52,
    "max_longitude": 1.52,
    "is_current": 1,
    "is_deprecated": 0,
}


def test_the_tables_spr_names_and_concordances_tell_the_same_place(read, tmp_path):
    path = tmp_path / "wof.db"
    with sqlite3.connect(path) as database:
        database.execute(f"CREATE TABLE spr ({', '.join(SPR)})")
        database.execute("CREATE TABLE names (id, language, script, region, privateuse, name)")
        database.execute("CREATE TABLE concordances (id, other_id, other_source)")
        for row in (SPR, SPR | {"id": "9000004", "is_deprecated": 1}):
            database.execute(f"INSERT INTO spr VALUES ({', '.join('?' * len(row))})", list(row.values()))  # noqa: S608
        for language, kind, name in (("rus", "x_preferred", "Арден"), ("cat", "x_historical", "Vell Arden")):
            database.execute("INSERT INTO names VALUES (9000001, ?, '', '', ?, ?)", (language, kind, name))
        database.execute("INSERT INTO concordances VALUES (9000001, '900001', 'gn:id')")
    database.close()

    told = read(path)
    assert list(told.places) == [ARDEN]
    assert [name[:3] for name in told.names(ARDEN)] == [
        ("Arden", "", "variant"),
        ("Арден", "ru", "variant"),
        ("Vell Arden", "ca", "historical"),
    ]
    assert told.relations(ARDEN) == [("de_jure", "AD", "1923", ""), ("within", "wof:9000002", "1923", "")]
    assert told.links(ARDEN) == [("exactMatch", "geonames:900001")]


def test_a_cut_off_database_is_refused_with_its_name(read, tmp_path):
    path = tmp_path / "wof.db"
    with sqlite3.connect(path) as database:
        database.execute("CREATE TABLE geojson (id INTEGER, body TEXT)")
        database.executemany("INSERT INTO geojson VALUES (?, ?)", [(n, "{}" * 500) for n in range(200)])
    database.close()
    path.write_bytes(path.read_bytes()[:20_000])

    with pytest.raises(DataError, match=r"wof\.db: is no whole SQLite file|no Who's On First record"):
        read(path)


def test_a_record_without_an_id_is_a_broken_row(read, tmp_path):
    (tmp_path / "1.geojson").write_text('{"type": "Feature", "properties": {"wof:name": "x"}}', encoding="utf-8")

    with pytest.raises(DataError, match=r"1\.geojson:1: is no Who's On First record"):
        read(tmp_path)


@pytest.mark.shared
def test_real_records_are_read_whole(read, real):
    told = read(real("wof"))
    assert len(told.places) == 245
    assert told.ledger.left_out["deprecated record"] == 17
    assert not told.ledger.broken
    assert told.places["wof:1159339521"].feature_code == "TERR"
