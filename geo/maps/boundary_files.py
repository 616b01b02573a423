"""Files of boundaries that are given to a build: lines with the classes of Natural Earth, dated lines, disputed areas."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import shapely
from shapely.geometry import shape
from shapely.geometry.base import BaseGeometry

from geo.errors import DataError
from geo.gazetteer import edtf

VIEW = "fclass_"
NAMES = ("brk_name", "name", "wof:name", "name_long", "name_en")
SINCE, UNTIL = ("from", "start", "edtf:inception"), ("to", "end", "edtf:cessation")
RECORDS = (("brk_a3", "ne"), ("sr_brk_a3", "ne"), ("wof:id", "wof"), ("ne_id", "ne"))
UNKNOWN_DATES = ("", "u", "uuuu", "unknown", "none", "nan", "-99")
LINES, AREAS = ("LineString", "MultiLineString"), ("Polygon", "MultiPolygon")
_MAGIC = {".gpkg": b"SQLite format 3\x00", ".shp": b"\x00\x00\x27\x0a"}
WGS_84 = 4326
MOST_LON = 360.0
"""Lines that cross the antimeridian may run on past 180."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feature:
    """A boundary line or a disputed area of a file.

    Attributes
    ----------
    geometry : BaseGeometry
        Degrees, WGS 84.
    file, name, source : str
        The file's name, the feature's, and its record (``ne:B38``, ``wof:85668621``) or the file's name.
    classes : mapping of str to str
        Natural Earth's class by point of view in lower case, its own under "".
    since, until : str
        First and last date (EDTF), "" where open or unknown.
    """

    geometry: BaseGeometry
    file: str
    name: str
    source: str
    classes: Mapping[str, str] = field(default_factory=dict)
    since: str = ""
    until: str = ""

    @property
    def is_boundary(self) -> bool:
        """Whether it is a line of a set of boundaries, and not a line or area to be laid over them."""
        return self.geometry.geom_type in LINES and any(
            "boundary" in kind or kind.startswith(("unrecognized", "disputed", "line of control", "indefinite"))
            for kind in self.classes.values()
        )


def read_boundaries(files: Sequence[Path]) -> list[Feature]:
    """Read files of boundaries.

    Parameters
    ----------
    files : sequence of Path
        GeoJSON (.geojson .json, also a single feature), GeoPackage or Shapefile.

    Raises
    ------
    DataError
        With the file and what is wrong with it: missing, of another format, without a line or an area, a date that is none.
    """
    return [feature for file in files for feature in _read(file)]


def _read(file: Path) -> list[Feature]:
    if not file.is_file():
        raise DataError(f"{file}: no such file; give a GeoJSON, GeoPackage or Shapefile with boundaries")
    rows = _geojson(file) if file.suffix.lower() in (".geojson", ".json") else _table(file)
    found = [_feature(file, geometry, facts) for geometry, facts in rows if geometry.geom_type in (*LINES, *AREAS)]
    if not found:
        raise DataError(f"{file}: no line and no area in it; boundaries are lines, disputed areas polygons")
    if not all(_is_on_earth(feature.geometry) for feature in found):
        raise DataError(
            f"{file}: coordinates outside of the world; they are longitudes and latitudes in degrees (WGS 84)"
        )
    return found


def _geojson(file: Path) -> Iterable[tuple[BaseGeometry, dict[str, Any]]]:
    try:
        data = json.loads(file.read_text(encoding="utf-8-sig"))
        features = data["features"] if data["type"] == "FeatureCollection" else [data]
        return [
            (shape(feature["geometry"]), feature.get("properties") or {}) for feature in features if feature["geometry"]
        ]
    except (ValueError, KeyError, TypeError, AttributeError, shapely.errors.ShapelyError) as error:
        raise DataError(f"{file}: no GeoJSON of features ({error})") from error


def _table(file: Path) -> Iterable[tuple[BaseGeometry, dict[str, Any]]]:
    magic = _MAGIC.get(file.suffix.lower())
    with file.open("rb") as stream:
        begins = stream.read(len(magic or b""))
    # Looked at before GDAL does, whose other formats may point to files and addresses elsewhere.
    if magic is None or begins != magic:
        raise DataError(f"{file}: not a format for boundaries; give .geojson, .gpkg or .shp")
    import geopandas  # noqa: PLC0415 - needed for such files alone

    try:
        frame = geopandas.read_file(file)
    except Exception as error:  # pyogrio raises its own, GDAL's and Python's errors
        raise DataError(f"{file}: cannot be read ({error})") from error
    frame = frame if frame.crs is None else frame.to_crs(WGS_84)
    columns = [column for column in frame.columns if column != frame.geometry.name]
    rows: list[Any] = frame[columns].to_dict("records")
    return [(geometry, row) for geometry, row in zip(frame.geometry, rows, strict=True) if geometry is not None]


def _feature(file: Path, geometry: BaseGeometry, facts: Mapping[str, Any]) -> Feature:
    told = {str(key).lower(): str(value).strip() for key, value in facts.items() if _is_told(value)}
    classes = {key.removeprefix(VIEW).upper(): value.lower() for key, value in told.items() if key.startswith(VIEW)}
    classes |= {"": told["featurecla"].lower()} if "featurecla" in told else {}
    return Feature(
        geometry=shapely.force_2d(geometry),
        file=file.name,
        name=next((told[key] for key in NAMES if key in told), ""),
        source=next((f"{prefix}:{told[key]}" for key, prefix in RECORDS if key in told), file.name),
        classes=classes,
        since=_date(file, told, SINCE),
        until=_date(file, told, UNTIL),
    )


def _is_told(value: Any) -> bool:
    return value is not None and value == value and str(value).strip() != ""  # noqa: PLR0124 - NaN is not itself


def _is_on_earth(geometry: BaseGeometry) -> bool:
    west, south, east, north = shapely.bounds(geometry)
    return bool(-MOST_LON <= west <= east <= MOST_LON and -90 <= south <= north <= 90)  # noqa: PLR2004 - the poles


def _date(file: Path, told: Mapping[str, str], keys: Sequence[str]) -> str:
    date = next((told[key] for key in keys if key in told), "")
    if date.lower() in UNKNOWN_DATES or set(date.lower()) & set("ux"):
        return ""
    if not edtf.valid(date):
        raise DataError(f"{file}: {date!r} is no date; write 2020, 2020-11 or 2020-11-10")
    return date
