"""What a page shows at first, so that the basemap's detail covers it."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Mapping

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
    places = on_view(data)
    if not places:
        return None
    west, span = longitudes([place["lon"] for place in places])
    south, north = min(place["lat"] for place in places), max(place["lat"] for place in places)
    middle = (south + north) / 2
    squeeze = max(math.cos(math.radians(middle)), 0.2)
    side = AROUND * max(span, (north - south) / squeeze, LEAST_SPAN)
    if side >= 360:  # noqa: PLR2004 - a full turn
        return -180.0, -85.0, 180.0, 85.0
    centre = west + span / 2
    high = side * squeeze / 2
    return _turn(centre - side / 2), max(middle - high, -85.0), _turn(centre + side / 2), min(middle + high, 85.0)


def on_view(data: Mapping[str, Any]) -> list[Any]:
    """Give the places that a map opens on: sites and references, and others where there are none."""
    return next((found for told in _LEFT_OUT if (found := [p for p in data["places"] if p["role"] not in told])), [])


def longitudes(values: list[float]) -> tuple[float, float]:
    """Give the western end and the width of the narrowest arc that holds all longitudes."""
    ordered = sorted(values)
    plain = ordered[-1] - ordered[0]
    if plain <= 180:  # noqa: PLR2004 - half a turn
        return ordered[0], plain
    gaps = [(b - a, b) for a, b in zip(ordered, [*ordered[1:], ordered[0] + 360], strict=True)]
    gap, after = max(gaps)
    return (ordered[0], plain) if 360 - gap >= plain else (after, 360 - gap)


def _turn(lon: float) -> float:
    return (lon + 180) % 360 - 180
