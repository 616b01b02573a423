"""The whole page as one file: fixed scripts and styles, allowed by hash, and the map's values as JSON."""

from __future__ import annotations

import functools
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup

from geo.maps.bundle import ASSETS, embed_script, page_folding, page_scripts, page_styles
from geo.maps.cover import cover
from geo.maps.elements import LABEL, packed_tables
from geo.maps.interface import Interface, interface, spoken
from geo.maps.packing import Codes, Numbers, Table
from geo.maps.policy import content_policy, escape_json
from geo.maps.tables import tabled
from geo.maps.tiles import read_tiles

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from geo.maps.tiles import Tiles

FORMAT = 2
TO_THE_DAY = ("minute", "day")


@dataclass(frozen=True, slots=True, kw_only=True)
class Extra:
    """Scripts, styles and markup that a map's author let in knowingly, beside the page's own.

    ``scripts`` and ``styles`` are allowed by hash, ``script_hosts`` and ``style_hosts`` by origin; ``html`` goes in as
    it is.
    """

    scripts: tuple[str, ...] = ()
    styles: tuple[str, ...] = ()
    script_hosts: tuple[str, ...] = ()
    style_hosts: tuple[str, ...] = ()
    html: str = ""


def render(
    data: Mapping[str, Any],
    *,
    basemap: Mapping[str, Any] | None = None,
    tiles: Mapping[str, Any] | None = None,
    overlays: Sequence[Mapping[str, Any]] = (),
    extra: Extra | None = None,
) -> str:
    """Write the page of a map: one HTML text that makes no request and runs nothing but its own scripts.

    Parameters
    ----------
    data : mapping
        The map's values as docs/architecture.md has them under "The page": rows of places, mentions and reports, or their
        ``tables``, as `geo.maps.tables.tabled` gives them.
    basemap : mapping, optional
        Land, lakes and lines as `geo.maps.basemap.basemap` gives them; left out when there are tiles.
    tiles : mapping, optional
        A provider of xyzservices, or ``{"url": ..., "attribution": ...}``. The page then loads pictures from that
        host alone and says so.
    overlays : sequence of mapping
        Further GeoJSON layers, as `geo.maps.overlays` gives them.
    extra : Extra, optional
        Scripts of others that the map's author lets in.

    Returns
    -------
    str
        HTML; equal arguments give equal text.

    Raises
    ------
    UsageError
        When the tiles' address cannot be used.
    ValueError
        When `data` hold a number that JSON has no form for (NaN, infinity), or a place without a point.
    """
    extra = extra or Extra()
    source = read_tiles(tiles) if tiles else None
    policy = content_policy(  # settled before any of the map's values are looked at
        scripts=[*page_scripts(), *extra.scripts],
        styles=[*page_styles(), *extra.styles],
        image_hosts=source.origins if source else (),
        script_hosts=extra.script_hosts,
        style_hosts=extra.style_hosts,
    )
    values = data if "tables" in data else tabled(data)
    tables = values["tables"]
    heads, texts = packed_tables(tables)
    meta = values["meta"]
    words = interface(spoken(str(meta.get("language") or "")))
    payload = {
        "format": FORMAT,
        **values,
        "tables": heads,
        "overlays": list(overlays),
        "tiles": source.as_json() if source else None,
        "page_notes": _network_notes(source, extra, words),
    }
    blocks = {
        "allonym-data": escape_json(payload),
        "allonym-words": escape_json(words.for_page(_tags(tables))),
    }
    if basemap and not source:
        blocks["allonym-basemap"] = escape_json(basemap)
    html: str = _template().render(
        say=words.say,
        say_day=words.day,
        language=words.language,
        direction=words.direction,
        title=meta.get("title") or words.say("title.none"),
        generator=meta.get("generator") or "",
        standfirst=_standfirst(tables, words),
        cover=cover(values, words, reports=_read(tables, words)),
        embed=_trusted(embed_script()),
        days=_days(tables),
        records=tables["places"].count,
        credit=source.attribution if source else basemap.get("credit") or words.say("credit.lines") if basemap else "",
        policy=policy,
        styles=[_trusted(text) for text in (*page_styles(), *extra.styles)],
        blocks=blocks,
        # base64: there is nothing to escape
        texts={identity: _trusted(text) for identity, text in (texts | {"allonym-folding": page_folding()}).items()},
        scripts=[_trusted(text) for text in page_scripts()],
        foreign=_trusted(extra.html + "".join(f"<script>{text}</script>\n" for text in extra.scripts)),
    )
    return html


def _tags(tables: Mapping[str, Table]) -> set[str]:
    """Give the languages that the page names: of its labels and of the places' names."""
    places = tables["places"]
    labels = {name.removeprefix(LABEL) for name in places.columns if name.startswith(LABEL)}
    rows = [row for names in places.details.get("names", ()) for row in names or ()]
    return {tag for tag in (*labels, *(str(row.get("lang") or "") for row in rows)) if tag} - {
        "printed",
        "all",
        "dated",
    }


@functools.cache
def _template() -> Any:
    environment = Environment(
        loader=FileSystemLoader(ASSETS), autoescape=True, undefined=StrictUndefined, keep_trailing_newline=True
    )
    return environment.get_template("page.html.j2")


def _trusted(text: str) -> Markup:
    return Markup(text)  # noqa: S704 - the package's own files, and what a map's author let in


def _network_notes(tiles: Tiles | None, extra: Extra, words: Interface) -> list[str]:
    notes = []
    if tiles:
        notes.append(words.say("note.tiles", hosts=", ".join(tiles.origins), name=tiles.name))
    hosts = dict.fromkeys((*extra.script_hosts, *extra.style_hosts))
    if hosts:
        notes.append(words.say("note.hosts", hosts=", ".join(hosts)))
    if extra.scripts:
        notes.append(words.say("note.scripts"))
    return notes


def _standfirst(tables: Mapping[str, Table], words: Interface) -> str:
    """Say how much the page holds."""
    places, read = tables["places"].count, tables["reports"].count
    listed = _listed(tables["reports"])
    reports = read - listed
    kind = "count.listedplaces" if listed and not reports else "count.places"
    named = words.say(kind, n=places) if places else words.say("count.noplace")
    if not read and tables["mentions"].count:
        return f"{named}, {words.say('count.reports', n=tables['mentions'].count)}"
    if listed and not reports:
        return named
    return words.say("standfirst.in", places=named, reports=_read(tables, words))


def _read(tables: Mapping[str, Table], words: Interface) -> str:
    """Say what was read; where reports have no rows of their own each mention is one."""
    read = tables["reports"].count
    listed = _listed(tables["reports"])
    texts = read - listed if read else tables["mentions"].count
    told = [words.say("count.reports", n=texts)] if texts or not listed else []
    return words.all_of([*told, *([words.say("count.rows", n=listed)] if listed else [])])


def _listed(reports: Table) -> int:
    match reports.columns.get("listed"):
        case Numbers(values=values):
            return int(np.sum(values))
        case _:
            return 0


def _days(tables: Mapping[str, Table]) -> list[str]:
    """Give the first and the last day on which a report was published; one where they are the same, none where unknown."""
    table = tables["reports"] if tables["reports"].count else tables["mentions"]
    date, exact = table.columns.get("minute"), table.columns.get("exact")
    if not isinstance(date, Numbers) or not isinstance(exact, Codes):
        return []
    days = date.values[np.isin(exact.codes, [code for code, word in enumerate(exact.values) if word in TO_THE_DAY])]
    if not len(days):
        return []
    first_and_last = np.array([days.min(), days.max()]).astype("int64").astype("datetime64[m]").astype("datetime64[D]")
    return list(dict.fromkeys(str(day) for day in first_and_last))
