"""One mention as the flat record that scripts depend on (docs/architecture.md, "A mention as JSON")."""

from __future__ import annotations

import math
from typing import Any, assert_never

from geo.mentions.acled import acled_types
from geo.mentions.mention import Casualties
from geo.mentions.whereabouts import Shape
from geo.places.decide import LEAST_CONFIDENCE, confidence
from geo.places.explain import evidence_record
from geo.places.outcome import Ambiguous, Candidate, Decision, Outcome, Resolved, Unknown, decision_of
from geo.reports.report import Report

FIELDS = (
    "report", "start", "end", "text", "kind", "sentence", "status", "place", "name", "lat", "lon", "precision_m",
    "feature_code", "country", "confidence", "role", "claimants", "events", "date", "relation", "candidates", "why", "cues",
    "decision", "shape", "statements", "casualties", "acled", "claim",
)  # fmt: skip


def mention_record(report: Report, outcome: Outcome) -> dict[str, Any]:
    """Give an outcome as plain values.

    An ambiguous mention says so in ``status``. It carries its best candidate where that is likelier than about one in three;
    otherwise it stands nowhere, and its candidates tell where it may be.

    Returns
    -------
    dict
        With the keys of ``FIELDS`` but for ``claim``, which only all mentions together tell; ``lat`` and ``lon`` in WGS 84
        degrees, ``precision_m`` in metres.
    """
    mention = outcome.mention
    chosen = chosen_of(outcome)
    start, end = mention.sentence
    return {
        "report": mention.report,
        "start": mention.start,
        "end": mention.end,
        "text": mention.text,
        "kind": mention.kind,
        "sentence": report.text[start:end],
        "status": _status(outcome),
        **_located(chosen),
        "confidence": confidence(outcome.candidates) if chosen else None,
        "role": mention.role,
        "claimants": list(mention.claimants),
        "events": list(mention.events),
        "date": mention.date,
        "relation": mention.relation,
        "candidates": [candidate_record(candidate) for candidate in outcome.candidates],
        "why": outcome.why,
        "cues": [
            {
                "about": cue.about,
                "value": cue.value,
                "text": report.text[cue.start : cue.end],
                "start": cue.start,
                "end": cue.end,
            }
            for cue in mention.cues
        ],
        "statements": [
            {"party": one.party, "stance": one.stance, "accused": list(one.accused)} for one in mention.statements
        ],
        "casualties": [casualties_record(one) for one in mention.casualties],
        "acled": acled_types(mention.events),
        "decision": _decided(decision_of(outcome)),
        "shape": shape_record(mention.shape) if mention.shape else None,
    }


def casualties_record(casualties: Casualties) -> dict[str, Any]:
    """Give a number of people as plain values: ``count`` is one number, or [least, most] with None where it is open."""
    least, most = casualties.least, casualties.most
    return {
        "kind": casualties.kind,
        "count": least if least == most else [least, most],
        "claimants": list(casualties.claimants),
        "text": casualties.text,
    }


def _decided(decision: Decision | None) -> dict[str, str] | None:
    """Give who overruled a mention, when and why."""
    return {key: getattr(decision, key) for key in ("place", "reason", "who", "when")} if decision else None


def candidate_record(candidate: Candidate) -> dict[str, Any]:
    """Give a candidate as plain values, with its evidence where it has some."""
    place = candidate.place
    told = {"place": place.id, "name": place.name, "lat": place.lat, "lon": place.lon, "score": candidate.score}
    return told | evidence_record(candidate)


def shape_record(shape: Shape) -> dict[str, Any]:
    """Give a shape as plain values, without its outline."""
    return {
        "site": shape.site,
        "named": shape.named,
        "kind": shape.kind,
        "lat": round(shape.lat, 6),
        "lon": round(shape.lon, 6),
        "precision_m": float(math.ceil(shape.precision_m)),
        "of": list(shape.of),
        "text": shape.text,
        "start": shape.start,
        "end": shape.end,
    }


def _status(outcome: Outcome) -> str:
    match outcome:
        case Resolved():
            return "resolved"
        case Ambiguous():
            return "ambiguous"
        case Unknown():
            return "unknown"
        case _:
            assert_never(outcome)


def chosen_of(outcome: Outcome) -> Candidate | None:
    """Give the candidate at which an outcome stands; None where it stands nowhere."""
    match outcome:
        case Resolved():
            return outcome.chosen
        case Ambiguous() if confidence(outcome.candidates) >= LEAST_CONFIDENCE:
            return outcome.candidates[0]
        case Ambiguous() | Unknown():
            return None
        case _:
            assert_never(outcome)


def _located(chosen: Candidate | None) -> dict[str, Any]:
    if chosen is None:
        return dict.fromkeys(("place", "name", "lat", "lon", "precision_m", "feature_code", "country"))
    place = chosen.place
    return {
        "place": place.id,
        "name": chosen.toponym,
        "lat": place.lat,
        "lon": place.lon,
        "precision_m": place.precision_m,
        "feature_code": place.feature_code,
        "country": place.country,
    }
