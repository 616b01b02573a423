"""Natural Earth's geometries cut to a rectangle, also around the antimeridian, and simplified to what a map shows."""

from __future__ import annotations

import math
from typing import NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.layers.natural_earth import Geometries

Path = NDArray[np.float64]

HALF_TURN, TURNS = 180.0, (-360.0, 0.0, 360.0)
MARGIN = 0.2
"""How far the detail reaches beyond the bounds, as a part of their larger side."""
LEAST_SIDE = 0.5
"""A map of one point still shows this many degrees."""
WHOLE_WORLD = 300.0
"""An extent wider than this many degrees takes in all longitudes."""
SOUTH_END, NORTH_END = -85.0, 84.0


class Box(NamedTuple):
    """A rectangle in degrees; `east` is larger than `west` and may pass 180."""

    west: float
    south: float
    east: float
    north: float

    @property
    def side(self) -> float:
        """The larger side."""
        return max(self.east - self.west, self.north - self.south)

    @property
    def is_world(self) -> bool:
        """Whether it takes in all longitudes."""
        return self.east - self.west >= WHOLE_WORLD

    @property
    def middle(self) -> float:
        """The longitude in the middle of the turn that is drawn: 0, or the box's own when it passes the antimeridian."""
        return 0.0 if self.west >= -HALF_TURN and self.east <= HALF_TURN else (self.west + self.east) / 2


def extent(bounds: tuple[float, float, float, float]) -> Box:
    """Enlarge bounds by a margin; give all longitudes when they come near to that."""
    west, south, east, north = bounds
    if east < west:
        east += 360.0
    margin = MARGIN * max(east - west, north - south)
    wide, high = (max(side / 2 + margin, LEAST_SIDE / 2) for side in (east - west, north - south))
    lon, lat = (west + east) / 2, (south + north) / 2
    low, top = max(lat - high, SOUTH_END), min(lat + high, NORTH_END)
    if 2 * wide >= WHOLE_WORLD:
        middle = 0.0 if bounds[0] <= bounds[2] else lon
        return Box(middle - HALF_TURN, SOUTH_END, middle + HALF_TURN, NORTH_END)
    return Box(lon - wide, min(low, NORTH_END - LEAST_SIDE), lon + wide, max(top, SOUTH_END + LEAST_SIDE))


def window(shapes: Geometries, box: Box) -> Geometries:
    """Cut geometries to a box, taking them a turn to the east or west as well where the box passes the antimeridian."""
    return windowed(shapes, box)[0]


def windowed(shapes: Geometries, box: Box) -> tuple[Geometries, NDArray[np.int64]]:
    """Cut geometries to a box as `window` does; give the number of the geometry that each part is of beside them."""
    turns = [turn for turn in TURNS if box.west < turn + HALF_TURN and box.east > turn - HALF_TURN]
    cut = [_cut(shapes, box, turn) for turn in turns]
    return np.concatenate([parts for parts, _ in cut]), np.concatenate([owners for _, owners in cut])


def _cut(shapes: Geometries, box: Box, turn: float) -> tuple[Geometries, NDArray[np.int64]]:
    west, east = box.west - turn, box.east - turn
    left, low, right, top = shapely.bounds(shapes).T
    touching = np.flatnonzero((left <= east) & (right >= west) & (low <= box.north) & (top >= box.south))
    clipped = shapely.clip_by_rect(shapes[touching], west, box.south, east, box.north)
    cut, owner = shapely.get_parts(clipped, return_index=True)
    return (shapely.transform(cut, lambda points: np.add(points, [turn, 0.0])) if turn else cut), touching[owner]


def rings(polygons: Geometries, box: Box, tolerance: float) -> list[Path]:
    """Give the rings of polygons in a box, simplified, without the repeated first point."""
    cut = window(polygons, box)
    return ring_paths(shapely.simplify(cut[shapely.area(cut) > (2 * tolerance) ** 2], tolerance))


def ring_paths(polygons: Geometries) -> list[Path]:
    """Give the rings of polygons without the repeated first point."""
    return [path[:-1] for path in paths(shapely.get_rings(polygons)) if len(path) > 3]  # noqa: PLR2004 - a ring has three corners


def lines(shapes: Geometries, box: Box, tolerance: float) -> list[Path]:
    """Give lines in a box, simplified; none under an infinite tolerance."""
    if math.isinf(tolerance):
        return []
    cut = window(shapes, box)
    return paths(shapely.simplify(cut[shapely.length(cut) > tolerance], tolerance))


def paths(shapes: Geometries) -> list[Path]:
    """Give the points of each line."""
    points, owner = shapely.get_coordinates(shapes, return_index=True)
    return np.split(points, np.flatnonzero(np.diff(owner)) + 1) if len(points) else []
