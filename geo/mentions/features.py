"""What a hit looks like in its text: the features that tell place names from people, weekdays and other words."""

from __future__ import annotations

import math
import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from geo.gazetteer.stack import Stack
from geo.mentions.hints import type_hint
from geo.mentions.scan import Hit

_TOKEN = re.compile(r"\w+(?:'\w+)?|[^\w\s]")
_HEADLINE = re.compile(r"(?<!\w)[^\W\d_a-z]{2,}(?:[^\w\n]{1,2}[^\W\d_a-z]+){2,}(?!\w)")
_DATELINE = re.compile(r"(?:,? [\w., /]{1,30})? ?(?:\([^)]{1,30}\) ?)?-{1,2} ")
_EDGE = "<>"
DOMINANCE = 10
_FEATURE_RANK = {
    "PCL": "country", "ADM1": "first", "ADM": "division", "PPLC": "capital", "PPL": "town", "RGN": "region", "CONT": "region",
}  # fmt: skip
_END_OF_SENTENCE = frozenset('.!?:;"•')
_LOCATIVES = frozenset((
    "in", "at", "near", "from", "to", "towards", "toward", "into", "outside", "around", "through", "via",
    "across", "of", "reached", "entered", "left", "leaving", "between", "and", "fled", "shelled", "hit",
    "struck", "captured", "seized", "retook", "bombed", "attacked", "besieged",
))  # fmt: skip


@dataclass(frozen=True, slots=True)
class NameFacts:
    """What the gazetteer says of a spelling.

    Attributes
    ----------
    sort : str
        What the largest place of this name is.
    magnitude : int
        The order of magnitude of its population.
    fame : int
        How many names the best-known place of this name has, as a power of two.
    primary : bool
        Whether the spelling is its own name rather than an alternate one.
    dominant : bool
        Whether it is ten times as large as the next place of this name.
    places : int
        How many places have this name.
    listed : bool
        Whether a table, and not only a package, has the name.
    """

    sort: str
    magnitude: int = 0
    fame: int = 0
    primary: bool = False
    dominant: bool = False
    places: int = 0
    listed: bool = False


@lru_cache(maxsize=100_000)
def name_facts(index: Stack, name: str) -> NameFacts:
    """Give the facts of a name, by the places that it reaches."""
    readings = sorted((-index.population(place), place, kind) for place, kind in index.readings(name))
    if not readings:
        return NameFacts("none")
    kinds = {kind for _, _, kind in readings}
    people, _, kind = readings[0]
    codes = [index.feature(place) for _, place, _ in readings]
    capital = any(
        code == "PPLC" and DOMINANCE * other <= people for code, (other, _, _) in zip(codes, readings, strict=True)
    )
    special = next(
        (special for special in ("demonym", "abbreviation") if special in kinds), "capital" if capital else ""
    )
    return NameFacts(
        sort=special or _sort(codes[0]),
        magnitude=round(math.log10(1 - people)),
        fame=round(math.log2(1 + max(index.name_count_of(place) for _, place, _ in readings))),
        primary=kind not in ("alternate", "variant", "historical"),
        dominant=len(readings) == 1 or people <= DOMINANCE * readings[1][0],
        places=len(readings),
        listed=bool(kinds - {"primary", "alternate"}),
    )


def _sort(feature: str) -> str:
    return next((sort for prefix, sort in _FEATURE_RANK.items() if feature.startswith(prefix)), "other")


@dataclass(frozen=True, slots=True)
class Context:
    """A text (in normal form) cut into tokens, with the counts that the features ask for."""

    text: str
    tokens: list[str]
    starts: list[int]
    small: frozenset[str]
    names: Counter[str]
    after_capital: Counter[str]
    line_starts: frozenset[int]

    def token(self, position: int) -> str:
        """Give a token, or a mark for the text's edge."""
        return self.tokens[position] if 0 <= position < len(self.tokens) else _EDGE


def lowered(text: str, hits: Sequence[Hit]) -> str:
    """Give a text with its headlines in capitals as ordinary words and the hits in them as names; of the same length."""
    found = _HEADLINE.sub(
        lambda match: match.group().lower() if len(match.group().lower()) == len(match.group()) else match.group(), text
    )
    if found == text:
        return text
    pieces: list[str] = []
    done = 0
    for hit in hits:
        name = found[hit.start : hit.end]
        pieces += found[done : hit.start], name.title() if name.islower() else name
        done = hit.end
    return "".join([*pieces, found[done:]])


def context_of(text: str, hits: Sequence[Hit], line_starts: frozenset[int]) -> Context:
    """Cut a text (in normal form) into tokens and count what recurs in it.

    `line_starts` holds the offsets in the normal form at which a line of the report begins.
    """
    tokens: list[str] = []
    starts: list[int] = []
    for match in _TOKEN.finditer(text):
        tokens.append(match.group())
        starts.append(match.start())
    found = Context(
        text,
        tokens,
        starts,
        frozenset(t for t in tokens if t.islower()),
        Counter(h.name for h in hits),
        Counter(),
        line_starts,
    )
    for hit in hits:
        before = bisect_left(starts, hit.start) - 1
        if (
            before >= 0
            and _shape(tokens[before]) == "T"
            and not _opens(found, before + 1)
            and not _opens(found, before)
        ):
            found.after_capital[hit.name] += 1
    return found


def is_located(hit: Hit, context: Context) -> bool:
    """Tell whether a word of place or motion stands before a hit: "in", "near", "reached"."""
    return context.token(bisect_left(context.starts, hit.start) - 1).lower() in _LOCATIVES


def features(hit: Hit, facts: NameFacts, context: Context) -> Iterator[str]:
    """Give the names of the features that a hit has; the model has a weight for each."""
    first = bisect_left(context.starts, hit.start)
    last = bisect_left(context.starts, hit.end)
    token = context.token
    words = {"p1": token(first - 1), "p2": token(first - 2), "n1": token(last), "n2": token(last + 1)}
    shapes = {side: _shape(word) for side, word in words.items()}
    for side, word in words.items():
        yield f"{side}={word.lower()}"
        yield f"{side}~{shapes[side]}"
    opens = _opens(context, first)
    yield f"sort={facts.sort}"
    yield f"magnitude={facts.magnitude}"
    yield f"sort+magnitude={facts.sort}{facts.magnitude}"
    yield f"sort+p1~={facts.sort}{shapes['p1']}"
    yield f"sort+n1~={facts.sort}{shapes['n1']}"
    yield f"p1~n1~={shapes['p1']}{shapes['n1']}"
    yield f"sort+p1~n1~={facts.sort}{shapes['p1']}{shapes['n1']}"
    yield f"sort+p1={facts.sort}{words['p1'].lower()}"
    yield f"p2p1={words['p2'].lower()}_{words['p1'].lower()}"
    yield f"tokens={min(4, last - first)}"
    yield f"tokens+sort={min(4, last - first)}{facts.sort}"
    yield f"letters={min(12, hit.end - hit.start)}"
    yield f"upper={hit.name.isupper()}"
    yield f"opens={opens}"
    yield f"opens+sort={opens}{facts.sort}"
    yield f"small={hit.name.lower() in context.small}"
    yield f"often={min(3, context.names[hit.name])}"
    yield f"hint={type_hint(context.text, hit.start, hit.end)}"
    yield f"ending={hit.name[-3:].lower()}"
    yield f"places={min(9, facts.places)}"
    yield f"fame={facts.fame}"
    yield f"sort+fame={facts.sort}{facts.fame}"
    yield f"primary={facts.primary}"
    yield f"dominant={facts.dominant}"
    yield f"primary+dominant+fame={facts.primary}{facts.dominant}{facts.fame}"
    yield f"listed={facts.listed}"
    yield f"dateline={_is_dateline(hit, context)}"
    yield f"surname={round(3 * context.after_capital[hit.name] / context.names[hit.name])}"


def _is_dateline(hit: Hit, context: Context) -> bool:
    """Tell whether a hit opens a line in capitals with a dash soon after it: "DAKAR, June 12 -"."""
    printed = context.text[hit.start : hit.end]
    return printed.isupper() and hit.start in context.line_starts and bool(_DATELINE.match(context.text, hit.end))


def _opens(context: Context, position: int) -> bool:
    """Tell whether the token at `position` opens a sentence or a line."""
    if position <= 0 or context.tokens[position - 1] in _END_OF_SENTENCE:
        return True
    return position < len(context.starts) and context.starts[position] in context.line_starts


def _shape(token: str) -> str:
    if token.isupper():
        return "U" if len(token) > 1 else "I"
    if token[:1].isupper():
        return "T"
    if token.isdigit():
        return "d"
    return "l" if token[:1].isalpha() else token[:1]
