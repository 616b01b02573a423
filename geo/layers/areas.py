"""Areas on a map: the first-level division around a point, and the circle within which a point is meant."""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from typing import Any

import numpy as np
import pyproj
import shapely
from numpy.typing import NDArray

from geo.layers.natural_earth import geometries

VERTICES = 48
ELLIPSOID = pyproj.Geod(ellps="WGS84")


def division_polygon(lon: float, lat: float, *, members: Sequence[tuple[float, float]] = ()) -> shapely.Polygon | None:
    """Give the first-level division that contains a point.

    The polygons are closed from Natural Earth's 1:10m coast, boundary and first-level lines. They have no names: the
    point of a division's centre town stands for it. They are good to a few kilometres, and follow who holds the ground.

    Parameters
    ----------
    lon, lat : float
        The point in degrees, WGS 84.
    members : sequence of tuple of float, optional
        Longitude and latitude of further places known to lie in the division. The polygon with most of them is given,
        so that a district is found whose centre town is a division of its own, or lies just across a line of the data.

    Returns
    -------
    shapely.Polygon or None
        In degrees, WGS 84. A town that is a division of its own gives a polygon of its size. None at sea, on islands
        too small for the data, and in Antarctica.

    Examples
    --------
    >>> barda = division_polygon(47.13, 40.37)
    >>> barda is not None and barda.area < 0.3
    True
    >>> division_polygon(-30.0, 40.0) is None
    True
    """
    found = [place for place in (_place(*point) for point in (*members, (lon, lat))) if place is not None]
    if not found:
        return None
    return shapely.Polygon(_divisions()[0][max(found, key=found.count)])


def radius_area(lon: float, lat: float, radius_m: float) -> shapely.Polygon:
    """Give the geodesic circle around a point.

    Parameters
    ----------
    lon, lat : float
        The centre in degrees, WGS 84.
    radius_m : float
        The radius in metres, above zero and under a quarter of the globe.

    Returns
    -------
    shapely.Polygon
        48 vertices on the ellipsoid of WGS 84, in degrees. Longitudes run on past 180 where the circle crosses the
        antimeridian. A circle around a pole takes in the cap beyond its edge.

    Raises
    ------
    ValueError
        When the radius or the centre is out of range.
    """
    if not 0 < radius_m < 1e7 or not -180 <= lon <= 360 or not -90 <= lat <= 90:  # noqa: PLR2004 - ranges
        raise ValueError(f"no circle of {radius_m} m around {lon}, {lat}; give degrees and metres within their ranges")
    azimuths = np.arange(VERTICES) * (-360.0 / VERTICES)
    lons, lats, _ = ELLIPSOID.fwd(np.full(VERTICES, lon), np.full(VERTICES, lat), azimuths, np.full(VERTICES, radius_m))
    unwrapped = lon + (np.asarray(lons) - lon + 180.0) % 360.0 - 180.0
    ring = np.column_stack([unwrapped, lats])
    pole = _pole_within(lon, lat, radius_m)
    return shapely.Polygon(ring if pole is None else _capped(ring, pole))


def _place(lon: float, lat: float) -> int | None:
    """Give the row of the smallest division that contains a point."""
    polygons, bounds = _divisions()
    west, south, east, north = bounds.T
    near = np.flatnonzero((west <= lon) & (lon <= east) & (south <= lat) & (lat <= north))
    containing = near[shapely.intersects_xy(polygons[near], lon, lat)]
    if not len(containing):
        return None
    return int(containing[np.argmin(shapely.area(polygons[containing]))])


def _pole_within(lon: float, lat: float, radius_m: float) -> float | None:
    pole = 90.0 if lat >= 0 else -90.0
    _, _, distance = ELLIPSOID.inv(lon, lat, lon, pole)
    return pole if distance <= radius_m else None


def _capped(ring: NDArray[np.float64], pole: float) -> NDArray[np.float64]:
    """Lay the edge of a polar cap out from west to east and close it along the pole."""
    edge = ring[np.argsort(ring[:, 0])]
    west, east = edge[-1] - [360.0, 0.0], edge[0] + [360.0, 0.0]
    return np.vstack([[west[0], pole], west, edge, east, [east[0], pole]])


@cache
def _divisions() -> tuple[NDArray[Any], NDArray[np.float64]]:
    polygons = geometries("divisions")[""]
    return polygons, shapely.bounds(polygons)
