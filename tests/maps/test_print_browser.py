"""The map on paper: one sheet of A4, upright or lengthwise, with key and sources, in light colours."""

from __future__ import annotations

import re

import pytest

from geo.maps import render
from geo.maps.basemap import basemap
from geo.maps.extent import first_extent

pytestmark = pytest.mark.browser

SHEETS = {"upright": (703, 1032), "lengthwise": (1032, 703)}
"""CSS pixels of A4 within margins of 12 mm."""


@pytest.fixture
def opened(browser, tmp_path, page_example):
    contexts = []

    def open_page(width, height, **options):
        path = tmp_path / "page.html"
        path.write_text(render(page_example, basemap=basemap(first_extent(page_example))), encoding="utf-8")
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True, **options)
        contexts.append(context)
        tab = context.new_page()
        tab.goto(path.as_uri())
        tab.wait_for_selector("#places [data-place]")
        return tab

    yield open_page
    for context in contexts:
        context.close()


@pytest.mark.parametrize("lengthwise", [False, True])
def test_the_page_prints_on_one_sheet(opened, lengthwise):
    tab = opened(1600, 1000)
    content = tab.pdf(format="A4", landscape=lengthwise)
    assert len(re.findall(rb"/Type\s*/Page[^s]", content)) == 1
    width, height = map(float, re.search(rb"/MediaBox \[0 0 ([\d.]+) ([\d.]+)\]", content).groups())
    assert (width > height) is lengthwise
    assert len(content) > 100_000  # the map is in it


@pytest.mark.parametrize("sheet", SHEETS)
def test_paper_shows_title_map_key_and_sources_and_nothing_else(opened, sheet):
    width, height = SHEETS[sheet]
    tab = opened(width, height, color_scheme="dark")
    tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    tab.emulate_media(media="print")
    assert tab.locator("h1").is_visible()
    assert tab.locator(f".print-{sheet}").is_visible()
    assert tab.locator(".print canvas:visible").count() == 1
    told = tab.locator("#print").inner_text()
    for text in ("Armenian forces (5)", "7 of 8 places shown", "Natural Earth", "Double ring"):
        assert text in told
    for hidden in ("#map", "#time", "#scroll", "#names", "#take"):
        assert not tab.locator(hidden).is_visible()
    assert tab.evaluate("document.documentElement.scrollHeight") <= height + 1
    pixel = tab.evaluate(
        "name => Array.from(document.querySelector(`.print-${name}`).getContext('2d').getImageData(300, 300, 1, 1).data)",
        sheet,
    )
    assert min(pixel[:3]) > 150  # light, though the screen is dark


def test_after_printing_the_page_is_as_it_was(opened):
    tab = opened(1200, 800, color_scheme="dark")
    before = tab.evaluate("[getComputedStyle(document.body).backgroundColor, allonym.labels().length]")
    tab.evaluate("window.dispatchEvent(new Event('beforeprint'))")
    tab.evaluate("window.dispatchEvent(new Event('afterprint'))")
    tab.wait_for_timeout(100)
    assert tab.evaluate("[getComputedStyle(document.body).backgroundColor, allonym.labels().length]") == before
    assert tab.locator("#print canvas").count() == 0
