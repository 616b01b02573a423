"""The ground under a map of reports: basemap, names around the places, boundaries of a worldview, areas of given files."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from geo.gazetteer.gazetteer import Gazetteer
from geo.maps.area_overlays import area_overlays
from geo.maps.basemap import basemap
from geo.maps.boundary_files import Feature, read_boundaries
from geo.maps.context import context
from geo.maps.cutting import extent
from geo.maps.worldview import DE_FACTO, NONE, Boundaries, boundaries

Bounds = tuple[float, float, float, float]
NOT_SHOWN = ("setting", "actor")
"""Roles whose places a page does not open on: a town among them keeps its name on the ground."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ground:
    """What lies under a map: the ``basemap`` of its page, ``overlays`` over that, and a ``note`` on the boundaries."""

    basemap: dict[str, Any]
    overlays: list[dict[str, Any]]
    note: str


def ground(
    data: Mapping[str, Any],
    *,
    bounds: Bounds,
    gazetteer: Gazetteer,
    worldview: str = DE_FACTO,
    files: Sequence[Path] = (),
    at: str | None = None,
) -> Ground:
    """Give the ground of a page.

    Parameters
    ----------
    data : mapping
        The page's values; names are given in the languages that labels of its places have.
    bounds : tuple of float
        West, south, east, north in degrees of what the page shows at first.
    gazetteer : Gazetteer
    worldview : str
        As `geo.maps.worldview.boundaries` takes it.
    files : sequence of Path
        Boundary lines and disputed areas, as `geo.maps.boundary_files` reads them.
    at : str, optional
        The date (ISO 8601) at which dated lines are drawn.

    Raises
    ------
    UsageError
        For a worldview that does not exist.
    DataError
        For a file that cannot be used.
    """
    places = data.get("places", ())  # a GeoDataFrame's have neither names in languages nor numbers in the gazetteer
    features = read_boundaries(files)
    lines = _lines(worldview, features, at)
    layers = basemap(bounds, lines=lines)
    named = context(
        extent(bounds),
        gazetteer,
        languages={key for place in places for key in place["labels"]},
        leave_out={place["id"] for place in places if place["role"] not in NOT_SHOWN},
        rivers=layers["rivers"]["table"],
    )
    if worldview == NONE:
        named["countries"] = _uncontested(named["countries"])
    overlays, sources = area_overlays(
        [feature for feature in features if not feature.is_boundary], gazetteer, extent(bounds)
    )
    note = " ".join([lines.note, *([f"Layers over it come from {', '.join(sources)}."] if sources else [])])
    return Ground(basemap=layers | named, overlays=overlays, note=note)


def boundary_note(worldview: str = DE_FACTO, files: Sequence[Path] = (), at: str | None = None) -> str:
    """Say whose lines the ground of any bounds draws, as `ground` takes them; without the layers over it."""
    return _lines(worldview, read_boundaries(files), at).note


def _lines(worldview: str, features: Sequence[Feature], at: str | None) -> Boundaries:
    return boundaries(worldview, given=[feature for feature in features if feature.is_boundary], at=at)


def _uncontested(countries: dict[str, Any]) -> dict[str, Any]:
    """Leave out names whose place among countries states disagree about: without borders nothing says what is meant."""
    left = set(countries["contested"])
    kept = [row for row in range(len(countries["lon"])) if row not in left]
    again = {row: number for number, row in enumerate(kept)}
    english, others = countries["names"]["en"], {k: v for k, v in countries["names"].items() if k != "en"}
    return {
        **{column: [countries[column][row] for row in kept] for column in ("lon", "lat", "zoom")},
        "contested": [],
        "names": {
            "en": [english[row] for row in kept],
            **{
                lang: {again[row]: name for row, name in names.items() if row in again}
                for lang, names in others.items()
            },
        },
    }
