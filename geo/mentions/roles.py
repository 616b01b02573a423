"""What a mention does in its sentence: a site, a reference, an actor or a setting."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from geo.mentions.events import is_quiet
from geo.mentions.masks import CAPITAL, DEMONYM, INSTITUTION, MACROS, OTHER_DEMONYM, PART, PLACE, REGION, STATE
from geo.mentions.mention import Cue
from geo.mentions.rules import Row, filled, rows, words
from geo.mentions.triggers import Triggers, for_lower_case, words_of

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from geo.mentions.claims import Claim
    from geo.mentions.events import Event
    from geo.mentions.mention import Mention, Role
    from geo.mentions.passages import Page, Passage
    from geo.mentions.speakers import Speaker

_PART = "partofaplace"
# A parliament or court "in X" that says nothing is only a building there.
_SEATED = frozenset({"government", "head", "officials", "de-facto"})
# Who speaks for nobody: "a nurse from Norland" tells where somebody is from.
_PRIVATE = frozenset({"hospital", "people", "residents", "witnesses"})
_LOOSE = ("placed", "holding")
_MENTION = re.compile(f"[{PLACE}-{OTHER_DEMONYM}]")
_PLACES = PLACE + STATE + CAPITAL + REGION
# What an institution is named for that a person or a thing belongs to.
_INSIDE = re.compile(r"\b(?:at|of|from|in|near|outside)(?: the)? \Z", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Verdict:
    """A mention's role, the words that relate it to a site, and the words that decided."""

    role: Role
    relation: str
    cues: tuple[Cue, ...]
    rule: str


@dataclass(frozen=True, slots=True)
class Reading:
    """What is known of a sentence when roles are decided; ``described`` is its text in lower case, as `describe` has it."""

    page: Page
    passage: Passage
    claims: Sequence[Claim]
    named: Sequence[Speaker]
    events: list[Event]
    described: str


@dataclass(frozen=True, slots=True)
class _Rule:
    """A row, and what a sentence must have at the least for it to match: kinds of places, a second place."""

    row: Row
    pattern: str
    places: frozenset[str]
    two: bool

    def finditer(self, text: str) -> Iterator[re.Match[str]]:
        return for_lower_case(self.pattern).finditer(text)


@cache
def _rules(lang: str) -> tuple[tuple[_Rule, ...], Triggers]:
    macros = {**words(lang), **MACROS}
    rules = tuple(_rule(row, macros) for row in rows("roles", lang) if row["pattern"])
    # A part of a place is blotted out: it is a word of its own among those that a rule needs.
    short = {**macros, **dict.fromkeys(("LIST", "LISTPOL"), PLACE)}
    patterns = [filled(rule.row, short) for rule in rules]
    return rules, Triggers([pattern.replace(f"{PART}+", rf"\b{_PART}\b") for pattern in patterns])


def _rule(row: Row, macros: Mapping[str, str]) -> _Rule:
    polities = {
        "{TD}": DEMONYM + OTHER_DEMONYM,
        "{TI}": INSTITUTION,
        "{TS}": STATE,
        "{TR}": REGION,
        "{TSR}": STATE + REGION,
        "POL}": STATE + CAPITAL + REGION,
    }
    places = next((kinds for macro, kinds in polities.items() if macro in row["pattern"]), _PLACES)
    pattern = filled(row, macros)
    two = any(macro in row["pattern"] for macro in ("{U", "{ANY"))
    return _Rule(row, pattern, frozenset(places), two)


@cache
def _defaults(lang: str) -> dict[str, Row]:
    return {row["when"].removeprefix("default "): row for row in rows("roles", lang) if not row["pattern"]}


def decide(reading: Reading) -> dict[int, Verdict]:
    """Give the role of each mention of a sentence.

    The speakers of the sentence come first, then the rules in their order, then what a mention is by its kind.

    Returns
    -------
    dict of int to Verdict
        By the mention's number on the page.
    """
    at = {reading.page.mentions[number].start: number for number in reversed(reading.passage.mentions)}
    if reading.passage.signature:
        return {number: _signing(reading, number) for number in reading.passage.mentions}
    verdicts: dict[int, Verdict] = {}
    speaking = list(_speaking(reading))
    offices = {at[offset] for offset, _, office in speaking if office and offset in at}
    for offset, verdict, office in speaking:
        if offset in at and not office:
            verdicts.setdefault(at[offset], verdict)
    seats = {number for number in offices if _is_seat(reading, reading.page.mentions[number])}
    for offset, verdict in _ruled(reading):
        if offset in at and not (at[offset] in seats and verdict.role == "site"):
            verdicts.setdefault(at[offset], verdict)
    for number in sorted(set(reading.passage.mentions) - offices):
        verdicts.setdefault(number, _default(reading, number))
    _contain(reading, verdicts)
    sites = [reading.page.mentions[number].start for number, verdict in verdicts.items() if verdict.role == "site"]
    for number in sorted(offices - set(verdicts)):
        mention = reading.page.mentions[number]
        # Residents tell what they saw at home, unless they go on to name another place.
        since = mention.end if _is_of_witnesses(reading, mention) else 0
        elsewhere = any(site >= since for site in sites)
        silent = not reading.claims and not reading.events
        seat = "seat" if _is_seat(reading, mention) else "office"
        verdicts[number] = _by_kind(mention, _defaults(reading.page.lang)[seat if elsewhere or silent else "place"])
    return verdicts


def _is_seat(reading: Reading, mention: Mention) -> bool:
    offset = mention.start - reading.passage.start
    return any(one.seat and one.start <= offset < one.end for one in reading.named)


def _signing(reading: Reading, number: int) -> Verdict:
    """Give the role of a place in a signature: the side of whoever signs, or where it was written."""
    mention = reading.page.mentions[number]
    offset = mention.start - reading.passage.start
    side = any(one.rule and not one.office and one.start <= offset < one.end for one in reading.named)
    return _by_kind(mention, _defaults(reading.page.lang)["demonym" if side or mention.kind != "place" else "seat"])


def _is_of_witnesses(reading: Reading, mention: Mention) -> bool:
    offset = mention.start - reading.passage.start
    return any(
        one.family in {"witnesses", "residents", "hospital"} and one.start <= offset < one.end for one in reading.named
    )


def _speaking(reading: Reading) -> Iterator[tuple[int, Verdict, bool]]:
    """Find the mentions that name a speaker, and the sides of institutions."""
    begin, masked = reading.passage.start, reading.page.masked
    heard = {start - begin for claim in reading.claims for start, _, _ in claim.named}
    for claim in reading.claims:
        for start, end, office in claim.named:
            for found in _MENTION.finditer(masked, start, end):
                local = office and found[0] in PLACE + CAPITAL
                seat = any(one.seat and begin + one.start <= start < begin + one.end for one in reading.named)
                yield found.start(), _verdict("setting" if seat else "actor", *claim.cue, claim.rule), local
    for speaker in reading.named:
        silent = speaker.start not in heard and (
            speaker.family in _PRIVATE or (speaker.seat and speaker.family not in _SEATED)
        )
        if speaker.rule and not speaker.office and not silent:
            for found in _MENTION.finditer(masked, begin + speaker.start, begin + speaker.end):
                word = begin + speaker.word_start
                role: Role = "setting" if speaker.seat else "actor"
                yield found.start(), _verdict(role, word, max(word + 1, begin + speaker.end), speaker.rule), False


def _ruled(reading: Reading) -> Iterator[tuple[int, Verdict]]:
    text, begin = reading.described, reading.passage.start
    kinds = _MENTION.findall(text)
    rules, triggers = _rules(reading.page.lang)
    for number in triggers.within(words_of(text) | ({_PART} if PART in text else set())) if kinds else ():
        rule = rules[number]
        if rule.places.isdisjoint([one for one in kinds if one in _PLACES][1:] if rule.two else kinds):
            continue
        for found in rule.finditer(text):
            if _holds(rule.row["when"], found, reading):
                relation, cue = _relation(reading, found)
                role: Role = rule.row["role"]  # type: ignore[assignment]  # the tables are tested
                for group in ("t", "u") if "u" in found.groupdict() else ("t",):
                    for mention in _MENTION.finditer(text, *found.span(group)):
                        yield begin + mention.start(), _verdict(role, *cue, rule.row["id"], relation)


def _holds(when: str, found: re.Match[str], reading: Reading) -> bool:
    if when == "event":
        return bool(reading.events)
    if when == "quiet":
        return is_quiet(reading.events, found.start(), found.start("t"), reading.page.lang)
    if when == "upper":
        begin = reading.passage.start
        return reading.page.report.text[begin + found.start("t") : begin + found.end("t")].isupper()
    return True


def _relation(reading: Reading, found: re.Match[str]) -> tuple[str, tuple[int, int]]:
    """Give the words of a relation, and the words that triggered the rule: those, or what stands before the mention."""
    begin = reading.passage.start
    if "rel" in found.groupdict():
        start, end = begin + found.start("rel"), begin + found.end("rel")
        return " ".join(reading.page.report.text[start:end].split()), (start, end)
    start = begin + found.start()
    end = begin + found.start("t")
    return "", (start, end) if start < end else (start, begin + found.end())


def _default(reading: Reading, number: int) -> Verdict:
    mention, polity = reading.page.mentions[number], reading.page.polities[number]
    if mention.kind == "institution" and _INSIDE.search(reading.page.masked, max(0, mention.start - 12), mention.start):
        return _by_kind(mention, _defaults(reading.page.lang)["institution-inside"])
    is_state = mention.kind == "place" and polity and (polity.level == "state" or polity.self_proclaimed)
    return _by_kind(mention, _defaults(reading.page.lang)["state" if is_state else mention.kind])


def _contain(reading: Reading, verdicts: dict[int, Verdict]) -> None:
    """Make a country that something is told to be in a reference where a place within the sentence is more exact."""
    states = [number for number in verdicts if _level(reading, number) == "state" and verdicts[number].rule in _LOOSE]
    exact = any(verdict.role == "site" and _level(reading, number) != "state" for number, verdict in verdicts.items())
    if exact:
        for number in states:
            cue = verdicts[number].cues[0]
            verdicts[number] = _verdict(
                "reference", cue.start, cue.end, _defaults(reading.page.lang)["container"]["id"], "in"
            )


def _level(reading: Reading, number: int) -> str:
    polity = reading.page.polities[number]
    return polity.level if polity else ""


def _by_kind(mention: Mention, row: Row) -> Verdict:
    role: Role = row["role"]  # type: ignore[assignment]  # the tables are tested
    return _verdict(role, mention.start, mention.end, row["id"])


def _verdict(role: Role, start: int, end: int, rule: str, relation: str = "") -> Verdict:
    cues = [Cue(about="role", value=role, start=start, end=end, rule=rule)]
    if relation:
        cues.append(Cue(about="relation", value=relation, start=start, end=end, rule=rule))
    return Verdict(role, relation, tuple(cues), rule)
