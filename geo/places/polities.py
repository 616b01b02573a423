"""Which side a place name may stand for: the state, the capital that speaks for it, the self-proclaimed republic."""

from __future__ import annotations

from collections.abc import Callable

from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.records import Match, PlaceId
from geo.mentions.mention import Mention
from geo.mentions.polity import Polity

# A capital's name may be that of its division too, which is counted larger; a namesake far larger is another city.
CAPITAL_SHARE = 0.5


def polity_of(gazetteer: Gazetteer) -> Callable[[Mention], Polity | None]:
    """Give the function that tells which side a mention may stand for, from the names of the gazetteer alone."""
    speakers = {party.place: party for party in gazetteer.parties.values() if party.place}

    def polity(mention: Mention) -> Polity | None:
        matches = gazetteer.lookup(mention.toponym)
        for match in matches:
            party = speakers.get(PlaceId(match.place.id))
            if match.how == "exact" and party and party.kind in ("state", "de-facto"):
                return Polity(party=party.id, level="state" if party.kind == "state" else "region")
        return _unlisted(matches)

    return polity


def _unlisted(matches: tuple[Match, ...]) -> Polity | None:
    """Give the side of a place that no party of the tables stands for."""
    exact = [match for match in matches if match.how == "exact"]
    for match in exact:
        if match.place.feature_code.startswith("PCL") and match.place.country:
            return Polity(party=match.place.country.lower(), level="state")
    most = max((match.place.population for match in exact), default=0)
    for match in exact:
        if match.place.feature_code == "PPLC" and match.place.population >= CAPITAL_SHARE * most:
            return Polity(party=match.place.country.lower(), level="capital")
    return None
