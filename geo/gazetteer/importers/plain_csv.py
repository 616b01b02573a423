"""Plain CSV: one name of a place a row, under headings that say what they are."""

from __future__ import annotations

import csv
import hashlib
import re
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import cast, get_args

from geo.errors import DataError
from geo.gazetteer.importers import facts, fields
from geo.gazetteer.importers.dates import date
from geo.gazetteer.importers.ledger import BadRowError, Ledger
from geo.gazetteer.importers.states import state
from geo.gazetteer.importers.text_lines import lines
from geo.gazetteer.records import Fact, NameKind, Party, PartyId, PlaceId, Source, SourceId, TablePlace

HEADINGS = {
    "id": ("id", "place_id"),
    "name": ("name", "toponym", "place", "place_name", "placename"),
    "lat": ("lat", "latitude", "y"),
    "lon": ("lon", "lng", "long", "longitude", "x"),
    "alternates": ("alternate_names", "alternatenames", "alternates", "alt_names", "aliases"),
    "lang": ("lang", "language"),
    "kind": ("kind",),
    "party": ("party",),
    "from": ("from", "start"),
    "to": ("to", "end"),
    "country": ("country", "country_code"),
    "feature_code": ("feature_code", "fcode"),
    "population": ("population",),
    "precision_m": ("precision_m",),
    "source": ("source", "citation"),
    "note": ("note",),
}
UNKNOWN = "LCTY"
_DELIMITERS = (",", ";", "\t", "|")
_GLOBAL = re.compile(r"[a-z][a-z0-9-]*:[\w./@-]{1,80}")
_LOCAL = re.compile(r"[\w.@/-]{1,80}")
_Row = dict[str, str]


def headings(line: str) -> tuple[str, dict[str, int]]:
    """Give the delimiter of a heading line, and the column of each field that we read."""
    delimiter = max(_DELIMITERS, key=line.count)
    told = [cell.strip().lower() for cell in next(csv.reader([line], delimiter=delimiter), [])]
    return delimiter, {
        field: told.index(spelt) for field, spellings in HEADINGS.items() for spelt in spellings[::-1] if spelt in told
    }


def usable(columns: dict[str, int]) -> bool:
    """Tell whether headings suffice for places: a name, and a point or an id."""
    return "name" in columns and ({"lat", "lon"} <= columns.keys() or "id" in columns)


def read(path: Path, *, ledger: Ledger) -> Iterator[Fact]:
    """Give the facts of a table; rows with the same id are names of one place.

    Raises
    ------
    DataError
        When the file cannot be read or its headings do not suffice, or at a broken row unless such are to be passed over.
    """
    text = lines(path, ledger=ledger)
    delimiter, columns = headings(next(text, ""))
    if not usable(columns):
        raise DataError(f"{path}:1: its headings are no name with lat and lon, or with an id; name the columns so")
    source = SourceId(f"csv-{fields.region_of(path)}")
    yield Source(
        id=source,
        citation=f"Table {fields.region_of(path)} of the user's own",
        licence="not stated",
        url="",
        accessed="",
    )
    rows = csv.reader((f"{line}\n" for line in text), delimiter=delimiter, strict=True)
    place: Fact | None = None
    while True:
        try:
            row = _row(next(rows), columns)
            found = list(_facts(row, source, fields.region_of(path), ledger))
        except StopIteration:
            return
        except csv.Error as problem:
            ledger.bad(f"{problem}; quote the cell or shorten it")
        except BadRowError as problem:
            ledger.bad(problem)
        else:
            # The rows of one place stand together in most tables: it is told once.
            yield from (fact for fact in found if fact != place)
            place = next((fact for fact in found if isinstance(fact, TablePlace)), place)


def _row(cells: list[str], columns: dict[str, int]) -> _Row:
    width = max(columns.values()) + 1
    if len(cells) < width:
        raise BadRowError(f"{len(cells)} cells; expected {width} or more: fill the row up")
    return {field: cells[column].strip() for field, column in columns.items()}


def _facts(row: _Row, source: SourceId, region: str, ledger: Ledger) -> Iterator[Fact]:
    place = _identity(row, source)
    cite = place if place.startswith(f"{source}:") else f"{source}:{place}"
    if row.get("lat") or row.get("lon"):
        yield _place(row, place, cite, region, ledger)
    elif not row.get("id"):
        raise BadRowError("has neither a point nor an id; fill in lat and lon")
    party = _party(row.get("party", ""))
    if party:
        yield party
    span = fields.span(date(row.get("from"), ledger), date(row.get("to"), ledger), ledger)
    note = "; ".join(fields.toponym(" ".join(told.split())) for told in (row.get("note"), row.get("source")) if told)
    name = facts.name(
        place, row["name"], facts.Use(_language(row), _kind(row), party.id if party else None, span, note)
    )
    yield replace(name, source=cite)
    others = filter(None, (other.strip() for other in row.get("alternates", "").split(";")))
    yield from (replace(other, source=cite) for other in facts.names(place, others, ledger=ledger))
    country = fields.country(row.get("country"))
    if country:
        yield replace(facts.relation(place, "de_jure", country), source=cite)


def _identity(row: _Row, source: SourceId) -> PlaceId:
    """Give the id that a row tells, or one that its name and point make; neither depends on where the row stands."""
    told = row.get("id", "")
    if _GLOBAL.fullmatch(told):
        return PlaceId(told)
    if told and not _LOCAL.fullmatch(told):
        raise BadRowError(f"the id is {told[:40]!r}; expected letters, digits, and . _ - / @")
    made = hashlib.sha256("\0".join(row.get(key, "") for key in ("name", "lat", "lon")).encode())
    return PlaceId(f"{source}:{told or made.hexdigest()[:12]}")


def _place(row: _Row, place: PlaceId, cite: str, region: str, ledger: Ledger) -> TablePlace:
    lat, lon = fields.coordinates(row.get("lat"), row.get("lon"))
    code = row.get("feature_code") or UNKNOWN
    if not (code.isascii() and code.isalnum()):
        raise BadRowError(f"the feature code is {code[:40]!r}; expected a GeoNames code such as PPL")
    people = fields.population(row.get("population"), ledger)
    return TablePlace(
        id=place,
        feature_code=code,
        lat=lat,
        lon=lon,
        precision_m=_precision(row.get("precision_m", "")) or fields.radius_m(code, people),
        population=people,
        source=cite,
        region=region,
    )


def _precision(cell: str) -> float:
    try:
        radius = float(cell or 0)
    except ValueError:
        radius = -1.0
    if not 0 <= radius <= fields.WIDEST_M:
        raise BadRowError(f"precision_m is {cell[:40]!r}; expected metres")
    return radius


def _language(row: _Row) -> str:
    lang = fields.language(row.get("lang", ""))
    if lang is None:
        raise BadRowError(f"the language is {row['lang'][:40]!r}; expected a BCP 47 tag such as az or hy-Latn")
    return lang


def _kind(row: _Row) -> NameKind:
    kind = row.get("kind") or "variant"
    if kind not in get_args(NameKind):
        raise BadRowError(f"the kind is {kind[:40]!r}; expected one of {' '.join(get_args(NameKind))}")
    return cast("NameKind", kind)


def _party(told: str) -> Party | None:
    """Give the party that a cell names: a state by its ISO code, any other as an organisation."""
    if not told:
        return None
    identity = fields.safe_id(told)
    if fields.country(identity):
        return state(identity.upper())
    name = fields.toponym(told)
    return Party(id=PartyId(identity), name=name, kind="organisation", place=None, colour="", note="")
