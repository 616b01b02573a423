"""What the gazetteer says of a spelling: what its largest place is, how large, how well known, how many places have it."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import lru_cache

from geo.gazetteer.stack import Stack

DOMINANCE = 10
_FEATURE_RANK = {
    "PCL": "country", "ADM1": "first", "ADM": "division", "PPLC": "capital", "PPL": "town", "RGN": "region", "CONT": "region",
}  # fmt: skip


@dataclass(frozen=True, slots=True, eq=False)
class NameFacts:
    """What the gazetteer says of a spelling.

    Attributes
    ----------
    sort : str
        What the largest place of this name is.
    magnitude : int
        The order of magnitude of its population.
    fame : int
        How many names the best-known place of this name has, as a power of two.
    primary : bool
        Whether the spelling is its own name rather than an alternate one.
    dominant : bool
        Whether it is ten times as large as the next place of this name.
    places : int
        How many places have this name.
    listed : bool
        Whether a table, and not only a package, has the name.
    """

    sort: str
    magnitude: int = 0
    fame: int = 0
    primary: bool = False
    dominant: bool = False
    places: int = 0
    listed: bool = False


UNLISTED = NameFacts("none")


@lru_cache(maxsize=100_000)
def name_facts(index: Stack, name: str) -> NameFacts:
    """Give the facts of a name, by the places that it reaches."""
    readings = sorted((-index.population(place), place, kind) for place, kind in index.readings(name))
    if not readings:
        return UNLISTED
    kinds = {kind for _, _, kind in readings}
    people, _, kind = readings[0]
    codes = [index.feature(place) for _, place, _ in readings]
    capital = any(
        code == "PPLC" and DOMINANCE * other <= people for code, (other, _, _) in zip(codes, readings, strict=True)
    )
    special = next(
        (special for special in ("demonym", "abbreviation") if special in kinds), "capital" if capital else ""
    )
    return NameFacts(
        sort=special or _sort(codes[0]),
        magnitude=round(math.log10(1 - people)),
        fame=round(math.log2(1 + max(index.name_count_of(place) for _, place, _ in readings))),
        primary=kind not in ("alternate", "variant", "historical"),
        dominant=len(readings) == 1 or people <= DOMINANCE * readings[1][0],
        places=len(readings),
        listed=bool(kinds - {"primary", "alternate"}),
    )


def _sort(feature: str) -> str:
    return next((sort for prefix, sort in _FEATURE_RANK.items() if feature.startswith(prefix)), "other")
