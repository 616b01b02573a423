"""What the words beside a name ask for: a division, a town, water or a mountain."""

from __future__ import annotations

import csv
import re
from functools import cache

from geo.files import data_folder

REACH = 45
_SIDES = {
    "before": r"(?<!\w)(?:{})\s+$",
    "after": r"\s+(?:{})(?!\w)",
    "apposition": r"\s?[,–—-]\s(?:a|an|the)\s(?:[\w-]+\s){{0,3}}(?:{})(?!\w)",
}


def type_hint(text: str, start: int, end: int) -> str:
    """Give the feature class or code that the words around a span ask for, or "".

    Examples
    --------
    >>> text = "the village of Vank"
    >>> type_hint(text, 15, 19)
    'PPL'
    """
    before, after = text[max(0, start - REACH) : start], text[end : end + REACH]
    for side, pattern, hint in _patterns():
        if pattern.search(before) if side == "before" else pattern.match(after):
            return hint
    return ""


@cache
def _patterns() -> list[tuple[str, re.Pattern[str], str]]:
    with (data_folder() / "rules" / "type_hints.csv").open(encoding="utf-8", newline="") as stream:
        return [(row["side"], _pattern(row["side"], row["words"]), row["hint"]) for row in csv.DictReader(stream)]


def _pattern(side: str, words: str) -> re.Pattern[str]:
    return re.compile(_SIDES[side].format("|".join(re.escape(word) for word in words.split("|"))))
