"""The patterns of attributions: frames, verbs of saying and what stands around them, compiled for a language."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from geo.mentions.masks import CAPITAL, DEMONYM, FILL, INSTITUTION, PLACE, STATE
from geo.mentions.rules import Row, fill, filled, rows, words
from geo.mentions.speakers import CAPITALISED, NAME, SPOKEN
from geo.mentions.triggers import Triggers, beginning, for_lower_case

if TYPE_CHECKING:
    from collections.abc import Mapping


@dataclass(frozen=True, slots=True)
class Frames:
    """What finds attributions in a masked sentence, and what tells how far each reaches."""

    frames: tuple[tuple[Row, str], ...]
    triggers: Triggers
    saying: re.Pattern[str]
    piece: re.Pattern[str]
    calendar: re.Pattern[str]
    pronoun: re.Pattern[str]
    closes: re.Pattern[str]
    opening: re.Pattern[str]
    turn: re.Pattern[str]
    setting: re.Pattern[str]
    stage: re.Pattern[str]
    calls_it: re.Pattern[str]
    short: re.Pattern[str]
    accused: re.Pattern[str]
    generic: re.Pattern[str]
    deny: re.Pattern[str]
    said_false: re.Pattern[str]
    named_after: re.Pattern[str]
    red_cross: re.Pattern[str]


@cache
def frames_of(lang: str) -> Frames:
    """Compile the attributions of a language."""
    lists = words(lang)
    verbs = rows("verbs", lang)
    piece = rf"(?:{SPOKEN}|(?<!\w)(?:{lists['PRON']})(?!\w)|(?<!\w){NAME})"
    lead, more = (
        "(?-i:(?:the|an?|both|its|{MODIFIER}|{PLACEWORD}'s|{NUMBER}) ){0,3}",
        "(?-i:(?:the|both|its|{MODIFIER}) ){0,2}",
    )
    also = "(?:,? and |,? as well as )"
    macros = {
        **lists,
        "SAY": "(?:" + "|".join(row["forms"] for row in verbs if row["stance"] != "accuse") + r")(?!\w)",
        "ACCUSE": "(?:" + "|".join(row["forms"] for row in verbs if row["stance"] == "accuse") + r")(?!\w)",
        # "Soldiers, residents said" is no list: that ends with "and".
        "A": rf"(?:(?<!\w){lead}(?P<a>{piece}(?:(?:, (?!{{PRON}} ){more}{piece}){{0,5}}{also}{more}{piece}){{0,2}}))",
        "APP": r"(?:(?:, [^;\"]{1,160}?,| \([^()]{1,60}\)| who [^.;\"]{1,120}?)(?= ))?",
    }
    # Look-behinds need a fixed width each: one for every word.
    apart = "".join(rf"(?<!\b{word} )" for word in lists["NOT-SUBJECT"][3:-1].split("|"))
    apart += "".join(rf"(?<!\b{word} the )" for word in ("in", "at", "from", "near", "on", "with", "against", "to"))
    opens = beginning(fill(f"{lead.replace('{0,3}', '')}|{lists['PRON']}|{SPOKEN}", lists))
    macros["SUBJECT"] = rf"(?<!\w)(?:{opens}|(?=(?-i:{CAPITALISED})))" + apart + macros["A"]
    adverbial = r"(?:on|in|at|late|early|during|to|via|by|through) [^,.;\"]{0,60}"
    told = rf"(?-i:(?:the )?(?:[A-Z][\w&'-]*|[{PLACE}-{INSTITUTION}]{FILL}*|{SPOKEN})(?: [A-Za-z][\w&'-]*){{0,3}}?)"
    ending = rf"(?: (?:{{AUDIENCE}}|{told}(?: {{WHEN}})?|[^,.;\"]{{0,60}}?\b{{WHEN}}|{adverbial}))?\s*(?:[.,;!?\"]|$)"
    there = f"(?:the (?:{DEMONYM}{FILL}* )?capital,? (?:of )?)?(?P<side>[{STATE}{CAPITAL}]){FILL}*"
    called = "(?:also |better |commonly |widely )?(?:known (?:as|by its (?:acronym|initials),?)|called|abbreviated as)"
    loose = "|".join(row["pattern"] for row in rows("institutions", lang) if row["scope"] == "generic")
    frames = tuple((row, filled(row, macros)) for row in rows("frames", lang) if row["pattern"])
    # Who speaks may be anybody: what a sentence must have is in the rest of a pattern.
    anybody = {**macros, **dict.fromkeys(("SUBJECT", "A", "APP", "ADV"), ".*")}
    return Frames(
        frames=frames,
        triggers=Triggers([filled(row, anybody) for row, _ in frames]),
        saying=re.compile(rf"(?<!\w){beginning(macros['SAY'])}(?=(?P<v>{macros['SAY']}))"),
        piece=re.compile(piece, re.IGNORECASE),
        calendar=re.compile(rf"{lists['WEEKDAY']}|{lists['MONTH']}", re.IGNORECASE),
        pronoun=re.compile(lists["PRON"], re.IGNORECASE),
        closes=re.compile(fill(ending, lists), re.IGNORECASE),
        opening=re.compile(rf"[\"( ]*{lists['PLACE-WORD']}\b[^;]*,\s*\Z", re.IGNORECASE),
        setting=re.compile(rf"[\"( ]*(?:(?:meanwhile|separately|later|earlier),? )?in {there},", re.IGNORECASE),
        stage=re.compile(
            rf"(?:\A[\"( ]*in {there},)|\bspeaking (?:[^,.;\"]{{0,40}} )?in {there.replace('side', 'side2')}",
            re.IGNORECASE,
        ),
        calls_it=re.compile(lists["CALLS-IT"], re.IGNORECASE),
        short=re.compile(
            rf"(?:,? (?:{called}) | \((?:{called} )?|, )\"?(?P<acronym>[A-Z][A-Z0-9-]*[A-Z][A-Z0-9-]*)(?![\w'])"
        ),
        accused=re.compile(
            rf"(?:,? and|,)? (?:both |the )*(?P<who>[{PLACE}-{INSTITUTION}]{FILL}*(?:'s)?|(?P<name>{NAME})"
            rf"|(?-i:rebels?|militants|separatists|insurgents|protesters|government|army|police|gunmen)(?!\w))",
            re.IGNORECASE,
        ),
        generic=re.compile(rf"(?:^|.* )(?:{loose})", re.IGNORECASE),
        turn=re.compile(lists["TURN"], re.IGNORECASE),
        red_cross=re.compile(" Red (?:Cross|Crescent)(?: Society)?"),
        named_after=re.compile(rf"(?: {CAPITALISED}[\w'-]*){{0,3}}? {lists['ORGANISED']}(?!\w)"),
        said_false=for_lower_case(rf"(?<!\w){lists['SAID-FALSE']}(?!\w)"),
        deny=re.compile("|".join(row["forms"] for row in verbs if row["stance"] == "deny"), re.IGNORECASE),
    )


@cache
def institutions(lang: str) -> Mapping[str, Row]:
    """Give the rows of institutions.csv by their id."""
    return {row["id"]: row for row in rows("institutions", lang)}
