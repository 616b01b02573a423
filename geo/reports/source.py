"""A source before it is read: a file that is there and can be opened, or the standard input kept aside."""

from __future__ import annotations

import contextlib
import io
import stat
import tempfile
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO, cast

from geo.errors import ReportError
from geo.reports.encoding import CHUNK, LINE_LIMIT, Scanner

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where the bytes come from.

    Attributes
    ----------
    name : str
        How messages call it: the path as the user gave it, or "stdin".
    file_name, stem : str
        The path's last part, with and without its suffix.
    path : pathlib.Path or None
        None for the standard input.
    spool : binary file or None
        The standard input's bytes, kept on the disk when they are many.
    encoding : str
        Known already from the first pass over the standard input, otherwise "".
    """

    name: str
    file_name: str
    stem: str
    path: Path | None = None
    spool: BinaryIO | None = None
    encoding: str = ""

    @contextlib.contextmanager
    def open(self) -> Iterator[BinaryIO]:
        """Give the bytes from the beginning; may be called again.

        Raises
        ------
        ReportError
            When the file is gone or may not be read.
        """
        if self.spool is not None:
            self.spool.seek(0)
            yield self.spool
            return
        if self.path is None:  # pragma: no cover - a source has one or the other
            raise ReportError(f"{self.name}: nothing to read")
        try:
            stream = self.path.open("rb")
        except OSError as error:
            raise cannot_open(self.name, error) from error
        with stream:
            yield stream

    @contextlib.contextmanager
    def open_text(self, encoding: str, *, newline: str | None = None) -> Iterator[io.TextIOWrapper]:
        """Give the decoded text as a stream; `newline` as the built-in ``open`` has it."""
        with self.open() as stream:
            text = io.TextIOWrapper(stream, encoding=encoding, newline=newline)
            try:
                yield text
            except UnicodeDecodeError as error:
                raise ReportError(
                    f"{self.name}: bytes that are not {encoding}, which the rest is; save it as UTF-8"
                ) from error
            finally:
                text.detach()

    def size(self) -> int:
        """Give the number of bytes."""
        with self.open() as stream:
            return stream.seek(0, io.SEEK_END)


def file_source(path: Path) -> Source:
    """Check that a path is a file with something in it, without reading it.

    Raises
    ------
    ReportError
        A missing file, a folder, a special file, an empty file, no permission.
    """
    try:
        facts = path.stat()
    except (OSError, ValueError) as error:
        raise cannot_open(str(path), error) from error
    if stat.S_ISDIR(facts.st_mode):
        raise ReportError(f"{path}: is a folder; name the files in it")
    if not stat.S_ISREG(facts.st_mode):
        raise ReportError(f"{path}: is no ordinary file; pipe its content into '-'")
    if facts.st_size == 0:
        raise ReportError(f"{path}: is empty (0 bytes); give a file with text in it")
    return Source(name=str(path), file_name=path.name, stem=path.stem, path=path)


@contextlib.contextmanager
def stdin_source(stream: BinaryIO) -> Iterator[Source]:
    """Keep the standard input aside, checking it as it comes.

    Raises
    ------
    ReportError
        Nothing comes, it is binary, a line is too long, or its encoding cannot be told.
    """
    with tempfile.SpooledTemporaryFile(max_size=16 * CHUNK) as kept:
        spool = cast("BinaryIO", kept)
        scanner = Scanner("stdin", line_limit=LINE_LIMIT)
        while chunk := stream.read(CHUNK):
            scanner.feed(chunk)
            spool.write(chunk)
        yield Source(name="stdin", file_name="stdin", stem="stdin", spool=spool, encoding=scanner.finish())


def cannot_open(name: str, error: Exception) -> ReportError:
    """Say in one line why a source cannot be opened, and what to do."""
    shown = name if name.isprintable() else ascii(name)
    match error:
        case FileNotFoundError():
            return ReportError(f"{shown}: no such file; check the path")
        case PermissionError():
            return ReportError(f"{shown}: no permission to read it; ask for it or copy the file")
        case OSError():
            return ReportError(f"{shown}: cannot be opened ({error.strerror}); check the path")
        case _:
            return ReportError(f"{shown}: cannot be opened ({error}); check the path")
