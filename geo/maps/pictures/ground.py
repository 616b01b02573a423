"""Land, waters and lines under a picture, from the page's basemap, in the page's colours."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import numpy as np
import shapely

from geo.maps.coding import Path, decode
from geo.maps.pictures.canvas import Canvas
from geo.maps.pictures.frame import Frame

LAND, WATER, COAST, RIVER = "#f5f2ea", "#d3e1e8", "#9fb7c4", "#9dbccb"
BORDER, DIVISION = "#8d857a", "#d5cec0"
LINES = (
    ("divisions", DIVISION, 0.6, (), 5.0),
    ("disputed_divisions", DIVISION, 0.6, (1.6, 2.4), 5.0),
    ("borders", BORDER, 0.85, (), 0.0),
    ("disputed", BORDER, 0.95, (3.8, 3.0), 0.0),
)
"""Layer, colour, width, dash and least zoom of the lines, as on the page."""
RIVER_WIDTHS = (1.4, 1.35, 1.2, 1.05, 0.9, 0.8, 0.75, 0.68, 0.6, 0.52, 0.52)
RIVERS_FROM = (1.0, 1.5, 2.0, 3.0, 3.75, 4.5, 5.0, 5.75, 6.5, 7.25, 8.0)
"""By rank, where rivers are drawn in full, and the zoom from which they are drawn."""
EDGE = 4
"""Steps of the grid: longer straight lines along a meridian or parallel are cuts and no coast."""
TOLERANCE = 0.12
"""Points on the sheet that a line may be off: less than print shows."""
LAKE_SHORES_FROM = 4.0


def draw_ground(canvas: Canvas, frame: Frame, basemap: Mapping[str, Any], *, faint: bool = False) -> None:
    """Draw what lies under the places; `faint` leaves out rivers and divisions, for a small map.

    Parameters
    ----------
    canvas : Canvas
    frame : Frame
    basemap : mapping
        As `geo.maps.basemap.basemap` gives it, of the frame's bounds.
    faint : bool
    """
    canvas.clip(frame.box)
    canvas.box(frame.box, facecolor=WATER, edgecolor="none")
    canvas.fill(_areas(frame, basemap["land"]), color=LAND)
    if not faint:
        _draw_rivers(canvas, frame, basemap["rivers"])
    canvas.fill(_areas(frame, basemap["lakes"]), color=WATER)
    _draw_coast(canvas, frame, basemap["land"])
    if frame.zoom >= LAKE_SHORES_FROM:
        _draw_coast(canvas, frame, basemap["lakes"])
    for name, colour, width, dash, least in LINES:
        if frame.zoom >= least and not (faint and colour == DIVISION):
            drawn = [_line(frame, path) for path in decode(basemap[name])]
            if drawn:
                canvas.segments(drawn, edgecolor=colour, linewidth=width * (0.7 if faint else 1), dash=dash)
    canvas.clip(None)


def areas(rings: list[Path]) -> Any:
    """Give the polygons that rings enclose by the even-odd rule: rings within rings are holes."""
    shells = np.array([shapely.make_valid(shapely.Polygon(ring)) for ring in rings if len(ring) > 2], dtype=object)  # noqa: PLR2004 - a ring has three corners
    shells = shells[shapely.area(shells) > 0] if len(shells) else shells
    if not len(shells):
        return shells
    inside, around = shapely.STRtree(shells).query(shapely.point_on_surface(shells), predicate="within")
    sizes = shapely.area(shells)
    larger = sizes[around] > sizes[inside]  # a ring's own point may lie in one of its holes
    inside, around = inside[larger], around[larger]
    depth = np.bincount(inside, minlength=len(shells))
    made = []
    for number in np.flatnonzero(depth % 2 == 0):
        holes = inside[(around == number) & (depth[inside] == depth[number] + 1)]
        made.append(
            shapely.difference(shells[number], shapely.union_all(shells[holes])) if len(holes) else shells[number]
        )
    return np.array(made, dtype=object)


def _areas(frame: Frame, layer: dict[str, Any]) -> Any:
    return shapely.simplify(frame.drawn(areas(decode(layer))), TOLERANCE)


def _line(frame: Frame, path: Path) -> Path:
    return shapely.get_coordinates(shapely.simplify(shapely.linestrings(frame.spots(path)), TOLERANCE))


def _draw_coast(canvas: Canvas, frame: Frame, layer: dict[str, Any]) -> None:
    pieces = [_line(frame, piece) for ring in decode(layer) for piece in _shores(ring, EDGE * layer["quantum"])]
    if pieces:
        canvas.segments(pieces, edgecolor=COAST, linewidth=0.6, joinstyle="round")


def _shores(ring: Path, longest: float) -> list[Path]:
    """Give a ring as lines without the straight cuts at the edges of the extent and along the antimeridian."""
    closed = np.vstack([ring, ring[:1]])
    moves = np.abs(np.diff(closed, axis=0))
    turn = (moves[:, 0] == 0) & (np.abs(np.abs(closed[1:, 0]) % 360 - 180) < 1e-9)  # noqa: PLR2004 - half a turn
    cut = turn | ((moves.min(axis=1) == 0) & (moves.max(axis=1) > longest))
    return [piece for piece in np.split(closed, np.flatnonzero(cut) + 1) if len(piece) > 1]


def _draw_rivers(canvas: Canvas, frame: Frame, rivers: dict[str, Any]) -> None:
    by_rank: dict[int, list[Path]] = {}
    for path, rank in zip(decode(rivers), rivers["ranks"], strict=True):
        by_rank.setdefault(rank, []).append(_line(frame, path))
    for rank, drawn in sorted(by_rank.items()):
        nearer = frame.zoom - RIVERS_FROM[rank]
        if nearer >= 0:
            width = RIVER_WIDTHS[rank] * max(0.55, min(1.3, 0.55 + nearer * 0.18))
            canvas.segments(drawn, edgecolor=RIVER, linewidth=width, capstyle="round", joinstyle="round")
