"""A map as a still picture for print and for links: the page's layers, drawn by matplotlib through geopandas."""

from __future__ import annotations

import logging
import warnings
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely
from shapely.geometry import shape as geometry_of

from geo.maps.extent import on_view
from geo.maps.pictures.canvas import MUTED, RULE, Canvas
from geo.maps.pictures.fonts import shown, unwritable
from geo.maps.pictures.frame import Frame, around, frame, is_wide
from geo.maps.pictures.ground import draw_ground
from geo.maps.pictures.labels import Occupied
from geo.maps.pictures.legend import (
    days_in_words,
    draw_head,
    draw_key,
    draw_locator,
    draw_scale,
    draw_sources,
    entries,
)
from geo.maps.pictures.marks import Mark, Party, draw_mark, mark, parties, spread
from geo.maps.pictures.names import draw_ground_names, draw_names, name_places
from geo.maps.pictures.sheet import KEY_BELOW, KEY_BESIDE, Box, Sheet, Size, sheet

logger = logging.getLogger(__name__)

Bounds = tuple[float, float, float, float]
ORDER = ("actor", "setting", None, "reference", "site")
"""Drawn from the first to the last; named from the last to the first."""
LAYERS = {"site": "sites", "reference": "references", "setting": "settings", "actor": "actors"}
MOST_OUTLETS = 8
DAY = len("2020-10-04")
AREA_LOOKS = {"polygon": (0.1, ()), "radius": (0.05, (1.6, 3.0))}
SHAPE_LOOK = (0.2, (1.2, 2.2))
"""Opacity of the fill and dash of the outline."""
LOCATOR_TIMES, LOCATOR_LEAST, REGIONAL_UP_TO = 7.0, 24.0, 60.0
"""The locator shows so many times the map's width, at least so many degrees; wider maps have no locator and no scale."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Layout:
    """Where on a sheet map, key and locator lie."""

    map: Box
    key: Box
    locator: Box | None


def picture(
    data: Mapping[str, Any],
    ground: Callable[[Bounds], Mapping[str, Any]],
    *,
    fmt: str,
    size: Size,
) -> bytes:
    """Draw a map as the content of a file.

    Parameters
    ----------
    data : mapping
        The page's values, as docs/architecture.md has them under "The page"; ``meta.policy`` says whose names the labels
        show, ``meta.layers`` which layers are drawn and ``meta.boundaries`` whose lines `ground` draws.
    ground : callable
        Gives the basemap with its names for west, south, east and north in degrees, as `geo.maps.ground.ground` does.
    fmt : {"png", "svg", "pdf"}
    size : {"social", "a4"}

    Returns
    -------
    bytes
        Equal arguments under equal versions give equal bytes.
    """
    _warn_of_scripts([data["meta"]["title"], *_names(data)])
    with warnings.catch_warnings():
        # matplotlib's warning of each sign: all of them are told at once.
        warnings.filterwarnings("ignore", r"Glyph \d+ .* missing from font")
        return _drawn(data, ground, fmt=fmt, size=size)


def _drawn(data: Mapping[str, Any], ground: Callable[[Bounds], Mapping[str, Any]], *, fmt: str, size: Size) -> bytes:
    canvas = Canvas(sheet(size, wide=is_wide(data)))
    title = data["meta"]["title"]
    top = draw_head(canvas, title, _standfirst(data))
    bottom = draw_sources(canvas, _sources(data), most=3)
    layout = _layout(canvas.sheet, top, bottom)
    window = frame(data, layout.map)
    under = ground(window.bounds)
    marks = _marks(data, window)
    known = parties([one.place for one in marks], data["parties"])
    draw_ground(canvas, window, under)
    areas = _draw_areas(canvas, window, data, known)
    _draw_places(canvas, window, marks, known, under, data["meta"]["policy"])
    canvas.box(layout.map, facecolor="none", edgecolor=RULE, linewidth=0.8)
    located = layout.locator if _is_regional(window) else None
    key = layout.key if located or not canvas.sheet.is_wide else layout.key._replace(bottom=layout.map.bottom)
    tabled = bool(data["reports"]) and all(report.get("listed") for report in data["reports"])
    there = {"listed": tabled, "areas": areas, "disputed": bool(under["disputed"]["paths"])}
    listed = entries(marks, known, there)
    draw_key(canvas, key, listed, title="Who claims what" if known else "", columns=1 if canvas.sheet.is_wide else 2)
    if located:
        outer = around(window, located, times=LOCATOR_TIMES, least=LOCATOR_LEAST)
        draw_locator(canvas, window, outer, ground(outer.bounds))
    return canvas.content(fmt, title=shown(title))


def _layout(sheet: Sheet, top: float, bottom: float) -> Layout:
    margin, gap = sheet.margin, 12.0 * sheet.letters
    if sheet.is_wide:
        wide = sheet.width * KEY_BESIDE
        split = sheet.width - margin - wide
        tall = min(wide * 0.72, (bottom - top) * 0.3)
        return Layout(
            map=Box(margin, top, split - gap, bottom),
            key=Box(split, top, sheet.width - margin, bottom - tall - gap),
            locator=Box(split, bottom - tall, sheet.width - margin, bottom),
        )
    tall = sheet.height * KEY_BELOW
    split = sheet.width - margin - tall * 1.05
    return Layout(
        map=Box(margin, top, sheet.width - margin, bottom - tall - gap),
        key=Box(margin, bottom - tall, split - gap, bottom),
        locator=Box(split, bottom - tall, sheet.width - margin, bottom),
    )


def _is_regional(window: Frame) -> bool:
    return window.box.width / window.scale * 360 <= REGIONAL_UP_TO


def _marks(data: Mapping[str, Any], window: Frame) -> list[Mark]:
    """Give the markers of the shown layers in the window, in the order in which they are named."""
    layers = set(data["meta"].get("layers") or LAYERS.values())
    places = [place for place in data["places"] if place["role"] is None or LAYERS[place["role"]] in layers]
    if not places:
        places = on_view(data)
    ranked = sorted(places, key=_rank)
    if not ranked:
        return []
    points = np.array([(place["lon"], place["lat"]) for place in ranked], dtype=float)
    spots = window.spots(np.column_stack([window.turned(points[:, 0]), points[:, 1]]))
    box = window.box.shrunk(4)
    inside = [
        mark(place, float(x), float(y), denied=_is_denied(place, data["mentions"]))
        for place, (x, y) in zip(ranked, spots, strict=True)
        if box.left < x < box.right and box.top < y < box.bottom
    ]
    return spread(inside)


def _is_denied(place: Mapping[str, Any], mentions: Sequence[Mapping[str, Any]]) -> bool:
    stances = {told["stance"] for number in place["mentions"] for told in mentions[number].get("statements") or ()}
    return place["role"] == "site" and "deny" in stances


def _rank(place: Mapping[str, Any]) -> tuple[int, int, int]:
    return -ORDER.index(place["role"]), -len(place["claimants"]), -len(place["mentions"])


def _draw_places(
    canvas: Canvas,
    window: Frame,
    marks: Sequence[Mark],
    known: Mapping[str, Party],
    under: Mapping[str, Any],
    policy: str,
) -> None:
    """Draw the signs over the names of the ground, and their own names over all."""
    occupied = Occupied(bounds=window.box.shrunk(3))
    if _is_regional(window):  # Mercator has no one scale for the world
        occupied.add(draw_scale(canvas, window))
    named = name_places(canvas, marks, occupied, policy)
    draw_ground_names(canvas, window, under, occupied, policy)
    canvas.clip(window.box)
    for one in reversed(marks):
        draw_mark(canvas, one, known)
    canvas.clip(None)
    draw_names(canvas, named)


def _draw_areas(canvas: Canvas, window: Frame, data: Mapping[str, Any], known: Mapping[str, Party]) -> bool:
    """Draw the areas and soft shapes of the places; tell whether there are any."""
    if "areas" not in data["meta"].get("layers", ["areas"]):
        return False
    canvas.clip(window.box)
    drawn = False
    for feature in data["areas"]["features"]:
        place = data["places"][feature["properties"]["place"]]
        claims = [claim for claim in place["claimants"] if claim in known]
        colour = known[claims[0]].colour if len(claims) == 1 else MUTED
        opacity, dash = AREA_LOOKS.get(feature["properties"]["kind"], SHAPE_LOOK)
        outline = window.drawn(_turned(geometry_of(feature["geometry"]), window))
        if not shapely.box(*_sides(window.box)).intersects(outline):
            continue
        drawn = True
        canvas.fill(outline, color=colour, alpha=opacity)
        canvas.stroke(outline.boundary, color=colour, linewidth=0.8, alpha=0.75, dash=dash)
    canvas.clip(None)
    return drawn


def _turned(geometry: Any, window: Frame) -> Any:
    """Give a geometry on the turn of longitudes that the map shows."""
    middle = (geometry.bounds[0] + geometry.bounds[2]) / 2
    by = float(window.turned(np.array([middle]))[0]) - middle
    return shapely.transform(geometry, lambda points: np.add(points, [by, 0.0])) if by else geometry


def _sides(box: Box) -> Bounds:
    return box.left, box.top, box.right, box.bottom


def _standfirst(data: Mapping[str, Any]) -> str:
    """Say how much the picture holds, and when it was reported."""
    read = [report for report in data["reports"] if not report.get("listed")]
    counts = [(len(on_view(data)), "place"), (len(read), "report")]
    told = [f"{count:,} {word if count == 1 else f'{word}s'}" for count, word in counts if count]
    days = sorted(
        report["published"][:10]
        for report in data["reports"]
        if len(report.get("published") or "") >= len("2020-10-04")
    )
    return " · ".join([*told, *([days_in_words(days[0], days[-1])] if days else [])])


def _sources(data: Mapping[str, Any]) -> str:
    """Give the line of sources: reports, places, lines, and what drew them."""
    meta = data["meta"]
    outlets = list(dict.fromkeys(shown(report["source"]) for report in data["reports"] if report.get("source")))
    more = [f"{len(outlets) - MOST_OUTLETS} more"] if len(outlets) > MOST_OUTLETS else []
    places = [f"{_first(source['name'])} ({source['licence'].partition(' (')[0]})" for source in meta["sources"]]
    told = {
        "Boundaries": [meta["boundaries"].rstrip(".")],
        "Places": places,
        "Reports": [*outlets[:MOST_OUTLETS], *more],
        "Map": [meta["generator"], meta.get("built", "")],
    }
    return ". ".join(f"{what}: {', '.join(filter(None, parts))}" for what, parts in told.items() if any(parts)) + "."


def _first(citation: str) -> str:
    """Give what a citation begins with: its work's name."""
    return citation.partition(";")[0].partition(",")[0]


def _names(data: Mapping[str, Any]) -> list[str]:
    policy = data["meta"]["policy"]
    return [shown(place["labels"].get(policy, "")) for place in data["places"]]


def _warn_of_scripts(texts: Sequence[str]) -> None:
    missing = unwritable(map(shown, texts))
    if missing:
        logger.warning(
            "a picture has no font for %s; such names are given in English or left out", " ".join(sorted(missing)[:12])
        )
