"""What the gazetteer holds and where it lies."""

from __future__ import annotations

from collections import Counter

from geo.files import data_folder
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.records import Attestation


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
