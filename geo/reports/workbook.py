"""Excel workbooks: the first sheet with usable headings, a row at a time, cached values only."""

from __future__ import annotations

import contextlib
import warnings
import zipfile
import zlib
from typing import TYPE_CHECKING, Any

from geo.errors import ReportError
from geo.reports.rows import Row, match_headings, reports_of_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geo.reports.report import Report
    from geo.reports.source import Source

_UNPACKED_LIMIT = 1_000_000_000
_HEADING_ROWS = 10
# What openpyxl lets through from zip, XML and its own parsing when a workbook is damaged.
_DAMAGE = (
    *(zipfile.BadZipFile, zlib.error, EOFError, OSError, SyntaxError),
    *(KeyError, IndexError, ValueError, TypeError, AttributeError, NotImplementedError),
)


def read_workbook(source: Source, columns: Mapping[str, str]) -> Iterator[Report]:
    """Read the first sheet that has usable headings among its first rows.

    Formulas are not evaluated: what the spreadsheet program saved as their value is read.

    Raises
    ------
    ReportError
        Damaged or encrypted, no usable headings in any sheet, or a row that cannot be a report.
    """
    _check(source)
    with source.open() as stream, _opened(stream, source.name) as workbook:
        sheet, row_number, places = _usable_sheet(workbook, source.name, columns)
        yield from reports_of_rows(_rows(sheet, row_number, places, source.name), source)


def _check(source: Source) -> None:
    with source.open() as stream:
        if stream.read(4) == b"\xd0\xcf\x11\xe0":
            raise ReportError(
                f"{source.name}: is encrypted or an old .xls; save it as .xlsx without a password, or as .csv"
            )
        try:
            unpacked = sum(part.file_size for part in zipfile.ZipFile(stream).infolist())
        except _DAMAGE as error:
            raise ReportError(f"{source.name}: is no whole .xlsx file ({error}); save it again, or as .csv") from error
    if unpacked > _UNPACKED_LIMIT:
        raise ReportError(f"{source.name}: unpacks to {unpacked / 1e9:.1f} GB; save it as .csv, which is read in rows")


@contextlib.contextmanager
def _opened(stream: Any, name: str) -> Iterator[Any]:
    from openpyxl import load_workbook  # noqa: PLC0415 - only for workbooks

    try:
        with _quiet():
            workbook = load_workbook(stream, read_only=True, data_only=True)
    except _DAMAGE as error:
        raise ReportError(f"{name}: is a damaged .xlsx ({error}); save it again, or as .csv") from error
    try:
        yield workbook
    finally:
        workbook.close()


def _usable_sheet(workbook: Any, name: str, columns: Mapping[str, str]) -> tuple[Any, int, dict[str, int]]:
    """Give the sheet, its heading's row and the columns of our fields; the error speaks of the first sheet."""
    problem = ReportError(f"{name}: has no sheet with cells; give a table with headings")
    first = True
    for sheet in workbook.worksheets:
        sheet.reset_dimensions()  # what a file says about its own size is often wrong
        for number, cells in _cells(sheet, name):
            if number > _HEADING_ROWS:
                break
            headings = ["" if cell.value is None else str(cell.value) for cell in cells]
            if not any(heading.strip() for heading in headings):
                continue
            try:
                return sheet, number, match_headings(headings, columns, f"{name}: sheet {sheet.title!r}")
            except ReportError as error:
                if first:
                    problem, first = error, False
    raise problem


def _rows(sheet: Any, heading: int, places: Mapping[str, int], name: str) -> Iterator[Row]:
    for number, cells in _cells(sheet, name):
        if number <= heading:
            continue
        where = f"{name}: row {number}"
        used = {field: cells[index] for field, index in places.items() if index < len(cells)}
        for field, cell in used.items():
            if cell.value is not None and cell.data_type == "e":
                raise ReportError(
                    f"{where}: {field} holds the error {cell.value}; repair the formula or type the value"
                )
        values = {field: used[field].value if field in used else None for field in places}
        yield Row(where=where, number=number - heading, values=values, blank=all(_blank(cell.value) for cell in cells))


def _cells(sheet: Any, name: str) -> Iterator[tuple[int, Any]]:
    rows = iter(sheet.iter_rows())
    number = 0
    while True:
        number += 1
        try:
            with _quiet():
                cells = next(rows)
        except StopIteration:
            return
        except _DAMAGE as error:
            raise ReportError(f"{name}: row {number} is damaged ({error}); save it again, or as .csv") from error
        yield number, cells


@contextlib.contextmanager
def _quiet() -> Iterator[None]:
    """Keep back openpyxl's remarks about styles and validations that nobody reads here."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield


def _blank(value: object) -> bool:
    return value is None or (isinstance(value, str) and not value.strip())
