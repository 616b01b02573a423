"""The second look at candidates: what the first made of the same name elsewhere, of its neighbours, and of places near by."""

from __future__ import annotations

import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain
from typing import NamedTuple

from geo.gazetteer.stack import Stack
from geo.mentions.candidates import Candidate
from geo.mentions.features import Features, View
from geo.mentions.name_facts import name_facts
from geo.mentions.words import Words

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
_MANY = 4
Neighbour = tuple[str, str, str]


def echo(kind: str, first: float, other: str, best: str, part: str) -> Features:
    """Give the features of what the first look made of a name: here, elsewhere on average and at best, within longer ones."""
    about = round(first / 2) * 2
    return (
        f"first={first:g}", f"other={other}", f"best={best}", f"best+first={best} {about}",
        f"part={part}", f"part+kind={part} {kind}", f"part+first={part} {about}",
    )  # fmt: skip


def ground(kind: str, first: float, near: str, shared: str) -> Features:
    """Give the features of how many likely names lie near a place of this name, and in the same first-level division."""
    about = round(first / 2) * 2
    return (
        f"near={near}",
        f"near+kind={near} {kind}",
        f"near+first={near} {about}",
        f"shared={shared}",
        f"shared+kind={shared} {kind}",
    )


def listing(kind: str, first: float, left: Neighbour, right: Neighbour) -> Features:
    """Give the features of the neighbours in a list ("X, Y and Z", "X, Ohio"): the word between, how likely it is, what it is."""
    about = round(first / 2) * 2
    return (
        f"left={left[0]} {left[1]}", f"left+first={left[1]} {about}",
        f"left+sort={left[0]} {left[2]}", f"kind+left={kind} {left[2]}",
        f"right={right[0]} {right[1]}", f"right+first={right[1]} {about}",
        f"right+sort={right[0]} {right[2]}", f"kind+right={kind} {right[2]}",
    )  # fmt: skip


COMPANY: tuple[Callable[..., Features], ...] = (echo, ground, listing)


def company_views(words: Words, found: Sequence[Candidate], chances: Sequence[float], index: Stack) -> Iterator[View]:
    """Give, for each candidate, the arguments of each of the groups of the second look.

    Parameters
    ----------
    words : Words
    found : sequence of Candidate
        Those that the first look leaves.
    chances : sequence of float
        The probability of each at the first look.
    index : Stack
    """
    printed = [tuple(words.words[c.first : c.last]) for c in found]
    uses = _uses(printed, chances)
    parts = _parts(printed, chances)
    likely = {c.name for c, chance in zip(found, chances, strict=True) if c.name and chance >= LIKELY}
    around = Counter(chain.from_iterable(cells(index, name)[1] for name in likely))
    divided = Counter(chain.from_iterable(divisions(index, name) for name in likely))
    names = {c.name for c in found}
    sorts = {name: name_facts(index, name).sort if name else "none" for name in names}
    near = {name: _most(around, cells(index, name)[0], name in likely) for name in names}
    shared = {name: _most(divided, divisions(index, name), name in likely) for name in names}
    ending, opening = _edges(found, chances, sorts)
    for candidate, name, chance in zip(found, printed, chances, strict=True):
        kind = sorts[candidate.name]
        first = max(-_SUREST, min(_SUREST, round(_logit(chance) * 2) / 2))
        yield (
            (kind, first, *_elsewhere(uses[name], chance), _level(parts.get(name))),
            (kind, first, near[candidate.name], shared[candidate.name]),
            (kind, first, _left(words, candidate.first, ending), _right(words, candidate.last, opening)),
        )


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


def _uses(printed: Sequence[Features], chances: Sequence[float]) -> dict[Features, _Uses]:
    uses: dict[Features, _Uses] = {}
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


def _parts(printed: Sequence[Features], chances: Sequence[float]) -> dict[Features, float]:
    """Give the parts of likely longer names, each with how likely the likeliest of these is."""
    parts: dict[Features, float] = {}
    for name, chance in zip(printed, chances, strict=True):
        if chance > PART_OF and len(name) > 1:
            for first in range(len(name)):
                for last in range(first + 1, len(name) + 1):
                    if last - first < len(name):
                        parts[name[first:last]] = max(chance, parts.get(name[first:last], 0.0))
    return parts


Edges = dict[int, tuple[float, str]]


def _edges(found: Sequence[Candidate], chances: Sequence[float], sorts: Mapping[str, str]) -> tuple[Edges, Edges]:
    """Give the likeliest candidate that ends before each word, and that begins with it: its probability and what it is."""
    ending: Edges = {}
    opening: Edges = {}
    for candidate, chance in zip(found, chances, strict=True):
        sort = sorts[candidate.name]
        ending[candidate.last] = max((chance, sort), ending.get(candidate.last, (0.0, "")))
        opening[candidate.first] = max((chance, sort), opening.get(candidate.first, (0.0, "")))
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


def _most(counts: Counter[tuple[int, int]], own: frozenset[tuple[int, int]], itself: bool) -> str:  # noqa: FBT001
    """Give in words how many other likely names share the fullest of a name's cells or divisions."""
    if not own:
        return "-"
    count = max([counts.get(cell, 0) for cell in own]) - itself
    return "none" if count <= 0 else "one" if count == 1 else "some" if count < _MANY else "many"


@lru_cache(maxsize=50_000)
def cells(index: Stack, name: str) -> tuple[frozenset[tuple[int, int]], frozenset[tuple[int, int]]]:
    """Give the cells of about a degree in which the largest places of a name lie, areas left out; and these with those around."""
    places = [place for place, kind in index.readings(name) if kind != "demonym"]
    places = [place for place in places if not index.feature(place).startswith(_AREAS)]
    places = sorted(places, key=lambda place: -index.population(place))[:MOST_READINGS]
    points = [point for point in map(index.point, places) if not math.isnan(point[0])]
    own = {_cell(lat, lon, 0, 0) for lat, lon in points}
    beside = {_cell(lat, lon, row, column) for lat, lon in points for row in (-1, 0, 1) for column in (-1, 0, 1)}
    return frozenset(own), frozenset(beside)


def _cell(lat: float, lon: float, row: int, column: int) -> tuple[int, int]:
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
