"""What gazetteers say, fact by fact, in one SQLite file beside each index: read a place at a time, never whole.

Facts are gathered in a file of their own (`Gathered`), in any order and any number, and then laid down by place
(`Gathered.settle`). `Facts` reads what was laid down.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass, fields
from itertools import groupby, islice
from operator import attrgetter
from pathlib import Path
from typing import Any, TypeVar

from geo.errors import DataError
from geo.gazetteer.keys import Key, id_of, key_of, order_of
from geo.gazetteer.records import Attestation, Fact, Link, Party, PlaceId, Point, Relation, Source, TablePlace

BATCH = 20_000
TABLES: dict[type, str] = {
    TablePlace: "place",
    Attestation: "name",
    Relation: "relation",
    Link: "link",
    Point: "point",
    Party: "party",
    Source: "source",
}
_OF_A_PLACE = (TablePlace, Attestation, Relation, Link, Point)
_VALUES = {kind: attrgetter(*(field.name for field in fields(kind))) for kind in TABLES}
_Record = TypeVar("_Record", Attestation, Relation, Link, Point)


def _columns(kind: type) -> list[str]:
    """Give the columns of a kind of fact; the first of those that speak of a place is its key."""
    names = [field.name.rstrip("_") for field in fields(kind)]
    return [f'"{name}"' for name in (["key", *names[1:]] if kind in _OF_A_PLACE else names)]


def _create(connection: sqlite3.Connection) -> None:
    for kind, table in TABLES.items():
        unique = "" if kind in (Attestation, Relation, Link, Point) else f", PRIMARY KEY ({_columns(kind)[0]})"
        connection.execute(f"CREATE TABLE {table} ({', '.join(_columns(kind))}{unique})")


class DoubledError(DataError):
    """Different places of one gazetteer have one id.

    Parameters
    ----------
    ids : set of PlaceId
        The ids, at least one.
    """

    def __init__(self, ids: set[PlaceId]) -> None:
        super().__init__(f"two places have the id {min(ids)!r}; keep one of them")
        self.ids = ids


class Gathered:
    """Facts on their way into an index: as many as the disk holds.

    Parameters
    ----------
    path : Path
        A file that does not exist yet.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self._connection = sqlite3.connect(path, isolation_level=None)
        # The file is of no use before it is complete: nothing has to be undone.
        self._connection.execute("PRAGMA journal_mode = OFF")
        self._connection.execute("PRAGMA synchronous = OFF")
        _create(self._connection)
        self._connection.execute("BEGIN")

    def add(self, facts: Iterable[Fact]) -> None:
        """Add facts in any order; a party or a source may come again, and the last one holds.

        Raises
        ------
        DoubledError
            When different places have one id, once all facts have come.
        """
        stream = iter(facts)
        doubled: set[PlaceId] = set()
        while batch := list(islice(stream, BATCH)):
            for kind in TABLES:
                rows = [_row(fact) for fact in batch if type(fact) is kind]
                if rows:
                    doubled.update(self._insert(kind, rows))
        if doubled:
            raise DoubledError(doubled)

    def _insert(self, kind: type, rows: list[tuple[Any, ...]]) -> Iterator[PlaceId]:
        """Insert rows and give the ids that another place has already; the same place may be told again."""
        anew = "OR REPLACE " if kind in (Party, Source) else "OR IGNORE " if kind is TablePlace else ""
        marks = ", ".join("?" * len(rows[0]))
        made = self._connection.executemany(f"INSERT {anew}INTO {TABLES[kind]} VALUES ({marks})", rows)  # noqa: S608
        if kind is TablePlace and made.rowcount < len(rows):
            for row in rows:
                if self._connection.execute("SELECT * FROM place WHERE key = ?", row[:1]).fetchone() != row:
                    yield id_of(row[0])

    def index(self) -> None:
        """Make what was gathered readable by place."""
        for kind in (Attestation, Relation, Link, Point):
            self._connection.execute(f"CREATE INDEX {TABLES[kind]}_of ON {TABLES[kind]} (key)")

    def places(self) -> Iterator[tuple[Key, TablePlace | None, list[Attestation], list[Relation]]]:
        """Give each place, in the order of keys, with its names and relations; None where only names are told of it."""
        select = "SELECT * FROM {} ORDER BY key, rowid"
        groups = [
            groupby(self._connection.execute(select.format(table)), key=lambda row: row[0])
            for table in ("place", "name", "relation")
        ]
        heads: list[Any] = [next(group, None) for group in groups]
        while any(heads):
            key = min((head[0] for head in heads if head), key=order_of)
            found: list[list[Any]] = []
            for number, group in enumerate(groups):
                here = heads[number] and heads[number][0] == key
                found.append(list(heads[number][1]) if here else [])
                if here:
                    heads[number] = next(group, None)
            place, names, relations = found
            yield (
                key,
                _record(TablePlace, place[0]) if place else None,
                [_record(Attestation, row) for row in names],
                [_record(Relation, row) for row in relations],
            )

    def keys_of(self, *features: str) -> dict[Key, str]:
        """Give the keys of the places with these feature codes, each with its code."""
        marks = ", ".join("?" * len(features))
        rows = self._connection.execute(
            f"SELECT key, feature_code FROM place WHERE feature_code IN ({marks})",  # noqa: S608
            features,
        )
        return dict(rows.fetchall())

    def settle(self, path: Path, told: Iterable[Told], *, leave_bare: bool) -> None:
        """Lay the facts down by place in a new file.

        Parameters
        ----------
        path : Path
            The new file.
        told : iterable of Told
            What is known of each listed place beyond its row; only these can be asked for by `Facts.told_at`.
        leave_bare : bool
            Whether to leave out the names of which nothing but the spelling is told: the index has them.
        """
        connection = self._connection
        connection.execute("COMMIT")
        connection.execute("ATTACH ? AS settled", (str(path),))
        connection.execute("PRAGMA settled.journal_mode = OFF")
        connection.execute("PRAGMA settled.synchronous = OFF")
        connection.execute("BEGIN")
        for kind, table in TABLES.items():
            if kind is TablePlace:
                continue
            columns = ", ".join(_columns(kind))
            connection.execute(f"CREATE TABLE settled.{table} ({columns})")
            bare = _BARE if leave_bare and kind is Attestation else ""
            order = "ORDER BY key, rowid" if kind in _OF_A_PLACE else "ORDER BY rowid"
            connection.execute(f"INSERT INTO settled.{table} SELECT {columns} FROM main.{table} {bare} {order}")  # noqa: S608
            if kind in _OF_A_PLACE:
                connection.execute(f"CREATE INDEX settled.{table}_of ON {table} (key)")
        connection.execute("CREATE INDEX settled.link_to ON link (target)")
        columns = ", ".join(f'"{field.name}"' for field in fields(Told))
        connection.execute(f"CREATE TABLE settled.told ({columns}, PRIMARY KEY (number))")
        marks = ", ".join("?" * len(fields(Told)))
        connection.executemany(f"INSERT INTO settled.told VALUES ({marks})", map(astuple, told))  # noqa: S608
        connection.execute("COMMIT")

    def close(self) -> None:
        """Close the file."""
        self._connection.close()


_BARE = """WHERE NOT (kind IN ('variant', 'endonym') AND lang = '' AND party IS NULL AND "from" = '' AND "to" = '' AND note = ''
    AND source = 'geonames:' || key)"""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """What an index knows of a listed place beyond its numbers."""

    number: int
    key: Key
    name: str
    contested: bool
    source: str
    region: str
    note: str


def _row(fact: Fact) -> tuple[Any, ...]:
    values: tuple[Any, ...] = _VALUES[type(fact)](fact)
    return (key_of(values[0]), *values[1:]) if isinstance(fact, _OF_A_PLACE) else values


def _record(kind: type, row: tuple[Any, ...]) -> Any:
    return kind(**dict(zip(kind.__slots__, (id_of(row[0]), *row[1:]), strict=True)))  # type: ignore[attr-defined]


def _told(row: tuple[Any, ...]) -> Told:
    told = dict(zip(Told.__slots__, row, strict=True))
    return Told(**told | {"contested": bool(told["contested"])})


class Facts:
    """Read access to the facts beside one index.

    Parameters
    ----------
    path : Path
        As `Gathered.settle` has written it.
    """

    def __init__(self, path: Path) -> None:
        address = f"{path.resolve().as_uri()}?mode=ro&immutable=1"
        # Read only and never changed: any thread may read.
        self._connection = sqlite3.connect(address, uri=True, check_same_thread=False)
        self._connection.execute("PRAGMA mmap_size = 268435456")
        # A removed file stays readable once it has been opened, which happens at the first question.
        self._connection.execute("SELECT count(*) FROM source").fetchone()

    def told_at(self, number: int) -> Told | None:
        """Give what is told of the listed place with this number."""
        row = self._connection.execute("SELECT * FROM told WHERE number = ?", (number,)).fetchone()
        return _told(row) if row else None

    def all_told(self) -> Iterator[Told]:
        """Give what is told of all listed places."""
        return map(_told, self._connection.execute("SELECT * FROM told ORDER BY number"))

    def names(self, key: Key) -> list[Attestation]:
        """Give the attestations of a place's names, in the order of the tables."""
        return self._of(Attestation, key)

    def relations(self, key: Key) -> list[Relation]:
        """Give what a place lies within, who administers and who claims it."""
        return self._of(Relation, key)

    def links(self, key: Key) -> list[Link]:
        """Give the records elsewhere that are (nearly) the same place."""
        return self._of(Link, key)

    def points(self, key: Key) -> list[Point]:
        """Give the further points of a place."""
        return self._of(Point, key)

    def linked_to(self, target: PlaceId) -> list[Key]:
        """Give the keys of the places that say that they are the same as a record elsewhere."""
        rows = self._connection.execute("SELECT key FROM link WHERE target = ? AND relation = 'exactMatch'", (target,))
        return [key for (key,) in rows]

    def parties(self) -> list[Party]:
        """Give all parties."""
        return [Party(**row) for row in self._all(Party)]

    def sources(self) -> list[Source]:
        """Give all sources."""
        return [Source(**row) for row in self._all(Source)]

    def count(self, kind: type) -> int:
        """Count the facts of a kind."""
        return int(self._connection.execute(f"SELECT count(*) FROM {TABLES[kind]}").fetchone()[0])  # noqa: S608

    def _of(self, kind: type[_Record], key: Key) -> list[_Record]:
        rows = self._connection.execute(f"SELECT * FROM {TABLES[kind]} WHERE key = ? ORDER BY rowid", (key,))  # noqa: S608
        return [_record(kind, row) for row in rows]

    def _all(self, kind: type) -> Iterator[dict[str, Any]]:
        for row in self._connection.execute(f"SELECT * FROM {TABLES[kind]} ORDER BY rowid"):  # noqa: S608
            yield dict(zip(kind.__slots__, row, strict=True))  # type: ignore[attr-defined]
