"""Boosted trees as they stand in a model file, and the sum that they give for rows of features."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np

    Matrix = np.ndarray[Any, np.dtype[np.float64]]

# A tree's leaves are the bits of one byte.
MOST_LEAVES = 8
# So many rows are scored at a time: what is made on the way stays small.
BLOCK = 128
# {"if": feature, "most": threshold, "then": tree, "else": tree, "value": score on average}, or {"value": score}
Tree = Mapping[str, Any]


@dataclass(frozen=True, slots=True, eq=False)
class Trees:
    """Trees as columns.

    Attributes
    ----------
    told : tuple of Tree
        As in the file.
    feature, most : numpy.ndarray
        The feature of each split and the largest value that takes its first branch; shape (splits of a tree, trees).
    cut : numpy.ndarray
        A byte for each split: the leaves that stay possible where the value is larger.
    values : numpy.ndarray
        By tree and by byte of leaves that are possible: the score of the first of them; shape (trees, 256).
    """

    told: tuple[Tree, ...]
    feature: Any
    most: Matrix
    cut: Any
    values: Matrix

    def score(self, features: Matrix) -> Matrix:
        """Give the sum of all trees for each row of features."""
        import numpy as np  # noqa: PLC0415 - loaded when something is decided

        trees = np.arange(len(self.values))[:, None]
        scores = np.zeros(len(features))
        for start in range(0, len(features), BLOCK):
            columns = np.ascontiguousarray(features[start : start + BLOCK].T)
            small = columns[self.feature] <= self.most[..., None]
            # -1 as a byte is 255: where the first branch is taken, no leaf is ruled out.
            left = np.negative(small.view(np.int8)).view(np.uint8)
            left |= self.cut[..., None]
            scores[start : start + BLOCK] = self.values[trees, np.bitwise_and.reduce(left)].sum(axis=0)
        return scores


def compiled(told: Sequence[Tree], names: Sequence[str]) -> Trees:
    """Make columns of trees.

    Parameters
    ----------
    told : sequence of Tree
        Each with at most 8 leaves.
    names : sequence of str
        Of the features, in the order of their columns.
    """
    import numpy as np  # noqa: PLC0415

    column = {name: place for place, name in enumerate(names)}
    feature = np.zeros((MOST_LEAVES - 1, len(told)), dtype=np.intp)
    most = np.full(feature.shape, np.inf)
    cut = np.full(feature.shape, 255, dtype=np.uint8)
    values = np.zeros((len(told), 256))
    for place, tree in enumerate(told):
        for number, (split, first, end) in enumerate(_splits(tree, 0)):
            feature[number, place], most[number, place] = column[split["if"]], split["most"]
            cut[number, place] = 255 & ~((1 << end) - (1 << first))
        leaves = list(_leaves(tree))
        # The lowest bit that is left is the leaf: all splits to its right were ruled out or not reached.
        values[place, 1:] = [leaves[min(_lowest(byte), len(leaves) - 1)] for byte in range(1, 256)]
    return Trees(tuple(told), feature, most, cut, values)


def contributions(told: Sequence[Tree], features: Mapping[str, float]) -> dict[str, float]:
    """Give what each feature adds to the score of one row: at each split on its way, by how much the average changes.

    The sum over all features, with what the trees give on average, is the score.
    """
    found: dict[str, float] = {}
    for tree in told:
        node = tree
        while "if" in node:
            branch = node["then"] if features[node["if"]] <= node["most"] else node["else"]
            found[node["if"]] = found.get(node["if"], 0.0) + branch["value"] - node["value"]
            node = branch
    return found


def _leaves(tree: Tree) -> Iterator[float]:
    if "if" in tree:
        yield from _leaves(tree["then"])
        yield from _leaves(tree["else"])
    else:
        yield tree["value"]


def _splits(tree: Tree, first: int) -> Iterator[tuple[Tree, int, int]]:
    """Yield each split with the leaves of its first branch, from and to."""
    if "if" not in tree:
        return
    end = first + sum(1 for _ in _leaves(tree["then"]))
    yield tree, first, end
    yield from _splits(tree["then"], first)
    yield from _splits(tree["else"], end)


def _lowest(byte: int) -> int:
    return (byte & -byte).bit_length() - 1
