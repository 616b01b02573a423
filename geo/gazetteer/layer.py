"""A gazetteer beside the default one, as a layer of its own: somebody's tables, or a large file in a published format."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from itertools import count
from pathlib import Path

from geo.errors import DataError
from geo.gazetteer.build import Entry, Progress, write_index
from geo.gazetteer.facts import Gathered, Told
from geo.gazetteer.filing import ALTERNATE, NAME_KINDS, PRIMARY, filed_names
from geo.gazetteer.folding import normalise
from geo.gazetteer.keys import Key, id_of, key_of
from geo.gazetteer.records import Attestation, Fact, Relation, TablePlace
from geo.gazetteer.sides import contested, de_jure_country, english, in_language, standing

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
        told: list[Told] = []
        write_index(_entries(gathered, divisions, told, tables=tables), folder, tables=tables, progress=progress)
        progress("Writing facts")
        gathered.settle(folder / "facts.sqlite", told, leave_bare=not tables)
    finally:
        gathered.close()
        gathered.path.unlink()


def _entries(gathered: Gathered, divisions: dict[Key, str], told: list[Told], *, tables: bool) -> Iterator[Entry]:
    numbers = count()
    for key, row, names, relations in gathered.places():
        if row is None and not names:
            # A relation of a place that another layer has: it is asked for by its key.
            continue
        place = row or _ghost(key)
        primary = normalise(in_language(standing(names), "en") or (names[0].toponym if names else ""))
        if not (primary or tables):
            raise DataError(f"{place.id} has no name; add one")
        filed = filed_names(primary, names, ())
        if primary and not tables:
            filed = {name: kind if kind in _APART else ALTERNATE for name, kind in filed.items()} | {primary: PRIMARY}
        country, admin1, admin2 = _where(relations, divisions)
        told_of = _told(next(numbers), key, row, names, tables=tables)
        told.extend([told_of] if told_of else [])
        yield Entry(
            key=key,
            name=primary,
            feature_code=place.feature_code,
            lat=place.lat,
            lon=place.lon,
            precision_m=place.precision_m,
            population=place.population,
            country=country,
            admin1=admin1,
            admin2=admin2,
            listed=told_of is not None,
            keyed=tables,
            names=filed,
        )


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
    return Told(
        number=number,
        key=key,
        name=english(standing(names)) if tables or sided else "",
        contested=contested(names) if sided else False,
        source=row.source if row else "",
        region=row.region if row and tables else "",
        note=row.note if row else "",
    )
