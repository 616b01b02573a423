"""Where exactly, end to end: a report's words become a site of its own, with a shape, its claims and its references."""

from __future__ import annotations

import json

import pytest
import shapely

import geo
from geo.layers.areas import ELLIPSOID
from geo.layers.ground import size
from geo.layers.write import frame_bytes
from geo.mentions.rules import table

SHUSHI, STEPANAKERT, HADRUT, TAVUSH = "kar-0001", "kar-0002", "kar-0006", "kar-0133"
ARMENIA, AZERBAIJAN = "geonames:174982", "geonames:587116"


# A line that tells which part of the world a report is from; nothing is told of the places in it.
FROM = {"en": "Askeran, Martakert, Goris", "ru": "Степанакерт, Мартакерт, Горис", "hy": "Ստեփանակերտ, Մարտակերտ, Գորիս",
        "az": "Ağdam, Bərdə, Füzuli"}  # fmt: skip


def read(text: str, gazetteer, *, language: str = "en", published: str = ""):
    """Give the layers of one report."""
    report = geo.Report(id="note", text=f"{text}\n\n{FROM[language]}", language=language, published=published)
    return geo.parse(report, gazetteer=gazetteer)


def shape_of(made, site: str):
    """Give the shape of a site, its row and its outline."""
    shape = next(shape for shape in made.mentions["shape"] if shape and shape["site"] == site)
    row = made.sites.set_index("place").loc[site]
    outline = made.areas.set_index("place").loc[site, "geometry"]
    return shape, row, outline


@pytest.mark.parametrize(
    ("lang", "text", "site", "kind"),
    [
        ("en", "Two soldiers died 15 km north of Shushi.", f"{SHUSHI}#north-15km", "sector"),
        ("ru", "Двое погибли в 15 км к северу от Шуши.", f"{SHUSHI}#north-15km", "sector"),
        ("en", "Shells fell between Stepanakert and Shushi.", f"{STEPANAKERT}+{SHUSHI}#between", "corridor"),
        ("hy", "Կրակել են Ստեփանակերտի և Շուշիի միջև։", f"{STEPANAKERT}+{SHUSHI}#between", "corridor"),
        ("en", "A fire broke out just outside Hadrut.", f"{HADRUT}#outside", "ring"),
        ("en", "A mine went off near Hadrut.", f"{HADRUT}#near", "buffer"),
        ("hy", "Հադրութի մոտ ական է պայթել։", f"{HADRUT}#near", "buffer"),
        ("en", "Tanks moved in the direction of Hadrut.", f"{HADRUT}#towards", "buffer"),
        ("en", "Floods hit the southern part of the Tavush region.", f"{TAVUSH}#part-south", "district"),
        ("en", "A truck burned on the road from Hadrut to Shushi.", f"{HADRUT}+{SHUSHI}#along", "corridor"),
        ("ru", "Грузовик сгорел на трассе Степанакерт — Шуша.", f"{STEPANAKERT}+{SHUSHI}#along", "corridor"),
        ("en", "A village in the Tavush region was shelled.", f"{TAVUSH}#inside", "district"),
        ("hy", "Կրակել են Տավուշի մարզի գյուղերում։", f"{TAVUSH}#inside", "district"),
        ("en", "Shots were fired on the Armenia–Azerbaijan border.", f"{ARMENIA}+{AZERBAIJAN}#border", "strip"),
        ("az", "Ağdam ilə Bərdə arasında partlayış olub.", "kar-0010+kar-0016#between", "corridor"),
        ("en", "A bus travelling from Shushi to Hadrut was hit.", f"{SHUSHI}+{HADRUT}#along", "corridor"),
    ],
)
def test_words_become_a_site_with_a_shape(gazetteer, lang, text, site, kind):
    """The same words in another language are the same site; its references stay references."""
    made = read(text, gazetteer, language=lang)
    shape, row, outline = shape_of(made, site)
    assert (shape["kind"], row["role"], shape["named"]) == (kind, "site", False)
    assert made.areas.set_index("place").loc[site, "kind"] == kind
    assert shape["of"] == site.split("#")[0].split("+")
    assert text[shape["start"] : shape["end"]] == shape["text"]
    assert row["precision_m"] == shape["precision_m"] > 0
    references = made.sites[made.sites["place"].isin(shape["of"])]
    assert set(references["role"]) <= {"reference", "actor"}
    places = shapely.get_coordinates(outline)
    count = len(places)
    _, _, away = ELLIPSOID.inv([row["lon"]] * count, [row["lat"]] * count, places[:, 0], places[:, 1])
    assert max(away) <= row["precision_m"] * 1.001


def test_a_claim_belongs_to_the_site_and_not_to_the_place_that_locates_it(gazetteer):
    """Its mention keeps who says it, what happened and when, for the site that it carries."""
    text = "Two soldiers died 15 km north of Shushi on Sunday, Azerbaijan's defence ministry said."
    made = read(text, gazetteer, published="2031-05-14")
    sites = made.sites.set_index("place")
    assert sites.loc[f"{SHUSHI}#north-15km", "claimants"] == ["az-mod"]
    assert sites.loc[f"{SHUSHI}#north-15km", "events"] == ["casualties"]
    assert sites.loc[SHUSHI, "claimants"] == []
    mention = made.mentions.set_index("text").loc["Shushi"]
    assert (mention["role"], mention["claimants"], mention["date"]) == ("reference", ["az-mod"], "2031-05-11")


@pytest.mark.parametrize(
    ("lang", "text", "places"),
    [("en", "Azerbaijan's defence ministry said fighting continued in the direction of Hadrut, Shushi and Martakert.",
      (HADRUT, SHUSHI, "kar-0004")),
     ("az", "Müdafiə Nazirliyi bildirib ki, Ağdam, Bərdə və Füzuli istiqamətində döyüşlər gedir.",
      ("kar-0010", "kar-0016", "kar-0011")),
     ("ru", "Минобороны Армении сообщило, что бои идут в направлении Шуши, Гадрута и Мартакерта.",
      (SHUSHI, HADRUT, "kar-0004")),
     ("hy", "ՊՆ-ն հայտնել է, որ մարտերը շարունակվում են Շուշիի, Հադրութի և Մարտակերտի ուղղությամբ։",
      (SHUSHI, HADRUT, "kar-0004"))],
)  # fmt: skip
def test_each_place_of_a_list_is_treated_alike(gazetteer, lang, text, places):
    """All are references, and each locates a site of its own with the same events and claimants."""
    made = read(text, gazetteer, language=lang)
    sites = made.sites.set_index("place")
    mentions = made.mentions[made.mentions["start"] < len(text)]
    listed = mentions[mentions["place"].isin(places)]
    assert list(listed["place"]) == list(places)
    assert set(listed["role"]) == {"reference"}
    assert [shape["site"] for shape in listed["shape"]] == [f"{place}#towards" for place in places]
    told = [
        (row["role"], row["claimants"], row["events"])
        for _, row in sites.loc[[*listed["shape"].str["site"]]].iterrows()
    ]
    assert told == [("site", *((["az-mod"], ["combat"]) if lang == "en" else ([], [])))] * len(places)
    assert [list(sites.loc[place, "claimants"]) for place in places] == [[]] * len(places)


def test_a_second_spelling_in_brackets_locates_the_site_too(gazetteer):
    """Else the town would be where it happened by one of its names alone."""
    made = read("Armenia said shells fell near Shushi (Shusha), Hadrut and Martakert.", gazetteer)
    shapes = made.mentions.set_index("text")["shape"]
    assert shapes["Shushi"]["site"] == shapes["Shusha"]["site"] == f"{SHUSHI}#near"
    assert [shapes[name]["text"] for name in ("Shusha", "Hadrut")] == ["near Shusha", "near Hadrut"]
    assert made.sites.set_index("place").loc[SHUSHI, "role"] == "reference"


def test_a_list_keeps_the_shape_of_a_named_site_once(gazetteer):
    """The first stands where several places locate one name."""
    made = read("A drone fell in Karintak, 5 km from Shushi and Hadrut.", gazetteer)
    mentions = made.mentions.set_index("text")
    assert mentions.loc["Karintak", "shape"]["of"] == [SHUSHI]
    assert list(mentions.loc[["Shushi", "Hadrut"], "role"]) == ["reference", "reference"]
    assert not any("#" in place for place in made.sites["place"])


def test_a_site_with_a_name_keeps_its_point_and_has_the_shape_as_evidence(gazetteer):
    """No row of its own: the name says where."""
    made = read("A drone fell in Karintak, 5 km south of Shushi.", gazetteer)
    assert not any("#" in place for place in made.sites["place"])
    shape = made.mentions.set_index("text").loc["Karintak", "shape"]
    assert (shape["named"], shape["kind"], shape["of"]) == (True, "sector", [SHUSHI])
    assert shape["site"] == made.mentions.set_index("text").loc["Karintak", "place"]
    assert made.mentions.set_index("text").loc["Shushi", "role"] == "reference"


def test_what_the_sides_say_of_a_town_and_of_its_outskirts_meets_in_one_sign(gazetteer):
    """The part of a town is the town still: it gets a shape, and no row of its own."""
    text = "Azerbaijan's defence ministry said shells hit Hadrut's southern outskirts. Armenia denied shelling Hadrut."
    made = read(text, gazetteer)
    assert not any("#" in place for place in made.sites["place"])
    assert made.sites.set_index("place").loc[HADRUT, "claimants"] == ["az-mod", "am"]
    assert made.areas.set_index("place").loc[HADRUT, "kind"] == "sector"
    shape = next(shape for shape in made.mentions["shape"] if shape)
    assert (shape["site"], shape["kind"], shape["named"]) == (HADRUT, "sector", True)


def test_two_reports_that_say_the_same_meet_in_one_site(gazetteer):
    """In whichever words and languages."""
    reports = [
        geo.Report(id="a", text=f"Two soldiers died 15 km north of Shushi.\n\n{FROM['en']}", language="en"),
        geo.Report(id="b", text=f"Двое военных погибли в 15 км севернее Шуши.\n\n{FROM['ru']}", language="ru"),
    ]
    made = geo.parse(reports, gazetteer=gazetteer)
    row = made.sites.set_index("place").loc[f"{SHUSHI}#north-15km"]
    assert row["printed"] == ["15 km north of Shushi", "в 15 км севернее Шуши"]
    assert list(made.areas["place"]).count(f"{SHUSHI}#north-15km") == 1


@pytest.mark.parametrize(
    "text",
    ["Talks between Armenia and Azerbaijan broke down.", "He travelled around Armenia for a year.",
     "Fires raged near Armenia.", "Baku and Yerevan agreed on prices."],
)  # fmt: skip
def test_what_bounds_nothing_makes_no_site(gazetteer, text):
    """Between two sides, near a country."""
    assert not any("#" in place for place in read(text, gazetteer).sites["place"])


def test_near_grows_with_the_place(gazetteer):
    """A city's surroundings are wider than a village's."""
    near = {
        name: read(f"A fire broke out near {name}.", gazetteer)
        .sites.set_index("name")
        .loc[f"near {name}", "precision_m"]
        for name in ("Kyiv", "Hadrut")
    }
    assert near["Kyiv"] > near["Hadrut"] > size("near_m")


def test_layers_with_shapes_are_written_in_every_format(gazetteer):
    """Mentions, sites and areas; jsonl carries the shape's values."""
    made = read("Two soldiers died 15 km north of Shushi.", gazetteer)
    for frame in (made.mentions, made.sites, made.areas):
        for fmt in ("jsonl", "csv", "geojson", "gpkg", "parquet"):
            assert frame_bytes(frame, fmt)
    line = json.loads(frame_bytes(made.mentions, "jsonl").decode().splitlines()[0])
    assert line["shape"]["site"] == f"{SHUSHI}#north-15km"
    assert line["shape"]["kind"] == "sector"


def test_every_size_has_a_unit_and_a_note_on_its_origin():
    """The numbers are data."""
    for row in table("spatial_sizes"):
        assert float(row["value"]) > 0
        assert row["unit"] in {"metres", "degrees", "share"}
        assert row["note"]
