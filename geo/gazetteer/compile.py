"""Compile gazetteers into index folders that many processes can map into memory: the default one, and each further one alone.

A folder is built beside its final name and then renamed, so a killed or a concurrent compile harms nobody. An index that was
used lately is kept; an old one is renamed before it is removed, so that none is ever there in part.
"""

from __future__ import annotations

import gc
import hashlib
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from importlib.metadata import version
from pathlib import Path

from geo.errors import DataError, OutputError
from geo.files import cache_folder, data_folder
from geo.gazetteer.base import build_base
from geo.gazetteer.build import Progress
from geo.gazetteer.index import Index
from geo.gazetteer.keys import key_of
from geo.gazetteer.layer import build_layer
from geo.gazetteer.tables import Tables, read_tables, table_files
from geo.gazetteer.world import PACKAGES

FORMAT = 10
# How many indexes stay in the cache besides those in use, of the default gazetteer and of others.
KEPT = {"gazetteer": 3, "layer": 6}
# What a killed compile has left goes after a day.
STALE_S = 86_400


def compile_all(gazetteers: Sequence[Path], *, progress: Progress) -> list[Path]:
    """Compile the default gazetteer and further ones unless they are there, and give their index folders.

    Parameters
    ----------
    gazetteers : sequence of Path
        Folders with tables, and files in a published format.
    progress : callable
        Is told in a few words what is being done.

    Returns
    -------
    list of Path
        The default one's first, then those of the files, then those of the tables, each in the order in which they were named.

    Raises
    ------
    DataError
        When a gazetteer is missing or a fact of it is wrong.
    OutputError
        When the cache folder cannot be written.
    """
    for path in gazetteers:
        if not path.exists():
            raise DataError(
                f"{path}: no such folder; name a folder with places.csv and names.csv, or a gazetteer's file"
            )
    folders = [_compile_base(progress)]
    folders += [_compile_file(path, progress) for path in gazetteers if path.is_file()]
    own = [path for path in gazetteers if path.is_dir()]
    for count in range(1, len(own) + 1):
        folders.append(_compile_tables(own[:count], folders, progress))
    return folders


def base_folder() -> Path:
    """Give the cache folder of the default gazetteer's index; its name changes with tables, packages and format."""
    return _folder("gazetteer", [_packages(), *_contents([data_folder() / "gazetteer"])])


def _compile_base(progress: Progress) -> Path:
    tables = data_folder() / "gazetteer"
    return _compiled(base_folder(), lambda work: build_base(work, tables, progress=progress))


def _compile_file(path: Path, progress: Progress) -> Path:
    from geo.gazetteer.importers import read_facts  # noqa: PLC0415 - only those who have such a file pay for it
    from geo.gazetteer.importers.ledger import Ledger  # noqa: PLC0415

    facts = path.stat()
    identity = f"{path.resolve()} {facts.st_size} {facts.st_mtime_ns}"

    def build(work: Path) -> None:
        build_layer(work, read_facts(path, ledger=Ledger()), tables=False, progress=progress)

    return _compiled(_folder("layer", [_packages(), identity.encode()]), build)


def _compile_tables(folders: Sequence[Path], below: Sequence[Path], progress: Progress) -> Path:
    """Compile the last of some folders of tables; it may name what the folders before it, and the layers below, have."""
    identity = [*(folder.name.encode() for folder in below), *_contents(folders)]

    def build(work: Path) -> None:
        default = data_folder() / "gazetteer"
        before, after = read_tables([default, *folders[:-1]]), read_tables([default, *folders])
        own = _difference(before, after)
        _refuse_unknown(own, after, [Index(folder) for folder in below])
        build_layer(work, own.facts(), tables=True, progress=progress)

    return _compiled(_folder("layer", identity), build)


def _difference(before: Tables, after: Tables) -> Tables:
    """Give what the last folder of tables says."""
    return Tables(
        places={key: row for key, row in after.places.items() if row != before.places.get(key)},
        names=after.names[len(before.names) :],
        relations=after.relations[len(before.relations) :],
        links=after.links[len(before.links) :],
        points=after.points[len(before.points) :],
        parties={key: row for key, row in after.parties.items() if row != before.parties.get(key)},
        sources={key: row for key, row in after.sources.items() if row != before.sources.get(key)},
        named={key: where for key, where in after.named.items() if key not in before.named},
    )


def _refuse_unknown(own: Tables, all_tables: Tables, below: Sequence[Index]) -> None:
    named = {name.place for name in all_tables.names}
    for place, where in own.named.items():
        if any(index.number_of(key_of(place)) is not None for index in below):
            continue
        if place not in all_tables.places:
            raise DataError(f"{where}: unknown place_id {place!r}; add it to places.csv")
        if place not in named:
            raise DataError(f"{where}: {place} has no name; add one to names.csv")


def _packages() -> bytes:
    return "\n".join(f"{package} {version(package)}" for package in (*PACKAGES, "anyascii", "marisa-trie")).encode()


def _contents(folders: Sequence[Path]) -> list[bytes]:
    """Give name and content of the tables of these folders, and of the rules that fold names."""
    found = []
    for path in [*table_files(folders), data_folder() / "rules" / "folding.csv"]:
        found.append(f"{path.parent.name}/{path.name}".encode())
        try:
            found.append(path.read_bytes())
        except OSError as error:
            raise DataError(f"{path}: cannot be read ({error.strerror}); check the path and its permissions") from error
    return found


def _folder(kind: str, identity: Sequence[bytes]) -> Path:
    digest = hashlib.sha256(f"{FORMAT}".encode())
    for part in identity:
        digest.update(len(part).to_bytes(8))
        digest.update(part)
    return cache_folder() / f"{kind}-{digest.hexdigest()[:16]}"


def _compiled(target: Path, build: Callable[[Path], None]) -> Path:
    """Give the folder of an index, built unless it is there."""
    if target.is_dir():
        with suppress(OSError):
            # The time of the last use: pruning goes by it.
            os.utime(target)
        return target
    try:
        _build_beside(target, build)
    except OSError as error:
        raise OutputError(
            f"{target.parent}: the index cannot be written ({error.strerror}); free the disk, or name another folder in"
            " ALLONYM_CACHE"
        ) from error
    return target


def _build_beside(target: Path, build: Callable[[Path], None]) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    # Millions of small objects are made and none of them in cycles: collecting garbage would only cost a third of the time.
    collecting = gc.isenabled()
    gc.disable()
    work = Path(tempfile.mkdtemp(prefix="compiling-", dir=target.parent))
    try:
        build(work)
        _settle(work, target)
    finally:
        shutil.rmtree(work, ignore_errors=True)
        if collecting:
            gc.enable()
    _prune(target)


def _settle(work: Path, target: Path) -> None:
    try:
        work.rename(target)
    except OSError:
        # Another process has compiled the same index meanwhile; its folder is as good as ours.
        if not target.is_dir():
            raise


def _prune(target: Path) -> None:
    """Remove all but the indexes that were used last, and what killed compiles have left."""
    now = _used(target)
    kind = target.name.partition("-")[0]
    others = [path for path in target.parent.glob(f"{kind}-*") if path != target]
    for old in sorted(others, key=_used, reverse=True)[KEPT[kind] - 1 :]:
        with suppress(OSError):
            # Another process may have removed it, or on Windows have it open.
            shutil.rmtree(old.rename(old.with_name(f"compiling-{old.name}")), ignore_errors=True)
    for left in target.parent.glob("compiling-*"):
        if _used(left) < now - STALE_S:
            shutil.rmtree(left, ignore_errors=True)


def _used(folder: Path) -> float:
    try:
        return folder.stat().st_mtime
    except OSError:
        return 0.0
