"""The page's data elements: what describes the tables, and their compressed texts, each in an element of its own."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from geo.maps.packing import Packed, Table, pack, rows, unpack
from geo.maps.tables import ROWS

LABEL = "label:"


def packed_tables(tables: Mapping[str, Table]) -> tuple[dict[str, Any], dict[str, str]]:
    """Give what describes the tables, and the texts of the page's further data elements by their ids."""
    heads, texts = {}, {}
    for name in ROWS:
        packed = pack(tables[name])
        heads[name] = packed.head
        texts[f"allonym-{name}"] = packed.columns
        texts[f"allonym-{name}-words"] = packed.words
        texts |= {f"allonym-{name}-{part}": text for part, text in enumerate(packed.parts)}
    return heads, texts


def unpack_page(html: str) -> dict[str, Any]:
    """Give the values that a page carries, its tables as rows.

    Parameters
    ----------
    html : str
        As `render` gives it.

    Returns
    -------
    dict
        What `render` took, with ``places``, ``mentions`` and ``reports`` in the page's own order: places along a curve,
        mentions by place. A place's ``labels`` are together again.
    """
    head = json.loads(_block(html, "allonym-data"))
    found: dict[str, Any] = {}
    for name, described in head.pop("tables").items():
        parts = (_block(html, f"allonym-{name}-{part}") for part in range(described["parts"]))
        columns, words = _block(html, f"allonym-{name}"), _block(html, f"allonym-{name}-words")
        found[name] = rows(unpack(Packed(described, columns, words, tuple(parts))))
    for place in found["places"]:
        labels = [key for key in place if key.startswith(LABEL)]
        place["labels"] = {key.removeprefix(LABEL): place.pop(key) for key in labels}
    return {**head, **found}


def _block(html: str, identity: str) -> str:
    start = html.index(f' id="{identity}">') + len(f' id="{identity}">')
    return html[start : html.index("</script>", start)]
