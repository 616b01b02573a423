"""Headlines in capitals, read as ordinary words."""

from __future__ import annotations

from collections.abc import Sequence

from geo.mentions.scan import Hit
from geo.mentions.twin import Twin

_HEADLINE = Twin(
    r"[^\W\d_a-z](?<!\w.)[^\W\d_a-z]+(?:[^\w\n]{1,2}[^\W\d_a-z]+){2,}(?!\w)",
    r"[A-Z](?<!\w.)[A-Z]+(?:[^\w\n]{1,2}[A-Z]+){2,}(?!\w)",
)


def lowered(text: str, hits: Sequence[Hit]) -> str:
    """Give a text with its headlines in capitals as ordinary words and the hits in them as names; of the same length."""
    found = _HEADLINE.of(text).sub(
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
