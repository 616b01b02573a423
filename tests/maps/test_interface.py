"""The page's own words: complete in every language, each used, each known."""

from __future__ import annotations

import csv
import json
import re
from pathlib import Path

import pytest
from babel import Locale

from geo.errors import UsageError
from geo.gazetteer.features import _WORDS as FEATURES
from geo.maps import render
from geo.maps.bundle import ASSETS
from geo.maps.interface import interface, languages, spoken

ROOT = Path(__file__).parents[2]


def table(path):
    return list(csv.DictReader((ROOT / "data" / path).read_text(encoding="utf-8").splitlines()))


ROWS = table("interface.csv")
KEYS = {row["key"].partition("#")[0] for row in ROWS}
SOURCES = [
    *ASSETS.glob("*.js"),
    *ASSETS.glob("*.j2"),
    *(ROOT / "geo" / "maps").glob("*.py"),
    ROOT / "geo" / "builds.py",
]
CODE = "\n".join(path.read_text(encoding="utf-8") for path in SOURCES)
MADE = ("about.", "casualties.", "event.", "feature.", "flag.", "name.")
"""Areas whose keys end in a code of the data."""


def placeholders(text):
    return set(re.findall(r"\{(\w+)\}", text))


def forms(language):
    """Give the CLDR categories of the numbers that are counted."""
    return {Locale.parse(language).plural_form(n) for n in range(200)}


@pytest.mark.parametrize("language", languages())
def test_every_text_is_told_in_every_language(language):
    wanted = forms(language)
    missing = [
        row["key"] for row in ROWS if not row[language] and row["key"].partition("#")[2] in {"", "other", *wanted}
    ]
    assert missing == []


def test_a_text_has_the_same_placeholders_in_every_language():
    for row in ROWS:
        texts = [row[language] for language in languages() if row[language]]
        by_form = {frozenset(placeholders(text) - {"n"}) for text in texts}
        assert len(by_form) == 1, row["key"]
        assert all(placeholders(text) >= {"n"} for text in texts) or "{n}" not in row["en"] + row["ru"], row["key"]


def test_texts_begin_and_end_as_they_should():
    for row in ROWS:
        for language in languages():
            assert row[language] == row[language].strip(), row["key"]
            assert not re.search(r"[<>]|  ", row[language]), row["key"]


def test_every_key_in_the_code_is_in_the_table():
    named = set(re.findall(r"""(?<![\w.])(?:t|tNodes|say|hasText)\(\s*"([\w.]+)\"""", CODE)) | set(
        re.findall(r"""\bsay\("([\w.]+)\"""", CODE)
    )
    assert named
    assert named - KEYS == set()


def test_every_event_kind_and_feature_has_a_word():
    assert {f"event.{row['id']}" for row in table("rules/event_kinds.csv")} <= KEYS
    english = {row["key"]: row["en"] for row in ROWS}
    assert {code: english.get(f"feature.{code}") for code in FEATURES} == FEATURES


def test_a_language_is_a_column_and_needs_no_code():
    assert languages() == tuple(ROWS[0])[1:]


def test_numbers_choose_their_form_and_are_grouped_as_the_language_does():
    told = [interface("ru").say("count.places", n=n) for n in (1, 2, 5, 21, 1000)]
    assert told == ["1 место", "2 места", "5 мест", "21 место", "1\xa0000 мест"]
    assert interface("en").say("count.places", n=1000) == "1,000 places"


def test_a_language_without_a_column_is_refused_with_those_that_there_are():
    with pytest.raises(UsageError, match="expected one of en, az, hy, ru, tr, fr"):
        interface("xx")
    assert spoken("xx") == "en"
    assert spoken("az-Latn") == "az"


@pytest.mark.parametrize("language", languages())
def test_a_page_speaks_one_language_and_holds_no_other(page_example, language):
    page_example["meta"]["language"] = language
    text = render(page_example)
    assert text.startswith(f'<!DOCTYPE html>\n<html lang="{language}" dir="ltr" class="unscripted">')
    found = re.search(r'<script type="application/json" id="allonym-words">(.*?)</script>', text, re.DOTALL)
    words = json.loads(found.group(1))
    assert words["language"] == language
    assert words["texts"] == interface(language).texts
    assert words["texts"]["tab.places"] in text


def test_every_key_of_the_table_is_in_the_code():
    words = set(re.findall(r"""["`]([\w.]+)["`]""", CODE))
    prefixes = {found for found in re.findall(r"`([\w.]+\.)\$\{", CODE) if found} | set(MADE)
    unused = [key for key in KEYS if key not in words and not any(key.startswith(prefix) for prefix in prefixes)]
    assert sorted(unused) == []


def test_no_text_stands_in_the_scripts_themselves():
    """A literal that reads like a sentence: two words and a capital at the beginning."""
    found = [
        (path.name, text)
        for path in ASSETS.glob("*.js")
        if path.name not in {"folium_shim.js", "embed.js"}
        for line in path.read_text(encoding="utf-8").splitlines()
        for text in re.findall(r'"([A-Z][a-z]+(?: [a-z]+)+[^"]*)"', line.partition("// ")[0])
        if "Noto" not in text
    ]
    assert found == []
