"""Write the tables of one folder together: all or none, whoever else writes and whenever the process is killed."""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from geo.errors import OutputError
from geo.files import cache_folder, staged, write_whole
from geo.gazetteer.tables import COLUMNS

# What is on its way into a folder: once it is there, the tables are as good as written.
JOURNAL = ".allonym-adding.json"
PATIENCE_S = 60.0


@contextmanager
def alone(folder: Path) -> Iterator[None]:
    """Keep this machine's other runs from writing a folder's tables; the lock of a killed run is nobody's.

    Raises
    ------
    OutputError
        When the cache folder cannot be written, or another run keeps the tables for over a minute.
    """
    digest = hashlib.sha256(str(folder.resolve()).encode(errors="surrogateescape")).hexdigest()[:16]
    path = cache_folder() / f"adding-{digest}.lock"
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        lock = sqlite3.connect(path, timeout=PATIENCE_S, isolation_level=None)
    except (OSError, sqlite3.OperationalError) as error:
        raise OutputError(f"{path}: cannot be written ({error}); name another folder in ALLONYM_CACHE") from error
    try:
        lock.execute("BEGIN EXCLUSIVE")
    except sqlite3.OperationalError as error:
        lock.close()
        raise OutputError(f"{folder}: another run is adding to it ({error}); try again when it has ended") from error
    try:
        finish(folder)
        _sweep(folder)
        yield
    finally:
        lock.close()


def write_together(folder: Path, contents: Sequence[tuple[str, Iterable[bytes]]]) -> None:
    """Write tables of a folder that is kept by `alone`.

    Raises
    ------
    OutputError
        When the folder cannot be made or the disk is full; no table has changed then.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise OutputError(f"{folder}: cannot be made ({error.strerror}); choose another folder") from error
    with staged([(folder / table, content) for table, content in contents]) as temporaries:
        write_whole(folder / JOURNAL, json.dumps([temporary.name for temporary in temporaries]).encode())
        # From here on they are the journal's: the next run, or the next reader, finishes what this one may not.
        temporaries.clear()
    finish(folder)
    if (folder / JOURNAL).exists():
        raise OutputError(f"{folder}: its tables cannot take their names; check the folder's permissions and run again")


def finish(folder: Path) -> None:
    """Let tables that a killed run has written whole take their names; in a folder that nobody may write all stays as it is."""
    pending = _pending(folder)
    if pending is None:
        return
    with suppress(OSError):
        for temporary, table in pending:
            with suppress(FileNotFoundError):
                (folder / temporary).replace(folder / table)
        (folder / JOURNAL).unlink()


def _pending(folder: Path) -> list[tuple[str, str]] | None:
    """Give what the journal names, nothing but new tables of this folder; None where there is no journal."""
    try:
        told = json.loads((folder / JOURNAL).read_text(encoding="utf-8"))
    except OSError:
        return None
    except ValueError:
        return []
    names = [name for name in told if isinstance(name, str)] if isinstance(told, list) else []
    return [(name, table) for name in names for table in COLUMNS if _is_new(name, table)]


def _is_new(name: str, table: str) -> bool:
    return name.startswith(f".{table}.") and Path(name).name == name


def _sweep(folder: Path) -> None:
    """Remove what runs have left that were killed before their tables were whole."""
    for table in COLUMNS:
        for left in folder.glob(f".{table}.*"):
            with suppress(OSError):
                left.unlink()
