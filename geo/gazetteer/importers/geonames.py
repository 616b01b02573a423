"""GeoNames: country dumps and allCountries (19 columns), alternateNamesV2 (10 columns), as text or zip.

After the readme of the dumps at https://download.geonames.org/export/dump/readme.txt, as of 2024.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from geo.errors import DataError
from geo.gazetteer.importers import facts, fields
from geo.gazetteer.importers.dates import date
from geo.gazetteer.importers.ledger import BadRowError, Ledger
from geo.gazetteer.importers.text_lines import lines
from geo.gazetteer.records import Fact, Link, NameKind, PlaceId, Source, SourceId, TablePlace

PLACE_COLUMNS, NAME_COLUMNS = 19, 10
SOURCE = Source(
    id=SourceId("geonames"),
    citation="GeoNames geographical database; a record is a GeoNames id",
    licence="CC BY 4.0",
    url="https://www.geonames.org/",
    accessed="",
)
# A record without a code has a class at least.
_CODE_OF_CLASS = {"A": "ADMD", "P": "PPL", "L": "AREA"}
_CODES = frozenset({"post", "iata", "icao", "faac", "unlc", "tcid", "lauc", "link", "phon", "piny"})
_DIVISIONS = ("\tADM1\t", "\tADM2\t")
_Divisions = dict[str, str]


def read(path: Path, *, ledger: Ledger) -> Iterator[Fact]:
    """Give the facts of a dump of places or of alternate names, whichever the file is.

    A dump of places is read twice: first for its first- and second-level divisions, by whose codes the places refer to them.

    Raises
    ------
    DataError
        As :func:`lines` raises it; at a row that is no row of the dump unless such rows are to be passed over.
    """
    columns = column_count(path)
    if columns not in (PLACE_COLUMNS, NAME_COLUMNS):
        raise DataError(
            f"{path}:1: {columns} columns; a GeoNames dump has {PLACE_COLUMNS} (places) or {NAME_COLUMNS} (names): get it again"
        )
    yield SOURCE
    if columns == NAME_COLUMNS:
        yield from _names(path, ledger)
    else:
        yield from _places(path, _divisions(path), ledger)


def column_count(path: Path) -> int:
    """Give the number of columns of a file's first line."""
    return next((line.count("\t") + 1 for line in lines(path, ledger=Ledger(skip_bad=True))), 0)


def _divisions(path: Path) -> _Divisions:
    """Give the ids of first- and second-level divisions by their codes: ``AZ.18``, ``AZ.18.147``."""
    found: _Divisions = {}
    for line in lines(path, ledger=Ledger(skip_bad=True)):
        if any(mark in line for mark in _DIVISIONS):
            cells = line.split("\t")
            if len(cells) == PLACE_COLUMNS:
                codes = (cells[8], cells[10]) if cells[7] == "ADM1" else (cells[8], cells[10], cells[11])
                found.setdefault(".".join(codes), cells[0])
    return found


def _places(path: Path, divisions: _Divisions, ledger: Ledger) -> Iterator[Fact]:
    region = fields.region_of(path)
    for line in lines(path, ledger=ledger):
        try:
            place = _place(_split(line, PLACE_COLUMNS), region, ledger)
        except BadRowError as problem:
            ledger.bad(problem)
            continue
        cells = line.split("\t")
        names = list(_main_names(place.id, cells, ledger)) if place else []
        if place and names:
            yield place
            yield from names
            yield from _relations(place.id, cells, divisions)
        elif place:
            ledger.leave(facts.NAMELESS)


def _split(line: str, columns: int) -> list[str]:
    cells = line.split("\t")
    if len(cells) != columns:
        raise BadRowError(f"{len(cells)} columns; expected {columns}, with tabs between: get the file again")
    return cells


def _identity(cell: str) -> PlaceId:
    if not (cell.isascii() and cell.isdigit()):
        raise BadRowError(f"the GeoNames id is {cell!r:.40}; expected a number")
    return PlaceId(f"geonames:{cell}")


def _place(cells: list[str], region: str, ledger: Ledger) -> TablePlace | None:
    identity = _identity(cells[0])
    code = cells[7] or _CODE_OF_CLASS.get(cells[6], "")
    if not code.isalnum():
        ledger.leave("record without a feature code")
        return None
    lat, lon = fields.coordinates(cells[4], cells[5])
    people = fields.population(cells[14], ledger)
    return TablePlace(
        id=identity,
        feature_code=code,
        lat=lat,
        lon=lon,
        precision_m=fields.radius_m(code, people),
        population=people,
        source=identity,
        region=region,
    )


def _main_names(place: PlaceId, cells: list[str], ledger: Ledger) -> Iterator[Fact]:
    """Give the name, its ASCII form and the names whose language the dump does not tell, each once."""
    told = dict.fromkeys((cells[1], cells[2], *cells[3].split(",")))
    yield from facts.names(place, filter(None, told), ledger=ledger)


def _relations(place: PlaceId, cells: list[str], divisions: _Divisions) -> Iterator[Fact]:
    country = fields.country(cells[8])
    if country:
        yield facts.relation(place, "de_jure", country)
    for codes in ((cells[8], cells[10]), (cells[8], cells[10], cells[11])):
        outer = divisions.get(".".join(codes)) if codes[-1] else None
        if outer and outer != cells[0]:
            yield facts.relation(place, "within", f"geonames:{outer}")


def _names(path: Path, ledger: Ledger) -> Iterator[Fact]:
    for line in lines(path, ledger=ledger):
        try:
            fact = _name(_split(line, NAME_COLUMNS), ledger)
        except BadRowError as problem:
            ledger.bad(problem)
            continue
        if fact is not None:
            yield fact


def _name(cells: list[str], ledger: Ledger) -> Fact | None:
    _, number, tag, text, preferred, short, colloquial, historic, from_, to = cells
    place = _identity(number)
    if tag == "wkdt":
        return _wikidata(place, text, ledger)
    if tag in _CODES:
        ledger.leave(f"{'web address' if tag == 'link' else 'code or reading'} ({tag})")
        return None
    lang = "" if tag == "abbr" else fields.language(tag.removesuffix("_1793"))
    if lang is None:
        ledger.leave("name in a language that has no code")
        return None
    kind: NameKind = "abbreviation" if tag == "abbr" else "historical" if historic == "1" else "variant"
    if kind == "variant" and preferred == "1":
        kind = "official"
    note = "; ".join(word for word, flag in (("short", short), ("colloquial", colloquial)) if flag == "1")
    return facts.name(place, text, facts.Use(lang, kind, None, _span(from_, to, ledger), note))


def _span(from_: str, to: str, ledger: Ledger) -> facts.Span:
    if not from_ and not to:
        return facts.UNDATED
    return fields.span(date(from_, ledger), date(to, ledger), ledger)


def _wikidata(place: PlaceId, text: str, ledger: Ledger) -> Link | None:
    target = fields.wikidata_id(text)
    if not target:
        ledger.leave("Wikidata link that is no item")
        return None
    return facts.link(place, target)
