"""The second look at candidates: what the first made of the same name elsewhere, of its neighbours, and of places near by."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import chain
from typing import TYPE_CHECKING, Any, NamedTuple

from geo.gazetteer.stack import Stack
from geo.mentions.candidates import Found
from geo.mentions.name_facts import name_facts
from geo.mentions.vocabulary import NO_KIND, Vocabulary
from geo.mentions.words import Words

if TYPE_CHECKING:
    import numpy as np

    Numbers = np.ndarray[Any, np.dtype[np.intp]]
    Scores = np.ndarray[Any, np.dtype[np.float64]]

# `chance` is what the first look made of a candidate, `about` the same more roughly; `other` and `best` what it made of the same
# name elsewhere, on average and at best, `part` of longer names that it is in. `near` is how many likely names lie near a
# place of this name, `shared` in the same first-level division. In a list ("X, Y and Z", "X, Ohio") `link` is the word between,
# `level` how likely the neighbour is and `sort` what it is: 1 on the left, 2 on the right.
DOMAINS = {
    "kind": "kind", "chance": "chance", "about": "chance", "other": "level", "best": "level", "part": "level",
    "near": "count", "shared": "count", "link1": "link", "level1": "level", "sort1": "kind",
    "link2": "link", "level2": "level", "sort2": "kind",
}  # fmt: skip
FEATURES = (
    "chance", "other", "best", "best+about", "part", "part+kind", "part+about", "near", "near+kind", "near+about",
    "shared", "shared+kind", "link1+level1", "level1+about", "link1+sort1", "kind+sort1", "link2+level2", "level2+about",
    "link2+sort2", "kind+sort2",
)  # fmt: skip
# What the first look finds less likely than this is not looked at again.
LEAST_CHANCE = 0.02
LIKELY, PART_OF = 0.4, 0.3
MOST_READINGS = 12
_LEVELS = (0.1, 0.3, 0.6, 0.9)
_AREAS = ("PCL", "CONT", "RGN", "SEA", "OCN")
_LINKS_BEFORE = frozenset((",", "and", "or", "-", "/", "&"))
_LINKS_AFTER = frozenset((",", "and", "or", "-", "/", "("))
_NOBODY = ("", "-", "")
_SUREST = 4.0
_BITS = 1e-6
_MANY = 4
Neighbour = tuple[str, str, str]
Spelling = tuple[str, ...]
Cell = tuple[int, int]


def company_columns(words: Words, found: Found, chances: Scores, index: Stack, vocabulary: Vocabulary) -> Numbers:
    """Give the columns of the second look; shape (``len(DOMAINS)``, candidates), a row for each domain in that order.

    Parameters
    ----------
    words : Words
    found : Found
        The candidates that the first look leaves.
    chances : numpy.ndarray
        The probability of each at the first look.
    index : Stack
    vocabulary : Vocabulary
    """
    import numpy as np  # noqa: PLC0415 - an open index has loaded it

    domains = [vocabulary.domain(domain) for domain in DOMAINS.values()]
    rows = [
        [codes[value] for codes, value in zip(domains, row, strict=True)] for row in _rows(words, found, chances, index)
    ]
    return np.array(rows, dtype=np.intp).reshape(-1, len(DOMAINS)).T


def _rows(words: Words, found: Found, chances: Scores, index: Stack) -> Iterator[tuple[str, ...]]:
    """Yield for each candidate the values of all domains."""
    likely_as = chances.tolist()
    spans = list(zip(found.first.tolist(), found.last.tolist(), strict=True))
    printed = [tuple(words.words[first:last]) for first, last in spans]
    uses, parts = _uses(printed, likely_as), _parts(printed, likely_as)
    names = set(found.name)
    likely = {name for name, chance in zip(found.name, likely_as, strict=True) if name and chance >= LIKELY}
    around = Counter(chain.from_iterable(cells_around(index, name) for name in likely))
    divided = Counter(chain.from_iterable(divisions(index, name) for name in likely))
    sorts = {name: name_facts(index, name).sort if name else NO_KIND for name in names}
    near = {name: _most(around, cells(index, name), name in likely) for name in names}
    shared = {name: _most(divided, divisions(index, name), name in likely) for name in names}
    ending, opening = _edges(spans, likely_as, [sorts[name] for name in found.name])
    for (first, last), spelling, name, chance in zip(spans, printed, found.name, likely_as, strict=True):
        # Weights are hundredths, so that halves between two steps are common: they go up, whatever the last bits are.
        told = max(-_SUREST, min(_SUREST, math.floor(_logit(chance) * 2 + 0.5 + _BITS) / 2))
        yield (
            sorts[name], f"{told:g}", f"{round(told / 2) * 2}", *_elsewhere(uses[spelling], chance), _level(parts.get(spelling)),
            near[name], shared[name], *_left(words, first, ending), *_right(words, last, opening),
        )  # fmt: skip


def _logit(chance: float) -> float:
    bounded = min(1 - 1e-6, max(1e-6, chance))
    return math.log(bounded / (1 - bounded))


def _level(chance: float | None) -> str:
    return "-" if chance is None else "01234"[bisect_right(_LEVELS, chance)]


class _Uses(NamedTuple):
    """How often a name stands in the text, the sum of its probabilities, and the two highest."""

    times: int
    total: float
    best: float
    next: float


_UNUSED = _Uses(0, 0.0, 0.0, 0.0)


def _uses(printed: Sequence[Spelling], chances: Sequence[float]) -> dict[Spelling, _Uses]:
    uses: dict[Spelling, _Uses] = {}
    for name, chance in zip(printed, chances, strict=True):
        known = uses.get(name, _UNUSED)
        best = max(chance, known.best)
        uses[name] = _Uses(known.times + 1, known.total + chance, best, max(min(chance, known.best), known.next))
    return uses


def _elsewhere(uses: _Uses, chance: float) -> tuple[str, str]:
    """Give how likely the other uses of a name are, on average and at best."""
    if uses.times == 1:
        return "-", "-"
    best = uses.next if chance == uses.best else uses.best
    return _level((uses.total - chance) / (uses.times - 1)), _level(best)


def _parts(printed: Sequence[Spelling], chances: Sequence[float]) -> dict[Spelling, float]:
    """Give the parts of likely longer names, each with how likely the likeliest of these is."""
    parts: dict[Spelling, float] = {}
    for name, chance in zip(printed, chances, strict=True):
        if chance > PART_OF and len(name) > 1:
            for first in range(len(name)):
                for last in range(first + 1, len(name) + 1):
                    if last - first < len(name):
                        parts[name[first:last]] = max(chance, parts.get(name[first:last], 0.0))
    return parts


Edges = dict[int, tuple[float, str]]


def _edges(spans: Sequence[tuple[int, int]], chances: Sequence[float], sorts: Sequence[str]) -> tuple[Edges, Edges]:
    """Give the likeliest candidate that ends before each word, and that begins with it: its probability and what it is."""
    ending: Edges = {}
    opening: Edges = {}
    for (first, last), chance, sort in zip(spans, chances, sorts, strict=True):
        ending[last] = max((chance, sort), ending.get(last, (0.0, "")))
        opening[first] = max((chance, sort), opening.get(first, (0.0, "")))
    return ending, opening


def _left(words: Words, first: int, ending: Edges) -> Neighbour:
    link = words.word(first - 1)
    if link not in _LINKS_BEFORE:
        return _NOBODY
    edge = first - 2 if link == "and" and words.word(first - 2) == "," else first - 1
    return _neighbour(link, ending.get(edge))


def _right(words: Words, last: int, opening: Edges) -> Neighbour:
    link = words.word(last)
    return _neighbour(link, opening.get(last + 1)) if link in _LINKS_AFTER else _NOBODY


def _neighbour(link: str, edge: tuple[float, str] | None) -> Neighbour:
    if edge is None:
        return _NOBODY
    chance, sort = edge
    return link, _level(chance), sort if chance > LIKELY else ""


def _most(counts: Counter[Cell], own: frozenset[Cell], itself: bool) -> str:  # noqa: FBT001
    """Give in words how many other likely names share the fullest of a name's cells or divisions."""
    if not own:
        return "-"
    count = max([counts.get(cell, 0) for cell in own]) - itself
    return "none" if count <= 0 else "one" if count == 1 else "some" if count < _MANY else "many"


@lru_cache(maxsize=50_000)
def cells(index: Stack, name: str) -> frozenset[Cell]:
    """Give the cells of about a degree in which the largest places of a name lie, areas left out."""
    return frozenset(_cell(lat, lon, 0, 0) for lat, lon in _points(index, name))


@lru_cache(maxsize=50_000)
def cells_around(index: Stack, name: str) -> frozenset[Cell]:
    """Give the same cells with those around them."""
    return frozenset(
        _cell(lat, lon, row, column) for lat, lon in _points(index, name) for row in (-1, 0, 1) for column in (-1, 0, 1)
    )


def _points(index: Stack, name: str) -> list[tuple[float, float]]:
    places = [place for place, kind in index.readings(name) if kind != "demonym"]
    places = [place for place in places if not index.feature(place).startswith(_AREAS)]
    places = sorted(places, key=lambda place: -index.population(place))[:MOST_READINGS]
    return [point for point in map(index.point, places) if not math.isnan(point[0])]


def _cell(lat: float, lon: float, row: int, column: int) -> Cell:
    """Give the cell that lies some rows and columns from a point's; a row has fewer cells the nearer it is to a pole."""
    line = round(lat) + row
    width = max(1, round(360 * math.cos(math.radians(line))))
    return line, (int((lon + 180) / 360 * width) + column) % width


@lru_cache(maxsize=50_000)
def divisions(index: Stack, name: str) -> frozenset[tuple[int, int]]:
    """Give the first-level divisions in which places of a name lie."""
    found = set()
    for place, _ in index.readings(name):
        layer, own = index.find(place)
        division = layer.division(own, "admin1")
        if division is not None:
            found.add((place - own, division))
    return frozenset(found)
