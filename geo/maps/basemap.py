"""The vector basemap: land, lakes and lines from Natural Earth, cut to a map's extent, as numbers for its page.

Boundaries are Natural Earth's, which follow who holds the ground. A line of or around a contested area is in the layer
``disputed``, never in ``borders``; ``contested`` says in words what is drawn for each such area.
"""

from __future__ import annotations

import csv
import math
from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.files import data_folder
from geo.layers.natural_earth import Geometries, geometries

Paths = list[list[int]]

MARGIN = 0.2
"""How far the detail reaches beyond the bounds, as a part of their larger side."""
LEAST_SIDE = 0.5
"""A map of one point still shows this many degrees."""
STEPS = 4000
"""The larger side of the extent holds about this many tolerances: a screen's width, zoomed in twice."""
FINEST, COARSEST = 0.002, 0.1
"""The data's own tolerance, and the one for the whole world, in degrees."""
FILLED = frozenset({"land", "lakes", "world_land", "world_lakes"})
WORLD_QUANTUM = 2.0**-4
WHOLE_WORLD = 300.0
"""An extent wider than this many degrees takes in all longitudes."""
DIVISIONS_UP_TO = 45.0
"""First-level divisions are left out of extents with a larger side than this many degrees."""
HALF_TURN, TURNS = 180.0, (-360.0, 0.0, 360.0)
SOUTH_END, NORTH_END = -85.0, 84.0
OVERLAP = 0.01
"""The coarse land reaches under the detail by this part of the extent, so that no seam shows between them."""


class Box(NamedTuple):
    """A rectangle in degrees; `east` is larger than `west` and may pass 180."""

    west: float
    south: float
    east: float
    north: float


def basemap(bounds: tuple[float, float, float, float], *, at: str | None = None) -> dict[str, Any]:
    """Give the layers of the basemap for a map.

    Parameters
    ----------
    bounds : tuple of float
        West, south, east, north in degrees (WGS 84) of what the map shows at first. West larger than east means that
        the map crosses the antimeridian; all longitudes of the result then run on past 180.
    at : str, optional
        An ISO 8601 date. Contested lines that stood only for a time are given when they stood at that date; without it
        all are given.

    Returns
    -------
    dict
        Ready for JSON. Each layer is ``{"quantum": q, "paths": [[lon, lat, dlon, dlat, dlon, dlat, ...], ...]}``: whole
        numbers in units of `q` degrees, a path's first pair counted from 0° E 0° N, each further pair from the pair
        before it, so ``longitude = q * (sum of the path's lon and dlon so far)``. `q` is a power of two, so that
        decoding is exact. A ring does not repeat its first point. Layers:

        - ``land``, ``lakes``: rings, filled by the even-odd rule and never stroked: the extent's edges are among them
        - ``borders``: undisputed lines between countries
        - ``disputed``: lines of and around contested areas, to be dashed
        - ``divisions``: first-level lines; ``disputed_divisions``: the same inside contested areas, where they are one
          side's; both empty for large extents
        - ``world_land``, ``world_lakes``, ``world_borders``, ``world_disputed``: coarse, for one turn of longitudes,
          without what the detail covers; drawn before the detail, so that panning out shows no void

        ``countries`` is a list of ``{"name", "lat", "lon", "contested"}``, all of that turn; ``contested`` a list of
        ``{"name", "drawn", "source"}`` within the extent; ``bounds`` the extent ``[west, south, east, north]`` that the
        detail covers.

    Examples
    --------
    >>> layers = basemap((5.0, 47.0, 9.0, 50.0))
    >>> layers["contested"]
    []
    >>> len(layers["borders"]["paths"]) > 0
    True
    """
    box = extent(bounds)
    side = max(box.east - box.west, box.north - box.south)
    tolerance = min(max(side / STEPS, FINEST), COARSEST)
    lines, faint = geometries("lines"), 2 * tolerance if side <= DIVISIONS_UP_TO else math.inf
    added = [line for line, since, until in _added_lines() if _stands(since, until, at)]
    drawn = {
        "land": _rings(geometries("land")[""], box, tolerance),
        "lakes": _rings(geometries("lakes")[""], box, tolerance),
        "borders": _lines(lines["border"], box, tolerance),
        "disputed": _lines(np.concatenate([lines["disputed"], _array(added)]), box, tolerance),
        "divisions": _lines(lines["division"], box, faint),
        "disputed_divisions": _lines(lines["disputed_division"], box, faint),
    }
    quantum = 2.0 ** math.floor(math.log2(tolerance / 2))
    layers = {name: _layer(name, paths, quantum) for name, paths in drawn.items()}
    around = {name: _layer(name, paths, WORLD_QUANTUM) for name, paths in _around(box).items()}
    notes = {"countries": _countries(box), "contested": _contested(box), "bounds": [float(degrees) for degrees in box]}
    return layers | around | notes


def encode(paths: Iterable[NDArray[np.float64]], quantum: float, *, least: int = 2) -> Paths:
    """Code paths as whole numbers: a first point, then steps, in units of `quantum` degrees.

    Parameters
    ----------
    paths : iterable of numpy.ndarray
        Each of shape ``(n, 2)``: longitude, latitude.
    quantum : float
        The unit in degrees; a coordinate moves by at most half of it.
    least : int
        A path that shrinks to fewer points is left out.

    Returns
    -------
    list of list of int
        One flat list a path. Neighbouring points that fall together are kept once.
    """
    coded = []
    for path in paths:
        points = np.rint(path / quantum).astype(np.int64)
        steps = np.diff(points, axis=0)
        kept = steps[steps.any(axis=1)]
        if len(kept) + 1 >= least:
            coded.append(np.concatenate([points[:1], kept]).ravel().tolist())
    return coded


def decode(layer: dict[str, Any]) -> list[NDArray[np.float64]]:
    """Give a layer's paths back as longitudes and latitudes in degrees, each of shape ``(n, 2)``."""
    return [np.cumsum(np.reshape(path, (-1, 2)), axis=0) * layer["quantum"] for path in layer["paths"]]


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


def _layer(name: str, paths: list[NDArray[np.float64]], quantum: float) -> dict[str, Any]:
    return {"quantum": quantum, "paths": encode(paths, quantum, least=3 if name in FILLED else 2)}


def _window(shapes: Geometries, box: Box) -> Geometries:
    """Cut geometries to a box, taking them a turn to the east or west as well where the box passes the antimeridian."""
    turns = [turn for turn in TURNS if box.west < turn + HALF_TURN and box.east > turn - HALF_TURN]
    return np.concatenate([_cut(shapes, box, turn) for turn in turns])


def _cut(shapes: Geometries, box: Box, turn: float) -> Geometries:
    west, east = box.west - turn, box.east - turn
    left, low, right, top = shapely.bounds(shapes).T
    touching = (left <= east) & (right >= west) & (low <= box.north) & (top >= box.south)
    cut = shapely.get_parts(shapely.clip_by_rect(shapes[touching], west, box.south, east, box.north))
    return shapely.transform(cut, lambda points: np.add(points, [turn, 0.0])) if turn else cut


def _rings(polygons: Geometries, box: Box, tolerance: float) -> list[NDArray[np.float64]]:
    cut = _window(polygons, box)
    simple = shapely.simplify(cut[shapely.area(cut) > (2 * tolerance) ** 2], tolerance)
    return _ring_paths(simple)


def _ring_paths(polygons: Geometries) -> list[NDArray[np.float64]]:
    """Give the rings of polygons without the repeated first point."""
    rings = shapely.get_rings(polygons)
    return [path[:-1] for path in _paths(rings) if len(path) > 3]  # noqa: PLR2004 - a ring has three corners


def _lines(lines: Geometries, box: Box, tolerance: float) -> list[NDArray[np.float64]]:
    if math.isinf(tolerance):
        return []
    cut = _window(lines, box)
    return _paths(shapely.simplify(cut[shapely.length(cut) > tolerance], tolerance))


def _paths(lines: Geometries) -> list[NDArray[np.float64]]:
    points, owner = shapely.get_coordinates(lines, return_index=True)
    return np.split(points, np.flatnonzero(np.diff(owner)) + 1) if len(points) else []


def _around(box: Box) -> dict[str, list[NDArray[np.float64]]]:
    """Give the coarse world without the box: one turn of longitudes, around the box when it passes the antimeridian."""
    names = {"land": "world_land", "lakes": "world_lakes", "border": "world_borders", "disputed": "world_disputed"}
    middle = _middle(box)
    turn = Box(middle - HALF_TURN, -90.0, middle + HALF_TURN, NORTH_END)
    if box.east - box.west >= WHOLE_WORLD:
        return {name: [] for name in names.values()}
    world, hole, under = geometries("world"), shapely.box(*box), shapely.box(*_shrunk(box))
    given: dict[str, list[NDArray[np.float64]]] = {}
    for kind, name in names.items():
        filled = name in FILLED
        rest = shapely.get_parts(shapely.difference(_window(world[kind], turn), under if filled else hole))
        kept = rest[~shapely.is_empty(rest)]
        given[name] = _ring_paths(kept) if filled else _paths(kept)
    return given


def _middle(box: Box) -> float:
    """Give the longitude in the middle of the turn: 0, or the box's own when it passes the antimeridian."""
    return 0.0 if box.west >= -HALF_TURN and box.east <= HALF_TURN else (box.west + box.east) / 2


def _shrunk(box: Box) -> Box:
    by = OVERLAP * min(box.east - box.west, box.north - box.south)
    return Box(box.west + by, box.south + by, box.east - by, box.north - by)


def _table(name: str) -> Iterator[dict[str, str]]:
    path: Path = data_folder() / "basemap" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


@cache
def _added_lines() -> list[tuple[shapely.Geometry, str, str]]:
    return [(shapely.from_wkt(row["wkt"]), row["from"], row["to"]) for row in _table("disputed_lines")]


def _stands(since: str, until: str, at: str | None) -> bool:
    return at is None or (since <= at and (not until or at < until))


def _contested(box: Box) -> list[dict[str, str]]:
    """Say what is drawn for each contested area within the box."""
    rows = [row for row in _table("disputed_areas") if row["drawn"]]
    areas = shapely.from_wkt([row["wkt"] for row in rows])
    rectangles = [shapely.box(box.west - turn, box.south, box.east - turn, box.north) for turn in TURNS]
    within = np.any([shapely.intersects(areas, rectangle) for rectangle in rectangles], axis=0)
    return [
        {key: row[key] for key in ("name", "drawn", "source")} for row, met in zip(rows, within, strict=True) if met
    ]


def _countries(box: Box) -> list[dict[str, Any]]:
    west = _middle(box) - HALF_TURN
    return [
        {
            "name": row["name"],
            "lat": float(row["lat"]),
            "lon": round(west + (float(row["lon"]) - west) % 360.0, 3),
            "contested": bool(row["contested"]),
        }
        for row in _table("countries")
    ]


def _array(geometries: list[shapely.Geometry]) -> Geometries:
    array = np.empty(len(geometries), dtype=object)
    array[:] = geometries
    return array
