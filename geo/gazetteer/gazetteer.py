"""The gazetteer: candidates for a spelling, and everything that is known of a place."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cached_property, lru_cache
from pathlib import Path
from typing import Any, cast

from geo.errors import DataError
from geo.files import data_folder
from geo.gazetteer import edtf
from geo.gazetteer.compile import compile_index
from geo.gazetteer.folding import fold, normalise
from geo.gazetteer.index import Index
from geo.gazetteer.plain import plain
from geo.gazetteer.records import (
    Attestation,
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

MOST_MATCHES = 60
FUZZY_SHARED, FUZZY_FORMS, FUZZY_CUTOFF, FUZZY_SHORTEST = 1, 5, 0.8, 5
_KINDS: dict[str, NameKind] = {"primary": "endonym", "alternate": "variant"}


def silent(_: str) -> None:
    """Show no progress."""


class Gazetteer:
    """Places and their names, over one compiled index.

    Examples
    --------
    >>> gazetteer = Gazetteer.open()
    >>> {match.place.country for match in gazetteer.lookup("Յերևան")} >= {"AM"}
    True
    """

    def __init__(self, index: Index) -> None:
        self.index = index
        self.lookup = lru_cache(maxsize=50_000)(self._lookup)
        self.place_at = lru_cache(maxsize=100_000)(self._place_at)
        self._by_place = lru_cache(maxsize=None)(self._rows_by_place)

    @classmethod
    def open(cls, tables: Sequence[Path] = (), *, progress: Callable[[str], None] = silent) -> Gazetteer:
        """Open the default gazetteer with a user's own table folders over it, compiling it first when it has changed.

        Parameters
        ----------
        tables : sequence of Path
            Further folders with tables; their rows win.
        progress : callable
            Is told what is being compiled.

        Raises
        ------
        DataError
            When a folder is missing or a table is wrong.
        OutputError
            When the cache folder cannot be written.
        """
        for folder in tables:
            if not folder.is_dir():
                raise DataError(f"{folder}: no such folder; name a folder with places.csv and names.csv")
        folders = [data_folder() / "gazetteer", *tables]
        try:
            return cls(Index(compile_index(folders, progress=progress)))
        except FileNotFoundError:
            # Another process has removed the index between the look at it and its opening.
            return cls(Index(compile_index(folders, progress=progress)))

    @cached_property
    def _listed(self) -> dict[int, dict[str, Any]]:
        return {facts["number"]: {"id": place, **facts} for place, facts in self.index.tables["places"].items()}

    def _place_at(self, number: int) -> Place:
        columns, listed = self.index.columns, self._listed.get(number)
        geoname = int(columns["geoname"][number])
        place_id = PlaceId(listed["id"] if listed else f"geonames:{geoname}")
        return Place(
            id=place_id,
            name=(listed and listed["name"]) or self.index.spelling(int(columns["name"][number])),
            feature_code=self.index.features[columns["feature"][number]],
            lat=float(columns["lat"][number]),
            lon=float(columns["lon"][number]),
            precision_m=float(columns["precision_m"][number]),
            population=int(columns["population"][number]),
            country=self.index.countries[columns["country"][number]],
            admin1=self._division("admin1", number),
            admin2=self._division("admin2", number),
            contested=bool(listed and listed["contested"]),
            source=listed["source"] if listed else self._package_source(place_id, number),
            spellings=self.index.name_count_of(number),
        )

    def _package_source(self, place: PlaceId, number: int) -> str:
        division = self.index.features[self.index.columns["feature"][number]].startswith("ADM")
        return f"derived:middle of the cities in {place}" if division else place

    def _division(self, column: str, number: int) -> PlaceId | None:
        division = int(self.index.columns[column][number])
        if division < 0:
            return None
        listed = self._listed.get(division)
        return PlaceId(listed["id"] if listed else f"geonames:{int(self.index.columns['geoname'][division])}")

    @cached_property
    def _numbers(self) -> dict[PlaceId, int]:
        geonames = self.index.columns["geoname"].tolist()
        numbers = {PlaceId(f"geonames:{geoname}"): number for number, geoname in enumerate(geonames) if geoname}
        return numbers | {facts["id"]: number for number, facts in self._listed.items()}

    def place(self, place: PlaceId) -> Place:
        """Give a place by its id.

        Raises
        ------
        KeyError
            When there is none.
        """
        return self.place_at(self._number(place))

    def _lookup(self, spelling: str, *, fuzzy: bool = False) -> tuple[Match, ...]:
        """Give the places that a spelling may name: exact matches, then those in plain form or by folding key.

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
        number = self.index.name_number(name)
        found: dict[int, Match] = {}
        if number is not None:
            self._collect(found, [number], "exact")
        form = plain(name)
        if form:
            self._collect(found, self.index.plain_names(form), "key")
            self._collect(found, self._nearest(name, fold(name)), "key")
        if not found and fuzzy and len(form) >= FUZZY_SHORTEST:
            for other in self.index.near_plain(form, shared=FUZZY_SHARED, limit=FUZZY_FORMS, cutoff=FUZZY_CUTOFF):
                self._collect(found, self.index.plain_names(other), "fuzzy")
        ranked = sorted(
            found.values(), key=lambda match: (match.how != "exact", -match.place.population, match.place.id)
        )
        return tuple(ranked[:MOST_MATCHES])

    def _nearest(self, name: str, key: str) -> list[int]:
        """Give the names that share a key, the likest spelling first: it is the allonym that was meant."""
        names = self.index.key_names(key)
        if len(names) > 1:
            from rapidfuzz import fuzz  # noqa: PLC0415 - needed where spellings compete

            names.sort(key=lambda number: -fuzz.ratio(name, self.index.spelling(number)))
        return names

    def _collect(self, found: dict[int, Match], names: list[int], how: MatchKind) -> None:
        for number in names:
            for place, kind in self.index.name_places(number):
                if place not in found:
                    found[place] = Match(
                        place=self.place_at(place),
                        toponym=self.index.spelling(number),
                        kind=_KINDS.get(kind) or cast("NameKind", kind),
                        how=how,
                    )

    def _rows_by_place(self, table: str) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = {}
        for row in self.index.tables[table]:
            found.setdefault(row["place"], []).append(row)
        return found

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
            Those of the tables in their order, then the spellings of the package layer, which have no party or date.
        """
        listed = [Attestation(**row) for row in self._by_place("names").get(place, ())]
        known = {normalise(row.toponym) for row in listed}
        loose = [
            Attestation(
                place=place,
                toponym=name,
                lang="",
                kind="variant",
                party=None,
                from_="",
                to="",
                source="geonames",
                note="",
            )
            for name in self.index.place_names(self._number(place))
            if name not in known
        ]
        rows = (row for row in [*listed, *loose] if not at or edtf.contains(row.from_, row.to, at))
        return tuple(row for row in rows if not party or row.party == party)

    @cached_property
    def parties(self) -> dict[PartyId, Party]:
        """All parties by id."""
        return {PartyId(row["id"]): Party(**row) for row in self.index.tables["parties"]}

    @cached_property
    def sources(self) -> dict[SourceId, Source]:
        """All sources by id."""
        return {SourceId(row["id"]): Source(**row) for row in self.index.tables["sources"]}

    def points(self, place: PlaceId) -> tuple[Point, ...]:
        """Give the further points that other sources have for a place."""
        return tuple(Point(**row) for row in self._by_place("points").get(place, ()))

    def relations(self, place: PlaceId) -> tuple[Relation, ...]:
        """Give what a place lies within, who administers and who claims it."""
        return tuple(Relation(**row) for row in self._by_place("relations").get(place, ()))

    def members(self, division: PlaceId, *, most: int = 9) -> list[Place]:
        """Give the largest places that lie in a first-level division."""
        import numpy as np  # noqa: PLC0415 - an open index has loaded it

        columns = self.index.columns
        inside = np.flatnonzero(columns["admin1"] == self._number(division))
        ranked = inside[np.argsort(-columns["population"][inside], kind="stable")]
        return [self.place_at(int(number)) for number in ranked[:most]]

    def _number(self, place: PlaceId) -> int:
        listed = self.index.tables["places"].get(place)
        number: int = listed["number"] if listed else self._numbers[place]
        return number

    def links(self, place: PlaceId) -> list[dict[str, str]]:
        """Give the records elsewhere that are (nearly) the same place."""
        return list(self._by_place("links").get(place, ()))
