"""Facts about a record, whose id is also what they cite."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from geo.gazetteer.importers import fields
from geo.gazetteer.importers.ledger import BadRowError, Ledger
from geo.gazetteer.records import Attestation, Fact, Link, NameKind, PartyId, PlaceId, Point, Relation, RelationKind

NAMELESS = "place without a name"
Span = tuple[str, str]
UNDATED: Span = ("", "")


@dataclass(frozen=True, slots=True)
class Use:
    """How a name is used: its language and kind, who uses it and when; EDTF dates."""

    lang: str = ""
    kind: NameKind = "variant"
    party: PartyId | None = None
    span: Span = UNDATED
    note: str = ""


PLAIN = Use()


def name(place: PlaceId, text: object, use: Use = PLAIN) -> Attestation:
    """Give the attestation of a name.

    Raises
    ------
    BadRowError
        As :func:`geo.gazetteer.importers.fields.toponym` raises it.
    """
    return Attestation(
        place=place,
        toponym=fields.toponym(text),
        lang=use.lang,
        kind=use.kind,
        party=use.party,
        from_=use.span[0],
        to=use.span[1],
        source=place,
        note=use.note,
    )


def checked(facts: Iterator[Fact], ledger: Ledger) -> list[Fact]:
    """Give the facts of a row, all of them or none: a broken row is told to the ledger."""
    try:
        return list(facts)
    except BadRowError as problem:
        ledger.bad(problem)
    except (TypeError, AttributeError, KeyError, IndexError) as error:
        ledger.bad(f"is not shaped as its format says ({error}); repair the record")
    return []


def whole(facts: Iterator[Fact], ledger: Ledger) -> list[Fact]:
    """Give the facts of a record that tells a place whole: as `checked` does, and none of a place without a name."""
    found = checked(facts, ledger)
    if found and not any(isinstance(fact, Attestation) for fact in found):
        ledger.leave(NAMELESS)
        return []
    return found


def names(place: PlaceId, texts: Iterable[object], use: Use = PLAIN, *, ledger: Ledger) -> Iterator[Attestation]:
    """Give the attestations of several names; a broken one is told to the ledger and costs the place no other name."""
    for text in texts:
        try:
            yield name(place, text, use)
        except BadRowError as problem:
            ledger.bad(problem)


def relation(place: PlaceId, kind: RelationKind, target: str, span: Span = UNDATED) -> Relation:
    """Give a relation of a place that no party is known to assert."""
    return Relation(place=place, relation=kind, object=target, party=None, from_=span[0], to=span[1], source=place)


def link(place: PlaceId, target: str, kind: str = "exactMatch") -> Link:
    """Give the link of a place to the same record elsewhere."""
    return Link(place=place, relation=kind, target=target, source=place)


def point(place: PlaceId, lat: float, lon: float) -> Point:
    """Give a further point of a place."""
    return Point(place=place, lat=lat, lon=lon, source=place)
