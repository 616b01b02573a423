"""What a pattern needs is in every text that it matches."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import DataError
from geo.mentions import rules
from geo.mentions.frames import frames_of
from geo.mentions.masks import MACROS
from geo.mentions.pattern_needs import expansions, leads, needs
from geo.mentions.rules import Row, filled, rows, words
from geo.mentions.speakers import grammar
from geo.mentions.triggers import Starts, Triggers, compiled, for_lower_case, lower, may_match, words_of

PATTERNS = [filled(row, {**words("en"), **MACROS}) for row in rows("roles", "en") if row["pattern"]]
EVENTS = [row["pattern"] for row in rows("events", "en")]
EXAMPLES = [
    row["example"] for name in ("roles", "events", "frames", "verbs", "institutions") for row in rows(name, "en")
]
WORDS = st.one_of(
    st.sampled_from(
        ["shells", "hit", "near", "the", "town", "of", "and", ",", "forces", "12", "km", "from", "in", "5km"]
    ),
    st.sampled_from(["border", "road", "to", "said", "Westmark's", "\ue000\ue00f", "\ue001"]),
)
TEXTS = st.lists(WORDS, max_size=14).map(" ".join)


@pytest.mark.parametrize(
    ("pattern", "text", "may"),
    [
        (r"\b(?:shells?|rockets) (?:hit|struck)", "the rockets struck", True),
        (r"\b(?:shells?|rockets) (?:hit|struck)\b", "the rockets missed", False),
        (r"\bshell\w*", "nothing of it", True),
        (r"(?:a|the)? ?fires?\b", "fires", True),
        (r"\d+ ?km", "5km", True),
        (r"\b(?:near|close to) \w+", "far away", False),
    ],
)
def test_needs_are_told_or_left_open(pattern: str, text: str, *, may: bool) -> None:
    assert may_match(needs(pattern), words_of(text)) is may


@given(TEXTS)
def test_no_rule_that_would_match_is_left_out(text: str) -> None:
    within = set(Triggers(PATTERNS).within(words_of(lower(text))))
    matching = {number for number, one in enumerate(PATTERNS) if re.search(one, text, re.IGNORECASE)}
    assert matching <= within


@pytest.mark.parametrize("text", EXAMPLES)
def test_every_match_begins_where_it_may(text: str) -> None:
    starts = Starts(EVENTS)
    lowered = lower(text)
    for number, pattern in enumerate(EVENTS):
        for found in re.finditer(rf"\b(?:{pattern})", lowered):
            assert number in starts.at(lowered, found.start()), found
        assert {found.start() for found in re.finditer(rf"\b(?:{pattern})", lowered)} <= dict(
            starts.within(lowered)
        ).keys()
    speakers = grammar("en")
    assert {found.start() for found in speakers.speaker.compiled.finditer(text)} <= dict(
        speakers.starts.within(lowered)
    ).keys()


@pytest.mark.parametrize("text", EXAMPLES)
def test_a_rule_compiled_with_its_first_letters_finds_the_same(text: str) -> None:
    for pattern in PATTERNS:
        plain = re.compile(pattern, re.IGNORECASE)
        assert [one.span() for one in compiled(pattern).finditer(text)] == [one.span() for one in plain.finditer(text)]


def test_what_is_open_is_told_as_open() -> None:
    assert needs(r"\w+ \w+") == ()
    assert leads(r"\w+", 4) == {""}
    assert expansions(r"\w+") == frozenset()


@given(st.text(max_size=30))
def test_lower_case_keeps_the_length(text: str) -> None:
    assert len(lower(text)) == len(text)


@given(st.text(max_size=30))
def test_the_words_of_a_text_are_its_runs_of_letters(text: str) -> None:
    assert words_of(text) == set(re.findall(r"[^\W\d_]+", lower(text)))


@pytest.mark.parametrize("text", EXAMPLES)
def test_a_rule_in_lower_case_finds_the_same(text: str) -> None:
    for pattern in PATTERNS:
        plain = re.compile(pattern, re.IGNORECASE)
        lowered = for_lower_case(pattern).finditer(lower(text))
        assert [one.span() for one in lowered] == [one.span() for one in plain.finditer(text)]


@pytest.mark.parametrize("text", EXAMPLES)
def test_speakers_are_found_in_lower_case_wherever_they_are_as_printed(text: str) -> None:
    speakers = grammar("en")
    for found in speakers.speaker.compiled.finditer(text):
        assert speakers.lowered.match(lower(text), found.start()), found


def test_an_invalid_pattern_is_told_with_its_table_and_line(monkeypatch: pytest.MonkeyPatch) -> None:
    row = Row("events", 7, {"id": "x", "lang": "en", "event": "fire", "pattern": "fires?(", "note": "", "example": ""})
    listed = rules.table
    monkeypatch.setattr(rules, "table", lambda name: (row,) if name == "events" else listed(name))
    with (
        pytest.raises(DataError, match=r"events\.csv:7: pattern is no regular expression: missing \)"),
        rules.naming_faults(),
    ):
        needs(row["pattern"])


def test_no_attribution_is_sought_in_a_sentence_without_its_words() -> None:
    assert frames_of("en").triggers.within(frozenset({"shells", "hit", "and", "the", "harbour"})) == []
