"""The names of a text in a language that no weights were fitted on: listed or well-known names, their endings undone.

A word is kept as a name when it, or a form that it is inflected of, is listed in a table or is the name of a place that is
well known, or known where the language is at home (``data/rules/homes.csv``). Words that are ordinary ones as well, or
people's names (``data/rules/common_words.csv``), adjectives, and what stands where a person is named need more: a
generic word beside them ("город", "rayonu"), or an ending or a preposition that says where.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from geo.gazetteer.folding import look_up_keys
from geo.gazetteer.index import Index
from geo.gazetteer.plain import plain
from geo.gazetteer.stack import Stack
from geo.mentions.features import name_facts
from geo.mentions.hints import fitting
from geo.mentions.inflection import Base, bases, letters
from geo.mentions.rules import rows
from geo.mentions.scan import Hit, beginnings, scan

LEAST_MAGNITUDE, LEAST_FAME, WORLD_FAME = 4, 3, 5
LEAST_ALIKE, LEAST_KEYED, MOST_PARTS = 4, 4, 4
REACH = 40
_PART = re.compile(r"\w+(?:'\w+)*")
_OPENS = re.compile(r"(?:\A|[.!?:;…\"•])[\s\"'(\[-]*\Z")
_BEFORE = re.compile(r"(?<![\w'-])([\w'-]+\.?) \Z")
_AFTER = re.compile(r" ([\w'-]+)")
_SCRIPTS = (("hy", "\u0530", "\u058f"), ("ka", "\u10a0", "\u10ff"), ("ru", "\u0400", "\u04ff"), ("ar", "\u0600", "\u06ff"))
_LATIN, _CYRILLIC, _ARABIC = frozenset({"az", "tr"}), frozenset({"ru", "uk"}), frozenset({"ar", "fa"})
_CASELESS = frozenset({"ka", "ar", "fa"})
# Of these languages a locative or an ablative says by itself that a place is spoken of.
_SUFFIXING = frozenset({"az", "tr", "hy", "ka"})


@dataclass(frozen=True, slots=True)
class _Form:
    """A form that words may be read as: the listed spelling that tells what is known of it, and what its endings say."""

    form: str
    name: str
    sort: str = ""


@dataclass(frozen=True, slots=True)
class _Reading:
    """A span with a form that it may be read as."""

    start: int
    end: int
    read: _Form


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
        readings = list(_inflected(text, start, spoken, index))
        if start in exact:
            hit = exact[start]
            readings.append(_Reading(start, hit.end, _Form(hit.name, hit.name)))
        standing = [reading for reading in readings if _is_kept(reading, text, spoken, index, kept)]
        best = _best(standing, text, index)
        if best:
            kept.append(Hit(best.start, best.end, best.read.form))
    return kept


def _language_at(character: str, language: str) -> str:
    """Give the language whose endings a word may have: that of the report, or of a passage in another script."""
    spoken = next((other for other, first, last in _SCRIPTS if first <= character <= last), "")
    same = {"ru": _CYRILLIC, "ar": _ARABIC, "": _LATIN}.get(spoken, frozenset({spoken}))
    return language if language in same or (not spoken and language not in _CYRILLIC | _ARABIC) else spoken


def _inflected(text: str, start: int, language: str, index: Stack) -> Iterator[_Reading]:
    """Give the known names that the words from `start` may be forms of, each word with its own ending."""
    heads: tuple[Base, ...] = (Base(""),)
    position = start
    for _ in range(MOST_PARTS):
        part = _PART.match(text, position)
        if not part:
            return
        sign = text[part.end() : part.end() + 1]
        found, heads = _grown(index, heads, part.group(), sign if sign in (" ", "-") else "", language)
        yield from (_Reading(start, part.end(), form) for form in found)
        if not heads:
            return
        position = part.end() + 1


@lru_cache(maxsize=100_000)
def _grown(
    index: Stack, heads: tuple[Base, ...], word: str, sign: str, language: str
) -> tuple[tuple[_Form, ...], tuple[Base, ...]]:
    """Give the known names that end with this word, and the beginnings of longer ones with the sign after it."""
    forms = [Base(head.form + base.form, base.sort or head.sort) for head in heads for base in _forms(word, language)]
    found = [_Form(base.form, base.form, base.sort) for base in forms if is_known(index, base.form, language)]
    if not found:
        found = [_Form(base.form, name, base.sort) for base in forms for name in _alike(base.form, language, index)]
    longer = [Base(base.form + sign, base.sort) for base in forms if index.begins(base.form + sign)] if sign else []
    return tuple(found), tuple(longer)


def _forms(word: str, language: str) -> list[Base]:
    """Give a word with its possible bases, those of a word in capitals in title case too."""
    forms = [Base(word), *bases(word, language)]
    other = _titled(word, language)
    return forms if other == word else [*forms, Base(other), *bases(other, language)]


def _titled(word: str, language: str) -> str:
    if not word.isupper() or len(word) < LEAST_ALIKE:
        return word
    small = word.replace("İ", "i").replace("I", "ı") if language in _LATIN else word
    return word[0] + small[1:].lower()


def _alike(form: str, language: str, index: Stack) -> list[str]:
    """Give listed spellings that differ from a word in letters written either way, in script, or as folding keys allow."""
    if len(form) < LEAST_ALIKE or " " in form or "-" in form:
        return []
    changed = letters(form, language)
    names = index.plain_names(plain(changed))
    if language in _ARABIC:
        found = [name for name in names if letters(name, language) == changed]
    else:
        found = [name for name in names if " " not in name]
    return [name for name in found if is_known(index, name, language, foreign=True)]


@lru_cache(maxsize=100_000)
def is_known(index: Stack, name: str, language: str, *, foreign: bool = False) -> bool:
    """Tell whether a name is kept where no weights were fitted.

    Parameters
    ----------
    index : Stack
    name : str
        As listed.
    language : str
    foreign : bool
        Whether the name is listed in another spelling than the text's: then it is held to more.
    """
    facts = name_facts(index, name)
    if facts.listed and (not foreign or index.regions(name)):
        return True
    if facts.places == 0 or facts.magnitude < LEAST_MAGNITUDE or facts.fame < LEAST_FAME:
        return False
    homes = _homes(language)
    if not homes or (facts.magnitude > LEAST_MAGNITUDE and facts.fame >= WORLD_FAME + foreign):
        return True
    best = max((index.population(place), place) for place, _ in index.readings(name))[1]
    return index.first(best, Index.country) in homes


@cache
def _homes(language: str) -> frozenset[str]:
    return frozenset(country for row in rows("homes", language) for country in row["countries"].split("|"))


def _best(readings: Sequence[_Reading], text: str, index: Stack) -> _Reading | None:
    """Give the reading that is meant: beside a generic word, then the longest, as printed, the best known."""

    def rank(reading: _Reading) -> tuple[bool, int, bool, bool, int, int]:
        facts = name_facts(index, reading.read.name)
        exact = reading.read.form == text[reading.start : reading.end]
        beside = fitting(text, reading.start, reading.end) is not None
        return beside, reading.end, exact, facts.listed, facts.fame, facts.magnitude

    return max(readings, key=rank, default=None) if len(readings) != 1 else readings[0]


def _is_kept(reading: _Reading, text: str, language: str, index: Stack, kept: Sequence[Hit]) -> bool:
    """Tell whether a reading is the name of a place where it stands."""
    if not is_known(index, reading.read.name, language):
        return False
    if fitting(text, reading.start, reading.end):
        return True
    if reading.read.sort == "adjective" or _is_person(reading, text, language, kept):
        return False
    sort = _sort(text[reading.start : reading.end], reading.read.form, language)
    if not sort:
        return True
    before = text[max(0, reading.start - REACH) : reading.start]
    if sort == "word" and (language in _CASELESS or _OPENS.search(before)):
        return False
    return sort == "word" or _says_where(reading, before, language)


def _sort(printed: str, form: str, language: str) -> str:
    """Tell whether a word is an ordinary one ("word"), a "first name" or a "surname" as well, or nothing of this ("")."""
    common = _common(language)
    return common.get(printed.lower()) or common.get(form.lower(), "")


def _says_where(reading: _Reading, before: str, language: str) -> bool:
    """Tell whether an ending or a preposition says that something is at, in or near what is read."""
    word = _BEFORE.search(before)
    placed = bool(word) and _speaks("before", "place", language, word[1].lower())
    return placed or (language in _SUFFIXING and reading.read.sort == "place")


def _is_person(reading: _Reading, text: str, language: str, kept: Sequence[Hit]) -> bool:
    """Tell whether the words beside a reading make it a person's name."""
    before = _BEFORE.search(text[max(0, reading.start - REACH) : reading.start])
    after = _AFTER.match(text, reading.end)
    if before and not (kept and kept[-1].end == reading.start - 1):
        if _speaks("before", "person", language, before[1]) or _is_first_name(before[1], language):
            return True
    return bool(after) and _speaks("after", "person", language, after[1])


def _is_first_name(word: str, language: str) -> bool:
    return word[:1].isupper() and word.lower() in _first_names(language)


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
    if word[0] == "*":
        return rf"[^\W\d_a-zа-яա-և]\w*{re.escape(word[1:])}"
    return re.escape(word).replace(r"\*", r"\w*")


@cache
def _common(language: str) -> dict[str, str]:
    """Give the words that are no names of places for the most part, each with its sort; generic words are among them."""
    generic = [word for row in rows("type_hints", language) for word in row["words"].split("|")]
    return dict.fromkeys(generic, "word") | {
        word: row["sort"] for row in rows("common_words", language) for word in row["words"].split("|")
    }


@cache
def _first_names(language: str) -> frozenset[str]:
    return frozenset(
        word for row in rows("common_words", language) if row["sort"] == "first name" for word in row["words"].split("|")
    )
