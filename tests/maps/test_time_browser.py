"""The time strip: dates filter the map, by hand, by key and by running through them."""

from __future__ import annotations

import folium
import pytest
from waiting import until

from geo.maps import Map

pytestmark = pytest.mark.browser

DAYS = ["2020-09-27", "2020-09-28", "2020-09-30", "2020-10-04"]


@pytest.fixture
def days(told):
    return told([*({"at": f"P{n}", "date": day} for n, day in enumerate(DAYS)), {"at": "Undated"}])


def handles(tab):
    return tab.get_by_role("slider", name="From"), tab.get_by_role("slider", name="To")


def press(tab, handle, *keys):
    handle.focus()
    for key in keys:
        tab.keyboard.press(key)
    tab.wait_for_timeout(80)


def test_a_map_of_one_date_has_no_time_strip(visit, told):
    tab = visit(told([{"at": "A", "date": "2020-10-03"}, {"at": "B", "date": "2020-10-03"}, {"at": "C"}]))
    tab.locator("#places [data-place]").first.wait_for()
    assert not tab.locator("#time").is_visible()


def test_the_strip_tells_its_dates_and_each_day_is_a_bar(visit, days):
    tab = visit(days)
    assert tab.locator(".time-range").inner_text() == "27 Sept 2020 – 4 Oct 2020"
    assert tab.locator(".time-bars .bar").first.get_attribute("d").count("M") == 4
    start, end = handles(tab)
    assert start.get_attribute("aria-valuetext") == "27 Sept 2020"
    assert end.get_attribute("aria-valuetext") == "4 Oct 2020"


def test_arrow_keys_move_the_range_by_a_day_and_the_map_follows(visit, days, shown):
    tab = visit(days)
    start, end = handles(tab)
    press(tab, end, "ArrowLeft")
    until(tab, lambda: shown(tab) == ["P0", "P1", "P2"])
    assert end.get_attribute("aria-valuetext") == "3 Oct 2020"
    press(tab, start, "ArrowRight", "ArrowUp")
    until(tab, lambda: shown(tab) == ["P2"])
    press(tab, start, "Home")
    until(tab, lambda: shown(tab) == ["P0", "P1", "P2"])
    press(tab, end, "End")
    until(tab, lambda: shown(tab) == ["P0", "P1", "P2", "P3", "Undated"])


def test_page_keys_move_further_and_handles_do_not_cross(visit, days):
    tab = visit(days)
    start, end = handles(tab)
    press(tab, start, "PageUp")
    assert start.get_attribute("aria-valuenow") == "2"
    press(tab, start, "End", "ArrowRight")
    assert (start.get_attribute("aria-valuenow"), end.get_attribute("aria-valuenow")) == ("7", "7")
    press(tab, end, "PageDown", "Home")
    assert end.get_attribute("aria-valuenow") == "7"


def test_what_has_no_date_is_shown_again_by_its_switch(visit, days, shown):
    tab = visit(days)
    assert not tab.locator(".time-undated").is_visible()
    press(tab, handles(tab)[1], "ArrowLeft")
    until(tab, lambda: "Undated" not in shown(tab))
    box = tab.get_by_label("Also without a date (1)")
    box.check()
    assert "Undated" in shown(tab)


def test_handles_and_the_range_are_dragged(visit, days, shown):
    tab = visit(days)
    track = tab.locator(".time-track").bounding_box()
    day = track["width"] / 8
    middle = track["y"] + 12

    def drag(at, to):
        tab.mouse.move(track["x"] + at * day, middle)
        tab.mouse.down()
        tab.mouse.move(track["x"] + to * day, middle, steps=4)
        tab.mouse.up()
        tab.wait_for_timeout(60)

    drag(8, 2)
    assert tab.locator(".time-range").inner_text() == "27 Sept 2020 – 28 Sept 2020"
    drag(1, 3)  # the range as a whole
    assert tab.locator(".time-range").inner_text() == "29 Sept 2020 – 30 Sept 2020"
    until(tab, lambda: shown(tab) == ["P2"])
    tab.get_by_role("button", name="All dates").click()
    until(tab, lambda: len(shown(tab)) == 5)


def test_a_run_goes_through_the_dates_and_stops_at_the_end(visit, days, shown):
    tab = visit(days, reduced_motion="no-preference")
    tab.get_by_role("button", name="Play").click()
    assert tab.get_by_role("button", name="Pause").is_visible()
    assert tab.evaluate("new Promise((go) => setTimeout(() => go(document.body.dataset.shown), 100))") != "5"
    until(tab, lambda: len(shown(tab)) == 5)
    assert tab.get_by_role("button", name="Play").is_visible()


def test_with_reduced_motion_a_run_goes_one_step_at_a_time(visit, days, shown):
    tab = visit(days)
    step = tab.get_by_role("button", name="Next step")
    step.click()
    until(tab, lambda: shown(tab) == ["P0"])
    tab.wait_for_timeout(700)
    assert shown(tab) == ["P0"]
    step.click()
    until(tab, lambda: shown(tab) == ["P0", "P1"])


def test_reports_of_one_day_are_told_apart_by_the_minute(visit, told, shown):
    tab = visit(told([{"at": "A", "date": "2020-10-03T08:00"}, {"at": "B", "date": "2020-10-03T08:05"}]))
    assert tab.locator(".time-range").inner_text() == "3 Oct 2020, 08:00 – 3 Oct 2020, 08:05"
    press(tab, handles(tab)[1], "ArrowLeft")
    until(tab, lambda: shown(tab) == ["A"])
    assert handles(tab)[1].get_attribute("aria-valuetext") == "3 Oct 2020, 08:04"


def test_centuries_are_counted_off_in_units_that_a_slider_can_hold(visit, told, shown):
    tab = visit(told([{"at": "A", "date": "1832"}, {"at": "B", "date": "1919-05-02"}, {"at": "C", "date": "2020"}]))
    _, end = handles(tab)
    assert int(end.get_attribute("aria-valuemax")) < 4000
    press(tab, end, "PageDown", "PageDown")
    until(tab, lambda: shown(tab) == ["A", "B"])


def test_names_follow_the_date(visit, days):
    days["places"][0]["dated"] = [["", ""], ["1832-01-01T00:00", "Akmolinsk"], ["2020-10-01T00:00", "Astana"]]
    tab = visit(days)
    tab.locator("#names input[value=dated]").check(force=True)
    strong = tab.locator('[data-place="P0"] strong')
    assert strong.inner_text() == "Astana"
    assert "Astana" in [label["text"] for label in tab.evaluate("window.allonym.labels()")]
    press(tab, handles(tab)[1], "ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft")
    until(tab, lambda: strong.inner_text() == "Akmolinsk")
    assert "30 Sept 2020" in tab.locator(".time-as-of").inner_text()


def test_names_that_no_date_of_the_data_changes_are_no_choice(visit, days):
    days["places"][0]["dated"] = [["", "Q"], ["1832-01-01T00:00", "P0"]]
    tab = visit(days)
    tab.locator("#places [data-place]").first.wait_for()
    assert tab.locator("#names input[value=dated]").count() == 0


def square(name, **dates):
    ring = [[46.0, 40.0], [46.5, 40.0], [46.5, 40.5], [46.0, 40.0]]
    geometry = {"type": "Polygon", "coordinates": [ring]}
    return {"type": "Feature", "properties": {"name": name, **dates}, "geometry": geometry}


def test_dated_features_of_a_layer_come_and_go_with_the_date(visit, days):
    page = Map(days, basemap=None)
    features = [square("before", to="2020-09-30"), square("after", **{"from": "2020-10-01"}), square("always")]
    folium.GeoJson({"type": "FeatureCollection", "features": features}, name="Control").add_to(page)
    tab = visit(page.get_root().render())
    names = "window.allonym.overlays[0].getLayers().map((part) => part.feature.properties.name).sort()"
    tab.locator("#places [data-place]").first.wait_for()
    assert tab.evaluate(names) == ["after", "always"]
    press(tab, handles(tab)[1], "ArrowLeft", "ArrowLeft", "ArrowLeft", "ArrowLeft")
    until(tab, lambda: tab.evaluate(names) == ["always", "before"])
    assert tab.locator("#layers .toggle", has_text="Control").locator(".count").inner_text() == "2"


@pytest.mark.parametrize("size", [(360, 740), (390, 844), (1024, 700)])
def test_the_strip_fits_the_window_and_its_controls_a_finger(visit, days, size):
    tab = visit(days, width=size[0], height=size[1])
    strip = tab.locator("#time").bounding_box()
    assert strip["x"] + strip["width"] <= size[0]
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")
    play = tab.locator(".time-play").bounding_box()
    assert min(play["width"], play["height"]) >= 40


def test_an_interval_counts_on_all_its_days_and_is_shown_on_each(visit, told, shown):
    tab = visit(told([{"at": "A", "date": "2020-10-01"}, {"at": "B", "date": "2020-10-02/2020-10-05"}]))
    tab.locator("#places [data-place]").first.wait_for()
    assert tab.locator(".time-range").inner_text() == "1 Oct 2020 – 5 Oct 2020"
    assert tab.locator(".time-bars .bar").first.get_attribute("d").count("M") == 5
    start, _ = handles(tab)
    press(tab, start, "ArrowRight", "ArrowRight", "ArrowRight")
    until(tab, lambda: shown(tab) == ["B"])
