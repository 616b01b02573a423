"""The shape that a relation means around given places; its sizes are data (``data/rules/spatial_sizes.csv``)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache

import shapely

from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.records import Place
from geo.layers import shapes
from geo.layers.areas import ELLIPSOID, division_polygon, radius_area
from geo.layers.countries import country_polygon, shared_border
from geo.layers.shapes import Ground
from geo.mentions.rules import table
from geo.mentions.whereabouts import ShapeKind, Whereabouts

Made = tuple[ShapeKind, Ground]
_QUARTER, _EIGHTH = 90.0, 45.0
_LEAST_M, _MOST_M = 50.0, 5e6


@cache
def size(name: str) -> float:
    """Give a size of the table: metres, degrees or a share, as its row says."""
    return next(float(row["value"]) for row in table("spatial_sizes") if row["id"] == name)


def ground(where: Whereabouts, places: Sequence[Place], gazetteer: Gazetteer) -> Made:
    """Give the shape of a relation on the ground.

    Parameters
    ----------
    where : Whereabouts
    places : sequence of Place
        One for each reference.
    gazetteer : Gazetteer
        For the areas of divisions.

    Returns
    -------
    (str, Ground)
        Its kind, and the shape with its point and precision.
    """
    return _MAKERS[where.relation](where, places, gazetteer)


def extent(place: Place, gazetteer: Gazetteer) -> shapely.Polygon:
    """Give the ground of a place: a division's or country's polygon where the lines of the basemap close one, else a circle."""
    found = None
    if place.feature_code == "ADM1":
        inside = [(member.lon, member.lat) for member in gazetteer.members(place.id)]
        found = division_polygon(place.lon, place.lat, members=inside)
    elif place.feature_code.startswith("PCL"):
        found = country_polygon(place.lon, place.lat)
    return found or radius_area(place.lon, place.lat, _radius(place))


def _radius(place: Place) -> float:
    return max(_LEAST_M, place.precision_m)


def _spread(bearing: float) -> float:
    if not bearing % _QUARTER:
        return size("spread_cardinal")
    return size("spread_secondary" if bearing % _EIGHTH else "spread_intercardinal")


def _reach(where: Whereabouts, place: Place) -> tuple[float, float]:
    """Give the least and the most of a distance: as told, with what it may be off, and the radius of the place it is from."""
    least, most = where.distance_m or (0.0, 0.0)
    share = size("rough_share" if where.rough else "distance_share")
    return max(0.0, least * (1 - share) - _radius(place)), min(_MOST_M, most * (1 + share) + _radius(place))


def _bearing(where: Whereabouts, places: Sequence[Place], _: Gazetteer) -> Made:
    place, bearing = places[0], where.bearing or 0.0
    return "sector", shapes.sector(place.lon, place.lat, bearing, _spread(bearing), _reach(where, place))


def _distance(where: Whereabouts, places: Sequence[Place], _: Gazetteer) -> Made:
    place = places[0]
    return "ring", shapes.ring(place.lon, place.lat, *_reach(where, place))


def _within(where: Whereabouts, places: Sequence[Place], _: Gazetteer) -> Made:
    place = places[0]
    most = where.distance_m[1] if where.distance_m else 0.0
    return "buffer", shapes.ring(place.lon, place.lat, 0, min(_MOST_M, most + _radius(place)))


def _direction(where: Whereabouts, places: Sequence[Place], _: Gazetteer) -> Made:
    place, bearing = places[0], where.bearing or 0.0
    most = _radius(place) + max(size("direction_m"), 2 * _radius(place))
    return "sector", shapes.sector(place.lon, place.lat, bearing, _spread(bearing), (0.0, most))


def _near(_: Whereabouts, places: Sequence[Place], __: Gazetteer) -> Made:
    radius = _radius(places[0])
    return "buffer", shapes.ring(places[0].lon, places[0].lat, 0, radius + max(size("near_m"), radius))


def _outside(_: Whereabouts, places: Sequence[Place], __: Gazetteer) -> Made:
    radius = _radius(places[0])
    outer = radius + max(size("outside_m"), radius)
    return "ring", shapes.ring(places[0].lon, places[0].lat, radius * size("outside_from"), outer)


def _towards(_: Whereabouts, places: Sequence[Place], __: Gazetteer) -> Made:
    radius = max(size("towards_m"), 2 * _radius(places[0]))
    return "buffer", shapes.ring(places[0].lon, places[0].lat, 0, radius)


def _between(_: Whereabouts, places: Sequence[Place], __: Gazetteer) -> Made:
    return "corridor", _corridor(places, size("between_share"))


def _along(_: Whereabouts, places: Sequence[Place], __: Gazetteer) -> Made:
    return "corridor", _corridor(places, size("way_share"))


def _corridor(places: Sequence[Place], share: float) -> Ground:
    a, b = ((place.lon, place.lat) for place in places)
    _, _, length = ELLIPSOID.inv(*a, *b)
    return shapes.corridor(a, b, max(size("corridor_least_m"), share * length))


def _border(_: Whereabouts, places: Sequence[Place], gazetteer: Gazetteer) -> Made:
    """Give the strip along the border that two areas share, or all around a single one; else what lies between two."""
    grounds = [extent(place, gazetteer) for place in places]
    line = shared_border(*grounds) if len(grounds) > 1 else shapely.boundary(grounds[0])
    if line is None:
        return "corridor", _corridor(places, size("between_share"))
    return "strip", shapes.strip(line, size("border_m"))


def _outskirts(where: Whereabouts, places: Sequence[Place], _: Gazetteer) -> Made:
    place = places[0]
    reach = (_radius(place) * size("outskirts_from"), _radius(place) * size("outskirts_to"))
    if where.bearing is None:
        return "ring", shapes.ring(place.lon, place.lat, *reach)
    return "sector", shapes.sector(place.lon, place.lat, where.bearing, _spread(where.bearing), reach)


def _part(where: Whereabouts, places: Sequence[Place], gazetteer: Gazetteer) -> Made:
    return "district", shapes.part(extent(places[0], gazetteer), where.bearing or 0.0)


def _centre(_: Whereabouts, places: Sequence[Place], gazetteer: Gazetteer) -> Made:
    return "district", shapes.centre(extent(places[0], gazetteer), size("central_share"))


def _inside(_: Whereabouts, places: Sequence[Place], gazetteer: Gazetteer) -> Made:
    place = places[0]
    if place.feature_code.startswith("PPL"):
        # "A village in X district", where X on the map is the town that the district is named after.
        return "district", shapes.ring(place.lon, place.lat, 0, max(size("district_m"), _radius(place)))
    return "district", shapes.whole(extent(place, gazetteer))


_MAKERS: dict[str, Callable[[Whereabouts, Sequence[Place], Gazetteer], Made]] = {
    "bearing": _bearing,
    "distance": _distance,
    "within": _within,
    "direction": _direction,
    "near": _near,
    "outside": _outside,
    "towards": _towards,
    "between": _between,
    "along": _along,
    "border": _border,
    "outskirts": _outskirts,
    "part": _part,
    "centre": _centre,
    "inside": _inside,
}
