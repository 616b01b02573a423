"""What the fields of a report may hold, checked in one place: dates, languages, coordinates."""

from __future__ import annotations

import datetime as dt
import logging
import math
import re

from geo.errors import ReportError

FIELDS = ("id", "text", "place", "lat", "lon", "source", "published", "language", "url", "title", "flag")

_DATE = re.compile(r"(\d{4})(?:-?(\d\d)(?:-?(\d\d)(?:[T ]\d\d.*)?)?)?", re.ASCII)
_TAG = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{1,8})*", re.ASCII | re.IGNORECASE)
_NUMBER = re.compile(r"[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?", re.ASCII | re.IGNORECASE)
_BETWEEN_FLAGS = re.compile(r"[,;|]")
_MOST_LAT, _MOST_LON = 90.0, 180.0

_log = logging.getLogger("geo")


def iso_date(value: str) -> str | None:
    """Give the ISO 8601 date of a date or date-time as printed, or None when it is neither.

    Examples
    --------
    >>> iso_date("2020-11-01T18:40:00+04:00"), iso_date("20201101"), iso_date("2020-11"), iso_date("1 Nov 2020")
    ('2020-11-01', '2020-11-01', '2020-11', None)
    """
    found = _DATE.fullmatch(value.strip())
    if not found:
        return None
    year, month, day = found.groups()
    try:
        dt.date(int(year), int(month or 1), int(day or 1))
    except ValueError:
        return None
    return "-".join(part for part in (year, month, day) if part)


def language_tag(value: str) -> str | None:
    """Give a language as a BCP 47 tag (``en_GB`` becomes ``en-GB``), or None when it is none."""
    tag = value.strip().replace("_", "-")
    return tag if _TAG.fullmatch(tag) else None


def flags(value: str) -> tuple[str, ...]:
    """Give the words of a flag cell, each once, in lower case.

    Examples
    --------
    >>> flags("Graphic; unverified"), flags("")
    (('graphic', 'unverified'), ())
    """
    words = (" ".join(word.split()).lower() for word in _BETWEEN_FLAGS.split(value))
    return tuple(dict.fromkeys(word for word in words if word))


class Notes:
    """Leaves out a date or language that cannot be used, and says so once a source, not once a row."""

    def __init__(self) -> None:
        self._said: set[str] = set()

    def published(self, value: str, where: str) -> str:
        """Give the ISO date, or "" with a warning."""
        date = iso_date(value) if value.strip() else ""
        if date is None:
            self._say(
                "published", f"{where}: published {value.strip()!r} is no ISO date and is left out; write 2020-11-01"
            )
        return date or ""

    def language(self, value: str, where: str) -> str:
        """Give the language tag, or "" with a warning."""
        tag = language_tag(value) if value.strip() else ""
        if tag is None:
            self._say(
                "language", f"{where}: language {value.strip()!r} is no language tag and is left out; write en or az"
            )
        return tag or ""

    def _say(self, field: str, message: str) -> None:
        if field not in self._said:
            self._said.add(field)
            _log.warning("%s (said once a source)", message)


def point(lat: object, lon: object, where: str) -> tuple[float, float] | None:
    """Check the coordinates of a listed place.

    Parameters
    ----------
    lat, lon : object
        Numbers or their text, in degrees; None or blank where there are none.
    where : str
        File and line, for the message.

    Returns
    -------
    tuple of (lon, lat), or None
        None when both are blank.

    Raises
    ------
    ReportError
        One is missing, is no number, or is out of range.

    Examples
    --------
    >>> point("39.82", "46.75", "places.csv:2")
    (46.75, 39.82)
    """
    y, x = _degrees(lat, "lat", where), _degrees(lon, "lon", where)
    if y is None and x is None:
        return None
    if y is None or x is None:
        missing, given = ("lat", "lon") if y is None else ("lon", "lat")
        raise ReportError(f"{where}: has {given} and no {missing}; give both or neither")
    if abs(y) > _MOST_LAT and abs(y) <= _MOST_LON and abs(x) <= _MOST_LAT:
        raise ReportError(f"{where}: lat and lon look swapped (lat {y:g}, lon {x:g}); exchange the two columns")
    if abs(y) > _MOST_LAT:
        raise ReportError(f"{where}: lat {y:g} is not between -90 and 90; correct it or leave both empty")
    if abs(x) > _MOST_LON:
        raise ReportError(f"{where}: lon {x:g} is not between -180 and 180; correct it or leave both empty")
    return (x, y)


def _degrees(value: object, field: str, where: str) -> float | None:
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    if isinstance(value, str) and not _NUMBER.fullmatch(value.strip()):
        raise ReportError(
            f"{where}: {field} {value.strip()[:40]!r} is no number; write degrees with a point, like 39.75"
        )
    if isinstance(value, bool) or not isinstance(value, int | float | str):
        raise ReportError(f"{where}: {field} {value!r} is no number; write degrees with a point, like 39.75")
    try:
        number = float(value)
    except OverflowError:
        number = math.inf
    if not math.isfinite(number):
        raise ReportError(f"{where}: {field} {str(value)[:40]} is no number; write degrees with a point, like 39.75")
    return number
