"""Paths as texts: whole steps on a grid, five bits a character, so that a page holds a coast in few bytes."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

Path = NDArray[np.float64]

ALPHABET = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz-_"
"""The first half ends a number, the second half says that more of it follows."""
BITS = 5
_LETTERS = np.frombuffer(ALPHABET.encode("ascii"), dtype=np.uint8)
_PARTS = 8


def encode(paths: Iterable[Path], quantum: float, *, least: int = 2) -> list[str]:
    """Code paths: a first point, then steps, in units of `quantum` degrees.

    Parameters
    ----------
    paths : iterable of numpy.ndarray
        Each of shape ``(n, 2)``: longitude, latitude.
    quantum : float
        The unit in degrees; a coordinate moves by at most half of it.
    least : int
        A path that shrinks to fewer points comes out as "".

    Returns
    -------
    list of str
        One text a path. Neighbouring points that fall together are kept once.

    Examples
    --------
    >>> encode([np.array([[0.0, 0.0], [1.0, -1.0]])], 1.0)
    ['0021']
    """
    steps = list(map(_steps(quantum), paths))
    if not steps:
        return []
    text, sizes = _spelled(np.concatenate(steps))  # all at once: numpy is slow to start
    ends = np.concatenate([[0], np.cumsum(sizes)])[np.cumsum([len(path) for path in steps])]
    starts = [0, *ends[:-1].tolist()]
    return [
        text[start:end] if len(path) >= 2 * least else ""
        for path, start, end in zip(steps, starts, ends.tolist(), strict=True)
    ]


def decode(layer: dict[str, Any]) -> list[Path]:
    """Give a layer's paths back as longitudes and latitudes in degrees, each of shape ``(n, 2)``."""
    return [np.cumsum(text_numbers(path).reshape(-1, 2), axis=0) * layer["quantum"] for path in layer["paths"]]


def numbers_text(numbers: Sequence[int] | NDArray[np.int64]) -> str:
    """Write whole numbers: sign into the lowest bit, then five bits a character, the lowest first.

    Examples
    --------
    >>> numbers_text([0, -1, 1, 16, -4000])
    '012W1_v7'
    """
    return _spelled(np.asarray(numbers, dtype=np.int64))[0]


def _spelled(signed: NDArray[np.int64]) -> tuple[str, NDArray[np.int64]]:
    """Give numbers as a text, and how many characters of it each takes."""
    rest = np.where(signed < 0, -2 * signed - 1, 2 * signed)
    digits = np.zeros((len(rest), _PARTS), dtype=np.uint8)
    used = np.zeros((len(rest), _PARTS), dtype=bool)
    for part in range(_PARTS):
        used[:, part] = (rest > 0) | (part == 0)
        follows = rest >= 1 << BITS
        digits[:, part] = (rest & 31) + 32 * follows
        rest = rest >> BITS
    return _LETTERS[digits[used]].tobytes().decode("ascii"), used.sum(axis=1)


def text_numbers(text: str) -> NDArray[np.int64]:
    """Read what `numbers_text` wrote.

    Examples
    --------
    >>> text_numbers(numbers_text([0, -1, 1, 16, -4000])).tolist()
    [0, -1, 1, 16, -4000]
    """
    numbers, value, shift = [], 0, 0
    for letter in text:
        digit = ALPHABET.index(letter)
        value |= (digit & 31) << shift
        shift += BITS
        if digit < 1 << BITS:
            numbers.append(-(value + 1) // 2 if value & 1 else value // 2)
            value = shift = 0
    return np.array(numbers, dtype=np.int64)


def _steps(quantum: float) -> Any:
    def steps(path: Path) -> NDArray[np.int64]:
        points = np.rint(path / quantum).astype(np.int64)
        moves = np.diff(points, axis=0)
        flat: NDArray[np.int64] = np.concatenate([points[:1], moves[moves.any(axis=1)]]).ravel()
        return flat

    return steps
