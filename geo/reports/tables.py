"""Delimited tables, a row at a time: .csv and .tsv with a comma, semicolon, tab or bar between cells."""

from __future__ import annotations

import csv
from typing import TYPE_CHECKING

from geo.errors import ReportError
from geo.reports.encoding import LINE_LIMIT, encoding_of
from geo.reports.rows import Row, match_headings, reports_of_rows

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from geo.reports.report import Report
    from geo.reports.source import Source

_DELIMITERS = (",", ";", "\t", "|")


def read_csv(source: Source, columns: Mapping[str, str]) -> Iterator[Report]:
    """Read a delimited table in bounded memory.

    Raises
    ------
    ReportError
        No usable heading, a quote that is never closed, a row with more cells than headings, or a row that cannot be
        a report.
    """
    encoding = encoding_of(source)
    delimiter = _delimiter(source, encoding, columns)
    with source.open_text(encoding, newline="") as lines:
        yield from reports_of_rows(_rows(source, _records(source, lines, delimiter), columns), source)


def _rows(source: Source, records: Iterator[tuple[int, list[str]]], columns: Mapping[str, str]) -> Iterator[Row]:
    headings = _headings(source, records)
    places = match_headings(headings, columns, source.name)
    for number, (line, cells) in enumerate(records, 1):
        where = f"{source.name}:{line}"
        if any(cell.strip() for cell in cells[len(headings) :]):
            raise ReportError(
                f"{where}: has {len(cells)} cells under {len(headings)} headings; quote a cell that holds the delimiter"
            )
        values = {field: cells[index] if index < len(cells) else "" for field, index in places.items()}
        yield Row(where=where, number=number, values=values, blank=not any(cell.strip() for cell in cells))


def _headings(source: Source, records: Iterable[tuple[int, list[str]]]) -> list[str]:
    for _line, cells in records:
        if any(cell.strip() for cell in cells):
            return cells
    raise ReportError(f"{source.name}: has only empty lines; give a table with headings")


def _records(source: Source, lines: Iterable[str], delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Give each record with the line that it begins on."""
    reader = csv.reader(_without_separator_line(lines), delimiter=delimiter, strict=True)
    while True:
        line = reader.line_num + 1
        usual = csv.field_size_limit(LINE_LIMIT)
        try:
            cells = next(reader)
        except StopIteration:
            return
        except csv.Error as error:
            raise ReportError(f"{source.name}:{line}: {_reason(str(error))}") from error
        finally:
            csv.field_size_limit(usual)
        yield line, cells


def _without_separator_line(lines: Iterable[str]) -> Iterator[str]:
    """Blank the line ``sep=;`` that Excel writes and understands; line numbers stay."""
    for number, line in enumerate(lines):
        yield "\n" if number == 0 and line.lower().startswith("sep=") else line


def _reason(error: str) -> str:
    if "unexpected end" in error:
        return "a quote opens here and is never closed; close it or double the quotes inside the cell"
    if "field larger" in error:
        return f"a cell of more than {LINE_LIMIT // 1_000_000} MB, or a quote that is never closed; split or close it"
    return f"broken CSV ({error}); double the quotes inside a quoted cell"


def _delimiter(source: Source, encoding: str, columns: Mapping[str, str]) -> str:
    """Choose the delimiter under which the headings are usable, otherwise the one that gives most of them."""

    def fitness(delimiter: str) -> tuple[bool, int]:
        try:
            with source.open_text(encoding, newline="") as lines:
                headings = _headings(source, _records(source, lines, delimiter))
        except ReportError:
            return (False, 0)
        try:
            match_headings(headings, columns, source.name)
        except ReportError:
            return (False, len(headings))
        return (True, len(headings))

    return max(_DELIMITERS, key=fitness)
