"""The compiled index, mapped into memory: numbers for spellings, keys and places, and columns beside them."""

from __future__ import annotations

import json
from collections.abc import Iterator
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.errors import DataError
from geo.gazetteer.compile import NAME_KINDS, WORLD

if TYPE_CHECKING:
    import numpy as np

LONGEST_NAME = 80
_COLUMNS = (
    "name_start", "name_place", "name_kind", "plain_start", "plain_name", "place_start", "place_name",
    "lat", "lon", "precision_m", "population", "feature", "country", "admin1", "admin2", "geoname", "name",
)  # fmt: skip


class Index:
    """Read access to one compiled index folder.

    Parameters
    ----------
    folder : Path
        As `geo.gazetteer.compile.compile_index` gives it.

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
            self._names = marisa_trie.Trie().mmap(str(folder / "names.marisa"))
            self._plain = marisa_trie.Trie().mmap(str(folder / "plain.marisa"))
            self.columns: dict[str, np.ndarray[Any, Any]] = {
                name: np.load(folder / f"{name}.npy", mmap_mode="r") for name in _COLUMNS
            }
            # Mapped as well: another process may remove the folder before somebody asks what the tables say.
            self._tables = np.memmap(folder / "tables.json", mode="r")
            codes = json.loads((folder / "codes.json").read_text(encoding="utf-8"))
        except (OSError, RuntimeError, ValueError) as error:
            if not folder.is_dir():
                raise FileNotFoundError(f"{folder}: the index has been removed") from error
            raise DataError(
                f"{folder}: the index is damaged ({error}); remove the folder to have it compiled"
            ) from error
        self.features: list[str] = codes["features"]
        self.countries: list[str] = codes["countries"]

    @cached_property
    def tables(self) -> dict[str, Any]:
        """What the tables say, as plain JSON values."""
        document: dict[str, Any] = json.loads(self._tables.tobytes())
        return document

    def __len__(self) -> int:
        """Give how many places there are."""
        return len(self.columns["lat"])

    @property
    def name_count(self) -> int:
        """How many spellings there are."""
        return len(self._names)

    def prefixes(self, text: str) -> list[str]:
        """Give the names that `text` (normalised) begins with, shortest first."""
        found: list[str] = self._names.prefixes(text[:LONGEST_NAME])
        return found

    def name_number(self, name: str) -> int | None:
        """Give the number of a normalised name, or None."""
        number: int | None = self._names.get(name)
        return number

    def spelling(self, number: int) -> str:
        """Give the spelling with this number."""
        name: str = self._names.restore_key(number)
        return name

    def name_places(self, number: int) -> Iterator[tuple[int, str]]:
        """Give the places that a name reaches, each with the kind of the name for it."""
        start, end = self._range("name_start", number)
        kinds = self.columns["name_kind"][start:end].tolist()
        for place, kind in zip(self.columns["name_place"][start:end].tolist(), kinds, strict=True):
            yield place, NAME_KINDS[kind]

    @cached_property
    def _regions(self) -> dict[int, str]:
        return {f["number"]: f["region"] for f in self.tables["places"].values() if f["region"] not in ("", WORLD)}

    def regions(self, name: str) -> set[str]:
        """Give the regional tables that hold a place of this normalised name."""
        number = self.name_number(name)
        if number is None:
            return set()
        return {self._regions[place] for place, _ in self.name_places(number) if place in self._regions}

    def keyed(self, key: str) -> list[str]:
        """Give the names of the regional tables that share a folding key."""
        names: list[str] = self.tables["keys"].get(key, [])
        return names

    def key_names(self, key: str) -> list[int]:
        """Give the numbers of the names of the regional tables that share a folding key."""
        return [self._names[name] for name in self.keyed(key)]

    def plain_names(self, plain: str) -> list[int]:
        """Give the numbers of the names that share a plain form."""
        number = self._plain.get(plain)
        if number is None:
            return []
        start, end = self._range("plain_start", number)
        names: list[int] = self.columns["plain_name"][start:end].tolist()
        return names

    def near_plain(self, plain: str, *, shared: int, limit: int, cutoff: float) -> list[str]:
        """Give plain forms that begin with the first `shared` letters of `plain` and are alike to `cutoff` (0-1) or more."""
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - only a spelling that nothing else matched comes here

        pool = [other for other in self._plain.keys(plain[:shared]) if abs(len(other) - len(plain)) <= 2]  # noqa: PLR2004
        found = process.extract(plain, pool, scorer=fuzz.ratio, limit=limit, score_cutoff=100 * cutoff)
        return [other for other, _, _ in found]

    def name_count_of(self, place: int) -> int:
        """Give how many spellings a place has."""
        start, end = self._range("place_start", place)
        return end - start

    def place_names(self, place: int) -> list[str]:
        """Give all spellings of a place, as normalised."""
        start, end = self._range("place_start", place)
        return [self.spelling(number) for number in self.columns["place_name"][start:end].tolist()]

    def _range(self, column: str, number: int) -> tuple[int, int]:
        starts = self.columns[column]
        return int(starts[number]), int(starts[number + 1])
