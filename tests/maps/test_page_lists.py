"""Places from a table instead of a text, country names and turns of longitudes: what the page says and draws, in a browser."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from geo.maps import render
from geo.maps.basemap import basemap
from geo.maps.extent import first_extent

pytestmark = pytest.mark.browser


@pytest.fixture
def opened(browser, tmp_path):
    """Open a page's text from a file with the network off."""
    contexts = []

    def open_page(data, *, width=1600, height=1000):
        path = tmp_path / f"page{len(contexts)}.html"
        path.write_text(render(data, basemap=basemap(first_extent(data))), encoding="utf-8")
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True)
        contexts.append(context)
        tab = context.new_page()
        tab.goto(path.as_uri())
        return tab

    yield open_page
    for context in contexts:
        context.close()


def listed(places):
    """Give a page's values for rows that list places."""
    names = ("feature", "feature_code", "country", "source")
    common = dict.fromkeys(names, "") | {"role": "site", "precision_m": 100, "contested": False, "confidence": 1.0}
    rows = enumerate(places)
    return {
        "meta": {"title": "A list"},
        "reports": [{"id": f"t-{n}", "source": "t.csv", "listed": True} for n, _ in rows],
        "parties": {},
        "sources": {},
        "places": [
            {
                **common,
                "id": f"listed:t-{n}",
                "lat": lat,
                "lon": lon,
                "status": "resolved",
                "printed": [name],
                "labels": {"printed": name, "ru": name, "en": name, "all": name},
                "names": [],
                "claimants": [],
                "mentions": [n],
            }
            for n, (name, lat, lon) in enumerate(places)
        ],
        "mentions": [
            {"report": n, "place": n, "text": name, "kind": "place", "status": "resolved", "quote": name}
            for n, (name, _, _) in enumerate(places)
        ],
    }


def test_listed_places_are_called_so_and_nothing_is_said_to_be_reported(opened):
    tab = opened(listed([("Nairobi", -1.28, 36.82), ("Lima", -12.04, -77.03)]))
    tab.locator("#places [data-place]").first.click()
    assert "something is reported here" not in tab.locator("body").inner_text()
    assert "Listed places" in tab.locator("#key").inner_text()
    assert "No claim by anybody" not in tab.locator("#key").inner_text()
    assert "Where it is listed" in tab.locator("#card").inner_text()
    assert tab.locator(".standfirst").inner_text() == "2 listed places"
    tab.locator("#tab-method").click()
    assert "t.csv · 2 listed rows" in tab.locator("#method").inner_text()


def test_a_choice_of_names_that_changes_no_label_is_not_offered(opened):
    tab = opened(listed([("Nairobi", -1.28, 36.82), ("Lima", -12.04, -77.03)]))
    assert not tab.locator("#names").is_visible()


@pytest.mark.parametrize("size", [(1600, 1000), (360, 740)])
def test_country_names_meet_neither_labels_nor_each_other_nor_controls(opened, size):
    width, height = size
    tab = opened(listed([("Nairobi", -1.28, 36.82), ("Lima", -12.04, -77.03)]), width=width, height=height)
    tab.evaluate("window.allonym.map.setZoom(4, {animate: false})")
    boxes = tab.evaluate("[...window.allonym.countries(), ...window.allonym.labels()].map(({ box }) => box)")
    for n, a in enumerate(boxes):
        for b in boxes[n + 1 :]:
            assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


@pytest.mark.parametrize("size", [(1600, 1000), (360, 740)])
def test_a_map_opens_on_all_of_its_places_however_small_the_window(opened, size):
    width, height = size
    places = [("Suva", -18.14, 178.44), ("Anadyr", 64.73, 177.5), ("Nome", 64.5, -165.4), ("Apia", -13.83, -171.77)]
    tab = opened(listed(places), width=width, height=height)
    stage = tab.locator("#map").bounding_box()
    for n in range(len(places)):
        spot = tab.evaluate("id => window.allonym.position(id)", f"listed:t-{n}")
        assert stage["x"] < spot["x"] < stage["x"] + stage["width"]
        assert stage["y"] < spot["y"] < stage["y"] + stage["height"]


def test_a_turn_of_the_map_takes_its_places_along(opened):
    tab = opened(listed([("Nairobi", -1.28, 36.82), ("Lima", -12.04, -77.03)]))
    tab.evaluate("window.allonym.map.panBy([256 * 2 ** window.allonym.map.getZoom(), 0], {animate: false})")
    spot = tab.evaluate("id => window.allonym.position(id)", "listed:t-0")
    assert 400 < spot["x"] < 1600


def test_a_very_long_name_is_broken_over_lines_and_shown(opened):
    name = "Krung Thep Maha Nakhon Amon Rattanakosin Mahinthara Ayuthaya Mahadilok Phop Noppharat"
    tab = opened(listed([(name, 13.75, 100.5)]), width=360, height=740)
    (label,) = tab.evaluate("window.allonym.labels()")
    assert label["text"] == name
    assert label["box"][3] - label["box"][1] >= 30


def test_the_example_keeps_its_own_words(opened):
    path = Path(__file__).parents[1] / "data" / "page_example.json"
    tab = opened(json.loads(path.read_text(encoding="utf-8")))
    assert re.search("Who claims what", tab.locator("#key").inner_text())
