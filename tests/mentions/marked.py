"""Read sentences in which names stand in brackets: "15 km north of [Arden]", "[Ardendən|Arden] 15 km şimalda"."""

from __future__ import annotations

import re

from geo.mentions.mention import Mention
from geo.mentions.relations import relate
from geo.reports.report import Report

_NAME = re.compile(r"\[([^\]|]+)(?:\|([^\]]+))?\]")
SHAPES = {
    "bearing": "sector",
    "direction": "sector",
    "distance": "ring",
    "outside": "ring",
    "within": "buffer",
    "near": "buffer",
    "towards": "buffer",
    "between": "corridor",
    "along": "corridor",
    "border": "strip",
    "part": "district",
    "centre": "district",
    "inside": "district",
}


def unmarked(marked: str) -> tuple[str, list[tuple[int, int, str]]]:
    """Give the text without brackets, and start, end and base form of each name."""
    text, names, done = "", [], 0
    for found in _NAME.finditer(marked):
        text += marked[done : found.start()]
        names.append((len(text), len(text) + len(found[1]), found[2] or found[1]))
        text += found[1]
        done = found.end()
    return text + marked[done:], names


def related(marked: str, lang: str) -> tuple[Report, tuple[Mention, ...]]:
    """Find the relations of a sentence whose names are marked."""
    text, names = unmarked(marked)
    report = Report(id="r", text=text, language=lang)
    mentions = [
        Mention(
            report="r",
            start=start,
            end=end,
            text=text[start:end],
            toponym=base,
            kind="place",
            sentence=(0, len(text)),
        )
        for start, end, base in names
    ]
    return report, relate(report, mentions)


def shape_kind(mention: Mention) -> str:
    """Give the kind of shape that the words ask for."""
    where = mention.whereabouts
    assert where is not None
    if where.relation == "outskirts":
        return "ring" if where.bearing is None else "sector"
    return SHAPES[where.relation]


def told(marked: str, lang: str) -> list[tuple[str, list[str], str | None]]:
    """Give kind of shape, references and named site of each relation."""
    _, mentions = related(marked, lang)
    base = {(m.start, m.end): m.toponym for m in mentions}
    return [
        (shape_kind(m), [base[span] for span in m.whereabouts.references], base.get(m.whereabouts.site))
        for m in mentions
        if m.whereabouts
    ]
