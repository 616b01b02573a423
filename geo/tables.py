"""Records on standard output: lines for scripts, tables for people."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from geo.cells import csv_text

if TYPE_CHECKING:
    from geo.gazetteer.records import Place

_MENTION_COLUMNS = ("text", "status", "name", "place", "lat", "lon", "role", "claimants", "events", "confidence")
_GEOCODE_COLUMNS = (
    "query",
    "rank",
    "status",
    "name",
    "matched",
    "match",
    "lat",
    "lon",
    "country",
    "feature_code",
    "confidence",
)
_NAME_COLUMNS = ("toponym", "lang", "kind", "party", "from", "to", "source")
_RELATION_COLUMNS = ("relation", "object", "party", "from", "to", "source")


def write_lines(rows: Iterable[Mapping[str, Any]]) -> None:
    """Write one JSON object a line; whoever reads them gets them at once."""
    for row in rows:
        sys.stdout.write(json.dumps(row, ensure_ascii=False) + "\n")
    sys.stdout.flush()


def write_rows(rows: Sequence[Mapping[str, Any]], format_: str) -> None:
    """Write geocoded candidates as a table, jsonl, csv or geojson."""
    if format_ == "jsonl":
        write_lines(rows)
    elif format_ == "csv":
        from geo.geocoding import FIELDS  # noqa: PLC0415 - whoever asks for them has loaded it

        sys.stdout.write(csv_text(FIELDS, (list(row.values()) for row in rows)))
    elif format_ == "geojson":
        features = [
            {
                "type": "Feature",
                "geometry": None if row["lat"] is None else {"type": "Point", "coordinates": [row["lon"], row["lat"]]},
                "properties": {key: value for key, value in row.items() if key not in ("lat", "lon")},
            }
            for row in rows
        ]
        sys.stdout.write(json.dumps({"type": "FeatureCollection", "features": features}, ensure_ascii=False) + "\n")
    else:
        _table(_GEOCODE_COLUMNS, rows)


def write_mention_table(rows: Sequence[Mapping[str, Any]]) -> None:
    """Write mentions as a table; what was not resolved stands in it with the reason."""
    shown = [{**row, "why": "" if row["place"] else row["why"]} for row in rows]
    columns = (*_MENTION_COLUMNS, "why") if any(row["why"] for row in shown) else _MENTION_COLUMNS
    _table(columns, shown)


def write_card(card: Mapping[str, Any], others: Sequence[Place], format_: str) -> None:
    """Write all names of a place and what it belongs to, and which other places share the name."""
    if format_ == "json":
        known = [{"place": place.id, "name": place.name, "country": place.country} for place in others]
        sys.stdout.write(json.dumps({**card, "others": known}, ensure_ascii=False, indent=1) + "\n")
        return
    sys.stdout.write(f"{card['place']}  {card['feature']}  {card['lat']}, {card['lon']}  ({card['source']})\n")
    for point in card["points"]:
        sys.stdout.write(
            f"another point: {point['lat']}, {point['lon']}, {point['distance_km']} km off ({point['source']})\n"
        )
    if card["points"]:
        sys.stdout.write(f"the points lie up to {card['spread_km']} km apart\n")
    _table(_NAME_COLUMNS, [_with_party(name, card) for name in card["names"]])
    if card["relations"]:
        sys.stdout.write("\n")
        shown = [
            {**relation, "object": relation["object_name"] or relation["object"]} for relation in card["relations"]
        ]
        _table(_RELATION_COLUMNS, [_with_party(relation, card) for relation in shown])
    for place in others:
        sys.stdout.write(f"Another place of this name: {place.name} ({place.country}), geo names {place.id}\n")


def _with_party(row: Mapping[str, Any], card: Mapping[str, Any]) -> dict[str, Any]:
    """Give a row with its party's name and id in place of the id."""
    name = card["parties"].get(row["party"])
    return {**row, "party": f"{name} ({row['party']})" if name else row["party"]}


def write_figures(figures: Mapping[str, Any], format_: str) -> None:
    """Write the figures of an evaluation."""
    if format_ == "json":
        sys.stdout.write(json.dumps(figures) + "\n")
        return
    for part, values in figures.items():
        shown = "  ".join(f"{key} {value}" for key, value in values.items()) if isinstance(values, dict) else values
        sys.stdout.write(f"{part:16} {shown}\n")


def _table(columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    from rich.console import Console  # noqa: PLC0415 - a pipe needs no tables
    from rich.table import Table  # noqa: PLC0415
    from rich.text import Text  # noqa: PLC0415

    table = Table(box=None, pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        # Text keeps square brackets in names from being read as markup.
        table.add_row(*(Text(printable(_cell(row[column]))) for column in columns))
    width = None if sys.stdout.isatty() else 200
    Console(width=width).print(table)


def printable(text: str) -> str:
    r"""Give a text without what would steer a terminal.

    Examples
    --------
    >>> printable("Shu\x1b[2Jshi")
    'Shu\ufffd[2Jshi'
    """
    return "".join(one if one.isprintable() else "\ufffd" for one in text)


def _cell(value: Any) -> str:
    if value is None:
        return ""
    if isinstance(value, float):
        return f"{value:.5g}" if abs(value) < 1 else f"{value:.5f}".rstrip("0").rstrip(".")
    return ", ".join(map(str, value)) if isinstance(value, list) else str(value)
