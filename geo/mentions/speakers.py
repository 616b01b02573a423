"""Who can say something: institutions, sides and people, as they stand in a sentence."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field, replace
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from geo.mentions.masks import CAPITAL, DEMONYM, FILL, INSTITUTION, PLACE, REGION, SPEAKER, SPEAKER_FILL, STATE
from geo.mentions.rules import Row, fill, rows, words
from geo.mentions.triggers import LazyPattern, Starts, Triggers, in_lower_case, lower, words_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

# A capital, or any letter that is neither a plain nor a Western European small one: the full class is slow to compile.
CAPITALISED = r"[^\W\d_a-zß-öø-ÿ]"
_WORD = rf"{CAPITALISED}[\w'&-]*(?:\.(?= ?{CAPITALISED}))?"
_NAME = rf"(?:[Tt]he )?{_WORD}(?: (?:(?:of|for|the|de|da|von|van|bin|al|el|ibn|and the) ){{0,2}}{_WORD}){{0,6}}"
_ORGANISED = (
    "Group|Front|Movement|Union|Council|Party|Committee|Organi[sz]ation|Army|Alliance|Coalition|Congress|League"
)
_OF = r"(?:(?:of|for) (?:the )?)"
# "The Group for the Support of Law and Order" is one speaker, "the Highland Front and UNICEF" are two.
_JOINED = (
    rf"(?:[Tt]he )?(?:{_WORD} ){{0,3}}?(?:{_ORGANISED}) {_OF}{_WORD}(?: {_OF}?{_WORD}){{0,3}}"
    rf" and (?:the )?(?![A-Z0-9]{{2,}}\b){_WORD}(?![\w'-])(?! {_WORD})"
)
_KIND = "(?: (?:front|group|movement|faction|brigade|alliance|coalition|guard))?"
NAME = rf"(?-i:{_JOINED}|{_NAME}{_KIND}(?![\w]))"
_PERSON = rf"(?-i:{_WORD}(?: (?:(?:de|da|von|van|bin|al|el|ibn) ){{0,2}}{_WORD}){{0,4}})"


# "The news agency Halcyon", "the monitoring group Beacon": the name is the party.
_NAMED_AFTER = frozenset({"media", "agency", "group", "monitors", "aid", "experts"})
_OUTLET = re.compile(
    rf",? (?P<name>{_WORD}(?: {_WORD}){{0,3}})(?=,| (?:said|says|reported|reports|added|wrote|quoted|showed)\b)"
)
_NEARBY = 3
_GROUP_NEARBY = 2
_CAPITALISED = re.compile(rf"(?<!\w){_WORD} \Z")
_SIDE = re.compile(f"[{STATE}-{INSTITUTION}]")
_ARTICLE = re.compile(r"an? ", re.IGNORECASE)
# Parts of the pattern of speakers for which capitals count.
_CASED = ("own", "inst3", "inst4")
_MOST_WORDINGS = 4_096


@dataclass(frozen=True, slots=True)
class Speaker:
    """A party as a sentence names it; offsets count from the sentence's start.

    ``rule`` is the row of institutions.csv, "" for a side that stands alone; ``word_start`` is where the institution's
    words begin; ``office`` tells a local office named by its place ("X police"), ``person`` is the name that
    follows ("X's minister Roe"), ``seat`` that the place is only where it sits ("the ministry in X").
    """

    start: int
    end: int
    party: str
    family: str
    pronoun: str
    rule: str = ""
    word_start: int = 0
    office: bool = False
    person: str = ""
    seat: bool = False


@dataclass(slots=True)
class Memory:
    """Who has been named so far, for "the ministry", "he" and surnames."""

    people: dict[str, str] = field(default_factory=dict)
    families: dict[str, dict[str, int]] = field(default_factory=dict)
    pronouns: dict[str, tuple[tuple[str, ...], int]] = field(default_factory=dict)
    last: tuple[tuple[str, ...], int] = ((), -1)
    organisations: dict[str, str] = field(default_factory=dict)
    group: tuple[str, int] = ("", -1)
    armed: str = ""
    sides: set[str] = field(default_factory=set)

    def meet(self, speaker: Speaker, paragraph: int) -> None:
        """Remember an institution that was named with its side."""
        if speaker.party and not speaker.office:
            known = self.families.setdefault(speaker.family, {})
            known.pop(speaker.party, None)
            known[speaker.party] = paragraph

    def nearest(self, family: str, paragraph: int) -> str:
        """Give the party that "the ministry" or "the army" is: the only one named so far, or the last one close by."""
        known = self.families.get(family, {})
        party = next(reversed(known), "")
        return party if len(known) == 1 or paragraph - known.get(party, 0) <= _NEARBY else ""

    @property
    def side(self) -> str:
        """Give the state whose army "the army" is: the only one that has been named as a side so far."""
        return next(iter(self.sides)) if len(self.sides) == 1 else ""

    def introduce(self, name: str, party: str) -> None:
        """Remember for whom a person speaks, by full name and by surname."""
        folded = fold(name)
        self.people[folded] = party
        self.people[folded.rsplit("-", 1)[-1]] = party

    def the_group(self, paragraph: int) -> str:
        """Give what "the group" is: the organisation that spoke or was accused last, close by."""
        party, since = self.group
        return party if paragraph - since <= _GROUP_NEARBY else ""

    def call(self, name: str, party: str, paragraph: int) -> None:
        """Remember an organisation that speaks, by its whole name."""
        self.organisations[name] = party
        self.group = (party, paragraph)

    def spoke(self, parties: tuple[str, ...], pronoun: str, paragraph: int) -> None:
        """Remember who said something last."""
        self.last = (parties, paragraph)
        self.pronouns[pronoun] = self.last

    def antecedent(self, pronoun: str, paragraph: int) -> tuple[str, ...]:
        """Give who "he", "it" or "they" is: people may carry over to the next paragraphs, others not."""
        parties, since = self.pronouns.get(pronoun, ((), -1))
        reach = 2 if pronoun == "he" else 0
        if paragraph - since <= reach:
            return parties
        return (self.group[0],) if pronoun == "it" and self.group[1] == paragraph else ()


def fold(name: str) -> str:
    """Write a name in plain lower-case letters joined by hyphens, to compare it or to make an id of it.

    Examples
    --------
    >>> fold("The José Peña Front")
    'the-jose-pena-front'
    """
    if not name.isascii():
        from anyascii import anyascii  # noqa: PLC0415 - most names are plain

        name = anyascii(unicodedata.normalize("NFC", name))
    return "-".join(re.findall(r"[a-z0-9]+", name.lower().replace("'s ", " ").removesuffix("'s")))


@dataclass(frozen=True, slots=True)
class Grammar:
    """The patterns that find speakers, compiled for a language.

    ``lowered`` is `speaker` for a text in lower case, which is quicker; it takes names for words: "WHO" and "who".
    """

    speaker: LazyPattern
    lowered: re.Pattern[str]
    starts: Starts
    institutions: Triggers
    person: re.Pattern[str]
    institution: re.Pattern[str]
    own: re.Pattern[str]
    rows: tuple[Row, ...]
    honorific: re.Pattern[str]


@cache
def grammar(lang: str) -> Grammar:
    """Compile the institutions of a language."""
    lists = words(lang)
    table = rows("institutions", lang)
    # Longer wordings first is not needed: the row that matches the whole wording is looked up afterwards.
    parts = sorted((row["pattern"] for row in table if row["scope"] in {"national", "local"}), key=len, reverse=True)
    loose = "|".join(row["pattern"] for row in table if row["scope"] == "generic")
    own = "|".join(row["pattern"] for row in table if row["scope"] == "own")
    common = "|".join(parts)
    polity = f"[{PLACE}-{INSTITUTION}]{FILL}*"
    office = r"(?:'s (?:[a-z-]+ ){0,3}?(?:agency|service|office|committee|commission|department|authority))?(?:'s?)?"
    office += r"(?: (?:{MODIFIER} )?{OFFICE})*"
    some = "(?:{MODIFIER} )"
    at_office = "(?:(?:offices?|{OFFICE}) (?:of|for) (?:the|its) )"
    leading = rf"{some}?{{LEAD}} (?:for|of) "
    led = rf"(?:(?:the |an? )?{leading}(?:the )?)?"
    article = "(?:(?:the|an?|its|their|his|her|our|some|several) )?"
    known = rf"[ -](?:{{MODIFIER}}[ -]){{0,3}}?(?P<inst1>{common})(?!\w)(?P<office1>{office})"
    # "X's seed inspection agency": any plain words may stand before these, after a possessive or an adjective only.
    plain = r"(?:(?!{LINKING}\b)(?-i:[a-z][a-z-]*) ){0,3}?"
    unlisted = rf"(?(dem)|(?(poss)|(?!))) {plain}(?P<inst3>{loose})(?!\w)(?P<office3>{office})"
    sided = rf"(?:{known}|{unlisted})?"
    alone = rf"{some}{{0,3}}?(?P<inst2>{common})(?!\w)(?P<office2>{office})"
    cabinet = "(?:the (?:[a-z]+ ){0,2}?(?:administration|government|authorities|cabinet) (?:in|of) )?"
    before_side = rf"{cabinet}(?:the )?(?:{some}|(?:{{D}} )?{{PLACEWORD}} of )?"
    of_side = rf"(?: (?P<prep>of|for|in|from) {before_side}(?P<side2>{polity})(?: {{PLACEWORD}}(?!\w))?)?"
    based = "(?:(?<=mission)|(?<=office)|(?<=envoy)) (?:in|to|for)"
    pattern = (
        rf"(?<!\w)(?:{led}(?P<dem>(?={{D}} ))?(?P<side>{polity})(?P<poss>'s?)?{sided}"
        rf"|{article}(?:(?P<own>{own})(?!\w)(?:{based} (?:the )?{polity})?{office}|{at_office}?{alone}{of_side})"
        rf"|the (?-i:(?P<inst4>{loose}))(?![\w-]))"
    )
    bare = f"{leading}|{polity}|{own}|{at_office}|{some}|{common}|{loose}"
    pattern, bare = (fill(one, {**lists, "D": f"{DEMONYM}{FILL}*"}) for one in (pattern, bare))
    return Grammar(
        speaker=LazyPattern(pattern),
        lowered=re.compile(in_lower_case(pattern)),
        starts=Starts([bare], article),
        institutions=Triggers([rf"(?<!\w)(?:{own}|{common}|{loose})(?!\w)"]),
        person=re.compile(rf",? (?:{lists['HONORIFIC']}\.? )?(?P<name>{_PERSON})", re.IGNORECASE),
        institution=re.compile(
            "|".join(f"(?P<i{number}>{row['pattern']})" for number, row in enumerate(table)), re.IGNORECASE
        ),
        own=re.compile(rf"(?:{own})(?!\w)", re.IGNORECASE),
        rows=table,
        honorific=re.compile(rf"(?:(?-i:[Tt]he )?{lists['HONORIFIC']}\.? )+", re.IGNORECASE),
    )


@lru_cache(maxsize=_MOST_WORDINGS)
def institution(lang: str, wording: str) -> Row | None:
    """Give the row of institutions.csv that a wording is of."""
    rules = grammar(lang)
    found = rules.institution.fullmatch(wording)
    return rules.rows[int(found.lastgroup[1:])] if found and found.lastgroup else None


def speakers(text: str, lang: str, party_at: Callable[[int], str]) -> Iterator[Speaker]:
    """Find the sides and institutions of a masked sentence.

    Parameters
    ----------
    text : str
        The sentence, mentions masked.
    lang : str
    party_at : callable
        Gives the party of the polity whose mask begins at an offset, or "".

    Yields
    ------
    Speaker
        In order, without overlap. An institution without a side has the party "" when it must be looked up.
    """
    rules = grammar(lang)
    lowered = lower(text)
    if not rules.institutions.within(words_of(lowered)) and not _SIDE.search(text):
        return
    done = 0
    for found in _matches(text, lowered, rules):
        speaker = (
            _own(found, lang, text)
            or _again(found, lang, text)
            or _sided(found, lang, text, party_at)
            or _alone(found, lang, text)
        )
        if speaker and speaker.start >= done:
            speaker = _with_name(speaker, text, rules)
            done = speaker.end
            yield speaker


def _with_name(speaker: Speaker, text: str, rules: Grammar) -> Speaker:
    """Give a speaker with the name that follows: a person's, or that of an outlet or organisation, which is then the party."""
    # "A teacher" after a name and a comma describes it and joins nobody to it: the article stays outside.
    article = _ARTICLE.match(text, speaker.start)
    if article:
        speaker = replace(speaker, start=article.end())
    if speaker.family in _NAMED_AFTER and not rules.own.match(text, speaker.start):
        called = _OUTLET.match(text, speaker.end)
        if called:
            return replace(speaker, end=called.end(), party=fold(called["name"]))
    name = rules.person.match(text, speaker.end) if speaker.pronoun == "he" else None
    if name and not name[0].startswith(","):
        return replace(speaker, person=name["name"], end=name.end())
    return replace(speaker, person=name["name"]) if name and " " in name["name"] else speaker


def _matches(text: str, lowered: str, rules: Grammar) -> Iterator[re.Match[str]]:
    """Find what `speaker` matches, trying only where it may begin."""
    done = 0
    for start, _ in rules.starts.within(lowered):
        if start < done:
            continue
        found = rules.lowered.match(lowered, start)
        if found and any(found.group(*_CASED)):
            found = _as_printed(found, text, rules)
        if found:
            done = found.end()
            yield found


def _as_printed(found: re.Match[str], text: str, rules: Grammar) -> re.Match[str] | None:
    """Match again with regard to capitals, unless those are as they must be; a name's one word written small is a word."""
    start, end = found.span("own")
    if start >= 0:
        named = rules.own.match(text, start)
        if named and named.end() == end:
            return found
        if text[start:end].isalpha() and text[start:end].islower():
            return None
    else:
        start = max(found.end("side"), found.start("inst4"))
        if text[start : found.end()] == found.string[start : found.end()]:
            return found
    return rules.speaker.compiled.match(text, found.start())


def _row(found: re.Match[str], group: str, lang: str, text: str) -> Row | None:
    """Give the row of the words of a group, as printed."""
    start, end = found.span(group)
    return institution(lang, text[start:end]) if start >= 0 else None


def _own(found: re.Match[str], lang: str, text: str) -> Speaker | None:
    row = _row(found, "own", lang, text)
    if not row:
        return None
    return Speaker(*found.span(), row["suffix"], row["family"], row["pronoun"], row["id"], found.start("own"))


def _again(found: re.Match[str], lang: str, text: str) -> Speaker | None:
    """Read "the agency" or "the front": whichever was named before."""
    row = _row(found, "inst4", lang, text)
    return Speaker(*found.span(), "", row["family"], row["pronoun"], row["id"], found.start("inst4")) if row else None


def _sided(found: re.Match[str], lang: str, text: str, party_at: Callable[[int], str]) -> Speaker | None:
    """Read "X's ministry", "the ministry of X" or X alone."""
    which = "side" if found["side"] else "side2"
    if not found[which] or (which == "side2" and found["prep"] in {"in", "from"} and _is_military(found, lang, text)):
        return None
    start, mask = found.start(which), found[which][0]
    party = party_at(start)
    group = ("inst1" if found["inst1"] else "inst3") if which == "side" else "inst2"
    row = _row(found, group, lang, text)
    if row is None:
        return _bare(found, start, party, text) if which == "side" else None
    office = row["scope"] == "local" and mask in {PLACE, CAPITAL}
    if mask == PLACE and not office and (row["family"] != "ministry" or not party):
        return None if which == "side2" else _bare(found, start, party, text)
    pronoun = "he" if (found["office1"] or found["office2"] or found["office3"] or "").strip("' ") else row["pronoun"]
    whole = row["suffix"] if office else party_of(row, party)
    seat = which == "side2" and found["prep"] == "in"
    return Speaker(*found.span(), whole, row["family"], pronoun, row["id"], found.start(group), office, seat=seat)


def party_of(row: Row, side: str) -> str:
    """Give the party of an institution of a side: a local voice is its own, a de-facto authority has no parts."""
    if not side or row["sided"] == "alone":
        return row["suffix"]
    if side[2:3] == "-" and row["sided"] == "suffix":
        # A division of a state ("us-tx") has no ministries that speak for the state.
        return "officials" if row["suffix"] == "government" else row["suffix"]
    whole = len(side) > 2  # noqa: PLR2004 - a state has its ISO code
    return side if whole or row["sided"] == "bare" or not row["suffix"] else f"{side}-{row['suffix']}"


def _is_military(found: re.Match[str], lang: str, text: str) -> bool:
    row = _row(found, "inst2", lang, text)
    return row is not None and row["family"] in {"military", "rebels"}


def _bare(found: re.Match[str], start: int, party: str, text: str) -> Speaker | None:
    """Read a side that stands alone; a demonym does not, nor does "X-backed"."""
    end = found.end("side")
    if text[start] in {DEMONYM, PLACE, ""} or text[start] not in STATE + CAPITAL + REGION + INSTITUTION:
        return None
    if text[end : end + 1] == "-" or not party:
        return None
    return Speaker(found.start(), end, party, "state", "it" if found.start() == start else "he", word_start=start)


def _alone(found: re.Match[str], lang: str, text: str) -> Speaker | None:
    """Read an institution without a side; "Forces" at the end of a name like "Highland Defence Forces" is none."""
    row = _row(found, "inst2", lang, text)
    named = (
        row
        and text[found.start("inst2")].isupper()
        and _CAPITALISED.search(text, max(0, found.start() - 40), found.start())
    )
    if not row or named:
        return None
    end = found.end("office2")
    official = (found["office2"] or "").strip("' ")
    party = row["suffix"] if row["scope"] == "local" else ""
    pronoun = "he" if official else row["pronoun"]
    return Speaker(found.start(), end, party, row["family"], pronoun, row["id"], found.start("inst2"))


SPOKEN = f"{SPEAKER}{SPEAKER_FILL}*"
