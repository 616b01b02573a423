"""A frame as the content of a data file: equal frames give equal bytes."""

from __future__ import annotations

import contextlib
import datetime as dt
import io
import json
import math
from typing import TYPE_CHECKING, Any

import geopandas as gpd
import numpy as np
import pandas as pd
import shapely
import shapely.geometry

from geo.cells import csv_text
from geo.epoch import build_moment
from geo.errors import OutputError, UsageError

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

_WGS84 = "EPSG:4326"
_DECIMALS = 6  # of a degree: about 0.1 m, as RFC 7946 recommends
_LAYER = "allonym"


def frame_bytes(frame: gpd.GeoDataFrame, fmt: str) -> bytes:
    """Give a frame as the content of a file.

    Lists and objects in cells stay what they are in jsonl, geojson and parquet and become JSON text in csv and gpkg.
    In csv and jsonl a point is its ``lat`` and ``lon`` columns, added where the frame has none. A csv cell that a
    spreadsheet would take for a formula begins with an apostrophe.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        Any layer, taken as EPSG:4326 when it has no CRS.
    fmt : str
        One of jsonl, csv, geojson, gpkg, parquet.

    Raises
    ------
    UsageError
        Another format.
    OutputError
        A column that the format cannot hold.
    """
    if fmt not in _FORMATS:
        raise UsageError(f"format {fmt!r} is not known; use one of {' '.join(_FORMATS)}")
    located = frame.set_crs(_WGS84) if frame.crs is None else frame.to_crs(_WGS84)
    return _FORMATS[fmt](located)


def _jsonl(frame: gpd.GeoDataFrame) -> bytes:
    names, rows = _table(frame)
    return "".join(_json(dict(zip(names, row, strict=True))) + "\n" for row in rows).encode()


def _csv(frame: gpd.GeoDataFrame) -> bytes:
    names, rows = _table(frame)
    return csv_text(names, ([_flat(value) for value in row] for row in rows)).encode()


def _geojson(frame: gpd.GeoDataFrame) -> bytes:
    properties = frame.drop(columns=frame.geometry.name)
    features = (
        _json(
            {
                "type": "Feature",
                "properties": dict(zip(properties.columns, row, strict=True)),
                "geometry": _geometry(shape),
            }
        )
        for row, shape in zip(_rows(properties), frame.geometry, strict=True)
    )
    return ('{"type": "FeatureCollection", "features": [\n' + ",\n".join(features) + "\n]}\n").encode()


def _gpkg(frame: gpd.GeoDataFrame) -> bytes:
    out = io.BytesIO()
    with geopackage_date():
        write_layer(flat_columns(frame), out, layer=_LAYER)
    return out.getvalue()


def flat_columns(frame: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give a frame with lists and objects in cells as JSON text, which is what a GeoPackage can hold."""
    flat = frame.copy()
    for name in flat.columns:
        if name != flat.geometry.name and flat[name].dtype == object:
            flat[name] = [_flat(value) for value in flat[name]]
    return flat


def write_layer(frame: gpd.GeoDataFrame, out: Any, *, layer: str, append: bool = False) -> None:
    """Write a layer of a GeoPackage.

    Raises
    ------
    OutputError
        A column that the format cannot hold.
    """
    import pyogrio  # noqa: PLC0415 - only this format needs it

    try:
        pyogrio.write_dataframe(
            frame, out, layer=layer, driver="GPKG", geometry_type=_common_type(frame), append=append
        )
    except (ValueError, TypeError, RuntimeError) as error:
        raise OutputError(f"a GeoPackage cannot hold this layer ({error}); choose .geojson or .parquet") from error


@contextlib.contextmanager
def geopackage_date() -> Iterator[None]:
    """Have GeoPackages say the build date: they must say when they were last changed, and the clock is never read."""
    import pyogrio  # noqa: PLC0415

    usual = pyogrio.get_gdal_config_option("OGR_CURRENT_DATE")
    pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": stamp()})
    try:
        yield
    finally:
        pyogrio.set_gdal_config_options({"OGR_CURRENT_DATE": usual})


def stamp() -> str:
    """Give the build's moment as GeoPackage writes it; 1970 where there is none."""
    moment = build_moment() or dt.datetime.fromtimestamp(0, tz=dt.UTC)
    return moment.strftime("%Y-%m-%dT%H:%M:%S.000Z")


def _parquet(frame: gpd.GeoDataFrame) -> bytes:
    out = io.BytesIO()
    try:
        frame.to_parquet(out, index=False, schema_version="1.1.0")
    except (ValueError, TypeError, NotImplementedError) as error:  # what pyarrow's own errors derive from
        raise OutputError(f"Parquet cannot hold this layer ({error}); choose .geojson or .jsonl") from error
    return out.getvalue()


_FORMATS: dict[str, Callable[[gpd.GeoDataFrame], bytes]] = {
    "jsonl": _jsonl,
    "csv": _csv,
    "geojson": _geojson,
    "gpkg": _gpkg,
    "parquet": _parquet,
}


def _table(frame: gpd.GeoDataFrame) -> tuple[list[str], Iterator[list[Any]]]:
    """Give names and rows without the geometry column where lat and lon say it all."""
    shapes = frame.geometry
    columns = frame.drop(columns=shapes.name)
    if not {"lat", "lon"} <= set(columns.columns):
        points = shapes.where(shapes.geom_type == "Point", None)
        columns = columns.assign(lat=points.y.round(_DECIMALS), lon=points.x.round(_DECIMALS))
    if (shapes.notna() & (shapes.geom_type != "Point")).any():
        columns = columns.assign(
            geometry=pd.Series([_geometry(shape) for shape in shapes], index=frame.index, dtype=object)
        )
    return [str(name) for name in columns.columns], _rows(columns)


def _rows(columns: pd.DataFrame) -> Iterator[list[Any]]:
    cells = [[_plain(value) for value in columns.iloc[:, index]] for index in range(columns.shape[1])]
    return (list(row) for row in zip(*cells, strict=True)) if cells else ([] for _ in range(len(columns)))


def _plain(value: Any) -> Any:
    """Give what JSON can hold; whatever means "nothing" becomes None."""
    if isinstance(value, dict):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, set | frozenset):
        return sorted(_plain(item) for item in value)
    if isinstance(value, list | tuple | np.ndarray):
        return [_plain(item) for item in value]
    return _scalar(value.item() if isinstance(value, np.generic) else value)


def _scalar(value: Any) -> Any:
    if isinstance(value, str | bool | int):
        return value
    if pd.isna(value) or value in (math.inf, -math.inf):
        return None
    if isinstance(value, dt.date | dt.time):
        return value.isoformat().removesuffix("T00:00:00")
    return value if isinstance(value, float) else str(value)


def _flat(value: Any) -> Any:
    plain = _plain(value)
    return _json(plain) if isinstance(plain, list | dict) else plain


def _geometry(shape: Any) -> dict[str, Any] | None:
    """Give a geometry as RFC 7946 has it: six decimals, outer rings counter-clockwise."""
    if shape is None or shape.is_empty:
        return None
    rounded: Any = shapely.transform(_oriented(shape), lambda positions: np.round(positions, _DECIMALS) + 0.0)
    geometry: dict[str, Any] = json.loads(shapely.to_geojson(rounded))
    return geometry


def _oriented(shape: Any) -> Any:
    if shape.geom_type == "Polygon":
        return shapely.geometry.polygon.orient(shape)
    if shape.geom_type == "MultiPolygon":
        return shapely.MultiPolygon([shapely.geometry.polygon.orient(part) for part in shape.geoms])
    return shape


def _common_type(frame: gpd.GeoDataFrame) -> str:
    kinds = {shape.geom_type for shape in frame.geometry if shape is not None}
    return kinds.pop() if len(kinds) == 1 else "Unknown"


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False)
