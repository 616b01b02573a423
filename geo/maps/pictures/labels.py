"""Names beside signs: each in the first free position around its own, farther off with a thin line, or not at all."""

from __future__ import annotations

import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, field

from geo.maps.pictures.sheet import Box

CELL = 48.0
NEAR_GAP = 3.0
REACHES = (16.0, 30.0, 48.0)
TURNS = 16
MOST_LINES, LINE_LENGTH = 6, 32
_NAME_BREAK = re.compile(r"\s+[/·|]\s+")
PAIRED = 18
"""Two short names share a line."""


@dataclass(slots=True)
class Occupied:
    """Boxes that are taken, in a coarse grid, so that a look-up stays short; nothing is put outside of the bounds."""

    bounds: Box
    cells: dict[tuple[int, int], list[Box]] = field(default_factory=dict)

    def add(self, box: Box) -> None:
        """Take a box."""
        for cell in _cells(box):
            self.cells.setdefault(cell, []).append(box)

    def is_free(self, box: Box, own: Box | None = None) -> bool:
        """Tell whether a box lies in the bounds and meets none that is taken, `own` left aside."""
        inside = (
            box.left >= self.bounds.left
            and box.top >= self.bounds.top
            and box.right <= self.bounds.right
            and box.bottom <= self.bounds.bottom
        )
        return inside and not any(
            _meet(box, other) for cell in _cells(box) for other in self.cells.get(cell, ()) if other != own
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Label:
    """A name in its place: its lines, the box that they fill, their side of it, and a line to the sign or None."""

    lines: tuple[str, ...]
    box: Box
    align: str
    leader: tuple[float, float, float, float] | None = None


def label_lines(text: str) -> tuple[str, ...]:
    """Give a label in lines: each name its own, short ones together, long ones broken between words.

    Examples
    --------
    >>> label_lines("Khankendi / Stepanakert")
    ('Khankendi', 'Stepanakert')
    >>> label_lines("Şuşa / Shushi")
    ('Şuşa / Shushi',)
    """
    lines: list[str] = []
    for name in filter(None, _NAME_BREAK.split(text)):
        for number, part in enumerate(_broken(name)):
            if lines and not number and len(lines[-1]) + len(part) < PAIRED:
                lines[-1] += f" / {part}"
            else:
                lines.append(part)
    return tuple(lines[:MOST_LINES])


def settle(occupied: Occupied, sign: Box, size: tuple[float, float], lines: tuple[str, ...]) -> Label | None:
    """Find room for a name and take it.

    Parameters
    ----------
    occupied : Occupied
        All signs are in it.
    sign : Box
        The sign that the name belongs to.
    size : tuple of float
        Width and height of the lines.
    lines : tuple of str
    """
    for box, align in _near(sign, *size):
        if occupied.is_free(box, sign):
            occupied.add(box)
            return Label(lines=lines, box=box, align=align)
    for box, align in _far(sign, *size):
        if not occupied.is_free(box):
            continue
        leader = _leader(sign, box)
        steps = list(_steps(leader))
        if all(occupied.is_free(step, sign) for step in steps):
            for taken in (box, *steps):
                occupied.add(taken)
            return Label(lines=lines, box=box, align=align, leader=leader)
    return None


def _broken(name: str) -> list[str]:
    lines: list[str] = []
    for word in name.split():
        if lines and len(lines[-1]) + len(word) < LINE_LENGTH:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines


def _near(sign: Box, width: float, height: float) -> Iterator[tuple[Box, str]]:
    """Give positions close around a sign, the easiest to read first."""
    middle, centre = (sign.top + sign.bottom - height) / 2, (sign.left + sign.right - width) / 2
    right, left = sign.right + NEAR_GAP, sign.left - NEAR_GAP - width
    above, below = sign.top - height, sign.bottom
    for x, y, align in (
        (right, middle, "left"),
        (left, middle, "right"),
        (right - 2, above + 3, "left"),
        (right - 2, below - 3, "left"),
        (centre, above - 1, "center"),
        (centre, below + 1, "center"),
        (left + 2, above + 3, "right"),
        (left + 2, below - 3, "right"),
    ):
        yield Box(x, y, x + width, y + height), align


def _far(sign: Box, width: float, height: float) -> Iterator[tuple[Box, str]]:
    """Give positions on widening rings, to the right first."""
    x0, y0 = (sign.left + sign.right) / 2, (sign.top + sign.bottom) / 2
    for reach in REACHES:
        for turn in range(TURNS):
            angle = (-1 if turn % 2 else 1) * math.ceil(turn / 2) * 2 * math.pi / TURNS
            across, down = math.cos(angle), math.sin(angle)
            x, y = x0 + across * (sign.width / 2 + reach), y0 + down * (sign.height / 2 + reach)
            align = "left" if across > 0.05 else "right" if across < -0.05 else "center"  # noqa: PLR2004 - straight up or down
            left = {"left": x, "right": x - width, "center": x - width / 2}[align]
            top = y - height / 2 + down * height / 2
            yield Box(left, top, left + width, top + height), align


def _leader(sign: Box, box: Box) -> tuple[float, float, float, float]:
    """Give the line from the sign's edge to the nearest point of the name."""
    x, y = (sign.left + sign.right) / 2, (sign.top + sign.bottom) / 2
    to_x, to_y = max(box.left, min(x, box.right)), max(box.top, min(y, box.bottom))
    length = math.hypot(to_x - x, to_y - y) or 1.0
    reach = min(sign.width, sign.height) / 2
    return x + (to_x - x) * reach / length, y + (to_y - y) * reach / length, to_x, to_y


def _steps(leader: tuple[float, float, float, float]) -> Iterator[Box]:
    """Give small boxes along a line, but for its end at the name."""
    x, y, to_x, to_y = leader
    count = int(math.hypot(to_x - x, to_y - y) / 4)
    for number in range(count - 1):
        part = (number + 0.5) / count
        px, py = x + (to_x - x) * part, y + (to_y - y) * part
        yield Box(px - 0.8, py - 0.8, px + 0.8, py + 0.8)


def _cells(box: Box) -> list[tuple[int, int]]:
    columns = range(int(box.left // CELL), int(box.right // CELL) + 1)
    return [(column, row) for column in columns for row in range(int(box.top // CELL), int(box.bottom // CELL) + 1)]


def _meet(one: Box, other: Box) -> bool:
    return one.left < other.right and other.left < one.right and one.top < other.bottom and other.top < one.bottom
