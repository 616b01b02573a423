"""Several indexes as one: the default gazetteer, files beside it, and people's tables on top.

A place is told by its number: that of its index, counted on from the indexes before it. The same place may stand in several
indexes, under one id or under ids that an exactMatch links. One of them speaks for all: the tables that were named last,
then the default gazetteer, then the files in their order. Whatever the others say of it is kept beside.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Callable, Iterator, Sequence
from functools import cached_property, lru_cache
from itertools import accumulate
from math import isnan
from string import ascii_lowercase
from typing import TypeVar

from geo.gazetteer.facts import Facts
from geo.gazetteer.index import Index
from geo.gazetteer.keys import Key, id_of, key_of

_MOST_KNOWN = 200_000
_Value = TypeVar("_Value", int, str)


class Stack:
    """Indexes in the order in which `geo.gazetteer.compile.compile_all` gives them.

    Parameters
    ----------
    indexes : sequence of Index
        The default gazetteer's first.
    """

    def __init__(self, indexes: Sequence[Index]) -> None:
        self.indexes = tuple(indexes)
        self._first = [0, *accumulate(map(len, indexes))]
        # Whose word goes first where several have a place: tables from the last on, the default, then files.
        top = [layer for layer in range(len(indexes) - 1, 0, -1) if indexes[layer].is_tables]
        self._ranked = [*top, 0, *(layer for layer in range(1, len(indexes)) if layer not in top)]
        self.is_single = len(self.indexes) == 1
        self.readings = self.indexes[0].readings if self.is_single else self._readings
        self.same = lru_cache(maxsize=_MOST_KNOWN)(self._same)
        self.spokesman = lru_cache(maxsize=_MOST_KNOWN)(self._spokesman)

    def __len__(self) -> int:
        """Give how many records of places there are."""
        return self._first[-1]

    @property
    def name_count(self) -> int:
        """How many spellings there are, counted in each index."""
        return sum(index.name_count for index in self.indexes)

    def find(self, number: int) -> tuple[Index, int]:
        """Give the index that a place stands in, and its number there."""
        layer = bisect_right(self._first, number) - 1
        return self.indexes[layer], number - self._first[layer]

    def number_of(self, key: Key) -> int | None:
        """Give the number of the place with this key, that which speaks for all; None where there is none."""
        for layer in self._ranked:
            number = self.indexes[layer].number_of(key)
            if number is not None:
                return self.spokesman(self._first[layer] + number)
        linked = [self._first[layer] + number for layer, number in self._linking(key)]
        return self.spokesman(linked[0]) if linked else None

    def _spokesman(self, number: int) -> int:
        """Give the record that speaks for all records of the same place."""
        if self.is_single:
            return number
        layers = {bisect_right(self._first, other) - 1: other for other in self.same(number)}
        return next(
            (layers[layer] for layer in self._ranked if layer in layers and not isnan(self.point(layers[layer])[0])),
            number,
        )

    def _same(self, number: int) -> tuple[int, ...]:
        """Give all records of the place that this record is of."""
        if self.is_single:
            return (number,)
        keys = self.keys_of(number)
        found = {
            self._first[layer] + other
            for layer, index in enumerate(self.indexes)
            for key in keys
            if (other := index.number_of(key)) is not None
        }
        return tuple(sorted(found))

    def keys_of(self, number: int) -> list[Key]:
        """Give the keys under which a place stands in any index: its own, and those that an exactMatch links with it."""
        index, own = self.find(number)
        keys: dict[Key, None] = {index.key_at(own): None}
        if self.is_single:
            return list(keys)
        for key in list(keys):
            keys |= dict.fromkeys(self._linked(key))
        # A record that two others are linked to makes these one place as well.
        for key in list(keys):
            keys |= dict.fromkeys(self._linked(key))
        return list(keys)

    def _linked(self, key: Key) -> Iterator[Key]:
        for index in self.indexes:
            for link in index.facts.links(key):
                if link.relation == "exactMatch":
                    yield key_of(link.target)
            yield from index.facts.linked_to(id_of(key))

    def _linking(self, key: Key) -> Iterator[tuple[int, int]]:
        for layer in self._ranked:
            for other in self.indexes[layer].facts.linked_to(id_of(key)):
                number = self.indexes[layer].number_of(other)
                if number is not None:
                    yield layer, number

    def point(self, number: int) -> tuple[float, float]:
        """Give latitude and longitude of a place, WGS 84 degrees; NaN where the record has only names."""
        index, own = self.find(number)
        return float(index.columns["lat"][own]), float(index.columns["lon"][own])

    def first(self, number: int, ask: Callable[[Index, int], _Value]) -> _Value:
        """Give what a place's record says, or else what the first other record of it says."""
        value = ask(*self.find(number))
        others = iter(self.same(number))
        while not value and (other := next(others, None)) is not None:
            value = ask(*self.find(other))
        return value

    def population(self, number: int) -> int:
        """Give the population of a place, 0 where unknown."""
        index, own = self.find(number)
        return index.population(own)

    def feature(self, number: int) -> str:
        """Give the feature code of a place."""
        index, own = self.find(number)
        return index.feature(own)

    def name_count_of(self, number: int) -> int:
        """Give how many spellings a record has."""
        index, own = self.find(number)
        return index.name_count_of(own)

    def is_listed(self, number: int) -> bool:
        """Tell whether a gazetteer says more of a place than its index holds."""
        return not self.is_single or bool(self.indexes[0].columns["listed"][number])

    def facts_of(self, number: int) -> Iterator[tuple[Facts, Key]]:
        """Give all facts that may be told of a place, those of the record that speaks for all first, each with its key there."""
        keys = self.keys_of(number)
        for layer in self._ranked:
            for key in keys:
                yield self.indexes[layer].facts, key

    def from_below(self) -> Iterator[Index]:
        """Give the indexes so that each wins over those before it."""
        return (self.indexes[layer] for layer in reversed(self._ranked))

    def members(self, division: int, *, most: int) -> list[int]:
        """Give the places with the largest population in a first-level division, of each index as many as asked for."""
        import numpy as np  # noqa: PLC0415 - an open index has loaded it

        found: list[int] = []
        for same in self.same(division):
            index, own = self.find(same)
            inside = np.flatnonzero(index.columns["admin1"] == own)
            ranked = inside[np.argsort(-index.columns["population"][inside], kind="stable")][:most]
            found += (ranked + (same - own)).tolist()
        return found

    def prefixes(self, text: str) -> list[str]:
        """Give the names that `text` (normalised) begins with, shortest first."""
        if self.is_single:
            return self.indexes[0].prefixes(text)
        return sorted({name for index in self.indexes for name in index.prefixes(text)}, key=len)

    def begins(self, text: str) -> bool:
        """Tell whether a name begins with `text` (normalised)."""
        return any(index.begins(text) for index in self.indexes)

    def _readings(self, name: str) -> list[tuple[int, str]]:
        """Give the places that a normalised name reaches, each once, with the kind of the name for it."""
        found: dict[int, str] = {}
        for layer in self._ranked:
            for place, kind in self.indexes[layer].readings(name):
                found.setdefault(self.spokesman(self._first[layer] + place), kind)
        return list(found.items())

    @cached_property
    def _regions(self) -> dict[int, str]:
        return {
            self.spokesman(self._first[layer] + number): region
            for layer in self._ranked
            for number, region in self.indexes[layer].regions.items()
        }

    def regions(self, name: str) -> set[str]:
        """Give the regional tables that hold a place of this normalised name."""
        return {self._regions[place] for place, _ in self.readings(name) if place in self._regions}

    def leading_region(self, name: str) -> str:
        """Give the regional tables that hold the largest place of this normalised name, "" where they hold it not."""
        places = [place for place, _ in self.readings(name)]
        largest = max(places, key=lambda place: (self.population(place), place in self._regions), default=None)
        return "" if largest is None else self._regions.get(largest, "")

    def keyed(self, key: str) -> list[str]:
        """Give the names of the regional tables that share a folding key."""
        return self._union([index.keyed(key) for index in self.indexes])

    def plain_names(self, plain: str) -> list[str]:
        """Give the names that share a plain form."""
        return self._union([index.plain_names(plain) for index in self.indexes])

    @staticmethod
    def _union(found: list[list[str]]) -> list[str]:
        return found[0] if len(found) == 1 else list(dict.fromkeys(name for names in found for name in names))

    def near_plain(self, plain: str, *, limit: int, cutoff: float) -> list[str]:
        """Give plain forms that are alike to `cutoff` (0-1) or more, and begin alike.

        Parameters
        ----------
        plain : str
            Four letters or more; one of the second and the third may be missing, doubled by another, replaced, or changed with
            the next.
        limit : int
            The most forms to give.
        cutoff : float
        """
        from rapidfuzz import fuzz, process  # noqa: PLC0415 - only a spelling that nothing else matched comes here

        beginnings = _beginnings(*plain[:4])
        forms = (form for index in self.indexes for start in sorted(beginnings) for form in index.plain_forms(start))
        pool = dict.fromkeys(form for form in forms if abs(len(form) - len(plain)) <= 2)  # noqa: PLR2004
        found = process.extract(plain, list(pool), scorer=fuzz.ratio, limit=limit, score_cutoff=100 * cutoff)
        return [form for form, _, _ in found]


def _beginnings(first: str, second: str, third: str, fourth: str) -> set[str]:
    """Give how a name may begin whose second or third letter is not quite what was written."""
    slips = [second + third, third + fourth, third + second, second + fourth, second + fourth + third]
    slips += [other + third for other in ascii_lowercase]
    slips += [other + second + third for other in ascii_lowercase]
    slips += [second + other + next_ for other in ascii_lowercase for next_ in (third, fourth)]
    return {first + slip for slip in slips}
