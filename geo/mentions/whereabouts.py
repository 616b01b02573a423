"""Where exactly: what the words of a report tell of a site's place, and the shape on the ground that they mean."""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Literal

if TYPE_CHECKING:
    import shapely

Relation = Literal[
    "bearing", "distance", "within", "direction", "near", "outside", "towards", "between", "along", "border",
    "outskirts", "part", "centre", "inside",
]  # fmt: skip
INSIDE = frozenset(("outskirts", "part", "centre", "inside"))
"""Relations of a site that lies in the place named: that place is where it happened, and not only a reference."""
LISTED = frozenset(("bearing", "distance", "within", "direction", "near", "outside", "towards", "outskirts"))
"""Relations that a list of places has with each of its places alike: "near X, Y and Z"."""
ShapeKind = Literal["buffer", "sector", "corridor", "district", "ring", "strip"]
Span = tuple[int, int]


@dataclass(frozen=True, slots=True, kw_only=True)
class Whereabouts:
    """How a site lies to the places that locate it, as the words have it.

    Attributes
    ----------
    relation : str
    start, end : int
        Offsets of the words in the report, references included: "a village 15 km north of X".
    references : tuple of (int, int)
        Spans of the mentions that locate the site.
    site : (int, int) or None
        Span of the mention that names the site; None where it has no name that was found.
    bearing : float or None
        Degrees clockwise from north.
    distance_m : (float, float) or None
        The least and the greatest distance told; equal for a single number.
    rough : bool
        Whether the distance is called rough ("about").
    rule : str
        Id of the row in ``data/rules/spatial.csv``.
    listed : (int, int) or None
        Where the list begins and ends of which the reference is one place; each place has whereabouts of its own.
    """

    relation: Relation
    start: int
    end: int
    references: tuple[Span, ...]
    site: Span | None
    bearing: float | None
    distance_m: tuple[float, float] | None
    rough: bool
    rule: str
    listed: Span | None = None

    def moved(self, by: int) -> Whereabouts:
        """Give the same with all its offsets moved by so many characters."""
        return replace(
            self,
            start=self.start + by,
            end=self.end + by,
            references=tuple((start + by, end + by) for start, end in self.references),
            site=self.site and (self.site[0] + by, self.site[1] + by),
            listed=self.listed and (self.listed[0] + by, self.listed[1] + by),
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Shape:
    """Where a site lies on the ground.

    Attributes
    ----------
    site : str
        Id of the site: its place's where it has a name on the map, else made of the references and the relation
        (``kar-0001#bearing-0-15000``), the same in every report that says the same.
    named : bool
        Whether the site has a name on the map; its own point stands then, and the shape is evidence.
    kind : {"buffer", "sector", "corridor", "district", "ring", "strip"}
    lat, lon : float
        A point that stands for the shape, in degrees (WGS 84).
    precision_m : float
        Radius of the circle around that point that holds all of the shape.
    of : tuple of str
        Ids of the places that locate the site.
    start, end : int
    text : str
        The words of the report, and their offsets.
    outline : shapely geometry
        In degrees, longitude first; longitudes run on past 180 where it crosses the antimeridian.
    """

    site: str
    named: bool
    kind: ShapeKind
    lat: float
    lon: float
    precision_m: float
    of: tuple[str, ...]
    start: int
    end: int
    text: str
    outline: shapely.Geometry = field(compare=False, repr=False)
