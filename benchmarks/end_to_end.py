"""Names found and decided by weights that were fitted without the document: recognition, resolution and both together.

    python benchmarks/end_to_end.py [CORPORA]

Needs the extra `fit` and the annotated corpora. Five folds by document, then each corpus by the weights of the others. Figures
are those of `geo evaluate`.
"""

from __future__ import annotations

import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple
from unittest.mock import patch

import fit_chooser
import fit_finder

from geo.evaluation import Counts, Span, counted, documents, figures
from geo.gazetteer.gazetteer import Gazetteer
from geo.mentions.model import finder_model
from geo.places.model import model_from


class Both(NamedTuple):
    """A document as each fit needs it, and as it is evaluated; `choose` is None where nothing is annotated."""

    find: Any
    choose: fit_chooser.Document | None
    annotated: tuple[str, str, dict[Span, Any]]


def read(path: Path, gazetteer: Gazetteer) -> list[Both]:
    """Read a corpus."""
    found = fit_finder.documents(path, gazetteer.index)
    return [
        Both(find, fit_chooser.Document(*annotated, gazetteer) if annotated[2] else None, annotated)
        for find, annotated in zip(found, documents(path), strict=True)
    ]


def evaluated(train: Sequence[Both], test: Sequence[Both], gazetteer: Gazetteer) -> Counts:
    """Count on documents what models make of them that were fitted on others."""
    chooser = model_from(fit_chooser.fit([both.choose for both in train if both.choose]))
    with tempfile.TemporaryDirectory() as folder:
        (Path(folder) / "models").mkdir()
        models = fit_finder.fit_both([both.find for both in train], gazetteer.index)
        fit_finder.write(models, Path(folder) / "models" / "finder.json")
        with patch("geo.mentions.model.data_folder", lambda: Path(folder)):
            finder = finder_model.__wrapped__()
    with (
        patch("geo.mentions.find.finder_model", lambda: finder),
        patch("geo.places.decide.chooser_model", lambda: chooser),
    ):
        return counted((both.annotated for both in test), gazetteer)


def told(label: str, counts: Counts) -> None:
    """Print the figures."""
    measured = figures(counts)
    both, right = measured["end_to_end"], measured["resolution"]["accuracy_161km"]
    print(
        f"{label:24} recognition F1 {measured['recognition']['f1']:.3f}  resolution {right:.3f}"
        f"  end to end precision {both['precision']:.3f} recall {both['recall']:.3f} F1 {both['f1']:.3f}",
        flush=True,
    )


def main() -> None:
    """Measure on each corpus."""
    corpora = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/corpora")
    if not corpora.is_dir():
        sys.exit(f"{corpora}: no such folder; measuring needs the annotated corpora")
    gazetteer = Gazetteer.open()
    sets = {path.stem: read(path, gazetteer) for path in sorted(corpora.glob("*.jsonl"))}
    for name, listed in sets.items():
        parts = [evaluated(train, test, gazetteer) for train, test in fit_chooser.folds(listed)]
        told(f"{name}, five folds", sum(parts, start=Counter()))
        others = [both for other, ds in sets.items() if other != name for both in ds]
        told(f"{name}, from the others", evaluated(others, listed, gazetteer))


if __name__ == "__main__":
    main()
