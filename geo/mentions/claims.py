"""Who says what: attributions of a sentence, and how far each reaches."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Literal

from geo.mentions.frames import frames_of, institutions
from geo.mentions.masks import CAPITAL, FILL, OTHER_DEMONYM, PLACE, REGION, mask_spans
from geo.mentions.speakers import Memory, Speaker, fold, grammar, institution, party_of, speakers
from geo.mentions.triggers import compiled, lower

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from geo.mentions.passages import Page, Passage
    from geo.mentions.rules import Row

Stance = Literal["say", "deny", "accuse"]
_TRAILED = re.compile(r"[,\"!?][\" ]*\Z")
_BEFORE_NAME = re.compile(f"[{PLACE}-{OTHER_DEMONYM}]{FILL}* (?=\\Z)")
_WHERE = re.compile(f"[{PLACE}-{REGION}]{FILL}*,? where (?:the )?\\Z")
_CAPITALS = re.compile(r"(?<=[a-z,;] )[A-Z]\w+")


@dataclass(frozen=True, slots=True)
class Claim:
    """An attribution: the parties, the stretch of text that they answer for, and the words that say so.

    All offsets are the report's. ``named`` holds the spans of the speakers, with True for a local office named by its place.
    """

    start: int
    end: int
    parties: tuple[str, ...]
    stance: Stance
    rule: str
    cue: tuple[int, int]
    named: tuple[tuple[int, int, bool], ...] = ()
    accused: tuple[str, ...] = ()

    def covers(self, offset: int) -> bool:
        """Tell whether what stands at an offset is said by the parties; a local office speaks of its own place too."""
        for start, end, office in self.named:
            if start <= offset < end:
                return office
        return self.start <= offset < self.end


@dataclass(frozen=True, slots=True)
class _Found:
    """A frame that matched in a sentence, offsets from the sentence's start."""

    start: int
    end: int
    verb: tuple[int, int]
    row: Row
    stance: Stance
    parties: tuple[str, ...]
    pronoun: str
    speakers: tuple[tuple[int, int, bool], ...]
    accused: tuple[str, ...] = ()


class Listener:
    """Reads the attributions of a report, sentence by sentence, and remembers who has spoken."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.rules = frames_of(page.lang)
        self.memory = Memory()
        self._capitals: set[str] | None = None

    def heard(self, paragraph: int) -> tuple[str, ...]:
        """Give who spoke last in a paragraph."""
        parties, since = self.memory.last
        return parties if since == paragraph else ()

    def listen(self, passage: Passage) -> tuple[list[Claim], list[Speaker]]:
        """Give the claims of a sentence and the speakers that it names, in order."""
        speaks = self.rules.triggers.within(passage.words)
        # Who is named is remembered for "the ministry" and for surnames later.
        if not speaks and not passage.signature and not self._names_institution(passage):
            return [], []
        named = self._named(passage)
        found = self._frames(passage, named, speaks) if speaks else []
        for number, frame in enumerate(found):
            if frame.parties:
                self.memory.spoke(frame.parties, frame.pronoun, passage.paragraph)
            if frame.stance == "accuse":
                found[number] = replace(frame, accused=self._accuse(passage, frame, named))
        return _denied([self._claim(passage, found, number) for number in range(len(found))]), named

    def _names_institution(self, passage: Passage) -> bool:
        return bool(grammar(self.page.lang).institutions.within(passage.words))

    def signer(self, passage: Passage, named: Sequence[Speaker]) -> tuple[str, ...]:
        """Give the party that signs a post."""
        if not passage.signature:
            return ()
        if named and named[0].party:
            return (named[0].party,)
        name = fold(passage.signature["name"])
        party = self.memory.people.get(name) or self.memory.people.get(name.rsplit("-", 1)[-1]) or name
        return (party,) if party else ()

    def _named(self, passage: Passage) -> list[Speaker]:
        """Find the speakers of a sentence, and remember them."""
        named: list[Speaker] = []
        for one in speakers(passage.text, self.page.lang, lambda at: self.page.party_at(passage.start + at)):
            if named and one.start < named[-1].end:
                continue
            if one.rule:
                self._meet(one, passage)
            known = self._recall(one, passage)
            if known.person and known.party:
                self.memory.introduce(known.person, known.party)
            if known.party:
                named.append(self._named_after(known, passage))
                self._take_side(known)
        return named

    def _named_after(self, speaker: Speaker, passage: Passage) -> Speaker:
        """Give "X Doctors" in "the X Doctors Network" as the organisation of that name."""
        start, end, text = speaker.start, speaker.end, passage.text
        if speaker.family == "icrc" and (side := _BEFORE_NAME.search(text, 0, speaker.word_start)):
            start = side.start()
        elif not speaker.rule and (known := self.rules.red_cross.match(text, end)):
            end = known.end()
        elif not grammar(self.page.lang).own.match(text, end + 1):
            rest = self.rules.named_after.match(text, end)
            end = rest.end() if rest else end
        if (start, end) == (speaker.start, speaker.end):
            return speaker
        party = fold(re.sub("^[Tt]he ", "", self.page.report.text[passage.start + start : passage.start + end]))
        return replace(speaker, start=start, end=end, party=party, family="group", pronoun="it", office=False)

    def _take_side(self, speaker: Speaker) -> None:
        """Remember the state that an institution is of, or that speaks itself."""
        own = speaker.rule and self._row(speaker)["scope"] == "own"
        state = speaker.party.split("-")[0]
        if not own and len(state) == 2:  # noqa: PLR2004 - a state has its ISO code
            self.memory.sides.add(state)

    def _meet(self, speaker: Speaker, passage: Passage) -> None:
        """Remember an institution for "the ministry", and a "refugee agency" for "the agency" too."""
        self.memory.meet(speaker, passage.paragraph)
        if speaker.party and self._row(speaker)["scope"] == "own":
            self.memory.group = (speaker.party, passage.paragraph)
            if speaker.family == "group":
                self.memory.armed = speaker.party
        wording = passage.text[speaker.start : speaker.end]
        last = self.rules.generic.fullmatch(wording) and institution(self.page.lang, wording.rsplit(" ", 1)[-1])
        if last and last["family"] != speaker.family:
            self.memory.meet(replace(speaker, family=last["family"]), passage.paragraph)

    def _row(self, speaker: Speaker) -> Row:
        return institutions(self.page.lang)[speaker.rule]

    def _recall(self, speaker: Speaker, passage: Passage) -> Speaker:
        """Look up which ministry "the ministry" is.

        "In Norburg, the minister" is the one of Norburg's state. Without any before it a ministry stands for itself, but
        "the agency" or "the group" is nobody.
        """
        if speaker.family == "rebels" and passage.lowered.startswith("the ", speaker.start):
            return replace(speaker, party=self.memory.armed or speaker.party)
        if speaker.party:
            return speaker
        row = self._row(speaker)
        if speaker.family == "spokesperson":
            parties, since = self.memory.last
            near = parties[0] if parties and passage.paragraph - since <= 1 else ""
            return replace(speaker, party=near or row["suffix"])
        near = self.memory.nearest(speaker.family, passage.paragraph)
        if row["scope"] == "generic":
            party = self.memory.the_group(passage.paragraph) if row["id"] == "group" else near
            return replace(speaker, party=party)
        scene, stage = self.rules.setting.match(passage.text), self.rules.stage.search(passage.text)
        strong = scene is not None and scene["side"] == CAPITAL
        at = (stage.start("side") if stage["side"] else stage.start("side2")) if stage else 0
        side = self.page.party_at(passage.start + at) if stage and speaker.family != "embassy" else ""
        here = party_of(row, side) if side else ""
        party = (strong and here) or near or here or party_of(row, self.page.home or self.memory.side)
        return replace(speaker, party=party)

    def _accuse(self, passage: Passage, frame: _Found, named: Sequence[Speaker]) -> tuple[str, ...]:
        """Give who is accused, and remember a named organisation: it is "the group" that answers."""
        if frame.row["id"] == "accused-by":
            return tuple(one.party for one in named if one.end <= frame.verb[0])[-1:]
        parties: list[str] = []
        at = frame.verb[1]
        while found := self.rules.accused.match(passage.text, at):
            known = next((one for one in named if found.start("who") <= one.start < found.end("who")), None)
            if known:
                parties.append(known.party)
            elif found["name"]:
                name = found["name"]
                parties.append(fold(name.removeprefix("the ")))
                if name[:4] == "the " or name.isupper() or found[0].lower().startswith((" the ", " and the ")):
                    self.memory.group = (parties[-1], passage.paragraph)
            at = max(found.end(), known.end if known else 0)
        return tuple(dict.fromkeys(parties))

    def _frames(self, passage: Passage, named: Sequence[Speaker], numbers: Sequence[int]) -> list[_Found]:
        masked = mask_spans(passage.text, [(one.start, one.end) for one in named])
        at = {one.start: one for one in named}
        found: list[_Found] = []
        verbs = [match.span("v") for match in self.rules.saying.finditer(lower(masked))]
        for number in numbers:
            row, pattern = self.rules.frames[number]
            for match in compiled(pattern).finditer(masked, *_stretch(row, verbs, len(masked))):
                if not any(match.start("v") < other.end and other.start < match.end("v") for other in found):
                    found.append(self._read(row, match, passage, at))
        return list(_joined(sorted(found, key=lambda one: one.start)))

    def _read(self, row: Row, match: re.Match[str], passage: Passage, at: dict[int, Speaker]) -> _Found:
        parties: list[str] = []
        spans: list[tuple[int, int, bool]] = []
        pronoun = "it"
        stance: Stance = row["stance"]  # type: ignore[assignment]  # the tables are tested
        if stance == "say" and self.rules.deny.fullmatch(match["v"]):
            stance = "deny"
        if "a" not in match.groupdict():
            return _Found(*match.span(), match.span("v"), row, stance, (), "", ())
        start, end = match.span("a")
        # A person with an apposition speaks for whom the apposition names.
        limit = match.start("v") if end <= match.start("v") else end + len(", the ")
        inside = [one for one in at.values() if end < one.start <= limit]
        for piece in self.rules.piece.finditer(match.string, start, end):
            speaker = at.get(piece.start())
            party, pronoun = self._party(piece, passage, speaker=speaker, apposed=inside)
            if not party and self.rules.pronoun.fullmatch(piece[0]):
                # "Police seized rifles in Arden, they said".
                party = next(((one.party,) for one in at.values() if one.pronoun == pronoun and one.end <= start), ())
            if party or speaker or self.rules.pronoun.fullmatch(piece[0]):
                spans.append((*piece.span(), bool(speaker and speaker.office)))
            parties += [one for one in party if one not in parties]
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
        self, piece: re.Match[str], passage: Passage, *, speaker: Speaker | None, apposed: Sequence[Speaker]
    ) -> tuple[tuple[str, ...], str]:
        wording = piece[0]
        if speaker:
            return (speaker.party,), speaker.pronoun
        if self.rules.pronoun.fullmatch(wording):
            pronoun = {"she": "he"}.get(wording.lower(), wording.lower())
            return self.memory.antecedent(pronoun, passage.paragraph), pronoun
        return self._name(piece, passage, apposed)

    def _name(self, piece: re.Match[str], passage: Passage, apposed: Sequence[Speaker]) -> tuple[tuple[str, ...], str]:
        """Give for whom a name speaks: an organisation for itself, a person for whom the apposition names."""
        wording = piece[0]
        name = grammar(self.page.lang).honorific.sub("", wording)
        folded = fold(name.removeprefix("The ").removeprefix("the "))
        led = wording[:4].lower() == "the " or piece.string[max(0, piece.start() - 4) : piece.start()].lower() == "the "
        organised = wording.isupper() or (led and " " in name)
        party, pronoun = self.memory.people.get(folded, ""), "he"
        known = self.memory.organisations.get(folded, "")
        if not party and organised and self._is_name(name, wording, folded, first=piece.start() == 0):
            short = self.rules.short.match(piece.string, piece.end())
            party, pronoun = fold(short["acronym"]) if short else known or folded, "it"
            self.memory.call(folded, party, passage.paragraph)
        elif not party and apposed and apposed[0].party and apposed[0].family != "people":
            party = apposed[0].party
            self.memory.introduce(name, party)
        elif not party and self._is_name(name, wording, folded, first=piece.start() == 0):
            party = folded
            if " " in name:
                self.memory.introduce(name, party)
        return ((party,) if party else ()), pronoun

    def _is_name(self, name: str, wording: str, folded: str, *, first: bool) -> bool:
        plain = (
            self.rules.calendar.match(name)
            or self.rules.generic.fullmatch(folded)
            or (first and self._is_plain(wording))
        )
        return bool(folded) and name.removeprefix("the ")[:1].isupper() and not plain

    def _claim(self, passage: Passage, found: Sequence[_Found], number: int) -> Claim:
        """Give an attribution the stretch that it answers for."""
        frame, text = found[number], passage.text
        before = found[number - 1].end if number else 0
        end = found[number + 1].start if number + 1 < len(found) else len(text)
        back, far = self._directions(frame, text, first=number == 0)
        stop = None if far else self.rules.turn.search(text, frame.end, end)
        # "The authorities, who call the town Arden, denied" deny it of Arden.
        since = max((end for _, end, _ in frame.speakers), default=frame.start)
        begin = since if self.rules.calls_it.match(text, since, frame.verb[0]) else frame.end
        # "In Arden, where Norland says …": the place stands before.
        where = _WHERE.search(text, before, frame.start) if not back else None
        start = before if back else where.start() if where else begin
        until = max(frame.end, stop.start() if stop else end)
        untrue = frame.stance == "say" and self.rules.said_false.search(passage.lowered, start, until)
        return Claim(
            passage.start + start,
            passage.start + until,
            frame.parties,
            "deny" if untrue else frame.stance,
            frame.row["id"],
            (passage.start + frame.verb[0], passage.start + frame.verb[1]),
            tuple((passage.start + start, passage.start + end, office) for start, end, office in frame.speakers),
            frame.accused,
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


def _stretch(row: Row, verbs: Sequence[tuple[int, int]], length: int) -> tuple[int, int]:
    """Give where a frame may match: the patterns of saying end with their verb (and one letter ahead) or begin with it."""
    if "{SAY}" not in row["pattern"]:
        return 0, length
    if row["pattern"].endswith(r"(?P<v>{SAY})\b"):
        return 0, max((end + 1 for _, end in verbs), default=0)
    return (verbs[0][0] if verbs else length), length


def _joined(found: Sequence[_Found]) -> Iterator[_Found]:
    """Give each attribution its speakers: whoever spoke before "and said", and in "A said B told them" both."""
    last: _Found | None = None
    for one in found:
        frame = one
        if not one.pronoun:
            frame = replace(one, parties=last.parties, pronoun=last.pronoun) if last else one
        elif last and _is_told_by(last, one):
            frame = replace(one, parties=tuple(dict.fromkeys((*last.parties, *one.parties))))
        if frame.parties or frame.speakers:
            last = frame
            yield frame


def _is_told_by(last: _Found, one: _Found) -> bool:
    """Tell whether an attribution is what somebody else says: "police said villagers told them"."""
    nested = last.row["id"] == "said" and last.stance == "say" and one.row["id"] in {"said", "accuse"}
    return nested and bool(last.speakers and one.speakers) and one.start - last.end <= len(" that ")


def _denied(claims: list[Claim]) -> list[Claim]:
    """Keep the denier on what is denied: "A denied B's claim that …" is told by both."""
    for number in range(1, len(claims)):
        denial, inner = claims[number - 1], claims[number]
        if denial.stance == "deny" and inner.rule == "claim-noun":
            both = inner.parties + tuple(one for one in denial.parties if one not in inner.parties)
            claims[number] = replace(inner, parties=both, stance="deny")
    return claims
