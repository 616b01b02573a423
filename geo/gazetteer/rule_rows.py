"""The rows of a rule table of ``data/rules`` that the gazetteer reads, each with where it stands."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence

from geo.errors import DataError
from geo.files import data_folder


def rule_rows(name: str, columns: Sequence[str]) -> Iterator[tuple[dict[str, str], str]]:
    """Give each row of ``data/rules/NAME.csv`` with its file and line, for messages.

    Raises
    ------
    DataError
        When the table has other columns.
    """
    path = data_folder() / "rules" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines)
        if list(reader.fieldnames or ()) != list(columns):
            raise DataError(f"{path.name}:1: the columns must be {','.join(columns)}")
        for row in reader:
            yield row, f"{path.name}:{reader.line_num}"
