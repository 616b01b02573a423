"""Check tables: every rule that a row breaks, and every fact that looks wrong, in one run with file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import langcodes

from geo.config import own_gazetteers
from geo.errors import DataError
from geo.files import data_folder
from geo.gazetteer.doubts import doubts
from geo.gazetteer.records import Attestation, Link, Party, PartyId, PlaceId, Relation, TablePlace
from geo.gazetteer.tables import UNVERIFIED, Tables, missing_tables, read_tables
from geo.gazetteer.together import finish

PARTY_KINDS = ("state", "de-facto", "ministry", "military", "outlet", "organisation")
_COLOUR = re.compile(r"#[0-9A-Fa-f]{6}")
_COUNTRY = re.compile(r"[A-Z]{2}")
# Records elsewhere: those of the well-known gazetteers in their own form, others as prefix:record or as an address.
_TARGETS = {"geonames": r"[1-9]\d*", "wof": r"[1-9]\d*", "wikidata": r"Q[1-9]\d*"}
_TARGET = re.compile(r"https?://[^\s/]+\.[^\s]+|[a-z][a-z0-9_-]*:[^\s/][^\s]*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Findings:
    """What a check has found; each finding begins with file and line.

    Attributes
    ----------
    problems : list of str
        What breaks a rule.
    doubts : list of str
        What breaks no rule and looks wrong; with folders of a user's own, only what stands in those.
    counts : list of (str, str)
        How many facts there are, and how many rest on no opened source.
    """

    problems: list[str]
    doubts: list[str]
    counts: list[tuple[str, str]]


def check(folders: Sequence[Path]) -> Findings:
    """Check the project's tables with the tables that the user has set up, and others, over them.

    Parameters
    ----------
    folders : sequence of Path
        Further tables, or none; with them, only what looks wrong in those is told.
    """
    own = [path for path in own_gazetteers() if path.is_dir() and path not in folders]
    for folder in (*own, *folders):
        finish(folder)
    missing = [told for folder in folders if (told := missing_tables(folder))]
    if missing:
        return Findings(problems=missing, doubts=[], counts=[])
    return check_folders([data_folder() / "gazetteer", *own, *folders], of=folders)


def check_folders(folders: Sequence[Path], *, of: Sequence[Path] = ()) -> Findings:
    """Check these folders alone; doubts are those of the folders `of`, or of all when none is named."""
    faults: list[DataError] = []
    tables = read_tables(folders, report=faults.append)
    doubtful = [f"{where}: {text}" for where, text in doubts(tables) if not of or _lies_in(where, of)]
    broken = [f"{where}: {text}" for where, text in _broken(tables)]
    return Findings(problems=[*map(str, faults), *broken], doubts=doubtful, counts=_counts(tables))


def _lies_in(where: str, folders: Sequence[Path]) -> bool:
    path = Path(where.rpartition(":")[0])
    return any(path.is_relative_to(folder) for folder in folders)


def _counts(tables: Tables) -> list[tuple[str, str]]:
    facts = (tables.places.values(), tables.names, tables.relations, tables.links, tables.points)
    sources = [fact.source for kind in facts for fact in kind]
    unverified = sum(UNVERIFIED in source.split(";") for source in sources)
    return [
        ("places", f"{len(tables.places):,}"),
        ("names", f"{len(tables.names):,}"),
        ("facts", f"{len(sources):,}"),
        ("facts without opened source", f"{unverified:,}"),
    ]


def _broken(tables: Tables) -> Iterator[tuple[str, str]]:
    """Give the rules that rows break together with others, or that are of no concern to a reader of the tables."""
    named = {name.place for name in tables.names}
    for fact in tables.facts():
        where = tables.where[fact]
        place = getattr(fact, "place", None)
        if place and not _known(place, tables):
            yield where, f"unknown place_id {place!r}; add it to places.csv"
        match fact:
            case TablePlace() if fact.id not in named and not _has_packaged_name(fact.id, tables):
                yield where, f"{fact.id} has no name; add one to names.csv"
            case Attestation() if fact.lang and not _is_language(fact.lang):
                yield where, f"lang is {fact.lang!r}; expected a BCP 47 tag such as az, hy-Latn or zh-Hant"
            case Party():
                yield from ((where, text) for text in _party_faults(fact))
            case Relation() if not _has_object(fact, tables):
                yield where, f"{fact.relation} {fact.object!r}: {_EXPECTED[fact.relation]}"
            case Link() if not _is_target(fact.target):
                yield (
                    where,
                    f"target is {fact.target!r}; expected a record such as geonames:587379 or wikidata:Q60",
                )
    yield from _cycles(tables)


def _known(place: str, tables: Tables) -> bool:
    """Tell whether there is such a place; ids of the packages are known only to a compiled index."""
    return place in tables.places or place.startswith("geonames:")


def _has_packaged_name(place: PlaceId, tables: Tables) -> bool:
    """Tell whether the packages may have a name for a place: by its id, or by the record that it is the same as."""
    return place.startswith("geonames:") or any(
        link.place == place and link.relation == "exactMatch" and link.target.startswith("geonames:")
        for link in tables.links
    )


@cache
def _is_language(tag: str) -> bool:
    return langcodes.tag_is_valid(tag)


def _party_faults(party: Party) -> Iterator[str]:
    if party.kind not in PARTY_KINDS:
        yield f"kind is {party.kind!r}; expected one of {' '.join(PARTY_KINDS)}"
    if party.colour and not _COLOUR.fullmatch(party.colour):
        yield f"colour is {party.colour!r}; expected six hexadecimal digits after #, such as #882255"


_EXPECTED = {
    "within": "no such place; add it to places.csv",
    "de_jure": "neither an ISO 3166 code such as AZ nor a place of places.csv",
    "administered_by": "neither a party of parties.csv nor a place of places.csv",
    "claimed_by": "neither a party of parties.csv nor a place of places.csv",
}


def _has_object(relation: Relation, tables: Tables) -> bool:
    """Tell whether a relation leads somewhere: to a place, to a record elsewhere as links do, or to a party or country."""
    if _known(relation.object, tables) or _is_target(relation.object):
        return True
    if relation.relation == "de_jure":
        return bool(_COUNTRY.fullmatch(relation.object)) and _is_language(f"und-{relation.object}")
    return relation.relation != "within" and PartyId(relation.object) in tables.parties


def _is_target(target: str) -> bool:
    prefix, _, record = target.partition(":")
    form = _TARGETS.get(prefix)
    return bool(re.fullmatch(form, record, re.ASCII) if form else _TARGET.fullmatch(target))


def _cycles(tables: Tables) -> Iterator[tuple[str, str]]:
    """Give each ring of places that lie within each other; a ring is told once, at one of its rows."""
    rows = {(r.place, PlaceId(r.object)): tables.where[r] for r in tables.relations if r.relation == "within"}
    graph: dict[PlaceId, set[PlaceId]] = {}
    for inner, outer in rows:
        graph.setdefault(inner, set()).add(outer)
    while True:
        try:
            TopologicalSorter(graph).prepare()
        except CycleError as error:
            # The ring is given from the outermost inwards: each place is within the one before it.
            ring: list[PlaceId] = error.args[1][::-1]
            yield (
                rows[ring[0], ring[1]],
                f"{' is within '.join(ring)}: a place cannot lie within itself; remove one of the rows",
            )
            graph[ring[0]].remove(ring[1])
        else:
            return
