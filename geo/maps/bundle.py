"""The page's own scripts and styles as texts that are the same for every map, and their hashes."""

from __future__ import annotations

import base64
import functools
import gzip
import hashlib
import json
import re
from importlib.resources import files
from pathlib import Path

from geo.gazetteer.folding import plain_values

ASSETS = Path(__file__).parent / "assets"

SCRIPTS = (
    "basemap.js",
    "dom.js",
    "fonts.js",
    "words.js",
    "edtf.js",
    "colours.js",
    "glyphs.js",
    "unpack.js",
    "facets.js",
    "dates.js",
    "dated.js",
    "columns.js",
    "states.js",
    "store.js",
    "canvas_layer.js",
    "basemap_layer.js",
    "areas.js",
    "labels.js",
    "ground_styles.js",
    "ground_names.js",
    "spread.js",
    "crowd.js",
    "markers_layer.js",
    "overlays.js",
    "view.js",
    "list.js",
    "covered.js",
    "claims.js",
    "timeline.js",
    "card.js",
    "feed.js",
    "text_filter.js",
    "texts.js",
    "reader.js",
    "losers.js",
    "folding.js",
    "names_index.js",
    "search.js",
    "reading.js",
    "time.js",
    "sides.js",
    "signs.js",
    "legend.js",
    "notes.js",
    "tabs.js",
    "address.js",
    "sheet.js",
    "map_keys.js",
    "shown_rows.js",
    "files.js",
    "picture.js",
    "print.js",
    "takeaway.js",
    "framed.js",
    "main.js",
)
"""Files of the page's script, in the order in which they are joined."""

STYLES = (
    "page.css",
    "sides.css",
    "time.css",
    "covered.css",
    "timeline.css",
    "search.css",
    "texts.css",
    "takeaway.css",
    "print.css",
)
"""Files of the page's style, likewise."""


@functools.cache
def page_scripts() -> tuple[str, ...]:
    """Give the page's scripts: Leaflet, the basemap's decoder with the page's own parts, in one strict scope."""
    parts = [(ASSETS / name).read_text(encoding="utf-8") for name in SCRIPTS]
    return _inline(_leaflet_script()), _inline('"use strict";\n(() => {\n' + "\n".join(parts) + "})();\n")


@functools.cache
def element_script() -> str:
    """Give the script of the folium elements: the page's own parts, called by somebody else's map."""
    names = [*(name for name in SCRIPTS if name != "main.js"), "elements.js"]
    parts = [(ASSETS / name).read_text(encoding="utf-8") for name in names]
    return _inline('(() => {\n"use strict";\n' + "\n".join(parts) + "})();\n")


@functools.cache
def page_styles() -> tuple[str, ...]:
    """Give the page's styles: Leaflet's with its pictures inside, and the page's own."""
    own = "\n".join((ASSETS / name).read_text(encoding="utf-8") for name in STYLES)
    return _inline(_leaflet_style()), _inline(own)


@functools.cache
def embed_script() -> str:
    """Give the script for a page that frames a map, which the map's page shows as text."""
    return _inline((ASSETS / "embed.js").read_text(encoding="utf-8"))


@functools.cache
def page_folding() -> str:
    """Give the rules by which the page's search finds a name in any spelling: JSON, compressed, in base64."""
    rules = json.dumps(plain_values(), ensure_ascii=False, separators=(",", ":")).encode("utf-8")
    return base64.b64encode(gzip.compress(rules, mtime=0)).decode("ascii")


@functools.cache
def folium_shim() -> str:
    """Give the script that lets folium elements with scripts of their own find the page's map."""
    return _inline((ASSETS / "folium_shim.js").read_text(encoding="utf-8"))


def hash_source(text: str) -> str:
    """Give the source expression of a Content-Security-Policy that allows exactly this inline text.

    Examples
    --------
    >>> hash_source("")
    "'sha256-47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU='"
    """
    digest = hashlib.sha256(text.encode("utf-8")).digest()
    return f"'sha256-{base64.b64encode(digest).decode('ascii')}'"


def _leaflet_script() -> str:
    text = _leaflet_file("leaflet.js").decode("utf-8")
    return re.sub(r"^//# sourceMappingURL=.*$", "", text, flags=re.MULTILINE)


def _leaflet_style() -> str:
    def as_data(found: re.Match[str]) -> str:
        picture = base64.b64encode(_leaflet_file(found.group(1))).decode("ascii")
        return f"url(data:image/png;base64,{picture})"

    return re.sub(r"url\((images/[\w.-]+)\)", as_data, _leaflet_file("leaflet.css").decode("utf-8"))


def _leaflet_file(name: str) -> bytes:
    return files("js_lib_leaflet").joinpath("static/js_lib_leaflet", name).read_bytes()


def _inline(text: str) -> str:
    r"""Check that a text may stand between the tags of an inline element as it is, byte for byte.

    Line ends become ``\n``, as a browser's parser makes them before it hashes.
    """
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    if re.search(r"</(script|style)|<!--", text, flags=re.IGNORECASE):
        raise ValueError("an asset of the page holds a closing tag or an HTML comment; write it in another way")
    return text
