"""A text in the normal form that names are matched in, with the way back to the offsets of the report."""

from __future__ import annotations

import re
import unicodedata
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from geo.gazetteer.folding import normalise

# Text that is its own normal form; its last sign must not take a combining mark.
_SETTLED = (
    r"!-_a-~\u00c0-\u024f\u0410-\u045f\u0490\u0491\u0531-\u0556\u0561-\u0587"
    r"\u0620-\u063f\u0641-\u064a\u0671-\u06d3\u10d0-\u10f0"
)
_PLAIN = re.compile(rf"[{_SETTLED}]+(?: [{_SETTLED}]+)*(?=[\x00-\x7f{_SETTLED}]|\Z)")
# A word of four capitals, or two words of capitals side by side; a lone "US" or "MOD" stays as it is.
_CAPITALS = re.compile(r"(?<!\w)(?:[^\W\d_a-z]{2,}(?:[ -][^\W\d_a-z]{2,})+|[^\W\d_a-z]{4,})(?!\w)")


@dataclass(frozen=True, slots=True)
class Aligned:
    """Text in normal form and, for each of its characters, where it starts and ends in the original.

    `starts` and `ends` are None when every character stands where it stood.
    """

    text: str
    starts: Sequence[int] | None = None
    ends: Sequence[int] | None = None

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Give the original's offsets of a span (not empty) of the normal form."""
        if self.starts is None or self.ends is None:
            return start, end
        return self.starts[start], self.ends[end - 1]


def align(text: str) -> Aligned:
    r"""Bring a text into the normal form of names, keeping offsets.

    Examples
    --------
    >>> aligned = align("the Lachin\n  corridor")
    >>> aligned.text
    'the Lachin corridor'
    >>> aligned.span(4, 19)
    (4, 21)
    """
    pieces: list[tuple[str, int, int]] = []
    even, last, start = True, "", 0
    while start < len(text):
        run = _PLAIN.match(text, start)
        end = run.end() if run else _cluster_end(text, start)
        if run:
            normal = run.group()
        else:
            normal = _normal(text[start:end])
            even = even and len(normal) == end - start
            if normal == " " and last == " ":
                blank = ""
                while blank != " ":
                    blank, start, _ = pieces.pop()
                even = False
            elif normal == " " and text[start:end] in "\r\n" and last == "-":
                # A name with a hyphen may be broken after it.
                normal, even = "", False
        pieces.append((normal, start, end))
        last, start = normal[-1:] or last, end
    normal_text = "".join([normal for normal, _, _ in pieces])
    return Aligned(normal_text) if even else Aligned(normal_text, *_offsets(pieces))


def _offsets(pieces: list[tuple[str, int, int]]) -> tuple[Sequence[int], Sequence[int]]:
    """Give where each character of the normal form starts and ends in the text; plain runs are taken letter by letter."""
    # Arrays: a long text would need ten times as much memory for lists of its offsets.
    starts, ends = array("I"), array("I")
    for normal, start, end in pieces:
        if len(normal) == end - start:
            starts.extend(range(start, end))
            ends.extend(range(start + 1, end + 1))
        else:
            starts.extend([start] * len(normal))
            ends.extend([end] * len(normal))
    return starts, ends


def _cluster_end(text: str, start: int) -> int:
    """Give where a character ends with the combining marks that follow it."""
    end = start + 1
    while end < len(text) and unicodedata.combining(text[end]):
        end += 1
    return end


@lru_cache(maxsize=20_000)
def _normal(cluster: str) -> str:
    return " " if cluster.isspace() else normalise(cluster)


def title_case(text: str) -> str:
    """Give `text` with its words in capitals ("BARDA REGION") in title case, of the same length."""
    return _CAPITALS.sub(_titled, text)


def _titled(match: re.Match[str]) -> str:
    words = match.group()
    titled = words.title()
    return titled if words.isupper() and len(titled) == len(words) else words
