"""Read any source: the suffix says how."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from geo.errors import ReportError, UsageError
from geo.reports.fields import FIELDS
from geo.reports.json_documents import read_geojson, read_jsonl, starts_with_object
from geo.reports.source import Source, file_source, stdin_source
from geo.reports.tables import read_csv
from geo.reports.text import read_markdown, read_text
from geo.reports.webpage import read_webpage
from geo.reports.workbook import read_workbook

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from geo.reports.report import Report

DOCUMENTS: dict[str, Callable[[Source], Iterator[Report]]] = {
    ".txt": read_text,
    ".text": read_text,
    ".md": read_markdown,
    ".markdown": read_markdown,
    ".html": read_webpage,
    ".htm": read_webpage,
    ".xhtml": read_webpage,
}
TABLES: dict[str, Callable[[Source, Mapping[str, str]], Iterator[Report]]] = {
    ".csv": read_csv,
    ".tsv": read_csv,
    ".xlsx": read_workbook,
    ".jsonl": read_jsonl,
    ".ndjson": read_jsonl,
    ".geojson": read_geojson,
}
_JSON_LINES = {".jsonl", ".ndjson"}


def read(
    source: str | os.PathLike[str],
    *,
    columns: Mapping[str, str] | None = None,
    mentions_from: str = "",
    stdin: BinaryIO | None = None,
) -> Iterator[Report]:
    """Read the reports of a source, one at a time.

    Whether the source is there is checked at once; what is in it as the reports are taken.

    Parameters
    ----------
    source : path or str
        A file, whose suffix says what it is, or ``-`` for the standard input: JSON lines when its first line is a
        JSON object, otherwise one text.
    columns : mapping of str to str, optional
        Our field to the heading of the table or the key of the document: ``{"text": "body"}``.
    mentions_from : str, optional
        The key under which each JSON document lists its mentions as ``{"start", "end"}``.
    stdin : binary file, optional
        What ``-`` reads; the process's own standard input by default.

    Yields
    ------
    Report

    Raises
    ------
    ReportError
        The source or something in it cannot be used; the message names file, place and remedy.
    UsageError
        An unknown field in `columns`, or `mentions_from` for what is no JSON lines.
    """
    columns = columns or {}
    if unknown := [field for field in columns if field not in FIELDS]:
        raise UsageError(f"--columns {unknown[0]}={columns[unknown[0]]}: no such field; use one of {', '.join(FIELDS)}")
    if os.fspath(source) == "-":
        return _read_stdin(stdin or sys.stdin.buffer, columns, mentions_from)
    if os.fspath(source).startswith(("http://", "https://")):
        raise ReportError(f"{os.fspath(source)}: addresses are not fetched; download the page and name the file")
    path = Path(source)
    suffix = path.suffix.lower()
    opened = file_source(path)
    if suffix not in DOCUMENTS and suffix not in TABLES:
        kind = f"suffix {suffix!r} is not known" if suffix else "has no suffix"
        raise ReportError(f"{path}: {kind}; use one of {' '.join([*DOCUMENTS, *TABLES])}")
    if mentions_from and suffix not in _JSON_LINES:
        raise UsageError(f"{path}: --mentions-from {mentions_from} needs .jsonl; write one JSON object a line")
    if suffix in _JSON_LINES:
        return read_jsonl(opened, columns, mentions_from)
    return DOCUMENTS[suffix](opened) if suffix in DOCUMENTS else TABLES[suffix](opened, columns)


def _read_stdin(stream: BinaryIO, columns: Mapping[str, str], mentions_from: str) -> Iterator[Report]:
    with stdin_source(stream) as opened:
        if mentions_from or starts_with_object(opened):
            yield from read_jsonl(opened, columns, mentions_from)
        else:
            yield from read_text(opened)
