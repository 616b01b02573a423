"""Fit the weights of the finder on annotated corpora and write data/models/finder.json.

Needs the extra ``fit`` and the folder ../shared/corpora (the texts stay out of the project; the weights may ship).

    python benchmarks/fit_finder.py [CORPORA]

Prints recognition (exact span) for five folds by document, and for each corpus from the others, before it fits on all.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from geo.files import data_folder
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.index import Index
from geo.mentions.aligned import align
from geo.mentions.company import second_features
from geo.mentions.features import context_of, features, is_located, lowered, name_facts
from geo.mentions.find import line_starts
from geo.mentions.model import Logistic
from geo.mentions.scan import Hit, scan

FOLDS = 5
LEAST_OFTEN = 4
SMALLEST_WEIGHT = 0.06
THRESHOLD = 0.3
# The texts of the corpora have lost their line breaks, so nothing can be learned of datelines from them.
BY_HAND = {"dateline=True": 3.0}


@dataclass(frozen=True)
class Document:
    """The hits of a document with their features, which of them are toponyms, and how many toponyms there are."""

    hits: list[Hit]
    rows: list[list[str]]
    located: list[bool]
    answers: list[bool]
    gold: int


def documents(path: Path, index: Index) -> list[Document]:
    """Read a corpus."""
    found = []
    for line in path.read_text(encoding="utf-8").rstrip().split("\n"):
        facts = json.loads(line)
        gold = {(t["start"], t["end"]) for t in facts["toponyms"]}
        aligned = align(facts["text"])
        hits = list(scan(aligned.text, index))
        context = context_of(lowered(aligned.text, hits), hits, line_starts(aligned, facts["text"]))
        rows = [list(features(hit, name_facts(index, hit.name), context)) for hit in hits]
        found.append(
            Document(
                hits,
                rows,
                [is_located(h, context) for h in hits],
                [aligned.span(hit.start, hit.end) in gold for hit in hits],
                len(gold),
            )
        )
    return found


def fit(rows: list[list[str]], answers: list[bool]) -> Logistic:
    """Fit a regression; rare features and small weights are left out."""
    counts = Counter(feature for row in rows for feature in row)
    vectorizer = DictVectorizer()
    matrix = vectorizer.fit_transform([{f: 1 for f in row if counts[f] >= LEAST_OFTEN} for row in rows])
    model = LogisticRegression(C=0.5, max_iter=3000).fit(matrix, answers)
    weights = zip(vectorizer.feature_names_, model.coef_[0].tolist(), strict=True)
    return Logistic(
        round(float(model.intercept_[0]), 3),
        {name: round(w, 2) for name, w in sorted(weights) if abs(w) >= SMALLEST_WEIGHT},
    )


def fit_first(train: list[Document]) -> Logistic:
    """Fit the first look."""
    return fit([row for d in train for row in d.rows], [answer for d in train for answer in d.answers])


def second_rows(document: Document, first: Logistic, index: Index) -> list[list[str]]:
    """Give a document's features of the second look."""
    return list(
        second_features(document.hits, [first.probability(row) for row in document.rows], document.located, index)
    )


def fit_both(train: list[Document], index: Index) -> tuple[Logistic, Logistic]:
    """Fit both looks; the second on what first looks make of documents that they were not fitted on."""
    rows, answers = [], []
    for fold in range(FOLDS):
        first = fit_first([d for n, d in enumerate(train) if n % FOLDS != fold])
        for document in train[fold::FOLDS]:
            rows += second_rows(document, first, index)
            answers += document.answers
    return fit_first(train), fit(rows, answers)


def figures(models: tuple[Logistic, Logistic], test: list[Document], index: Index) -> np.ndarray:
    """Give (right, kept, gold) over documents."""
    right = kept = gold = 0
    for document in test:
        gold += document.gold
        for row, answer in zip(second_rows(document, models[0], index), document.answers, strict=True):
            keep = models[1].probability(row) >= THRESHOLD
            kept += keep
            right += keep and answer
    return np.array([right, kept, gold])


def told(label: str, counts: np.ndarray) -> None:
    """Print precision, recall and F1."""
    right, kept, gold = counts
    print(f"{label:24} precision {right / kept:.3f}  recall {right / gold:.3f}  F1 {2 * right / (kept + gold):.3f}")


def main() -> None:
    """Fit, print the figures and write the weights."""
    corpora = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/corpora")
    if not corpora.is_dir():
        sys.exit(f"{corpora}: no such folder; fitting needs the annotated corpora")
    index = Gazetteer.open().index
    sets = {path.stem: documents(path, index) for path in sorted(corpora.glob("*.jsonl"))}
    for name, own in sets.items():
        folds = [
            figures(fit_both([d for n, d in enumerate(own) if n % FOLDS != k], index), own[k::FOLDS], index)
            for k in range(FOLDS)
        ]
        told(f"{name}, five folds", sum(folds))
        others = [d for other, ds in sets.items() if other != name for d in ds]
        told(f"{name}, from the others", figures(fit_both(others, index), own, index))
    first, second = fit_both([d for ds in sets.values() for d in ds], index)
    first.weights.update(BY_HAND)
    facts = {
        look: {"intercept": model.intercept, "weights": model.weights}
        for look, model in (("first", first), ("second", second))
    }
    path = data_folder() / "models" / "finder.json"
    text = json.dumps(facts | {"threshold": THRESHOLD}, ensure_ascii=False, indent=0, sort_keys=True)
    path.write_text(text + "\n", encoding="utf-8")
    print(f"{len(first.weights)} and {len(second.weights)} weights written")
    print(second.weights)


if __name__ == "__main__":
    main()
