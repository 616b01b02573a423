"""Other readings of a name: short forms written out and back, generic terms stripped, and the place in an institution's name.

The words are data, ``data/rules/generics.csv``; case counts. By kind:

``short-before``, ``short-after``
    a short form before or after the rest of a name and what it stands for ("St." Saint, "Twp." Township), both ways
``before``, ``after``
    a generic term with what it names ("Province of X", "X River"); ``hint`` is the GeoNames class or code it asks for
``part``
    a word that makes a part of the place that follows ("Eastern X")
``seat``
    a word of institutions, sites and teams, which bear the name of the place where they are ("X Hospital")
``article``
    forms of the Arabic article, which one gazetteer writes and another leaves out ("Al X"); those of the letters that it
    takes the sound of stand before these letters alone
``common``
    words that are no place by themselves in such a name ("National Hospital")
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from geo.errors import DataError
from geo.gazetteer.rule_rows import rule_rows

COLUMNS = ("id", "lang", "kind", "words", "full", "hint", "example_from", "example_to")
KINDS = frozenset({"short-before", "short-after", "before", "after", "part", "seat", "article", "common"})
LONGEST, MOST_SPELLINGS, MOST_WORDS = 80, 8, 3
_THE = re.compile(r"^[Tt]he (?=\w)")
_LINK = re.compile(r"^(?:of|in|at|for|de|di)(?: the)? (?=\w)")
_POSSESSIVE = re.compile(r"'s?$")


@dataclass(frozen=True, slots=True)
class Rule:
    """A row of the table."""

    id: str
    kind: str
    words: tuple[str, ...]
    full: str
    hint: str
    example: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Reading:
    """Another name under which the place of a name may stand.

    Attributes
    ----------
    name : str
    hint : str
        The GeoNames class or the beginning of the code that a stripped term asks for, or "".
    at : bool
        Whether the named thing only lies or works at the place, or is a part of it.
    """

    name: str
    hint: str = ""
    at: bool = False


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rows of ``generics.csv``.

    Raises
    ------
    DataError
        When a row is wrong; with file and line.
    """
    return tuple(_rule(row, where) for row, where in rule_rows("generics", COLUMNS))


def _rule(row: dict[str, str], where: str) -> Rule:
    if row["kind"] not in KINDS or not row["words"]:
        raise DataError(f"{where}: kind {row['kind']!r} with words {row['words']!r}; expected one of {sorted(KINDS)}")
    words = tuple(row["words"].split("|"))
    return Rule(row["id"], row["kind"], words, row["full"], row["hint"], (row["example_from"], row["example_to"]))


def spellings(name: str) -> tuple[str, ...]:
    """Give a name with its short forms written out or its full forms shortened: the very same name, spelt otherwise.

    Parameters
    ----------
    name : str
        In normal form.

    Returns
    -------
    tuple of str
        Without the name itself.

    Examples
    --------
    >>> spellings("Fort Arden")
    ('Ft. Arden',)
    >>> "Saint Arden County" in spellings("St. Arden Co.")
    True
    """
    found = [name] if len(name) <= LONGEST else []
    for pattern, other in _shorts():
        changed = [pattern.sub(other, known) for known in found]
        found.extend(one for one in dict.fromkeys(changed) if one not in found)
    return tuple(found[1 : MOST_SPELLINGS + 1])


def articles(name: str) -> tuple[str, ...]:
    """Give a name with the Arabic article, or with another form of it or none: a last resort for a name that nothing has.

    Examples
    --------
    >>> articles("Najd"), articles("al-Tanf")
    (('Al Najd', 'El Najd', 'An Najd'), ('Al Tanf', 'El Tanf', 'At Tanf', 'Tanf'))
    """
    match = _with_article().match(name)
    rest = match["name"] if match else name
    if not rest[:1].isupper() or " " in rest or not rest.isascii():
        return ()
    sounds = (
        form for form in _words_in_order("article") if form[-1] == "l" or rest.lower().startswith(form[1:].lower())
    )
    return (*(f"{form} {rest}" for form in sounds), *([rest] if match else ()))


def readings(name: str) -> tuple[Reading, ...]:
    """Give other names under which the place of a name may stand, the most telling first.

    They are for a name that the gazetteer lacks in all its spellings: first without its generic term, then as a part of
    a place, then as an institution that bears a place's name.

    Parameters
    ----------
    name : str
        In normal form.

    Examples
    --------
    >>> readings("Kirkuk province")
    (Reading(name='Kirkuk', hint='ADM', at=False),)
    >>> [(reading.name, reading.at) for reading in readings("Arden District Court")]
    [('Arden District', True), ('Arden', True)]
    """
    if len(name) > LONGEST:
        return ()
    name = _THE.sub("", name)
    found = [*_stripped(name), *(Reading(part, at=True) for part in (*_whole(name), *_seats(name)))]
    deeper = [other for one in found for other in _whole_of_stripped(one)]
    return tuple({reading.name: reading for reading in reversed([*found, *deeper]) if reading.name != name}.values())[
        ::-1
    ]


def _whole_of_stripped(reading: Reading) -> Iterator[Reading]:
    """Yield what a reading is read as in turn: "Eastern Arden Province", then "Eastern Arden", then "Arden"."""
    yield from (Reading(other.name, other.hint, at=reading.at) for other in _stripped(reading.name))
    yield from (Reading(part, at=True) for part in _whole(reading.name))


def _stripped(name: str) -> Iterator[Reading]:
    """Yield a name without a generic term before or after it."""
    for pattern, hint in _generics():
        if match := pattern.match(name):
            yield Reading(match["name"], hint)


def _whole(name: str) -> Iterator[str]:
    """Yield the place that a name speaks of a part of."""
    if match := _pattern_before("part").match(name):
        yield match["name"]


def _seats(name: str) -> Iterator[str]:
    """Yield the places that may stand in an institution's name: what follows its word, then the words before it."""
    words = name.split(" ")
    seats, common = _words("seat"), _words("common")
    at = [place for place, word in enumerate(words) if word in seats]
    if not at or len(words) == 1:
        return
    after = " ".join(words[at[-1] + 1 :])
    candidates = [_LINK.sub("", after), words[-1]] if after else []
    candidates += [" ".join(words[:end]) for end in range(min(at[-1], MOST_WORDS + at[0]), 0, -1)]
    for candidate in candidates:
        place = _THE.sub("", candidate)
        if place and place[0].isupper() and not set(place.split(" ")) <= common | seats:
            yield _POSSESSIVE.sub("", place)


@cache
def _words(kind: str) -> frozenset[str]:
    return frozenset(word for rule in rules() if rule.kind == kind for word in rule.words)


def _words_in_order(kind: str) -> tuple[str, ...]:
    return tuple(word for rule in rules() if rule.kind == kind for word in rule.words)


@cache
def _with_article() -> re.Pattern[str]:
    return re.compile(rf"^(?:{'|'.join(_words_in_order('article'))})[ -](?P<name>.+)$", re.IGNORECASE)


def _any_of(words: tuple[str, ...] | frozenset[str]) -> str:
    """Give a pattern for words; a full stop may be missing."""
    return "|".join(re.escape(word).replace(r"\.", r"\.?") for word in sorted(words, key=lambda one: (-len(one), one)))


@cache
def _pattern_before(kind: str) -> re.Pattern[str]:
    return re.compile(rf"^(?:{_any_of(_words(kind))}) (?P<name>\w.*)$")


@cache
def _generics() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Give each pattern of a generic term with what it asks for."""
    return tuple(
        (
            re.compile(
                rf"^(?:{_any_of(rule.words)}) (?:the )?(?P<name>\w.*)$"
                if rule.kind == "before"
                else rf"^(?P<name>.+?) (?:{_any_of(rule.words)})$"
            ),
            rule.hint,
        )
        for rule in rules()
        if rule.kind in {"before", "after"}
    )


@cache
def _shorts() -> tuple[tuple[re.Pattern[str], str], ...]:
    """Give each pattern of a short form, or of what it stands for, with what replaces it."""
    pairs = []
    for rule in rules():
        for words, other in ((rule.words, rule.full), ((rule.full,), rule.words[0])):
            if rule.kind == "short-before":
                pairs.append((re.compile(rf"(?<![\w.])(?:{_any_of(words)})(?=[ -]\w)"), other))
            elif rule.kind == "short-after":
                pairs.append((re.compile(rf"(?<=\w )(?:{_any_of(words)})$"), other))
    return tuple(pairs)
