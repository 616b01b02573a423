"""The evidence for each candidate: named numbers, what each adds to the score, and both in words."""

from __future__ import annotations

from typing import Any

from geo.places.company import COMPANY
from geo.places.known import OWN
from geo.places.model import ANY, THIRD, ChooserModel, Judged
from geo.places.outcome import Candidate, Evidence, Part
from geo.places.trees import contributions
from geo.places.within import CUES

# What adds less than this decides nothing.
LEAST = 0.05
HINT = "its country was given as a hint, or its size without a report"
# Numbers that are no answer to a question; of all others 1 is "yes" and 0 "no".
_AMOUNTS = (
    *OWN[:3], "how many share the name", "spellings known", "spellings beside the best known", *COMPANY[:9],
    "names that lie in it", *COMPANY[13:16],
)  # fmt: skip
_QUESTIONS = frozenset((HINT, *OWN, *COMPANY, *CUES)) - frozenset(_AMOUNTS)


def evidence_of(judged: Judged, row: int, model: ChooserModel) -> Evidence:
    """Give what a candidate's score is made of.

    Parameters
    ----------
    judged : Judged
    row : int
        That of the candidate.
    model : ChooserModel
        By which it was judged.
    """
    features, total = judged.told(row), float(judged.scores[row])
    adds = {name: weight * features[name] for name, weight in zip(THIRD, model.third.tolist(), strict=True)}
    for name, added in contributions(model.trees.told, features).items():
        adds[name] += added
    # What the trees give on average belongs to every candidate alike.
    adds[ANY] += sum(tree["value"] for tree in model.trees.told)
    adds[HINT] = total - sum(adds.values())
    ranked = sorted(adds, key=lambda name: -abs(adds[name]))
    telling = [name for name in ranked if abs(adds[name]) >= LEAST]
    return Evidence(
        total=round(total, 2),
        rest=round(sum(adds.values()) - sum(adds[name] for name in telling), 2),
        parts=tuple(
            Part(
                what=name,
                value=round(features.get(name, 1.0), 3),
                adds=round(adds[name], 2),
                words=said(name, features.get(name, 1.0)),
            )
            for name in telling
        ),
    )


def said(name: str, value: float) -> str:
    """Give a number of the chooser in words.

    Examples
    --------
    >>> said("inside the next name", 1.0), said("population", 4.0), said("share of its country", 0.25)
    ('inside the next name: yes', 'population: 10,000', 'share of its country: 0.25')
    """
    if name == "population":
        # A logarithm; what nobody counted has that of a village.
        return f"{name}: {float(f'{10**value:.3g}'):,.0f}"
    if name == ANY:
        return "that any place is meant"
    if name in _QUESTIONS and round(value, 3) in (0.0, 1.0):
        return f"{name}: {'yes' if round(value) else 'no'}"
    return f"{name}: {value:.2g}"


def evidence_record(candidate: Candidate) -> dict[str, Any]:
    """Give the evidence for a candidate as plain values.

    Returns
    -------
    dict
        ``match``, how its name was matched; ``total``, its sum on the scale of the weights; ``evidence``, what counts most first:
        ``{"what", "value", "adds", "words"}``; ``rest``, the sum of what adds less than 0.05 each. Empty without evidence.
    """
    evidence = candidate.evidence
    if evidence is None:
        return {}
    return {
        "match": candidate.how,
        "total": evidence.total,
        "rest": evidence.rest,
        "evidence": [
            {
                "what": part.what,
                "value": part.value,
                "adds": part.adds,
                "words": f"{part.words}; speaks {'for' if part.adds > 0 else 'against'} it: {part.adds:+.2f}",
            }
            for part in evidence.parts
        ],
    }
