"""Finding mentions: exact spans in any text, the longest name, and nothing that is no place."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.mentions.find import find
from geo.mentions.sentences import LONGEST_SENTENCE
from geo.reports.report import Report

NAMES = [
    "Stepanakert", "Shushi", "Շուշի", "Шуша", "Xankəndi", "Nagorno-Karabakh", "Lachin district", "Yerevan", "London",
    "São Paulo",
]  # fmt: skip
GLUE = [
    " ", "\n", "\r\n", "\u00a0", "-", "–", "’s ", "'s ", ", ", ". ", "(", ")", "“", "”", "#", "@", "\u200b", "\u0301",
    "https://", "/",
]  # fmt: skip
PIECES = st.one_of(st.sampled_from(NAMES), st.sampled_from(GLUE), st.text(max_size=8))


def mentions(gazetteer, text, **facts):
    """Find the mentions of a text."""
    return find(Report(id="note", text=text, **facts), gazetteer)


def spans(gazetteer, text):
    """Give the mentions of a text as printed."""
    return [mention.text for mention in mentions(gazetteer, text)]


@given(st.lists(PIECES, max_size=20).map("".join))
@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_offsets_are_true_in_any_text(gazetteer, text):
    """Whatever the text: each span holds what the mention says, mentions stand in order and do not overlap."""
    free = 0
    for mention in mentions(gazetteer, text):
        assert free <= mention.start < mention.end
        assert text[mention.start : mention.end] == mention.text
        assert mention.sentence[0] <= mention.start
        assert mention.end <= mention.sentence[1]
        free = mention.end


@given(st.sampled_from(["Stepanakert", "Lachin district", "Xankəndi", "Шуша", "Շուշի"]), st.text(max_size=12))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_finding_is_a_function_of_the_text_alone(gazetteer, name, tail):
    """The same text gives the same mentions, whatever was read before."""
    text = f"Roads to {name} {tail}"
    assert mentions(gazetteer, text) == mentions(gazetteer, text)


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Talks on Nagorno-Karabakh went on.", ["Nagorno-Karabakh"]),
        ("The road through the Lachin district is open.", ["Lachin district"]),
        ("Trains run to New York every hour.", ["New York"]),
        ("The delegation of South Korea arrived.", ["South Korea"]),
        ("Elections in South Africa were held.", ["South Africa"]),
    ],
)
def test_the_longest_name_is_taken(gazetteer, text, found):
    """No shorter name inside a longer one is a mention."""
    assert spans(gazetteer, text) == found


def test_a_name_inside_a_word_is_no_mention(gazetteer):
    """Names end where words end."""
    assert spans(gazetteer, "The Shushifonia orchestra and the Barda2 mission rested in Stepanakert.") == [
        "Stepanakert"
    ]


@pytest.mark.parametrize("apostrophe", ["'", "’", "ʼ"])
def test_a_possessive_is_not_part_of_the_name(gazetteer, apostrophe):
    """Straight and curly apostrophes end the name alike."""
    text = f"Stepanakert{apostrophe}s market and Shushi{apostrophe}s walls are old."
    assert spans(gazetteer, text) == ["Stepanakert", "Shushi"]


@pytest.mark.parametrize("dash", ["-", "‐", "‑", "–", "—"])
def test_a_dash_between_two_places_parts_them(gazetteer, dash):
    """A road from one town to another names both."""
    assert spans(gazetteer, f"Snow closed the road Tbilisi{dash}Yerevan again.") == ["Tbilisi", "Yerevan"]


@pytest.mark.parametrize("hyphen", ["-", "‐", "‑", "–"])
def test_a_hyphen_inside_a_name_may_be_any_dash(gazetteer, hyphen):
    """Typesetters write non-breaking hyphens and dashes into names."""
    name = f"Nagorno{hyphen}Karabakh"
    assert spans(gazetteer, f"A truce for {name} was signed.") == [name]


@pytest.mark.parametrize("blank", ["\n", "\r\n", "\u00a0", "  ", "\n   "])
def test_a_name_may_be_broken_over_lines(gazetteer, blank):
    """The span is as printed; the name that is looked up has one blank."""
    name = f"Nagorno{blank}Karabakh"
    [found] = mentions(gazetteer, f"A truce for {name} was signed.")
    assert (found.text, found.toponym) == (name, "Nagorno Karabakh")


def test_a_name_may_be_broken_after_its_hyphen(gazetteer):
    """A line that ends in the hyphen of a name goes on with the name."""
    assert spans(gazetteer, "Nagorno-\nKarabakh is quiet.") == ["Nagorno-\nKarabakh"]


@pytest.mark.parametrize(("opening", "closing"), ["«»", "“”", '""', "„“", "()"])
def test_quotation_marks_do_not_hide_a_name(gazetteer, opening, closing):
    """A name in quotation marks is the name without them."""
    assert spans(gazetteer, f"Buses to {opening}Stepanakert{closing} were full.") == ["Stepanakert"]
    assert spans(gazetteer, f"{opening}Шуша{closing} и Степанакерт") == ["Шуша", "Степанакерт"]


def test_decomposed_letters_are_the_same_letters(gazetteer):
    """Text copied from some systems has each accent as a sign of its own; the span counts them."""
    text = unicodedata.normalize("NFD", "Buses to Laçın and São Paulo were full.")
    found = mentions(gazetteer, text)
    assert [unicodedata.normalize("NFC", mention.text) for mention in found] == ["Laçın", "São Paulo"]
    assert all(text[mention.start : mention.end] == mention.text for mention in found)


def test_invisible_letters_do_not_hide_a_name(gazetteer):
    """Soft hyphens and zero-width blanks are part of the span and not of the name."""
    assert [m.toponym for m in mentions(gazetteer, "Roads to Shu\u200bshi and Stepan\u00adakert")] == [
        "Shushi",
        "Stepanakert",
    ]


def test_a_headline_in_capitals_names_places(gazetteer):
    """Capitals are taken for the names that they spell; the span stays in capitals."""
    assert spans(gazetteer, "REPAIRS BEGIN IN KALBAJAR AND LACHIN") == ["KALBAJAR", "LACHIN"]
    assert spans(gazetteer, "FIRE IN STEPANAKERT") == ["STEPANAKERT"]


@pytest.mark.parametrize(
    "thing",
    [
        "#Stepanakert",
        "@Stepanakert",
        "https://news.example/Stepanakert",
        "www.stepanakert.com",
        "desk@Stepanakert.org",
        "#Stepanakert’s",
    ],
)
def test_hashtags_handles_and_addresses_are_not_searched(gazetteer, thing):
    """They are no prose: what they contain is not said of a place."""
    text = f"See {thing} for more. The market of Shushi was full."
    assert spans(gazetteer, text) == ["Shushi"]


@pytest.mark.parametrize(
    "text",
    [
        "Ilham Karimov thanked Victoria Lang and Rashad Guliyev.",
        "Mr. Houston left, and so did President Lincoln.",
        "On Monday, 3 May, and again in March and August, it rained.",
        "He came on Sunday. We met in June.",
        "nothing with a capital letter but this: no place, no name",
    ],
)
def test_people_weekdays_and_common_words_are_no_places(gazetteer, text):
    """Many words are spelt like some village somewhere; only names of places are mentions."""
    assert spans(gazetteer, text) == []


def test_demonyms_are_mentions_of_their_own_kind(gazetteer):
    """“Armenian” speaks of a people or a state and makes no marker."""
    kinds = {m.text: m.kind for m in mentions(gazetteer, "Armenian and Azerbaijani delegations met in Tbilisi.")}
    assert kinds == {"Armenian": "demonym", "Azerbaijani": "demonym", "Tbilisi": "place"}


def test_a_place_in_the_name_of_an_institution_is_a_mention_of_its_own_kind(gazetteer):
    """“London University” is no place to put a marker on; London is."""
    found = mentions(gazetteer, "Students of London University marched through London.")
    assert [(mention.text, mention.kind) for mention in found] == [("London", "institution"), ("London", "place")]


@pytest.mark.parametrize(
    ("text", "name", "hint"),
    [
        ("Water reached the village of Talish at night.", "Talish", "PPL"),
        ("They met in the city of Ganja on Friday.", "Ganja", "PPL"),
        ("They met in Ganja on Friday.", "Ganja", ""),
        ("Frost came to the province of Valencia early.", "Valencia", "ADM"),
    ],
)
def test_the_words_around_a_name_hint_at_what_it_is(gazetteer, text, name, hint):
    """“The village of” asks for a village, “province of” for a division, nothing asks for nothing."""
    assert [(m.text, m.type_hint) for m in mentions(gazetteer, text)] == [(name, hint)]


def test_a_town_and_its_state_are_two_mentions(gazetteer):
    """“Paris, Texas” names Paris and Texas."""
    assert spans(gazetteer, "He moved from Paris, Texas to Lyon.") == ["Paris", "Texas", "Lyon"]


def test_a_spelling_that_nobody_listed_is_found_beside_listed_names(gazetteer):
    """Near names of the same region another transliteration is a name too."""
    assert spans(gazetteer, "Hodjavend and Shushi were visited.") == ["Hodjavend", "Shushi"]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("Դպրոցները վերաբացվեցին, Շուշի և Ստեփանակերտ", ["Շուշի", "Ստեփանակերտ"]),
        ("Новости: Степанакерт, Шуша, Лачин.", ["Степанакерт", "Шуша", "Лачин"]),
        ("Qonaqlar Xankəndi və Laçın haqqında danışdılar.", ["Xankəndi", "Laçın"]),
    ],
)
def test_names_are_found_in_other_scripts(gazetteer, text, found):
    """Armenian, Cyrillic and Azerbaijani letters are letters."""
    assert spans(gazetteer, text) == found


def test_given_spans_are_taken_as_they_are(gazetteer):
    """Who brings spans has them resolved: nothing is added and nothing dropped."""
    text = "Grapes from Xyzzy are sold in Goris and Yerevan."
    found = mentions(gazetteer, text, spans=((30, 35), (12, 17)))
    assert [mention.text for mention in found] == ["Xyzzy", "Goris"]


@pytest.mark.parametrize(
    "text",
    [
        "", " \n", "…", "\u0301", "\ud7ff", "𒌨𒉈𒈝𒆠", "A" * 10_000, "Ba" * 5_000, "#" * 5_000, "(" * 500,
        "Shushi " + "x" * 300_000, "Shushi " + "-a" * 100_000, "Shushi " + "A-" * 100_000, "SHUSHI AND " * 20_000,
    ],
    ids=lambda text: repr(text[:12]),
)  # fmt: skip
def test_odd_texts_are_no_trouble(gazetteer, text):
    """Empty, endless and strange texts give mentions or none, at once and without an error."""
    assert all(text[m.start : m.end] == m.text for m in mentions(gazetteer, text))


def test_a_list_without_a_full_stop_is_not_one_sentence(gazetteer):
    """Each mention is quoted with its sentence: one of half a megabyte would make the records endless."""
    text = "Shushi and Stepanakert, " * 5_000
    found = mentions(gazetteer, text)
    assert len(found) == 10_000
    assert max(mention.sentence[1] - mention.sentence[0] for mention in found) <= LONGEST_SENTENCE


@pytest.mark.parametrize("words", ["captured", "withdrew from", "the siege of", "shelled"])
def test_a_listed_name_after_words_that_take_a_place_is_one_in_a_short_report(gazetteer, words):
    report = Report(id="r", text=f"Russian troops {words} Gori on Monday, Georgia said.", language="en")
    assert "Gori" in [mention.text for mention in find(report, gazetteer)]
