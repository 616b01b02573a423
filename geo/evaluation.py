"""Recognition, resolution and both together on an annotated corpus, by the definitions that published figures use."""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from geo.errors import ReportError
from geo.flow import parse
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.world import distance_m
from geo.layers.records import mention_record
from geo.mentions.entities import Recogniser
from geo.reports.report import Report

NEAR_M = 161_000.0

Span = tuple[int, int]
Point = tuple[float, float] | None
# How many documents, toponyms and mentions there are, and how many are right; they add up.
Counts = Counter[str]


def evaluate_corpus(path: Path, gazetteer: Gazetteer, *, recogniser: Recogniser | None = None) -> dict[str, Any]:
    """Measure on a corpus.

    Parameters
    ----------
    path : Path
        JSON lines: ``{"id", "text", "toponyms": [{"start", "end", "lat", "lon"}]}``.
    gazetteer : Gazetteer
    recogniser : Recogniser, optional
        Whose entities the finder looks at as well.

    Returns
    -------
    dict
        ``recognition`` (exact spans), ``end_to_end`` (exact span and within 161 km of a toponym that has coordinates) with
        precision, recall and F1, and ``resolution`` on the annotated spans: accuracy within 161 km, unresolved counted as wrong.

    Raises
    ------
    ReportError
        When the corpus cannot be read; with file and line.
    """
    return figures(counted(documents(path), gazetteer, recogniser))


def counted(
    listed: Iterable[tuple[str, str, dict[Span, Point]]], gazetteer: Gazetteer, recogniser: Recogniser | None = None
) -> Counts:
    """Count what is right on annotated documents: each id, text and annotated spans with their points."""
    counts: Counts = Counter()
    for identity, text, gold in listed:
        guessed = _resolved(Report(id=identity, text=text), gazetteer, recogniser)
        given = _resolved(Report(id=identity, text=text, spans=tuple(sorted(gold))), gazetteer)
        counts.update(
            documents=1,
            toponyms=len(gold),
            located=sum(point is not None for point in gold.values()),
            found=len(gold.keys() & guessed.keys()),
            kept=len(guessed),
            near=_near(gold, guessed),
            placed=sum(point is not None and gold.get(span, (0.0, 0.0)) is not None for span, point in guessed.items()),
            right=_near(gold, given),
        )
    return counts


def figures(counts: Counts) -> dict[str, Any]:
    """Give the figures that `evaluate_corpus` gives."""
    return {
        "documents": counts["documents"],
        "toponyms": counts["toponyms"],
        "with_coordinates": counts["located"],
        "recognition": _figures(counts["found"], counts["kept"], counts["toponyms"]),
        "end_to_end": _figures(counts["near"], counts["placed"], counts["located"]),
        "resolution": {"accuracy_161km": round(counts["right"] / counts["located"], 4) if counts["located"] else 0.0},
    }


def documents(path: Path) -> Iterator[tuple[str, str, dict[Span, Point]]]:
    """Give id, text and annotated spans of each document of a corpus."""
    try:
        lines = path.read_text(encoding="utf-8").split("\n")
    except OSError as error:
        raise ReportError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            facts = json.loads(line)
            gold = {
                (t["start"], t["end"]): None if t["lat"] is None else (float(t["lat"]), float(t["lon"]))
                for t in facts["toponyms"]
            }
            yield str(facts["id"]), facts["text"], gold
        except (ValueError, KeyError, TypeError) as error:
            raise ReportError(
                f"{path}:{number}: no annotated document ({error!r}); expected id, text and toponyms"
            ) from error


def _resolved(report: Report, gazetteer: Gazetteer, recogniser: Recogniser | None = None) -> dict[Span, Point]:
    found: dict[Span, Point] = {}
    for item in parse([report], gazetteer, recogniser=recogniser):
        for outcome in item.outcomes:
            record = mention_record(report, outcome)
            found[record["start"], record["end"]] = None if record["lat"] is None else (record["lat"], record["lon"])
    return found


def _near(gold: dict[Span, Point], guessed: dict[Span, Point]) -> int:
    pairs = [(gold[span], guessed[span]) for span in gold.keys() & guessed.keys()]
    return sum(distance_m(*truth, *guess) <= NEAR_M for truth, guess in pairs if truth and guess)


def _figures(right: int, kept: int, gold: int) -> dict[str, float]:
    precision, recall = (right / kept if kept else 0.0), (right / gold if gold else 0.0)
    both = 2 * precision * recall / (precision + recall) if precision + recall else 0.0
    return {"precision": round(precision, 4), "recall": round(recall, 4), "f1": round(both, 4)}
