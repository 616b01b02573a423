"""Towns whose Latin names are spelt as a word in Arabic letters may be, where nobody listed that word.

Arabic and Persian leave short vowels out and write long ones, so a word has no single romanisation. What each letter may
be in Latin ones is data, ``data/rules/arabic_letters.csv``: ``pattern`` (a regular expression on what is left of the word) and
``latin`` (one on plain letters). Names are first found by the coarse classes of their consonants, which all languages'
ways to write them share, and then read letter by letter.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from functools import cache, lru_cache
from typing import NamedTuple

from geo.errors import DataError
from geo.gazetteer.plain import plain
from geo.gazetteer.rule_rows import rule_rows
from geo.gazetteer.stack import Stack

COLUMNS = ("id", "pattern", "latin", "example_from", "example_to")
# Of towns with so many people the own name is known everywhere, and of smaller ones where Arabic letters are at home.
LARGE, SMALL, LEAST_NAMES = 70_000, 10_000, 4
LEAST_LETTERS, LEAST_JOINED, MOST_LETTERS = 4, 7, 24
# Where Arabic letters are written, and the names of small places with them.
COUNTRIES = frozenset({
    "AE", "AF", "BH", "DJ", "DZ", "EG", "EH", "IQ", "IR", "JO", "KM", "KW", "LB", "LY", "MA", "MR", "OM", "PK", "PS", "QA", "SA",
    "SD", "SO", "SS", "SY", "TD", "TJ", "TN", "YE",
})  # fmt: skip
_WORD = re.compile("[\u0621-\u064a\u0671-\u06d3]+")
_MARKS = re.compile("[\u0640\u064b-\u0655\u0670]")
_ARTICLE = re.compile(r"^(?:al|el|ash|ath|adh|[ae][dnrstz])[ -](?=\w)", re.IGNORECASE)
_DOUBLED = re.compile(r"([a-z])\1+")
# A vowel that is not written may follow a consonant.
_UNWRITTEN, _VOWELS = (
    "(?:[ae]i|[aeiou])?",
    frozenset({"first-vowel", "long-a", "last-a", "last-h", "last-t", "hamza", "article"}),
)
_ARABIC = str.maketrans(
    {
        letter: group[0]
        for group in ("Pبپ", "Tتطد", "Sجچخزژسصشغقكکگ", "Mمن", "Lل", "Rر", "?ثذضظ")
        for letter in group[1:]
    }
    | dict.fromkeys("اأإآٱىءئؤعوهۀةحيیفڤ")
)
_LATIN = str.maketrans(
    {letter: group[0] for group in ("Pbp", "Ttd", "Sgkqcxsz", "Mmn", "Ll", "Rr") for letter in group[1:]}
    | dict.fromkeys("aeiouhyfvw")
)
_REPEATED = re.compile(r"(.)\1+")


class Letter(NamedTuple):
    """One row."""

    id: str
    pattern: str
    latin: str
    example: tuple[str, str]


@lru_cache(maxsize=100_000)
def towns_spelt(word: str, index: Stack) -> tuple[str, ...]:
    """Give the Latin names of towns, as listed, that a word in Arabic letters may spell; two short words only names of two.

    Parameters
    ----------
    word : str
        One word, or two with a space between.
    index : Stack
    """
    parts = _MARKS.sub("", word).split(" ")
    letters = "".join(parts)
    if not LEAST_LETTERS <= len(letters) <= MOST_LETTERS or not all(map(_WORD.fullmatch, parts)):
        return ()
    first = next((latin for letter, arabic, latin in _compiled() if arabic.match(letters)), None)
    if first is None:
        return ()
    near = ((name, _plain(name)) for key in _keys(letters) for name in _towns(index).get(key, ()))
    found = {
        name: form
        for name, form in near
        if first.match(form) and (len(parts) == 1 or len(letters) >= LEAST_JOINED or not name.isalpha())
    }
    # To compile a word takes longer than to pass over most of them.
    spelt = re.compile(latin(letters)) if found else first
    return tuple(name for name, form in found.items() if spelt.fullmatch(form))


def latin(word: str) -> str:
    """Give the regular expression of the plain Latin spellings, without doubled letters, of a word in Arabic letters."""
    found, at = [], 0
    while at < len(word):
        letter, match = next(
            ((letter, match) for letter, arabic, _ in _compiled() if (match := arabic.match(word, at))), (None, None)
        )
        if letter is None or match is None:
            return "(?!)"
        found.append(f"(?:{letter.latin}){'' if letter.id in _VOWELS else _UNWRITTEN}")
        at = match.end()
    return "".join(found)


@lru_cache(maxsize=100_000)
def _plain(name: str) -> str:
    return _DOUBLED.sub(r"\1", plain(name))


def _keys(letters: str) -> Iterator[str]:
    """Give the classes of the consonants of a word in Arabic letters; the lisped ones may be of two."""
    classes = letters.removeprefix("ال").translate(_ARABIC)
    for one in ("T", "S") if "?" in classes else ("",):
        yield _shortened(classes.replace("?", one))


def _latin_keys(name: str) -> Iterator[str]:
    """Give the classes of the consonants of a Latin name; a j may be a vowel, or a consonant."""
    classes = plain(_ARTICLE.sub("", name)).replace("ph", "f").translate(_LATIN)
    for j in ("S", "") if "j" in classes else ("",):
        yield _shortened(classes.replace("j", j))


def _shortened(classes: str) -> str:
    return _REPEATED.sub(r"\1", _REPEATED.sub(r"\1", classes).replace("TS", "S"))


@lru_cache(maxsize=2)
def _towns(stack: Stack) -> dict[str, list[str]]:
    """Give the names of towns by the classes of their consonants: of large ones their own, of others near by all."""
    import numpy as np  # noqa: PLC0415 - an open index has loaded it

    found: dict[str, dict[str, None]] = defaultdict(dict)
    for index in stack.indexes:
        towns = [code for code, feature in enumerate(index.features) if feature.startswith("PPL")]
        near = np.isin(index.columns["country"], [i for i, code in enumerate(index.countries) if code in COUNTRIES])
        people, feature = index.columns["population"], index.columns["feature"]
        large = np.isin(feature, towns) & (people >= LARGE)
        # Of some seats of districts nobody told how many people live there.
        names = index.columns["place_start"][1:] - index.columns["place_start"][:-1]
        small = near & np.isin(feature, towns) & ((people >= SMALL) | ((people == 0) & (names >= LEAST_NAMES)))
        for place in np.flatnonzero(large | small).tolist():
            for name in index.place_names(place) if near[place] else [index.name(place)]:
                if name[:1].isupper() and name[0] < "\u0250" and len(name) >= LEAST_LETTERS:
                    for key in _latin_keys(name):
                        found[key][name] = None
    return {key: list(names) for key, names in found.items()}


@cache
def letters() -> tuple[Letter, ...]:
    """Give the rows of ``arabic_letters.csv``, in the order in which they are tried.

    Raises
    ------
    DataError
        When a row is wrong; with file and line.
    """
    return tuple(_letter(row, where) for row, where in rule_rows("arabic_letters", COLUMNS))


def _letter(row: dict[str, str], where: str) -> Letter:
    for column in ("pattern", "latin"):
        try:
            re.compile(row[column])
        except re.error as error:
            raise DataError(f"{where}: {column} {row[column]!r} is no regular expression ({error})") from error
    return Letter(row["id"], row["pattern"], row["latin"], (row["example_from"], row["example_to"]))


@cache
def _compiled() -> tuple[tuple[Letter, re.Pattern[str], re.Pattern[str]], ...]:
    return tuple((letter, re.compile(letter.pattern), re.compile(letter.latin)) for letter in letters())
