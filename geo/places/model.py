"""The fitted weights of the chooser: three looks at the candidates of a report, each a softmax with "none of them"."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from typing import TYPE_CHECKING, Any

from geo.files import data_folder
from geo.gazetteer.records import Match
from geo.mentions.mention import Mention
from geo.places.company import COMPANY, COMPARED, beside_of, company, compared, divisions_of
from geo.places.groups import Group, neighbours
from geo.places.known import OWN
from geo.places.outcome import Candidate
from geo.places.rows import Rows, rows_of, softmax
from geo.places.trees import Trees, compiled
from geo.places.within import CUES, Offer, with_offers, without_offers

if TYPE_CHECKING:
    import numpy as np

    Matrix = np.ndarray[Any, np.dtype[np.float64]]
    Codes = np.ndarray[Any, np.dtype[np.int64]]

# What every candidate has: the weight against "none of them".
ANY = "any candidate"
FIRST = (ANY, *OWN)
SECOND = (ANY, *OWN, *COMPANY)
THIRD = (ANY, *OWN, *COMPANY, *COMPARED, *CUES)
_SAID_AFTER, _SMALLER = THIRD.index("named right after"), THIRD.index("population beside the largest")
# A country that the user names as a hint is worth this much on the scale of the weights; it is set by hand.
HINT_WEIGHT = 4.0
# The score of "none of them", on the scale of the weights, for names that somebody says are places; set by hand.
ASKED_NONE = -4.0
# Without an English report to go by, being smaller than the largest counts for more, by each power of ten; set by hand.
ASKED_POPULATION = 1.0


@dataclass(frozen=True, slots=True, eq=False)
class ChooserModel:
    """Weights of the first look (``FIRST``), the second (``SECOND``) and the third (``THIRD``), to which trees add."""

    first: Matrix
    second: Matrix
    third: Matrix
    trees: Trees


@dataclass(frozen=True, slots=True, eq=False)
class Judged:
    """The candidates of a report with their features in the third look, their scores and their probabilities."""

    offer: Offer
    features: Matrix
    scores: Matrix
    shares: Matrix

    def ranked(self) -> Iterator[list[int]]:
        """Yield the rows of each group, the likeliest first."""
        import numpy as np  # noqa: PLC0415

        rows: list[int] = np.lexsort((-self.shares, self.offer.rows.group)).tolist()
        for start, end in pairwise(self.offer.rows.starts.tolist()):
            yield rows[start:end]

    def candidates(self, rows: Sequence[int]) -> list[Candidate]:
        """Give rows as candidates."""
        matches, shares = self.offer.matches, self.shares[rows].tolist() if rows else ()
        return [
            Candidate(place=match.place, toponym=match.toponym, how=match.how, score=round(share, 4))
            for match, share in zip((matches[row] for row in rows), shares, strict=True)
        ]

    def is_guess(self, row: int) -> bool:
        """Tell whether a row is never to be taken for granted: nearly a name, or a place that the text merely speaks of."""
        how = self.offer.matches[row].how
        return how == "fuzzy" or (how == "within" and not self.features[row, _SAID_AFTER])

    def told(self, row: int) -> dict[str, float]:
        """Give the features of a row by their names."""
        return dict(zip(THIRD, self.features[row].tolist(), strict=True))


@cache
def chooser_model() -> ChooserModel:
    """Give the weights that ship with the project (``data/models/chooser.json``; its card lies beside it)."""
    return model_from(json.loads((data_folder() / "models" / "chooser.json").read_text(encoding="utf-8")))


def model_from(facts: Mapping[str, Any]) -> ChooserModel:
    """Give the model that a file holds."""
    import numpy as np  # noqa: PLC0415 - loaded when something is decided

    return ChooserModel(
        np.array([facts["first"][name] for name in FIRST]),
        np.array([facts["second"][name] for name in SECOND]),
        np.array([facts["third"].get(name, 0.0) for name in THIRD]),
        compiled(facts["trees"], THIRD),
    )


def judge(
    mentions: Sequence[Mention],
    found: Sequence[Group],
    model: ChooserModel,
    *,
    countries: frozenset[str] = frozenset(),
    asked: bool = False,
) -> Judged:
    """Give the probability of each candidate of each group; what is missing to 1 is "none of them".

    Parameters
    ----------
    mentions : sequence of Mention
        Of one report, in order.
    found : sequence of Group
        Of the mentions; one at least.
    model : ChooserModel
    countries : frozenset of str
        ISO codes that the user gave as a hint.
    asked : bool
        Whether somebody says that these are names of places: "none of them" is unlikely then, and no thing in a place is meant.
    """
    looks, none = Looks(mentions, found), ASKED_NONE if asked else 0.0
    hint = hints([match for group in found for match in group.matches], countries)
    first = softmax(looks.rows, looks.first() @ model.first + hint, none)
    second = softmax(looks.rows, looks.second(first) @ model.second + hint, none)
    offer, features = looks.third(second, offers=not asked)
    scores = score(model, features) + hints(offer.matches, countries)
    if asked:
        scores = scores + ASKED_POPULATION * features[:, _SMALLER]
    return Judged(offer, features, scores, softmax(offer.rows, scores, none))


def score(model: ChooserModel, features: Matrix) -> Matrix:
    """Give the scores of the third look."""
    return features @ model.third + model.trees.score(features)


class Looks:
    """The features of each look at the candidates of one report; those of a look need what the one before made of them."""

    def __init__(self, mentions: Sequence[Mention], found: Sequence[Group]) -> None:
        import numpy as np  # noqa: PLC0415

        self.mentions, self.found = mentions, found
        self.rows: Rows = rows_of(found)
        self.neighbours: Codes = np.array(neighbours(mentions, found), dtype=np.int64).reshape(-1, 3)
        self.beside, self.divisions = beside_of(self.rows, self.neighbours), divisions_of(self.rows)

    def first(self) -> Matrix:
        """Give what each candidate has by itself; columns as in ``FIRST``."""
        import numpy as np  # noqa: PLC0415

        return np.concatenate([np.ones((len(self.rows), 1)), self.rows.own], axis=1)

    def second(self, guess: Matrix) -> Matrix:
        """Give that and what the company says; columns as in ``SECOND``."""
        import numpy as np  # noqa: PLC0415

        beside = company(self.rows, self.divisions, self.beside, guess)
        return np.concatenate([self.first(), beside], axis=1)

    def third(self, guess: Matrix, *, offers: bool = True) -> tuple[Offer, Matrix]:
        """Give the candidates, with those that the text offers, and their features; columns as in ``THIRD``."""
        import numpy as np  # noqa: PLC0415

        offer = (with_offers if offers else without_offers)(self.mentions, self.found, self.rows, guess)
        rows, beside, divisions = offer.rows, self.beside, self.divisions
        if rows is not self.rows:
            beside, divisions = beside_of(rows, self.neighbours), divisions_of(rows)
        said = company(rows, divisions, beside, offer.guess)
        told = (np.ones((len(rows), 1)), rows.own, said, compared(rows, said), offer.within)
        return offer, np.concatenate(told, axis=1)


def hints(matches: Sequence[Match], countries: frozenset[str]) -> Matrix | float:
    """Give what the user's hint adds to each candidate."""
    import numpy as np  # noqa: PLC0415

    if not countries:
        return 0.0
    return np.array([HINT_WEIGHT * (match.place.country in countries) for match in matches], dtype=float)
