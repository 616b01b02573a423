"""The rule tables of ``data/rules``: read once, checked, with their macros filled in."""

from __future__ import annotations

import csv
import re
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from geo.errors import DataError
from geo.files import data_folder

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from pathlib import Path

COLUMNS = {
    "acled_types": ("id", "event", "sub_event"),
    "abbreviations": ("id", "lang", "term", "ends", "example"),
    "casualties": ("id", "lang", "kind", "pattern", "example", "expect"),
    "common_words": ("id", "lang", "sort", "words"),
    "event_kinds": ("id", "label", "acled_event", "acled_sub_event", "note"),
    "events": ("id", "lang", "event", "unless", "unless_report", "pattern", "note", "example"),
    "evidence": ("id", "lang", "side", "speaks", "words", "example"),
    "frames": ("id", "lang", "pattern", "reach", "stance", "example", "expect"),
    "homes": ("id", "lang", "countries"),
    "inflections": ("id", "lang", "side", "slot", "endings", "stem", "base", "sort", "example"),
    "institutions": ("id", "lang", "pattern", "suffix", "sided", "family", "scope", "pronoun", "example", "expect"),
    "lower_case": ("id", "lang", "sort", "words", "example"),
    "name_words": ("id", "lang", "words"),
    "numbers": ("id", "lang", "word", "value"),
    "organisation_names": ("id", "lang", "name", "area", "example"),
    "organisations": ("id", "lang", "words", "example"),
    "roles": ("id", "lang", "role", "when", "pattern", "example", "expect"),
    "sites": ("id", "lang", "sort", "side", "words", "example"),
    "spatial": ("id", "lang", "relation", "needs", "pattern", "example", "expect"),
    "spatial_sizes": ("id", "value", "unit", "note"),
    "spatial_words": ("id", "lang", "kind", "words", "value", "note"),
    "stopwords": ("id", "lang", "words"),
    "type_hints": ("id", "lang", "side", "words", "hint", "example"),
    "verbs": ("id", "lang", "forms", "stance", "example", "expect"),
    "words": ("id", "lang", "words", "note"),
}

# The columns that hold regular expressions.
_PATTERNS = (
    ("words", "words"),
    ("verbs", "forms"),
    ("spatial_words", "words"),
    *((name, "pattern") for name in ("institutions", "frames", "roles", "events", "casualties", "spatial")),
)
_MACRO = re.compile(r"\{([A-Z][A-Z0-9_]*)\}")


@dataclass(frozen=True, slots=True)
class Row:
    """One line of a rule table, with where it stands, for messages."""

    table: str
    line: int
    cells: Mapping[str, str]

    def __getitem__(self, column: str) -> str:
        """Give a cell."""
        return self.cells[column]

    def fault(self, text: str) -> DataError:
        """Give the error that names this row."""
        return DataError(f"{self.table}.csv:{self.line}: {text}")


@contextmanager
def naming_faults() -> Iterator[None]:
    """Name the row of a rule table that holds an invalid regular expression, when one fails to compile within.

    Raises
    ------
    DataError
    """
    try:
        yield
    except re.error as error:
        for name, column in _PATTERNS:
            for row in table(name):
                _check(row, column)
        raise DataError(f"data/rules: the patterns do not fit together: {error}") from error


def _check(row: Row, column: str) -> None:
    try:
        re.compile(_MACRO.sub("(?:x)", row[column]), re.IGNORECASE)
    except re.error as error:
        raise row.fault(f"{column} is no regular expression: {error}") from error


@cache
def table(name: str) -> tuple[Row, ...]:
    """Read a rule table whole.

    Raises
    ------
    DataError
        When it is missing, its columns are not those of `COLUMNS`, or an id is empty or stands twice.
    """
    path = data_folder() / "rules" / f"{name}.csv"
    rows = tuple(_read(path, name))
    seen: set[str] = set()
    for row in rows:
        if not row["id"] or row["id"] in seen:
            raise row.fault(f"id {row['id']!r} is empty or stands twice; give each rule its own")
        seen.add(row["id"])
    return rows


def _read(path: Path, name: str) -> Iterator[Row]:
    try:
        stream = path.open(encoding="utf-8", newline="")
    except OSError as error:
        raise DataError(
            f"{path}: {error.strerror}; the rule tables belong to the installation, reinstall it"
        ) from error
    with stream:
        reader = csv.DictReader(stream, strict=True)
        if tuple(reader.fieldnames or ()) != COLUMNS[name]:
            raise DataError(f"{name}.csv:1: columns must be {','.join(COLUMNS[name])}")
        for cells in reader:
            row = Row(name, reader.line_num, cells)
            if None in cells or None in cells.values():
                raise row.fault(f"needs {len(COLUMNS[name])} cells; quote a cell that holds a comma")
            yield row


@cache
def rows(name: str, lang: str) -> tuple[Row, ...]:
    """Give the rows of a table for a language."""
    return tuple(row for row in table(name) if row["lang"] == lang)


@cache
def languages() -> frozenset[str]:
    """Give the languages that have role rules."""
    return frozenset(row["lang"] for row in table("roles"))


@cache
def words(lang: str) -> Mapping[str, str]:
    """Give the word lists of a language as alternations, by their id in capitals.

    A list may use others: ``{COMPASS}`` inside a cell stands for that list, and `fill` puts it in.
    """
    return {row["id"].upper(): f"(?:{row['words']})" for row in rows("words", lang)}


def fill(pattern: str, macros: Mapping[str, str]) -> str:
    """Put the macros of a pattern in, those inside macros too.

    Examples
    --------
    >>> fill("{UNIT} of", {"UNIT": "(?:km|{MILES})", "MILES": "miles?"})
    '(?:km|miles?) of'
    """
    while True:
        filled = _MACRO.sub(lambda found: macros[found[1]], pattern)
        if filled == pattern:
            return filled
        pattern = filled


def filled(row: Row, macros: Mapping[str, str]) -> str:
    """Give the pattern of a row with its macros put in.

    Raises
    ------
    DataError
        When it uses an unknown word list.
    """
    try:
        return fill(row["pattern"], macros)
    except KeyError as error:
        raise row.fault(f"unknown word list {error}; add it to words.csv") from error
