"""Compile gazetteers into index folders that many processes can map into memory: the default one, and each further one alone.

A folder is built beside its final name and then renamed, so a killed or a concurrent compile harms nobody. An index that was
used lately is kept; an old one is renamed before it is removed, so that none is ever there in part.
"""

from __future__ import annotations

import gc
import hashlib
import json
import os
import shutil
import tempfile
from collections.abc import Callable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from importlib.metadata import version
from pathlib import Path

from geo.errors import DataError, OutputError
from geo.files import cache_folder, data_folder
from geo.gazetteer.base import build_base
from geo.gazetteer.build import Progress
from geo.gazetteer.facts import DoubledError
from geo.gazetteer.index import Index
from geo.gazetteer.keys import key_of
from geo.gazetteer.layer import build_layer
from geo.gazetteer.records import Fact, Party, PlaceId, Source, TablePlace
from geo.gazetteer.stack import Stack
from geo.gazetteer.tables import Report, Tables, missing_tables, read_tables, table_files
from geo.gazetteer.together import finish
from geo.gazetteer.world import MORE_PLACES, PACKAGES

FORMAT = 13
# How many indexes stay in the cache besides those in use, of the default gazetteer and of others.
KEPT = {"gazetteer": 3, "layer": 6}
# What a killed compile has left goes after a day.
STALE_S = 86_400
# What a layer that was compiled without its broken rows lacks, in its folder.
LEFT_OUT = "left_out.json"


@dataclass(frozen=True, slots=True, kw_only=True)
class _Layer:
    """A gazetteer to compile: what its index depends on, the paths that its faults are told with, and how it is built.

    `build` takes an empty folder and whether to pass over broken rows, and gives one line for each of them.
    """

    identity: Sequence[bytes]
    paths: Sequence[Path]
    build: Callable[..., list[str]]


def compile_all(gazetteers: Sequence[Path], *, progress: Progress, left_out: list[str] | None = None) -> list[Path]:
    """Compile the default gazetteer and further ones unless they are there, and give their index folders.

    Parameters
    ----------
    gazetteers : sequence of Path
        Folders with tables, and files in a published format.
    progress : callable
        Is told in a few words what is being done.
    left_out : list of str, or None
        Takes one line for each broken row of a further gazetteer, which is then passed over; None lets the first one stop.

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
            raise DataError(f"{path}: is not there; name a folder with places.csv and names.csv, or a gazetteer's file")
        if path.is_dir():
            finish(path)
            if missing := missing_tables(path):
                raise DataError(missing)
    folders = [_compile_base(progress)]
    layers = [_file_layer(path, progress) for path in gazetteers if path.is_file()]
    folders += [_compile_layer(layer, left_out) for layer in layers]
    own = [path for path in gazetteers if path.is_dir()]
    for count in range(1, len(own) + 1):
        folders.append(_compile_layer(_tables_layer(own[:count], tuple(folders), progress), left_out))
    return folders


def base_folder() -> Path:
    """Give the cache folder of the default gazetteer's index; its name changes with tables, packages and format."""
    more = hashlib.sha256((data_folder() / MORE_PLACES).read_bytes()).digest()
    return _folder("gazetteer", [_packages(), more, *_contents([data_folder() / "gazetteer"])])


def _compile_base(progress: Progress) -> Path:
    tables = data_folder() / "gazetteer"
    return _compiled(base_folder(), lambda work: build_base(work, tables, progress=progress))


def _compile_layer(layer: _Layer, left_out: list[str] | None) -> Path:
    """Compile a layer unless it is there; one without its broken rows is never taken for a whole one."""
    whole = _folder("layer", layer.identity)
    paths = [str(path).encode() for path in layer.paths]
    partial = _folder("layer", [*layer.identity, *paths, LEFT_OUT.encode()])
    if left_out is None or whole.is_dir() or not partial.is_dir():
        try:
            return _compiled(whole, lambda work: layer.build(work, skip_bad=False))
        except DataError:
            if left_out is None:
                raise

    def build(work: Path) -> None:
        (work / LEFT_OUT).write_text(json.dumps(layer.build(work, skip_bad=True)), encoding="utf-8")

    _compiled(partial, build)
    left_out.extend(json.loads((partial / LEFT_OUT).read_text(encoding="utf-8")))
    return partial


def _file_layer(path: Path, progress: Progress) -> _Layer:
    def build(work: Path, *, skip_bad: bool) -> list[str]:
        # Only those who have such a file pay for these.
        from geo.gazetteer.importers import Ledger, first_of, read_facts  # noqa: PLC0415

        ledger = Ledger(skip_bad=skip_bad)
        try:
            try:
                build_layer(work, read_facts(path, ledger=ledger), tables=False, progress=progress)
            except DoubledError as error:
                # Only a second reading can tell the lines: who had an id first is not kept by line.
                ledger = Ledger(skip_bad=skip_bad)
                facts = first_of(error.ids, read_facts(path, ledger=ledger), ledger)
                build_layer(work, facts, tables=False, progress=progress)
        except DataError as error:
            # What is found wrong once all facts are gathered tells no line.
            if str(error).startswith(str(path)):
                raise
            raise DataError(f"{path}: {error}") from error
        return ledger.listed()

    facts = path.stat()
    identity = f"{path.resolve()} {facts.st_size} {facts.st_mtime_ns}"
    return _Layer(identity=[_packages(), identity.encode()], paths=[path], build=build)


def _tables_layer(folders: Sequence[Path], below: Sequence[Path], progress: Progress) -> _Layer:
    """Give the last of some folders of tables; it may name what the folders before it, and the layers below, have."""

    def build(work: Path, *, skip_bad: bool) -> list[str]:
        from geo.gazetteer.importers import Ledger  # noqa: PLC0415 - it opens all importers

        default = data_folder() / "gazetteer"
        files = tuple(f"{file}:" for file in table_files(folders[-1:]))
        # Those of the folders before it are listed with these.
        ledger, others = Ledger(skip_bad=skip_bad), Ledger(skip_bad=skip_bad)

        def report(error: DataError) -> None:
            (ledger if str(error).startswith(files) else others).refuse(error)

        before = read_tables([default, *folders[:-1]], report=others.refuse)
        after = read_tables([default, *folders], report=report)
        own = _known_alone(_difference(before, after, files), after, Stack([Index(folder) for folder in below]), report)
        build_layer(work, own.facts(), tables=True, progress=progress)
        return ledger.listed()

    identity = [*(folder.name.encode() for folder in below), *_contents(folders)]
    return _Layer(identity=identity, paths=folders, build=build)


def _difference(before: Tables, after: Tables, files: tuple[str, ...]) -> Tables:
    """Give what the last folder of tables says, which is what stands in these files."""
    own = Tables(
        places={key: row for key, row in after.places.items() if row != before.places.get(key)},
        parties={key: row for key, row in after.parties.items() if row != before.parties.get(key)},
        sources={key: row for key, row in after.sources.items() if row != before.sources.get(key)},
    )
    said: list[Fact] = [*after.names, *after.relations, *after.links, *after.points]
    for fact in dict.fromkeys(said):
        if after.where[fact].startswith(files):
            own.add(fact)
    return own


def _known_alone(own: Tables, all_tables: Tables, below: Stack, report: Report) -> Tables:
    """Give what is said of places that there are, and report each other row."""
    named = {name.place for name in all_tables.names}

    def fault(place: PlaceId) -> str:
        if below.number_of(key_of(place)) is not None:
            return ""
        if place not in all_tables.places:
            return f"unknown place_id {place!r}; add it to places.csv"
        return "" if place in named else f"{place} has no name; add one to names.csv"

    faults = {place: fault(place) for place in dict.fromkeys(map(_place_of, own.facts())) if place}
    known = Tables()
    for fact in own.facts():
        wrong = faults.get(_place_of(fact), "")
        if wrong:
            report(DataError(f"{all_tables.where[fact]}: {wrong}"))
        else:
            known.add(fact)
    return known


def _place_of(fact: Fact) -> PlaceId:
    """Give the place that a row is about; "" for a source or a party."""
    if isinstance(fact, TablePlace):
        return fact.id
    return PlaceId("") if isinstance(fact, Party | Source) else fact.place


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


def _compiled(target: Path, build: Callable[[Path], object]) -> Path:
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


def _build_beside(target: Path, build: Callable[[Path], object]) -> None:
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
