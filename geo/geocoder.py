"""The gazetteer with geopy's face; an ordinary geopy service stands behind it when asked for."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from pathlib import Path
from typing import Any

from geopy.exc import GeocoderNotFound, GeopyError
from geopy.geocoders import get_geocoder_for_service
from geopy.geocoders.base import DEFAULT_SENTINEL
from geopy.geocoders.base import Geocoder as Base
from geopy.location import Location

from geo.errors import OnlineError, UsageError
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.records import PlaceId
from geo.geocoding import FIELDS, candidate_rows, look_up

USER_AGENT = "allonym"
TIMEOUT_S = 10


class Geocoder(Base):  # type: ignore[misc]  # geopy ships no types
    """A geopy geocoder over the gazetteer: no network, unless a service is named.

    Parameters
    ----------
    tables : sequence of path
        Further gazetteer folders; their rows win.
    country_codes : collection of str
        ISO 3166-1 alpha-2 codes that are likelier than others, for each query that names none.
    online : str or geopy geocoder, optional
        A geopy service, by name ("nominatim") or ready made, asked for what the gazetteer does not know.

    Examples
    --------
    >>> location = Geocoder().geocode("Yerevan")
    >>> round(location.latitude), round(location.longitude)
    (40, 45)
    """

    def __init__(
        self,
        *,
        tables: Sequence[str | Path] = (),
        country_codes: Collection[str] = (),
        online: str | Base | None = None,
        **options: Any,
    ) -> None:
        super().__init__(**options)
        self.gazetteer = Gazetteer.open([Path(folder) for folder in tables])
        self.country_codes = tuple(country_codes)
        self.online = service(online) if isinstance(online, str) else online

    def geocode(  # noqa: PLR0913 - geopy's own keywords
        self,
        query: str,
        *,
        exactly_one: bool = True,
        timeout: Any = DEFAULT_SENTINEL,
        limit: int = 10,
        country_codes: Collection[str] | str = (),
        context: str = "",
        at: str = "",
    ) -> Location | list[Location] | None:
        """Give the place that a query names, or all candidates.

        Parameters
        ----------
        query : str
            A name in any spelling and script, or names with commas between, the narrowest first.
        exactly_one : bool
            Give the best candidate alone; otherwise all of them, best first.
        timeout : float
            Seconds, for the service behind; the gazetteer needs none.
        limit : int
            How many candidates at most.
        country_codes : str or collection of str
            ISO 3166-1 alpha-2 codes, a hint and never a filter.
        context : str
            Text in whose light the name is meant.
        at : str
            ISO 8601 date at which the name stood.

        Returns
        -------
        geopy.Location, list of them, or None
            ``raw`` holds the record of the command's ``geocode -f jsonl`` with ``candidates`` and ``names``. None where
            nothing is known.
        """
        asked = (country_codes,) if isinstance(country_codes, str) else tuple(country_codes)
        codes = asked or self.country_codes
        outcome = look_up(query, self.gazetteer, context=context, countries=codes, at=at)
        rows = candidate_rows(query, outcome, limit=limit)
        if rows[0]["place"] is None:
            return self._ask_service(query, exactly_one=exactly_one, timeout=timeout)
        if exactly_one:
            return self._location(rows[0], rows)
        return [self._location(row, rows) for row in rows]

    def _location(self, row: dict[str, Any], rows: list[dict[str, Any]]) -> Location:
        names = self.gazetteer.names(PlaceId(row["place"]))
        attested = [name.record() for name in names]
        return Location(
            f"{row['name']}, {row['country']}".rstrip(", "),
            (row["lat"], row["lon"]),
            {**row, "candidates": rows, "names": attested},
        )

    def _ask_service(self, query: str, *, exactly_one: bool, timeout: Any) -> Any:
        return self.online.geocode(query, exactly_one=exactly_one, timeout=timeout) if self.online else None


def service(name: str) -> Base:
    """Give a geopy service by its name.

    Raises
    ------
    UsageError
        When geopy has no service of that name, or it needs settings; hand over a ready-made geocoder then.
    """
    try:
        kind = get_geocoder_for_service(name)
    except GeocoderNotFound as error:
        raise UsageError(f"geopy has no service {name!r}; try nominatim or photon") from error
    try:
        made: Base = kind(user_agent=USER_AGENT)
    except TypeError as error:
        raise UsageError(
            f"{name} needs settings ({error}); hand a ready-made geopy geocoder to geo.Geocoder(online=…)"
        ) from error
    return made


def online_rows(query: str, name: str, *, limit: int) -> list[dict[str, Any]]:
    """Ask a geopy service for a name and give its answers as the command's records, marked with the service.

    Raises
    ------
    UsageError
        When there is no such service.
    OnlineError
        When the service does not answer.
    """
    try:
        found = service(name).geocode(query, exactly_one=False, timeout=TIMEOUT_S) or []
    except GeopyError as error:
        raise OnlineError(f"{query}: {name} did not answer ({error}); try again later or without --online") from error
    rows = [
        dict.fromkeys(FIELDS)
        | {
            "query": query,
            "rank": rank,
            "status": "resolved" if len(found) == 1 else "ambiguous",
            "place": f"{name}:{rank}",
            "name": location.address,
            "matched": location.address,
            "match": name,
            "lat": location.latitude,
            "lon": location.longitude,
        }
        for rank, location in enumerate(found[:limit], 1)
    ]
    return rows or [dict.fromkeys(FIELDS) | {"query": query, "status": "unknown"}]
