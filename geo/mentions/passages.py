"""The sentences of a report with what stands in them: the ground that roles, claims and events are read from."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from geo.mentions.masks import INSTITUTION, mask
from geo.mentions.sentences import numbered
from geo.mentions.speakers import grammar, party_of
from geo.mentions.triggers import lower, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    from geo.mentions.mention import Mention
    from geo.mentions.polity import Polity
    from geo.reports.report import Report

_MONTH = "(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)[a-z]*\\.?"
_SIGNATURE = re.compile(r"(?:—|–|--)\s?(?P<name>[^\n@—–]{1,80}?)\s?\(@\w{1,40}\)(?P<date>[^\n]{0,40})\Z")
_SIGNER = (
    r"(?:[^\W\d_a-z][\w'’&-]*|of|the|for|and|de|al|in|state|national|local|defen[cs]e|foreign|interior|health|army|general|staff"
    r"|press|ministry|police|service|office|agency|government|council|president|mayor|governor|spokes\w+)"
)
# Without a handle a whole line signs, with a date or the way that it came: "— Ministry of Health of X, May 3, 2031".
_PLAIN_SIGNATURE = re.compile(
    rf"(?:—|–|--)\s?(?=.{{2,80}})(?P<name>{_SIGNER}(?: {_SIGNER}){{0,9}})"
    r"(?P<date>\s?\((?:via|on|from|posted|in)\s[^()\n]{1,40}\)[^\n]{0,40}"
    rf"|,?\s(?:{_MONTH}\s\d{{1,2}}|\d{{1,2}}\s{_MONTH}|\d{{4}}-\d\d)[^\n]{{0,30}})\Z"
)
# The last line of a post may have a name and a place only: "— Jane Roe, Arden".
_LAST_LINE = re.compile(
    rf"(?:—|–|--)\s?(?=.{{2,80}}\Z)(?P<name>{_SIGNER}(?: (?:{_SIGNER}|[a-z]+)){{0,9}})"
    rf"(?P<date>(?:, {_SIGNER}(?: {_SIGNER}){{0,7}}){{0,3}})\Z"
)
_POST = re.compile(r"#\w|@\w|https?://|\b(?:pic\.)?twitter\.com/|\bt\.me/")


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence: its offsets, its masked text as printed and in lower case, its words, its paragraph, its mentions by number.

    ``signed`` is the place of the signature among the passages when the sentence belongs to a quoted post.
    """

    number: int
    start: int
    end: int
    paragraph: int
    text: str
    lowered: str
    words: frozenset[str]
    mentions: tuple[int, ...]
    signature: re.Match[str] | None = None
    signed: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A report laid out for reading: passages, mentions and the polity of each; ``home`` is the only state it speaks of."""

    report: Report
    lang: str
    mentions: Sequence[Mention]
    polities: Sequence[Polity | None]
    masked: str
    passages: tuple[Passage, ...]
    begins: dict[int, int]
    home: str = ""
    towns: Mapping[int, str] = field(default_factory=dict)

    def party_at(self, offset: int) -> str:
        """Give the party of the mention that begins at an offset, or ""."""
        number = self.begins.get(offset)
        polity = self.polities[number] if number is not None else None
        if number is None or polity is None:
            return self.towns.get(offset, "")
        if self.masked[offset] != INSTITUTION:
            return polity.party
        return _of_institution(self.mentions[number].text, polity.party, self.lang)


def _begins_own_name(text: str, mention: Mention, lang: str) -> bool:
    """Tell whether a mention is in the name of an organisation that is known by itself: "US" in "US Geological Survey"."""
    found = grammar(lang).own.match(text, mention.start)
    return found is not None and (mention.kind != "place" or found.end() > mention.end)


def _of_institution(text: str, party: str, lang: str) -> str:
    rules = grammar(lang)
    found = rules.institution.search(text)
    return party_of(rules.rows[int(found.lastgroup[1:])], party) if found and found.lastgroup else party


def lay_out(report: Report, lang: str, mentions: Sequence[Mention], polity: Callable[[Mention], Polity | None]) -> Page:
    """Split a report into passages and put its mentions in them."""
    told = [polity(mention) for mention in mentions]
    polities = [None if one and one.level == "town" else one for one in told]
    readable = [_begins_own_name(report.text, one, lang) for one in mentions]
    masked = mask(
        report.text,
        [one for one, plain in zip(mentions, readable, strict=True) if not plain],
        [one for one, plain in zip(polities, readable, strict=True) if not plain],
    )
    lowered = lower(masked)
    spans = numbered(report.text)
    owned = _share_out([start for start, _, _ in spans], mentions)
    lone = Counter(paragraph for _, _, paragraph in spans)
    signatures = [
        _signature(report.text, start, end, alone=number > 0 and lone[paragraph] == 1, last=number == len(spans) - 1)
        for number, (start, end, paragraph) in enumerate(spans)
    ]
    signed = _posts(report.text, spans, signatures)
    passages = tuple(
        Passage(
            number,
            start,
            end,
            paragraph,
            masked[start:end],
            lowered[start:end],
            words_of(lowered[start:end]),
            owned[number],
            signatures[number],
            signed[number],
        )
        for number, (start, end, paragraph) in enumerate(spans)
    )
    towns = {
        mention.start: one.party
        for mention, one in zip(mentions, told, strict=True)
        if one and one.level == "town" and mention.kind == "place"
    }
    begins = {mention.start: number for number, mention in reversed(list(enumerate(mentions)))}
    return Page(report, lang, mentions, polities, masked, passages, begins, _home(told), towns)


def _home(polities: Sequence[Polity | None]) -> str:
    """Give the state whose institutions are meant where none is named: the only side of which the report speaks."""
    sides = {one.party.split("-")[0] for one in polities if one}
    return sides.pop() if len(sides) == 1 else ""


def _signature(text: str, start: int, end: int, *, alone: bool, last: bool) -> re.Match[str] | None:
    if not text.startswith(("—", "–", "--"), start):
        return None
    return (
        _SIGNATURE.match(text, start, end)
        or (_PLAIN_SIGNATURE.match(text, start, end) if alone else None)
        or (_LAST_LINE.match(text, start, end) if alone and last else None)
    )


def _share_out(starts: list[int], mentions: Sequence[Mention]) -> list[tuple[int, ...]]:
    owned: list[list[int]] = [[] for _ in starts]
    for number in sorted(range(len(mentions)), key=lambda one: mentions[one].start):
        if starts:
            owned[max(0, bisect_right(starts, mentions[number].start) - 1)].append(number)
    return [tuple(numbers) for numbers in owned]


def _posts(
    text: str, spans: Sequence[tuple[int, int, int]], signatures: Sequence[re.Match[str] | None]
) -> list[int | None]:
    """Find which sentences a signature signs: its own paragraph's, else those before that belong to the post."""
    signed: list[int | None] = [None] * len(spans)
    for number, signature in enumerate(signatures):
        if not signature:
            continue
        paragraph = spans[number][2]
        inline = number > 0 and spans[number - 1][2] == paragraph
        last = paragraph if inline else paragraph - 1
        for before in range(number - 1, -1, -1):
            start, end, other = spans[before]
            if signatures[before] or not (other == last or (not inline and _POST.search(text, start, end))):
                break
            signed[before] = number
    return signed
