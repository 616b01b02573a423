"""What speaks for each candidate: numbers that the fitted weights of `geo.places.model` turn into probabilities."""

from __future__ import annotations

import math
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from geo.gazetteer.features import fits_hint
from geo.places.groups import Group

if TYPE_CHECKING:
    import numpy as np

    from geo.gazetteer.records import Match

    Matrix = np.ndarray[Any, np.dtype[np.float64]]

OWN = (
    "any", "population", "most populous", "country", "first-level division", "division", "capital", "town", "region",
    "exact", "key", "fuzzy", "primary name", "demonym", "hint fits", "hint contradicts", "crowd", "fame",
)  # fmt: skip
COMPANY = (
    "inside the next name",
    "holds the name before",
    "country's share",
    "country named",
    "division's share",
    "near others",
    "in the area of others",
    "next name near",
)
EARTH_KM = 6371.0088
NEAR_KM, AREA_KM = 40.0, 250.0
# In a text with thousands of names the company on the ground is that of so many names before and after.
MOST_BESIDE = 250
LIKELIER_THAN_NOT = 0.4
_MOST_COMPANY = 5
# Places of the tables often have no population: they count as villages.
UNKNOWN_POPULATION = 1_000


def own_features(group: Group) -> Matrix:
    """Give what each candidate of a group has by itself.

    Returns
    -------
    numpy.ndarray
        Shape (candidates, ``len(OWN)``).
    """
    import numpy as np  # noqa: PLC0415 - loaded when something is decided

    most = max((match.place.population for match in group.matches), default=0)
    rows = [_own(match, group, most) for match in group.matches]
    return np.array(rows, dtype=float).reshape(len(rows), len(OWN))


def _own(match: Match, group: Group, most: int) -> list[float]:
    place, code = match.place, match.place.feature_code
    fits = bool(group.type_hint) and fits_hint(code, group.type_hint)
    return [
        1.0,
        math.log10(place.population or UNKNOWN_POPULATION),
        place.population == most,
        code.startswith("PCL"),
        code == "ADM1",
        code.startswith("ADM") and code != "ADM1",
        code == "PPLC",
        code.startswith("PPL") and code != "PPLC",
        code.startswith(("RGN", "CONT", "SEA", "OCN")),
        match.how == "exact",
        match.how == "key",
        match.how == "fuzzy",
        match.kind in ("endonym", "official", "exonym"),
        match.kind == "demonym",
        fits,
        bool(group.type_hint) and not fits,
        math.log10(len(group.matches)),
        math.log2(place.spellings + 1),
    ]


def company_features(groups: Sequence[Group], probabilities: Sequence[Matrix]) -> list[Matrix]:
    """Give what the other names of the report say for each candidate.

    Parameters
    ----------
    groups : sequence of Group
    probabilities : sequence of numpy.ndarray
        A first guess for each group's candidates, shape (candidates,).

    Returns
    -------
    list of numpy.ndarray
        One a group, shape (candidates, ``len(COMPANY)``).
    """
    import numpy as np  # noqa: PLC0415

    likely = [_likely(group, guess) for group, guess in zip(groups, probabilities, strict=True)]
    countries = _Others([_shares(pairs, "country") for pairs in likely])
    divisions = _Others([_shares(pairs, "admin1") for pairs in likely])
    named = _Others([_named_countries(pairs) for pairs in likely])
    points, weights, starts = _points(likely)
    found = []
    for number, group in enumerate(groups):
        if not group.matches:
            found.append(np.zeros((0, len(COMPANY))))
            continue
        near, area = _closeness(group, points, weights, starts, number)
        following = [pair for n in group.followed_by for pair in likely[n]]
        rows = [
            [
                float(any(_is_wide(other) and _contains(other, match) for other, _ in following)),
                float(
                    _is_wide(match)
                    and any(_contains(match, other) for n in group.following for other in groups[n].matches)
                ),
                countries.mean(number, match.place.country),
                float(named.sum(number, match.place.country) > 0),
                divisions.mean(number, match.place.admin1),
                near[row],
                area[row],
                _next_near(match, following),
            ]
            for row, match in enumerate(group.matches)
        ]
        found.append(np.array(rows, dtype=float))
    return found


def _likely(group: Group, guess: Matrix) -> list[tuple[Match, float]]:
    ranked = sorted(zip(group.matches, guess.tolist(), strict=True), key=lambda pair: -pair[1])
    return ranked[:_MOST_COMPANY]


def _shares(pairs: Sequence[tuple[Match, float]], attribute: str) -> dict[str, float]:
    shares: dict[str, float] = {}
    for match, probability in pairs:
        value = getattr(match.place, attribute) or (match.place.id if attribute == "admin1" else "")
        if value:
            shares[value] = shares.get(value, 0.0) + probability
    return shares


def _named_countries(pairs: Sequence[tuple[Match, float]]) -> dict[str, float]:
    """Give 1 for each country that a name likely means itself."""
    last = {match.place.country: p for match, p in pairs if match.place.feature_code.startswith("PCL")}
    return {country: 1.0 for country, probability in last.items() if probability > LIKELIER_THAN_NOT}


class _Others:
    """Shares of values by group, summed once, so that what all groups but one say is a subtraction."""

    def __init__(self, shares: Sequence[dict[str, float]]) -> None:
        self.shares = shares
        self.totals: dict[str, float] = {}
        for own in shares:
            for value, share in own.items():
                self.totals[value] = self.totals.get(value, 0.0) + share

    def sum(self, number: int, value: str | None) -> float:
        """Give the sum of a value's shares in all groups but one."""
        return self.totals.get(value, 0.0) - self.shares[number].get(value, 0.0) if value else 0.0

    def mean(self, number: int, value: str | None) -> float:
        """Give the mean of a value's shares in all groups but one."""
        return self.sum(number, value) / (len(self.shares) - 1) if len(self.shares) > 1 else 0.0


def _is_wide(match: Match) -> bool:
    """Tell whether a place is what people add to say where another lies: a state or a first-level division."""
    return match.place.feature_code.startswith(("PCL", "ADM1"))


def _contains(outer: Match, inner: Match) -> bool:
    place = outer.place
    if place.feature_code.startswith("PCL"):
        return place.country == inner.place.country and not inner.place.feature_code.startswith("PCL")
    return place.id in (inner.place.admin1, inner.place.admin2)


def _vectors(matches: Sequence[Match]) -> Matrix:
    import numpy as np  # noqa: PLC0415

    lat = np.radians([match.place.lat for match in matches])
    lon = np.radians([match.place.lon for match in matches])
    return np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)], axis=1)


def _points(likely: Sequence[Sequence[tuple[Match, float]]]) -> tuple[Matrix, Matrix, list[int]]:
    """Give unit vectors and weights of all groups' likely places, and where each group's begin; countries are no company."""
    import numpy as np  # noqa: PLC0415

    matches: list[Match] = []
    weights: list[float] = []
    starts: list[int] = []
    for pairs in likely:
        starts.append(len(matches))
        for match, probability in pairs:
            matches.append(match)
            weights.append(0.0 if match.place.feature_code.startswith(("PCL", "CONT")) else probability)
    starts.append(len(matches))
    return _vectors(matches) if matches else np.zeros((0, 3)), np.array(weights), starts


def _closeness(
    group: Group, points: Matrix, weights: Matrix, starts: list[int], own: int
) -> tuple[list[float], list[float]]:
    """Give, for each candidate, how many other names lie near it and in its area, each by its likeliest place, as log(1 + n)."""
    import numpy as np  # noqa: PLC0415

    first, last = max(0, own - MOST_BESIDE), min(len(starts) - 1, own + MOST_BESIDE + 1)
    # A group without points must not stand among the edges: it would be given its neighbour's maximum.
    filled = [n for n in range(first, last) if starts[n] < starts[n + 1]]
    others = np.array([n != own for n in filled])
    if not others.any():
        return [0.0] * len(group.matches), [0.0] * len(group.matches)
    begin, end = starts[first], starts[last]
    edges = [starts[n] - begin for n in filled]
    km = EARTH_KM * np.arccos(np.clip(_vectors(group.matches) @ points[begin:end].T, -1.0, 1.0))
    found = []
    for scale in (NEAR_KM, AREA_KM):
        kernel = np.exp(-km / scale) * weights[begin:end]
        found.append(np.log1p(np.maximum.reduceat(kernel, edges, axis=1)[:, others].sum(axis=1)).tolist())
    return found[0], found[1]


def _next_near(match: Match, following: Sequence[tuple[Match, float]]) -> float:
    import numpy as np  # noqa: PLC0415

    if not following:
        return 0.0
    km = EARTH_KM * np.arccos(np.clip(_vectors([match]) @ _vectors([other for other, _ in following]).T, -1.0, 1.0))[0]
    return float(max(np.exp(-km / AREA_KM) * [probability for _, probability in following]))
