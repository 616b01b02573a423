"""Several gazetteers at once: people's tables win, places under two ids are one, and nobody's facts are lost."""

from __future__ import annotations

from pathlib import Path

import pytest
from typer.testing import CliRunner

from geo.cli import app
from geo.errors import DataError
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.tables import COLUMNS

SOURCES = ["survey,A survey,CC0,,"]
REYKJAVIK = "geonames:3413829"


def tables(folder: Path, **rows: list[str]) -> Path:
    """Write a folder of tables."""
    folder.mkdir(exist_ok=True)
    for name, lines in ({"sources": SOURCES} | rows).items():
        header = ",".join(COLUMNS[f"{name}.csv"])
        (folder / f"{name}.csv").write_text("\n".join([header, *lines, ""]), encoding="utf-8")
    return folder


def toponyms(gazetteer: Gazetteer, place: str) -> set[str]:
    """Give all names of a place."""
    return {name.toponym for name in gazetteer.names(place)}


def test_a_name_alone_is_added_to_a_place_that_another_gazetteer_has(tmp_path):
    """A row in names.csv needs no row in places.csv where the place is known, from tables or from packages."""
    own = tables(
        tmp_path / "own",
        names=["kar-0001,Qarqarqala,az,variant,az,,,survey,", f"{REYKJAVIK},Smokeville,en,exonym,,,,survey,"],
    )
    gazetteer = Gazetteer.open([own])
    assert [match.place.id for match in gazetteer.lookup("Qarqarqala")] == ["kar-0001"]
    assert [match.place.id for match in gazetteer.lookup("Smokeville")] == [REYKJAVIK]
    assert {"Qarqarqala", "Şuşa", "Շուշի"} <= toponyms(gazetteer, "kar-0001")
    assert gazetteer.lookup("Smokeville")[0].place.lat == Gazetteer.open().place(REYKJAVIK).lat


def test_a_second_partys_name_makes_a_place_contested(tmp_path):
    """Whether a place is contested is seen over all gazetteers together."""
    rows = ["kar-0001,Raven Fort,en,official,gb,,,survey,", f"{REYKJAVIK},Smokeville,en,official,gb,,,survey,",
            f"{REYKJAVIK},Bay Harbour,en,official,us,,,survey,"]  # fmt: skip
    gazetteer = Gazetteer.open([tables(tmp_path / "own", names=rows)])
    assert not Gazetteer.open().place(REYKJAVIK).contested
    assert gazetteer.place(REYKJAVIK).contested


def test_the_last_table_speaks_for_a_place_and_the_other_points_are_kept(tmp_path):
    """Of several opinions on where a place lies, the last folder's holds; the others are told, each with its source."""
    first = tables(tmp_path / "first", places=["kar-0001,PPLA,39.71,46.7,100,,survey,"])
    last = tables(tmp_path / "last", places=["kar-0001,PPLA,39.72,46.7,100,,survey,"])
    gazetteer = Gazetteer.open([first, last])
    place = gazetteer.place("kar-0001")
    shipped = Gazetteer.open().place("kar-0001")
    assert place.lat == 39.72
    assert (place.name, place.population, place.country) == (shipped.name, shipped.population, shipped.country)
    assert {(point.lat, point.source) for point in gazetteer.points("kar-0001")} >= {
        (39.71, "survey"),
        (shipped.lat, shipped.source),
    }
    assert [match.place for match in gazetteer.lookup("Şuşa") if match.place.id == "kar-0001"] == [place]


def test_an_exact_match_makes_one_place_of_two_ids(tmp_path):
    """A table's place that is linked to a record of the packages is that record; both ids lead to it."""
    own = tables(
        tmp_path / "own",
        places=["own-7,PPLC,64.14,-21.9,500,,survey,"],
        names=["own-7,Smokeville,en,exonym,,,,survey,"],
        links=[f"own-7,exactMatch,{REYKJAVIK},survey"],
    )
    gazetteer = Gazetteer.open([own])
    assert gazetteer.place("own-7") == gazetteer.place(REYKJAVIK)
    found = [match.place.id for match in gazetteer.lookup("Reykjavík") if match.place.country == "IS"]
    assert found == ["own-7"]
    assert {"Smokeville", "Reykjavík"} <= toponyms(gazetteer, REYKJAVIK) == toponyms(gazetteer, "own-7")
    assert gazetteer.place("own-7").admin1 == Gazetteer.open().place(REYKJAVIK).admin1


def test_a_name_of_a_place_that_nobody_has_is_told_with_file_and_line(tmp_path):
    own = tables(tmp_path / "own", names=["nowhere-1,Nowhere,en,exonym,,,,survey,"])
    with pytest.raises(DataError, match=r"names\.csv:2: unknown place_id 'nowhere-1'; add it to places\.csv"):
        Gazetteer.open([own])


def test_a_place_of_tables_needs_a_name(tmp_path):
    own = tables(tmp_path / "own", places=["own-1,PPL,10,20,500,,survey,"])
    with pytest.raises(DataError, match=r"places\.csv:2: own-1 has no name; add one to names\.csv"):
        Gazetteer.open([own])


def test_a_claim_as_such_moves_no_place_to_another_state(tmp_path):
    """Where parties disagree on whose a place is, its country stays what it was unless the United Nations have said."""
    claims = [f"{REYKJAVIK},de_jure,DK,tr,,,survey", f"{REYKJAVIK},de_jure,IS,gb,,,survey"]
    disputed = Gazetteer.open([tables(tmp_path / "disputed", relations=claims)])
    assert disputed.place(REYKJAVIK).country == "IS"
    own = {"places": ["own-1,ISL,60,-20,500,,survey,"], "names": ["own-1,Raven Isle,en,exonym,,,,survey,"]}
    sided = [row.replace(REYKJAVIK, "own-1") for row in claims]
    assert Gazetteer.open([tables(tmp_path / "several", relations=sided, **own)]).place("own-1").country == ""
    told = [*sided, "own-1,de_jure,IS,un,,,survey"]
    assert Gazetteer.open([tables(tmp_path / "told", relations=told, **own)]).place("own-1").country == "IS"


def test_broken_rows_of_own_tables_are_listed_and_passed_over_where_asked(tmp_path):
    """What is left out is told each time, and the layer that lacks it is never taken for that of whole tables."""
    rows = {
        "places": [
            "own-1,PPL,64.1,-20,500,,survey,",
            "own-2,PPL,NaN,-20,500,,survey,",
            "own-3,PPL,64,-20,500,,survey,",
        ],
        "names": ["own-1,Raven Fort,en,exonym,,,,survey,", "own-2,Crow Fort,en,exonym,,,,survey,"],
    }
    own = tables(tmp_path / "own", **rows)
    over = tables(tmp_path / "over", names=["own-1,Hrafnavirki,is,endonym,,,,survey,"])
    for _ in range(2):
        left_out: list[str] = []
        gazetteer = Gazetteer.open([own, over], left_out=left_out)
        assert [line.partition("own/")[2] for line in left_out] == [
            "places.csv:3: lat is NaN; expected -90 to 90",
            "places.csv:4: own-3 has no name; add one to names.csv",
            "names.csv:3: unknown place_id 'own-2'; add it to places.csv",
        ]
        assert toponyms(gazetteer, "own-1") == {"Raven Fort", "Hrafnavirki"}
        assert not [match for match in gazetteer.lookup("Crow Fort") if match.kind == "exact"]
    with pytest.raises(DataError, match=r"places\.csv:3: lat is NaN"):
        Gazetteer.open([own, over])

    mended = tables(tmp_path / "own", places=rows["places"][:1], names=rows["names"][:1])
    left_out = []
    whole = Gazetteer.open([mended, over], left_out=left_out).index.indexes
    assert left_out == []
    assert [index.folder for index in whole] == [index.folder for index in Gazetteer.open([mended, over]).index.indexes]


def test_broken_rows_of_a_file_are_listed_and_passed_over_where_asked(tmp_path):
    own = tmp_path / "own.csv"
    own.write_text("name,lat,lon\nRaven Fort,64.1,-20\nCrow Fort,NaN,-20\n", encoding="utf-8")
    left_out: list[str] = []
    gazetteer = Gazetteer.open([own], left_out=left_out)
    assert left_out == [f"{own}:3: lat is nan; expected -90 to 90"]
    assert [match.place.lat for match in gazetteer.lookup("Raven Fort")][:1] == [64.1]


def test_one_record_in_two_gazetteers_gives_one_point(tmp_path):
    """A file with the record that tables have from it tells of no other point."""
    row = "atlas:1,PPL,64.1,-20,500,,atlas:1,"
    own = {"sources": ["atlas,An atlas,CC0,,"], "names": ["atlas:1,Raven Fort,en,exonym,,,,atlas:1,"]}
    first = tables(tmp_path / "first", places=[row], **own)
    same = tables(tmp_path / "same", places=[row.replace("500", "600")], **own)
    moved = tables(tmp_path / "moved", places=[row.replace("64.1", "64.2")], **own)
    assert Gazetteer.open([first, same]).points("atlas:1") == ()
    assert [point.lat for point in Gazetteer.open([first, moved]).points("atlas:1")] == [64.1]


@pytest.fixture
def doubled(tmp_path):
    """A file in which a second place has the id of the first."""
    path = tmp_path / "doubled.csv"
    path.write_text("id,name,lat,lon\nx-1,Ardenville,1,2\nx-2,Belmontville,3,4\nx-1,Otherville,5,6\n")
    return path


def test_two_places_of_one_id_in_a_file_are_told_with_their_line(doubled):
    with pytest.raises(DataError, match=r"doubled\.csv:4: another place has the id .*x-1'"):
        Gazetteer.open([doubled])


def test_the_second_place_of_one_id_can_be_passed_over(doubled):
    """The first keeps its point and gets none of the other's names."""
    bad: list[str] = []
    gazetteer = Gazetteer.open([doubled], left_out=bad)
    assert [line.startswith(f"{doubled}:4: ") for line in bad] == [True]
    assert [match.place.lat for match in gazetteer.lookup("Ardenville")] == [1]
    assert gazetteer.lookup("Otherville") == ()
    assert gazetteer.lookup("Belmontville")


@pytest.mark.parametrize(
    "words",
    [("names", "Belmontville"), ("geocode", "Belmontville"), ("gazetteer", "info"), ("gazetteer", "compile")],
    ids=lambda words: words[-2] if words[0] != "gazetteer" else words[-1],
)
def test_every_command_with_a_gazetteer_can_pass_over_its_broken_rows(doubled, words):
    """It lists them, goes on, and exits with 1."""
    stopped = CliRunner().invoke(app, [*words, "--gazetteer", str(doubled)])
    assert isinstance(stopped.exception, DataError)
    done = CliRunner().invoke(app, [*words, "--gazetteer", str(doubled), "--skip-bad"])
    assert done.exit_code == 1
    assert done.stdout
    assert done.stderr.startswith(f"geo: left out: {doubled}:4: ")
