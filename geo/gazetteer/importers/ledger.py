"""The ledger of an import: what was taken, merged and left out, and which rows were broken."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from geo.errors import DataError

# So many broken rows are told one by one; the rest is counted.
MOST_BROKEN = 1_000
# So many places where something was left out are told for each reason; the rest is counted.
EXAMPLES = 3


class BadRowError(ValueError):
    """A row or a name that cannot be taken; its text is ``problem; remedy``."""


@dataclass(slots=True, kw_only=True)
class Ledger:
    """What happened to the rows of a source.

    Attributes
    ----------
    skip_bad : bool
        Whether a broken row is listed and passed over instead of stopping the import.
    where : str
        ``file:line`` of the row that is being read.
    taken, merged : collections.Counter
        How many facts of each kind were new, and how many were there already.
    left_out : collections.Counter
        How many things were left out on purpose, by reason.
    examples : dict
        The first places where that happened, by reason.
    broken : list of str
        ``file:line: problem; remedy`` of the first thousand rows that were passed over.
    untold : int
        How many more there were.
    """

    skip_bad: bool = False
    where: str = ""
    taken: Counter[str] = field(default_factory=Counter)
    merged: Counter[str] = field(default_factory=Counter)
    left_out: Counter[str] = field(default_factory=Counter)
    examples: dict[str, list[str]] = field(default_factory=dict)
    broken: list[str] = field(default_factory=list)
    untold: int = 0

    def leave(self, reason: str) -> None:
        """Count something that is left out on purpose."""
        self.left_out[reason] += 1
        examples = self.examples.setdefault(reason, [])
        if len(examples) < EXAMPLES:
            examples.append(self.where)

    def bad(self, problem: object) -> None:
        """Tell of a broken row at `where`.

        Raises
        ------
        DataError
            Unless broken rows are to be passed over.
        """
        self.refuse(DataError(f"{self.where}: {problem}"))

    def refuse(self, error: DataError) -> None:
        """Raise an error that tells where it is, or list it where broken rows are to be passed over."""
        if not self.skip_bad:
            raise error
        self._tell([str(error)])

    def _tell(self, told: list[str]) -> None:
        room = max(MOST_BROKEN - len(self.broken), 0)
        self.broken.extend(told[:room])
        self.untold += len(told[room:])

    def listed(self) -> list[str]:
        """Give a line for each broken row that was passed over, and one that counts those beyond the first thousand."""
        return [*self.broken, *([f"{self.untold:,} more rows"] if self.untold else [])]

    def add(self, other: Ledger) -> None:
        """Add what another ledger counted."""
        self.taken.update(other.taken)
        self.merged.update(other.merged)
        self.left_out.update(other.left_out)
        self._tell(other.broken)
        self.untold += other.untold
        for reason, examples in other.examples.items():
            self.examples.setdefault(reason, []).extend(examples)
