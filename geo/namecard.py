"""All that is known of a place's names, as plain values."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from itertools import combinations
from typing import Any

from geo.gazetteer import edtf
from geo.gazetteer.exporters.known import Known
from geo.gazetteer.exporters.linked_places import write_collection
from geo.gazetteer.features import feature_words
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.records import PartyId, Place, PlaceId, Point, Relation, TablePlace
from geo.gazetteer.world import distance_m
from geo.geocoding import look_up


def named_places(name: str, gazetteer: Gazetteer, *, countries: Collection[str] = ()) -> list[Place]:
    """Give the places that a name, or a place id, may mean: the likeliest first, then others spelt just so.

    Parameters
    ----------
    name : str
    gazetteer : Gazetteer
    countries : collection of str
        ISO codes, a hint.
    """
    try:
        return [gazetteer.place(PlaceId(name))]
    except KeyError:
        outcome = look_up(name, gazetteer, countries=countries)
    if outcome is None:
        return []
    return [
        candidate.place for rank, candidate in enumerate(outcome.candidates) if rank == 0 or candidate.how == "exact"
    ]


def card(place: Place, gazetteer: Gazetteer, *, at: str = "", party: str = "") -> dict[str, Any]:
    """Give a place with its names, points, relations and links.

    Parameters
    ----------
    place : Place
    gazetteer : Gazetteer
    at : str
        ISO 8601 date; only names and relations that stood then. What is undated always counts.
    party : str
        Only names that this party uses.

    Returns
    -------
    dict
        Plain values; ``names`` holds toponym, lang, kind, party, from, to, source and note of each attestation, ``parties``
        the names of the parties, ``spread_km`` the largest distance between two of the points that the sources have.
    """
    names = gazetteer.names(place.id, at=at, party=party)
    points = gazetteer.points(place.id)
    relations = [
        _related(r, gazetteer) for r in gazetteer.relations(place.id) if not at or edtf.contains(r.from_, r.to, at)
    ]
    return {
        "place": place.id,
        "name": place.name,
        "feature_code": place.feature_code,
        "feature": feature_words(place.feature_code),
        "country": place.country,
        "lat": place.lat,
        "lon": place.lon,
        "precision_m": place.precision_m,
        "source": place.source,
        "contested": place.contested,
        "names": [name.record() for name in names],
        "points": [
            {
                "lat": p.lat,
                "lon": p.lon,
                "source": p.source,
                "distance_km": round(distance_m(place.lat, place.lon, p.lat, p.lon) / 1000, 1),
            }
            for p in points
        ],
        "spread_km": _spread_km(place, points),
        "relations": relations,
        "links": [{"relation": link.relation, "target": link.target} for link in gazetteer.links(place.id)],
        "parties": _parties([*(name.party for name in names), *(r["party"] for r in relations)], gazetteer),
    }


def _related(relation: Relation, gazetteer: Gazetteer) -> dict[str, Any]:
    return {
        "relation": relation.relation,
        "object": relation.object,
        "object_name": _object_name(relation, gazetteer),
        "party": relation.party,
        "from": relation.from_,
        "to": relation.to,
        "source": relation.source,
    }


def _object_name(relation: Relation, gazetteer: Gazetteer) -> str:
    """Give the name of what a relation leads to, "" for a country's code."""
    party = gazetteer.parties.get(PartyId(relation.object))
    if party and relation.relation != "within":
        return party.name
    try:
        return gazetteer.place(PlaceId(relation.object)).name
    except KeyError:
        return ""


def _spread_km(place: Place, points: Iterable[Point]) -> float:
    spots = [(place.lat, place.lon), *((p.lat, p.lon) for p in points)]
    return round(max((distance_m(*one, *other) for one, other in combinations(spots, 2)), default=0.0) / 1000, 1)


def _parties(ids: Iterable[PartyId | None], gazetteer: Gazetteer) -> dict[str, str]:
    return {id_: gazetteer.parties[id_].name for id_ in ids if id_ in gazetteer.parties}


def linked_places(places: Iterable[Place], gazetteer: Gazetteer, *, at: str = "", party: str = "") -> Iterator[str]:
    """Give places as the text of one FeatureCollection in the Linked Places Format; `at` and `party` as in `card`."""
    known = [_known(place, gazetteer, at=at, party=party) for place in places]
    return write_collection(known, gazetteer.sources, gazetteer.parties)


def _known(place: Place, gazetteer: Gazetteer, *, at: str, party: str) -> Known:
    told = TablePlace(
        id=place.id,
        feature_code=place.feature_code,
        lat=place.lat,
        lon=place.lon,
        precision_m=place.precision_m,
        population=place.population,
        source=place.source,
        region="",
    )
    relations = gazetteer.relations(place.id)
    return Known(
        id=place.id,
        title=place.name,
        place=told,
        names=gazetteer.names(place.id, at=at, party=party),
        relations=tuple(r for r in relations if not at or edtf.contains(r.from_, r.to, at)),
        links=gazetteer.links(place.id),
        points=gazetteer.points(place.id),
    )
