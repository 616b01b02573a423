"""Sites without a name on the map: rows of their own beside those of the places that locate them."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    import shapely

    from geo.mentions.mention import Mention


def outlines(mentions: Iterable[Mention]) -> dict[str, list[tuple[str, shapely.Geometry]]]:
    """Give kind and outline of each site without a name, and of the parts of towns, by the id of the site."""
    found: dict[str, dict[bytes, tuple[str, shapely.Geometry]]] = {}
    for mention in mentions:
        shape = mention.shape
        if shape and (not shape.named or shape.site in shape.of):
            outline: Any = shape.outline
            found.setdefault(shape.site, {}).setdefault(outline.wkb, (shape.kind, outline))
    return {site: list(shapes.values()) for site, shapes in found.items()}


def with_unnamed(mentions: gpd.GeoDataFrame) -> pd.DataFrame:
    """Give the mentions that name a place on the map, and once more each that tells where a site without a name lies.

    That place is a reference there; what is reported belongs to the site. Both rows keep the number of the mention.

    Parameters
    ----------
    mentions : geopandas.GeoDataFrame
        As `geo.layers.frames.mention_frame` gives it.
    """
    import pandas as pd  # noqa: PLC0415 - only what makes frames pays for pandas

    plain: Any = pd.DataFrame(mentions.drop(columns=mentions.geometry.name))
    on_map = plain["place"].notna()
    carries = [_is_unnamed(shape) for shape in plain["shape"]]
    named = plain[(plain["kind"] == "place") & on_map]
    carriers = plain[pd.Series(carries, index=plain.index, dtype=bool) & on_map]
    if not len(carriers):
        return pd.DataFrame(named)
    rows = {
        **{(number, 0): row | _located(row) for number, row in named.to_dict("index").items()},
        **{(number, 1): row | _site(row["shape"]) for number, row in carriers.to_dict("index").items()},
    }
    keys = sorted(rows)
    frame = pd.DataFrame([rows[key] for key in keys], index=[number for number, _ in keys], columns=plain.columns)
    return pd.DataFrame(frame.astype(plain.dtypes.to_dict()))


def _is_unnamed(shape: Any) -> bool:
    return isinstance(shape, dict) and not shape["named"]


def unnamed_sites(mentions: gpd.GeoDataFrame) -> dict[str, dict[str, Any]]:
    """Give the shape of each site without a name, by its id."""
    shapes = [shape for shape in mentions["shape"] if _is_unnamed(shape)]
    return {shape["site"]: shape for shape in reversed(shapes)}


def _located(row: dict[str, Any]) -> dict[str, Any]:
    return {"role": "reference", "claimants": [], "events": []} if _is_unnamed(row["shape"]) else {}


def _site(shape: dict[str, Any]) -> dict[str, Any]:
    return {
        "place": shape["site"],
        "name": shape["text"],
        "text": shape["text"],
        "lat": shape["lat"],
        "lon": shape["lon"],
        "precision_m": shape["precision_m"],
        "feature_code": "",
        "role": "site",
    }
