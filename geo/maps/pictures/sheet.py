"""The sheets that pictures are drawn on, and what lies where on them; all lengths are points, from the upper left."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NamedTuple

Size = Literal["social", "a4"]
SIZES: tuple[Size, ...] = ("social", "a4")
A4 = (595.2756, 841.8898)
WIDE = 1.15
"""Places that lie so much wider than high take a sheet that does."""
KEY_BESIDE, KEY_BELOW = 0.225, 0.17
"""The part of a sheet that the key takes beside or below the map."""


class Box(NamedTuple):
    """A rectangle on the sheet."""

    left: float
    top: float
    right: float
    bottom: float

    @property
    def width(self) -> float:
        """From left to right."""
        return self.right - self.left

    @property
    def height(self) -> float:
        """From top to bottom."""
        return self.bottom - self.top

    def shrunk(self, by: float) -> Box:
        """Give the box without a margin."""
        return Box(self.left + by, self.top + by, self.right - by, self.bottom - by)


@dataclass(frozen=True, slots=True, kw_only=True)
class Sheet:
    """A sheet: its size in points, dots an inch as a PNG, and how much larger than print its letters are."""

    width: float
    height: float
    dpi: int
    letters: float

    @property
    def is_wide(self) -> bool:
        """Whether the key stands beside the map; otherwise it stands below."""
        return self.width >= self.height

    @property
    def margin(self) -> float:
        """Around everything."""
        return 16.0 * self.letters


def sheet(size: Size, *, wide: bool) -> Sheet:
    """Give the sheet of a preset.

    Parameters
    ----------
    size : {"social", "a4"}
        ``social`` is 1200 by 675 pixels, as links to pages are shown; ``a4`` stands upright, or lies for `wide` extents.
    wide : bool
        Whether what the map shows is wider than high.

    Examples
    --------
    >>> made = sheet("social", wide=False)
    >>> made.width / 72 * made.dpi, made.height / 72 * made.dpi
    (1200.0, 675.0)
    """
    if size == "social":
        return Sheet(width=900.0, height=506.25, dpi=96, letters=1.22)
    width, height = A4[::-1] if wide else A4
    return Sheet(width=width, height=height, dpi=200, letters=1.0)
