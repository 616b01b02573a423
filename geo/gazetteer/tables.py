"""Read the tables that people edit: CSV, UTF-8, one fact a row; every fault is told with file and line."""

from __future__ import annotations

import csv
import math
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, cast, get_args

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
LINK_KINDS = ("exactMatch", "closeMatch")
# The columns that tell two rows of a table apart.
_KEYS = {
    "places.csv": ("place_id",),
    "names.csv": ("place_id", "toponym", "lang", "kind", "party", "from"),
    "relations.csv": ("place_id", "relation", "object", "party", "from"),
    "links.csv": ("place_id", "target"),
    "points.csv": ("place_id", "lat", "lon", "source"),
    "parties.csv": ("party_id",),
    "sources.csv": ("source_id",),
}
# Tables whose rows have ids of their own.
_OWN_IDS = frozenset({"places.csv", "parties.csv", "sources.csv"})
_NUMBERS = frozenset({"lat", "lon", "precision_m", "population", "from", "to"})
_FORMULA = re.compile(r"[=+@]|-(?:[-=+@\d]|.*[|!]|.*\w\()", re.DOTALL)
# Controls, marks that turn the direction of writing, other signs that nobody sees, and bytes that are no UTF-8.
_HIDDEN = re.compile(
    "[\x00-\x1f\x7f-\x9f\xad\u061c\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffd\ud800-\udfff"
    "\U000e0000-\U000e007f]"
)
_ID = re.compile(r"[^\s;]+")
_SHOWN = 60

Report = Callable[[DataError], None]


def stop(error: DataError) -> None:
    """Raise the first fault: what a reader does with faults unless it is told otherwise."""
    raise error


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row of a table, with where it stands and what is wrong with it."""

    path: Path
    line: int
    cells: dict[str, str]
    faults: list[str] = field(default_factory=list)

    @property
    def where(self) -> str:
        """File and line."""
        return f"{self.path}:{self.line}"

    def error(self, problem: str) -> DataError:
        """Give the error that locates `problem` at this row."""
        return DataError(f"{self.where}: {problem}")


@dataclass(slots=True, kw_only=True)
class Tables:
    """Everything that a set of table folders says.

    `where` tells file and line of each fact, `named` where each place id is first used for something, `remarks` which rows say
    again what others of their folder say.
    """

    places: dict[PlaceId, TablePlace] = field(default_factory=dict)
    names: list[Attestation] = field(default_factory=list)
    relations: list[Relation] = field(default_factory=list)
    links: list[Link] = field(default_factory=list)
    points: list[Point] = field(default_factory=list)
    parties: dict[PartyId, Party] = field(default_factory=dict)
    sources: dict[SourceId, Source] = field(default_factory=dict)
    named: dict[PlaceId, str] = field(default_factory=dict)
    where: dict[Fact, str] = field(default_factory=dict)
    remarks: list[tuple[str, str]] = field(default_factory=list)

    def add(self, fact: Fact) -> None:
        """Add a fact; a place, party or source replaces an earlier one of its id."""
        match fact:
            case Attestation():
                self.names.append(fact)
            case Relation():
                self.relations.append(fact)
            case Link():
                self.links.append(fact)
            case Point():
                self.points.append(fact)
            case TablePlace():
                self.places[fact.id] = fact
            case Party():
                self.parties[fact.id] = fact
            case Source():
                self.sources[fact.id] = fact

    def facts(self) -> Iterator[Fact]:
        """Give all facts: sources and parties first, then places before what is said of them."""
        for kind in (self.sources, self.parties, self.places):
            yield from kind.values()
        for listed in (self.names, self.relations, self.links, self.points):
            yield from listed


def table_files(folders: Iterable[Path]) -> list[Path]:
    """Give the table files of gazetteer folders: those of each folder itself, then of its regions, in a fixed order."""
    return [path for folder in folders for name in _READERS for path in _files(folder, name)]


def missing_tables(folder: Path) -> str:
    """Tell what is wrong with a folder that has to have tables; "" where it has some."""
    if not folder.exists():
        return f"{folder}: no such folder; name a folder with tables"
    if not table_files([folder]):
        return f"{folder}: holds no tables; make some of what it has with `geo gazetteer add {folder} --to DIR`"
    return ""


def _files(folder: Path, name: str) -> list[Path]:
    return sorted([*folder.glob(name), *folder.glob(f"*/{name}")])


def read_tables(folders: Iterable[Path], *, report: Report = stop) -> Tables:
    """Read all tables of the folders; a later folder's row for the same place, party or source replaces an earlier one.

    Parameters
    ----------
    folders : iterable of Path
    report : callable
        Is given each fault and decides: it raises, or keeps a list. A row with a fault is then left out.

    Raises
    ------
    DataError
        At the first row that breaks the schema, with ``file:line``, unless `report` decides otherwise.
    """
    tables = Tables()
    folders = list(folders)
    for name in _READERS:
        for folder in folders:
            seen: dict[tuple[str, ...], Row] = {}
            for path in _files(folder, name):
                for row in read_rows(path, report=report):
                    _read_row(row, tables, seen, report)
    return tables


def _read_row(row: Row, tables: Tables, seen: dict[tuple[str, ...], Row], report: Report) -> None:
    fact = _READERS[row.path.name](row, tables)
    again = _told_again(row, seen, tables)
    for fault in row.faults:
        report(row.error(fault))
    if not row.faults and not again:
        tables.add(fact)
        tables.where[fact] = row.where
        if row.cells.get("place_id"):
            tables.named.setdefault(PlaceId(row.cells["place_id"]), row.where)


def read_rows(path: Path, *, report: Report = stop) -> Iterator[Row]:
    """Read the rows of one table and check their shape.

    Parameters
    ----------
    path : Path
    report : callable
        As in `read_tables`; a table with other columns is left out whole.

    Raises
    ------
    DataError
        When the columns differ from the schema, a row has another number of cells, a cell is not UTF-8, holds hidden
        characters or begins like a formula.
    """
    expected = COLUMNS[path.name]
    try:
        with path.open(encoding="utf-8-sig", newline="", errors="surrogateescape") as stream:
            lines = _csv_lines(path, csv.reader(stream, strict=True), report)
            line, header = next(lines, (1, []))
            if tuple(header) != expected:
                report(
                    DataError(
                        f"{path}:{line}: the columns are {_shown(','.join(header))}; expected {','.join(expected)}"
                    )
                )
                return
            for line, cells in lines:
                if len(cells) == len(expected):
                    row = Row(path=path, line=line, cells=dict(zip(expected, map(str.strip, cells), strict=True)))
                    _check_cells(row)
                    yield row
                elif any(cells):
                    report(
                        DataError(f"{path}:{line}: {len(cells)} cells; expected {len(expected)}: {','.join(expected)}")
                    )
    except OSError as error:
        report(DataError(f"{path}: cannot be read ({error.strerror}); check the path and its permissions"))


def _csv_lines(path: Path, reader: Any, report: Report) -> Iterator[tuple[int, list[str]]]:
    """Give each row with the line in which it begins; after a row that is no CSV the next line is a row again."""
    while True:
        line = reader.line_num + 1
        try:
            yield line, next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            report(DataError(f"{path}:{line}: {error}; shorten or quote the cell, or remove the stray quote"))


def _check_cells(row: Row) -> None:
    hidden = _HIDDEN.search(" ".join(row.cells.values()))
    if hidden and "\ud800" <= hidden[0] <= "\udfff":
        row.faults.append("a cell is not UTF-8; save the table as UTF-8")
    elif hidden:
        row.faults.append(f"a cell has the hidden character U+{ord(hidden[0]):04X}; remove it")
    for column, cell in row.cells.items():
        if column not in _NUMBERS and runs(cell):
            row.faults.append(f"{column} is {_shown(cell)!r}, a formula to a spreadsheet; begin it with another sign")


def runs(cell: str) -> bool:
    """Tell whether a spreadsheet would run a cell that is no number; it takes a full-width first sign for a plain one.

    A name may begin with a hyphen, unless it goes on like a formula.

    Examples
    --------
    >>> runs("=1+1"), runs("-Sur"), runs("-1+2"), runs("-SUM(A1)"), runs("＝1")
    (True, False, True, True, True)
    """
    if not cell or cell[0].isalnum():
        return False
    return _FORMULA.match(unicodedata.normalize("NFKC", cell[0]) + cell[1:]) is not None


def _shown(cell: str) -> str:
    """Give a cell as a message can hold it: on one line, not too long, without signs that do something to a terminal."""
    text = cell if len(cell) <= _SHOWN else f"{cell[:_SHOWN]}…"
    return text if text.isprintable() else repr(text)[1:-1]


def _told_again(row: Row, seen: dict[tuple[str, ...], Row], tables: Tables) -> bool:
    """Tell whether another region says the same word for word; an id or a fact that stands in an earlier row is found.

    Each region may describe a source or a party that others name as well.
    """
    key = tuple([row.cells[column] for column in _KEYS[row.path.name]])
    first = seen.setdefault(key, row)
    if first is row:
        return False
    place = f"line {first.line}" if first.path == row.path else first.where
    told = f"{_shown(' '.join(filter(None, key)))!r} stands already in {place}; keep one of the two rows"
    if first.path == row.path or row.path.name == "places.csv":
        row.faults.append(told)
    elif row.path.name not in _OWN_IDS:
        tables.remarks.append((row.where, told))
    elif first.cells != row.cells:
        tables.remarks.append((row.where, f"{key[0]!r} is described otherwise in {place}; let both say the same"))
    return first.cells == row.cells


def _id(row: Row, column: str, *, forbidden: str = "") -> str:
    cell = row.cells[column]
    if not cell:
        row.faults.append(f"{column} is empty; give each row an id")
    elif not _ID.fullmatch(cell) or (forbidden and forbidden in cell):
        row.faults.append(f"{column} is {_shown(cell)!r}; an id has no blank, semicolon{' or colon' * bool(forbidden)}")
    return cell


def _number(row: Row, column: str, low: float, high: float) -> float:
    cell = row.cells[column]
    try:
        value = float(cell)
    except ValueError:
        row.faults.append(f"{column} is {_shown(cell)!r}; expected a number")
        return low
    if not math.isfinite(value) or not low <= value <= high:
        row.faults.append(f"{column} is {_shown(cell)}; expected {low:g} to {high:g}")
        return low
    return value


def _one_of(row: Row, column: str, words: tuple[str, ...]) -> str:
    cell = row.cells[column]
    if cell not in words:
        row.faults.append(f"{column} is {_shown(cell)!r}; expected one of {' '.join(words)}")
    return cell


def _source(row: Row, tables: Tables) -> str:
    cell = row.cells["source"]
    if not cell:
        row.faults.append(f"the source is empty; name the record, or write {UNVERIFIED}")
        return cell
    for part in cell.split(";"):
        source_id = part.strip().partition(":")[0]
        if source_id != UNVERIFIED and source_id not in tables.sources:
            row.faults.append(f"unknown source {_shown(source_id)!r}; add it to sources.csv")
    return cell


def _party(row: Row, tables: Tables) -> PartyId | None:
    party = row.cells["party"]
    if party and party not in tables.parties:
        row.faults.append(f"unknown party {_shown(party)!r}; add it to parties.csv")
    return PartyId(party) if party else None


def _dates(row: Row) -> dict[str, str]:
    """Give the span of a row as the fields of a record."""
    from_, to = row.cells["from"], row.cells["to"]
    wrong = [(column, cell) for column, cell in (("from", from_), ("to", to)) if not edtf.valid(cell)]
    for column, cell in wrong:
        row.faults.append(f"{column} is {_shown(cell)!r}; expected an EDTF date such as 1991, 1991-11 or 1991-11-26")
    if not wrong and not edtf.contains(from_, "", to):
        row.faults.append(f"from is {from_} and to is {to}, which is earlier; one of the dates is wrong")
    return {"from_": from_, "to": to}


def _read_source(row: Row, _: Tables) -> Source:
    return Source(
        id=SourceId(_id(row, "source_id", forbidden=":")),
        **{k: row.cells[k] for k in ("citation", "licence", "url", "accessed")},
    )


def _read_party(row: Row, _: Tables) -> Party:
    return Party(
        id=PartyId(_id(row, "party_id")),
        place=PlaceId(row.cells["place"]) if row.cells["place"] else None,
        **{k: row.cells[k] for k in ("name", "kind", "colour", "note")},
    )


def _read_place(row: Row, tables: Tables) -> TablePlace:
    code = row.cells["feature_code"]
    if not (code.isascii() and code.isalnum()):
        row.faults.append(f"feature_code is {_shown(code)!r}; expected a GeoNames code such as PPL or ADM1")
    return TablePlace(
        id=PlaceId(_id(row, "place_id")),
        feature_code=code,
        lat=_number(row, "lat", -90, 90),
        lon=_number(row, "lon", -180, 180),
        precision_m=_number(row, "precision_m", 0, 2e7),
        population=int(_number(row, "population", 0, 1e11)) if row.cells["population"] else 0,
        source=_source(row, tables),
        region=row.path.parent.name,
        note=row.cells["note"],
    )


def _read_name(row: Row, tables: Tables) -> Attestation:
    cells = row.cells
    if not cells["toponym"]:
        row.faults.append("toponym is empty; write the name or delete the row")
    return Attestation(
        place=PlaceId(_id(row, "place_id")),
        toponym=cells["toponym"],
        lang=cells["lang"],
        kind=cast("NameKind", _one_of(row, "kind", get_args(NameKind))),
        party=_party(row, tables),
        **_dates(row),
        source=_source(row, tables),
        note=cells["note"],
    )


def _read_relation(row: Row, tables: Tables) -> Relation:
    if not row.cells["object"]:
        row.faults.append("object is empty; name a place, a party or a country")
    return Relation(
        place=PlaceId(_id(row, "place_id")),
        relation=cast("RelationKind", _one_of(row, "relation", get_args(RelationKind))),
        object=row.cells["object"],
        party=_party(row, tables),
        **_dates(row),
        source=_source(row, tables),
    )


def _read_link(row: Row, tables: Tables) -> Link:
    return Link(
        place=PlaceId(_id(row, "place_id")),
        relation=_one_of(row, "relation", LINK_KINDS),
        target=row.cells["target"],
        source=_source(row, tables),
    )


def _read_point(row: Row, tables: Tables) -> Point:
    return Point(
        place=PlaceId(_id(row, "place_id")),
        lat=_number(row, "lat", -90, 90),
        lon=_number(row, "lon", -180, 180),
        source=_source(row, tables),
    )


# In the order of reading: sources and parties before what names them.
_READERS: dict[str, Callable[[Row, Tables], Fact]] = {
    "sources.csv": _read_source,
    "parties.csv": _read_party,
    "places.csv": _read_place,
    "names.csv": _read_name,
    "relations.csv": _read_relation,
    "links.csv": _read_link,
    "points.csv": _read_point,
}
