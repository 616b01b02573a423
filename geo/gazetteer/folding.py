"""The two forms in which names are compared: the light normal form, and the key that all spellings of a name share.

The rules of the key are data, ``data/rules/folding.csv``: plain replacements and simple regular expressions that mean
the same in JavaScript. Letters that no rule names go through anyascii. The stages, in the order in which they act on a
name in lower case without signs:

``reading``
    another value that letters may have (a Russian г may be an h): each gives one more key to look a spelling up by
``script``
    sequences of letters in the script of the name (``ու`` is one vowel, ``дж`` one consonant)
``letter``
    one letter to its Latin spelling; an ``H`` is an h that joins no digraph
``latin``
    sequences of Latin letters; a capital stands for a sound (``C`` any affricate, ``S`` sh, ``X`` kh)
``class``
    one Latin letter to the class of sounds that it stands for; the vowels become a, i, u
``key``
    doubled letters and word breaks go
``three``, ``four``, ``five``
    what else goes in names of three, of four, and of five consonants or more
``open``
    what goes in the key that is shared with names in scripts that write no vowels

So a long name is told by its consonants alone, because scripts without vowels and the many ways to write a vowel leave
nothing else to rely on; a short name keeps its vowels, because too many others share its consonants.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING, Any

from anyascii import anyascii

from geo.errors import DataError
from geo.files import data_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping
    from pathlib import Path

STAGES = ("reading", "script", "letter", "latin", "class", "key", "three", "four", "five", "open")
OPEN = "~"
# How many sounds a key needs, so that it does not reach a stranger: an open key, that of another reading, and of another
# reading of Latin letters, whose values in a few languages are tried on the names of all.
LEAST_OPEN, LEAST_READING, LEAST_LATIN_READING = 3, 4, 5

_APOSTROPHES = "'`´‘’‚‛ʹʺʻʼʽʾʿˈˊˋˌˮ՚՛＇′‵ꞌ׳"
NORMAL: dict[int, str] = {ord(c): "'" for c in _APOSTROPHES}
NORMAL.update({ord(c): "-" for c in "-‐‑‒–—―⁃−﹘﹣－֊־"})
NORMAL.update({ord(c): '"' for c in "“”„‟«»″＂"})
NORMAL.update(
    dict.fromkeys([0xAD, 0x61C, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)], "")
)

_UNCLEAN = re.compile(rf"[{re.escape(''.join(map(chr, NORMAL)))}]|[^\S ]|^ | $|  ")


def normalise(text: str) -> str:
    """Give the light normal form in which names are compared for exact equality.

    Composed (NFC); apostrophes, single curly quotes and modifier letters like them are ``'``, double quotes ``"``, all
    dashes and hyphens ``-``, white space of any length one space; soft hyphens, zero-width characters and controls of
    direction are gone. Case and diacritics stay.

    Examples
    --------
    >>> normalise("K’arin–Tak")
    "K'arin-Tak"
    """
    if text.isalpha() and text.isascii():
        return text
    if text.isascii():
        return " ".join(text.replace("`", "'").split())
    if unicodedata.is_normalized("NFC", text) and not _UNCLEAN.search(text):
        return text
    clean = unicodedata.normalize("NFC", text).translate(NORMAL)
    return unicodedata.normalize("NFC", " ".join(clean.split()))


def fold(text: str) -> str:
    """Give the key that the spellings of a name share, whatever the romanisation or script.

    Parameters
    ----------
    text : str
        A name; case, diacritics, apostrophes, hyphens and spaces do not matter.

    Returns
    -------
    str
        ASCII letters and digits without spaces; signs of scripts that do not spell letter by letter (Chinese, Korean)
        stay as they are. "" when nothing of the name can be pronounced. Keys are to be compared, not shown: a key's own
        key may differ from it.

    Examples
    --------
    >>> len({fold(name) for name in ("Xocavənd", "Khojavend", "Khodzhavend", "Hocavend", "Ходжавенд", "Խոջավենդ")})
    1
    """
    return _rules().key(text)


def fold_all(texts: Iterable[str]) -> list[str]:
    """Give the keys of many names, in their order."""
    return list(map(_rules().key, texts))


def index_keys(text: str) -> tuple[str, ...]:
    """Give the keys under which an index lists a name: its own, and the one it shares with scripts that write no vowels."""
    rules, heard = _rules(), sounds(text)
    return tuple(key for key in (rules.shortened(heard), rules.open_key(heard)) if key)


def look_up_keys(text: str) -> Iterator[str]:
    """Give the keys by which a spelling may be looked up, each once, the best first.

    The first is that of :func:`fold`. Others follow where letters have another value as well, and where the script
    writes no vowels; those are shared with keys that :func:`index_keys` gives.

    Examples
    --------
    >>> fold("Hadrut") in look_up_keys("Гадрут")
    True
    >>> set(look_up_keys("گدبی")) & set(index_keys("Gədəbəy"))
    {'~gtb'}
    """
    rules = _rules()
    clean = rules.clean(text)
    heard = rules.sounds(clean)
    given = {"", rules.shortened(heard)}
    yield from given - {""}
    for key in rules.other_keys(clean, heard):
        if key not in given:
            given.add(key)
            yield key


def sounds(text: str) -> str:
    """Give the sounds of a name before it is shortened to its key: they tell which of the names that share a key is likest.

    Examples
    --------
    >>> sounds("Khankendi") == sounds("Ханкенди")
    True
    """
    rules = _rules()
    return rules.sounds(rules.clean(text))


class _Signs(dict[int, "str | int | None"]):
    """What becomes of a character that is no letter; found once, then kept."""

    def __missing__(self, code: int) -> str | int | None:
        self[code] = code if _spelt(code) or _whole(code) else None if _gone(code) else " "
        return self[code]


class _Letters(dict[int, "str | int | None"]):
    """The Latin spelling of each letter that is left, a rule's or else anyascii's; found once, then kept."""

    def __missing__(self, code: int) -> str | int | None:
        self[code] = code if code < _ASCII or _whole(code) else romanised(code)
        return self[code]


_ASCII = 128
_SINGLE = ("letter", "class")
_PARTING = "\u200c"
_ASCII_SIGNS = {code: "'" if chr(code) in _APOSTROPHES else " " for code in range(_ASCII) if not chr(code).isalnum()}
# Signs that do not spell letter by letter stay as they are: Chinese characters, Hangul syllables and the like.
_WHOLE = ((0x3100, 0x9FFF), (0xA000, 0xA63F), (0xAC00, 0xD7FF), (0xF900, 0xFAFF), (0x20000, 0x3FFFF))
_SPELT = (
    (0x30, 0x39), (0x61, 0x7A), (0x80, 0x10FF), (0x1C80, 0x1CBF), (0x1D00, 0x1FFF), (0x2C60, 0x2C7F), (0x2D00, 0x2D2F),
    (0x3040, 0x30FF), (0xA640, 0xA69F), (0xA720, 0xA7FF), (0xFB00, 0xFDFF), (0xFE70, 0xFEFF), (0xFF01, 0xFF5E),
)  # fmt: skip
_MARKS = ((0x80, 0x3100), (0xA600, 0xABFF), (0xFB00, 0xFEFF))
_INDIC = 0x900
_OTHER_SCRIPT = re.compile("[\u0370-\u10ff\u1f00-\u1fff]")
_NO_VOWELS = re.compile("[\u0590-\u06ff]")
_LITERAL = re.compile(r"[^\\^$.|?*+()\[\]{}]+(?![?*+{])")


def _within(code: int, ranges: tuple[tuple[int, int], ...]) -> bool:
    return any(first <= code <= last for first, last in ranges)


def _whole(code: int) -> bool:
    return _within(code, _WHOLE)


def _gone(code: int) -> bool:
    return unicodedata.category(chr(code)) in {"Cf", "Lm", "Mn"} and _within(code, _MARKS)


def _spelt(code: int) -> bool:
    """Tell whether a character is a letter, digit or vowel sign that has a Latin spelling of its own."""
    category = unicodedata.category(chr(code))
    read = category[0] in "LN" or (category[0] == "M" and code >= _INDIC)
    return read and category != "Lm" and _within(code, _SPELT)


def romanised(code: int) -> str:
    """Give anyascii's spelling of a character, in small letters and digits."""
    return "".join(c for c in anyascii(chr(code)).lower() if c.isalnum())


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """One row of the table: a replacement, its stage, and an example of what it does alone."""

    order: int
    stage: str
    pattern: str
    replacement: str
    example_from: str
    example_to: str
    note: str

    @property
    def literal(self) -> str:
        """The letters that the pattern begins with: a text without them has no match."""
        match = _LITERAL.match(self.pattern)
        return match.group() if match else ""

    @property
    def plain(self) -> bool:
        """Whether the pattern is nothing but letters."""
        return self.literal == self.pattern

    def apply(self, text: str) -> str:
        """Give the text after this rule alone."""
        return _apply(_runs([self]), text)

    def step(self) -> _Step:
        """Give the rule as it acts fastest: the letters that must be there, the pattern if it is more than they, the rest."""
        return self.literal, None if self.plain else re.compile(self.pattern, re.ASCII), self.replacement


_Step = tuple[str, "re.Pattern[str] | None", str]
_Run = tuple[str, list[_Step]]


def read_rules(path: Path | None = None) -> list[Rule]:
    """Read the table of rules, in the order in which they act.

    Parameters
    ----------
    path : pathlib.Path, optional
        Another table than the one that ships with the project.

    Raises
    ------
    DataError
        When a row lacks a column, has an unknown stage or a pattern that is no regular expression.
    """
    path = path or data_folder() / "rules" / "folding.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        rules = [_read_rule(row, f"{path.name}:{line}") for line, row in enumerate(csv.DictReader(stream), 2)]
    return sorted(rules, key=lambda rule: (STAGES.index(rule.stage), rule.order))


def _read_rule(row: Mapping[str, str | None], where: str) -> Rule:
    cells = {field.name: row.get(field.name) or "" for field in fields(Rule)}
    if not cells["order"].isdecimal() or not cells["pattern"] or row.get("note") is None:
        raise DataError(f"{where}: a rule needs a number as its order, a pattern and all columns; complete the row")
    rule = Rule(order=int(cells.pop("order")), **cells)
    try:
        rule.step()
    except re.error as error:
        raise DataError(f"{where}: {rule.pattern!r} is no regular expression ({error}); correct it") from error
    if rule.stage not in STAGES:
        raise DataError(f"{where}: unknown stage {rule.stage!r}; use one of {', '.join(STAGES)}")
    if rule.stage in {"letter", "class"} and len(rule.pattern) != 1:
        raise DataError(f"{where}: {rule.pattern!r} is not one letter; use the stage script or latin")
    return rule


class _Rules:
    """The rules, made ready to act."""

    def __init__(self, table: Iterable[Rule]) -> None:
        stages: dict[str, list[Rule]] = {stage: [] for stage in STAGES}
        for rule in table:
            stages[rule.stage].append(rule)
        self.signs = _Signs({ord(apostrophe): "'" for apostrophe in _APOSTROPHES} | {ord(_PARTING): " "})
        self.letters = _Letters({ord(rule.pattern): rule.replacement for rule in stages["letter"]})
        self.classes = {ord(rule.pattern): rule.replacement for rule in stages["class"]}
        self.reading = [(rule.literal, [rule.step()]) for rule in stages["reading"]]
        self.script, self.latin, self.joined = (_runs(stages[stage]) for stage in ("script", "latin", "key"))
        self.three, self.four, self.five, self.open = (_runs(stages[s]) for s in ("three", "four", "five", "open"))

    def clean(self, text: str) -> str:
        """Give a name in lower case, composed, without signs but single spaces and apostrophes."""
        text = text.lower()
        if text.isascii():
            return text if text.isalpha() else text.translate(_ASCII_SIGNS)
        return unicodedata.normalize("NFC", text).translate(self.signs)

    def sounds(self, clean: str) -> str:
        """Give the classes of the sounds of a clean name."""
        if not clean.isascii():
            if _OTHER_SCRIPT.search(clean):
                clean = _apply(self.script, clean)
            clean = clean.translate(self.letters)
        return _apply(self.joined, _apply(self.latin, clean).translate(self.classes))

    def shortened(self, sounds: str) -> str:
        """Give the key: what the number of its consonants leaves of a name."""
        consonants = len(sounds) - sounds.count("a") - sounds.count("i") - sounds.count("u")
        if consonants < 3:  # noqa: PLR2004 - the stages are called by these numbers
            return sounds
        return _apply((self.three, self.four, self.five)[min(consonants, 5) - 3], sounds)

    def open_key(self, sounds: str) -> str:
        """Give the key without anything that some scripts leave out; "" when too little is left."""
        key = _apply(self.open, sounds)
        return OPEN + key if len(key) >= LEAST_OPEN else ""

    def other_keys(self, clean: str, heard: str) -> Iterator[str]:
        """Give the keys of the other readings of a clean name, then those that names without vowels share."""
        read = [other for run in self.reading if (other := _apply([run], clean)) != clean]
        others = list(map(self.sounds, read))
        least = LEAST_LATIN_READING if clean.isascii() else LEAST_READING
        yield from (key for key in map(self.shortened, others) if len(key) >= least)
        if _NO_VOWELS.search(clean):
            yield from map(self.open_key, (heard, *others))

    def key(self, text: str) -> str:
        """Give the key of a name."""
        return self.shortened(self.sounds(self.clean(text)))


def plain_values() -> dict[str, Any]:
    """Give the rules, letters and signs as values that JSON can hold, for the page's search.

    Returns
    -------
    dict
        ``steps``: of each stage [letters that must be there, pattern or null, replacement]; ``letters``: by Latin
        spelling the letters that have it; ``classes``; ``apostrophes``, ``parting`` and ``gone``: signs; ``whole``:
        first and last code point of the signs that stay as they are.
    """
    rules, table = _rules(), read_rules()
    letters: dict[str, str] = {}
    for code in (code for first, last in _SPELT for code in range(max(first, _ASCII), last + 1) if _spelt(code)):
        if unicodedata.normalize("NFC", chr(code).lower()) == chr(code):
            spelling = chr(code).translate(rules.letters)
            letters[spelling] = letters.get(spelling, "") + chr(code)
    marks = [code for first, last in _MARKS for code in range(first, last + 1)]
    return {
        "steps": {
            stage: [
                [rule.literal, None if rule.plain else rule.pattern, rule.replacement]
                for rule in table
                if rule.stage == stage
            ]
            for stage in STAGES
            if stage not in _SINGLE
        },
        "letters": letters,
        "classes": {rule.pattern: rule.replacement for rule in table if rule.stage == "class"},
        "apostrophes": _APOSTROPHES,
        "parting": _PARTING,
        "gone": "".join(chr(code) for code in marks if not _spelt(code) and _gone(code)),
        "whole": _WHOLE,
    }


@cache
def _rules() -> _Rules:
    return _Rules(read_rules())


def _runs(rules: Iterable[Rule]) -> list[_Run]:
    """Group rules that follow each other and all need one letter: a text without it is spared the whole run."""
    runs: list[_Run] = []
    for rule in rules:
        shared = [letter for letter in runs[-1][0] if letter in rule.literal] if runs else []
        if shared:
            runs[-1] = ("".join(shared), [*runs[-1][1], rule.step()])
        else:
            runs.append((rule.literal, [rule.step()]))
    return [(letters[:1], steps) for letters, steps in runs]


def _apply(runs: Iterable[_Run], text: str) -> str:
    for letter, steps in runs:
        if letter in text:
            for literal, pattern, replacement in steps:
                if literal in text:
                    text = pattern.sub(replacement, text) if pattern else text.replace(literal, replacement)
    return text
