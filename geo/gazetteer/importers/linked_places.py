"""Linked Places Format, v1.2 and v1.3, as JSON or JSON lines; the project's own exports come back as they were."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any, cast, get_args

from geo.gazetteer import edtf
from geo.gazetteer.importers import fields
from geo.gazetteer.importers.dates import date
from geo.gazetteer.importers.json_items import items
from geo.gazetteer.importers.ledger import BadRowError, Ledger
from geo.gazetteer.importers.text_lines import lines
from geo.gazetteer.lpf import OURS, WITHIN, link_target
from geo.gazetteer.records import (
    Attestation,
    Fact,
    Link,
    NameKind,
    Party,
    PartyId,
    PlaceId,
    Point,
    Relation,
    RelationKind,
    Source,
    SourceId,
    TablePlace,
)
from geo.gazetteer.tables import LINK_KINDS

_LINES = (".jsonl", ".ndjson")
# Concepts of the Getty AAT for kinds of places, as the format's list of feature types names them.
_AAT = {
    "300008347": "PPL",
    "300008372": "PPL",
    "300008375": "PPL",
    "300008389": "PPL",
    "300167671": "PPLQ",
    "300128207": "PCLI",
    "300232420": "PCLI",
    "300387506": "PCL",
    "300000774": "ADM1",
    "300000776": "ADM1",
    "300000771": "ADM2",
    "300182722": "RGN",
    "300387178": "RGN",
}
# A feature that tells its class alone gets the plainest code of it, or the letter where there is none.
_PLAINEST = {"A": "ADMD", "P": "PPL", "L": "RGN"}
_CLASSES = frozenset("AHLPRSTUV")
_NO_DATE = (None, "", -1)


def read(path: Path, *, ledger: Ledger) -> Iterator[Fact]:
    """Give the facts of a file in the Linked Places Format, one feature at a time.

    Of files that others made, names become attestations without a party, with the citations in their notes; the file is
    their source. A feature without a point, and a link or relation that the tables have no word for, is counted as left out.

    Parameters
    ----------
    path : Path
        ``.jsonl`` or ``.ndjson`` has one feature a line, any other name one FeatureCollection or feature.
    ledger : Ledger

    Raises
    ------
    DataError
        When the file cannot be read, or at a broken feature unless such are to be passed over.
    """
    region = fields.region_of(path)
    described = False
    for feature in _features(path, ledger):
        try:
            facts = list(_own(feature, region) if _is_ours(feature) else _foreign(feature, region, ledger))
        except BadRowError as problem:
            ledger.bad(problem)
            continue
        if not described and any(getattr(fact, "source", "").startswith(f"{region}:") for fact in facts):
            described = True
            yield _dataset(path, region)
        yield from facts


def _features(path: Path, ledger: Ledger) -> Iterator[Any]:
    if path.suffix.lower() not in _LINES:
        yield from items(path, ("features",), ledger=ledger)
        return
    for line in lines(path, ledger=ledger):
        try:
            yield json.loads(line)
        except (ValueError, RecursionError) as error:
            ledger.bad(f"the line is no JSON ({error}); repair it")


def _dataset(path: Path, region: str) -> Source:
    citation = f"{path.name}, a file in the Linked Places Format; a record is the feature's @id"
    return Source(id=SourceId(region), citation=citation, licence="not stated", url="", accessed="")


def _is_ours(feature: Any) -> bool:
    return isinstance(feature, dict) and f"{OURS}id" in feature


def _own(feature: Mapping[str, Any], region: str) -> Iterator[Fact]:
    """Give the facts of a feature that the project wrote."""
    place = PlaceId(_text(feature, "id"))
    if not place:
        raise BadRowError("its id is empty; give it one")
    yield from _described(feature)
    yield from _own_points(feature, place)
    for name in _records(feature, "names"):
        if f"{OURS}kind" in name:
            yield _own_name(name, place)
        elif f"{OURS}title" not in name:
            # Somebody has added it to our file.
            yield _foreign_name(name, place, ("", ""), f"{region}:{place}")
    yield from (_own_relation(relation, place) for relation in _records(feature, "relations"))
    for link in _records(feature, "links"):
        yield _own_link(place, link.get("type"), link_target(_word(link, "identifier")), _text(link, "source"))
    for link in _records(feature, f"{OURS}links"):
        yield _own_link(place, link.get("relation"), _word(link, "target"), _word(link, "source"))


def _described(feature: Mapping[str, Any]) -> Iterator[Fact]:
    for source in _records(feature, f"{OURS}sources"):
        yield Source(id=SourceId(_word(source, "id")), **_words(source, "citation", "licence", "url", "accessed"))
    for party in _records(feature, f"{OURS}parties"):
        home = PlaceId(_string(party.get("place") or "", "place")) or None
        yield Party(id=PartyId(_word(party, "id")), place=home, **_words(party, "name", "kind", "colour", "note"))


def _own_relation(relation: Mapping[str, Any], place: PlaceId) -> Relation:
    return Relation(
        place=place,
        relation=cast("RelationKind", _one_of(_text(relation, "relation"), get_args(RelationKind))),
        object=_text(relation, "object"),
        party=_party(relation),
        **_span(relation),
        source=_text(relation, "source"),
    )


def _own_points(feature: Mapping[str, Any], place: PlaceId) -> Iterator[Fact]:
    for shape in _shapes(feature.get("geometry")):
        lat, lon, _ = fields.point_of(shape)
        if shape.get(f"{OURS}point"):
            yield Point(place=place, lat=lat, lon=lon, source=_text(shape, "source"))
        else:
            facts = _object(feature.get("properties"))
            yield TablePlace(
                id=place,
                feature_code=_text(facts, "feature_code"),
                lat=lat,
                lon=lon,
                precision_m=_metres(facts.get(f"{OURS}precision_m", 0)),
                population=int(_metres(facts.get(f"{OURS}population", 0))),
                source=_text(facts, "source"),
                region=_text(facts, "region"),
                note=_text(facts, "note"),
            )


def _own_name(name: Mapping[str, Any], place: PlaceId) -> Attestation:
    return Attestation(
        place=place,
        toponym=fields.toponym(name.get("toponym")),
        lang=str(name.get("lang") or _text(name, "lang")),
        kind=cast("NameKind", _one_of(_text(name, "kind"), get_args(NameKind))),
        party=_party(name),
        **_span(name),
        source=_text(name, "source"),
        note=_text(name, "note"),
    )


def _own_link(place: PlaceId, relation: object, target: str, source: str) -> Link:
    return Link(place=place, relation=_one_of(relation, LINK_KINDS), target=target, source=source)


def _party(record: Mapping[str, Any]) -> PartyId | None:
    return PartyId(_text(record, "party")) or None


def _span(record: Mapping[str, Any]) -> dict[str, str]:
    from_, to = _text(record, "from"), _text(record, "to")
    if not (edtf.valid(from_) and edtf.valid(to) and edtf.contains(from_, "", to)):
        raise BadRowError(f"its dates are {from_!r:.40} and {to!r:.40}; expected EDTF dates, the later one last")
    return {"from_": from_, "to": to}


def _foreign(feature: Any, region: str, ledger: Ledger) -> Iterator[Fact]:
    """Give the facts of a feature that somebody else wrote."""
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise BadRowError("is no GeoJSON feature; take it out")
    id_ = feature.get("@id") or feature.get("id")
    if not isinstance(id_, str | int) or not str(id_).strip():
        raise BadRowError("has no @id; give it one")
    place = PlaceId("".join("%20" if c.isspace() else "%3B" if c == ";" else c for c in str(id_).strip()))
    properties, source = _object(feature.get("properties")), f"{region}:{place}"
    spots = [(fields.point_of(_readable(shape)), shape) for shape in _shapes(feature.get("geometry"))]
    if not spots:
        ledger.leave("place without a point")
        return
    code = _feature_code(feature, properties)
    (lat, lon, extent_m), shape = spots[0]
    yield TablePlace(
        id=place,
        feature_code=code,
        lat=lat,
        lon=lon,
        precision_m=_tolerance(shape) or max(extent_m, fields.radius_m(code, 0)),
        population=0,
        source=source,
        region=region,
    )
    for (lat, lon, _), _shape in spots[1:]:
        yield Point(place=place, lat=lat, lon=lon, source=source)
    yield from _foreign_names(feature, properties, place, source, ledger)
    yield from _foreign_relations(feature, properties, place, source, ledger)
    yield from _foreign_links(feature, place, source, ledger)


def _foreign_names(
    feature: Mapping[str, Any], properties: Mapping[str, Any], place: PlaceId, source: str, ledger: Ledger
) -> Iterator[Fact]:
    common = _timespans(feature.get("when"), ledger)
    seen = set()
    for name in _records(feature, "names"):
        if "toponym" not in name:
            ledger.leave("name of a people, not of a place")
            continue
        try:
            seen.add(fields.toponym(name["toponym"]))
        except BadRowError as problem:
            ledger.bad(problem)
            continue
        for span in _timespans(name.get("when"), ledger) or common or [("", "")]:
            yield _foreign_name(name, place, fields.span(*span, ledger), source)
    if properties.get("title") and str(properties["title"]).strip() not in seen:
        yield _foreign_name({"toponym": properties["title"]}, place, ("", ""), source)


def _foreign_name(name: Mapping[str, Any], place: PlaceId, span: tuple[str, str], source: str) -> Attestation:
    from_, to = span
    return Attestation(
        place=place,
        toponym=fields.toponym(name.get("toponym")),
        lang=fields.language(str(name.get("lang") or "")) or "",
        kind="historical" if to not in edtf.OPEN else "variant",
        party=None,
        from_=from_,
        to=to,
        source=source,
        note="; ".join(_labels(name)),
    )


def _labels(record: Mapping[str, Any]) -> list[str]:
    """Give the labels of citations, or their addresses where they have none."""
    cited = _records(record, "citations") or [_object(record.get("citation") or {})]
    return [" ".join(str(c.get("label") or c.get("@id")).split()) for c in cited if c.get("label") or c.get("@id")]


def _foreign_relations(
    feature: Mapping[str, Any], properties: Mapping[str, Any], place: PlaceId, source: str, ledger: Ledger
) -> Iterator[Fact]:
    told = properties.get("ccodes") or properties.get("ccode") or []
    countries = [code for code in map(fields.country, [told] if isinstance(told, str) else told) if code]
    if len(countries) == 1:
        yield Relation(place=place, relation="de_jure", object=countries[0], party=None, from_="", to="", source=source)
    for relation in _records(feature, "relations"):
        kind, outer = str(relation.get("relationType")), str(relation.get("relationTo") or "").strip()
        if kind.rpartition(":")[2] != WITHIN.rpartition(":")[2] or not outer:
            ledger.leave(f"relation {fields.safe_id(kind)[:40]}")
            continue
        for from_, to in _timespans(relation.get("when"), ledger) or [("", "")]:
            from_, to = fields.span(from_, to, ledger)  # noqa: PLW2901 - the same span, in order
            yield Relation(place=place, relation="within", object=outer, party=None, from_=from_, to=to, source=source)


def _foreign_links(feature: Mapping[str, Any], place: PlaceId, source: str, ledger: Ledger) -> Iterator[Fact]:
    for link in _records(feature, "links"):
        target = str(link.get("identifier") or link.get("uri") or "").strip()
        if link.get("type") not in LINK_KINDS or not target or any(c.isspace() for c in target):
            ledger.leave("link that tells no identity")
            continue
        yield Link(place=place, relation=str(link["type"]), target=link_target(target), source=source)


def _timespans(when: object, ledger: Ledger) -> list[tuple[str, str]]:
    told = _object(when or {})
    spans = _records(told, "timespans") or _records(told, "timespan")
    pairs = [tuple(_edge(span.get(end), wanted, ledger) for end, wanted in _EDGES) for span in spans]
    return [(from_, to) for from_, to in pairs if from_ or to]


_EDGES = (("start", ("in", "earliest", "latest")), ("end", ("in", "latest", "earliest")))


def _edge(told: object, wanted: tuple[str, ...], ledger: Ledger) -> str:
    """Give a date; one of a range is about right. Datasets write -1 for an unknown one."""
    if not isinstance(told, dict):
        return "" if told in _NO_DATE else date(told, ledger)
    key = next((key for key in wanted if told.get(key) not in _NO_DATE), "")
    read = date(told[key], ledger) if key else ""
    return f"{read}~" if key not in ("", "in") and read[-1:].isdigit() else read


def _feature_code(feature: Mapping[str, Any], properties: Mapping[str, Any]) -> str:
    letters = [letter for letter in properties.get("fclasses") or () if letter in _CLASSES]
    for kind in _records(feature, "types"):
        prefix, _, name = str(kind.get("identifier") or kind.get("@id") or "").rpartition(":")
        if prefix == "gn" and name[2:].isalnum() and name[:1] in _CLASSES:
            return name[2:]
        aat = name.rpartition("/")[2]
        if aat in _AAT:
            return _AAT[aat]
    return _PLAINEST.get(letters[0], letters[0]) if letters else "PPL"


def _shapes(geometry: object) -> list[dict[str, Any]]:
    if not isinstance(geometry, dict):
        return []
    shapes = geometry.get("geometries") if geometry.get("type") == "GeometryCollection" else [geometry]
    return [shape for shape in shapes or () if isinstance(shape, dict)]


def _readable(shape: dict[str, Any]) -> dict[str, Any]:
    """Give a geometry as GeoJSON; some stand as well-known text alone."""
    text = shape.get("geowkt") or shape.get("geo_wkt")
    if shape.get("coordinates") or not isinstance(text, str):
        return shape
    import shapely  # noqa: PLC0415 - only where there is such a text
    import shapely.geometry  # noqa: PLC0415

    try:
        return dict(shapely.geometry.mapping(shapely.from_wkt(text)))
    except (shapely.errors.ShapelyError, ValueError) as error:
        raise BadRowError(f"has a broken well-known text ({error}); repair it or give coordinates") from error


def _tolerance(shape: Mapping[str, Any]) -> float:
    told = shape.get("approximation")
    return _metres(told.get("tolerance", 0)) if isinstance(told, dict) else 0.0


def _metres(value: object) -> float:
    if isinstance(value, bool) or not isinstance(value, int | float) or not 0 <= value < 1e12:  # noqa: PLR2004 - as the tables
        raise BadRowError(f"a number is {value!r:.40}; expected one that is not negative")
    return float(value)


def _object(value: object) -> dict[str, Any]:
    if not isinstance(value, dict):
        raise BadRowError(f"{value!r:.40} stands where an object is expected; repair the feature")
    return value


def _records(record: Mapping[str, Any], key: str) -> list[dict[str, Any]]:
    value = record.get(key) or []
    if not isinstance(value, list):
        raise BadRowError(f"{key} is no list; repair the feature")
    return [_object(item) for item in value]


def _text(record: Mapping[str, Any], key: str) -> str:
    return _string(record.get(f"{OURS}{key}", ""), key)


def _word(record: Mapping[str, Any], key: str) -> str:
    return _string(record.get(key, ""), key)


def _words(record: Mapping[str, Any], *keys: str) -> dict[str, str]:
    return {key: _word(record, key) for key in keys}


def _string(value: object, key: str) -> str:
    if not isinstance(value, str):
        raise BadRowError(f"{key} is {value!r:.40}; expected text")
    return value


def _one_of(value: object, words: tuple[str, ...]) -> str:
    if value not in words:
        raise BadRowError(f"{value!r:.40} stands where one of {' '.join(words)} is expected")
    return str(value)
