"""Review: the doubtful mentions of reports, one question each, and the decisions that answer them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from geo.layers.frames import Parsed
from geo.places.decide import confidence
from geo.places.decisions import NO_PLACE
from geo.places.outcome import Ambiguous, Decision, Outcome, Resolved, Unknown, decision_of

SURE = 0.7


@dataclass(frozen=True, slots=True, kw_only=True)
class Question:
    """A name of a report whose place is in doubt: how often it is printed, and the first sentence that has it."""

    report: str
    name: str
    times: int
    sentence: str
    outcome: Outcome


def questions(parsed: Iterable[Parsed]) -> Iterator[Question]:
    """Give what a person should look at: names of places that are unknown, ambiguous or less than 0.7 sure.

    A name that somebody decided is not asked again.

    Parameters
    ----------
    parsed : iterable of Parsed

    Yields
    ------
    Question
        One a name and report, in the order of first mention.
    """
    for item in parsed:
        doubtful: dict[str, list[Outcome]] = {}
        for outcome in item.outcomes:
            if outcome.mention.kind == "place" and _is_doubtful(outcome):
                doubtful.setdefault(" ".join(outcome.mention.text.split()), []).append(outcome)
        for found in doubtful.values():
            first = found[0]
            start, end = first.mention.sentence
            yield Question(
                report=item.report.id,
                name=first.mention.text,
                times=len(found),
                sentence=item.report.text[start:end],
                outcome=first,
            )


def _is_doubtful(outcome: Outcome) -> bool:
    if decision_of(outcome):
        return False
    match outcome:
        case Resolved():
            return confidence(outcome.candidates) < SURE
        case Ambiguous() | Unknown():
            return True


def answered(question: Question, place: str, *, reason: str, who: str, when: str) -> Decision:
    """Give the decision that a question's answer makes, for all mentions of the name in its report.

    Parameters
    ----------
    question : Question
    place : str
        A place id, or "none".
    reason, who, when : str
    """
    return Decision(report=question.report, span="", name=question.name, place=place, reason=reason, who=who, when=when)


def choices(question: Question) -> dict[str, str]:
    """Give the keys of a question's answers: a number a candidate, and n for no place."""
    numbers = {str(n): c.place.id for n, c in enumerate(question.outcome.candidates, start=1)}
    return {**numbers, "n": NO_PLACE}
