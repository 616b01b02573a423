"""Put GeoNames' own points on seas and regions that no country has, as ``world_geonames.csv`` says.

The records were typed in from GeoNames' file of features in no country (``no-country.txt`` of its daily dump, early 2024), which
a public repository keeps; a row without a place of the world tables is a place of its own. The script edits the world tables:
the point that a place had before stays in ``points.csv`` where it lies 100 km off or more, the precision grows by the way between
the two, and ``links.csv`` names the record. Run it after ``world_points.py`` and ``world_nature.py``; a second run changes
nothing::

    python data/world_geonames.py
"""

from __future__ import annotations

import csv
from pathlib import Path

from pyproj import Geod
from world_points import rounded

HERE = Path(__file__).parent
WORLD = HERE / "gazetteer" / "world"
SOURCE = "geonames-2024"
NOTE = "point as GeoNames has it"
Table = list[dict[str, str]]
FAR_M = 100_000
GEOD = Geod(ellps="WGS84")


def read(path: Path) -> Table:
    """Give the rows of a table."""
    with path.open(encoding="utf-8", newline="") as stream:
        return list(csv.DictReader(stream))


def write(path: Path, rows: Table) -> None:
    """Write a table back."""
    with path.open("w", encoding="utf-8", newline="") as stream:
        out = csv.DictWriter(stream, rows[0], lineterminator="\n")
        out.writeheader()
        out.writerows(rows)


def way_m(place: dict[str, str], record: dict[str, str]) -> float:
    """Give how far two points lie apart."""
    return float(GEOD.inv(float(place["lon"]), float(place["lat"]), float(record["lon"]), float(record["lat"]))[2])


def moved(place: dict[str, str], record: dict[str, str], source: str) -> dict[str, str]:
    """Give the row of a place with GeoNames' point and a precision that still spans it."""
    span = rounded(float(place["precision_m"]) + way_m(place, record))
    note = f"{NOTE}; before: {place['note']}" if place["note"] else NOTE
    point = {"lat": record["lat"], "lon": record["lon"], "precision_m": str(span)}
    return place | point | {"source": source, "note": note}


def main() -> None:
    """Edit the tables."""
    places, names, points, links = (read(WORLD / f"{table}.csv") for table in ("places", "names", "points", "links"))
    at = {row["place_id"]: number for number, row in enumerate(places)}
    for record in read(HERE / "world_geonames.csv"):
        place, source = record["place_id"], f"{SOURCE}:{record['geonames']}"
        if place not in at:
            row = {**record, "population": "", "source": source, "note": f"{NOTE}; the precision is rough"}
            places.append({column: row[column] for column in places[0]})
            name = {"place_id": place, "toponym": record["name"], "lang": "en", "kind": "exonym", "source": source}
            names.append(dict.fromkeys(names[0], "") | name)
        elif source != places[at[place]]["source"]:
            before = places[at[place]]
            if way_m(before, record) >= FAR_M:
                points.append({column: before[column] for column in points[0]})
            places[at[place]] = moved(before, record, source)
            target = f"geonames:{record['geonames']}"
            links.append({"place_id": place, "relation": "exactMatch", "target": target, "source": source})
    for table, rows in {"places": places, "names": names, "points": points, "links": links}.items():
        write(WORLD / f"{table}.csv", rows)


if __name__ == "__main__":
    main()
