"""Spans of a text that are spelt like names of the gazetteer: the longest at each place, on word boundaries."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass

from geo.gazetteer.index import LONGEST_NAME, Index
from geo.mentions.aligned import title_case

# Addresses, handles and hashtags are not prose: names inside them are no mentions.
_NOT_PROSE = re.compile(
    r"https?://\S+|www\.\S+|[#@]\w+(?:['\w]*\w)?|\S+@\S+\.\w+|(?<!\w)[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|int|gov|info)(?:/\S*)?(?!\w)"
)
_WORD = re.compile(r"(?<!\w)\w+")
_ARTICLE = re.compile(r"(?:al|el|ad|ar|as|ash|at|an|az)-(?=[^\W\d_a-z])")


@dataclass(frozen=True, slots=True)
class Hit:
    """A span of the normal form that spells a name; `name` is the spelling that matched."""

    start: int
    end: int
    name: str


def scan(text: str, index: Index) -> Iterator[Hit]:
    """Give the longest names in a text, left to right, without overlap; "Paris, Texas" is two names.

    Parameters
    ----------
    text : str
        In the normal form of `geo.mentions.aligned.align`.
    index : Index
        The compiled names.
    """
    titled = title_case(text)
    masked = [match.span() for match in _NOT_PROSE.finditer(text)]
    masks = iter([*masked, (len(text), len(text))])
    mask = next(masks)
    free = 0
    for word in _WORD.finditer(text):
        start = word.start()
        while start >= mask[1] and mask[1] < len(text):
            mask = next(masks)
        if start < free or mask[0] <= start < mask[1] or not _may_begin(text, start):
            continue
        hit = _longest(text, start, index) or (
            _longest(titled, start, index) if titled[start : word.end()] != word.group() else None
        )
        if hit:
            yield hit
            free = hit.end


def _may_begin(text: str, start: int) -> bool:
    """Tell whether a name may begin here: with a capital, a letter of a script without case, or "al-"."""
    character = text[start]
    return (
        character.isupper()
        or (character.isalpha() and character.lower() == character.upper())
        or bool(_ARTICLE.match(text, start))
    )


def _longest(text: str, start: int, index: Index) -> Hit | None:
    window = text[start : start + LONGEST_NAME]
    for name in reversed(index.prefixes(window)):
        end = start + len(name)
        if len(name) > 1 and "," not in name and (end == len(text) or not _goes_on(text, end)):
            return Hit(start, end, name)
    return None


def _goes_on(text: str, end: int) -> bool:
    """Tell whether a word goes on at `end`: a letter or digit, or a hyphen with a small letter after it."""
    following = text[end]
    if following.isalnum() or following == "_":
        return text[end - 1] != "."
    return False
