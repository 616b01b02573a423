"""A GeoDataFrame of reported locations as the values of a page, column by column and never row by row."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, TypedDict, overload

import numpy as np
from numpy.typing import NDArray

from geo.errors import UsageError
from geo.maps.curve import along_curve
from geo.maps.moments import EXACTNESS, distinct_columns
from geo.maps.packing import LARGEST, Codes, Column, Lists, Numbers, Table

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd

USUAL: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "place", "toponym", "location"),
    "text": ("text", "quote", "notes", "description"),
    "date": ("date", "event_date", "published", "time", "timestamp"),
    "claimants": ("claimants", "claimant", "side", "party"),
    "events": ("events", "event", "event_type"),
    "outlet": ("outlet", "source", "publisher"),
    "url": ("url", "link"),
    "flags": ("flags", "flag"),
    "confidence": ("confidence",),
    "precision_m": ("precision_m",),
}
"""What a reported location may tell, and the columns that are taken for it where none is named."""
SEPARATOR = ";"
"""Between several claimants, events or flags in one cell."""
ORDERED = 20_000
"""Rows up to which the list keeps the table's order; that of a larger one is the order of the places on the map."""
DECIMALS, CONFIDENCE_DECIMALS = 5, 4
POLICY = "Names as the table has them."
VERSIONED = ("allonym", "folium", "geopandas", "django-js-lib-leaflet")

Rows = NDArray[np.int64]


class Columns(TypedDict, total=False):
    """The names of a table's columns, by what they tell."""

    name: str
    text: str
    date: str
    claimants: str
    events: str
    outlet: str
    url: str
    flags: str
    confidence: str
    precision_m: str


def is_frame(data: Any) -> bool:
    """Tell whether a value is a GeoDataFrame, without loading geopandas."""
    return hasattr(data, "columns") and hasattr(data, "geometry") and hasattr(data, "crs")


def frame_values(
    frame: gpd.GeoDataFrame,
    columns: Columns,
    *,
    title: str = "",
    parties: Mapping[str, Mapping[str, str]] | None = None,
) -> dict[str, Any]:
    """Give the values of a page of reported locations.

    Rows of one name at one point are one place. Of a line or an area a point within it stands for it. Rows without a
    geometry are listed as not placed.

    Parameters
    ----------
    frame : geopandas.GeoDataFrame
        One row a reported location; without a CRS its coordinates are taken as WGS 84 degrees.
    columns : Columns
        Which column tells what; for the others the usual names are looked for.
    title : str
        Of the map.
    parties : mapping, optional
        What is known of claimants: ``{"az-mod": {"name": ..., "colour": "#rrggbb"}}``.

    Raises
    ------
    UsageError
        When a column is named that the table does not have.
    """
    of = {told: frame[column] for told, column in _columns(frame, columns).items()}
    lons, lats = _points(frame)
    names = _codes(of["name"]) if "name" in of else Codes(codes=np.full(len(frame), -1), values=[])
    rows, first, place = _grouped(lons, lats, np.asarray(names.codes))
    return {
        "meta": {
            "title": title,
            "language": "en",
            "generator": f"Allonym {version('allonym')}",
            "policy": "printed",
            "policy_text": POLICY,
            "versions": {package: version(package) for package in VERSIONED},
        },
        "parties": {key: dict(value) for key, value in (parties or {}).items()},
        "sources": {},
        "areas": {"type": "FeatureCollection", "features": []},
        "tables": {
            "places": _places(first, lons, lats, names, of, len(frame)),
            "mentions": _mentions(rows, place, of),
            "reports": Table(count=0, columns={}),
        },
    }


def _columns(frame: gpd.GeoDataFrame, columns: Columns) -> dict[str, str]:
    known = set(frame.columns)
    for told, column in columns.items():
        if column not in known:
            raise UsageError(
                f"{told}={column!r}: the table has no such column; it has {', '.join(map(str, frame.columns))}"
            )
    usual = {told: name for told, names in USUAL.items() for name in reversed(names) if name in known}
    named: dict[str, Any] = dict(columns)
    return usual | named


def _points(frame: gpd.GeoDataFrame) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Give longitudes and latitudes, NaN where there is no geometry."""
    import shapely  # noqa: PLC0415 - a GeoDataFrame has loaded it

    geometry = frame.geometry if frame.crs is None else frame.geometry.to_crs("EPSG:4326")
    shapes = np.asarray(geometry.array)
    wide = shapely.get_type_id(shapes) > shapely.GeometryType.POINT
    points = shapes.copy()
    points[wide] = shapely.point_on_surface(shapes[wide])
    points[shapely.is_empty(points)] = None
    lons, lats = shapely.get_x(points), shapely.get_y(points)
    finite = np.isfinite(lons) & np.isfinite(lats)
    return np.where(finite, lons, np.nan), np.where(finite, lats, np.nan)


def _grouped(lons: NDArray[np.float64], lats: NDArray[np.float64], names: Rows) -> tuple[Rows, Rows, Rows]:
    """Give the rows by place along the curve (what has no point last), the first row of each place, and each row's place."""
    placed = np.flatnonzero(np.isfinite(lons))
    distance = along_curve(lons[placed], lats[placed])
    order = np.lexsort((names[placed], distance))
    here, called = distance[order], names[placed][order]
    starts = np.ones(len(order), dtype=bool)
    starts[1:] = (here[1:] != here[:-1]) | (called[1:] != called[:-1])
    rest = np.flatnonzero(np.isnan(lons))
    place = np.concatenate([np.cumsum(starts) - 1, np.full(len(rest), -1)])
    return np.concatenate([placed[order], rest]), placed[order][starts], place


def _places(
    first: Rows, lons: NDArray[np.float64], lats: NDArray[np.float64], names: Codes, of: Mapping[str, pd.Series[Any]], total: int
) -> Table:  # fmt: skip
    columns: dict[str, Column] = {
        "lon": Numbers(values=lons[first], decimals=DECIMALS, delta=True),
        "lat": Numbers(values=lats[first], decimals=DECIMALS, delta=True),
        "role": Codes(codes=np.zeros(len(first), dtype=np.int64), values=["site"]),
        "label:printed": Codes(codes=names.codes[first], values=names.values),
    }
    if total <= ORDERED:
        columns["order"] = Numbers(values=first)
    if "confidence" in of:
        values = of["confidence"].to_numpy(dtype=float, na_value=np.nan)[first]
        columns["confidence"] = Numbers(values=values, decimals=CONFIDENCE_DECIMALS)
    if "precision_m" in of:
        columns["precision_m"] = Numbers(values=of["precision_m"].to_numpy(dtype=float, na_value=np.nan)[first])
    return Table(count=len(first), columns=columns)


def _mentions(rows: Rows, place: Rows, of: Mapping[str, pd.Series[Any]]) -> Table:
    columns: dict[str, Column] = {
        "place": Numbers(values=place, delta=True),
        "status": Codes(codes=np.where(place < 0, 1, 0), values=["resolved", "unknown"]),
    }
    for listed in ("claimants", "events", "flags"):
        if listed in of:
            columns[listed] = _lists(of[listed], rows)
    if "outlet" in of:
        outlets = _codes(of["outlet"])
        columns["outlet"] = Codes(codes=outlets.codes[rows], values=outlets.values)
    if "date" in of:
        columns |= _dates(of["date"], rows)
    told = {"quote": "text", "url": "url"} | ({"text": "name"} if (place < 0).any() else {})
    details = {detail: _Texts(of[column], rows) for detail, column in told.items() if column in of}
    return Table(count=len(rows), columns=columns, details=details)


def _factorized(series: pd.Series[Any], plain: Callable[[Any], Any] = str) -> tuple[Rows, list[Any]]:
    """Give each row's number among the distinct values (-1 for none), and those values."""
    import pandas as pd  # noqa: PLC0415 - a GeoDataFrame has loaded it

    codes, values = pd.factorize(series)
    return codes.astype(np.int64), [plain(value) for value in values]


def _codes(series: pd.Series[Any]) -> Codes:
    codes, values = _factorized(series)
    return Codes(codes=codes, values=values)


def _lists(series: pd.Series[Any], rows: Rows) -> Lists:
    """Give cells that hold lists, or texts with semicolons between them, as lists of codes; each word once a row."""
    if series.dtype == object:  # lists do not count as values
        series = series.map(
            lambda cell: SEPARATOR.join(map(str, cell)) if isinstance(cell, list | tuple | set) else cell
        )
    cells, values = _factorized(series, _parts)
    words = sorted({word for value in values for word in value})
    known = {word: code for code, word in enumerate(words)}
    counts = np.array([len(value) for value in values] + [0], dtype=np.int64)  # the last is for rows without a cell
    flat = np.array([known[word] for value in values for word in value], dtype=np.int64)
    starts = np.concatenate([[0], np.cumsum(counts)[:-1]])
    cells = cells[rows]
    many = counts[cells]
    within = np.arange(many.sum()) - np.repeat(np.cumsum(many) - many, many)
    return Lists(counts=many, codes=flat[np.repeat(starts[cells], many) + within], values=words)


def _parts(cell: Any) -> list[str]:
    return list(dict.fromkeys(filter(None, (part.strip() for part in str(cell).split(SEPARATOR)))))


def _dates(series: pd.Series[Any], rows: Rows) -> dict[str, Column]:
    """Give dates as minutes; times of which all are midnights are days."""
    import pandas as pd  # noqa: PLC0415

    if isinstance(series.dtype, pd.DatetimeTZDtype):
        series = series.dt.tz_convert("UTC").dt.tz_localize(None)
    if pd.api.types.is_datetime64_any_dtype(series.dtype):
        minutes = series.to_numpy().astype("datetime64[m]").astype(np.int64)[rows]
        known = (minutes >= -LARGEST) & (minutes <= LARGEST)  # a missing date is far away
        is_days = not (minutes[known] % (24 * 60)).any()
        exact = EXACTNESS.index("day" if is_days else "minute")
        return {
            "minute": Numbers(values=np.where(known, minutes, np.nan)),
            "exact": Codes(codes=np.where(known, exact, -1), values=EXACTNESS),
        }
    cells, values = _factorized(series)
    return {**distinct_columns(values, cells[rows])}


class _Texts(Sequence[str | None]):
    """Cells of a column in the page's order, made into texts where a chunk of them is packed."""

    def __init__(self, series: pd.Series[Any], rows: Rows) -> None:
        self._series = series
        self._rows = rows

    def __len__(self) -> int:
        return len(self._rows)

    @overload
    def __getitem__(self, at: int) -> str | None: ...
    @overload
    def __getitem__(self, at: slice) -> list[str | None]: ...
    def __getitem__(self, at: int | slice) -> str | list[str | None] | None:
        if isinstance(at, int):
            return self[at : at + 1][0]
        cells = self._series.iloc[self._rows[at]]
        missing = cells.isna().to_numpy()
        return [None if none else str(cell) for cell, none in zip(cells.to_numpy(dtype=object), missing, strict=True)]
