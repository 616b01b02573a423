"""JSON: one object a line (.jsonl), and point features (.geojson)."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, NoReturn

from geo.errors import ReportError
from geo.reports.encoding import encoding_of
from geo.reports.rows import Row, object_fields, reports_of_rows

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from geo.reports.report import Report
    from geo.reports.source import Source

_GEOJSON_LIMIT = 100_000_000
_WGS84 = ("CRS84", "4326")


def read_jsonl(source: Source, columns: Mapping[str, str], mentions_from: str = "") -> Iterator[Report]:
    """Read one object a line, in bounded memory; texts stay exactly as they are, so that given spans fit.

    Raises
    ------
    ReportError
        A line that is no JSON object, or an object that cannot be a report.
    """
    rows = _lines(source, columns, mentions_from)
    yield from reports_of_rows(rows, source, mentions_from=mentions_from)


def read_geojson(source: Source, columns: Mapping[str, str]) -> Iterator[Report]:
    """Read the point features of a collection: a report each (`text`) or a listed place (`place` or `name`).

    Raises
    ------
    ReportError
        No GeoJSON, another coordinate system, a feature that is no point or cannot be a report.
    """
    if source.size() > _GEOJSON_LIMIT:
        raise ReportError(
            f"{source.name}: over {_GEOJSON_LIMIT // 1_000_000} MB; write it as .jsonl, which is read in lines"
        )
    with source.open_text(encoding_of(source, line_limit=None)) as stream:
        document = _parse(stream.read(), source.name)
    if not isinstance(document, dict) or document.get("type") not in {"FeatureCollection", "Feature"}:
        raise ReportError(f"{source.name}: is no GeoJSON; give a FeatureCollection")
    crs = document.get("crs")
    if crs and not any(name in json.dumps(crs) for name in _WGS84):
        raise ReportError(f"{source.name}: has another coordinate system than WGS 84; convert it to EPSG:4326")
    features = [document] if document["type"] == "Feature" else document.get("features")
    if not isinstance(features, list):
        raise ReportError(f"{source.name}: has no list of features; give a FeatureCollection")
    rows = (_feature_row(feature, number, columns, source.name) for number, feature in enumerate(features, 1))
    yield from reports_of_rows(rows, source)


def starts_with_object(source: Source) -> bool:
    """Tell whether the first line with anything in it is a JSON object."""
    with source.open_text(encoding_of(source)) as lines:
        first = next((line for line in lines if line.strip()), "")
    try:
        return isinstance(_parse(first, ""), dict)
    except ReportError:
        return False


def _lines(source: Source, columns: Mapping[str, str], mentions_from: str) -> Iterator[Row]:
    number = 0
    with source.open_text(encoding_of(source)) as lines:
        for line_number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            number += 1
            where = f"{source.name}:{line_number}"
            document = _parse(line, where)
            if not isinstance(document, dict):
                raise ReportError(f"{where}: is no JSON object; write one object a line")
            yield Row(
                where=where,
                number=number,
                values=object_fields(document, columns, where),
                spans=document.get(mentions_from) if mentions_from else None,
            )


def _feature_row(feature: object, number: int, columns: Mapping[str, str], name: str) -> Row:
    where = f"{name}: feature {number}"
    if not isinstance(feature, dict) or feature.get("type") != "Feature":
        raise ReportError(f"{where}: is no feature; give objects of type Feature")
    properties = feature.get("properties") or {}
    if not isinstance(properties, dict):
        raise ReportError(f"{where}: its properties are no object; give an object")
    if not {"text", "place"} & {*properties, *columns} and "name" in properties:
        properties = {**properties, "place": properties["name"]}
    values = object_fields(properties, columns, where)
    if "id" not in values and feature.get("id") is not None:
        values["id"] = feature["id"]
    geometry = feature.get("geometry")
    if geometry is not None:
        values["lon"], values["lat"] = _position(geometry, where)
    return Row(where=where, number=number, values=values)


def _position(geometry: object, where: str) -> tuple[object, object]:
    kind = geometry.get("type") if isinstance(geometry, dict) else None
    if not isinstance(geometry, dict) or kind != "Point":
        raise ReportError(f"{where}: its geometry is {kind or 'no object'}; give a Point, such as its centre")
    match geometry.get("coordinates"):
        case [lon, lat, *_] if lon is not None and lat is not None:
            return lon, lat
        case _:
            raise ReportError(f"{where}: its Point has no [lon, lat]; give both")


def _parse(text: str, where: str) -> object:
    try:
        parsed: object = json.loads(text, parse_constant=_no_constant)
    except json.JSONDecodeError as error:
        at = f"column {error.colno}" if error.lineno == 1 else f"line {error.lineno} column {error.colno}"
        raise ReportError(f"{where}: broken JSON ({error.msg} at {at}); repair it") from error
    except (ValueError, RecursionError) as error:
        raise ReportError(f"{where}: JSON that cannot be read ({error}); repair it") from error
    return parsed


def _no_constant(name: str) -> NoReturn:
    raise ValueError(f"{name} is no JSON; write null")
