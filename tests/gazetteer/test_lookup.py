"""Looking names up: all names of a place lead to it, in any script and spelling, each in its time."""

from __future__ import annotations

import pytest

from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.records import Attestation
from geo.gazetteer.sides import contested

SHUSHA, KHANKENDI, KHOJAVEND, AGHDARA, SUGOVUSHAN = "kar-0001", "kar-0002", "kar-0003", "kar-0004", "kar-0072"
MARTUNI_IN_GEGHARKUNIK = "kar-0045"


def places(gazetteer: Gazetteer, spelling: str, *, how: str = "") -> set[str]:
    """Give the ids of the places that a spelling may name."""
    return {match.place.id for match in gazetteer.lookup(spelling) if match.how == how or not how}


@pytest.mark.parametrize(
    ("place", "spellings"),
    [
        (SHUSHA, ["Şuşa", "Shusha", "Shushi", "Шуша", "Շուշի"]),
        (KHANKENDI, ["Xankəndi", "Khankendi", "Stepanakert", "Степанакерт", "Ստեփանակերտ", "Ханкенди"]),
        (KHOJAVEND, ["Xocavənd", "Khojavend", "Martuni", "Ходжавенд", "Мартуни", "Մարտունի"]),
        (AGHDARA, ["Ağdərə", "Aghdara", "Martakert", "Mardakert", "Մարտակերտ", "Мардакерт"]),
        ("kar-0009", ["Kəlbəcər", "Kalbajar", "Karvachar", "Քարվաճառ"]),
        ("kar-0008", ["Laçın", "Lachin", "Berdzor", "Բերձոր"]),
        (SUGOVUSHAN, ["Suqovuşan", "Sugovushan", "Madagiz", "Mataghis", "Մատաղիս", "Мадагиз"]),
    ],
)
def test_every_sides_names_meet_in_one_place(gazetteer, place, spellings):
    """Whoever's name is typed, and in whichever script, the place is the same, and the name is listed letter by letter."""
    for spelling in spellings:
        exact = {match.place.id: match for match in gazetteer.lookup(spelling) if match.how == "exact"}
        assert place in exact, spelling
        assert exact[place].toponym == spelling


def test_one_name_of_two_places_leads_to_both(gazetteer):
    """Martuni is a town in Gegharkunik too; nobody is dropped."""
    assert places(gazetteer, "Martuni", how="exact") >= {KHOJAVEND, MARTUNI_IN_GEGHARKUNIK}


@pytest.mark.parametrize(
    ("spelling", "place"),
    [
        ("Hodjavend", KHOJAVEND),
        ("Khodjavand", KHOJAVEND),
        ("Xankandy", KHANKENDI),
        ("Hankandi", KHANKENDI),
        ("Khankendee", KHANKENDI),
        ("Stepanakart", KHANKENDI),
        ("Shushy", SHUSHA),
        ("Шушы", SHUSHA),
        ("Mardagert", AGHDARA),
        ("Kyalbadzhar", "kar-0009"),
        ("Djabrail", "kar-0012"),
        ("Zanghilan", "kar-0013"),
    ],
)
def test_a_spelling_that_nobody_listed_is_found_by_its_key(gazetteer, spelling, place):
    """Another transliteration of a listed name finds the place, and the match says that it did so by key."""
    assert "exact" not in {match.how for match in gazetteer.lookup(spelling) if match.place.id == place}
    assert place in places(gazetteer, spelling, how="key")


@pytest.mark.parametrize("spelling", ["Reykjavik", "REYKJAVIK", "reykjavík", "Reykjavík"])
def test_case_and_diacritics_do_not_hide_a_name(gazetteer, spelling):
    """A name without its diacritics, or in capitals, is the same name."""
    assert "Reykjavík" in {match.place.name for match in gazetteer.lookup(spelling)}


def test_a_misspelling_is_found_only_when_asked_for(gazetteer):
    """Nearly equal spellings answer a query by hand; in a text they would turn words into places."""
    assert gazetteer.lookup("Reykjavjkk") == ()
    found = gazetteer.lookup("Reykjavjkk", fuzzy=True)
    assert {match.how for match in found} == {"fuzzy"}
    assert "Reykjavík" in {match.place.name for match in found}


def test_nearly_equal_spellings_do_not_crowd_out_exact_ones(gazetteer):
    """Asking for fuzzy matches changes nothing where the name is listed."""
    for spelling in ("Shushi", "Hodjavend", "London"):
        assert gazetteer.lookup(spelling, fuzzy=True) == gazetteer.lookup(spelling)


def test_exact_spellings_leave_no_room_for_keys(gazetteer):
    """Comrat is a town in Moldova; Comərd, which shares its key, is no candidate, while a spelling that nobody has may be."""
    assert {match.how for match in gazetteer.lookup("Comrat")} == {"exact"}
    assert {match.how for match in gazetteer.lookup("Hodjavend")} == {"key"}


def test_each_place_is_given_once(gazetteer):
    """A place with several fitting names is one candidate, by the name that fits best."""
    for spelling in ("Shusha", "Martuni", "London", "San Jose"):
        found = [match.place.id for match in gazetteer.lookup(spelling)]
        assert len(found) == len(set(found))


@pytest.mark.parametrize("spelling", ["Qqxzzvw", "Xwqpt Zzk", "ქქქქზზჟ", "", " ", "-", "…", "☂"])
def test_what_names_nothing_gives_nothing(gazetteer, spelling):
    """No name, no place: nothing is guessed."""
    assert gazetteer.lookup(spelling) == ()


@pytest.mark.parametrize("name", ["Lachin", "Kalbajar", "Shusha", "Khojavend", "Barda", "Tartar"])
def test_a_town_and_the_district_named_after_it_are_two_places(gazetteer, name):
    """They differ in what they are and in how far the point reaches."""
    codes = {match.place.feature_code[:3]: match.place for match in gazetteer.lookup(name)}
    assert {"PPL", "ADM"} <= set(codes)
    assert codes["ADM"].id != codes["PPL"].id
    assert codes["ADM"].precision_m > codes["PPL"].precision_m


def test_the_district_is_found_by_its_full_name_alone(gazetteer):
    """“Lachin district” is not the town."""
    assert {match.place.feature_code for match in gazetteer.lookup("Lachin district")} == {"ADM1"}


def test_a_name_stands_in_its_time(gazetteer):
    """The village was renamed on 2020-10-03 by Azerbaijan: before there is one name, afterwards another."""

    def azerbaijani(at: str) -> list[str]:
        return [row.toponym for row in gazetteer.names(SUGOVUSHAN, at=at, party="az") if row.lang == "az"]

    assert azerbaijani("2020-10-02") == ["Madagiz"]
    assert azerbaijani("2020-10-04") == ["Suqovuşan"]
    assert set(azerbaijani("2020-10")) == {"Suqovuşan", "Madagiz"}
    assert set(azerbaijani("")) == {"Suqovuşan", "Madagiz"}


def test_a_party_is_asked_for_its_own_names(gazetteer):
    """Each attestation of a party names that party and a source."""
    rows = gazetteer.names(SHUSHA, party="artsakh")
    assert {row.party for row in rows} == {"artsakh"}
    assert "Շուշի" in {row.toponym for row in rows}
    assert all(row.source for row in rows)
    assert gazetteer.names(SHUSHA, party="nobody") == ()


def test_names_of_places_beyond_the_tables_have_no_party_and_no_date(gazetteer):
    """The packages tell spellings and nothing of their users; nothing is made up."""
    reykjavik = gazetteer.lookup("Reykjavík")[0].place
    rows = [row for row in gazetteer.names(reykjavik.id) if row.source == "geonames"]
    assert rows
    assert {(row.party, row.from_, row.to) for row in rows} == {(None, "", "")}


@pytest.mark.parametrize("name", ["Stepanakert", "Shushi", "Khojavend", "Aghdara", "Lachin", "Kalbajar", "Sugovushan"])
def test_a_place_that_two_sides_call_by_different_names_is_contested(gazetteer, name):
    """Two parties of the tables use different names for it today."""
    towns = [m.place for m in gazetteer.lookup(name) if m.how == "exact" and m.place.feature_code.startswith("PPL")]
    assert towns[0].contested


@pytest.mark.parametrize(
    "name", ["Yerevan", "Ganja", "Goris", "Askeran", "Hadrut", "Talish", "Barda", "London", "Gyumri"]
)
def test_a_name_that_is_only_spelt_or_translated_otherwise_makes_no_contest(gazetteer, name):
    """Երևան, Erivan and Yerevan are one name in several languages."""
    towns = [m.place for m in gazetteer.lookup(name) if m.how == "exact" and m.place.feature_code.startswith("PPL")]
    assert towns
    assert not towns[0].contested


@pytest.mark.parametrize(
    ("one", "other", "differ"),
    [
        (("Gali", "ka-Latn"), ("Гал", "ru"), False),
        (("გალი", "ka"), ("Gal", "ab-Latn"), False),
        (("東沙群島", "zh-Hant"), ("东沙群岛", "zh-Hans"), False),
        (("獨島", "zh-Hant"), ("竹島", "ja"), True),
        (("Şuşa", "az"), ("Shushi", "hy-Latn"), True),
    ],
)
def test_an_ending_of_grammar_or_another_form_of_a_sign_is_no_other_name(one, other, differ):
    names = [
        Attestation(
            place="x", toponym=name, lang=lang, kind="official", party=name, from_="", to="", source="", note=""
        )
        for name, lang in (one, other)
    ]
    assert contested(names) == differ


def test_a_place_is_given_by_its_id(gazetteer):
    """Ids of the tables and of GeoNames both lead to their place; an unknown one is an error."""
    assert gazetteer.place(SHUSHA).feature_code == "PPLA"
    assert gazetteer.place("geonames:3413829").name == "Reykjavík"
    with pytest.raises(KeyError):
        gazetteer.place("kar-9999")


def test_every_candidate_lies_on_the_globe_and_names_its_source(gazetteer):
    """Coordinates are WGS 84 degrees from somewhere."""
    for spelling in ("Shusha", "Lachin district", "Armenia", "Texas", "London", "Caucasus"):
        matches = gazetteer.lookup(spelling)
        assert matches, spelling
        for match in matches:
            assert -90 <= match.place.lat <= 90
            assert -180 <= match.place.lon <= 180
            assert match.place.source


def test_a_large_city_that_geonames_has_twice_is_one(gazetteer):
    """Buenaventura in Colombia stands twice in GeoNames, 33 km apart; the point in whole minutes is left out."""
    cities = [
        m.place for m in gazetteer.lookup("Buenaventura") if m.place.country == "CO" and m.place.feature_code == "PPL"
    ]
    assert [round(place.lat, 2) for place in cities if place.population > 100_000] == [3.88]
