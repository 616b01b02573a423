"""Numbers for what the finder's weights go by: words, shapes, kinds; whatever a text has is looked up by number, all at once."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import cache, lru_cache
from typing import TYPE_CHECKING, Any

from geo.gazetteer import generics
from geo.gazetteer.stack import Stack
from geo.mentions.name_facts import UNLISTED, name_facts
from geo.mentions.rules import table
from geo.mentions.words import EDGE, LINKS

if TYPE_CHECKING:
    import numpy as np

    Numbers = np.ndarray[Any, np.dtype[np.intp]]

# What a word is told by; `flags` are those of the bits below, `letters` its length, `mark` a number for its shape.
TOLD = ("word", "look", "class", "ending2", "ending3", "unlisted", "flags", "letters", "mark")
LINK, STOP, CAPITAL, DOTTED = 1, 2, 4, 8
_END_OF_SENTENCE = frozenset('.!?:;"•')
_MOST_KNOWN, _MOST_PLACES = 100_000, 9
NO_KIND = "none"


def shape(word: str) -> str:
    """Give the shape of a word: U capitals, I one capital, T a capital first, d digits, l letters, or the sign itself."""
    if word.isupper():
        return "U" if len(word) > 1 else "I"
    first = word[:1]
    if first.isupper():
        return "T"
    return "d" if first.isdigit() else "l" if first.isalpha() else first


@cache
def _classes() -> dict[str, str]:
    """Give what kind of name some words stand in: a street's, a hospital's, a person's."""
    found: dict[str, str] = {}
    for row in table("name_words"):
        for word in row["words"].split("|"):
            found[word] = "given/surname" if (found.get(word), row["id"]) == ("given", "surname") else row["id"]
    for rule in generics.rules():
        if rule.kind in ("before", "after", "seat", "short-after", "short-before"):
            found |= {word: rule.id.removesuffix("-small") for word in rule.words if " " not in word}
    for row in table("organisations"):
        found = dict.fromkeys(row["words"].split("|"), row["id"]) | found
    return found


class Codes(dict[str, int]):
    """Numbers for values, from 1 on; 0 is for every other value, unless the codes grow by those that they meet."""

    def __init__(self, values: Iterable[str], *, grows: bool) -> None:
        super().__init__({value: number for number, value in enumerate(dict.fromkeys(values), 1)})
        self._grows = grows

    def __missing__(self, value: str) -> int:
        """Give a new value its number."""
        if not self._grows:
            return 0
        self[value] = len(self) + 1
        return self[value]


class Vocabulary:
    """What words, names and shapes are to the finder, as numbers.

    Parameters
    ----------
    values : mapping of str to iterable of str, or None
        The values that have weights, by domain (``word look class kind ending shapes`` and so on); None lets each value that is
        met have a number, for a fit.
    """

    def __init__(self, values: Mapping[str, Iterable[str]] | None = None) -> None:
        import numpy as np  # noqa: PLC0415 - an open index has loaded it

        self._values, self._grows = values or {}, values is None
        self.codes: dict[str, Codes] = {}
        self._marks = Codes((), grows=True)
        self._table: Numbers = np.zeros((len(TOLD), 1024), dtype=np.intp)
        self._row = _Rows(self._add)
        self._shapes: dict[int, int] = {}
        self.fact_codes = lru_cache(maxsize=_MOST_KNOWN)(self._fact_codes)

    def domain(self, name: str) -> Codes:
        """Give the numbers of a domain's values."""
        if name not in self.codes:
            self.codes[name] = Codes(self._values.get(name, ()), grows=self._grows)
        return self.codes[name]

    def read(self, words: Sequence[str]) -> tuple[Numbers, Numbers]:
        """Give a number for each word of a text, with two marks of its edge on both sides, and what the words are told by.

        The second has a row for each of `TOLD`. The first numbers hold for one text alone: much is forgotten again.
        """
        import numpy as np  # noqa: PLC0415

        if len(self._row) > _MOST_KNOWN:
            self._row.clear()
        rows = np.full(len(words) + 4, self._row[EDGE])
        rows[2:-2] = np.fromiter(map(self._row.__getitem__, words), dtype=np.intp, count=len(words))
        return rows, self._table.take(rows, axis=1)

    def _add(self, word: str, row: int) -> None:
        import numpy as np  # noqa: PLC0415

        if row == self._table.shape[1]:
            self._table = np.concatenate([self._table, np.zeros_like(self._table)], axis=1)
        lower, look, kind = word.lower(), shape(word), _classes().get(word, "")
        flags = (
            LINK * (word in LINKS)
            + STOP * (word in _END_OF_SENTENCE)
            + CAPITAL * (look in ("T", "I"))
            + DOTTED * (word[-1] == ".")
        )
        domain, endings = self.domain, self.domain("ending")
        self._table[:, row] = (
            domain("word")[lower], domain("look")[look], domain("class")[kind], endings[word[-2:].lower()],
            endings[word[-3:].lower()], domain("kind")[f"{NO_KIND}/{kind}"], flags, len(word), self._marks[look],
        )  # fmt: skip

    def shapes(self, hashes: Sequence[int], spelt: Callable[[int], str]) -> list[int]:
        """Give the numbers of shapes of several words, from a hash of the marks of each; `spelt` gives the shape itself."""
        known = self._shapes
        if len(known) > _MOST_KNOWN:
            known.clear()
        for place, one in enumerate(hashes):
            if one not in known:
                known[one] = self.domain("shapes")[spelt(place)]
        return [known[one] for one in hashes]

    def _fact_codes(self, index: Stack, name: str) -> tuple[int, ...]:
        """Give what the gazetteer says of a listed name: sort, magnitude and so on, and last whether it says anything."""
        facts = name_facts(index, name)
        return (
            self.domain("kind")[facts.sort], facts.magnitude, facts.fame, facts.primary, facts.dominant,
            min(_MOST_PLACES, facts.places), facts.listed, facts is not UNLISTED,
        )  # fmt: skip


class _Rows(dict[str, int]):
    """Numbers of words; what a word is told by is worked out when it is first met."""

    def __init__(self, add: Callable[[str, int], None]) -> None:
        super().__init__()
        self._add = add

    def __missing__(self, word: str) -> int:
        """Give a new word its number."""
        row = len(self)
        self._add(word, row)
        self[word] = row
        return row
