"""What the other names of the report say for each candidate, as an earlier look judged them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any

from geo.places.groups import AFTER, BEFORE, BESIDE, NEXT, PREVIOUS
from geo.places.known import COUNTRY, FIRST, SECOND
from geo.places.rows import Rows

if TYPE_CHECKING:
    import numpy as np

    Matrix = np.ndarray[Any, np.dtype[np.float64]]
    Codes = np.ndarray[Any, np.dtype[np.int64]]

COMPANY = (
    "share of its country", "share of its first-level division", "share of its division",
    "names in its country", "names in its first-level division", "names in its division",
    "names that may lie in its country", "names that may lie in its first-level division", "names that may lie in its division",
    "its country is named", "its first-level division is named", "its division is named", "names that lie in it",
    "names within 40 km", "names within 100 km", "names within 250 km", "near the first names",
    "inside the next name", "holds the name before", "inside a name close after", "holds a name close before",
    "near the name after", "near the name before", "near a name of the sentence", "in the area of the sentence",
    "its first-level division in the sentence", "its country in the sentence",
)  # fmt: skip
# These count beside the best candidate of the same name, too.
BESIDE_THE_BEST = (
    "share of its country", "share of its first-level division", "names in its first-level division", "names in its division",
    "names that may lie in its country", "names that may lie in its first-level division", "names that may lie in its division",
    "names within 40 km", "names within 100 km", "names within 250 km", "near the first names", "inside the next name",
    "inside a name close after", "near a name of the sentence", "in the area of the sentence",
)  # fmt: skip
COMPARED = tuple(f"{name}, beside the best" for name in BESIDE_THE_BEST)
_COMPARED = [COMPANY.index(name) for name in BESIDE_THE_BEST]
_LEVELS = (COUNTRY, FIRST, SECOND)
EARTH_KM = 6371.0088
SCALES_KM, SENTENCE_KM, AREA_KM = (40.0, 100.0, 250.0), 60.0, 150.0
# A group's likeliest places stand for it; those of the first two groups say where the report is set.
LIKELIEST, OPENING = 3, 2
# In a text with thousands of names the company on the ground is that of so many names before and after.
MOST_BESIDE, BLOCK = 100, 50


def company(rows: Rows, divisions: Divisions, beside: Beside | None, guess: Matrix) -> Matrix:
    """Give what the company of each candidate says for it.

    Parameters
    ----------
    rows : Rows
    divisions : Divisions
        Which candidates lie in which countries and divisions.
    beside : Beside or None
        Which candidates stand beside which names.
    guess : numpy.ndarray
        What an earlier look made of each candidate: its probability.

    Returns
    -------
    numpy.ndarray
        Shape (candidates, ``len(COMPANY)``).
    """
    import numpy as np  # noqa: PLC0415 - loaded when something is decided

    if not len(rows):
        return np.zeros((0, len(COMPANY)))
    likely = _likeliest(rows, guess)
    found: Matrix = np.concatenate(
        [_shares(rows, divisions, guess), _ground(rows, likely), _said_beside(rows, beside, likely)],
        axis=1,
    )
    return found


def compared(rows: Rows, found: Matrix) -> Matrix:
    """Give what the company says for each candidate beside the best of its name; shape (candidates, ``len(COMPARED)``)."""
    asked = found.take(_COMPARED, axis=1)
    beside: Matrix = asked - rows.most(asked)[rows.group]
    return beside


@dataclass(frozen=True, slots=True, eq=False)
class _Likely:
    """The likeliest candidates of each group, which stand for it; each array has the shape (LIKELIEST, groups).

    ``row`` is -1 where a group has no more, ``chance`` its probability, ``near`` what its point counts, ``said`` what its name
    counts that holds another place.
    """

    row: Codes
    chance: Matrix
    near: Matrix
    said: Matrix


def _likeliest(rows: Rows, guess: Matrix) -> _Likely:
    """Give the likeliest candidates of each group."""
    import numpy as np  # noqa: PLC0415

    order = np.lexsort((-guess, rows.group))
    place = rows.starts[:-1] + np.arange(LIKELIEST)[:, None]
    there = np.arange(LIKELIEST)[:, None] < rows.sizes
    row: Codes = np.full(place.shape, -1)
    row[there] = order[place[there]]
    chance = np.where(there, guess[row], 0.0)
    # What a country or continent is near to says nothing.
    near = np.where(rows.wide[row] > 0, 0.0, chance)
    level = rows.level[row]
    # States and first-level divisions are what people add to say where a place lies.
    said = np.where((level == COUNTRY) | (level == FIRST), there, chance)
    return _Likely(row, chance, near, said)


@dataclass(frozen=True, slots=True, eq=False)
class Divisions:
    """Which candidates lie in which countries and divisions, so that what all groups but one say is a subtraction.

    Attributes
    ----------
    entries : numpy.ndarray
        Of `Rows.inside`, flat, those that are known: by country or division, and by group within each.
    pairs : numpy.ndarray
        Where the entries of each division and group begin.
    pair : numpy.ndarray
        Which of the pairs an entry is of.
    whole : numpy.ndarray
        Where the pairs of each division begin.
    division : numpy.ndarray
        Which of the divisions an entry is of.
    possible : numpy.ndarray
        How many other groups have a candidate in each division of each candidate, as a logarithm; shape (candidates, 3).
    own : numpy.ndarray
        Which of the three a candidate is itself.
    """

    entries: Codes
    pairs: Codes
    pair: Codes
    whole: Codes
    division: Codes
    possible: Matrix
    own: Any


def divisions_of(rows: Rows) -> Divisions:
    """Give which candidates lie in which countries and divisions."""
    import numpy as np  # noqa: PLC0415

    codes, groups = rows.inside.ravel(), len(rows.sizes)
    entries = np.flatnonzero(codes >= 0)
    key = codes[entries] * groups + np.repeat(rows.group, len(_LEVELS))[entries]
    order = key.argsort(kind="stable")
    entries, key = entries[order], key[order]
    new_pair = _changes(key)
    pairs = new_pair.nonzero()[0]
    pair = new_pair.cumsum() - 1
    new_division = _changes(key[pairs] // max(1, groups))
    whole = new_division.nonzero()[0]
    of_pair = new_division.cumsum() - 1
    possible = np.zeros(codes.shape)
    possible[entries] = (np.bincount(of_pair, minlength=1) - 1)[of_pair][pair] if len(pair) else 0
    return Divisions(
        entries,
        pairs,
        pair,
        whole,
        of_pair[pair],
        np.log1p(possible.reshape(rows.inside.shape)),
        rows.level[:, None] == _LEVELS,
    )


def _changes(values: Codes) -> Any:
    """Tell where a value is another than the one before it; the first is."""
    import numpy as np  # noqa: PLC0415

    changed = np.ones(len(values), dtype=bool)
    np.not_equal(values[1:], values[:-1], out=changed[1:])
    return changed


def _shares(rows: Rows, divisions: Divisions, guess: Matrix) -> Matrix:
    """Give what the report has in the country and the divisions of each candidate, its own name left out."""
    import numpy as np  # noqa: PLC0415

    # What lies in a division, and what is the division itself.
    weights = np.empty((*rows.inside.shape, 2))
    weights[..., 0] = guess[:, None]
    weights[..., 1] = guess[:, None] * divisions.own
    others = _sums_of_others(divisions, weights.reshape(-1, 2)).reshape(weights.shape)
    sums, named = others[..., 0], others[..., 1]
    held = ((sums - named) * divisions.own).sum(axis=1, keepdims=True)
    share = sums / max(1, len(rows.starts) - 2)
    return np.concatenate([share, np.log1p(sums), divisions.possible, np.minimum(1.0, named), np.log1p(held)], axis=1)


def _sums_of_others(divisions: Divisions, weights: Matrix) -> Matrix:
    """Give for each entry the sums of weights over the entries of its division in other groups."""
    import numpy as np  # noqa: PLC0415

    found = np.zeros_like(weights)
    if len(divisions.entries):
        own = np.add.reduceat(weights[divisions.entries], divisions.pairs, axis=0)
        every = np.add.reduceat(own, divisions.whole, axis=0)
        found[divisions.entries] = every[divisions.division] - own[divisions.pair]
    return np.maximum(found, 0.0, out=found)


def _ground(rows: Rows, likely: _Likely) -> Matrix:
    """Give how many other names lie around each candidate, each by its likeliest places, and whether the first ones do."""
    import numpy as np  # noqa: PLC0415

    points = rows.points[likely.row]
    found = np.zeros((len(rows), len(SCALES_KM) + 1))
    count = len(rows.starts) - 1
    opening = np.arange(count)[:OPENING]
    for first in range(0, count, BLOCK):
        last = min(count, first + BLOCK)
        begin, end = rows.starts[first], rows.starts[last]
        low, high = max(0, first - MOST_BESIDE), min(count, last + MOST_BESIDE)
        own, group = rows.points[begin:end, None], rows.group[begin:end, None]
        km = _km(own, points[:, None, low:high])
        near = _decayed(km, SCALES_KM) * likely.near[:, None, low:high]
        others = group != np.arange(low, high)
        found[begin:end, :-1] = np.log1p((near.max(axis=1) * others).sum(axis=2)).T
        km = _km(own, points[:, None, :OPENING]) if low else km[..., :OPENING]
        near = np.exp(km / -AREA_KM) * likely.near[:, None, :OPENING]
        found[begin:end, -1] = (near.max(axis=0) * (group != opening)).max(axis=1, initial=0.0)
    return found


def _decayed(km: Matrix, scales: Sequence[float]) -> Matrix:
    """Give distances as nearness on several scales, which are the first axis."""
    import numpy as np  # noqa: PLC0415

    near = km / np.negative(scales).reshape(-1, *[1] * km.ndim)
    decayed: Matrix = np.exp(near, out=near)
    return decayed


def _km(one: Matrix, other: Matrix) -> Matrix:
    """Give distances between unit vectors; the last axis is that of the vectors."""
    import numpy as np  # noqa: PLC0415

    dots = one[..., 0] * other[..., 0] + one[..., 1] * other[..., 1] + one[..., 2] * other[..., 2]
    # In place: these are the largest arrays of all.
    np.minimum(np.maximum(dots, -1.0, out=dots), 1.0, out=dots)
    km: Matrix = np.arccos(dots, out=dots)
    km *= EARTH_KM
    return km


@dataclass(frozen=True, slots=True, eq=False)
class Beside:
    """Which candidates stand beside which groups: an entry for each candidate of a group and each neighbour of it.

    Attributes
    ----------
    row : numpy.ndarray
        The candidate; entries are in the order of candidates.
    starts : numpy.ndarray
        Where the entries of each candidate begin that has some.
    other : numpy.ndarray
        The group beside it.
    counts : numpy.ndarray
        Whether the columns of `_said_beside` go by such a neighbour; shape (entries, columns).
    """

    row: Codes
    starts: Codes
    other: Codes
    counts: Any


def beside_of(rows: Rows, neighbours: Codes) -> Beside | None:
    """Give which candidates stand beside which groups, from rows of `geo.places.groups.neighbours`; None where none does."""
    import numpy as np  # noqa: PLC0415

    sizes = rows.sizes[neighbours[:, 0]]
    ends = np.cumsum(sizes)
    if not len(ends) or not ends[-1]:
        return None
    row = np.arange(ends[-1]) + np.repeat(rows.starts[neighbours[:, 0]] - (ends - sizes), sizes)
    order = np.argsort(row, kind="stable")
    row = row[order]
    return Beside(
        row,
        np.flatnonzero(_changes(row)),
        np.repeat(neighbours[:, 1], sizes)[order],
        _counts()[np.repeat(neighbours[:, 2], sizes)[order]],
    )


_ASKED_OF = range(6)
_INSIDE, _HOLDING, _AREA, _NEAR, _DIVISION, _COUNTRY = _ASKED_OF
# What each column goes by: the neighbours that count, and what is asked of them.
_TOLD = (
    ((NEXT,), _INSIDE), ((PREVIOUS,), _HOLDING), ((AFTER,), _INSIDE), ((BEFORE,), _HOLDING), ((NEXT, AFTER), _AREA),
    ((PREVIOUS, BEFORE), _AREA), ((BESIDE,), _NEAR), ((BESIDE,), _AREA), ((BESIDE,), _DIVISION), ((BESIDE,), _COUNTRY),
)  # fmt: skip
_ASKED = [asked for _, asked in _TOLD]


@cache
def _counts() -> Any:
    """Give by how a neighbour stands which columns go by it."""
    import numpy as np  # noqa: PLC0415

    return np.array([[how in kinds for kinds, _ in _TOLD] for how in range(BESIDE + 1)])


def _said_beside(rows: Rows, beside: Beside | None, likely: _Likely) -> Matrix:
    """Give what the names right beside each candidate's, and those of its sentence, say for it."""
    import numpy as np  # noqa: PLC0415

    found = np.zeros((len(rows), len(_TOLD)))
    if beside is None:
        return found
    mine, other = beside.row, beside.other
    places, chances = likely.row.take(other, axis=1), likely.chance.take(other, axis=1)
    km = _km(rows.points.take(mine, axis=0), rows.points.take(places, axis=0))
    country, first = (_shared(rows.inside[:, column], mine, places) for column in (0, 1))
    asked = np.empty((len(_ASKED_OF), *places.shape))
    np.multiply(_holds(rows, places, mine), likely.said.take(other, axis=1), out=asked[_INSIDE])
    np.logical_and(_holds(rows, mine, places), places >= 0, out=asked[_HOLDING])
    np.multiply(_decayed(km, (AREA_KM, SENTENCE_KM)), likely.near.take(other, axis=1), out=asked[_AREA : _NEAR + 1])
    np.multiply(first, chances, out=asked[_DIVISION])
    np.multiply(country, chances, out=asked[_COUNTRY])
    told = asked.max(axis=1).take(_ASKED, axis=0).T * beside.counts
    found[beside.row[beside.starts]] = np.maximum.reduceat(told, beside.starts, axis=0)
    return found


def _shared(inside: Codes, one: Codes, other: Codes) -> Any:
    """Tell which candidates lie in the same country or division."""
    mine = inside[one]
    return (mine == inside[other]) & (mine >= 0)


def _holds(rows: Rows, outer: Codes, inner: Codes) -> Any:
    """Tell whether places hold others: by the country or division that the outer one is."""
    import numpy as np  # noqa: PLC0415

    level, narrow = rows.level[outer], rows.level[inner]
    column = np.maximum(level - 1, 0)
    own = rows.inside[outer, column]
    held = (own == rows.inside[inner, column]) & (own >= 0)
    return held & (level > 0) & ((narrow == 0) | (narrow > level))
