"""Markers of places: the page's signs, in the same shapes and colours, side by side where several parties claim."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from matplotlib.path import Path

from geo.maps.pictures.canvas import INK, MUTED, PAPER, Canvas
from geo.maps.pictures.sheet import Box

SHAPES: tuple[Path, ...] = (
    Path.unit_circle(),
    *(
        Path([*corners, corners[0]], closed=True)
        for corners in (
            [(-0.88, -0.88), (0.88, -0.88), (0.88, 0.88), (-0.88, 0.88)],
            [(0, -1.12), (1.1, 0.82), (-1.1, 0.82)],
            [(0, -1.22), (1.22, 0), (0, 1.22), (-1.22, 0)],
            [(-1.1, -0.82), (1.1, -0.82), (0, 1.12)],
            [
                *[(-0.38, -1.08), (0.38, -1.08), (0.38, -0.38), (1.08, -0.38), (1.08, 0.38), (0.38, 0.38)],
                *[(0.38, 1.08), (-0.38, 1.08), (-0.38, 0.38), (-1.08, 0.38), (-1.08, -0.38), (-0.38, -0.38)],
            ],
            [(0, -1.1), (1.05, -0.34), (0.65, 0.89), (-0.65, 0.89), (-1.05, -0.34)],
            [(-0.55, -0.98), (0.55, -0.98), (1.1, 0), (0.55, 0.98), (-0.55, 0.98), (-1.1, 0)],
        )
    ),
)
"""The shapes of glyphs.js; y goes down."""
SPARE_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7a5195", "#6b6b6b")
CONTEXT_SHAPES = {"reference": 0, "setting": 1, "actor": 3, None: 0}
SINGLE, SHARED, RING, CONTEXT = 5.0, 4.1, 4.6, 3.6
MOST_GLYPHS = 4
"""More claimants than this are told by a number."""
UNSURE_BELOW, UNSURE_ALPHA = 0.5, 0.5
_COLOUR = re.compile(r"#[0-9a-fA-F]{6}")


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """A claimant on the map with its sign."""

    id: str
    name: str
    shape: Path
    colour: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Mark:
    """A place on the sheet: where its marker lies, and half of the marker's width and height."""

    place: Mapping[str, Any]
    x: float
    y: float
    wide: float
    high: float

    @property
    def box(self) -> Box:
        """What the marker covers."""
        return Box(self.x - self.wide, self.y - self.high, self.x + self.wide, self.y + self.high)

    @property
    def is_site(self) -> bool:
        """Whether something is reported there."""
        return bool(self.place["role"] == "site")

    @property
    def is_unsure(self) -> bool:
        """Whether it is drawn faint."""
        return bool(self.place["status"] == "ambiguous" or self.place["confidence"] < UNSURE_BELOW)


def parties(places: Sequence[Mapping[str, Any]], known: Mapping[str, Mapping[str, str]]) -> dict[str, Party]:
    """Give those who claim something on a map, each with a shape by the order of their ids and its own colour."""
    claiming = sorted({party for place in places for party in place["claimants"]})
    return {
        party: Party(
            id=party,
            name=known.get(party, {}).get("name") or party,
            shape=SHAPES[number % len(SHAPES)],
            colour=_colour(known.get(party, {}).get("colour", ""), number),
        )
        for number, party in enumerate(claiming)
    }


def _colour(own: str, number: int) -> str:
    return own if _COLOUR.fullmatch(own) else SPARE_COLOURS[number % len(SPARE_COLOURS)]


def mark(place: Mapping[str, Any], x: float, y: float) -> Mark:
    """Give a place's marker with its size."""
    ring = RING if place["contested"] else 1.5
    claims = len(place["claimants"])
    if place["role"] != "site":
        wide = high = CONTEXT + ring
    elif claims <= 1:
        wide = high = SINGLE + ring
    else:
        cells = min(claims, MOST_GLYPHS) + (claims > MOST_GLYPHS)
        wide, high = cells * (SHARED + 0.7) + 1.8 + ring, SHARED + 2.2 + ring
    return Mark(place=place, x=x, y=y, wide=wide, high=high)


def draw_mark(canvas: Canvas, marked: Mark, known: Mapping[str, Party]) -> None:
    """Draw one marker."""
    alpha = UNSURE_ALPHA if marked.is_unsure else 1.0
    if marked.place["contested"]:
        draw_rings(canvas, marked.box.shrunk(RING), alpha)
    if not marked.is_site:
        _draw_context(canvas, marked, alpha)
    elif len(marked.place["claimants"]) > 1:
        _draw_shared(canvas, marked, known, alpha)
    else:
        _draw_single(canvas, marked, known, alpha)


def draw_rings(canvas: Canvas, box: Box, alpha: float = 1.0) -> None:
    """Draw the double ring of a contested place around the box of its sign."""
    for gap, width, colour in ((2.0, 4.4, PAPER), (1.2, 0.95, INK), (3.6, 0.95, INK)):
        _pill(canvas, box.shrunk(-gap), facecolor="none", edgecolor=colour, linewidth=width, alpha=alpha)


def _pill(canvas: Canvas, box: Box, **look: Any) -> None:
    canvas.box(box, rounding=min(box.height, box.width) / 2 - 0.01, **look)


def _draw_context(canvas: Canvas, marked: Mark, alpha: float) -> None:
    """Draw a place where nothing is reported: hollow."""
    role, spot = marked.place["role"], [(marked.x, marked.y)]
    shape = SHAPES[CONTEXT_SHAPES[role]]
    canvas.signs(shape, spot, radius=CONTEXT + 1, facecolor=PAPER, edgecolor="none", alpha=alpha)
    canvas.signs(shape, spot, radius=CONTEXT - 0.6, facecolor=PAPER, edgecolor=MUTED, linewidth=1.2, alpha=alpha)
    if role == "reference":
        canvas.signs(SHAPES[0], spot, radius=1.1, facecolor=MUTED, edgecolor="none", alpha=alpha)


def _draw_single(canvas: Canvas, marked: Mark, known: Mapping[str, Party], alpha: float) -> None:
    claims = marked.place["claimants"]
    party = known[claims[0]] if claims else None
    shape, colour = (party.shape, party.colour) if party else (SHAPES[0], MUTED)
    spot = [(marked.x, marked.y)]
    if marked.place["contested"]:
        canvas.signs(SHAPES[0], spot, radius=SINGLE + 0.8, facecolor=PAPER, edgecolor="none", alpha=alpha)
    radius = SINGLE - 0.9 if marked.place["contested"] else SINGLE
    edge = {"edgecolor": PAPER, "linewidth": 1.6}
    canvas.signs(shape, spot, radius=radius + 0.4, facecolor=PAPER, **edge, alpha=alpha)
    canvas.signs(shape, spot, radius=radius, facecolor=colour, edgecolor="none", alpha=alpha)
    if "shape" in marked.place:
        # A site without a name is somewhere in its shape: the sign is hollow, for it marks no point.
        canvas.signs(shape, spot, radius=radius - 2, facecolor=PAPER, edgecolor="none", alpha=alpha)


def _draw_shared(canvas: Canvas, marked: Mark, known: Mapping[str, Party], alpha: float) -> None:
    claims = sorted(marked.place["claimants"])
    ring = RING if marked.place["contested"] else 1.5
    line = {"edgecolor": "none"} if marked.place["contested"] else {"edgecolor": INK, "linewidth": 0.9}
    _pill(canvas, marked.box.shrunk(ring), facecolor=PAPER, alpha=alpha, **line)
    step = 2 * (SHARED + 0.7)
    more = len(claims) - MOST_GLYPHS
    cells = min(len(claims), MOST_GLYPHS) + (more > 0)
    first = marked.x - (cells - 1) * step / 2
    for number, claim in enumerate(claims[:MOST_GLYPHS]):
        party = known[claim]
        spot = [(first + number * step, marked.y)]
        canvas.signs(party.shape, spot, radius=SHARED - 0.3, facecolor=party.colour, edgecolor="none", alpha=alpha)
    if more > 0:
        canvas.text((first + MOST_GLYPHS * step, marked.y), f"+{more}", size=7, ha="center")


def spread(marks: Sequence[Mark]) -> list[Mark]:
    """Move markers apart that would lie on each other, as little as that takes.

    Returns
    -------
    list of Mark
        In the order given. The first ones move least.
    """
    settled: list[Mark] = []
    for one in marks:
        settled.append(next((moved for moved in _around(one) if not _meets(moved, settled)), one))
    return settled


def _around(one: Mark) -> list[Mark]:
    steps = [(0.0, 0.0)]
    for reach in (4.0, 8.0, 12.0, 16.0, 20.0, 26.0):
        steps += [(reach * math.cos(turn * math.pi / 6), reach * math.sin(turn * math.pi / 6)) for turn in range(12)]
    return [Mark(place=one.place, x=one.x + dx, y=one.y + dy, wide=one.wide, high=one.high) for dx, dy in steps]


def _meets(one: Mark, others: Sequence[Mark]) -> bool:
    # Paper rims may touch; the signs themselves may not.
    return any(
        abs(one.x - other.x) < 0.86 * (one.wide + other.wide) and abs(one.y - other.y) < 0.86 * (one.high + other.high)
        for other in others
    )
