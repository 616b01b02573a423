"""Read the formats in which researchers have gazetteers: each module streams the facts of one."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

from geo.errors import DataError, UsageError
from geo.gazetteer.importers import (
    geonames,
    linked_places,
    openstreetmap,
    overture,
    plain_csv,
    table_folder,
    whos_on_first,
    wikidata,
)
from geo.gazetteer.importers.json_items import items
from geo.gazetteer.importers.ledger import Ledger
from geo.gazetteer.importers.text_lines import lines
from geo.gazetteer.records import Fact, PlaceId, TablePlace
from geo.gazetteer.tables import table_files

__all__ = ["FORMATS", "Ledger", "detect", "first_of", "read_facts"]

FORMATS: dict[str, Callable[..., Iterator[Fact]]] = {
    "geonames": geonames.read,
    "wof": whos_on_first.read,
    "lpf": linked_places.read,
    "overture": overture.read,
    "osm": openstreetmap.read,
    "wikidata": wikidata.read,
    "csv": plain_csv.read,
    "tables": table_folder.read,
}
_JSON = frozenset({".json", ".jsonl", ".ndjson", ".geojson", ".geojsonl", ".geojsons", ".jsonld"})


def read_facts(path: Path, *, format_: str = "", ledger: Ledger) -> Iterator[Fact]:
    """Give the facts of a gazetteer file or folder, a few at a time.

    A source comes before the facts that cite it; the facts of a place may come in any order, and may name places of
    another file.

    Parameters
    ----------
    path : Path
        A file, or a folder of records or tables.
    format_ : str
        A key of `FORMATS`, or "" to tell it by the content.
    ledger : Ledger
        Counts what is left out, and says what becomes of broken rows.

    Raises
    ------
    UsageError
        When there is no such format.
    DataError
        When the file cannot be read, its format cannot be told, or a row is broken and not to be passed over.
    """
    if format_ and format_ not in FORMATS:
        raise UsageError(f"format {format_!r} is not known; use one of {' '.join(FORMATS)}")
    yield from FORMATS[format_ or detect(path)](path, ledger=ledger)


def first_of(ids: Collection[PlaceId], facts: Iterator[Fact], ledger: Ledger) -> Iterator[Fact]:
    """Give facts without those of a second, different place under one of these ids, nor what else its row says.

    Raises
    ------
    DataError
        At such a place, with ``file:line``, unless broken rows are to be passed over.
    """
    first: dict[PlaceId, TablePlace] = {}
    refused: str | None = None
    for fact in facts:
        if refused is not None and ledger.where == refused:
            continue
        if isinstance(fact, TablePlace) and fact.id in ids and first.setdefault(fact.id, fact) != fact:
            ledger.bad(f"another place has the id {fact.id!r} already; keep one of them")
            refused = ledger.where
            continue
        yield fact


def detect(path: Path) -> str:
    """Tell the format of a gazetteer file or folder by its content.

    Raises
    ------
    DataError
        When it is none that we know.
    """
    if not path.exists():
        raise DataError(f"{path}: is not there; check the path")
    found = _of_folder(path) if path.is_dir() else _of_file(path)
    if not found:
        known = " ".join(FORMATS)
        raise DataError(
            f"{path}: is no gazetteer that we know; say what it is to `geo gazetteer add --format`: {known}"
        )
    return found


def _of_folder(path: Path) -> str:
    if table_files([path]):
        return "tables"
    return "wof" if next(path.rglob("*.geojson"), None) else ""


def _of_file(path: Path) -> str:
    try:
        if whos_on_first.is_sqlite(path):
            return "wof"
        if overture.is_parquet(path):
            return "overture"
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}); check its permissions") from error
    return _of_json(path) if path.suffix.lower() in _JSON else _of_text(path)


def _of_text(path: Path) -> str:
    first = next(lines(path, ledger=Ledger(skip_bad=True)), "")
    if first.count("\t") + 1 in (geonames.PLACE_COLUMNS, geonames.NAME_COLUMNS):
        return "geonames"
    return "csv" if plain_csv.usable(plain_csv.headings(first)[1]) else ""


def _of_json(path: Path) -> str:
    first = next(islice(items(path, ("features", *wikidata.MEMBERS), ledger=Ledger(skip_bad=True)), 1), None)
    if not isinstance(first, dict):
        return ""
    own = first.get("properties")
    if not isinstance(own, dict):
        return "wikidata" if any(name in first for name in wikidata.ITEM) else ""
    return _of_feature(first, own)


def _of_feature(feature: dict[str, Any], own: dict[str, Any]) -> str:
    if "wof:id" in own:
        return "wof"
    if "@id" in feature and "title" in own:
        return "lpf"
    if "subtype" in own and "names" in own:
        return "overture"
    tags = own["tags"] if isinstance(own.get("tags"), dict) else own
    told = feature.get("id") or own.get("@id") or own.get("id") or own.get("full_id")
    return "osm" if told and ("name" in tags or "place" in tags) else ""
