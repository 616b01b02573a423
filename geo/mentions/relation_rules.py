"""The rules that read where a site lies from named places on, as patterns of a language."""

from __future__ import annotations

import re
from collections import defaultdict
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING

from geo.mentions.rules import Row, fill, filled, rows, table

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

PLACE, DEMONYM, FILL = "\ue000", "\ue004", "\ue00f"
_NUMBER = r"\d{1,6}(?:[.,]\d{1,6}){0,3}"
# Languages whose units take endings ("kilometrlik"); in the others all forms are listed.
_INFLECTED = ("az", "hy")
_NO_LETTER = r"(?![^\W\d_])"


@dataclass(frozen=True, slots=True)
class Relations:
    """The rules of a language, as patterns: those that relate, with what they need, and those about the words around them."""

    relations: tuple[tuple[Row, tuple[str, ...], str], ...]
    around: Mapping[str, tuple[str, ...]]
    hedged: str
    also: str


@cache
def languages() -> tuple[str, ...]:
    """Give the languages that have rules."""
    return tuple(dict.fromkeys(row["lang"] for row in table("spatial")))


@cache
def word_values(lang: str, kind: str) -> tuple[tuple[re.Pattern[str], str], ...]:
    """Give the words of a kind (``direction``, ``unit``, ``number``) as patterns, with what each stands for."""
    listed = [row for row in rows("spatial_words", lang) if row["kind"] == kind]
    return tuple((re.compile(row["words"], re.IGNORECASE), row["value"]) for row in listed)


def _alternatives(lang: str, *kinds: str) -> str:
    parts = [part for row in rows("spatial_words", lang) if row["kind"] in kinds for part in _split(row["words"])]
    return "(?:" + "|".join(sorted(parts, key=len, reverse=True)) + ")"


def _split(words: str) -> Iterator[str]:
    """Split alternatives that stand outside brackets."""
    depth, part = 0, ""
    for char in words:
        depth += (char in "([") - (char in ")]")
        if char == "|" and not depth:
            yield part
            part = ""
        else:
            part += char
    yield part


@cache
def relations_of(lang: str) -> Relations:
    """Fill in the rules of a language."""
    lists = {
        re.sub(rf"-{lang}\Z", "", row["id"]).replace("-", "_").upper(): f"(?:{row['words']})"
        for row in rows("spatial_words", lang)
        if row["kind"] == "list"
    }
    number = _alternatives(lang, "number")
    count = rf"(?:{_NUMBER}|{number}(?:[ -]{number}){{0,2}}(?!\w))"
    macros = {
        "TAIL": "", **lists,
        "T": f"(?P<t>{PLACE}{FILL}*+)",
        "U": f"(?P<u>{PLACE}{FILL}*+)",
        "B": f"(?P<t>[{PLACE}{DEMONYM}]{FILL}*+)",
        "C": f"(?P<u>[{PLACE}{DEMONYM}]{FILL}*+)",
        "X": f"(?P<x>{PLACE}{FILL}*+)",
        "P": f"{PLACE}{FILL}*+",
        "NUM": rf"(?P<num>{count})(?:{{RANGE}}(?P<num2>{count}))?",
        "UNIT": f"(?P<unit>{_alternatives(lang, 'unit')}){'' if lang in _INFLECTED else _NO_LETTER}",
        "DIR": f"(?P<dir>{_alternatives(lang, 'direction')})",
        "ADJECTIVE": f"(?P<dir>{_alternatives(lang, 'adjective')})(?!\\w)",
        "HEDGES": "(?P<hedges>(?:{HEDGE} )*)",
    }  # fmt: skip
    relations, around = [], defaultdict(list)
    for row in rows("spatial", lang):
        pattern = filled(row, macros)
        if row["needs"]:
            relations.append((row, tuple(row["needs"].split("|")), pattern))
        else:
            around[row["relation"]].append(pattern)
    return Relations(
        tuple(relations),
        {kind: tuple(listed) for kind, listed in around.items()},
        fill("{HEDGED}", macros),
        fill(" ?{ALSO} ?", macros),
    )
