"""Who's On First: one record, a folder of records, or the SQLite distribution.

After https://whosonfirst.org/docs/ (properties, names, dates, placetypes, concordances) and the tables `geojson`, `spr`, `names`
and `concordances` of go-whosonfirst-sqlite-features, as of 2024.
"""

from __future__ import annotations

import contextlib
import json
import os
import re
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import quote

from geo.errors import DataError
from geo.gazetteer.importers import facts, fields
from geo.gazetteer.importers.dates import date
from geo.gazetteer.importers.json_items import items
from geo.gazetteer.importers.ledger import BadRowError, Ledger
from geo.gazetteer.records import Fact, NameKind, PlaceId, Source, SourceId, TablePlace

SOURCE = Source(
    id=SourceId("wof"),
    citation="Who's On First gazetteer; a record is a Who's On First id",
    licence="CC0 1.0 and CC BY 4.0 (by property; see the licence)",
    url="https://whosonfirst.org/docs/licenses/",
    accessed="",
)
_CODES = fields.by_word(
    {
        "CONT": "continent",
        "OCN": "ocean",
        "SEA": "marinearea",
        "ISL": "island",
        "PCL": "empire",
        "PCLI": "country",
        "PCLD": "dependency",
        "TERR": "disputed",
        "RGN": "macroregion metroarea",
        "ADM1": "region",
        "ADMD": "macrocounty",
        "ADM2": "county",
        "ADM3": "localadmin",
        "PPL": "locality",
        "PPLX": "borough macrohood neighbourhood microhood",
    }
)
_NAME = re.compile(r"(name|abrv):([a-z]{3}(?:_[a-z0-9]+)*?)_x_(preferred|variant|colloquial|historical|abbreviation)")
_SQLITE = b"SQLite format 3\0"


def read(path: Path, *, ledger: Ledger) -> Iterator[Fact]:
    """Give the facts of a record, of all records below a folder, or of an SQLite distribution.

    Deprecated records, alternative geometries, superseded records whose place has not ceased, and placetypes that are no
    places on a map (venues, addresses, postal codes) are left out and counted.

    Raises
    ------
    DataError
        When a file cannot be read, or at a broken record unless such are to be passed over.
    """
    yield SOURCE
    region = fields.region_of(path)
    for record in _records(path, ledger):
        yield from facts.whole(_facts(record, region, ledger), ledger)


def is_sqlite(path: Path) -> bool:
    """Tell whether a file is an SQLite database."""
    with path.open("rb") as stream:
        return stream.read(len(_SQLITE)) == _SQLITE


def _records(path: Path, ledger: Ledger) -> Iterator[Any]:
    if path.is_dir():
        for file in _files(path):
            yield from items(file, ("features",), ledger=ledger)
    elif is_sqlite(path):
        yield from _rows(path, ledger)
    else:
        yield from items(path, ("features",), ledger=ledger)


def _files(folder: Path) -> Iterator[Path]:
    for root, folders, files in os.walk(folder):
        folders.sort()
        yield from (Path(root, name) for name in sorted(files) if name.endswith(".geojson") and "-alt-" not in name)


def _rows(path: Path, ledger: Ledger) -> Iterator[Any]:
    try:
        address = f"file:{quote(str(path.resolve()))}?mode=ro"
        with contextlib.closing(sqlite3.connect(address, uri=True)) as database:
            # A database from elsewhere may carry triggers and views; nothing of it is run.
            database.execute("PRAGMA trusted_schema = OFF")
            tables = {name for (name,) in database.execute("SELECT name FROM sqlite_master WHERE type = 'table'")}
            if "geojson" in tables:
                yield from _documents(path, database, ledger)
            elif {"spr", "names"} <= tables:
                yield from _responses(path, database, tables, ledger)
            else:
                raise DataError(f"{path}: has neither a table geojson nor spr and names; give a Who's On First file")
    except sqlite3.Error as error:
        raise DataError(f"{path}: is no whole SQLite file ({error}); get it again") from error


def _documents(path: Path, database: sqlite3.Connection, ledger: Ledger) -> Iterator[Any]:
    columns = {row[1] for row in database.execute("PRAGMA table_info(geojson)")}
    query = "SELECT id, body FROM geojson ORDER BY id"
    if "is_alt" in columns:
        query = "SELECT id, body FROM geojson WHERE is_alt IS NULL OR is_alt = 0 ORDER BY id"
    for number, body in database.execute(query):
        ledger.where = f"{path}:record {number}"
        try:
            yield json.loads(body)
        except (TypeError, ValueError, RecursionError) as error:
            ledger.bad(f"its body is no JSON ({error}); get the file again")


def _responses(path: Path, database: sqlite3.Connection, tables: set[str], ledger: Ledger) -> Iterator[Any]:
    """Give records as far as the tables `spr`, `names` and `concordances` tell them."""
    database.row_factory = sqlite3.Row
    for spr in database.execute("SELECT * FROM spr ORDER BY CAST(id AS INTEGER)"):
        row = dict(spr)
        told = str(row.get("id"))
        number = int(told) if told.isdigit() else told
        ledger.where = f"{path}:record {number}"
        properties: dict[str, Any] = {
            "wof:id": number,
            "wof:name": row.get("name"),
            "wof:placetype": row.get("placetype"),
            "wof:country": row.get("country"),
            "wof:hierarchy": [{"parent_id": row.get("parent_id")}],
            "mz:is_current": row.get("is_current"),
            "edtf:deprecated": "deprecated" if row.get("is_deprecated") == 1 else "",
            "wof:superseded_by": [
                int(part) for part in str(row.get("superseded_by") or "").split(",") if part.isdigit()
            ],
            **{f"edtf:{end}": row.get(end) for end in ("inception", "cessation")},
            **{f"lbl:{axis}": row.get(axis) for axis in ("latitude", "longitude")},
            "geom:bbox": ",".join(
                str(row.get(side)) for side in ("min_longitude", "min_latitude", "max_longitude", "max_latitude")
            ),
        }
        for name in database.execute("SELECT * FROM names WHERE id = ? ORDER BY rowid", (number,)):
            properties.setdefault(_key_of(dict(name)), []).append(name["name"])
        if "concordances" in tables:
            properties["wof:concordances"] = _concordances_of(database, number)
        yield {"properties": properties}


def _key_of(name: dict[str, Any]) -> str:
    tag = "_".join(str(name[part]).lower() for part in ("language", "script", "region") if name.get(part))
    return f"name:{tag}_x_{str(name.get('privateuse') or 'x_variant').removeprefix('x_')}"


def _concordances_of(database: sqlite3.Connection, number: object) -> dict[str, Any]:
    rows = (dict(row) for row in database.execute("SELECT * FROM concordances WHERE id = ?", (number,)))
    return {str(row.get("other_source")): row.get("other_id") for row in rows}


def _facts(record: Any, region: str, ledger: Ledger) -> Iterator[Fact]:
    own = record.get("properties") if isinstance(record, dict) else None
    if not isinstance(own, dict) or not _is_id(own.get("wof:id")):
        raise BadRowError("is no Who's On First record (no wof:id); take the file out")
    if "src:alt_label" in own:
        ledger.leave("alternative geometry")
        return
    ceased = date(own.get("edtf:cessation"), ledger)
    reason = _unwanted(own, ceased)
    if reason:
        ledger.leave(reason)
        return
    place = _place(own, record.get("geometry"), region, ledger)
    yield place
    yield from _names(place.id, own, ceased if ceased != ".." else "", ledger)
    began = date(own.get("edtf:inception"), ledger)
    yield from _relations(place.id, own, fields.span(began, ceased, ledger))
    yield from _links(place.id, own)


def _is_id(value: object) -> bool:
    # Numbers below zero mean that something is unknown.
    return isinstance(value, int) and value > 0 and value is not True


def _unwanted(own: dict[str, Any], ceased: str) -> str:
    """Tell why a record is left out, "" for one that is taken."""
    if own.get("edtf:deprecated") not in (None, "", "uuuu", "u"):
        return "deprecated record"
    if own.get("wof:placetype") not in _CODES:
        return f"placetype {fields.safe_id(str(own.get('wof:placetype')))[:40]}"
    if own.get("wof:superseded_by") and ceased in ("", ".."):
        return "superseded record"
    return ""


def _place(own: dict[str, Any], geometry: object, region: str, ledger: Ledger) -> TablePlace:
    told = str(own.get("gn:feature_code", ""))
    code = (
        told
        if own["wof:placetype"] == "locality" and re.fullmatch("PPL[A-Z0-9]{0,3}", told)
        else _CODES[own["wof:placetype"]]
    )
    people = fields.population(own.get("wof:population") or own.get("gn:population"), ledger)
    lat, lon = _centre(own, geometry)
    return TablePlace(
        id=PlaceId(f"wof:{own['wof:id']}"),
        feature_code=code,
        lat=lat,
        lon=lon,
        precision_m=_radius(own) or fields.radius_m(code, people),
        population=people,
        source=f"wof:{own['wof:id']}",
        region=region,
    )


def _centre(own: dict[str, Any], geometry: object) -> tuple[float, float]:
    for prefix in ("lbl", "reversegeo", "geom"):
        if own.get(f"{prefix}:latitude") is not None and own.get(f"{prefix}:longitude") is not None:
            return fields.coordinates(own[f"{prefix}:latitude"], own[f"{prefix}:longitude"])
    lat, lon, _ = fields.point_of(geometry)
    return lat, lon


def _radius(own: dict[str, Any]) -> float:
    """Give half the diagonal of the record's own box, 0 for a point."""
    try:
        west, south, east, north = (float(side) for side in str(own.get("geom:bbox", "")).split(","))
    except ValueError:
        return 0.0
    fields.coordinates(south, west)
    fields.coordinates(north, east)
    return round(fields.extent_m((west, south, east, north)))


def _names(place: PlaceId, own: dict[str, Any], ceased: str, ledger: Ledger) -> Iterator[Fact]:
    local = _local_languages(own)
    if own.get("wof:name"):
        yield from facts.names(place, [own["wof:name"]], facts.Use(span=("", ceased)), ledger=ledger)
    for key, values in own.items():
        if not key.startswith(("name:", "abrv:")):
            continue
        found = _NAME.fullmatch(key)
        lang = fields.language(found[2]) if found else None
        if found is None or lang is None or not isinstance(values, list):
            ledger.leave("name under a key that tells no language")
            continue
        kind, note = _kind(found[1], found[3], lang, local)
        yield from facts.names(place, values, facts.Use(lang, kind, None, ("", ceased), note), ledger=ledger)


def _local_languages(own: dict[str, Any]) -> set[str]:
    tags = [*(own.get("wof:lang_x_official") or ()), *(own.get("wof:lang_x_spoken") or ())]
    return {lang for tag in tags if isinstance(tag, str) and (lang := fields.language(tag))}


def _kind(table: str, kind: str, lang: str, local: set[str]) -> tuple[NameKind, str]:
    """Give kind and note: a preferred name is an endonym where the record says that its language is spoken there."""
    if table == "abrv" or kind == "abbreviation":
        return "abbreviation", ""
    if kind == "historical":
        return "historical", ""
    if kind == "preferred" and local and lang:
        return ("endonym" if lang.partition("-")[0] in local else "exonym"), ""
    return "variant", "colloquial" if kind == "colloquial" else ""


def _relations(place: PlaceId, own: dict[str, Any], span: facts.Span) -> Iterator[Fact]:
    country = fields.country(own.get("wof:country"))
    if country:
        yield facts.relation(place, "de_jure", country, span)
    hierarchies = [line for line in own.get("wof:hierarchy") or () if isinstance(line, dict)]
    outer = {
        number: None
        for line in hierarchies
        for level, number in line.items()
        if level != "continent_id" and _is_id(number) and number != own["wof:id"]
    }
    for number in outer:
        yield facts.relation(place, "within", f"wof:{number}", span)


def _links(place: PlaceId, own: dict[str, Any]) -> Iterator[Fact]:
    concordances = own.get("wof:concordances") or {}
    if not isinstance(concordances, dict):
        raise BadRowError("wof:concordances is no object; repair the record")
    geoname = str(concordances.get("gn:id") or "")
    if geoname.isascii() and geoname.isdigit():
        yield facts.link(place, f"geonames:{geoname}")
    item = fields.wikidata_id(concordances.get("wd:id"))
    if item:
        yield facts.link(place, item)
    for number in filter(_is_id, own.get("wof:superseded_by") or ()):
        yield facts.link(place, f"wof:{number}", "closeMatch")
