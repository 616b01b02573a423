"""Which kinds of events a sentence reports, and where in it."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import TYPE_CHECKING, TypeVar

from geo.mentions.masks import MACROS
from geo.mentions.pattern_needs import needs
from geo.mentions.rules import Row, fill, filled, rows, words
from geo.mentions.triggers import Starts, for_lower_case, in_lower_case, lower, may_match, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.mentions.casualties import Loss

_LOOK_BACK = 60
Told = TypeVar("Told", "Event", "Loss")
_SURE: frozenset[str] = frozenset()
_CAPTURES = re.compile(r"\((?!\?)|\(\?P<")


@dataclass(frozen=True, slots=True)
class Event:
    """A kind of event and the words that name it, offsets from the start of the text that was read.

    ``unless`` are kinds that keep the words from telling this one where they are told of the same place (an attack is then that
    shelling itself), ``unless_report`` those that do so wherever the report tells them.
    """

    kind: str
    start: int
    end: int
    rule: str
    unless: frozenset[str] = frozenset()
    unless_report: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class _Words:
    """A row of events.csv: its pattern, and the kinds that it tells, the doubtful ones with what keeps it from telling them."""

    rule: str
    pattern: str
    kinds: tuple[tuple[str, frozenset[str], frozenset[str]], ...]


@dataclass(frozen=True, slots=True)
class _Lexicon:
    words: tuple[_Words, ...]
    starts: Starts
    unreal: re.Pattern[str]
    unreal_needs: tuple[frozenset[str], ...]
    aim: re.Pattern[str]
    infinitive: re.Pattern[str]
    clause: re.Pattern[str]
    carry: re.Pattern[str]
    peaceable: frozenset[str]
    context: frozenset[str]


@cache
def _lexicon(lang: str) -> _Lexicon:
    table, lists = rows("events", lang), words(lang)
    listed = tuple(_words(row, filled(row, lists)) for row in table)
    unreal = rf"(?<!\w)(?:{lists['NEGATION']}(?! only)(?: \w+){{0,2}}|{lists['IRREALIS']}) \Z"
    return _Lexicon(
        words=listed,
        starts=Starts([one.pattern for one in listed]),
        unreal=re.compile(in_lower_case(unreal)),
        unreal_needs=needs(unreal),
        aim=re.compile(rf"(?<!\w)(?:(?P<achieved>{lists['ACHIEVED']}) (?:\w+ )?)?to \Z"),
        infinitive=re.compile(lists["INFINITIVE"]),
        clause=for_lower_case(lists["CLAUSE"]),
        carry=for_lower_case(rf"(?<!\w){lists['CARRY']}(?!\w)"),
        peaceable=frozenset(lists["PEACEABLE"].removeprefix("(?:").removesuffix(")").split("|")),
        context=frozenset(lists["CONTEXT"].removeprefix("(?:").removesuffix(")").split("|")),
    )


def _words(row: Row, pattern: str) -> _Words:
    if _CAPTURES.search(pattern) or pattern != pattern.lower():
        raise row.fault("the pattern must be in lower case and without groups that capture; write (?:…)")
    unless, report = (frozenset(row[column].split("|")) - {""} for column in ("unless", "unless_report"))
    kinds = tuple(
        (one.removesuffix("?"), unless if one[-1] == "?" else _SURE, report if one[-1] == "?" else _SURE)
        for one in row["event"].split()
    )
    return _Words(row["id"], pattern, kinds)


def events(text: str, lang: str) -> list[Event]:
    """Find the events that a sentence reports.

    What it negates ("no casualties") or only wishes or fears ("called for the withdrawal", "to attack") is left out.

    Examples
    --------
    >>> [event.kind for event in events("No one was hurt when shells landed in the harbour, but a fire broke out.", "en")]
    ['shelling', 'fire']
    """
    lexicon = _lexicon(lang)
    found, done = [], 0
    lowered = lower(text)
    inside = words_of(lowered)
    doubtful = may_match(lexicon.unreal_needs, inside)
    for start, numbers in lexicon.starts.within(lowered):
        for number in numbers if start >= done else ():
            words_told = lexicon.words[number]
            match = _compiled(words_told.pattern).match(lowered, start)
            if match:
                done = match.end()
                if not (doubtful and _is_unreal(lexicon, lowered, match)) and not _is_aim(lexicon, lowered, match):
                    found += [
                        Event(kind, start, done, words_told.rule, *doubts)
                        for kind, *doubts in words_told.kinds
                        if kind != "none"
                    ]
                break
    return found


@cache
def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?:{pattern})(?!\w)")


def _is_unreal(lexicon: _Lexicon, text: str, match: re.Match[str]) -> bool:
    """Tell whether an event is denied, feared or demanded."""
    return bool(lexicon.unreal.search(text, max(0, match.start() - _LOOK_BACK), match.start()))


def _is_aim(lexicon: _Lexicon, text: str, match: re.Match[str]) -> bool:
    """Tell whether an event is only aimed at ("tried to capture")."""
    if not text.endswith("to ", 0, match.start()) or not lexicon.infinitive.fullmatch(match[0]):
        return False
    aim = lexicon.aim.search(text, max(0, match.start() - _LOOK_BACK), match.start())
    return aim is not None and not aim["achieved"]


@lru_cache(maxsize=256)
def clauses(text: str, lang: str) -> list[tuple[int, int]]:
    """Split a sentence in lower case where another clause begins ("while", "but", "after")."""
    cuts = [0, *(found.start() for found in _lexicon(lang).clause.finditer(text) if found.start()), len(text)]
    return list(pairwise(cuts))


def carries_on(text: str, lang: str) -> bool:
    """Tell whether a sentence in lower case without an event of its own goes on about the last one ("also", "too")."""
    return bool(_lexicon(lang).carry.search(text))


@cache
def _naming(lang: str) -> tuple[re.Pattern[str], re.Pattern[str]]:
    lists = {**words(lang), **MACROS}
    return tuple(for_lower_case(fill(lists[one], lists)) for one in ("NAMING", "NAME-FOR"))  # type: ignore[return-value]


def only_named(described: str, lang: str, *, quiet: bool) -> frozenset[int] | None:
    """Give the offsets of the places that a sentence (in lower case, as `describe` has it) names only: nothing happened there.

    ``quiet`` tells that the sentence reports no event: then "X is called Y" says nothing else, and None stands for all.
    """
    naming, name_for = _naming(lang)
    inside = words_of(described)
    if quiet and may_match(needs(naming.pattern), inside) and naming.search(described):
        return None
    if not may_match(needs(name_for.pattern), inside):
        return frozenset()
    return frozenset(found.start("t") for found in name_for.finditer(described))


def is_context(event: Event, lang: str) -> bool:
    """Tell whether an event may well be told of somewhere else than the sentence before it."""
    return event.kind in _lexicon(lang).context


def is_quiet(found: list[Event], start: int, end: int, lang: str) -> bool:
    """Tell whether no violence or disaster is named between two offsets."""
    peaceable = _lexicon(lang).peaceable
    return all(event.kind in peaceable or not start <= event.start < end for event in found)


def at_sites(
    found: Sequence[Told], sites: list[int], others: list[int], lang: str, text: str
) -> Iterator[tuple[int, list[Told]]]:
    """Share the events of a sentence out among the offsets of its sites.

    A site has the events of its clause; those of a clause without any place belong to all.
    """
    spans = clauses(text, lang)
    own = {
        place: next((span for span in spans if span[0] <= place < span[1]), (0, len(text)))
        for place in [*sites, *others]
    }
    inhabited = set(own.values())
    free: list[Told] = [one for one in found if not any(start <= one.start < end for start, end in inhabited)]
    for site in sites:
        start, end = own[site]
        here: list[Told] = [one for one in found if start <= one.start < end]
        if not here and text.startswith(" and ", start):
            # "The outbreak began in Arden and has reached Belmont": the subject goes on.
            before = next((span for span in spans if span[1] == start), own[site])
            here = [one for one in found if before[0] <= one.start < before[1]]
        yield site, sorted(here + free, key=lambda one: one.start)
