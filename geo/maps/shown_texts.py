"""The texts that a page shows, for the fonts that it brings."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from geo.maps.packing import Codes, Table

SAMPLE = 1000
"""Quotes of a large table that are looked at: a script that is written in shows in some of them."""


def shown_texts(data: Mapping[str, Any], basemap: Mapping[str, Any] | None) -> Iterator[str]:
    """Give the texts whose signs a page's fonts must have: title, names, quotes, names on the ground.

    Parameters
    ----------
    data : mapping
        The page's values: rows of places and mentions, or their ``tables``.
    basemap : mapping, optional
        As `geo.maps.ground.ground` gives it; one without names adds none.
    """
    yield str(data["meta"].get("title") or "")
    if "tables" in data:
        yield from _of_table(data["tables"]["places"])
        yield from _of_table(data["tables"]["mentions"])
    else:
        for place in data["places"]:
            yield from (place.get("labels") or {}).values()
            yield from (name["toponym"] for name in place.get("names") or ())
        yield from (mention.get("quote") or "" for mention in data["mentions"])
    for layer in ("countries", "towns", "waters"):
        for named in ((basemap or {}).get(layer) or {"names": {}})["names"].values():
            yield from named.values() if isinstance(named, dict) else named


def _of_table(table: Table) -> Iterator[str]:
    for column in table.columns.values():
        if isinstance(column, Codes):
            yield from column.values
    quotes: Sequence[Any] = table.details.get("quote", ())
    yield from (text for text in quotes[:: -(-len(quotes) // SAMPLE) or 1] if text)
