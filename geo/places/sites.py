"""Which names are plainly of a thing in a place: a road, a building or institution, a feature of the land."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from geo.mentions.rules import table

SORTS = ("road", "site", "nature")
LONGEST = 80


@lru_cache(maxsize=20_000)
def sort_of(name: str) -> str:
    """Give the sort of thing that a name tells by its words (``data/rules/sites.csv``), or "".

    Examples
    --------
    >>> sort_of("Orchard Street"), sort_of("Lake Arden"), sort_of("Arden"), sort_of("Park")
    ('road', 'nature', '', '')
    """
    return next((sort for sort in SORTS if name in _pattern(sort)), "")


class _Words:
    """What makes a name one of a sort: a word among several, or a pattern."""

    def __init__(self, sort: str) -> None:
        listed = [row for row in table("sites") if row["sort"] == sort]
        self.words = {word for row in listed if row["side"] == "word" for word in row["words"].split("|")}
        self.patterns = [re.compile(row["words"]) for row in listed if row["side"] == "pattern"]

    def __contains__(self, name: str) -> bool:
        if len(name) > LONGEST:
            return False
        words = name.split()
        return (len(words) > 1 and not self.words.isdisjoint(words)) or any(p.search(name) for p in self.patterns)


@cache
def _pattern(sort: str) -> _Words:
    return _Words(sort)
