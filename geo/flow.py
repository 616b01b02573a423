"""The stages in a row: reports are read, their places found, decided and attributed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from geo.gazetteer.gazetteer import Gazetteer
from geo.layers.frames import Parsed
from geo.mentions.attribute import attribute
from geo.mentions.find import find
from geo.places.containers import as_references
from geo.places.decide import decide
from geo.places.decisions import overrule
from geo.places.listed import at_listed_point
from geo.places.outcome import Decision, decision_of
from geo.places.polities import polity_of
from geo.reports.report import Report


def parse(
    reports: Iterable[Report],
    gazetteer: Gazetteer,
    *,
    countries: Collection[str] = (),
    decisions: Sequence[Decision] = (),
) -> Iterator[Parsed]:
    """Find, decide and attribute the places of reports, one report at a time.

    Parameters
    ----------
    reports : iterable of Report
    gazetteer : Gazetteer
    countries : collection of str
        ISO 3166-1 alpha-2 codes that are likelier than others: a hint, never a filter.
    decisions : sequence of Decision
        What people decided; it goes before what the gazetteer makes of a mention.
    """
    for report in reports:
        yield _parse(report, gazetteer, countries, decisions)


def _parse(report: Report, gazetteer: Gazetteer, countries: Collection[str], decisions: Sequence[Decision]) -> Parsed:
    mentions = find(report, gazetteer)
    decided = decide(mentions, gazetteer, countries=countries, asked=report.is_listed)
    outcomes = overrule(report, decided, decisions, gazetteer)
    if report.is_listed:
        # Somebody put the place on a list: that is what is reported of it.
        attributed = tuple(replace(mention, role="site") for mention in mentions)
    else:
        # Who speaks depends on what the names mean: "Georgia's governor" and "Georgia's president" are two sides.
        attributed = as_references(attribute(report, mentions, polity_of(outcomes, gazetteer)), outcomes)
    told = (replace(outcome, mention=mention) for outcome, mention in zip(outcomes, attributed, strict=True))
    return Parsed(report, tuple(one if decision_of(one) else at_listed_point(report, one) for one in told))
