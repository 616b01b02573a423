"""Whose boundaries a map draws: de facto, none, the United Nations', a state's point of view, or those of a file."""

from __future__ import annotations

import csv
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
import shapely
from numpy.typing import NDArray

from geo.errors import UsageError
from geo.files import data_folder
from geo.gazetteer import edtf
from geo.layers.natural_earth import Geometries, records
from geo.maps.boundary_files import Feature

DE_FACTO, NONE, UN = "de-facto", "none", "un"
ISO = "ISO"
"""How Natural Earth calls the point of view of the United Nations' member states."""
ALL = "all"
"""In the table of lines: no point of view but the de-facto one has the line as a border."""
KINDS = ("border", "disputed", "division", "disputed_division")
PLAIN_CLASS = "international boundary"
NO_BORDER = ("unrecognized", "admin-1", "map unit")
DASHED = "Contested lines are dashed under every worldview; to draw a line is to take no position on it."
SAID = "The lines of it that this worldview has are dashed."


@dataclass(frozen=True, slots=True, kw_only=True)
class Boundaries:
    """The lines of a map, and what its method panel says of them.

    Attributes
    ----------
    lines : dict of str to numpy.ndarray
        Geometries by kind: ``border``, ``disputed``, ``division``, ``disputed_division``, as the basemap draws them;
        ``world_border`` and ``world_disputed``, the same in outline.
    note, credit : str
        A sentence for the method panel, a few words for the map's corner.
    contested : list of dict
        ``name``, ``drawn``, ``source``, ``wkt`` of each contested area of which lines are drawn.
    """

    lines: dict[str, Geometries]
    note: str
    credit: str
    contested: list[dict[str, str]]


def boundaries(worldview: str = DE_FACTO, *, given: Sequence[Feature] = (), at: str | None = None) -> Boundaries:
    """Give the boundaries of a worldview.

    A line of or around a contested area is never among the plain ones, whatever the worldview or the file says.

    Parameters
    ----------
    worldview : str
        ``de-facto``, ``none``, ``un``, or a point of view of Natural Earth such as ``ua``, ``in`` or ``cn``.
    given : sequence of Feature
        Boundary lines of files, which stand in place of the package's.
    at : str, optional
        A date (EDTF): lines that stood for a time are left out where it does not touch that time.

    Raises
    ------
    UsageError
        For a worldview that is none of these.

    Examples
    --------
    >>> {kind: len(lines) for kind, lines in boundaries("none").lines.items() if len(lines)}
    {}
    >>> boundaries("de-facto").note
    'De-facto lines of Natural Earth (1:10m). Contested lines are dashed ...'
    """
    if worldview == NONE:
        empty = np.empty(0, dtype=object)
        kinds = (*KINDS, "world_border", "world_disputed")
        return Boundaries(lines=dict.fromkeys(kinds, empty), note="No borders are drawn.", credit="", contested=[])
    at = at and at[:10]
    view = ISO if worldview == UN else "" if worldview == DE_FACTO else worldview.upper()
    known = {*_views(), *(key for feature in given for key in feature.classes)}
    if view and view not in known:
        raise UsageError(
            f"no worldview {worldview!r}; there are {DE_FACTO}, {NONE}, {UN}, "
            f"{', '.join(sorted(key.lower() for key in known - {ISO}))}, and those of a file that you give"
        )
    lines = _given(given, view, at) if given else _packaged(view)
    added = [row["geometry"] for row in _added_lines() if _is_drawn(row, view, at) and not given]
    for kind in ("disputed", "world_disputed"):
        lines[kind] = np.concatenate([lines[kind], _array(added)])
    return Boundaries(
        lines=lines,
        note=f"{_sentence(worldview, given, at)} {DASHED}",
        credit=f"{_credit(worldview, given)}; contested lines dashed",
        contested=[row if not view and not given else row | {"drawn": SAID} for row in areas() if row["drawn"]],
    )


def areas() -> list[dict[str, str]]:
    """Give the rows of the table of contested areas."""
    return list(_table("disputed_areas"))


def contested_ground() -> shapely.Geometry:
    """Give all contested areas as one shape, in degrees; wide enough for the lines of and around them."""
    return _ground()


def _sentence(worldview: str, given: Sequence[Feature], at: str | None) -> str:
    names = ", ".join(dict.fromkeys(feature.file for feature in given))
    whose = {
        DE_FACTO: "De-facto lines",
        UN: "Lines between member states of the United Nations (the point of view ISO)",
    }.get(worldview, f"Lines as Natural Earth records them from the point of view {worldview.upper()}")
    dated = f" as of {at}" if at and any(feature.since or feature.until for feature in given) else ""
    return f"{whose}{dated} of the file {names}." if given else f"{whose} of Natural Earth (1:10m)."


def _credit(worldview: str, given: Sequence[Feature]) -> str:
    whose = "de facto" if worldview == DE_FACTO else "UN member states" if worldview == UN else worldview.upper()
    return f"Lines: {given[0].file if given else 'Natural Earth'}, {whose}"


def _packaged(view: str) -> dict[str, Geometries]:
    found: dict[str, Geometries] = {}
    for file, prefix in (("lines", ""), ("world", "world_")):
        shapes, columns = records(file)
        shown = np.array([_shows(hidden, view) for hidden in columns["hidden"]])
        for kind in KINDS if not prefix else KINDS[:2]:
            found[prefix + kind] = shapes[shown & (columns["kind"] == kind)]
        if not prefix:
            # What parts two sides but no two states is one side's division under a point of view.
            parted = shapes[~shown & (columns["hidden"] == ALL)]
            found["disputed_division"] = np.concatenate([found["disputed_division"], parted])
    return found


def _shows(hidden: str, view: str) -> bool:
    return not view or (view not in hidden.split() and hidden != ALL)


@cache
def _views() -> frozenset[str]:
    return frozenset(view for hidden in set(records("lines")[1]["hidden"]) for view in str(hidden).split()) - {ALL}


def _given(given: Sequence[Feature], view: str, at: str | None) -> dict[str, Geometries]:
    """Sort the lines of files; a line is plain only where nobody's class of it and no contested area speaks against it."""
    plain: list[shapely.Geometry] = []
    dashed: list[shapely.Geometry] = []
    for feature in given:
        kind = feature.classes.get(view) or feature.classes.get("") or PLAIN_CLASS
        if kind.startswith(NO_BORDER) or not edtf.contains(feature.since, feature.until, at or ""):
            continue
        agreed = all(other.startswith(PLAIN_CLASS) for other in feature.classes.values() if other)
        (plain if agreed else dashed).append(feature.geometry)
    ground = contested_ground()
    rest = shapely.get_parts(shapely.difference(_array(plain), ground))
    within = shapely.get_parts(shapely.intersection(_array(plain), ground))
    lines = {"border": _lines_only(rest), "disputed": _lines_only(np.concatenate([within, _parts(dashed)]))}
    packaged = _packaged(view)
    return {**packaged, **lines, **{f"world_{kind}": shapes for kind, shapes in lines.items()}}


def _lines_only(shapes: Geometries) -> Geometries:
    kept: NDArray[np.bool_] = (shapely.get_type_id(shapes) == shapely.GeometryType.LINESTRING) & ~shapely.is_empty(
        shapes
    )
    return shapes[kept]


def _parts(shapes: list[shapely.Geometry]) -> Geometries:
    return shapely.get_parts(_array(shapes))


def _table(name: str) -> Iterator[dict[str, str]]:
    path: Path = data_folder() / "basemap" / f"{name}.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        yield from csv.DictReader(stream)


@cache
def _ground() -> shapely.Geometry:
    ground = shapely.union_all(shapely.from_wkt([row["wkt"] for row in areas()]))
    shapely.prepare(ground)
    return ground


@cache
def _added_lines() -> list[dict[str, object]]:
    return [{**row, "geometry": shapely.from_wkt(row["wkt"])} for row in _table("disputed_lines")]


def _is_drawn(row: dict[str, object], view: str, at: str | None) -> bool:
    stands = at is None or (str(row["from"]) <= at and (not row["to"] or at < str(row["to"])))
    return stands and (not view or bool(row["states"]))


def _array(geometries: Sequence[object]) -> Geometries:
    array = np.empty(len(geometries), dtype=object)
    array[:] = geometries
    return array
