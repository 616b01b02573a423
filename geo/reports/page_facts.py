"""What a web page tells about itself in its markup: title, outlet, address, language, date. Nothing is guessed."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from geo.reports.fields import Notes, iso_date

if TYPE_CHECKING:
    from collections.abc import Iterator

_PUBLISHED = (
    *("article:published_time", "og:article:published_time", "og:published_time", "datepublished", "pubdate"),
    *("publishdate", "publish-date", "publication_date", "citation_publication_date", "parsely-pub-date"),
    *("dc.date.issued", "dcterms.issued", "dc.date", "dcterms.date", "dc.date.created", "dcterms.created", "date"),
)
_TIMES = (
    "//*[@itemprop='datePublished']/@datetime|//*[@itemprop='datePublished']/@content",
    "//time[@pubdate]/@datetime",
    "//article/header//time/@datetime",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class PageFacts:
    """What the markup says; "" where it says nothing. Fields as in `Report`."""

    title: str
    source: str
    url: str
    language: str
    published: str


def page_facts(tree: Any, where: str) -> PageFacts:
    """Read the facts from meta elements, JSON-LD and the elements made for them, in this order.

    Parameters
    ----------
    tree : lxml.html.HtmlElement
        The whole page.
    where : str
        The source, for warnings.
    """
    meta = _meta(tree)
    linked = list(_linked_data(tree))
    url = _first(
        _attribute(tree, "//link[@rel='canonical']/@href"),
        meta.get("og:url"),
        *(_text(part.get("url")) for part in linked),
    )
    url = url if urlsplit(url).scheme in {"http", "https"} else ""
    return PageFacts(
        title=_first(
            meta.get("og:title"),
            *(_text(part.get("headline")) for part in linked),
            _attribute(tree, "string((//article//h1|//main//h1|//h1)[1])"),
            _attribute(tree, "string((//title)[1])"),
        ),
        source=_first(
            meta.get("og:site_name"),
            *(_publisher(part) for part in linked),
            meta.get("application-name"),
            urlsplit(url).hostname,
        ),
        url=url,
        language=Notes().language(_language(tree, meta, linked), where),
        published=_published(tree, meta, linked),
    )


def _published(tree: Any, meta: dict[str, str], linked: list[dict[str, Any]]) -> str:
    stated = [meta.get(name, "") for name in _PUBLISHED]
    stated[1:1] = [_text(part.get("datePublished")) for part in linked]
    stated += [str(value) for path in _TIMES for value in tree.xpath(path)[:1]]
    return next((date for value in stated if value and (date := iso_date(value))), "")


def _language(tree: Any, meta: dict[str, str], linked: list[dict[str, Any]]) -> str:
    return _first(
        _attribute(tree, "/html/@lang"),
        meta.get("content-language", "").split(",")[0],
        *(_text(part.get("inLanguage")) for part in linked),
        meta.get("og:locale"),
    )


def _meta(tree: Any) -> dict[str, str]:
    """Give the meta elements by name; the first one counts."""
    found: dict[str, str] = {}
    for element in tree.xpath("//meta[@content]"):
        for attribute in ("property", "name", "itemprop", "http-equiv"):
            if name := element.get(attribute, "").strip().lower():
                found.setdefault(name, element.get("content").strip())
    return found


def _linked_data(tree: Any) -> Iterator[dict[str, Any]]:
    """Give the JSON-LD objects that speak of an article; broken ones say nothing."""
    for script in tree.xpath("//script[@type='application/ld+json']"):
        try:
            data = json.loads(script.text or "", strict=False)
        except (ValueError, RecursionError):
            continue
        parts = data if isinstance(data, list) else [data]
        graphs = [part.get("@graph") for part in parts if isinstance(part, dict)]
        parts += [part for graph in graphs if isinstance(graph, list) for part in graph]
        yield from (part for part in parts if isinstance(part, dict) and _is_article(part))


def _is_article(part: dict[str, Any]) -> bool:
    return any(word in str(part.get("@type", "")) for word in ("Article", "Posting", "Report"))


def _publisher(part: dict[str, Any]) -> str:
    publisher = part.get("publisher")
    return _text(publisher.get("name")) if isinstance(publisher, dict) else _text(publisher)


def _text(value: object) -> str:
    return value.strip() if isinstance(value, str) else ""


def _attribute(tree: Any, path: str) -> str:
    found = tree.xpath(path)
    found = found if isinstance(found, str) else next(iter(found), "")
    return " ".join(str(found).split())


def _first(*values: str | None) -> str:
    return next((" ".join(value.split()) for value in values if value and value.strip()), "")
