"""The view in the address: a link opens the same view, back takes a choice back, nonsense changes nothing."""

from __future__ import annotations

import pytest
from waiting import until

from geo.maps import render

pytestmark = pytest.mark.browser


@pytest.fixture
def values(told):
    return told([
        {"at": "A", "date": "2020-10-01", "claimants": ["az-mod"], "events": ["shelling"]},
        {"at": "B", "date": "2020-10-03", "claimants": ["am-mod"], "events": ["combat"]},
        {"at": "C", "date": "2020-10-05", "claimants": ["un", "az-mod"], "events": ["air, strike"]},
        {"at": "D"},
    ])  # fmt: skip


def address(tab):
    return tab.evaluate("location.hash")


def only(tab, text):
    tab.locator(f'[aria-label="Only: {text}"]').dispatch_event("click")


def test_a_fresh_page_has_a_plain_address(visit, values):
    tab = visit(values)
    tab.locator("#places [data-place]").first.wait_for()
    tab.wait_for_timeout(600)
    assert address(tab) == ""


def test_choices_stand_in_the_address_in_words(visit, values):
    tab = visit(values)
    only(tab, "az-mod")
    until(tab, lambda: address(tab) == "#claimants=az-mod")
    tab.evaluate("window.allonym.map.setView([40.2, 46.5], 8, {animate: false})")
    until(tab, lambda: address(tab) == "#map=8/40.200/46.500&claimants=az-mod")
    tab.get_by_role("slider", name="To").focus()
    tab.keyboard.press("ArrowLeft")
    until(tab, lambda: address(tab) == "#map=8/40.200/46.500&to=2020-10-04&claimants=az-mod")
    tab.locator('[data-place="A"]').click()
    until(tab, lambda: address(tab).endswith("&open=A"))


LINK = "#map=8/40.200/46.500&from=2020-10-03&to=2020-10&undated=yes&colour=events&claimants=!un,am-mod&events=~,combat,air%2C%20strike&layers=site&open=C&tab=method"  # noqa: E501


def test_a_link_opens_the_same_view(visit, values):
    tab = visit(values, address=LINK)
    tab.locator("#card-title").wait_for()
    assert tab.locator("#tab-method").get_attribute("aria-selected") == "true"
    assert tab.evaluate("window.allonym.state()") == {
        "switched": {"parties": ["am-mod", "un"], "events": ["shelling"], "roles": ["reference", "setting", "mentioned", ""]},
        "from": tab.evaluate("Date.UTC(2020, 9, 3) / 60000"),
        "to": tab.evaluate("Date.UTC(2020, 10, 1) / 60000 - 1"),
        "undated": True, "colour": "events", "open": "C",
    }  # fmt: skip
    center = tab.evaluate(
        "[window.allonym.map.getCenter().lat, window.allonym.map.getCenter().lng, window.allonym.map.getZoom()]"
    )
    assert center == pytest.approx([40.2, 46.5, 8], abs=0.01)


def test_what_a_page_writes_opens_the_same_view_again(visit, values):
    first = visit(values)
    only(first, "combat")
    first.get_by_role("slider", name="From").focus()
    first.keyboard.press("ArrowRight")
    first.locator("#colour-by input[value=events]").check(force=True)
    first.locator('[data-place="B"]').click()
    until(first, lambda: "open=B" in address(first) and "map=" in address(first))
    first.wait_for_timeout(400)
    again = visit(values, address=address(first))
    again.locator("#card-title").wait_for()
    assert again.evaluate("window.allonym.state()") == first.evaluate("window.allonym.state()")
    again.wait_for_timeout(500)
    assert address(again) == address(first)


def test_back_and_forward_take_choices_back_and_forth(visit, values, shown):
    tab = visit(values)
    only(tab, "un")
    until(tab, lambda: address(tab) == "#claimants=un")
    only(tab, "combat")
    until(tab, lambda: "events=combat" in address(tab))
    assert shown(tab) == []
    tab.go_back()
    until(tab, lambda: shown(tab) == ["C"])
    tab.go_back()
    until(tab, lambda: len(shown(tab)) == 4)
    tab.go_forward()
    until(tab, lambda: shown(tab) == ["C"])


def test_moving_the_map_is_no_step_back(visit, values, shown):
    tab = visit(values)
    only(tab, "un")
    until(tab, lambda: address(tab) == "#claimants=un")
    before = tab.evaluate("history.length")
    for lat in (39, 40, 41):
        tab.evaluate("lat => window.allonym.map.setView([lat, 46], 7, {animate: false})", lat)
        tab.wait_for_timeout(350)
    assert "map=7/" in address(tab)
    assert tab.evaluate("history.length") == before
    tab.go_back()
    until(tab, lambda: len(shown(tab)) == 4)


def test_an_address_typed_into_an_open_page_is_followed(visit, values, shown):
    tab = visit(values)
    tab.evaluate("location.hash = '#claimants=am-mod'")
    until(tab, lambda: shown(tab) == ["B"])


def test_the_link_to_the_list_changes_no_filter(visit, values, shown):
    tab = visit(values, address="#claimants=un")
    until(tab, lambda: shown(tab) == ["C"])
    tab.evaluate("document.querySelector('.skip').click()")
    tab.wait_for_timeout(300)
    assert shown(tab) == ["C"]


@pytest.mark.parametrize(
    "nonsense",
    [
        "#claimants=nobody&events=&outlets=,,,&flags=~~&layers=!moon",
        "#map=999/91/9999&from=2020-13-40&to=soon&open=nowhere&tab=card&names=xx&colour=red&areas=perhaps",
        "#map=7/NaN/Infinity&from=2020-10-05&to=2020-10-01",
        "#from=9999-01-01",
        "#%E0%A4%A=%E0%A4%A&open=%E0%A4%A&claimants=%FF",
        "#__proto__=1&constructor=2&open=__proto__&claimants=__proto__,constructor&tab=__proto__&names=__proto__&areas=constructor",
        '#open=<img src=x onerror=window.pwned=1>&tab="]);window.pwned=1//&names=javascript:window.pwned=1',
        "#claimants=" + "a," * 60_000,
        "#====&&&&=&#&#open",
    ],
)  # fmt: skip
def test_nonsense_in_the_address_changes_nothing(visit, values, nonsense, shown):
    tab = visit(values, address=nonsense)
    until(tab, lambda: len(shown(tab)) == 4)
    assert tab.evaluate("window.allonym.state()") == {}
    assert tab.evaluate("window.pwned") is None
    assert not tab.locator("#card").is_visible()


def test_a_page_in_a_frame_that_has_no_address_works_all_the_same(values, browser, tmp_path):
    outer = tmp_path / "outer.html"
    outer.write_text("<!doctype html><iframe width=1200 height=800></iframe>", encoding="utf-8")
    tab = browser.new_page()
    errors = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.goto(outer.as_uri())
    tab.evaluate("html => { document.querySelector('iframe').srcdoc = html; }", render(values))
    frame = tab.frame_locator("iframe")
    frame.get_by_role("button", name="Only: un", exact=True).dispatch_event("click")
    tab.wait_for_timeout(600)
    assert frame.locator("#places [data-place]:visible").count() == 1
    assert errors == []
    tab.close()
