"""Files at the edges: where the tables lie, where compiled things are kept, and writing whole or not at all."""

from __future__ import annotations

import contextlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

from geo.errors import OutputError


def data_folder() -> Path:
    """Give the folder of the tables that ship with the project.

    Returns
    -------
    pathlib.Path
        ``geo/data`` in an installed wheel, the repository's ``data`` in a checkout.
    """
    installed = Path(__file__).parent / "data"
    return installed if installed.is_dir() else Path(__file__).parent.parent / "data"


def cache_folder() -> Path:
    """Give the folder for compiled things: ``$ALLONYM_CACHE`` or the platform's cache folder."""
    chosen = os.environ.get("ALLONYM_CACHE")
    if chosen:
        return Path(chosen)
    from platformdirs import user_cache_path  # noqa: PLC0415 - keeps `geo --help` cheap

    return user_cache_path("allonym")


def write_whole(path: Path, content: bytes) -> None:
    """Write a file whole or not at all.

    Raises
    ------
    OutputError
        When the folder is missing or not writable, or the disk is full; nothing partial stays.
    """
    write_all([(path, content)])


def write_all(outputs: Sequence[tuple[Path, bytes | Iterable[bytes]]]) -> None:
    """Write several files, all of them or none; a content may come in pieces.

    Each content goes to a temporary file in its own folder and is flushed to the disk; when all are there, they take their
    names.

    Raises
    ------
    OutputError
        When a folder is missing or not writable, or the disk is full; nothing partial stays.
    """
    with staged(outputs) as temporaries:
        for temporary, (path, _) in zip(temporaries, outputs, strict=True):
            with _located(path):
                temporary.replace(path)


@contextlib.contextmanager
def staged(outputs: Sequence[tuple[Path, bytes | Iterable[bytes]]]) -> Iterator[list[Path]]:
    """Write each content to a temporary file ``.NAME.…`` in its own folder, flushed to the disk; what is left of them goes.

    Raises
    ------
    OutputError
        When a folder is missing or not writable, or the disk is full.
    """
    temporaries: list[Path] = []
    try:
        for path, content in outputs:
            with _located(path):
                temporaries.append(_stage(path, content))
        yield temporaries
    finally:
        for temporary in temporaries:
            temporary.unlink(missing_ok=True)


@contextlib.contextmanager
def _located(path: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        raise OutputError(
            f"{path}: cannot be written ({error.strerror}); choose another folder or free the disk"
        ) from error


def _stage(path: Path, content: bytes | Iterable[bytes]) -> Path:
    descriptor, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(descriptor, "wb") as stream:
            stream.writelines([content] if isinstance(content, bytes) else content)
            stream.flush()
            os.fsync(stream.fileno())
        temporary.chmod(0o666 & ~_umask())
    except BaseException:
        with contextlib.suppress(OSError):
            temporary.unlink()
        raise
    return temporary


def _umask() -> int:
    mask = os.umask(0)
    os.umask(mask)
    return mask
