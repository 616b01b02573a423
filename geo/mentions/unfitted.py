"""The names of a text in a language that no weights were fitted on: listed or well-known names, their endings undone.

A word is kept as a name when it, or a form that it is inflected of, is listed in a table or is the name of a well-known
place. Words that are ordinary ones as well (``data/rules/common_words.csv``), adjectives, and what stands where a person
is named need more: a generic word beside them ("город", "rayonu").
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from geo.gazetteer.plain import plain
from geo.gazetteer.stack import Stack
from geo.mentions.features import NameFacts, name_facts
from geo.mentions.hints import fitting
from geo.mentions.inflection import Base, bases, letters
from geo.mentions.rules import rows
from geo.mentions.scan import Hit, beginnings, scan, scan_keys, spoken_regions

LEAST_MAGNITUDE, LEAST_FAME = 4, 3
LEAST_PLAIN, MOST_PARTS = 4, 5
REACH = 40
_PART = re.compile(r"\w+(?:'\w+)*")
_CAPITALS = re.compile(r"[^\W\d_]+(?:'\w+)*")
_OPENS = re.compile(r"(?:\A|[.!?:;…\"•])[\s\"'(\[-]*\Z")
_BEFORE = re.compile(r"([\w'-]+\.?) \Z")
_AFTER = re.compile(r" ([\w'-]+)")
_SCRIPTS = (("hy", "\u0530", "\u058f"), ("ka", "\u10a0", "\u10ff"), ("ru", "\u0400", "\u04ff"), ("ar", "\u0600", "\u06ff"))
_LATIN, _CYRILLIC, _ARABIC = frozenset({"az", "tr"}), frozenset({"ru", "uk"}), frozenset({"ar", "fa"})
_CASELESS = frozenset({"ka", "ar", "fa"})


@dataclass(frozen=True, slots=True)
class _Reading:
    """A span read as a form of a name; `name` is the listed spelling that tells what is known of it."""

    start: int
    end: int
    form: str
    name: str
    sort: str = ""


def selected(text: str, language: str, index: Stack) -> list[Hit]:
    """Give the spans of a text that are names of places, in order and without overlap.

    Parameters
    ----------
    text : str
        In the normal form of `geo.mentions.aligned.align`.
    language : str
        A primary language subtag, or "" where it is not known.
    index : Stack
        The compiled names.
    """
    exact = {hit.start: hit for hit in scan(text, index)}
    kept: list[Hit] = []
    for start, _ in beginnings(text):
        if kept and start < kept[-1].end:
            continue
        spoken = _language_at(text[start], language)
        readings = [*_inflected(text, start, spoken, index)]
        if start in exact:
            readings.append(_Reading(start, exact[start].end, exact[start].name, exact[start].name))
        best = _best([reading for reading in readings if _is_kept(reading, text, spoken, index, kept)], text, index)
        if best:
            kept.append(Hit(best.start, best.end, best.form))
    return kept


def _language_at(character: str, language: str) -> str:
    """Give the language whose endings a word may have: that of the report, or of a passage in another script."""
    spoken = next((other for other, first, last in _SCRIPTS if first <= character <= last), "")
    same = {"ru": _CYRILLIC, "ar": _ARABIC, "": _LATIN}.get(spoken, frozenset({spoken}))
    return language if language in same else spoken


def _inflected(text: str, start: int, language: str, index: Stack) -> Iterator[_Reading]:
    """Give the names that the words from `start` may be forms of, each word with its own ending."""
    heads: tuple[tuple[str, str], ...] = (("", ""),)
    position = start
    for _ in range(MOST_PARTS):
        part = _PART.match(text, position)
        if not part:
            return
        found, heads = _grown(index, heads, part.group(), text[part.end() : part.end() + 1], language)
        yield from (_Reading(start, part.end(), form, name, sort) for form, name, sort in found)
        if not heads:
            return
        position = part.end() + 1


@lru_cache(maxsize=100_000)
def _grown(
    index: Stack, heads: tuple[tuple[str, str], ...], word: str, sign: str, language: str
) -> tuple[tuple[tuple[str, str, str], ...], tuple[tuple[str, str], ...]]:
    """Give the names that end with this word, each as form, listed spelling and sort, and the beginnings of longer ones."""
    forms = [(head + base.form, base.sort or sort) for head, sort in heads for base in _forms(word, language)]
    found = [(form, form, sort) for form, sort in forms if index.readings(form)]
    if not any(_is_known(name_facts(index, form)) for form, _, _ in found):
        found += [(form, name, sort) for form, sort in forms for name in _alike(form, language, index)]
    longer = []
    if sign in (" ", "-") and sign:
        longer = [(form + sign, sort) for form, sort in forms if index.begins(form + sign)]
    return tuple(found), tuple(longer)


def _forms(word: str, language: str) -> list[Base]:
    """Give a word with its possible bases, those of a word in capitals in title case too."""
    forms = [Base(word), *bases(word, language)]
    other = _titled(word, language)
    if other != word:
        forms += [Base(other), *bases(other, language)]
    return forms


def _titled(word: str, language: str) -> str:
    if not word.isupper() or len(word) < LEAST_PLAIN:
        return word
    small = word.replace("İ", "i").replace("I", "ı") if language in _LATIN else word
    return word[0] + small[1:].lower()


def _alike(form: str, language: str, index: Stack) -> list[str]:
    """Give listed spellings that differ from a form in letters written either way, or in case and script."""
    if len(form) < LEAST_PLAIN:
        return []
    changed = letters(form, language)
    names = index.plain_names(plain(changed))
    if language in _ARABIC:
        return [name for name in names if letters(name, language) == changed]
    return [name for name in names if _is_known(name_facts(index, name))]


def _is_known(facts: NameFacts) -> bool:
    """Tell whether a name is listed in a table, or is the own name of a large or known place."""
    return facts.listed or (facts.places > 0 and facts.magnitude >= LEAST_MAGNITUDE and facts.fame >= LEAST_FAME)


def _best(readings: Sequence[_Reading], text: str, index: Stack) -> _Reading | None:
    """Give the reading that is meant: without a generic word, then the longest, as printed, the best known."""

    def rank(reading: _Reading) -> tuple[bool, int, bool, bool, int, int]:
        facts = name_facts(index, reading.name)
        exact = reading.form == text[reading.start : reading.end]
        return (
            fitting(text, reading.start, reading.end) is not None,
            reading.end,
            exact,
            facts.listed,
            facts.fame,
            facts.magnitude,
        )

    return max(readings, key=rank, default=None)


def _is_kept(reading: _Reading, text: str, language: str, index: Stack, kept: Sequence[Hit]) -> bool:
    """Tell whether a reading is the name of a place where it stands."""
    if not _is_known(name_facts(index, reading.name)):
        return False
    printed = text[reading.start : reading.end]
    generic = fitting(text, reading.start, reading.end)
    if generic:
        return True
    if reading.sort == "adjective" or _is_person(reading, text, language, kept):
        return False
    if printed.lower() not in _common(language):
        return True
    return language not in _CASELESS and not _OPENS.search(text[max(0, reading.start - REACH) : reading.start])


def _is_person(reading: _Reading, text: str, language: str, kept: Sequence[Hit]) -> bool:
    """Tell whether the words beside a reading make it a person's name."""
    before = _BEFORE.search(text, max(0, reading.start - REACH), reading.start)
    after = _AFTER.match(text, reading.end)
    if before and not (kept and kept[-1].end == before.end() - 1) and _speaks("before", "person", language, before[1]):
        return True
    return bool(after) and _speaks("after", "person", language, after[1])


def _speaks(side: str, what: str, language: str, word: str) -> bool:
    pattern = _evidence(side, what, language)
    return bool(pattern) and bool(pattern.fullmatch(word))


@cache
def _evidence(side: str, what: str, language: str) -> re.Pattern[str] | None:
    """Give the pattern of words that speak for something; ``*`` stands for the rest of a word."""
    words = [
        word
        for row in rows("evidence", language)
        if row["side"] == side and row["speaks"] == what
        for word in row["words"].split("|")
    ]
    return re.compile("|".join(map(_pattern, words))) if words else None


def _pattern(word: str) -> str:
    """Give the pattern of a word; the beginning of one that ends as told has a capital, where there are capitals."""
    return re.escape(word).replace(r"\*", r"\w*") if word[0] != "*" else rf"[^\W\d_a-zа-яա-և]\w*{re.escape(word[1:])}"


@cache
def _common(language: str) -> frozenset[str]:
    return frozenset(word for row in rows("common_words", language) for word in row["words"].split("|"))
