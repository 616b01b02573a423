"""The names on the ground in a real browser."""

from __future__ import annotations

import re

import pytest

from geo.gazetteer.gazetteer import Gazetteer
from geo.maps.bundle import ASSETS, SCRIPTS
from geo.maps.extent import first_extent
from geo.maps.ground import ground
from geo.maps.page import render

KINDS = {"country", "water", "town"}


def test_no_two_scripts_of_the_page_give_one_name_to_two_things():
    declared = re.compile(r"^(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)
    names = [name for script in SCRIPTS for name in declared.findall((ASSETS / script).read_text(encoding="utf-8"))]
    assert sorted(names) == sorted(set(names))


@pytest.fixture
def tab(browser, page_example, tmp_path):
    under = ground(page_example, bounds=first_extent(page_example), gazetteer=Gazetteer.open())
    path = tmp_path / "page.html"
    path.write_text(render(page_example, basemap=under.basemap), encoding="utf-8")
    context = browser.new_context(viewport={"width": 1400, "height": 900}, offline=True)
    opened = context.new_page()
    opened.goto(path.as_uri())
    opened.wait_for_function("window.allonym.ground().length > 0")
    yield opened
    context.close()


@pytest.mark.browser
def test_the_ground_has_towns_waters_and_countries_that_give_way_to_places(tab):
    tab.evaluate("window.allonym.map.setView([40.3, 46.2], 7, { animate: false })")
    drawn = tab.evaluate("window.allonym.ground()")
    assert {name["kind"] for name in drawn} >= KINDS
    places = set(tab.evaluate("window.allonym.labels().map(({ text }) => text)"))
    boxes = [name["box"] for name in drawn] + tab.evaluate("window.allonym.labels().map(({ box }) => box)")
    for n, one in enumerate(boxes):
        for other in boxes[n + 1 :]:
            assert one[0] >= other[2] or other[0] >= one[2] or one[1] >= other[3] or other[1] >= one[3]
    assert not places & {name["text"] for name in drawn if name["kind"] == "town"}


@pytest.mark.browser
def test_the_names_on_the_ground_follow_the_switch(tab):
    tab.evaluate("window.allonym.map.setView([40.3, 46.2], 7, { animate: false })")
    english = {name["text"] for name in tab.evaluate("window.allonym.ground()")}
    tab.locator("#names input[value=hy]").check(force=True)
    armenian = {name["text"] for name in tab.evaluate("window.allonym.ground()")}
    assert "Tbilisi" in english
    assert "Թբիլիսի" in armenian
    assert "Հայաստան" in armenian
