"""Undo the endings and prefixes of a word: the forms that a name may have in the gazetteer, by the rules of a language.

The rules are data, ``data/rules/inflections.csv``. A row takes away one of its ``endings`` (``side`` says where: ``after``,
``before``, or ``within`` for letters that two spellings differ in) where what is left ends as ``stem`` asks, and puts one
of ``base`` instead. Rows act from the outside in: each has a ``slot``, and after a row only rows with a smaller one may
act. ``~`` stands for the suffix of an adjective until another row has put in what the adjective was made of.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, lru_cache

from geo.mentions.rules import Row, table

SIDES = ("after", "before", "within")
SORTS = ("", "place", "adjective")
LEAST_STEM, LEAST_FORM, LONGEST_WORD = 1, 2, 40
_OPEN = "~"


@dataclass(frozen=True, slots=True)
class Base:
    """A form that a word may be an inflected form of.

    Attributes
    ----------
    form : str
    sort : str
        ``place`` when an ending said where or from where, ``adjective`` when it made an adjective of a name, or "".
    """

    form: str
    sort: str = ""


@dataclass(frozen=True, slots=True)
class _Rule:
    """One ending of a row."""

    slot: int
    stem: re.Pattern[str]
    base: tuple[str, ...]
    sort: str


@dataclass(frozen=True, slots=True)
class _Rules:
    """The rows of a language, by ending."""

    after: dict[str, list[_Rule]]
    before: dict[str, list[_Rule]]
    within: tuple[tuple[str, str], ...]
    longest: int
    outermost: int


@lru_cache(maxsize=50_000)
def bases(word: str, language: str) -> tuple[Base, ...]:
    """Give the forms that a word may be an inflected form of, without the word itself, each once.

    Parameters
    ----------
    word : str
        In normal form, with the capitals that a name has.
    language : str
        A primary language subtag; one without rules gives nothing.

    Examples
    --------
    >>> [base.form for base in bases("Roma'dakilerin", "tr")][-1]
    'Roma'
    """
    rules = _rules(language)
    if rules is None or len(word) > LONGEST_WORD:
        return ()
    found: dict[str, Base] = {}
    todo = [(Base(word), rules.outermost + 1)]
    while todo:
        base, limit = todo.pop()
        for inner, slot in _undone(base, limit, rules):
            todo.append((inner, slot))
            if _OPEN not in inner.form and inner.form != word and len(inner.form) >= LEAST_FORM:
                found.setdefault(inner.form, inner)
    return tuple(found.values())


def letters(text: str, language: str) -> str:
    """Give a spelling with those letters replaced that a language's rules say are written either way.

    Examples
    --------
    >>> letters("Կիեւ", "hy")
    'Կիև'
    """
    rules = _rules(language)
    for written, other in rules.within if rules else ():
        text = text.replace(written, other)
    return text


def languages() -> frozenset[str]:
    """Give the languages that have rules."""
    return frozenset(row["lang"] for row in table("inflections"))


def _undone(base: Base, limit: int, rules: _Rules) -> Iterator[tuple[Base, int]]:
    """Give what one more row makes of a form, with the slot below which others may act."""
    form = base.form
    for size in range(min(rules.longest, len(form) - LEAST_STEM) + 1):
        stem = form[: len(form) - size].removesuffix("'")
        for rule in rules.after.get(form[len(form) - size :], ()):
            if rule.slot < limit and len(stem) >= LEAST_STEM and rule.stem.search(stem.lower()):
                yield from ((Base(stem + put, rule.sort or base.sort), rule.slot) for put in rule.base)
        rest = form[size:]
        for rule in rules.before.get(form[:size], ()) if size else ():
            if rule.slot < limit and rule.stem.match(rest):
                yield from ((Base(put + rest, rule.sort or base.sort), rule.slot) for put in rule.base)


@cache
def _rules(language: str) -> _Rules | None:
    listed = [row for row in table("inflections") if row["lang"] == language]
    if not listed:
        return None
    after: dict[str, list[_Rule]] = {}
    before: dict[str, list[_Rule]] = {}
    within: list[tuple[str, str]] = []
    for row in listed:
        _check(row)
        endings = row["endings"].split("|")
        if row["side"] == "within":
            within += ((ending, row["base"]) for ending in endings)
            continue
        stem = re.compile(f"(?:{row['stem']})$" if row["side"] == "after" else row["stem"])
        rule = _Rule(int(row["slot"]), stem, tuple(row["base"].split("|")), row["sort"])
        for ending in endings:
            (after if row["side"] == "after" else before).setdefault(ending, []).append(rule)
    return _Rules(
        after,
        before,
        tuple(within),
        max(map(len, (*after, *before)), default=0),
        max(int(row["slot"]) for row in listed),
    )


def _check(row: Row) -> None:
    if row["side"] not in SIDES or row["sort"] not in SORTS:
        raise row.fault(f"side is one of {' '.join(SIDES)}, sort one of {' '.join(filter(None, SORTS))} or empty")
    if not row["slot"].isdecimal():
        raise row.fault(f"slot is {row['slot']!r}; expected a number")
    try:
        re.compile(row["stem"])
    except re.error as error:
        raise row.fault(f"stem {row['stem']!r} is no regular expression ({error})") from error
