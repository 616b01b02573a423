"""What the words of a text may be read as: known names, whole or with their endings undone, each word with its own."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from rapidfuzz import fuzz

from geo.gazetteer.folding import look_up_keys, sounds
from geo.gazetteer.index import Index
from geo.gazetteer.plain import plain
from geo.gazetteer.romanised import romanised
from geo.gazetteer.skeleton import COUNTRIES as WRITTEN
from geo.gazetteer.skeleton import towns_spelt
from geo.gazetteer.stack import Stack
from geo.mentions.evidence import ARABIC, CASELESS, CYRILLIC, LATIN, SUFFIXING, language_at, says_where
from geo.mentions.hints import fitting
from geo.mentions.inflection import Base, bases, letters
from geo.mentions.name_facts import name_facts
from geo.mentions.rules import rows
from geo.mentions.scan import Hit

LEAST_MAGNITUDE, LEAST_FAME, HOME_FAME, WORLD_FAME = 4, 3, 2, 5
LEAST_ALIKE, LEAST_KEY, LEAST_SOUND, LEAST_LONG_SOUND = 4, 5, 75, 70
# Names in Arabic letters have few sounds: a short key does where the sounds are all but the same.
LEAST_SHORT_KEY, LEAST_SHORT_SOUND = 3, 85
MOST_PARTS, LEAST_SPELT = 4, 5
# Towns with so many people are spoken of in every language, and need fewer names for it.
LARGE, LARGE_FAME = 100_000, 4
# Towns with so many are spoken of now and then.
TOWN = 30_000
# These write the parts of a name together or apart.
LOOSE = frozenset({"fa"})
# Vowel signs of Arabic letters are written or left out.
_MARKS = re.compile("[\u0640\u064b-\u0655\u0670]")
_PART = re.compile(r"[\w\u064b-\u0655\u0670]+(?:'\w+)*")
_PAIR = re.compile(r"([^\W\d_]\w+)([ -])([^\W\d_a-zа-яёіїєґա-և]\w+(?:'\w+)*)")
# Hardly a name with the Arabic article is listed in another script alone; words with it are too many.
_ARTICLE = "ال"
_TWO = re.compile(rf"{_PART.pattern} {_PART.pattern}")
_NOTHING = Base("")
# A seat of an administrative division, of whatever level.
_SEAT = "PPLA"


@dataclass(frozen=True, slots=True)
class Form:
    """A form that words may be read as: the listed spelling that tells what is known of it, and what its endings say.

    A `small` place is not widely known, or nobody listed its name in these letters.
    """

    form: str
    name: str
    sort: str = ""
    keyed: bool = False
    small: bool = False


@dataclass(frozen=True, slots=True)
class Reading:
    """A span with a form that it may be read as."""

    start: int
    end: int
    read: Form


def readings(text: str, start: int, language: str, index: Stack, exact: Hit | None) -> list[Reading]:
    """Give all that the words from `start` may be read as; a name with a generic word in it only where no other is."""
    found = list(_inflected(text, start, language, index))
    if not found and language in ARABIC:
        found = list(_spelt(text, start, language, index))
    if exact and not any(one.end == exact.end and one.read.form == exact.name for one in found):
        found.append(Reading(start, exact.end, Form(exact.name, exact.name)))
    word = _PART.match(text, start) if found else None
    if word and word.group() in _generic_before(language):
        # "Kirkuk" alone is the name in "the province of Kirkuk", where the gazetteer has both.
        rest = {one.end for one in _inflected(text, word.end() + 1, language, index)}
        return [one for one in found if one.end not in rest]
    return found


def _spelt(text: str, start: int, language: str, index: Stack) -> Iterator[Reading]:
    """Give the towns that one or two words may spell, where something beside them says that a place is meant."""
    for words in _TWO.match(text, start), _PART.match(text, start):
        for base in _forms(words.group(), language) if words else ():
            end = start + len(words.group()) if words else start
            # "By", "for" and "the" before the letters of a town make many a word, and so do a few letters after "in".
            told = not base.form.startswith(_ARTICLE) and says_where(text, start, end, "", language)
            if (told and len(base.form) >= LEAST_SPELT) or fitting(text, start, end):
                names = towns_spelt(base.form, index)
                yield from (Reading(start, end, Form(base.form, name, base.sort, small=True)) for name in names)


@cache
def _generic_before(language: str) -> frozenset[str]:
    hints = (row for row in rows("type_hints", language) if row["side"] == "before")
    return frozenset(word for row in hints for word in row["words"].split("|"))


def _inflected(text: str, start: int, language: str, index: Stack) -> Iterator[Reading]:
    """Give the known names that the words from `start` may be forms of, each word with its own ending."""
    heads: tuple[Base, ...] = (_NOTHING,)
    position = start
    for _ in range(MOST_PARTS):
        part = _PART.match(text, position)
        if not part:
            return
        sign = text[part.end() : part.end() + 1]
        found, heads = _grown(index, heads, part.group(), sign if sign in (" ", "-") else "", language)
        yield from (Reading(start, part.end(), form) for form in found)
        if not heads:
            break
        position = part.end() + 1
    pair = _PAIR.match(text, start)
    if pair and (language not in CASELESS or language in LOOSE):
        read = _heard_pair if language not in CASELESS else _joined_pair
        yield from (Reading(start, pair.end(), form) for form in read(index, pair[1], pair[2], pair[3], language))


@lru_cache(maxsize=100_000)
def _grown(
    index: Stack, heads: tuple[Base, ...], word: str, sign: str, language: str
) -> tuple[tuple[Form, ...], tuple[Base, ...]]:
    """Give the known names that end with this word, and the beginnings of longer ones with the sign after it."""
    forms = [Base(head.form + base.form, base.sort or head.sort) for head in heads for base in _forms(word, language)]
    found = [Form(base.form, base.form, base.sort) for base in forms if is_known(index, base.form, language)]
    if not found:
        # In Arabic letters the likeness is one of spelling alone: the listed one is the name's base form as well.
        found = [
            Form(name if language in ARABIC and " " not in name else base.form, name, base.sort)
            for base in forms
            for name in _alike(base.form, language, index)
        ]
    if not found:
        found = _local(forms, language, index)
    if not found and heads == (_NOTHING,):
        found = _heard(forms, language, index)
    longer = [Base(base.form + sign, base.sort) for base in forms if index.begins(base.form + sign)] if sign else []
    return tuple(found), tuple(longer)


def _local(forms: Sequence[Base], language: str, index: Stack) -> list[Form]:
    """Give the small places, of countries where the language is at home, that have one of the forms as their name."""
    found = []
    for base in forms if language in SUFFIXING else ():
        names = [base.form, *_spellings(base.form, language, index)]
        known = next((name for name in names if is_local(index, name, language)), "")
        if known:
            found.append(Form(base.form, known, base.sort, small=True))
    return found


def _heard(forms: Sequence[Base], language: str, index: Stack) -> list[Form]:
    """Give the forms that sound like a name of a regional table."""
    return [
        Form(base.form, name, base.sort, keyed=True)
        for base in forms
        if base.sort != "adjective" and len(base.form) >= LEAST_ALIKE and not base.form.startswith(_ARTICLE)
        for name in _keyed(base.form, language, index)
    ]


@lru_cache(maxsize=20_000)
def _heard_pair(index: Stack, first: str, sign: str, second: str, language: str) -> tuple[Form, ...]:
    """Give the forms of two words with capitals that sound like a name of two words."""
    forms = [
        Base(one.form + sign + other.form, other.sort)
        for one in _forms(first, language)
        for other in _forms(second, language)
        if one.sort != "adjective"
    ]
    return tuple(form for form in _heard(forms, language, index) if sign in form.name)


@lru_cache(maxsize=20_000)
def _joined_pair(index: Stack, first: str, sign: str, second: str, language: str) -> tuple[Form, ...]:
    """Give the known names that two words are when written together: many a listed name has no space."""
    found = []
    for one in [Base(clean(first, language)), *bases(clean(first, language), language)]:
        for other in _forms(second, language):
            form = one.form + sign + other.form
            if is_known(index, form, language):
                continue
            found += [Form(form, name, one.sort or other.sort) for name in _alike(form, language, index)]
    return tuple(found)


def _forms(word: str, language: str) -> list[Base]:
    """Give a word with its possible bases."""
    whole = clean(word, language)
    # In a line of capitals, what joins the parts of a name ("on the") keeps its small letters.
    joint = [Base(word.lower())] if word.isupper() and len(word) < LEAST_ALIKE and language in CYRILLIC else []
    return [Base(whole), *joint, *bases(whole, language)]


def _titled(word: str, language: str) -> str:
    if not word.isupper() or len(word) < LEAST_ALIKE:
        return word
    small = word.replace("İ", "i").replace("I", "ı") if language in LATIN else word
    return word[0] + small[1:].lower()


def _alike(form: str, language: str, index: Stack) -> list[str]:
    """Give listed spellings that differ from a word in letters written either way, in script, or by a regular romanisation."""
    parted = " " in form or "-" in form
    if (
        len(form) < LEAST_ALIKE
        or not homes(language)
        or (parted and language not in LOOSE)
        or _is_truncated(form, language)
    ):
        return []
    return [name for name in _spellings(form, language, index) if is_known(index, name, language, foreign=True)]


def _spellings(form: str, language: str, index: Stack) -> list[str]:
    """Give the listed names of one word, as that of the form, that share a plain form with it or its romanisation."""
    changed = letters(form, language)
    names = [name for other in (plain(changed), *romanised(changed)) for name in index.plain_names(other)]
    if language in ARABIC:
        same = _together if language in LOOSE else str
        return [name for name in names if same(letters(name, language)) == same(changed)]
    return [name for name in names if " " not in name]


def _together(text: str) -> str:
    return text.replace(" ", "").replace("-", "")


def _is_truncated(form: str, language: str) -> bool:
    """Tell whether a form lacks its ending: the base form of a Georgian name ends in a vowel."""
    return language == "ka" and form[-1] not in "აეიოუ"


@lru_cache(maxsize=100_000)
def _keyed(form: str, language: str, index: Stack) -> tuple[str, ...]:
    """Give the listed name that sounds most like a form: a capital's, or one of a region where the language is at home."""
    heard = sounds(form)
    found: dict[str, float] = {}
    for number, key in enumerate(look_up_keys(form)):
        # A long key says much by itself, and another reading of the letters has other sounds.
        least = LEAST_SOUND if number == 0 and len(key) == LEAST_KEY else LEAST_LONG_SOUND
        if len(key) < LEAST_KEY:
            if language not in ARABIC or len(key) < LEAST_SHORT_KEY:
                continue
            least = LEAST_SHORT_SOUND
        for name in index.keyed(key):
            alike = fuzz.ratio(heard, sounds(name))
            if alike >= least and _is_near(index, name, language):
                found[name] = alike
    likest = max(found, key=lambda name: (found[name], name), default="")
    return (likest,) if likest else ()


@lru_cache(maxsize=50_000)
def has_short_keys(form: str) -> bool:
    """Tell whether all keys of a form are short, so that it sounds like many a word."""
    return all(len(key) < LEAST_KEY for key in look_up_keys(form))


def _is_near(index: Stack, name: str, language: str) -> bool:
    """Tell whether a name is a capital's, or stands in the tables of a region where the language is at home."""
    if homes(language) and any(index.feature(place) == "PPLC" for place, _ in index.readings(name)):
        return True
    near = homes(language)
    return bool(index.regions(name)) and (
        not near
        or any(
            index.first(place, Index.country) in near or index.population(place) >= LARGE
            for place, _ in index.readings(name)
        )
    )


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
    near = homes(language)
    if not near:
        return magnitude >= LEAST_MAGNITUDE and round(fame) >= LEAST_FAME
    if magnitude > LEAST_MAGNITUDE and round(fame) >= WORLD_FAME + foreign:
        return True
    if index.population(place) >= LARGE and round(fame) >= LARGE_FAME + foreign:
        return True
    country = index.first(place, Index.country)
    if country == own(language) and index.feature(place).startswith(_SEAT) and not foreign:
        return True
    return country in near and magnitude >= LEAST_MAGNITUDE and round(fame) >= (HOME_FAME + foreign)


@lru_cache(maxsize=100_000)
def is_local(index: Stack, name: str, language: str) -> bool:
    """Tell whether a name is that of a place, however small, of a country where its language is the first one, or of a town."""
    countries = homes(language) & WRITTEN if language in ARABIC else {own(language)}
    return any(
        index.first(place, Index.country) in countries
        or (language not in LATIN and index.population(place) >= TOWN and _is_own_script(name, language))
        for place, _ in index.readings(name)
    )


def _is_own_script(name: str, language: str) -> bool:
    return language_at(name[0], "az") != "az" and language_at(name[0], language) == language


@cache
def homes(language: str) -> frozenset[str]:
    """Give the countries where a language is at home, none for one without rules of its own."""
    return frozenset(country for row in rows("homes", language) for country in row["countries"].split("|"))


@cache
def own(language: str) -> str:
    """Give the country, the first of its homes, whose district seats are known to a language however small; "" for none."""
    return next((row["countries"].split("|")[0] for row in rows("homes", language)), "")


def clean(text: str, language: str) -> str:
    """Give a spelling in title case, without vowel signs, and with letters that are written either way as the rules have them."""
    if language in ARABIC:
        return _MARKS.sub("", text)
    return letters(_titled(text, language), language)
