"""The fitted weights of the finder: two looks, one weight for each named feature, kept as a readable file."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from geo.files import data_folder
from geo.mentions.company import COMPANY
from geo.mentions.features import GROUPS, Features, View

_MOST_KNOWN = 100_000
Group = Callable[..., Features]


class Scorer:
    """Scores of candidates: the sum of the weights of their features.

    Parameters
    ----------
    groups : sequence of callable
        Each gives features of a few words or facts.
    intercept : float
    weights : mapping of str to mapping of str to float
        By the template and then the value of a feature.
    """

    def __init__(
        self, groups: Sequence[Group], *, intercept: float, weights: Mapping[str, Mapping[str, float]]
    ) -> None:
        self.intercept = intercept
        flat = {
            f"{template}={value}": weight for template, values in weights.items() for value, weight in values.items()
        }
        # Few words stand around most names: what a group of features adds up to is looked up rather than added anew.
        self._parts = [lru_cache(maxsize=_MOST_KNOWN)(_adding(group, flat)) for group in groups]

    def score(self, view: View) -> float:
        """Give the score of a candidate that is seen so."""
        total = self.intercept
        for part, facts in zip(self._parts, view):  # noqa: B905 - both are of one length; this loop is most of the time
            total += part(*facts)
        return total


def _adding(group: Group, weights: Mapping[str, float]) -> Callable[..., float]:
    weight = weights.get

    def added(*facts: object) -> float:
        return sum([weight(feature, 0.0) for feature in group(*facts)])

    return added


@dataclass(frozen=True, slots=True)
class FinderModel:
    """Two looks at each candidate: at its words, then at its company; it is kept when the second gives at least `threshold`."""

    first: Scorer
    second: Scorer
    threshold: float


@cache
def finder_model() -> FinderModel:
    """Give the weights that ship with the project: ``data/models/finder.json``, with its card beside it."""
    facts = json.loads((data_folder() / "models" / "finder.json").read_text(encoding="utf-8"))
    return FinderModel(Scorer(GROUPS, **facts["first"]), Scorer(COMPANY, **facts["second"]), facts["threshold"])
