"""Add gazetteers in other formats to tables that people edit."""

from __future__ import annotations

import re
import sqlite3
import tempfile
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path

from geo.errors import DataError, OutputError, UsageError
from geo.files import data_folder
from geo.gazetteer.compile import compile_all
from geo.gazetteer.download import country_files
from geo.gazetteer.importers import read_facts
from geo.gazetteer.importers.ledger import Ledger
from geo.gazetteer.index import Index
from geo.gazetteer.keys import key_of
from geo.gazetteer.records import Fact, Party
from geo.gazetteer.stack import Stack
from geo.gazetteer.staging import Staging
from geo.gazetteer.tables import COLUMNS, read_rows
from geo.gazetteer.together import alone, write_together

_COUNTRY = re.compile(r"[A-Z]{2}")


def add(sources: Sequence[str], to: Path, *, format_: str = "", skip_bad: bool = False, online: bool = False) -> Ledger:
    """Add the facts of files and folders to the tables of a folder: all or nothing, one run after the other.

    What the tables say already stays as it is: rows that say the same are merged, a further source joins the row's own, another
    point of a place goes to ``points.csv``. Adding the same source again changes nothing.

    Parameters
    ----------
    sources : sequence of str
        Files, folders, or two-letter country codes whose GeoNames files are downloaded.
    to : Path
        The folder of the tables; made where it is missing.
    format_ : str
        The format of the sources, "" to tell it by their content.
    skip_bad : bool
        Whether broken rows, and sources that cannot be read, are listed and passed over.
    online : bool
        Whether anything may be downloaded.

    Returns
    -------
    Ledger
        What was taken, merged, left out and broken.

    Raises
    ------
    DataError
        At the first broken row or source unless they are to be passed over, or when the folder's own tables are broken.
    OutputError
        When the folder or the temporary folder cannot be written.
    UsageError
        When a country is asked for and nothing may be downloaded, or there is no such format.
    """
    paths = [path for source in sources for path in _paths(source, online=online)]
    ledger = Ledger(skip_bad=skip_bad)
    try:
        with alone(to), tempfile.TemporaryDirectory(prefix="allonym-") as folder:
            staging = Staging(Path(folder) / "staging.sqlite")
            try:
                _fill(staging, paths, to, format_, ledger)
                _write(staging, to)
            finally:
                staging.close()
    except sqlite3.OperationalError as error:
        raise OutputError(f"{tempfile.gettempdir()}: no room for {error}; name another folder in TMPDIR") from error
    return ledger


def summary(ledger: Ledger) -> str:
    """Give in one line what was taken, merged and left out.

    Examples
    --------
    >>> ledger = Ledger()
    >>> ledger.taken.update(places=2, names=1_000)
    >>> ledger.leave("deprecated record")
    >>> summary(ledger)
    'took 2 places, 1,000 names; merged nothing; left out 1: 1 deprecated record'
    """
    left = ", ".join(f"{count:,} {reason}" for reason, count in ledger.left_out.most_common())
    out = f"{ledger.left_out.total():,}: {left}" if left else "nothing"
    return f"took {_counts(ledger.taken)}; merged {_counts(ledger.merged)}; left out {out}"


def _counts(counts: dict[str, int]) -> str:
    return ", ".join(f"{count:,} {what}" for what, count in counts.items() if count) or "nothing"


def _paths(source: str, *, online: bool) -> list[Path]:
    path = Path(source)
    if path.exists() or not _COUNTRY.fullmatch(source):
        return [path]
    if not online:
        raise UsageError(f"{source}: is no file; to download the country's GeoNames files, say --online")
    return country_files(source)


def _fill(staging: Staging, paths: Iterable[Path], to: Path, format_: str, ledger: Ledger) -> None:
    for table in COLUMNS:
        if (to / table).exists():
            for row in read_rows(to / table):
                staging.keep(row)
    for path in paths:
        own = Ledger(skip_bad=ledger.skip_bad)
        staging.begin()
        try:
            _add(staging, read_facts(path, format_=format_, ledger=own), own)
        except DataError as error:
            staging.rollback()
            if not ledger.skip_bad:
                raise
            ledger.broken.append(str(error))
            continue
        staging.commit()
        ledger.add(own)
    staging.drop_untagged(ledger)
    staging.drop_unknown(_Default().has, ledger)


class _Default:
    """The gazetteer that ships with the project, opened when it is asked for the first time."""

    @cached_property
    def _stack(self) -> Stack:
        return Stack([Index(compile_all((), progress=lambda _: None)[0])])

    def has(self, place: str) -> bool:
        return self._stack.number_of(key_of(place)) is not None


def _add(staging: Staging, facts: Iterable[Fact], ledger: Ledger) -> None:
    # The project's parties have a colour and a place on the map; they stand.
    shipped = {row.cells["party_id"] for row in read_rows(data_folder() / "gazetteer" / "parties.csv")}
    for fact in facts:
        if not (isinstance(fact, Party) and fact.id in shipped):
            staging.add(fact, ledger)


def _write(staging: Staging, to: Path) -> None:
    write_together(
        to, [(table, staging.content(table)) for table in _ORDER if staging.has(table) or (to / table).exists()]
    )


# Rows that others refer to take their place first.
_ORDER = ("sources.csv", "parties.csv", "places.csv", "names.csv", "relations.csv", "links.csv", "points.csv")
