"""OpenStreetMap extracts as GeoJSON, as Overpass turbo, osmtogeojson and `osmium export` write them.

After https://wiki.openstreetmap.org/wiki/Names, .../Multilingual_names, .../Key:place and .../Key:old_name, as of 2025.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from functools import lru_cache
from pathlib import Path
from typing import Any

from geo.gazetteer import edtf
from geo.gazetteer.importers import facts, fields
from geo.gazetteer.importers.dates import to_edtf
from geo.gazetteer.importers.json_items import items
from geo.gazetteer.importers.ledger import BadRowError, Ledger
from geo.gazetteer.records import Fact, NameKind, PlaceId, Source, SourceId, TablePlace

SOURCE = Source(
    id=SourceId("osm"),
    citation="OpenStreetMap; a record is an element's type and id",
    licence="ODbL 1.0",
    url="https://www.openstreetmap.org/copyright",
    accessed="",
)
_PLACES = fields.by_word(
    {
        "PPL": "city town village hamlet isolated_dwelling farm allotments",
        "PPLX": "borough suburb quarter neighbourhood city_block",
        "LCTY": "locality",
        "SQR": "square",
        "PCLI": "country",
        "ADM1": "state province",
        "ADM2": "county district",
        "ADM3": "municipality",
        "RGN": "region",
        "CONT": "continent",
        "OCN": "ocean",
        "SEA": "sea",
        "ISLS": "archipelago",
        "ISL": "island",
        "ISLET": "islet",
    }
)
_NATURE = fields.by_word(
    {
        "PK": "peak",
        "VLC": "volcano",
        "MTS": "mountain_range",
        "RDGE": "ridge",
        "PASS": "saddle",
        "VAL": "valley",
        "GLCR": "glacier",
        "DSRT": "desert",
        "FRST": "wood",
        "CAPE": "cape",
        "PEN": "peninsula",
        "BAY": "bay",
        "STRT": "strait",
        "SPNG": "spring",
        "LK": "water",
    }
)
_MONASTERY = {"monastery": "MSTY"}
# The first of these tags that says what a thing is decides.
_CODES: dict[str, dict[str, str]] = {
    "place": _PLACES,
    "abandoned:place": dict.fromkeys(_PLACES, "PPLQ"),
    "admin_level": fields.by_word({"PCLI": "2", "ADM1": "3 4", "ADM2": "5 6", "ADM3": "7 8"}),
    "mountain_pass": {"yes": "PASS"},
    "water": fields.by_word({"LK": "lake", "RSV": "reservoir", "LGN": "lagoon", "PND": "pond"}),
    "waterway": fields.by_word({"STM": "river stream", "CNL": "canal", "FLLS": "waterfall", "DAM": "dam"}),
    "natural": _NATURE,
    "aeroway": {"aerodrome": "AIRP"},
    "amenity": _MONASTERY,
    "building": _MONASTERY,
    "historic": _MONASTERY | {"ruins": "RUIN", "archaeological_site": "ANS"},
    "railway": {"station": "RSTN"},
    "boundary": {"national_park": "PRK", "protected_area": "RESN"},
}
# A town that is a capital: of a state, or of a division at this level.
_CAPITALS = {"yes": "PPLC", "2": "PPLC", "3": "PPLA", "4": "PPLA", "5": "PPLA2", "6": "PPLA2"}
_KINDS: dict[str, tuple[NameKind, str]] = {
    "name": ("variant", ""),
    "official_name": ("official", ""),
    "loc_name": ("variant", "local"),
    "reg_name": ("variant", "regional"),
    "nat_name": ("variant", "national"),
    "int_name": ("variant", "international"),
    "alt_name": ("variant", ""),
    "short_name": ("abbreviation", ""),
    "old_name": ("historical", ""),
}
_KEY = re.compile(rf"({'|'.join(_KINDS)})(?:_\d+)?((?::.+)?)")
_DATES = re.compile(r"(\d{3,4}(?:-\d\d){0,2})?(?:--?|/|\.\.)(\d{3,4}(?:-\d\d){0,2})?|(\d{4})")
_LOCAL = re.compile(r"name:[a-z]{2,3}")
_UNREADABLE = facts.Use(note="unreadable")
_ELEMENT = re.compile(r"(?:(node|way|relation)/|([nwra]))(\d+)")
_TYPES = {"n": "node", "w": "way", "r": "relation"}


def read(path: Path, *, ledger: Ledger) -> Iterator[Fact]:
    """Give the facts of an extract; elements without a name, or that are no place, are left out and counted.

    Raises
    ------
    DataError
        When the file cannot be read, or at a broken element unless such are to be passed over.
    """
    yield SOURCE
    region = fields.region_of(path)
    for feature in items(path, ("features",), ledger=ledger):
        yield from facts.whole(_facts(feature, region, ledger), ledger)


def _facts(feature: Any, region: str, ledger: Ledger) -> Iterator[Fact]:
    own = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(own, dict):
        raise BadRowError("is no GeoJSON feature with properties; take it out")
    tags = own["tags"] if isinstance(own.get("tags"), dict) else own
    place = PlaceId(f"osm:{element(feature, own)}")
    code = feature_code(tags)
    names = list(_names(place, tags, ledger))
    if not code:
        ledger.leave("element that is no place")
        return
    people = fields.population(tags.get("population"), ledger)
    lat, lon, extent = fields.point_of(feature.get("geometry"))
    yield TablePlace(
        id=place,
        feature_code=code,
        lat=lat,
        lon=lon,
        precision_m=round(extent) or fields.radius_m(code, people),
        population=people,
        source=place,
        region=region,
    )
    yield from names
    for text in str(tags.get("wikidata") or "").split(";"):
        target = fields.wikidata_id(text)
        if target:
            yield facts.link(place, target)


def element(feature: dict[str, Any], own: dict[str, Any]) -> str:
    """Give an element's type and id, ``node/1``, however the extract spells them.

    Raises
    ------
    BadRowError
        When it tells none.

    Examples
    --------
    >>> element({"id": "node/1"}, {}), element({"id": "a3"}, {}), element({}, {"@type": "way", "@id": 5})
    ('node/1', 'relation/1', 'way/5')
    """
    told = feature.get("id") or own.get("@id") or own.get("id") or own.get("full_id") or ""
    if own.get("@type") and str(told).isdigit():
        told = f"{own['@type']}/{told}"
    found = _ELEMENT.fullmatch(str(told))
    if not found:
        raise BadRowError(f"tells no element ({str(told)[:40]!r}); export with ids, for example node/1")
    number = int(found[3])
    if found[2] == "a":
        # osmium numbers areas: those of ways are even, those of relations odd.
        return f"relation/{number // 2}" if number % 2 else f"way/{number // 2}"
    return f"{found[1] or _TYPES[found[2]]}/{number}"


def feature_code(tags: dict[str, Any]) -> str:
    """Give what an element is, "" for what is no place.

    Examples
    --------
    >>> feature_code({"place": "city", "capital": "yes"}), feature_code({"shop": "bakery"})
    ('PPLC', '')
    """
    code = next((codes[value] for key, codes in _CODES.items() if (value := str(tags.get(key))) in codes), "")
    return _CAPITALS.get(str(tags.get("capital")), code) if code == "PPL" else code


def _names(place: PlaceId, tags: dict[str, Any], ledger: Ledger) -> Iterator[Fact]:
    local = [key for key in tags if tags[key] == tags.get("name") and _LOCAL.fullmatch(key)]
    for key, value in tags.items():
        if not value or (key == "name" and local):
            continue
        use = _use(key)
        if use is None:
            continue
        if use is _UNREADABLE:
            ledger.leave("name under a key that tells neither language nor dates")
            continue
        if key == "name" or key in local:
            use = replace(use, kind="endonym")
        texts = [text for text in str(value).split(";") if text.strip()]
        yield from facts.names(place, texts, use, ledger=ledger)


@lru_cache(10_000)
def _use(key: str) -> facts.Use | None:
    """Give what a key tells of its name; None where it is no key of a name."""
    found = _KEY.fullmatch(key)
    if not found:
        return None
    kind, note = _KINDS[found[1]]
    lang, span = "", facts.UNDATED
    for part in found[2].split(":")[1:]:
        dated, told = _DATES.fullmatch(part), fields.language(part)
        if dated:
            began, ended = (to_edtf(date or "") for date in (dated[1] or dated[3], dated[2] or dated[3]))
            if began is None or ended is None or not edtf.contains(began, "", ended):
                return _UNREADABLE
            span = began, ended
        elif told:
            lang = told
        else:
            return _UNREADABLE
    return facts.Use(lang, kind, None, span, note)
