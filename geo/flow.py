"""The stages in a row: reports are read, their places found, decided and attributed, a long report stretch by stretch."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import replace

from geo.gazetteer.gazetteer import Gazetteer
from geo.layers.frames import Parsed
from geo.layers.where import bounded, locate
from geo.mentions.attribute import attribute
from geo.mentions.entities import Recogniser
from geo.mentions.find import FITTED_LANGUAGE, find
from geo.mentions.language import language_of
from geo.mentions.mention import Mention
from geo.mentions.relations import referred, relate
from geo.places.containers import as_references
from geo.places.decide import decide
from geo.places.decisions import overrule
from geo.places.listed import at_listed_point
from geo.places.outcome import Decision, Outcome, decision_of, moved
from geo.places.polities import polity_of
from geo.reports.report import Report
from geo.reports.stretches import stretches


def parse(
    reports: Iterable[Report],
    gazetteer: Gazetteer,
    *,
    countries: Collection[str] = (),
    decisions: Sequence[Decision] = (),
    explain: bool = False,
    recogniser: Recogniser | None = None,
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
    explain : bool
        Whether each candidate carries its evidence.
    recogniser : Recogniser, optional
        Whose entities the finder looks at as well, in English.

    Yields
    ------
    Parsed
        One a report; of a report longer than 100,000 characters one a stretch of it, with the offsets of the report.
    """
    for report in reports:
        for start, stretch in stretches(report):
            found = find(stretch, gazetteer, recogniser)
            mentions = found if report.is_listed else relate(stretch, found)
            # Outside English the finder keeps known names alone: "none of them" is as unlikely as in a list of places.
            sure = report.is_listed or language_of(stretch) != FITTED_LANGUAGE
            decided = decide(mentions, gazetteer, countries=countries, asked=sure, explain=explain)
            # People's decisions tell spans of the whole report.
            overruled = moved(overrule(stretch, moved(decided, start), decisions, gazetteer), -start)
            yield Parsed(report, moved(_attributed(stretch, mentions, overruled, gazetteer), start))


def _attributed(
    report: Report, mentions: Sequence[Mention], outcomes: Sequence[Outcome], gazetteer: Gazetteer
) -> tuple[Outcome, ...]:
    """Give the outcomes of a stretch with who says what there, and where exactly."""
    if report.is_listed:
        # Somebody put the place on a list: that is what is reported of it.
        attributed = tuple(replace(mention, role="site") for mention in mentions)
    else:
        # Who speaks depends on what the names mean: "Georgia's governor" and "Georgia's president" are two sides.
        marked = attribute(report, bounded(report, mentions, outcomes), polity_of(outcomes, gazetteer))
        attributed = referred(report, as_references(marked, outcomes))
    told = (replace(outcome, mention=mention) for outcome, mention in zip(outcomes, attributed, strict=True))
    placed = [one if decision_of(one) else at_listed_point(report, one) for one in told]
    return tuple(map(_claimed_at_sites, locate(report, placed, gazetteer)))


def _claimed_at_sites(outcome: Outcome) -> Outcome:
    """Give an outcome without claims where its place only locates another one, and no site without a name either."""
    mention = outcome.mention
    if mention.role != "reference" or mention.shape is not None or not (mention.claimants or mention.events):
        return outcome
    cues = tuple(cue for cue in mention.cues if cue.about in ("role", "relation"))
    bare = replace(mention, claimants=(), events=(), statements=(), casualties=(), date="", cues=cues)
    return replace(outcome, mention=bare)
