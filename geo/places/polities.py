"""Which side a place name stands for: the state, the capital that speaks for it, the self-proclaimed republic."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.plain import plain
from geo.gazetteer.records import PartyId, Place
from geo.gazetteer.world import strip_generic
from geo.mentions.mention import Mention
from geo.mentions.polity import Polity
from geo.places.outcome import Ambiguous, Outcome, Resolved


def polity_of(outcomes: Iterable[Outcome], gazetteer: Gazetteer) -> Callable[[Mention], Polity | None]:
    """Give the function that tells which side a mention stands for, from the place that was decided for it.

    Parameters
    ----------
    outcomes : iterable of Outcome
        Of one report.
    gazetteer : Gazetteer
        Whose parties name the places that stand for them.
    """
    speakers = {party.place: party for party in gazetteer.parties.values() if party.place}
    places = {
        (o.mention.start, o.mention.end): o.candidates[0].place for o in outcomes if isinstance(o, Resolved | Ambiguous)
    }

    def polity(mention: Mention) -> Polity | None:
        place = places.get((mention.start, mention.end))
        if place is None:
            return None
        party = speakers.get(place.id)
        if party and party.kind in ("state", "de-facto"):
            own = party.kind == "de-facto"
            return Polity(party=party.id, level="region" if own else "state", self_proclaimed=own)
        return _claimed(place, gazetteer) or _unlisted(place)

    return polity


def _claimed(place: Place, gazetteer: Gazetteer) -> Polity | None:
    """Give the de-facto authority that claims a region: the region's name is its own in a text."""
    if not place.feature_code.startswith(("ADM1", "RGN")):
        return None
    for relation in gazetteer.relations(place.id):
        party = gazetteer.parties.get(PartyId(relation.object))
        if relation.relation == "claimed_by" and party and party.kind == "de-facto":
            return Polity(party=party.id, level="region", self_proclaimed=True)
    return None


def _unlisted(place: Place) -> Polity | None:
    """Give the side of a place that no party of the tables stands for; a division or region is one of its state's."""
    if not place.country:
        return None
    state = place.country.lower()
    if place.feature_code.startswith("PCL"):
        return Polity(party=state, level="state")
    if place.feature_code == "PPLC":
        return Polity(party=state, level="capital")
    if place.feature_code.startswith(("ADM1", "RGN")):
        return Polity(party=f"{state}-{plain(strip_generic(place.name))}", level="region")
    return Polity(party=state, level="town")
