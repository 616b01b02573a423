import json

import pytest

from geo.gazetteer.gazetteer import Gazetteer
from geo.maps.basemap import basemap
from geo.maps.context import context
from geo.maps.cutting import extent
from geo.maps.worldview import boundaries

CAUCASUS = (43.0, 38.5, 50.0, 42.0)
LANGUAGES = ("az", "hy", "ru", "ka", "ar", "fa", "uk")


@pytest.fixture(scope="module")
def gazetteer():
    return Gazetteer.open()


@pytest.fixture(scope="module")
def caucasus(gazetteer):
    return context(extent(CAUCASUS), gazetteer, languages=LANGUAGES)


def row_of(columns, name):
    return columns["names"]["en"].index(name)


def test_towns_have_their_names_in_the_languages_of_the_page(caucasus):
    towns = caucasus["towns"]
    yerevan, baku = row_of(towns, "Yerevan"), row_of(towns, "Baku")
    assert towns["names"]["hy"][yerevan] == "Երևան"
    assert towns["names"]["az"][baku] == "Bakı"
    assert towns["names"]["ru"][baku] == "Баку"


def test_a_contested_town_never_stands_under_one_sides_name_alone_in_english(caucasus):
    english = caucasus["towns"]["names"]["en"]
    assert "Khankendi / Stepanakert" in english
    assert not {"Khankendi", "Stepanakert", "Xankəndi"} & set(english)


def test_a_place_of_the_report_is_not_named_twice(gazetteer, caucasus):
    without = context(extent(CAUCASUS), gazetteer, leave_out=["kar-0002"])["towns"]["names"]["en"]
    assert "Khankendi / Stepanakert" not in without
    assert len(without) >= len(caucasus["towns"]["names"]["en"]) - 1


def test_larger_towns_are_shown_from_farther_away(caucasus):
    towns = caucasus["towns"]
    zoom = dict(zip(towns["names"]["en"], towns["zoom"], strict=True))
    assert zoom["Baku"] < zoom["Barda"]
    assert towns["rank"][row_of(towns, "Yerevan")] <= 1
    assert all(2 <= each <= 11 for each in towns["zoom"])
    assert set(towns["rank"]) <= {0, 1, 2, 3, 4}


def test_waters_and_rivers_are_named_as_the_tables_have_them(gazetteer):
    around = context(extent((46.0, 38.0, 52.0, 42.0)), gazetteer, languages=LANGUAGES, rivers=["Kr", "Danube"])
    caspian = row_of(around["waters"], "Caspian Sea")
    assert around["waters"]["names"]["az"][caspian] == "Xəzər dənizi"
    assert around["waters"]["zoom"][caspian] < 5 < around["waters"]["until"][caspian]
    assert around["river_names"]["en"] == ["", ""], "a name whose river runs elsewhere, or that lost its letters"
    assert context(extent((28.0, 45.0, 36.0, 50.0)), gazetteer, rivers=["Dnipro (Dnieper)"])["river_names"]["en"] != [
        ""
    ]


def test_countries_have_short_names_in_the_chosen_language(caucasus):
    countries = caucasus["countries"]
    armenia, georgia = row_of(countries, "Armenia"), row_of(countries, "Georgia")
    assert countries["names"]["hy"][armenia] == "Հայաստան"
    assert countries["names"]["az"][armenia] == "Ermənistan"
    assert countries["names"]["ka"][georgia] == "საქართველო"


def test_names_lie_on_the_turn_that_the_map_draws(gazetteer):
    around = context(extent((176.0, -20.0, -170.0, -12.0)), gazetteer)
    towns = around["towns"]
    assert 177 < towns["lon"][row_of(towns, "Suva")] < 179
    assert 187 < towns["lon"][row_of(towns, "Apia")] < 189


@pytest.mark.parametrize(
    "bounds",
    [
        *(CAUCASUS, (22.0, 44.0, 40.0, 52.5), (-17.0, 8.0, 24.0, 24.0), (72.0, 30.0, 82.0, 38.0)),
        *((-180.0, -60.0, 180.0, 80.0), (46.2, 39.3, 46.3, 39.4), (176.0, -20.0, -170.0, -12.0)),
        *((-11.0, 35.0, 40.0, 70.0), (4.0, 55.0, 31.0, 71.0), (68.0, 6.0, 98.0, 36.0), (-125.0, 25.0, -66.0, 49.0)),
    ],
)
def test_the_ground_of_a_page_takes_less_than_400_kilobytes(gazetteer, bounds):
    layers = basemap(bounds, lines=boundaries())
    names = context(extent(bounds), gazetteer, languages=LANGUAGES, rivers=layers["rivers"]["table"])
    text = json.dumps(layers | names, ensure_ascii=False, separators=(",", ":"))
    assert len(text.encode()) < 400_000


def test_the_same_map_has_the_same_names(gazetteer, caucasus):
    assert json.dumps(context(extent(CAUCASUS), gazetteer, languages=LANGUAGES)) == json.dumps(caucasus)
