"""How many checked spellings are found: as listed, left out of the tables, misspelt; and which strangers come in.

    python benchmarks/spellings.py [TRUTH]

TRUTH is a folder with karabakh_names_dev.csv and world_contested_dev.csv (name_as_written, lang_or_script, place_key, lat,
lon, source); else the one that ``ALLONYM_TRUTH`` names, else ``../shared/truth`` beside the repository. What is not there is
left out. A spelling counts once for a place, whatever number of rows it stands in.

*Listed*: the first candidate of ``geo geocode --country AZ --country AM`` lies within 10 km. Names that reach several
places are excepted: those that stand, case aside, in the lists of places more than 10 km apart.

*Left out*: the spelling is taken out of the tables of the region and looked up by its key and its other readings among all
names that are left; the likest of those that share the key lies within 10 km. Counted are spellings that
have a sibling in the tables: another spelling of a place within 10 km that is the same name by a rule that does not know the
key (see folding.py).

*Contested*: the first candidate lies within 50 km, without any hint.

*Strangers*: of 10,000 names from other parts of the world, those whose key reaches a place of the region.

*Fuzzy*: the time of a look-up that nothing but a nearly equal spelling answers.
"""

from __future__ import annotations

import csv
import time
from collections.abc import Iterable, Sequence
from pathlib import Path

from folding import (
    ELSEWHERE,
    NEAR_M,
    WAYS,
    KeyIndex,
    Point,
    has_sibling,
    read_truth,
    several,
    strangers,
    truth_folder,
)

from geo.files import data_folder
from geo.gazetteer.folding import normalise
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.records import PlaceId
from geo.gazetteer.world import distance_m
from geo.geocoding import candidate_rows, look_up

REGION = "karabakh"
COUNTRIES = ("AZ", "AM")
CONTESTED_M = 50_000.0
Case = tuple[str, str]


def nearest_m(lat: float, lon: float, points: Iterable[Point]) -> float:
    return min(distance_m(lat, lon, *point) for point in points)


def miss(spelling: str, points: list[Point], gazetteer: Gazetteer, countries: Sequence[str], near_m: float) -> str:
    """Give "" when the first candidate lies near one of the points, otherwise what was found instead."""
    first = candidate_rows(spelling, look_up(spelling, gazetteer, countries=countries), limit=1)[0]
    if first["place"] is None:
        return "nothing"
    apart_m = nearest_m(first["lat"], first["lon"], points)
    return "" if apart_m <= near_m else f"{first['name']} ({first['country']}), {apart_m / 1000:,.0f} km off"


def told(label: str, found: int, total: int) -> None:
    print(f"{label}: {found} of {total} spellings ({found / max(total, 1):.1%})")


def listed(path: Path, gazetteer: Gazetteer) -> None:
    truth = read_truth(path)
    excepted = several(truth)
    cases = {(place, name): points for place, names in truth.items() for name, points in names.items()}
    alone = {case: points for case, points in cases.items() if case[1].lower() not in excepted}
    missed = {c: why for c, points in alone.items() if (why := miss(c[1], points, gazetteer, COUNTRIES, NEAR_M))}
    for label, wanted in (("hand-checked places, listed", checked), ("all places, listed", bool)):
        mine = [case for case in alone if wanted(case[0])]
        told(label, len(mine) - sum(case in missed for case in mine), len(mine))
        print(f"  {sum(wanted(place) for place, _ in cases) - len(mine)} more reach several places and are excepted")
    for case in filter(lambda case: checked(case[0]), missed):
        print(f"  {case[0]:12} {case[1]}: {missed[case]}")


def checked(place: str) -> bool:
    return not place.startswith("wof:")


def region(gazetteer: Gazetteer) -> dict[str, list[str]]:
    """Give the names, in normal form, of each place of the region."""
    with (data_folder() / "gazetteer" / REGION / "places.csv").open(encoding="utf-8", newline="") as stream:
        places = [PlaceId(row["place_id"]) for row in csv.DictReader(stream)]
    return {place: sorted({normalise(name.toponym) for name in gazetteer.names(place)}) for place in places}


def left_out(path: Path, gazetteer: Gazetteer, lists: dict[str, list[str]]) -> None:
    truth = read_truth(path)
    excepted = several(truth)
    index = KeyIndex(lists, *WAYS["look_up_keys"])
    at = {place: gazetteer.place(PlaceId(place)) for place in lists}
    found, total, missed = 0, 0, []
    for key, names in truth.items():
        points = [point for some in names.values() for point in some]
        mine = [place for place in lists if nearest_m(at[place].lat, at[place].lon, points) <= NEAR_M]
        for name in names if checked(key) else ():
            others = {other for place in mine for other in lists[place]} - {name}
            if name.lower() in excepted or not has_sibling(name, others):
                continue
            total += 1
            hit = index.find(name, without={(place, name) for place in mine})
            if hit in mine:
                found += 1
            else:
                missed.append(f"{name} ({key}; {hit and at[PlaceId(hit)].name})")
    told("hand-checked places, left out of the tables", found, total)
    print(f"  not found: {', '.join(missed)}")


def contested(path: Path, gazetteer: Gazetteer) -> None:
    cases = {(place, name): points for place, names in read_truth(path).items() for name, points in names.items()}
    missed = {c: why for c, points in cases.items() if (why := miss(c[1], points, gazetteer, (), CONTESTED_M))}
    told("contested places elsewhere, listed", len(cases) - len(missed), len(cases))
    for case, why in missed.items():
        print(f"  {case[0]:12} {case[1]}: {why}")


def let_in(lists: dict[str, list[str]]) -> None:
    index = KeyIndex(lists, *WAYS["look_up_keys"])
    hits = {name: place for name in strangers() if (place := index.find(name))}
    count = sum(map(len, lists.values()))
    print(f"names from elsewhere that reach one of {len(lists)} places with {count} spellings: ", end="")
    print(f"{len(hits)} of {ELSEWHERE} ({len(hits) / ELSEWHERE:.2%})")
    print(f"  {', '.join(hits)}")


def fuzzy(gazetteer: Gazetteer) -> None:
    """Print the time of look-ups of names with two letters exchanged."""
    names = [name for name in strangers() if len(name) >= 5][:2000]
    misspelt = [name[:2] + name[3] + name[2] + name[4:] for name in names]
    gazetteer.lookup("Ardenmont", fuzzy=True)
    times, hits = [], 0
    for name in misspelt:
        start = time.process_time()
        hits += any(match.how == "fuzzy" for match in gazetteer.lookup(name, fuzzy=True))
        times.append(time.process_time() - start)
    times.sort()
    middle, most = times[len(times) // 2], times[-1]
    print(
        f"fuzzy look-ups: {hits} of {len(times)} needed; {middle * 1000:.1f} ms in the middle, {most * 1000:.1f} ms at most"
    )


def main() -> None:
    gazetteer = Gazetteer.open()
    folder = truth_folder()
    lists = region(gazetteer)
    for name, measures in (
        ("karabakh_names_dev.csv", (listed, lambda path, known: left_out(path, known, lists))),
        ("world_contested_dev.csv", (contested,)),
    ):
        if not (folder / name).is_file():
            print(f"{folder / name} is not there; its figures are left out")
            continue
        for measure in measures:
            measure(folder / name, gazetteer)
    let_in(lists)
    fuzzy(gazetteer)


if __name__ == "__main__":
    main()
