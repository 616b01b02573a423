"""What an index says of a place, from what tables and files tell of it: its name, its entry, what is known beyond numbers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import NamedTuple, Protocol

from geo.gazetteer.build import Entry
from geo.gazetteer.facts import Told
from geo.gazetteer.folding import normalise
from geo.gazetteer.keys import Key
from geo.gazetteer.records import Attestation, TablePlace
from geo.gazetteer.sides import contested, english, in_language, standing


class Located(Protocol):
    """A place with its numbers, as tables and packages have it."""

    @property
    def feature_code(self) -> str: ...  # noqa: D102
    @property
    def lat(self) -> float: ...  # noqa: D102
    @property
    def lon(self) -> float: ...  # noqa: D102
    @property
    def precision_m(self) -> float: ...  # noqa: D102
    @property
    def population(self) -> int: ...  # noqa: D102


class Known(NamedTuple):
    """The name that stands for a place, its country by the ISO code, and the keys of its divisions."""

    name: str
    country: str
    admin1: Key | None
    admin2: Key | None


def own_name(names: Sequence[Attestation], given: str = "") -> str:
    """Give the name that stands for a place where one has to: a given one, the English one, or the first."""
    return normalise(given or in_language(standing(names), "en") or (names[0].toponym if names else ""))


def entry(key: Key, place: Located, known: Known, filed: dict[str, int], *, listed: bool, keyed: bool) -> Entry:
    """Give the entry of a place in an index, under the spellings that it is filed by."""
    return Entry(
        key=key,
        name=known.name,
        feature_code=place.feature_code,
        lat=place.lat,
        lon=place.lon,
        precision_m=place.precision_m,
        population=place.population,
        country=known.country,
        admin1=known.admin1,
        admin2=known.admin2,
        listed=listed,
        keyed=keyed,
        names=filed,
    )


def told(number: int, key: Key, row: TablePlace | None, names: Sequence[Attestation]) -> Told:
    """Give what is known of a place beyond its numbers."""
    return Told(
        number=number,
        key=key,
        name=english(standing(names)),
        contested=contested(names),
        source=row.source if row else "",
        region=row.region if row else "",
        note=row.note if row else "",
    )
