"""One compiled index, mapped into memory: numbers for spellings, keys and places, and columns beside them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import Any

from geo.errors import DataError
from geo.gazetteer.build import KIND_BITS, NO_NAME, NOWHERE
from geo.gazetteer.facts import Facts
from geo.gazetteer.filing import NAME_KINDS
from geo.gazetteer.keys import Key
from geo.gazetteer.records import WORLD

LONGEST_NAME = 80
_KIND = 2**KIND_BITS - 1
_COLUMNS = (
    "name_start", "name_reading", "plain_start", "plain_name", "key_start", "key_name", "place_start", "place_name",
    "lat", "lon", "precision_m", "population", "feature", "country", "admin1", "admin2", "geoname", "place_id", "id_place",
    "listed", "name",
)  # fmt: skip
_TRIES = ("names", "plain", "keys", "ids")


class Index:
    """Read access to one compiled index folder.

    Parameters
    ----------
    folder : Path
        As `geo.gazetteer.compile.compile_all` gives them.

    Raises
    ------
    FileNotFoundError
        When it has been removed meanwhile.
    DataError
        When it is damaged.
    """

    def __init__(self, folder: Path) -> None:
        import marisa_trie  # noqa: PLC0415 - an index is opened only when names are looked up
        import numpy as np  # noqa: PLC0415

        self.folder = folder
        try:
            tries = {name: marisa_trie.Trie().mmap(str(folder / f"{name}.marisa")) for name in _TRIES}
            self.columns: dict[str, Any] = {
                name: np.asarray(np.load(folder / f"{name}.npy", mmap_mode="r")) for name in _COLUMNS
            }
            self.facts = Facts(folder / "facts.sqlite")
            codes = json.loads((folder / "codes.json").read_text(encoding="utf-8"))
        except (OSError, RuntimeError, ValueError, DataError) as error:
            if not folder.is_dir():
                raise FileNotFoundError(f"{folder}: the index has been removed") from error
            raise DataError(
                f"{folder}: the index is damaged ({error}); remove the folder to have it compiled"
            ) from error
        self._names, self._plain, self._keys, self._ids = (tries[name] for name in _TRIES)
        self._name_start = memoryview(self.columns["name_start"])
        self._name_reading = memoryview(self.columns["name_reading"])
        self.features: list[str] = codes["features"]
        self.countries: list[str] = codes["countries"]
        self.is_tables: bool = codes["tables"]

    def __len__(self) -> int:
        """Give how many places there are."""
        return len(self.columns["lat"])

    @property
    def name_count(self) -> int:
        """How many spellings there are."""
        return len(self._names)

    def number_of(self, key: Key) -> int | None:
        """Give the number of a place, or None."""
        if isinstance(key, str):
            number = self._ids.get(key)
            return None if number is None else int(self.columns["id_place"][number])
        geonames = self.columns["geoname"]
        place = int(geonames.searchsorted(geonames.dtype.type(key)))
        return place if place < len(geonames) and int(geonames[place]) == key else None

    def key_at(self, number: int) -> Key:
        """Give the key of the place with this number."""
        geonames = self.columns["geoname"]
        if number < len(geonames):
            return int(geonames[number])
        text: str = self._ids.restore_key(int(self.columns["place_id"][number - len(geonames)]))
        return text

    def name(self, number: int) -> str:
        """Give a place's own name, "" when the record has none."""
        name = int(self.columns["name"][number])
        return "" if name == NO_NAME else self.spelling(name)

    def feature(self, number: int) -> str:
        """Give the feature code of a place."""
        return self.features[int(self.columns["feature"][number])]

    def country(self, number: int) -> str:
        """Give the ISO code of the country that a place lies in de jure, or ""."""
        return self.countries[int(self.columns["country"][number])]

    def population(self, number: int) -> int:
        """Give the population of a place, 0 where unknown."""
        return int(self.columns["population"][number])

    def precision_m(self, number: int) -> float:
        """Give the radius in metres within which the point of a place is meant."""
        return float(self.columns["precision_m"][number])

    def division(self, number: int, level: str) -> int | None:
        """Give the number of the division (``admin1`` or ``admin2``) of a place."""
        division = int(self.columns[level][number])
        return None if division == NOWHERE else division

    def prefixes(self, text: str) -> list[str]:
        """Give the names that `text` (normalised) begins with, shortest first."""
        found: list[str] = self._names.prefixes(text[:LONGEST_NAME])
        return found

    def begins(self, text: str) -> bool:
        """Tell whether a name begins with `text` (normalised)."""
        return next(self._names.iterkeys(text), None) is not None

    def spelling(self, number: int) -> str:
        """Give the spelling with this number."""
        name: str = self._names.restore_key(number)
        return name

    def readings(self, name: str) -> list[tuple[int, str]]:
        """Give the places that a normalised name reaches, each with the kind of the name for it."""
        number = self._names.get(name)
        if number is None:
            return []
        start, end = self._name_start[number], self._name_start[number + 1]
        if end - start == 1:
            reading = self._name_reading[start]
            return [(reading >> KIND_BITS, NAME_KINDS[reading & _KIND])]
        packed = self._name_reading[start:end].tolist()
        return [(reading >> KIND_BITS, NAME_KINDS[reading & _KIND]) for reading in packed]

    @cached_property
    def regions(self) -> dict[int, str]:
        """The places of regional tables, each with its region."""
        return {told.number: told.region for told in self.facts.all_told() if told.region not in ("", WORLD)}

    def keyed(self, key: str) -> list[str]:
        """Give the names that share a folding key, where names are found by it."""
        number = self._keys.get(key)
        return [] if number is None else self._spellings("key_start", "key_name", number)

    def plain_names(self, plain: str) -> list[str]:
        """Give the names that share a plain form; scripts that cannot be read letter by letter have none."""
        number = self._plain.get(plain) if plain else None
        return [] if number is None else self._spellings("plain_start", "plain_name", number)

    def plain_forms(self, prefix: str) -> Iterator[str]:
        """Give the plain forms that begin with these letters."""
        forms: Iterator[str] = self._plain.iterkeys(prefix)
        return forms

    def name_count_of(self, place: int) -> int:
        """Give how many spellings a place has."""
        starts = self.columns["place_start"]
        return int(starts[place + 1]) - int(starts[place])

    def place_names(self, place: int) -> list[str]:
        """Give all spellings of a place, as normalised."""
        return self._spellings("place_start", "place_name", place)

    def _spellings(self, starts: str, names: str, number: int) -> list[str]:
        start, end = self.columns[starts][number : number + 2].tolist()
        return [self.spelling(name) for name in self.columns[names][start:end].tolist()]
