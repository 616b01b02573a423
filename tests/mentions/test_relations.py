"""Words that tell where a site lies: found in four languages from the places' spans alone."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from marked import related, shape_kind, told

from geo.mentions.mention import Mention
from geo.mentions.relation_rules import languages, word_values
from geo.mentions.relations import relate
from geo.mentions.rules import rows, table
from geo.reports.report import Report

DATA = Path(__file__).parents[1] / "data" / "where"
SENTENCES = [
    json.loads(line)
    for name in ("sentences.jsonl", "second.jsonl")
    for line in (DATA / name).read_text(encoding="utf-8").split("\n")
    if line
]
RULES = table("spatial")
WORDS = [row for row in table("spatial_words") if row["kind"] != "list"]
NORTH = {"en": "15 km {} of [Arden]", "az": "[Ardendən|Arden] 15 km {}da", "ru": "в 15 км к {} от [Ардена|Арден]",
         "hy": "[Կորվինից|Կորվին] 15 կմ {}"}  # fmt: skip


def only(marked: str, lang: str = "en"):
    """Give the one relation of a sentence."""
    report, mentions = related(marked, lang)
    found = [mention.whereabouts for mention in mentions if mention.whereabouts]
    assert len(found) == 1, found
    return report, found[0]


@pytest.mark.parametrize("case", SENTENCES, ids=[case["text"][:40] for case in SENTENCES])
def test_a_sentence_means_its_shape_and_its_references(case):
    """The first seventy were written before there were rules, the rest before these were last changed."""
    expected = [(case["kind"], case["of"], case.get("site"))] if case["kind"] else []
    found = told(case["text"], case["lang"])
    assert [(*one[:2], one[2] if "site" in case else None) for one in found] == expected


@pytest.mark.parametrize("row", RULES, ids=[row["id"] for row in RULES])
def test_the_example_of_a_spatial_rule_is_read_as_it_says(row):
    """Each row does on its own example what it is there for."""
    expected = [one.split() for one in row["expect"].split(";") if one]
    assert [[found[0], *found[1]] for found in told(row["example"], row["lang"])] == expected
    if row["needs"]:
        _, mentions = related(row["example"], row["lang"])
        assert row["id"] in [mention.whereabouts.rule for mention in mentions if mention.whereabouts]


@pytest.mark.parametrize("row", WORDS, ids=[row["id"] for row in WORDS])
def test_a_word_with_a_value_has_one(row):
    """Directions are degrees or the centre, units metres, numbers one or two."""
    parts = row["value"].split("-")
    assert row["value"] == "centre" or all(float(part) >= 0 for part in parts)


def test_every_language_has_the_eight_winds_as_nouns_and_as_adjectives():
    """Compass words in all four languages."""
    winds = {str(wind) for wind in range(0, 360, 45)}
    for lang in languages():
        for kind in ("direction", "adjective"):
            assert winds <= {value for _, value in word_values(lang, kind)}, (lang, kind)


@pytest.mark.parametrize(
    ("lang", "word", "bearing"),
    [("en", "north", 0), ("en", "north-east", 45), ("en", "northeast", 45), ("en", "west-southwest", 247.5),
     ("az", "şimal", 0), ("az", "cənub-qərb", 225), ("ru", "северу", 0), ("ru", "юго-востоку", 135),
     ("hy", "հյուսիս", 0), ("hy", "հարավ-արևելք", 135), ("hy", "արեւմուտք", 270)],
)  # fmt: skip
def test_a_compass_word_gives_its_bearing(lang, word, bearing):
    """Degrees clockwise from north."""
    _, where = only(NORTH[lang].format(word), lang)
    assert (where.relation, where.bearing, where.distance_m) == ("bearing", bearing, (15_000, 15_000))


@pytest.mark.parametrize(
    ("words", "metres", "rough"),
    [("15 km", (15_000, 15_000), False), ("1,200 m", (1_200, 1_200), False), ("2.5 kilometres", (2_500, 2_500), False),
     ("some fifteen kilometers", (15_000, 15_000), True), ("twenty-five miles", (40_233.6, 40_233.6), False),
     ("10-15 km", (10_000, 15_000), False), ("two to three miles", (3_218.688, 4_828.032), False),
     ("half a mile", (804.672, 804.672), False), ("a few kilometres", (2_000, 7_000), False),
     ("about 800 metres", (800, 800), True), ("two hundred km", (200_000, 200_000), False),
     ("three nautical miles", (5_556, 5_556), False)],
)  # fmt: skip
def test_a_distance_is_read_in_metres(words, metres, rough):
    """In digits or words, in any unit, as a range, called rough or not."""
    _, where = only(f"A camp lies {words} south of [Arden].")
    assert where.distance_m == pytest.approx(metres)
    assert where.rough is rough


def test_the_words_are_kept_with_the_unnamed_site_they_are_about():
    """From "a village" to the end of the reference."""
    report, where = only("Two people died in a small village 15 km north of [Arden] on Monday.")
    assert report.text[where.start : where.end] == "a small village 15 km north of Arden"
    assert where.site is None


@pytest.mark.parametrize(
    ("lang", "marked"),
    [("en", "Rain fell in [Belmont], a village 5 km south of [Arden]."), ("en", "[Belmont] lies 5 km from [Arden]."),
     ("en", "Rain fell in [Belmont] near [Arden]."), ("ru", "Дождь шёл в [Бельмонте|Belmont], в 5 км от [Ардена|Арден]."),
     ("az", "[Ardendən|Arden] 5 km cənubda yerləşən [Belmont] kəndi."),
     ("hy", "[Կորվինից|Կորվին] 5 կմ հարավ գտնվող [Belmont] գյուղը։")],
)  # fmt: skip
def test_a_site_with_a_name_is_told_from_one_without(lang, marked):
    """Its name stands beside the words."""
    report, where = only(marked, lang)
    assert where.site is not None
    assert report.text[slice(*where.site)].startswith(("Belmont", "Бельмонт"))


@pytest.mark.parametrize(
    "marked",
    ["Talks between [Arden] and [Belmont] ended.", "War between [Norland] and [Sudland] broke out.",
     "He was in [Arden] between Monday and Friday.", "North of 50 people live in [Arden].",
     "He flew from [Arden] to the council.", "A letter from [Arden] to [Belmont] was found.",
     "Its stance towards [Sudland] is firm.", "They met outside the [Norland] embassy.",
     "The match between [Arden] and [Belmont] was close.", "[Arden] is nearly as big as [Belmont].",
     "The [Norland] border guards went home.", "They drove 15 km in [Arden]."],
)  # fmt: skip
def test_an_idiom_is_no_place(marked):
    """Sides, days, numbers, letters and embassies."""
    assert told(marked, "en") == []


@pytest.mark.parametrize(
    ("lang", "marked", "site"),
    [("en", "Rain fell in [Belmont], 5 km north of [Arden] and 3 km east of [Corvin].", "Belmont"),
     ("ru", "Дождь шёл в селе [Бельмонт|Belmont] в 5 км от [Ардена|Arden] и в 3 км от [Корвина|Corvin].", "Belmont"),
     ("en", "A camp stands 5 km north of [Arden] and 3 km east of [Corvin].", None)],
)  # fmt: skip
def test_two_distances_are_of_one_named_site(lang, marked, site):
    """Without a name they stay two sites."""
    assert [(of, named) for _, of, named in told(marked, lang)] == [(["Arden"], site), (["Corvin"], site)]


def test_a_place_serves_one_relation_alone():
    """The first rule that fits takes it."""
    found = told("A camp lies 5 km north of [Arden] near [Belmont].", "en")
    assert [of for _, of, _ in found] == [["Arden"], ["Belmont"]]


@pytest.mark.parametrize(
    ("lang", "marked", "kind"),
    [("en", "Fighting continued in the direction of [Arden], [Belmont] and [Corvin].", "buffer"),
     ("en", "Shells fell near [Arden]; [Belmont] & the town of [Corvin].", "buffer"),
     ("en", "Fires burned outside [Arden] (also spelt Ardin), [Belmont], or [Corvin].", "ring"),
     ("en", "A camp stands 15 km from [Arden], from [Belmont] and from [Corvin].", "ring"),
     ("en", "Mines went off on the outskirts of [Arden] and [Belmont] as well as [Corvin].", "ring"),
     ("az", "[Arden], [Belmont] və [Corvin] istiqamətində döyüşlər gedir.", "buffer"),
     ("az", "Yanğın [Arden], [Belmont] (Belmond) və [Corvinin|Corvin] yaxınlığında olub.", "buffer"),
     ("az", "[Ardendən|Arden], [Belmontdan|Belmont] və ya [Corvindən|Corvin] 15 km şimalda yanğın olub.", "sector"),
     ("ru", "Бои идут в направлении [Ардена|Arden], [Бельмонта|Belmont] и [Корвина|Corvin].", "buffer"),
     ("ru", "Взрывы слышны около [Ардена|Arden], [Бельмонта|Belmont], а также [Корвина|Corvin].", "buffer"),
     ("ru", "Лагерь стоит в 12 км от [Ардена|Arden] (Ардина), от [Бельмонта|Belmont] и от [Корвина|Corvin].", "ring"),
     ("hy", "Մարտեր են [Արդենի|Arden], [Բելմոնտի|Belmont] և [Կորվինի|Corvin] ուղղությամբ։", "buffer"),
     ("hy", "[Արդենի|Arden], [Բելմոնտի|Belmont] ու [Կորվինի|Corvin] մոտ ական է պայթել։", "buffer")],
)  # fmt: skip
def test_each_place_of_a_list_has_the_relation_alike(lang, marked, kind):
    """Commas, semicolons, "and", "or", brackets: no place is more than another."""
    assert told(marked, lang) == [(kind, [name], None) for name in ("Arden", "Belmont", "Corvin")]


@pytest.mark.parametrize(
    ("lang", "marked", "of"),
    [("en", "Shells fell between [Arden] and [Belmont], and [Corvin] was quiet.", ["Arden", "Belmont"]),
     ("en", "A bus travelling from [Arden] to [Belmont] and [Corvin] overturned.", ["Arden", "Belmont"]),
     ("en", "A farm near [Arden], [Norland], burned down.", ["Arden"]),
     ("en", "Shots were heard near [Arden] and [Belmont] was shelled.", ["Arden"]),
     ("en", "A fire broke out near [Arden] and [Belmont]'s army put it out.", ["Arden"]),
     ("en", "Smoke rose near [Arden] and in [Belmont].", ["Arden"]),
     ("az", "[Arden] ilə [Belmont] arasında və [Corvin] şəhərində atışma olub.", ["Arden", "Belmont"]),
     ("ru", "Между [Арденом|Arden] и [Бельмонтом|Belmont], а также в [Корвине|Corvin] шли бои.", ["Arden", "Belmont"]),
     ("hy", "[Արդենի|Arden] և [Բելմոնտի|Belmont] միջև, նաև [Կորվինում|Corvin] կրակել են։", ["Arden", "Belmont"])],
)  # fmt: skip
def test_pairs_containers_and_new_clauses_are_no_lists(lang, marked, of):
    """What lies between two places, the country after a comma, and what goes on after "and"."""
    assert [found[1] for found in told(marked, lang)] == [of]


def test_a_place_of_a_list_keeps_the_words_and_the_list():
    """The words reach from the relation to the last place, and each place tells which it is."""
    report, mentions = related("Fires burned just outside [Arden], [Belmont] and [Corvin] on Monday.", "en")
    for mention in mentions:
        where = mention.whereabouts
        assert report.text[where.start : where.end] == "just outside Arden, Belmont and Corvin"
        assert report.text[slice(*where.listed)] == "Arden, Belmont and Corvin"
        assert where.references == ((mention.start, mention.end),)


def test_another_language_is_left_alone():
    """What the input tells of its language is believed."""
    assert told("A fire near [Arden].", "fr") == []


def test_every_shape_can_be_said_in_every_language():
    """No language lacks a kind."""
    for lang in languages():
        kinds = {row["relation"] for row in rows("spatial", lang)}
        assert {
            "bearing", "distance", "within", "direction", "near", "outside", "towards", "between", "along", "border",
            "outskirts", "part", "inside",
        } <= kinds, lang  # fmt: skip


@given(st.text(max_size=300), st.data())
def test_any_text_with_any_spans_is_read_without_a_crash(text, data):
    """Spans of whatever Unicode; the words found always hold their references."""
    cuts = sorted(data.draw(st.lists(st.integers(0, len(text)), max_size=8, unique=True)))
    mentions = [
        Mention(report="r", start=a, end=b, text=text[a:b], toponym=text[a:b], kind="place", sentence=(0, len(text)))
        for a, b in zip(cuts[::2], cuts[1::2], strict=False)
    ]
    for mention in relate(Report(id="r", text=text), mentions):
        where = mention.whereabouts
        if where:
            assert all(where.start <= a < b <= where.end <= len(text) for a, b in where.references)
            assert shape_kind(mention)
