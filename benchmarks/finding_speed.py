"""How fast the place names of English news are found, on one core: characters a second, first and once more.

    python benchmarks/finding_speed.py [CORPUS.jsonl]

The first round meets every word for the first time; in the second what was looked up before is known, as in a long run.
"""

from __future__ import annotations

import json
import sys
import time
from pathlib import Path

from geo.gazetteer.gazetteer import Gazetteer
from geo.mentions.find import find
from geo.reports.report import Report

ROUNDS = ("first round", "second round")


def main() -> None:
    """Print the seconds to the first result and the speed of both rounds."""
    start = time.perf_counter()
    gazetteer = Gazetteer.open()
    path = Path(sys.argv[1] if len(sys.argv) > 1 else "../shared/corpora/lgl.jsonl")
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").rstrip().split("\n")]
    reports = [Report(id=str(number), text=text, language="en") for number, text in enumerate(texts)]
    find(reports[0], gazetteer)
    print(f"{path.name}: first result after {time.perf_counter() - start:.2f} s, imports apart")
    for label in ROUNDS:
        start_cpu = time.process_time()
        for report in reports:
            find(report, gazetteer)
        print(f"{label}: {sum(map(len, texts)) / (time.process_time() - start_cpu):,.0f} characters/s")


if __name__ == "__main__":
    main()
