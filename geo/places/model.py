"""The fitted weights of the chooser: a softmax over candidates and "none of them", in two passes."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from geo.files import data_folder
from geo.places.features import COMPANY, OWN, company_features, own_features
from geo.places.groups import Group

if TYPE_CHECKING:
    import numpy as np

    Matrix = np.ndarray[Any, np.dtype[np.float64]]

# A country that the user names as a hint is worth this much on the scale of the weights; it is set by hand.
HINT_WEIGHT = 4.0


@dataclass(frozen=True, slots=True)
class ChooserModel:
    """Weights of the first pass (``OWN``) and of the second (``OWN + COMPANY``)."""

    first: Matrix
    second: Matrix


@cache
def chooser_model() -> ChooserModel:
    """Give the weights that ship with the project (``data/models/chooser.json``; its card lies beside it)."""
    import numpy as np  # noqa: PLC0415 - loaded when something is decided

    facts = json.loads((data_folder() / "models" / "chooser.json").read_text(encoding="utf-8"))
    return ChooserModel(
        np.array([facts["first"][name] for name in OWN]),
        np.array([facts["second"][name] for name in (*OWN, *COMPANY)]),
    )


def probabilities(
    groups: Sequence[Group], model: ChooserModel, *, countries: frozenset[str] = frozenset(), none: float = 0.0
) -> list[Matrix]:
    """Give the probability of each candidate of each group; what is missing to 1 is "none of them".

    Parameters
    ----------
    groups : sequence of Group
        Of one report.
    model : ChooserModel
    countries : frozenset of str
        ISO codes that the user gave as a hint.
    none : float
        The score of "none of them".
    """
    hints = [_hints(group, countries) for group in groups]
    own = [own_features(group) for group in groups]
    first = [softmax(rows @ model.first + hint, none) for rows, hint in zip(own, hints, strict=True)]
    return [
        softmax(rows @ model.second + hint, none) for rows, hint in zip(joined(own, groups, first), hints, strict=True)
    ]


def joined(own: Sequence[Matrix], groups: Sequence[Group], first: Sequence[Matrix]) -> list[Matrix]:
    """Give the features of the second pass, from those of the first and its probabilities."""
    import numpy as np  # noqa: PLC0415

    return [np.hstack(pair) for pair in zip(own, company_features(groups, first), strict=True)]


def softmax(scores: Matrix, none: float = 0.0) -> Matrix:
    """Give probabilities of candidates from scores, beside `none` as the score of "none of them"."""
    import numpy as np  # noqa: PLC0415

    top = max(none, float(scores.max(initial=none)))
    weights = np.exp(scores - top)
    shares: Matrix = weights / (weights.sum() + np.exp(none - top))
    return shares


def _hints(group: Group, countries: frozenset[str]) -> Matrix:
    import numpy as np  # noqa: PLC0415

    return np.array([HINT_WEIGHT * (match.place.country in countries) for match in group.matches], dtype=float)
