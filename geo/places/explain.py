"""The evidence for each candidate of a mention: named numbers, what each adds to the score, and both in words."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any

from geo.gazetteer.gazetteer import Gazetteer
from geo.mentions.mention import Mention
from geo.places.groups import groups
from geo.places.model import ANY, THIRD, chooser_model, judge
from geo.places.trees import contributions

# What adds less than this decides nothing.
LEAST = 0.05


def explain(
    mentions: Sequence[Mention],
    number: int,
    gazetteer: Gazetteer,
    *,
    countries: Collection[str] = (),
    asked: bool = False,
) -> list[dict[str, Any]]:
    """Give the evidence for each candidate of one mention, the likeliest first.

    Parameters
    ----------
    mentions : sequence of Mention
        Of one report, in order.
    number : int
        Which of them.
    gazetteer : Gazetteer
    countries : collection of str
        As in `geo.places.decide.decide`.
    asked : bool
        As in `geo.places.decide.decide`.

    Returns
    -------
    list of dict
        ``place``, ``name``, ``match`` and ``score`` (its probability) of each candidate; ``total``, its sum on the scale of the
        weights, where "none of them" has 0; ``evidence``, what counts most first: ``{"what", "value", "adds", "words"}``; and
        ``rest``, the sum of what adds less than 0.05 each.
    """
    found = groups(mentions, gazetteer, fuzzy=asked)
    place = next(place for place, group in enumerate(found) if number in group.mentions)
    model = chooser_model()
    judged = judge(mentions, found, model, countries=frozenset(code.upper() for code in countries), asked=asked)
    weights = dict(zip(THIRD, model.third.tolist(), strict=True))
    explained = []
    for row in judged.ranked(place):
        features, candidate = judged.told(row), judged.candidate(row)
        by_trees = contributions(model.trees.told, features)
        adds = {name: weights[name] * value + by_trees.get(name, 0.0) for name, value in features.items()}
        # What the trees give on average belongs to every candidate alike.
        adds[ANY] += sum(tree["value"] for tree in model.trees.told)
        adds["its country was given as a hint"] = float(judged.scores[row]) - sum(adds.values())
        telling = [name for name in sorted(adds, key=lambda name: -abs(adds[name])) if abs(adds[name]) >= LEAST]
        explained.append(
            {
                "place": candidate.place.id,
                "name": candidate.place.name,
                "match": candidate.how,
                "score": candidate.score,
                "total": round(float(judged.scores[row]), 2),
                "evidence": [_told(name, features.get(name, 1.0), adds[name]) for name in telling],
                "rest": round(sum(adds.values()) - sum(adds[name] for name in telling), 2),
            }
        )
    return explained


def _told(name: str, value: float, adds: float) -> dict[str, Any]:
    side = "speaks for it" if adds > 0 else "speaks against it"
    return {
        "what": name,
        "value": round(value, 3),
        "adds": round(adds, 2),
        "words": f"{name} ({value:.3g}) {side}: {adds:+.2f}",
    }
