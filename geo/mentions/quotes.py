"""Quotations that run over several sentences: who speaks them stands at either end."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.mentions.claims import Claim
    from geo.mentions.passages import Page

_QUOTE = re.compile(r'"[^"]{2,3000}(?:"|\Z)|«[^»]{2,3000}(?:»|\Z)')


def quotations(page: Page) -> list[tuple[int, int]]:
    """Give the stretches of a report that stand in quotes, paragraph by paragraph."""
    bounds: dict[int, tuple[int, int]] = {}
    for passage in page.passages:
        start, _ = bounds.get(passage.paragraph, (passage.start, 0))
        bounds[passage.paragraph] = (start, passage.end)
    return [
        (start + found.start(), start + found.end())
        for start, end in bounds.values()
        for found in _QUOTE.finditer(page.masked[start:end])
    ]


def speaker_of(
    offset: int,
    quotes: Sequence[tuple[int, int]],
    page: Page,
    claims: Sequence[Sequence[Claim]],
    heard: Mapping[int, tuple[str, ...]],
) -> tuple[tuple[str, ...], tuple[int, int]]:
    """Give who speaks the quotation around an offset and the words that say so, or nothing.

    The attribution after the quotation counts first, then the one before it, then who spoke last in the paragraph.
    """
    number = bisect_right(quotes, (offset, len(page.masked) + 1)) - 1
    if number < 0 or not quotes[number][0] <= offset < quotes[number][1]:
        return (), (0, 0)
    start, end = quotes[number]
    first, last = (bisect_right(page.passages, at, key=lambda one: one.start) - 1 for at in (start, end - 1))
    after = [claim for claim in claims[last] if claim.cue[0] >= end]
    before = [claim for claim in claims[first] if claim.cue[1] <= start]
    for claim in [*after[:1], *before[-1:]]:
        return claim.parties, claim.cue
    return heard.get(first, ()), (start, start + 1)
