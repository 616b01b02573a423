"""Dates as the tables write them: years, months and days of EDTF, uncertain or approximate ones, open ends.

A small subset of ISO 8601-2, levels 0 and 1. The package `edtf` knows all of it; its import takes a tenth of a second
and brings a parser generator, which is too much beside `geo --help`.
"""

from __future__ import annotations

import re
from calendar import monthrange

_DATE = re.compile(r"(-?\d{4})(?:-(\d\d)(?:-(\d\d))?)?[?~%]?", re.ASCII)
OPEN = frozenset({"", ".."})

_Day = tuple[int, int, int]


def valid(date: str) -> bool:
    """Tell whether a cell is a date that the tables may hold.

    Parameters
    ----------
    date : str
        ``YYYY``, ``YYYY-MM`` or ``YYYY-MM-DD``, a year before 1 BC with a minus sign; ``?`` (uncertain), ``~``
        (approximate) or ``%`` (both) may follow; "" (unknown) and ``..`` (open) are dates as well.

    Examples
    --------
    >>> valid("2020-10-03"), valid("1923~"), valid(".."), valid("2021-02-29"), valid("3.10.2020")
    (True, True, True, False, False)
    """
    return date in OPEN or _span(date) is not None


def contains(from_: str, to: str, at: str) -> bool:
    """Tell whether a date lies within a span; an end that is unknown or open bounds nothing.

    Months and years are spans of days: `at` lies within when the two have a day in common, so that a name of
    ``2020-10-03`` to ``..`` is one of the year 2020. What is uncertain or approximate counts as written.

    Parameters
    ----------
    from_, to : str
        First and last date of the span, as in :func:`valid`; both belong to it.
    at : str
        The date asked for; an unknown one lies within every span.

    Returns
    -------
    bool
        Whether the span contains a day of `at`.

    Raises
    ------
    ValueError
        When one of the three is no date.

    Examples
    --------
    >>> contains("2020-10-03", "", "2020-10-04"), contains("", "2020-10-03", "2020-10-04"), contains("1923", "", "1923")
    (True, False, True)
    """
    start, end, asked = (_checked(date) for date in (from_, to, at))
    if asked is None:
        return True
    first, last = asked
    return (start is None or start[0] <= last) and (end is None or first <= end[1])


def _checked(date: str) -> tuple[_Day, _Day] | None:
    """Give the first and last day of a date, None for an open one."""
    if date in OPEN:
        return None
    span = _span(date)
    if span is None:
        raise ValueError(f"{date!r} is no date; write YYYY, YYYY-MM or YYYY-MM-DD, with ? or ~ where it is uncertain")
    return span


def _span(date: str) -> tuple[_Day, _Day] | None:
    parts = _DATE.fullmatch(date)
    if parts is None:
        return None
    year, month, day = (int(part) if part else None for part in parts.groups())
    if year is None or month is None:
        return None if year is None else ((year, 1, 1), (year, 12, 31))
    if not 1 <= month <= 12:  # noqa: PLR2004 - months of the year
        return None
    days = monthrange(year, month)[1]
    if day is None:
        return (year, month, 1), (year, month, days)
    return ((year, month, day), (year, month, day)) if 1 <= day <= days else None
