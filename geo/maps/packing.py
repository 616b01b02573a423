"""Tables for the page: columns as typed numbers in one compressed block, details as compressed chunks that are opened alone.

The page's `unpack.js` reads what is written here; docs/architecture.md has the format under "The page".
"""

from __future__ import annotations

import base64
import gzip
import json
from collections.abc import Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from typing import Any

import numpy as np
from numpy.typing import NDArray

from geo.maps.spelling import as_json, frequent_words, is_text, numbered, read_spelled, spell

CHUNK = 4096
"""Rows whose details are opened together."""
LEVEL = 6
"""Of gzip: the next one takes twice as long for one part in two hundred."""
WORKERS = 2
WIDTH = 4
"""Bytes of a number at most."""
LENGTH = 4
"""Bytes of the length that a chunk of details begins with."""
LARGEST = 2**31 - 1
"""The page's arrays are of 32 bits."""

Whole = NDArray[np.integer[Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """A number a row, NaN where there is none.

    ``decimals`` is how many of them are kept; ``delta`` is for columns whose neighbours are alike.
    """

    values: NDArray[Any]
    decimals: int = 0
    delta: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Codes:
    """One of few texts a row: ``values[code]``, or none where the code is -1."""

    codes: Whole
    values: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Lists:
    """Any number of few texts a row: row ``i`` has those of ``codes[sum(counts[:i]):][:counts[i]]``."""

    counts: Whole
    codes: Whole
    values: Sequence[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Texts:
    """A text a row, most of them different."""

    values: Sequence[str]


Column = Numbers | Codes | Lists | Texts


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """Rows of the page's data.

    Attributes
    ----------
    count : int
        How many rows.
    columns : mapping of str to Column
        What filters, drawing and lists need of every row at once.
    details : mapping of str to sequence
        What is looked at one row at a time: values for JSON, None where a row has none.
    """

    count: int
    columns: Mapping[str, Column]
    details: Mapping[str, Sequence[Any]] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Packed:
    """A table as the page carries it: what its columns are, and base64 texts.

    ``words`` are those that the texts of ``parts`` have as numbers.
    """

    head: dict[str, Any]
    columns: str
    words: str
    parts: tuple[str, ...]


def codes(values: Sequence[str | None]) -> Codes:
    """Give a column of texts as codes, in the order of first appearance.

    Examples
    --------
    >>> codes(["b", None, "a", "b"])
    Codes(codes=array([ 0, -1,  1,  0]), values=['b', 'a'])
    """
    known = {value: code for code, value in enumerate(dict.fromkeys(value for value in values if value is not None))}
    found = np.array([-1 if value is None else known[value] for value in values], dtype=np.int64)
    return Codes(codes=found, values=list(known))


def lists(rows: Sequence[Sequence[str]], values: Sequence[str] | None = None) -> Lists:
    """Give a column of lists of texts as codes, in the order of first appearance or of the values given.

    Examples
    --------
    >>> lists([["a"], [], ["b", "a"]])
    Lists(counts=array([1, 0, 2]), codes=array([0, 1, 0]), values=['a', 'b'])
    """
    flat = [value for row in rows for value in row]
    known = {value: code for code, value in enumerate(dict.fromkeys(flat) if values is None else values)}
    counts = np.array([len(row) for row in rows], dtype=np.int64)
    return Lists(counts=counts, codes=np.array([known[value] for value in flat], dtype=np.int64), values=list(known))


def pack(table: Table, *, chunk: int = CHUNK) -> Packed:
    """Pack a table.

    Parameters
    ----------
    table : Table
    chunk : int
        Rows whose details are opened together.

    Raises
    ------
    ValueError
        When a detail holds a number that JSON has no form for, or a column one that 32 bits do not hold.
    """
    heads, blocks = {}, []
    for name, column in table.columns.items():
        heads[name], block = _column(column)
        blocks.append(block)
    joined = b"".join(blocks)
    starts = range(0, table.count, chunk) if table.details else range(0)
    words = frequent_words(table.details.values())
    known = numbered(words)
    with ThreadPoolExecutor(WORKERS) as pool:  # zlib works outside the interpreter's lock
        parts = tuple(pool.map(lambda start: _compressed(_part(table.details, known, start, start + chunk)), starts))
    head = {"count": table.count, "columns": heads, "size": len(joined), "chunk": chunk, "parts": len(parts)}
    return Packed(head, _compressed(joined), _compressed(as_json(words)), parts)


def unpack(packed: Packed) -> Table:
    """Give the table that was packed: texts and whole numbers as they were, others to their decimals."""
    reader = _Reader(_opened(packed.columns))
    count = packed.head["count"]
    columns = {name: reader.column(head, count) for name, head in packed.head["columns"].items()}
    details: dict[str, list[Any]] = {}
    words = json.loads(_opened(packed.words))
    for part in packed.parts:
        for name, values in _read_part(_opened(part), words).items():
            details.setdefault(name, []).extend(values)
    return Table(count=count, columns=columns, details=details)


def rows(table: Table) -> list[dict[str, Any]]:
    """Give a table's rows as plain values: columns and details together, without what a row does not have."""
    plain = {name: _plain(column) for name, column in table.columns.items()} | dict(table.details)
    return [
        {name: values[row] for name, values in plain.items() if values[row] is not None} for row in range(table.count)
    ]


def _compressed(data: bytes) -> str:
    return base64.b64encode(gzip.compress(data, LEVEL, mtime=0)).decode("ascii")


def _opened(text: str) -> bytes:
    return gzip.decompress(base64.b64decode(text))


def _part(details: Mapping[str, Sequence[Any]], known: Mapping[str, int], start: int, stop: int) -> bytes:
    """Give a chunk of the details: the length of a JSON object, that object, and the numbers of its texts' words."""
    told: dict[str, Any] = {}
    blocks = []
    for name, column in details.items():
        values = list(column[start:stop])
        if not is_text(values):
            told[name] = values
            continue
        told[name], block = spell(values, known)
        blocks.append(block)
    head = as_json(told)
    return b"".join([len(head).to_bytes(LENGTH, "little"), head, *blocks])


def _read_part(data: bytes, words: Sequence[str]) -> dict[str, list[Any]]:
    at = LENGTH + int.from_bytes(data[:LENGTH], "little")
    found: dict[str, list[Any]] = {}
    for name, told in json.loads(data[LENGTH:at]).items():
        found[name] = told
        if isinstance(told, dict):
            found[name], at = read_spelled(told, words, data, at)
    return found


def _column(column: Column) -> tuple[dict[str, Any], bytes]:
    match column:
        case Numbers():
            return _numbers(column)
        case Codes():
            words, (head, block) = as_json(list(column.values)), _whole(np.asarray(column.codes) + 1)
            return {"kind": "codes", "size": len(words), "codes": head}, words + block
        case Lists():
            words = as_json(list(column.values))
            (counts, first), (found, second) = _whole(column.counts), _whole(column.codes)
            total = int(np.sum(column.counts))
            head = {"kind": "lists", "size": len(words), "total": total, "counts": counts, "codes": found}
            return head, words + first + second
        case Texts():
            words = as_json(list(column.values))
            return {"kind": "texts", "size": len(words)}, words


def _numbers(column: Numbers) -> tuple[dict[str, Any], bytes]:
    scaled = np.asarray(column.values, dtype=np.float64) * 10**column.decimals
    known = ~np.isnan(scaled)
    whole = np.zeros(len(scaled), dtype=np.int64)
    whole[known] = np.rint(scaled[known]).astype(np.int64)
    present = whole[known]
    if len(present) and not column.decimals and int(np.abs(present).max()) > LARGEST:
        raise ValueError(
            f"a column holds {int(np.abs(present).max()):,}; the page takes whole numbers up to {LARGEST:,}"
        )
    least = int(present.min()) if len(present) else 0
    step = int(np.gcd.reduce(present - least)) or 1 if len(present) else 1
    gaps = not known.all()
    raw = np.where(known, (whole - least) // step + gaps, 0)  # 0 stands for none where there are gaps
    head, block = _whole(raw, delta=column.delta)
    return {"kind": "numbers", "least": least, "step": step, "decimals": column.decimals, "gaps": gaps, **head}, block


def _whole(values: Whole, *, delta: bool = False) -> tuple[dict[str, Any], bytes]:
    """Give whole numbers from 0 on as planes: all lowest bytes, all second bytes, ... With delta, steps, their sign last."""
    whole = np.asarray(values, dtype=np.int64)
    if len(whole) and int(whole.max()) > LARGEST:
        raise ValueError(f"a column holds numbers {int(whole.max()):,} steps apart; the page takes {LARGEST:,}")
    if delta and len(whole):
        steps = np.diff(whole, prepend=0)
        whole = (steps << 1) ^ (steps >> 63)
    largest = int(whole.max()) if len(whole) else 0
    width = max(1, (largest.bit_length() + 7) // 8)
    planes = whole.astype("<u4").view(np.uint8).reshape(-1, WIDTH)[:, :width]
    return {"width": width, "delta": delta}, planes.T.tobytes()


class _Reader:
    """Reads columns one after another from a table's block."""

    def __init__(self, data: bytes) -> None:
        self._data = data
        self._at = 0

    def column(self, head: Mapping[str, Any], count: int) -> Column:
        if head["kind"] == "numbers":
            return self._numbers(head, count)
        words: list[str] = json.loads(self._take(head["size"]))
        if head["kind"] == "texts":
            return Texts(values=words)
        if head["kind"] == "codes":
            return Codes(codes=self._whole(head["codes"], count) - 1, values=words)
        counts = self._whole(head["counts"], count)
        return Lists(counts=counts, codes=self._whole(head["codes"], head["total"]), values=words)

    def _numbers(self, head: Mapping[str, Any], count: int) -> Numbers:
        raw = self._whole(head, count)
        values = ((raw - head["gaps"]) * head["step"] + head["least"]) / 10 ** head["decimals"]
        values[(raw == 0) & head["gaps"]] = np.nan
        return Numbers(values=values, decimals=head["decimals"], delta=head["delta"])

    def _whole(self, head: Mapping[str, Any], count: int) -> Whole:
        width = head["width"]
        planes = np.frombuffer(self._take(width * count), dtype=np.uint8).reshape(width, count).astype(np.int64)
        whole: Whole = sum((plane << (8 * byte) for byte, plane in enumerate(planes)), np.zeros(count, np.int64))
        return np.cumsum((whole >> 1) ^ -(whole & 1)) if head["delta"] else whole

    def _take(self, size: int) -> bytes:
        self._at += size
        return self._data[self._at - size : self._at]


def _plain(column: Column) -> list[Any]:
    match column:
        case Numbers():
            numbers = [None if np.isnan(value) else float(value) for value in column.values]
            return numbers if column.decimals else [None if value is None else int(value) for value in numbers]
        case Codes():
            return [None if code < 0 else column.values[code] for code in column.codes]
        case Lists():
            words = [column.values[code] for code in column.codes]
            ends = np.cumsum(column.counts)
            return [words[end - count : end] for end, count in zip(ends, column.counts, strict=True)]
        case Texts():
            return list(column.values)
