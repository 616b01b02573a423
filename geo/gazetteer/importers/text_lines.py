"""The lines of a text file, or of the one text in a zip file, a line at a time and none too long."""

from __future__ import annotations

import contextlib
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath
from typing import IO

from geo.errors import DataError
from geo.gazetteer.importers.ledger import BadRowError, Ledger

LONGEST_LINE = 1_000_000
LARGEST_TEXT = 16_000_000_000
# Text packs to a tenth or so; a file that packs to a hundredth was made to fill a disk.
MOST_PACKED, SMALL = 100, 10_000_000
_NOT_DATA = frozenset({"readme.txt", "iso-languagecodes.txt", "license.txt", "licence.txt"})
_DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError)


def lines(path: Path, *, ledger: Ledger) -> Iterator[str]:
    """Give the lines of a UTF-8 text or of the text in a zip file; ``ledger.where`` tells the line.

    A line that is not UTF-8, or has over a million bytes, is a broken row. Blank lines are passed over.

    Raises
    ------
    DataError
        When the file cannot be read, or a zip file is damaged, encrypted, too large, or has no text or several.
    """
    with opened(path) as stream:
        number = 0
        while line := stream.readline(LONGEST_LINE + 1):
            number += 1
            ledger.where = f"{path}:{number}"
            try:
                text = _decoded(line, stream, first=number == 1)
            except BadRowError as problem:
                ledger.bad(problem)
                continue
            if text.strip():
                yield text


def _decoded(line: bytes, stream: IO[bytes], *, first: bool) -> str:
    if len(line) > LONGEST_LINE:
        while line and not line.endswith(b"\n"):
            line = stream.readline(LONGEST_LINE)
        raise BadRowError(f"the line has over {LONGEST_LINE:,} bytes; shorten its fields")
    try:
        text = line.decode("utf-8-sig" if first else "utf-8")
    except UnicodeDecodeError as error:
        raise BadRowError(f"not UTF-8 at byte {error.start}; save the file as UTF-8") from None
    return text.rstrip("\r\n")


@contextlib.contextmanager
def opened(path: Path) -> Iterator[IO[bytes]]:
    """Open a file, or the one text in a zip file, for reading; every fault of the file is a DataError that names it."""
    try:
        if path.suffix.lower() == ".zip":
            with zipfile.ZipFile(path) as archive, archive.open(_text_of(archive, path)) as stream:
                yield stream
        else:
            with path.open("rb") as stream:
                yield stream
    except _DAMAGE as error:
        raise DataError(f"{path}: is no whole zip file ({error}); get it again") from error
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}); check the path and its permissions") from error


def _text_of(archive: zipfile.ZipFile, path: Path) -> zipfile.ZipInfo:
    """Give the member that holds the data. Nothing is unpacked to the disk, and no member's name becomes a path."""
    members = [member for member in archive.infolist() if not member.is_dir()]
    for member in members:
        name = PurePosixPath(member.filename.replace("\\", "/"))
        if name.is_absolute() or ".." in name.parts or ":" in name.parts[0]:
            raise DataError(f"{path}: its member {member.filename!r} leads out of the zip file; get a clean copy")
    texts = [m for m in members if PurePosixPath(m.filename).name.lower() not in _NOT_DATA]
    if len(texts) != 1:
        raise DataError(f"{path}: holds {len(texts)} files with data; unpack it and name the one that you mean")
    found = texts[0]
    if found.flag_bits & 1:
        raise DataError(f"{path}: is encrypted; unpack it first")
    packed = max(found.compress_size, 1)
    if found.file_size > LARGEST_TEXT or (found.file_size > SMALL and found.file_size > MOST_PACKED * packed):
        raise DataError(
            f"{path}: {found.filename!r} says that it unpacks from {packed:,} to {found.file_size:,} bytes, which no"
            " gazetteer does; unpack it yourself if you trust it"
        )
    return found
