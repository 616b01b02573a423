"""How many gold toponyms of annotated corpora a perfect chooser could place: those with a candidate within 161 km.

    python benchmarks/ceiling.py [CORPUS.jsonl...]

Without arguments it takes ``../shared/corpora/*.jsonl`` beside the repository. "chooser" counts all candidates that the chooser
has in its last look, "listed" those of them that the gazetteer lists for the name (after type hints and demonyms), "within" what
only a place of the text is near that a thing without an entry may lie in, and "lookup" all that the gazetteer has for the
spelling. Then come the misses of the chooser, the commonest first, each with its nearest candidate.
"""

from __future__ import annotations

import sys
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import NamedTuple

from geo.evaluation import NEAR_M, documents
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.records import Match
from geo.gazetteer.world import distance_m
from geo.mentions.find import find
from geo.places.groups import groups
from geo.places.model import chooser_model, judge
from geo.reports.report import Report

FOLDER = Path(__file__).parents[2] / "shared" / "corpora"
MOST = 60


class Case(NamedTuple):
    """A gold toponym: its spelling, and its nearest candidate with the distance (None without any) in each way to find some."""

    spelling: str
    chooser: tuple[float, Match] | None
    listed: tuple[float, Match] | None
    lookup: tuple[float, Match] | None


def nearest(matches: Iterable[Match], point: tuple[float, float]) -> tuple[float, Match] | None:
    """Give the candidate nearest to a point, with its distance in metres."""
    apart = ((distance_m(match.place.lat, match.place.lon, *point), match) for match in matches)
    return min(apart, key=lambda pair: pair[0], default=None)


def cases(path: Path, gazetteer: Gazetteer) -> Iterator[Case]:
    """Give each gold toponym that has coordinates."""
    for identity, text, gold in documents(path):
        mentions = find(Report(id=identity, text=text, spans=tuple(sorted(gold))), gazetteer)
        if not mentions:
            continue
        found = groups(mentions, gazetteer, fuzzy=False)
        offer = judge(mentions, found, chooser_model()).offer
        for place, group in enumerate(found):
            offered = offer.matches[offer.rows.starts[place] : offer.rows.starts[place + 1]]
            for mention in (mentions[number] for number in group.mentions):
                point = gold[mention.start, mention.end]
                if point is not None:
                    ways = (offered, group.matches, gazetteer.lookup(mention.toponym))
                    yield Case(mention.text, *(nearest(matches, point) for matches in ways))


def is_near(found: tuple[float, Match] | None) -> bool:
    """Tell whether a candidate lies within 161 km."""
    return found is not None and found[0] <= NEAR_M


def told(miss: Case, count: int) -> str:
    """Give a line on a miss."""
    found = miss.chooser or miss.lookup
    if found is None:
        return f"{count:5}  {miss.spelling:32} none"
    metres, match = found
    place = match.place
    note = "" if miss.chooser else "  (left out by the type hint)"
    return (
        f"{count:5}  {miss.spelling:32} {metres / 1000:6,.0f} km  "
        f"{place.name} ({place.feature_code} {place.country} {place.id}){note}"
    )


def report(path: Path, gazetteer: Gazetteer) -> None:
    """Print the ceiling on a corpus and its commonest misses."""
    every = list(cases(path, gazetteer))
    if not every:
        print(f"{path.name}: no toponym with coordinates")
        return
    chooser, listed, lookup = (sum(map(is_near, found)) / len(every) for found in list(zip(*every, strict=True))[1:])
    missed = [case for case in every if not is_near(case.chooser)]
    without = sum(case.lookup is None for case in missed)
    told_shares = f"chooser {chooser:.3f} (listed {listed:.3f}, within {chooser - listed:.3f}), lookup {lookup:.3f}"
    print(f"{path.name}: {told_shares} of {len(every):,} toponyms with coordinates")
    print(f"  missed {len(missed)}: {without} without any candidate, {len(missed) - without} with candidates elsewhere")
    counts = Counter(case.spelling for case in missed)
    first = {case.spelling: case for case in reversed(missed)}
    for spelling, count in counts.most_common(MOST):
        print(told(first[spelling], count))


def main() -> None:
    """Report on each corpus that is there."""
    paths = [Path(name) for name in sys.argv[1:]] or sorted(FOLDER.glob("*.jsonl"))
    if not paths:
        print(f"{FOLDER}: no corpora; nothing was measured")
        return
    gazetteer = Gazetteer.open()
    for path in paths:
        if path.is_file():
            report(path, gazetteer)
        else:
            print(f"{path} is not there; skipped")


if __name__ == "__main__":
    main()
