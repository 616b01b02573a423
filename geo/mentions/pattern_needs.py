"""What a text must hold for a pattern to match, and how a match may begin: read from the parsed pattern, in lower case.

What cannot be told is told as "anything".
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import product
from re import _constants as op  # type: ignore[attr-defined]  # the parser that `re` itself uses
from re import _parser  # type: ignore[attr-defined]
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Collection

Item = tuple[Any, Any]

_WORD = re.compile(r"(?<=[\W\d_])[^\W\d_]+(?=[\W\d_])")
# A letter never stands for something else: this marks the edge of a word.
_EDGE = "\0"
_ONLY_EDGE = frozenset({_EDGE})
_ANY = "\U0010ffff"
_MOST_STRINGS = 300
_MOST_LETTERS = 8
# Words of nearly every sentence: as a condition they save nothing.
_COMMON = frozenset(("a", "an", "and", "as", "at", "by", "for", "from", "had", "has", "have", "in", "is", "it", "its"))
_COMMON |= {
    "of",
    "on",
    "or",
    "that",
    "the",
    "their",
    "they",
    "this",
    "to",
    "was",
    "were",
    "what",
    "which",
    "who",
    "with",
}
# What the parts of the pattern that is being read stand for: each part is asked for from every side.
_KNOWN: dict[int, tuple[Item, frozenset[str] | None]] = {}
_REPEATS = (op.MAX_REPEAT, op.MIN_REPEAT, op.POSSESSIVE_REPEAT)


@lru_cache(maxsize=1)
def _parsed(pattern: str) -> list[Item]:
    _KNOWN.clear()
    return list(_parser.parse(pattern, re.IGNORECASE))


@cache
def needs(pattern: str) -> tuple[frozenset[str], ...]:
    r"""Give sets of words, of each of which a text must have one for a pattern to match.

    Examples
    --------
    >>> [sorted(need) for need in needs(r"\b(?:shells?|rockets) (?:hit|struck) \w+")]
    [['hit', 'struck'], ['rockets', 'shell', 'shells']]
    >>> needs(r"\bshell\w*")
    ()
    """
    found = _needs(_parsed(pattern))
    return tuple(sorted(found, key=lambda need: (len(need), sorted(need))))


def _needs(items: list[Item], left: str = "", right: str = "") -> list[frozenset[str]]:
    """Give the needs of a sequence; ``left`` and ``right`` are edges of words where the pattern has them beside it."""
    found: list[frozenset[str]] = []
    run = frozenset({left})
    for number, item in enumerate(items):
        strings = _strings(item)
        if strings == _ONLY_EDGE:
            found += _of_run({one + _EDGE for one in run})
            run = frozenset({_EDGE})
            continue
        if strings is not None and len(run) * len(strings) <= _MOST_STRINGS:
            run = frozenset(before + after for before in run for after in strings)
            continue
        edge = _edge(items[number:], right)
        found += _of_run({one + edge for one in run})
        before = _EDGE if all(one and not one[-1].isalpha() for one in run) else ""
        if strings is None:
            found += _inside(item, before, _edge(items[number + 1 :], right))
            run = frozenset({_EDGE if _ends_apart(item, before) else ""})
        else:
            run = frozenset({before + one for one in strings})
    return found + _of_run({one + right for one in run})


def _ends_apart(item: Item, before: str) -> bool:
    """Tell whether an open part ends with no letter, or is empty where no letter stands before it."""
    kind, value = item
    if kind is op.SUBPATTERN:
        inner = list(value[3])
    elif kind in _REPEATS and (value[0] or before):
        inner = list(value[2])
    else:
        return False
    if not inner:
        return False
    last = _strings(inner[-1])
    if last is None:
        return _ends_apart(inner[-1], "")
    return all(one and not one[-1].isalpha() for one in last)


def _edge(items: list[Item], right: str) -> str:
    """Give an edge where what follows begins with no letter."""
    if items and _strings(items[0]) == _ONLY_EDGE:
        return _EDGE
    following = _leads(items, 1)
    apart = all(one[0] != _ANY and not one[0].isalpha() for one in following if one)
    return _EDGE if apart and ("" not in following or right) else ""


def _weakness(need: frozenset[str]) -> tuple[bool, int]:
    """Give how little a need tells: words of every sentence last, then many words."""
    return not need.isdisjoint(_COMMON), len(need)


def _of_run(strings: Collection[str]) -> list[frozenset[str]]:
    inner = [_WORD.findall(one) for one in strings]
    return (
        [frozenset(max(some, key=lambda word: (word not in _COMMON, len(word))) for some in inner)]
        if all(inner)
        else []
    )


def _inside(item: Item, left: str, right: str) -> list[frozenset[str]]:
    """Give the needs within a part of a pattern that stands for endlessly many strings."""
    kind, value = item
    if kind is op.SUBPATTERN:
        return _needs(list(value[3]), left, right)
    if kind in _REPEATS and value[0]:
        return _needs(list(value[2]))
    if kind is op.BRANCH:
        each = [_needs(list(branch), left, right) for branch in value[1]]
        return [frozenset().union(*(min(some, key=_weakness) for some in each))] if all(each) else []
    return []


def _strings(item: Item) -> frozenset[str] | None:
    """Give all strings that a part of a pattern stands for, one mark for all that is no letter; None for too many."""
    known = _KNOWN.get(id(item))
    if known is None or known[0] is not item:
        known = _KNOWN[id(item)] = item, _all_strings(item)
    return known[1]


def _all_strings(item: Item) -> frozenset[str] | None:
    kind, value = item
    if kind is op.LITERAL:
        return frozenset({_fold(chr(value))})
    if kind is op.IN:
        return _class(value)
    if kind is op.BRANCH:
        each = [_sequence(list(branch)) for branch in value[1]]
        return None if any(one is None for one in each) else frozenset().union(*each)  # type: ignore[arg-type]
    if kind is op.SUBPATTERN:
        return _sequence(list(value[3]))
    if kind in _REPEATS:
        return _repeat(*value)
    return _zero_width(kind, value)


def _sequence(items: list[Item]) -> frozenset[str] | None:
    all_of = frozenset({""})
    for item in items:
        strings = _strings(item)
        if strings is None or len(all_of) * len(strings) > _MOST_STRINGS:
            return None
        all_of = frozenset(left + right for left, right in product(all_of, strings))
    return all_of


def _repeat(least: int, most: int, body: Any) -> frozenset[str] | None:
    strings = _sequence(list(body))
    if strings is None or (most > 1 and any(letter.isalpha() for one in strings for letter in one)):
        return None
    return strings if least else strings | {""}


def _class(members: list[Item]) -> frozenset[str] | None:
    letters: set[str] = set()
    for kind, value in members:
        if kind is op.LITERAL:
            letters.add(_fold(chr(value)))
        elif kind is op.RANGE and value[1] - value[0] < _MOST_LETTERS * 3:
            letters.update(_fold(chr(code)) for code in range(value[0], value[1] + 1))
        elif kind is op.CATEGORY and value in {op.CATEGORY_DIGIT, op.CATEGORY_SPACE}:
            letters.add(_EDGE)
        else:
            return None
    return frozenset(letters) if len(letters) <= _MOST_LETTERS else None


def _zero_width(kind: Any, value: Any) -> frozenset[str] | None:
    if kind is op.AT:
        return frozenset({"" if value is op.AT_NON_BOUNDARY else _EDGE})
    if kind not in {op.ASSERT, op.ASSERT_NOT}:
        return None
    strings = _sequence(list(value[1]))
    if kind is op.ASSERT_NOT:
        is_word = list(value[1]) == [(op.IN, [(op.CATEGORY, op.CATEGORY_WORD)])]
        return frozenset({_EDGE if is_word else ""})
    side = 0 if value[0] > 0 else -1
    return frozenset({_EDGE if strings and all(one and not one[side].isalpha() for one in strings) else ""})


def _fold(letter: str) -> str:
    return letter.lower() if letter.isalpha() else _EDGE


def expansions(pattern: str) -> frozenset[str]:
    """Give the wordings that a pattern of plain words stands for, in lower case; none where it is open.

    Examples
    --------
    >>> sorted(expansions("(?:town|village)s?|port cit(?:y|ies)"))
    ['port cities', 'port city', 'town', 'towns', 'village', 'villages']
    """
    strings = _sequence(_parsed(pattern)) or frozenset()
    return frozenset(one.replace(_EDGE, " ") for one in strings)


@cache
def leads(pattern: str, length: int) -> frozenset[str]:
    r"""Give the letters with which a match of a pattern may begin, at most so many; fewer where it is open how it goes on.

    Examples
    --------
    >>> sorted(leads(r"shells? hit|a (?:big|small) \w+|mine\w*", 5))
    ['a big', 'a sma', 'mine', 'shell']
    """
    found = _leads(_parsed(pattern), length)
    return frozenset(one.removesuffix(_ANY) for one in found)


def _leads(items: list[Item], length: int) -> frozenset[str]:
    found = frozenset({""})
    for item in items:
        done = {one for one in found if len(one) >= length or one.endswith(_ANY)}
        going = found - done
        if not going:
            break
        following = _lead(item, length)
        found = frozenset(done | {(left + right)[:length] for left in going for right in following})
    return found


def _lead(item: Item, length: int) -> frozenset[str]:
    kind, value = item
    if kind is op.LITERAL:
        return frozenset({chr(value).lower()})
    if kind is op.IN:
        return _letters(value)
    if kind is op.BRANCH:
        return frozenset().union(*(_leads(list(branch), length) for branch in value[1]))
    if kind is op.SUBPATTERN:
        return _leads(list(value[3]), length)
    if kind in _REPEATS:
        once = _leads(list(value[2]), length)
        again = once if value[1] == 1 else frozenset(one if one.endswith(_ANY) else one + _ANY for one in once)
        return again if value[0] else again | {""}
    return frozenset({"" if kind in {op.AT, op.ASSERT, op.ASSERT_NOT} else _ANY})


def _letters(members: list[Item]) -> frozenset[str]:
    if members == [(op.CATEGORY, op.CATEGORY_DIGIT)]:
        return frozenset("0123456789")
    if any(kind not in {op.LITERAL, op.RANGE} for kind, _ in members):
        return frozenset({_ANY})
    ranges = [(value, value) if kind is op.LITERAL else value for kind, value in members]
    if sum(last - first for first, last in ranges) > _MOST_LETTERS * 3:
        return frozenset({_ANY})
    return frozenset(chr(code).lower() for first, last in ranges for code in range(first, last + 1))
