"""Text as it really comes: broken, mixed, invisible, in one case, or no text at all; offsets stay exact and nothing fails."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from geo.flow import parse
from geo.mentions.aligned import align
from geo.mentions.rules import table
from geo.reports.report import Report

PIECES = [
    "Stepanakert", "Shushi", "SHUSHI", "shusha", "Շուշի", "Шуша", "Xankəndi", "Nagorno-Karabakh", "Armenia", "Azerbaijani",
    "Baku", " said ", " in ", "15 km from ", "the ministry ", "killed 2 people", "on Sunday", "Cote d&#39;Ivoire", "&nbsp;",
    "&amp;", " ", "\n", "\r\n", "\u2028", "\u00a0", "-", "-\n", "\u00ad", "\u200b", "\u202e", "\u2066", "\u0301", "\u0327",
    ", ", ". ", "(", ")", "“", "”", '"', "’s", "#", "@", "—", "\x00", "\ud800", "\U0001f1e6\U0001f1f2", "😀", "а", "o",
]  # fmt: skip
SIGNS = ["😀", "\U0001f1e6\U0001f1f2", "\u202a", "\u2066", "\u200f", "\u2028", "\r\n", "\x00", "\ud800", "\ufe0f"]
MONOTONOUS = [
    "a", "A", "7", '"', "(", "\n", "the ", "Paris-", "of Paris ", "SHUSHA ", "a.", "\u0301", "\u200b", "&", "@", "a@a.", "北京",
    "-\n", "\u00ad",
]  # fmt: skip
# Lone surrogates and NUL too: a text may come from JSON, a message or a notebook.
ANY_TEXT = st.lists(
    st.one_of(st.sampled_from(PIECES), st.text(st.characters(exclude_categories=()), max_size=6)), max_size=25
)


def outcomes(gazetteer, text, **facts):
    """Give what the whole flow makes of a text."""
    return [outcome for item in parse([Report(id="note", text=text, **facts)], gazetteer) for outcome in item.outcomes]


def mentions(gazetteer, text):
    """Give the mentions of a text as printed, each with the name that was looked up."""
    return {outcome.mention.text: outcome.mention.toponym for outcome in outcomes(gazetteer, text, language="en")}


@given(ANY_TEXT.map("".join), st.sampled_from(["", "en", "ru"]))
@example("\x00", "en")
@example("\ud83d Stepanakert \udc00", "en")
@settings(max_examples=300, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
def test_whatever_the_text_offsets_are_exact_and_scores_are_probabilities(gazetteer, text, language):
    """Spans hold their words, in order and without overlap, within their sentences; a second run gives the same."""
    made = outcomes(gazetteer, text, language=language)
    free = 0
    for outcome in made:
        mention = outcome.mention
        assert free <= mention.start < mention.end <= len(text)
        assert text[mention.start : mention.end] == mention.text
        assert 0 <= mention.sentence[0] <= mention.start
        assert mention.end <= mention.sentence[1] <= len(text)
        assert all(0 <= cue.start <= cue.end <= len(text) for cue in mention.cues)
        assert all(0.0 <= candidate.score <= 1.0 for candidate in outcome.candidates)
        free = mention.end
    assert outcomes(gazetteer, text, language=language) == made


@given(ANY_TEXT.map("".join))
def test_each_character_of_the_normal_form_stands_somewhere_in_the_text(text):
    """Spans of single characters lie in the text, in order."""
    aligned = align(text)
    last = (0, 0)
    for place in range(len(aligned.text)):
        start, end = aligned.span(place, place + 1)
        assert last[0] <= start < end <= len(text)
        last = (start, end)


@pytest.mark.parametrize("text", ["", *SIGNS, "\n", "\u200b", "\ufeff", "&", "-", "\u00ad\n"])
def test_a_text_without_words_has_no_mentions(gazetteer, text):
    """Nothing is found in nothing, and nothing fails."""
    assert outcomes(gazetteer, text) == []


@pytest.mark.parametrize(
    ("printed", "name"),
    [
        ("Stepa\u200bnakert", "Stepanakert"),
        ("Stepan\u00adakert", "Stepanakert"),
        ("Stepan\u00ad\nakert", "Stepanakert"),
        ("Step-\nanakert", "Stepanakert"),
        ("Step-\r\n  anakert", "Stepanakert"),
        ("Nagorno-\nKarabakh", "Nagorno-Karabakh"),
        ("Nagorno\u2011Karabakh", "Nagorno-Karabakh"),
        ("Stratford-\nupon-Avon", "Stratford-upon-Avon"),
        ("Cote d&#39;Ivoire", "Cote d'Ivoire"),
        ("C&ocirc;te d&#x27;Ivoire", "Côte d'Ivoire"),
        ("New&nbsp;York", "New York"),
        ("Stepanakеrt", "Stepanakert"),
        ("Lac\u0327ın", "Laçın"),
    ],
)
def test_a_name_that_typesetting_or_scanning_broke_is_found(gazetteer, printed, name):
    """The span is as printed, the name is whole."""
    assert mentions(gazetteer, f"Rain fell in {printed} on Sunday, officials said.") == {printed: name}


@pytest.mark.parametrize("printed", ["Cтепанакерте", "Степaнакерт", "Ереван"])
def test_letters_of_another_script_do_not_hide_a_cyrillic_name(printed):
    """A Latin letter that looks like the Cyrillic one is taken for it."""
    assert align(printed).text.isalpha()
    assert all("\u0400" <= letter <= "\u052f" for letter in align(printed).text)


def test_words_in_one_script_stay_as_they_are():
    """Only a word that mixes scripts is touched, and a sign that stands alone keeps its letter."""
    text = "СССР, CCCP, Ка-52, T-72, М and M"
    assert align(text).text == text


@pytest.mark.parametrize(
    "entity", ["&amp;", "&#39;", "&nbsp;", "&lt;b&gt;", "&bogus;", "&#0;", "&#xD800;", "&#99999999;"]
)
def test_entities_keep_the_offsets_exact(gazetteer, entity):
    """Entities stay in the text as they are; names after them are found where they stand."""
    text = f"Rain{entity} fell {entity} in Stepanakert{entity} and Shushi."
    assert list(mentions(gazetteer, text)) == ["Stepanakert", "Shushi"]


@pytest.mark.parametrize("sign", SIGNS)
def test_signs_beside_a_name_do_not_hide_it(gazetteer, sign):
    """Emoji, flags, marks of direction and broken signs are no part of a name."""
    found = mentions(gazetteer, f"Roads to {sign}Stepanakert{sign} and {sign}Shushi{sign} are open.")
    assert list(found.values()) == ["Stepanakert", "Shushi"]


def test_a_headline_in_capitals_names_what_its_text_names(gazetteer):
    """The same places with and without capitals."""
    text = "Shelling reported in Stepanakert and Shushi"
    assert list(mentions(gazetteer, text.upper())) == ["STEPANAKERT", "SHUSHI"]


@pytest.mark.parametrize("row", table("lower_case"), ids=[row["id"] for row in table("lower_case")])
def test_the_example_of_a_text_without_capitals_names_the_marked_place_alone(gazetteer, row):
    """Words of the row keep their neighbours from being names, or let them be."""
    before, name, after = row["example"].split("*")
    found = [outcome.mention for outcome in outcomes(gazetteer, before + name + after)]
    assert [(mention.start, mention.text) for mention in found] == [(len(before), name)]


def test_a_text_without_capitals_names_well_known_places(gazetteer):
    """What a post in small letters names is found; a people, a common word and a small namesake are not."""
    assert list(mentions(gazetteer, "shelling in shusha and stepanakert tonight")) == ["shusha", "stepanakert"]
    assert list(mentions(gazetteer, "armenia and azerbaijan agreed, the polish team was nice")) == [
        "armenia",
        "azerbaijan",
    ]
    assert mentions(gazetteer, "a nice reading of the most central order of the day") == {}


@pytest.mark.parametrize("piece", MONOTONOUS)
def test_a_monotonous_text_is_read_to_its_end(gazetteer, piece):
    """One sign or word over and over, as broken files have it."""
    text = piece * (20_000 // len(piece))
    free = 0
    for outcome in outcomes(gazetteer, text, language="en"):
        assert free <= outcome.mention.start < outcome.mention.end <= len(text)
        free = outcome.mention.end
