"""How fast the words that tell where a site lies are found, and how many there are.

    python benchmarks/where.py CORPUS.jsonl...

Each line of a corpus is a document with ``id`` and ``text``. Finding the names is not counted.
"""

from __future__ import annotations

import json
import sys
import time
from collections import Counter
from pathlib import Path

from geo.gazetteer.gazetteer import Gazetteer
from geo.mentions.find import find
from geo.mentions.relations import relate
from geo.reports.report import Report

RUNS = 3


def main(paths: list[str]) -> None:
    gazetteer = Gazetteer.open()
    lines = [line for path in paths for line in Path(path).read_text(encoding="utf-8").split("\n") if line]
    reports = [Report(id=facts["id"], text=facts["text"]) for facts in map(json.loads, lines)]
    found = [(report, find(report, gazetteer)) for report in reports]
    best = float("inf")
    for _ in range(RUNS):
        begun = time.process_time()
        related = [relate(report, mentions) for report, mentions in found]
        best = min(best, time.process_time() - begun)
    size = sum(len(report.text) for report in reports)
    kinds = Counter(mention.whereabouts.relation for told in related for mention in told if mention.whereabouts)
    print(f"{size / best / 1e6:.1f} million characters a second; of {sum(map(len, related))} mentions")
    print(", ".join(f"{count} {kind}" for kind, count in kinds.most_common()))


if __name__ == "__main__":
    main(sys.argv[1:])
