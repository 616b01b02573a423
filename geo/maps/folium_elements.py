"""The page's ground and places as folium elements, for a `folium.Map` of one's own."""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Any

import folium
from branca.element import Element, MacroElement
from jinja2 import Template

from geo.errors import UsageError
from geo.maps.basemap import basemap
from geo.maps.bundle import ASSETS, element_script
from geo.maps.context import countries
from geo.maps.cutting import extent
from geo.maps.elements import packed_tables
from geo.maps.frame import USUAL, frame_values, is_frame
from geo.maps.interface import interface
from geo.maps.policy import escape_json
from geo.maps.tables import tabled

if TYPE_CHECKING:
    import geopandas as gpd

_VARIABLE = re.compile(r"--([a-z-]+):\s*([^;]+);")


class _Text(Element):
    """Text that goes into the page as it is."""

    def __init__(self, text: str) -> None:
        super().__init__()
        self.text = text

    def render(self, **_kwargs: Any) -> str:
        return self.text


class _Layer(MacroElement, ABC):
    """What both elements share: data in the page, the page's scripts once, and one call that adds the layers."""

    _template = Template("")

    def render(self, **_kwargs: Any) -> str:
        drawn: Any = self._parent
        figure: Any = self.get_root()
        if not isinstance(drawn, folium.Map):
            raise UsageError(f"{type(self).__name__} goes onto a folium.Map: .add_to(map)")
        kinds = [type(child) for child in drawn._children.values() if isinstance(child, _Layer)]  # noqa: SLF001 - branca has no public way
        if len(set(kinds)) < len(kinds):
            raise UsageError(f"a map takes one {type(self).__name__}; put all places into one")
        words = ("allonym-words", "application/json", escape_json(interface().for_page(())))
        for identity, kind, text in (words, *self.blocks()):
            block = f'<script type="{kind}" id="{identity}">{text}</script>'
            figure.html.add_child(_Text(block), name=identity)
        figure.script.add_child(_Text(element_script()), name="allonym_parts")
        parts = {"ground": Ground in kinds, "places": Places in kinds}
        call = f"window.allonymMap = allonymLayers({drawn.get_name()}, {escape_json(theme())}, {escape_json(parts)});"
        figure.script.add_child(_Text(call), name="zz_allonym_call")
        return ""

    @abstractmethod
    def blocks(self) -> list[tuple[str, str, str]]:
        """Give the data: ids, kinds and texts of the page's elements for them."""


class Ground(_Layer):
    """The page's basemap under a folium map: land, waters and lines, contested ones dashed, with no tiles from the network.

    Parameters
    ----------
    bounds : tuple of float
        West, south, east, north in degrees of what is to be shown in detail.

    Examples
    --------
    >>> import folium
    >>> mine = folium.Map([40, 46], zoom_start=7, tiles=None)
    >>> under = Ground((43.0, 38.0, 49.0, 42.0)).add_to(mine)
    >>> "allonym-basemap" in mine.get_root().render()
    True
    """

    def __init__(self, bounds: tuple[float, float, float, float]) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self.bounds = bounds

    def blocks(self) -> list[tuple[str, str, str]]:
        """Give the basemap."""
        under = {**basemap(self.bounds), "countries": countries(extent(self.bounds))}
        return [("allonym-basemap", "application/json", escape_json(under))]


class Places(_Layer):
    """Reported places on a folium map, on one canvas: signs of all who claim something, names that do not overlap, counts.

    Parameters
    ----------
    data : mapping or geopandas.GeoDataFrame
        What `geo.Map` takes: the page's values, or one row a reported location.
    **columns
        Names of a GeoDataFrame's columns: ``name``, ``claimants``, ``text``, ``date``, ...
    """

    def __init__(self, data: Mapping[str, Any] | gpd.GeoDataFrame, **columns: Any) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        unknown = set(columns) - set(USUAL)
        if unknown:
            raise UsageError(f"{', '.join(sorted(unknown))}: expected names of columns, {' '.join(USUAL)}")
        frame: Any = data
        told: Any = columns
        values = frame_values(frame, told) if is_frame(data) else dict(frame)
        self.values = values if "tables" in values else tabled(values)

    def blocks(self) -> list[tuple[str, str, str]]:
        """Give the tables."""
        heads, texts = packed_tables(self.values["tables"])
        head = escape_json({**self.values, "tables": heads, "overlays": [], "tiles": None, "page_notes": []})
        packed = [(identity, "text/plain", text) for identity, text in texts.items()]
        return [("allonym-data", "application/json", head), *packed]


@cache
def theme() -> dict[str, str]:
    """Give the page's colours and fonts by day, by the names that its scripts use."""
    first = (ASSETS / "page.css").read_text(encoding="utf-8").partition("}")[0]
    found = _VARIABLE.findall(first)
    return {
        re.sub(r"-([a-z])", lambda hit: hit.group(1).upper(), name): " ".join(value.split()) for name, value in found
    }
