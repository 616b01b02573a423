"""What the other names of the report say for each candidate, as an earlier look judged them."""

from __future__ import annotations

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
EARTH_KM = 6371.0088
SCALES_KM, SENTENCE_KM, AREA_KM = (40.0, 100.0, 250.0), 60.0, 150.0
# A group's likeliest places stand for it; those of the first two groups say where the report is set.
LIKELIEST, OPENING = 3, 2
# In a text with thousands of names the company on the ground is that of so many names before and after.
MOST_BESIDE, BLOCK = 100, 50


def company(rows: Rows, neighbours: Codes, guess: Matrix) -> Matrix:
    """Give what the company of each candidate says for it.

    Parameters
    ----------
    rows : Rows
    neighbours : numpy.ndarray
        Rows of `geo.places.groups.neighbours`, shape (pairs, 3).
    guess : numpy.ndarray
        What an earlier look made of each candidate: its probability.

    Returns
    -------
    numpy.ndarray
        Shape (candidates, ``len(COMPANY) + len(COMPARED)``).
    """
    import numpy as np  # noqa: PLC0415 - loaded when something is decided

    if not len(rows):
        return np.zeros((0, len(COMPANY) + len(COMPARED)))
    likely = _likeliest(rows, guess)
    chance = np.where(likely >= 0, guess[likely], 0.0)
    parts = [_shares(rows, guess), _ground(rows, likely, chance), _beside(rows, neighbours, likely, chance)]
    found = np.concatenate(parts, axis=1)
    best = np.stack([rows.most(found[:, column]) for column in _COMPARED], axis=1)
    return np.concatenate([found, found[:, _COMPARED] - best[rows.group]], axis=1)


def _likeliest(rows: Rows, guess: Matrix) -> Codes:
    """Give the rows of each group's likeliest candidates, -1 where it has no more; shape (groups, LIKELIEST)."""
    import numpy as np  # noqa: PLC0415

    order = np.lexsort((-guess, rows.group))
    place = rows.starts[:-1, None] + np.arange(LIKELIEST)
    there = np.arange(LIKELIEST) < rows.sizes[:, None]
    found: Codes = np.full(place.shape, -1)
    found[there] = order[place[there]]
    return found


def _shares(rows: Rows, guess: Matrix) -> Matrix:
    """Give what the report has in the country and the divisions of each candidate, its own name left out."""
    import numpy as np  # noqa: PLC0415

    others = max(1, len(rows.starts) - 2)
    one = np.ones(len(rows))
    sums, possible, named = [], [], []
    held = np.zeros(len(rows))
    for place, level in enumerate((COUNTRY, FIRST, SECOND)):
        tally = _Tally(rows, rows.inside[:, place])
        sums.append(tally.others(guess))
        possible.append(tally.others(one, most=1.0))
        named.append(np.minimum(1.0, tally.others(guess * (rows.level == level))))
        held += np.where(rows.level == level, tally.others(guess * (rows.level != level)), 0.0)
    return np.stack(
        [*(total / others for total in sums), *map(np.log1p, sums), *map(np.log1p, possible), *named, np.log1p(held)],
        axis=1,
    )


class _Tally:
    """Sums by a code, and by a code within each group, so that what all groups but one say is a subtraction."""

    def __init__(self, rows: Rows, codes: Codes) -> None:
        import numpy as np  # noqa: PLC0415

        self.known = codes >= 0
        values, self.code = np.unique(codes[self.known], return_inverse=True)
        self.size = max(1, len(values))
        pairs, self.pair = np.unique(rows.group[self.known] * self.size + self.code, return_inverse=True)
        self.code_of_pair = pairs % self.size

    def others(self, weights: Matrix, *, most: float | None = None) -> Matrix:
        """Give for each candidate the sum over the other groups' candidates of its code, each group's at most `most`."""
        import numpy as np  # noqa: PLC0415

        own = np.bincount(self.pair, weights[self.known], minlength=len(self.code_of_pair))
        if most is not None:
            own = np.minimum(own, most)
        every = np.bincount(self.code_of_pair, own, minlength=self.size)
        found = np.zeros(len(weights))
        found[self.known] = every[self.code] - own[self.pair]
        return found


def _ground(rows: Rows, likely: Codes, chance: Matrix) -> Matrix:
    """Give how many other names lie around each candidate, each by its likeliest places, and whether the first ones do."""
    import numpy as np  # noqa: PLC0415

    weights = np.where(rows.wide[likely] > 0, 0.0, chance)
    found = np.zeros((len(rows), len(SCALES_KM) + 1))
    count = len(rows.starts) - 1
    for first in range(0, count, BLOCK):
        last = min(count, first + BLOCK)
        begin, end = rows.starts[first], rows.starts[last]
        window = np.arange(max(0, first - MOST_BESIDE), min(count, last + MOST_BESIDE))
        others = rows.group[begin:end, None] != window
        km = _km(rows.points[begin:end, None, None], rows.points[likely[window]])
        for column, scale in enumerate(SCALES_KM):
            nearest = (np.exp(-km / scale) * weights[window]).max(axis=2)
            found[begin:end, column] = np.log1p((nearest * others).sum(axis=1))
    opening = np.arange(min(OPENING, count))
    near = np.exp(-_km(rows.points[:, None, None], rows.points[likely[opening]]) / AREA_KM) * weights[opening]
    found[:, -1] = (near.max(axis=2) * (rows.group[:, None] != opening)).max(axis=1, initial=0.0)
    return found


def _km(one: Matrix, other: Matrix) -> Matrix:
    """Give distances between unit vectors; the last axis is that of the vectors."""
    import numpy as np  # noqa: PLC0415

    dots = one[..., 0] * other[..., 0] + one[..., 1] * other[..., 1] + one[..., 2] * other[..., 2]
    km: Matrix = EARTH_KM * np.arccos(np.clip(dots, -1.0, 1.0))
    return km


def _beside(rows: Rows, neighbours: Codes, likely: Codes, chance: Matrix) -> Matrix:
    """Give what the names right beside each candidate's, and those of its sentence, say for it."""
    import numpy as np  # noqa: PLC0415

    found = np.zeros((len(rows), 10))
    if not len(neighbours):
        return found
    sizes = rows.sizes[neighbours[:, 0]]
    ends = np.cumsum(sizes)
    row = np.arange(ends[-1]) + np.repeat(rows.starts[neighbours[:, 0]] - (ends - sizes), sizes)
    other, how = np.repeat(neighbours[:, 1], sizes), np.repeat(neighbours[:, 2], sizes)
    places, chances = likely[other], chance[other]
    there = places >= 0
    mine = row[:, None]
    km = _km(rows.points[mine], rows.points[places])
    # What a country or continent is near to says nothing.
    weights = np.where(rows.wide[places] > 0, 0.0, chances)
    near = (np.exp(-km / SENTENCE_KM) * weights).max(axis=1)
    area = (np.exp(-km / AREA_KM) * weights).max(axis=1)
    # States and first-level divisions are what people add to say where a place lies.
    said = np.where((rows.level[places] == COUNTRY) | (rows.level[places] == FIRST), there, chances)
    inside = (_holds(rows, places, mine) * said).max(axis=1)
    holds = (_holds(rows, mine, places) & there).max(axis=1)
    division = (_share(rows, mine, places, 1) * chances).max(axis=1)
    country = (_share(rows, mine, places, 0) * chances).max(axis=1)
    told = (
        ((NEXT,), inside), ((PREVIOUS,), holds), ((AFTER,), inside), ((BEFORE,), holds), ((NEXT, AFTER), area),
        ((PREVIOUS, BEFORE), area), ((BESIDE,), near), ((BESIDE,), area), ((BESIDE,), division), ((BESIDE,), country),
    )  # fmt: skip
    for column, (kinds, values) in enumerate(told):
        counts = np.isin(how, kinds)
        np.maximum.at(found[:, column], row[counts], values[counts])
    return found


def _share(rows: Rows, one: Codes, other: Codes, place: int) -> Matrix:
    """Tell whether candidates lie in one country (0) or first-level division (1)."""
    code = rows.inside[:, place]
    shared: Matrix = (code[one] == code[other]) & (code[one] >= 0)
    return shared


def _holds(rows: Rows, outer: Codes, inner: Codes) -> Any:
    """Tell whether the outer candidates are what the inner ones lie in."""
    outer_level, inner_level = rows.level[outer], rows.level[inner]
    narrower = (inner_level == 0) | (inner_level > outer_level)
    held = [(outer_level == level) & _share(rows, outer, inner, level - 1) for level in (COUNTRY, FIRST, SECOND)]
    return narrower & (held[0] | held[1] | held[2])
