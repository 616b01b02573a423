"""A map as a GeoPackage: sites, mentions and areas as layers, with styles that QGIS takes when it opens them."""

from __future__ import annotations

import re
import tempfile
import xml.etree.ElementTree as ET
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import pandas as pd

from geo.layers.frames import Layers
from geo.layers.write import flat_columns, geopackage_date, stamp, write_layer

STYLES = "layer_styles"
"""The table in which QGIS looks for styles."""
SHAPES = (
    ("circle", 0),
    ("square", 0),
    ("triangle", 0),
    ("diamond", 0),
    ("triangle", 180),
    ("cross_fill", 0),
    ("pentagon", 0),
    ("hexagon", 0),
)
"""QGIS' names and turns for the shapes of the page."""
SPARE_COLOURS = ("#0072b2", "#d55e00", "#009e73", "#cc79a7", "#e69f00", "#56b4e9", "#7a5195", "#6b6b6b")
PLAIN, PAPER = "#5b5851", "#fbfaf6"
SIZE, STEP = 3.4, 3.0
"""Of a sign, and from one to the next where several parties claim, in millimetres."""
NOBODY = "[]"
_COLOUR = re.compile(r"#([0-9a-fA-F]{2})([0-9a-fA-F]{2})([0-9a-fA-F]{2})")


def geopackage(made: Layers, parties: Mapping[str, Mapping[str, str]]) -> bytes:
    """Give the content of a GeoPackage.

    Parameters
    ----------
    made : Layers
    parties : mapping
        ``name`` and ``colour`` of each claimant, as in the page's values.
    """
    named = made.sites[["place", "name", "claimants"]]
    layers = {
        "sites": made.sites,
        "mentions": made.mentions,
        "areas": made.areas.merge(named, on="place", how="left"),
    }
    ids = sorted({party for claims in _claims_of(made.sites) for party in claims})
    looks = {
        party: (*SHAPES[number % len(SHAPES)], _known_colour(parties, party, number))
        for number, party in enumerate(ids)
    }
    draw = {"sites": _points_style, "mentions": _points_style, "areas": _areas_style}
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "map.gpkg"
        with geopackage_date():
            for name, frame in layers.items():
                write_layer(flat_columns(frame), path, layer=name, append=name != "sites")
            styles = {name: draw[name](_claims_of(frame), looks, parties) for name, frame in layers.items()}
            _write_styles(path, styles)
        return path.read_bytes()


def _claims_of(frame: Any) -> list[tuple[str, ...]]:
    """Give who claims, in each order that occurs: a category of the style is the text of the cell."""
    return sorted({tuple(cell) for cell in frame["claimants"]})


def _known_colour(parties: Mapping[str, Mapping[str, str]], party: str, number: int) -> str:
    own = parties.get(party, {}).get("colour", "")
    return own if _COLOUR.fullmatch(own) else SPARE_COLOURS[number % len(SPARE_COLOURS)]


def _write_styles(path: Path, styles: Mapping[str, str]) -> None:
    """Write the table that QGIS reads: one style a layer, which it takes by itself."""
    import pyogrio  # noqa: PLC0415 - only this format needs it

    rows = pd.DataFrame(
        [
            {
                "f_table_catalog": "",
                "f_table_schema": "",
                "f_table_name": layer,
                "f_geometry_column": "geom",
                "styleName": layer,
                "styleQML": style,
                "styleSLD": "",
                "useAsDefault": True,
                "description": "Claimants by colour and shape",
                "owner": "",
                "ui": "",
                "update_time": stamp(),
            }
            for layer, style in styles.items()
        ]
    )
    pyogrio.write_dataframe(rows, path, layer=STYLES, driver="GPKG", append=True, layer_options={"FID": "id"})


Look = tuple[str, int, str]


def _points_style(
    claims: Sequence[tuple[str, ...]], looks: Mapping[str, Look], parties: Mapping[str, Mapping[str, str]]
) -> str:
    root, symbols = _categorized(claims, parties)
    for number, several in enumerate(claims):
        symbol = ET.SubElement(symbols, "symbol", name=str(number), type="marker", alpha="1", clip_to_extent="1")
        for place, party in enumerate(sorted(several) or ("",)):
            shape, turn, colour = looks.get(party, ("circle", 0, PLAIN))
            shift = (place - (len(several or ("",)) - 1) / 2) * STEP
            _layer(
                symbol,
                "SimpleMarker",
                name=shape,
                angle=turn,
                color=_rgba(colour),
                outline_color=_rgba(PAPER),
                outline_width=0.4,
                size=SIZE,
                size_unit="MM",
                offset=f"{shift:g},0",
                offset_unit="MM",
            )
    _labelling(root, "name")
    return _document(root)


def _areas_style(
    claims: Sequence[tuple[str, ...]], looks: Mapping[str, Look], parties: Mapping[str, Mapping[str, str]]
) -> str:
    root, symbols = _categorized(claims, parties)
    for number, several in enumerate(claims):
        colour = looks[several[0]][2] if len(several) == 1 and several[0] in looks else PLAIN
        symbol = ET.SubElement(symbols, "symbol", name=str(number), type="fill", alpha="1", clip_to_extent="1")
        _layer(
            symbol,
            "SimpleFill",
            color=_rgba(colour, 36),
            outline_color=_rgba(colour),
            outline_width=0.3,
            outline_style="dot",
            style="solid",
        )
    return _document(root)


def _categorized(
    claims: Sequence[tuple[str, ...]], parties: Mapping[str, Mapping[str, str]]
) -> tuple[ET.Element, ET.Element]:
    """Begin a style by who claims; give its root and where its symbols go."""
    root = ET.Element("qgis", version="3.28.0", styleCategories="Symbology|Labeling")
    renderer = ET.SubElement(root, "renderer-v2", type="categorizedSymbol", attr="claimants", forceraster="0")
    categories = ET.SubElement(renderer, "categories")
    for number, several in enumerate(claims):
        label = " / ".join(parties.get(party, {}).get("name") or party for party in several) or "No claimant named"
        value = NOBODY if not several else "[" + ", ".join(f'"{party}"' for party in several) + "]"
        ET.SubElement(
            categories, "category", value=value, symbol=str(number), label=label, render="true", type="string"
        )
    return root, ET.SubElement(renderer, "symbols")


def _layer(symbol: ET.Element, kind: str, **options: Any) -> None:
    layer = ET.SubElement(symbol, "layer", {"class": kind, "enabled": "1", "pass": "0", "locked": "0"})
    told = ET.SubElement(layer, "Option", type="Map")
    for name, value in options.items():
        ET.SubElement(told, "Option", name=name, value=str(value), type="QString")


def _labelling(root: ET.Element, column: str) -> None:
    settings = ET.SubElement(ET.SubElement(root, "labeling", type="simple"), "settings", calloutType="simple")
    style = ET.SubElement(
        settings,
        "text-style",
        fieldName=column,
        isExpression="0",
        fontSize="9",
        fontSizeUnit="Point",
        textColor=_rgba("#1c1b19"),
    )
    ET.SubElement(
        style, "text-buffer", bufferDraw="1", bufferSize="0.8", bufferSizeUnits="MM", bufferColor=_rgba(PAPER)
    )
    ET.SubElement(settings, "placement", placement="6", dist="1.5", distUnits="MM")
    ET.SubElement(settings, "rendering", obstacle="1", displayAll="0")


def _document(root: ET.Element) -> str:
    return "<!DOCTYPE qgis PUBLIC 'http://mrcc.com/qgis.dtd' 'SYSTEM'>\n" + ET.tostring(root, encoding="unicode")


def _rgba(colour: str, opacity: int = 255) -> str:
    found = _COLOUR.fullmatch(colour)
    parts: Iterator[int] = (int(part, 16) for part in found.groups()) if found else iter((91, 88, 81))
    return ",".join(map(str, (*parts, opacity)))
