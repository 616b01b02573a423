"""Names to places, one query at a time: what `geo geocode`, `geo.geocode` and `geo.Geocoder` share."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import replace
from typing import Any

from geo.errors import UsageError
from geo.gazetteer import edtf
from geo.gazetteer.folding import normalise
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.records import PlaceId
from geo.mentions.find import find
from geo.places.decide import confidence, decide
from geo.places.explain import evidence_record
from geo.places.outcome import Ambiguous, Candidate, Outcome, Resolved, Unknown
from geo.reports.report import Report

FIELDS = (
    "query", "rank", "status", "place", "name", "matched", "match", "lat", "lon", "precision_m", "feature_code",
    "country", "confidence",
)  # fmt: skip
_PART = re.compile(r"[^\s,][^,\n]*")


def look_up(
    query: str,
    gazetteer: Gazetteer,
    *,
    context: str = "",
    countries: Collection[str] = (),
    at: str = "",
    explain: bool = False,
) -> Outcome | None:
    """Decide which place a query names.

    Parameters
    ----------
    query : str
        A name, or names from the narrowest to the widest with commas between ("Martuni, Gegharkunik").
    gazetteer : Gazetteer
    context : str
        Text in whose light the name is meant; the places that it names are company for the query.
    countries : collection of str
        ISO 3166-1 alpha-2 codes, a hint.
    at : str
        ISO 8601 date; names that were not used then do not count.
    explain : bool
        Whether each candidate carries its evidence.

    Returns
    -------
    Outcome or None
        None for a query without any text.
    """
    if at and not edtf.valid(at):
        raise UsageError(f"at={at!r}: expected an ISO date such as 2020-10-04")
    parts = [match.span() for match in _PART.finditer(query)]
    if not parts:
        return None
    trimmed = tuple((start, start + len(query[start:end].rstrip())) for start, end in parts)
    named = find(Report(id="query", text=query, spans=trimmed), gazetteer)
    company = find(Report(id="context", text=context), gazetteer) if context else ()
    outcome = decide((*named, *company), gazetteer, countries=countries, asked=True, explain=explain)[0]
    return _standing(outcome, gazetteer, at) if at else outcome


def _standing(outcome: Outcome, gazetteer: Gazetteer, at: str) -> Outcome:
    kept = tuple(c for c in outcome.candidates if _stood(c, gazetteer, at))
    if not kept:
        return Unknown(mention=outcome.mention, candidates=(), why=f"no place had this name on {at}")
    return replace(outcome, candidates=kept)


def _stood(candidate: Candidate, gazetteer: Gazetteer, at: str) -> bool:
    """Tell whether a name stood at a date: one attestation covers it, or nothing is dated."""
    name = normalise(candidate.toponym)
    rows = [row for row in gazetteer.names(PlaceId(candidate.place.id)) if normalise(row.toponym) == name]
    return not rows or any(edtf.contains(row.from_, row.to, at) for row in rows)


def candidate_rows(query: str, outcome: Outcome | None, *, limit: int = 10) -> list[dict[str, Any]]:
    """Give one record a candidate, best first; a query without any has one with null fields.

    Returns
    -------
    list of dict
        With the keys of ``FIELDS`` and, where there is evidence, those of `evidence_record`;
        ``lat``, ``lon`` in WGS 84 degrees. The first row's confidence is that of the spot,
        the others' are their scores.
    """
    status = (
        "resolved" if isinstance(outcome, Resolved) else "ambiguous" if isinstance(outcome, Ambiguous) else "unknown"
    )
    if outcome is None or not outcome.candidates:
        return [dict.fromkeys(FIELDS) | {"query": query, "status": "unknown"}]
    return [
        {
            "query": query,
            "rank": rank,
            "status": status,
            "place": candidate.place.id,
            "name": candidate.place.name,
            "matched": candidate.toponym,
            "match": candidate.how,
            "lat": candidate.place.lat,
            "lon": candidate.place.lon,
            "precision_m": candidate.place.precision_m,
            "feature_code": candidate.place.feature_code,
            "country": candidate.place.country,
            "confidence": confidence(outcome.candidates) if rank == 1 else candidate.score,
        }
        | evidence_record(candidate)
        for rank, candidate in enumerate(outcome.candidates[:limit], 1)
    ]
