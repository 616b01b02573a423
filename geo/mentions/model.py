"""The fitted weights of the finder: two looks, one weight for each named feature, kept as a readable file."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from operator import getitem
from typing import Any

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
        self._sums = [_Sums(group, flat) for group in groups]

    def scores(self, views: Iterable[View]) -> list[float]:
        """Give the scores of candidates that are seen so."""
        sums, intercept = self._sums, self.intercept
        return [sum(map(getitem, sums, view), intercept) for view in views]


class _Sums(dict[tuple[Any, ...], float]):
    """What the features of a group add up to, by its arguments; few words stand around most names, so that it is kept."""

    def __init__(self, group: Group, weights: Mapping[str, float]) -> None:
        super().__init__()
        self._group = group
        self._weight = weights.get

    def __missing__(self, facts: tuple[Any, ...]) -> float:
        if len(self) >= _MOST_KNOWN:
            self.clear()
        weight = self._weight
        total = self[facts] = sum([weight(feature, 0.0) for feature in self._group(*facts)])
        return total


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
