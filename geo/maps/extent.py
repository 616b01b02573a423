"""What a page shows at first, so that the basemap's detail covers it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from collections.abc import Mapping

Floats = NDArray[np.float64]

LEAST_SPAN = 2.5
"""Degrees of longitude that a page shows at least: a single place stands in its surroundings."""
AROUND = 1.35
"""How far the window reaches beyond the places, for labels and for windows that are not square."""


_LEFT_OUT: tuple[tuple[str, ...], ...] = (("setting", "actor"), ("actor",), ())
"""The roles that the page does not open on, and what it opens on where there are no others."""


def first_extent(data: Mapping[str, Any]) -> tuple[float, float, float, float] | None:
    """Give the extent that a page shows at first: its sites and references, in a square window.

    Parameters
    ----------
    data : mapping
        The page's values.

    Returns
    -------
    tuple of float, or None
        West, south, east, north in degrees; west is larger than east where the places lie around the antimeridian. None
        without any place.

    Examples
    --------
    >>> west, south, east, north = first_extent({"places": [{"lat": 40.0, "lon": 46.0, "role": "site"}]})
    >>> round(east - west, 1), round((south + north) / 2)
    (3.4, 40)
    """
    lons, lats, roles = _points(data)
    shown = next((kept for told in _LEFT_OUT if (kept := ~np.isin(roles, told)).any()), None)
    if shown is None:
        return None
    lons, lats = lons[shown], lats[shown]
    west, span = longitudes(lons)
    south, north = float(lats.min()), float(lats.max())
    middle = (south + north) / 2
    squeeze = max(math.cos(math.radians(middle)), 0.2)
    side = AROUND * max(span, (north - south) / squeeze, LEAST_SPAN)
    if side >= 360:  # noqa: PLR2004 - a full turn
        return -180.0, -85.0, 180.0, 85.0
    centre = west + span / 2
    high = side * squeeze / 2
    return _turn(centre - side / 2), max(middle - high, -85.0), _turn(centre + side / 2), min(middle + high, 85.0)


def _points(data: Mapping[str, Any]) -> tuple[Floats, Floats, NDArray[Any]]:
    """Give longitudes, latitudes and roles of the places, which are rows or a table."""
    if "tables" not in data:
        places = data["places"]
        lons, lats = (np.array([place[axis] for place in places], dtype=float) for axis in ("lon", "lat"))
        return lons, lats, np.array([str(place["role"]) for place in places], dtype=object)
    columns = data["tables"]["places"].columns
    role = columns["role"]
    return columns["lon"].values, columns["lat"].values, np.array([*role.values, None], dtype=object)[role.codes]


def on_view(data: Mapping[str, Any]) -> list[Any]:
    """Give the places, as rows, that a map opens on: sites and references, and others where there are none."""
    return next((found for told in _LEFT_OUT if (found := [p for p in data["places"] if p["role"] not in told])), [])


def longitudes(values: Floats) -> tuple[float, float]:
    """Give the western end and the width of the narrowest arc that holds all longitudes."""
    ordered = np.sort(values)
    first, plain = float(ordered[0]), float(ordered[-1] - ordered[0])
    if plain <= 180:  # noqa: PLR2004 - half a turn
        return first, plain
    gaps = np.diff(ordered, append=first + 360)
    widest = len(gaps) - 1 - int(np.argmax(gaps[::-1]))
    gap, after = float(gaps[widest]), float(ordered[(widest + 1) % len(ordered)])
    return (first, plain) if 360 - gap >= plain else (after, 360 - gap)


def _turn(lon: float) -> float:
    return (lon + 180) % 360 - 180
