"""Names on the ground around the reports' places: towns by rank, countries, seas and lakes, in the languages of the page.

All names come from the gazetteer by the same policy as those of places: of a contested one the English form has both sides'.
"""

from __future__ import annotations

import csv
import math
import re
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np

from geo.files import data_folder
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.index import Index
from geo.gazetteer.keys import key_of
from geo.gazetteer.records import Place
from geo.gazetteer.sides import english, in_language, standing
from geo.gazetteer.stack import Stack
from geo.maps.cutting import HALF_TURN, TURNS, Box

TOWN_CODES = ("PPL", "PPLC", "PPLA", "PPLA2", "PPLA3", "PPLG")
WATER_CODES = ("OCN", "SEA", "GULF", "BAY", "STRT", "LK", "RSV", "CHN", "LGN", "FJD")
RANKS = (5e6, 1e6, 3e5, 6e4, 0.0)
"""Towns of at least these weights have the ranks 0 to 4."""
CAPITAL, SEAT = 6.0, 1.5
"""How many times its people a capital, or a seat of a division, counts."""
SPACING = 74.0
"""Pixels between the points of two towns that are shown at one zoom, at least."""
FIRST_ZOOM, LAST_ZOOM, LAST_ZOOM_AROUND = 2, 11, 4
MOST_TOWNS, MOST_READ, MOST_AROUND = 420, 4000, 1500
SEEN_FROM, SEEN_TO = 34.0, 1400.0
"""A water is named while its radius takes between these numbers of pixels."""
SHOWN_FROM = (2, 4, 5, 6, 7)
"""The least zoom of the towns of each rank: where they stand alone, small ones wait all the same."""
TILE = 256
EQUATOR_M = 40_075_017.0
DECIMALS = 3
RIVER_REACH = 12.0
"""How many degrees outside of the extent the point of a river may lie that runs through it."""
COUNTRY_CODES = ("PCLI", "PCLD", "PCLIX", "PCLS", "PCLF", "PCL", "TERR")
WORLD = Box(-HALF_TURN, -90.0, HALF_TURN, 90.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Town:
    """A town that the ground may show: its number in the gazetteer, point, and people weighed by what it is seat of."""

    number: int
    lat: float
    lon: float
    weight: float

    @property
    def rank(self) -> int:
        """From 0, the largest, to 4."""
        return next(rank for rank, least in enumerate(RANKS) if self.weight >= least)


@dataclass(slots=True)
class Names:
    """Columns of names: ``en`` for each row, other languages where the tables have them."""

    languages: Sequence[str]
    english: list[str] = field(default_factory=list)
    other: dict[str, dict[int, str]] = field(default_factory=dict)

    def add(self, gazetteer: Gazetteer, number: int, *, own: str = "", short: bool = False) -> None:
        """Add the names of a place: `own` for its English one, the shortest of a language where they are to be short."""
        today = standing(gazetteer.attested(number)) if gazetteer.index.is_listed(number) else []
        if short:
            today = sorted((name for name in today if name.kind != "variant"), key=lambda name: len(name.toponym))
        for language in self.languages:
            name = in_language(today, language)
            if name:
                self.other.setdefault(language, {})[len(self.english)] = name
        self.english.append(own or english(today) or gazetteer.index.first(number, Index.name))

    def as_json(self) -> dict[str, Any]:
        """Give the columns for the page."""
        return {"en": self.english, **self.other}


def context(
    box: Box,
    gazetteer: Gazetteer,
    *,
    languages: Collection[str] = (),
    leave_out: Collection[str] = (),
    rivers: Sequence[str] = (),
) -> dict[str, Any]:
    """Give the names that the ground shows.

    Parameters
    ----------
    box : Box
        The extent of the map's detail, as `geo.maps.cutting.extent` gives it.
    gazetteer : Gazetteer
    languages : collection of str
        Those that the page's names can be switched to, beside English.
    leave_out : collection of str
        Places that the map shows anyway: towns among them are not named twice.
    rivers : sequence of str
        The rivers of the basemap by name.

    Returns
    -------
    dict
        Ready for JSON: ``towns`` with the columns ``lon``, ``lat``, ``rank`` (0 to 4), ``zoom`` (from which one is shown)
        and ``names``; ``waters`` with ``lon``, ``lat``, ``zoom``, ``until`` (to which one is shown) and ``names``;
        ``countries`` with ``lon``, ``lat``, ``zoom``, ``contested`` and ``names``; ``river_names`` for `rivers`, ""
        where the tables have none. ``names`` has the English ones under
        ``en``, one a row, and under other languages those that the tables have, by row. Longitudes run as the box's do.

    Examples
    --------
    >>> names = context(Box(43.0, 39.0, 46.0, 41.0), Gazetteer.open(), languages=["hy"])["towns"]["names"]
    >>> yerevan = names["en"].index("Yerevan")
    """
    further = sorted(set(languages) - {"en", "printed", "all"})
    return {
        "towns": _towns(box, gazetteer, further, leave_out),
        "waters": _waters(box, gazetteer, further),
        "countries": countries(box, gazetteer, further),
        "river_names": _river_names(box, gazetteer, further, rivers),
    }


def _towns(box: Box, gazetteer: Gazetteer, languages: Sequence[str], leave_out: Collection[str]) -> dict[str, Any]:
    near = list(_largest(gazetteer.index, box, MOST_READ))
    far = list(_largest(gazetteer.index, WORLD, MOST_AROUND))
    found = _spaced([*near], LAST_ZOOM)[:MOST_TOWNS]
    inside = {town.number for town in near}
    found += [(town, zoom) for town, zoom in _spaced(far, LAST_ZOOM_AROUND) if town.number not in inside]
    # A place of the report keeps its room: the next town in line would stand too near.
    known = {gazetteer.index.number_of(key_of(place)) for place in leave_out}
    shown = [(town, zoom) for town, zoom in found if town.number not in known]
    names = Names(languages)
    for town, _ in shown:
        names.add(gazetteer, town.number)
    return {
        "lon": [_turned(town.lon, box) for town, _ in shown],
        "lat": [round(town.lat, DECIMALS) for town, _ in shown],
        "rank": [town.rank for town, _ in shown],
        "zoom": [zoom for _, zoom in shown],
        "names": names.as_json(),
    }


def _largest(stack: Stack, box: Box, most: int) -> Iterator[Town]:
    """Give the largest towns in a box, the largest first, each once."""
    found: dict[int, Town] = {}
    for number in _numbers(stack, box, TOWN_CODES):
        spokesman = stack.spokesman(number)
        index, own = stack.find(number)
        code = index.feature(own)
        people = index.population(own) * (CAPITAL if code == "PPLC" else SEAT if code.startswith("PPLA") else 1.0)
        lat, lon = stack.point(spokesman)
        if people and not math.isnan(lat) and spokesman not in found:
            found[spokesman] = Town(number=spokesman, lat=lat, lon=lon, weight=people)
        if len(found) >= most:
            break
    return iter(sorted(found.values(), key=lambda town: (-town.weight, town.number)))


def _numbers(stack: Stack, box: Box, codes: Collection[str]) -> list[int]:
    """Give the numbers of places of some features in a box, those with most people first."""
    found, people = [], []
    first = 0
    for index in stack.indexes:
        columns = index.columns
        wanted = np.array([name in codes for name in index.features])
        rows = np.flatnonzero(wanted[columns["feature"]])
        lat, lon = columns["lat"][rows], columns["lon"][rows]
        inside = (lat >= box.south) & (lat <= box.north)
        inside &= np.any([(lon + turn >= box.west) & (lon + turn <= box.east) for turn in TURNS], axis=0)
        rows = rows[inside]
        found.append(rows + first)
        people.append(columns["population"][rows])
        first += len(index)
    numbers = np.concatenate(found)
    order: list[int] = numbers[np.argsort(-np.concatenate(people).astype(np.int64), kind="stable")].tolist()
    return order


def _spaced(towns: Sequence[Town], last: int) -> list[tuple[Town, int]]:
    """Give each town the least zoom at which no larger one is nearer than `SPACING`; leave out what has none up to `last`."""
    shown: list[tuple[Town, int]] = []
    rest = [(town, SHOWN_FROM[town.rank], *_mercator(town)) for town in towns]
    taken: list[tuple[float, float]] = []
    for zoom in range(FIRST_ZOOM, last + 1):
        cell = SPACING / (TILE * 2**zoom)
        cells: dict[tuple[int, int], list[tuple[float, float]]] = {}
        for point in taken:
            cells.setdefault((int(point[0] // cell), int(point[1] // cell)), []).append(point)
        waiting = []
        for town, least, x, y in rest:
            if zoom < least:
                waiting.append((town, least, x, y))
                continue
            column, row = int(x // cell), int(y // cell)
            around = [(column + dx, row + dy) for dx in (-1, 0, 1) for dy in (-1, 0, 1)]
            if any(math.hypot(x - ox, y - oy) < cell for key in around if key in cells for ox, oy in cells[key]):
                waiting.append((town, least, x, y))
                continue
            cells.setdefault((column, row), []).append((x, y))
            taken.append((x, y))
            shown.append((town, zoom))
        rest = waiting
    return shown


def _mercator(town: Town) -> tuple[float, float]:
    sine = math.sin(math.radians(max(-85.0, min(85.0, town.lat))))
    return town.lon / 360 + 0.5, 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)


def _waters(box: Box, gazetteer: Gazetteer, languages: Sequence[str]) -> dict[str, Any]:
    """Name seas and lakes while they are large enough to hold their name."""
    stack, names = gazetteer.index, Names(languages)
    rows: dict[str, list[float]] = {"lon": [], "lat": [], "zoom": [], "until": []}
    for number in dict.fromkeys(map(stack.spokesman, _numbers(stack, WORLD, WATER_CODES))):
        index, own = stack.find(number)
        lat, lon = stack.point(number)
        radius = index.precision_m(own)
        if math.isnan(lat) or not radius:
            continue
        pixels = radius * TILE / (EQUATOR_M * max(math.cos(math.radians(lat)), 0.2))
        zoom = math.log2(SEEN_FROM / pixels)
        inside = box.south <= lat <= box.north and any(box.west <= lon + turn <= box.east for turn in TURNS)
        if zoom > (LAST_ZOOM if inside else LAST_ZOOM_AROUND):
            continue
        rows["lon"].append(_turned(lon, box))
        rows["lat"].append(round(lat, DECIMALS))
        rows["zoom"].append(round(zoom, 1))
        rows["until"].append(round(math.log2(SEEN_TO / pixels), 1))
        names.add(gazetteer, number)
    return {**rows, "names": names.as_json()}


def _river_names(box: Box, gazetteer: Gazetteer, languages: Sequence[str], rivers: Sequence[str]) -> dict[str, Any]:
    """Name the rivers that the tables know; the others stay without a name, for the basemap has lost letters of theirs."""
    names = Names(languages)
    for river in rivers:
        spellings = [part for part in re.split(r"\s*[()]\s*", river) if part]
        known = (match.place for spelling in spellings for match in gazetteer.lookup(spelling))
        found = next((place for place in known if _is_river_near(place, box)), None)
        if found is None:
            names.english.append("")
        else:
            names.add(gazetteer, gazetteer.number(found.id))
    return names.as_json()


def _is_river_near(place: Place, box: Box) -> bool:
    if place.feature_code != "STM" or not box.south - RIVER_REACH <= place.lat <= box.north + RIVER_REACH:
        return False
    return any(box.west - RIVER_REACH <= place.lon + turn <= box.east + RIVER_REACH for turn in TURNS)


def countries(box: Box, gazetteer: Gazetteer | None = None, languages: Sequence[str] = ()) -> dict[str, Any]:
    """Give the column of countries as `context` does; without a gazetteer in English alone."""
    known = _country_numbers(gazetteer.index) if gazetteer else {}
    names = Names(languages)
    with (data_folder() / "basemap" / "countries.csv").open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    for row in rows:
        number = known.get(row["iso"])
        if gazetteer is None or number is None:
            names.english.append(row["name"])
        else:
            names.add(gazetteer, number, own=row["name"], short=True)
    return {
        "lon": [_turned(float(row["lon"]), box) for row in rows],
        "lat": [round(float(row["lat"]), DECIMALS) for row in rows],
        "zoom": [float(row["zoom"]) for row in rows],
        "contested": [number for number, row in enumerate(rows) if row["contested"]],
        "names": names.as_json(),
    }


def _country_numbers(stack: Stack) -> dict[str, int]:
    """Give the numbers of countries and territories by ISO code."""
    found: dict[str, int] = {}
    for number in _numbers(stack, WORLD, COUNTRY_CODES):
        index, own = stack.find(number)
        known = found.get(index.country(own))
        if known is None or COUNTRY_CODES.index(index.feature(own)) < COUNTRY_CODES.index(stack.feature(known)):
            found[index.country(own)] = stack.spokesman(number)
    return found


def _turned(lon: float, box: Box) -> float:
    """Give a longitude on the turn that the map draws."""
    west = box.middle - HALF_TURN
    return round(west + (lon - west) % 360.0, DECIMALS)
