"""Markers of places: the page's signs, in the same shapes and colours, one split sign where several parties claim."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any

from matplotlib.path import Path

from geo.maps.pictures.canvas import INK, MUTED, PAPER, Canvas
from geo.maps.pictures.fonts import BOLD, font
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
SINGLE, RING, CONTEXT, GLYPH = 5.0, 4.6, 3.6, 2.2
SPLIT = {2: 7.2, 3: 7.9, 4: 8.6}
"""Radius of a sign that so many parties share."""
DENIED_LINES = ((-2.0, -0.9, 2.0, -0.9), (-2.0, 0.9, 2.0, 0.9), (1.2, -2.1, -1.2, 2.1))
MOST_PARTS = 4
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
    is_denied: bool = False

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


def mark(place: Mapping[str, Any], x: float, y: float, *, denied: bool = False) -> Mark:
    """Give a place's marker with its size; `denied` says that a party denies what another one says."""
    ring = RING if place["contested"] else 1.5
    claims = len(place["claimants"])
    if place["role"] != "site":
        wide = high = CONTEXT + ring
    elif claims <= 1:
        wide = high = SINGLE + ring
    else:
        wide = high = SPLIT[min(claims, MOST_PARTS)] + ring
    return Mark(place=place, x=x, y=y, wide=wide, high=high, is_denied=denied)


def draw_mark(canvas: Canvas, marked: Mark, known: Mapping[str, Party]) -> None:
    """Draw one marker."""
    alpha = UNSURE_ALPHA if marked.is_unsure else 1.0
    if marked.place["contested"]:
        draw_rings(canvas, marked.box.shrunk(RING), alpha)
    if not marked.is_site:
        _draw_context(canvas, marked, alpha)
    elif len(marked.place["claimants"]) > 1:
        _draw_split(canvas, marked, known, alpha)
    else:
        _draw_single(canvas, marked, known, alpha)
    if marked.is_denied:
        draw_denied(canvas, marked.x - marked.wide * 0.75, marked.y - marked.high * 0.75)


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


def _draw_split(canvas: Canvas, marked: Mark, known: Mapping[str, Party], alpha: float) -> None:
    """Draw a disc in halves, thirds or quarters, each with the shape of its party."""
    claims = sorted(marked.place["claimants"])
    parts = [known[claim] for claim in claims[:MOST_PARTS]]
    radius, turn = SPLIT[len(parts)], 360.0 / len(parts)
    first = 90.0 if len(parts) == 2 else -90.0  # noqa: PLR2004 - halves stand side by side
    spot = [(marked.x, marked.y)]
    canvas.signs(SHAPES[0], spot, radius=radius + 1.2, facecolor=PAPER, edgecolor="none", alpha=alpha)
    for number, party in enumerate(parts):
        wedge = Path.wedge(first + number * turn, first + (number + 1) * turn)
        look = {"facecolor": party.colour, "edgecolor": PAPER, "linewidth": 1.0}
        canvas.signs(wedge, spot, radius=radius, alpha=alpha, **look)
    reach = radius * (0.5 if len(parts) == 2 else 0.58)  # noqa: PLR2004
    for number, party in enumerate(parts):
        middle = math.radians(first + (number + 0.5) * turn)
        inner = [(marked.x + math.cos(middle) * reach, marked.y + math.sin(middle) * reach)]
        canvas.signs(party.shape, inner, radius=GLYPH, facecolor=PAPER, edgecolor="none", alpha=alpha)
    if len(claims) > MOST_PARTS:
        _draw_number(canvas, marked.x + radius * 0.85, marked.y + radius * 0.85, f"+{len(claims) - MOST_PARTS}")


def draw_denied(canvas: Canvas, x: float, y: float) -> None:
    """Draw "is not": one side says it, another denies it."""
    canvas.signs(SHAPES[0], [(x, y)], radius=4.3, facecolor=INK, edgecolor=PAPER, linewidth=0.8)
    lines = [[(x + a, y + b), (x + c, y + d)] for a, b, c, d in DENIED_LINES]
    canvas.segments(lines, edgecolor=PAPER, linewidth=0.7, capstyle="round")


def _draw_number(canvas: Canvas, x: float, y: float, text: str) -> None:
    canvas.box(Box(x - 6.5, y - 4.4, x + 6.5, y + 4.4), rounding=4.3, facecolor=INK, edgecolor="none")
    canvas.text((x, y), text, size=7, fonts=font(BOLD), ha="center", color=PAPER)


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
    return [replace(one, x=one.x + dx, y=one.y + dy) for dx, dy in steps]


def _meets(one: Mark, others: Sequence[Mark]) -> bool:
    # Paper rims may touch; the signs themselves may not.
    return any(
        abs(one.x - other.x) < 0.86 * (one.wide + other.wide) and abs(one.y - other.y) < 0.86 * (one.high + other.high)
        for other in others
    )
