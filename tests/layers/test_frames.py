"""Frames: one row a mention, one row a place with every name it was printed by, areas for districts."""

from __future__ import annotations

import geopandas as gpd
import pytest

from geo.flow import parse
from geo.layers.frames import Layers, layers
from geo.layers.records import FIELDS
from geo.reports.report import Report

TEXT = (
    "Shells fell on Martuni (Khojavend) and in the Barda region. Armenian officials spoke of Khojavend. "
    "Roads to Nagorno\nKarabakh were closed."
)


def shaped(gazetteer, *texts: str, **facts) -> Layers:
    """Shape the reports of some texts."""
    reports = [Report(id=f"note-{number}", text=text, **facts) for number, text in enumerate(texts)]
    return layers(list(parse(reports, gazetteer)), gazetteer)


@pytest.fixture(scope="module")
def made(gazetteer) -> Layers:
    """The layers of one report."""
    return shaped(gazetteer, TEXT)


def test_a_place_has_one_row_whatever_it_is_called(made):
    """Martuni and Khojavend meet in one row that keeps both, in the order in which they were printed, each once."""
    assert made.sites["place"].is_unique
    row = made.sites.set_index("place").loc["kar-0003"]
    assert row["printed"] == ["Martuni", "Khojavend"]
    texts = made.mentions["text"]
    assert [texts[number] for number in row["mentions"]] == ["Martuni", "Khojavend", "Khojavend"]


def test_a_place_of_two_reports_has_one_row(gazetteer):
    """Mentions of all reports stand under their place, with their row numbers."""
    made = shaped(gazetteer, "Snow in Stepanakert and Shushi.", "Fog in Stepanakert.")
    assert made.sites["place"].is_unique
    row = made.sites.set_index("name").loc["Stepanakert"]
    assert [made.mentions.loc[number, "report"] for number in row["mentions"]] == ["note-0", "note-1"]


def test_a_name_broken_over_lines_is_printed_on_one(made):
    """The frame shows the name; the mention keeps the span as it is."""
    assert ["Nagorno Karabakh"] in made.sites["printed"].tolist()
    assert "Nagorno\nKarabakh" in made.mentions["text"].tolist()


def test_every_mention_has_a_row_in_the_order_of_the_text(made):
    """Columns are the fields of the record, and offsets stay true."""
    assert made.mentions.columns.tolist() == [*FIELDS, "geometry"]
    assert made.mentions["start"].is_monotonic_increasing
    assert all(TEXT[row.start : row.end] == row.text for row in made.mentions.itertuples())


def test_demonyms_have_a_mention_and_no_site(made):
    """“Armenian” makes no marker."""
    assert "demonym" in made.mentions["kind"].tolist()
    assert "geonames:174982" not in made.sites["place"].tolist()


def test_all_frames_are_in_degrees_and_point_where_their_columns_say(made):
    """EPSG:4326 throughout; the geometry is lon, lat."""
    for frame in (made.mentions, made.sites, made.areas):
        assert isinstance(frame, gpd.GeoDataFrame)
        assert frame.crs.to_epsg() == 4326
    assert made.sites.geometry.x.tolist() == made.sites["lon"].tolist()
    assert made.sites.geometry.y.tolist() == made.sites["lat"].tolist()


def test_a_district_has_an_area_and_a_town_has_none(made):
    """An area is a polygon around the place's own point."""
    areas = made.areas.set_index("place")
    assert "kar-0112" in areas.index
    assert "kar-0003" not in areas.index
    barda = areas.loc["kar-0112"]
    assert barda["kind"] in ("polygon", "radius")
    assert barda.geometry.is_valid
    assert barda.geometry.contains(made.sites.set_index("place").geometry["kar-0112"])


def test_what_was_not_resolved_has_a_row_without_a_place(gazetteer):
    """Nothing is dropped: the mention stays, with a null geometry and the reason, and makes no site."""
    text = "Grapes from Xyzzyqua are sold in Stepanakert."
    made = shaped(gazetteer, text, spans=((12, 20), (33, 44)))
    row = made.mentions.iloc[0]
    assert (row["text"], row["status"]) == ("Xyzzyqua", "unknown")
    assert row["geometry"] is None
    assert made.mentions["lat"].isna().tolist() == [True, False]
    assert row["why"]
    assert made.sites["name"].tolist() == ["Stepanakert"]


def test_numbers_are_numbers(made):
    """Columns have types: no coordinate is an object."""
    for frame in (made.mentions, made.sites):
        for column in ("lat", "lon", "precision_m", "confidence"):
            assert frame[column].dtype.kind == "f"
    assert made.sites["confidence"].between(0, 1).all()


@pytest.mark.parametrize(
    "texts", [(), ("",), ("nothing here",)], ids=["no report", "an empty one", "one without places"]
)
def test_nothing_in_gives_empty_frames_of_the_same_columns(gazetteer, made, texts):
    """Scripts need no special case: columns, their types and the CRS are those of a full frame."""
    empty = shaped(gazetteer, *texts)
    assert len(empty.reports) == len(texts)
    for name in ("mentions", "sites", "areas"):
        frame, full = getattr(empty, name), getattr(made, name)
        assert len(frame) == 0
        assert frame.columns.tolist() == full.columns.tolist()
        assert frame.crs == full.crs
        assert frame.dtypes.to_dict() == full.dtypes.to_dict(), name


def test_a_place_that_is_a_site_somewhere_is_a_site(gazetteer):
    """Of the roles of its mentions a place takes the one that matters most on a map."""
    made = shaped(gazetteer, "Shells fell on Shushi, 15 km from Stepanakert.", "Shells fell on Stepanakert.")
    roles = set(made.mentions["role"].dropna())
    assert roles >= {"site", "reference"}
    assert made.sites.set_index("name").loc["Stepanakert", "role"] == "site"


def test_a_text_without_rules_for_its_language_is_mapped(gazetteer):
    """A Russian report has no roles; its places are shaped all the same, areas included."""
    report = Report(id="1", text="В Степанакерте тихо. Шуша, Степанакерт и Нагорный Карабах.", language="ru")
    made = layers(list(parse([report], gazetteer)), gazetteer)
    assert {"kar-0001", "kar-0002"} <= set(made.sites["place"])
    assert made.sites["role"].isna().all()
