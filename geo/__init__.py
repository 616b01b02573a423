"""Turns reports into maps of the places that they name, and keeps every side's names.

`import geo` is cheap: what needs geopandas or folium is loaded when it is first used.
"""

from importlib import import_module
from typing import Any

_WHERE = {
    "Gazetteer": "geo.gazetteer.gazetteer",
    "Geocoder": "geo.geocoder",
    "Layers": "geo.layers.frames",
    "Map": "geo.maps.map",
    "Report": "geo.reports.report",
    "build": "geo.api",
    "explore": "geo.maps.map",
    "geocode": "geo.api",
    "names": "geo.api",
    "parse": "geo.api",
    "read": "geo.api",
    "render": "geo.api",
}

__all__ = [
    "Gazetteer",
    "Geocoder",
    "Layers",
    "Map",
    "Report",
    "build",
    "explore",
    "geocode",
    "names",
    "parse",
    "read",
    "render",
]


def __getattr__(name: str) -> Any:
    """Load what is asked for."""
    if name not in _WHERE:
        raise AttributeError(f"module 'geo' has no attribute {name!r}")
    return getattr(import_module(_WHERE[name]), name)


def __dir__() -> list[str]:
    """Name what is on offer."""
    return sorted(_WHERE)
