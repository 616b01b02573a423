"""What the words beside a word, and the word itself, say for a place or a person, in languages that no weights were fitted on."""

from __future__ import annotations

import re
from functools import cache, lru_cache

from geo.mentions.rules import rows

REACH = 40
LATIN, CYRILLIC, ARABIC = frozenset({"az", "tr"}), frozenset({"ru", "uk"}), frozenset({"ar", "fa"})
CASELESS = frozenset({"ka", "ar", "fa"})
# Of these languages an ending or a prefix says by itself that a place is spoken of.
SUFFIXING = frozenset({"az", "tr", "hy", "ka", "ar", "fa"})
# These decline names of places, so that one in its base form beside a word with a capital is rarely one.
DECLINING = frozenset({"ru", "uk", "hy"})
# In these a first name takes no ending before a surname or a title.
BARE_FIRST_NAMES = frozenset({"az", "tr", "hy"})
# These set the endings of a name off with an apostrophe.
APOSTROPHES = frozenset({"tr"})
_SCRIPTS = (
    ("hy", "\u0530", "\u058f"),
    ("ka", "\u10a0", "\u10ff"),
    ("ru", "\u0400", "\u04ff"),
    ("ar", "\u0600", "\u06ff"),
)
_OPENS = re.compile(r"(?:\A|[.!?:;…\"•])[\s\"'(\[-]*\Z")
_BEFORE = re.compile(r"(?<![\w'-])([\w'-]+\.?) \Z")
_AFTER = re.compile(r" ([\w'-]+)")


@lru_cache(maxsize=2000)
def language_at(character: str, language: str) -> str:
    """Give the language whose endings a word may have: that of the report, or of a passage in another script."""
    spoken = next((other for other, first, last in _SCRIPTS if first <= character <= last), "")
    same = {"ru": CYRILLIC, "ar": ARABIC, "": LATIN}.get(spoken, frozenset({spoken}))
    return language if language in same or (not spoken and language not in CYRILLIC | ARABIC) else spoken


def opens(text: str, start: int) -> bool:
    """Tell whether a sentence begins at `start`."""
    return bool(_OPENS.search(text[max(0, start - REACH) : start]))


def sort_of(printed: str, form: str, language: str) -> str:
    """Tell what a word is as well: a "word", "either" (as often as not), a "first name", a "surname", or nothing of this ("")."""
    common = _common(language)
    sort = common.get(printed.lower()) or common.get(form.lower(), "")
    return sort or ("surname" if _speaks("self", "person", language, printed) else "")


def says_where(text: str, start: int, end: int, sort: str, language: str) -> bool:
    """Tell whether an ending, by its `sort`, or a word beside a span says that something is at, in or near it."""
    if language in SUFFIXING and sort == "place":
        return True
    before, after = _BEFORE.search(text[max(0, start - REACH) : start]), _AFTER.match(text, end)
    return bool(
        (before and _speaks("before", "place", language, before[1].lower()))
        or (after and _speaks("after", "place", language, after[1]))
    )


def is_person(text: str, start: int, end: int, language: str, *, follows_place: bool, bare: bool) -> bool:
    """Tell whether the words beside a span make it a person's name.

    Parameters
    ----------
    text : str
    start, end : int
        Of the span.
    language : str
    follows_place : bool
        Whether the word before is a place's name.
    bare : bool
        Whether the span is printed as the name is listed.
    """
    before = _BEFORE.search(text[max(0, start - REACH) : start])
    if before and not follows_place:
        word = before[1]
        if _speaks("before", "person", language, word.lower()):
            return True
        # "The authorities (or Vlada) of Kharkiv".
        if _is_first_name(word, language) and not _speaks("before", "place", language, word.lower()):
            return True
    after = _AFTER.match(text, end)
    if after and (bare or language not in BARE_FIRST_NAMES) and _speaks("after", "person", language, after[1]):
        return True
    # "Софья Донская" may be two places, but nobody writes these side by side.
    return bare and language in DECLINING and _beside_capital(text, start, None if follows_place else before, after)


def _beside_capital(text: str, start: int, before: re.Match[str] | None, after: re.Match[str] | None) -> bool:
    """Tell whether a word with a capital, that opens no sentence, stands directly before or after."""
    if after and after[1][:1].isupper() and not after[1].isupper():
        return True
    if not before or not before[1][:1].isupper() or before[1].isupper():
        return False
    return not opens(text, start - len(before[1]) - 1)


def _is_first_name(word: str, language: str) -> bool:
    capital = word[:1].isupper() or language in CASELESS
    return capital and word.lower() in _first_names(language)


def _speaks(side: str, what: str, language: str, word: str) -> bool:
    pattern = _evidence(side, what, language)
    return pattern is not None and bool(pattern.fullmatch(word))


@cache
def _evidence(side: str, what: str, language: str) -> re.Pattern[str] | None:
    """Give the pattern of words that speak for something; ``*`` stands for the rest of a word."""
    words = [
        word
        for row in rows("evidence", language)
        if row["side"] == side and row["speaks"] == what
        for word in row["words"].split("|")
    ]
    return re.compile("|".join(map(_pattern, words))) if words else None


def _pattern(word: str) -> str:
    """Give the pattern of a word; the beginning of one that ends as told has a capital, where there are capitals."""
    if word[0] == "*":
        return rf"[^\W\d_a-zа-яա-և]\w*{re.escape(word[1:])}"
    return re.escape(word).replace(r"\*", r"\w*")


@cache
def _common(language: str) -> dict[str, str]:
    """Give the words that are no names of places for the most part, each with its sort; generic words are among them."""
    generic = [word for row in rows("type_hints", language) for word in row["words"].split("|")]
    return dict.fromkeys(generic, "word") | {
        word: row["sort"] for row in rows("common_words", language) for word in row["words"].split("|")
    }


@cache
def _first_names(language: str) -> frozenset[str]:
    return frozenset(
        word
        for row in rows("common_words", language)
        if row["sort"] == "first name"
        for word in row["words"].split("|")
    )
