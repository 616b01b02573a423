"""Cells of CSV that no spreadsheet takes for a formula."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable
from typing import Any

# Some programs pass over blanks and signs that nobody sees before they look for a formula.
_FORMULA = re.compile(r"'*(?:[\t\r\n]|[\s\x00-\x1f\x7f-\x9f\xad\u200b-\u200f\u2060\ufeff]*[=+\-@＝＋－＠])")
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d+)?", re.ASCII)


def csv_text(names: Iterable[str], rows: Iterable[Iterable[Any]]) -> str:
    """Give rows of plain values as CSV under their names, in cells that no spreadsheet takes for formulas."""
    lines = _Lines()
    writer = csv.writer(lines, lineterminator="\r\n")
    writer.writerow([safe_cell(name) for name in names])
    writer.writerows([safe_cell(value) for value in row] for row in rows)
    return "".join(lines)


class _Lines(list[str]):
    """Rows that end in a line feed; the writer itself, told so, would leave a carriage return in a cell unquoted."""

    def write(self, line: str) -> None:
        self.append(line.removesuffix("\r\n") + "\n")


def safe_cell(value: Any) -> Any:
    """Give a value as a csv cell that no spreadsheet takes for a formula: an apostrophe goes before what looks like one.

    What begins with apostrophes and then looks like one gets another, so that `plain_cell` gives every value back.

    Examples
    --------
    >>> safe_cell("=1+1"), safe_cell("'=1+1"), safe_cell("-7"), safe_cell("'s-Gravenhage")
    ("'=1+1", "''=1+1", '-7', "'s-Gravenhage")
    """
    if isinstance(value, str) and _FORMULA.match(value) and not _NUMBER.fullmatch(value):
        return f"'{value}"
    return value


def plain_cell(value: Any) -> Any:
    """Give the value that `safe_cell` made a cell of.

    Examples
    --------
    >>> plain_cell("'=1+1"), plain_cell("'s-Gravenhage")
    ('=1+1', "'s-Gravenhage")
    """
    escaped = isinstance(value, str) and value.startswith("'") and _FORMULA.match(value)
    return value[1:] if escaped else value
