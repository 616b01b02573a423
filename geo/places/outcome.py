"""What deciding gives: resolved, ambiguous or unknown, each with its candidates and why."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace

from geo.gazetteer.records import MatchKind, Place
from geo.mentions.mention import Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """What one number of a candidate adds to its sum; ``words`` has the number as people say it."""

    what: str
    value: float
    adds: float
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a candidate's score is made of.

    Attributes
    ----------
    total : float
        The sum on the scale of the weights; that of "none of them" is 0, or -4 where somebody says that the name is a place's.
    parts : tuple of Part
        What counts most first.
    rest : float
        The sum of what is left out because it adds next to nothing.
    """

    total: float
    parts: tuple[Part, ...]
    rest: float


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that a mention may mean, with its score (a probability; scores of one mention sum to at most 1).

    ``evidence`` is there where it was asked for.
    """

    place: Place
    toponym: str
    how: MatchKind
    score: float
    evidence: Evidence | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Decision:
    """What somebody decided of a mention, as the cells of its row; ``at`` is the file and line of the row."""

    report: str
    span: str
    name: str
    place: str
    reason: str
    who: str
    when: str
    at: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolved:
    """One place stands out, or somebody decided for it."""

    mention: Mention
    candidates: tuple[Candidate, ...]
    why: str
    decision: Decision | None = None

    @property
    def chosen(self) -> Candidate:
        """The best candidate."""
        return self.candidates[0]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ambiguous:
    """The best two are too close to call; `candidates` are best first."""

    mention: Mention
    candidates: tuple[Candidate, ...]
    why: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """No candidate fits, there is none, or somebody decided that no place is meant."""

    mention: Mention
    candidates: tuple[Candidate, ...]
    why: str
    decision: Decision | None = None


Outcome = Resolved | Ambiguous | Unknown


def decision_of(outcome: Outcome) -> Decision | None:
    """Give the decision of a person that an outcome rests on, or None."""
    return None if isinstance(outcome, Ambiguous) else outcome.decision


def moved(outcomes: Iterable[Outcome], by: int) -> tuple[Outcome, ...]:
    """Give outcomes with the offsets of their mentions moved: those of a stretch become those of its report."""
    if not by:
        return tuple(outcomes)
    return tuple(replace(outcome, mention=outcome.mention.moved(by)) for outcome in outcomes)
