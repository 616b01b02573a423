"""A folium map whose page opens with no network, makes equal bytes of equal layers and runs no script but its own."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any, Literal

import folium
from branca.element import Element, Figure

from geo.errors import UsageError
from geo.gazetteer.gazetteer import Gazetteer
from geo.maps.extent import first_extent
from geo.maps.fonts import font_faces
from geo.maps.foreign import render_foreign
from geo.maps.frame import USUAL, Columns, frame_values, is_frame
from geo.maps.ground import ground
from geo.maps.notebook import framed
from geo.maps.overlays import is_data, overlays
from geo.maps.page import Extra, render
from geo.maps.shown_texts import shown_texts

if TYPE_CHECKING:
    from collections.abc import Mapping

    import geopandas as gpd

EMPTY: dict[str, Any] = {
    "reports": [],
    "parties": {},
    "sources": {},
    "places": [],
    "mentions": [],
    "areas": {"type": "FeatureCollection", "features": []},
}
"""The values of a map without any report."""


class Map(folium.Map):
    """A folium map for reported, contested places.

    Parameters
    ----------
    data : mapping or geopandas.GeoDataFrame, optional
        The map's values as docs/architecture.md has them under "The page", or a table with one row a reported location.
    basemap : mapping or "auto", optional
        Land, lakes and lines as `geo.maps.basemap.basemap` gives them; "auto" cuts them to what the map shows and names
        countries, towns and waters on them, None leaves them out.
    tiles : mapping, optional
        A provider of xyzservices or ``{"url": ..., "attribution": ...}``; none by default: the page makes no request.
    title : str, optional
        The page's title where `data` have none.
    trust_scripts : bool
        Whether elements that bring scripts of their own (most of folium's, but not GeoJson) are let in.
        docs/page-security.md says what that means.
    **options
        What `folium.Map` takes: ``location``, ``zoom_start``, ``min_zoom``, ``max_zoom``, ...; for a GeoDataFrame also
        the names of its columns (``name``, ``text``, ``date``, ``claimants``, ``events``, ``outlet``, ``url``, ``flags``,
        ``confidence``, ``precision_m``; otherwise the usual names are looked for) and ``parties``, what is known of claimants.

    Examples
    --------
    >>> import folium
    >>> page = Map(title="A border")
    >>> line = {"type": "LineString", "coordinates": [[46.0, 39.5], [47.0, 40.0]]}
    >>> layer = folium.GeoJson(line, name="A line").add_to(page)
    >>> html = page.get_root().render()
    >>> "A line" in html, "https://cdn" in html
    (True, False)
    """

    def __init__(
        self,
        data: Mapping[str, Any] | gpd.GeoDataFrame | None = None,
        *,
        basemap: Mapping[str, Any] | Literal["auto"] | None = "auto",
        tiles: Mapping[str, Any] | None = None,
        title: str = "",
        trust_scripts: bool = False,
        **options: Any,
    ) -> None:
        columns: Any = {told: options.pop(told) for told in USUAL if told in options}
        parties = options.pop("parties", None)
        super().__init__(tiles=None, **options)
        self.data: Mapping[str, Any] | None = _values(data, columns, parties)
        self.basemap = basemap
        self.tiles = tiles
        self.title = title
        self.trust_scripts = trust_scripts
        self._view = (
            None if options.get("location") is None else {"center": self.location, "zoom": self.options["zoom"]}
        )
        Page().add_child(self)

    def _repr_html_(self, **_kwargs: Any) -> str:
        """Show the page in a notebook, in a frame of its own."""
        return framed(self.get_root().render(), title=self.page_data()["meta"]["title"])

    def page_data(self) -> dict[str, Any]:
        """Give the values that the page is drawn from."""
        data = dict(self.data or {})
        data |= {} if "tables" in data else {key: value for key, value in EMPTY.items() if key not in data}
        meta = data.get("meta", {})
        meta = {**meta, "title": meta.get("title") or self.title}
        return {**data, "meta": meta} | ({"view": self._view} if self._view else {})

    def page_ground(self, data: Mapping[str, Any]) -> tuple[Mapping[str, Any] | None, str]:
        """Give the basemap, cut to the places, to the bounds of the elements or to the chosen centre, and a note on its lines."""
        if self.basemap != "auto":
            return self.basemap, ""
        if self.tiles:
            return None, ""
        bounds = first_extent(data) or self._elements_extent() or (-180.0, -85.0, 180.0, 85.0)
        under = ground(data, bounds=bounds, gazetteer=Gazetteer.open())
        return under.basemap, under.note

    def _elements_extent(self) -> tuple[float, float, float, float] | None:
        (south, west), (north, east) = self.get_bounds()
        corners = [] if None in (south, west, north, east) else [(south, west), (north, east)]
        if self._view:
            corners.append((self.location[0], self.location[1]))
        return first_extent({"places": [{"lat": lat, "lon": lon, "role": None} for lat, lon in corners]})


def explore(frame: gpd.GeoDataFrame, **options: Any) -> Map:
    """Draw a GeoDataFrame of reported locations as a page that opens with no network and stays quick with a million rows.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        One row a reported location. Rows of one name at one point are one place.
    **options
        What `Map` takes: names of columns, ``title``, ``basemap``, ``tiles``, ``location``, ...

    Returns
    -------
    Map
        Shows itself in a notebook; ``.save("map.html")`` writes it.

    Examples
    --------
    >>> import geopandas as gpd
    >>> towns = gpd.points_from_xy([46.75, 46.75], [39.76, 39.82])
    >>> said = {"town": ["Shushi", "Stepanakert"], "side": ["am-mod", "az-mod; un"], "day": ["2020-10-03", "2020-10"]}
    >>> page = explore(gpd.GeoDataFrame(said, geometry=towns, crs=4326), name="town", claimants="side", date="day")
    >>> "2 places, 2 reports" in page.get_root().render()
    True
    """
    return Map(frame, **options)


def _values(
    data: Mapping[str, Any] | gpd.GeoDataFrame | None, columns: Columns, parties: Mapping[str, Mapping[str, str]] | None
) -> Mapping[str, Any] | None:
    if is_frame(data):
        frame: Any = data
        return frame_values(frame, columns, parties=parties)
    if columns or parties:
        given = ", ".join([*columns, *(["parties"] if parties else [])])
        raise UsageError(f"{given}: these name columns of a GeoDataFrame; give one as the map's data")
    values: Any = data
    return values  # type: ignore[no-any-return]


class Page(Figure):
    """The figure of a `Map`: branca's frame, written as Allonym's page."""

    def render(self, **_kwargs: Any) -> str:
        """Write the page.

        Raises
        ------
        UsageError
            When an element brings scripts of its own and the map does not trust them.
        """
        drawn = next(child for child in self._children.values() if isinstance(child, Map))
        children = list(drawn._children.values())  # noqa: SLF001 - branca has no public way to the children
        foreign = [child for child in children if not is_data(child)]
        extra = self._let_in(drawn, foreign)
        data = drawn.page_data()
        basemap, note = drawn.page_ground(data)
        data["meta"] |= {"boundaries": note} if note else {}
        faces = font_faces(shown_texts(data, basemap))
        return render(
            data,
            basemap=basemap,
            tiles=drawn.tiles,
            overlays=[layer for child in children if is_data(child) for layer in overlays(child)],
            extra=replace(extra, styles=(faces, *extra.styles)),
        )

    def _let_in(self, drawn: Map, foreign: list[Element]) -> Extra:
        added = [child for child in self._added() if child.render().strip()]
        if not foreign and not added:
            return Extra()
        if not drawn.trust_scripts:
            name = type((foreign or added)[0]).__name__
            raise UsageError(
                f"{name} brings a script or markup of its own, which the page's policy keeps out; add a folium.GeoJson"
                " instead, or let it in with Map(trust_scripts=True)"
            )
        return render_foreign(self, foreign, drawn.get_name())

    def _added(self) -> list[Element]:
        parts = (self.header, self.html, self.script)
        return [
            child
            for part in parts
            for name, child in part._children.items()  # noqa: SLF001
            if name != "meta_http"
        ]
