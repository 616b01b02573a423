"""The fitted weights of the finder: two logistic regressions over named features, kept as a readable file."""

from __future__ import annotations

import json
import math
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache

from geo.files import data_folder


@dataclass(frozen=True, slots=True)
class Logistic:
    """A logistic regression over named features."""

    intercept: float
    weights: dict[str, float]

    def probability(self, features: Iterable[str]) -> float:
        """Give the probability that a hit with these features is a place name."""
        weight = self.weights.get
        total = self.intercept + sum(weight(feature, 0.0) for feature in features)
        return 1.0 / (1.0 + math.exp(-total)) if total > -700 else 0.0  # noqa: PLR2004 - exp overflows beyond


@dataclass(frozen=True, slots=True)
class FinderModel:
    """Two looks at each hit: at its words, then at its company; it is kept when the second gives at least `threshold`."""

    first: Logistic
    second: Logistic
    threshold: float


@cache
def finder_model() -> FinderModel:
    """Give the weights that ship with the project: ``data/models/finder.json``, with its card beside it."""
    facts = json.loads((data_folder() / "models" / "finder.json").read_text(encoding="utf-8"))
    return FinderModel(Logistic(**facts["first"]), Logistic(**facts["second"]), facts["threshold"])
