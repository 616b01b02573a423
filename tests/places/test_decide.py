"""Deciding which place is meant: by company, by the words around, with all candidates kept."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from geo.errors import ReportError
from geo.flow import parse
from geo.geocoding import look_up
from geo.places.decide import KEPT_CANDIDATES, confidence
from geo.places.outcome import Ambiguous, Resolved, Unknown
from geo.reports.report import Report

KHOJAVEND, MARTUNI_IN_GEGHARKUNIK = "kar-0003", "kar-0045"
PERM = "geonames:579132"


def outcomes(gazetteer, text, *, countries=(), **facts):
    """Decide the mentions of a text, by their text; of a name that recurs the last counts."""
    [parsed] = parse([Report(id="note", text=text, **facts)], gazetteer, countries=countries)
    return {outcome.mention.text: outcome for outcome in parsed.outcomes}


def chosen(gazetteer, text, name, **options):
    """Give the place that a name means in a text."""
    outcome = outcomes(gazetteer, text, **options)[name]
    assert isinstance(outcome, Resolved), outcome
    return outcome.chosen.place


@pytest.mark.parametrize(
    "text",
    [
        "Shells fell on Martuni, Shushi and Stepanakert overnight.",
        "Buses left Stepanakert at noon for Martuni and Askeran.",
        "Volunteers carried bread to Martuni, Hadrut and Martakert.",
    ],
)
def test_martuni_beside_shushi_or_stepanakert_is_that_of_khojavend(gazetteer, text):
    """The places named beside it lie around it; its namesake 150 km away is kept as a candidate with a lower score."""
    outcome = outcomes(gazetteer, text)["Martuni"]
    assert isinstance(outcome, Resolved)
    assert outcome.chosen.place.id == KHOJAVEND
    scores = {candidate.place.id: candidate.score for candidate in outcome.candidates}
    assert 0 < scores[MARTUNI_IN_GEGHARKUNIK] < scores[KHOJAVEND]


@pytest.mark.parametrize(
    "text",
    [
        "A bus from Sevan to Martuni stopped in Vardenis.",
        "Trout from Sevan are sold in Martuni, Gavar and Vardenis.",
    ],
)
def test_martuni_beside_sevan_and_vardenis_is_that_of_gegharkunik(gazetteer, text):
    """The same name beside other places is another town."""
    assert chosen(gazetteer, text, "Martuni").id == MARTUNI_IN_GEGHARKUNIK


def test_one_report_does_not_colour_the_next(gazetteer):
    """Each report is decided by itself, in whichever order they are read."""
    south = Report(id="south", text="Shells fell on Martuni, Shushi and Stepanakert overnight.")
    north = Report(id="north", text="A bus from Sevan to Martuni stopped in Vardenis.")
    for reports in ([south, north], [north, south]):
        found = {
            parsed.report.id: outcome.candidates[0].place.id
            for parsed in parse(reports, gazetteer)
            for outcome in parsed.outcomes
            if outcome.mention.text == "Martuni"
        }
        assert found == {"south": KHOJAVEND, "north": MARTUNI_IN_GEGHARKUNIK}


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ("Schools reopened in Barda and Tartar this week.", "Barda", "kar-0016"),
        ("Deminers work in Agdam and Fuzuli.", "Agdam", "kar-0010"),
        ("Deminers work in Agdam and Fuzuli.", "Fuzuli", "kar-0011"),
        ("Visitors to Shusha came through Lachin.", "Shusha", "kar-0001"),
    ],
)
def test_a_namesake_far_away_loses(gazetteer, text, name, place):
    """Barda in Perm, Susa in Tunisia, the uninhabited Agdam and another Fuzuli are not what a report from here means."""
    assert chosen(gazetteer, text, name).id == place


@pytest.mark.parametrize(
    ("text", "name", "place"),
    [
        ("Officials in Barda spoke.", "Barda", "kar-0016"),
        ("Fog in Shusha.", "Shusha", "kar-0001"),
    ],
)
def test_a_town_named_alone_is_the_known_one(gazetteer, text, name, place):
    """Without company a town and its district on one spot outweigh a village of the name elsewhere."""
    assert chosen(gazetteer, text, name).id == place


def test_the_namesake_that_lost_is_still_shown(gazetteer):
    """Barda in Perm stays a candidate, with its score."""
    outcome = outcomes(gazetteer, "Schools reopened in Barda and Tartar this week.")["Barda"]
    scores = {candidate.place.id: candidate.score for candidate in outcome.candidates}
    assert scores[PERM] < 0.1 < scores["kar-0016"]


@pytest.mark.parametrize("town", ["Barda", "Kalbajar", "Lachin", "Tovuz"])
def test_a_region_is_the_district_and_a_bare_name_the_town(gazetteer, town):
    """“The Barda region” has an extent; “Barda” is a town."""
    text = f"Farmers of the {town} region sold their wheat in {town} on Friday."
    [parsed] = parse([Report(id="note", text=text)], gazetteer)
    region, bare = (outcome for outcome in parsed.outcomes if outcome.mention.text.startswith(town))
    assert region.chosen.place.feature_code == "ADM1"
    assert bare.chosen.place.feature_code.startswith("PPL")


@pytest.mark.parametrize(
    ("text", "name", "country"),
    [
        ("He moved from Paris, Texas to Dallas.", "Paris", "US"),
        ("He moved from Paris to Lyon.", "Paris", "FR"),
        ("She lives in London, Ontario.", "London", "CA"),
        ("She lives in London.", "London", "GB"),
        ("Protests in Tbilisi and elsewhere in Georgia went on.", "Georgia", "GE"),
        ("Protests in Atlanta and elsewhere in Georgia went on.", "Georgia", "US"),
    ],
)
def test_the_next_name_or_the_company_says_which_one(gazetteer, text, name, country):
    """“City, State” names the city in that state; alone, the best known is meant."""
    assert chosen(gazetteer, text, name).country == country


def test_mentions_of_one_name_mean_one_place(gazetteer):
    """A name does not change its meaning within a report."""
    text = "Martuni was quiet. Later, in Martuni, near Shushi and Stepanakert, a market opened. Martuni slept."
    [parsed] = parse([Report(id="note", text=text)], gazetteer)
    places = [outcome.candidates[0].place.id for outcome in parsed.outcomes if outcome.mention.text == "Martuni"]
    assert places == [KHOJAVEND] * 3


def test_a_name_without_any_place_is_unknown_and_says_why(gazetteer):
    """A span that somebody marked, and that the gazetteer does not know, stays on the list with the reason."""
    outcome = outcomes(gazetteer, "Grapes from Xyzzyqua are sweet.", spans=((12, 20),))["Xyzzyqua"]
    assert isinstance(outcome, Unknown)
    assert outcome.candidates == ()
    assert outcome.why == "no place of the gazetteer is spelt like it"


def test_a_name_of_too_many_places_is_never_picked_silently(gazetteer):
    """Nothing tells which of dozens of Springfields burned: the answer is no place, with the candidates and why."""
    outcome = outcomes(gazetteer, "Springfield burned.", spans=((0, 11),))["Springfield"]
    assert isinstance(outcome, Unknown | Ambiguous)
    assert len(outcome.candidates) == KEPT_CANDIDATES
    assert "other candidates" in outcome.why


def test_a_country_given_as_a_hint_changes_the_answer(gazetteer):
    """Martuni alone with a hint is the one in that country, and the other stays a candidate."""
    for country, place in (("AZ", KHOJAVEND), ("AM", MARTUNI_IN_GEGHARKUNIK), ("az", KHOJAVEND)):
        outcome = outcomes(gazetteer, "Martuni", spans=((0, 7),), countries=[country])["Martuni"]
        assert isinstance(outcome, Resolved)
        assert outcome.chosen.place.id == place
        assert {c.place.id for c in outcome.candidates} >= {KHOJAVEND, MARTUNI_IN_GEGHARKUNIK}


def test_a_country_given_as_a_hint_filters_nothing(gazetteer):
    """What lies elsewhere by all the text says stays there."""
    assert chosen(gazetteer, "Trains from Paris to Lyon were late.", "Lyon", countries=["AZ"]).country == "FR"
    assert chosen(gazetteer, "Shushi and Stepanakert", "Stepanakert", countries=["JP"]).id == "kar-0002"


@pytest.mark.parametrize("text", ["Շուշի, Ստեփանակերտ, Մարտունի", "Новости: Степанакерт, Шуша, Лачин."])
def test_places_are_decided_in_other_scripts(gazetteer, text):
    """What is decided depends on the places and not on the letters."""
    found = outcomes(gazetteer, text)
    assert len(found) == 3
    for outcome in found.values():
        assert isinstance(outcome, Resolved)
        assert outcome.chosen.place.id in {"kar-0001", "kar-0002", "kar-0003", "kar-0008"}


NAMES = [
    "Martuni", "Shushi", "Barda", "Paris", "Texas", "London", "Georgia", "Springfield", "Xankəndi", "Шуша", "Qqxz",
    "Lachin district", "Victoria",
]  # fmt: skip


@given(st.lists(st.sampled_from(NAMES), min_size=1, max_size=8))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_scores_are_probabilities_and_the_answer_is_the_same_each_time(gazetteer, words):
    """Of each mention: scores in 0 to 1, in all at most 1, best spot first, every candidate once, and again the same."""
    text, spans = "", []
    for word in words:
        spans.append((len(text), len(text) + len(word)))
        text += f"{word}; "
    report = Report(id="note", text=text, spans=tuple(spans))
    [parsed] = parse([report], gazetteer)
    assert [parsed] == list(parse([report], gazetteer))
    assert len(parsed.outcomes) == len(words)
    for outcome in parsed.outcomes:
        scores = [candidate.score for candidate in outcome.candidates]
        assert all(0 <= score <= 1 for score in scores)
        # Scores are rounded to four digits each.
        assert sum(scores) <= 1 + 1e-3
        assert len({candidate.place.id for candidate in outcome.candidates}) == len(scores) <= KEPT_CANDIDATES
        assert 0 <= confidence(outcome.candidates) <= 1
        assert outcome.why


def test_a_listed_place_keeps_its_coordinates(gazetteer):
    """Where a row gives the point, the point is the row's and the names are ours."""
    [parsed] = parse([Report(id="row-1", text="Shushi", spans=((0, 6),), point=(46.755, 39.765))], gazetteer)
    [outcome] = parsed.outcomes
    assert isinstance(outcome, Resolved)
    place = outcome.chosen.place
    assert (place.id, place.lon, place.lat, place.source) == ("kar-0001", 46.755, 39.765, "listed:row-1")
    assert outcome.mention.role == "site"


def test_a_listed_place_far_from_its_namesake_is_a_place_of_its_own(gazetteer):
    """A row that puts “Baku” into another country is believed; the gazetteer's Baku is shown as a candidate."""
    [parsed] = parse([Report(id="row-2", text="Baku", spans=((0, 4),), point=(20.5, 10.5))], gazetteer)
    [outcome] = parsed.outcomes
    assert (outcome.candidates[0].place.id, outcome.candidates[0].place.lat) == ("listed:row-2", 10.5)
    assert "kar-0401" in {candidate.place.id for candidate in outcome.candidates[1:]}


def test_a_listed_place_without_coordinates_is_looked_up(gazetteer):
    """A misspelt entry of a list may match nearly: a list holds nothing but places."""
    [parsed] = parse([Report(id="row-3", text="Reykjavjkk", spans=((0, 10),))], gazetteer)
    assert parsed.outcomes[0].candidates[0].place.name == "Reykjavík"


def test_swapped_coordinates_of_a_known_place_are_refused(gazetteer):
    """A point that is right the other way round, and far from every place of its name, is a slip in the table."""
    slip = Report(id="7", text="Kherson", source="in.csv", spans=((0, 7),), point=(46.63, 32.61))
    with pytest.raises(ReportError, match=r"in\.csv: 7: .*look swapped.*--columns"):
        list(parse([slip], gazetteer))


def test_a_state_beside_a_name_outweighs_the_rest_of_the_story(gazetteer):
    """In a story from Illinois, "Paris, Texas" lies in Texas, and Texas is the state."""
    text = "Crews from Decatur, Peoria and Champaign in Illinois met others from Paris, Texas, and Portland, Maine."
    [parsed] = parse([Report(id="1", text=text)], gazetteer)
    found = {o.mention.text: o.candidates[0].place for o in parsed.outcomes}
    assert gazetteer.place(found["Paris"].admin1).name == "Texas"
    assert gazetteer.place(found["Portland"].admin1).name == "Maine"
    assert (found["Texas"].feature_code, found["Maine"].feature_code) == ("ADM1", "ADM1")


def test_a_name_in_the_next_sentence_is_not_beside(gazetteer):
    """What begins another sentence does not say where the last name lies."""
    text = "Shushi, Askeran and Hadrut were shelled, and so was Martuni. Armenian officials said so."
    [parsed] = parse([Report(id="1", text=text)], gazetteer)
    [martuni] = [o for o in parsed.outcomes if o.mention.text == "Martuni"]
    assert martuni.candidates[0].place.country == "AZ"


def test_a_nearly_spelt_name_is_never_taken_for_granted(gazetteer):
    """A place that only resembles what was asked for is offered, not given."""
    assert isinstance(look_up("Stockholmen", gazetteer), Ambiguous)


def test_a_province_is_not_the_village_of_its_name(gazetteer):
    """A bare "Tavush" is the province that the news speaks of; a bare "Agdam" is the town."""
    text = "Roads in Tavush and Syunik reopened, and so did those around Ijevan and Kapan."
    [parsed] = parse([Report(id="1", text=text)], gazetteer)
    codes = {o.mention.text: o.candidates[0].place.feature_code for o in parsed.outcomes}
    assert (codes["Tavush"], codes["Syunik"]) == ("ADM1", "ADM1")
