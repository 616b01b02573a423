"""The search over all names of a map, in a real browser with the network off."""

from __future__ import annotations

import pytest
from waiting import until

from geo.maps.basemap import basemap
from geo.maps.extent import first_extent

pytestmark = pytest.mark.browser


@pytest.fixture
def example(page_example):
    """The example with names of one place in further scripts."""
    more = [
        ("آغدره", "fa", None, "", ""),
        ("מרטקרט", "he", "am", "1992~", "2023?"),
        ("마르타케르트", "ko", None, "", ""),
    ]
    for toponym, lang, party, start, end in more:
        name = {"toponym": toponym, "lang": lang, "kind": "exonym", "party": party, "from": start, "to": end}
        page_example["places"][0]["names"].append({**name, "source": "example"})
    return page_example


def search(tab, text):
    """Type a name and give what is offered."""
    tab.locator("#search").fill("")
    tab.locator("#search").focus()
    tab.keyboard.insert_text(text)
    until(tab, lambda: tab.locator("#search-status").text_content() not in ("", "Reading the names …"))
    return tab.locator("#search-list [role=option]")


@pytest.mark.parametrize("spelling", ["Xocavənd", "Khojavend", "Ходжавенд", "Խոջավենդ", "Hocavend", "Khodzhavend"])
def test_every_spelling_of_a_name_in_every_script_finds_its_place(opened, example, spelling):
    tab = opened(example)
    found = search(tab, spelling)
    assert found.first.locator("strong").inner_text() == "Khojavend / Martuni"
    assert found.count() == 1


@pytest.mark.parametrize("spelling", ["آغدره", "מרטקרט", "마르타케르트", "Մարտակերտ", "martakert", "Ağdərə"])
def test_names_written_from_right_to_left_or_in_syllables_are_found(opened, example, spelling):
    tab = opened(example)
    assert search(tab, spelling).first.locator("strong").inner_text() == "Aghdara / Мартакерт"


@pytest.mark.parametrize("beginning", ["Xoc", "Ходж", "Խոջ", "khoj"])
def test_the_beginning_of_a_name_is_enough(opened, example, beginning):
    tab = opened(example)
    assert "Khojavend / Martuni" in search(tab, beginning).locator("strong").all_inner_texts()


def test_a_hit_tells_the_form_that_matched_and_whose_it_is(opened, example):
    tab = opened(example)
    assert search(tab, "מרטקרט").first.locator(".matched").inner_text() == (
        "מרטקרט Hebrew, Armenia, about 1992 to 2023 (unsure)"
    )
    assert search(tab, "מרטקרט").first.locator("bdi[lang=he]").count() == 1


def test_the_keyboard_alone_searches_and_flies_to_the_place(opened, example):
    tab = opened(example)
    before = tab.evaluate("window.allonym.map.getZoom()")
    search(tab, "Ходжавенд")
    field = tab.locator("#search")
    assert field.get_attribute("aria-expanded") == "true"
    tab.keyboard.press("ArrowDown")
    chosen = field.get_attribute("aria-activedescendant")
    assert tab.locator(f"#{chosen}").get_attribute("aria-selected") == "true"
    tab.keyboard.press("Enter")
    until(tab, lambda: tab.locator("#card").is_visible())
    assert tab.locator("#card-title").inner_text() == "Khojavend / Martuni"
    assert field.get_attribute("aria-expanded") == "false"
    until(tab, lambda: tab.evaluate("window.allonym.map.getZoom()") >= before)


def test_escape_closes_the_list_and_then_empties_the_field(opened, example):
    tab = opened(example)
    search(tab, "Martuni")
    tab.keyboard.press("Escape")
    assert not tab.locator("#search-list").is_visible()
    assert tab.locator("#search").input_value() == "Martuni"
    tab.keyboard.press("Escape")
    assert tab.locator("#search").input_value() == ""


def test_a_place_that_the_filters_hide_is_found_and_shown_when_it_is_chosen(opened, example):
    tab = opened(example)
    tab.locator("#key .toggle", has_text="Armenian forces").click()
    hit = search(tab, "Карин-Так").first
    assert "Hidden by the filters" in hit.inner_text()
    hit.click()
    until(tab, lambda: tab.locator("#card").is_visible())
    assert tab.locator("#card-title").inner_text() == "Карин-Так"
    assert tab.locator("body").get_attribute("data-shown") == "7"


def test_a_name_that_no_place_has_is_said_to_be_unknown(opened, example):
    tab = opened(example)
    assert search(tab, "Wagadugu").count() == 0
    assert tab.locator("#search-status").text_content() == "No place of this map has such a name"


def test_a_town_of_the_background_is_flown_to(opened, example):
    ground = basemap(first_extent(example))
    names = {"en": ["Fuzuli"], "az": ["Füzuli"]}
    ground["towns"] = {"lon": [47.15], "lat": [39.6], "rank": [2], "zoom": [2], "names": names}
    tab = opened(example, ground=ground)
    search(tab, "Физули").first.click()
    until(tab, lambda: tab.evaluate("window.allonym.map.getCenter().distanceTo([39.6, 47.15]) < 20000"))
    assert not tab.locator("#card").is_visible()


def test_the_names_are_read_only_when_the_search_is_used(opened, example):
    tab = opened(example)
    assert tab.locator("#search-list").inner_html() == ""
    assert search(tab, "Shushi").count() == 1


@pytest.mark.parametrize("size", [(390, 844), (360, 740)])
def test_a_phone_has_the_search_behind_a_sign_that_a_finger_meets(opened, example, size):
    width, height = size
    tab = opened(example, width=width, height=height)
    box = tab.locator("#search").bounding_box()
    assert box["width"] >= 44
    assert box["height"] >= 44
    assert search(tab, "Martuni").count() == 1
    wide = tab.locator("#search").bounding_box()
    assert wide["width"] > width * 0.9
    assert wide["x"] + wide["width"] <= width


def test_hostile_names_stay_text_in_the_list(opened, example):
    evil = "<img src=x onerror=window.pwned=1>"
    example["places"][0]["names"][0]["toponym"] = evil
    tab = opened(example)
    assert search(tab, "img src").first.locator(".matched").inner_text().startswith(evil)
    assert tab.evaluate("window.pwned") is None
