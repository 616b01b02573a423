"""Every row of the rule tables does on its own example what it is there for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from geo.mentions.acled import acled_types
from geo.mentions.casualties import losses
from geo.mentions.rules import languages, rows, table
from geo.mentions.sentences import sentences

if TYPE_CHECKING:
    from collections.abc import Callable

    from geo.mentions.mention import Mention
    from geo.mentions.rules import Row

    Cast = Callable[[str], dict[str, Mention]]

SITES = ("Arden", "Belmont", "Corvin")


def each(name: str) -> pytest.MarkDecorator:
    listed = table(name)
    return pytest.mark.parametrize("row", listed, ids=[row["id"] for row in listed])


def expected(row: Row) -> dict[str, str]:
    return dict(part.split("=") for part in row["expect"].replace(";xs", "+xs").split(";") if part)


@each("abbreviations")
def test_the_example_of_an_abbreviation_is_one_sentence(row: Row) -> None:
    assert row["term"] in row["example"]
    assert len(sentences(row["example"])) == 1


@each("events")
def test_the_example_of_an_event_has_it_at_its_site(row: Row, cast: Cast) -> None:
    site = cast(row["example"])["Arden"]
    assert site.role in {"site", "reference"}
    if row["event"] == "none":
        assert not site.events
        return
    assert {kind.removesuffix("?") for kind in row["event"].split()} <= set(site.events)
    assert any(cue.about == "event" and cue.rule == row["id"] for cue in site.cues)


@each("institutions")
def test_the_example_of_an_institution_is_claimed_by_it(row: Row, cast: Cast) -> None:
    sites = [mention for name, mention in cast(row["example"]).items() if name in SITES]
    assert all(mention.claimants == (row["expect"],) for mention in sites), [mention.claimants for mention in sites]
    assert sites


@each("verbs")
def test_the_example_of_a_verb_attributes_its_site(row: Row, cast: Cast) -> None:
    assert cast(row["example"])["Arden"].claimants == (row["expect"],)


@each("casualties")
def test_the_example_of_a_number_gives_it(row: Row) -> None:
    [told] = losses(row["example"], row["lang"])
    low, high = told.least, told.most
    span = str(low) if low == high else f"{low or ''}+" if high is None else f"{low or ''}-{high}"
    assert f"{told.kind} {span}" == row["expect"]


@each("frames")
def test_the_example_of_a_frame_fires_it(row: Row, cast: Cast) -> None:
    told = cast(row["example"])
    for name, parties in expected(row).items():
        assert told[name].claimants == tuple(parties.split("+"))
        assert any(cue.about == "claimant" and cue.rule == row["id"] for cue in told[name].cues), told[name].cues


@each("roles")
def test_the_example_of_a_role_rule_fires_it(row: Row, cast: Cast) -> None:
    told = {name.title(): mention for name, mention in cast(row["example"]).items()}
    for name, role in expected(row).items():
        assert told[name].role == role, (name, told[name].cues)
    if not row["when"].startswith("default institution"):
        assert any(cue.rule == row["id"] for mention in told.values() for cue in mention.cues)


def test_every_rule_language_has_all_tables() -> None:
    for lang in languages():
        for name in ("events", "frames", "institutions", "roles", "verbs", "words"):
            assert rows(name, lang)


def test_every_event_has_a_label_and_every_acled_type_is_one_of_its_list() -> None:
    """The closed list is ACLED's codebook of October 2024: six event types, twenty-five sub-event types."""
    kinds = {row["id"] for row in table("event_kinds")}
    told = {kind.removesuffix("?") for row in table("events") for kind in row["event"].split()}
    doubts = {kind for row in table("events") for kind in f"{row['unless']}|{row['unless_report']}".split("|")}
    assert told - {"none"} <= kinds
    assert doubts - {""} <= kinds
    assert all(row["label"] for row in table("event_kinds"))
    assert len(table("acled_types")) == 25
    assert len({row["event"] for row in table("acled_types")}) == 6
    assert acled_types(kinds)
    assert acled_types(["flood"]) == []
