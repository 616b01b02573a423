"""What the gazetteer knows, as frozen records: places, the attestations of their names, parties, sources, relations."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, NewType

PlaceId = NewType("PlaceId", str)
PartyId = NewType("PartyId", str)
SourceId = NewType("SourceId", str)

NameKind = Literal["endonym", "exonym", "official", "historical", "variant", "abbreviation", "demonym"]
MatchKind = Literal["exact", "key", "fuzzy", "within"]
# The region of the tables that is no region: its names are common, and no spelling that nobody listed leads to them.
WORLD = "world"
# How the ids of places begin that no gazetteer has: those that a row lists, and things within a place of the report.
LISTED, WITHIN = "listed:", "within:"
UNLISTED = (LISTED, WITHIN)
RelationKind = Literal["within", "administered_by", "claimed_by", "de_jure"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place on the ground, whatever it is called.

    Attributes
    ----------
    id : PlaceId
        Opaque for places of the tables, ``geonames:<id>`` for those of the packages.
    name : str
        One base form, for messages and logs; maps choose names by policy.
    feature_code : str
        As in GeoNames: ``PPL``, ``PPLA``, ``ADM1``, ``PCLI``, ``RGN``, ...
    lat, lon : float
        Degrees, WGS 84.
    precision_m : float
        Radius in metres within which the point is meant; for an area it spans the area.
    population : int
        0 where unknown.
    country : str
        ISO 3166-1 alpha-2 of the state it lies in de jure, or "" where it lies in none or in several.
    admin1, admin2 : PlaceId or None
        First- and second-level division.
    contested : bool
        Whether parties of the tables use different names for it today.
    source : str
        Record that the coordinates come from, for example ``wof:421174129``.
    spellings : int
        How many spellings of its names are known: well-known places have many.
    """

    id: PlaceId
    name: str
    feature_code: str
    lat: float
    lon: float
    precision_m: float
    population: int
    country: str
    admin1: PlaceId | None
    admin2: PlaceId | None
    contested: bool
    source: str
    spellings: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Attestation:
    """Evidence that somebody used a name: who, when, on whose authority.

    ``party`` is None where no user is known (names of the package layer); ``from_`` and ``to`` are EDTF dates or "".
    """

    place: PlaceId
    toponym: str
    lang: str
    kind: NameKind
    party: PartyId | None
    from_: str
    to: str
    source: str
    note: str

    def record(self) -> dict[str, str | None]:
        """Give the attestation as plain values, under the column names of ``names.csv``."""
        return {
            "toponym": self.toponym,
            "lang": self.lang,
            "kind": self.kind,
            "party": self.party,
            "from": self.from_,
            "to": self.to,
            "source": self.source,
            "note": self.note,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Party:
    """Whoever uses a name or asserts a claim: a state, a de-facto authority, a ministry, an outlet, an organisation."""

    id: PartyId
    name: str
    kind: str
    place: PlaceId | None
    colour: str
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where facts come from."""

    id: SourceId
    citation: str
    licence: str
    url: str
    accessed: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A place that a spelling may name, with the spelling that matched and how."""

    place: Place
    toponym: str
    kind: NameKind
    how: MatchKind


@dataclass(frozen=True, slots=True, kw_only=True)
class TablePlace:
    """A row of a ``places.csv``: what the tables say of a place before its names and relations are joined to it."""

    id: PlaceId
    feature_code: str
    lat: float
    lon: float
    precision_m: float
    population: int
    source: str
    region: str
    note: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """What a place lies within, who administers or claims it; several may stand at once, each with its party."""

    place: PlaceId
    relation: RelationKind
    object: str
    party: PartyId | None
    from_: str
    to: str
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Point:
    """A further point for a place, where sources disagree; WGS 84 degrees."""

    place: PlaceId
    lat: float
    lon: float
    source: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """A place that is the same as a record elsewhere (``exactMatch``), or nearly so (``closeMatch``)."""

    place: PlaceId
    relation: str
    target: str
    source: str


# Whatever a gazetteer says, one fact each.
Fact = Source | Party | TablePlace | Attestation | Relation | Link | Point
