"""Draw: layers become a Folium page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.maps.map import Map
    from geo.maps.page import render

__all__ = ["Map", "render"]


def __getattr__(name: str) -> Any:
    """Load folium only when a map is wanted."""
    if name == "Map":
        from geo.maps.map import Map  # noqa: PLC0415

        return Map
    if name == "render":
        from geo.maps.page import render  # noqa: PLC0415

        return render
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
