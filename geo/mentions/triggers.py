"""Which patterns a text may match, and where: it saves most searches, and the rules stay data."""

from __future__ import annotations

import re
from functools import cache, cached_property, lru_cache
from typing import TYPE_CHECKING

from geo.mentions.pattern_needs import leads, needs

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence


_LETTERS = re.compile(r"[^\W\d_]+")
# Letters of other alphabets and extensions of Latin; most texts have none of them, and their words are split off quickly.
_WIDE = re.compile(r"[\u0100-\u1fff\u2070-\u218f\u2460-\udfff\uf900-\U0010ffff]")
_NARROW = bytes(code if _LETTERS.match(chr(code)) else ord(" ") for code in range(256))
# A letter to write small; those of groups and of classes of letters are none.
_CAPITAL = re.compile(r"\\.|\(\?P|[A-ZÀ-ÖØ-Þ]")
_WORD_START = r"[\w\ue000-\uf8ff]"
_LONGEST_LEAD = 6
_SHORT_LEAD = 3
_WORD_EDGES = (r"\b", r"(?<!\w)")
_MOST_KNOWN = 20_000


def lower(text: str) -> str:
    """Give a text in lower case and as long as it was."""
    lowered = text.lower()
    return (
        lowered if len(lowered) == len(text) else "".join(low if len(low := one.lower()) == 1 else one for one in text)
    )


@lru_cache(maxsize=256)
def words_of(text: str) -> frozenset[str]:
    """Give the runs of letters of a text, in lower case, against which `needs` are held; each sentence is asked often."""
    lowered = lower(text)
    if _WIDE.search(lowered):
        return frozenset(_LETTERS.findall(lowered))
    return frozenset(lowered.encode("latin-1", "replace").translate(_NARROW).decode("latin-1").split())


def may_match(needed: tuple[frozenset[str], ...], words: frozenset[str]) -> bool:
    """Tell whether a text with these words may match a pattern that needs those."""
    return not any(map(words.isdisjoint, needed))


class Triggers:
    """Which of some patterns a text may match, by its words."""

    def __init__(self, patterns: Sequence[str]) -> None:
        all_needs = [needs(pattern) for pattern in patterns]
        self._always = [number for number, needed in enumerate(all_needs) if not needed]
        # A word of the last need asks for the pattern, whose other needs are then held against the text.
        self._others = [needed[:-1] for needed in all_needs]
        self._by_word: dict[str, list[int]] = {}
        for number, needed in enumerate(all_needs):
            for word in needed[-1] if needed else ():
                self._by_word.setdefault(word, []).append(number)
        self._words = frozenset(self._by_word)

    def within(self, words: frozenset[str]) -> list[int]:
        """Give the numbers of the patterns that a text with these words may match, in their order."""
        asking = words & self._words
        if not asking:
            return self._always
        asked: set[int] = set()
        for word in asking:
            asked.update(self._by_word[word])
        others = self._others
        return sorted([*self._always, *[one for one in asked if not others[one] or may_match(others[one], words)]])


class Starts:
    """Which of some patterns may match where: at words that begin as one of their `leads` does, or after an ``opening``."""

    def __init__(self, patterns: Sequence[str], opening: str = "") -> None:
        self._by_lead: dict[str, tuple[int, ...]] = {}
        for number, pattern in enumerate(patterns):
            for lead in leads(pattern, _LONGEST_LEAD):
                self._by_lead[lead] = (*self._by_lead.get(lead, ()), number)
        self._lengths = sorted({len(lead) for lead in self._by_lead})
        self._known: dict[str, tuple[int, ...]] = {}
        self._first = re.compile(rf"(?<!\w)(?={opening}{_any_of(self._by_lead) or _WORD_START})")

    def within(self, lowered: str) -> Iterator[tuple[int, tuple[int, ...]]]:
        """Give the offsets of a text in lower case where a pattern may match, with the numbers of those patterns."""
        for first in self._first.finditer(lowered):
            yield first.start(), self.at(lowered, first.start())

    def at(self, lowered: str, offset: int) -> tuple[int, ...]:
        """Give the numbers of the patterns that may match at an offset, in their order."""
        start = lowered[offset : offset + _LONGEST_LEAD]
        known = self._known.get(start)
        if known is None:
            if len(self._known) >= _MOST_KNOWN:
                self._known.clear()
            found = {number for length in self._lengths for number in self._by_lead.get(start[:length], ())}
            known = self._known[start] = tuple(sorted(found))
        return known


def _any_of(strings: Collection[str]) -> str:
    """Give a pattern for what begins as one of some strings does, letter by letter: it is tried once and not string by string."""
    if "" in strings:
        return ""
    following: dict[str, set[str]] = {}
    for one in strings:
        following.setdefault(one[0], set()).add(one[1:])
    last = "".join(re.escape(letter) for letter, more in sorted(following.items()) if "" in more)
    parts = [re.escape(letter) + _any_of(more) for letter, more in sorted(following.items()) if "" not in more]
    parts += [f"[{last}]"] if last else []
    return parts[0] if len(parts) == 1 else f"(?:{'|'.join(parts)})"


@cache
def compiled(pattern: str) -> re.Pattern[str]:
    """Compile a rule when a sentence first needs it; where it begins with a word, the word's first letters are tried first."""
    edge = next((one for one in _WORD_EDGES if pattern.startswith(one)), "")
    return re.compile(f"{edge}{beginning(pattern)}{pattern}" if edge else pattern, re.IGNORECASE)


@cache
def for_lower_case(pattern: str) -> re.Pattern[str]:
    """Compile a rule, when it is first needed, for texts in lower case: it is quicker there, and sooner compiled."""
    return re.compile(in_lower_case(pattern))


class LazyPattern:
    """A pattern in any case that is compiled when it is first needed."""

    def __init__(self, pattern: str) -> None:
        self.pattern = pattern

    @cached_property
    def compiled(self) -> re.Pattern[str]:
        """Give it compiled."""
        return re.compile(self.pattern, re.IGNORECASE)


def in_lower_case(pattern: str) -> str:
    r"""Give a pattern that matches a text in lower case wherever the pattern matches the text in any case.

    Examples
    --------
    >>> in_lower_case(r"(?P<who>WHO|W\.H\.O\.)(?!\w|\W)")
    '(?P<who>who|w\\.h\\.o\\.)(?!\\w|\\W)'
    """
    return _CAPITAL.sub(lambda found: found[0] if found[0][0] in "\\(" else found[0].lower(), pattern)


def beginning(pattern: str) -> str:
    """Give a look-ahead for the first letters of a pattern, "" where these are open: most offsets are left at once."""
    return f"(?={found})" if (found := _any_of(leads(pattern, _SHORT_LEAD))) else ""
