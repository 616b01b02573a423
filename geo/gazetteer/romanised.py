"""How names in scripts with a regular romanisation are spelt in Latin letters, beyond letter by letter.

The rules are data, ``data/rules/romanised.csv``: a ``pattern`` (a regular expression on the name in small letters) and the
Latin letters put instead. Rows without a ``reading`` always act; those with one give one more spelling together: a Georgian
ფ may be an f or a p. Rows whose pattern is in Latin letters (``lang`` ``*``) act last, on what came of the others.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import NamedTuple

from geo.errors import DataError
from geo.gazetteer.plain import plain
from geo.gazetteer.rule_rows import rule_rows

COLUMNS = ("id", "lang", "reading", "pattern", "latin", "example_from", "example_to")
ANY = "*"
_SCRIPTS = (("hy", "\u0530", "\u058f"), ("ka", "\u10a0", "\u10ff"))


class Rule(NamedTuple):
    """One row."""

    id: str
    lang: str
    reading: str
    pattern: re.Pattern[str]
    latin: str
    example: tuple[str, str]


@lru_cache(maxsize=50_000)
def romanised(name: str) -> tuple[str, ...]:
    """Give the plain forms that a name has by regular romanisation, without that of `plain`; none in other scripts.

    Examples
    --------
    >>> romanised("ბელფასტი")
    ('belpast', 'belfast')
    """
    script = next((lang for lang, first, last in _SCRIPTS if first <= name[:1] <= last), "")
    if not script:
        return ()
    found = _read([name.lower()], [rule for rule in rules() if rule.lang == script])
    found = _read([plain(spelling) for spelling in found], [rule for rule in rules() if rule.lang == ANY])
    return tuple(form for form in dict.fromkeys(found) if form and form != plain(name))


def _read(found: list[str], acting: list[Rule]) -> list[str]:
    """Give the spellings that rules make of others: those of each reading beside what there was."""
    for reading in dict.fromkeys(rule.reading for rule in acting):
        changed = found
        for rule in acting:
            if rule.reading == reading:
                changed = [rule.pattern.sub(rule.latin, spelling) for spelling in changed]
        found = [*found, *changed] if reading else changed
    return found


@cache
def rules() -> tuple[Rule, ...]:
    """Give the rows of ``romanised.csv``.

    Raises
    ------
    DataError
        When a row is wrong; with file and line.
    """
    return tuple(_rule(row, where) for row, where in rule_rows("romanised", COLUMNS))


def _rule(row: dict[str, str], where: str) -> Rule:
    if row["lang"] not in {ANY, *(lang for lang, _, _ in _SCRIPTS)}:
        raise DataError(
            f"{where}: lang {row['lang']!r}; expected {ANY} or a language whose script is romanised regularly"
        )
    try:
        pattern = re.compile(row["pattern"])
    except re.error as error:
        raise DataError(f"{where}: pattern {row['pattern']!r} is no regular expression ({error})") from error
    return Rule(row["id"], row["lang"], row["reading"], pattern, row["latin"], (row["example_from"], row["example_to"]))
