"""Fit the weights of the finder on annotated corpora and write data/models/finder.json.

Needs the extra ``fit`` and the folder ../shared/corpora (the texts stay out of the project; the weights may ship).

    python benchmarks/fit_finder.py [CORPORA]

Prints recognition (exact span) for five folds by document, and for each corpus from the others, before it fits on all.
The weights are those of a semi-Markov random field without transitions: the likelihood is that of the annotated spans among
all ways to cut a run of capitals into spans that do not overlap and words that are no name.
"""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path
from typing import Any

import numpy as np
from scipy.optimize import minimize
from scipy.sparse import csr_matrix

from geo.files import data_folder
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.stack import Stack
from geo.mentions import company, features
from geo.mentions.aligned import align
from geo.mentions.candidates import Found
from geo.mentions.find import Seen, look
from geo.mentions.segments import Segment, best
from geo.mentions.vocabulary import Vocabulary

FOLDS, PARTS = 5, 4
LEAST_OFTEN = 4
SMALLEST_WEIGHT = 0.06
THRESHOLD = 0.4
PENALTY = 2.5
MOST_STEPS = 80
# The texts of the corpora have lost their line breaks, so nothing can be learned of datelines from them.
BY_HAND = {"dateline=1": 3.0}
FITTED = [name for name in features.FEATURES if name != "dateline"]


@dataclass(frozen=True)
class Document:
    """What is seen in a document, its candidates with their features at the first look, and which of them are toponyms."""

    seen: Seen
    vocabulary: Vocabulary
    rows: list[list[str]]
    answers: list[bool]
    gold: int


@dataclass(frozen=True)
class Look:
    """The candidates of a document at one look, each with its features and whether it is a toponym."""

    found: Found
    rows: list[list[str]]
    answers: list[bool]


def rows_of(
    columns: np.ndarray, domains: Mapping[str, str], named: Sequence[str], vocabulary: Vocabulary
) -> list[list[str]]:
    """Give all features of each candidate as ``feature=value``."""
    values = {}
    for (column, domain), numbers in zip(domains.items(), columns.tolist(), strict=True):
        known = ["", *vocabulary.domain(domain)]
        values[column] = [str(number) if domain == "number" else known[number] for number in numbers]
    parts = [
        [f"{name}=" + " ".join(one) for one in zip(*(values[c] for c in name.split("+")), strict=True)]
        for name in named
    ]
    return [list(row) for row in zip(*parts, strict=True)]


def documents(path: Path, index: Stack) -> list[Document]:
    """Read a corpus."""
    vocabulary = Vocabulary()
    found = []
    for line in path.read_text(encoding="utf-8").rstrip().split("\n"):
        facts = json.loads(line)
        gold = {(t["start"], t["end"]) for t in facts["toponyms"]}
        aligned = align(facts["text"])
        seen = look(aligned, facts["text"], index, vocabulary)
        rows = rows_of(seen.columns, features.DOMAINS, FITTED, vocabulary)
        answers = [aligned.span(hit.start, hit.end) in gold for hit in seen.hits(seen.found)]
        found.append(Document(seen, vocabulary, rows, answers, len(gold)))
    return found


def first_look(document: Document) -> Look:
    return Look(document.seen.found, document.rows, document.answers)


def second_look(document: Document, model: Model, index: Stack) -> Look:
    """Give what the second look sees after a first one with this model."""
    first = first_look(document)
    likely = model.chances([first])
    left = np.flatnonzero(likely >= company.LEAST_CHANCE)
    found = first.found.only(left)
    again = company.company_columns(document.seen.words, found, likely[left], index, document.vocabulary)
    rows = rows_of(again, company.DOMAINS, company.FEATURES, document.vocabulary)
    return Look(found, rows, [first.answers[number] for number in left.tolist()])


class Field:
    """The runs of documents, those of equal length side by side, and the matrix of their candidates' features."""

    def __init__(self, looks: Sequence[Look], names: dict[str, int]) -> None:
        columns: list[int] = []
        ends = [0]
        for row in chain.from_iterable(one.rows for one in looks):
            columns += [names[feature] for feature in row if feature in names]
            ends.append(len(columns))
        self.matrix = csr_matrix((np.ones(len(columns)), columns, ends), shape=(len(ends) - 1, len(names)))
        document = np.repeat(np.arange(len(looks)), [len(one.found) for one in looks])
        number, first, last = np.hstack([[one.found.run, one.found.first, one.found.last] for one in looks])
        _, run = np.unique(document * 1_000_000 + number, return_inverse=True)
        begin = np.full(len(document), 1_000_000_000)
        end = np.zeros(len(document), dtype=int)
        np.minimum.at(begin, run, first)
        np.maximum.at(end, run, last)
        first, last, lengths = first - begin[run], last - begin[run], (end - begin)[run]
        self.groups = []
        for length in np.unique(lengths):
            members = np.flatnonzero(lengths == length)
            runs, own = np.unique(run[members], return_inverse=True)
            self.groups.append((int(length), len(runs), members, own, first[members], last[members]))

    def chances(self, scores: np.ndarray) -> tuple[np.ndarray, float]:
        """Give the probabilities as `geo.mentions.segments.chances` does, and the logarithm of the sum over all cuts."""
        found, total = np.empty(len(scores)), 0.0
        for length, count, members, own, first, last in self.groups:
            spans = np.full((count, length + 1, length + 1), -np.inf)
            spans[own, first, last] = scores[members]
            ahead, behind = np.zeros((count, length + 1)), np.zeros((count, length + 1))
            for place in range(1, length + 1):
                ways = np.hstack([ahead[:, place - 1 : place], ahead[:, :place] + spans[:, :place, place]])
                ahead[:, place] = np.logaddexp.reduce(ways, axis=1)
            for place in range(length - 1, -1, -1):
                ways = np.hstack(
                    [behind[:, place + 1 : place + 2], behind[:, place + 1 :] + spans[:, place, place + 1 :]]
                )
                behind[:, place] = np.logaddexp.reduce(ways, axis=1)
            total += float(ahead[:, -1].sum())
            found[members] = np.exp(ahead[own, first] + scores[members] + behind[own, last] - ahead[own, -1])
        return found, total


@dataclass(frozen=True)
class Model:
    """The intercept and the weights of one look."""

    intercept: float
    weights: dict[str, float]

    def chances(self, looks: Sequence[Look]) -> np.ndarray:
        """Give the probability of each candidate."""
        field = Field(looks, {name: n for n, name in enumerate(self.weights)})
        return field.chances(field.matrix @ np.array(list(self.weights.values())) + self.intercept)[0]


def fit(looks: Sequence[Look]) -> Model:
    """Fit intercept and weights; rare features and small weights are left out."""
    counts = Counter(feature for look in looks for row in look.rows for feature in row)
    names = {name: n for n, name in enumerate(sorted(name for name, count in counts.items() if count >= LEAST_OFTEN))}
    field = Field(looks, names)
    answers = np.array([answer for look in looks for answer in look.answers], dtype=float)
    turned = field.matrix.T.tocsr()
    gold = turned @ answers

    def loss(weights: np.ndarray) -> tuple[float, np.ndarray]:
        scores = field.matrix @ weights[1:] + weights[0]
        likely, total = field.chances(scores)
        slope = turned @ likely - gold + PENALTY * 2 * weights[1:]
        value = total - answers @ scores + PENALTY * weights[1:] @ weights[1:]
        return value, np.concatenate([[(likely - answers).sum()], slope])

    start = np.zeros(len(names) + 1)
    found: Any = minimize(loss, start, jac=True, method="L-BFGS-B", options={"maxiter": MOST_STEPS})
    weights = zip(names, found.x[1:].tolist(), strict=True)
    return Model(round(float(found.x[0]), 3), {name: round(w, 2) for name, w in weights if abs(w) >= SMALLEST_WEIGHT})


def fit_both(train: Sequence[Document], index: Stack) -> tuple[Model, Model]:
    """Fit both looks; the second on what first looks make of documents that they were not fitted on."""
    again = []
    for part in range(PARTS):
        first = fit([first_look(d) for n, d in enumerate(train) if n % PARTS != part])
        again += [second_look(d, first, index) for d in train[part::PARTS]]
    return fit([first_look(d) for d in train]), fit(again)


def figures(models: tuple[Model, Model], test: Sequence[Document], index: Stack) -> np.ndarray:
    """Give (right, kept, gold) over documents."""
    right = kept = 0
    for document in test:
        second = second_look(document, models[0], index)
        if not len(second.found):
            continue
        margins = models[1].chances([second]) - THRESHOLD
        spans = zip(second.found.first.tolist(), second.found.last.tolist(), margins.tolist(), strict=True)
        chosen = best([Segment(*span) for span in spans])
        kept += len(chosen)
        right += sum(second.answers[number] for number in chosen)
    return np.array([right, kept, sum(d.gold for d in test)])


def told(label: str, counts: np.ndarray) -> None:
    """Print precision, recall and F1."""
    right, kept, gold = counts
    print(
        f"{label:24} precision {right / kept:.3f}  recall {right / gold:.3f}  F1 {2 * right / (kept + gold):.3f}",
        flush=True,
    )


def nested(model: Model) -> dict[str, Any]:
    """Give a model's weights by template and value."""
    weights: dict[str, dict[str, float]] = {}
    for name, weight in sorted(model.weights.items()):
        template, value = name.split("=", 1)
        weights.setdefault(template, {})[value] = weight
    return {"intercept": model.intercept, "weights": weights}


def write(models: tuple[Model, Model], path: Path) -> None:
    """Write the weights, one template a line."""
    first, second = models
    first.weights.update(BY_HAND)
    facts = {"first": nested(first), "second": nested(second), "threshold": THRESHOLD}
    text = json.dumps(facts, ensure_ascii=False, separators=(",", ":"))
    path.write_text(text.replace("},", "},\n") + "\n", encoding="utf-8")
    print(f"{len(first.weights)} and {len(second.weights)} weights in {path.stat().st_size} bytes written")


def main() -> None:
    """Fit, print the figures and write the weights."""
    corpora = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/corpora")
    if not corpora.is_dir():
        sys.exit(f"{corpora}: no such folder; fitting needs the annotated corpora")
    index = Gazetteer.open().index
    sets = {path.stem: documents(path, index) for path in sorted(corpora.glob("*.jsonl"))}
    write(fit_both(list(chain.from_iterable(sets.values())), index), data_folder() / "models" / "finder.json")
    for name, own in sets.items():
        reach = sum(sum(d.answers) for d in own) / sum(d.gold for d in own)
        print(f"{name}: {sum(len(d.rows) for d in own)} candidates, {reach:.3f} of the toponyms among them")
        others = [d for other, ds in sets.items() if other != name for d in ds]
        told(f"{name}, from the others", figures(fit_both(others, index), own, index))
        folds = [
            figures(fit_both([d for n, d in enumerate(own) if n % FOLDS != k], index), own[k::FOLDS], index)
            for k in range(FOLDS)
        ]
        told(f"{name}, five folds", np.sum(folds, axis=0))


if __name__ == "__main__":
    main()
