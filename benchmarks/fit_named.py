"""Fit the third look of the finder, at a recogniser's entities, and write data/models/finder-ner.json.

    python benchmarks/fit_named.py PIPELINE [CORPORA]

Needs the extras `fit` and `ner`, the annotated corpora, and PIPELINE: the name or the folder of an English spaCy pipeline. Prints
recognition without and with the entities for five folds by document and for each corpus from the others, and how fast the
pipeline reads.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Sequence
from functools import cache
from itertools import chain
from pathlib import Path

import fit_finder
import numpy as np
from fit_finder import FOLDS, PARTS, THRESHOLD, Document, Look, Model

from geo.files import data_folder
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.stack import Stack
from geo.mentions.entities import Recogniser, Spotted, named_features
from geo.mentions.find import spotted
from geo.mentions.segments import Segment, best

Models = tuple[Model, Model, Model]


class Reader:
    """A recogniser that reads each text once."""

    def __init__(self, pipeline: str) -> None:
        self.entities = cache(Recogniser(pipeline).entities)


def chances(model: Model, look: Look) -> list[float]:
    """Give the probabilities of a look; those of an empty one too."""
    return model.chances([look]).tolist() if len(look.found) else []


def third_look(document: Document, look: Look, likely: list[float], index: Stack, reader: Reader) -> Look:
    """Give what the third look sees after a second one."""
    seen = document.seen
    told: list[Spotted] = spotted(seen.hits(look.found), look.found.name, likely, index)
    rows = named_features(seen.text, told, reader.entities(seen.text))
    return Look(look.found, [list(row) for row in rows], look.answers)


def fit_three(train: Sequence[Document], index: Stack, reader: Reader) -> Models:
    """Fit three looks; later ones on what first looks make of documents that they were not fitted on."""
    again = []
    for part in range(PARTS):
        first = fit_finder.fit([fit_finder.first_look(d) for n, d in enumerate(train) if n % PARTS != part])
        again += [(d, fit_finder.second_look(d, first, index)) for d in train[part::PARTS]]
    second = fit_finder.fit([look for _, look in again])
    third = fit_finder.fit([third_look(d, look, chances(second, look), index, reader) for d, look in again])
    return fit_finder.fit([fit_finder.first_look(d) for d in train]), second, third


def kept(look: Look, likely: list[float], gold: int) -> np.ndarray:
    """Give (right, kept, gold) of a document."""
    spans = zip(look.found.first.tolist(), look.found.last.tolist(), likely, strict=True)
    chosen = best([Segment(first, last, chance - THRESHOLD) for first, last, chance in spans])
    return np.array([sum(look.answers[number] for number in chosen), len(chosen), gold])


def figures(models: Models, test: Sequence[Document], index: Stack, reader: Reader) -> np.ndarray:
    """Give (right, kept, gold) over documents, without the third look and with it."""
    total = np.zeros((2, 3), dtype=int)
    for document in test:
        look = fit_finder.second_look(document, models[0], index)
        likely = chances(models[1], look)
        third = third_look(document, look, likely, index, reader)
        total += [kept(look, likely, document.gold), kept(third, chances(models[2], third), document.gold)]
    return total


def told(label: str, counts: np.ndarray) -> None:
    for name, row in zip(("without", "with"), counts, strict=True):
        fit_finder.told(f"{label}, {name}", row)


def main() -> None:
    """Fit, write the weights and print the figures."""
    if len(sys.argv) < 2:
        sys.exit(__doc__)
    corpora = Path(sys.argv[2] if len(sys.argv) > 2 else "../shared/corpora")
    if not corpora.is_dir():
        sys.exit(f"{corpora}: no such folder; fitting needs the annotated corpora")
    index, reader = Gazetteer.open().index, Reader(sys.argv[1])
    sets = {path.stem: fit_finder.documents(path, index) for path in sorted(corpora.glob("*.jsonl"))}
    texts = [document.seen.text for document in chain.from_iterable(sets.values())]
    start = time.process_time()
    for text in texts:
        reader.entities(text)
    print(f"{sys.argv[1]}: {sum(map(len, texts)) / (time.process_time() - start):,.0f} characters/s", flush=True)
    third = fit_finder.nested(fit_three(list(chain.from_iterable(sets.values())), index, reader)[2])
    text = json.dumps(third, ensure_ascii=False, separators=(",", ":")).replace("},", "},\n")
    (data_folder() / "models" / "finder-ner.json").write_text(text + "\n", encoding="utf-8")
    for name, own in sets.items():
        others = [d for other, ds in sets.items() if other != name for d in ds]
        told(f"{name}, from the others", figures(fit_three(others, index, reader), own, index, reader))
        folds = [
            figures(
                fit_three([d for n, d in enumerate(own) if n % FOLDS != k], index, reader), own[k::FOLDS], index, reader
            )
            for k in range(FOLDS)
        ]
        told(f"{name}, five folds", np.sum(folds, axis=0))


if __name__ == "__main__":
    main()
