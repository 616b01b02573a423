"""The vector basemap: land, water and lines from Natural Earth, cut to a map's extent, as short texts for its page.

Which lines are drawn is the worldview's matter (`geo.maps.worldview`). A line of or around a contested area is in the layer
``disputed``, never in ``borders``; ``contested`` says in words what is drawn for each such area.
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np
import shapely

from geo.layers.natural_earth import Geometries, geometries, records
from geo.maps import cutting
from geo.maps.coding import Path, encode
from geo.maps.cutting import HALF_TURN, NORTH_END, TURNS, Box, extent
from geo.maps.worldview import Boundaries, boundaries

STEPS = 7000
"""The larger side of the extent holds about this many tolerances: a screen's width, zoomed in three times."""
FINEST, COARSEST = 0.002, 0.06
"""The data's own tolerance, and the one for the whole world, in degrees."""
FILLED = frozenset({"land", "lakes", "world_land", "world_lakes"})
WORLD_QUANTUM = 2.0**-5
DIVISIONS_UP_TO = 45.0
"""First-level divisions are left out of extents with a larger side than this many degrees."""
OVERLAP = 0.01
"""The coarse land reaches under the detail by this part of the extent, so that no seam shows between them."""
RIVERS_UP_TO = {12.0: 10, 25.0: 8, 45.0: 7, 90.0: 6, math.inf: 4}
"""The least rank of rivers by the extent's larger side in degrees: 0 is the largest river, 10 a brook."""


def basemap(
    bounds: tuple[float, float, float, float], *, at: str | None = None, lines: Boundaries | None = None
) -> dict[str, Any]:
    """Give the layers of the basemap for a map.

    Parameters
    ----------
    bounds : tuple of float
        West, south, east, north in degrees (WGS 84) of what the map shows at first. West larger than east means that
        the map crosses the antimeridian; all longitudes of the result then run on past 180.
    at : str, optional
        An ISO 8601 date. Contested lines that stood only for a time are given when they stood at that date; without it
        all are given. It counts where no `lines` are given.
    lines : Boundaries, optional
        As `geo.maps.worldview.boundaries` gives them; the de-facto ones where left out.

    Returns
    -------
    dict
        Ready for JSON. Each layer is ``{"quantum": q, "paths": [text, ...]}``, a text as `geo.maps.coding.encode` writes it:
        a first point and steps in whole units of `q` degrees. `q` is a power of two, so that decoding is exact. A ring does
        not repeat its first point. Layers:

        - ``land``, ``lakes``: rings, filled by the even-odd rule and never stroked: the extent's edges are among them
        - ``rivers``: with ``ranks`` (0 to 10, large to small) and ``names`` (rows of their ``table``, Natural Earth's
          names, whose letters beyond ASCII got lost: for looking up alone) beside the paths
        - ``borders``: undisputed lines between countries
        - ``disputed``: lines of and around contested areas, to be dashed
        - ``divisions``: first-level lines; ``disputed_divisions``: the same inside contested areas, where they are one
          side's; both empty for large extents
        - ``world_land``, ``world_lakes``, ``world_rivers``, ``world_borders``, ``world_disputed``: coarse, for one turn of
          longitudes, without what the detail covers; drawn before the detail, so that panning out shows no void

        ``contested`` is a list of ``{"name", "drawn", "source"}`` within the extent; ``bounds`` the extent ``[west, south,
        east, north]`` that the detail covers; ``credit`` the words for the map's corner. The names on it are
        `geo.maps.context.context`'s.

    Examples
    --------
    >>> layers = basemap((5.0, 47.0, 9.0, 50.0))
    >>> layers["contested"]
    []
    >>> len(layers["borders"]["paths"]) > 0
    True
    """
    drawn = lines or boundaries(at=at)
    box = extent(bounds)
    tolerance = min(max(box.side / STEPS, FINEST), COARSEST)
    faint = 2 * tolerance if box.side <= DIVISIONS_UP_TO else math.inf
    detail = {
        "land": cutting.rings(geometries("land")[""], box, tolerance),
        "lakes": cutting.rings(geometries("lakes")[""], box, tolerance),
        "borders": cutting.lines(drawn.lines["border"], box, tolerance),
        "disputed": cutting.lines(drawn.lines["disputed"], box, tolerance),
        "divisions": cutting.lines(drawn.lines["division"], box, faint),
        "disputed_divisions": cutting.lines(drawn.lines["disputed_division"], box, faint),
    }
    quantum = 2.0 ** math.floor(math.log2(tolerance / 2))
    layers = {name: _layer(name, paths, quantum) for name, paths in detail.items()}
    around = {name: _layer(name, paths, WORLD_QUANTUM) for name, paths in _around(box, drawn).items()}
    notes = {
        "contested": _contested(box, drawn.contested),
        "bounds": [float(degrees) for degrees in box],
        "credit": drawn.credit,
    }
    return layers | {"rivers": _rivers(box, tolerance, quantum)} | around | notes


def _layer(name: str, paths: list[Path], quantum: float) -> dict[str, Any]:
    coded = encode(paths, quantum, least=3 if name in FILLED else 2)
    return {"quantum": quantum, "paths": [path for path in coded if path]}


def _rivers(box: Box, tolerance: float, quantum: float) -> dict[str, Any]:
    """Give the rivers down to a rank that the extent has room for; a name stands once, in a table."""
    shapes, columns = records("rivers")
    least = next(rank for side, rank in RIVERS_UP_TO.items() if box.side <= side)
    ranks = columns["kind"].astype(int)
    chosen = np.flatnonzero(ranks <= least)
    cut, owner = cutting.windowed(shapes[chosen], box)
    long = shapely.length(cut) > 2 * tolerance
    rows, parts = chosen[owner[long]], shapely.simplify(cut[long], tolerance)
    coded = encode(cutting.paths(parts), quantum)
    kept = [(path, int(ranks[row]), str(columns["river"][row])) for path, row in zip(coded, rows, strict=True) if path]
    names = sorted({name for _, _, name in kept})
    return {
        "quantum": quantum,
        "paths": [path for path, _, _ in kept],
        "ranks": [rank for _, rank, _ in kept],
        "names": [names.index(name) for _, _, name in kept],
        "table": names,
    }


def _around(box: Box, drawn: Boundaries) -> dict[str, list[Path]]:
    """Give the coarse world without the box: one turn of longitudes, around the box when it passes the antimeridian."""
    world = geometries("world")
    kinds: dict[str, Geometries] = {
        "world_land": world["land"],
        "world_lakes": world["lakes"],
        "world_rivers": world["rivers"],
        "world_borders": drawn.lines["world_border"],
        "world_disputed": drawn.lines["world_disputed"],
    }
    if box.is_world:
        return {name: [] for name in kinds}
    turn = Box(box.middle - HALF_TURN, -90.0, box.middle + HALF_TURN, NORTH_END)
    hole, under = shapely.box(*box), shapely.box(*_shrunk(box))
    given: dict[str, list[Path]] = {}
    for name, shapes in kinds.items():
        filled = name in FILLED
        rest = shapely.get_parts(shapely.difference(cutting.window(shapes, turn), under if filled else hole))
        kept = rest[~shapely.is_empty(rest)]
        given[name] = cutting.ring_paths(kept) if filled else cutting.paths(kept)
    return given


def _shrunk(box: Box) -> Box:
    by = OVERLAP * min(box.east - box.west, box.north - box.south)
    return Box(box.west + by, box.south + by, box.east - by, box.north - by)


def _contested(box: Box, rows: list[dict[str, str]]) -> list[dict[str, str]]:
    """Say what is drawn for each contested area within the box."""
    areas = shapely.from_wkt([row["wkt"] for row in rows])
    rectangles = [shapely.box(box.west - turn, box.south, box.east - turn, box.north) for turn in TURNS]
    within = np.any([shapely.intersects(areas, rectangle) for rectangle in rectangles], axis=0) if rows else []
    return [
        {key: row[key] for key in ("name", "drawn", "source")} for row, met in zip(rows, within, strict=True) if met
    ]
