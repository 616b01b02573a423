"""A report's text with its mentions blotted out, character for character, so that rules can speak of "a place"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from geo.mentions.pattern_needs import expansions
from geo.mentions.rules import fill, words
from geo.mentions.triggers import in_lower_case

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geo.mentions.mention import Mention
    from geo.mentions.polity import Polity

# One private-use character begins a mention and tells its class, another fills its length: offsets stay true.
PLACE, STATE, CAPITAL, REGION, DEMONYM, INSTITUTION, OTHER_DEMONYM = (chr(0xE000 + number) for number in range(7))
FILL = "\ue00f"
# Generic words around a place ("the village of X region") and a part of it ("northern X").
BEFORE, AFTER, PART = "\ue00e", "\ue00d", "\ue00c"
SPEAKER, SPEAKER_FILL = "\ue010", "\ue01f"

_LEVEL = {"state": STATE, "capital": CAPITAL, "region": REGION}
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("‘’ʼ`´", "'"),
        **dict.fromkeys("“”„‟", '"'),
        **dict.fromkeys("\t\n\v\f\r\x1c\x1d\x1e\x1f\x85\xa0\u2002\u2003\u2009\u200a\u2028\u2029\u202f\u3000", " "),
        **dict.fromkeys((chr(code) for code in range(0xE000, 0xE020)), "\ufffd"),
    }
)


def _any(starts: str) -> str:
    return f"[{starts}]{FILL}*"


_X = _any(f"{PLACE}-{REGION}")
_POLITY = _any(f"{STATE}-{REGION}")
_ONE = f"[{PART}{BEFORE}]*"
_TAIL = f"{AFTER}*"
_MORE = f"(?:{{JOIN}}{_ONE}%s{_TAIL}){{0,30}}"

MACROS = {
    "X": _X,
    "D": _any(DEMONYM + OTHER_DEMONYM),
    "ONE": _ONE,
    "PART": f"{PART}+",
    "TAIL": _TAIL,
    "OFKIND": f"{BEFORE}+",
    "NAMED": f"{AFTER}+",
    "T": f"(?P<t>{_X})",
    "U": f"(?P<u>{_X})",
    "ALSO": f"(?P<u>{_X})",
    "TP": f"(?P<t>{_any(PLACE)})",
    "UP": f"(?P<u>{_any(PLACE)})",
    "TD": f"(?P<t>{_any(DEMONYM + OTHER_DEMONYM)})",
    "TI": f"(?P<t>{_any(INSTITUTION)})",
    "TS": f"(?P<t>{_any(STATE)})",
    "TR": f"(?P<t>{_any(REGION)})",
    "TSR": f"(?P<t>{_any(STATE + REGION)})",
    "TPOL": f"(?P<t>{_POLITY})",
    "LIST": f"(?P<t>{_X}{_TAIL}{_MORE % _X})",
    "LISTPOL": f"(?P<t>{_POLITY}{_MORE % _POLITY})",
    "ANY": _X,
    "ANYP": _any(PLACE + CAPITAL),
    "ANYPC": _any(PLACE + CAPITAL),
    "ANYPR": _any(PLACE + CAPITAL + REGION),
}
# What the patterns of roles.csv may say beside the word lists; ``t`` and ``u`` are the places that a rule is about.

_WINDOW, _LONGEST_WORD = 80, 24
_LAST = re.compile(r"[^\W\d_]+(?=,? \Z)")


def letter(mention: Mention, polity: Polity | None) -> str:
    """Give the character that begins a mention in the masked text, or "" when it is left readable."""
    if mention.kind == "demonym":
        return DEMONYM if polity else OTHER_DEMONYM
    if mention.kind == "institution":
        return INSTITUTION if polity else ""
    return _LEVEL[polity.level] if polity else PLACE


def mask(text: str, mentions: Sequence[Mention], polities: Sequence[Polity | None]) -> str:
    """Blot out the mentions of a text.

    Parameters
    ----------
    text : str
    mentions : sequence of Mention
        In any order; of two that overlap the first in the text is blotted out.
    polities : sequence of Polity or None
        One for each mention.

    Returns
    -------
    str
        As long as `text`, with plain quotes and spaces, and with private-use characters where the mentions are.
    """
    plain = text.translate(_PLAIN)
    pieces: list[str] = []
    done = 0
    for mention, polity in sorted(zip(mentions, polities, strict=True), key=lambda pair: (pair[0].start, -pair[0].end)):
        start = letter(mention, polity)
        if start and done <= mention.start < mention.end <= len(text):
            pieces += plain[done : mention.start], start, FILL * (mention.end - mention.start - 1)
            done = mention.end
    pieces.append(plain[done:])
    return "".join(pieces)


@dataclass(frozen=True, slots=True)
class _Around:
    place: re.Pattern[str]
    before: re.Pattern[str]
    after: re.Pattern[str]
    last_words: frozenset[str]


@cache
def _around(lang: str) -> _Around:
    macros = {**words(lang), **MACROS}
    before = r"(?<![\w'])(?:{DESCR}|(?:{ARTICLE} )?(?P<part>{COMPASSERN} )|{ARTICLE} )\Z"
    closing = expansions(fill("{PLACEWORD}|{COMPASSERN}|{ARTICLE}", macros))
    return _Around(
        place=re.compile(fill("{X}", macros)),
        before=re.compile(in_lower_case(fill(before, macros))),
        after=re.compile(in_lower_case(fill(r" {PLACEWORD}(?!\w)", macros))),
        last_words=frozenset({"of", *(re.split("[ -]", one)[-1] for one in closing)}),
    )


def describe(text: str, lang: str) -> str:
    """Blot out, in a masked sentence in lower case, the generic words that go with a place too: "the town of X", "X district"."""
    around = _around(lang)
    pieces: list[str] = []
    done = 0
    for found in around.place.finditer(text):
        start, end = found.span()
        last = _LAST.search(text, max(done, start - _LONGEST_WORD), start)
        lead = last and last[0] in around.last_words and around.before.search(text, max(done, start - _WINDOW), start)
        if lead:
            part = lead.start("part") if lead["part"] else start
            pieces += text[done : lead.start()], BEFORE * (part - lead.start()), PART * (start - part)
            done = start
        tail = around.after.match(text, end)
        if tail:
            pieces += text[done:end], AFTER * (tail.end() - end)
            done = tail.end()
    pieces.append(text[done:])
    return "".join(pieces)


def mask_spans(text: str, spans: Sequence[tuple[int, int]]) -> str:
    """Blot out the speakers of a sentence, given as spans in order without overlap."""
    pieces: list[str] = []
    done = 0
    for start, end in spans:
        pieces += text[done:start], SPEAKER, SPEAKER_FILL * (end - start - 1)
        done = end
    pieces.append(text[done:])
    return "".join(pieces)
