"""Things in a place that no gazetteer has: the places of the report that they may lie in, as further candidates."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from geo.gazetteer.records import WITHIN, Match, Place, PlaceId
from geo.mentions.mention import Mention
from geo.places.company import EARTH_KM
from geo.places.groups import Group
from geo.places.known import OWN
from geo.places.rows import Rows
from geo.places.sites import SORTS, sort_of

if TYPE_CHECKING:
    import numpy as np

    Matrix = np.ndarray[Any, np.dtype[np.float64]]
    Codes = np.ndarray[Any, np.dtype[np.int64]]

CUES = (
    "a place of the text around it", "named right after", "named before", "named in its sentence", "the report's main place",
    "how sure that place is", "beside places of its own name", "for a road", "for a building", "for a feature of the land",
    "the report's first place",
)  # fmt: skip
AFTER, BEFORE, SENTENCE, MAIN, FIRST = 1, 2, 3, 4, 10
_SURE, _BESIDE_OWN, _SORT = 5, 6, 7
# What says nothing of a place around the thing: how the thing's own name is spelt and shared.
_OF_THE_NAME = [
    OWN.index(name)
    for name in (
        "population beside the largest", "rank by population", "spelt so", "another spelling", "nearly spelt", "its own name",
        "another's own name", "a demonym", "of the kind asked for", "of another kind than asked for",
        "spellings beside the best known",
    )
]  # fmt: skip
# So sure must a place be, and so small, that something can be said to lie in it.
LEAST_CHANCE, WIDEST_M, WIDEST_STATE_M = 0.25, 200_000.0, 100_000.0
MAIN_KM, TOWN_FAVOUR = 100.0, 1.2
_NEIGHBOURS = 3
# "Orchard Street, in old Arden": so many characters may stand between a thing and the place that it is said to lie in.
LINKED = 12
# In a text with thousands of names so many are looked at.
MOST_COMPARED = 200


@dataclass(frozen=True, slots=True, eq=False)
class Offer:
    """All candidates of a report, those that the text gives among them.

    Attributes
    ----------
    rows : Rows
    matches : tuple of Match
        One a row.
    guess : numpy.ndarray
        What the earlier look made of each row; 0 for those that are offered.
    around : tuple of str
        The name of the place around what is offered, "" for the other rows.
    within : numpy.ndarray
        Shape (rows, ``len(CUES)``), all 0 but for what is offered.
    """

    rows: Rows
    matches: tuple[Match, ...]
    guess: Matrix
    around: tuple[str, ...]
    within: Matrix


def without_offers(_: Sequence[Mention], found: Sequence[Group], rows: Rows, guess: Matrix) -> Offer:
    """Give the candidates as they are."""
    import numpy as np  # noqa: PLC0415 - loaded when something is decided

    matches = tuple(match for group in found for match in group.matches)
    return Offer(rows, matches, guess, ("",) * len(rows), np.zeros((len(rows), len(CUES))))


def with_offers(mentions: Sequence[Mention], found: Sequence[Group], rows: Rows, guess: Matrix) -> Offer:
    """Add to names of things that the gazetteer lacks the places of the text that they may lie in.

    Parameters
    ----------
    mentions : sequence of Mention
    found : sequence of Group
    rows : Rows
        Of the groups.
    guess : numpy.ndarray
        The probability of each row.
    """
    import numpy as np  # noqa: PLC0415

    same = without_offers(mentions, found, rows, guess)
    matches = same.matches
    sorts = {place: sort for place, group in enumerate(found) if (sort := _unlisted_sort(mentions, group))}
    offers = _offers(mentions, found, _Around(found, matches, rows, guess), sorts) if sorts else {}
    if not offers:
        return same
    source: list[int] = []
    # Of each candidate that is offered: its row among all, and what is told of it.
    told: dict[int, list[float]] = {}
    sizes = []
    for place, (start, end) in enumerate(pairwise(rows.starts.tolist())):
        source += range(start, end)
        given = offers.get(place, {})
        for row, cues in given.items():
            told[len(source)] = _told(cues, float(guess[row]), sorts[place], listed=end > start)
            source.append(row)
        sizes.append(end - start + len(given))
    within = np.zeros((len(source), len(CUES)))
    within[list(told)] = list(told.values())
    offered = within[:, 0] > 0
    joined = _taken(rows, np.array(source), np.array(sizes), offered)
    named = tuple(
        _inside(matches[row], mentions[found[group].mentions[0]].toponym) if given else matches[row]
        for row, given, group in zip(source, offered.tolist(), joined.group.tolist(), strict=True)
    )
    around = tuple(
        matches[row].place.name if given else "" for row, given in zip(source, offered.tolist(), strict=True)
    )
    return Offer(joined, named, np.where(offered, 0.0, guess[source]), around, within)


def _unlisted_sort(mentions: Sequence[Mention], group: Group) -> str:
    """Give the sort of thing that a group's name tells, "" where the gazetteer has the very name."""
    if any(match.how == "exact" for match in group.matches):
        return ""
    return sort_of(mentions[group.mentions[0]].toponym)


class _Around:
    """The places of a report in which something may lie: of each group the likeliest, where it is sure and small enough."""

    def __init__(self, found: Sequence[Group], matches: Sequence[Match], rows: Rows, guess: Matrix) -> None:
        import numpy as np  # noqa: PLC0415

        order = np.lexsort((-guess, rows.group))
        best = order[rows.starts[rows.filled]]
        sure = guess[best] >= LEAST_CHANCE
        places, likeliest = rows.filled[sure].tolist(), best[sure].tolist()
        self.row: dict[int, int] = {
            place: row for place, row in zip(places, likeliest, strict=True) if _may_hold(matches[row])
        }
        self.of = {number: place for place, group in enumerate(found) for number in group.mentions}
        self.main = self._main(rows, guess) if self.row else None

    def _main(self, rows: Rows, guess: Matrix) -> int:
        """Give the group whose place has the most of the report around it; towns before what holds them."""
        import numpy as np  # noqa: PLC0415

        places, at = list(self.row), np.array(list(self.row.values()))
        # The main place of a long report is that of its beginning.
        places, at = places[:MOST_COMPARED], at[:MOST_COMPARED]
        km = EARTH_KM * np.arccos(np.clip(rows.points[at] @ rows.points[at].T, -1.0, 1.0))
        weight = guess[at] * np.log1p(rows.mentions[places])
        score = (np.exp(-km / MAIN_KM) * weight).sum(axis=1) * np.where(rows.level[at] == 0, TOWN_FAVOUR, 1.0)
        return places[int(np.argmax(score))]


def _may_hold(match: Match) -> bool:
    place = match.place
    code = place.feature_code
    if match.kind == "demonym" or match.how == "fuzzy" or code.startswith(("CONT", "OCN", "SEA", "RGN")):
        return False
    return place.precision_m <= (WIDEST_STATE_M if code.startswith("PCL") else WIDEST_M)


def _offers(
    mentions: Sequence[Mention], found: Sequence[Group], around: _Around, sorts: dict[int, str]
) -> dict[int, dict[int, set[int]]]:
    """Give for each group of `sorts` the rows that it may lie in, each with the columns of `CUES` that speak for it."""
    offers: dict[int, dict[int, set[int]]] = {}
    for place in sorts:
        given: dict[int, set[int]] = {}
        for other, cue in _near(mentions, found[place], place, around):
            if other != place and other in around.row:
                given.setdefault(around.row[other], set()).add(cue)
        if given:
            offers[place] = given
    return offers


def _near(mentions: Sequence[Mention], group: Group, place: int, around: _Around) -> Iterator[tuple[int, int]]:
    """Yield the groups that may tell where a thing lies, each with how they do."""
    for number in group.mentions:
        yield from _in_sentence(mentions, number, around)
    if around.main is not None:
        yield around.main, MAIN
    first = next((other for other in around.row if other != place), None)
    if first is not None:
        yield first, FIRST
    back = range(group.mentions[0] - 1, max(-1, group.mentions[0] - 1 - MOST_COMPARED), -1)
    before = next((around.of[n] for n in back if around.of[n] != place and around.of[n] in around.row), None)
    if before is not None:
        yield before, BEFORE


def _in_sentence(mentions: Sequence[Mention], number: int, around: _Around) -> Iterator[tuple[int, int]]:
    for step, cue in ((1, AFTER), (-1, BEFORE)):
        for apart in range(1, _NEIGHBOURS + 1):
            other = number + step * apart
            if not 0 <= other < len(mentions) or mentions[other].sentence != mentions[number].sentence:
                break
            yield around.of[other], SENTENCE
            if apart == 1 and (cue == BEFORE or mentions[other].start - mentions[number].end <= LINKED):
                yield around.of[other], cue


def _told(cues: set[int], sure: float, sort: str, *, listed: bool) -> list[float]:
    columns = {0, *cues, _SORT + SORTS.index(sort)}
    told = [float(column in columns) for column in range(len(CUES))]
    told[_SURE], told[_BESIDE_OWN] = sure, float(listed)
    return told


def _taken(rows: Rows, source: Codes, sizes: Codes, offered: Any) -> Rows:
    """Give rows anew, in a new order."""
    import numpy as np  # noqa: PLC0415

    own = rows.own[source]
    own[np.ix_(offered, _OF_THE_NAME)] = 0.0
    return replace(
        rows,
        group=np.repeat(np.arange(len(sizes)), sizes),
        starts=np.concatenate([np.zeros(1, dtype=np.int64), np.cumsum(sizes)]),
        sizes=sizes,
        filled=np.flatnonzero(sizes),
        own=own,
        points=rows.points[source],
        level=rows.level[source],
        inside=rows.inside[source],
        wide=rows.wide[source],
    )


def _inside(match: Match, name: str) -> Match:
    """Give the thing as a place of its own: at the point of the place around it, and no name of that place."""
    around = match.place
    own = Place(
        id=PlaceId(f"{WITHIN}{around.id}:{name}"),
        name=name,
        feature_code="",
        lat=around.lat,
        lon=around.lon,
        precision_m=around.precision_m,
        population=0,
        country=around.country,
        admin1=around.id if around.feature_code == "ADM1" else around.admin1,
        admin2=around.id if around.feature_code == "ADM2" else around.admin2,
        contested=False,
        source=f"{WITHIN}{around.id}",
    )
    return Match(place=own, toponym=name, kind="variant", how="within")
