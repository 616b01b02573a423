"""How many spellings of 25 hand-checked places `geo geocode --country AZ --country AM` finds within 10 km, first candidate.

    python benchmarks/spellings.py [TRUTH]

needs a folder with karabakh_names_dev.csv (name_as_written, lang_or_script, place_key, lat, lon, source): ``../shared/truth``
beside the repository, or the one that is named. A spelling counts once for a place, whatever number of rows it stands in.
"""

from __future__ import annotations

import csv
import sys
from collections import defaultdict
from pathlib import Path

from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.world import distance_m
from geo.geocoding import candidate_rows, look_up

FOLDER = Path(__file__).parents[2] / "shared" / "truth"
CHECKED = """barda tovuz gadabay gubadli aghdara aghdam khojavend karintak shusha khankendi zangilan jabrayil fuzuli hadrut lachin
    kalbajar askeran khojaly ganja tartar mingachevir goris vardenis talish madagiz""".split()  # noqa: SIM905 - shorter to read
COUNTRIES = ("AZ", "AM")
NEAR_M = 10_000.0

Point = tuple[float, float]


def spellings(path: Path) -> dict[tuple[str, str], list[Point]]:
    """Give the points of each (place, spelling)."""
    found: dict[tuple[str, str], list[Point]] = defaultdict(list)
    with path.open(encoding="utf-8", newline="") as stream:
        for row in csv.DictReader(stream):
            if row["lat"] and row["lon"]:
                found[row["place_key"], row["name_as_written"]].append((float(row["lat"]), float(row["lon"])))
    return found


def miss(spelling: str, points: list[Point], gazetteer: Gazetteer) -> str:
    """Give "" when the first candidate lies near one of the points, otherwise what was found instead."""
    first = candidate_rows(spelling, look_up(spelling, gazetteer, countries=COUNTRIES), limit=1)[0]
    if first["place"] is None:
        return "nothing"
    apart_m = min(distance_m(first["lat"], first["lon"], *point) for point in points)
    return "" if apart_m <= NEAR_M else f"{first['name']} ({first['country']}), {apart_m / 1000:,.0f} km off"


def told(label: str, cases: dict[tuple[str, str], list[Point]], misses: dict[tuple[str, str], str]) -> None:
    missed = sum(case in misses for case in cases)
    print(f"{label}: {len(cases) - missed} of {len(cases)} spellings ({1 - missed / len(cases):.1%})")


def main() -> None:
    path = Path(sys.argv[1] if len(sys.argv) > 1 else FOLDER) / "karabakh_names_dev.csv"
    if not path.is_file():
        print(f"{path} is not there; nothing was measured")
        return
    gazetteer = Gazetteer.open()
    cases = spellings(path)
    misses = {case: why for case, points in cases.items() if (why := miss(case[1], points, gazetteer))}
    checked = {case: points for case, points in cases.items() if case[0] in CHECKED}
    told("25 hand-checked places", checked, misses)
    told("all places", cases, misses)
    for case in checked:
        if case in misses:
            print(f"  {case[0]:12} {case[1]}: {misses[case]}")


if __name__ == "__main__":
    main()
