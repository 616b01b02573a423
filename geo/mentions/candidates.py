"""Candidates: the spans of a text that may be place names, listed or not; most of them are none."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from geo.gazetteer.stack import Stack
from geo.mentions.aligned import title_case
from geo.mentions.scan import Hit, beginnings, names_at
from geo.mentions.segments import MOST, chances
from geo.mentions.words import LINKS, Words, runs

if TYPE_CHECKING:
    import numpy as np

    Numbers = np.ndarray[Any, np.dtype[np.intp]]
    Scores = np.ndarray[Any, np.dtype[np.float64]]

LONGEST_SPAN = 7
Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Listed:
    """The listed names of a text by their offsets, and the offsets of all words at which a name may begin."""

    names: dict[Span, str]
    beginnings: frozenset[int]

    def longest(self) -> list[Hit]:
        """Give the longest names, left to right, without overlap."""
        hits: list[Hit] = []
        for (start, end), name in sorted(self.names.items(), key=lambda item: (item[0][0], -item[0][1])):
            if not hits or start >= hits[-1].end:
                hits.append(Hit(start, end, name))
        return hits


@dataclass(frozen=True, slots=True, eq=False)
class Found:
    """The runs of a text and the candidates in them, in order.

    Attributes
    ----------
    begins, ends : numpy.ndarray
        The runs as ranges of words.
    first, last : numpy.ndarray
        The candidates likewise.
    run : numpy.ndarray
        Which run a candidate is in.
    name : list of str
        The listed name that a candidate is, or "".
    """

    begins: Numbers
    ends: Numbers
    first: Numbers
    last: Numbers
    run: Numbers
    name: list[str]

    def __len__(self) -> int:
        """Give how many candidates there are."""
        return len(self.name)

    def only(self, kept: Numbers) -> Found:
        """Give these candidates alone, by their numbers."""
        names = [self.name[number] for number in kept.tolist()]
        return replace(self, first=self.first[kept], last=self.last[kept], run=self.run[kept], name=names)


def listed_names(text: str, index: Stack) -> Listed:
    """Give the listed names in a text (in normal form)."""
    titled = title_case(text)
    names: dict[Span, str] = {}
    starts = []
    for start, end in beginnings(text):
        starts.append(start)
        found = names_at(text, start, index)
        if titled[start:end] != text[start:end]:
            found += names_at(titled, start, index)
        for name in found:
            names.setdefault((start, start + len(name)), name)
    return Listed(names, frozenset(starts))


def candidates(words: Words, listed: Mapping[Span, str], beginnings: frozenset[int]) -> Found:
    """Give the candidates of a text: listed names, and other spans of capitals that stand side by side.

    Parameters
    ----------
    words : Words
    listed : mapping of (int, int) to str
        Listed names by their offsets.
    beginnings : frozenset of int
        The offsets of the words at which a name may begin.
    """
    import numpy as np  # noqa: PLC0415 - an open index has loaded it

    names = _by_words(words, listed)
    barred = {
        place for place in words.capitals if words.starts[place] not in beginnings and words.words[place][0].isupper()
    }
    reach: dict[int, int] = {}
    for begin, end in names:
        reach[begin] = max(end, reach.get(begin, 0))
    begins, ends = np.array(runs(words, barred, reach), dtype=np.intp).reshape(-1, 2).T
    # Which name is listed for so many words from a word on, by its number, -1 for none.
    own = np.full((len(words.words) + 1, LONGEST_SPAN + 1), -1, dtype=np.intp)
    short = [(begin, end - begin, number) for number, (begin, end) in enumerate(names) if end - begin <= LONGEST_SPAN]
    own[[begin for begin, _, _ in short], [size for _, size, _ in short]] = [number for _, _, number in short]
    capital = np.zeros(len(words.words), dtype=bool)
    capital[words.capitals] = True
    sizes = ends - begins
    run_of = np.repeat(np.arange(len(begins)), sizes)
    heads = np.arange(len(run_of)) + np.repeat(begins - (np.cumsum(sizes) - sizes), sizes)
    inner = np.zeros(len(words.words), dtype=bool)
    inner[heads] = [words.words[head] in LINKS for head in heads.tolist()]
    lasts = heads[:, None] + np.arange(1, LONGEST_SPAN + 1)
    within = lasts <= ends[run_of][:, None]
    spelt = capital[heads][:, None] & ~inner[np.minimum(lasts, len(inner)) - 1]
    place, size = (within & (spelt | (own[heads, 1:] >= 0))).nonzero()
    first = heads[place]
    listed_names = [*names.values(), ""]
    found = [listed_names[number] for number in own[first, size + 1].tolist()]
    return Found(begins, ends, first, first + size + 1, run_of[place], found)


def _by_words(words: Words, listed: Mapping[Span, str]) -> dict[Span, str]:
    """Give listed names by their words instead of their offsets: those that begin and end with a word."""
    import numpy as np  # noqa: PLC0415

    if not listed or not words.words:
        return {}
    starts, ends = np.frombuffer(words.starts, dtype=np.uint32), np.frombuffer(words.ends, dtype=np.uint32)
    offsets = np.array(list(listed), dtype=np.uint32)
    first = np.minimum(starts.searchsorted(offsets[:, 0]), len(starts) - 1)
    last = np.minimum(ends.searchsorted(offsets[:, 1]), len(ends) - 1)
    whole = (starts[first] == offsets[:, 0]) & (ends[last] == offsets[:, 1])
    spans = zip(first.tolist(), (last + 1).tolist(), strict=True)
    return {span: name for span, name, fits in zip(spans, listed.values(), whole.tolist(), strict=True) if fits}


def chances_of(found: Found, scores: Scores) -> Scores:
    """Give the probability of each candidate beside the others of its run.

    Parameters
    ----------
    found : Found
    scores : numpy.ndarray
    """
    import numpy as np  # noqa: PLC0415

    # Those without rivals are most, and done at once.
    weights = np.exp(np.minimum(np.maximum(scores, -MOST), MOST))
    likely: Scores = weights / (1.0 + weights)
    begins = (found.run[1:] != found.run[:-1]).nonzero()[0] + 1
    rivals = [(begin, end) for begin, end in pairwise([0, *begins.tolist(), len(found)]) if end - begin > 1]
    if rivals:
        offset = found.begins[found.run]
        spans = list(
            zip((found.first - offset).tolist(), (found.last - offset).tolist(), weights.tolist(), strict=True)
        )
        for begin, end in rivals:
            likely[begin:end] = chances(spans[begin:end])
    return likely
