"""The third look at candidates, where a named-entity recogniser is asked: what it calls them, here and elsewhere in the text."""

from __future__ import annotations

import json
import math
from bisect import bisect_right
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import chain
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from geo.errors import UsageError
from geo.files import data_folder

_SUREST = 4.0
_UNUSED = ("tagger", "parser", "senter", "attribute_ruler", "lemmatizer")
Features = tuple[str, ...]


class Entity(NamedTuple):
    """A span of characters, and what the recogniser calls it, such as GPE or PERSON."""

    start: int
    end: int
    label: str


class Spotted(NamedTuple):
    """A candidate by its offsets, what kind of name it is, and its probability at the second look."""

    start: int
    end: int
    kind: str
    chance: float


def bare(text: str, start: int, end: int, label: str) -> Entity:
    """Give an entity without the article before its name and the possessive behind it.

    Examples
    --------
    >>> text = "the Netherlands's ports"
    >>> text[slice(*bare(text, 0, 17, "GPE")[:2])]
    'Netherlands'
    """
    if text[start : start + 4].lower() == "the ":
        start += 4
    if end - start > len("'s") and text[end - 2 : end] in ("'s", "’s"):
        end -= 2
    return Entity(start, end, label)


def standing(start: int, end: int, entities: Sequence[Entity], begins: Sequence[int]) -> str:
    """Give how a span stands to the first entity that it touches: "GPE" for the same span, "tail of ORG"; or "".

    Parameters
    ----------
    start, end : int
    entities : sequence of Entity
        In order, without overlap.
    begins : sequence of int
        Where each begins.
    """
    number = max(0, bisect_right(begins, start) - 1)
    while number < len(entities) and entities[number].end <= start:
        number += 1
    if number == len(entities) or entities[number].start >= end:
        return ""
    first, last, label = entities[number]
    if (first, last) == (start, end):
        return label
    if first <= start and end <= last:
        return f"{'head' if first == start else 'tail' if last == end else 'middle'} of {label}"
    return f"{'holds' if start <= first and last <= end else 'crosses'} {label}"


def named(kind: str, chance: float, here: str, elsewhere: str) -> Features:
    """Give the features of a candidate: how likely it was, how it stands to an entity, what its name is called elsewhere."""
    about = round(chance / 2) * 2
    return (
        f"chance={chance:g}",
        f"kind+chance={kind} {about}",
        f"ner={here}",
        f"ner+kind={here} {kind}",
        f"ner+chance={here} {about}",
        f"elsewhere={elsewhere}",
        f"elsewhere+kind={elsewhere} {kind}",
        f"elsewhere+chance={elsewhere} {about}",
        f"ner+elsewhere={here} {elsewhere}",
    )


def named_features(text: str, candidates: Sequence[Spotted], entities: Sequence[Entity]) -> Iterator[Features]:
    """Give the features of each candidate of a text."""
    begins = [entity.start for entity in entities]
    labels: dict[str, Counter[str]] = {}
    for start, end, label in entities:
        labels.setdefault(text[start:end], Counter())[label] += 1
    for start, end, kind, chance in candidates:
        here = standing(start, end, entities, begins)
        others = labels.get(text[start:end], Counter()) - Counter([here])
        elsewhere = min(others, key=lambda label: (-others[label], label), default="")
        yield named(kind, _rounded(chance), here, elsewhere)


def _rounded(chance: float) -> float:
    """Give the log-odds of a probability, to the half."""
    bounded = min(1 - 1e-6, max(1e-6, chance))
    return max(-_SUREST, min(_SUREST, round(2 * math.log(bounded / (1 - bounded))) / 2))


class Recogniser:
    """A spaCy pipeline that is installed, asked for its entities alone.

    Parameters
    ----------
    pipeline : str
        Its name or folder: an English one that knows the labels of OntoNotes, such as en_core_web_sm.

    Raises
    ------
    UsageError
        When spaCy or the pipeline is not installed, or the pipeline names no places.
    """

    def __init__(self, pipeline: str) -> None:
        try:
            import spacy  # noqa: PLC0415 - an extra
        except ImportError as error:
            raise UsageError(f"{pipeline}: spaCy is not installed; pip install 'allonym[ner]'") from error
        try:
            self._pipeline = spacy.load(pipeline, exclude=_UNUSED)
        except OSError as error:
            raise UsageError(
                f"{pipeline}: no spaCy pipeline of this name is installed; python -m spacy download {pipeline}"
            ) from error
        if "GPE" not in chain.from_iterable(self._pipeline.pipe_labels.values()):
            raise UsageError(f"{pipeline}: has no label GPE; take an English pipeline, for example en_core_web_sm")

    def entities(self, text: str) -> list[Entity]:
        """Give the entities of a text, in order."""
        return [bare(text, span.start_char, span.end_char, span.label_) for span in self._pipeline(text).ents]


def recogniser_of(pipeline: str) -> Recogniser | None:
    """Give the recogniser of a pipeline's name or folder; None for ""."""
    return Recogniser(pipeline) if pipeline else None


@dataclass(frozen=True, slots=True)
class NamedModel:
    """The weights of the third look, by feature."""

    intercept: float
    weights: Mapping[str, float]

    def scores(self, text: str, candidates: Sequence[Spotted], entities: Sequence[Entity]) -> NDArray[np.float64]:
        """Give the scores of the candidates of a text."""
        rows = named_features(text, candidates, entities)
        scores = [self.intercept + sum(self.weights.get(feature, 0.0) for feature in row) for row in rows]
        return np.array(scores, dtype=float)


@cache
def named_model() -> NamedModel:
    """Give the weights that ship with the project: ``data/models/finder-ner.json``, with its card beside it."""
    facts = json.loads((data_folder() / "models" / "finder-ner.json").read_text(encoding="utf-8"))
    flat = {f"{name}={value}": weight for name, values in facts["weights"].items() for value, weight in values.items()}
    return NamedModel(facts["intercept"], flat)
