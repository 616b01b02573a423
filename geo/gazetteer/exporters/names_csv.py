"""CSV: one row a name, with its place beside it; what else the tables say is left to the other formats."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from geo.cells import csv_text
from geo.gazetteer.exporters.known import Known, countries, known_places
from geo.gazetteer.tables import Tables

_PLACE = ("feature_code", "lat", "lon", "precision_m", "population", "region")
_NAME = ("toponym", "lang", "kind", "party", "from", "to", "source", "note")
COLUMNS = ("place_id", "title", *_PLACE, "country", "place_source", "place_note", *_NAME)


def text(tables: Tables) -> str:
    """Give the names of tables as CSV; a place without names has one row without a toponym."""
    return csv_text(COLUMNS, (row for known in known_places(tables) for row in _rows(known)))


def _rows(known: Known) -> Iterator[list[Any]]:
    place = known.place
    own = [getattr(place, column) for column in _PLACE] if place else [""] * len(_PLACE)
    about = [
        known.id,
        known.title,
        *own,
        " ".join(countries(known)),
        *((place.source, place.note) if place else ("", "")),
    ]
    for name in known.names:
        yield [*about, *(name.record()[column] for column in _NAME)]
    if not known.names:
        yield [*about, *([""] * len(_NAME))]
