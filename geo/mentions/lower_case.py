"""Names in a text without a single capital, as people post them: well-known ones, where a word or a neighbour speaks for them."""

from __future__ import annotations

import re
from functools import cache

from geo.gazetteer.stack import Stack
from geo.mentions.name_facts import name_facts
from geo.mentions.rules import table
from geo.mentions.scan import Hit, scan

_LEAST_MAGNITUDE, _LEAST_FAME, _LEAST_LED, _LEAST_LETTERS = 5, 4, 4, 5
_BEFORE = re.compile(r"(\w+) (?:the )?\Z")
_BETWEEN = re.compile(r",? (?:and|or) |, |[-/]")
_REACH = 40


def has_no_capitals(text: str) -> bool:
    """Tell whether a text has small letters and no capitals."""
    return text == text.lower() != text.upper()


def scan_lower(text: str, index: Stack) -> list[Hit]:
    """Give the names in a text (in normal form) that has no capitals.

    Kept is what is well known, in a table or large, and stands after a word such as "in", or beside a name that is kept;
    without such a word, names of the regional tables, countries and capitals.
    """
    titled = text.title()
    if len(titled) != len(text):
        return []
    kept: list[Hit] = []
    for hit in scan(titled, index):
        beside = bool(kept) and _BETWEEN.fullmatch(text, kept[-1].end, hit.start) is not None
        before = _BEFORE.search(text, max(0, hit.start - _REACH), hit.start)
        led = beside or (before is not None and before[1] in _words("before"))
        if _is_name(hit, index, led=led):
            kept.append(hit)
    return kept


def _is_name(hit: Hit, index: Stack, *, led: bool) -> bool:
    word, facts = hit.name.lower(), name_facts(index, hit.name)
    large = facts.magnitude >= _LEAST_MAGNITUDE and facts.fame >= _LEAST_FAME
    known = len(word) >= _LEAST_LED and (facts.listed or large) and facts.sort not in ("demonym", "abbreviation")
    if not known or word in _words("never"):
        return False
    regional = len(word) >= _LEAST_LETTERS and bool(index.regions(hit.name))
    return led or (word not in _words("led") and (regional or facts.sort in ("country", "capital")))


@cache
def _words(sort: str) -> frozenset[str]:
    return frozenset(word for row in table("lower_case") if row["sort"] == sort for word in row["words"].split("|"))
