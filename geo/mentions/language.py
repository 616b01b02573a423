"""Which language's rules a report is read with."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache
from typing import TYPE_CHECKING

from geo.mentions.rules import languages, table

if TYPE_CHECKING:
    from geo.reports.report import Report

_SAMPLE = 2000
_SHARE = 0.08
_WORD = re.compile(r"[^\W\d_]+")
_THREE_LETTERS = {"eng": "en"}


@cache
def _stopwords() -> dict[str, frozenset[str]]:
    return {row["lang"]: frozenset(row["words"].split("|")) for row in table("stopwords")}


def rule_language(report: Report) -> str | None:
    """Give the language whose rules fit the report, or None where there are none.

    What the input tells is believed. Otherwise the language whose stopwords take the largest share of the first words
    is meant, and a text too short to have any (a headline) passes for English when it is written in plain Latin letters.

    Parameters
    ----------
    report : Report

    Returns
    -------
    str or None
        A primary language subtag of the rule tables.
    """
    if report.language:
        told = re.split(r"[-_]", report.language.lower(), maxsplit=1)[0]
        told = _THREE_LETTERS.get(told, told)
        return told if told in languages() else None
    found = Counter(map(str.lower, _WORD.findall(report.text[:_SAMPLE])))
    if not found:
        return None
    total = found.total()
    shares = {lang: sum(found[word] for word in found.keys() & stop) / total for lang, stop in _stopwords().items()}
    best = max(sorted(shares), key=lambda lang: (shares[lang], lang == "en"))
    if shares[best] < _SHARE:
        short = total < 12 and shares[best] == shares["en"]  # noqa: PLR2004 - a headline
        best = "en" if short and all(word.isascii() for word in found) else ""
    return best if best in languages() else None
