"""OpenStreetMap extracts as GeoJSON, as Overpass turbo, osmtogeojson and `osmium export` write them.

After https://wiki.openstreetmap.org/wiki/Names, .../Multilingual_names, .../Key:place and .../Key:old_name, as of 2025.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

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
# The first tag that says what a thing is decides; the order is that of the rows.
_CODES: tuple[tuple[str, dict[str, str]], ...] = (
    ("capital", {"yes": "PPLC", "4": "PPLA", "5": "PPLA2", "6": "PPLA2"}),
    (
        "place",
        {
            **dict.fromkeys(("city", "town", "village", "hamlet", "isolated_dwelling", "farm", "allotments"), "PPL"),
            **dict.fromkeys(("borough", "suburb", "quarter", "neighbourhood", "city_block"), "PPLX"),
            "country": "PCLI",
            "state": "ADM1",
            "province": "ADM1",
            "region": "RGN",
            "district": "ADM2",
            "county": "ADM2",
            "municipality": "ADM3",
            "continent": "CONT",
            "ocean": "OCN",
            "sea": "SEA",
            "archipelago": "ISLS",
            "island": "ISL",
            "islet": "ISLET",
            "square": "SQR",
            "locality": "LCTY",
        },
    ),
    ("abandoned:place", dict.fromkeys(("city", "town", "village", "hamlet", "isolated_dwelling", "locality"), "PPLQ")),
    ("admin_level", {"2": "PCLI", "3": "ADM1", "4": "ADM1", "5": "ADM2", "6": "ADM2", "7": "ADM3", "8": "ADM3"}),
    ("mountain_pass", {"yes": "PASS"}),
    ("water", {"lake": "LK", "reservoir": "RSV", "lagoon": "LGN", "pond": "PND"}),
    ("waterway", {"river": "STM", "stream": "STM", "canal": "CNL", "waterfall": "FLLS", "dam": "DAM"}),
    (
        "natural",
        {
            "peak": "PK",
            "volcano": "VLC",
            "mountain_range": "MTS",
            "ridge": "RDGE",
            "saddle": "PASS",
            "valley": "VAL",
            "glacier": "GLCR",
            "desert": "DSRT",
            "wood": "FRST",
            "cape": "CAPE",
            "peninsula": "PEN",
            "bay": "BAY",
            "strait": "STRT",
            "spring": "SPNG",
            "water": "LK",
        },
    ),
    ("aeroway", {"aerodrome": "AIRP"}),
    ("amenity", {"monastery": "MSTY"}),
    ("building", {"monastery": "MSTY"}),
    ("historic", {"monastery": "MSTY", "ruins": "RUIN", "archaeological_site": "ANS"}),
    ("railway", {"station": "RSTN"}),
    ("boundary", {"national_park": "PRK", "protected_area": "RESN"}),
)
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
        try:
            found = list(_facts(feature, region, ledger))
        except BadRowError as problem:
            ledger.bad(problem)
            continue
        yield from found


def _facts(feature: Any, region: str, ledger: Ledger) -> Iterator[Fact]:
    own = feature.get("properties") if isinstance(feature, dict) else None
    if not isinstance(own, dict):
        raise BadRowError("is no GeoJSON feature with properties; take it out")
    tags = own["tags"] if isinstance(own.get("tags"), dict) else own
    place = PlaceId(f"osm:{element(feature, own)}")
    code = feature_code(tags)
    names = list(_names(place, tags, ledger))
    if not names or not code:
        ledger.leave("element without a name" if code else "element that is no place")
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
    >>> feature_code({"place": "village"}), feature_code({"shop": "bakery"})
    ('PPL', '')
    """
    place = dict(_CODES)["place"].get(str(tags.get("place")), "")
    if tags.get("capital") and place != "PPL":
        tags = {key: value for key, value in tags.items() if key != "capital"}
    return next((codes[value] for key, codes in _CODES if (value := str(tags.get(key))) in codes), "")


def _names(place: PlaceId, tags: dict[str, Any], ledger: Ledger) -> Iterator[Fact]:
    local = [key for key, value in tags.items() if re.fullmatch(r"name:[a-z]{2,3}", key) and value == tags.get("name")]
    for key, value in tags.items():
        found = _KEY.fullmatch(key)
        if not found or not value or (key == "name" and local):
            continue
        read = _suffixes(found[2], ledger)
        if read is None:
            ledger.leave("name under a key that tells neither language nor dates")
            continue
        lang, span = read
        kind, note = _KINDS[found[1]]
        if key == "name" or key in local:
            kind = "endonym"
        texts = [text for text in str(value).split(";") if text.strip()]
        yield from facts.names(place, texts, lang, kind, ledger=ledger, span=span, note=note)


def _suffixes(text: str, ledger: Ledger) -> tuple[str, facts.Span] | None:
    """Give language and dates that a key tells after its colons, None where one part is neither."""
    lang, span = "", facts.UNDATED
    for part in text.split(":")[1:]:
        dated, told = _DATES.fullmatch(part), fields.language(part)
        if dated:
            began, ended = (to_edtf(date or "") for date in (dated[1] or dated[3], dated[2] or dated[3]))
            if began is None or ended is None:
                return None
            span = fields.span(began, ended, ledger)
        elif told:
            lang = told
        else:
            return None
    return lang, span
