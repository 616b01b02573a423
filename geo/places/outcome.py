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
class Resolved:
    """One place stands out."""

    mention: Mention
    candidates: tuple[Candidate, ...]
    why: str

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
    """No candidate fits, or there is none."""

    mention: Mention
    candidates: tuple[Candidate, ...]
    why: str


Outcome = Resolved | Ambiguous | Unknown
