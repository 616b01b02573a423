"""The build date, from SOURCE_DATE_EPOCH alone: the clock is never read."""

from __future__ import annotations

import datetime as dt
import os

from geo.errors import UsageError

NAME = "SOURCE_DATE_EPOCH"


def build_moment() -> dt.datetime | None:
    """Give the moment that the environment says a build is of, or None.

    Raises
    ------
    UsageError
        When it is no number of seconds.
    """
    epoch = os.environ.get(NAME, "")
    if not epoch:
        return None
    try:
        return dt.datetime.fromtimestamp(int(epoch), tz=dt.UTC)
    except (ValueError, OverflowError, OSError) as error:
        raise UsageError(f"{NAME} is {epoch!r}; expected seconds since 1970") from error


def build_date() -> str:
    """Give the date of that moment (ISO 8601), or ""."""
    moment = build_moment()
    return moment.date().isoformat() if moment else ""
