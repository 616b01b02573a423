"""The evidence for each candidate as people read it on a terminal: a block a name."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import assert_never

from geo.gazetteer.features import feature_words
from geo.places.decide import confidence
from geo.places.outcome import Ambiguous, Candidate, Outcome, Part, Resolved, Unknown
from geo.reports.report import Report
from geo.tables import printable

# So many candidates are told of, and so many numbers on each side.
SHOWN, PARTS = 3, 5


def mention_block(report: Report, outcome: Outcome) -> str:
    """Give a mention with its sentence, what was decided and why, and what speaks for and against its candidates."""
    mention = outcome.mention
    start, end = mention.sentence
    lines = [
        f"{mention.text}  ({mention.report} {mention.start}-{mention.end})",
        f"  {' '.join(report.text[start:end].split())}",
        *_decided(outcome),
        *evidence_lines(outcome.candidates),
    ]
    return _text(lines)


def query_block(query: str, outcome: Outcome, *, limit: int = SHOWN) -> str:
    """Give a name that was asked for, what was decided and why, and what speaks for and against its candidates."""
    return _text([query, *_decided(outcome), *evidence_lines(outcome.candidates, limit=min(limit, SHOWN))])


def evidence_lines(candidates: Sequence[Candidate], *, limit: int = SHOWN) -> Iterator[str]:
    """Yield for each of the first candidates what it is and what speaks for and against it, and how many more there are."""
    for number, candidate in enumerate(candidates[:limit], start=1):
        place, evidence = candidate.place, candidate.evidence
        kind = feature_words(place.feature_code)
        where = ", ".join(part for part in (kind, place.country, f"{place.lat:.3f} {place.lon:.3f}") if part)
        total = f", sum {evidence.total:+.2f}" if evidence else ""
        yield f"  {number}  {place.name}  {place.id}  {where}  score {candidate.score:.2f}{total}"
        if evidence:
            yield from _side("for", [part for part in evidence.parts if part.adds > 0])
            yield from _side("against", [part for part in evidence.parts if part.adds <= 0])
    more = len(candidates) - limit
    if more > 0:
        yield f"     {more} more candidate{'s' if more > 1 else ''}"


def _side(name: str, parts: Sequence[Part]) -> Iterator[str]:
    if parts:
        told = "; ".join(f"{part.words} ({part.adds:+.2f})" for part in parts[:PARTS])
        rest = parts[PARTS:]
        more = f"; {len(rest)} more ({sum(part.adds for part in rest):+.2f})" if rest else ""
        yield f"       {name}: {told}{more}"


def _decided(outcome: Outcome) -> Iterator[str]:
    match outcome:
        case Resolved(chosen=best):
            yield f"  resolved: {best.toponym}, {best.place.id}, confidence {confidence(outcome.candidates):.2f}"
        case Ambiguous():
            yield "  ambiguous"
        case Unknown():
            yield "  unknown"
        case _:
            assert_never(outcome)
    yield f"  {outcome.why}"


def _text(lines: Sequence[str]) -> str:
    return "\n".join(map(printable, lines)) + "\n"
