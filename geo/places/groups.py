"""Mentions of one report that are spelt alike mean one place: they are decided together, with one set of candidates."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from geo.gazetteer.features import CLASSES, fits_hint
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.generics import readings
from geo.gazetteer.plain import plain
from geo.gazetteer.records import Match
from geo.mentions.mention import Mention

# "Paris, Texas" and "Goris (Armenia)": this close, the second mention may say where the first one lies.
_ADJOINING = 3
TOWN = "PPL"


@dataclass(frozen=True, slots=True)
class Group:
    """Mentions of one spelling with one type hint, the places they may mean, and the groups close before and after them."""

    mentions: tuple[int, ...]
    type_hint: str
    matches: tuple[Match, ...]
    followed_by: frozenset[int]
    following: frozenset[int]


def groups(mentions: Sequence[Mention], gazetteer: Gazetteer, *, fuzzy: bool) -> list[Group]:
    """Group the mentions of one report, in the order in which their spellings first occur.

    Parameters
    ----------
    mentions : sequence of Mention
        Of one report, in order.
    gazetteer : Gazetteer
    fuzzy : bool
        Whether nearly equal spellings are candidates where no other is.
    """
    members: dict[tuple[str, str, bool], list[int]] = {}
    key_of = []
    towns = {plain(mention.toponym) for mention in mentions if mention.type_hint == TOWN}
    for number, mention in enumerate(mentions):
        spelling = plain(mention.toponym)
        # "The town of Martuni" and a bare "Martuni" are one place; "the Martuni district" is another.
        hint = mention.type_hint or (TOWN if spelling in towns else "")
        key = (spelling, hint, mention.kind == "demonym")
        members.setdefault(key, []).append(number)
        key_of.append(key)
    position = {key: place for place, key in enumerate(members)}
    after: dict[tuple[str, str, bool], set[int]] = {key: set() for key in members}
    before: dict[tuple[str, str, bool], set[int]] = {key: set() for key in members}
    for number, (mention, following) in enumerate(pairwise(mentions)):
        if _adjoin(mention, following) and key_of[number] != key_of[number + 1]:
            after[key_of[number]].add(position[key_of[number + 1]])
            before[key_of[number + 1]].add(position[key_of[number]])
    return [
        Group(
            tuple(numbers),
            key[1],
            _matches(mentions[numbers[0]], gazetteer, fuzzy=fuzzy),
            frozenset(after[key]),
            frozenset(before[key]),
        )
        for key, numbers in members.items()
    ]


def _adjoin(mention: Mention, following: Mention) -> bool:
    close = 0 < following.start - mention.end <= _ADJOINING
    return close and following.kind != "demonym" and mention.sentence == following.sentence


def _matches(mention: Mention, gazetteer: Gazetteer, *, fuzzy: bool) -> tuple[Match, ...]:
    """Give the places a mention may mean; a demonym is nothing but a demonym."""
    matches = gazetteer.lookup(mention.toponym, fuzzy=fuzzy) or _seats(mention.toponym, gazetteer)
    if mention.type_hint in CLASSES:
        # "Mississippi River" is not the state, whatever the gazetteer lacks.
        return tuple(match for match in matches if fits_hint(match.place.feature_code, mention.type_hint))
    if mention.kind == "demonym":
        return tuple(match for match in matches if match.kind == "demonym") or matches
    return tuple(match for match in matches if match.kind != "demonym") or matches


def _seats(name: str, gazetteer: Gazetteer) -> tuple[Match, ...]:
    """Give the places where what a name speaks of may lie: "Eastern Arden", "Arden Hospital"; never as sure as a name."""
    for reading in readings(name):
        found = gazetteer.lookup(reading.name) if reading.at else ()
        if found:
            return tuple(replace(match, how="fuzzy") for match in found)
    return ()
