"""Everything that the tables say of one place, beside it."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from geo.gazetteer.records import Attestation, Fact, Link, PartyId, PlaceId, Point, Relation, SourceId, TablePlace
from geo.gazetteer.sides import english, standing
from geo.gazetteer.tables import Tables

_COUNTRY = re.compile(r"[A-Z]{2}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A place with all that is said of it; `place` is None when the tables name it and a package describes it."""

    id: PlaceId
    title: str
    place: TablePlace | None
    names: tuple[Attestation, ...] = ()
    relations: tuple[Relation, ...] = ()
    links: tuple[Link, ...] = ()
    points: tuple[Point, ...] = ()

    def facts(self) -> Iterator[Fact]:
        """Give the facts one after another."""
        if self.place:
            yield self.place
        for facts in (self.names, self.relations, self.links, self.points):
            yield from facts


def cited_sources(facts: Iterable[Fact]) -> Iterator[SourceId]:
    """Give the ids of the sources that facts rest on, as often as they stand there."""
    for fact in facts:
        cell: str = getattr(fact, "source", "")
        yield from (SourceId(part.strip().partition(":")[0]) for part in cell.split(";"))


def named_parties(facts: Iterable[Fact]) -> Iterator[PartyId]:
    """Give the ids that stand for parties in facts; some objects of relations are places or countries."""
    for fact in facts:
        if isinstance(fact, Attestation | Relation) and fact.party:
            yield fact.party
        if isinstance(fact, Relation):
            yield PartyId(fact.object)


def known_places(tables: Tables) -> list[Known]:
    """Give each place of tables with all that is said of it, in the order of the tables."""
    names, relations = defaultdict[PlaceId, list[Attestation]](list), defaultdict[PlaceId, list[Relation]](list)
    links, points = defaultdict[PlaceId, list[Link]](list), defaultdict[PlaceId, list[Point]](list)
    for name in tables.names:
        names[name.place].append(name)
    for relation in tables.relations:
        relations[relation.place].append(relation)
    for link in tables.links:
        links[link.place].append(link)
    for point in tables.points:
        points[point.place].append(point)
    return [
        Known(
            id=place,
            title=title(names[place]) or place,
            place=tables.places.get(place),
            names=tuple(names[place]),
            relations=tuple(relations[place]),
            links=tuple(links[place]),
            points=tuple(points[place]),
        )
        for place in dict.fromkeys([*tables.places, *names, *relations, *links, *points])
    ]


def title(names: list[Attestation]) -> str:
    """Give the title of a place: its English name, of a contested place both sides' forms, or else its first name."""
    return english(standing(names)) or (names[0].toponym if names else "")


def countries(known: Known) -> list[str]:
    """Give the ISO 3166 codes of the states in which a place lies de jure, whoever says so."""
    codes = (r.object for r in known.relations if r.relation == "de_jure" and _COUNTRY.fullmatch(r.object))
    return list(dict.fromkeys(codes))
