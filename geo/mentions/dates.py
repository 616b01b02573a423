"""The day that a sentence speaks of, against the day of publication."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache

from geo.mentions.pattern_needs import needs
from geo.mentions.rules import words
from geo.mentions.triggers import in_lower_case, lower, may_match, words_of

_WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
_BEFORE = 24
_ISO = re.compile(r"\d{4}-\d")
_MONTHS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")


@dataclass(frozen=True, slots=True)
class Day:
    """A date as told, with offsets from the start of the text that was read."""

    iso: str
    start: int
    end: int


@cache
def _pattern(lang: str) -> tuple[re.Pattern[str], re.Pattern[str], tuple[frozenset[str], ...]]:
    lists = words(lang)
    month, weekday = lists["MONTH"], lists["WEEKDAY"]
    iso = r"(?P<iso>\d{4}-\d{2}-\d{2})"
    told = (
        rf"(?P<month>{month}) (?P<day>\d{{1,2}})(?:st|nd|rd|th)?(?:,? (?P<year>\d{{4}}))?"
        rf"|(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?(?: of)? (?P<month2>{month})(?:,? (?P<year2>\d{{4}}))?"
        rf"|(?P<last>last )?(?P<weekday>{weekday})|(?P<soon>{lists['SOON']})|(?P<yesterday>{lists['DAY-BEFORE']})"
        rf"|(?P<same>{lists['SAME-DAY']})"
    )
    other = rf"(?<!\w)(?:{lists['BOUNDING']})(?: \w+)? \Z"
    expression = re.compile(in_lower_case(rf"(?<![\w.])(?:{iso}|{told})(?!\w)"))
    return expression, re.compile(in_lower_case(other)), needs(rf"(?<!\w)(?:{told})(?!\w)")


def days(text: str, lang: str, published: str, last: str = "") -> list[Day]:
    """Find the days that a sentence tells.

    A weekday is the last one up to the day of publication; "overnight" and "today" are that day. Days that only bound
    something ("since Monday", "by 5 May", "next Friday") are left out.

    Parameters
    ----------
    text : str
    lang : str
    published : str
        ISO 8601, or "": then only dates with a year are known.
    last : str
        The day that was told last, from which "the day before" goes back; "" for the day of publication.

    Examples
    --------
    >>> [day.iso for day in days("Two bridges fell on Tuesday and one on 3 May.", "en", "2023-05-11T08:00:00Z")]
    ['2023-05-09', '2023-05-03']
    """
    expression, other, needed = _pattern(lang)
    lowered = lower(text)
    if not may_match(needed, words_of(lowered)) and not _ISO.search(text):
        return []
    base = _base(published)
    told: list[Day] = []
    spoken_of = last
    for found in expression.finditer(lowered):
        # "The evening before" goes back from the day that was told last.
        from_last = spoken_of and found["yesterday"] and found["yesterday"].startswith("the ")
        if found["same"]:
            iso = spoken_of or ("" if found["same"].startswith("th") else published[:10])
        else:
            iso = _resolve(found, _base(spoken_of) if from_last else base)
        spoken_of = iso or spoken_of
        if iso and not other.search(lowered, max(0, found.start() - _BEFORE), found.start()):
            told.append(Day(iso, found.start(), found.end()))
    return told


def _base(published: str) -> date | None:
    try:
        return date.fromisoformat(published[:10])
    except ValueError:
        return None


def _resolve(found: re.Match[str], base: date | None) -> str:
    try:
        return _explicit(found, base) or _relative(found, base)
    except (ValueError, OverflowError):
        return ""


def _explicit(found: re.Match[str], base: date | None) -> str:
    if found["iso"]:
        return date.fromisoformat(found["iso"]).isoformat()
    name, number = found["month"] or found["month2"], found["day"] or found["day2"]
    if not name:
        return ""
    month, year = _MONTHS.index(name[:3]) + 1, found["year"] or found["year2"]
    if year:
        return date(int(year), month, int(number)).isoformat()
    if base is None:
        return ""
    day = date(base.year, month, int(number))
    return (day if day <= base else date(base.year - 1, month, int(number))).isoformat()


def _relative(found: re.Match[str], base: date | None) -> str:
    if base is None or not (found["weekday"] or found["soon"] or found["yesterday"]):
        return ""
    back = 0
    if found["yesterday"]:
        back = 1
    elif found["weekday"]:
        back = (base.weekday() - _WEEKDAYS.index(found["weekday"])) % 7
        back = 7 if found["last"] and not back else back
    return (base - timedelta(days=back)).isoformat()
