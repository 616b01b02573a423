"""What a place name may stand for as a political actor."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal

PolityLevel = Literal["state", "capital", "region", "town"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Polity:
    """The side that a mention may speak for.

    Attributes
    ----------
    party : str
        Party id: the lower-case ISO 3166 code of a state or first-level division ("az", "us-tx"), or the short name of a
        de-facto authority ("artsakh").
    level : {"state", "capital", "region", "town"}
        A country or its demonym, its capital city, or a self-proclaimed republic or first-level region; any other place is a
        "town" that speaks for nobody, with the state that it lies in as its party.
    self_proclaimed : bool
        Whether a region has a de-facto authority of its own, which speaks for its ministries and forces too.
    """

    party: str
    level: PolityLevel
    self_proclaimed: bool = False
