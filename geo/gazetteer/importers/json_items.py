"""The items of a JSON file one at a time: a list, a list within an object, or one document a line."""

from __future__ import annotations

import codecs
import json
import re
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from geo.errors import DataError
from geo.gazetteer.importers.ledger import Ledger
from geo.gazetteer.importers.text_lines import opened

CHUNK = 1 << 20
# An item as large as this holds no place but a mistake; a country's outline in full detail has some 30 MB.
LARGEST_ITEM = 200_000_000
_SPACE = re.compile(r"[\s\x1e]*")
_DECODER = json.JSONDecoder()
_END = ""


def items(path: Path, members: Sequence[str], *, ledger: Ledger) -> Iterator[Any]:
    """Give the items of a JSON file in bounded memory; ``ledger.where`` tells the line at which an item begins.

    The items are those of the file's list; or of the list that an object has under one of `members` (a dotted name leads through
    objects); or else the documents themselves, one after another, as in JSON lines and GeoJSON text sequences.

    Raises
    ------
    DataError
        When the file is no UTF-8 or no JSON, ends too early, or has an item of over 200 million characters.
    """
    with opened(path) as stream:
        text = _Text(path, stream)
        text.skip("\ufeff")
        while text.peek() != _END:
            if text.peek() == "[":
                yield from _listed(text, ledger)
            elif text.peek() == "{":
                yield from _document(text, members, ledger, "")
            else:
                raise text.error("expected a JSON object or list")


def _listed(text: _Text, ledger: Ledger) -> Iterator[Any]:
    text.expect("[")
    if text.peek() == "]":
        text.expect("]")
        return
    while True:
        text.peek()
        ledger.where = text.where()
        yield text.value()
        if text.peek() == "]":
            text.expect("]")
            return
        text.expect(",")


def _document(text: _Text, members: Sequence[str], ledger: Ledger, inside: str) -> Iterator[Any]:
    """Walk through an object member by member; without a list of items it is an item itself."""
    begins = text.where()
    text.expect("{")
    own: dict[str, Any] = {}
    found = False
    while text.peek() != "}":
        if own or found:
            text.expect(",")
            text.peek()
        key = text.value()
        text.expect(":")
        name = f"{inside}{key}"
        if name in members and text.peek() == "[":
            found = True
            yield from _listed(text, ledger)
        elif any(member.startswith(f"{name}.") for member in members) and text.peek() == "{":
            found = True
            yield from _document(text, members, ledger, f"{name}.")
        else:
            own[key] = text.value()
    text.expect("}")
    if not found and not inside:
        ledger.where = begins
        yield own


class _Text:
    """The text of a file in a window that moves on, with the number of the line."""

    def __init__(self, path: Path, stream: Any) -> None:
        self.path, self.stream = path, stream
        self.decoder = codecs.getincrementaldecoder("utf-8")()
        self.window, self.at, self.line, self.ended = "", 0, 1, False

    def where(self) -> str:
        return f"{self.path}:{self.line}"

    def error(self, problem: str) -> DataError:
        return DataError(f"{self.where()}: is no JSON that can be read ({problem}); repair the file or get it again")

    def skip(self, mark: str) -> None:
        self.peek()
        self.at += self.window.startswith(mark, self.at)

    def peek(self) -> str:
        """Give the next character that is no space, "" at the end."""
        while True:
            past = _SPACE.match(self.window, self.at)
            self._move(past.end() if past else self.at)
            if self.at < len(self.window):
                return self.window[self.at]
            if not self._more(CHUNK):
                return _END

    def expect(self, mark: str) -> None:
        found = self.peek()
        if found != mark:
            raise self.error(f"expected {mark!r}, found {found!r}" if found else "it ends too early")
        self.at += 1

    def value(self) -> Any:
        self.peek()
        wanted = CHUNK
        while True:
            try:
                value, end = _DECODER.raw_decode(self.window, self.at)
            except RecursionError:
                raise self.error("it is nested too deeply") from None
            except ValueError as error:
                # What looks broken may only be cut off at the end of the window.
                if len(self.window) - self.at > LARGEST_ITEM:
                    raise self.error(f"an item has over {LARGEST_ITEM:,} characters") from None
                if not self._more(wanted):
                    raise self.error(str(error).partition(":")[0]) from None
                wanted *= 2
                continue
            # A number may go on beyond the window.
            if end < len(self.window) or not self._more(CHUNK):
                self._move(end)
                return value

    def _move(self, to: int) -> None:
        self.line += self.window.count("\n", self.at, to)
        self.at = to

    def _more(self, size: int) -> bool:
        if self.ended:
            return False
        read = self.stream.read(size)
        self.ended = not read
        try:
            added = self.decoder.decode(read, final=self.ended)
        except UnicodeDecodeError:
            raise DataError(f"{self.where()}: not UTF-8 here or below; save the file as UTF-8") from None
        self.window, self.at = self.window[self.at :] + added, 0
        return not self.ended
