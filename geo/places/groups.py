"""Mentions of one report that are spelt alike mean one place: they are decided together, with one set of candidates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.plain import plain
from geo.gazetteer.records import Match
from geo.mentions.mention import Mention
from geo.places.known import Known, known

TOWN = "PPL"
# "Paris, Texas" and "Goris (Armenia)": this close, the second mention may say where the first one lies.
ADJOINING, CLOSE = 3, 30
# So many mentions after one in its sentence stand beside it.
_MOST_BESIDE = 5
# How one group stands to another: right after or before it, close after or before, in one sentence.
NEXT, PREVIOUS, AFTER, BEFORE, BESIDE = range(5)


@dataclass(frozen=True, slots=True, eq=False)
class Group:
    """Mentions of one spelling with one type hint, and the places they may mean."""

    mentions: tuple[int, ...]
    type_hint: str
    known: Known

    @property
    def matches(self) -> tuple[Match, ...]:
        """The places they may mean."""
        return self.known.matches


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
    spellings = [plain(mention.toponym) for mention in mentions]
    towns = {spelling for spelling, mention in zip(spellings, mentions, strict=True) if mention.type_hint == TOWN}
    for number, (spelling, mention) in enumerate(zip(spellings, mentions, strict=True)):
        # "The town of Martuni" and a bare "Martuni" are one place; "the Martuni district" is another.
        hint = mention.type_hint or (TOWN if spelling in towns else "")
        members.setdefault((spelling, hint, mention.kind == "demonym"), []).append(number)
    return [
        Group(
            tuple(numbers),
            hint,
            known(gazetteer, mentions[numbers[0]].toponym, hint, demonym=demonym, fuzzy=fuzzy),
        )
        for (_, hint, demonym), numbers in members.items()
    ]


def neighbours(mentions: Sequence[Mention], found: Sequence[Group]) -> list[tuple[int, int, int]]:
    """Give which groups stand beside which: (one, other, how the other stands to it), each once."""
    of = {number: place for place, group in enumerate(found) for number in group.mentions}
    pairs: dict[tuple[int, int, int], None] = {}
    for number, (mention, following) in enumerate(pairwise(mentions)):
        one, other, apart = of[number], of[number + 1], following.start - mention.end
        if one == other or apart <= 0 or mention.sentence != following.sentence:
            continue
        if apart <= ADJOINING and following.kind != "demonym":
            pairs[one, other, NEXT] = pairs[other, one, PREVIOUS] = None
        elif apart <= CLOSE:
            pairs[one, other, AFTER] = pairs[other, one, BEFORE] = None
    for number, beside in _in_one_sentence(mentions):
        one, other = of[number], of[beside]
        if one != other:
            pairs[one, other, BESIDE] = pairs[other, one, BESIDE] = None
    return list(pairs)


def _in_one_sentence(mentions: Sequence[Mention]) -> Iterator[tuple[int, int]]:
    for number, mention in enumerate(mentions):
        for beside in range(number + 1, min(len(mentions), number + 1 + _MOST_BESIDE)):
            if mentions[beside].sentence != mention.sentence:
                break
            yield number, beside
