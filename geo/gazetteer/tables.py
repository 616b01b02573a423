"""Read the tables that people edit: CSV, UTF-8, one fact a row; every fault is told with file and line."""

from __future__ import annotations

import csv
import math
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import cast, get_args

from geo.errors import DataError
from geo.gazetteer import edtf
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

COLUMNS = {
    "places.csv": ("place_id", "feature_code", "lat", "lon", "precision_m", "population", "source", "note"),
    "names.csv": ("place_id", "toponym", "lang", "kind", "party", "from", "to", "source", "note"),
    "relations.csv": ("place_id", "relation", "object", "party", "from", "to", "source"),
    "links.csv": ("place_id", "relation", "target", "source"),
    "points.csv": ("place_id", "lat", "lon", "source"),
    "parties.csv": ("party_id", "name", "kind", "place", "colour", "note"),
    "sources.csv": ("source_id", "citation", "licence", "url", "accessed"),
}
UNVERIFIED = "unverified"


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table, with where it stands."""

    path: Path
    line: int
    cells: dict[str, str]

    def error(self, problem: str) -> DataError:
        """Give the error that locates `problem` at this row."""
        return DataError(f"{self.path}:{self.line}: {problem}")


@dataclass(slots=True, kw_only=True)
class Tables:
    """Everything that a set of table folders says; `named` tells where each place id is first used for something."""

    places: dict[PlaceId, TablePlace] = field(default_factory=dict)
    names: list[Attestation] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    parties: dict[PartyId, Party] = field(default_factory=dict)
    sources: dict[SourceId, Source] = field(default_factory=dict)
    named: dict[PlaceId, str] = field(default_factory=dict)

    def facts(self) -> Iterator[Fact]:
        """Give everything, sources and parties first."""
        yield from self.sources.values()
        yield from self.parties.values()
        yield from self.places.values()
        for facts in (self.names, self.relations, self.links, self.points):
            yield from facts


def table_files(folders: Iterable[Path]) -> list[Path]:
    """Give the table files of gazetteer folders: those of each folder itself, then of its regions, in a fixed order."""
    return [
        path
        for folder in folders
        for name in (
            "sources.csv",
            "parties.csv",
            "places.csv",
            "names.csv",
            "relations.csv",
            "links.csv",
            "points.csv",
        )
        for path in sorted([*folder.glob(name), *folder.glob(f"*/{name}")])
    ]


def read_tables(folders: Iterable[Path]) -> Tables:
    """Read all tables of the folders; a later folder's row for the same place, party or source replaces an earlier one.

    Raises
    ------
    DataError
        At the first row that breaks the schema, with ``file:line``.
    """
    tables = Tables()
    files = table_files(folders)
    for wanted, add in _ADD.items():
        for path in files:
            if path.name == wanted:
                seen: dict[str, int] = {}
                for row in read_rows(path):
                    add(row, tables, seen)
                    if row.cells.get("place_id"):
                        tables.named.setdefault(PlaceId(row.cells["place_id"]), f"{row.path}:{row.line}")
    return tables


def read_rows(path: Path) -> Iterator[Row]:
    """Read the rows of one table and check its shape.

    Raises
    ------
    DataError
        When the file is not UTF-8, its columns differ from the schema, or a row has another number of cells.
    """
    expected = COLUMNS[path.name]
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            header = next(reader, [])
            if tuple(header) != expected:
                raise DataError(f"{path}:1: the columns are {','.join(header)}; expected {','.join(expected)}")
            for cells in reader:
                if not any(cells):
                    continue
                if len(cells) != len(expected):
                    raise DataError(
                        f"{path}:{reader.line_num}: {len(cells)} cells; expected {len(expected)}: {','.join(expected)}"
                    )
                yield Row(
                    path=path, line=reader.line_num, cells=dict(zip(expected, (c.strip() for c in cells), strict=True))
                )
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except csv.Error as error:
        raise DataError(f"{path}:{reader.line_num}: {error}; quote the cell or remove the stray quote") from error
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}); check the path and its permissions") from error


def _once(row: Row, key: str, seen: dict[str, int]) -> None:
    if not key:
        raise row.error("the id is empty; give each row an id of its own")
    if key in seen:
        raise row.error(f"{key!r} stands already in line {seen[key]}; keep one of the two rows")
    seen[key] = row.line


def _number(row: Row, column: str, low: float, high: float) -> float:
    cell = row.cells[column]
    try:
        value = float(cell)
    except ValueError:
        raise row.error(f"{column} is {cell!r}; expected a number") from None
    if not math.isfinite(value) or not low <= value <= high:
        raise row.error(f"{column} is {cell}; expected {low:g} to {high:g}")
    return value


def _source(row: Row, tables: Tables) -> str:
    cell = row.cells["source"]
    if not cell:
        raise row.error(f"the source is empty; name the record, or write {UNVERIFIED}")
    for part in cell.split(";"):
        source_id = part.strip().partition(":")[0]
        if source_id != UNVERIFIED and source_id not in tables.sources:
            raise row.error(f"unknown source {source_id!r}; add it to sources.csv")
    return cell


def _place(row: Row) -> PlaceId:
    if not row.cells["place_id"]:
        raise row.error("place_id is empty; name a place of places.csv")
    return PlaceId(row.cells["place_id"])


def _party(row: Row, tables: Tables) -> PartyId | None:
    party = row.cells["party"]
    if party and party not in tables.parties:
        raise row.error(f"unknown party {party!r}; add it to parties.csv")
    return PartyId(party) if party else None


def _dates(row: Row) -> dict[str, str]:
    """Give the span of a row as the fields of a record."""
    from_, to = row.cells["from"], row.cells["to"]
    for column, cell in (("from", from_), ("to", to)):
        if cell and not edtf.valid(cell):
            raise row.error(f"{column} is {cell!r}; expected an EDTF date such as 1991, 1991-11 or 1991-11-26")
    if not edtf.contains(from_, "", to):
        raise row.error(f"from is {from_} and to is {to}, which is earlier; one of the dates is wrong")
    return {"from_": from_, "to": to}


def _add_source(row: Row, tables: Tables, seen: dict[str, int]) -> None:
    cells = row.cells
    _once(row, cells["source_id"], seen)
    tables.sources[SourceId(cells["source_id"])] = Source(
        id=SourceId(cells["source_id"]), **{k: cells[k] for k in ("citation", "licence", "url", "accessed")}
    )


def _add_party(row: Row, tables: Tables, seen: dict[str, int]) -> None:
    cells = row.cells
    _once(row, cells["party_id"], seen)
    tables.parties[PartyId(cells["party_id"])] = Party(
        id=PartyId(cells["party_id"]),
        place=PlaceId(cells["place"]) if cells["place"] else None,
        **{k: cells[k] for k in ("name", "kind", "colour", "note")},
    )


def _add_place(row: Row, tables: Tables, seen: dict[str, int]) -> None:
    place = _place(row)
    _once(row, place, seen)
    if not row.cells["feature_code"].isalnum():
        raise row.error(f"feature_code is {row.cells['feature_code']!r}; expected a GeoNames code such as PPL or ADM1")
    tables.places[place] = TablePlace(
        id=place,
        feature_code=row.cells["feature_code"],
        lat=_number(row, "lat", -90, 90),
        lon=_number(row, "lon", -180, 180),
        precision_m=_number(row, "precision_m", 0, 2e7),
        population=int(_number(row, "population", 0, 1e11)) if row.cells["population"] else 0,
        source=_source(row, tables),
        region=row.path.parent.name,
        note=row.cells["note"],
    )


def _add_name(row: Row, tables: Tables, seen: dict[str, int]) -> None:
    cells = row.cells
    if not cells["toponym"]:
        raise row.error("toponym is empty; write the name or delete the row")
    if cells["kind"] not in get_args(NameKind):
        raise row.error(f"kind is {cells['kind']!r}; expected one of {' '.join(get_args(NameKind))}")
    key = "|".join(cells[k] for k in ("place_id", "toponym", "lang", "kind", "party", "from"))
    _once(row, key, seen)
    tables.names.append(
        Attestation(
            place=_place(row),
            toponym=cells["toponym"],
            lang=cells["lang"],
            kind=cast("NameKind", cells["kind"]),
            party=_party(row, tables),
            **_dates(row),
            source=_source(row, tables),
            note=cells["note"],
        )
    )


def _add_relation(row: Row, tables: Tables, _: dict[str, int]) -> None:
    cells = row.cells
    if cells["relation"] not in get_args(RelationKind):
        raise row.error(f"relation is {cells['relation']!r}; expected one of {' '.join(get_args(RelationKind))}")
    tables.relations.append(
        Relation(
            place=_place(row),
            relation=cast("RelationKind", cells["relation"]),
            object=cells["object"],
            party=_party(row, tables),
            **_dates(row),
            source=_source(row, tables),
        )
    )


def _add_link(row: Row, tables: Tables, _: dict[str, int]) -> None:
    if row.cells["relation"] not in ("exactMatch", "closeMatch"):
        raise row.error(f"relation is {row.cells['relation']!r}; expected exactMatch or closeMatch")
    tables.links.append(
        Link(place=_place(row), relation=row.cells["relation"], target=row.cells["target"], source=_source(row, tables))
    )


def _add_point(row: Row, tables: Tables, _: dict[str, int]) -> None:
    tables.points.append(
        Point(
            place=_place(row),
            lat=_number(row, "lat", -90, 90),
            lon=_number(row, "lon", -180, 180),
            source=_source(row, tables),
        )
    )


_ADD: dict[str, Callable[[Row, Tables, dict[str, int]], None]] = {
    "sources.csv": _add_source,
    "parties.csv": _add_party,
    "places.csv": _add_place,
    "names.csv": _add_name,
    "relations.csv": _add_relation,
    "links.csv": _add_link,
    "points.csv": _add_point,
}
