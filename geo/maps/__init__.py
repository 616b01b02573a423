"""Draw: layers become a Folium page."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.maps.elements import unpack_page
    from geo.maps.folium_elements import Ground, Places
    from geo.maps.map import Map
    from geo.maps.page import render

__all__ = ["Ground", "Map", "Places", "render", "unpack_page"]

_WHERE = {
    "Ground": "geo.maps.folium_elements",
    "Map": "geo.maps.map",
    "Places": "geo.maps.folium_elements",
    "render": "geo.maps.page",
    "unpack_page": "geo.maps.elements",
}


def __getattr__(name: str) -> Any:
    """Load folium only when a map is wanted."""
    if name not in _WHERE:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_WHERE[name]), name)
