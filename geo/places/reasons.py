"""Say in plain words what decided."""

from __future__ import annotations

from collections.abc import Sequence

from geo.gazetteer.features import fits_hint
from geo.places.groups import Group
from geo.places.model import THIRD, Judged
from geo.places.outcome import Candidate

_SAID = {
    "inside the next name": "the next name says where it lies",
    "holds the name before": "the name before it lies in it",
    "its country is named": "the report names its country",
    "near a name of the sentence": "another place of the sentence is near it",
    "names within 40 km": "other places of the report are near it",
    "names within 250 km": "it lies in the area of the report",
    "share of its country": "the report is about its country",
}
_SAID_AT = tuple((THIRD.index(name), words) for name, words in _SAID.items())
_HOW = {"exact": "spelt so", "key": "another spelling of", "fuzzy": "nearly spelt"}
_NOTABLE = 0.25


def reason(group: Group, candidates: Sequence[Candidate], judged: Judged, ranked: Sequence[int]) -> str:
    """Give one line on why the first candidate leads.

    Parameters
    ----------
    group : Group
    candidates : sequence of Candidate
        Best first.
    judged : Judged
    ranked : sequence of int
        The candidates' rows, in any order.
    """
    if not candidates:
        return "no place of the gazetteer is spelt like it"
    best = candidates[0]
    row = next(row for row in ranked if judged.offer.matches[row].place.id == best.place.id)
    features = judged.features[row]
    parts = (
        [f"{_HOW[best.how]} {best.toponym}"] if best.how != "within" else [_within(judged.offer.around[row], features)]
    )
    if len(candidates) == 1 and best.how != "within":
        parts.append("the only place of that name")
    elif best.place.population and best.place.population == max(c.place.population for c in candidates):
        parts.append("the largest of that name")
    if group.type_hint and fits_hint(best.place.feature_code, group.type_hint):
        parts.append("the words around it ask for such a place")
    if best.how != "within":
        parts += [words for column, words in _SAID_AT if features[column] >= _NOTABLE]
    if len(candidates) > 1:
        parts.append(f"{len(candidates) - 1} other candidate{'s' if len(candidates) > 2 else ''}")  # noqa: PLR2004 - plural
    return "; ".join(parts)


def _within(around: str, features: Sequence[float]) -> str:
    beside = features[_RIGHT_AFTER] or features[_BEFORE] or features[_IN_SENTENCE]
    return f"not in the gazetteer; the text places it in {around}" + ("" if beside else ", which it is about")


_RIGHT_AFTER, _BEFORE, _IN_SENTENCE = map(THIRD.index, ("named right after", "named before", "named in its sentence"))
