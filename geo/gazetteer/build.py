"""Write an index: tries of the spellings, and columns of numbers beside them, from places that come one after the other."""

from __future__ import annotations

import json
from array import array
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geo.gazetteer.folding import index_keys
from geo.gazetteer.keys import Key
from geo.gazetteer.plain import plain

if TYPE_CHECKING:
    import numpy as np

Progress = Callable[[str], None]
NOWHERE = -1
NO_NAME = 2**32 - 1
KIND_BITS = 4


@dataclass(slots=True, kw_only=True)
class Entry:
    """A place as an index holds it.

    Attributes
    ----------
    key : int or str
        Entries come in the order of their keys, numbers before texts, and texts by their UTF-8 bytes.
    name : str
        Its own name, one of `names`; "" where there are none.
    lat, lon : float
        NaN when only names are told of a place that another gazetteer has.
    admin1, admin2 : int or str, optional
        Keys of its divisions.
    listed : bool
        Whether more is told of it in the facts.
    keyed : bool
        Whether a spelling that nobody listed has to lead to it too.
    names : dict of str to int
        Normalised spellings, each with the number of its kind.
    """

    key: Key
    name: str
    feature_code: str
    lat: float
    lon: float
    precision_m: float
    population: int
    country: str
    admin1: Key | None = None
    admin2: Key | None = None
    listed: bool = False
    keyed: bool = False
    names: dict[str, int] = field(default_factory=dict)


class _Codes(dict[Any, int]):
    """Numbers for values, given in the order in which the values first come."""

    def __missing__(self, value: Any) -> int:
        self[value] = len(self)
        return self[value]


_TYPES = {"lat": "d", "lon": "d", "precision_m": "f", "population": "q", "feature": "H", "country": "H", "admin1": "I",
          "admin2": "I", "geoname": "I", "listed": "B"}  # fmt: skip


def write_index(entries: Iterable[Entry], folder: Path, *, tables: bool, progress: Progress) -> None:
    """Write the index of places into a folder, in memory that grows with the number of names and not with what is said of them.

    Parameters
    ----------
    entries : iterable of Entry
        In the order of their keys.
    folder : Path
        An empty folder.
    tables : bool
        Whether it is somebody's tables, which win.
    progress : callable
        Is told in a few words what is being done.
    """
    import numpy as np  # noqa: PLC0415 - needed at compile time and when an index is opened

    progress("Collecting names")
    columns = {name: array(code) for name, code in _TYPES.items()}
    texts: dict[str, int] = {}
    features, countries, divisions = _Codes(), _Codes(), _Codes({None: 0})
    pair_place, pair_kind = array("I"), array("B")
    primary: list[int] = []
    keyed: set[str] = set()
    with _lines(folder / "pairs", "w") as pairs:
        for number, entry in enumerate(entries):
            _append(columns, entry, (features[entry.feature_code], countries[entry.country],
                                     divisions[entry.admin1], divisions[entry.admin2]))  # fmt: skip
            if isinstance(entry.key, str):
                texts[entry.key] = number
            primary.append(len(pair_place) + list(entry.names).index(entry.name) if entry.names else -1)
            pairs.write("".join([f"{name}\n" for name in entry.names]))
            pair_place.extend([number] * len(entry.names))
            pair_kind.extend(entry.names.values())
            if entry.keyed:
                keyed.update(entry.names)
    arrays = {name: np.frombuffer(values, dtype=values.typecode) for name, values in columns.items()}
    arrays["geoname"] = arrays["geoname"][: len(primary) - len(texts)]
    places = _division_numbers(divisions, arrays["geoname"], texts)
    for level in ("admin1", "admin2"):
        arrays[level] = places[arrays[level]]
    pair_name = _write_names(folder, len(pair_place), progress)
    arrays["name"] = np.append(pair_name, np.uint32(NO_NAME))[np.array(primary, dtype="i8")]
    for name, values in arrays.items():
        np.save(folder / f"{name}.npy", values)
    _write_pairs(
        folder, len(primary), np.frombuffer(pair_place, dtype="u4"), pair_name, np.frombuffer(pair_kind, dtype="u1")
    )
    _write_keys(folder, sorted(keyed))
    _write_ids(folder, list(texts), len(primary) - len(texts))
    (folder / "pairs").unlink()
    codes = {"features": list(features), "countries": list(countries), "tables": tables}
    (folder / "codes.json").write_text(json.dumps(codes), encoding="utf-8")


def _write_ids(folder: Path, texts: list[str], first: int) -> None:
    """Write the ids that are no GeoNames numbers; their places come last, from `first` on."""
    import marisa_trie  # noqa: PLC0415
    import numpy as np  # noqa: PLC0415

    ids = marisa_trie.Trie(texts)
    ids.save(str(folder / "ids.marisa"))
    place_id = np.array([ids[text] for text in texts], dtype="u4")
    np.save(folder / "place_id.npy", place_id)
    np.save(folder / "id_place.npy", (first + np.argsort(place_id)).astype("u4"))


def _append(columns: dict[str, array[Any]], entry: Entry, codes: tuple[int, int, int, int]) -> None:
    values = (entry.lat, entry.lon, entry.precision_m, entry.population, *codes,
              entry.key if isinstance(entry.key, int) else 0, entry.listed)  # fmt: skip
    for column, value in zip(columns.values(), values, strict=True):
        column.append(value)


def _division_numbers(divisions: dict[Key | None, int], geonames: Any, texts: dict[str, int]) -> np.ndarray[Any, Any]:
    """Give the number of each division, or `NOWHERE` for one that is no place of this index."""
    import numpy as np  # noqa: PLC0415

    numbers = np.full(len(divisions), NOWHERE, dtype="i4")
    for key, code in divisions.items():
        if isinstance(key, str):
            numbers[code] = texts.get(key, NOWHERE)
    keys = np.array([key if isinstance(key, int) else 0 for key in divisions], dtype="u4")
    places = np.searchsorted(geonames, keys)
    known = (keys > 0) & (places < len(geonames))
    known[known] = geonames[places[known]] == keys[known]
    return np.where(known, places, numbers).astype("i4")


def _write_names(folder: Path, count: int, progress: Progress) -> np.ndarray[Any, Any]:
    """Write the tries of the names and of their plain forms; give the number of each pair's name."""
    import marisa_trie  # noqa: PLC0415
    import numpy as np  # noqa: PLC0415

    names = marisa_trie.Trie(_read(folder / "pairs"))
    names.save(str(folder / "names.marisa"))
    pair_name = np.fromiter(map(names.__getitem__, _read(folder / "pairs")), dtype="u4", count=count)
    progress("Folding names")
    with _lines(folder / "forms", "w") as stream:
        stream.writelines(f"{form}\n" for form in map(plain, map(names.restore_key, range(len(names)))))
    forms = marisa_trie.Trie(_read(folder / "forms"))
    forms.save(str(folder / "plain.marisa"))
    name_form = np.fromiter(map(forms.__getitem__, _read(folder / "forms")), dtype="u4", count=len(names))
    (folder / "forms").unlink()
    order = np.argsort(name_form, kind="stable")
    np.save(folder / "plain_start.npy", _starts(name_form[order], len(forms)))
    np.save(folder / "plain_name.npy", order.astype("u4"))
    return pair_name


def _write_pairs(folder: Path, places: int, place: Any, name: Any, kind: Any) -> None:
    import numpy as np  # noqa: PLC0415

    names = int(name.max()) + 1 if len(name) else 0
    np.save(folder / "place_start.npy", _starts(place, places))
    np.save(folder / "place_name.npy", name)
    order = np.argsort(name, kind="stable")
    np.save(folder / "name_start.npy", _starts(name[order], names))
    # A place and the kind of its name in one number: what a look-up asks for lies in one piece.
    np.save(folder / "name_reading.npy", place[order] << KIND_BITS | kind[order])


def _write_keys(folder: Path, names: list[str]) -> None:
    """Write the folding keys of names: there a spelling nobody listed has to be found too."""
    import marisa_trie  # noqa: PLC0415
    import numpy as np  # noqa: PLC0415

    trie = marisa_trie.Trie().mmap(str(folder / "names.marisa"))
    found: dict[str, list[int]] = {}
    for name in names:
        for key in index_keys(name):
            found.setdefault(key, []).append(trie[name])
    keys = marisa_trie.Trie(found)
    keys.save(str(folder / "keys.marisa"))
    rows = [found[keys.restore_key(number)] for number in range(len(keys))]
    starts = np.cumsum([0, *map(len, rows)])
    np.save(folder / "key_start.npy", starts.astype("u4"))
    np.save(folder / "key_name.npy", np.array([name for row in rows for name in row], dtype="u4"))


def _starts(ordered: Any, count: int) -> np.ndarray[Any, Any]:
    import numpy as np  # noqa: PLC0415

    return np.searchsorted(ordered, np.arange(count + 1)).astype("u4")


def _lines(path: Path, mode: str) -> Any:
    # A name holds no line feed once it is normalised, but it may hold other signs that end lines.
    return path.open(mode, encoding="utf-8", newline="\n")


def _read(path: Path) -> Iterator[str]:
    with _lines(path, "r") as stream:
        for line in stream:
            yield line[:-1]
