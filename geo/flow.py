"""The stages in a row: reports are read, their places found, attributed and decided."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Iterator
from dataclasses import replace

from geo.gazetteer.gazetteer import Gazetteer
from geo.layers.frames import Parsed
from geo.mentions.attribute import attribute
from geo.mentions.find import find
from geo.mentions.mention import Mention
from geo.mentions.polity import Polity
from geo.places.decide import decide
from geo.places.listed import at_listed_point
from geo.places.polities import polity_of
from geo.reports.report import Report


def parse(reports: Iterable[Report], gazetteer: Gazetteer, *, countries: Collection[str] = ()) -> Iterator[Parsed]:
    """Find, attribute and decide the places of reports, one report at a time.

    Parameters
    ----------
    reports : iterable of Report
    gazetteer : Gazetteer
    countries : collection of str
        ISO 3166-1 alpha-2 codes that are likelier than others: a hint, never a filter.
    """
    polity = polity_of(gazetteer)
    for report in reports:
        yield _parse(report, gazetteer, polity, countries)


def _parse(
    report: Report, gazetteer: Gazetteer, polity: Callable[[Mention], Polity | None], countries: Collection[str]
) -> Parsed:
    mentions = find(report, gazetteer)
    if is_listed(report):
        # Somebody put the place on a list: that is what is reported of it.
        mentions = tuple(replace(mention, role="site") for mention in mentions)
    else:
        mentions = attribute(report, mentions, polity)
    outcomes = decide(mentions, gazetteer, countries=countries, fuzzy=is_listed(report))
    return Parsed(report, tuple(at_listed_point(report, outcome) for outcome in outcomes))


def is_listed(report: Report) -> bool:
    """Tell whether a report is one place that somebody has listed: its whole text is the one mention."""
    return report.spans == ((0, len(report.text)),)
