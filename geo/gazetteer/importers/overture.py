"""Overture Maps divisions, as GeoJSON or GeoParquet.

After https://docs.overturemaps.org/schema/ (theme divisions, type division; names, name rules, perspectives), schema 1.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from geo.errors import DataError
from geo.gazetteer.importers import facts, fields
from geo.gazetteer.importers.json_items import items
from geo.gazetteer.importers.ledger import BadRowError, Ledger
from geo.gazetteer.importers.states import state
from geo.gazetteer.records import Fact, NameKind, PlaceId, Source, SourceId, TablePlace

SOURCE = Source(
    id=SourceId("overture"),
    citation="Overture Maps, divisions; a record is an Overture id",
    licence="ODbL 1.0",
    url="https://docs.overturemaps.org/attribution/",
    accessed="",
)
CODES = fields.by_word(
    {
        "PCLI": "country",
        "PCLD": "dependency",
        "RGN": "macroregion",
        "ADM1": "region",
        "ADMD": "macrocounty",
        "ADM2": "county",
        "ADM3": "localadmin",
        "PPL": "locality",
        "PPLX": "borough macrohood neighborhood microhood",
    }
)
_KIND: dict[str, NameKind] = {
    "common": "variant",
    "official": "official",
    "alternate": "variant",
    "short": "abbreviation",
}
_ID = re.compile(r"[\w:.-]{1,100}", re.ASCII)
_OSM_RECORD = re.compile(r"([nwr])(\d+)(?:[.@].*)?", re.IGNORECASE)
_OSM_TYPE = {"n": "node", "w": "way", "r": "relation"}
_BATCH = 500
_MAGIC = b"PAR1"


def read(path: Path, *, ledger: Ledger) -> Iterator[Fact]:
    """Give the facts of a file of divisions; areas and boundaries are left out and counted.

    A name or a division that states accept is attested once for each of them; who disputes it stands in the note.

    Raises
    ------
    DataError
        When the file cannot be read, or at a broken record unless such are to be passed over.
    """
    yield SOURCE
    region = fields.region_of(path)
    for record in _rows(path, ledger) if is_parquet(path) else items(path, ("features",), ledger=ledger):
        yield from facts.whole(_facts(record, region, ledger), ledger)


def is_parquet(path: Path) -> bool:
    """Tell whether a file is Parquet."""
    with path.open("rb") as stream:
        return stream.read(len(_MAGIC)) == _MAGIC


def _rows(path: Path, ledger: Ledger) -> Iterator[dict[str, Any]]:
    """Give the rows of a GeoParquet file as GeoJSON has them, some hundreds at a time."""
    import pyarrow as pa  # type: ignore[import-untyped]  # noqa: PLC0415 - only for this format
    import pyarrow.parquet as pq  # type: ignore[import-untyped]  # noqa: PLC0415

    try:
        with pq.ParquetFile(path) as table:
            number = 0
            for batch in table.iter_batches(batch_size=_BATCH):
                for row in batch.to_pylist(maps_as_pydicts="lossy"):
                    number += 1
                    ledger.where = f"{path}:row {number}"
                    yield {"id": row.get("id"), "geometry": row.pop("geometry", None), "properties": row}
    except (pa.ArrowException, OSError, KeyError) as error:
        raise DataError(f"{path}: is no whole Parquet file ({error}); get it again") from error


def _facts(record: Any, region: str, ledger: Ledger) -> Iterator[Fact]:
    own = record.get("properties") if isinstance(record, dict) else None
    if not isinstance(own, dict) or not _is_id(record.get("id")):
        raise BadRowError("is no Overture record with an id; take it out")
    if own.get("type", "division") != "division":
        ledger.leave(f"record of the type {fields.safe_id(str(own['type']))[:40]}")
        return
    place = _place(record["id"], record.get("geometry"), own, region, ledger)
    yield place
    yield from _names(place.id, own, ledger)
    country = fields.country(own.get("country"))
    if country:
        yield facts.relation(place.id, "de_jure", country)
    for outer in _outer(own):
        if outer != record["id"]:
            yield facts.relation(place.id, "within", f"overture:{outer}")
    for target in _targets(own):
        yield facts.link(place.id, target)


def _is_id(value: object) -> bool:
    return isinstance(value, str) and _ID.fullmatch(value) is not None


def _place(identity: str, geometry: object, own: dict[str, Any], region: str, ledger: Ledger) -> TablePlace:
    code = CODES.get(str(own.get("subtype")))
    if code is None:
        raise BadRowError(f"its subtype is {own.get('subtype')!r:.40}; expected one of {' '.join(CODES)}")
    if isinstance(geometry, bytes):
        geometry = _geojson(geometry)
    lat, lon, extent = fields.point_of(geometry)
    people = fields.population(own.get("population"), ledger)
    place = PlaceId(f"overture:{identity}")
    return TablePlace(
        id=place,
        feature_code=code,
        lat=lat,
        lon=lon,
        precision_m=round(extent) or fields.radius_m(code, people),
        population=people,
        source=place,
        region=region,
    )


def _geojson(wkb: bytes) -> object:
    import shapely  # noqa: PLC0415 - only for this format

    try:
        return shapely.geometry.mapping(shapely.from_wkb(wkb))
    except shapely.errors.ShapelyError as error:
        raise BadRowError(f"has a broken geometry ({error}); get the file again") from error


def _names(place: PlaceId, own: dict[str, Any], ledger: Ledger) -> Iterator[Fact]:
    names = own.get("names")
    if not isinstance(names, dict):
        return
    common = names.get("common") or {}
    primary = names.get("primary")
    local = [tag for tag, text in common.items() if text == primary]
    told: list[dict[str, Any]] = [
        {"value": primary, "language": tag, "kind": "endonym"} for tag in local or [""] if primary
    ]
    told += [{"value": text, "language": tag} for tag, text in common.items() if tag not in local]
    for rule in [*told, *(names.get("rules") or ())]:
        yield from _rule(place, rule, own.get("perspectives"), ledger)


def _rule(place: PlaceId, rule: Any, perspectives: Any, ledger: Ledger) -> Iterator[Fact]:
    if not isinstance(rule, dict):
        raise BadRowError("a rule of its names is no object; repair the record")
    if rule.get("between") or rule.get("side"):
        ledger.leave("name of a part or a side")
        return
    lang = fields.language(rule.get("language") or "")
    kind = rule.get("kind") or _KIND.get(rule.get("variant", "common"))
    if lang is None or kind is None:
        ledger.leave("name of an unknown language or variant")
        return
    accepting, note = _sides(rule.get("perspectives") or perspectives)
    yield from accepting
    for party_id in [party.id for party in accepting] or [None]:
        yield from facts.names(place, [rule.get("value")], facts.Use(lang, kind, party_id, note=note), ledger=ledger)


def _sides(perspectives: Any) -> tuple[list[Any], str]:
    """Give the states that accept a name, and a note that tells who disputes it."""
    if not perspectives:
        return [], ""
    mode, codes = perspectives.get("mode"), [fields.country(code) for code in perspectives.get("countries") or ()]
    if mode not in ("accepted_by", "disputed_by") or not all(codes):
        raise BadRowError("its perspectives are no accepted_by or disputed_by of countries; repair the record")
    if mode == "disputed_by":
        return [], f"disputed by {', '.join(code.lower() for code in codes)}"
    return [state(code) for code in codes], ""


def _outer(own: dict[str, Any]) -> list[str]:
    steps = [step for line in own.get("hierarchies") or () for step in line if isinstance(step, dict)]
    return list(dict.fromkeys(step["division_id"] for step in steps if _is_id(step.get("division_id"))))


def _targets(own: dict[str, Any]) -> Iterator[str]:
    item = fields.wikidata_id(own.get("wikidata"))
    if item:
        yield item
    for source in own.get("sources") or ():
        found = _OSM_RECORD.fullmatch(str(source.get("record_id") or ""))
        if found and source.get("dataset") == "OpenStreetMap" and not source.get("property"):
            yield f"osm:{_OSM_TYPE[found[1].lower()]}/{found[2]}"
