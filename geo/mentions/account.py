"""What is told of one mention, gathered sentence by sentence."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from geo.mentions.mention import Casualties, Cue, Statement

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.mentions.casualties import Loss
    from geo.mentions.claims import Claim
    from geo.mentions.events import Event
    from geo.mentions.roles import Verdict


@dataclass(slots=True)
class Account:
    """What is told of a mention; all offsets are the report's.

    ``tells`` is whether something happened there, ``stands_in`` whether it only locates what did ("near X").
    """

    verdict: Verdict
    tells: bool = False
    stands_in: bool = False
    claims: list[Claim] = field(default_factory=list)
    events: list[Event] = field(default_factory=list)
    losses: list[Loss] = field(default_factory=list)
    date: str = ""

    def add_claim(self, claim: Claim) -> None:
        """Add who says it, once."""
        if claim not in self.claims:
            self.claims.append(claim)

    def fields(self, text: str) -> dict[str, Any]:
        """Give it as fields of a mention."""
        said = [
            Cue(about="claimant", value=party, start=claim.cue[0], end=claim.cue[1], rule=claim.rule)
            for claim in self.claims
            for party in claim.parties
        ]
        happened = [
            Cue(about="event", value="denial", start=claim.cue[0], end=claim.cue[1], rule=claim.rule)
            for claim in self.claims
            if claim.stance == "deny"
        ]
        kinds = {event.kind for event in self.events}
        happened += [
            Cue(about="event", value=event.kind, start=event.start, end=event.end, rule=event.rule)
            for event in self.events
            if event.unless.isdisjoint(kinds)
        ]
        return {
            "role": self.verdict.role,
            "relation": self.verdict.relation,
            "claimants": tuple(dict.fromkeys(cue.value for cue in said)),
            "events": tuple(dict.fromkeys(cue.value for cue in happened)),
            "date": self.date,
            "statements": tuple(dict.fromkeys(_statements(self.claims))),
            "casualties": tuple(dict.fromkeys(_casualties(text, self.losses, self.claims))),
            "cues": (*self.verdict.cues, *said, *happened),
        }


def _statements(claims: Sequence[Claim]) -> list[Statement]:
    return [
        Statement(party=party, stance=claim.stance, accused=claim.accused)
        for claim in claims
        for party in claim.parties
    ]


def _casualties(text: str, losses: Sequence[Loss], claims: Sequence[Claim]) -> list[Casualties]:
    """Give the numbers, each with whoever gives it: who answers for those words, else all who speak of the place."""
    told = []
    for loss in losses:
        near = [claim for claim in claims if claim.covers(loss.start)]
        parties = tuple(dict.fromkeys(party for claim in near or claims for party in claim.parties))
        words = " ".join(text[loss.start : loss.end].split())
        told.append(Casualties(kind=loss.kind, least=loss.least, most=loss.most, claimants=parties, text=words))
    return told
