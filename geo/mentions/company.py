"""The second look at hits: what the first look at the whole report makes of a name and of those near it on the ground."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from geo.gazetteer.stack import Stack
from geo.mentions.scan import Hit

if TYPE_CHECKING:
    import numpy as np

    Vectors = np.ndarray[Any, np.dtype[np.float64]]

LIKELY = 0.5
NEAR_KM = 100.0
MOST_READINGS = 12
_NEAR = NEAR_KM / 6371.0088
_COS_NEAR = math.cos(_NEAR)
_AREAS = ("PCL", "CONT", "RGN", "SEA", "OCN")


def second_features(
    hits: Sequence[Hit], guesses: Sequence[float], located: Sequence[bool], index: Stack
) -> Iterator[list[str]]:
    """Give, for each hit, the names of the features of the second look.

    Parameters
    ----------
    hits : sequence of Hit
        Of one report.
    guesses : sequence of float
        The probability of each at the first look.
    located : sequence of bool
        Whether a word of place or motion stands before each.
    index : Index
    """
    best: dict[str, float] = {}
    for hit, guess in zip(hits, guesses, strict=True):
        best[hit.name] = max(guess, best.get(hit.name, 0.0))
    near = _near(best, index)
    for hit, guess, placed in zip(hits, guesses, located, strict=True):
        first = f"{max(-4.0, min(4.0, round(_logit(guess) * 2) / 2)):g}"
        elsewhere = best[hit.name] > guess and best[hit.name] >= LIKELY
        count = near[hit.name]
        yield [
            f"first={first}",
            f"elsewhere={elsewhere}",
            f"near={count}",
            f"near+elsewhere={count}{elsewhere}",
            f"near+placed={count}{placed}",
        ]


def _logit(probability: float) -> float:
    bounded = min(1 - 1e-6, max(1e-6, probability))
    return math.log(bounded / (1 - bounded))


def _near(best: dict[str, float], index: Stack) -> dict[str, str]:
    """Give, for each name, in how many likely names' neighbourhoods one of its places lies: none, one, some or many."""
    import numpy as np  # noqa: PLC0415 - an open index has loaded it

    names = list(best)
    readings = [_vectors(name, index) for name in names]
    likely = [n for n, name in enumerate(names) if best[name] >= LIKELY and len(readings[n])]
    if not likely:
        return dict.fromkeys(names, "none")
    points = np.vstack([readings[n] for n in likely])
    owners = np.repeat(likely, [len(readings[n]) for n in likely])
    # Sorted from south to north, so that each reading is compared with those of its own latitudes alone.
    order = np.argsort(points[:, 2], kind="stable")
    points, owners = points[order], owners[order]
    counts = {}
    for number, name in enumerate(names):
        beside: set[int] = set()
        for reading in readings[number]:
            first, last = np.searchsorted(points[:, 2], (reading[2] - _NEAR, reading[2] + _NEAR))
            beside.update(owners[first:last][points[first:last] @ reading >= _COS_NEAR].tolist())
        count = len(beside - {number})
        counts[name] = "none" if count == 0 else "one" if count == 1 else "some" if count < 4 else "many"  # noqa: PLR2004
    return counts


def _vectors(name: str, index: Stack) -> Vectors:
    """Give unit vectors of the largest places that a name reaches, areas left out."""
    import numpy as np  # noqa: PLC0415

    places = [place for place, kind in index.readings(name) if kind != "demonym"]
    places = [place for place in places if not index.feature(place).startswith(_AREAS)]
    places = sorted(places, key=lambda place: -index.population(place))[:MOST_READINGS]
    lat, lon = np.radians(np.array([index.point(place) for place in places]).reshape(-1, 2).T)
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1).reshape(-1, 3)
