"""Disputed areas and dated lines of given files as layers of the page, switched on and off in its key."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import shapely
from shapely.geometry import mapping
from shapely.geometry.base import BaseGeometry

from geo.gazetteer.gazetteer import Gazetteer
from geo.maps.boundary_files import Feature

FIELDS = ({"key": "name", "label": "Area"}, {"key": "when", "label": "Time"}, {"key": "source", "label": "Source"})
STYLE = {"color": "#7a5195", "weight": 1.4, "dashArray": "2 4", "fillColor": "#7a5195", "fillOpacity": 0.07}
TOLERANCE, GRID = 0.001, 1e-4
"""In degrees: areas are laid over the map for orientation."""


def area_overlays(features: Sequence[Feature], gazetteer: Gazetteer) -> tuple[list[dict[str, Any]], list[str]]:
    """Give one layer a file, and the files' names.

    A name is the gazetteer's where it knows an area of that name there, so that a contested one has both sides' forms;
    no state is named as an area's holder.

    Parameters
    ----------
    features : sequence of Feature
    gazetteer : Gazetteer
    """
    files = list(dict.fromkeys(feature.file for feature in features))
    return [_overlay(file, [f for f in features if f.file == file], gazetteer) for file in files], files


def _overlay(file: str, features: Sequence[Feature], gazetteer: Gazetteer) -> dict[str, Any]:
    return {
        "name": file.rpartition(".")[0] or file,
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
