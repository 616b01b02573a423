"""One claim that several outlets print is one claim, and keeps all its sources."""

from __future__ import annotations

from geo.flow import parse
from geo.layers.frames import mention_frame
from geo.layers.syndicated import claim_ids
from geo.reports.report import Report

WIRE = "Armenia's defence ministry said on Sunday that shells had hit {place}, wounding {number} people."


def row(report, sentence, *, start=0, place="p1", claimants=("am-mod",), role="site"):
    return {
        "report": report, "start": start, "text": "X", "place": place, "sentence": sentence, "role": role,
        "claimants": list(claimants), "events": ["shelling"],
    }  # fmt: skip


def test_two_printings_are_one_claim_with_two_sources(gazetteer):
    """The second outlet's copy, with two words left out, has the claim of the first."""
    first = WIRE.format(place="Martuni", number=12)
    second = first.replace("on Sunday that", "Sunday")
    reports = [
        Report(id="daily", text=first),
        Report(id="herald", text=second),
        Report(id="other", text="Polls closed in Martuni."),
    ]
    frame = mention_frame(parse(reports, gazetteer))
    sites = frame[frame["role"] == "site"].set_index("report")
    assert sites["claim"]["daily"] == sites["claim"]["herald"] == f"daily:{first.index('Martuni')}"
    assert sites["claim"]["other"] != sites["claim"]["daily"]
    assert set(sites.index) == {"daily", "herald", "other"}


def test_other_numbers_places_and_parties_are_other_claims():
    """Nothing is merged that says something else."""
    rows = [
        row("a", WIRE.format(place="X", number=12)),
        row("b", WIRE.format(place="X", number=13)),
        row("c", WIRE.format(place="X", number=12), place="p2"),
        row("d", WIRE.format(place="X", number=12), claimants=("az-mod",)),
        row("e", "A quite different sentence of 12 words about the same place."),
    ]
    assert len(set(claim_ids(rows))) == len(rows)


def test_one_report_never_repeats_itself():
    """A report that says a thing twice states it twice, and places that are no sites state nothing."""
    sentence = WIRE.format(place="X", number=12)
    rows = [row("a", sentence), row("a", sentence, start=200), row("b", sentence), row("b", sentence, role="actor")]
    assert claim_ids(rows) == ["a:0", "a:200", "a:0", None]
