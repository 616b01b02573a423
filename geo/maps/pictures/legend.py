"""What stands around a picture's map: title, key of claimants and signs, scale, locator and sources."""

from __future__ import annotations

import calendar
import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from matplotlib.path import Path as MplPath

from geo.maps.pictures.canvas import INK, LINE, MUTED, PAPER, RULE, Canvas, cropped, wrapped
from geo.maps.pictures.fonts import BOLD, font, shown
from geo.maps.pictures.frame import Frame
from geo.maps.pictures.ground import BORDER, draw_ground
from geo.maps.pictures.marks import CONTEXT, SHAPES, SINGLE, Mark, Party, draw_denied, draw_rings
from geo.maps.pictures.sheet import Box

TITLE, STANDFIRST, HEAD, TEXT, SMALL = 17.0, 9.5, 8.6, 8.2, 6.6
INDENT = 17.0
SCALE_PART, STEPS = 0.17, (1, 2, 5)
"""The scale is at most this part of the map long, in a round number of kilometres."""
SHRINKING = (1.0, 0.9, 0.8, 0.72, 0.66)
"""How small the letters of a long key become."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """A line of the key: a text, what draws its sign around a spot, and whether it is a heading."""

    text: str
    sign: Callable[[Canvas, float, float], None] | None = None


def entries(marks: Sequence[Mark], parties: Mapping[str, Party], there: Mapping[str, bool]) -> list[Entry]:
    """Give the key of what is on the map: claimants first, then the other signs that occur.

    Parameters
    ----------
    marks : sequence of Mark
    parties : mapping of str to Party
    there : mapping of str to bool
        Whether there are ``areas`` and ``disputed`` lines, and whether all places are ``listed`` in tables.
    """
    sites = [mark for mark in marks if mark.is_site]
    claiming = {party for mark in sites for party in mark.place["claimants"]}
    told = [
        Entry(text=party.name, sign=_glyph(party.shape, party.colour))
        for party in parties.values()
        if party.id in claiming
    ]
    if any(not mark.place["claimants"] for mark in sites):
        told.append(
            Entry(text="Listed place" if there["listed"] else "No claimant named", sign=_glyph(SHAPES[0], MUTED))
        )
    roles = {mark.place["role"] for mark in marks}
    signs = [
        (any(len(mark.place["claimants"]) > 1 for mark in sites), "Several claim: split sign", _split),
        (any(mark.is_denied for mark in marks), "One side says it, another denies it", draw_denied),
        (any(mark.place["contested"] for mark in marks), "Contested place", _rings),
        ("reference" in roles, "Locates another place", _hollow(0, point=True)),
        ("setting" in roles, "Where it was said", _hollow(1)),
        ("actor" in roles, "A government or side", _hollow(3)),
        (None in roles, "Named place", _hollow(0)),
        (any("shape" in mark.place for mark in sites), "Somewhere in the shaded shape", _hollow_site),
        (any(mark.is_unsure for mark in marks), "Faint: not sure which place", _faint),
        (there["areas"], "Area that is meant", _area),
        (there["disputed"], "Disputed boundary", _dashes),
    ]
    return told + [Entry(text=text, sign=sign) for occurs, text, sign in signs if occurs]


def draw_head(canvas: Canvas, title: str, standfirst: str) -> float:
    """Write the title over one or two lines and what the map holds; give where that ends."""
    sheet, letters = canvas.sheet, canvas.sheet.letters
    width = sheet.width - 2 * sheet.margin
    look: dict[str, Any] = {"size": TITLE * letters, "fonts": font(BOLD)}
    y = sheet.margin
    for line in cropped(canvas, wrapped(canvas, shown(title), width, **look), 2, width, **look):
        canvas.text((sheet.margin, y + TITLE * letters * 0.6), line, **look)
        y += TITLE * letters * 1.2
    y += 3.5 * letters
    canvas.text((sheet.margin, y + STANDFIRST * letters * 0.5), standfirst, size=STANDFIRST * letters, color=MUTED)
    return y + STANDFIRST * letters * 1.2 + 6 * letters


def draw_sources(canvas: Canvas, text: str, most: int) -> float:
    """Write the sources at the sheet's foot; give where that begins."""
    sheet = canvas.sheet
    size = SMALL * sheet.letters
    width = sheet.width - 2 * sheet.margin
    lines = cropped(canvas, wrapped(canvas, shown(text), width, size=size), most, width, size=size)
    top = sheet.height - sheet.margin * 0.7 - len(lines) * size * LINE
    for number, line in enumerate(lines):
        canvas.text((sheet.margin, top + (number + 0.5) * size * LINE), line, size=size, color=MUTED)
    return top - 5 * sheet.letters


def draw_key(canvas: Canvas, box: Box, listed: Sequence[Entry], *, title: str, columns: int = 1) -> None:
    """Write the key into a box, in columns; letters shrink a little where it is long, and what does not fit is counted."""
    letters = canvas.sheet.letters
    top = box.top
    if title:
        canvas.text((box.left, top + HEAD * letters * 0.6), title, size=HEAD * letters, fonts=font(BOLD))
        top += HEAD * letters * 1.9
    room = box._replace(top=top)
    scales = [letters * share for share in SHRINKING]
    fitting = (scale for scale in scales if _columns_needed(canvas, room, listed, scale, columns) <= columns)
    _write_entries(canvas, room, listed, next(fitting, scales[-1]), columns)


def _entry_lines(canvas: Canvas, entry: Entry, width: float, scale: float) -> list[str]:
    room, size = width - (INDENT + 5) * scale, TEXT * scale
    return cropped(canvas, wrapped(canvas, shown(entry.text), room, size=size), 3, room, size=size)


def _entry_height(lines: Sequence[str], scale: float) -> float:
    return (len(lines) * TEXT * LINE + 3.2) * scale


def _columns_needed(canvas: Canvas, box: Box, listed: Sequence[Entry], scale: float, columns: int) -> int:
    column, y = 1, box.top
    for entry in listed:
        height = _entry_height(_entry_lines(canvas, entry, box.width / columns, scale), scale)
        if y + height > box.bottom:
            column, y = column + 1, box.top
        y += height
    return column


def _write_entries(canvas: Canvas, box: Box, listed: Sequence[Entry], scale: float, columns: int) -> None:
    size, indent, width = TEXT * scale, INDENT * scale, box.width / columns
    column, y = 0, box.top
    for number, entry in enumerate(listed):
        lines = _entry_lines(canvas, entry, width, scale)
        height, rest = _entry_height(lines, scale), len(listed) - number
        last = column == columns - 1
        if y + height + (size * LINE if last and rest > 1 else 0) > box.bottom:
            if last:
                more = f"and {rest} more"
                canvas.text((box.left + column * width + indent, y + size / 2), more, size=size, color=MUTED)
                return
            column, y = column + 1, box.top
        left = box.left + column * width
        if entry.sign:
            entry.sign(canvas, left + indent * 0.36, y + size * LINE / 2)
        for row, line in enumerate(lines):
            canvas.text((left + indent, y + (row + 0.5) * size * LINE), line, size=size)
        y += height


def draw_scale(canvas: Canvas, frame: Frame) -> Box:
    """Draw the scale in the map's lower left corner, as long as a round number of kilometres; give what it covers."""
    letters = canvas.sheet.letters
    km = round_number(frame.metres_per_point * frame.box.width * SCALE_PART / 1000)
    length = km * 1000 / frame.metres_per_point
    left, bottom = frame.box.left + 10 * letters, frame.box.bottom - 10 * letters
    text, size = f"{km:g} km" if km >= 1 else f"{km * 1000:g} m", 7.4 * letters
    covered = Box(left - 4, bottom - size * LINE - 6, left + max(length, 24) + 6, bottom + 4)
    canvas.box(covered, rounding=3, facecolor=PAPER, edgecolor="none", alpha=0.75)
    canvas.segments(
        [[(left, bottom - 4), (left, bottom), (left + length, bottom), (left + length, bottom - 4)]],
        edgecolor=INK,
        linewidth=1.0,
        capstyle="butt",
        joinstyle="miter",
    )
    canvas.text((left + 1, bottom - 4 - size * 0.55), text, size=size)
    return covered


def draw_locator(canvas: Canvas, inner: Frame, outer: Frame, basemap: Mapping[str, Any]) -> None:
    """Draw a small map of where the map lies."""
    draw_ground(canvas, outer, basemap, faint=True)
    west, south, east, north = inner.bounds
    if east < west:
        east += 360
    corners = np.array([(west, north), (east, south)])
    corners[:, 0] += outer.turned(corners[:1, 0])[0] - corners[0, 0]
    (left, top), (right, bottom) = outer.spots(corners)
    grown = max(0.0, 5 - (right - left) / 2), max(0.0, 5 - (bottom - top) / 2)
    window = Box(left - grown[0], top - grown[1], right + grown[0], bottom + grown[1])
    canvas.clip(outer.box)
    canvas.box(window, facecolor="#c0392b22", edgecolor="#b03a2e", linewidth=1.2)
    canvas.clip(None)
    canvas.box(outer.box, facecolor="none", edgecolor=RULE, linewidth=0.8)


def round_number(most: float) -> float:
    """Give the largest of 1, 2, 5, 10, 20, … that is not larger.

    Examples
    --------
    >>> round_number(73.0), round_number(0.3)
    (50.0, 0.2)
    """
    power = 10.0 ** math.floor(math.log10(most))
    return max(step * power for step in STEPS if step * power <= most * (1 + 1e-9))


def days_in_words(first: str, last: str) -> str:
    """Give a range of ISO 8601 days as a reader says it.

    Examples
    --------
    >>> days_in_words("2020-09-27", "2020-12-01")
    '27 September to 1 December 2020'
    >>> days_in_words("2020-10-04", "2020-10-04")
    '4 October 2020'
    """
    if first == last:
        return _day(first)
    begins = _day(first)
    if first[:7] == last[:7]:
        begins = str(int(first[8:10]))
    elif first[:4] == last[:4]:
        begins = begins.removesuffix(f" {first[:4]}")
    return f"{begins} to {_day(last)}"


def _day(text: str) -> str:
    return f"{int(text[8:10])} {calendar.month_name[int(text[5:7])]} {int(text[:4])}"


def _glyph(shape: Any, colour: str) -> Callable[[Canvas, float, float], None]:
    def sign(canvas: Canvas, x: float, y: float) -> None:
        canvas.signs(shape, [(x, y)], radius=SINGLE * 0.86, facecolor=colour, edgecolor="none")

    return sign


def _hollow(shape: int, *, point: bool = False) -> Callable[[Canvas, float, float], None]:
    def sign(canvas: Canvas, x: float, y: float) -> None:
        canvas.signs(SHAPES[shape], [(x, y)], radius=CONTEXT - 0.6, facecolor=PAPER, edgecolor=MUTED, linewidth=1.2)
        if point:
            canvas.signs(SHAPES[0], [(x, y)], radius=1.1, facecolor=MUTED, edgecolor="none")

    return sign


def _hollow_site(canvas: Canvas, x: float, y: float) -> None:
    canvas.signs(SHAPES[0], [(x, y)], radius=SINGLE * 0.9, facecolor=MUTED, edgecolor="none")
    canvas.signs(SHAPES[0], [(x, y)], radius=SINGLE * 0.9 - 1.9, facecolor=PAPER, edgecolor="none")


def _split(canvas: Canvas, x: float, y: float) -> None:
    for first in (90, 270):
        look = {"facecolor": MUTED, "edgecolor": PAPER, "linewidth": 0.8}
        canvas.signs(MplPath.wedge(first, first + 180), [(x, y)], radius=SINGLE, **look)


def _rings(canvas: Canvas, x: float, y: float) -> None:
    draw_rings(canvas, Box(x - 1.6, y - 1.6, x + 1.6, y + 1.6))


def _faint(canvas: Canvas, x: float, y: float) -> None:
    canvas.signs(SHAPES[0], [(x, y)], radius=SINGLE * 0.86, facecolor=MUTED, edgecolor="none", alpha=0.4)


def _area(canvas: Canvas, x: float, y: float) -> None:
    look = {"facecolor": "#5b585126", "edgecolor": MUTED, "linewidth": 0.7, "linestyle": (0, (1.2, 2.0))}
    canvas.box(Box(x - 6, y - 3.6, x + 6, y + 3.6), rounding=2, **look)


def _dashes(canvas: Canvas, x: float, y: float) -> None:
    canvas.segments([[(x - 7, y), (x + 7, y)]], edgecolor=BORDER, linewidth=1.0, dash=(3.2, 2.4))
