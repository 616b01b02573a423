"""Places that somebody has already listed with coordinates: the coordinates are theirs, the names ours."""

from __future__ import annotations

from dataclasses import replace

from geo.errors import ReportError
from geo.gazetteer.records import LISTED, Place, PlaceId
from geo.gazetteer.world import distance_m
from geo.places.decide import SAME_SPOT_M
from geo.places.outcome import Candidate, Outcome, Resolved
from geo.reports.report import Report

LISTED_PRECISION_M = 1_000.0
MOST_LAT = 90.0
# Further off than this, a point is not that of the place it is listed for.
FAR_M = 300_000.0


def _refuse_swapped(report: Report, outcome: Outcome) -> None:
    """Refuse a point that is far from all places of its name, when the same numbers the other way round are right at one."""
    if report.point is None or abs(report.point[0]) > MOST_LAT:
        return
    lon, lat = report.point
    exact = [c.place for c in outcome.candidates if c.how == "exact"]
    far = all(distance_m(lat, lon, place.lat, place.lon) > FAR_M for place in exact)
    if far and any(distance_m(lon, lat, place.lat, place.lon) <= SAME_SPOT_M for place in exact):
        raise ReportError(
            f"{report.source}: {report.id}: lat {lat:g} and lon {lon:g} look swapped, {report.text} lies the other way round; "
            f"map the columns with --columns lat=…,lon=…"
        )


def at_listed_point(report: Report, outcome: Outcome) -> Outcome:
    """Put a listed place where its row says, keeping the gazetteer's candidate when that lies on the same spot.

    Parameters
    ----------
    report : Report
        With a ``point``.
    outcome : Outcome
        What the gazetteer makes of the name.

    Raises
    ------
    ReportError
        When the row's lat and lon are plainly swapped.
    """
    if report.point is None:
        return outcome
    lon, lat = report.point
    _refuse_swapped(report, outcome)
    spots = [
        (distance_m(lat, lon, c.place.lat, c.place.lon), n)
        for n, c in enumerate(outcome.candidates)
        if c.how != "fuzzy"
    ]
    near = [outcome.candidates[n] for apart_m, n in sorted(spots) if apart_m <= SAME_SPOT_M]
    own = Place(
        id=PlaceId(f"{LISTED}{report.id}"),
        name=report.text,
        feature_code="",
        lat=lat,
        lon=lon,
        precision_m=LISTED_PRECISION_M,
        population=0,
        country="",
        admin1=None,
        admin2=None,
        contested=False,
        source=f"{LISTED}{report.id}",
    )
    place = replace(near[0].place, lat=lat, lon=lon, source=own.source) if near else own
    chosen = Candidate(place=place, toponym=near[0].toponym if near else report.text, how="exact", score=1.0)
    others = tuple(replace(c, score=0.0) for c in outcome.candidates if c not in near[:1])
    return Resolved(mention=outcome.mention, candidates=(chosen, *others), why="the row gives the coordinates")
