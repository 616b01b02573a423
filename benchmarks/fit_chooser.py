"""Fit the weights of the chooser on annotated corpora and write data/models/chooser.json.

Needs scipy and the folder ../shared/corpora (the texts stay out of the project; the weights may ship).

    python benchmarks/fit_chooser.py [CORPORA]

Prints the accuracy within 161 km on gold mentions for five folds by document, and for each corpus from the others.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize

from geo.files import data_folder
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.world import distance_m
from geo.mentions.find import find
from geo.places.features import COMPANY, OWN, own_features
from geo.places.groups import Group, groups
from geo.places.model import joined, softmax
from geo.reports.report import Report

NEAR_M = 161_000.0
PENALTY = 2.0
FUZZY_COST = 1.0
BESIDE = {"inside the next name": 4.0, "holds the name before": 2.5}


class Document:
    """The groups of a document with, for each, how often each candidate is right, and how many mentions it has.

    `right` counts truths within 161 km, which the figures go by. `meant` counts those within the candidate's own radius too,
    which is fitted: a country's label point may lie far from another gazetteer's.
    """

    def __init__(self, line: str, gazetteer: Gazetteer) -> None:
        facts = json.loads(line)
        gold = {(t["start"], t["end"]): t for t in facts["toponyms"]}
        mentions = find(Report(id=str(facts["id"]), text=facts["text"], spans=tuple(sorted(gold))), gazetteer)
        self.groups: list[Group] = groups(mentions, gazetteer, fuzzy=False)
        self.own = [own_features(group) for group in self.groups]
        self.right: list[np.ndarray] = []
        self.meant: list[np.ndarray] = []
        self.count: list[int] = []
        for group in self.groups:
            truths = [gold[(mentions[n].start, mentions[n].end)] for n in group.mentions]
            truths = [t for t in truths if t["lat"] is not None]
            km = [[distance_m(m.place.lat, m.place.lon, t["lat"], t["lon"]) for t in truths] for m in group.matches]
            apart = np.array(km, dtype=float).reshape(len(group.matches), len(truths))
            reach = np.array([max(NEAR_M, m.place.precision_m) for m in group.matches]).reshape(-1, 1)
            self.right.append((apart <= NEAR_M).sum(axis=1))
            self.meant.append((apart <= reach).sum(axis=1))
            self.count.append(len(truths))


def fit(rows: list[np.ndarray], documents: list[Document]) -> np.ndarray:
    """Fit weights: the likelihood that a right candidate, or none where none is right, is chosen."""
    right = [r for d in documents for r in d.meant]
    count = [c for d in documents for c in d.count]
    cases = [(x, r > 0, c) for x, r, c in zip(rows, right, count, strict=True) if c and len(x)]
    sizes = [len(x) for x, _, _ in cases]
    starts = np.concatenate([[0], np.cumsum(sizes)[:-1]])
    matrix = np.vstack([x for x, _, _ in cases])
    good = np.concatenate([g for _, g, _ in cases])
    none = np.array([not g.any() for _, g, _ in cases])
    weight = np.minimum(np.array([c for _, _, c in cases], dtype=float), 5.0)
    owner = np.repeat(np.arange(len(sizes)), sizes)

    def loss(w: np.ndarray) -> tuple[float, np.ndarray]:
        score = matrix @ w
        top = np.maximum(np.maximum.reduceat(score, starts), 0.0)
        exps = np.exp(score - top[owner])
        nil = np.exp(-top)
        total = np.add.reduceat(exps, starts) + nil
        hit = np.add.reduceat(exps * good, starts) + np.where(none, nil, 0.0)
        p_all = exps / total[owner]
        p_hit = exps * good / hit[owner]
        value = -(weight * np.log(hit / total)).sum() + PENALTY * (w**2).sum()
        return value, matrix.T @ ((p_all - p_hit) * weight[owner]) + 2 * PENALTY * w

    return minimize(loss, np.zeros(matrix.shape[1]), jac=True, method="L-BFGS-B").x


def fit_both(documents: list[Document]) -> tuple[np.ndarray, np.ndarray]:
    """Fit the first pass, then the second on what the first makes of the company."""
    first = fit([rows for d in documents for rows in d.own], documents)
    second = fit([rows for d in documents for rows in second_rows(d, first)], documents)
    return first, second


def second_rows(document: Document, first: np.ndarray) -> list[np.ndarray]:
    """Give a document's features of the second pass."""
    return joined(document.own, document.groups, [softmax(rows @ first) for rows in document.own])


def figures(documents: list[Document], weights: tuple[np.ndarray, np.ndarray]) -> np.ndarray:
    """Give (right, reachable, all) mentions."""
    right = reachable = every = 0.0
    for document in documents:
        for rows, good, count in zip(second_rows(document, weights[0]), document.right, document.count, strict=True):
            every += count
            if len(rows) and count:
                reachable += good.max()
                right += good[int(np.argmax(rows @ weights[1]))]
    return np.array([right, reachable, every])


def told(label: str, counts: np.ndarray) -> None:
    """Print accuracy and its ceiling."""
    print(f"{label:24} accuracy {counts[0] / counts[2]:.3f}  a perfect chooser {counts[1] / counts[2]:.3f}")


def main() -> None:
    """Fit, print the figures and write the weights."""
    corpora = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/corpora")
    if not corpora.is_dir():
        sys.exit(f"{corpora}: no such folder; fitting needs the annotated corpora")
    gazetteer = Gazetteer.open()
    sets: dict[str, list[Document]] = {
        path.stem: [Document(line, gazetteer) for line in path.read_text(encoding="utf-8").rstrip().split("\n")]
        for path in sorted(corpora.glob("*.jsonl"))
    }
    for name, documents in sets.items():
        folds = [
            figures(documents[k::5], fit_both([d for i, d in enumerate(documents) if i % 5 != k])) for k in range(5)
        ]
        told(f"{name}, five folds", sum(folds))
        told(
            f"{name}, from the others",
            figures(documents, fit_both([d for other, ds in sets.items() if other != name for d in ds])),
        )
    first, second = fit_both([d for ds in sets.values() for d in ds])
    facts: dict[str, Any] = {
        "first": dict(zip(OWN, first.round(3).tolist(), strict=True)),
        "second": dict(zip((*OWN, *COMPANY), second.round(3).tolist(), strict=True)),
    }
    # What stands right beside a name outweighs the company that the rest of the report keeps; the corpora hardly tell.
    for feature, least in BESIDE.items():
        facts["second"][feature] = max(least, facts["second"][feature])
    # No gold mention is spelt nearly like a name: what a fuzzy match costs beyond a key match is set by hand.
    for weights in facts.values():
        weights["fuzzy"] = round(weights["key"] - FUZZY_COST, 3)
    path = data_folder() / "models" / "chooser.json"
    path.write_text(json.dumps(facts, indent=1) + "\n", encoding="utf-8")
    print(json.dumps(facts, indent=1))


if __name__ == "__main__":
    main()
