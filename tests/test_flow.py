"""A long report is parsed in stretches, and nobody who reads the result sees where they meet."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.cli import write_mentions
from geo.flow import parse
from geo.layers.frames import layers
from geo.places.outcome import Decision
from geo.reports.report import Report
from geo.reports.stretches import LONGEST_STRETCH, stretches

PARAGRAPH = "Armenia said on Sunday that shelling killed two people in Stepanakert, 10 km from Shushi.\n\n"


@given(st.text(alphabet="aB .\n\r", max_size=300), st.integers(1, 3))
def test_stretches_are_the_whole_report_in_order(piece, times):
    """Put together they are the text, and none is longer than the limit."""
    text = (piece or "x") * (times * LONGEST_STRETCH // len(piece or "x"))
    parts = list(stretches(Report(id="r", text=text)))
    assert "".join(part.text for _, part in parts) == text
    assert all(text.startswith(part.text, start) for start, part in parts)
    assert all(len(part.text) <= LONGEST_STRETCH for _, part in parts)


@pytest.mark.parametrize("gap", ["\n\n", "\n", ". ", " "])
def test_a_stretch_ends_at_the_best_gap(gap):
    """A word is cut only where no gap is near."""
    text = f"{'x' * 80}{gap}" * 3_000
    assert all(part.text.endswith(gap) for _, part in stretches(Report(id="r", text=text)))


def test_a_report_with_given_spans_is_one_stretch():
    """Its spans are offsets of the whole."""
    report = Report(id="r", text="x" * (2 * LONGEST_STRETCH), spans=((1, 2),))
    assert list(stretches(report)) == [(0, report)]


@pytest.fixture(scope="module")
def long(gazetteer):
    """Give a report of two stretches and what was parsed of it."""
    report = Report(
        id="long", text=PARAGRAPH * (LONGEST_STRETCH // len(PARAGRAPH) + 20), language="en", published="2020-10-05"
    )
    return report, list(parse([report], gazetteer))


def test_mentions_of_a_long_report_have_its_offsets(long):
    """Spans, sentences and cues are those of the whole report, in order."""
    report, parsed = long
    assert [item.report for item in parsed] == [report, report]
    free = 0
    for outcome in (outcome for item in parsed for outcome in item.outcomes):
        mention = outcome.mention
        assert report.text[mention.start : mention.end] == mention.text
        assert report.text[slice(*mention.sentence)] == PARAGRAPH.strip()
        assert all(mention.sentence[0] <= cue.start <= cue.end <= mention.sentence[1] for cue in mention.cues)
        assert mention.start >= free
        free = mention.end


def test_every_paragraph_of_a_long_report_is_read_alike(long):
    """The same words give the same places, roles and claimants, wherever they stand."""
    _, parsed = long
    read = {(o.mention.text, o.mention.role, o.mention.claimants) for item in parsed for o in item.outcomes}
    assert {text for text, _, _ in read} == {"Armenia", "Stepanakert", "Shushi"}
    assert len(read) == 3


def test_a_long_report_is_one_report_in_the_layers(gazetteer, long):
    """Layers have it once, with the mentions of all stretches."""
    report, parsed = long
    made = layers(parsed, gazetteer)
    assert made.reports == (report,)
    assert len(made.mentions) == sum(len(item.outcomes) for item in parsed)


def test_a_decision_on_a_span_far_into_a_long_report_applies(gazetteer, long):
    """Decisions tell offsets of the whole report."""
    report, parsed = long
    last = parsed[-1].outcomes[-1].mention
    decision = Decision(
        report="long", span=f"{last.start}-{last.end}", name="", place="none", reason="", who="", when=""
    )
    overruled = [
        o.mention for item in parse([report], gazetteer, decisions=[decision]) for o in item.outcomes if o.decision
    ]
    assert [(mention.start, mention.text) for mention in overruled] == [(last.start, last.text)]


def test_the_command_gives_the_lines_of_the_first_stretch_before_it_reads_the_next(gazetteer, long, capsys):
    """Whoever reads the lines has them while the rest is parsed."""
    report, _ = long
    seen = []

    def watched():
        for item in parse([report], gazetteer):
            seen.append(len(capsys.readouterr().out.splitlines()))
            yield item

    write_mentions(watched(), "jsonl", None)
    rest = capsys.readouterr().out.splitlines()
    assert seen[0] == 0
    assert seen[1] > 1_000
    assert json.loads(rest[-1])["text"] == "Shushi"


def test_a_place_that_only_locates_another_has_no_claims(gazetteer):
    text = (
        "The police reported sniper fire near Askeran, about 15 kilometres from Stepanakert. Baku rejected the report."
    )
    told = {o.mention.text: o.mention for p in parse([Report(id="r", text=text)], gazetteer) for o in p.outcomes}
    assert "shooting" in told["Askeran"].events
    assert (told["Stepanakert"].role, told["Stepanakert"].events, told["Stepanakert"].claimants) == (
        "reference",
        (),
        (),
    )
