"""A folder with tables of our own form, a row at a time."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import cast, get_args

from geo.files import data_folder
from geo.gazetteer import edtf
from geo.gazetteer.importers import fields
from geo.gazetteer.importers.ledger import BadRowError, Ledger
from geo.gazetteer.records import (
    Attestation,
    Fact,
    Link,
    NameKind,
    Party,
    PartyId,
    PlaceId,
    Point,
    Relation,
    RelationKind,
    Source,
    SourceId,
    TablePlace,
)
from geo.gazetteer.tables import UNVERIFIED, Row, read_rows, table_files


def read(path: Path, *, ledger: Ledger) -> Iterator[Fact]:
    """Give the facts of a folder's tables and of the tables in its folders.

    Sources and parties are those of the folder's tables and of the ones that ship with Allonym.

    Raises
    ------
    DataError
        When a table does not have our columns, or at a broken row unless such are to be passed over.
    """
    known = {UNVERIFIED, ""}
    for file in table_files([data_folder() / "gazetteer", path]):
        if file.name in ("sources.csv", "parties.csv"):
            known.update(f"{file.name}:{next(iter(row.cells.values()))}" for row in read_rows(file))
    for file in table_files([path]):
        for row in read_rows(file, report=ledger.refuse):
            ledger.where = f"{file}:{row.line}"
            try:
                _refer(row, known)
                fact = _FACT[file.name](row)
            except BadRowError as problem:
                ledger.bad(problem)
                continue
            yield fact


def _refer(row: Row, known: set[str]) -> None:
    """Refuse a row with a broken cell, or that names a source or a party which no table has."""
    if row.faults:
        raise BadRowError(row.faults[0])
    for part in row.cells.get("source", "").split(";"):
        source = part.strip().partition(":")[0]
        if source not in known and f"sources.csv:{source}" not in known:
            raise BadRowError(f"unknown source {source!r}; add it to sources.csv")
    party = row.cells.get("party", "")
    if party and f"parties.csv:{party}" not in known:
        raise BadRowError(f"unknown party {party!r}; add it to parties.csv")


def _source(row: Row) -> Source:
    cells = row.cells
    return Source(
        id=SourceId(_told(row, "source_id")), **{k: cells[k] for k in ("citation", "licence", "url", "accessed")}
    )


def _party(row: Row) -> Party:
    cells = row.cells
    return Party(
        id=PartyId(_told(row, "party_id")),
        place=PlaceId(cells["place"]) if cells["place"] else None,
        **{k: cells[k] for k in ("name", "kind", "colour", "note")},
    )


def _place(row: Row) -> TablePlace:
    cells = row.cells
    lat, lon = fields.coordinates(cells["lat"], cells["lon"])
    if not cells["feature_code"].isalnum():
        raise BadRowError(f"feature_code is {cells['feature_code']!r}; expected a GeoNames code such as PPL or ADM1")
    return TablePlace(
        id=PlaceId(_told(row, "place_id")),
        feature_code=cells["feature_code"],
        lat=lat,
        lon=lon,
        precision_m=_number(row, "precision_m", fields.WIDEST_M),
        population=int(_number(row, "population", fields.MOST_PEOPLE)) if cells["population"] else 0,
        source=_told(row, "source"),
        region=row.path.parent.name,
        note=cells["note"],
    )


def _name(row: Row) -> Attestation:
    cells = row.cells
    return Attestation(
        place=PlaceId(_told(row, "place_id")),
        toponym=fields.toponym(cells["toponym"]),
        lang=cells["lang"],
        kind=cast("NameKind", _one_of(row, "kind", get_args(NameKind))),
        party=PartyId(cells["party"]) if cells["party"] else None,
        from_=_date(row, "from"),
        to=_date(row, "to"),
        source=_told(row, "source"),
        note=cells["note"],
    )


def _relation(row: Row) -> Relation:
    cells = row.cells
    return Relation(
        place=PlaceId(_told(row, "place_id")),
        relation=cast("RelationKind", _one_of(row, "relation", get_args(RelationKind))),
        object=_told(row, "object"),
        party=PartyId(cells["party"]) if cells["party"] else None,
        from_=_date(row, "from"),
        to=_date(row, "to"),
        source=_told(row, "source"),
    )


def _link(row: Row) -> Link:
    return Link(
        place=PlaceId(_told(row, "place_id")),
        relation=_one_of(row, "relation", ("exactMatch", "closeMatch")),
        target=_told(row, "target"),
        source=_told(row, "source"),
    )


def _point(row: Row) -> Point:
    lat, lon = fields.coordinates(row.cells["lat"], row.cells["lon"])
    return Point(place=PlaceId(_told(row, "place_id")), lat=lat, lon=lon, source=_told(row, "source"))


_FACT: dict[str, Callable[[Row], Fact]] = {
    "sources.csv": _source,
    "parties.csv": _party,
    "places.csv": _place,
    "names.csv": _name,
    "relations.csv": _relation,
    "links.csv": _link,
    "points.csv": _point,
}


def _told(row: Row, column: str) -> str:
    if not row.cells[column]:
        raise BadRowError(f"{column} is empty; fill it in or delete the row")
    return row.cells[column]


def _one_of(row: Row, column: str, allowed: tuple[str, ...]) -> str:
    if row.cells[column] not in allowed:
        raise BadRowError(f"{column} is {row.cells[column]!r:.40}; expected one of {' '.join(allowed)}")
    return row.cells[column]


def _number(row: Row, column: str, most: float) -> float:
    try:
        number = float(row.cells[column])
    except ValueError:
        number = -1.0
    if not 0 <= number <= most:
        raise BadRowError(f"{column} is {row.cells[column]!r:.40}; expected 0 to {most:g}")
    return number


def _date(row: Row, column: str) -> str:
    if not edtf.valid(row.cells[column]):
        raise BadRowError(f"{column} is {row.cells[column]!r:.40}; expected an EDTF date such as 1991 or 1991-11-26")
    return row.cells[column]
