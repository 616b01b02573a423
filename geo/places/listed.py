"""Places that somebody has already listed with coordinates: the coordinates are theirs, the names ours."""

from __future__ import annotations

from dataclasses import replace

from geo.gazetteer.records import Place, PlaceId
from geo.gazetteer.world import distance_m
from geo.places.decide import SAME_SPOT_M
from geo.places.outcome import Candidate, Outcome, Resolved
from geo.reports.report import Report

LISTED_PRECISION_M = 1_000.0


def at_listed_point(report: Report, outcome: Outcome) -> Outcome:
    """Put a listed place where its row says, keeping the gazetteer's candidate when that lies on the same spot.

    Parameters
    ----------
    report : Report
        With a ``point``.
    outcome : Outcome
        What the gazetteer makes of the name.
    """
    if report.point is None:
        return outcome
    lon, lat = report.point
    near = [c for c in outcome.candidates if distance_m(lat, lon, c.place.lat, c.place.lon) <= SAME_SPOT_M]
    own = Place(
        id=PlaceId(f"listed:{report.id}"),
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
        source=f"listed:{report.id}",
    )
    place = replace(near[0].place, lat=lat, lon=lon, source=own.source) if near else own
    chosen = Candidate(place=place, toponym=near[0].toponym if near else report.text, how="exact", score=1.0)
    others = tuple(replace(c, score=0.0) for c in outcome.candidates if c not in near[:1])
    return Resolved(mention=outcome.mention, candidates=(chosen, *others), why="the row gives the coordinates")
