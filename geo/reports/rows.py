"""Rows of tables and objects of JSON documents become reports; one set of rules for all of them."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from geo.errors import ReportError
from geo.reports.encoding import LINE_LIMIT
from geo.reports.fields import FIELDS, Notes, flags, point
from geo.reports.report import Report

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from geo.reports.source import Source

_ALIASES = {"lat": ("latitude",), "lon": ("lng", "long", "longitude")}
_SHOWN = 12


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One row under the names of our fields.

    Attributes
    ----------
    where : str
        File and line, as messages begin.
    number : int
        Counted from 1 among the rows, for the id of a row that has none.
    values : mapping of str to object
        Field to what stands there; fields that the source lacks are missing.
    spans : object
        What stands under the field of given mentions.
    blank : bool
        Nothing stands in the whole row, other columns included: it is skipped.
    """

    where: str
    number: int
    values: Mapping[str, object]
    spans: object = None
    blank: bool = False


def reports_of_rows(rows: Iterable[Row], source: Source, *, mentions_from: str = "") -> Iterator[Report]:
    """Give a report for each row that is not blank; a row with a text and a place gives one of each.

    Raises
    ------
    ReportError
        A row without a text or place, an id that stands twice, coordinates or spans that cannot be; no row at all.
    """
    ids: dict[str, str] = {}
    notes = Notes()
    for row in rows:
        if row.blank:
            continue
        for report in _reports(row, source, notes, mentions_from=mentions_from):
            if report.id in ids:
                raise ReportError(
                    f"{row.where}: id {report.id!r} stands already at {ids[report.id]}; give each row its own"
                )
            ids[report.id] = row.where
            yield report
    if not ids:
        raise ReportError(f"{source.name}: has no rows with anything in them; add a row or leave the file out")


def match_headings(headings: Sequence[str], columns: Mapping[str, str], name: str) -> dict[str, int]:
    """Find our fields among the headings of a table.

    Parameters
    ----------
    headings : sequence of str
        The table's headings; case and outer white space do not matter.
    columns : mapping of str to str
        Our field to the table's heading, where they differ.
    name : str
        The source, for messages.

    Returns
    -------
    dict of str to int
        Field to column, counted from 0.

    Raises
    ------
    ReportError
        A heading that `columns` names is missing, a heading that is needed stands twice, or there is neither a text
        nor a place.
    """
    known = [heading.strip().casefold() for heading in headings]
    found: dict[str, int] = {}
    for field in FIELDS:
        heading = next((wanted for wanted in _wanted(field, columns) if wanted.strip().casefold() in known), None)
        if heading is not None:
            found[field] = known.index(heading.strip().casefold())
            if known.count(heading.strip().casefold()) > 1:
                raise ReportError(f"{name}: column {heading!r} stands more than once; rename the others")
        elif field in columns:
            raise ReportError(f"{name}: no column {columns[field]!r}; {_found(headings)}")
    if not {"text", "place"} & found.keys():
        raise ReportError(
            f"{name}: no column 'text' or 'place'; {_found(headings)}; map one with --columns text=HEADING"
        )
    if "place" in columns and "text" not in columns:
        found.pop("text", None)
    return found


def object_fields(document: Mapping[str, object], columns: Mapping[str, str], where: str) -> dict[str, object]:
    """Find our fields among the keys of a JSON object, as `match_headings` does for a table."""
    values: dict[str, object] = {}
    for field in FIELDS:
        key = next((wanted for wanted in _wanted(field, columns) if wanted in document), None)
        if key is not None:
            values[field] = document[key]
    if not {"text", "place"} & values.keys():
        raise ReportError(
            f"{where}: no field 'text' or 'place'; {_found(list(document))}; map one with --columns text=FIELD"
        )
    if "place" in columns and "text" not in columns:
        values.pop("text", None)
    return values


def plain(value: object, field: str, where: str) -> str:
    """Give a cell as plain text; nothing in it is ever evaluated.

    Raises
    ------
    ReportError
        A list or an object, half a surrogate pair, or more than 10 MB.

    Examples
    --------
    >>> plain(12.0, "id", "a.xlsx: row 2"), plain(dt.datetime(2020, 11, 1), "published", "a.xlsx: row 2")
    ('12', '2020-11-01')
    """
    match value:
        case None:
            text = ""
        case str():
            text = value
        case float() if value.is_integer():
            text = str(int(value))
        case dt.datetime():
            text = value.date().isoformat() if value.time() == dt.time() else value.isoformat()
        case int() | float() | dt.date() | dt.time():
            text = str(value)
        case _:
            raise ReportError(f"{where}: {field} is a {type(value).__name__}, no text; give it as a string")
    if len(text) > LINE_LIMIT:
        raise ReportError(f"{where}: {field} has more than {LINE_LIMIT // 1_000_000} MB; split it")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        raise ReportError(
            f"{where}: {field} has half a surrogate pair at character {error.start}; repair it"
        ) from error
    return text


def _reports(row: Row, source: Source, notes: Notes, *, mentions_from: str) -> Iterator[Report]:
    cells = {field: plain(_cell(row, field), field, row.where) for field in FIELDS if field not in {"lat", "lon"}}
    place = cells["place"].strip()
    told = "text" in row.values and (bool(cells["text"].strip()) or not place)
    text = cells["text"] if told else place
    if not text.strip():
        raise ReportError(f"{row.where}: {'text' if told else 'place'} is empty; fill it in or delete the row")
    if not told and mentions_from:
        raise ReportError(
            f"{row.where}: spans of {mentions_from!r} need a 'text'; give it or leave --mentions-from out"
        )
    known = Report(
        id=cells["id"].strip() or f"{source.stem}-{row.number}",
        text=text,
        title=cells["title"].strip(),
        source=cells["source"].strip() or source.file_name,
        url=cells["url"].strip(),
        language=notes.language(cells["language"], row.where),
        published=notes.published(cells["published"], row.where),
        flags=flags(cells["flag"]),
    )
    if told:
        spans = _spans(row.spans, text, f"{row.where}: {mentions_from}") if mentions_from else None
        yield replace(known, spans=spans)
    if place:
        at = point(row.values.get("lat"), row.values.get("lon"), row.where)
        name = f"{known.id}-place" if told else known.id
        yield replace(known, id=name, text=place, spans=((0, len(place)),), point=at)


def _cell(row: Row, field: str) -> object:
    """Give what stands under a field; several flags of a JSON document as one cell of a table has them."""
    value = row.values.get(field)
    several = field == "flag" and isinstance(value, list) and all(isinstance(word, str) for word in value)
    return ";".join(value) if several else value  # type: ignore[arg-type]


def _spans(given: object, text: str, where: str) -> tuple[tuple[int, int], ...]:
    if given is None:
        raise ReportError(f"{where}: is missing; give a list of {{'start', 'end'}}, empty when there is no mention")
    if not isinstance(given, list):
        raise ReportError(f"{where}: is no list; give a list of {{'start', 'end'}}")
    return tuple(_span(item, len(text), f"{where}[{index}]") for index, item in enumerate(given))


def _span(item: object, length: int, where: str) -> tuple[int, int]:
    start, end = (item.get("start"), item.get("end")) if isinstance(item, dict) else (None, None)
    if type(start) is not int or type(end) is not int:
        raise ReportError(f"{where}: needs 'start' and 'end' as whole numbers")
    if not 0 <= start < end <= length:
        raise ReportError(
            f"{where}: {start}-{end} is no span of a text of {length} characters; count from 0, end after it"
        )
    return (start, end)


def _wanted(field: str, columns: Mapping[str, str]) -> tuple[str, ...]:
    return (columns[field],) if field in columns else (field, *_ALIASES.get(field, ()))


def _found(headings: Sequence[str]) -> str:
    shown = [repr(heading.strip()[:40]) for heading in headings if heading.strip()]
    more = f" and {len(shown) - _SHOWN} more" if len(shown) > _SHOWN else ""
    return f"found {', '.join(shown[:_SHOWN])}{more}" if shown else "found no headings"
