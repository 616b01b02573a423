"""What a candidate looks like in its text: what tells place names from people, weekdays and other words, as columns of numbers.

A column has one number a candidate, which stands for a value of the column's domain. A feature is some columns together and
named after them (``kind+p1``); its values are those of the columns, with a blank between.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from geo.gazetteer.stack import Stack
from geo.mentions.candidates import LONGEST_SPAN, Found
from geo.mentions.vocabulary import CAPITAL, DOTTED, NO_KIND, STOP, TOLD, Vocabulary, shape
from geo.mentions.words import Words

if TYPE_CHECKING:
    import numpy as np

    Numbers = np.ndarray[Any, np.dtype[np.intp]]

# p1 and p2 are the words before, n1 and n2 those after, `first` and `last` the name's own: as they are in small letters, their
# shape (~) and what kind of name they stand in (^). `sort` is what the gazetteer has a name for, `kind` the same, or for a name
# that it lacks what its last word tells. `often` is how often it stands in the text, `tail` and `head` in how many thirds
# of that behind another capital and before one; `longer` what the listed name is that holds it, `left` and `right` those
# that end where it begins and begin where it ends.
DOMAINS = {
    **{f"{side}{sign}": domain for sign, domain in (("", "word"), ("~", "look"), ("^", "class"))
       for side in ("p2", "p1", "n1", "n2", "first", "last")},
    "ending2": "ending", "ending3": "ending", "shapes": "shapes",
    **dict.fromkeys(("sort", "kind", "longer", "left", "right"), "kind"),
    **dict.fromkeys(("magnitude", "fame", "primary", "dominant", "places", "listed", "words", "letters", "opens", "small",
                     "often", "tail", "head", "alone", "dateline"), "number"),
}  # fmt: skip
FEATURES = (
    "p1", "p2", "p2+p1", "p1~", "p2~", "p2~+p1~", "p1^", "p2~+p1", "p2^+p1", "opens", "n1", "n2", "n1+n2", "n1~", "n2~",
    "n1~+n2~", "n1^", "n1+n2^", "n1+n2~", "first", "last", "first^", "last^", "first^+last^", "sort+first^", "sort+last^",
    "shapes", "sort+shapes", "words", "sort+words", "last^+words", "letters", "sort+letters", "ending3", "ending2",
    "sort", "magnitude", "sort+magnitude", "places", "fame", "sort+fame", "primary", "dominant", "listed",
    "primary+dominant+fame", "kind+p1~", "kind+n1~", "p1~+n1~", "kind+p1~+n1~", "kind+p1", "kind+n1", "kind+p1^",
    "kind+n1^", "p1+n1", "p1+n1^", "p1^+n1^", "kind+opens", "small", "kind+small", "often", "tail", "head", "kind+tail",
    "kind+head", "longer", "kind+longer", "left", "right", "left+right", "kind+left", "kind+right", "alone", "kind+alone",
    "alone+often", "dateline",
)  # fmt: skip
_DATELINE = re.compile(r"(?:,? [\w., /]{1,30})? ?(?:\([^)]{1,30}\) ?)?-{1,2} ")
_MOST_OFTEN, _MOST_LETTERS, _MOST_WORDS = 3, 12, 4
_FACTS = ("sort", "magnitude", "fame", "primary", "dominant", "places", "listed")
_AROUND = tuple(DOMAINS)[:18]
_MARK, _FLAGS, _LETTERS, _UNLISTED = (TOLD.index(name) for name in ("mark", "flags", "letters", "unlisted"))
# Odd and large: the words of a span, each times another power of it, add up to a number that no other span has.
_BASE = 0x9E3779B97F4A7C15


def columns(
    text: str, words: Words, found: Found, index: Stack, vocabulary: Vocabulary, line_starts: frozenset[int]
) -> Numbers:
    """Give the columns of a text's candidates; shape (``len(DOMAINS)``, candidates), a row for each domain in that order.

    Parameters
    ----------
    text : str
        In normal form.
    words : Words
    found : Found
    index : Stack
    vocabulary : Vocabulary
    line_starts : frozenset of int
        The offsets at which a line of the report begins.
    """
    import numpy as np  # noqa: PLC0415 - an open index has loaded it

    if not len(found):
        return np.empty((len(DOMAINS), 0), dtype=np.intp)
    seen = _Seen(words, found, vocabulary, line_starts)
    told = {**seen.beside(), **_facts(found, index, vocabulary, seen.near[_UNLISTED, found.last + 1])}
    told |= {**seen.size(), **seen.standing(), **_listed_beside(found, told["sort"], vocabulary, len(words.words))}
    told["dateline"] = _datelines(text, words, found, seen.leads)
    table: Numbers = np.empty((len(DOMAINS), len(found)), dtype=np.intp)
    for row, name in enumerate(DOMAINS):
        table[row] = told[name]
    return table


class _Seen:
    """A text's words by their numbers, with two marks on each side: word n has the place n + 2 in `near`."""

    def __init__(self, words: Words, found: Found, vocabulary: Vocabulary, line_starts: frozenset[int]) -> None:
        import numpy as np  # noqa: PLC0415

        self.words, self.found, self.vocabulary = words, found, vocabulary
        rows, self.near = vocabulary.read(words.words)
        self.rows, self.flags = rows[2:-2], self.near[_FLAGS, 2:-2]
        self.leads = np.zeros(len(words.words), dtype=bool)
        self.leads[[place for start in line_starts if (place := words.beginning(start)) is not None]] = True
        self.opens = self.leads.copy()
        self.opens[:1] = True
        self.opens[1:] |= (self.flags[:-1] & STOP) > 0

    def beside(self) -> dict[str, Numbers]:
        """Give what the words around each candidate are, and its own first and last."""
        import numpy as np  # noqa: PLC0415

        first, last = self.found.first, self.found.last
        places = np.concatenate([first, first + 1, last + 2, last + 3, first + 2, last + 1])
        around = self.near[:3].take(places, axis=1).reshape(len(_AROUND), -1)
        return {"opens": self.opens[first], "small": self._small(), **dict(zip(_AROUND, around, strict=True))}

    def _small(self) -> Numbers:
        """Tell which candidates have a first word that stands in small letters in the text."""
        import numpy as np  # noqa: PLC0415

        every, words = set(self.words.words), self.words.words
        heads = np.flatnonzero(np.bincount(self.found.first))
        small = np.zeros(len(words), dtype=np.intp)
        small[heads] = [(lower := words[head].lower()) in every and lower.islower() for head in heads.tolist()]
        return small[self.found.first]

    def size(self) -> dict[str, Numbers]:
        """Give how long each candidate is, and its shape."""
        import numpy as np  # noqa: PLC0415

        first, last = self.found.first, self.found.last
        letters = self.near[_LETTERS, 1:-2].cumsum()
        count = last - first
        shapes = self._sums(self.near[_MARK, 2:-2])

        def spelt(candidate: int) -> str:
            return "".join(map(shape, self.words.words[first[candidate] : last[candidate]]))

        return {
            "words": np.minimum(_MOST_WORDS, count),
            "letters": np.minimum(_MOST_LETTERS, letters[last] - letters[first] + count - 1),
            "shapes": np.array(self.vocabulary.shapes(shapes.tolist(), spelt)),
            "ending2": self.near[TOLD.index("ending2"), last + 1],
            "ending3": self.near[TOLD.index("ending3"), last + 1],
        }

    def _sums(self, numbers: Numbers) -> Any:
        """Give for each candidate a number that all those have, and no others, which have the same numbers for their words."""
        import numpy as np  # noqa: PLC0415

        powers, inverse = _powers(1 << len(numbers).bit_length())
        sums = np.zeros(len(numbers) + 1, dtype=np.uint64)
        np.cumsum((numbers + 1).view(np.uint64) * powers[: len(numbers)], out=sums[1:])
        return (sums[self.found.last] - sums[self.found.first]) * inverse[self.found.first]

    def standing(self) -> dict[str, Numbers]:
        """Give how often each name stands in the text, and in how many thirds of that behind and before another capital."""
        import numpy as np  # noqa: PLC0415

        found = self.found
        behind, ahead = self._beside_capitals()
        numbers: dict[int, int] = {}
        name = np.array([numbers.setdefault(one, len(numbers)) for one in self._sums(self.rows).tolist()])
        often = np.bincount(name)
        tails = np.bincount(name, weights=behind[found.first])
        heads = np.bincount(name, weights=ahead[found.last])
        alone = (found.first == found.begins[found.run]) & (found.last == found.ends[found.run])
        return {
            "often": np.minimum(_MOST_OFTEN, often)[name],
            "tail": np.rint(3 * tails / often)[name],
            "head": np.rint(3 * heads / often)[name],
            "alone": alone,
        }

    def _beside_capitals(self) -> tuple[Any, Any]:
        """Tell which words of runs stand behind a capital that opens no sentence, and which are a capital behind another word."""
        import numpy as np  # noqa: PLC0415

        found, size = self.found, len(self.rows)
        inside = np.zeros(size + 1, dtype=np.intp)
        inside[found.begins] += 1
        inside[found.ends] -= 1
        capital = ((self.flags & CAPITAL) > 0) & (inside.cumsum()[:-1] > 0)
        behind, ahead = np.zeros(size + 1, dtype=bool), np.zeros(size + 1, dtype=bool)
        behind[1:] = capital & ~self.opens & ((self.flags & DOTTED) == 0)
        ahead[:-1] = capital
        # A run's first word has none of its run before it.
        behind[found.begins] = ahead[found.begins] = False
        return behind, ahead


@lru_cache(maxsize=2)
def _powers(count: int) -> tuple[Any, Any]:
    """Give so many powers of `_BASE`, and of its inverse, among the numbers of 64 bits."""
    import numpy as np  # noqa: PLC0415

    inverse = pow(_BASE, -1, 1 << 64)
    ones = np.ones(count, dtype=np.uint64)
    powers, inverses = ones.copy(), ones.copy()
    powers[1:], inverses[1:] = _BASE, inverse
    return np.multiply.accumulate(powers), np.multiply.accumulate(inverses)


def _facts(found: Found, index: Stack, vocabulary: Vocabulary, unlisted: Numbers) -> dict[str, Numbers]:
    """Give what the gazetteer says of each candidate; `unlisted` has what the last word says of those that it lacks."""
    import numpy as np  # noqa: PLC0415

    facts: Numbers = np.zeros((len(_FACTS), len(found)), dtype=np.intp)
    facts[0], kind = vocabulary.domain("kind")[NO_KIND], unlisted.copy()
    listed = [place for place, name in enumerate(found.name) if name]
    if listed:
        told = np.array([vocabulary.fact_codes(index, found.name[place]) for place in listed]).T
        facts[:, listed] = told[:-1]
        kind[listed] = np.where(told[-1], told[0], unlisted[listed])
    return {"kind": kind, **dict(zip(_FACTS, facts, strict=True))}


def _listed_beside(found: Found, sorts: Numbers, vocabulary: Vocabulary, size: int) -> dict[str, Numbers]:
    """Give what the longest listed names are around each candidate: what ends where it begins, begins where it ends, holds it."""
    import numpy as np  # noqa: PLC0415

    kinds = vocabulary.domain("kind")
    ending, beginning = np.full((2, size + 1), kinds["no"])
    listed = np.array([place for place, name in enumerate(found.name) if name], dtype=np.intp)
    first, last, sort = found.first[listed], found.last[listed], sorts[listed]
    # Of several the last one is kept: the longest that ends at a word comes first, the longest that begins there last.
    ending[last[::-1]], beginning[first] = sort[::-1], sort
    inside = found.first > found.begins[found.run]
    goes_on = found.last < found.ends[found.run]
    return {
        "left": np.where(inside, ending[found.first], kinds[""]),
        "right": np.where(goes_on, beginning[found.last], kinds[""]),
        "longer": _longer(found, listed[last - first > 1].tolist(), sorts, vocabulary, size),
    }


def _longer(found: Found, listed: list[int], sorts: Numbers, vocabulary: Vocabulary, size: int) -> Numbers:
    """Give what the longest listed name is that holds each candidate and more, of those in `listed`."""
    import numpy as np  # noqa: PLC0415

    kinds = vocabulary.domain("kind")
    holding: Numbers = np.full((size + 1, LONGEST_SPAN + 1), kinds[""])
    names = ["", *kinds]
    spans = [(int(found.first[place]), int(found.last[place]), int(sorts[place])) for place in listed]
    for begin, end, sort in sorted(spans, key=lambda span: (span[1] - span[0], names[span[2]])):
        holding[begin, 1 : end - begin] = sort
        for first in range(begin + 1, end):
            holding[first, 1 : end - first + 1] = sort
    inside: Numbers = holding[found.first, found.last - found.first]
    return inside


def _datelines(text: str, words: Words, found: Found, leads: Any) -> Numbers:
    """Tell which names open a line in capitals with a dash soon after them: "DAKAR, June 12 -"."""
    import numpy as np  # noqa: PLC0415

    told = np.zeros(len(found), dtype=np.intp)
    for place in np.flatnonzero(leads[found.first]).tolist():
        start, end = words.starts[found.first[place]], words.ends[found.last[place] - 1]
        told[place] = text[start:end].isupper() and _DATELINE.match(text, end) is not None
    return told
