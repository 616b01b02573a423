"""A gazetteer beside the default one, as a layer of its own: somebody's tables, or a large file in a published format."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from dataclasses import replace
from itertools import count
from pathlib import Path

from geo.errors import DataError
from geo.gazetteer.build import Entry, Progress, write_index
from geo.gazetteer.facts import Gathered, Told
from geo.gazetteer.filing import ALTERNATE, NAME_KINDS, PRIMARY, filed_names
from geo.gazetteer.keys import Key, id_of, key_of
from geo.gazetteer.listing import Known, entry, own_name, told
from geo.gazetteer.records import Attestation, Fact, Relation, TablePlace
from geo.gazetteer.sides import de_jure_country

_DIVISIONS = ("ADM1", "ADM2")
# A published file lists names by the million: they count as a package's do, and only what is no proper name stays apart.
_APART = {NAME_KINDS.index(kind) for kind in ("abbreviation", "demonym")}


def build_layer(folder: Path, facts: Iterable[Fact], *, tables: bool, progress: Progress) -> None:
    """Write the index and the facts of a layer into an empty folder.

    Parameters
    ----------
    folder : Path
    facts : iterable of Fact
        In any order; names may be told of places that another layer has.
    tables : bool
        Whether people wrote it as tables: then its names lead to their places by folding key too, and its places keep their
        region.
    progress : callable
        Is told in a few words what is being done.

    Raises
    ------
    DataError
        When two places have one id, or a place of a file has no name.
    """
    progress("Gathering facts")
    gathered = Gathered(folder / "gathered")
    try:
        gathered.add(facts)
        gathered.index()
        divisions = gathered.keys_of(*_DIVISIONS)
        told_of: list[Told] = []
        write_index(_entries(gathered, divisions, told_of, tables=tables), folder, tables=tables, progress=progress)
        progress("Writing facts")
        gathered.settle(folder / "facts.sqlite", told_of, leave_bare=not tables)
    finally:
        gathered.close()
        gathered.path.unlink()


def _entries(gathered: Gathered, divisions: dict[Key, str], told_of: list[Told], *, tables: bool) -> Iterator[Entry]:
    numbers = count()
    for key, row, names, relations in gathered.places():
        if row is None and not names:
            # A relation of a place that another layer has: it is asked for by its key.
            continue
        place = row or _ghost(key)
        primary = own_name(names)
        if not (primary or tables):
            raise DataError(f"{place.id} has no name; add one")
        filed = filed_names(primary, names, ())
        if primary and not tables:
            filed = {name: kind if kind in _APART else ALTERNATE for name, kind in filed.items()} | {primary: PRIMARY}
        of_it = _told(next(numbers), key, row, names, tables=tables)
        told_of.extend([of_it] if of_it else [])
        known = Known(primary, *_where(relations, divisions))
        yield entry(key, place, known, filed, listed=of_it is not None, keyed=tables)


def _ghost(key: Key) -> TablePlace:
    """Give the row of a place that another layer has: no point."""
    return TablePlace(
        id=id_of(key), feature_code="", lat=math.nan, lon=math.nan, precision_m=0, population=0, source="", region=""
    )


def _where(relations: list[Relation], divisions: dict[Key, str]) -> tuple[str, Key | None, Key | None]:
    """Give country, first- and second-level division of a place, as it stands today."""
    found: dict[str, Key] = {}
    for relation in relations:
        if relation.relation == "within" and not relation.to:
            level = divisions.get(key_of(relation.object))
            if level:
                found[level] = key_of(relation.object)
    return de_jure_country(relations, ""), found.get("ADM1"), found.get("ADM2")


def _told(
    number: int,
    key: Key,
    row: TablePlace | None,
    names: list[Attestation],
    *,
    tables: bool,
) -> Told | None:
    """Give what is known of a place beyond its numbers; None where its id says it all."""
    place = id_of(key)
    sided = any(name.party for name in names)
    if not (tables or isinstance(key, str) or sided or (row and (row.note or row.source != place))):
        return None
    of_it = told(number, key, row, names if tables or sided else ())
    return of_it if tables else replace(of_it, region="")
