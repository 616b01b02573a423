"""Made-up places for the rule tables' examples, and a helper that finds listed names in a text."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from geo.mentions.attribute import attribute
from geo.mentions.mention import Mention
from geo.mentions.polity import Polity
from geo.reports.report import Report

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

CAST: dict[str, Polity | None] = {
    "Norland": Polity(party="xn", level="state"),
    "Norlandic": Polity(party="xn", level="state"),
    "Norburg": Polity(party="xn", level="capital"),
    "Sudland": Polity(party="xs", level="state"),
    "Sudlandic": Polity(party="xs", level="state"),
    "Sudburg": Polity(party="xs", level="capital"),
    "Westmark": Polity(party="xn-we", level="region"),
    "Arden": None,
    "Belmont": None,
    "Corvin": None,
    "Dunmore": None,
}


def named(
    text: str, names: Iterable[str], demonyms: Iterable[str] = (), institutions: Iterable[str] = ()
) -> list[Mention]:
    """Find every listed name in a text, longest first, as the finder would."""
    kinds = (
        dict.fromkeys(names, "place") | dict.fromkeys(demonyms, "demonym") | dict.fromkeys(institutions, "institution")
    )
    alternatives = "|".join(re.escape(name) for name in sorted(kinds, key=len, reverse=True))
    lower = {name.lower(): kind for name, kind in kinds.items()}
    return [
        Mention(
            report="r",
            start=found.start(),
            end=found.end(),
            text=found[0],
            toponym=found[0],
            kind=lower[found[0].lower()],  # type: ignore[arg-type]
            sentence=(0, len(text)),
        )
        for found in re.finditer(rf"(?<!\w)(?:{alternatives})(?!\w)", text)
    ]


Told = dict[str, Mention]


def read(
    text: str,
    polities: Mapping[str, Polity | None],
    *,
    demonyms: Iterable[str] = (),
    institutions: Iterable[str] = (),
    published: str = "",
    language: str = "en",
) -> Told:
    """Attribute the listed names of a text; of a name that recurs the last counts, "name#1" is the first."""
    sides = {name.lower(): polity for name, polity in polities.items()}
    mentions = named(text, set(polities) - set(demonyms) - set(institutions), demonyms, institutions)
    report = Report(id="r", text=text, language=language, published=published)
    told: Told = {}
    for mention in attribute(report, mentions, lambda one: sides.get(one.text.lower())):
        told[mention.text] = mention
        count = sum(key.startswith(f"{mention.text}#") for key in told)
        told[f"{mention.text}#{count + 1}"] = mention
    return told


@pytest.fixture
def told() -> Callable[..., Told]:
    """Give the helper that reads a text with given names."""
    return read


@pytest.fixture
def cast() -> Callable[[str], Told]:
    """Give the helper that reads a text with the made-up places of the rule tables."""

    def reader(text: str) -> Told:
        capitals = {name.upper(): polity for name, polity in CAST.items()}
        demonyms = [name for name in CAST if name.endswith("ic")]
        return read(text, {**CAST, **capitals}, demonyms=demonyms)

    return reader
