"""What a spelling may mean, as columns of numbers: all that a candidate is by itself, whatever report names it."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from geo.gazetteer.features import CLASSES, fits_hint
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.generics import readings
from geo.gazetteer.records import Match, Place

if TYPE_CHECKING:
    import numpy as np

    Matrix = np.ndarray[Any, np.dtype[np.float64]]
    Codes = np.ndarray[Any, np.dtype[np.int64]]

OWN = (
    "population", "population beside the largest", "rank by population", "a country", "a first-level division",
    "a division", "a capital", "a town", "a region or sea", "another kind", "spelt so", "another spelling", "nearly spelt",
    "its own name", "a demonym", "of the kind asked for", "of another kind than asked for", "how many share the name",
    "spellings known", "spellings beside the best known", "a larger one of its kind",
    "another's own name",
)  # fmt: skip
# Places of the tables often have no population: they count as villages.
UNKNOWN_POPULATION = 1_000
# Of a name that many share the largest are kept, beside all that the tables list.
MOST_LIKE = 30
# The levels of a place among what may hold another.
NO_LEVEL, COUNTRY, FIRST, SECOND = range(4)
_LEVELS = {"ADM1": FIRST, "ADM2": SECOND}

_codes: dict[str, int] = {}


@dataclass(frozen=True, slots=True, eq=False)
class Known:
    """The places that a spelling may mean, a row each.

    Attributes
    ----------
    matches : tuple of Match
    own : numpy.ndarray
        Shape (matches, ``len(OWN)``).
    points : numpy.ndarray
        Unit vectors, shape (matches, 3).
    level : numpy.ndarray
        ``COUNTRY``, ``FIRST`` or ``SECOND`` for what may hold another place.
    inside : numpy.ndarray
        Numbers of country, first- and second-level division, -1 for none; a division is in itself. Shape (matches, 3).
    wide : numpy.ndarray
        Whether a place is too wide for its point to be anybody's neighbour.
    """

    matches: tuple[Match, ...]
    own: Matrix
    points: Matrix
    level: Codes
    inside: Codes
    wide: Matrix


@lru_cache(maxsize=20_000)
def known(gazetteer: Gazetteer, name: str, hint: str, *, demonym: bool, fuzzy: bool) -> Known:
    """Give what a spelling may mean.

    Parameters
    ----------
    gazetteer : Gazetteer
    name : str
        The base form.
    hint : str
        Feature class or code that the words around it ask for, or "".
    demonym : bool
        Whether it is nothing but a demonym.
    fuzzy : bool
        Whether nearly equal spellings are candidates where no other is.
    """
    return columns(_largest(_matches(gazetteer, name, hint, demonym=demonym, fuzzy=fuzzy)), hint)


def columns(matches: tuple[Match, ...], hint: str) -> Known:
    """Give matches as columns."""
    import numpy as np  # noqa: PLC0415 - loaded when something is decided

    places = [match.place for match in matches]
    size = len(matches)
    lat, lon = np.radians([place.lat for place in places]), np.radians([place.lon for place in places])
    return Known(
        matches,
        np.array(_own(matches, hint), dtype=float).reshape(size, len(OWN)),
        np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1).reshape(size, 3),
        np.array([_level(place) for place in places], dtype=np.int64),
        np.array([_inside(place) for place in places], dtype=np.int64).reshape(size, 3),
        np.array(
            [place.feature_code.startswith(("PCL", "RGN", "CONT", "SEA", "OCN")) for place in places], dtype=float
        ),
    )


def _own(matches: Sequence[Match], hint: str) -> list[list[float]]:
    populations = [math.log10(match.place.population or UNKNOWN_POPULATION) for match in matches]
    fames = [math.log2(match.place.spellings + 1) for match in matches]
    largest, best_known = max(populations, default=0.0), max(fames, default=0.0)
    ranks = {row: rank for rank, row in enumerate(sorted(range(len(matches)), key=lambda row: -populations[row]))}
    owners = [match.kind in ("endonym", "official", "exonym") for match in matches]
    kinds = [match.place.feature_code[:4] for match in matches]
    largest_of = {kind: max(p for p, k in zip(populations, kinds, strict=True) if k == kind) for kind in kinds}
    return [
        [
            population,
            population - largest,
            math.log1p(ranks[row]),
            *_kind(match.place.feature_code),
            match.how == "exact",
            match.how == "key",
            match.how == "fuzzy",
            owners[row],
            match.kind == "demonym",
            *_asked(match.place.feature_code, hint),
            math.log10(len(matches)),
            fame,
            fame - best_known,
            largest_of[kinds[row]] > population,
            any(owners) and not owners[row],
        ]
        for row, (match, population, fame) in enumerate(zip(matches, populations, fames, strict=True))
    ]


def _kind(code: str) -> list[bool]:
    found = [
        code.startswith("PCL"),
        code == "ADM1",
        code.startswith("ADM") and code != "ADM1",
        code == "PPLC",
        code.startswith("PPL") and code != "PPLC",
        code.startswith(("RGN", "CONT", "SEA", "OCN")),
    ]
    return [*found, not any(found)]


def _asked(code: str, hint: str) -> tuple[bool, bool]:
    fits = bool(hint) and fits_hint(code, hint)
    return fits, bool(hint) and not fits


def _level(place: Place) -> int:
    return COUNTRY if place.feature_code.startswith("PCL") else _LEVELS.get(place.feature_code, NO_LEVEL)


def _inside(place: Place) -> list[int]:
    first = place.id if place.feature_code == "ADM1" else place.admin1
    second = place.id if place.feature_code == "ADM2" else place.admin2
    return [_codes.setdefault(value, len(_codes)) if value else -1 for value in (place.country, first, second)]


def _largest(matches: tuple[Match, ...]) -> tuple[Match, ...]:
    if len(matches) <= MOST_LIKE:
        return matches
    rest = (match for match in matches[MOST_LIKE:] if not match.place.id.startswith("geonames:"))
    return (*matches[:MOST_LIKE], *rest)


def _matches(gazetteer: Gazetteer, name: str, hint: str, *, demonym: bool, fuzzy: bool) -> tuple[Match, ...]:
    """Give the places that a mention may mean; a demonym is nothing but a demonym."""
    matches = gazetteer.lookup(name, fuzzy=fuzzy) or _seats(name, gazetteer)
    if hint in CLASSES:
        # "Mississippi River" is not the state, whatever the gazetteer lacks.
        return tuple(match for match in matches if fits_hint(match.place.feature_code, hint))
    return tuple(match for match in matches if (match.kind == "demonym") == demonym) or matches


def _seats(name: str, gazetteer: Gazetteer) -> tuple[Match, ...]:
    """Give the places where what a name speaks of may lie: "Eastern Arden", "Arden Hospital"; never as sure as a name."""
    for reading in readings(name):
        found = gazetteer.lookup(reading.name) if reading.at else ()
        if found:
            return tuple(replace(match, how="fuzzy") for match in found)
    return ()
