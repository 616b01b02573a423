"""A map as KML, for Google Earth and its like: one placemark a place, its names and claims in words, and its areas."""

from __future__ import annotations

import html
import re
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

NAMESPACE = "http://www.opengis.net/kml/2.2"
PLAIN = "5b5851"
_COLOUR = re.compile(r"#([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})")
_NO_XML = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_FOLDERS = {"site": "Sites", "reference": "References", "setting": "Settings", "actor": "Actors", None: "Places"}


def kml(data: Mapping[str, Any]) -> bytes:
    """Give the content of a KML file.

    A description is HTML to the programs that show it: what comes from reports is escaped for it, and once more for XML.

    Parameters
    ----------
    data : mapping
        The page's values, as docs/architecture.md has them under "The page".

    Examples
    --------
    >>> empty = {"meta": {"title": "A <b>", "policy": "en"}, "places": [], "areas": {"features": []}, "parties": {}}
    >>> b"<name>A &lt;b&gt;</name>" in kml(empty)
    True
    """
    root = ET.Element("kml", xmlns=NAMESPACE)
    document = ET.SubElement(root, "Document")
    _text(document, "name", data["meta"]["title"])
    colours = sorted({_colour(place, data) for place in data["places"]})
    for colour in colours:
        _style(document, colour)
    for role, title in _FOLDERS.items():
        chosen = [place for place in data["places"] if place["role"] == role]
        if chosen:
            folder = _folder(document, title)
            for place in chosen:
                _place(folder, place, data)
    if data["areas"]["features"]:
        folder = _folder(document, "Areas")
        for feature in data["areas"]["features"]:
            _area(folder, feature, data)
    ET.indent(root)
    content: bytes = ET.tostring(root, encoding="utf-8", xml_declaration=True)
    return content + b"\n"


def _place(folder: ET.Element, place: Mapping[str, Any], data: Mapping[str, Any]) -> None:
    mark = _placemark(folder, place, data)
    described = list(_description(place, data))
    _text(mark, "description", "<br>".join(html.escape(line) for line in described))
    _text(mark, "styleUrl", f"#c{_colour(place, data)}")
    _text(ET.SubElement(mark, "Point"), "coordinates", f"{place['lon']},{place['lat']}")


def _area(folder: ET.Element, feature: Mapping[str, Any], data: Mapping[str, Any]) -> None:
    place, geometry = data["places"][feature["properties"]["place"]], feature["geometry"]
    mark = _placemark(folder, place, data)
    _text(mark, "styleUrl", f"#c{_colour(place, data)}")
    polygons = [geometry["coordinates"]] if geometry["type"] == "Polygon" else geometry["coordinates"]
    several = ET.SubElement(mark, "MultiGeometry")
    for polygon in polygons:
        drawn = ET.SubElement(several, "Polygon")
        for number, ring in enumerate(polygon):
            boundary = ET.SubElement(drawn, "innerBoundaryIs" if number else "outerBoundaryIs")
            line = ET.SubElement(boundary, "LinearRing")
            _text(line, "coordinates", " ".join(f"{position[0]},{position[1]}" for position in ring))


def _placemark(folder: ET.Element, place: Mapping[str, Any], data: Mapping[str, Any]) -> ET.Element:
    mark = ET.SubElement(folder, "Placemark")
    _text(mark, "name", place["labels"].get(data["meta"]["policy"]) or place["labels"]["printed"])
    return mark


def _description(place: Mapping[str, Any], data: Mapping[str, Any]) -> Iterator[str]:
    """Give lines about a place: its names as printed and with who uses them, then who says what."""
    yield f"As printed: {', '.join(place['printed'])}"
    by_name: dict[str, list[str]] = {}
    for name in place["names"]:
        users = by_name.setdefault(name["toponym"], [])
        user = _party(name.get("party") or "", data)
        if user and user not in users:
            users.append(user)
    if by_name:
        yield "Names: " + "; ".join(
            f"{name} ({', '.join(users)})" if users else name for name, users in by_name.items()
        )
    for number in place["mentions"]:
        line = _mention(data["mentions"][number], data)
        if line:
            yield line


def _mention(mention: Mapping[str, Any], data: Mapping[str, Any]) -> str:
    sides = ", ".join(_party(party, data) for party in mention["claimants"])
    told = [
        mention.get("date") or "",
        f"{sides} says" if sides else "",
        ", ".join(mention["events"]),
        f"“{' '.join(mention['quote'].split())}”" if mention["quote"] else "",
        data["reports"][mention["report"]]["source"],
    ]
    return " · ".join(filter(None, told))


def _party(party: str, data: Mapping[str, Any]) -> str:
    return str(data["parties"].get(party, {}).get("name") or party)


def _colour(place: Mapping[str, Any], data: Mapping[str, Any]) -> str:
    """Give the colour of a place's only claimant as KML has it: blue, green, red."""
    claims: Sequence[str] = place["claimants"]
    own = data["parties"].get(claims[0], {}).get("colour", "") if len(claims) == 1 else ""
    found = _COLOUR.fullmatch(own)
    return "".join(reversed(found.groups())).lower() if found else "".join(reversed(re.findall("..", PLAIN)))


def _style(document: ET.Element, colour: str) -> None:
    style = ET.SubElement(document, "Style", id=f"c{colour}")
    _text(ET.SubElement(style, "IconStyle"), "color", f"ff{colour}")
    _text(ET.SubElement(style, "LineStyle"), "color", f"ff{colour}")
    _text(ET.SubElement(style, "PolyStyle"), "color", f"30{colour}")


def _folder(document: ET.Element, title: str) -> ET.Element:
    folder = ET.SubElement(document, "Folder")
    _text(folder, "name", title)
    return folder


def _text(parent: ET.Element, tag: str, text: str) -> None:
    ET.SubElement(parent, tag).text = _NO_XML.sub(" ", text)
