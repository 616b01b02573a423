"""All candidates of a report as one set of columns, a row each, the groups one after another."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from geo.places.groups import Group

if TYPE_CHECKING:
    import numpy as np

    Matrix = np.ndarray[Any, np.dtype[np.float64]]
    Codes = np.ndarray[Any, np.dtype[np.int64]]


@dataclass(frozen=True, slots=True, eq=False)
class Rows:
    """The candidates of a report; ``starts`` has where each group's begin, and the end. The rest is as in `Known`.

    ``sizes`` has how many candidates each group has, ``filled`` the groups that have some, ``mentions`` how many mentions each
    group has.
    """

    group: Codes
    starts: Codes
    own: Matrix
    points: Matrix
    level: Codes
    inside: Codes
    wide: Matrix
    mentions: Matrix
    sizes: Codes
    filled: Codes

    def __len__(self) -> int:
        """Give how many candidates there are."""
        return len(self.group)

    def most(self, values: Matrix, *, empty: float = 0.0) -> Matrix:
        """Give the largest values of each group, `empty` for one without candidates."""
        import numpy as np  # noqa: PLC0415

        return self._reduced(np.maximum, values, empty)

    def sum(self, values: Matrix) -> Matrix:
        """Give the sums of each group."""
        import numpy as np  # noqa: PLC0415

        return self._reduced(np.add, values, 0.0)

    def _reduced(self, how: np.ufunc, values: Matrix, empty: float) -> Matrix:
        import numpy as np  # noqa: PLC0415

        # reduceat would give an empty group its neighbour's value.
        if len(self.filled) == len(self.sizes):
            every: Matrix = how.reduceat(values, self.starts[:-1])
            return every
        found = np.full((len(self.sizes), *values.shape[1:]), empty)
        if len(values):
            found[self.filled] = how.reduceat(values, self.starts[self.filled])
        return found


def rows_of(found: Sequence[Group]) -> Rows:
    """Give the candidates of groups as rows."""
    import numpy as np  # noqa: PLC0415

    sizes = np.array([len(group.known.matches) for group in found], dtype=np.int64)
    known = [group.known for group in found]
    return Rows(
        group=np.repeat(np.arange(len(found)), sizes),
        starts=np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(sizes)]),
        own=np.concatenate([one.own for one in known]),
        points=np.concatenate([one.points for one in known]),
        level=np.concatenate([one.level for one in known]),
        inside=np.concatenate([one.inside for one in known]),
        wide=np.concatenate([one.wide for one in known]),
        mentions=np.array([len(group.mentions) for group in found], dtype=float),
        sizes=sizes,
        filled=np.flatnonzero(sizes),
    )


def softmax(rows: Rows, scores: Matrix, none: float = 0.0) -> Matrix:
    """Give the probability of each candidate of its group, beside `none` as the score of "none of them"."""
    import numpy as np  # noqa: PLC0415

    top = np.maximum(rows.most(scores, empty=none), none)
    weights = np.exp(scores - top[rows.group])
    shares: Matrix = weights / (rows.sum(weights) + np.exp(none - top))[rows.group]
    return shares
