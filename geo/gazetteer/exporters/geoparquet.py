"""GeoParquet: one row a place, its point as WKB in OGC:CRS84, its names, relations, links and further points as lists."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from geo.gazetteer.exporters.known import Known, countries, known_places
from geo.gazetteer.tables import Tables

_PLACE = ("feature_code", "precision_m", "population", "region", "source", "note")
_NAME = ("toponym", "lang", "kind", "party", "from", "to", "source", "note")
_RELATION = ("relation", "object", "party", "from", "to", "source")
_LINK = ("relation", "target", "source")


def content(tables: Tables) -> bytes:
    """Give tables as GeoParquet 1.1; equal tables under equal versions of geopandas and pyarrow give equal bytes."""
    import geopandas as gpd  # noqa: PLC0415 - half a second that no other format needs
    import pandas as pd  # noqa: PLC0415
    import pyarrow as pa  # type: ignore[import-untyped] # noqa: PLC0415
    import pyarrow.parquet as pq  # type: ignore[import-untyped] # noqa: PLC0415

    places = known_places(tables)
    point = pa.struct([("lat", pa.float64()), ("lon", pa.float64()), ("source", pa.string())])

    def column(type_: Any, values: Sequence[Any]) -> Any:
        return pd.Series(values, dtype=pd.ArrowDtype(type_))

    def records(fields: Sequence[str], values: Sequence[list[dict[str, Any]]]) -> Any:
        return column(pa.list_(pa.struct([(field, pa.string()) for field in fields])), values)

    frame = gpd.GeoDataFrame(
        {
            "place_id": column(pa.string(), [known.id for known in places]),
            "title": column(pa.string(), [known.title for known in places]),
            **{
                name: column(
                    pa.float64() if name == "precision_m" else pa.int64() if name == "population" else pa.string(),
                    [getattr(known.place, name) if known.place else None for known in places],
                )
                for name in _PLACE
            },
            "countries": column(pa.list_(pa.string()), [countries(known) for known in places]),
            "names": records(_NAME, [[_plain(name, _NAME) for name in known.names] for known in places]),
            "relations": records(_RELATION, [[_plain(r, _RELATION) for r in known.relations] for known in places]),
            "links": records(_LINK, [[_plain(link, _LINK) for link in known.links] for known in places]),
            "points": column(
                pa.list_(point),
                [[{"lat": p.lat, "lon": p.lon, "source": p.source} for p in known.points] for known in places],
            ),
        },
        geometry=gpd.GeoSeries.from_xy(
            [_degrees(known, "lon") for known in places], [_degrees(known, "lat") for known in places]
        ),
        crs="OGC:CRS84",
    )
    frame.loc[[known.place is None for known in places], "geometry"] = None
    out, plain = io.BytesIO(), io.BytesIO()
    frame.to_parquet(out, index=False, geometry_encoding="WKB", schema_version="1.1.0")
    # What pandas notes about its own types it cannot read again for lists; the file says all by itself.
    table = pq.read_table(out)
    metadata = {key: value for key, value in table.schema.metadata.items() if key != b"pandas"}
    pq.write_table(table.replace_schema_metadata(metadata), plain, compression="zstd")
    return plain.getvalue()


def _degrees(known: Known, axis: str) -> float:
    return getattr(known.place, axis) if known.place else 0.0


def _plain(fact: Any, fields: Sequence[str]) -> dict[str, Any]:
    """Give a fact under the column names of the tables."""
    record = {key.rstrip("_"): value for key, value in asdict(fact).items()}
    return {field: record[field] for field in fields}
