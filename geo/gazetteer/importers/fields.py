"""What every importer asks of a name, a point, a language, a number: taken as it should be, or refused with a remedy."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping
from functools import cache, lru_cache
from pathlib import Path
from typing import Any

from geo.gazetteer import edtf
from geo.gazetteer.importers.ledger import BadRowError, Ledger
from geo.gazetteer.tables import runs
from geo.gazetteer.world import CITY_RADIUS_M, distance_m

LONGEST_NAME = 1_000
MOST_PEOPLE = 10**11
WIDEST_M = 2e7
# The radius within which a point is meant, where a source gives no extent: by the beginning of the feature code.
_RADIUS_M = (
    *(("CONT", 2_000_000.0), ("OCN", 2_000_000.0), ("SEA", 300_000.0), ("PCL", 300_000.0), ("TERR", 100_000.0)),
    *(("ADM1", 60_000.0), ("ADM2", 20_000.0), ("ADM3", 10_000.0), ("ADM", 5_000.0), ("RGN", 50_000.0)),
    *(("STM", 20_000.0), ("MTS", 50_000.0), ("DSRT", 50_000.0)),
)
_ANY_RADIUS_M = 2_000.0
# Marks that say in which direction a text runs or where it may break: in a name on its own they change nothing.
_INVISIBLE = re.compile(
    r"[\u00ad\u061c\u200b\u200e\u200f\u202a-\u202c\u2060-\u206f\ufeff\ufff9-\ufffb\U000e0000-\U000e007f]"
)
_OVERRIDE = re.compile(r"[\u202d\u202e]")
_CONTROL = re.compile(r"[\x00-\x1f\x7f-\x9f\u2028\u2029\ufffc\ufffd\ud800-\udfff]")
_ISO_COUNTRY = re.compile(r"[A-Z]{2}")
# ISO 3166-1 codes of nowhere in particular: user-assigned, as datasets use them for areas without a state.
_NOWHERE = re.compile(r"AA|Q[M-Z]|X[A-JL-Z]|ZZ")
_ITEM = re.compile(r"(?:https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/)?(Q[1-9]\d{0,11})")
_UNSAFE = re.compile(r"[^a-z0-9]+")


def toponym(value: object) -> str:
    """Give a name as the tables may hold it.

    Outer space and invisible marks of direction go; everything else stays as written.

    Raises
    ------
    BadRowError
        Empty, no text, over a thousand characters, with control characters or a direction override, or a cell that a
        spreadsheet would run. A name that begins with a hyphen or an apostrophe stands, unless it goes on like a formula.

    Examples
    --------
    >>> toponym(" 's-Gravenhage "), toponym("-Sur")
    ("'s-Gravenhage", '-Sur')
    """
    if not isinstance(value, str):
        raise BadRowError(f"the name is {value!r:.40}; expected text")
    if len(value) > LONGEST_NAME:
        raise BadRowError(f"the name has {len(value):,} characters; a name has at most {LONGEST_NAME:,}: shorten it")
    if value.isascii() and value.isprintable():
        name = value.strip()
    else:
        name = _INVISIBLE.sub("", value).strip()
        if _OVERRIDE.search(name):
            raise BadRowError(f"the name {name!r} overrides the direction of its letters; write it in reading order")
        if _CONTROL.search(name):
            raise BadRowError(f"the name {name!r} has control characters; take them out")
    if not name:
        raise BadRowError("the name is empty; write it or delete the row")
    if runs(name):
        raise BadRowError(f"the name {name[:40]!r} would run as a formula in a spreadsheet; take out its first sign")
    return name


def coordinates(lat: object, lon: object) -> tuple[float, float]:
    """Give latitude and longitude as numbers within the globe.

    Raises
    ------
    BadRowError
        No number, not finite, or out of range.
    """
    return _degrees("lat", lat, 90.0), _degrees("lon", lon, 180.0)


def _degrees(axis: str, value: Any, limit: float) -> float:
    try:
        degrees = float(value)
    except (TypeError, ValueError, OverflowError):
        raise BadRowError(f"{axis} is {value!r:.40}; expected degrees, for example 40.25") from None
    if not -limit <= degrees <= limit:
        raise BadRowError(f"{axis} is {degrees}; expected -{limit:g} to {limit:g}")
    return degrees


def population(value: object, ledger: Ledger) -> int:
    """Give a number of people, 0 where none is told; what is no number is counted as left out."""
    if value is None or value == "":
        return 0
    try:
        people = int(str(value).replace(",", "").replace(" ", ""))
    except ValueError:
        people = -1
    if not 0 <= people <= MOST_PEOPLE:
        ledger.leave("population that is no number")
        return 0
    return people


@lru_cache(100_000)
def radius_m(feature_code: str, people: int) -> float:
    """Give the radius within which a point is meant, where the source tells no extent: a rule of thumb by kind and size.

    Examples
    --------
    >>> radius_m("PPL", 0), radius_m("ADM1", 0), radius_m("MT", 0)
    (1000.0, 60000.0, 2000.0)
    """
    if feature_code.startswith("PPL"):
        return next(radius for least, radius in CITY_RADIUS_M if people >= least)
    return next((radius for prefix, radius in _RADIUS_M if feature_code.startswith(prefix)), _ANY_RADIUS_M)


def extent_m(box: tuple[float, float, float, float]) -> float:
    """Give half the diagonal of west, south, east, north in metres."""
    west, south, east, north = box
    return distance_m(south, west, north, east) / 2


def point_of(geometry: object) -> tuple[float, float, float]:
    """Give latitude and longitude of a point within a GeoJSON geometry, and half its diagonal in metres.

    Raises
    ------
    BadRowError
        No geometry, or a broken one.
    """
    if not isinstance(geometry, dict):
        raise BadRowError("has no geometry; give the place a point")
    if geometry.get("type") == "Point":
        return (*_position(geometry.get("coordinates")), 0.0)
    import shapely  # noqa: PLC0415 - only where there are areas and lines
    import shapely.geometry  # noqa: PLC0415

    try:
        shape = shapely.geometry.shape(geometry)
        inside = shape.representative_point()
        lat, lon = coordinates(inside.y, inside.x)
        west, south, east, north = shape.bounds
    except BadRowError:
        raise
    except (shapely.errors.ShapelyError, ValueError, TypeError, KeyError, AttributeError, IndexError) as error:
        raise BadRowError(f"has a broken geometry ({error}); repair it or give a point") from error
    coordinates(south, west)
    coordinates(north, east)
    return lat, lon, extent_m((west, south, east, north))


def _position(values: Any) -> tuple[float, float]:
    try:
        lon, lat = values[0], values[1]
    except (TypeError, IndexError, KeyError):
        raise BadRowError("its point has no coordinates; give longitude and latitude") from None
    return coordinates(lat, lon)


@cache
def language(tag: str) -> str | None:
    """Give a language as BCP 47 has it, "" for an undetermined one, None where the tag means none.

    ISO 639-3 and 639-2 codes become the shortest tag; underscores may stand for hyphens.

    Examples
    --------
    >>> language("aze"), language("zho_hant"), language("be-tarask"), language("und"), language("left")
    ('az', 'zh-Hant', 'be-tarask', '', None)
    """
    if not tag or tag in ("und", "unk", "mul", "mis", "zxx"):
        return ""
    from langcodes import standardize_tag, tag_is_valid  # noqa: PLC0415 - its tables take 50 ms
    from langcodes.tag_parser import LanguageTagError  # noqa: PLC0415

    try:
        return standardize_tag(tag) if tag_is_valid(tag) else None
    except LanguageTagError:
        return None


def country(code: object) -> str:
    """Give an ISO 3166-1 code, "" for what is none or stands for no state.

    Examples
    --------
    >>> country("az"), country("XK"), country("XX"), country("-99")
    ('AZ', 'XK', '', '')
    """
    upper = code.strip().upper() if isinstance(code, str) else ""
    return upper if _ISO_COUNTRY.fullmatch(upper) and not _NOWHERE.fullmatch(upper) else ""


def span(from_: str, to: str, ledger: Ledger) -> tuple[str, str]:
    """Give a span of dates; one that ends before it begins loses both and is counted."""
    if edtf.contains(from_, "", to):
        return from_, to
    ledger.leave("dates that end before they begin")
    return "", ""


def wikidata_id(text: object) -> str:
    """Give ``wikidata:Q…`` of an item's id or address, "" where it is none.

    Examples
    --------
    >>> wikidata_id("http://www.wikidata.org/entity/Q44302"), wikidata_id("Lake")
    ('wikidata:Q44302', '')
    """
    found = _ITEM.fullmatch(text.strip()) if isinstance(text, str) else None
    return f"wikidata:{found[1]}" if found else ""


def by_word(codes: Mapping[str, str]) -> dict[str, str]:
    """Turn a table of feature codes with the words that mean them into one of words with their codes.

    Examples
    --------
    >>> by_word({"PPL": "town village", "ISL": "island"})
    {'town': 'PPL', 'village': 'PPL', 'island': 'ISL'}
    """
    return {word: code for code, words in codes.items() for word in words.split()}


def safe_id(text: str) -> str:
    """Give a short id of small letters, digits and hyphens.

    Examples
    --------
    >>> safe_id("My Places (2020).csv")
    'my-places-2020-csv'
    """
    return _UNSAFE.sub("-", unicodedata.normalize("NFKD", text).lower()).strip("-") or "file"


def region_of(path: Path) -> str:
    """Give the id that the places of a file have as their region."""
    return safe_id(path.stem)
