"""The values of a page, from the layers and the gazetteer; docs/architecture.md has them under "The page"."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from importlib.metadata import version
from typing import TYPE_CHECKING, Any, Literal

from geo.gazetteer.features import feature_key, is_former
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.records import LISTED, UNLISTED, Attestation, PartyId, PlaceId
from geo.gazetteer.sides import contested
from geo.gazetteer.world import PACKAGES, distance_m
from geo.layers.frames import Layers
from geo.layers.unnamed import unnamed_sites
from geo.maps.dated_names import dated_labels
from geo.maps.interface import FALLBACK, Interface, interface
from geo.maps.names import labels, side_languages
from geo.mentions.rules import rows as rules
from geo.reports.report import Report

if TYPE_CHECKING:
    import geopandas as gpd

Quote = Literal["sentence", "full", "none"]
VERSIONED = ("allonym", *PACKAGES, "folium", "geopandas", "django-js-lib-leaflet")
OFFICES = {
    "mod": "defence ministry",
    "mil": "armed forces",
    "mfa": "foreign ministry",
    "interior": "interior ministry",
    "health": "health ministry",
    "gov": "government",
}
"""What the short names of offices stand for in the ids of parties that no table lists."""
LONGEST_ACRONYM = 6
PLACE_DECIMALS, AREA_DECIMALS = 5, 4


def page_data(
    layers: Layers,
    gazetteer: Gazetteer,
    *,
    title: str,
    quote: Quote = "sentence",
    built: str = "",
    language: str = FALLBACK,
) -> dict[str, Any]:
    """Give the values that a page shows.

    Parameters
    ----------
    layers : Layers
    gazetteer : Gazetteer
    title : str
        Of the map.
    quote : {"sentence", "full", "none"}
        How much of a report's text the page quotes: with "full" it holds each report whole, once.
    built : str
        ISO 8601 date of the build, or "" to leave it out; the clock is never read.
    language : str
        Of the page's own words: a column of data/interface.csv.
    """
    words = interface(language)
    rows = {place: row for row, place in enumerate(layers.sites["place"])}
    unnamed = unnamed_sites(layers.mentions)
    reports = {report.id: number for number, report in enumerate(layers.reports)}
    texts = {report.id: report.text for report in layers.reports}
    names = {place: () if place in unnamed else _names(place, gazetteer) for place in rows}
    further = sorted(set().union(*(side_languages(all_) for all_ in names.values() if contested(all_))))
    places = [
        _unnamed(site, unnamed[site.place], rows, further)
        if site.place in unnamed
        else _place(site, names[site.place], gazetteer, further) | {"feature": _feature(site.feature_code, words)}
        for site in _rows(layers.sites)
    ]
    mentions = [_mention(row, rows, reports, texts, quote) for row in _records(layers.mentions)]
    parties = {row["party"] for attestations in map(_name_rows, names.values()) for row in attestations}
    parties |= {party for mention in mentions for party in mention["claimants"]}
    return {
        "meta": {
            "title": title,
            "language": language,
            "generator": f"Allonym {version('allonym')}",
            "built": built,
            "policy": "printed",
            "policy_text": words.say("policy.text"),
            "boundaries": words.say("policy.boundaries"),
            "sources": _credits(gazetteer, places),
            "versions": {package: version(package) for package in VERSIONED},
            "notes": [*_notes(mentions, words), *layers.notes],
        },
        "reports": [_report(report, quote) for report in layers.reports],
        "parties": {party: _party(party, gazetteer) for party in sorted(filter(None, parties))},
        "sources": _sources(gazetteer, names.values(), places),
        "places": places,
        "mentions": mentions,
        "areas": _areas(layers, rows),
    }


def _rows(frame: gpd.GeoDataFrame) -> Iterable[Any]:
    return frame.itertuples()


def _records(frame: gpd.GeoDataFrame) -> list[dict[str, Any]]:
    rows: list[Any] = frame.to_dict("records")
    return rows


def _report(report: Report, quote: Quote) -> dict[str, Any]:
    told = {key: getattr(report, key) for key in ("id", "title", "source", "published", "language", "url")}
    further = {
        "listed": report.is_listed,
        "flags": list(report.flags),
        "text": report.text if quote == "full" and not report.is_listed else "",
    }
    return told | {key: value for key, value in further.items() if value}


def _names(place: str, gazetteer: Gazetteer) -> tuple[Attestation, ...]:
    return () if place.startswith(UNLISTED) else gazetteer.names(PlaceId(place))


def _source(place: str) -> str:
    """Say where the coordinates of a place come from that no gazetteer has."""
    return "the row that lists it" if place.startswith(LISTED) else "the place that the report names around it"


def _name_rows(names: Iterable[Attestation]) -> list[dict[str, Any]]:
    return [{key: value for key, value in name.record().items() if key != "note"} for name in names]


def _place(site: Any, names: tuple[Attestation, ...], gazetteer: Gazetteer, further: Sequence[str]) -> dict[str, Any]:
    unlisted = site.place.startswith(UNLISTED)
    place = None if unlisted else gazetteer.place(PlaceId(site.place))
    points = [] if unlisted else gazetteer.points(PlaceId(site.place))
    return {
        "id": site.place,
        "lat": round(site.lat, PLACE_DECIMALS),
        "lon": round(site.lon, PLACE_DECIMALS),
        "precision_m": site.precision_m,
        "source": place.source if place else _source(site.place),
        "feature_code": site.feature_code,
        "country": site.country,
        "role": site.role if _known(site.role) else None,
        "contested": bool(place and place.contested),
        "confidence": site.confidence,
        "status": site.status,
        "printed": site.printed,
        "labels": labels(site.printed, names, fallback=site.name, further=further),
        "names": _name_rows(names),
        "dated": dated_labels(names),
        "claimants": site.claimants,
        "points": [
            {
                "lat": point.lat,
                "lon": point.lon,
                "source": point.source,
                "distance_km": round(distance_m(site.lat, site.lon, point.lat, point.lon) / 1000, 1),
            }
            for point in points
        ],
        "mentions": site.mentions,
    }


def _feature(code: str, words: Interface) -> str:
    """Give a feature code in plain words of the page's language, or ""."""
    key = feature_key(code)
    told = words.say(f"feature.{key}") if key else ""
    return words.say("feature.former", feature=told) if is_former(code) else told


def _unnamed(site: Any, shape: dict[str, Any], rows: dict[str, int], further: Sequence[str]) -> dict[str, Any]:
    """Give a site that has no name on the map: it is called by the report's words, and its point only stands for a shape."""
    return {
        "id": site.place,
        "lat": round(site.lat, PLACE_DECIMALS),
        "lon": round(site.lon, PLACE_DECIMALS),
        "precision_m": site.precision_m,
        "source": "the words of the report",
        "feature_code": "",
        "feature": "",
        "country": site.country,
        "role": "site",
        "contested": False,
        "confidence": site.confidence,
        "status": site.status,
        "printed": site.printed,
        "labels": labels(site.printed, (), fallback=site.name, further=further),
        "names": [],
        "claimants": site.claimants,
        "points": [],
        "mentions": site.mentions,
        "shape": _shape(shape, rows),
    }


def _mention(
    row: dict[str, Any], rows: dict[str, int], reports: dict[str, int], texts: dict[str, str], quote: Quote
) -> dict[str, Any]:
    text, start = _quoted(row, texts[row["report"]], quote)
    on_map = row["kind"] == "place" and _known(row["place"])
    return {
        "report": reports[row["report"]],
        "place": rows[row["place"]] if on_map else None,
        **{
            key: row[key]
            for key in ("start", "end", "text", "kind", "status", "claimants", "events", "date", "relation", "why")
        },
        "role": row["role"] if _known(row["role"]) else None,
        "shape": _shape(row["shape"], rows) if isinstance(row["shape"], dict) else None,
        "confidence": float(row["confidence"]) if _known(row["confidence"]) else None,
        **({"decided": row["decision"]} if row["decision"] else {}),
        "quote": text,
        "quote_start": row["start"] - start if text else 0,
        "quote_end": row["end"] - start if text else 0,
        "statements": row["statements"],
        "casualties": row["casualties"],
        "claim": row["claim"] if _known(row["claim"]) else None,
        "quote_words": _within(row["shape"], start, text),
        "cues": [{"about": cue["about"], "value": cue["value"], "text": cue["text"].strip()} for cue in row["cues"]],
        "candidates": _candidates(row["candidates"]),
    }


def _within(shape: Any, start: int, text: str) -> list[int] | None:
    """Give where the words of a shape begin and end in what the page quotes."""
    if not text or not isinstance(shape, dict):
        return None
    return [max(0, shape["start"] - start), min(len(text), shape["end"] - start)]


def _shape(shape: dict[str, Any], rows: dict[str, int]) -> dict[str, Any]:
    """Give a shape with the numbers of the places that it is of and about; a country may be no place on the map."""
    return {
        **{key: shape[key] for key in ("named", "kind", "text", "precision_m")},
        "site": rows.get(shape["site"]),
        "of": [rows[place] for place in shape["of"] if place in rows],
    }


def _quoted(row: dict[str, Any], text: str, quote: Quote) -> tuple[str, int]:
    """Give what the page quotes around a mention and where that begins in the report."""
    if quote == "none":
        return "", 0
    sentence: str = row["sentence"]
    begin = text.rfind(sentence, 0, row["end"] + len(sentence))
    while begin > row["start"]:
        begin = text.rfind(sentence, 0, begin + len(sentence) - 1)
    return sentence, begin


def _candidates(candidates: Sequence[dict[str, Any]]) -> list[dict[str, Any]]:
    if not candidates:
        return []
    best = candidates[0]
    return [
        {
            "place": c["place"],
            "name": c["name"],
            "lat": round(c["lat"], PLACE_DECIMALS),
            "lon": round(c["lon"], PLACE_DECIMALS),
            "score": c["score"],
            "distance_km": round(distance_m(best["lat"], best["lon"], c["lat"], c["lon"]) / 1000),
        }
        for c in candidates
    ]


def _known(value: Any) -> bool:
    import pandas as pd  # noqa: PLC0415 - the frames that come here have loaded it

    return not pd.isna(value)


def _party(party: str, gazetteer: Gazetteer) -> dict[str, str]:
    known = gazetteer.parties.get(PartyId(party))
    if known:
        return {"name": known.name, "kind": known.kind, "colour": known.colour}
    # A side's institution that no table lists: "az-president" is Azerbaijan's.
    owner, _, office = party.partition("-")
    state = gazetteer.parties.get(PartyId(owner)) if office else None
    words = OFFICES.get(office, office if state else party).replace("-", " ")
    return {
        "name": f"{state.name} ({words})" if state else _spelt_out(words),
        "kind": "",
        "colour": state.colour if state else "",
    }


def _spelt_out(words: str) -> str:
    """Give the name of a party from its id: offices begin with a capital, short names of groups are acronyms."""
    offices = {row["suffix"] for row in rules("institutions", "en")}
    acronym = words not in offices and " " not in words and len(words) <= LONGEST_ACRONYM
    return words.upper() if acronym else words.capitalize()


def _sources(
    gazetteer: Gazetteer, names: Iterable[Iterable[Attestation]], places: Iterable[dict[str, Any]]
) -> dict[str, dict[str, str]]:
    cells = {name.source for attestations in names for name in attestations} | {place["source"] for place in places}
    used = {part.strip().partition(":")[0] for cell in cells for part in cell.split(";")}
    return {
        source.id: {"citation": source.citation, "licence": source.licence, "url": source.url}
        for source in gazetteer.sources.values()
        if source.id in used
    }


def _credits(gazetteer: Gazetteer, places: Sequence[dict[str, Any]]) -> list[dict[str, str]]:
    """Give the sources of the places' points, for the panel."""
    used = {part.strip().partition(":")[0] for place in places for part in place["source"].split(";")}
    rows = [source for source in gazetteer.sources.values() if source.id in used]
    return [{"name": source.citation, "licence": source.licence, "url": source.url} for source in rows]


def _notes(mentions: Sequence[dict[str, Any]], words: Interface) -> list[str]:
    unknown = sum(mention["status"] == "unknown" for mention in mentions)
    doubtful = sum(mention["status"] == "ambiguous" for mention in mentions)
    notes = [words.say("note.found", n=len(mentions), unknown=unknown, ambiguous=doubtful)]
    overruled = sum("decided" in mention for mention in mentions)
    if overruled:
        notes.append(words.say("note.overruled", n=overruled))
    if mentions and not any(mention["role"] for mention in mentions):
        notes.append(words.say("note.norules"))
    return notes


def _areas(layers: Layers, rows: dict[str, int]) -> dict[str, Any]:
    from shapely import set_precision  # noqa: PLC0415
    from shapely.geometry import mapping  # noqa: PLC0415

    features = [
        {
            "type": "Feature",
            "properties": {"place": rows[area.place], "kind": area.kind},
            "geometry": mapping(set_precision(area.geometry, 10**-AREA_DECIMALS)),
        }
        for area in _rows(layers.areas)
    ]
    return {"type": "FeatureCollection", "features": features}
