"""What the tables say, written for others: one format a file."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from geo.errors import DataError, UsageError
from geo.files import data_folder
from geo.gazetteer.exporters import geoparquet, linked_places, names_csv, synonyms
from geo.gazetteer.exporters.known import cited_sources, named_parties
from geo.gazetteer.tables import Tables, missing_tables, read_tables
from geo.gazetteer.together import finish

FORMATS: dict[str, Callable[[Tables], bytes]] = {
    ".json": lambda tables: "".join(linked_places.collection(tables)).encode(),
    ".jsonl": lambda tables: "".join(linked_places.lines(tables)).encode(),
    ".parquet": geoparquet.content,
    ".csv": lambda tables: names_csv.text(tables).encode(),
    ".txt": lambda tables: "".join(synonyms.lines(tables)).encode(),
}


def format_of(path: Path) -> Callable[[Tables], bytes]:
    """Give the writer for a file name.

    Raises
    ------
    UsageError
        When the suffix stands for none.
    """
    suffix = path.suffix.lower()
    if suffix not in FORMATS:
        raise UsageError(f"{path}: an export ends in one of {' '.join(FORMATS)}")
    return FORMATS[suffix]


def read_export(folders: Sequence[Path], region: str = "") -> Tables:
    """Read what is to be exported: the project's tables, or only the facts of a user's folders or of one region.

    Parameters
    ----------
    folders : sequence of Path
        A user's own tables; they may name sources, parties and places of the project's.
    region : str
        Name of one folder with tables within, or "" for all.

    Raises
    ------
    DataError
        When a folder is missing, a table is wrong, or there is no place to export.
    UsageError
        When there is no such region.
    """
    for folder in folders:
        finish(folder)
        if missing := missing_tables(folder):
            raise DataError(missing)
    project = data_folder() / "gazetteer"
    tables = read_tables([project, *folders])
    chosen = folders or [project]
    if region:
        known = sorted({path.name for folder in chosen for path in folder.iterdir() if path.is_dir()})
        if region not in known:
            raise UsageError(f"--region {region}: no such folder; use one of {' '.join(known)}")
        chosen = [folder / region for folder in chosen]
    selected = tables if not folders and not region else _without_own_names(_select(tables, chosen), tables, folders)
    if not selected.places and not selected.names:
        raise DataError(f"{' '.join(map(str, chosen))}: no place to export; name a folder with places.csv")
    return selected


def _without_own_names(selected: Tables, tables: Tables, folders: Sequence[Path]) -> Tables:
    """Take out the region of places that stand in a user's folder itself: it is that folder's name, and nobody's business."""
    for place in list(selected.places.values()):
        if Path(tables.where[place].rpartition(":")[0]).parent in folders:
            selected.add(replace(place, region=""))
    return selected


def _select(tables: Tables, folders: Sequence[Path]) -> Tables:
    """Give the facts that stand in these folders, with the sources and parties that they name."""
    selected = Tables()
    for fact in tables.facts():
        path = Path(tables.where[fact].rpartition(":")[0])
        if any(path.is_relative_to(folder) for folder in folders):
            selected.add(fact)
    facts = list(selected.facts())
    for source in cited_sources(facts):
        if source in tables.sources:
            selected.add(tables.sources[source])
    for party in named_parties(facts):
        if party in tables.parties:
            selected.add(tables.parties[party])
    return selected
