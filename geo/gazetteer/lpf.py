"""The words of the Linked Places Format, and how ours become theirs; what it has no room for goes under ``allonym:``."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import quote

from geo.gazetteer import edtf

OURS = "allonym:"
CONTEXT: list[Any] = [
    "https://raw.githubusercontent.com/LinkedPasts/linked-places/master/linkedplaces-context-v1.1.jsonld",
    {
        "allonym": "urn:allonym:",
        "geonames": "https://www.geonames.org/",
        "wof": "https://spelunker.whosonfirst.org/id/",
        "wikidata": "http://www.wikidata.org/entity/",
    },
]
WITHIN = "gvp:broaderPartitive"
# The patterns of the published schema.
ADDRESS = re.compile(r"https?://(www\.)?[a-zA-Z0-9\-.]{2,256}\.[a-z]{2,63}(:[0-9]{1,5})?(/[!-~]*)?")
TERM = re.compile(r"\w+:[!-~]+", re.ASCII)
LANG = re.compile(
    r"([A-Za-z]{2,3}(-[A-Za-z]{3}(-[A-Za-z]{3}){0,2})?|[A-Za-z]{4}|[A-Za-z]{5,8})(-[A-Za-z]{4})?(-([A-Za-z]{2}|[0-9]{3}))?"
    r"(-([A-Za-z0-9]{5,8}|[0-9][A-Za-z0-9]{3}))*(-([0-9A-WY-Za-wy-z](-[A-Za-z0-9]{2,8})+))*"
)
_LINK_TERM = re.compile(r"(bnf|cerl|dbp|gn|gnd|gov|loc|pl|tgn|viaf|wd|wp):[!-~]+")
# How records of the gazetteers that we link to are written as links, and in which forms others write them.
_LINKS = (
    ("geonames", "gn:{}", re.compile(r"(?:gn:|https?://(?:www\.|sws\.)?geonames\.org/)([1-9]\d*)(?:/.*)?", re.ASCII)),
    (
        "wikidata",
        "wd:{}",
        re.compile(r"(?:wd:|https?://(?:www\.)?wikidata\.org/(?:entity|wiki)/)(Q[1-9]\d*)", re.ASCII),
    ),
    (
        "wof",
        "https://spelunker.whosonfirst.org/id/{}",
        re.compile(r"https?://spelunker\.whosonfirst\.org/id/([1-9]\d*)/?", re.ASCII),
    ),
    ("tgn", "tgn:{}", re.compile(r"(?:tgn:|https?://vocab\.getty\.edu/(?:page/)?tgn/)([1-9]\d*)", re.ASCII)),
)


def ours(facts: Mapping[str, Any]) -> dict[str, Any]:
    """Give facts under the project's own prefix, without those that are empty."""
    return {f"{OURS}{key}": value for key, value in facts.items() if value not in (None, "", 0)}


def term(name: str) -> str:
    """Give an id as a term with a prefix, which is what the format takes for the name of a thing.

    Examples
    --------
    >>> term("geonames:587379"), term("kar-0001"), term("x y")
    ('geonames:587379', 'allonym:kar-0001', 'allonym:x%20y')
    """
    return name if TERM.fullmatch(name) and not name.startswith(OURS) else f"{OURS}{quote(name, safe='')}"


def link_identifier(target: str) -> str:
    """Give a record elsewhere as the format writes links, or "" where it has no form for it.

    Examples
    --------
    >>> link_identifier("geonames:587379"), link_identifier("wof:421204865"), link_identifier("osm:r1")
    ('gn:587379', 'https://spelunker.whosonfirst.org/id/421204865', '')
    """
    prefix, _, record = target.partition(":")
    forms = {name: form for name, form, _ in _LINKS}
    written = forms[prefix].format(record) if prefix in forms else target
    known = ADDRESS.fullmatch(written) or _LINK_TERM.fullmatch(written)
    return written if known and link_target(written) == target else ""


def link_target(identifier: str) -> str:
    """Give the record that a link leads to as the tables write it.

    Examples
    --------
    >>> link_target("http://www.geonames.org/2657780/"), link_target("https://en.wikipedia.org/wiki/Abingdon")
    ('geonames:2657780', 'https://en.wikipedia.org/wiki/Abingdon')
    """
    for prefix, _, form in _LINKS:
        found = form.fullmatch(identifier)
        if found:
            return f"{prefix}:{found[1]}"
    return identifier


def when(from_: str, to: str) -> dict[str, Any] | None:
    """Give a span as a ``when``; None for one of which nothing is known.

    A span without an end would be read as the time of its beginning alone, and one without a beginning is no span: the end
    that we do not know lies after the beginning, and the other way round.
    """
    start, end = (date.rstrip("?~%") if date not in edtf.OPEN else "" for date in (from_, to))
    if not start and not end:
        return None
    span = {
        "start": {"in": start} if start else {"latest": end},
        "end": {"in": end} if end else {"earliest": start},
    }
    told: dict[str, Any] = {"timespans": [span]}
    if any(date.endswith(("?", "%")) for date in (from_, to)):
        told["certainty"] = "uncertain"
    elif any(date.endswith("~") for date in (from_, to)):
        told["certainty"] = "less-certain"
    return told
