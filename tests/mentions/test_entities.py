"""The third look of the finder: what a recogniser calls a candidate."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import pytest

from geo.errors import UsageError
from geo.gazetteer.gazetteer import Gazetteer
from geo.mentions.entities import Entity, Recogniser, Spotted, bare, named_model, standing
from geo.mentions.find import find
from geo.reports.report import Report

ENTITIES = [Entity(0, 5, "PERSON"), Entity(10, 20, "ORG")]
TEXT = "A storm hit Belmont on Monday."
HAS_SPACY = importlib.util.find_spec("spacy") is not None


@pytest.mark.parametrize(
    ("span", "expected"),
    [
        ((0, 5), "PERSON"),
        ((10, 13), "head of ORG"),
        ((15, 20), "tail of ORG"),
        ((12, 15), "middle of ORG"),
        ((8, 22), "holds ORG"),
        ((18, 25), "crosses ORG"),
        ((5, 10), ""),
        ((30, 35), ""),
    ],
)
def test_a_span_stands_to_the_entity_that_it_touches(span: tuple[int, int], expected: str) -> None:
    assert standing(*span, ENTITIES, [entity.start for entity in ENTITIES]) == expected


def test_article_and_possessive_are_no_part_of_an_entity() -> None:
    text = "The Hague\u2019s port"
    assert text[slice(*bare(text, 0, 11, "GPE")[:2])] == "Hague"


def test_a_name_that_the_recogniser_calls_a_place_is_likelier_than_one_that_it_calls_a_person() -> None:
    candidate = [Spotted(12, 19, "none", 0.4)]
    place, person = (named_model().scores(TEXT, candidate, [Entity(12, 19, label)])[0] for label in ("GPE", "PERSON"))
    assert place > person


@pytest.mark.skipif(HAS_SPACY, reason="spaCy is installed")
def test_a_recogniser_without_spacy_says_what_to_install() -> None:
    with pytest.raises(UsageError, match="pip install"):
        Recogniser("en_core_web_sm")


@pytest.mark.skipif(not HAS_SPACY, reason="spaCy is not installed")
def test_a_pipeline_that_is_not_there_is_refused_with_a_remedy() -> None:
    with pytest.raises(UsageError, match="spacy download"):
        Recogniser("no_such_pipeline")


@pytest.mark.skipif(not HAS_SPACY, reason="spaCy is not installed")
def test_the_finder_takes_the_entities_of_a_pipeline(tmp_path: Path, gazetteer: Gazetteer) -> None:
    import spacy  # noqa: PLC0415 - an extra

    pipeline = spacy.blank("en")
    pipeline.add_pipe("entity_ruler").add_patterns([{"label": "GPE", "pattern": "Belmont"}])
    pipeline.to_disk(tmp_path)
    recogniser = Recogniser(str(tmp_path))
    assert recogniser.entities(TEXT) == [Entity(12, 19, "GPE")]
    found = find(Report(id="1", text=TEXT, language="en"), gazetteer, recogniser)
    assert [mention.text for mention in found] == ["Belmont"]
