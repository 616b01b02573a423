"""All that is known of a place's names, as plain values."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import Any

from geo.gazetteer.features import feature_words
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.records import Place, PlaceId
from geo.gazetteer.world import distance_m
from geo.geocoding import look_up

LPF_CONTEXT = "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld"


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


def card(place: Place, gazetteer: Gazetteer, *, at: str = "") -> dict[str, Any]:
    """Give a place with all its names, points, relations and links.

    Returns
    -------
    dict
        Plain values; ``names`` holds toponym, lang, kind, party, from, to, source and note of each attestation.
    """
    names = gazetteer.names(place.id, at=at)
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
            for p in gazetteer.points(place.id)
        ],
        "relations": [
            {
                "relation": r.relation,
                "object": r.object,
                "party": r.party,
                "from": r.from_,
                "to": r.to,
                "source": r.source,
            }
            for r in gazetteer.relations(place.id)
        ],
        "links": [{"relation": link.relation, "target": link.target} for link in gazetteer.links(place.id)],
    }


def linked_place(known: Mapping[str, Any]) -> dict[str, Any]:
    """Give a card as a Linked Places feature; parties go into each name's citations, where the format has room for them."""
    return {
        "type": "FeatureCollection",
        "@context": LPF_CONTEXT,
        "features": [
            {
                "@id": known["place"],
                "type": "Feature",
                "properties": {"title": known["name"], "ccodes": [known["country"]] if known["country"] else []},
                "geometry": {"type": "Point", "coordinates": [known["lon"], known["lat"]]},
                "names": [_linked_name(name) for name in known["names"]],
                "links": [{"type": link["relation"], "identifier": link["target"]} for link in known["links"]],
            }
        ],
    }


def _linked_name(name: Mapping[str, Any]) -> dict[str, Any]:
    citations = [{"label": part.strip()} for part in name["source"].split(";")]
    linked: dict[str, Any] = {"toponym": name["toponym"], "citations": citations}
    if name["lang"]:
        linked["lang"] = name["lang"]
    if name["party"]:
        linked["citations"] = [*citations, {"label": f"used by {name['party']}"}]
    span = {edge: {"in": name[key]} for edge, key in (("start", "from"), ("end", "to")) if name[key]}
    if span:
        linked["when"] = {"timespans": [span]}
    return linked
