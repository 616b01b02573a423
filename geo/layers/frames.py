"""Outcomes as GeoDataFrames: one row a mention, one row a place with all its mentions, one row an area; EPSG:4326."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.gazetteer.gazetteer import Gazetteer
from geo.layers.records import FIELDS, mention_record
from geo.layers.syndicated import claim_ids
from geo.layers.unnamed import outlines, with_unnamed
from geo.places.outcome import Outcome
from geo.reports.report import Report

if TYPE_CHECKING:
    import geopandas as gpd
    import pandas as pd
    import shapely

CRS = "EPSG:4326"
# A place on the map takes the first of these that one of its mentions has.
ROLES = ("site", "reference", "setting", "actor")
AREA_FROM_M = 10_000.0
TEXT, NUMBER, COUNT, VALUES = "string", "Float64", "Int64", "object"
MENTION_TYPES = {
    **dict.fromkeys(FIELDS, TEXT),
    **dict.fromkeys(("start", "end"), COUNT),
    **dict.fromkeys(("lat", "lon", "precision_m", "confidence"), NUMBER),
    **dict.fromkeys(
        ("claimants", "events", "candidates", "cues", "statements", "casualties", "acled", "decision", "shape"), VALUES
    ),
}
SITE_TYPES = {
    **dict.fromkeys(("place", "name"), TEXT),
    **dict.fromkeys(("lat", "lon", "precision_m"), "float64"),
    **dict.fromkeys(("feature_code", "country", "role"), TEXT),
    "confidence": "float64",
    "status": TEXT,
    **dict.fromkeys(("printed", "claimants", "events", "mentions"), VALUES),
}


@dataclass(frozen=True, slots=True)
class Parsed:
    """A report with what was decided about its mentions, or about those in a stretch of it."""

    report: Report
    outcomes: tuple[Outcome, ...]


@dataclass(frozen=True, slots=True)
class Layers:
    """What a map is drawn from.

    Attributes
    ----------
    reports : tuple of Report
    mentions : geopandas.GeoDataFrame
        One row a mention; the geometry is None where it was not resolved. Columns as in `geo.layers.records.FIELDS`.
    sites : geopandas.GeoDataFrame
        One row a place that a mention of kind ``place`` names: place, role, printed, claimants, events, confidence, ...
        Sites that have no name on the map, but are told to lie somewhere from a place on, have rows of their own: their
        ``place`` is made of that place's id and the relation (``kar-0001#north-15km``), their names are the words.
    areas : geopandas.GeoDataFrame
        One row a place that is an area: place, kind, geometry. The kind is ``polygon`` or ``radius``, and for sites
        without a name and parts of towns ``buffer``, ``sector``, ``corridor``, ``district``, ``ring`` or ``strip``.
    notes : tuple of str
        What a reader should know of the making: decisions that do not apply.
    """

    reports: tuple[Report, ...]
    mentions: gpd.GeoDataFrame
    sites: gpd.GeoDataFrame
    areas: gpd.GeoDataFrame
    notes: tuple[str, ...] = ()


def layers(parsed: Sequence[Parsed], gazetteer: Gazetteer, notes: Sequence[str] = ()) -> Layers:
    """Shape what was decided into the layers of a map."""
    mentions = mention_frame(parsed)
    sites = site_frame(mentions)
    areas = area_frame(
        sites, gazetteer, shapes=outlines(outcome.mention for item in parsed for outcome in item.outcomes)
    )
    # A long report comes in several stretches.
    reports = {item.report.id: item.report for item in parsed}
    return Layers(tuple(reports.values()), mentions, sites, areas, tuple(notes))


def mention_frame(parsed: Iterable[Parsed]) -> gpd.GeoDataFrame:
    """Give one row a mention, in the order of reports and texts.

    Returns
    -------
    geopandas.GeoDataFrame
        Columns of `geo.layers.records.FIELDS` and ``geometry`` (points, EPSG:4326; None where not resolved).
    """
    import geopandas as gpd  # noqa: PLC0415 - only what makes frames pays for geopandas
    import pandas as pd  # noqa: PLC0415

    rows = [mention_record(item.report, outcome) for item in parsed for outcome in item.outcomes]
    for row, claim in zip(rows, claim_ids(rows), strict=True):
        row["claim"] = claim
    frame = _typed(pd.DataFrame(rows, columns=list(FIELDS)), MENTION_TYPES)
    points = gpd.points_from_xy(
        frame["lon"].to_numpy(dtype=float, na_value=float("nan")),
        frame["lat"].to_numpy(dtype=float, na_value=float("nan")),
    )
    geometry = gpd.GeoSeries(points, crs=CRS).where(frame["lat"].notna(), None)
    return gpd.GeoDataFrame(frame, geometry=geometry, crs=CRS)


def site_frame(mentions: gpd.GeoDataFrame) -> gpd.GeoDataFrame:
    """Give one row a place that is named as a place, in the order of first mention.

    Parameters
    ----------
    mentions : geopandas.GeoDataFrame
        As `mention_frame` gives it.

    Returns
    -------
    geopandas.GeoDataFrame
        place, name, lat, lon, precision_m, feature_code, country, role, confidence (the best of its mentions), printed
        (names as printed), claimants, events, mentions (row numbers), geometry (points, EPSG:4326).
    """
    import geopandas as gpd  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415

    named = with_unnamed(mentions)
    rows = [_site(place, group) for place, group in named.groupby("place", sort=False)]
    frame = _typed(pd.DataFrame(_without_wide_countries(rows), columns=list(SITE_TYPES)), SITE_TYPES)
    return gpd.GeoDataFrame(frame, geometry=gpd.points_from_xy(frame["lon"], frame["lat"]), crs=CRS)


def _without_wide_countries(rows: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give the rows with countries as actors, unless one is the most exact site that the reports name in it.

    A country that only locates another place, or where more exact places are reported, is no place on the map.
    """
    exact = {row["country"] for row in rows if row["role"] == "site" and not _is_country(row)}
    return [
        row | {"role": "actor"}
        if _is_country(row) and row["role"] and (row["role"] != "site" or row["country"] in exact)
        else row
        for row in rows
    ]


def _is_country(row: dict[str, Any]) -> bool:
    return str(row["feature_code"]).startswith("PCL")


def _typed(frame: pd.DataFrame, types: dict[str, str]) -> pd.DataFrame:
    """Give a frame with the types of its columns, whether it has rows or not."""
    typed: pd.DataFrame = frame.astype(types)
    return typed


def _site(place: Any, group: pd.DataFrame) -> dict[str, Any]:
    best: Any = group.loc[[group["confidence"].astype(float).idxmax()]].iloc[0]
    roles = set(group["role"].dropna())
    return {
        "place": place,
        **{
            column: best[column]
            for column in ("name", "lat", "lon", "precision_m", "feature_code", "country", "confidence")
        },
        "status": "resolved" if (group["status"] == "resolved").any() else "ambiguous",
        "role": next((role for role in ROLES if role in roles), None),
        "printed": list(dict.fromkeys(" ".join(text.split()) for text in group["text"])),
        "claimants": list(dict.fromkeys(party for parties in group["claimants"] for party in parties)),
        "events": list(dict.fromkeys(event for events in group["events"] for event in events)),
        "mentions": group.index.to_list(),
    }


def area_frame(
    sites: gpd.GeoDataFrame,
    gazetteer: Gazetteer,
    *,
    shapes: Mapping[str, Sequence[tuple[str, shapely.Geometry]]] | None = None,
) -> gpd.GeoDataFrame:
    """Give the areas among the sites: a division's polygon where Natural Earth has it, otherwise the radius of its point.

    Countries get no area: their extent is what the borders of the basemap show, with contested lines dashed.

    Parameters
    ----------
    sites : geopandas.GeoDataFrame
    gazetteer : Gazetteer
    shapes : mapping, optional
        Kinds and outlines of sites without a name and of parts of towns, by the id of the site.

    Returns
    -------
    geopandas.GeoDataFrame
        place, kind, geometry (polygons, EPSG:4326).
    """
    import geopandas as gpd  # noqa: PLC0415
    import pandas as pd  # noqa: PLC0415

    from geo.layers.areas import division_polygon, radius_area  # noqa: PLC0415 - pyproj is needed for areas alone

    rows, outlined = [], []
    table: Any = sites
    for site in table.itertuples():
        code, role = str(site.feature_code), None if pd.isna(site.role) else site.role
        told = (shapes or {}).get(site.place)
        if told:
            rows += [{"place": site.place, "kind": kind} for kind, _ in told]
            outlined += [outline for _, outline in told]
            continue
        located = role in ("site", "reference", None)
        if not located or site.precision_m < AREA_FROM_M or code.startswith(("PCL", "PPL", "CONT")):
            continue
        polygon = None
        if code == "ADM1":
            inside = [(member.lon, member.lat) for member in gazetteer.members(site.place)]
            polygon = division_polygon(site.lon, site.lat, members=inside)
        rows.append({"place": site.place, "kind": "radius" if polygon is None else "polygon"})
        outlined.append(radius_area(site.lon, site.lat, site.precision_m) if polygon is None else polygon)
    frame = _typed(pd.DataFrame(rows, columns=["place", "kind"]), {"place": TEXT, "kind": TEXT})
    return gpd.GeoDataFrame(frame, geometry=gpd.GeoSeries(outlined, crs=CRS), crs=CRS)
