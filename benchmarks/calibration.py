"""Whether the chooser's confidence holds: of what it is 80% sure of, eight in ten should be right.

    python benchmarks/calibration.py [CORPORA]

Needs the extras `fit` and `bench` and the annotated corpora. Every document is decided by weights that were fitted without
it: five folds by document, then each corpus by the weights of the others. Right is within 161 km, or within the place's own
radius. Prints the expected calibration error over ten bins and writes docs/images/chooser-reliability.svg.
"""

from __future__ import annotations

import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import matplotlib as mpl
import numpy as np
from fit_chooser import Document, fit, folds, is_meant, read

from geo.gazetteer.gazetteer import Gazetteer
from geo.layers.records import chosen_of
from geo.places.decide import confidence, outcomes_of
from geo.places.model import ChooserModel, judge, model_from

mpl.use("svg")
from matplotlib import pyplot as plt

BINS = 10
PICTURE = Path(__file__).parents[1] / "docs" / "images" / "chooser-reliability.svg"
Figures = np.ndarray


def told(listed: Sequence[Document], model: ChooserModel) -> Iterator[tuple[float, bool]]:
    """Yield confidence and rightness of each annotated mention that stands somewhere."""
    for document in listed:
        judged = judge(document.mentions, document.groups, model)
        for outcome, point in zip(outcomes_of(document.mentions, document.groups, judged), document.truth, strict=True):
            chosen = chosen_of(outcome)
            if point is not None and chosen is not None:
                yield confidence(outcome.candidates), is_meant(chosen.place, point)


def binned(pairs: Figures) -> tuple[float, Figures]:
    """Give the expected calibration error, and of each bin the number of mentions, mean confidence and share that is right."""
    place = np.minimum((pairs[:, 0] * BINS).astype(int), BINS - 1)
    bins = np.array([(len(part), *part.mean(axis=0)) for b in range(BINS) if len(part := pairs[place == b])])
    return float((bins[:, 0] * np.abs(bins[:, 1] - bins[:, 2])).sum() / len(pairs)), bins


def draw(measured: dict[str, Figures]) -> None:
    """Write the reliability plot."""
    mpl.rcParams["svg.hashsalt"] = "chooser"
    figure, axes = plt.subplots(figsize=(5.2, 5.2))
    axes.plot([0, 1], [0, 1], color="0.7", linewidth=1)
    for (label, pairs), marker in zip(measured.items(), "os^D", strict=False):
        error, bins = binned(pairs)
        axes.plot(bins[:, 1], bins[:, 2], marker=marker, markersize=5, label=f"{label} (error {error:.3f})")
    axes.set(xlabel="confidence", ylabel="share that is right", xlim=(0, 1), ylim=(0, 1), aspect="equal")
    axes.legend(loc="upper left", frameon=False)
    PICTURE.parent.mkdir(exist_ok=True)
    figure.savefig(PICTURE, metadata={"Date": None}, bbox_inches="tight")


def main() -> None:
    """Measure, print and draw."""
    corpora = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/corpora")
    if not corpora.is_dir():
        sys.exit(f"{corpora}: no such folder; measuring needs the annotated corpora")
    sets = read(corpora, Gazetteer.open())
    measured: dict[str, Figures] = {}
    for name, listed in sets.items():
        others = [d for other, ds in sets.items() if other != name for d in ds]
        parts = [pair for train, test in folds(listed) for pair in told(test, model_from(fit(train)))]
        measured[f"{name}, five folds"] = np.array(parts, dtype=float)
        measured[f"{name}, from the others"] = np.array(list(told(listed, model_from(fit(others)))), dtype=float)
    for label, pairs in measured.items():
        error, bins = binned(pairs)
        print(f"{label}: expected calibration error {error:.3f} over {len(pairs):,} mentions")
        for count, sure, right in bins:
            print(f"  {count:6,.0f} mentions, confidence {sure:.2f}, right {right:.2f}")
    draw(measured)


if __name__ == "__main__":
    main()
