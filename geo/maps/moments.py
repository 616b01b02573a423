"""Dates as the page filters them: minutes since 1970 (UTC where the date says so), and how exact they are."""

from __future__ import annotations

import datetime as dt
import math
import re
from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from geo.maps.packing import LARGEST, Codes, Numbers

EXACTNESS = ("minute", "day", "month", "year")
_DATE = re.compile(
    r"(?P<year>\d{4})(-(?P<month>\d\d)(-(?P<day>\d\d)"
    r"([T ](?P<hour>\d\d):(?P<minute>\d\d)(:[\d.]+)?(?P<zone>Z|[+-]\d\d:?\d\d)?)?)?)?"
)
_EPOCH = dt.datetime(1970, 1, 1, tzinfo=dt.UTC)


def moment(text: str) -> tuple[float, str | None]:
    """Give the minute at which a date begins and how exact it is; NaN and None for what is no ISO 8601 date.

    Of an EDTF interval it is the beginning's; `until` gives the end.

    Examples
    --------
    >>> moment("1970-01-02")
    (1440.0, 'day')
    >>> moment("1970-01-01T04:30+04:00")
    (30.0, 'minute')
    >>> moment("soon")
    (nan, None)
    """
    found = _DATE.fullmatch(text.partition("/")[0].strip().rstrip("?~%"))
    if not found:
        return math.nan, None
    parts = [
        int(found[name] or least) for name, least in (("year", 1), ("month", 1), ("day", 1), ("hour", 0), ("minute", 0))
    ]
    try:
        begins = dt.datetime(*parts, tzinfo=_zone(found["zone"]))  # type: ignore[misc, arg-type]  # five numbers
    except ValueError:
        return math.nan, None
    exact = next(word for word, name in zip(EXACTNESS, ("minute", "day", "month", "year"), strict=True) if found[name])
    minutes = (begins - _EPOCH) // dt.timedelta(minutes=1)
    return (float(minutes), exact) if abs(minutes) <= LARGEST else (math.nan, None)


def period(text: str) -> tuple[float, float]:
    """Give the first and the last minute that a date may mean; NaN for what is no ISO 8601 date.

    Examples
    --------
    >>> period("1970-01-02")
    (1440.0, 2879.0)
    >>> period("..")
    (nan, nan)
    """
    begins, exact = moment(text)
    if exact is None or exact == "minute":
        return begins, begins
    unit = exact[:1].upper() if exact != "day" else "D"
    next_one = np.datetime64(int(begins), "m").astype(f"datetime64[{unit}]") + 1
    return begins, float(next_one.astype("datetime64[m]").astype("int64") - 1)


def until(text: str) -> float:
    """Give the last minute of an EDTF interval; NaN for what is none, or has no end after its beginning.

    Examples
    --------
    >>> until("1970-01-01/1970-01-02")
    2879.0
    >>> until("1970-01-01/.."), until("1970-01-01")
    (nan, nan)
    """
    first, _, last = text.partition("/")
    ends = period(last)[1]
    return ends if ends >= moment(first)[0] else math.nan


def moment_columns(texts: Iterable[str]) -> dict[str, Numbers | Codes]:
    """Give the columns ``minute`` and ``exact`` of dates, and ``until`` where one of them is an interval."""
    known: dict[str, int] = {}
    rows = np.array([known.setdefault(text, len(known)) for text in texts], dtype=np.int64)
    return distinct_columns(list(known), rows)


def distinct_columns(texts: Sequence[str], rows: NDArray[np.int64]) -> dict[str, Numbers | Codes]:
    """Give those columns for rows that are numbers of texts, -1 for none."""
    read = [moment(text) for text in texts]
    begins = np.array([value for value, _ in read] + [math.nan])
    exact = np.array([-1 if word is None else EXACTNESS.index(word) for _, word in read] + [-1], dtype=np.int64)
    ends = np.array([until(text) if "/" in text else math.nan for text in texts] + [math.nan])
    columns: dict[str, Numbers | Codes] = {
        "minute": Numbers(values=begins[rows]),
        "exact": Codes(codes=exact[rows], values=EXACTNESS),
    }
    return columns if np.isnan(ends).all() else columns | {"until": Numbers(values=ends[rows])}


def _zone(text: str | None) -> dt.tzinfo:
    if not text or text == "Z":
        return dt.UTC
    sign, hours, minutes = text[0], int(text[1:3]), int(text[-2:])
    offset = dt.timedelta(hours=hours, minutes=minutes)
    return dt.timezone(-offset if sign == "-" else offset)
