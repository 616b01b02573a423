"""The ground of countries, and the borders that two of them share, closed from the lines of the basemap."""

from __future__ import annotations

import csv
from functools import cache
from typing import Any

import shapely

from geo.files import data_folder
from geo.layers.natural_earth import geometries


def country_polygon(lon: float, lat: float) -> shapely.Polygon | None:
    """Give the country around a point, without what lies apart from it.

    The polygons are closed from Natural Earth's 1:10m coast and boundary lines, contested ones too: they follow who
    holds the ground, and to use them is to take no position.

    Parameters
    ----------
    lon, lat : float
        Degrees, WGS 84.

    Returns
    -------
    shapely.Polygon or None
        In degrees. None at sea, and where the lines leave neighbours open to each other.

    Examples
    --------
    >>> armenia = country_polygon(44.8, 40.46)
    >>> armenia is not None and 2 < armenia.area < 4
    True
    >>> country_polygon(-30.0, 40.0) is None
    True
    """
    polygons, points = _polygons(), _label_points()
    found = polygons.query(shapely.Point(lon, lat), predicate="intersects")
    if not len(found):
        return None
    polygon: Any = polygons.geometries[int(found[0])]
    # Where a line misses the coast, two countries come out as one.
    return None if len(points.query(polygon, predicate="contains")) > 1 else polygon


def shared_border(a: shapely.Geometry, b: shapely.Geometry) -> shapely.Geometry | None:
    """Give the line that two areas in degrees have in common, None where they do not touch."""
    line = shapely.intersection(shapely.boundary(a), shapely.boundary(b))
    return line if shapely.length(line) > 0 else None


@cache
def _polygons() -> shapely.STRtree:
    lines = geometries("lines")
    parts = [*lines["border"], *lines["disputed"], *shapely.boundary(geometries("land")[""])]
    return shapely.STRtree(shapely.get_parts(shapely.polygonize([shapely.union_all(parts)])))


@cache
def _label_points() -> shapely.STRtree:
    path = data_folder() / "basemap" / "countries.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return shapely.STRtree([shapely.Point(float(row["lon"]), float(row["lat"])) for row in csv.DictReader(stream)])
