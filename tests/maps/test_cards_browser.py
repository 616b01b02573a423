"""The card of a place: names through time, claims by date, the places that lost; the method panel."""

from __future__ import annotations

import pytest
from waiting import until

pytestmark = pytest.mark.browser


def card(tab, place):
    tab.locator(f'#places [data-place="{place}"]').click()
    until(tab, lambda: tab.locator("#card").is_visible())
    return tab.locator("#card")


def named(page_example, *periods):
    """The example with names of its first place for these periods, by one user."""
    page_example["places"][0]["names"] = [
        {
            "toponym": f"Name {n}",
            "lang": "en",
            "kind": "official",
            "party": "az",
            "from": start,
            "to": end,
            "source": "example",
        }
        for n, (start, end) in enumerate(periods)
    ]
    return page_example


def bars(tab):
    """Give where the bar of each name begins and ends, in percent of the scale, None where it is dotted or an arrow."""
    return tab.locator("#card .timeline .bar").evaluate_all(
        """bars => bars.map((bar) => {
            const line = bar.querySelector("line:not(.open):not(.reported)");
            const [x1, x2] = ["x1", "x2"].map((name) => parseFloat(line.getAttribute(name)));
            return [bar.querySelector(".open") ? null : x1, bar.querySelector("path") ? null : x2];
        })"""
    )


def test_names_lie_on_one_scale_of_time_with_open_ends_as_such(opened, page_example):
    tab = opened(named(page_example, ("1900", "1950"), ("1950", ""), ("", "1900"), ("", "")))
    card(tab, "kar-0001")
    first, second, third = bars(tab)
    names = tab.locator("#card .timeline .name bdi").all_inner_texts()
    assert names == ["Name 2", "Name 0", "Name 1"]
    assert first[0] is None  # until 1900: since when is not known
    assert second[0] < second[1]
    assert third[1] is None  # since 1950, and still
    assert abs(second[1] - third[0]) < 2
    assert "Of 1 further name no time is recorded." in tab.locator("#card .timeline").inner_text()


def test_what_the_timeline_shows_stands_in_words_as_well(opened, page_example):
    tab = opened(named(page_example, ("1923~", "1991-11-02"), ("19XX", ""), ("", "2023?")))
    text = card(tab, "kar-0001").inner_text()
    for told in ("about 1923 to 2 Nov 1991", "since the 1900s", "until 2023 (unsure)"):
        assert told in text
    assert tab.locator("#card .timeline ul").get_attribute("aria-hidden") == "true"


def test_names_stand_under_whoever_uses_them(opened, page_example):
    tab = opened(page_example)
    card(tab, "kar-0001")
    users = tab.locator("#card .user")
    assert users.locator("h4").all_inner_texts() == [
        "Azerbaijan",
        "De-facto authorities in Stepanakert",
        "Armenia",
        "user not recorded",
    ]
    assert users.nth(1).locator("strong").all_inner_texts() == ["Մարտակերտ"]


@pytest.mark.parametrize("date", ["", "nonsense", "2020-13-45", "99999999", "-0500", "XXXX", "1991/1992"])
def test_odd_dates_break_no_card(opened, page_example, date):
    tab = opened(named(page_example, (date, ""), ("1900", date)))
    assert "Name 0" in card(tab, "kar-0001").inner_text()


def test_names_from_right_to_left_keep_their_direction(opened, page_example):
    data = named(page_example, ("1990", "2000"), ("1995", ""))
    for name, (toponym, lang) in zip(data["places"][0]["names"], [("آغدره", "fa"), ("מרטקרט", "he")], strict=True):
        name |= {"toponym": toponym, "lang": lang}
    tab = opened(data)
    card(tab, "kar-0001")
    for lang in ("fa", "he"):
        name = tab.locator(f"#card .users bdi[lang={lang}]")
        assert name.evaluate("node => getComputedStyle(node).direction") == "rtl"


def test_claims_stand_under_their_days_the_earliest_first(opened, page_example):
    tab = opened(page_example)
    card(tab, "kar-0001")
    assert tab.locator("#card h4.day").all_inner_texts() == ["1 Nov 2020", "2 Nov 2020"]


def test_the_places_that_lost_are_shown_hollow_on_the_map_when_asked_for(opened, page_example):
    tab = opened(page_example)
    before = tab.evaluate("window.allonym.map.getZoom()")
    card(tab, "kar-0002")
    assert tab.evaluate("window.allonym.losers()") == []
    button = tab.locator("#card button", has_text="Show where they are")
    button.click()
    until(tab, lambda: tab.evaluate("window.allonym.losers()") == ["Agdam"])
    assert tab.evaluate("window.allonym.map.getZoom()") <= before
    tab.locator("#card button", has_text="Hide where they are").click()
    until(tab, lambda: tab.evaluate("window.allonym.losers()") == [])
    tab.locator("#card button", has_text="Show where they are").click()
    tab.keyboard.press("Escape")
    until(tab, lambda: tab.evaluate("window.allonym.losers()") == [])


def test_one_switch_shows_all_places_that_lost_under_the_filters(opened, page_example):
    tab = opened(page_example)
    switch = tab.locator("#further .toggle")
    assert switch.get_attribute("aria-pressed") == "false"
    switch.click()
    until(tab, lambda: len(tab.evaluate("window.allonym.losers()")) >= 2)
    everything = tab.evaluate("window.allonym.losers()")
    for name in ("Armenian forces", "De-facto authorities", "Azerbaijan's defence ministry"):
        tab.locator("#key .toggle", has_text=name).first.click()
    until(tab, lambda: len(tab.evaluate("window.allonym.losers()")) < len(everything))
    switch.click()
    until(tab, lambda: tab.evaluate("window.allonym.losers()") == [])


def test_a_map_without_losing_places_has_no_such_switch(opened, page_example):
    for mention in page_example["mentions"]:
        mention["candidates"] = []
    tab = opened(page_example)
    assert tab.locator("#further .toggle").count() == 0


def test_the_method_panel_tells_what_was_found_and_who_decided_what(opened, page_example):
    page_example["mentions"][1]["decided"] = {
        "place": "kar-0002",
        "who": "An editor",
        "when": "2020-11-03",
        "reason": "the town",
    }
    page_example["meta"]["built"] = "2020-11-04"
    tab = opened(page_example)
    tab.locator("#tab-method").click()
    text = tab.locator("#method").inner_text()
    for told in (
        "2 reports.",
        "15 mentions; 8 places on the map",
        "1 unknown; 1 ambiguous",
        "Aghdam → Aghdam",
        "An editor · 2020-11-03 · the town",
        "4 Nov 2020",
        "Who's On First",
        "CC BY 4.0",
        "An address is followed when a reader opens it",
    ):
        assert told in text


def test_without_a_date_of_the_build_the_panel_says_why(opened, page_example):
    tab = opened(page_example)
    tab.locator("#tab-method").click()
    assert "No date was given, so that equal reports make an equal file." in tab.locator("#method").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_bars_keep_their_users_colour_on_both_grounds(opened, page_example, scheme):
    tab = opened(page_example, color_scheme=scheme)
    card(tab, "kar-0001")
    colours = tab.locator("#card .bar line:not(.reported)").evaluate_all(
        "lines => lines.map((line) => line.getAttribute('stroke'))"
    )
    assert "#0072b2" in colours
    assert "currentColor" in colours
