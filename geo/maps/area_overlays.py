"""Disputed areas and dated lines of given files as layers of the page, switched on and off in its key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from geo.gazetteer.gazetteer import Gazetteer
from geo.maps.boundary_files import Feature
from geo.maps.cutting import TURNS, Box

FIELDS = ({"key": "name", "label": "Area"}, {"key": "when", "label": "Time"}, {"key": "source", "label": "Source"})
STYLE = {"color": "#7a5195", "weight": 1.4, "dashArray": "2 4", "fillColor": "#7a5195", "fillOpacity": 0.07}
TOLERANCE, GRID = 0.001, 1e-4
"""In degrees: areas are laid over the map for orientation."""


def area_overlays(
    features: Sequence[Feature], gazetteer: Gazetteer, box: Box
) -> tuple[list[dict[str, Any]], list[str]]:
    """Give one layer a file, and the files' names: what of them lies in the extent of the map.

    A name is the gazetteer's where it knows an area of that name there, so that a contested one has both sides' forms;
    no state is named as an area's holder.

    Parameters
    ----------
    features : sequence of Feature
    gazetteer : Gazetteer
    box : Box
        The extent of the map's detail.
    """
    features = [feature for feature in features if _meets(feature, box)]
    files = list(dict.fromkeys(feature.file for feature in features))
    return [
        _overlay(file, [f for f in features if f.file == file], gazetteer, alone=len(files) == 1) for file in files
    ], files


def _meets(feature: Feature, box: Box) -> bool:
    west, south, east, north = shapely.bounds(feature.geometry)
    crosses = any(west + turn <= box.east and east + turn >= box.west for turn in TURNS)
    return bool(crosses and south <= box.north and north >= box.south)


def _overlay(file: str, features: Sequence[Feature], gazetteer: Gazetteer, *, alone: bool) -> dict[str, Any]:
    kind = "Disputed areas" if any(f.geometry.geom_type.endswith("Polygon") for f in features) else "Disputed lines"
    return {
        "name": kind if alone else f"{kind} ({file})",
        "show": True,
        "data": {
            "type": "FeatureCollection",
            "features": [
                {
                    "type": "Feature",
                    "properties": {
                        "name": _neutral(feature, gazetteer),
                        "when": _when(feature),
                        "from": feature.since,
                        "to": feature.until,
                        "source": feature.source if feature.source == file else f"{feature.source} ({file})",
                    },
                    "geometry": _drawn(feature.geometry),
                }
                for feature in features
            ],
        },
        "styles": [
            STYLE if feature.geometry.geom_type.endswith("Polygon") else {**STYLE, "fill": False}
            for feature in features
        ],
        "popup": [*FIELDS],
        "tooltip": [],
    }


def _drawn(geometry: BaseGeometry) -> dict[str, Any]:
    simple: Any = shapely.set_precision(shapely.simplify(geometry, TOLERANCE), GRID)
    return dict(mapping(simple))


def _neutral(feature: Feature, gazetteer: Gazetteer) -> str:
    if not feature.name:
        return "Not named"
    west, south, east, north = shapely.bounds(feature.geometry)
    known = (match.place for match in gazetteer.lookup(feature.name))
    areas = (place for place in known if not place.feature_code.startswith("PPL"))
    within = (place for place in areas if west <= place.lon <= east and south <= place.lat <= north)
    return next((place.name for place in within), feature.name)


def _when(feature: Feature) -> str:
    if feature.since and feature.until not in ("", ".."):
        return f"{feature.since} to {feature.until}"
    if feature.since:
        return f"since {feature.since}"
    return f"until {feature.until}" if feature.until not in ("", "..") else "not dated"
