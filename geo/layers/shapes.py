"""Shapes on the ground, built in metres around a point: sectors, rings, corridors, strips and parts of areas."""

from __future__ import annotations

import math
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray
from shapely import affinity

from geo.layers.areas import ELLIPSOID, radius_area

Point = tuple[float, float]
# A vertex every so many degrees of an arc; edges longer than this share of a shape get vertices, so that they stay true.
_STEP, _EDGE = 5.0, 1 / 16
_FULL = 360.0
_FAR = 4.0
_POLE = 90.0


@dataclass(frozen=True, slots=True)
class Ground:
    """A shape in degrees with the point that stands for it and the radius around that point that holds all of it."""

    outline: shapely.Geometry
    lon: float
    lat: float
    precision_m: float


def ring(lon: float, lat: float, inner_m: float, outer_m: float) -> Ground:
    """Give what lies between two distances from a point; a disc where the inner one is zero.

    Parameters
    ----------
    lon, lat : float
        Degrees, WGS 84.
    inner_m, outer_m : float
        Metres.
    """
    outer = radius_area(lon, lat, outer_m)
    if inner_m <= 0:
        return Ground(outer, lon, lat, outer_m)
    hole = radius_area(lon, lat, inner_m)
    return Ground(shapely.Polygon(outer.exterior, [hole.exterior.coords]), lon, lat, outer_m)


def sector(lon: float, lat: float, bearing: float, spread: float, reach_m: tuple[float, float]) -> Ground:
    """Give what lies in a direction from a point, between two distances.

    Parameters
    ----------
    lon, lat : float
        Degrees, WGS 84.
    bearing, spread : float
        Degrees clockwise from north, and to either side of it.
    reach_m : (float, float)
        The least and the greatest distance in metres.

    Returns
    -------
    Ground
        Its point lies in the direction itself, halfway between the two distances.
    """
    plane = _plane(lon, lat)
    least, most = max(0.0, reach_m[0]), reach_m[1]
    azimuths = np.radians(np.linspace(bearing - spread, bearing + spread, max(2, int(2 * spread / _STEP)) + 1))
    arc = np.column_stack([np.sin(azimuths), np.cos(azimuths)])
    inner = arc[::-1] * least if least else np.zeros((1, 2))
    middle = (least + most) / 2
    x, y = middle * np.sin(np.radians(bearing)), middle * np.cos(np.radians(bearing))
    return plane.ground(shapely.Polygon(np.vstack([arc * most, inner])), (x, y))


def corridor(a: Point, b: Point, half_m: float) -> Ground:
    """Give the strip along the straight line between two points, as wide to either side as `half_m`; rounded at its ends.

    Parameters
    ----------
    a, b : (float, float)
        Longitude and latitude in degrees.
    half_m : float
        Metres.
    """
    azimuth, _, length = ELLIPSOID.inv(*a, *b)
    lon, lat, _ = ELLIPSOID.fwd(*a, azimuth, length / 2)
    plane = _plane(float(lon), float(lat))
    ends = plane.forward(np.array([a, b]))
    line = shapely.LineString(ends) if length else shapely.Point(ends[0])
    return plane.ground(shapely.buffer(line, half_m), (0.0, 0.0))


def strip(line: shapely.Geometry, half_m: float) -> Ground:
    """Give the strip along a line (a border) in degrees; its point lies on the line."""
    middle = shapely.centroid(line)
    plane = _plane(middle.x, middle.y)
    flat = plane.flat(line)
    return plane.ground(shapely.buffer(flat, half_m), _nearest(flat, shapely.Point(0, 0)))


def part(outline: shapely.Geometry, bearing: float) -> Ground:
    """Give the part of an area that lies in a direction: what is beyond its middle, seen that way.

    Parameters
    ----------
    outline : shapely geometry
        The area in degrees.
    bearing : float
        Degrees clockwise from north.
    """
    middle = shapely.centroid(outline)
    plane = _plane(middle.x, middle.y)
    flat = plane.flat(outline)
    size = _FAR * max(1.0, float(np.abs(shapely.bounds(flat)).max()))
    half = affinity.rotate(shapely.box(-size, 0, size, size), -bearing, origin=(0, 0))
    return _standing(plane, shapely.intersection(flat, half))


def centre(outline: shapely.Geometry, share: float) -> Ground:
    """Give the middle of an area: the area shrunk to a share of its size around its middle."""
    middle = shapely.centroid(outline)
    plane = _plane(middle.x, middle.y)
    return _standing(plane, affinity.scale(plane.flat(outline), share, share, origin=(0, 0)))


def whole(outline: shapely.Geometry) -> Ground:
    """Give an area as it is."""
    middle = shapely.centroid(outline)
    plane = _plane(middle.x, middle.y)
    return _standing(plane, plane.flat(outline))


def _standing(plane: Plane, flat: shapely.Geometry) -> Ground:
    """Give a flat shape with its middle as its point, or the point of it that is nearest to that."""
    return plane.ground(flat, _nearest(flat, shapely.centroid(flat)))


def _nearest(flat: shapely.Geometry, point: shapely.Point) -> Point:
    found = shapely.get_point(shapely.shortest_line(flat, point), 0)
    return float(found.x), float(found.y)


@dataclass(frozen=True, slots=True)
class Plane:
    """Azimuthal equidistant: distances and directions from its middle are true everywhere."""

    lon: float
    lat: float
    projection: Any

    def forward(self, places: NDArray[np.float64]) -> NDArray[np.float64]:
        """Give metres for degrees."""
        return np.column_stack(self.projection(places[:, 0], places[:, 1]))

    def backward(self, metres: NDArray[np.float64]) -> NDArray[np.float64]:
        """Give degrees for metres, with longitudes that run on past 180."""
        lons, lats = self.projection(metres[:, 0], metres[:, 1], inverse=True)
        unwrapped = self.lon + (np.asarray(lons) - self.lon + 180.0) % _FULL - 180.0
        return np.column_stack([unwrapped, lats])

    def flat(self, outline: shapely.Geometry) -> shapely.Geometry:
        """Give a shape in degrees on the plane."""
        flat = shapely.transform(outline, self.forward)
        return _polygons(flat) if shapely.area(flat) else flat

    def ground(self, flat: shapely.Geometry, point: Point) -> Ground:
        """Give a flat shape in degrees, with its point and its precision."""
        size = max(1.0, float(np.ptp(np.asarray(shapely.bounds(flat)).reshape(2, 2), axis=0).max()))
        dense = shapely.segmentize(flat, size * _EDGE)
        (lon, lat), *_ = self.backward(np.array([point]))
        lon = (lon + 180.0) % _FULL - 180.0
        places = self.backward(shapely.get_coordinates(dense))
        _, _, distances = ELLIPSOID.inv(
            np.full(len(places), lon), np.full(len(places), lat), places[:, 0], places[:, 1]
        )
        precision_m = float(np.max(distances))
        outline = radius_area(lon, lat, precision_m) if self._is_over_pole(dense) else self._degrees(dense)
        return Ground(outline, float(lon), float(lat), precision_m)

    def _degrees(self, flat: shapely.Geometry) -> shapely.Geometry:
        return _polygons(shapely.transform(flat, self.backward))

    def _is_over_pole(self, flat: shapely.Geometry) -> bool:
        """Tell whether a shape reaches the meridian beyond the pole, where longitudes cannot run on; its circle stands for it."""
        (_, y), *_ = self.forward(np.array([[self.lon, math.copysign(_POLE, self.lat)]]))
        return bool(shapely.intersects(flat, shapely.LineString([(0, y), (0, y * _FAR)])))


def _polygons(outline: shapely.Geometry) -> shapely.Geometry:
    """Give a shape that is valid, without the lines and points that making it so may leave."""
    parts = shapely.get_parts(shapely.make_valid(outline))
    flat = [part for part in shapely.get_parts(parts) if shapely.area(part) > 0]
    return flat[0] if len(flat) == 1 else shapely.union_all(flat)


@cache
def _plane(lon: float, lat: float) -> Plane:
    return Plane(lon, lat, pyproj.Proj(proj="aeqd", lon_0=lon, lat_0=lat, ellps="WGS84"))
