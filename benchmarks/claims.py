"""Who says what happened where, against annotated reports: roles, claimants, events and dates.

    python benchmarks/claims.py CORPUS.jsonl [--given] [--differences]

CORPUS holds one document a line, as tests/data/claims/GUIDE.md has it: {"id", "published", "language", "text", "toponyms":
[{"start", "end", "text", "kind", "role", "claimants", "events", "date"}]}. Micro-averaged over all documents:

role        a mention counts with its exact span and its role
claimant    pairs of a site (its exact span) and a party
event       pairs of a site and an event
date        sites that have a date, with that date

``--given`` takes the spans of the corpus instead of finding them: what attribution does on its own.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import geo
from geo.api import open_gazetteer
from geo.flow import parse
from geo.mentions.mention import Mention

PARTS = ("role", "claimant", "event", "date")
Fact = tuple[str, int, int, str]


@dataclass
class Tally:
    """Facts of a kind: annotated, told, and both."""

    wanted: Counter[Fact] = field(default_factory=Counter)
    told: Counter[Fact] = field(default_factory=Counter)

    def scores(self) -> tuple[float, float, float]:
        """Give precision, recall and F1."""
        right = (self.wanted & self.told).total()
        told, wanted = self.told.total(), self.wanted.total()
        return (
            right / told if told else 1.0,
            right / wanted if wanted else 1.0,
            2 * right / (told + wanted) if told + wanted else 1.0,
        )


def facts(document: str, role: str, span: tuple[int, int], site: dict[str, Any]) -> Iterator[tuple[str, Fact]]:
    """Give what is told of one mention as facts that can be counted."""
    if role:
        yield "role", (document, *span, role)
    if role == "site":
        values = {
            "claimant": site["claimants"],
            "event": site["events"],
            "date": [site["date"]] if site["date"] else [],
        }
        for part, told in values.items():
            for value in told:
                yield part, (document, *span, value)


def read(document: dict[str, Any], *, given: bool) -> tuple[Mention, ...]:
    """Find and attribute the mentions of a document."""
    spans = tuple((one["start"], one["end"]) for one in document["toponyms"]) if given else None
    told = {key: document[key] for key in ("published", "language") if document.get(key)}
    report = geo.Report(id=str(document["id"]), text=document["text"], spans=spans, **told)
    found = next(iter(parse([report], open_gazetteer())))
    return tuple(outcome.mention for outcome in found.outcomes)


def tally(documents: list[dict[str, Any]], *, given: bool) -> dict[str, Tally]:
    """Count what is annotated in documents and what is told of them."""
    tallies = {part: Tally() for part in PARTS}
    for document in documents:
        for one in document["toponyms"]:
            for part, fact in facts(document["id"], one["role"], (one["start"], one["end"]), one):
                tallies[part].wanted[fact] += 1
        for mention in read(document, given=given):
            values = {"claimants": mention.claimants, "events": mention.events, "date": mention.date}
            for part, fact in facts(document["id"], mention.role or "", (mention.start, mention.end), values):
                tallies[part].told[fact] += 1
    return tallies


def differences(documents: list[dict[str, Any]], tallies: dict[str, Tally]) -> Iterator[str]:
    """Give what was missed (-) and what was told besides (+), text by text."""
    texts = {document["id"]: document["text"] for document in documents}
    for part, one in tallies.items():
        for sign, facts_of in (("-", one.wanted - one.told), ("+", one.told - one.wanted)):
            for document, start, end, value in sorted(facts_of):
                yield f"{document} {start:5} {sign} {part} {value}: {texts[document][start:end]}"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--given", action="store_true")
    parser.add_argument("--differences", action="store_true")
    options = parser.parse_args()
    documents = [json.loads(line) for line in options.corpus.read_text(encoding="utf-8").split("\n") if line.strip()]
    tallies = tally(documents, given=options.given)
    for part, one in tallies.items():
        precision, recall, f1 = one.scores()
        print(f"{part:9} precision {precision:.3f}  recall {recall:.3f}  F1 {f1:.3f}  of {one.wanted.total()}")
    if options.differences:
        print(*sorted(differences(documents, tallies)), sep="\n")


if __name__ == "__main__":
    main()
