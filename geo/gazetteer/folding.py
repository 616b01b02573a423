"""The two forms in which names are compared: the light normal form, and the key that all spellings of a name share.

The rules of the key are data, ``data/rules/folding.csv``: plain replacements and simple regular expressions that mean
the same in JavaScript. Letters that no rule names go through anyascii. The stages, in the order in which they act on a
name in lower case without signs:

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
``three``
    in names of three consonants or more, a vowel at the beginning is any vowel, and one at the end goes
``four``
    in names of four consonants or more, all a and i go
``five``
    in names of five consonants or more, the last vowels go

So a long name is told by its consonants alone, because scripts without vowels and the many ways to write a vowel leave
nothing else to rely on; a short name keeps its vowels, because too many others share its consonants.
"""

from __future__ import annotations

import csv
import re
import unicodedata
from dataclasses import dataclass, fields
from functools import cache
from typing import TYPE_CHECKING

from anyascii import anyascii

from geo.errors import DataError
from geo.files import data_folder

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path

STAGES = ("script", "letter", "latin", "class", "key", "three", "four", "five")

_APOSTROPHES = "'`´‘’‚‛ʹʺʻʼʽʾʿˈˊˋˌˮ՚՛＇′‵ꞌ׳"
_NORMAL: dict[int, str] = {ord(c): "'" for c in _APOSTROPHES}
_NORMAL.update({ord(c): "-" for c in "-‐‑‒–—―⁃−﹘﹣－֊־"})
_NORMAL.update({ord(c): '"' for c in "“”„‟«»″＂"})
_NORMAL.update(
    dict.fromkeys([0xAD, 0x61C, 0xFEFF, *range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2060, 0x2070)], "")
)


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
    clean = unicodedata.normalize("NFC", text).translate(_NORMAL)
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
        ASCII letters and digits without spaces for every script that has a transliteration; "" when nothing of the
        name can be pronounced. Keys are to be compared, not shown: a key's own key may differ from it.

    Examples
    --------
    >>> {fold(name) for name in ("Xocavənd", "Khojavend", "Khodzhavend", "Hocavend", "Ходжавенд", "Խոջավենդ")}
    {'hCvnt'}
    """
    return _keys(text.replace("\n", " "))[0]


def fold_all(texts: Iterable[str]) -> list[str]:
    """Give the keys of many names at once, each equal to that of :func:`fold`, several times as fast.

    The names are laid end to end, so that each rule runs once over all of them.

    Parameters
    ----------
    texts : iterable of str
        Names; all of them are held in memory.

    Returns
    -------
    list of str
        One key a name, in the order of the names.
    """
    names = [text.replace("\n", " ") for text in texts]
    heaps: tuple[list[int], list[int], list[int]] = ([], [], [])
    for i, name in enumerate(names):
        heaps[0 if name.isascii() else 2 if _OTHER_SCRIPT.search(name) else 1].append(i)
    keys = [""] * len(names)
    for heap in heaps:
        if heap:
            for i, key in zip(heap, _keys("\n".join([names[i] for i in heap])), strict=True):
                keys[i] = key
    return keys


def _keys(lines: str) -> list[str]:
    """Give the key of each line."""
    rules = _rules()
    text = lines.lower()
    if text.isascii():
        text = text.translate(rules.signs)
    else:
        text = unicodedata.normalize("NFC", text)
        if _OTHER_SCRIPT.search(text):
            text = _apply(rules.script, text.translate(rules.signs))
        text = text.translate(rules.letters)
    short = _apply(rules.key, _apply(rules.latin, text).translate(rules.classes))
    three = _apply(rules.three, short)
    four = _apply(rules.four, three)
    five = _apply(rules.five, four)
    forms = zip(short.split("\n"), three.split("\n"), four.split("\n"), five.split("\n"), strict=True)
    return list(map(_choose, forms))


def _choose(forms: tuple[str, str, str, str]) -> str:
    """Give the form for the number of consonants: the last form has nothing else but for a vowel at the beginning."""
    last = forms[3]
    consonants = len(last) - (last[:1] == "A")
    return forms[min(max(consonants, 2), 5) - 2]


class _Signs(dict[int, "str | int | None"]):
    """What becomes of a character that is no letter: apostrophes go, all else parts words; found once, then kept."""

    def __missing__(self, code: int) -> str | int | None:
        category = unicodedata.category(chr(code))
        gone = category in {"Cf", "Lm"} or chr(code) in _APOSTROPHES
        self[code] = None if gone else code if category[0] in "LMN" else " "
        return self[code]


class _Letters(dict[int, "str | int | None"]):
    """The Latin spelling of each letter, a rule's or else anyascii's, and signs as above; found once, then kept."""

    def __init__(self, letters: Mapping[int, str], signs: _Signs) -> None:
        super().__init__(letters)
        self.signs = signs

    def __missing__(self, code: int) -> str | int | None:
        latin = self.signs[code]
        if latin == code and code >= _ASCII:
            latin = "".join(c for c in anyascii(chr(code)).lower() if c.isalnum())
        self[code] = latin
        return latin


_ASCII = 128
_OTHER_SCRIPT = re.compile("[\u0370-\u10ff\u1f00-\u1fff]")
_PLAIN = re.compile(r"[^\\^$.|?*+()\[\]{}]+")


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

    def compiled(self) -> tuple[str | re.Pattern[str], str]:
        """Give the pattern, a plain string where it has no special sign, and the replacement in Python's notation."""
        if _PLAIN.fullmatch(self.pattern):
            return self.pattern, self.replacement
        flags = re.UNICODE if self.stage == "script" else re.ASCII
        return re.compile(self.pattern, flags), self.replacement.replace("$", "\\")


_Step = tuple[str | re.Pattern[str], str]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Rules:
    signs: _Signs
    script: list[_Step]
    letters: _Letters
    latin: list[_Step]
    classes: dict[int, str]
    key: list[_Step]
    three: list[_Step]
    four: list[_Step]
    five: list[_Step]


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
        rule.compiled()
    except re.error as error:
        raise DataError(f"{where}: {rule.pattern!r} is no regular expression ({error}); correct it") from error
    if rule.stage not in STAGES:
        raise DataError(f"{where}: unknown stage {rule.stage!r}; use one of {', '.join(STAGES)}")
    if rule.stage in {"letter", "class"} and len(rule.pattern) != 1:
        raise DataError(f"{where}: {rule.pattern!r} is not one letter; use the stage script or latin")
    return rule


@cache
def _rules() -> _Rules:
    table = read_rules()
    steps = {stage: [rule.compiled() for rule in table if rule.stage == stage] for stage in STAGES}
    single = {stage: {ord(r.pattern): r.replacement for r in table if r.stage == stage} for stage in STAGES[1:4:2]}
    signs = _Signs({ord("\n"): "\n", 0x200C: " "})
    return _Rules(
        signs=signs,
        script=steps["script"],
        letters=_Letters(single["letter"], signs),
        latin=steps["latin"],
        classes=single["class"],
        key=steps["key"],
        three=steps["three"],
        four=steps["four"],
        five=steps["five"],
    )


def _apply(steps: list[_Step], text: str) -> str:
    for pattern, replacement in steps:
        text = text.replace(pattern, replacement) if isinstance(pattern, str) else pattern.sub(replacement, text)
    return text
