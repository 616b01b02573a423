"""The fitted weights of the finder: two looks, one weight for each value of a feature, kept as a readable file."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from geo.files import data_folder
from geo.mentions import company, features
from geo.mentions.vocabulary import Vocabulary

if TYPE_CHECKING:
    import numpy as np

    Numbers = np.ndarray[Any, np.dtype[np.intp]]
    Scores = np.ndarray[Any, np.dtype[np.float64]]

Weights = Mapping[str, Mapping[str, float]]
# Weights are kept in hundredths, as they stand in the file: their sum does not hang on their order.
_UNIT = 100
# Numbers that stand for themselves are smaller than this, and so many candidates are scored at a time.
_MOST_NUMBER, _BLOCK = 64, 4096


class Scorer:
    """Scores of candidates: the sum of the weights of their features.

    Parameters
    ----------
    vocabulary : Vocabulary
        That the columns of candidates were made with.
    domains : mapping of str to str
        The columns in their order, each with its domain.
    intercept : float
    weights : mapping of str to mapping of str to float
        By the feature and then by its value.
    """

    def __init__(
        self, vocabulary: Vocabulary, domains: Mapping[str, str], *, intercept: float, weights: Weights
    ) -> None:
        import numpy as np  # noqa: PLC0415 - an open index has loaded it

        self.intercept = intercept
        self._vocabulary, self._domains = vocabulary, domains
        # Those of most columns first: the others have no further place to add.
        tables = [
            self._table(feature.split("+"), values)
            for feature, values in sorted(weights.items(), key=lambda item: -item[0].count("+"))
        ]
        self._weights = np.concatenate([flat for flat, _ in tables])
        ends = np.cumsum([len(flat) for flat, _ in tables])
        self._starts = (ends - [len(flat) for flat, _ in tables])[:, None]
        # For each place of a feature: which columns stand there, and where in `steps` their numbers lead.
        self._places: list[tuple[Numbers, Numbers]] = []
        steps: list[Numbers] = []
        for place in range(max(len(parts) for _, parts in tables)):
            own = [parts[place] for _, parts in tables if len(parts) > place]
            sizes = [len(step) for _, step in own]
            begins = np.cumsum([sum(map(len, steps)), *sizes[:-1]])
            self._places.append((np.array([column for column, _ in own]), begins[:, None]))
            steps += [step for _, step in own]
        self._steps = np.concatenate(steps)

    def _table(self, columns: Sequence[str], values: Mapping[str, float]) -> tuple[Any, list[tuple[int, Numbers]]]:
        """Give a feature's weights as a flat table, and for each of its columns which and how far each number leads in it."""
        import numpy as np  # noqa: PLC0415

        names = list(self._domains)
        at, step = np.zeros(len(values), dtype=np.intp), 1
        parts: list[tuple[int, Numbers]] = []
        for column, told_values in zip(columns, _parts(values), strict=True):
            domain = self._domains[column]
            known = {} if domain == "number" else self._vocabulary.domain(domain)
            own = list(map(int if domain == "number" else known.__getitem__, told_values))
            # Numbers without any weight lead nowhere: the first place is 0.
            told, which = np.unique(own, return_inverse=True)
            steps = np.zeros(_MOST_NUMBER if domain == "number" else len(known) + 1, dtype=np.intp)
            steps[told] = (np.arange(len(told)) + 1) * step
            at += (which + 1) * step
            parts.append((names.index(column), steps))
            step *= len(told) + 1
        flat = np.zeros(step, dtype=np.int16)
        flat[at] = np.rint(np.array(list(values.values())) * _UNIT)
        return flat, parts

    def scores(self, columns: Numbers) -> Scores:
        """Give the scores of candidates, from their columns."""
        import numpy as np  # noqa: PLC0415

        found = np.empty(columns.shape[1])
        for start in range(0, len(found), _BLOCK):
            block = columns[:, start : start + _BLOCK]
            (column, begin), *others = self._places
            at = self._steps.take(block.take(column, axis=0) + begin)
            at += self._starts
            for column, begin in others:
                at[: len(column)] += self._steps.take(block.take(column, axis=0) + begin)
            found[start : start + _BLOCK] = self._weights.take(at).sum(axis=0, dtype=np.int32)
        return found / _UNIT + self.intercept


def values_of(domains: Mapping[str, str], weights: Weights) -> dict[str, list[str]]:
    """Give the values that features have, by domain.

    Parameters
    ----------
    domains : mapping of str to str
        By column.
    weights : mapping of str to mapping of str to float
        By the feature and then by its value.
    """
    found: dict[str, list[str]] = {}
    for feature, values in weights.items():
        for column, parts in zip(feature.split("+"), _parts(values), strict=True):
            found.setdefault(domains[column], []).extend(parts)
    return found


def _parts(values: Iterable[str]) -> Iterable[tuple[str, ...]]:
    """Give the values of a feature column by column."""
    return zip(*(value.split(" ") for value in values), strict=True)


@dataclass(frozen=True, slots=True, eq=False)
class FinderModel:
    """Two looks at each candidate: at its words, then at its company; it is kept when the second gives at least `threshold`."""

    vocabulary: Vocabulary
    first: Scorer
    second: Scorer
    threshold: float


def model_from(facts: Mapping[str, Any]) -> FinderModel:
    """Give the model that a file holds."""
    told = values_of(
        {**features.DOMAINS, **company.DOMAINS}, {**facts["first"]["weights"], **facts["second"]["weights"]}
    )
    vocabulary = Vocabulary(told)
    return FinderModel(
        vocabulary,
        Scorer(vocabulary, features.DOMAINS, **facts["first"]),
        Scorer(vocabulary, company.DOMAINS, **facts["second"]),
        facts["threshold"],
    )


@cache
def finder_model() -> FinderModel:
    """Give the weights that ship with the project: ``data/models/finder.json``, with its card beside it."""
    return model_from(json.loads((data_folder() / "models" / "finder.json").read_text(encoding="utf-8")))
