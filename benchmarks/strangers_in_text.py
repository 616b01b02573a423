"""How many names of invented people and places resolve: sentences of our own, filled with random names.

    python benchmarks/strangers_in_text.py [COUNT]

A name counts as resolved where a mention that overlaps with it does. People have an invented surname, or a common given name and
an invented one; places are invented. The names are drawn with a fixed seed; those that the gazetteer has are drawn anew.
Exits with 1 when 5% or more of either kind resolve.
"""

from __future__ import annotations

import random
import sys

import geo
from geo.gazetteer.gazetteer import Gazetteer
from geo.mentions.rules import table
from geo.reports.report import Report

SEED, COUNT, MOST = 20240229, 400, 0.05
ONSETS = (
    "B",
    "Br",
    "D",
    "Dr",
    "F",
    "G",
    "Gl",
    "H",
    "K",
    "Kr",
    "L",
    "M",
    "N",
    "P",
    "Qu",
    "R",
    "S",
    "Sk",
    "T",
    "Tr",
    "V",
    "Z",
)
MIDDLES = ("al", "an", "ar", "el", "en", "erv", "id", "il", "ol", "om", "or", "ost", "ul", "urn", "yv")
CODAS = ("ach", "ador", "ath", "eld", "emar", "ephon", "ethis", "ium", "oth", "und", "ustar", "wyn")
PLACES = (
    "The road to {} was closed on Monday.",
    "Two people were hurt in {}, police said.",
    "Residents of {} returned to their homes.",
    "The village of {} lost power overnight.",
    "Rain fell on {} and the hills around it.",
    "The king of {} rode out at dawn, the novel begins.",
)
PEOPLE = (
    "{} said the talks would go on.",
    "The ministry's spokesman, {}, declined to comment.",
    "Mr. {} met reporters on Tuesday.",
    "“We will rebuild,” {} told reporters.",
    "The report was signed by {} and two others.",
    "General {} thanked the volunteers.",
)


def invented(chance: random.Random, gazetteer: Gazetteer) -> str:
    """Give a name that the gazetteer has not."""
    while True:
        name = chance.choice(ONSETS) + chance.choice(MIDDLES) + chance.choice(CODAS)
        if not gazetteer.index.readings(name):
            return name


def resolves(text: str, name: str, gazetteer: Gazetteer) -> bool:
    """Tell whether a mention that overlaps with the name resolves."""
    start = text.index(name)
    end = start + len(name)
    found = geo.parse(Report(id="stranger", text=text, language="en"), gazetteer=gazetteer).mentions
    return any(
        row.start < end and start < row.end and row.status == "resolved" for row in found.itertuples(index=False)
    )


def main() -> None:
    """Print the share of either kind that resolves."""
    count = int(sys.argv[1]) if len(sys.argv) > 1 else COUNT
    chance, gazetteer = random.Random(SEED), Gazetteer.open()
    given = next(row["words"].split("|") for row in table("name_words") if row["id"] == "given")
    shares = {}
    for kind, patterns in (("places", PLACES), ("people", PEOPLE)):
        resolved = []
        for number in range(count):
            name = invented(chance, gazetteer)
            if kind == "people" and number % 2:
                name = f"{chance.choice(given)} {name}"
            text = patterns[number % len(patterns)].format(name)
            if resolves(text, name, gazetteer):
                resolved.append(text)
        shares[kind] = len(resolved) / count
        print(f"invented {kind}: {shares[kind]:.1%} of {count} resolve; for example {resolved[:3]}")
    sys.exit(max(shares.values()) >= MOST)


if __name__ == "__main__":
    main()
