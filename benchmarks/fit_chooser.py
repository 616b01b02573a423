"""Fit the weights of the chooser on annotated corpora and write data/models/chooser.json.

Needs the extra `fit` and the folder ../shared/corpora (the texts stay out of the project; the weights may ship).

    python benchmarks/fit_chooser.py [CORPORA]

Prints the accuracy within 161 km on gold mentions, unresolved counted as wrong, for five folds by document, and for each
corpus from the others.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import lightgbm
import numpy as np
from scipy.optimize import minimize

from geo.evaluation import NEAR_M, documents
from geo.files import data_folder
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.world import distance_m
from geo.layers.records import chosen_of
from geo.mentions.find import find
from geo.places.company import COMPARED
from geo.places.decide import outcomes_of
from geo.places.groups import groups
from geo.places.model import FIRST, SECOND, THIRD, ChooserModel, Looks, judge, model_from
from geo.places.rows import Rows, softmax
from geo.reports.report import Report

FOLDS = 5
PENALTY = 2.0
MOST_WEIGHT = 5.0
FUZZY_COST = 1.0
TREES, RATE, LEAVES, LEAST_IN_LEAF, SHRINKAGE = 150, 0.06, 7, 20, 5.0
# More of these never speaks against a candidate, whatever the corpora happen to have.
RISING = (
    "share of its country", "share of its first-level division", "its country is named", "its first-level division is named",
    "names within 40 km", "names within 100 km", "inside the next name", "holds the name before",
    "inside a name close after", "near a name of the sentence", "in the area of the sentence", "of the kind asked for",
    "inside the next name, beside the best",
)  # fmt: skip
# What stands right beside a name outweighs the company that the rest of the report keeps; the corpora hardly tell.
BESIDE = {"inside the next name": 7.0, "holds the name before": 3.0}
# Of these the third look is a weighted sum; trees add to it.
LINEAR = [column for column, name in enumerate(THIRD) if name not in COMPARED]
# A name without company tells where a corpus is from, and little else.
ALONE = 0.2


class Document:
    """A document with, for each candidate of each group, how often it is right.

    `right` counts truths within 161 km, which the figures go by. `meant` counts those within the candidate's own radius too,
    which is fitted: a country's label point may lie far from another gazetteer's.
    """

    def __init__(self, identity: str, text: str, gold: dict[Any, Any], gazetteer: Gazetteer) -> None:
        self.mentions = find(Report(id=identity, text=text, spans=tuple(sorted(gold))), gazetteer)
        self.groups = groups(self.mentions, gazetteer, fuzzy=False)
        self.looks = Looks(self.mentions, self.groups)
        self.truth = [gold[mention.start, mention.end] for mention in self.mentions]
        self.guess = np.zeros(len(self.looks.rows))

    def meant(self, rows: Rows, matches: Sequence[Any]) -> tuple[np.ndarray, np.ndarray]:
        """Give whether each candidate is right for any mention of its group, and how many mentions each group has."""
        truths = [[t for t in (self.truth[n] for n in group.mentions) if t] for group in self.groups]
        good = [
            any(is_meant(match.place, point) for point in truths[group])
            for group, match in zip(rows.group, matches, strict=True)
        ]
        return np.array(good, dtype=bool), np.array([len(points) for points in truths], dtype=float)


def is_meant(place: Any, point: tuple[float, float]) -> bool:
    """Tell whether a place is right: within 161 km of the truth, or within its own radius."""
    return distance_m(place.lat, place.lon, *point) <= max(NEAR_M, place.precision_m)


class Cases:
    """What a look is fitted on: rows of features, whether each is right, the case it belongs to, and the weight of each case."""

    def __init__(self, parts: Iterable[tuple[Document, Rows, Sequence[Any], np.ndarray]]) -> None:
        matrix, good, owner, weight = [], [], [], []
        for document, rows, matches, features in parts:
            right, count = document.meant(rows, matches)
            used = count[rows.group] > 0 if len(rows) else np.zeros(0, dtype=bool)
            matrix.append(features[used])
            good.append(right[used])
            present, inverse = np.unique(rows.group[used], return_inverse=True)
            owner.append(inverse + sum(map(len, weight)))
            weight.append(np.minimum(count[present], MOST_WEIGHT) * (ALONE if len(document.groups) == 1 else 1.0))
        self.matrix, self.good = np.concatenate(matrix), np.concatenate(good).astype(float)
        self.owner, self.weight = np.concatenate(owner), np.concatenate(weight)
        self.starts = np.flatnonzero(np.r_[True, np.diff(self.owner) > 0])
        self.none = np.add.reduceat(self.good, self.starts) == 0

    def gradient(self, scores: np.ndarray) -> tuple[float, np.ndarray, np.ndarray]:
        """Give the loss (a right candidate, or none where none is right, should be chosen), its gradient and its curvature."""
        top = np.maximum(np.maximum.reduceat(scores, self.starts), 0.0)
        exps, nil = np.exp(scores - top[self.owner]), np.exp(-top)
        total = np.add.reduceat(exps, self.starts) + nil
        hit = np.add.reduceat(exps * self.good, self.starts) + np.where(self.none, nil, 0.0)
        p_all, p_hit = exps / total[self.owner], exps * self.good / hit[self.owner]
        weight = self.weight[self.owner]
        loss = -(self.weight * np.log(hit / total)).sum()
        return loss, (p_all - p_hit) * weight, np.maximum(p_all * (1.0 - p_all) * weight, 1e-3)


def fit_linear(cases: Cases, columns: Sequence[int] | slice = slice(None)) -> np.ndarray:
    """Fit the weights of some columns by maximum likelihood, with a penalty on large ones."""
    matrix = cases.matrix[:, columns]

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        value, gradient, _ = cases.gradient(matrix @ w)
        return value + PENALTY * (w**2).sum(), matrix.T @ gradient + 2 * PENALTY * w

    return minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B").x


def fit_trees(cases: Cases, weights: np.ndarray) -> list[dict[str, Any]]:
    """Fit boosted trees on the same loss, beside the scores that weights give."""
    linear = cases.matrix @ weights

    def objective(scores: np.ndarray, _: Any) -> tuple[np.ndarray, np.ndarray]:
        return cases.gradient(scores + linear)[1:]

    settings = {
        "objective": objective,
        "learning_rate": RATE,
        "num_leaves": LEAVES,
        "min_data_in_leaf": LEAST_IN_LEAF,
        "lambda_l2": SHRINKAGE,
        "feature_fraction": 0.5,
        "bagging_fraction": 0.8,
        "bagging_freq": 1,
        "max_bin": 63,
        "boost_from_average": False,
        "monotone_constraints": [int(name in RISING) for name in THIRD],
        "seed": 0,
        "deterministic": True,
        "num_threads": 1,
        "verbose": -1,
    }
    data = lightgbm.Dataset(cases.matrix, params={"max_bin": 63, "verbose": -1})
    booster = lightgbm.train(settings, data, num_boost_round=TREES)
    return [told(tree["tree_structure"]) for tree in booster.dump_model()["tree_info"]]


def told(node: dict[str, Any]) -> dict[str, Any]:
    """Give a tree as it stands in the file."""
    if "split_feature" not in node:
        return {"value": round(node["leaf_value"], 4)}
    then, other = told(node["left_child"]), told(node["right_child"])
    return {
        "if": THIRD[node["split_feature"]],
        "most": float(f"{node['threshold']:.5g}"),
        "then": then,
        "else": other,
        "value": round(node["internal_value"], 4),
    }


def fit(train: Sequence[Document]) -> dict[str, Any]:
    """Fit the three looks, each on what the one before makes of the documents; `guess` is left as the second look's."""
    flat = {id(d): [match for group in d.groups for match in group.matches] for d in train}
    first = fit_linear(Cases((d, d.looks.rows, flat[id(d)], d.looks.first()) for d in train))
    seen = {id(d): d.looks.second(softmax(d.looks.rows, d.looks.first() @ first)) for d in train}
    second = fit_linear(Cases((d, d.looks.rows, flat[id(d)], seen[id(d)]) for d in train))
    looked = [(d, *d.looks.third(softmax(d.looks.rows, seen[id(d)] @ second))) for d in train]
    cases = Cases((d, offer.rows, offer.matches, features) for d, offer, features in looked)
    third = np.zeros(len(THIRD))
    third[LINEAR] = fit_linear(cases, LINEAR)
    for name, least in BESIDE.items():
        third[THIRD.index(name)] = max(least, third[THIRD.index(name)])
    return {
        "first": dict(zip(FIRST, first.round(3).tolist(), strict=True)),
        "second": dict(zip(SECOND, second.round(3).tolist(), strict=True)),
        "third": {THIRD[column]: round(float(third[column]), 3) for column in LINEAR},
        "trees": fit_trees(cases, third.round(3)),
    }


def figures(test: Sequence[Document], model: ChooserModel) -> np.ndarray:
    """Give (right, reachable, all) mentions: as `geo evaluate` counts them, an unresolved one as wrong."""
    right = reachable = every = 0
    for document in test:
        judged = judge(document.mentions, document.groups, model)
        outcomes = outcomes_of(document.mentions, document.groups, judged)
        reach = [[judged.offer.matches[row].place for row in rows] for rows in judged.ranked()]
        within = {number: reach[place] for place, group in enumerate(document.groups) for number in group.mentions}
        for number, (outcome, point) in enumerate(zip(outcomes, document.truth, strict=True)):
            if point is None:
                continue
            chosen = chosen_of(outcome)
            every += 1
            right += chosen is not None and distance_m(chosen.place.lat, chosen.place.lon, *point) <= NEAR_M
            reachable += any(distance_m(place.lat, place.lon, *point) <= NEAR_M for place in within[number])
    return np.array([right, reachable, every])


def told_figures(label: str, counts: np.ndarray) -> None:
    """Print accuracy and its ceiling."""
    print(f"{label:24} accuracy {counts[0] / counts[2]:.3f}  a perfect chooser {counts[1] / counts[2]:.3f}", flush=True)


def read(corpora: Path, gazetteer: Gazetteer) -> dict[str, list[Document]]:
    """Give the annotated documents of each corpus."""
    return {
        path.stem: [Document(*document, gazetteer) for document in documents(path) if document[2]]
        for path in sorted(corpora.glob("*.jsonl"))
    }


def folds(listed: Sequence[Document]) -> Iterable[tuple[list[Document], list[Document]]]:
    """Yield documents to fit on and the others, five times."""
    for fold in range(FOLDS):
        yield [d for number, d in enumerate(listed) if number % FOLDS != fold], list(listed[fold::FOLDS])


def written(facts: dict[str, Any]) -> str:
    """Give a model as it stands in the file: a line for each weight and each tree."""
    trees = ",\n  ".join(json.dumps(tree) for tree in facts["trees"])
    head = json.dumps({name: value for name, value in facts.items() if name != "trees"}, indent=1)
    return f'{head[:-2]},\n "trees": [\n  {trees}\n ]\n}}\n'


def main() -> None:
    """Fit, print the figures and write the weights."""
    corpora = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/corpora")
    if not corpora.is_dir():
        sys.exit(f"{corpora}: no such folder; fitting needs the annotated corpora")
    sets = read(corpora, Gazetteer.open())
    for name, listed in sets.items():
        others = [d for other, ds in sets.items() if other != name for d in ds]
        parts = [figures(test, model_from(fit(train))) for train, test in folds(listed)]
        told_figures(f"{name}, five folds", sum(parts, start=np.zeros(3)))
        told_figures(f"{name}, from the others", figures(listed, model_from(fit(others))))
    facts = fit([d for ds in sets.values() for d in ds])
    # No gold mention is spelt nearly like a name: what a fuzzy match costs beyond a key match is set by hand.
    for weights in (facts["first"], facts["second"], facts["third"]):
        weights["nearly spelt"] = round(weights["another spelling"] - FUZZY_COST, 3)
    (data_folder() / "models" / "chooser.json").write_text(written(facts), encoding="utf-8")


if __name__ == "__main__":
    main()
