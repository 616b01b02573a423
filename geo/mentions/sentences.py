"""Where sentences begin and end in running news text."""

from __future__ import annotations

import re
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from geo.mentions.rules import table, words

if TYPE_CHECKING:
    from collections.abc import Iterator

Span = tuple[int, int]

_LINE = re.compile(r"[^\n\r\v\f\x1c-\x1e\x85\u2028\u2029]+")
_BREAK = re.compile(r"\n|\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_TERMINAL = ".!?…:։؟。！？"
_CLOSING = "\"'”’»)]"
_END = re.compile(
    r"(?:(?<![.!?…։؟۔।])(?P<mark>[.!?…։؟۔।]++)(?P<quote>[\"'”’»)\]]*+)(?P<gap>\s++)"
    r"(?P<open>[\"'“‘«‹(\[—–]*+\s?)(?=(?P<next>\S))"
    r"|(?<![。！？])[。！？]++[」』”’]*+(?P<gap2>\s*+)(?=\S))"
)
_MARK = re.compile("[.!?…։؟۔।。！？]")
_TOKEN = re.compile(r"[^\W_][\w.'’-]*\Z")
_ACRONYM = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}\Z")
_SIGNATURE = re.compile(r"(?:(?<=\s)|^)(?:—|–|--)\s?(?=[^\n@—–]{1,80}\(@\w{1,40}\)[^\n]{0,40}\Z)")
_SHORT_LINE, _LONG_LINE = 50, 120
_LOOK_BACK = 24
# What runs on for longer is a list or a broken text; each of its mentions would be quoted with all of it.
LONGEST_SENTENCE = 3_000


def sentences(text: str) -> list[Span]:
    """Split a text into sentences.

    A line is a paragraph, unless the lines of a block are plainly wrapped. Headlines without a full stop are sentences,
    and so is the signature of a quoted post ("— Name (@handle) date"). What runs on for more than 3,000 characters is cut.

    Parameters
    ----------
    text : str

    Returns
    -------
    list of (start, end)
        In order, without overlap, each without space at its ends; together they cover all that is not space.

    Examples
    --------
    >>> text = "Gen. Roe left at 3.30 p.m. on Jan. 5. He came back."
    >>> [text[start:end] for start, end in sentences(text)]
    ['Gen. Roe left at 3.30 p.m. on Jan. 5.', 'He came back.']
    """
    return [(start, end) for start, end, _ in numbered(text)]


@lru_cache(maxsize=1)
def numbered(text: str) -> tuple[tuple[int, int, int], ...]:
    """Give the sentences of a text as start, end and the number of their paragraph; who finds and who attributes both ask."""
    return tuple(
        (start, end, number) for number, lines in enumerate(paragraphs(text)) for start, end in split(text, lines)
    )


def paragraphs(text: str) -> list[Span]:
    """Give the paragraphs of a text: its lines, or blocks of lines that are wrapped at a width."""
    lines = [trimmed for found in _LINE.finditer(text) if (trimmed := _trim(text, found.start(), found.end()))]
    joined: list[Span] = []
    for block in _blocks(text, lines):
        wrapped = _is_wrapped(text, block)
        for number, (start, end) in enumerate(block):
            if number and (wrapped or _runs_on(text, joined[-1], start)):
                joined[-1] = (joined[-1][0], end)
            else:
                joined.append((start, end))
    return joined


def split(text: str, paragraph: Span) -> Iterator[Span]:
    """Split one paragraph into sentences."""
    begin, stop = paragraph
    last = text.rfind("(@", begin, stop)
    signature = _SIGNATURE.search(text, max(begin, stop - 200), stop) if last >= 0 else None
    tail = signature.start() if signature else stop
    start = begin
    for found in _ends(text, begin, tail):
        if _ends_sentence(text, start, found):
            end = found.start("gap") if found["mark"] else found.start("gap2")
            yield from _spans(text, start, end)
            start = end
    yield from _spans(text, start, tail)
    yield from _spans(text, tail, stop)


def _ends(text: str, begin: int, end: int) -> Iterator[re.Match[str]]:
    """Find where a sentence may end; there are few marks, and looking for these alone is quick."""
    done = begin
    for mark in _MARK.finditer(text, begin, end):
        if mark.start() >= done and (found := _END.match(text, mark.start(), end)):
            done = found.end()
            yield found


def _spans(text: str, start: int, end: int) -> Iterator[Span]:
    while end - start > LONGEST_SENTENCE:
        stop = start + LONGEST_SENTENCE
        blank = text.rfind(" ", start + LONGEST_SENTENCE // 2, stop)
        yield from _spans(text, start, stop if blank < 0 else blank)
        start = stop if blank < 0 else blank
    trimmed = _trim(text, start, end)
    if trimmed:
        yield trimmed


def _trim(text: str, start: int, end: int) -> Span | None:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    body = len(piece.strip())
    return (start + lead, start + lead + body) if body else None


def _blocks(text: str, lines: list[Span]) -> Iterator[list[Span]]:
    block: list[Span] = []
    for line in lines:
        if block and len(_BREAK.findall(text, block[-1][1], line[0])) > 1:
            yield block
            block = []
        block.append(line)
    if block:
        yield block


def _is_wrapped(text: str, block: list[Span]) -> bool:
    """Tell a block wrapped at a width: its lines are about equally long and many stop in the middle of a sentence."""
    lengths = [end - start for start, end in block[:-1]]
    if (
        not lengths
        or min(lengths) < _SHORT_LINE
        or max(lengths) > _LONG_LINE
        or max(lengths) - min(lengths) > _LOOK_BACK
    ):
        return False
    open_ends = sum(text[end - 1] not in _TERMINAL + _CLOSING for _, end in block[:-1])
    return 2 * open_ends > len(lengths) and (len(lengths) > 1 or _runs_on(text, block[0], block[1][0]))


def _runs_on(text: str, line: Span, following: int) -> bool:
    return text[following].islower() and text[line[1] - 1] not in _TERMINAL + _CLOSING


def _ends_sentence(text: str, start: int, found: re.Match[str]) -> bool:
    if not found["mark"]:
        return True
    following = found["next"]
    if following.islower() or (found["mark"] in {"...", "…"} and text[found.start() - 1].isspace()):
        return False
    if found["mark"] == "." and not found["quote"] and not _stops(text, start, found):
        return False
    return not (found["mark"] != "." and found["quote"] and _speech().match(text, found.end("gap")))


def _stops(text: str, start: int, found: re.Match[str]) -> bool:
    """Tell whether a full stop ends a sentence or belongs to the word before it."""
    token = _TOKEN.search(text[max(start, found.start() - _LOOK_BACK) : found.start()])
    if not token:
        return True
    word = token[0]
    if word.isdecimal():
        return found.start() - len(word) > start
    initial = len(word) == 1 and word.isupper()
    ends = "starter" if initial or _ACRONYM.match(word) else ""
    ends = _abbreviations().get(word, ends)
    if not ends:
        return True
    if ends == "number":
        return not found["next"].isdecimal()
    return ends == "starter" and bool(_starters().match(text, found.end("open")))


@cache
def _abbreviations() -> dict[str, str]:
    return {row["term"].removesuffix("."): row["ends"] for row in table("abbreviations")}


@cache
def _starters() -> re.Pattern[str]:
    return re.compile(rf"{words('en')['STARTER']}(?!\w)")


@cache
def _speech() -> re.Pattern[str]:
    """Give the pattern of a speaker after a question or exclamation: the quotation goes on."""
    return re.compile(rf"(?:[\w.'’-]+ ){{1,4}}{words('en')['ASKED']}(?!\w)")
