"""Right places and false matches in the languages whose names are inflected, by language.

    python benchmarks/inflected.py tests/data/inflected/*.jsonl

A line of a set is a JSON object with "text", "language" and "toponyms" ("start", "end", "lat", "lon").
"""

from __future__ import annotations

import argparse
import json
from collections import Counter, defaultdict
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from geo.flow import parse
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.records import Place
from geo.gazetteer.world import distance_m
from geo.places.outcome import Resolved
from geo.reports.report import Report

RIGHT_KM = 25


def is_right(place: Place, gold: Mapping[str, Any], name: str) -> bool:
    """Tell whether a place is the one meant; a region of the same name may have its point anywhere in it."""
    apart_m = distance_m(place.lat, place.lon, gold["lat"], gold["lon"])
    return apart_m <= 1000 * RIGHT_KM or (name == gold.get("name", "") and apart_m <= place.precision_m)


def measure(path: Path, gazetteer: Gazetteer, *, told: bool = True) -> tuple[dict[str, Counter[str]], list[str]]:
    """Count, by language, what was found, resolved and found falsely in one set; and tell each miss in a line."""
    counts: dict[str, Counter[str]] = defaultdict(Counter)
    misses = []
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        count = counts[row["language"]]
        report = Report(id=row["id"], text=row["text"], language=row["language"] if told else "")
        [parsed] = parse([report], gazetteer)
        found = {(o.mention.start, o.mention.end): o for o in parsed.outcomes if o.mention.kind == "place"}
        for gold in row["toponyms"]:
            outcome = found.pop((gold["start"], gold["end"]), None)
            count["toponyms"] += 1
            count["spans"] += outcome is not None
            place = outcome.candidates[0].place if outcome and outcome.candidates else None
            right = place and is_right(place, gold, outcome.mention.toponym)
            count["right"] += bool(right and isinstance(outcome, Resolved))
            count["base"] += bool(outcome and outcome.mention.toponym == gold.get("name", ""))
            if not (right and isinstance(outcome, Resolved)):
                told_as = (
                    f"{outcome.mention.toponym} {type(outcome).__name__} {place and place.name}" if outcome else "-"
                )
                misses.append(
                    f"{row['id']} {row['language']} {gold['text']} ({gold.get('name', '')}): {told_as} | {row['text']}"
                )
        count["false"] += len(found)
        count["texts"] += 1
        misses += [
            f"{row['id']} {row['language']} false {o.mention.text} > {o.mention.toponym} {type(o).__name__} | {row['text']}"
            for o in found.values()
        ]
    return counts, misses


def main() -> None:
    """Print a table for each set."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("sets", nargs="+", type=Path)
    parser.add_argument("--misses", action="store_true", help="tell each miss and each false match")
    parser.add_argument("--untold", action="store_true", help="keep the language of the texts from the tool")
    options = parser.parse_args()
    gazetteer = Gazetteer.open()
    for path in options.sets:
        counts, misses = measure(path, gazetteer, told=not options.untold)
        print(path.name)
        print("  lang  texts  names  span  right  base form  false")
        for language, count in sorted(counts.items()):
            total = count["toponyms"] or 1
            shares = "  ".join(f"{count[what] / total:5.1%}" for what in ("spans", "right", "base"))
            print(f"  {language:4}  {count['texts']:5}  {count['toponyms']:5}  {shares}  {count['false']:5}")
        total = sum(count["toponyms"] for count in counts.values())
        right = sum(count["right"] for count in counts.values())
        print(
            f"  all: {right} of {total} right ({right / (total or 1):.1%}), {sum(c['false'] for c in counts.values())} false"
        )
        if options.misses:
            print("\n".join(f"  {miss}" for miss in misses))


if __name__ == "__main__":
    main()
