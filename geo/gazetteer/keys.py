"""Place ids as keys: the number of a GeoNames record, which packs well, or the id itself."""

from __future__ import annotations

from geo.gazetteer.records import PlaceId

Key = int | str

_PREFIX = "geonames:"
_LONGEST = 9


def key_of(place: str) -> Key:
    """Give the key of a place id.

    Examples
    --------
    >>> key_of("geonames:587379"), key_of("kar-0001"), key_of("geonames:0587379")
    (587379, 'kar-0001', 'geonames:0587379')
    """
    number = place[len(_PREFIX) :] if place.startswith(_PREFIX) else ""
    plain = number.isascii() and number.isdecimal() and len(number) <= _LONGEST and not number.startswith("0")
    return int(number) if plain else place


def id_of(key: Key) -> PlaceId:
    """Give the place id of a key.

    Examples
    --------
    >>> id_of(587379)
    'geonames:587379'
    """
    return PlaceId(key if isinstance(key, str) else f"{_PREFIX}{key}")


def order_of(key: Key) -> tuple[bool, Key]:
    """Give what keys are sorted by: numbers before texts, as SQLite does.

    Examples
    --------
    >>> sorted(["wof:1", 20, "kar-0001", 3], key=order_of)
    [3, 20, 'kar-0001', 'wof:1']
    """
    return isinstance(key, str), key
