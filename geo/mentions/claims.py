"""Who says what: attributions of a sentence, and how far each reaches."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from functools import cache
from typing import TYPE_CHECKING

from geo.mentions.masks import mask_spans
from geo.mentions.rules import Row, compiled, fill, rows, words
from geo.mentions.speakers import NAME, SPOKEN, Memory, Speaker, fold, grammar, speakers

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.mentions.passages import Page, Passage

_TRAILED = re.compile(r"[,\"!?][\" ]*\Z")
_CAPITALS = re.compile(r"(?<=[a-z,;] )[A-Z]\w+")


@dataclass(frozen=True, slots=True)
class Claim:
    """An attribution: the parties, the stretch of text that they answer for, and the words that say so.

    All offsets are the report's. ``named`` holds the spans of the speakers, with True for a local office named by its place.
    """

    start: int
    end: int
    parties: tuple[str, ...]
    stance: str
    rule: str
    cue: tuple[int, int]
    named: tuple[tuple[int, int, bool], ...] = ()

    def covers(self, offset: int) -> bool:
        """Tell whether what stands at an offset is said by the parties; a local office speaks of its own place too."""
        for start, end, office in self.named:
            if start <= offset < end:
                return office
        return self.start <= offset < self.end


@dataclass(frozen=True, slots=True)
class _Grammar:
    frames: tuple[tuple[Row, re.Pattern[str]], ...]
    piece: re.Pattern[str]
    speech: re.Pattern[str]
    calendar: re.Pattern[str]
    pronoun: re.Pattern[str]
    closes: re.Pattern[str]
    opening: re.Pattern[str]
    turn: re.Pattern[str]
    deny: re.Pattern[str]


@dataclass(frozen=True, slots=True)
class _Found:
    """A frame that matched in a sentence, offsets from the sentence's start."""

    start: int
    end: int
    verb: tuple[int, int]
    row: Row
    stance: str
    parties: tuple[str, ...]
    pronoun: str
    speakers: tuple[tuple[int, int, bool], ...]


@cache
def _rules(lang: str) -> _Grammar:
    lists = words(lang)
    verbs = rows("verbs", lang)
    piece = rf"(?:{SPOKEN}|(?<!\w)(?:{lists['PRON']})(?!\w)|(?<!\w){NAME})"
    lead, more = "(?-i:(?:the|an?|both|its|{MODIFIER}) ){0,2}", "(?-i:(?:the|both|its|{MODIFIER}) ){0,2}"
    macros = {
        **lists,
        "SAY": "(?:" + "|".join(row["forms"] for row in verbs if row["stance"] != "accuse") + r")(?!\w)",
        "ACCUSE": "(?:" + "|".join(row["forms"] for row in verbs if row["stance"] == "accuse") + r")(?!\w)",
        "A": rf"(?:{lead}(?P<a>{piece}(?:(?:,? and |, |,? as well as ){more}{piece}){{0,6}}))",
        "APP": r"(?:(?:, [^;\"]{1,160}?,| \([^()]{1,60}\))(?= ))?",
    }
    # Look-behinds need a fixed width each: one for every word.
    apart = "".join(rf"(?<!\b{word} )" for word in lists["NOT-SUBJECT"][3:-1].split("|"))
    macros["SUBJECT"] = apart + macros["A"]
    adverbial = r"(?:on|in|at|late|early|during|to|via|by|through) [^,.;\"]{0,60}"
    ending = rf"(?: (?:{{AUDIENCE}}|[^,.;\"]{{0,60}}?\b{{WHEN}}|{adverbial}))?\s*(?:[.,;!?\"]|$)"
    return _Grammar(
        frames=tuple((row, compiled(row, macros)) for row in rows("frames", lang) if row["pattern"]),
        piece=re.compile(piece, re.IGNORECASE),
        speech=re.compile(rf"(?<!\w)(?:{macros['SAY']}|{macros['ACCUSE']})|{lists['SPEECH']}", re.IGNORECASE),
        calendar=re.compile(rf"{lists['WEEKDAY']}|{lists['MONTH']}", re.IGNORECASE),
        pronoun=re.compile(lists["PRON"], re.IGNORECASE),
        closes=re.compile(fill(ending, lists), re.IGNORECASE),
        opening=re.compile(rf"[\"( ]*{lists['PLACE-WORD']}\b[^;]*,\s*\Z", re.IGNORECASE),
        turn=re.compile(lists["TURN"], re.IGNORECASE),
        deny=re.compile("|".join(row["forms"] for row in verbs if row["stance"] == "deny"), re.IGNORECASE),
    )


class Listener:
    """Reads the attributions of a report, sentence by sentence, and remembers who has spoken."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.rules = _rules(page.lang)
        self.memory = Memory()
        self._capitals: set[str] | None = None

    def heard(self, paragraph: int) -> tuple[str, ...]:
        """Give who spoke last in a paragraph."""
        parties, since = self.memory.last
        return parties if since == paragraph else ()

    def listen(self, passage: Passage) -> tuple[list[Claim], list[Speaker]]:
        """Give the claims of a sentence and the speakers that it names, in order."""
        speaks = self.rules.speech.search(passage.text)
        sided = any(self.page.polities[number] for number in passage.mentions)
        if not speaks and not sided and not passage.signature:
            return [], []
        named: list[Speaker] = []
        sides = speakers(passage.text, self.page.lang, lambda at: self.page.party_at(passage.start + at), self.memory)
        for one in sides:
            if one.rule:
                self.memory.meet(one, passage.paragraph)
            named.append(self._recall(one, passage.paragraph))
        found = self._frames(passage, named) if speaks else []
        for frame in found:
            if frame.parties:
                self.memory.spoke(frame.parties, frame.pronoun, passage.paragraph)
        return _denied([self._claim(passage, found, number) for number in range(len(found))]), named

    def signer(self, passage: Passage, named: Sequence[Speaker]) -> tuple[str, ...]:
        """Give the party that signs a post."""
        if not passage.signature:
            return ()
        if named and named[0].party:
            return (named[0].party,)
        name = fold(passage.signature["name"])
        party = self.memory.people.get(name) or self.memory.people.get(name.rsplit("-", 1)[-1]) or name
        return (party,) if party else ()

    def _recall(self, speaker: Speaker, paragraph: int) -> Speaker:
        """Look up which ministry "the ministry" is; without any before it the institution stands for itself."""
        if speaker.party:
            return speaker
        suffix = next(row["suffix"] for row in rows("institutions", self.page.lang) if row["id"] == speaker.rule)
        return replace(speaker, party=self.memory.nearest(speaker.family, paragraph) or suffix)

    def _frames(self, passage: Passage, named: Sequence[Speaker]) -> list[_Found]:
        masked = mask_spans(passage.text, [(one.start, one.end) for one in named])
        at = {one.start: one for one in named}
        found: list[_Found] = []
        for row, pattern in self.rules.frames:
            for match in pattern.finditer(masked):
                if not any(match.start("v") < other.end and other.start < match.end("v") for other in found):
                    found.append(self._read(row, match, passage, at))
        return sorted((one for one in found if one.speakers), key=lambda one: one.start)

    def _read(self, row: Row, match: re.Match[str], passage: Passage, at: dict[int, Speaker]) -> _Found:
        parties: list[str] = []
        spans: list[tuple[int, int, bool]] = []
        pronoun = "it"
        start, end = match.span("a")
        # A person with an apposition speaks for whom the apposition names.
        limit = match.start("v") if end <= match.start("v") else end + len(", the ")
        inside = [one for one in at.values() if end < one.start <= limit]
        for piece in self.rules.piece.finditer(match.string, start, end):
            speaker = at.get(piece.start())
            party, pronoun = self._party(piece[0], passage, speaker=speaker, apposed=inside, first=piece.start() == 0)
            if party or speaker or self.rules.pronoun.fullmatch(piece[0]):
                spans.append((*piece.span(), bool(speaker and speaker.office)))
            parties += [one for one in party if one not in parties]
        stance = "deny" if row["stance"] == "say" and self.rules.deny.fullmatch(match["v"]) else row["stance"]
        return _Found(
            match.start(),
            max(end, match.end("v")),
            match.span("v"),
            row,
            stance,
            tuple(parties),
            pronoun,
            tuple(spans),
        )

    def _party(
        self, wording: str, passage: Passage, *, speaker: Speaker | None, apposed: Sequence[Speaker], first: bool
    ) -> tuple[tuple[str, ...], str]:
        if speaker:
            return (speaker.party,), speaker.pronoun
        if self.rules.pronoun.fullmatch(wording):
            pronoun = {"she": "he"}.get(wording.lower(), wording.lower())
            return self.memory.antecedent(pronoun, passage.paragraph), pronoun
        name = grammar(self.page.lang).honorific.sub("", wording)
        folded = fold(name.removeprefix("The ").removeprefix("the "))
        known = self.memory.people.get(folded)
        if known:
            return (known,), "he"
        if apposed and apposed[0].party:
            self.memory.introduce(name, apposed[0].party)
            return (apposed[0].party,), "he"
        if (
            not folded
            or not name[:1].isupper()
            or self.rules.calendar.match(name)
            or (first and self._is_plain(wording))
        ):
            return (), "he"
        if " " in name and not wording.lower().startswith("the "):
            self.memory.introduce(name, folded)
        return (folded,), "he"

    def _claim(self, passage: Passage, found: Sequence[_Found], number: int) -> Claim:
        """Give an attribution the stretch that it answers for."""
        frame, text = found[number], passage.text
        before = found[number - 1].end if number else 0
        end = found[number + 1].start if number + 1 < len(found) else len(text)
        back, far = self._directions(frame, text, first=number == 0)
        stop = None if far else self.rules.turn.search(text, frame.end, end)
        return Claim(
            passage.start + (before if back else frame.end),
            passage.start + max(frame.end, stop.start() if stop else end),
            frame.parties,
            frame.stance,
            frame.row["id"],
            (passage.start + frame.verb[0], passage.start + frame.verb[1]),
            tuple((passage.start + start, passage.start + end, office) for start, end, office in frame.speakers),
        )

    def _directions(self, frame: _Found, text: str, *, first: bool) -> tuple[bool, bool]:
        """Tell whether an attribution reaches back, and whether forth to the next one or only to the next break."""
        lead = text[: frame.start]
        at_start = not lead.strip(' "')
        reach = frame.row["reach"]
        if reach == "auto":
            trails = frame.row["id"] == "according" or (
                _TRAILED.search(lead) and self.rules.closes.match(text, frame.end)
            )
            reach = (
                "after"
                if at_start
                else "before"
                if trails
                else "opening"
                if self.rules.opening.match(lead)
                else "after"
            )
        if reach == "around":
            return first, False
        return reach == "before" or (reach == "opening" and first), reach != "before"

    def _is_plain(self, word: str) -> bool:
        """Tell whether the first word of a sentence is an ordinary word and no name."""
        if " " in word or sum(letter.isupper() or letter.isdigit() for letter in word) > 1:
            return False
        if self._capitals is None:
            self._capitals = set(_CAPITALS.findall(self.page.masked))
        return word not in self._capitals


def _denied(claims: list[Claim]) -> list[Claim]:
    """Keep the denier on what is denied: "A denied B's claim that …" is told by both."""
    for number in range(1, len(claims)):
        denial, inner = claims[number - 1], claims[number]
        if denial.stance == "deny" and inner.rule == "claim-noun":
            both = inner.parties + tuple(one for one in denial.parties if one not in inner.parties)
            claims[number] = replace(inner, parties=both, stance="deny")
    return claims
