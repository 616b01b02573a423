"""The page for keyboard, screen reader, large letters and small screens: axe finds nothing, and what it cannot see is tried."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest

from geo.maps import render
from geo.maps.basemap import basemap
from geo.maps.bundle import ASSETS
from geo.maps.extent import first_extent

pytestmark = pytest.mark.browser

axe = pytest.importorskip("axe_playwright_python.base")
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SIZES = {"desk": (1600, 1000), "phone": (390, 844), "small": (360, 740)}
TEXT_PAIRS = [(ink, ground) for ink in ("ink", "muted") for ground in ("paper", "raised", "halo")] + [("ink", "mark")]
SIGN_PAIRS = [("focus", "paper"), ("focus", "land"), ("focus", "raised"), ("ink", "land"), ("muted", "land")]


@pytest.fixture(scope="module")
def written(tmp_path_factory):
    """Give the path of the example's page in a language."""
    folder = tmp_path_factory.mktemp("pages")
    data = json.loads((Path(__file__).parents[1] / "data" / "page_example.json").read_text(encoding="utf-8"))
    under = basemap(first_extent(data))

    def write(language="en"):
        path = folder / f"{language}.html"
        if not path.exists():
            values = {**data, "meta": {**data["meta"], "language": language}}
            path.write_text(render(values, basemap=under), encoding="utf-8")
        return path

    return write


@pytest.fixture
def show(browser, written):
    contexts = []

    def open_page(language="en", *, size="desk", **options):
        width, height = SIZES[size]
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True, **options)
        contexts.append(context)
        tab = context.new_page()
        tab.goto(written(language).as_uri())
        tab.wait_for_selector("#places [data-place]")
        return tab

    yield open_page
    for context in contexts:
        context.close()


def violations(tab):
    tab.evaluate(axe.AXE_SCRIPT)
    found = tab.evaluate(f"axe.run({json.dumps(RULES)})")
    return [(rule["id"], [node["html"][:160] for node in rule["nodes"]]) for rule in found["violations"]]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", SIZES)
def test_axe_finds_nothing_on_the_page(show, size, scheme):
    assert violations(show(size=size, color_scheme=scheme)) == []


@pytest.mark.parametrize("language", ["az", "hy", "ru", "tr", "fr"])
def test_axe_finds_nothing_in_any_language(show, language):
    assert violations(show(language)) == []


@pytest.mark.parametrize("size", ["desk", "small"])
@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_with_a_card_open_nor_in_the_other_panels(show, size, scheme):
    tab = show(size=size, color_scheme=scheme)
    tab.locator('[data-place="kar-0005"]').first.click()
    tab.wait_for_selector("#card-title")
    assert violations(tab) == []
    tab.keyboard.press("Escape")
    for name in ("unplaced", "method"):
        tab.locator(f"#tab-{name}").click()
        assert violations(tab) == []
    tab.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
    assert violations(tab) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_axe_finds_nothing_in_the_dialog(show, scheme):
    tab = show(color_scheme=scheme)
    tab.locator("#take").click()
    assert violations(tab) == []


def palettes():
    """Give the colours of the style sheet, light and dark, by name."""
    text = (ASSETS / "page.css").read_text(encoding="utf-8")
    light, dark = re.findall(r":root[^{]*\{(.*?)\}", text, re.DOTALL)[:2]
    read = [dict(re.findall(r"--([\w-]+): (#[0-9a-f]{6}|rgba\([^)]*\));", block)) for block in (light, dark)]
    return {"light": read[0], "dark": {**read[0], **read[1]}}


def luminance(colour):
    channels = (
        [int(colour[at : at + 2], 16) for at in (1, 3, 5)]
        if colour.startswith("#")
        else [float(part) for part in re.findall(r"[\d.]+", colour)[:3]]
    )
    linear = [
        value / 255 / 12.92 if value / 255 <= 0.03928 else ((value / 255 + 0.055) / 1.055) ** 2.4 for value in channels
    ]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(a, b):
    high, low = sorted((luminance(a), luminance(b)), reverse=True)
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_colours_of_texts_and_signs_stand_out_from_their_grounds(scheme):
    colours = palettes()[scheme]
    too_faint = [
        (ink, ground, round(contrast(colours[ink], colours[ground]), 2))
        for pairs, least in ((TEXT_PAIRS, 4.5), (SIGN_PAIRS, 3))
        for ink, ground in pairs
        if contrast(colours[ink], colours[ground]) < least
    ]
    assert too_faint == []


def said(tab):
    return tab.locator("#announce").inner_text()


def test_arrow_keys_move_between_the_places_of_the_map_and_say_where_they_are(show):
    tab = show()
    tab.locator("#map").focus()
    tab.keyboard.press("ArrowDown")
    first = said(tab)
    assert first
    heard = {first}
    for key in ("ArrowDown", "ArrowDown", "ArrowRight", "ArrowUp", "ArrowUp", "ArrowLeft"):
        tab.keyboard.press(key)
        heard.add(said(tab))
    assert len(heard) >= 4
    assert any("Armenian forces: shelling" in text for text in heard)
    tab.keyboard.press("Enter")
    tab.wait_for_selector("#card-title")
    assert tab.locator("#card-title").inner_text() in said(tab) or said(tab).startswith(
        tab.locator("#card-title").inner_text()
    )
    tab.keyboard.press("Escape")
    assert not tab.locator("#card").is_visible()


def test_the_map_zooms_and_moves_by_keys(show):
    tab = show()
    tab.locator("#map").focus()
    zoom = tab.evaluate("allonym.map.getZoom()")
    tab.keyboard.press("+")
    tab.wait_for_timeout(500)
    assert tab.evaluate("allonym.map.getZoom()") > zoom
    middle = tab.evaluate("allonym.map.getCenter().lng")
    tab.keyboard.press("Shift+ArrowRight")
    tab.wait_for_timeout(500)
    assert tab.evaluate("allonym.map.getCenter().lng") > middle


def test_everything_that_can_be_pressed_is_reached_by_tab_and_shows_its_focus(show):
    tab = show()
    reached = set()
    for _ in range(80):
        tab.keyboard.press("Tab")
        told = tab.evaluate(
            "() => { const at = document.activeElement; const look = getComputedStyle(at);"
            " const beside = at.nextElementSibling ? getComputedStyle(at.nextElementSibling) : look;"
            " return [at.id || at.dataset.place || at.className || at.tagName,"
            " look.outlineStyle !== 'none' || beside.outlineStyle !== 'none' || at === document.body]; }"
        )
        assert told[1], told
        reached.add(told[0])
    assert {"map", "take", "reset", "tab-places", "kar-0005"} - {"reset"} <= reached


def test_the_dialog_takes_the_focus_and_escape_gives_it_back(show):
    tab = show()
    tab.locator("#take").focus()
    tab.keyboard.press("Enter")
    assert tab.locator("#takeaway").is_visible()
    assert tab.evaluate("document.activeElement.closest('dialog') !== null")
    tab.keyboard.press("Escape")
    assert not tab.locator("#takeaway").is_visible()
    assert tab.evaluate("document.activeElement.id") == "take"


def test_what_a_filter_leaves_is_said_by_a_live_region(show):
    tab = show()
    status = tab.locator("#status")
    assert status.get_attribute("role") == "status"
    before = status.inner_text()
    tab.locator("#parties .toggle").first.click()
    assert status.inner_text() != before


@pytest.mark.parametrize("size", ["phone", "small"])
def test_targets_on_a_phone_are_large_enough_and_nothing_lies_beside_the_screen(show, size):
    tab = show(size=size, has_touch=True)
    tab.locator("#key-title").click()
    small = tab.evaluate(
        "() => Array.from(document.querySelectorAll('button, summary, [role=tab]')).filter((each) => each.offsetParent)"
        ".map((each) => [each.id || each.className || each.textContent, each.getBoundingClientRect()])"
        ".filter(([, box]) => box.width && Math.min(box.height, box.width) < 24).map(([name]) => name)"
    )
    assert small == []
    assert tab.evaluate("document.documentElement.scrollWidth") <= SIZES[size][0]
    assert tab.locator("#sheet-handle").bounding_box()["height"] >= 44


def test_the_sheet_is_raised_and_lowered_by_drag_by_keys_and_by_a_tap(show):
    tab = show(size="phone", has_touch=True)
    handle = tab.locator("#sheet-handle")
    height = lambda: tab.locator(".panel").bounding_box()["height"]  # noqa: E731
    half = height()
    box = handle.bounding_box()
    tab.mouse.move(200, box["y"] + 20)
    tab.mouse.down()
    for y in range(int(box["y"]), 250, -40):
        tab.mouse.move(200, y)
        tab.wait_for_timeout(20)
    tab.wait_for_timeout(120)
    tab.mouse.move(200, 252)
    tab.mouse.up()
    tab.wait_for_timeout(100)
    assert height() > half * 1.4
    assert handle.get_attribute("aria-expanded") == "true"
    handle.focus()
    tab.keyboard.press("ArrowDown")
    assert abs(height() - half) < 3
    tab.keyboard.press("ArrowDown")
    assert height() < half / 3
    tab.keyboard.press("ArrowUp")
    handle.click()
    assert height() > half * 1.4


def test_letters_twice_as_large_still_leave_a_map_and_a_list(browser, written):
    context = browser.new_context(viewport={"width": 800, "height": 500}, device_scale_factor=2, offline=True)
    tab = context.new_page()
    tab.goto(written().as_uri())
    tab.wait_for_selector("#places [data-place]")
    assert tab.evaluate("document.documentElement.scrollWidth") <= 800
    assert tab.locator("#map").bounding_box()["height"] > 150
    assert tab.locator("#scroll").bounding_box()["height"] > 100
    context.close()


def test_nothing_moves_for_those_who_asked_for_less_motion(show):
    tab = show(reduced_motion="reduce")
    assert tab.evaluate("allonym.map.options.zoomAnimation") is False
    assert tab.evaluate("getComputedStyle(document.querySelector('.toggle')).transitionDuration") in ("0s", "")


def test_without_scripts_the_map_is_told_as_text(browser, written):
    context = browser.new_context(java_script_enabled=False, offline=True)
    tab = context.new_page()
    tab.goto(written().as_uri())
    text = tab.locator("#cover").inner_text()
    assert "Khojavend" in text
    assert "Azerbaijan's defence ministry: combat" in text
    assert not tab.locator("#map").is_visible()
    context.close()


@pytest.mark.parametrize(
    ("language", "day"), [("az", "1 noy 2020"), ("hy", "1 նոյ 2020"), ("ru", "1 нояб. 2020 г."), ("en", "1 Nov 2020")]
)
def test_dates_are_told_in_the_pages_language_even_where_the_browser_lacks_it(show, language, day):
    tab = show(language)
    tab.locator('[data-place="kar-0005"]').first.click()
    tab.wait_for_selector("#card-title")
    assert day in tab.locator("#card time").first.inner_text()
