"""Dates as people type them, made EDTF where only one reading is possible."""

from __future__ import annotations

import re
from functools import cache

from geo.gazetteer import edtf
from geo.gazetteer.importers.ledger import Ledger

_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_ABOUT = re.compile(r"(?:c|ca|circa|about|approx|~)\.?\s*(?=\d)", re.IGNORECASE)
_UNKNOWN = frozenset({"", "?", "-", "u", "uuuu", "unknown", "xxxx"})
_OPEN = frozenset({"open", "..", "present", "today", "now"})
_COMPACT = re.compile(r"(\d{4})(\d\d)(\d\d)")
_ISO = re.compile(r"([+-]?\d{4,})(?:-(\d\d)(?:-(\d\d)(?:T[\d:.]+Z?)?)?)?")
_YEAR = re.compile(r"(\d{1,4})\s*(bc|bce|b\.c\.|ad|a\.d\.|ce)?")
_DAY_FIRST = re.compile(r"(?:(?P<day>\d{1,2})\.?\s+)?(?P<month>[a-z]{3,9})\.?,?\s+(?P<year>\d{3,4})")
_MONTH_FIRST = re.compile(r"(?P<month>[a-z]{3,9})\.?\s+(?P<day>\d{1,2}),?\s+(?P<year>\d{3,4})")
_NUMBERS = re.compile(r"(\d{1,2})([./-])(\d{1,2})\2(\d{4})")
_DECEMBER = 12


def date(text: object, ledger: Ledger) -> str:
    """Give a date as EDTF, or "" and a count in the ledger where it has no reading or several."""
    told = "" if text is None else str(text)
    read = to_edtf(told)
    if read is None:
        ledger.leave("date that cannot be read for sure")
        return ""
    return read


@cache
def to_edtf(text: str) -> str | None:
    """Give a date as EDTF; "" for an unknown one, None where it has no reading or several.

    Read are years, months and days of ISO 8601 and EDTF, ``19910831``, ``31 Aug 1991``, ``August 1991``, ``c. 1200``,
    ``500 BC``, and ``31.8.1991`` where the day is over 12. Which of ``3/10/2020`` is the month nobody can tell.

    Examples
    --------
    >>> to_edtf("19910831"), to_edtf("1 Jan 1970"), to_edtf("c. 330"), to_edtf("500 BC"), to_edtf("3/10/2020")
    ('1991-08-31', '1970-01-01', '0330~', '-0499', None)
    """
    small = text.strip().lower()
    if small in _UNKNOWN:
        return ""
    if small in _OPEN:
        return ".."
    bare = _ABOUT.sub("", small).rstrip("?~%")
    mark = "~" if _ABOUT.match(small) else small[len(small.rstrip("?~%")) :][:1]
    read = _read(re.sub(r"(-uu|-xx)+$", "", bare))
    return f"{read}{mark}" if read and edtf.valid(read) else None


def _read(text: str) -> str:
    if found := _COMPACT.fullmatch(text):
        return "-".join(found.groups())
    if found := _ISO.fullmatch(text.upper()):
        return _iso(*found.groups())
    if found := _YEAR.fullmatch(text):
        return _year(int(found[1]), before_christ=(found[2] or "").startswith("b"))
    if found := _NUMBERS.fullmatch(text):
        return _numbers(int(found[1]), int(found[3]), found[4])
    found = _MONTH_FIRST.fullmatch(text) or _DAY_FIRST.fullmatch(text)
    return _named(found["day"], found["month"], found["year"]) if found else ""


def _iso(year: str, month: str | None, day: str | None) -> str:
    digits = year.lstrip("+-").lstrip("0").rjust(4, "0")
    return "-".join(part for part in (f"-{digits}" if year.startswith("-") else digits, month, day) if part)


def _year(number: int, *, before_christ: bool) -> str:
    # There is no year 0 before the first: EDTF counts 1 BC as the year 0.
    count = 1 - number if before_christ else number
    return f"-{-count:04d}" if count < 0 else f"{count:04d}"


def _named(day: str | None, month: str, year: str) -> str:
    if month[:3] not in _MONTHS:
        return ""
    number = _MONTHS.index(month[:3]) + 1
    return f"{int(year):04d}-{number:02d}" + (f"-{int(day):02d}" if day else "")


def _numbers(first: int, second: int, year: str) -> str:
    if first > _DECEMBER >= second:
        return f"{year}-{second:02d}-{first:02d}"
    if second > _DECEMBER >= first:
        return f"{year}-{first:02d}-{second:02d}"
    return f"{year}-{first:02d}-{second:02d}" if first == second else ""
