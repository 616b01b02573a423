"""folium's GeoJson layers as data, so that the page draws them without a script of theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import folium

if TYPE_CHECKING:
    from collections.abc import Iterator

_CARRIED_CHILDREN = (folium.GeoJsonPopup, folium.GeoJsonTooltip)


def is_data(element: Any) -> bool:
    """Tell whether the page can draw a folium element from its data alone.

    True for `folium.GeoJson` (style functions, GeoJsonPopup and GeoJsonTooltip included), for a `folium.FeatureGroup`
    that holds nothing else, and for `folium.LayerControl`, whose work the page's key does.
    """
    if isinstance(element, folium.LayerControl):
        return True
    if isinstance(element, folium.FeatureGroup):
        return all(map(is_data, element._children.values()))  # noqa: SLF001 - branca has no public way to the children
    if not isinstance(element, folium.GeoJson) or element.on_each_feature or element.marker or not element.embed:
        return False
    return all(isinstance(child, _CARRIED_CHILDREN) for child in element._children.values())  # noqa: SLF001


def overlays(element: Any) -> Iterator[dict[str, Any]]:
    """Give the layers that an element, for which `is_data` is true, stands for.

    Yields
    ------
    dict
        ``name``, ``data`` (a FeatureCollection), ``styles`` (one a feature), ``popup`` and ``tooltip`` (lists of
        ``{"key", "label"}``), ``show``.
    """
    if isinstance(element, folium.GeoJson):
        features = _features(element.data)
        children = element._children.values()  # noqa: SLF001
        yield {
            "name": element.layer_name if element.layer_name != element.get_name() else "Layer",
            "show": bool(element.show),
            "data": {"type": "FeatureCollection", "features": features},
            "styles": [element.style_function(feature) for feature in features] if element.style else [],
            "popup": [
                field for child in children if isinstance(child, folium.GeoJsonPopup) for field in _fields(child)
            ],
            "tooltip": [
                field for child in children if isinstance(child, folium.GeoJsonTooltip) for field in _fields(child)
            ],
        }
    elif isinstance(element, folium.FeatureGroup):
        for child in element._children.values():  # noqa: SLF001
            yield from overlays(child)


def _features(data: dict[str, Any]) -> list[dict[str, Any]]:
    if data.get("type") == "FeatureCollection":
        return list(data["features"])
    if data.get("type") == "Feature":
        return [data]
    return [{"type": "Feature", "properties": {}, "geometry": data}]


def _fields(detail: Any) -> list[dict[str, str]]:
    aliases = detail.aliases or detail.fields
    return [{"key": str(key), "label": str(label)} for key, label in zip(detail.fields, aliases, strict=True)]
