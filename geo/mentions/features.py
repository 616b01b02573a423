"""What a candidate looks like in its text: the features that tell place names from people, weekdays and other words.

The features come in groups. Each group is a function of a few words or facts, so that its weights are added up once for all
candidates that have the same. A feature is named ``template=value``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Callable, Iterator
from collections.abc import Set as AbstractSet
from functools import cache, lru_cache
from typing import Any

from geo.gazetteer import generics
from geo.gazetteer.stack import Stack
from geo.mentions.candidates import Found
from geo.mentions.name_facts import UNLISTED, NameFacts, name_facts
from geo.mentions.rules import table
from geo.mentions.words import EDGE, Words

Features = tuple[str, ...]
_DATELINE = re.compile(r"(?:,? [\w., /]{1,30})? ?(?:\([^)]{1,30}\) ?)?-{1,2} ")
_END_OF_SENTENCE = frozenset('.!?:;"•')
_MOST_OFTEN, _MOST_LETTERS, _MOST_WORDS, _MOST_PLACES = 3, 12, 4, 9


@lru_cache(maxsize=50_000)
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
            found[word] = "given or surname" if (found.get(word), row["id"]) == ("given", "surname") else row["id"]
    for rule in generics.rules():
        if rule.kind in ("before", "after", "seat", "short-after", "short-before"):
            found |= {word: rule.id.removesuffix("-small") for word in rule.words if " " not in word}
    for row in table("organisations"):
        found = dict.fromkeys(row["words"].split("|"), row["id"]) | found
    return found


def word_class(word: str) -> str:
    """Give what kind of name a word stands in, or ""."""
    return _classes().get(word, "")


@lru_cache(maxsize=50_000)
def _look(word: str) -> tuple[str, str, str]:
    """Give a word in small letters, its shape and what kind of name it stands in."""
    return word.lower(), shape(word), word_class(word)


def before(p2: str, p1: str, opens: bool) -> Features:  # noqa: FBT001 - the groups are called by position
    """Give the features of the two words before."""
    (one, look, kind), (two, look2, kind2) = _look(p1), _look(p2)
    return (
        f"p1={one}", f"p2={two}", f"p2p1={two} {one}", f"p1~={look}", f"p2~={look2}", f"p2~p1~={look2}{look}",
        f"p1^={kind}", f"p2~p1={look2} {one}", f"p2^p1={kind2} {one}", f"opens={opens}",
    )  # fmt: skip


def after(n1: str, n2: str) -> Features:
    """Give the features of the two words after."""
    (one, look, kind), (two, look2, kind2) = _look(n1), _look(n2)
    return (
        f"n1={one}", f"n2={two}", f"n1n2={one} {two}", f"n1~={look}", f"n2~={look2}", f"n1~n2~={look}{look2}",
        f"n1^={kind}", f"n1n2^={one} {kind2}", f"n1n2~={one} {look2}",
    )  # fmt: skip


def own(printed: Features, facts: NameFacts) -> Features:
    """Give the features of the name itself: its words, and what the gazetteer says of it."""
    first, last, size = printed[0], printed[-1], min(_MOST_WORDS, len(printed))
    shapes = "".join(map(shape, printed))
    letters = min(_MOST_LETTERS, sum(map(len, printed)) + len(printed) - 1)
    kind, (opening, _, begin), (ending, _, end) = facts.sort, _look(first), _look(last)
    return (
        f"first={opening}", f"last={ending}", f"first^={begin}", f"last^={end}", f"first^last^={begin} {end}",
        f"sort+first^={kind} {begin}", f"sort+last^={kind} {end}", f"shapes={shapes}", f"sort+shapes={kind} {shapes}",
        f"words={size}", f"sort+words={kind} {size}", f"last^words={end} {size}",
        f"letters={letters}", f"sort+letters={kind} {letters}", f"ending3={last[-3:].lower()}", f"ending2={last[-2:].lower()}",
        f"sort={kind}", f"magnitude={facts.magnitude}", f"sort+magnitude={kind} {facts.magnitude}",
        f"places={min(_MOST_PLACES, facts.places)}", f"fame={facts.fame}", f"sort+fame={kind} {facts.fame}",
        f"primary={facts.primary}", f"dominant={facts.dominant}", f"listed={facts.listed}",
        f"primary+dominant+fame={facts.primary} {facts.dominant} {facts.fame}",
    )  # fmt: skip


def pairing(kind: str, p1: str, n1: str, opens: bool, small: bool) -> Features:  # noqa: FBT001
    """Give the features of what a name is together with the words on both sides."""
    (one, look, class1), (next_, look2, class2) = _look(p1), _look(n1)
    return (
        f"kind+p1~={kind} {look}", f"kind+n1~={kind} {look2}", f"p1~n1~={look}{look2}", f"kind+p1~n1~={kind} {look}{look2}",
        f"kind+p1={kind} {one}", f"kind+n1={kind} {next_}", f"kind+p1^={kind} {class1}",
        f"kind+n1^={kind} {class2}", f"p1n1={one} {next_}", f"p1n1^={one} {class2}",
        f"p1^n1^={class1} {class2}",
        f"kind+opens={kind} {opens}", f"small={small}", f"kind+small={kind} {small}",
    )  # fmt: skip


def standing(
    kind: str,
    uses: tuple[int, int, int],
    beside: tuple[str, str, str],
    alone: bool,  # noqa: FBT001
    dateline: bool,  # noqa: FBT001
) -> Features:
    """Give the features of how a name is used in the text, and of the listed names around it in its run.

    Parameters
    ----------
    kind : str
    uses : tuple of int
        How often it stands in the text; in how many thirds of that behind another capital, and before one.
    beside : tuple of str
        What the listed name is that holds it, that ends where it begins, that begins where it ends; "no" for an unlisted word.
    alone : bool
        Whether it is a run of its own.
    dateline : bool
    """
    often, tail, head = uses
    longer, left, right = beside
    found = (
        f"often={often}", f"tail={tail}", f"head={head}", f"kind+tail={kind} {tail}", f"kind+head={kind} {head}",
        f"longer={longer}", f"kind+longer={kind} {longer}", f"left={left}", f"right={right}", f"left+right={left} {right}",
        f"kind+left={kind} {left}", f"kind+right={kind} {right}",
        f"alone={alone}", f"kind+alone={kind} {alone}", f"alone+often={alone} {often}",
    )  # fmt: skip
    return (*found, "dateline=True") if dateline else found


GROUPS: tuple[Callable[..., Features], ...] = (before, after, own, pairing, standing)
View = tuple[tuple[Any, ...], ...]


def views(text: str, words: Words, found: Found, index: Stack, line_starts: frozenset[int]) -> Iterator[View]:
    """Give, for each candidate, the arguments of each of the groups.

    Parameters
    ----------
    text : str
        In normal form.
    words : Words
    found : Found
    index : Stack
    line_starts : frozenset of int
        The offsets at which a line of the report begins.
    """
    printed = [tuple(words.words[c.first : c.last]) for c in found.candidates]
    facts = [name_facts(index, c.name) if c.name else UNLISTED for c in found.candidates]
    opening = _opening(words, found, line_starts)
    uses = _uses(words, found, printed, opening)
    ending, beginning = _around(found, facts)
    longer = _longer(found, facts)
    # Two marks on each side: word n has the place n + 2.
    marked, all_words = [EDGE, EDGE, *words.words, EDGE, EDGE], set(words.words)
    previous = -1
    for (first, last, run, _), name, fact in zip(found.candidates, printed, facts, strict=True):
        if first != previous:
            previous = first
            begin, end = found.runs[run]
            p1, opens = marked[first + 1], first in opening
            ahead = marked[first], p1, opens
            lower = name[0].lower()
            small = lower in all_words and lower.islower()
            left = ending.get(first, "no") if first > begin else ""
            leads = words.starts[first] in line_starts
        kind = fact.sort if fact is not UNLISTED else _unlisted_kind(name[-1])
        n1 = marked[last + 2]
        yield (
            ahead,
            (n1, marked[last + 3]),
            (name, fact),
            (kind, p1, n1, opens, small),
            (
                kind,
                uses[name],
                (longer.get((first, last), ""), left, beginning.get(last, "no") if last < end else ""),
                first == begin and last == end,
                leads and _is_dateline(text, words.starts[first], words.ends[last - 1]),
            ),
        )


@lru_cache(maxsize=50_000)
def _unlisted_kind(last: str) -> str:
    """Give what a name that nobody listed is by its last word."""
    return f"none {word_class(last)}"


def _opening(words: Words, found: Found, line_starts: frozenset[int]) -> set[int]:
    """Give the words of runs that open a sentence or a line."""
    return {
        place
        for begin, end in found.runs
        for place in range(begin, end)
        if place == 0 or words.words[place - 1] in _END_OF_SENTENCE or words.starts[place] in line_starts
    }


def _uses(
    words: Words, found: Found, printed: list[Features], opening: AbstractSet[int]
) -> dict[Features, tuple[int, int, int]]:
    """Give how often each name stands in the text, and in how many thirds of that behind and before another capital."""
    behind, before = _beside_capitals(words, found, opening)
    often = Counter(printed)
    tails = Counter([name for (first, _, _, _), name in zip(found.candidates, printed, strict=True) if first in behind])
    heads = Counter([name for (_, last, _, _), name in zip(found.candidates, printed, strict=True) if last in before])
    return {
        name: (min(_MOST_OFTEN, count), round(3 * tails[name] / count), round(3 * heads[name] / count))
        for name, count in often.items()
    }


def _beside_capitals(words: Words, found: Found, opening: AbstractSet[int]) -> tuple[set[int], set[int]]:
    """Give the words of runs behind a capital that opens no sentence, and the ends of names before a capital."""
    behind, before = set(), set()
    for begin, end in found.runs:
        for place in range(begin, end):
            if shape(words.words[place]) in ("T", "I"):
                before.add(place)
                if place not in opening and words.words[place][-1] != "." and place + 1 < end:
                    behind.add(place + 1)
        before.discard(begin)
    return behind, before


def _around(found: Found, facts: list[NameFacts]) -> tuple[dict[int, str], dict[int, str]]:
    """Give what the longest listed names are: of those up to a word, and of those from a word on."""
    ending: dict[int, str] = {}
    beginning: dict[int, str] = {}
    for (first, last, _, name), fact in zip(found.candidates, facts, strict=True):
        if name:
            ending.setdefault(last, fact.sort)
            beginning[first] = fact.sort
    return ending, beginning


def _longer(found: Found, facts: list[NameFacts]) -> dict[tuple[int, int], str]:
    """Give, for the candidates inside of a longer listed name, what the longest of these is."""
    listed: dict[int, list[tuple[int, int, int, str]]] = {}
    for (first, last, run, name), fact in zip(found.candidates, facts, strict=True):
        if name and last - first > 1:
            listed.setdefault(run, []).append((last - first, first, last, fact.sort))
    longer = {}
    for first, last, run, _ in found.candidates if listed else ():
        if run in listed:
            holding = [
                (size, sort)
                for size, begin, end, sort in listed[run]
                if begin <= first and last <= end and size > last - first
            ]
            if holding:
                longer[first, last] = max(holding)[1]
    return longer


def _is_dateline(text: str, start: int, end: int) -> bool:
    """Tell whether a name that opens a line is in capitals with a dash soon after it: "DAKAR, June 12 -"."""
    return text[start:end].isupper() and bool(_DATELINE.match(text, end))
