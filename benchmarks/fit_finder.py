"""Fit the weights of the finder on annotated corpora and write data/models/finder.json.

Needs scikit-learn and the folder ../shared/corpora (the texts stay out of the project; the weights may ship).

    python benchmarks/fit_finder.py [CORPORA]

Prints recognition (exact span) for five folds by document, and for each corpus from the others, before it fits on all.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import numpy as np
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from geo.files import data_folder
from geo.gazetteer.gazetteer import Gazetteer
from geo.mentions.aligned import align
from geo.mentions.features import context_of, features, name_facts
from geo.mentions.find import line_starts
from geo.mentions.scan import scan

LEAST_OFTEN = 4
SMALLEST_WEIGHT = 0.06
THRESHOLD = 0.45


def examples(path: Path, gazetteer: Gazetteer) -> list[tuple[list[dict[str, int]], list[bool], int]]:
    """Give, for each document, the features of its hits, whether each is a toponym, and how many toponyms there are."""
    found = []
    for line in path.read_text(encoding="utf-8").rstrip().split("\n"):
        document = json.loads(line)
        gold = {(t["start"], t["end"]) for t in document["toponyms"]}
        aligned = align(document["text"])
        hits = list(scan(aligned.text, gazetteer.index))
        context = context_of(aligned.text, hits, line_starts(aligned, document["text"]))
        rows = [dict.fromkeys(features(hit, name_facts(gazetteer.index, hit.name), context), 1) for hit in hits]
        found.append((rows, [aligned.span(hit.start, hit.end) in gold for hit in hits], len(gold)))
    return found


def fit(documents: list) -> tuple[DictVectorizer, LogisticRegression]:
    """Fit on documents."""
    rows = [row for rows, _, _ in documents for row in rows]
    answers = [answer for _, answers, _ in documents for answer in answers]
    counts: dict[str, int] = {}
    for row in rows:
        for feature in row:
            counts[feature] = counts.get(feature, 0) + 1
    rows = [{f: 1 for f in row if counts[f] >= LEAST_OFTEN} for row in rows]
    vectorizer = DictVectorizer()
    return vectorizer, LogisticRegression(C=0.5, max_iter=3000).fit(vectorizer.fit_transform(rows), answers)


def figures(vectorizer: DictVectorizer, model: LogisticRegression, documents: list) -> np.ndarray:
    """Give (right, kept, gold) over documents."""
    right = kept = gold = 0
    for rows, answers, toponyms in documents:
        gold += toponyms
        if rows:
            keep = model.predict_proba(vectorizer.transform(rows))[:, 1] >= THRESHOLD
            kept += keep.sum()
            right += (keep & np.array(answers)).sum()
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
    gazetteer = Gazetteer.open()
    sets = {path.stem: examples(path, gazetteer) for path in sorted(corpora.glob("*.jsonl"))}
    for name, documents in sets.items():
        folds = [figures(*fit([d for i, d in enumerate(documents) if i % 5 != k]), documents[k::5]) for k in range(5)]
        told(f"{name}, five folds", sum(folds))
        others = [d for other, ds in sets.items() if other != name for d in ds]
        told(f"{name}, from the others", figures(*fit(others), documents))
    vectorizer, model = fit([d for ds in sets.values() for d in ds])
    weights = dict(zip(vectorizer.feature_names_, model.coef_[0], strict=True))
    kept = {name: round(weight, 2) for name, weight in sorted(weights.items()) if abs(weight) >= SMALLEST_WEIGHT}
    facts = {"intercept": round(float(model.intercept_[0]), 3), "threshold": THRESHOLD, "weights": kept}
    path = data_folder() / "models" / "finder.json"
    path.write_text(json.dumps(facts, ensure_ascii=False, indent=0, sort_keys=True) + "\n", encoding="utf-8")
    print(f"{len(kept)} weights written")


if __name__ == "__main__":
    main()
