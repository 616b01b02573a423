"""A sheet that is drawn on in points from its upper left corner, by matplotlib, and saved as equal bytes."""

from __future__ import annotations

import io
from collections.abc import Sequence
from typing import Any

import geopandas as gpd
import matplotlib as mpl
import numpy as np
from matplotlib.backends.backend_agg import RendererAgg
from matplotlib.collections import PathCollection
from matplotlib.figure import Figure
from matplotlib.font_manager import FontProperties
from matplotlib.patches import FancyBboxPatch, PathPatch, Rectangle
from matplotlib.path import Path
from matplotlib.patheffects import withStroke
from matplotlib.transforms import Affine2D, IdentityTransform

from geo.maps.pictures.fonts import REGULAR, font
from geo.maps.pictures.sheet import Box, Sheet

INK, MUTED, PAPER, RULE = "#1c1b19", "#5b5851", "#fbfaf6", "#dcd8cd"
LINE = 1.3
"""Height of a line of text, in letters."""
FINE = 16
"""Letters are measured so many times larger: in whole pixels they would be too wide or too narrow."""
FORMATS = ("png", "svg", "pdf")
NOTHING: dict[str, dict[str, Any]] = {
    "png": {"Software": None},
    "svg": {"Date": None, "Creator": None},
    "pdf": {"CreationDate": None, "Creator": None, "Producer": None},
}
"""What matplotlib would say of itself and of the clock."""


class Canvas:
    """A sheet to draw on.

    Parameters
    ----------
    sheet : Sheet
    """

    def __init__(self, sheet: Sheet) -> None:
        self.sheet = sheet
        self.figure = Figure(figsize=(sheet.width / 72, sheet.height / 72), facecolor=PAPER)
        self.axes: Any = self.figure.add_axes((0.0, 0.0, 1.0, 1.0))
        self.axes.set_axis_off()
        self.axes.set_xlim(0, sheet.width)
        self.axes.set_ylim(sheet.height, 0)
        self.axes.set_autoscale_on(False)
        ruler: Any = RendererAgg  # matplotlib's renderers have no types
        self._ruler = ruler(8, 8, 72.0 * FINE)
        self._window: Any = None

    def clip(self, box: Box | None) -> None:
        """Draw in a box alone from now on, or everywhere again."""
        self._window = (
            None
            if box is None
            else Rectangle((box.left, box.top), box.width, box.height, transform=self.axes.transData)
        )

    def fill(self, shapes: Any, **look: Any) -> None:
        """Fill polygons."""
        self._geometries(shapes, **{"linewidth": 0.0, **look})

    def stroke(self, shapes: Any, **look: Any) -> None:
        """Draw lines; ``dash`` is a sequence of points."""
        dash = look.pop("dash", ())
        self._geometries(shapes, linestyle=(0, tuple(dash)) if dash else "-", **look)

    def _geometries(self, shapes: Any, **look: Any) -> None:
        drawn = gpd.GeoSeries([shape for shape in np.atleast_1d(shapes) if shape is not None and not shape.is_empty])
        before = set(self.axes.collections)
        if len(drawn):
            drawn.plot(ax=self.axes, aspect=None, **look)
        for added in [one for one in self.axes.collections if one not in before]:
            self._add(added)

    def segments(self, lines: Sequence[Any], *, dash: Sequence[float] = (), **look: Any) -> None:
        """Draw lines that are given as arrays of spots, all as one path."""
        look["linestyle"] = (0, tuple(dash)) if dash else "-"
        path = Path.make_compound_path(*(Path(line) for line in lines))
        self._add(self.axes.add_patch(PathPatch(path, facecolor="none", **look)))

    def box(self, box: Box, *, rounding: float = 0.0, **look: Any) -> None:
        """Draw a rectangle, with round corners if wanted."""
        style = f"round,pad=0,rounding_size={rounding}" if rounding else "square,pad=0"
        patch = FancyBboxPatch((box.left, box.top), box.width, box.height, boxstyle=style, **look)
        self._add(self.axes.add_patch(patch))

    def signs(self, path: Path, spots: Any, *, radius: float, **look: Any) -> None:
        """Draw a sign, whose own radius is 1, at each spot."""
        flipped = path.transformed(Affine2D().scale(1.0, -1.0))
        drawn = PathCollection(
            [flipped], sizes=[radius**2], offsets=spots, offset_transform=self.axes.transData, **look
        )
        drawn.set_transform(IdentityTransform())
        self._add(self.axes.add_collection(drawn, autolim=False))

    def text(
        self,
        spot: tuple[float, float],
        text: str,
        *,
        size: float,
        fonts: FontProperties | None = None,
        halo: str = "",
        **look: Any,
    ) -> None:
        """Write one line, by default from its left and around its middle height."""
        look = {"ha": "left", "va": "center_baseline", "color": INK, **look}
        effects = [withStroke(linewidth=0.3 * size, foreground=halo)] if halo else None
        written = self.axes.text(
            *spot,
            text,
            fontproperties=fonts or font(REGULAR),
            fontsize=size,
            parse_math=False,
            path_effects=effects,
            **look,
        )
        self._add(written)

    def width(self, text: str, *, size: float, fonts: FontProperties | None = None) -> float:
        """Measure a line."""
        sized = (fonts or font(REGULAR)).copy()
        sized.set_size(size)
        width: float = self._ruler.get_text_width_height_descent(text, sized, ismath=False)[0]
        return width / FINE

    def _add(self, artist: Any) -> None:
        artist.set_zorder(len(self.axes.get_children()))  # what comes later lies above
        if self._window is not None:
            artist.set_clip_path(self._window)

    def content(self, fmt: str, *, title: str) -> bytes:
        """Give the picture as the content of a file: png, svg or pdf; equal drawings give equal bytes."""
        out = io.BytesIO()
        rules: dict[Any, Any] = {
            "svg.hashsalt": "allonym",
            "svg.fonttype": "path",
            "pdf.fonttype": 42,
            "text.hinting": "none",
        }
        with mpl.rc_context(rules):
            self.figure.savefig(
                out,
                format=fmt,
                dpi=self.sheet.dpi if fmt == "png" else 72,
                facecolor=PAPER,
                metadata={**NOTHING[fmt], "Title": title},
            )
        return out.getvalue()


def wrapped(canvas: Canvas, text: str, width: float, **look: Any) -> list[str]:
    """Give a text in lines that fit a width; a word that is wider stands alone."""
    lines: list[str] = []
    for word in text.split():
        longer = f"{lines[-1]} {word}" if lines else word
        if lines and canvas.width(longer, **look) <= width:
            lines[-1] = longer
        else:
            lines.append(word)
    return lines


def cropped(canvas: Canvas, lines: list[str], most: int, width: float, **look: Any) -> list[str]:
    """Give the first lines, the last of them with an ellipsis where more would follow, each cut to the width."""
    kept = [*lines[:most]]
    if len(lines) > most:
        kept[-1] += " …"
    return [_fitting(canvas, line, width, **look) for line in kept]


def _fitting(canvas: Canvas, line: str, width: float, **look: Any) -> str:
    if canvas.width(line, **look) <= width:
        return line
    short, long = 0, len(line)
    while short < long - 1:
        middle = (short + long) // 2
        if canvas.width(f"{line[:middle]}…", **look) <= width:
            short = middle
        else:
            long = middle
    return f"{line[:short]}…"
