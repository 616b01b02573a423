"""The names of a text in a language that no weights were fitted on: listed or well-known names, their endings undone.

A word is kept as a name when it, or a form that it is inflected of, is listed in a table or is the name of a place that is
well known, or known where the language is at home (``data/rules/homes.csv``). Words that are ordinary ones as well, or
people's names (``data/rules/common_words.csv``), adjectives, and what stands where a person is named need more: a
generic word beside them ("город", "rayonu"), or an ending or a preposition that says where.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Literal

from rapidfuzz import fuzz

from geo.gazetteer.folding import sounds
from geo.gazetteer.stack import Stack
from geo.mentions.aligned import title_case
from geo.mentions.evidence import (
    APOSTROPHES,
    ARABIC,
    CASELESS,
    SUFFIXING,
    is_person,
    language_at,
    opens,
    says_where,
    sort_of,
)
from geo.mentions.hints import fitting
from geo.mentions.name_facts import name_facts
from geo.mentions.readings import Form, Reading, clean, has_short_keys, homes, is_known, readings
from geo.mentions.scan import Hit, beginnings, longest_at

SURE_SOUND, LEAST_CASELESS, LEAST_ROMANISED = 88, 3, 6
WORTH_PRINTED, WORTH_LISTED = 3, 2
# At most so many characters stand between two names that belong together: a comma, a short word for "and".
BETWEEN = 3

# "sure"; or what needs the company of others: an ordinary word as well, a person's name as well, a spelling that only
# sounds like a name; or "no".
Verdict = Literal["sure", "word", "person", "heard", "no"]


def selected(text: str, language: str, index: Stack) -> list[Hit]:
    """Give the spans of a text that are names of places, in order and without overlap.

    Parameters
    ----------
    text : str
        In the normal form of `geo.mentions.aligned.align`.
    language : str
        A primary language subtag, or "" where it is not known.
    index : Stack
        The compiled names.
    """
    sure: list[Reading] = []
    others: list[tuple[Reading, Verdict]] = []
    titled = title_case(text)
    for start, end in beginnings(text):
        if sure and start < sure[-1].end:
            continue
        spoken = language_at(text[start], language)
        found = readings(text, start, spoken, index, longest_at(text, titled, start, end, index))
        if not found:
            continue
        verdicts = [_verdict(reading, text, spoken, index, sure) for reading in found]
        best = _best(
            [one for one, verdict in zip(found, verdicts, strict=True) if verdict == "sure"], text, spoken, index
        )
        if best:
            sure.append(best)
        else:
            others += zip(found, verdicts, strict=True)
    kept = [*sure, *_apart(_in_company(others, sure, index), sure, text, language, index)]
    return [Hit(one.start, one.end, one.read.form) for one in sorted(kept, key=lambda one: one.start)]


def _in_company(others: Sequence[tuple[Reading, Verdict]], sure: Sequence[Reading], index: Stack) -> Iterator[Reading]:
    """Give the readings that lie in a region of which another name of the text speaks, or the word beside them."""
    doubtful = [(reading, verdict, index.regions(reading.read.name)) for reading, verdict in others if verdict != "no"]
    speaking: dict[str, set[int]] = {}
    for reading in (*sure, *(one for one, verdict, _ in doubtful if verdict == "heard")):
        for region in index.regions(reading.read.name):
            speaking.setdefault(region, set()).add(reading.start)
    edges: dict[tuple[str, int], set[str]] = {}
    for one, verdict, regions in doubtful:
        if verdict == "word":
            edges.setdefault(("end", one.end), set()).update(regions)
            edges.setdefault(("start", one.start), set()).update(regions)
    for one, verdict, regions in doubtful:
        told = any(len(speaking.get(region, ())) > (one.start in speaking.get(region, ())) for region in regions)
        beside = (
            edges.get(edge, set())
            for gap in range(1, BETWEEN + 1)
            for edge in (("end", one.start - gap), ("start", one.end + gap))
        )
        if told or (verdict == "word" and any(regions & also for also in beside)):
            yield one


def _apart(
    company: Iterator[Reading], sure: Sequence[Reading], text: str, language: str, index: Stack
) -> Iterator[Reading]:
    """Give the best of the readings at each place where nothing else stands."""
    taken = bytearray(len(text))
    for one in sure:
        taken[one.start : one.end] = b"\1" * (one.end - one.start)
    places: dict[int, list[Reading]] = {}
    for one in company:
        places.setdefault(one.start, []).append(one)
    for start in sorted(places):
        best = _best(places[start], text, language, index)
        if best and not any(taken[best.start : best.end]):
            taken[best.start : best.end] = b"\1" * (best.end - best.start)
            yield best


def _best(readings: Sequence[Reading], text: str, language: str, index: Stack) -> Reading | None:
    """Give the reading that is meant: beside a generic word, then the longest, then as printed or much better known."""

    def rank(reading: Reading) -> tuple[bool, int, float, bool, int]:
        facts = name_facts(index, reading.read.name)
        printed = clean(whole := text[reading.start : reading.end], language)
        if reading.read.keyed:
            worth = fuzz.ratio(sounds(reading.read.form), sounds(reading.read.name)) / 100
        else:
            # A name with vowel signs, as few are printed, means just the one that is listed so.
            alike = (reading.read.form == printed) + 2 * (reading.read.form == whole != printed)
            # Few endings change the name: "Astaraya" is rather "Astara" than "Astarak".
            alike += language not in ARABIC and printed.startswith(reading.read.form)
            worth = facts.fame + WORTH_PRINTED * alike + WORTH_LISTED * facts.listed
        beside = fitting(text, reading.start, reading.end) is not None
        return beside, reading.end, worth, facts.primary, facts.magnitude

    return max(readings, key=rank, default=None) if len(readings) != 1 else readings[0]


def _verdict(reading: Reading, text: str, language: str, index: Stack, sure: Sequence[Reading]) -> Verdict:
    """Tell whether a reading is the name of a place where it stands."""
    read, start, end = reading.read, reading.start, reading.end
    if not read.keyed and not (
        _is_telling(reading, text, language) if read.small else is_known(index, read.name, language)
    ):
        return "no"
    if fitting(text, start, end):
        return "sure"
    follows = bool(sure) and sure[-1].end == start - 1
    printed = text[start:end]
    bare = printed == read.form or sort_of(printed, printed, language) == "first name"
    # "The minister … from Batumi": where an ending alone says where, no title or surname beside it makes it a person's.
    told = read.sort == "place" and language in SUFFIXING and not sort_of(printed, read.form, language)
    person = not told and is_person(text, start, end, language, follows_place=follows, bare=bare)
    if person or read.sort == "adjective":
        return "no"
    if read.small and not says_where(text, start, end, read.sort, language):
        return "no" if language in CASELESS else "heard"
    return _keyed_verdict(reading, text, language) if read.keyed else _listed_verdict(reading, text, language, index)


def _is_own(read: Form) -> bool:
    """Tell whether a form is listed in its own letters."""
    return language_at(read.form[0], "") == language_at(read.name[0], "")


def _keyed_verdict(reading: Reading, text: str, language: str) -> Verdict:
    """Give the verdict for a word that sounds like a name."""
    read = reading.read
    if has_short_keys(read.form):
        return "no" if sort_of(text[reading.start : reading.end], read.form, language) else "heard"
    if says_where(text, reading.start, reading.end, read.sort, language):
        return "sure"
    if sort_of(text[reading.start : reading.end], read.form, language):
        return "no"
    # What is regularly romanised has been found by that: another likeness is a chance one more often.
    weak = language in CASELESS and fuzz.ratio(sounds(read.form), sounds(read.name)) < SURE_SOUND
    return "heard" if weak or language == "ka" or not homes(language) else "sure"


def _is_telling(reading: Reading, text: str, language: str) -> bool:
    """Tell whether the name of a place that few speak of is long enough to tell, and no word."""
    form = reading.read.form
    return len(form) >= LEAST_CASELESS and not sort_of(text[reading.start : reading.end], form, language)


def _listed_verdict(reading: Reading, text: str, language: str, index: Stack) -> Verdict:
    """Give the verdict for a known name, by what else it is."""
    read, printed = reading.read, text[reading.start : reading.end]
    sort, opening = sort_of(printed, read.form, language), opens(text, reading.start)
    apart = "'" in printed and "'" not in read.form
    if not sort:
        if language in CASELESS and len(printed) < LEAST_CASELESS:
            return "no"
        if language in CASELESS and not _is_own(read) and len(read.form) < LEAST_ROMANISED:
            return "sure" if says_where(text, reading.start, reading.end, read.sort, language) else "word"
        return "word" if language in APOSTROPHES and opening and not apart and printed != read.form else "sure"
    placed = says_where(text, reading.start, reading.end, read.sort, language)
    if sort == "word":
        regional = placed and read.sort == "place" and bool(index.regions(read.name))
        return "sure" if apart or regional or (language not in CASELESS and not opening) else "word"
    if placed or name_facts(index, read.name).sort in ("capital", "country"):
        return "sure"
    return "word" if sort == "either" else "no" if opening else "person"
