"""Which language's rules a report is read with."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache
from typing import TYPE_CHECKING

from geo.mentions.rules import languages, table

if TYPE_CHECKING:
    from geo.reports.report import Report

_SAMPLE = 2000
# The least share of stopwords that tells a language, and that which does against letters of another one.
_SHARE, _SHARE_AGAINST_LETTERS = 0.08, 0.16
_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_PLAIN_WORD = re.compile(r"[a-z]+(?:'[a-z]+)*")
_PLAIN = "".join(sign.lower() if sign.isalpha() or sign == "'" else " " for sign in map(chr, range(128)))
_THREE_LETTERS = {
    "eng": "en", "aze": "az", "tur": "tr", "rus": "ru", "ukr": "uk", "hye": "hy", "kat": "ka", "fas": "fa", "ara": "ar",
}  # fmt: skip
# Letters that tell a language where too few of its stopwords stand; the first one that has one of them is meant.
_SCRIPTS = (
    ("hy", re.compile("[ա-և]")),
    ("ka", re.compile("[ა-ჰ]")),
    ("", re.compile("[ўђћџљњјѓќһөұүңғқә]|[ٹڈڑںےەڵڕێۆ]")),
    ("uk", re.compile("[іїєґ]")),
    ("ru", re.compile("[а-я]")),
    ("fa", re.compile("[پچژگکی]")),
    ("ar", re.compile("[ء-ي]")),
    ("az", re.compile("ə")),
    ("tr", re.compile("[ğış]")),
)
_LEAST_LETTERS = 0.01


@cache
def _stopwords() -> dict[str, frozenset[str]]:
    return {row["lang"]: frozenset(row["words"].split("|")) for row in table("stopwords")}


@cache
def _languages_of() -> dict[str, tuple[str, ...]]:
    """Give the languages that a stopword is one of."""
    listed = _stopwords()
    return {
        word: tuple(lang for lang in listed if word in listed[lang]) for word in frozenset().union(*listed.values())
    }


def rule_language(report: Report) -> str | None:
    """Give the language whose rules of roles and claims fit the report, or None where there are none.

    Parameters
    ----------
    report : Report

    Returns
    -------
    str or None
        A primary language subtag of the rule tables.
    """
    spoken = language_of(report)
    return spoken if spoken in languages() else None


def language_of(report: Report) -> str:
    """Give the language of a report as a primary subtag, or "" where it cannot be told.

    What the input tells is believed. Otherwise the language whose stopwords take the largest share of the first words
    is meant. A text too short to have any (a headline) passes for English when it is written in plain Latin letters,
    and for a language that has letters of its own when it has these.

    Parameters
    ----------
    report : Report
    """
    if report.language:
        told = re.split(r"[-_]", report.language.lower(), maxsplit=1)[0]
        return _THREE_LETTERS.get(told, told)
    return _language_of(report.text[:_SAMPLE])


@lru_cache(maxsize=16)
def _language_of(sample: str) -> str:
    """Give the language of the beginning of a text, or ""; several stages ask for the same."""
    found = Counter(_words(sample))
    if not found:
        return ""
    total = found.total()
    counts = dict.fromkeys(_stopwords(), 0)
    spoken = _languages_of()
    for word in found.keys() & spoken.keys():
        for lang in spoken[word]:
            counts[lang] += found[word]
    shares = {lang: count / total for lang, count in counts.items()}
    likeliest = "" if sample.isascii() else _by_letters("".join(found.elements()))
    best = max(sorted(shares), key=lambda lang: (shares[lang], lang == likeliest, lang == "en"))
    if shares[best] >= (_SHARE_AGAINST_LETTERS if likeliest else _SHARE):
        return best
    short = total < 12 and shares[best] == shares["en"]  # noqa: PLR2004 - a headline
    return "en" if short and all(word.isascii() for word in found) else likeliest


def _words(text: str) -> list[str]:
    """Give the words of a text in lower case; most texts have plain letters only, which is quicker to read."""
    if not text.isascii():
        return [word.lower() for word in _WORD.findall(text)]
    words = text.translate(_PLAIN).split()
    quoted = [word for word in words if "'" in word]
    if not quoted:
        return words
    return [word for word in words if "'" not in word] + [part for word in quoted for part in _PLAIN_WORD.findall(word)]


def _by_letters(text: str) -> str:
    """Give the language whose own letters a text in lower case has, or ""."""
    if text.isascii():
        return ""
    least = max(1, int(_LEAST_LETTERS * len(text)))
    return next((lang for lang, own in _SCRIPTS if len(own.findall(text)) >= least), "")
