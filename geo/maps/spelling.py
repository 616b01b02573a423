"""Texts as numbers of their words: what general compression leaves of prose shrinks by a quarter.

A word is what lies between two spaces. Frequent ones have numbers from 1 on, the most frequent first; 0 stands for the next of
the rare ones, which lie beside. Of the numbers the upper bytes come first, then the lower bytes of those below 256, then
those of the others: like stands beside like.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

import numpy as np

MOST_WORDS = 65_535
"""A number is of two bytes, and 0 stands for rare words."""
SAMPLE = 100_000
"""Texts of a column that are looked through for frequent words at most."""
LEAST = 2
"""Times that a frequent word stands in the sample."""
LONGEST = 40
"""Characters of a frequent word: a text without spaces is no word."""
COUNT_BYTES, BYTE = 4, 256


def as_json(value: Any) -> bytes:
    """Write JSON; half of a surrogate pair, for which UTF-8 has no form, as an escape."""
    try:
        return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":")).encode("utf-8")
    except UnicodeEncodeError:
        return json.dumps(value, allow_nan=False, separators=(",", ":")).encode("ascii")


def is_text(values: Sequence[Any]) -> bool:
    """Tell whether values are texts, or none."""
    return all(value is None or isinstance(value, str) for value in values)


def frequent_words(columns: Iterable[Sequence[Any]]) -> list[str]:
    """Give the words that stand more than once in a sample of the texts, the most frequent first.

    Examples
    --------
    >>> frequent_words([["near the town", None, "the town and the bridge"], [1, 2]])
    ['the', 'town']
    """
    counted: Counter[str] = Counter()
    for column in columns:
        for value in column[:: -(-len(column) // SAMPLE) or 1]:
            if isinstance(value, str):
                counted.update(value.split(" "))
    often = [word for word, times in counted.most_common() if times >= LEAST and len(word) <= LONGEST]
    return often[:MOST_WORDS]


def numbered(words: Sequence[str]) -> dict[str, int]:
    """Give the number of each frequent word."""
    return {word: number for number, word in enumerate(words, 1)}


def spell(values: Sequence[str | None], known: Mapping[str, int]) -> tuple[dict[str, Any], bytes]:
    """Give texts as numbers.

    Returns
    -------
    dict
        ``rare``, the words that have no number; ``total``, how many words there are; ``large``, how many of their
        numbers are above 255.
    bytes
        How many words each text has (0 for none at all) in planes of bytes, then the numbers.
    """
    texts = [value for value in values if value is not None]
    words = " ".join(texts).split(" ") if texts else []
    numbers = np.array([known.get(word, 0) for word in words], dtype=np.uint16)
    rare = [word for word, number in zip(words, numbers.tolist(), strict=True) if not number]
    counts = np.array([0 if value is None else value.count(" ") + 1 for value in values], dtype="<u4")
    upper, lower = (numbers // BYTE).astype(np.uint8), (numbers % BYTE).astype(np.uint8)
    planes = counts.view(np.uint8).reshape(-1, COUNT_BYTES).T
    block = b"".join(part.tobytes() for part in (planes, upper, lower[upper == 0], lower[upper > 0]))
    return {"rare": rare, "total": len(words), "large": int((upper > 0).sum()), "rows": len(values)}, block


def read_spelled(told: Mapping[str, Any], words: Sequence[str], data: bytes, at: int) -> tuple[list[str | None], int]:
    """Give the texts that `spell` made numbers of, and where their numbers end in `data`."""
    rows, total = told["rows"], told["total"]
    found = np.frombuffer(data, dtype=np.uint8, offset=at, count=rows * COUNT_BYTES + 2 * total)
    counts = np.ascontiguousarray(found[: rows * COUNT_BYTES].reshape(COUNT_BYTES, rows).T).view("<u4").ravel()
    upper, lower = np.split(found[rows * COUNT_BYTES :].astype(np.int64), 2)
    numbers = upper * BYTE
    numbers[upper == 0] += lower[: total - told["large"]]
    numbers[upper > 0] += lower[total - told["large"] :]
    rare = iter(told["rare"])
    spelled = iter([words[number - 1] if number else next(rare) for number in numbers.tolist()])
    texts = [" ".join(next(spelled) for _ in range(count)) if count else None for count in counts.tolist()]
    return texts, at + len(found)
