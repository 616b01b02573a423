"""Facts on their way into tables: rows in a temporary database on the disk, so that the largest gazetteer needs little memory."""

from __future__ import annotations

import csv
import io
import sqlite3
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path

from geo.gazetteer.importers.ledger import BadRowError, Ledger
from geo.gazetteer.records import Attestation, Fact, Link, Party, Point, Relation, Source, TablePlace
from geo.gazetteer.tables import COLUMNS, Row, runs

# What makes two rows one, for each table.
KEYS = {
    "sources.csv": ("source_id",),
    "parties.csv": ("party_id",),
    "places.csv": ("place_id",),
    "names.csv": ("place_id", "toponym", "lang", "kind", "party", "from"),
    "relations.csv": ("place_id", "relation", "object", "party", "from"),
    "links.csv": ("place_id", "target"),
    "points.csv": ("place_id", "lat", "lon"),
}
# Rows that other rows refer to are written first.
WORDS = {
    "sources.csv": "sources",
    "parties.csv": "parties",
    "places.csv": "places",
    "names.csv": "names",
    "relations.csv": "relations",
    "links.csv": "links",
    "points.csv": "points",
}
_NUMBERS = frozenset({"lat", "lon", "precision_m", "population", "from", "to"})
_ONCE = frozenset({"sources.csv", "parties.csv", "places.csv", "names.csv"})
# The columns of each table that hold no number, by their places.
_TEXTS = {
    table: [number for number, column in enumerate(columns) if column not in _NUMBERS]
    for table, columns in COLUMNS.items()
}
_ROWS_AT_ONCE = 5_000
_OWN = 0
_Cells = tuple[str, ...]


def row_of(fact: Fact) -> tuple[str, _Cells]:  # noqa: PLR0911 - one table each
    """Give the table and the cells of a fact."""
    match fact:
        case Attestation():
            return "names.csv", (
                *(fact.place, fact.toponym, fact.lang, fact.kind, fact.party or ""),
                *(fact.from_, fact.to, fact.source, fact.note),
            )
        case Relation():
            return "relations.csv", (
                *(fact.place, fact.relation, fact.object, fact.party or "", fact.from_, fact.to, fact.source),
            )
        case TablePlace():
            return "places.csv", (
                *(fact.id, fact.feature_code, _number(fact.lat), _number(fact.lon), _number(fact.precision_m)),
                *(str(fact.population or ""), fact.source, fact.note),
            )
        case Link():
            return "links.csv", (fact.place, fact.relation, fact.target, fact.source)
        case Point():
            return "points.csv", (fact.place, _number(fact.lat), _number(fact.lon), fact.source)
        case Party():
            return "parties.csv", (fact.id, fact.name, fact.kind, fact.place or "", fact.colour, fact.note)
        case Source():
            return "sources.csv", (fact.id, fact.citation, fact.licence, fact.url, fact.accessed)


def _number(value: float) -> str:
    """Give a number as short as it can be written: seven decimals of a degree are a centimetre."""
    return f"{value:.7f}".rstrip("0").rstrip(".") if value % 1 else f"{value:.0f}"


class Staging:
    """Rows of all tables, in the order in which they came; rows with the same key are one.

    Parameters
    ----------
    path : Path
        Where the temporary database is to be.
    """

    def __init__(self, path: Path) -> None:
        self._database = sqlite3.connect(path, isolation_level=None)
        self._execute = self._database.execute
        self._run = _OWN
        self._refused: str | None = None
        # What a source that is taken back has changed is kept on the disk: in memory it would grow with the tables.
        self._execute("PRAGMA journal_mode = TRUNCATE")
        self._execute("PRAGMA synchronous = OFF")
        self._execute("PRAGMA cache_size = -100000")
        self._insert = {}
        for table, columns in COLUMNS.items():
            quoted = ", ".join(f'"{column}" TEXT' for column in columns)
            unique = ", ".join(f'"{column}"' for column in KEYS[table])
            self._execute(f'CREATE TABLE "{table}" ({quoted}, run INTEGER, line TEXT, said TEXT, UNIQUE ({unique}))')
            marks = ", ".join("?" * (len(columns) + 3))
            self._insert[table] = f'INSERT OR IGNORE INTO "{table}" VALUES ({marks})'  # noqa: S608 - our own names

    def close(self) -> None:
        """Close the database."""
        self._database.close()

    def keep(self, row: Row) -> None:
        """Take a row that is in the tables already.

        Raises
        ------
        DataError
            When a cell is broken, or two rows say different things of one place, party, source or name.
        """
        if row.faults:
            raise row.error(row.faults[0])
        table, cells = row.path.name, tuple(row.cells.values())
        if self._execute(self._insert[table], (*cells, _OWN, "", "")).rowcount:
            return
        if table in _ONCE:
            raise row.error("says again what stands in a row above; keep one of the two")
        self._merge(table, cells, Ledger())

    def begin(self) -> None:
        """Begin a source; until `commit` it can be taken back."""
        self._run += 1
        self._refused = None
        self._execute("BEGIN")

    def commit(self) -> None:
        """Take the source for good."""
        self._execute("COMMIT")

    def rollback(self) -> None:
        """Take back everything since `begin`."""
        self._execute("ROLLBACK")

    def add(self, fact: Fact, ledger: Ledger) -> None:
        """Take a fact, or merge it with the row that says the same.

        Raises
        ------
        DataError
            When a cell would run in a spreadsheet, or a source tells two places under one id, unless broken rows are to be
            passed over.
        """
        if ledger.where == self._refused:
            return
        table, cells = row_of(fact)
        if any(runs(cells[number]) for number in _TEXTS[table]):
            ledger.bad("a cell would run as a formula in a spreadsheet; take out its first sign")
            return
        said = _said(cells) if table == "places.csv" else ""
        if self._execute(self._insert[table], (*cells, self._run, ledger.where, said)).rowcount:
            ledger.taken[WORDS[table]] += 1
            return
        try:
            self._merge(table, cells, ledger)
        except BadRowError as problem:
            # Whatever else the row says is of the place that is refused.
            self._refused = ledger.where
            ledger.bad(problem)

    def _merge(self, table: str, cells: _Cells, ledger: Ledger) -> None:
        ledger.merged[WORDS[table]] += 1
        columns = COLUMNS[table]
        new = dict(zip(columns, cells, strict=True))
        where = " AND ".join(f'"{column}" = ?' for column in KEYS[table])
        key = [new[column] for column in KEYS[table]]
        row = self._execute(f'SELECT * FROM "{table}" WHERE {where}', key).fetchone()  # noqa: S608 - our own names
        old = dict(zip(columns, row, strict=False))
        if table == "places.csv":
            self._again(cells, row[len(columns) :], ledger)
            self._other_point(old, new, ledger)
        changed = _merged(table, old, new, ledger)
        if changed:
            sets = ", ".join(f'"{column}" = ?' for column in changed)
            self._execute(f'UPDATE "{table}" SET {sets} WHERE {where}', [*changed.values(), *key])  # noqa: S608 - our own names

    def _again(self, cells: _Cells, told: tuple[int, str, str], ledger: Ledger) -> None:
        """Refuse a place of which the source has said something else already; remember what it says."""
        run, line, said = told
        if abs(run) == self._run and said != _said(cells):
            raise BadRowError(f"{cells[0]!r} stands already in {line} with other facts; keep one of the two")
        if abs(run) != self._run:
            # A row that was there before stays one: its number of the run is not above zero.
            now = (self._run if run > _OWN else -self._run, ledger.where, _said(cells), cells[0])
            self._execute('UPDATE "places.csv" SET run = ?, line = ?, said = ? WHERE place_id = ?', now)

    def _other_point(self, old: dict[str, str], new: dict[str, str], ledger: Ledger) -> None:
        """Keep the point of another source beside the place's own."""
        if (float(old["lat"]), float(old["lon"])) != (float(new["lat"]), float(new["lon"])):
            cells = (new["place_id"], new["lat"], new["lon"], new["source"])
            if self._execute(self._insert["points.csv"], (*cells, self._run, "", "")).rowcount:
                ledger.taken["points"] += 1

    def drop_untagged(self, ledger: Ledger) -> None:
        """Drop names without a language that the same record gives with one: they are merged."""
        bare = "lang = '' AND kind = 'variant' AND party = '' AND \"from\" = '' AND \"to\" = '' AND note = ''"
        same = "o.place_id = n.place_id AND o.toponym = n.toponym AND o.source = n.source AND o.lang <> ''"
        query = f'DELETE FROM "names.csv" AS n WHERE {bare} AND EXISTS (SELECT 1 FROM "names.csv" AS o WHERE {same})'  # noqa: S608 - our own words
        new = sum(run > _OWN for (run,) in self._execute(f"{query} RETURNING run"))
        ledger.taken["names"] -= new
        ledger.merged["names"] += new

    def drop_unknown(self, known: Callable[[str], bool], ledger: Ledger) -> None:
        """Drop new places without a name, and what new rows say of places that no table has: tables with such are refused.

        Parameters
        ----------
        known : callable
            Tells whether the gazetteer beneath the tables has a place.
        ledger : Ledger
            Is told what was dropped.
        """
        names = 'SELECT 1 FROM "names.csv" AS n WHERE n.place_id = p.place_id'
        bare = f'SELECT place_id FROM "places.csv" AS p WHERE run > 0 AND NOT EXISTS ({names})'  # noqa: S608 - our own words
        self._drop(["places.csv"], [row for row in self._execute(bare) if not known(row[0])], ledger)
        about = ("names.csv", "relations.csv", "links.csv", "points.csv")
        rows = " UNION ".join(f'SELECT place_id FROM "{table}" WHERE run > 0' for table in about)  # noqa: S608 - our own words
        homeless = self._execute(f'{rows} EXCEPT SELECT place_id FROM "places.csv"')  # noqa: S608 - our own words
        self._drop(about, (row for row in homeless.fetchall() if not known(row[0])), ledger)

    def _drop(self, tables: Iterable[str], places: Iterable[tuple[str]], ledger: Ledger) -> None:
        for row in places:
            for table in tables:
                count = self._execute(f'DELETE FROM "{table}" WHERE run > 0 AND place_id = ?', row).rowcount  # noqa: S608
                ledger.taken[WORDS[table]] -= count
                if count:
                    ledger.left_out[
                        f"{WORDS[table]} of a place without {'name' if table == 'places.csv' else 'point'}"
                    ] += count

    def content(self, table: str) -> Iterator[bytes]:
        """Give a table as the pieces of a CSV file, nothing where it has no row."""
        names = ", ".join(f'"{column}"' for column in COLUMNS[table])
        rows = self._execute(f'SELECT {names} FROM "{table}" ORDER BY rowid')  # noqa: S608 - our own names
        header = [COLUMNS[table]]
        while batch := rows.fetchmany(_ROWS_AT_ONCE):
            text = io.StringIO(newline="")
            csv.writer(text, lineterminator="\n").writerows([*header, *batch])
            header = []
            yield text.getvalue().encode()

    def has(self, table: str) -> bool:
        """Tell whether a table has a row."""
        return self._execute(f'SELECT 1 FROM "{table}" LIMIT 1').fetchone() is not None  # noqa: S608 - our own names


def _said(cells: _Cells) -> str:
    return "\0".join(cells)


def _merged(table: str, old: dict[str, str], new: dict[str, str], ledger: Ledger) -> dict[str, str]:
    """Give the cells of a row that change: further sources are joined, an end that was unknown is filled in."""
    if table in ("places.csv", "sources.csv", "parties.csv"):
        return {}
    changed = {}
    sources = old["source"].split(";")
    further = [source for source in new["source"].split(";") if source not in sources]
    if further:
        changed["source"] = ";".join([*sources, *further])
    if new.get("to") and new["to"] != old["to"]:
        if old["to"]:
            ledger.leave("other end of what has one already")
        else:
            changed["to"] = new["to"]
    if table == "links.csv" and new["relation"] != old["relation"]:
        ledger.leave("other kind of a link that is there already")
    return changed
