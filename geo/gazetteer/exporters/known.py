"""Everything that the tables say of one place, beside it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass

from geo.gazetteer.records import Attestation, Fact, Link, PlaceId, Point, Relation, TablePlace
from geo.gazetteer.sides import english, standing
from geo.gazetteer.tables import Tables


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
        yield from (*self.names, *self.relations, *self.links, *self.points)

    def sources(self) -> Iterator[str]:
        """Give the ids of the sources that the facts rest on."""
        for fact in self.facts():
            cell: str = getattr(fact, "source", "")
            yield from (part.strip().partition(":")[0] for part in cell.split(";"))


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
