"""The names of a text in a language that no weights were fitted on: listed or well-known names, their endings undone.

A word is kept as a name when it, or a form that it is inflected of, is listed in a table or is the name of a place that is
well known, or known where the language is at home (``data/rules/homes.csv``). Words that are ordinary ones as well, or
people's names (``data/rules/common_words.csv``), adjectives, and what stands where a person is named need more: a
generic word beside them ("город", "rayonu"), or an ending or a preposition that says where.
"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from typing import Literal

from rapidfuzz import fuzz

from geo.gazetteer.folding import look_up_keys, sounds
from geo.gazetteer.index import Index
from geo.gazetteer.plain import plain
from geo.gazetteer.stack import Stack
from geo.mentions.aligned import title_case
from geo.mentions.features import name_facts
from geo.mentions.hints import fitting
from geo.mentions.inflection import Base, bases, letters
from geo.mentions.rules import rows
from geo.mentions.scan import Hit, beginnings, longest_at

LEAST_MAGNITUDE, LEAST_FAME, HOME_FAME, WORLD_FAME = 4, 3, 2, 5
LEAST_ALIKE, LEAST_KEY, LEAST_SOUND, LEAST_LONG_SOUND, SURE_SOUND = 4, 5, 75, 70, 90
LEAST_CASELESS, MOST_PARTS = 3, 4
WORTH_PRINTED, WORTH_LISTED = 3, 2
REACH, _BETWEEN = 40, 3
# Vowel signs of Arabic letters are written or left out.
_MARKS = re.compile("[\u0640\u064b-\u0655\u0670]")
_PART = re.compile(r"[\w\u064b-\u0655\u0670]+(?:'\w+)*")
_PAIR = re.compile(r"([^\W\d_]\w+)([ -])([^\W\d_a-zа-яёіїєґա-և]\w+)")
_OPENS = re.compile(r"(?:\A|[.!?:;…\"•])[\s\"'(\[-]*\Z")
_BEFORE = re.compile(r"(?<![\w'-])([\w'-]+\.?) \Z")
_AFTER = re.compile(r" ([\w'-]+)")
_SCRIPTS = (("hy", "\u0530", "\u058f"), ("ka", "\u10a0", "\u10ff"), ("ru", "\u0400", "\u04ff"), ("ar", "\u0600", "\u06ff"))
_LATIN, _CYRILLIC, _ARABIC = frozenset({"az", "tr"}), frozenset({"ru", "uk"}), frozenset({"ar", "fa"})
# Hardly a name with the Arabic article is listed in another script alone; words with it are too many.
_ARTICLE = "ال"
_NOTHING = Base("")
_CASELESS = frozenset({"ka", "ar", "fa"})
# Of these languages an ending or a prefix says by itself that a place is spoken of.
_SUFFIXING = frozenset({"az", "tr", "hy", "ka", "ar"})
# These decline names of places, so that one in its base form beside a word with a capital is rarely one.
_DECLINING = frozenset({"ru", "uk", "hy"})
# These set the endings of a name off with an apostrophe.
_APOSTROPHES = frozenset({"tr"})


# "sure"; or what needs the company of others: an ordinary word as well, a person's name as well, a spelling that only
# sounds like a name; or "no".
Verdict = Literal["sure", "word", "person", "heard", "no"]


@dataclass(frozen=True, slots=True)
class _Form:
    """A form that words may be read as: the listed spelling that tells what is known of it, and what its endings say."""

    form: str
    name: str
    sort: str = ""
    keyed: bool = False


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
    sure: list[_Reading] = []
    others: list[tuple[_Reading, Verdict]] = []
    titled = title_case(text)
    for start, end in beginnings(text):
        if sure and start < sure[-1].end:
            continue
        spoken = _language_at(text[start], language)
        readings = _readings(text, start, spoken, index, longest_at(text, titled, start, end, index))
        if not readings:
            continue
        verdicts = [_verdict(reading, text, spoken, index, sure) for reading in readings]
        best = _best([one for one, verdict in zip(readings, verdicts, strict=True) if verdict == "sure"], text, spoken, index)
        if best:
            sure.append(best)
        else:
            others += zip(readings, verdicts, strict=True)
    kept = [*sure, *_apart(_in_company(others, sure, index), sure, text, language, index)]
    return [Hit(one.start, one.end, one.read.form) for one in sorted(kept, key=lambda one: one.start)]


def _in_company(
    others: Sequence[tuple[_Reading, Verdict]], sure: Sequence[_Reading], index: Stack
) -> list[_Reading]:
    """Give the readings that lie in a region of which another name of the text speaks, or the word beside them."""
    doubtful = [(reading, verdict, index.regions(reading.read.name)) for reading, verdict in others if verdict != "no"]
    speaking: dict[str, set[int]] = {}
    for reading in (*sure, *(one for one, verdict, _ in doubtful if verdict == "heard")):
        for region in index.regions(reading.read.name):
            speaking.setdefault(region, set()).add(reading.start)
    words = [(one, regions) for one, verdict, regions in doubtful if verdict == "word"]
    return [
        one
        for one, verdict, regions in doubtful
        if any(speaking.get(region, set()) - {one.start} for region in regions)
        or (verdict == "word" and any(_side_by_side(one, other) and regions & also for other, also in words))
    ]


def _apart(
    company: Sequence[_Reading], sure: Sequence[_Reading], text: str, language: str, index: Stack
) -> list[_Reading]:
    """Give the best of the readings at each place where nothing else stands."""
    kept: list[_Reading] = []
    for start in sorted({one.start for one in company}):
        best = _best([one for one in company if one.start == start], text, language, index)
        if best and all(best.end <= one.start or best.start >= one.end for one in (*sure, *kept)):
            kept.append(best)
    return kept


def _side_by_side(one: _Reading, other: _Reading) -> bool:
    """Tell whether no more than a comma or a short word for "and" stands between two readings."""
    return 0 < max(one.start, other.start) - min(one.end, other.end) <= _BETWEEN


def _readings(text: str, start: int, language: str, index: Stack, exact: Hit | None) -> list[_Reading]:
    """Give all that the words from `start` may be read as; a name with a generic word in it only where no other is."""
    found = list(_inflected(text, start, language, index))
    if exact and not any(one.end == exact.end and one.read.form == exact.name for one in found):
        found.append(_Reading(start, exact.end, _Form(exact.name, exact.name)))
    word = _PART.match(text, start) if found else None
    if word and word.group() in _generic_before(language):
        # "Kirkuk" alone is the name in "the province of Kirkuk", where the gazetteer has both.
        rest = {one.end for one in _inflected(text, word.end() + 1, language, index)}
        return [one for one in found if one.end not in rest]
    return found


@cache
def _generic_before(language: str) -> frozenset[str]:
    hints = (row for row in rows("type_hints", language) if row["side"] == "before")
    return frozenset(word for row in hints for word in row["words"].split("|"))


@lru_cache(maxsize=2000)
def _language_at(character: str, language: str) -> str:
    """Give the language whose endings a word may have: that of the report, or of a passage in another script."""
    spoken = next((other for other, first, last in _SCRIPTS if first <= character <= last), "")
    same = {"ru": _CYRILLIC, "ar": _ARABIC, "": _LATIN}.get(spoken, frozenset({spoken}))
    return language if language in same or (not spoken and language not in _CYRILLIC | _ARABIC) else spoken


def _inflected(text: str, start: int, language: str, index: Stack) -> Iterator[_Reading]:
    """Give the known names that the words from `start` may be forms of, each word with its own ending."""
    heads: tuple[Base, ...] = (_NOTHING,)
    position = start
    for _ in range(MOST_PARTS):
        part = _PART.match(text, position)
        if not part:
            return
        sign = text[part.end() : part.end() + 1]
        found, heads = _grown(index, heads, part.group(), sign if sign in (" ", "-") else "", language)
        yield from (_Reading(start, part.end(), form) for form in found)
        if not heads:
            break
        position = part.end() + 1
    pair = _PAIR.match(text, start)
    if pair and language not in _CASELESS:
        yield from (_Reading(start, pair.end(), form) for form in _heard_pair(index, pair[1], pair[2], pair[3], language))


@lru_cache(maxsize=100_000)
def _grown(
    index: Stack, heads: tuple[Base, ...], word: str, sign: str, language: str
) -> tuple[tuple[_Form, ...], tuple[Base, ...]]:
    """Give the known names that end with this word, and the beginnings of longer ones with the sign after it."""
    forms = [Base(head.form + base.form, base.sort or head.sort) for head in heads for base in _forms(word, language)]
    found = [_Form(base.form, base.form, base.sort) for base in forms if is_known(index, base.form, language)]
    if not found:
        # In Arabic letters the likeness is one of spelling alone: the listed one is the name's base form as well.
        found = [
            _Form(name if language in _ARABIC else base.form, name, base.sort)
            for base in forms
            for name in _alike(base.form, language, index)
        ]
    if not found and heads == (_NOTHING,):
        found = _heard(forms, language, index)
    longer = [Base(base.form + sign, base.sort) for base in forms if index.begins(base.form + sign)] if sign else []
    return tuple(found), tuple(longer)


def _heard(forms: Sequence[Base], language: str, index: Stack) -> list[_Form]:
    """Give the forms that sound like a name of a regional table."""
    return [
        _Form(base.form, name, base.sort, keyed=True)
        for base in forms
        if base.sort != "adjective" and len(base.form) >= LEAST_ALIKE and not base.form.startswith(_ARTICLE)
        for name in _keyed(base.form, language, index)
    ]


@lru_cache(maxsize=20_000)
def _heard_pair(index: Stack, first: str, sign: str, second: str, language: str) -> tuple[_Form, ...]:
    """Give the forms of two words with capitals that sound like a name of two words."""
    forms = [
        Base(one.form + sign + other.form, other.sort)
        for one in _forms(first, language)
        for other in _forms(second, language)
        if one.sort != "adjective"
    ]
    return tuple(form for form in _heard(forms, language, index) if sign in form.name)


def _forms(word: str, language: str) -> list[Base]:
    """Give a word with its possible bases."""
    clean = _clean(word, language)
    return [Base(clean), *bases(clean, language)]


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
def _keyed(form: str, language: str, index: Stack) -> tuple[str, ...]:
    """Give the listed name that sounds most like a form: a capital's, or one of a region where the language is at home."""
    heard = sounds(form)
    found: dict[str, float] = {}
    for number, key in enumerate(look_up_keys(form)):
        # A long key says much by itself, and another reading of the letters has other sounds.
        least = LEAST_SOUND if number == 0 and len(key) == LEAST_KEY else LEAST_LONG_SOUND
        for name in index.keyed(key) if len(key) >= LEAST_KEY else ():
            alike = fuzz.ratio(heard, sounds(name))
            if alike >= least and _is_near(index, name, language):
                found[name] = alike
    likest = max(found, key=lambda name: (found[name], name), default="")
    return (likest,) if likest else ()


def _is_near(index: Stack, name: str, language: str) -> bool:
    """Tell whether a name is a capital's, or stands in the tables of a region where the language is at home."""
    if any(index.feature(place) == "PPLC" for place, _ in index.readings(name)):
        return True
    homes = _homes(language)
    return bool(index.regions(name)) and any(index.first(place, Index.country) in homes for place, _ in index.readings(name))


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
    if index.regions(name) or (name_facts(index, name).listed and not foreign):
        return True
    return any(_is_large(index, place, language, foreign) for place, _ in index.readings(name))


def _is_large(index: Stack, place: int, language: str, foreign: bool) -> bool:  # noqa: FBT001 - passed on
    """Tell whether a place is large, and known by many names or where the language is at home."""
    fame = math.log2(1 + index.name_count_of(place))
    magnitude = round(math.log10(1 + index.population(place)))
    homes = _homes(language)
    if not homes:
        return magnitude >= LEAST_MAGNITUDE and round(fame) >= LEAST_FAME
    if magnitude > LEAST_MAGNITUDE and round(fame) >= WORLD_FAME + foreign:
        return True
    at_home = index.first(place, Index.country) in homes
    return at_home and magnitude >= LEAST_MAGNITUDE and round(fame) >= (HOME_FAME + foreign)


@cache
def _homes(language: str) -> frozenset[str]:
    return frozenset(country for row in rows("homes", language) for country in row["countries"].split("|"))


def _best(readings: Sequence[_Reading], text: str, language: str, index: Stack) -> _Reading | None:
    """Give the reading that is meant: beside a generic word, then the longest, then as printed or much better known."""

    def rank(reading: _Reading) -> tuple[bool, int, float, bool, int]:
        facts = name_facts(index, reading.read.name)
        printed = _clean(text[reading.start : reading.end], language)
        if reading.read.keyed:
            worth = fuzz.ratio(sounds(reading.read.form), sounds(reading.read.name)) / 100
        else:
            worth = facts.fame + WORTH_PRINTED * (reading.read.form == printed) + WORTH_LISTED * facts.listed
        beside = fitting(text, reading.start, reading.end) is not None
        return beside, reading.end, worth, facts.primary, facts.magnitude

    return max(readings, key=rank, default=None) if len(readings) != 1 else readings[0]


def _clean(text: str, language: str) -> str:
    """Give a spelling in title case, without vowel signs, and with letters that are written either way as the rules have them."""
    if language in _ARABIC:
        return _MARKS.sub("", text)
    return letters(_titled(text, language), language)


def _verdict(reading: _Reading, text: str, language: str, index: Stack, sure: Sequence[_Reading]) -> Verdict:
    """Tell whether a reading is the name of a place where it stands."""
    if not reading.read.keyed and not is_known(index, reading.read.name, language):
        return "no"
    if fitting(text, reading.start, reading.end):
        return "sure"
    if reading.read.sort == "adjective" or _is_person(reading, text, language, sure):
        return "no"
    printed = text[reading.start : reading.end]
    before = text[max(0, reading.start - REACH) : reading.start]
    if reading.read.keyed:
        if _says_where(reading, before, language):
            return "sure"
        if _sort(printed, reading.read.form, language):
            return "no"
        alike = fuzz.ratio(sounds(reading.read.form), sounds(reading.read.name))
        return "heard" if language in _CASELESS and alike < SURE_SOUND else "sure"
    return _of_sort(_sort(printed, reading.read.form, language), reading, printed, before, language, index)


def _of_sort(sort: str, reading: _Reading, printed: str, before: str, language: str, index: Stack) -> Verdict:
    """Give the verdict for a word that is an ordinary one, or a person's name, as well; `sort` tells."""
    opens = bool(_OPENS.search(before))
    apart = "'" in printed and "'" not in reading.read.form
    bare = printed == reading.read.form
    if not sort:
        short = language in _CASELESS and len(printed) < LEAST_CASELESS
        joined = language in _APOSTROPHES and opens and not apart and not bare
        return "no" if short else "word" if joined else "sure"
    placed = _says_where(reading, before, language)
    if sort == "word":
        if apart or (language not in _CASELESS and not opens):
            return "sure"
        regional = placed and reading.read.sort == "place" and bool(index.regions(reading.read.name))
        return "sure" if regional else "word"
    if placed or name_facts(index, reading.read.name).sort in ("capital", "country"):
        return "sure"
    if sort == "either":
        return "word"
    return "no" if opens else "person"


def _sort(printed: str, form: str, language: str) -> str:
    """Tell whether a word is an ordinary one ("word"), a "first name" or a "surname" as well, or nothing of this ("")."""
    common = _common(language)
    sort = common.get(printed.lower()) or common.get(form.lower(), "")
    return sort or ("surname" if _speaks("self", "person", language, printed) else "")


def _says_where(reading: _Reading, before: str, language: str) -> bool:
    """Tell whether an ending or a preposition says that something is at, in or near what is read."""
    word = _BEFORE.search(before)
    placed = bool(word) and _speaks("before", "place", language, word[1].lower())
    return placed or (language in _SUFFIXING and reading.read.sort == "place")


def _is_person(reading: _Reading, text: str, language: str, sure: Sequence[_Reading]) -> bool:
    """Tell whether the words beside a reading make it a person's name."""
    before = _BEFORE.search(text[max(0, reading.start - REACH) : reading.start])
    if before and not (sure and sure[-1].end == reading.start - 1):
        word = before[1]
        if _speaks("before", "person", language, word.lower()) or _is_first_name(word, language):
            return True
    after = _AFTER.match(text, reading.end)
    if after and _speaks("after", "person", language, after[1]):
        return True
    # "Софья Донская" may be two places, but nobody writes these side by side.
    bare = language in _DECLINING and text[reading.start : reading.end] == reading.read.form
    return bare and _beside_capital(before, after, text, reading)


def _beside_capital(
    before: re.Match[str] | None, after: re.Match[str] | None, text: str, reading: _Reading
) -> bool:
    """Tell whether a word with a capital, that opens no sentence, stands directly before or after a reading."""
    if after and after[1][:1].isupper() and not after[1].isupper():
        return True
    if not before or not before[1][:1].isupper() or before[1].isupper():
        return False
    start = reading.start - len(before[1]) - 1
    return not _OPENS.search(text[max(0, start - REACH) : start])


def _is_first_name(word: str, language: str) -> bool:
    capital = word[:1].isupper() or language in _CASELESS
    return capital and word.lower() in _first_names(language)


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
