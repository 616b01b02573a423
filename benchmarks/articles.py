"""What the tool makes of annotated articles, place by place: recognition, the map's markers, roles and claimants.

    python benchmarks/articles.py CORPUS.jsonl [--country CC]...

CORPUS holds one document a line: {"id", "text", "toponyms": [{"start", "end", "text", "lat", "lon"}]}, with "published" and
"language" where they are known. A toponym may tell its "kind", "role", "on_map" (whether a careful reader would put it on the
map) and "claimants"; what is not told is not judged. Without "on_map" every toponym of kind place with coordinates is expected.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import geo
from geo.gazetteer.world import distance_m

NEAR_M = 5_000.0
ON_THE_MAP = ("site", "reference", "setting")


def expected(toponyms: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Give the toponyms that a map should show, each point once."""
    wanted: dict[tuple[float, float], dict[str, Any]] = {}
    for toponym in toponyms:
        located = toponym["lat"] is not None
        if located and toponym.get("on_map", toponym.get("kind", "place") == "place"):
            wanted.setdefault((toponym["lat"], toponym["lon"]), toponym)
    return list(wanted.values())


def near(toponym: dict[str, Any], marker: Any) -> bool:
    return distance_m(toponym["lat"], toponym["lon"], marker.lat, marker.lon) <= NEAR_M


def differences(toponyms: list[dict[str, Any]], rows: dict[tuple[int, int], Any]) -> Iterator[str]:
    """Give where role, kind or claimants of a found mention differ from the annotation."""
    for toponym in toponyms:
        row = rows.get((toponym["start"], toponym["end"]))
        for part in ("kind", "role", "claimants"):
            if row is None or part not in toponym:
                continue
            got, want = getattr(row, part), toponym[part]
            same = set(got) == set(want or ()) if part == "claimants" else got == want
            if not same:
                yield f"{toponym['text']} at {toponym['start']}: {part} {got}, expected {want}"


def tell(title: str, lines: list[str]) -> None:
    if lines:
        print(f"  {title}:")
        for line in lines:
            print(f"    {line}")


def judge(document: dict[str, Any], countries: list[str]) -> None:
    """Print what is right and wrong with one document."""
    told = {key: document[key] for key in ("published", "language", "source", "title") if document.get(key)}
    made = geo.parse(geo.Report(id=str(document["id"]), text=document["text"], **told), countries=countries)
    rows = {(row.start, row.end): row for row in made.mentions.itertuples()}
    gold = {(toponym["start"], toponym["end"]): toponym for toponym in document["toponyms"]}
    right = len(gold.keys() & rows.keys())
    f1 = 2 * right / (len(gold) + len(rows)) if gold or rows else 1.0
    print(f"{document['id']}: {right} of {len(gold)} toponyms found, {len(rows) - right} more; F1 {f1:.3f}")
    tell("not found", [f"{gold[span]['text']} at {span[0]}" for span in sorted(gold.keys() - rows.keys())])
    tell("found besides", [f"{rows[span].text} at {span[0]}" for span in sorted(rows.keys() - gold.keys())])

    wanted = expected(document["toponyms"])
    markers = [row for row in made.sites.itertuples() if row.role in (*ON_THE_MAP, None)]
    missing = [toponym for toponym in wanted if not any(near(toponym, marker) for marker in markers)]
    strange = [marker for marker in markers if not any(near(toponym, marker) for toponym in wanted)]
    doubled = [toponym for toponym in wanted if sum(near(toponym, marker) for marker in markers) > 1]
    print(f"  {len(wanted) - len(missing)} of {len(wanted)} expected places on the map; {len(markers)} markers")
    tell("expected and missing", [f"{t['text']} ({t['lat']:.4f}, {t['lon']:.4f})" for t in missing])
    tell(
        "markers that are not expected",
        [f"{' / '.join(m.printed)} ({m.lat:.4f}, {m.lon:.4f}), {m.role}" for m in strange],
    )
    tell("with more than one marker", [t["text"] for t in doubled])
    tell("told otherwise", list(differences(document["toponyms"], rows)))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("--country", action="append", default=[])
    options = parser.parse_args()
    for line in options.corpus.read_text(encoding="utf-8").split("\n"):
        if line.strip():
            judge(json.loads(line), options.country)


if __name__ == "__main__":
    main()
