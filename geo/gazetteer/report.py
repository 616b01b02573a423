"""What the gazetteer holds, and what is wrong with tables."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from geo.errors import DataError
from geo.files import data_folder
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.records import Attestation
from geo.gazetteer.tables import UNVERIFIED, Tables, read_tables
from geo.gazetteer.world import distance_m

# A town this far outside its division's radius is looked at twice.
OUTSIDE = 1.5


def info(gazetteer: Gazetteer) -> list[tuple[str, str]]:
    """Give label and value of what a gazetteer holds and where it lies."""
    told = [told for index in gazetteer.index.indexes for told in index.facts.all_told()]
    facts = [index.facts for index in gazetteer.index.indexes]
    regions = Counter(place.region for place in told if place.region)
    return [
        ("tables", str(data_folder() / "gazetteer")),
        *(("index", str(index.folder)) for index in gazetteer.index.indexes),
        ("places", f"{len(gazetteer.index):,}"),
        ("spellings", f"{gazetteer.index.name_count:,}"),
        *((f"places of {region}", f"{count:,}") for region, count in sorted(regions.items())),
        ("contested places", f"{sum(place.contested for place in told):,}"),
        ("attested names", f"{sum(each.count(Attestation) for each in facts):,}"),
        ("parties", f"{len(gazetteer.parties):,}"),
        ("sources", f"{len(gazetteer.sources):,}"),
    ]


def check(folders: Sequence[Path]) -> tuple[list[str], list[tuple[str, str]]]:
    """Check the project's tables with a user's own over them.

    Returns
    -------
    problems : list of str
        What breaks the schema, with file and line, and facts that look wrong.
    counts : list of (str, str)
        How many facts there are, and how many rest on no opened source.
    """
    missing = [f"{folder}: no such folder; name a folder with tables" for folder in folders if not folder.is_dir()]
    if missing:
        return missing, []
    try:
        tables = read_tables([data_folder() / "gazetteer", *folders])
    except DataError as error:
        return [str(error)], []
    facts = (tables.places.values(), tables.names, tables.relations, tables.links, tables.points)
    sources = [fact.source for kind in facts for fact in kind]
    unverified = sum(UNVERIFIED in source.split(";") for source in sources)
    counts = [
        ("places", f"{len(tables.places):,}"),
        ("names", f"{len(tables.names):,}"),
        ("facts", f"{len(sources):,}"),
        ("facts without opened source", f"{unverified:,}"),
    ]
    return [*_homeless(tables), *_outside(tables)], counts


def _homeless(tables: Tables) -> list[str]:
    """Give the ids that no places.csv has; ids of the packages are known only to a compiled index."""
    return [
        f"{where}: unknown place_id {place!r}; add it to places.csv"
        for place, where in tables.named.items()
        if place not in tables.places and not place.startswith("geonames:")
    ]


def _outside(tables: Tables) -> list[str]:
    found = []
    for relation in tables.relations:
        inner, outer = tables.places.get(relation.place), tables.places.get(relation.object)  # type: ignore[call-overload]
        if relation.relation != "within" or inner is None or outer is None:
            continue
        if outer.feature_code.startswith("PCL"):
            # Islands and exclaves may lie an ocean away from the middle of their state.
            continue
        apart_m = distance_m(inner.lat, inner.lon, outer.lat, outer.lon)
        if apart_m > OUTSIDE * max(outer.precision_m, inner.precision_m):
            where = tables.named[inner.id]
            found.append(
                f"{where}: {inner.id} lies {apart_m / 1000:.0f} km from {outer.id}, which it is within; check both"
            )
    return found
