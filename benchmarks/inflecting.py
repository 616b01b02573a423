"""Inflect every well-known name by every rule, and tell which forms do not come back to their name.

    python benchmarks/inflecting.py --most 300 --worst 12

Not fitted to any set of sentences: the names are those of the largest known places in the script of each language, and the
forms those that its rules undo. A form stands alone between two numbers, so nothing around it helps.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping, Sequence

from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.stack import Stack
from geo.mentions.inflection import languages
from geo.mentions.readings import is_known
from geo.mentions.rules import table
from geo.mentions.unfitted import selected

SIGNS = {
    "az": "A-Za-zÇçƏəĞğİıÖöŞşÜü", "tr": "A-Za-zÇçĞğİıÖöŞşÜüÂâ", "ru": "А-Яа-яЁё", "uk": "А-ЩЬЮЯа-щьюяЄєІіЇїҐґ'",
    "hy": "\u0531-\u0587", "ka": "\u10d0-\u10f0", "ar": "\u0621-\u064a", "fa": "\u0621-\u063aفقلمنوهیکگچپژءآ\u0641-\u064a",
}  # fmt: skip


def names(language: str, index: Stack, most: int) -> list[str]:
    """Give the known names of one word in the letters of a language, those of the largest places first."""
    whole = re.compile(f"[{SIGNS[language]}]{{4,}}")
    cased = language in ["az", "tr", "ru", "uk", "hy"]
    people: dict[str, int] = {}
    for own in index.indexes:
        for number in range(own.name_count):
            name = own.spelling(number)
            if whole.fullmatch(name) and (name[0].isupper() or not cased) and is_known(index, name, language):
                people[name] = max(index.population(place) for place, _ in index.readings(name))
    return sorted(people, key=lambda name: (-people[name], name))[:most]


def forms(name: str, row: Mapping[str, str]) -> Iterator[str]:
    """Give what a row makes of a name."""
    for base in row["base"].split("|"):
        for ending in row["endings"].split("|"):
            if "~" in base or "~" in ending:
                continue
            if row["side"] == "before" and name.startswith(base) and re.match(row["stem"], name[len(base) :]):
                yield ending + name[len(base) :]
            stem = name.removesuffix(base)
            if row["side"] == "after" and name.endswith(base) and re.search(f"(?:{row['stem']})$", stem.lower()):
                yield stem + ending


def main() -> None:
    """Print a table by language, with the rules and names that come back least."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--most", type=int, default=300, help="how many names of a language")
    parser.add_argument("--worst", type=int, default=0, help="how many rules and names to tell of each language")
    options = parser.parse_args()
    index = Gazetteer.open().index
    for language in sorted(languages()):
        told(language, index, names(language, index, options.most), options.worst)


def told(language: str, index: Stack, listed: Sequence[str], worst: int) -> None:
    """Print the share of one language."""
    total, back, lost = Counter[str](), Counter[str](), defaultdict[str, list[str]](list)
    for name in listed:
        for row in table("inflections"):
            # An adjective alone is no place.
            if row["lang"] != language or row["side"] == "within" or row["sort"] == "adjective":
                continue
            for form in forms(name, row):
                hits = [(hit.start, hit.name) for hit in selected(f"1 {form} 1", language, index)]
                total[row["id"]] += 1
                back[row["id"]] += (2, name) in hits
                if (2, name) not in hits:
                    lost[row["id"]].append(f"{form}>{hits[0][1] if hits else '-'}({name})")
    print(f"{language}: {len(listed)} names, {sum(back.values())} of {sum(total.values())} forms come back")
    for rule in sorted(total, key=lambda rule: back[rule] / total[rule])[:worst]:
        print(f"  {rule} {back[rule]} of {total[rule]}: {' '.join(lost[rule][:12])}")


if __name__ == "__main__":
    main()
