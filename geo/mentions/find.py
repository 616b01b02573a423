"""Find the place names of a report: spans spelt like names, kept or dropped by fitted weights, each with its kind."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from operator import itemgetter

from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.stack import Stack
from geo.mentions.aligned import Aligned, align
from geo.mentions.company import second_features
from geo.mentions.features import NameFacts, context_of, features, is_located, lowered, name_facts
from geo.mentions.hints import type_hint
from geo.mentions.language import rule_language
from geo.mentions.lower_case import has_no_capitals, scan_lower
from geo.mentions.mention import Mention, MentionKind
from geo.mentions.model import finder_model
from geo.mentions.rules import table
from geo.mentions.scan import Hit, scan, scan_keys, spoken_regions
from geo.mentions.sentences import sentences
from geo.reports.report import Report

_REACH = 40
# The weights were fitted on English; in other languages only names of well-known places are kept.
FITTED_LANGUAGE = "en"
LISTED_THRESHOLD = 0.1
LEAST_MAGNITUDE, LEAST_FAME = 4, 3


def find(report: Report, gazetteer: Gazetteer) -> tuple[Mention, ...]:
    """Find the mentions of a report, in order and without overlap.

    Where the report brings its own spans, these are taken as they are.

    Parameters
    ----------
    report : Report
    gazetteer : Gazetteer
        Whose names are looked for.

    Returns
    -------
    tuple of Mention
        Without role, claimants and events; ``report.text[m.start:m.end] == m.text`` for each.
    """
    aligned = align(report.text)
    parts = sentences(report.text)
    if report.spans is None:
        found = [
            (*aligned.span(hit.start, hit.end), hit.name if hit.exact else aligned.text[hit.start : hit.end])
            for hit in _kept(aligned, report, gazetteer.index)
        ]
    else:
        found = [(start, end, align(report.text[start:end]).text) for start, end in sorted(report.spans)]
    return tuple(_mention(report, gazetteer.index, parts, *span) for span in found)


def _kept(aligned: Aligned, report: Report, index: Stack) -> list[Hit]:
    if has_no_capitals(aligned.text) and rule_language(report) == FITTED_LANGUAGE:
        return scan_lower(aligned.text, index)
    listed = list(scan(aligned.text, index))
    regions = spoken_regions(listed, index)
    hits = scan_keys(aligned.text, index, listed, regions)
    if rule_language(report) != FITTED_LANGUAGE:
        return [hit for hit in hits if _is_known(name_facts(index, hit.name))]
    context = context_of(lowered(aligned.text, hits), hits, line_starts(aligned, report.text))
    model = finder_model()
    guesses = [model.first.probability(features(h, name_facts(index, h.name), context)) for h in hits]
    located = [is_located(hit, context) for hit in hits]
    looks = second_features(hits, guesses, located, index)
    sure = [model.second.probability(look) for look in looks]
    return [
        hit for hit, chance in zip(hits, sure, strict=True) if chance >= _needed(hit, index, regions, model.threshold)
    ]


def _needed(hit: Hit, index: Stack, regions: set[str], threshold: float) -> float:
    """Give the probability that a hit needs: names listed for the text's region need less than a package's million."""
    return LISTED_THRESHOLD if index.regions(hit.name) & regions else threshold


def _is_known(facts: NameFacts) -> bool:
    """Tell whether a name is kept where no weights were fitted: listed in a table, or the own name of a large or known place."""
    return facts.listed or (facts.places > 0 and facts.magnitude >= LEAST_MAGNITUDE and facts.fame >= LEAST_FAME)


def line_starts(aligned: Aligned, text: str) -> frozenset[int]:
    """Give the offsets in the normal form at which lines of the report begin."""
    begins = [0, *(match.end() for match in re.finditer(r"\n\s*", text))]
    if aligned.starts is None:
        return frozenset(begins)
    return frozenset(bisect_left(aligned.starts, begin) for begin in begins)


def _mention(report: Report, index: Stack, parts: list[tuple[int, int]], start: int, end: int, name: str) -> Mention:
    place = bisect_left(parts, end, key=itemgetter(1))
    return Mention(
        report=report.id,
        start=start,
        end=end,
        text=report.text[start:end],
        toponym=name,
        kind=_kind(name, name_facts(index, name), report.text[end : end + _REACH]),
        sentence=parts[place] if place < len(parts) and parts[place][0] <= start else (start, end),
        type_hint=type_hint(report.text, start, end),
    )


def _kind(name: str, facts: NameFacts, after: str) -> MentionKind:
    if facts.sort == "demonym":
        return "demonym"
    return "institution" if name in _unions() or _organisation_pattern().match(after) else "place"


@cache
def _unions() -> frozenset[str]:
    """Give the names of organisations that have an area: they are mentions, but no place on a map."""
    return frozenset(row["name"] for row in table("organisation_names") if row["area"])


@cache
def _organisation_pattern() -> re.Pattern[str]:
    """Give the pattern of what follows a place name within an organisation's: up to two capitals and its kind."""
    words = "|".join(re.escape(word) for row in table("organisations") for word in row["words"].split("|"))
    return re.compile(rf"(?: [A-Z][\w&-]+){{0,2}} (?:{words})(?!\w)")
