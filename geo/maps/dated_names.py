"""A place's label at a date: the names that were in use then, both sides' where they differ."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from geo.gazetteer.records import Attestation
from geo.gazetteer.sides import ORDER, english, in_language, is_latin
from geo.maps.moments import period

ALWAYS = -math.inf
LANGUAGE = "en"


@dataclass(frozen=True, slots=True)
class _Period:
    """A name and the minutes between which it was in use."""

    name: Attestation
    first: float
    last: float

    @property
    def dated(self) -> bool:
        return self.first > ALWAYS or self.last < math.inf

    @property
    def ended(self) -> bool:
        return self.last < math.inf


def dated_labels(names: Iterable[Attestation]) -> list[list[str]]:
    """Give a place's labels through time, each with the moment from which it holds.

    At any date the label is made of the names that stand then: of a contested place both sides' forms, else the English
    name, else another one in Latin letters. Names without a date stand at all times.

    Parameters
    ----------
    names : iterable of Attestation
        All that is attested of the place; bounds are EDTF dates.

    Returns
    -------
    list of list of str
        ``[from, label]`` in order of time: ISO 8601 to the minute, "" for the first; "" as a label where no name is known.
        Empty where no name has a date.
    """
    periods = [_Period(name, *_bounds(name)) for name in names if name.kind in (*ORDER, "historical")]
    periods = [each for each in periods if each.dated or each.name.kind != "historical"]
    if not any(each.dated for each in periods):
        return []
    changes = {each.first for each in periods} | {each.last + 1 for each in periods} | {ALWAYS}
    told: list[list[str]] = []
    for change in sorted(minute for minute in changes if minute < math.inf):
        label = _label([each for each in periods if each.first <= change <= each.last])
        if not told or told[-1][1] != label:
            told.append(["" if change == ALWAYS else str(np.datetime64(int(change), "m")), label])
    return told


def _bounds(name: Attestation) -> tuple[float, float]:
    """Give the first and the last minute of a name; what is open or no date is open."""
    first, last = period(name.from_)[0], period(name.to)[1]
    return (ALWAYS if math.isnan(first) else first), (math.inf if math.isnan(last) else last)


def _label(valid: Sequence[_Period]) -> str:
    ranked = sorted(valid, key=lambda each: (not each.dated, ORDER.index(_kind(each.name))))
    both = english([_standing(each.name) for each in ranked])
    dated = [each for each in ranked if each.dated]
    own = in_language([each.name for each in dated], LANGUAGE)
    ended = next((each.name.toponym for each in dated if each.ended and is_latin(each.name)), "")
    latin = next((each.name.toponym for each in dated if is_latin(each.name)), "")
    sides = both if both != in_language([each.name for each in ranked], LANGUAGE) else ""
    return sides or own or ended or both or latin


def _kind(name: Attestation) -> str:
    return "official" if name.kind == "historical" else name.kind


def _standing(name: Attestation) -> Attestation:
    """Give a name as one that stands: what was in use at a date was no historical name then."""
    return replace(name, kind="official" if name.kind == "historical" else name.kind, from_="", to="")
