"""The map as text, for readers who see no map: its places with who says what of them, bounded in size."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np

from geo.maps.interface import Interface
from geo.maps.packing import Codes, Column, Lists, Numbers, Table

MOST_PLACES = 200
MOST_CLAIMS = 12
"""Of a place."""
MOST_WORDS = 6
"""Events of a claim, names of a place."""


def cover(values: Mapping[str, Any], words: Interface, *, reports: str) -> dict[str, Any]:
    """Give the text of a map.

    Parameters
    ----------
    values : mapping
        As `geo.maps.tables.tabled` gives them.
    words : Interface
    reports : str
        What was read, in words.

    Returns
    -------
    dict
        ``lead``; ``places``, the first `MOST_PLACES` in their own order as ``{"name", "told", "claims"}``; ``more``.
    """
    places, mentions = values["tables"]["places"], values["tables"]["mentions"]
    policy = values["meta"].get("policy") or "printed"
    order = _order(places)
    starts = np.searchsorted(_numbers(mentions, "place"), np.arange(places.count + 1)) if mentions.count else None
    rows = [
        {
            "name": _name(places, row, policy),
            "told": _word(places.columns.get("feature"), row),
            "claims": [] if starts is None else _claims(mentions, starts[row], starts[row + 1], values, words),
        }
        for row in order[:MOST_PLACES]
    ]
    shown = words.say("count.places", n=places.count) if places.count else words.say("count.noplace")
    left = places.count - len(rows)
    return {
        "lead": words.say("cover.lead", places=shown, reports=reports),
        "places": rows,
        "more": words.say("cover.more", n=left) if left else "",
    }


def _order(places: Table) -> list[int]:
    order = places.columns.get("order")
    return (
        [int(row) for row in np.argsort(order.values, kind="stable")[:MOST_PLACES]]
        if isinstance(order, Numbers)
        else list(range(min(places.count, MOST_PLACES)))
    )


def _numbers(table: Table, name: str) -> Any:
    """Give the places of mentions, those of none after all others."""
    column = table.columns.get(name)
    found = column.values if isinstance(column, Numbers) else np.full(table.count, -1)
    return np.where(found < 0, np.inf, found)


def _name(places: Table, row: int, policy: str) -> str:
    for name in (f"label:{policy}", "label:printed"):
        found = _word(places.columns.get(name), row)
        if found:
            return found
    return " / ".join(_words(places.columns.get("printed"), row)) or str(row)


def _word(column: Column | None, row: int) -> str:
    return column.values[int(column.codes[row])] if isinstance(column, Codes) and column.codes[row] >= 0 else ""


def _words(column: Column | None, row: int) -> list[str]:
    if not isinstance(column, Lists):
        return []
    start = int(np.sum(column.counts[:row]))
    return [column.values[int(code)] for code in column.codes[start : start + int(column.counts[row])]][:MOST_WORDS]


def _claims(mentions: Table, first: int, last: int, values: Mapping[str, Any], words: Interface) -> list[str]:
    said: dict[str, dict[str, None]] = {}
    for row in range(int(first), min(int(last), int(first) + MOST_CLAIMS * MOST_WORDS)):
        events = _words(mentions.columns.get("events"), row)
        for party in _words(mentions.columns.get("claimants"), row):
            said.setdefault(party, {}).update(dict.fromkeys(events))
    parties = values.get("parties") or {}
    return [
        _claim(str((parties.get(party) or {}).get("name") or party), list(told), words) for party, told in said.items()
    ][:MOST_CLAIMS]


def _claim(who: str, events: list[str], words: Interface) -> str:
    told = [
        words.say(f"event.{event}") if words.knows(f"event.{event}") else event.replace("_", " ") for event in events
    ]
    return words.say("cover.claim", who=who, what=words.all_of(told[:MOST_WORDS])) if told else who
