"""Say in plain words what decided."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from geo.gazetteer.features import fits_hint
from geo.gazetteer.records import PlaceId
from geo.places.features import COMPANY
from geo.places.groups import Group
from geo.places.outcome import Candidate

_SAID = {
    "inside the next name": "the next name says where it lies",
    "holds the name before": "the name before it lies in it",
    "country named": "the report names its country",
    "near others": "other places of the report are near it",
    "in the area of others": "it lies in the area of the report",
    "country's share": "the report is about its country",
}
_HOW = {"exact": "spelt so", "key": "another spelling of", "fuzzy": "nearly spelt"}
_NOTABLE = 0.25


def reason(group: Group, candidates: Sequence[Candidate], company: Mapping[PlaceId, list[float]]) -> str:
    """Give one line on why the first candidate leads.

    Parameters
    ----------
    group : Group
    candidates : sequence of Candidate
        Best first.
    company : mapping of PlaceId to list of float
        What the other names say for each place, in the order of `geo.places.features.COMPANY`.
    """
    if not candidates:
        return "no place of the gazetteer is spelt like it"
    best = candidates[0]
    parts = [f"{_HOW[best.how]} {best.toponym}"]
    if len(candidates) == 1:
        parts.append("the only place of that name")
    elif best.place.population and best.place.population == max(c.place.population for c in candidates):
        parts.append("the largest of that name")
    if group.type_hint and fits_hint(best.place.feature_code, group.type_hint):
        parts.append("the words around it ask for such a place")
    beside = dict(zip(COMPANY, company[best.place.id], strict=True))
    parts += [words for name, words in _SAID.items() if beside[name] >= _NOTABLE]
    if len(candidates) > 1:
        parts.append(f"{len(candidates) - 1} other candidate{'s' if len(candidates) > 2 else ''}")  # noqa: PLR2004 - plural
    return "; ".join(parts)
