"""The gazetteer: candidates for a spelling, and everything that is known of a place."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import replace
from functools import cached_property, lru_cache
from math import isnan
from pathlib import Path
from typing import TypeVar, cast

from geo.config import own_gazetteers
from geo.gazetteer import edtf
from geo.gazetteer.compile import compile_all
from geo.gazetteer.facts import Facts
from geo.gazetteer.features import fits_hint
from geo.gazetteer.folding import look_up_keys, normalise, sounds
from geo.gazetteer.generics import Reading, articles, readings, spellings
from geo.gazetteer.index import Index
from geo.gazetteer.keys import Key, id_of, key_of
from geo.gazetteer.plain import plain
from geo.gazetteer.records import (
    Attestation,
    Link,
    Match,
    MatchKind,
    NameKind,
    Party,
    PartyId,
    Place,
    PlaceId,
    Point,
    Relation,
    Source,
    SourceId,
)
from geo.gazetteer.romanised import romanised
from geo.gazetteer.sides import contested, english, standing
from geo.gazetteer.skeleton import towns_spelt
from geo.gazetteer.stack import Stack

MOST_MATCHES = 60
FUZZY_FORMS, FUZZY_CUTOFF, FUZZY_SHORTEST = 5, 0.8, 5
_Fact = TypeVar("_Fact", Attestation, Relation, Link, Point)
_KINDS: dict[str, NameKind] = {"primary": "endonym", "alternate": "variant"}


def silent(_: str) -> None:
    """Show no progress."""


class Gazetteer:
    """Places and their names, over compiled indexes.

    Examples
    --------
    >>> gazetteer = Gazetteer.open()
    >>> {match.place.country for match in gazetteer.lookup("Յերևան")} >= {"AM"}
    True
    """

    def __init__(self, stack: Stack) -> None:
        self.index = stack
        self.lookup = lru_cache(maxsize=50_000)(self._lookup)
        self.place_at = lru_cache(maxsize=100_000)(self._place_at)

    @classmethod
    def open(
        cls,
        gazetteers: Sequence[Path] = (),
        *,
        progress: Callable[[str], None] = silent,
        left_out: list[str] | None = None,
    ) -> Gazetteer:
        """Open the default gazetteer with the user's own and others beside and over it, compiling what has changed first.

        Parameters
        ----------
        gazetteers : sequence of Path
            Folders with tables, whose rows win, the last one's first; and large files in a published format, whose places
            are added where the tables and the default gazetteer have none. They come after what the user's own folder
            has (`geo.config.own_gazetteers`).
        progress : callable
            Is told what is being compiled.
        left_out : list of str, or None
            Takes one line for each broken row of these gazetteers, which is then passed over; None lets the first one stop.

        Raises
        ------
        DataError
            When a gazetteer is missing or wrong.
        OutputError
            When the cache folder cannot be written.
        """
        try:
            return cls(_open(gazetteers, progress, left_out))
        except FileNotFoundError:
            # Another process has removed an index between the look at it and its opening.
            return cls(_open(gazetteers, progress, left_out))

    def _place_at(self, number: int) -> Place:
        """Give a place as the record that speaks for it has it; what that record leaves open the others fill."""
        index, own = self.index.find(number)
        lat, lon = self.index.point(number)
        names = self.attested(number) if self.index.is_listed(number) else []
        return Place(
            id=id_of(index.key_at(own)),
            name=english(standing(names)) or self.index.first(number, Index.name),
            feature_code=index.feature(own),
            lat=lat,
            lon=lon,
            precision_m=index.precision_m(own),
            population=self.index.first(number, Index.population),
            country=self.index.first(number, Index.country),
            admin1=self._division(number, "admin1"),
            admin2=self._division(number, "admin2"),
            contested=contested(names),
            source=_source(index, own),
            spellings=index.name_count_of(own),
        )

    def _division(self, number: int, level: str) -> PlaceId | None:
        """Give the division of a place of whichever record of it has one, or else what tables say that it lies within."""
        for same in self.index.same(number):
            index, own = self.index.find(same)
            division = index.division(own, level)
            if division is not None:
                return id_of(index.key_at(division))
        if not self.index.is_listed(number) or self.index.is_single:
            return None
        for relation in self._facts(number, Facts.relations):
            within = self.index.number_of(key_of(relation.object)) if relation.relation == "within" else None
            if within is not None and not relation.to and self.index.feature(within) == level.upper():
                return PlaceId(relation.object)
        return None

    def place(self, place: PlaceId) -> Place:
        """Give a place by its id.

        Raises
        ------
        KeyError
            When there is none.
        """
        return self.place_at(self.number(place))

    def _lookup(self, spelling: str, *, fuzzy: bool = False) -> tuple[Match, ...]:
        """Give the places that a spelling may name: exact matches, then those in plain form or by folding key.

        Short forms ("St.", "Ft.") are tried written out too, and a name that nothing has without its generic term
        ("Kirkuk province").

        Parameters
        ----------
        spelling : str
            In any script; case and diacritics as printed.
        fuzzy : bool
            Whether to look for nearly equal spellings when nothing else matches.

        Returns
        -------
        tuple of Match
            Each place once, with the closest way it matched; at most 60, larger places first within one way.
        """
        name = normalise(spelling)
        found: dict[int, Match] = {}
        self._collect(found, [name], "exact")
        form = plain(name)
        if not found:
            self._collect(found, [*spellings(name), *self.index.plain_names(form)], "key")
            for other in () if found else romanised(name):
                self._collect(found, self.index.plain_names(other), "key")
            for key in look_up_keys(name) if form else ():
                self._collect(found, self._nearest(name, key), "key")
                if found:
                    break
            self._collect(found, () if found else towns_spelt(name, self.index), "key")
        if not found:
            self._collect_bare(found, name)
        if not found and fuzzy and len(form) >= FUZZY_SHORTEST:
            for other in self.index.near_plain(form, limit=FUZZY_FORMS, cutoff=FUZZY_CUTOFF):
                self._collect(found, self.index.plain_names(other), "fuzzy")
        ranked = sorted(
            found.values(), key=lambda match: (match.how != "exact", -match.place.population, match.place.id)
        )
        return tuple(ranked[:MOST_MATCHES])

    def _collect_bare(self, found: dict[int, Match], name: str) -> None:
        """Find what a name is without its generic term, of the kind that the term asks for; or with another article."""
        others = [reading for reading in readings(name) if not reading.at] + [
            Reading(other) for other in articles(name)
        ]
        for reading in others:
            names = [reading.name, *spellings(reading.name), *self.index.plain_names(plain(reading.name))]
            self._collect(found, names, "key", hint=reading.hint)
            if found:
                return

    def _nearest(self, name: str, key: str) -> list[str]:
        """Give the names that share a key, the likest spelling first: it is the allonym that was meant."""
        names = self.index.keyed(key)
        if len(names) > 1:
            from rapidfuzz import fuzz  # noqa: PLC0415 - needed where spellings compete

            heard, form = sounds(name), plain(name)
            names.sort(key=lambda other: -fuzz.ratio(heard, sounds(other)) - fuzz.ratio(form, plain(other)))
        return names

    def _collect(self, found: dict[int, Match], names: Iterable[str], how: MatchKind, *, hint: str = "") -> None:
        for name in names:
            for place, kind in self.index.readings(name):
                if place not in found and fits_hint(self.index.feature(place), hint):
                    found[place] = Match(
                        place=self.place_at(place),
                        toponym=name,
                        kind=_KINDS.get(kind) or cast("NameKind", kind),
                        how=how,
                    )

    def names(self, place: PlaceId, *, at: str = "", party: str = "") -> tuple[Attestation, ...]:
        """Give the attestations of a place's names.

        Parameters
        ----------
        place : PlaceId
        at : str
            ISO 8601 date; only names that stood then (open ends count).
        party : str
            Only names that this party uses.

        Returns
        -------
        tuple of Attestation
            Those of the tables in their order, then the spellings of which nothing else is told, without party or date.
        """
        number = self.number(place)
        listed = self.attested(number)
        known = {normalise(row.toponym) for row in listed}
        rows = (row for row in [*listed, *self._loose(number, known)] if not at or edtf.contains(row.from_, row.to, at))
        return tuple(row for row in rows if not party or row.party == party)

    def _loose(self, number: int, known: set[str]) -> Iterator[Attestation]:
        """Give the spellings of all records of a place that no attestation has."""
        place = self.place_at(number).id
        for same in self.index.same(number):
            index, own = self.index.find(same)
            source = "geonames" if index is self.index.indexes[0] else id_of(index.key_at(own))
            for name in index.place_names(own):
                if name not in known:
                    known.add(name)
                    yield Attestation(
                        place=place,
                        toponym=name,
                        lang="",
                        kind="variant",
                        party=None,
                        from_="",
                        to="",
                        source=source,
                        note="",
                    )

    def attested(self, number: int) -> list[Attestation]:
        """Give the names that tables have of the place with this number, without the bare spellings."""
        return self._facts(number, Facts.names)

    def _facts(self, number: int, ask: Callable[[Facts, Key], list[_Fact]]) -> list[_Fact]:
        """Give what all gazetteers say of a place, each fact once and told of one id: that of the record that speaks for all."""
        place = id_of(self.index.keys_of(number)[0])
        found = (fact for facts, key in self.index.facts_of(number) for fact in ask(facts, key))
        return list(dict.fromkeys(fact if fact.place == place else replace(fact, place=place) for fact in found))

    @cached_property
    def parties(self) -> dict[PartyId, Party]:
        """All parties by id."""
        return {party.id: party for index in self.index.from_below() for party in index.facts.parties()}

    @cached_property
    def sources(self) -> dict[SourceId, Source]:
        """All sources by id."""
        return {source.id: source for index in self.index.from_below() for source in index.facts.sources()}

    def points(self, place: PlaceId) -> tuple[Point, ...]:
        """Give the further points that other sources have for a place, those of other gazetteers included."""
        number = self.number(place)
        others = []
        for same in self.index.same(number):
            index, own = self.index.find(same)
            if same != number and not isnan(index.columns["lat"][own]):
                lat, lon = self.index.point(same)
                others.append(Point(place=place, lat=lat, lon=lon, source=_source(index, own)))
        lat, lon = self.index.point(number)
        told = Point(place=place, lat=lat, lon=lon, source=_source(*self.index.find(number)))
        # Another gazetteer may hold the very record that the place's own point comes from.
        return tuple(point for point in dict.fromkeys([*self._facts(number, Facts.points), *others]) if point != told)

    def relations(self, place: PlaceId) -> tuple[Relation, ...]:
        """Give what a place lies within, who administers and who claims it."""
        return tuple(self._facts(self.number(place), Facts.relations))

    def links(self, place: PlaceId) -> tuple[Link, ...]:
        """Give the records elsewhere that are (nearly) the same place."""
        return tuple(self._facts(self.number(place), Facts.links))

    def members(self, division: PlaceId, *, most: int = 9) -> list[Place]:
        """Give the largest places that lie in a first-level division."""
        members = {self.index.spokesman(number) for number in self.index.members(self.number(division), most=most)}
        ranked = sorted(members, key=lambda number: (-self.index.population(number), number))
        return [self.place_at(number) for number in ranked[:most]]

    def number(self, place: PlaceId) -> int:
        """Give the number under which the index has a place.

        Raises
        ------
        KeyError
            When no gazetteer has it.
        """
        number = self.index.number_of(key_of(place))
        if number is None:
            raise KeyError(place)
        return number


def _source(index: Index, own: int) -> str:
    """Give the record that the coordinates of a place come from."""
    told = index.facts.told_at(own) if index.columns["listed"][own] else None
    if told and told.source:
        return told.source
    place = id_of(index.key_at(own))
    return f"derived:middle of the cities in {place}" if index.feature(own).startswith("ADM") else place


def _open(gazetteers: Sequence[Path], progress: Callable[[str], None], left_out: list[str] | None) -> Stack:
    passed_over: list[str] | None = None if left_out is None else []
    folders = compile_all([*own_gazetteers(), *gazetteers], progress=progress, left_out=passed_over)
    stack = Stack([Index(folder) for folder in folders])
    if left_out is not None:
        left_out.extend(passed_over or ())
    return stack
