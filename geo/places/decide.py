"""Decide which place each mention means: probabilities become resolved, ambiguous or unknown, with why."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import replace

from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.world import distance_m
from geo.mentions.mention import Mention
from geo.places.features import company_features
from geo.places.groups import Group, groups
from geo.places.model import chooser_model, probabilities
from geo.places.outcome import Ambiguous, Candidate, Outcome, Resolved, Unknown
from geo.places.reasons import reason

# A town and the district named after it are one answer to "where?": candidates this near to the best one support it.
SAME_SPOT_M = 30_000.0
LEAST_CONFIDENCE = 0.35
LEAST_MARGIN = 0.12
KEPT_CANDIDATES = 10


def decide(
    mentions: Sequence[Mention],
    gazetteer: Gazetteer,
    *,
    countries: Collection[str] = (),
    fuzzy: bool = False,
) -> tuple[Outcome, ...]:
    """Decide what the mentions of one report mean.

    Parameters
    ----------
    mentions : sequence of Mention
        Of one report, in order.
    gazetteer : Gazetteer
    countries : collection of str
        ISO 3166-1 alpha-2 codes of countries that are likelier than others: a hint, never a filter.
    fuzzy : bool
        Whether a spelling that matches nothing may be matched by a nearly equal one.

    Returns
    -------
    tuple of Outcome
        One a mention, in order, each with all its candidates (at most 10), best first. The score of a candidate is
        the probability that it is meant; what is missing to 1 is "none of them".
    """
    found = groups(mentions, gazetteer, fuzzy=fuzzy)
    shares = probabilities(found, chooser_model(), countries=frozenset(code.upper() for code in countries))
    company = company_features(found, shares)
    outcomes: dict[int, Outcome] = {}
    for group, share, beside in zip(found, shares, company, strict=True):
        ranked = sorted(range(len(group.matches)), key=lambda n: -share[n])
        candidates = tuple(
            Candidate(place=match.place, toponym=match.toponym, how=match.how, score=round(float(share[n]), 4))
            for n in ranked
            for match in [group.matches[n]]
        )
        candidates = _settled(candidates, group)
        why = reason(group, candidates, {group.matches[n].place.id: beside[n].tolist() for n in ranked})
        for number in group.mentions:
            outcomes[number] = _outcome(mentions[number], candidates[:KEPT_CANDIDATES], why)
    return tuple(outcomes[number] for number in range(len(mentions)))


def confidence(candidates: Iterable[Candidate]) -> float:
    """Give the probability that the first candidate's spot is right: its own score and those of candidates beside it.

    Examples
    --------
    >>> confidence(())
    0.0
    """
    first, total = None, 0.0
    for candidate in candidates:
        first = first or candidate
        if _apart_m(first, candidate) <= SAME_SPOT_M:
            total += candidate.score
    return round(min(1.0, total), 4)


def _apart_m(one: Candidate, other: Candidate) -> float:
    return distance_m(one.place.lat, one.place.lon, other.place.lat, other.place.lon)


def _settled(candidates: tuple[Candidate, ...], group: Group) -> tuple[Candidate, ...]:
    """Put first, among candidates on one spot, the kind of place that the words ask for: bare names mean towns."""
    if not candidates:
        return candidates
    best = candidates[0]
    wanted = group.type_hint or "PPL"
    if best.place.feature_code.startswith(wanted):
        return candidates
    for other in candidates[1:]:
        if other.place.feature_code.startswith(wanted) and other.how in (best.how, "exact") and _is_twin(best, other):
            swapped = (
                replace(other, score=max(best.score, other.score)),
                replace(best, score=min(best.score, other.score)),
            )
            return (*swapped, *(c for c in candidates if c not in (best, other)))
    return candidates


def _is_twin(best: Candidate, other: Candidate) -> bool:
    """Tell whether two candidates are a division and its town: one in the other, or on one spot."""
    if {best.place.feature_code[:3], other.place.feature_code[:3]} != {"ADM", "PPL"}:
        return False
    town, division = (best, other) if best.place.feature_code.startswith("PPL") else (other, best)
    if division.place.feature_code == "ADM1" and division.place.id != town.place.admin1:
        return False
    return _apart_m(best, other) <= max(SAME_SPOT_M, division.place.precision_m)


def _outcome(mention: Mention, candidates: tuple[Candidate, ...], why: str) -> Outcome:
    sure = confidence(candidates)
    none = 1.0 - sum(c.score for c in candidates)
    if not candidates or (sure < LEAST_CONFIDENCE and none > sure):
        return Unknown(mention=mention, candidates=candidates, why=why)
    rival = next((c for c in candidates if _apart_m(candidates[0], c) > SAME_SPOT_M), None)
    if rival and sure - rival.score < LEAST_MARGIN:
        return Ambiguous(mention=mention, candidates=candidates, why=why)
    return Resolved(mention=mention, candidates=candidates, why=why)
