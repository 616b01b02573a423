"""Online tiles, for whoever asks for them: the one thing that may make a page load from the network."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from geo.errors import UsageError

if TYPE_CHECKING:
    from collections.abc import Mapping

_HOST = re.compile(r"[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?", re.IGNORECASE)
_LABEL = re.compile(r"[a-z0-9-]{1,63}", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tiles:
    """A tile service as the page uses it.

    ``origins`` are what the page's policy allows, one for each subdomain.
    """

    name: str
    url: str
    attribution: str
    max_zoom: int
    subdomains: tuple[str, ...]
    origins: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """Give the fields for the page's data."""
        return asdict(self)


def read_tiles(provider: Mapping[str, Any]) -> Tiles:
    """Read a provider of xyzservices, or a mapping with ``url`` and ``attribution``.

    Raises
    ------
    UsageError
        When the address is no ``https`` address with ``{z}``, ``{x}`` and ``{y}``, a key is missing, or there is no
        attribution.

    Examples
    --------
    >>> provider = {"url": "https://{s}.tiles.example/{z}/{x}/{y}.png", "attribution": "Example", "subdomains": "ab"}
    >>> read_tiles(provider).origins
    ('https://a.tiles.example', 'https://b.tiles.example')
    """
    url = _address(provider)
    attribution = str(provider.get("attribution") or "")
    if not attribution:
        raise UsageError("tiles: no attribution; name whose tiles they are")
    subdomains = tuple(provider.get("subdomains") or "abc") if "{s}" in url else ()
    return Tiles(
        name=str(provider.get("name") or urlsplit(url).hostname or "tiles"),
        url=url,
        attribution=attribution,
        max_zoom=int(provider.get("max_zoom", 18)),
        subdomains=subdomains,
        origins=_origins(url, subdomains),
    )


def _address(provider: Mapping[str, Any]) -> str:
    build = getattr(provider, "build_url", None)
    if build is None:
        return str(provider.get("url") or "")
    try:
        return str(build(fill_subdomain=False))
    except ValueError as error:
        raise UsageError(f"tiles: {error}") from error


def _origins(url: str, subdomains: tuple[str, ...]) -> tuple[str, ...]:
    parts = urlsplit(url)
    if parts.scheme != "https" or any(f"{{{axis}}}" not in url for axis in "zxy"):
        raise UsageError(f"tiles: {url!r} is no https address with {{z}}, {{x}} and {{y}}; give one")
    hosts = [parts.netloc.replace("{s}", each) for each in subdomains] or [parts.netloc]
    if not all(map(_HOST.fullmatch, hosts)) or not all(map(_LABEL.fullmatch, subdomains)):
        raise UsageError(f"tiles: {parts.netloc!r} is no host name; give one")
    return tuple(f"https://{host}" for host in hosts)
