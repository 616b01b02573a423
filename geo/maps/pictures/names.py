"""Names on a picture: of its places, and where these leave room of the towns, waters and countries around."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np

from geo.maps.pictures.canvas import INK, LINE, MUTED, Canvas
from geo.maps.pictures.fonts import BOLD, REGULAR, font, shown, unwritable
from geo.maps.pictures.frame import Frame
from geo.maps.pictures.ground import LAND, WATER
from geo.maps.pictures.labels import Label, Occupied, label_lines, settle
from geo.maps.pictures.marks import SHAPES, Mark
from geo.maps.pictures.sheet import Box

COUNTRY, TOWN, WATER_NAME = "#847b6c", "#5f594e", "#4f7d93"
SITE_SIZE, OTHER_SIZE, COUNTRY_SIZE, WATER_SIZE = 9.0, 8.2, 8.4, 8.0
TOWN_SIZES, TOWN_RADII = (8.2, 8.0, 7.6, 7.3, 7.3), (2.0, 1.8, 1.5, 1.3, 1.15)
"""By rank."""
LARGE_TOWNS = 2
MOST_LABELS, MOST_TOWNS = 400, 90
COUNTRIES_LATER = 1.0
"""The data's zooms are of a map with fewer names."""
COUNTRY_SHIFTS = (0.0, -9.0, 9.0)
SHORT_WATER = 13
_CASED = ("LATIN", "CYRILLIC", "GREEK")


@dataclass(frozen=True, slots=True, kw_only=True)
class Style:
    """How the names of a kind are written."""

    size: float
    colour: str
    halo: str
    weight: int = REGULAR
    italic: bool = False

    def extent(self, canvas: Canvas, lines: Sequence[str]) -> tuple[float, float]:
        """Measure lines: width and height."""
        wide = max(canvas.width(line, size=self.size, fonts=font(self.weight, italic=self.italic)) for line in lines)
        return wide, len(lines) * self.size * LINE

    def write(self, canvas: Canvas, label: Label) -> None:
        """Write lines in their box."""
        x = {"left": label.box.left, "right": label.box.right, "center": (label.box.left + label.box.right) / 2}
        for number, line in enumerate(label.lines):
            y = label.box.top + (number + 0.5) * self.size * LINE
            canvas.text(
                (x[label.align], y),
                line,
                size=self.size,
                fonts=font(self.weight, italic=self.italic),
                halo=self.halo,
                color=self.colour,
                ha=label.align,
            )


def name_places(canvas: Canvas, marks: Sequence[Mark], occupied: Occupied, policy: str) -> list[tuple[Label, Style]]:
    """Give the names of places that find room, the first marks' first; all signs are taken before."""
    letters = canvas.sheet.letters
    styles = {
        True: Style(size=SITE_SIZE * letters, colour=INK, halo="#fbfaf6", weight=BOLD),
        False: Style(size=OTHER_SIZE * letters, colour=MUTED, halo="#fbfaf6"),
    }
    for mark in marks:
        occupied.add(mark.box)
    found = []
    for mark in marks[:MOST_LABELS]:
        lines, style = label_lines(label_text(mark.place, policy)), styles[mark.is_site]
        label = settle(occupied, mark.box, style.extent(canvas, lines), lines) if lines else None
        if label:
            found.append((label, style))
    return found


def label_text(place: Mapping[str, Any], policy: str) -> str:
    """Give a place's label under a policy; in English where there is no font for it, "" where that cannot help."""
    labels = place["labels"]
    keys = (policy, "printed", "en")
    wanted = [shown(labels[key]) for key in keys if labels.get(key)]
    return next((text for text in wanted if text and not unwritable([text])), "")


def draw_names(canvas: Canvas, found: Sequence[tuple[Label, Style]]) -> None:
    """Write names, the lines to their signs first."""
    for label, _ in found:
        if label.leader:
            x, y, to_x, to_y = label.leader
            canvas.segments([np.array([(x, y), (to_x, to_y)])], edgecolor=MUTED, linewidth=0.7)
    for label, style in found:
        style.write(canvas, label)


def draw_ground_names(
    canvas: Canvas, frame: Frame, basemap: Mapping[str, Any], occupied: Occupied, language: str
) -> None:
    """Write the names of countries, waters and towns where there is room for them."""
    found = [
        *_countries(canvas, frame, basemap["countries"], occupied, language),
        *_waters(canvas, frame, basemap["waters"], occupied, language),
    ]
    canvas.clip(frame.box)
    towns = list(_towns(canvas, frame, basemap["towns"], occupied, language))
    for x, y, rank, _ in towns:
        look = {"facecolor": TOWN if rank < LARGE_TOWNS else LAND, "edgecolor": TOWN, "linewidth": 0.8}
        canvas.signs(SHAPES[0], [(x, y)], radius=TOWN_RADII[rank], **look)
    canvas.clip(None)
    draw_names(canvas, [*found, *(named for *_, named in towns)])


def _spots(frame: Frame, columns: Mapping[str, Any]) -> Any:
    lon, lat = (np.array(columns[axis], dtype=float) for axis in ("lon", "lat"))
    return frame.spots(np.column_stack([frame.turned(lon), lat])) if len(lon) else np.empty((0, 2))


def _name_in(names: Mapping[str, Any], row: int, language: str) -> str:
    """Give a name in the labels' language, in English where the tables have none or there is no font."""
    other = names.get(language, {}) if language != "en" else {}
    wanted = shown(other.get(row, "")) if isinstance(other, dict) else ""
    return wanted if wanted and not unwritable([wanted]) else shown(names["en"][row])


def _countries(
    canvas: Canvas, frame: Frame, columns: Mapping[str, Any], occupied: Occupied, language: str
) -> Iterator[tuple[Label, Style]]:
    style = Style(size=COUNTRY_SIZE * canvas.sheet.letters, colour=COUNTRY, halo=LAND)
    spots = _spots(frame, columns)
    for row in _by_room(spots):
        if frame.zoom < columns["zoom"][row] - COUNTRIES_LATER:
            continue
        lines = (_capitals(_name_in(columns["names"], row, language)),)
        label = _centred(occupied, spots[row], style.extent(canvas, lines), lines, COUNTRY_SHIFTS)
        if label:
            yield label, style


def _by_room(spots: Any) -> list[int]:
    """Give the rows with most room around them first: they are mostly the large countries'."""
    if len(spots) < 2:  # noqa: PLR2004 - nothing to compare
        return list(range(len(spots)))
    apart = np.hypot(*(spots[:, None, axis] - spots[None, :, axis] for axis in (0, 1)))
    np.fill_diagonal(apart, np.inf)
    return [int(row) for row in np.argsort(-apart.min(axis=1), kind="stable")]


def _capitals(name: str) -> str:
    letters = [sign for sign in name if sign.isalpha()]
    return name.upper() if all(unicodedata.name(sign, "").startswith(_CASED) for sign in letters) else name


def _waters(
    canvas: Canvas, frame: Frame, columns: Mapping[str, Any], occupied: Occupied, language: str
) -> Iterator[tuple[Label, Style]]:
    style = Style(size=WATER_SIZE * canvas.sheet.letters, colour=WATER_NAME, halo=WATER, italic=True)
    for row, spot in enumerate(_spots(frame, columns)):
        if not columns["zoom"][row] <= frame.zoom <= columns["until"][row]:
            continue
        lines = _short_lines(_name_in(columns["names"], row, language))
        label = _centred(occupied, spot, style.extent(canvas, lines), lines, (0.0,))
        if label:
            yield label, style


def _short_lines(text: str) -> tuple[str, ...]:
    lines: list[str] = []
    for word in text.split():
        if lines and len(lines[-1]) + len(word) < SHORT_WATER:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return tuple(lines[:5]) or ("",)


def _centred(
    occupied: Occupied, spot: Any, size: tuple[float, float], lines: tuple[str, ...], shifts: Sequence[float]
) -> Label | None:
    x, y = float(spot[0]), float(spot[1])
    for shift in shifts:
        box = Box(x - size[0] / 2, y + shift - size[1] / 2, x + size[0] / 2, y + shift + size[1] / 2)
        if occupied.is_free(box):
            occupied.add(box)
            return Label(lines=lines, box=box, align="center")
    return None


def _towns(
    canvas: Canvas, frame: Frame, columns: Mapping[str, Any], occupied: Occupied, language: str
) -> Iterator[tuple[float, float, int, tuple[Label, Style]]]:
    found = 0
    for row, (x, y) in enumerate(_spots(frame, columns)):
        if frame.zoom < columns["zoom"][row] - 0.25 or found >= MOST_TOWNS:
            continue
        rank = columns["rank"][row]
        reach = TOWN_RADII[rank] + 0.8
        dot = Box(x - reach, y - reach, x + reach, y + reach)
        if not occupied.is_free(dot):
            continue
        size = TOWN_SIZES[rank] * canvas.sheet.letters
        style = Style(size=size, colour=TOWN, halo=LAND, weight=BOLD if rank < LARGE_TOWNS else REGULAR)
        lines = label_lines(_name_in(columns["names"], row, language))
        label = _beside(occupied, dot, style.extent(canvas, lines), lines)
        if label:
            occupied.add(dot)
            found += 1
            yield float(x), float(y), rank, (label, style)


def _beside(occupied: Occupied, dot: Box, size: tuple[float, float], lines: tuple[str, ...]) -> Label | None:
    middle, centre = (dot.top + dot.bottom - size[1]) / 2, (dot.left + dot.right - size[0]) / 2
    for left, top, align in (
        (dot.right + 2, middle, "left"),
        (dot.left - 2 - size[0], middle, "right"),
        (centre, dot.top - size[1], "center"),
        (centre, dot.bottom, "center"),
    ):
        box = Box(left, top, left + size[0], top + size[1])
        if occupied.is_free(box):
            occupied.add(box)
            return Label(lines=lines, box=box, align=align)
    return None
