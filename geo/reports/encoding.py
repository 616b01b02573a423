"""The encoding of a source: detected from its bytes, refused when it cannot be told."""

from __future__ import annotations

import codecs
import logging
from typing import TYPE_CHECKING, NoReturn

from geo.errors import ReportError

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.reports.source import Source

CHUNK = 1 << 20
LINE_LIMIT = 10_000_000
"""Bytes in a line, and characters in a cell, that are still read."""

MAGIC = {
    b"%PDF-": ("a PDF", "export its text as .txt"),
    b"PK\x03\x04": ("a zip archive or an office document", "unpack it or save it as text"),
    b"\x89PNG": ("a PNG picture", "give its text"),
    b"\xff\xd8\xff": ("a JPEG picture", "give its text"),
    b"GIF8": ("a GIF picture", "give its text"),
    b"\x1f\x8b": ("a gzip archive", "unpack it first"),
    b"\xd0\xcf\x11\xe0": ("an old or encrypted office document", "save it as .xlsx, .csv or .txt without a password"),
    b"SQLite format 3\x00": ("a SQLite database", "export a table as .csv"),
    b"PAR1": ("a Parquet file", "export it as .csv or .jsonl"),
}

# The legacy encodings that texts really come in; the detector's exotic ones only add false rivals.
_LEGACY = (
    *(f"cp125{digit}" for digit in range(8)),
    *("koi8_r", "koi8_u", "cp866", "gb18030", "big5", "shift_jis", "euc_jp", "cp949"),
)
_LEAST_COHERENCE = 0.5
_MOST_CHAOS = 0.05
_LEAD = 0.2

_log = logging.getLogger("geo")


def encoding_of(source: Source, *, line_limit: int | None = LINE_LIMIT, declared: str = "") -> str:
    """Tell the encoding of a source by reading it once, in bounded memory.

    UTF-8 (with or without byte order mark) and UTF-16 with a byte order mark are recognised for sure. Then comes what
    the document itself declares, then a legacy encoding of which charset-normalizer is confident; the ``geo`` logger
    records the latter as a warning.

    Parameters
    ----------
    source : Source
        What to read.
    line_limit : int, optional
        Bytes of the longest line that is read; None for documents that need no lines.
    declared : str, optional
        The encoding that the document says it has.

    Raises
    ------
    ReportError
        Empty or binary, a line over the limit, or an encoding that cannot be told.
    """
    if source.encoding:
        return source.encoding
    scanner = Scanner(source.name, line_limit=line_limit, declared=declared)
    with source.open() as stream:
        while chunk := stream.read(CHUNK):
            scanner.feed(chunk)
    return scanner.finish()


class Scanner:
    """Looks at bytes as they pass by: magic numbers, NUL bytes, line lengths, and whether they are Unicode.

    Parameters
    ----------
    name : str
        How messages call the source.
    line_limit : int or None
        Bytes of the longest line that is let through.
    declared : str, optional
        The encoding that the document says it has.
    """

    def __init__(self, name: str, *, line_limit: int | None, declared: str = "") -> None:
        self._name = name
        self._limit = line_limit
        self._declared = declared
        self._consumed = 0
        self._line = 1
        self._run = 0
        self._encoding = ""
        self._decoder: codecs.IncrementalDecoder | None = None
        self._bad_byte: int | None = None
        self._sample = b""

    def feed(self, chunk: bytes) -> None:
        """Take the next bytes.

        Raises
        ------
        ReportError
            As soon as they show that the source cannot be read.
        """
        if not self._encoding:
            self._begin(chunk)
        if self._encoding != "utf-16" and b"\0" in chunk:
            self._refuse_nul(self._consumed + chunk.index(b"\0"))
        self._measure(chunk)
        self._decode(lambda decoder: decoder.decode(chunk), chunk)
        self._consumed += len(chunk)

    def finish(self) -> str:
        """Give the encoding, once all bytes have passed.

        Raises
        ------
        ReportError
            Nothing came, or the encoding cannot be told.
        """
        if not self._encoding:
            raise ReportError(f"{self._name}: is empty (0 bytes); give a file with text in it")
        self._decode(lambda decoder: decoder.decode(b"", final=True), b"")
        if self._bad_byte is None:
            return self._encoding
        return self._legacy(self._bad_byte)

    def _begin(self, head: bytes) -> None:
        for magic, (kind, remedy) in MAGIC.items():
            if head.startswith(magic):
                raise ReportError(f"{self._name}: is {kind}, no text; {remedy}")
        if head.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
            self._encoding = "utf-16"
        elif head.startswith(codecs.BOM_UTF8):
            self._encoding = "utf-8-sig"
        else:
            self._encoding = "utf-8"
        # The mark stays in for the check, so that offsets count from the file's first byte.
        self._decoder = codecs.getincrementaldecoder(self._encoding.removesuffix("-sig"))("strict")

    def _measure(self, chunk: bytes) -> None:
        if self._limit is None:
            return
        chunk = chunk.replace(b"\r", b"\n")
        first = chunk.find(b"\n")
        self._run += len(chunk) if first < 0 else first
        if self._run > self._limit:
            raise ReportError(
                f"{self._name}:{self._line}: a line of more than {self._limit // 1_000_000} MB; "
                "break it into lines or split the file"
            )
        if first >= 0:
            self._line += chunk.count(b"\n")
            self._run = len(chunk) - chunk.rfind(b"\n") - 1

    def _decode(self, step: Callable[[codecs.IncrementalDecoder], str], chunk: bytes) -> None:
        if self._decoder is None:
            return
        pending = self._decoder.getstate()[0]
        try:
            text = step(self._decoder)
        except UnicodeDecodeError as error:
            self._bad_byte = self._consumed - len(pending) + error.start
            self._decoder = None
            if self._encoding == "utf-16":
                self._refuse("UTF-16", self._bad_byte)
            self._sample = _around(pending + chunk, error.start)
        else:
            if self._encoding == "utf-16" and "\0" in text:
                self._refuse_nul(self._consumed)

    def _legacy(self, bad_byte: int) -> str:
        if self._declared and _decodes(self._sample, self._declared):
            return self._declared
        found = confident_encoding(self._sample)
        if not found:
            self._refuse("UTF-8", bad_byte)
        _log.warning(
            "%s: read as %s, detected from its letters (byte %d is not UTF-8); save it as UTF-8 to be sure",
            self._name,
            found,
            bad_byte,
        )
        return found

    def _refuse(self, encoding: str, bad_byte: int) -> NoReturn:
        raise ReportError(
            f"{self._name}: byte {bad_byte} is not {encoding} and no other encoding is certain; save it as UTF-8"
        )

    def _refuse_nul(self, byte: int) -> NoReturn:
        raise ReportError(
            f"{self._name}: a NUL at byte {byte}: a binary file, or UTF-16 without its mark; save it as UTF-8 text"
        )


def confident_encoding(sample: bytes) -> str:
    """Give the legacy encoding that charset-normalizer is sure of, or "".

    Sure means: it reads like a known language without odd characters, and every other encoding that would give a
    different text reads clearly worse. Short or mixed samples do not pass.
    """
    from charset_normalizer import from_bytes  # noqa: PLC0415 - only for what is not Unicode

    matches = list(from_bytes(sample, cp_isolation=list(_LEGACY)))
    if not matches:
        return ""
    best = matches[0]
    if best.coherence < _LEAST_COHERENCE or best.chaos > _MOST_CHAOS:
        return ""
    rivals = (match for match in matches[1:] if str(match) != str(best))
    if any(rival.coherence > best.coherence - _LEAD for rival in rivals):
        return ""
    return best.encoding


def _around(window: bytes, at: int) -> bytes:
    """Cut whole lines around a byte, enough to judge by and not more."""
    start = max(0, at - CHUNK // 16)
    start = window.find(b"\n", start, at) + 1 or start
    end = at + CHUNK // 8
    cut = window.rfind(b"\n", at, end)
    return window[start : cut if cut > 0 and end < len(window) else end]


def _decodes(sample: bytes, encoding: str) -> bool:
    try:
        sample.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return False
    return True
