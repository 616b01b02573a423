"""`geo gazetteer check`: every broken rule and everything that looks wrong, in one run, with file and line."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from geo.cli import app
from geo.files import data_folder
from geo.gazetteer.check import Findings, check, check_folders
from geo.gazetteer.scripts import foreign_letters
from geo.gazetteer.tables import COLUMNS, read_tables

PLACES = "p-1,PPL,10,20,1000,,atlas,\np-2,PPL,10.1,20,1000,,atlas,"


def folder(path: Path, *, named_all: bool = True, **tables: str) -> Path:
    """Write tables with their header; a source, a party and two places are always there, and each place has a name."""
    path.mkdir(exist_ok=True)
    rows = {"sources": "atlas,An atlas,,,", "parties": "north,North,state,,#767676,", "places": PLACES} | tables
    ids = dict.fromkeys(line.partition(",")[0] for line in rows["places"].splitlines())
    listed = {line.partition(",")[0] for line in rows.get("names", "").splitlines()}
    named = [f"{place},{place.upper()},,variant,,,,atlas," for place in ids if place and place not in listed]
    rows["names"] = "\n".join([*rows.get("names", "").splitlines(), *(named if named_all else [])])
    for name, text in rows.items():
        header = ",".join(COLUMNS[f"{name}.csv"])
        (path / f"{name}.csv").write_text(f"{header}\n{text}\n", encoding="utf-8", errors="surrogateescape")
    return path


def found(path: Path, *, named_all: bool = True, **tables: str) -> Findings:
    """Check one folder alone; the folder's own path is cut off the findings."""
    findings = check_folders([folder(path, named_all=named_all, **tables)])
    problems, doubts = (
        [line.removeprefix(f"{path}/") for line in lines] for lines in (findings.problems, findings.doubts)
    )
    return Findings(problems=problems, doubts=doubts, counts=findings.counts)


def command(*words: object) -> Result:
    """Run the command."""
    return CliRunner().invoke(app, ["gazetteer", "check", *map(str, words)])


def test_the_shipped_tables_break_no_rule():
    """What looks wrong is for people to decide, and short enough for them to read."""
    findings = check([])
    assert findings.problems == []
    assert len(findings.doubts) < 200
    assert int(dict(findings.counts)["places"].replace(",", "")) > 900


def test_all_problems_are_told_in_one_run(tmp_path):
    """Each row and each cell that breaks a rule is told; the rows beside them are read."""
    findings = found(
        tmp_path,
        places="p-1,PPL,nan,200,1000,,atlas,\np-2,PPL,10,20,1000,,atlas,\np-3,PPL,10,20",
        names="p-2,,en,nickname,south,,,atlas,\np-2,Two,en,endonym,,,,atlas,",
        named_all=False,
    )
    assert findings.problems == [
        "places.csv:2: lat is nan; expected -90 to 90",
        "places.csv:2: lon is 200; expected -180 to 180",
        "places.csv:4: 4 cells; expected 8: place_id,feature_code,lat,lon,precision_m,population,source,note",
        "names.csv:2: toponym is empty; write the name or delete the row",
        "names.csv:2: kind is 'nickname'; expected one of endonym exonym official historical variant abbreviation demonym",
        "names.csv:2: unknown party 'south'; add it to parties.csv",
    ]
    assert dict(findings.counts)["names"] == "1"


@pytest.mark.parametrize(
    ("tables", "told"),
    [
        ({"names": "p-9,Nine,en,endonym,,,,atlas,"}, "names.csv:2: unknown place_id 'p-9'; add it to places.csv"),
        ({"points": "p-1,10,20,atlas\np-9,1,2,atlas"}, "points.csv:3: unknown place_id 'p-9'; add it to places.csv"),
        ({"parties": "north,North,state,p-9,#767676,"}, "parties.csv:2: unknown place_id 'p-9'; add it to places.csv"),
        ({"parties": "north,North,club,,,"}, "parties.csv:2: kind is 'club'; expected one of state de-facto"),
        ({"parties": "north,North,state,,red,"}, "parties.csv:2: colour is 'red'; expected six hexadecimal digits"),
        ({"names": "p-1,One,english,endonym,,,,atlas,"}, "names.csv:2: lang is 'english'; expected a BCP 47 tag"),
        ({"names": "p-1,One,zz,endonym,,,,atlas,"}, "names.csv:2: lang is 'zz'; expected a BCP 47 tag"),
        (
            {"relations": "p-1,within,p-9,,,,atlas"},
            "relations.csv:2: within 'p-9': no such place; add it to places.csv",
        ),
        (
            {"relations": "p-1,de_jure,ZQ,,,,atlas"},
            "relations.csv:2: de_jure 'ZQ': neither an ISO 3166 code such as AZ",
        ),
        ({"relations": "p-1,claimed_by,east,,,,atlas"}, "relations.csv:2: claimed_by 'east': neither a party"),
        (
            {"links": "p-1,exactMatch,wikidata:5,atlas"},
            "links.csv:2: target is 'wikidata:5'; expected a record such as",
        ),
        ({"links": "p-1,exactMatch,somewhere,atlas"}, "links.csv:2: target is 'somewhere'; expected a record such as"),
        (
            {"links": "p-1,exactMatch,geonames:1,atlas\np-1,closeMatch,geonames:1,atlas"},
            "links.csv:3: 'p-1 geonames:1' stands",
        ),
    ],
)
def test_a_rule_between_rows_is_told_with_file_and_line(tmp_path, tables, told):
    """Unknown ids, tags, kinds, objects and targets are told where they stand."""
    assert [line for line in found(tmp_path, **tables).problems if told in line] != []


def test_objects_of_relations_may_be_places_parties_and_countries(tmp_path):
    """What the tables may say is no problem."""
    rows = (
        "p-1,within,p-2,,,,atlas\np-1,de_jure,AZ,,,,atlas\np-1,de_jure,p-2,north,,,atlas\np-1,claimed_by,north,,,,atlas"
    )
    assert found(tmp_path, relations=rows).problems == []


def test_a_ring_of_places_within_each_other_is_told_once(tmp_path):
    """A place cannot lie within itself, however long the way around."""
    places = "\n".join(f"{place},ADM1,10,20,90000,,atlas," for place in "abcd")
    rows = "a,within,b,,,,atlas\nb,within,c,,,,atlas\nc,within,a,,,,atlas\nd,within,d,,,,atlas"
    problems = found(tmp_path, places=places, relations=rows).problems
    assert len(problems) == 2
    assert all("a place cannot lie within itself" in line for line in problems)
    assert any(line.startswith("relations.csv:5: d is within d:") for line in problems)


def test_two_places_with_one_id_are_told_across_the_regions_of_a_folder(tmp_path):
    """The id is unique in the whole folder, not in one table alone."""
    folder(tmp_path)
    (tmp_path / "islands").mkdir()
    rows = f"{','.join(COLUMNS['places.csv'])}\np-1,ISL,1,2,500,,atlas,\n"
    (tmp_path / "islands" / "places.csv").write_text(rows, encoding="utf-8")
    assert check_folders([tmp_path]).problems == [
        f"{tmp_path}/places.csv:2: 'p-1' stands already in {tmp_path}/islands/places.csv:2; keep one of the two rows"
    ]


def test_regions_may_share_a_source_that_they_describe_alike(tmp_path):
    """Each region brings its own sources.csv; two that say different things of one id look wrong."""
    folder(tmp_path)
    (tmp_path / "islands").mkdir()
    table = tmp_path / "islands" / "sources.csv"
    header = ",".join(COLUMNS["sources.csv"])
    table.write_text(f"{header}\natlas,An atlas,,,\n", encoding="utf-8")
    assert check_folders([tmp_path]).problems == []
    table.write_text(f"{header}\natlas,Another atlas,,,\n", encoding="utf-8")
    findings = check_folders([tmp_path])
    assert findings.problems == []
    assert findings.doubts == [
        f"{tmp_path}/sources.csv:2: 'atlas' is described otherwise in {table}:2; let both say the same"
    ]


def test_a_name_that_two_regions_list_is_told_and_is_no_problem(tmp_path):
    """Regions are edited apart, and meet in one place."""
    folder(tmp_path, names="p-1,Alpha,en,endonym,,,,atlas,")
    (tmp_path / "islands").mkdir()
    table = tmp_path / "islands" / "names.csv"
    table.write_text(f"{','.join(COLUMNS['names.csv'])}\np-1,Alpha,en,endonym,,,,atlas,seen too\n", encoding="utf-8")
    findings = check_folders([tmp_path])
    assert findings.problems == []
    told = "'p-1 Alpha en endonym' stands already in"
    assert findings.doubts == [f"{tmp_path}/names.csv:2: {told} {table}:2; keep one of the two rows"]


def test_a_row_that_stands_in_two_regions_word_for_word_counts_once(tmp_path):
    """It says nothing new."""
    folder(tmp_path, named_all=False, names="p-1,Alpha,en,endonym,,,,atlas,")
    (tmp_path / "islands").mkdir()
    (tmp_path / "islands" / "names.csv").write_bytes((tmp_path / "names.csv").read_bytes())
    assert len(read_tables([tmp_path]).names) == 1


@pytest.mark.parametrize(
    ("tables", "told"),
    [
        (
            {"places": "p-1,PPL,10,20,500,,atlas,\nd,ADM1,12,20,20000,,atlas,", "relations": "p-1,within,d,,,,atlas"},
            "places.csv:2: p-1 lies 222 km from d, which it is within; check both",
        ),
        ({"points": "p-1,11,20,atlas"}, "points.csv:2: this point of p-1 lies 111 km from its other one; check both"),
        (
            {"names": "p-1,Alpha,en,endonym,,,,atlas,\np-2,Beta,en,endonym,,,,atlas,\np-2,Alfa,en,variant,,,,atlas,"},
            "names.csv:2: 'Alpha' of p-1 also names p-2, 11 km off; check whose name it is",
        ),
        (
            {
                "places": "p-1,PPL,10,20,500,,atlas,\np-2,PPLA,10.01,20,500,,atlas,",
                "names": "p-1,Alpha,en,endonym,,,,atlas,\np-2,Alpha,en,endonym,,,,atlas,",
            },
            "places.csv:3: p-2 has 'Alpha' and lies 1.1 km from p-1; keep one if both are one",
        ),
        (
            {"names": "p-1,Alpha,hy,endonym,,,,atlas,"},
            "names.csv:2: 'Alpha' is tagged hy and has 'Alpha', which is no Armn",
        ),
        (
            {"names": "p-1,Alpha,en,official,north,1990,,atlas,\np-1,Beta,en,official,north,1995,,atlas,"},
            "names.csv:3: 'Alpha' and 'Beta' are both official for north in en at one time; date them",
        ),
        (
            {"names": "p-1,Alpha,en,official,north,1990,,unverified,"},
            "names.csv:2: a date rests on no opened source (unverified); leave it out or name its source",
        ),
    ],
)
def test_a_fact_that_looks_wrong_is_told_and_is_no_problem(tmp_path, tables, told):
    """It may be right: a person decides."""
    findings = found(tmp_path, **tables)
    assert findings.problems == []
    assert findings.doubts == [told]


@pytest.mark.parametrize(
    "names",
    [
        "p-1,Alpha,en,official,north,,1991,atlas,\np-1,Beta,en,official,north,1991-11,,atlas,",
        "p-1,Alpha,en,official,north,,,atlas,\np-1,Alfa,en,official,north,,,atlas,",
        "p-1,Alpha,en,official,north,,,atlas,\np-1,Alpha,fr,official,north,,,atlas,",
        "p-1,Alpha,en,official,north,,,atlas,\np-1,Republic of Alpha,en,official,north,,,atlas,",
    ],
)
def test_a_dated_renaming_and_two_spellings_look_right(tmp_path, names):
    """One name ends in the year in which the next begins; spellings of one name do not contradict each other."""
    assert found(tmp_path, names=names).doubts == []


def test_a_settlement_that_a_package_has_nearby_and_nobody_linked_is_told(tmp_path):
    """One place twice on a map; the link makes them one."""
    places, names = "p-1,PPL,39.76,46.75,500,,atlas,", "p-1,Shusha,en,endonym,,,,atlas,"
    (told,) = found(tmp_path, places=places, names=names).doubts
    assert told.startswith("places.csv:2: p-1 has 'Shusha' as geonames:147105 has")
    assert found(tmp_path, places=places, names=names, links="p-1,exactMatch,geonames:147105,atlas").doubts == []


@pytest.mark.parametrize(
    ("name", "lang", "foreign"),
    [
        ("Ստեփանակերտ", "hy", ""),
        ("Stepʻanakert", "hy-Latn", ""),
        ("Степанакерт", "az-Cyrl", ""),
        ("東京", "ja", ""),
        ("とうきょう", "ja", ""),
        ("台北", "zh-Hant", ""),
        ("القدس", "ar", ""),
        ("Şuşa 2", "az", ""),
        ("Шуша", "hy-Latn", "Шуша"),
        ("Cтепанакерт", "ru", "C"),
        ("Aqmescit", "crh", ""),
        ("Акъмесджит", "crh", ""),
        ("Aqмескит", "crh", "Aq"),
        ("anything", "und", ""),
        ("anything", "", ""),
    ],
)
def test_letters_are_compared_with_the_script_of_the_language(name, lang, foreign):
    """A Latin C in a Russian name is found; signs that belong to every script are not."""
    assert foreign_letters(name, lang) == foreign


@pytest.mark.parametrize(
    ("table", "row", "told"),
    [
        ("names", "p-1,\udcff\udcfe,en,endonym,,,,atlas,", "names.csv:2: a cell is not UTF-8; save the table as UTF-8"),
        (
            "names",
            '"p-1","=HYPERLINK(""http://x"")",en,endonym,,,,atlas,',
            "toponym is '=HYPERLINK(\"http://x\")', a formula",
        ),
        (
            "names",
            "p-1,One\u202etwo,en,endonym,,,,atlas,",
            "names.csv:2: a cell has the hidden character U+202E; remove it",
        ),
        ("names", f"p-1,{'x' * 10_000_000},en,endonym,,,,atlas,", "names.csv:2: field larger than field limit"),
        ("names", "p-1,One,en", "names.csv:2: 3 cells; expected 9"),
        ("places", "p-1,PPL,nan,20,1000,,atlas,", "places.csv:2: lat is nan; expected -90 to 90"),
        ("places", "p-1,PPL,1,2,9,,atlas,\np-1,PPL,1,2,9,,atlas,", "places.csv:3: 'p-1' stands already in line 2"),
        ("relations", "p-1,within,p-2,,,,atlas\np-2,within,p-1,,,,atlas", "a place cannot lie within itself"),
    ],
    ids=["encoding", "formula", "bidi", "10 MB", "cells", "nan", "one id", "ring"],
)
def test_bad_input_is_refused_by_the_command_with_file_and_line(tmp_path, table, row, told):
    """Hostile and broken rows are told in short lines, and the rows after them are still read."""
    later = "names" if table != "names" else "points"
    rows = {table: row, later: "p-2,Two,english,endonym,,,,atlas," if later == "names" else "p-9,1,2,atlas"}
    done = command("--gazetteer", folder(tmp_path, **rows))
    lines = done.stderr.splitlines()
    assert done.exit_code == 1
    assert [line for line in lines if line.startswith(f"{tmp_path}/{table}.csv:") and told in line] != []
    assert [line for line in lines if line.startswith(f"{tmp_path}/{later}.csv:2: ")] != []
    assert max(map(len, lines)) < len(str(tmp_path)) * 3 + 400
    assert done.stderr.isprintable() or all(line.isprintable() for line in lines)


def test_bad_rows_are_left_out_only_when_somebody_collects_them(tmp_path):
    """The reader of the tables tells each fault to whoever asked, and gives the other rows."""
    bad: list[ValueError] = []
    names = "p-1,,en,endonym,,,,atlas,\np-1,One,en,endonym,,,,atlas,"
    tables = read_tables([folder(tmp_path, named_all=False, names=names)], report=bad.append)
    assert [str(error) for error in bad] == [
        f"{tmp_path}/names.csv:2: toponym is empty; write the name or delete the row"
    ]
    assert [name.toponym for name in tables.names] == ["One"]
    with pytest.raises(ValueError, match="toponym is empty"):
        read_tables([tmp_path])


def test_a_folder_with_thousands_of_problems_stays_readable(tmp_path):
    """The first findings of each file are listed and the others counted, unless all are asked for."""
    wrong = [f"p-1,Name {n},en,nickname,,,,atlas," for n in range(3000)]
    folder(tmp_path, names="\n".join(["p-1,One,en,endonym,,,,atlas,", *wrong]), points="p-9,1,2,atlas")
    done = command("--gazetteer", tmp_path)
    lines = done.stderr.splitlines()
    assert done.exit_code == 1
    assert len(lines) == 22
    assert lines[-1] == f"{tmp_path}/names.csv: 2,980 more; --limit 0 lists all"
    assert f"{tmp_path}/points.csv:2: unknown place_id 'p-9'; add it to places.csv" in lines
    assert len(command("--gazetteer", tmp_path, "--limit", "0").stderr.splitlines()) == 3001


def test_what_looks_wrong_fails_the_command_only_when_it_is_strict(tmp_path):
    """People read the list, which is no error; a build may insist."""
    folder(tmp_path, names="p-1,Alpha,hy,endonym,,,,atlas,")
    done = command("--gazetteer", tmp_path)
    assert (done.exit_code, done.stderr) == (0, "")
    assert done.stdout.startswith(
        f"looks wrong: {tmp_path}/names.csv:2: 'Alpha' is tagged hy and has 'Alpha', which is no Armn\n"
    )
    assert command("--gazetteer", tmp_path, "--strict").exit_code == 1


def test_a_folder_that_is_missing_or_holds_no_tables_is_told(tmp_path):
    """A mistyped folder, or one with something else in it, is not a folder without faults."""
    assert check([tmp_path / "gone"]).problems == [f"{tmp_path}/gone: no such folder; name a folder with tables"]
    assert check([tmp_path]).problems == [
        f"{tmp_path}: holds no tables; make some of what it has with `geo gazetteer add {tmp_path} --to DIR`"
    ]


def test_the_projects_tables_are_checked_with_a_users_own_over_them(tmp_path):
    """A user's rows may name the project's sources, parties and places; only their own doubts are told."""
    rows = "mine-1,Şuşa,az,endonym,az,,,wof:1,"
    path = tmp_path / "mine"
    path.mkdir()
    (path / "names.csv").write_text(f"{','.join(COLUMNS['names.csv'])}\n{rows}\n", encoding="utf-8")
    findings = check([path])
    assert findings.problems == [f"{path}/names.csv:2: unknown place_id 'mine-1'; add it to places.csv"]
    assert findings.doubts == []
    assert (data_folder() / "gazetteer" / "sources.csv").is_file()


def test_ones_own_tables_are_checked_without_being_named(tmp_path, monkeypatch):
    monkeypatch.setenv("ALLONYM_CONFIG", str(tmp_path))
    own = folder(tmp_path / "gazetteer", places="x-1,PPL,1,200,100,,unverified,")
    listed = folder(tmp_path / "more", places="x-2,PPL,100,2,100,,unverified,")
    (tmp_path / "config.toml").write_text('gazetteers = ["more"]')
    told = " ".join(check([]).problems)
    assert f"{own / 'places.csv'}:2: lon is 200" in told
    assert f"{listed / 'places.csv'}:2: lat is 100" in told


def test_a_place_without_a_name_is_told(tmp_path):
    places = "x-1,PPL,1,2,100,,unverified,\nx-2,PPL,5,2,100,,unverified,"
    names = "x-2,Arden,en,endonym,,,,unverified,"
    problems = check_folders([folder(tmp_path, named_all=False, places=places, names=names)]).problems
    assert problems == [f"{tmp_path / 'places.csv'}:2: x-1 has no name; add one to names.csv"]
