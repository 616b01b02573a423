"""Sides: who claims what is filtered, coloured, split and denied."""

from __future__ import annotations

import pytest

pytestmark = pytest.mark.browser


@pytest.fixture
def sides(told):
    """Three places: one of two claimants, one of five, one that a party denies."""
    denial = [{"party": "a", "stance": "say", "accused": []}, {"party": "b", "stance": "deny", "accused": []}]
    return told([
        {"at": "Two", "claimants": ["a"], "events": ["shelling"], "outlet": "Wire"},
        {"at": "Two", "claimants": ["b"], "events": ["air_strike"], "outlet": "Post"},
        {"at": "Five", "claimants": ["a", "b", "c", "d", "e"], "events": ["shelling"], "outlet": "Post"},
        {"at": "Denied", "claimants": ["a", "b"], "events": ["denial", "shelling"], "statements": denial},
        {"at": "Plain"},
    ])  # fmt: skip


def facet(tab, name):
    found = tab.locator("details.facet", has=tab.locator(f"#{name}"))
    if found.get_attribute("open") is None:
        found.locator("summary").click()
    return found


def row(tab, name, text):
    return facet(tab, name).locator("li").filter(has=tab.get_by_text(text, exact=True))


def count(tab, name, text):
    return int(row(tab, name, text).locator(".count").inner_text())


def pixels(tab, place, radius=6):
    """Give the colours of a marker's canvas in a square around its middle."""
    spot = tab.evaluate("id => window.allonym.position(id)", place)
    return set(tab.evaluate(
        """([x, y, r]) => { const canvas = document.querySelector(".leaflet-marker-pane canvas"); const box = canvas.getBoundingClientRect();
        const data = canvas.getContext("2d").getImageData(x - box.left - r, y - box.top - r, 2 * r, 2 * r).data;
        return Array.from({ length: data.length / 4 }, (_, k) => "#" + Array.from(data.slice(4 * k, 4 * k + 3), (v) => v.toString(16).padStart(2, "0")).join("")); }""",  # noqa: E501
        [spot["x"], spot["y"], radius],
    ))  # fmt: skip


def colour(tab, name, text):
    return row(tab, name, text).locator("path").get_attribute("fill")


def test_events_and_outlets_filter_as_claimants_do(visit, sides, shown):
    tab = visit(sides)
    row(tab, "events", "air strike").locator(".toggle").click()
    assert shown(tab) == ["Two", "Five", "Denied", "Plain"]
    row(tab, "events", "shelling").locator(".toggle").click()
    assert shown(tab) == ["Denied", "Plain"]
    row(tab, "events", "denial").locator(".toggle").click()
    assert shown(tab) == ["Plain"]
    tab.get_by_role("button", name="Back to the first view").click()
    row(tab, "outlets", "Post").locator(".toggle").click()
    assert shown(tab) == ["Two", "Denied", "Plain"]


def test_one_value_alone_and_all_again(visit, sides, shown):
    tab = visit(sides)
    row(tab, "parties", "c").locator(".only").dispatch_event("click")
    assert shown(tab) == ["Five"]
    assert row(tab, "parties", "c").locator(".only").inner_text() == "all"
    row(tab, "parties", "c").locator(".only").dispatch_event("click")
    assert len(shown(tab)) == 4
    tab.locator('[aria-label="Only: Post"]').dispatch_event("click")
    facet(tab, "outlets").locator("button.all").click()
    assert len(shown(tab)) == 4


def test_counts_follow_the_other_filters(visit, sides):
    tab = visit(sides)
    assert count(tab, "events", "shelling") == 3
    row(tab, "parties", "a").locator(".only").dispatch_event("click")
    assert (count(tab, "events", "shelling"), count(tab, "events", "air strike")) == (3, 0)
    row(tab, "events", "shelling").locator(".toggle").click()
    assert count(tab, "parties", "c") == 0


def test_a_place_of_two_sides_is_split_into_their_colours(visit, sides):
    tab = visit(sides)
    assert {colour(tab, "parties", "a"), colour(tab, "parties", "b")} <= pixels(tab, "Two")
    row(tab, "parties", "b").locator(".toggle").click()
    assert colour(tab, "parties", "b") not in pixels(tab, "Two")


def test_colours_are_chosen_by_claimant_event_or_outlet(visit, sides):
    tab = visit(sides)
    tab.locator("#colour-by input[value=events]").check(force=True)
    assert tab.locator("#key-title").inner_text() == "What is reported"
    wanted = {colour(tab, "events", "shelling"), colour(tab, "events", "air strike")}
    assert wanted <= pixels(tab, "Two")
    assert row(tab, "parties", "a").locator("path").count() == 0
    tab.locator("#colour-by input[value=outlets]").check(force=True)
    assert {colour(tab, "outlets", "Wire"), colour(tab, "outlets", "Post")} <= pixels(tab, "Two")


def test_each_value_has_a_colour_and_shape_of_its_own(visit, told):
    rows = [{"at": f"P{n}", "events": [f"kind{n}"]} for n in range(40)]
    tab = visit(told(rows))
    tab.locator("#colour-by").wait_for(state="attached")
    tab.evaluate("window.allonym.restore({colour: 'events'})")
    facet(tab, "events")
    signs = tab.evaluate(
        "Array.from(document.querySelectorAll('#events .glyph path'), (p) => p.getAttribute('fill') + p.getAttribute('d'))"
    )
    assert len(signs) == 40
    assert len(set(signs)) == 40


def test_a_long_list_is_searched(visit, told):
    rows = [{"at": "P", "outlet": f"Gazet {n}"} for n in range(300)] + [{"at": "P", "outlet": "Ağdam Xəbər"}]
    tab = visit(told(rows))
    outlets = facet(tab, "outlets")
    assert outlets.locator("li").count() == 100
    assert outlets.locator(".more-sides").inner_text() == "201 more: search for them"
    outlets.get_by_role("searchbox").fill("agdam")
    assert [each.inner_text() for each in outlets.locator("li .text").all()] == ["Ağdam Xəbər"]
    outlets.get_by_role("searchbox").fill("zzz")
    assert outlets.locator(".more-sides").inner_text() == "None of that name"


def test_short_lists_have_no_search(visit, sides):
    tab = visit(sides)
    assert facet(tab, "parties").get_by_role("searchbox").count() == 0


def test_a_denial_reads_as_one(visit, sides):
    sides["parties"] = {"a": {"name": "Ministry A"}, "b": {"name": "Ministry B"}}
    tab = visit(sides)
    lines = tab.locator('[data-place="Denied"] .claim').all_inner_texts()
    assert lines == ["Ministry A: shelling", "Denied by Ministry B: shelling"]
    assert tab.locator("#sign-denied").count() == 1
    tab.locator('[data-place="Denied"]').click()
    said = tab.locator("#card .says").first.inner_text()
    assert said == "According to Ministry A: shelling; denied by Ministry B"


def test_a_denial_has_a_sign_on_the_marker(visit, sides, told):
    for values, signed in ((sides, True), (told([{"at": "Denied", "claimants": ["a", "b"]}, {"at": "Plain"}]), False)):
        tab = visit(values)
        spot = tab.evaluate("id => window.allonym.position(id)", "Denied")
        ink = tab.evaluate(
            """([x, y]) => { const canvas = document.querySelector(".leaflet-marker-pane canvas"); const box = canvas.getBoundingClientRect();
            const data = canvas.getContext("2d").getImageData(x - box.left - 15, y - box.top - 15, 11, 11).data; let dark = 0;
            for (let k = 0; k < data.length; k += 4) if (data[k + 3] > 200 && data[k] < 70 && data[k + 1] < 70 && data[k + 2] < 70) dark += 1; return dark; }""",  # noqa: E501
            [spot["x"], spot["y"]],
        )
        assert (ink > 15) == signed


def test_a_map_of_plain_places_has_no_sides(visit, told):
    tab = visit(told([{"at": "A"}, {"at": "B"}]))
    tab.locator("#places [data-place]").first.wait_for()
    assert tab.locator("#facets details").count() == 0
    assert not tab.locator("#colour-by").is_visible()
    assert tab.locator("#key-title").inner_text() == "What the map shows"


@pytest.mark.parametrize("width", [360, 1600])
def test_switches_and_only_buttons_are_reached_by_key(visit, sides, width, shown):
    tab = visit(sides, width=width, height=900, has_touch=width < 700)
    if width < 700:
        tab.locator("#key-title").click()
    only = row(tab, "parties", "c").locator(".only")
    only.focus()
    tab.keyboard.press("Enter")
    assert shown(tab) == ["Five"]
    assert tab.evaluate("document.activeElement.className") == "only"
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    box = only.bounding_box()
    assert box["height"] >= (44 if width < 700 else 24)
