"""Find the place names of a report: spans spelt like names, kept or dropped by fitted weights, each with its kind."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from functools import cache
from operator import itemgetter
from typing import TYPE_CHECKING, Any

from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.stack import Stack
from geo.mentions.aligned import Aligned, align
from geo.mentions.candidates import Found, candidates, chances_of, listed_names
from geo.mentions.company import LEAST_CHANCE, company_columns
from geo.mentions.entities import Recogniser, Spotted, named_model
from geo.mentions.features import columns
from geo.mentions.headlines import lowered
from geo.mentions.hints import fitting, type_hint
from geo.mentions.language import language_of
from geo.mentions.lower_case import has_no_capitals, scan_lower
from geo.mentions.mention import Mention, MentionKind
from geo.mentions.model import finder_model
from geo.mentions.name_facts import NameFacts, name_facts
from geo.mentions.rules import table
from geo.mentions.scan import Hit, scan_keys, spoken_regions
from geo.mentions.segments import Segment, best
from geo.mentions.sentences import sentences
from geo.mentions.unfitted import selected
from geo.mentions.vocabulary import Vocabulary
from geo.mentions.words import Words, words_of
from geo.reports.report import Report

if TYPE_CHECKING:
    import numpy as np

    Numbers = np.ndarray[Any, np.dtype[np.intp]]

_REACH = 40
_LINKS = ("of", "for")
# The weights were fitted on English; other languages have rules.
FITTED_LANGUAGE = "en"
LISTED_THRESHOLD, INTRODUCED_THRESHOLD = 0.1, 0.03


def find(report: Report, gazetteer: Gazetteer, recogniser: Recogniser | None = None) -> tuple[Mention, ...]:
    """Find the mentions of a report, in order and without overlap.

    Where the report brings its own spans, these are taken as they are.

    Parameters
    ----------
    report : Report
    gazetteer : Gazetteer
        Whose names are looked for.
    recogniser : Recogniser, optional
        Whose entities are looked at as well, in English.

    Returns
    -------
    tuple of Mention
        Without role, claimants and events; ``report.text[m.start:m.end] == m.text`` for each.
    """
    aligned = align(report.text)
    parts = sentences(report.text)
    if report.spans is None:
        found = [
            (*aligned.span(hit.start, hit.end), hit.name if hit.exact else aligned.text[hit.start : hit.end])
            for hit in _kept(aligned, report, gazetteer.index, recogniser)
        ]
    else:
        found = [(start, end, align(report.text[start:end]).text) for start, end in sorted(report.spans)]
    return tuple(_mention(report, gazetteer.index, parts, *span) for span in found)


def _kept(aligned: Aligned, report: Report, index: Stack, recogniser: Recogniser | None) -> list[Hit]:
    language = language_of(report)
    if language != FITTED_LANGUAGE:
        return selected(aligned.text, language, index)
    if has_no_capitals(aligned.text):
        return scan_lower(aligned.text, index)
    model = finder_model()
    seen = look(aligned, report.text, index, model.vocabulary)
    first = chances_of(seen.found, model.first.scores(seen.columns))
    left = (first >= LEAST_CHANCE).nonzero()[0]
    found = seen.found.only(left)
    again = company_columns(seen.words, found, first[left], index, model.vocabulary)
    second = chances_of(found, model.second.scores(again)).tolist()
    hits = seen.hits(found)
    if recogniser:
        told_of = spotted(hits, found.name, second, index)
        scores = named_model().scores(seen.text, told_of, recogniser.entities(seen.text))
        second = chances_of(found, scores).tolist()
    told = _introduced(seen.text, hits, found.name, second, model.threshold)
    margins = [
        Segment(
            begin,
            end,
            chance - (told.get(hit.name) or _needed(name, index, seen.regions, model.threshold)),
        )
        for begin, end, name, hit, chance in zip(
            found.first.tolist(), found.last.tolist(), found.name, hits, second, strict=True
        )
    ]
    return [hits[number] for number in best(margins)]


def spotted(hits: Sequence[Hit], names: Sequence[str], chances: Sequence[float], index: Stack) -> list[Spotted]:
    """Give candidates as the third look takes them; their names are "" where nobody listed them."""
    kinds = [name_facts(index, name).sort if name else "none" for name in names]
    return [Spotted(h.start, h.end, kind, c) for h, kind, c in zip(hits, kinds, chances, strict=True)]


def _introduced(
    text: str, hits: Sequence[Hit], names: Sequence[str], chances: Sequence[float], threshold: float
) -> dict[str, float]:
    """Give the names that the text introduces ("the village of X", "troops captured X"), each with the probability it needs."""
    needed = [INTRODUCED_THRESHOLD if name else LISTED_THRESHOLD for name in names]
    doubtful = ((h, need) for h, c, need in zip(hits, chances, needed, strict=True) if need <= c < threshold)
    rows = ((hit, need, fitting(text, hit.start, hit.end)) for hit, need in doubtful)
    return {hit.name: need for hit, need, row in rows if row and row["side"] == "before"}


@dataclass(frozen=True, slots=True)
class Seen:
    """A text in normal form with its candidates and what the model is told of each, as columns.

    `keyed` holds the offsets of the names that are found by their key; `regions` the regions that the text speaks of.
    """

    text: str
    words: Words
    found: Found
    columns: Numbers
    keyed: AbstractSet[tuple[int, int]]
    regions: AbstractSet[str]

    def hits(self, found: Found) -> list[Hit]:
        """Give candidates by their offsets; one that nobody listed has its own spelling for a name."""
        starts, ends = self.words.starts, self.words.ends
        words = zip(found.first.tolist(), found.last.tolist(), strict=True)
        spans = [(starts[first], ends[last - 1]) for first, last in words]
        return [
            Hit(start, end, name or self.text[start:end], exact=(start, end) not in self.keyed)
            for (start, end), name in zip(spans, found.name, strict=True)
        ]


def look(aligned: Aligned, text: str, index: Stack, vocabulary: Vocabulary) -> Seen:
    """Give the candidates of a text with what the model is told of each.

    Parameters
    ----------
    aligned : Aligned
        Of `text`.
    text : str
        As in the report.
    index : Stack
    vocabulary : Vocabulary
    """
    listed = listed_names(aligned.text, index)
    longest = listed.longest()
    regions = spoken_regions(longest, index)
    hits = scan_keys(aligned.text, index, longest, regions)
    keyed = {(hit.start, hit.end): hit.name for hit in hits if not hit.exact}
    plain = lowered(aligned.text, hits)
    words = words_of(plain)
    found = candidates(words, keyed | listed.names, listed.beginnings)
    seen = columns(plain, words, found, index, vocabulary, line_starts(aligned, text))
    return Seen(aligned.text, words, found, seen, keyed.keys(), regions)


def _needed(name: str, index: Stack, regions: AbstractSet[str], threshold: float) -> float:
    """Give the probability that a name needs: those listed for the text's region need less than a package's million."""
    return LISTED_THRESHOLD if regions and name and index.regions(name) & regions else threshold


def line_starts(aligned: Aligned, text: str) -> frozenset[int]:
    """Give the offsets in the normal form at which lines of the report begin."""
    begins = [0, *(match.end() for match in re.finditer(r"\n\s*", text))]
    if aligned.starts is None:
        return frozenset(begins)
    return frozenset(bisect_left(aligned.starts, begin) for begin in begins)


def _mention(report: Report, index: Stack, parts: list[tuple[int, int]], start: int, end: int, name: str) -> Mention:
    place = bisect_left(parts, end, key=itemgetter(1))
    return Mention(
        report=report.id,
        start=start,
        end=end,
        text=report.text[start:end],
        toponym=name,
        kind=_kind(name, name_facts(index, name), report.text[end : end + _REACH]),
        sentence=parts[place] if place < len(parts) and parts[place][0] <= start else (start, end),
        type_hint=type_hint(report.text, start, end),
    )


def _kind(name: str, facts: NameFacts, after: str) -> MentionKind:
    if facts.sort == "demonym":
        return "demonym"
    if name in _unions() or _organisation_pattern().match(after):
        return "institution"
    return "institution" if not facts.places and _is_organisation(name) else "place"


def _is_organisation(name: str) -> bool:
    """Tell whether a name that nobody listed is an organisation's by its words: "Arden Institute", "Bank of Arden"."""
    words = name.split(" ")
    return len(words) > 1 and (
        words[-1] in _organisation_words() or (words[1] in _LINKS and words[0] in _organisation_words())
    )


@cache
def _organisation_words() -> frozenset[str]:
    return frozenset(word for row in table("organisations") for word in row["words"].split("|"))


@cache
def _unions() -> frozenset[str]:
    """Give the names of organisations that have an area: they are mentions, but no place on a map."""
    return frozenset(row["name"] for row in table("organisation_names") if row["area"])


@cache
def _organisation_pattern() -> re.Pattern[str]:
    """Give the pattern of what follows a place name within an organisation's: up to two capitals and its kind."""
    words = "|".join(map(re.escape, sorted(_organisation_words())))
    return re.compile(rf"(?: [A-Z][\w&-]+){{0,2}} (?:{words})(?!\w)")
