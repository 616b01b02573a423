"""Wikidata query results: SPARQL 1.1 Query Results JSON (W3C, 2013), or the list of objects that the query page downloads."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from geo.gazetteer.importers import facts, fields
from geo.gazetteer.importers.dates import date
from geo.gazetteer.importers.json_items import items
from geo.gazetteer.importers.ledger import BadRowError, Ledger
from geo.gazetteer.records import Attestation, Fact, NameKind, PlaceId, Source, SourceId, TablePlace

SOURCE = Source(
    id=SourceId("wikidata"),
    citation="Wikidata; a record is an item",
    licence="CC0 1.0",
    url="https://www.wikidata.org/wiki/Wikidata:Licensing",
    accessed="",
)
MEMBERS = ("results.bindings",)
# The names of variables that are read, first come first served.
ITEM = ("item", "place")
POINT = ("coord", "coordinate", "coordinates", "coords", "location")
LANG, CODE, COUNTRY, POPULATION = (
    ("lang", "language"),
    ("feature_code", "featureCode"),
    ("countryCode",),
    ("population",),
)
INSTANCE, WITHIN = ("instance", "instanceOf", "type"), ("admin", "locatedIn", "country")
BEGAN, ENDED = ("start", "startTime", "from"), ("end", "endTime", "to")
NAMES: dict[str, NameKind] = {
    "officialName": "official",
    "nativeLabel": "endonym",
    "itemLabel": "variant",
    "placeLabel": "variant",
    "label": "variant",
    "name": "variant",
    "shortName": "abbreviation",
    "itemAltLabel": "variant",
    "placeAltLabel": "variant",
    "altLabel": "variant",
}
# Those to whose statement the dates of a row belong.
_DATED = frozenset({"officialName", "nativeLabel", "name", "shortName"})
# Those in which the label service joins several names with commas.
_JOINED = frozenset({"itemAltLabel", "placeAltLabel"})
# What an item is an instance of, as GeoNames has it.
_CODES = fields.by_word(
    {
        "PCLI": "Q6256 Q3624078",
        "ADM1": "Q10864048",
        "ADM2": "Q13220204",
        "PPLC": "Q5119",
        "PPL": "Q515 Q3957 Q532 Q486972 Q1549591",
        "CONT": "Q5107",
        "OCN": "Q9430",
        "SEA": "Q165",
        "LK": "Q23397",
        "RSV": "Q131681",
        "STM": "Q4022",
        "MT": "Q8502",
        "MTS": "Q46831",
        "PASS": "Q133056",
        "ISL": "Q23442",
        "MSTY": "Q44613",
    }
)
UNKNOWN = "LCTY"
# A point on Earth names no globe, or Q2.
_WKT = re.compile(r"(?:<[^>]*/Q2>\s*)?POINT\s*\(\s*(\S+)\s+(\S+)\s*\)", re.IGNORECASE)
_NEW_YEAR = re.compile(r"([+-]?\d{4,})-01-01T00:00:00Z")
_Cell = tuple[str, str]


def read(path: Path, *, ledger: Ledger) -> Iterator[Fact]:
    """Give the facts of query results; several rows may speak of one item.

    The first point of an item is the place's, others are further points. An item without a point gives names alone; one
    without a name is left out. The points of all items are kept in memory: query results are no larger than that.

    Raises
    ------
    DataError
        When the file cannot be read, or at a broken row unless such are to be passed over.
    """
    yield SOURCE
    region = fields.region_of(path)
    points: dict[PlaceId, tuple[float, float]] = {}
    nameless: dict[PlaceId, TablePlace] = {}
    for row in items(path, MEMBERS, ledger=ledger):
        for fact in facts.checked(_facts(row, region, ledger), ledger):
            if not isinstance(fact, TablePlace):
                if isinstance(fact, Attestation) and fact.place in nameless:
                    yield nameless.pop(fact.place)
                yield fact
            elif fact.id not in points:
                points[fact.id] = fact.lat, fact.lon
                nameless[fact.id] = fact
            elif points[fact.id] != (fact.lat, fact.lon):
                yield facts.point(fact.id, fact.lat, fact.lon)
    for _ in nameless:
        ledger.leave(facts.NAMELESS)


def _facts(row: Any, region: str, ledger: Ledger) -> Iterator[Fact]:
    if not isinstance(row, dict):
        raise BadRowError("is no row of query results; give the JSON that the query service downloads")
    cells = {name: _cell(value) for name, value in row.items()}
    item = fields.wikidata_id(_first(cells, ITEM))
    if not item:
        raise BadRowError(f"has no item under {' or '.join(ITEM)}; select ?item")
    place = PlaceId(item)
    yield from _places(place, cells, region, ledger)
    yield from _names(place, cells, ledger)
    country = fields.country(_first(cells, COUNTRY))
    if country:
        yield facts.relation(place, "de_jure", country)
    for name in WITHIN:
        outer = fields.wikidata_id(cells.get(name, ("", ""))[0])
        if outer and outer != item:
            yield facts.relation(place, "within", outer)


def _cell(value: Any) -> _Cell:
    """Give text and language of a binding, in either form."""
    if isinstance(value, dict):
        return str(value.get("value", "")), str(value.get("xml:lang") or value.get("language") or "")
    return "" if value is None else str(value), ""


def _first(cells: dict[str, _Cell], names: tuple[str, ...]) -> str:
    return next((cells[name][0] for name in names if cells.get(name, ("", ""))[0]), "")


def _places(place: PlaceId, cells: dict[str, _Cell], region: str, ledger: Ledger) -> Iterator[Fact]:
    told = _first(cells, POINT)
    if not told:
        return
    found = _WKT.fullmatch(told.strip())
    if not found:
        ledger.leave("coordinate that is no point on Earth")
        return
    lat, lon = fields.coordinates(found[2], found[1])
    people = fields.population(_first(cells, POPULATION), ledger)
    code = _code(cells, ledger)
    yield TablePlace(
        id=place,
        feature_code=code,
        lat=lat,
        lon=lon,
        precision_m=fields.radius_m(code, people),
        population=people,
        source=place,
        region=region,
    )


def _code(cells: dict[str, _Cell], ledger: Ledger) -> str:
    told = _first(cells, CODE)
    if told.isascii() and told.isalnum():
        return told.upper()
    kind = fields.wikidata_id(_first(cells, INSTANCE)).removeprefix("wikidata:")
    if kind not in _CODES:
        ledger.leave(f"kind of place that has no feature code (so {UNKNOWN})")
    return _CODES.get(kind, UNKNOWN)


def _names(place: PlaceId, cells: dict[str, _Cell], ledger: Ledger) -> Iterator[Fact]:
    began, ended = (_date(_first(cells, names), ledger) for names in (BEGAN, ENDED))
    dated = fields.span(began, ended, ledger)
    for variable, kind in NAMES.items():
        text, tag = cells.get(variable, ("", ""))
        if not text or text == place.removeprefix("wikidata:"):
            # The label service repeats the item's id where there is no label.
            continue
        lang = fields.language(tag or _first(cells, LANG))
        if lang is None:
            ledger.leave("name in a language that has no code")
            continue
        texts = text.split(", ") if variable in _JOINED else [text]
        span = dated if variable in _DATED else facts.UNDATED
        yield from facts.names(place, texts, facts.Use(lang, kind, span=span), ledger=ledger)


def _date(text: str, ledger: Ledger) -> str:
    """Give a date; the first of January at midnight is how the query service writes a year."""
    year = _NEW_YEAR.fullmatch(text)
    return date(year[1] if year else text, ledger)
