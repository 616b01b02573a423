"""Linked Places Format: GeoJSON with names, types, links and relations, each with its time and its citations.

The standard parts are those of v1.2.2 and v1.3 and valid under the schema of LPF 2, so that any reader of the format finds
its way. What a name, relation or place says beyond them stands beside them under ``allonym:``; see docs/linked-places.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from geo.gazetteer import edtf
from geo.gazetteer.exporters.known import Known, cited_sources, countries, known_places, named_parties
from geo.gazetteer.features import feature_class, feature_words
from geo.gazetteer.lpf import ADDRESS, CONTEXT, LANG, OURS, TERM, WITHIN, link_identifier, ours, term, when
from geo.gazetteer.records import Attestation, Link, Party, PartyId, Point, Relation, Source, SourceId, TablePlace
from geo.gazetteer.tables import UNVERIFIED, Tables

# Codes that the published schema knows: those of ISO 3166-1 without former states, GS, PS and TW.
_ASSIGNED = re.compile(r"(?!AA|AN|BU|CS|DD|FX|GS|NT|PS|Q[M-Z]|SU|TP|TW|X|YD|YU|ZR|ZZ)[A-Z]{2}")
_RELATION_WORDS = {"administered_by": "administered by", "claimed_by": "claimed by", "de_jure": "de jure in"}


def collection(tables: Tables) -> Iterator[str]:
    """Give tables as the text of one FeatureCollection, a line a place."""
    return write_collection(known_places(tables), tables.sources, tables.parties, whole=True)


def lines(tables: Tables) -> Iterator[str]:
    """Give tables as JSON lines, a feature a place."""
    for feature in features(known_places(tables), tables.sources, tables.parties, whole=True):
        yield f"{_json(feature)}\n"


def write_collection(
    places: Iterable[Known],
    sources: Mapping[SourceId, Source],
    parties: Mapping[PartyId, Party],
    *,
    whole: bool = False,
) -> Iterator[str]:
    """Give places as the text of one FeatureCollection; the parameters are those of `features`."""
    yield f'{{"type": "FeatureCollection", "@context": {_json(CONTEXT)}, "features": ['
    for number, feature in enumerate(features(places, sources, parties, whole=whole)):
        yield f"{',' if number else ''}\n{_json(feature)}"
    yield "\n]}\n"


def features(
    places: Iterable[Known],
    sources: Mapping[SourceId, Source],
    parties: Mapping[PartyId, Party],
    *,
    whole: bool = False,
) -> Iterator[dict[str, Any]]:
    """Give places as features; the first one that names a source or a party describes it.

    Parameters
    ----------
    places : iterable of Known
    sources, parties : mapping
        By id.
    whole : bool
        Whether the first feature also describes the sources and parties that no place names.
    """
    left_sources, left_parties = dict(sources), dict(parties)
    for number, known in enumerate(places):
        facts, rest = list(known.facts()), whole and not number
        used = [*cited_sources(facts), *(left_sources if rest else ())]
        users = [*named_parties(facts), *(left_parties if rest else ())]
        told_sources = [left_sources.pop(source) for source in used if source in left_sources]
        told_parties = [left_parties.pop(party) for party in users if party in left_parties]
        yield {
            **_feature(known, sources),
            **ours({"sources": [asdict(s) for s in told_sources] or None}),
            **ours({"parties": [asdict(p) for p in told_parties] or None}),
        }


def _feature(known: Known, sources: Mapping[SourceId, Source]) -> dict[str, Any]:
    linked = [(link, link_identifier(link.target)) for link in known.links]
    return {
        "@id": term(known.id),
        "type": "Feature",
        "properties": _properties(known),
        "when": _attested(known, sources),
        "geometry": _geometry(known, sources),
        "names": [_name(name, sources) for name in known.names] or [{"toponym": known.title, f"{OURS}title": True}],
        "types": _types(known.place),
        "links": [_link(link, identifier) for link, identifier in linked if identifier],
        "relations": [_relation(relation, sources) for relation in known.relations],
        **ours({"id": known.id, "links": [_plain_link(link) for link, identifier in linked if not identifier] or None}),
    }


def _properties(known: Known) -> dict[str, Any]:
    codes = [code for code in countries(known) if _ASSIGNED.fullmatch(code)]
    letter = feature_class(known.place.feature_code) if known.place else ""
    own = asdict(known.place) if known.place else {}
    return {
        "title": known.title,
        **({"ccodes": codes} if codes else {}),
        **({"fclasses": [letter]} if letter else {}),
        **ours({key: value for key, value in own.items() if key not in ("id", "lat", "lon")}),
    }


def _attested(known: Known, sources: Mapping[SourceId, Source]) -> dict[str, Any]:
    """Give the time of the record itself: the place was there at the latest when its sources were read."""
    dates = [sources[id_].accessed for id_ in cited_sources(known.facts()) if id_ in sources]
    read = [date for date in dates if date not in edtf.OPEN and edtf.valid(date) and date[-1].isdigit()]
    return {"timespans": [{"start": {"latest": max(read)}}] if read else []}


def _geometry(known: Known, sources: Mapping[SourceId, Source]) -> dict[str, Any] | None:
    shapes = [_further(point, sources) for point in known.points]
    if known.place:
        shapes.insert(0, _main(known.place, sources, disputed=bool(known.points)))
    if not shapes:
        return None
    return {"type": "GeometryCollection", "geometries": shapes} if len(shapes) > 1 or not known.place else shapes[0]


def _main(place: TablePlace, sources: Mapping[SourceId, Source], *, disputed: bool) -> dict[str, Any]:
    doubt = "uncertain" if place.source == UNVERIFIED else "less-certain" if disputed else ""
    return {
        "type": "Point",
        "coordinates": [place.lon, place.lat],
        "approximation": {"type": "geo:hasSpatialAccuracy", "tolerance": place.precision_m},
        **({"certainty": doubt} if doubt else {}),
        **_citations(place.source, sources),
    }


def _further(point: Point, sources: Mapping[SourceId, Source]) -> dict[str, Any]:
    return {
        "type": "Point",
        "coordinates": [point.lon, point.lat],
        "certainty": "less-certain",
        **_citations(point.source, sources),
        f"{OURS}source": point.source,
        f"{OURS}point": True,
    }


def _name(name: Attestation, sources: Mapping[SourceId, Source]) -> dict[str, Any]:
    standard = bool(LANG.fullmatch(name.lang))
    record = name.record()
    told = {key: record[key] for key in ("kind", "party", "from", "to", "source", "note")}
    return {
        "toponym": name.toponym,
        **({"lang": name.lang} if standard else {}),
        **_time(name.from_, name.to),
        **_citations(name.source, sources),
        **ours(told if standard else {**told, "lang": name.lang}),
    }


def _relation(relation: Relation, sources: Mapping[SourceId, Source]) -> dict[str, Any]:
    told = {"relation": relation.relation, "object": relation.object, "party": relation.party}
    words = _RELATION_WORDS.get(relation.relation, relation.relation)
    return {
        "relationType": WITHIN if relation.relation == "within" else f"{OURS}{relation.relation}",
        "relationTo": term(relation.object),
        "label": f"{words} {relation.object}",
        **_time(relation.from_, relation.to),
        **_citations(relation.source, sources),
        **ours({**told, "from": relation.from_, "to": relation.to, "source": relation.source}),
    }


def _link(link: Link, identifier: str) -> dict[str, Any]:
    return {"type": link.relation, "identifier": identifier, **ours({"source": link.source})}


def _plain_link(link: Link) -> dict[str, str]:
    return {"relation": link.relation, "target": link.target, "source": link.source}


def _types(place: TablePlace | None) -> list[dict[str, str]]:
    if place is None:
        return []
    letter, words = feature_class(place.feature_code), feature_words(place.feature_code)
    identifier = f"gn:{letter}.{place.feature_code}" if letter else term(place.feature_code)
    return [{"identifier": identifier, **({"label": words} if words else {})}]


def _time(from_: str, to: str) -> dict[str, Any]:
    told = when(from_, to)
    return {"when": told} if told else {}


def _citations(cell: str, sources: Mapping[SourceId, Source]) -> dict[str, Any]:
    parts = [part.strip() for part in cell.split(";") if part.strip()]
    return {"citations": [_citation(part, sources) for part in parts]} if parts else {}


def _citation(part: str, sources: Mapping[SourceId, Source]) -> dict[str, str]:
    if TERM.fullmatch(part):
        return {"label": part, "@id": part}
    source = sources.get(SourceId(part.partition(":")[0]))
    return {"label": part, "@id": source.url} if source and ADDRESS.fullmatch(source.url) else {"label": part}


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
