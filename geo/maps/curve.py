"""The order of a map's places: along a curve that fills the map, so that neighbours in it are neighbours on the map."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BITS = 26
PER_DEGREE = 100_000
"""Points are told apart to five decimals, which `BITS` have room for."""


def along_curve(lons: NDArray[np.float64], lats: NDArray[np.float64]) -> NDArray[np.int64]:
    """Give how far along a Hilbert curve over the world points lie: the same number where five decimals are the same.

    Parameters
    ----------
    lons, lats : numpy.ndarray
        Degrees.
    """
    side = (1 << BITS) - 1  # the world as a square
    x = np.rint((lons + 180.0) % 360.0 * PER_DEGREE).astype(np.int64) * side // (360 * PER_DEGREE)
    y = np.rint((np.clip(lats, -90.0, 90.0) + 90.0) * PER_DEGREE).astype(np.int64) * side // (180 * PER_DEGREE)
    distance = np.zeros(len(x), dtype=np.int64)
    for bit in reversed(range(BITS)):  # each quarter, from the largest on, turns or flips what is in it
        right, up = (x >> bit) & 1, (y >> bit) & 1
        distance = (distance << 2) | ((3 * right) ^ up)
        rest, lower = (1 << bit) - 1, up == 0
        flip = lower & (right == 1)
        x, y = x & rest, y & rest
        x, y = np.where(flip, rest - x, x), np.where(flip, rest - y, y)
        x, y = np.where(lower, y, x), np.where(lower, x, y)
    return distance


def curve_order(lons: NDArray[np.float64], lats: NDArray[np.float64]) -> NDArray[np.int64]:
    """Give the row numbers of points in their order along the curve; points that fall together keep theirs.

    Examples
    --------
    >>> curve_order(np.array([10.0, -170.0, 10.1]), np.array([40.0, 40.0, 40.1])).tolist()
    [1, 2, 0]
    """
    return np.argsort(along_curve(lons, lats), kind="stable")
