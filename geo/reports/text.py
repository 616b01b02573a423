"""Plain text and Markdown: one report a file, its text exactly as it stands."""

from __future__ import annotations

import re
from functools import partial
from typing import TYPE_CHECKING

from geo.errors import ReportError
from geo.reports.encoding import CHUNK, encoding_of
from geo.reports.fields import Notes, flags
from geo.reports.report import Report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.reports.source import Source

_FENCE = re.compile(r"---[ \t]*\n(?P<block>(?:.*\n)*?)(?:---|\.\.\.)[ \t]*(?:\n|\Z)")
_PAIR = re.compile(r"(?P<key>[A-Za-z][\w-]*)[ \t]*:(?:[ \t]+(?P<value>.*))?")
_REST = re.compile(r"[ \t]*(?:#.*)?|[ \t]+.*|-(?:[ \t].*)?")
_NAMES = {"date": "published", "lang": "language"}
_TITLE_LENGTH = 200
_FIRST_LINE = re.compile(r"\S[^\n]*")


def read_text(source: Source) -> Iterator[Report]:
    """Read a plain text: newlines become a line feed, a byte order mark is dropped, nothing else changes."""
    text = whole_text(source)
    yield Report(id=source.file_name, text=text, title=_first_line(text), source=source.file_name)


def read_markdown(source: Source) -> Iterator[Report]:
    """Read Markdown as it is written; front matter tells about the report and is not part of its text."""
    text = whole_text(source)
    facts, text = split_front_matter(text)
    if text.isspace() or not text:
        raise ReportError(f"{source.name}: has front matter and no text; write the report below it")
    notes = Notes()
    yield Report(
        id=source.file_name,
        text=text,
        title=facts.get("title") or _first_line(text).lstrip("#").strip(),
        source=facts.get("source") or source.file_name,
        url=facts.get("url", ""),
        language=notes.language(facts.get("language", ""), source.name),
        published=notes.published(facts.get("published", ""), source.name),
        flags=flags(facts.get("flag", "")),
    )


def whole_text(source: Source) -> str:
    """Give the decoded text of a source with newlines as a line feed.

    Raises
    ------
    ReportError
        When it cannot be decoded or is blank.
    """
    text = ""
    with source.open_text(encoding_of(source)) as stream:
        # A text that grows in place is in memory once; read at once, it would be there with its bytes beside it.
        for block in iter(partial(stream.read, CHUNK), ""):
            text += block
    if text.isspace() or not text:
        raise ReportError(f"{source.name}: has only white space; give a file with text in it")
    return text


def split_front_matter(text: str) -> tuple[dict[str, str], str]:
    r"""Take ``key: value`` lines between two lines of ``---`` off the beginning of a Markdown text.

    Parameters
    ----------
    text : str
        Markdown with newlines as a line feed.

    Returns
    -------
    facts : dict of str to str
        The simple values; lists and nested values are left out. Empty when there is no front matter.
    text : str
        What follows.

    Examples
    --------
    >>> split_front_matter("---\ntitle: Rain\ndate: 2020-11-01\n---\nIt rained.")
    ({'title': 'Rain', 'published': '2020-11-01'}, 'It rained.')
    >>> split_front_matter("---\nA rule, then a sentence.\n---\n")
    ({}, '---\nA rule, then a sentence.\n---\n')
    """
    fence = _FENCE.match(text)
    if not fence:
        return {}, text
    facts: dict[str, str] = {}
    for line in fence["block"].splitlines():
        if pair := _PAIR.fullmatch(line):
            key = pair["key"].lower()
            facts[_NAMES.get(key, key)] = _unquote((pair["value"] or "").strip())
        elif not _REST.fullmatch(line):
            return {}, text
    return (facts, text[fence.end() :]) if facts else ({}, text)


def _unquote(value: str) -> str:
    for quote in "\"'":
        if len(value) > 1 and value.startswith(quote) and value.endswith(quote):
            return value[1:-1]
    return value


def _first_line(text: str) -> str:
    found = _FIRST_LINE.search(text)
    line = found.group().strip() if found else ""
    return line if len(line) <= _TITLE_LENGTH else ""
