"""What of the world a picture shows: Mercator's projection from degrees to points on the sheet."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.maps.extent import LEAST_SPAN, longitudes, on_view
from geo.maps.pictures.sheet import WIDE, Box

Numbers = NDArray[np.float64]
POINTS_PER_PIXEL = 0.75
TILE = 256.0
LAST_LATITUDE = 84.0
HALF_TURN = 180.0
"""Degrees of longitude; places that take more show the world as it is printed most."""
EARTH_M = 40_075_017.0
ROOM = (0.09, 0.06, 0.16, 0.06)
"""Left, top, right and bottom of the map's box are kept free of places by these parts: their names stand there."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """A window of the world on a sheet.

    Attributes
    ----------
    box : Box
        Where on the sheet the map lies.
    scale : float
        Points that the whole turn of longitudes would take.
    x, y : float
        The box's upper left corner in the world square: 0 to 1 from west to east and from north to south.
    """

    box: Box
    scale: float
    x: float
    y: float

    @property
    def zoom(self) -> float:
        """The zoom of a page on which the ground would look so large."""
        return math.log2(self.scale / POINTS_PER_PIXEL / TILE)

    @property
    def bounds(self) -> tuple[float, float, float, float]:
        """West, south, east and north in degrees; west is larger than east around the antimeridian."""
        right, bottom = self.x + self.box.width / self.scale, self.y + self.box.height / self.scale
        if right - self.x > 1 - 1e-9:
            return -180.0, _latitude(bottom), 180.0, _latitude(self.y)
        west, east = (self.x - 0.5) * 360, (right - 0.5) * 360
        return west, _latitude(bottom), (east if east <= HALF_TURN else east - 360), _latitude(self.y)

    @property
    def metres_per_point(self) -> float:
        """At the middle of the map."""
        middle = _latitude(self.y + self.box.height / self.scale / 2)
        return EARTH_M * math.cos(math.radians(middle)) / self.scale

    def spots(self, points: Numbers) -> Numbers:
        """Give longitudes and latitudes, in rows, as points on the sheet."""
        lon, lat = points[:, 0], np.clip(points[:, 1], -LAST_LATITUDE, LAST_LATITUDE)
        sine = np.sin(np.radians(lat))
        x = lon / 360 + 0.5
        y = 0.5 - np.log((1 + sine) / (1 - sine)) / (4 * np.pi)
        spots: Numbers = np.column_stack(
            [(x - self.x) * self.scale + self.box.left, (y - self.y) * self.scale + self.box.top]
        )
        return spots

    def turned(self, lon: Numbers) -> Numbers:
        """Give longitudes on the turn that the map shows."""
        middle = (self.x + self.box.width / self.scale / 2 - 0.5) * 360
        turned: Numbers = lon + 360 * np.round((middle - lon) / 360)
        return turned

    def drawn(self, shapes: Any) -> Any:
        """Give geometries in degrees as geometries on the sheet."""
        return shapely.transform(shapes, self.spots)


def is_wide(data: Mapping[str, Any]) -> bool:
    """Tell whether the places of a map lie side by side rather than one above the other."""
    west, east, top, bottom = _world(on_view(data))
    return east - west > WIDE * (bottom - top)


def frame(data: Mapping[str, Any], box: Box) -> Frame:
    """Give the window of a map's places, with room for their names, as far as the world goes.

    Parameters
    ----------
    data : mapping
        The page's values; without places the whole world is shown.
    box : Box
        Where on the sheet the map lies.
    """
    west, east, top, bottom = _world(on_view(data))
    left, above, right, below = ROOM
    wide = box.width * (1 - left - right) / max(east - west, LEAST_SPAN / 360)
    high = box.height * (1 - above - below) / max(bottom - top, 1e-9)
    # A map never shows more than the world, and no place so near that its ground is empty.
    scale = max(min(wide, high), box.width, box.height)
    x = (west + east) / 2 - box.width / scale * (0.5 - (right - left) / 2)
    y = (top + bottom) / 2 - box.height / scale * (0.5 - (below - above) / 2)
    if box.width / scale > 1 - 1e-9:
        x = 0.0
    return Frame(
        box=box,
        scale=scale,
        x=x - math.floor(x) if x < 0 or x >= 1 else x,
        y=min(max(y, 0.0), 1 - box.height / scale),
    )


def around(inner: Frame, box: Box, *, times: float, least: float) -> Frame:
    """Give a window that shows where another lies: so many times as wide, and no narrower than `least` degrees."""
    span = min(max(inner.box.width / inner.scale * times, least / 360), 1.0)
    scale = max(box.width / span, box.height)
    middle = inner.x + inner.box.width / inner.scale / 2, inner.y + inner.box.height / inner.scale / 2
    x, y = middle[0] - box.width / scale / 2, middle[1] - box.height / scale / 2
    return Frame(box=box, scale=scale, x=x - math.floor(x), y=min(max(y, 0.0), 1 - box.height / scale))


def _world(places: Sequence[Mapping[str, Any]]) -> tuple[float, float, float, float]:
    """Give west, east, top and bottom of places in the world square."""
    if not places:
        return 0.0, 1.0, 0.2, 0.7
    west, span = longitudes(np.array([place["lon"] for place in places], dtype=float))
    if span > HALF_TURN:
        west, span = -HALF_TURN, 2 * HALF_TURN
    low, high = (_mercator(edge(place["lat"] for place in places)) for edge in (min, max))
    return west / 360 + 0.5, (west + span) / 360 + 0.5, high, low


def _mercator(lat: float) -> float:
    sine = math.sin(math.radians(max(-LAST_LATITUDE, min(LAST_LATITUDE, lat))))
    return 0.5 - math.log((1 + sine) / (1 - sine)) / (4 * math.pi)


def _latitude(y: float) -> float:
    return math.degrees(2 * math.atan(math.exp((0.5 - y) * 2 * math.pi)) - math.pi / 2)
