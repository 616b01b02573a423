"""Decide which place each mention means: probabilities become resolved, ambiguous or unknown, with why."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import replace
from functools import partial

from geo.gazetteer.features import fits_hint
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.plain import plain
from geo.gazetteer.records import Place
from geo.gazetteer.world import distance_m, strip_generic
from geo.mentions.mention import Mention
from geo.places.explain import evidence_of
from geo.places.groups import TOWN, Group, groups
from geo.places.model import Judged, chooser_model, judge
from geo.places.outcome import Ambiguous, Candidate, Evidence, Outcome, Resolved, Unknown
from geo.places.reasons import reason

# A town and the district named after it are one answer to "where?": candidates this near to the best one support it.
SAME_SPOT_M = 30_000.0
METRES_PER_DEGREE = 111_000.0
# A province larger than this is not what a bare name of its main town means, nor the other way round.
LARGEST_TWIN_M = 150_000.0
LIKELY = 0.4
CENTRE_M, MAIN_SHARE = 5_000.0, 0.05
LEAST_CONFIDENCE = 0.3
LEAST_MARGIN = 0.12
KEPT_CANDIDATES = 10
# A candidate less likely than this changes nothing.
TELLING = 0.001


def decide(
    mentions: Sequence[Mention],
    gazetteer: Gazetteer,
    *,
    countries: Collection[str] = (),
    asked: bool = False,
    explain: bool = False,
) -> tuple[Outcome, ...]:
    """Decide what the mentions of one report mean.

    Parameters
    ----------
    mentions : sequence of Mention
        Of one report, in order.
    gazetteer : Gazetteer
    countries : collection of str
        ISO 3166-1 alpha-2 codes of countries that are likelier than others: a hint, never a filter.
    asked : bool
        Whether somebody says that these are names of places (a query, a listed place): a spelling that matches nothing
        may then be matched by a nearly equal one, and "none of them" is unlikely.
    explain : bool
        Whether each candidate carries its evidence.

    Returns
    -------
    tuple of Outcome
        One a mention, in order, each with all its candidates (at most 10), best first. The score of a candidate is
        the probability that it is meant; what is missing to 1 is "none of them".
    """
    if not mentions:
        return ()
    found = groups(mentions, gazetteer, fuzzy=asked)
    hints, model = frozenset(code.upper() for code in countries), chooser_model()
    judged = judge(mentions, found, model, countries=hints, asked=asked)
    evidence = partial(evidence_of, judged, model=model) if explain else None
    return outcomes_of(mentions, found, judged, evidence)


def outcomes_of(
    mentions: Sequence[Mention],
    found: Sequence[Group],
    judged: Judged,
    evidence: Callable[[int], Evidence] | None = None,
) -> tuple[Outcome, ...]:
    """Give what was decided for the mentions of one report.

    Parameters
    ----------
    mentions : sequence of Mention
        Of one report, in order.
    found : sequence of Group
        Of the mentions.
    judged : Judged
        Their candidates with probabilities.
    evidence : callable, optional
        Gives that of a row.
    """
    outcomes: dict[int, Outcome] = {}
    every = judged.offer.rows.sum(judged.shares).tolist()
    for group, of_any, rows in zip(found, every, judged.ranked(), strict=True):
        ranked = rows[:KEPT_CANDIDATES]
        likeliest = judged.candidates(ranked)
        if evidence:
            likeliest = [replace(one, evidence=evidence(row)) for one, row in zip(likeliest, ranked, strict=True)]
        candidates = by_spot(likeliest, group.type_hint)
        best = next((row for row in ranked if judged.offer.matches[row].place.id == candidates[0].place.id), None)
        guessed = best is None or judged.is_guess(best)
        verdict = _verdict(candidates, of_any, guessed=guessed)
        why = reason(group, candidates, judged, best)
        for number in group.mentions:
            outcomes[number] = verdict(mention=mentions[number], candidates=candidates, why=why)
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
        if candidate is first or (candidate.score >= TELLING and _shares_spot(first, candidate)):
            total += candidate.score
    return round(min(1.0, total), 4)


def by_spot(candidates: Sequence[Candidate], type_hint: str) -> tuple[Candidate, ...]:
    """Rank candidates by the probability of their spot, and on one spot by the kind of place that the words ask for.

    A town and the district named after it support each other against a namesake far away. Bare names mean towns.

    Parameters
    ----------
    candidates : sequence of Candidate
        The likeliest first.
    type_hint : str
        Feature class or code that the words ask for, or "".
    """
    if len(candidates) < 2 or candidates[1].score < TELLING:  # noqa: PLR2004 - nothing to rank
        return tuple(candidates)
    spots: list[list[Candidate]] = []
    for candidate in candidates:
        if spots and candidate.score < TELLING:
            break
        home = next((spot for spot in spots if _shares_spot(spot[0], candidate)), None)
        if home is None:
            spots.append([candidate])
        else:
            home.append(candidate)
    spots.sort(key=lambda spot: -sum(candidate.score for candidate in spot))
    ranked = [candidate for spot in spots for candidate in _asked_first(spot, type_hint)]
    best, rest = ranked[:1], sorted(ranked[1:], key=lambda c: -c.score)
    return (*best, *rest, *candidates[len(ranked) :])


def _shares_spot(one: Candidate, other: Candidate) -> bool:
    """Tell whether two candidates are one answer to "where?": beside each other, or a town and its division."""
    place, beside = one.place, other.place
    north_m = abs(place.lat - beside.lat) * METRES_PER_DEGREE
    # A cheap look first: most are too far apart.
    if north_m > SAME_SPOT_M:
        if not (place.feature_code.startswith("ADM") or beside.feature_code.startswith("ADM")):
            return False
        if north_m > max(LARGEST_TWIN_M, place.precision_m, beside.precision_m):
            return False
    apart_m = distance_m(place.lat, place.lon, beside.lat, beside.lon)
    return apart_m <= SAME_SPOT_M or _is_seat(place, beside, apart_m) or _is_seat(beside, place, apart_m)


def _is_seat(division: Place, town: Place, apart_m: float) -> bool:
    """Tell whether a town is the one that gives a division its name, or lies in a division of the same name."""
    if not (division.feature_code.startswith("ADM") and town.feature_code.startswith("PPL")):
        return False
    named_after = plain(strip_generic(division.name)) == plain(town.name) and division.precision_m <= LARGEST_TWIN_M
    inside = division.id in (town.admin1, town.admin2)
    return (named_after and apart_m <= LARGEST_TWIN_M) or (inside and apart_m <= division.precision_m)


def _is_main_town(town: Place, division: Place) -> bool:
    """Tell whether a town is the point that stands for a division, or has a twentieth of its people."""
    apart_m = distance_m(town.lat, town.lon, division.lat, division.lon)
    return apart_m <= CENTRE_M or town.population >= MAIN_SHARE * max(division.population, 1)


def _asked_first(spot: Sequence[Candidate], type_hint: str) -> list[Candidate]:
    """Put first the likeliest of the kind that the words ask for; scores follow.

    A bare name means the town, but no village that a division happens to be named like: Tavush is a province.
    """
    best, wanted = spot[0], type_hint or TOWN
    if best.how == "within" or best.place.feature_code.startswith("PCL") or fits_hint(best.place.feature_code, wanted):
        return list(spot)
    for other in spot:
        asked = bool(type_hint) or _is_main_town(other.place, best.place)
        if asked and fits_hint(other.place.feature_code, wanted) and other.how in (best.how, "exact"):
            first, second = replace(other, score=best.score), replace(best, score=other.score)
            return [first, second, *(c for c in spot if c not in (best, other))]
    return list(spot)


def _verdict(candidates: tuple[Candidate, ...], every: float, *, guessed: bool) -> type[Resolved | Ambiguous | Unknown]:
    """Give the kind of outcome for the best candidates; `every` is the probability that any of them is meant."""
    if not candidates or every < LIKELY:
        return Unknown
    sure = confidence(candidates)
    if guessed or sure < LEAST_CONFIDENCE:
        return Ambiguous
    # The others are the likeliest first.
    close = (c for c in candidates[1:] if sure - c.score < LEAST_MARGIN)
    return Ambiguous if any(not _shares_spot(candidates[0], c) for c in close) else Resolved
