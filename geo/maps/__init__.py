"""Draw: layers become a Folium page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from geo.maps.elements import unpack_page
    from geo.maps.map import Map
    from geo.maps.page import render

__all__ = ["Map", "render", "unpack_page"]


def __getattr__(name: str) -> Any:
    """Load folium only when a map is wanted."""
    if name == "Map":
        from geo.maps.map import Map  # noqa: PLC0415

        return Map
    if name == "render":
        from geo.maps.page import render  # noqa: PLC0415

        return render
    if name == "unpack_page":
        from geo.maps.elements import unpack_page  # noqa: PLC0415

        return unpack_page
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
