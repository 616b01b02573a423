"""What the words beside a name ask for: a division, a town, water or a mountain."""

from __future__ import annotations

import re
from functools import cache

from geo.mentions.rules import Row, table

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
    row = fitting(text, start, end)
    return row["hint"] if row else ""


def fitting(text: str, start: int, end: int) -> Row | None:
    """Give the first row of ``type_hints.csv`` whose words stand beside a span, or None."""
    before, after = text[max(0, start - REACH) : start], text[end : end + REACH]
    for row, pattern in _patterns():
        if pattern.search(before) if row["side"] == "before" else pattern.match(after):
            return row
    return None


@cache
def _patterns() -> list[tuple[Row, re.Pattern[str]]]:
    return [(row, _pattern(row)) for row in table("type_hints")]


def _pattern(row: Row) -> re.Pattern[str]:
    if row["side"] not in _SIDES:
        raise row.fault(f"side is {row['side']!r}; expected one of {' '.join(_SIDES)}")
    return re.compile(_SIDES[row["side"]].format("|".join(map(re.escape, row["words"].split("|")))))
