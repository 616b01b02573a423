"""What the words beside a name ask for: a division, a town, water or a mountain."""

from __future__ import annotations

import re
from functools import cache

from geo.mentions.rules import Row, table

REACH = 45
_FIRST = re.compile(r"\s+([\w-]+)")
_APPOSITION = re.compile(r"\s?[,–—-]\s")
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
    rows = _rows_by_word()
    last, first = before.split()[-1:] if before[-1:].isspace() else [], _FIRST.match(after)
    beside: list[tuple[int, Row, re.Pattern[str]]] = [
        *(rows["before"].get(last[0], ()) if last else ()),
        *(rows["after"].get(first[1], ()) if first else ()),
        *(rows["apposition"].get("", ()) if _APPOSITION.match(after) else ()),
    ]
    for _, row, pattern in sorted(beside, key=_place):
        if pattern.search(before) if row["side"] == "before" else pattern.match(after):
            return row
    return None


def _place(beside: tuple[int, Row, re.Pattern[str]]) -> int:
    return beside[0]


@cache
def _rows_by_word() -> dict[str, dict[str, list[tuple[int, Row, re.Pattern[str]]]]]:
    """Give the rows of each side with their place in the table, by the word that is next to the name; "" is any."""
    found: dict[str, dict[str, list[tuple[int, Row, re.Pattern[str]]]]] = {side: {} for side in _SIDES}
    for number, row in enumerate(table("type_hints")):
        pattern, side = _pattern(row), row["side"]
        for words in row["words"].split("|"):
            next_to = {"before": words.split()[-1], "after": _FIRST.sub(r"\1", f" {words}").split()[0]}.get(side, "")
            own = found[side].setdefault(next_to, [])
            if not own or own[-1][0] != number:
                own.append((number, row, pattern))
    return found


def _pattern(row: Row) -> re.Pattern[str]:
    if row["side"] not in _SIDES:
        raise row.fault(f"side is {row['side']!r}; expected one of {' '.join(_SIDES)}")
    return re.compile(_SIDES[row["side"]].format("|".join(map(re.escape, row["words"].split("|")))))
