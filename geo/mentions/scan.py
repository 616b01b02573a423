"""Spans of a text that are spelt like names of the gazetteer: the longest at each place, on word boundaries."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from functools import cache, lru_cache
from typing import NamedTuple

from rapidfuzz import fuzz

from geo.gazetteer.folding import fold
from geo.gazetteer.index import LONGEST_NAME
from geo.gazetteer.plain import plain
from geo.gazetteer.stack import Stack
from geo.mentions.aligned import title_case
from geo.mentions.rules import table
from geo.mentions.twin import Twin

# Addresses, handles and hashtags are not prose: names inside them are no mentions. The counts are those of the standards
# (64 characters before the @, 63 between full stops): without them a long run without spaces would be read over and over.
_NOT_PROSE = re.compile(
    r"https?://\S+|www\.\S+|[#@]\w+(?:['\w]*\w)?|[^\s@]{1,64}@[^\s@]{1,255}\.\w+"
    r"|(?<![\w-])[\w-]{1,63}(?:\.[\w-]{1,63}){0,8}\.(?:com|org|net|int|gov|info)(?:/\S*)?(?!\w)"
)
_ADDRESS_SIGNS = ("@", "#", "://", "www.", ".com", ".org", ".net", ".int", ".gov", ".info")
# Words with no small Latin letter first, and the Arabic article before one.
_WORD = Twin(
    r"[^\W\d_b-df-z](?<!\w.)(?:(?<![ae])\w*+|(?:(?<=a)(?:[ldrstnz]|sh)|(?<=e)l)-(?=[^\W\d_a-z]))",
    r"[A-Zae](?<!\w.)(?:(?<![ae])\w*+|(?:(?<=a)(?:[ldrstnz]|sh)|(?<=e)l)-(?=[A-Z]))",
)
_CAPITALISED = re.compile(r"[^\W\d_a-z][\w'-]{0,40}(?: [^\W\d_a-z][\w'-]{0,40}){0,2}(?<=\w)(?!\w)")
SHORTEST_KEYED, LEAST_LIKENESS = 4, 60


class Hit(NamedTuple):
    """A span of the normal form that spells a name: the listed spelling that matched, and whether letter by letter."""

    start: int
    end: int
    name: str
    exact: bool = True


def scan(text: str, index: Stack) -> Iterator[Hit]:
    """Give the longest names in a text, left to right, without overlap; "Paris, Texas" is two names.

    Parameters
    ----------
    text : str
        In the normal form of `geo.mentions.aligned.align`.
    index : Stack
        The compiled names.
    """
    titled = title_case(text)
    free = 0
    for start, end in beginnings(text):
        if start < free:
            continue
        hit = longest_at(text, titled, start, end, index)
        if hit:
            yield hit
            free = hit.end


def longest_at(text: str, titled: str, start: int, end: int, index: Stack) -> Hit | None:
    """Give the longest name that begins with the word from `start` to `end`, as written or else as `titled` has it."""
    hit = _longest(text, start, index)
    if hit is None and titled[start:end] != text[start:end]:
        hit = _longest(titled, start, index)
    return hit


def spoken_regions(hits: Sequence[Hit], index: Stack) -> set[str]:
    """Give the regional tables of which a text speaks: two of its names reach them, or the largest place of one is theirs.

    Parameters
    ----------
    hits : sequence of Hit
        As `scan` gives them.
    index : Stack
    """
    told = [_regions_of(index, name) for name in {hit.name for hit in hits}]
    reached = Counter(region for regions, _ in told for region in regions)
    return {region for region, count in reached.items() if count > 1} | {leading for _, leading in told if leading}


@lru_cache(maxsize=50_000)
def _regions_of(index: Stack, name: str) -> tuple[frozenset[str], str]:
    """Give the regional tables that a name reaches, and the one that has its largest place, or ""."""
    regions = frozenset(index.regions(name))
    return regions, index.leading_region(name) if regions else ""


def scan_keys(text: str, index: Stack, hits: Sequence[Hit], regions: set[str]) -> list[Hit]:
    """Give `hits` with, between them, the spans that share a folding key with a name of a region that the text speaks of.

    Parameters
    ----------
    text : str
        In normal form.
    index : Stack
    hits : sequence of Hit
        As `scan` gives them.
    regions : set of str
        As `spoken_regions` gives them.
    """
    if not regions:
        return list(hits)
    found = list(hits)
    taken = [False] * (len(text) + 1)
    for hit in hits:
        taken[hit.start : hit.end] = [True] * (hit.end - hit.start)
    for start, _ in beginnings(text):
        keyed = None if taken[start] else _keyed(text, start, taken, index, regions)
        if keyed:
            found.append(keyed)
            taken[keyed.start : keyed.end] = [True] * (keyed.end - keyed.start)
    return sorted(found, key=lambda hit: hit.start)


def beginnings(text: str) -> Iterator[tuple[int, int]]:
    """Give the words at which a name may begin, outside addresses, handles, hashtags and names of organisations."""
    masks = iter([*sorted([*_addresses(text), *_organisations_in(text)]), (len(text), len(text))])
    mask = next(masks)
    for word in _WORD.of(text).finditer(text):
        start, end = word.span()
        while start >= mask[1] and mask[0] < len(text):
            mask = next(masks)
        if not mask[0] <= start < mask[1] and (
            "A" <= (sign := text[start]) <= "Z" or text[end - 1] == "-" or _may_begin(sign)
        ):
            yield start, end


def _addresses(text: str) -> Iterator[tuple[int, int]]:
    if any(sign in text for sign in _ADDRESS_SIGNS):
        yield from (match.span() for match in _NOT_PROSE.finditer(text))


def _organisations_in(text: str) -> Iterator[tuple[int, int]]:
    """Give where the names of organisations stand that have a place name in them but are no place's."""
    for name in _organisations() if _any_organisation().search(text) else ():
        start = text.find(name)
        while start >= 0:
            end = start + len(name)
            if not (_is_word(text[start - 1 : start]) or _is_word(text[end : end + 1])):
                yield start, end
            start = text.find(name, end)


def _is_word(sign: str) -> bool:
    return sign.isalnum() or sign == "_"


@cache
def _organisations() -> tuple[str, ...]:
    return tuple(row["name"] for row in table("organisation_names") if not row["area"])


@cache
def _any_organisation() -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, _organisations())))


def _keyed(text: str, start: int, taken: Sequence[bool], index: Stack, regions: set[str]) -> Hit | None:
    """Give the longest span from `start`, of at most three words with capitals, whose key is that of a name of the regions."""
    match = _CAPITALISED.match(text, start)
    ends = [start + end for end in _word_ends(match.group())] if match else []
    for end in reversed(ends):
        if end - start < SHORTEST_KEYED or any(taken[start:end]):
            continue
        spelling = text[start:end]
        for name in index.keyed(fold(spelling)):
            if index.regions(name) & regions and fuzz.ratio(plain(name), plain(spelling)) >= LEAST_LIKENESS:
                return Hit(start, end, name, exact=False)
    return None


def _word_ends(words: str) -> list[int]:
    return [*(match.start() for match in re.finditer(" ", words)), len(words)]


def _may_begin(character: str) -> bool:
    """Tell whether a name may begin so: with a capital, or a letter of a script without case."""
    # Georgian letters have capitals in headlines alone.
    return character.isupper() or (
        character.isalpha() and (character.lower() == character.upper() or "ა" <= character <= "ჿ")
    )


def _longest(text: str, start: int, index: Stack) -> Hit | None:
    names = names_at(text, start, index)
    return Hit(start, start + len(names[-1]), names[-1]) if names else None


def names_at(text: str, start: int, index: Stack) -> list[str]:
    """Give the names that stand at `start`, shortest first."""
    found = index.prefixes(text[start : start + LONGEST_NAME])
    return [name for name in found if not _goes_on(text, start + len(name)) and len(name) > 1 and "," not in name]


def _goes_on(text: str, end: int) -> bool:
    """Tell whether a word goes on at `end`; after a full stop ("Mass.") another one begins."""
    following = text[end : end + 1]
    # A blank follows most names.
    return following != " " and (following.isalnum() or following == "_") and text[end - 1] != "."
