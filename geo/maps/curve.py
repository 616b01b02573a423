"""The order of a map's places: along a curve that fills the map, so that neighbours in it are neighbours on the map."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

BITS = 16


def curve_order(lons: NDArray[np.float64], lats: NDArray[np.float64]) -> NDArray[np.int64]:
    """Give the row numbers of points in their order along a Hilbert curve over the world.

    Parameters
    ----------
    lons, lats : numpy.ndarray
        Degrees.

    Returns
    -------
    numpy.ndarray
        Points that fall together keep their order.

    Examples
    --------
    >>> curve_order(np.array([10.0, -170.0, 10.1]), np.array([40.0, 40.0, 40.1])).tolist()
    [1, 0, 2]
    """
    side = (1 << BITS) - 1
    x = np.clip((lons + 180.0) % 360.0 / 360.0 * side, 0, side).astype(np.int64)
    y = np.clip((lats + 90.0) / 180.0 * side, 0, side).astype(np.int64)
    return np.argsort(_along(x, y), kind="stable")


def _along(x: NDArray[np.int64], y: NDArray[np.int64]) -> NDArray[np.int64]:
    """Give how far along the curve cells lie: each quarter, from the largest on, turns or flips what is in it."""
    distance = np.zeros(len(x), dtype=np.int64)
    for bit in reversed(range(BITS)):
        right, up = (x >> bit) & 1, (y >> bit) & 1
        distance = (distance << 2) | ((3 * right) ^ up)
        rest = (1 << bit) - 1
        x, y = x & rest, y & rest
        flip = (up == 0) & (right == 1)
        x, y = np.where(flip, rest - x, x), np.where(flip, rest - y, y)
        x, y = np.where(up == 0, y, x), np.where(up == 0, x, y)
    return distance
