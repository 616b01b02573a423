"""What deciding gives: resolved, ambiguous or unknown, each with its candidates and why."""

from __future__ import annotations

from dataclasses import dataclass

from geo.gazetteer.records import MatchKind, Place
from geo.mentions.mention import Mention


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A place that a mention may mean, with its score (a probability; scores of one mention sum to at most 1)."""

    place: Place
    toponym: str
    how: MatchKind
    score: float


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
