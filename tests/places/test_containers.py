"""A division named right after a place that lies in it only says where that place is."""

from __future__ import annotations

from geo.flow import parse
from geo.reports.report import Report


def test_the_division_around_a_site_is_a_reference_without_claims(gazetteer):
    """The claim and the event stay with the town; the words between the two names are kept as the evidence."""
    text = "Armenia's army said shells fell on Ijevan, in mountainous and wooded Tavush. Gyumri was quiet."
    [parsed] = parse([Report(id="1", text=text)], gazetteer)
    found = {outcome.mention.text: outcome.mention for outcome in parsed.outcomes}
    town, division = found["Ijevan"], found["Tavush"]
    assert (town.role, town.claimants, town.events) == ("site", ("am-mil",), ("shelling",))
    assert (division.role, division.claimants, division.events) == ("reference", (), ())
    [cue] = [cue for cue in division.cues if cue.about == "role"]
    assert (cue.rule, text[cue.start : cue.end].strip()) == ("container-place", ", in mountainous and wooded")
