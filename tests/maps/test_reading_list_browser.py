"""The list of reports and the view of one report, tied to the map, in a real browser with the network off."""

from __future__ import annotations

import pytest
from waiting import until

pytestmark = pytest.mark.browser

FULL = (
    "Azerbaijan's defence ministry said that combat went on in Aghdara, Aghdam and Khojavend.\n\n"
    "𝔊 The wire named Oldbridge as well."
)


def listed(tab, order="place"):
    """Open the list of reports in an order and give its rows."""
    tab.locator("#tab-texts").click()
    tab.locator(f'#text-orders input[value="{order}"]').check(force=True)
    rows = tab.locator("#texts [data-mention]")
    until(tab, lambda: rows.count() > 0)
    tab.wait_for_timeout(100)
    return rows


def headings(tab):
    return tab.locator("#texts .text-head").all_inner_texts()


def only(data, words):
    """Filter by words, and wait for the answer."""
    data.locator("#text-filter").fill(words)
    until(data, lambda: "contain these words" in data.locator("#text-found").inner_text())


def test_the_list_goes_by_place_by_date_and_by_report(opened, page_example):
    tab = opened(page_example)
    rows = listed(tab)
    assert rows.count() == int(rows.first.get_attribute("aria-setsize"))
    assert headings(tab)[:2] == ["Aghdara / Мартакерт", "Aghdam"]
    listed(tab, "date")
    assert tab.locator("#texts .text-head time").all_inner_texts() == ["1 Nov 2020", "2 Nov 2020"]
    listed(tab, "report")
    assert tab.locator("#texts h3").all_inner_texts() == [
        "Shelling reported along the line",
        "Армянская сторона сообщает об обстрелах",
    ]


def test_a_row_quotes_the_sentence_with_its_mention_marked(opened, page_example):
    tab = opened(page_example)
    row = listed(tab).first
    assert row.locator("mark").inner_text() == "Aghdara"
    assert "According to Azerbaijan's defence ministry: combat" in row.inner_text()
    assert "Example Wire" in row.inner_text()


def test_a_row_that_is_looked_at_is_pointed_out_on_the_map(opened, page_example):
    tab = opened(page_example)
    rows = listed(tab)
    tab.locator("h1").hover()
    tab.wait_for_timeout(300)
    spot = tab.evaluate("id => window.allonym.position(id)", "kar-0001")
    box = {"x": spot["x"] - 30, "y": spot["y"] - 20, "width": 60, "height": 40}
    before = tab.screenshot(clip=box)
    rows.first.hover()
    until(tab, lambda: tab.screenshot(clip=box) != before)
    tab.locator("h1").hover()
    until(tab, lambda: tab.screenshot(clip=box) == before)
    rows.first.focus()
    until(tab, lambda: tab.screenshot(clip=box) != before)


def test_a_marker_that_is_chosen_brings_its_rows_into_view(opened, page_example):
    tab = opened(page_example, height=800)
    rows = listed(tab)
    spot = tab.evaluate("id => window.allonym.position(id)", "kar-0011")
    tab.mouse.click(spot["x"], spot["y"])
    until(tab, lambda: tab.locator("#texts [aria-current=true]").count() > 0)
    chosen = tab.locator("#texts [aria-current=true]").first
    assert "Карин-Так" in chosen.inner_text()
    until(tab, lambda: chosen.evaluate("node => node.getBoundingClientRect().top < innerHeight"))
    assert rows.count() > 1
    assert tab.locator("#tab-texts").get_attribute("aria-selected") == "true"


def test_the_name_over_a_row_opens_its_place(opened, page_example):
    tab = opened(page_example)
    listed(tab)
    tab.locator('#texts [data-goto="kar-0005"]').first.click()
    until(tab, lambda: tab.locator("#card").is_visible())
    assert tab.locator("#card-title").inner_text() == "Khojavend / Martuni"


def test_words_filter_rows_and_map_alike(opened, page_example):
    tab = opened(page_example)
    listed(tab)
    only(tab, "COMBAT aghdara")
    quotes = tab.locator("#texts blockquote").all_inner_texts()
    assert quotes
    assert all("combat" in quote and "Aghdara" in quote for quote in quotes)
    assert int(tab.locator("body").get_attribute("data-shown")) < 7
    only(tab, "армянскои")  # accents and breves do not matter
    assert all("армянской" in quote for quote in tab.locator("#texts blockquote").all_inner_texts())
    only(tab, "nowhere to be read")
    assert tab.locator("#texts-none").is_visible()
    assert tab.locator("body").get_attribute("data-shown") == "0"
    tab.locator("#text-filter").fill("")
    until(tab, lambda: tab.locator("body").get_attribute("data-shown") == "7")


def test_the_words_stand_in_the_address_and_come_back_with_it(opened, page_example):
    tab = opened(page_example)
    listed(tab)
    only(tab, "combat")
    until(tab, lambda: "text=combat" in tab.url)
    shown = tab.locator("body").get_attribute("data-shown")
    assert tab.evaluate("window.allonym.state().text") == "combat"
    tab.reload()
    tab.requests.pop()
    until(tab, lambda: tab.locator("body").get_attribute("data-shown") == shown)
    assert tab.locator("#text-filter").input_value() == "combat"


def test_a_report_opens_whole_with_all_its_mentions_marked(opened, page_example):
    page_example["reports"][0]["text"] = FULL
    for mention in page_example["mentions"]:
        found = FULL.find(mention["text"]) if mention["report"] == 0 else -1
        if found >= 0:
            mention |= {"start": found, "end": found + len(mention["text"])}
        elif mention["report"] == 0:
            mention |= {"start": 900, "end": 901}  # beyond the text: left out
    tab = opened(page_example)
    listed(tab).first.locator("button", has_text="Open the report").click()
    reader = tab.locator("#reader")
    until(tab, lambda: reader.locator("p").count() > 2)
    assert reader.locator("h2").inner_text() == "Shelling reported along the line"
    assert tab.evaluate("document.activeElement.tagName") == "H2"
    assert reader.locator(".place-mark").all_inner_texts()[:2] == ["Aghdara", "Aghdam"]
    assert "Oldbridge" in reader.locator("mark.unplaced").all_inner_texts()
    assert reader.locator(".report-text p").count() == 2
    box = reader.locator(".place-mark").first.bounding_box()
    assert box["width"] > 1.5 * box["height"]  # a word on its line
    reader.locator(".place-mark", has_text="Aghdam").focus()
    scrolled = tab.evaluate("document.querySelector('#scroll').scrollTop")
    tab.keyboard.press("Enter")
    until(tab, lambda: tab.locator("#card").is_visible())
    assert tab.locator("#card-title").inner_text() == "Aghdam"
    assert tab.evaluate("document.querySelector('#scroll').scrollTop") == scrolled
    tab.keyboard.press("Escape")
    tab.keyboard.press("Escape")
    assert not reader.is_visible()
    assert tab.locator("#texts").is_visible()


def test_without_its_text_a_report_is_read_in_the_sentences_that_are_quoted(opened, page_example):
    tab = opened(page_example)
    listed(tab).first.locator("button", has_text="Open the report").click()
    until(tab, lambda: tab.locator("#reader .extract").count() > 0)
    first = tab.locator("#reader .extract").first
    assert first.locator(".place-mark").count() >= 3


def test_the_card_leads_to_the_report_and_to_the_mention_in_it(opened, page_example):
    tab = opened(page_example)
    tab.locator('#places [data-place="kar-0005"]').click()
    until(tab, lambda: tab.locator("#card").is_visible())
    tab.locator("#card button", has_text="Open the report").first.click()
    until(tab, lambda: tab.locator("#reader .place-mark.current").count() == 1)
    assert tab.locator("#reader .place-mark.current").inner_text() == "Khojavend"


def test_a_long_list_stands_in_the_page_in_stretches(opened, page_example):
    first = page_example["mentions"][0]
    extra = [{**first, "quote": f"Report number {number}.", "quote_start": 0, "quote_end": 6} for number in range(2000)]
    page_example["places"][0]["mentions"] += range(
        len(page_example["mentions"]), len(page_example["mentions"]) + len(extra)
    )
    page_example["mentions"] += extra
    tab = opened(page_example)
    rows = listed(tab)
    assert int(rows.first.get_attribute("aria-setsize")) > 2000
    seen = set()
    for _ in range(60):
        seen |= set(rows.evaluate_all("nodes => nodes.map((node) => node.getAttribute('aria-posinset'))"))
        assert rows.count() <= 96
        tab.evaluate("document.querySelector('#scroll').scrollTop += 1500")
        tab.wait_for_timeout(30)
    assert len(seen) > 300
    only(tab, "number 1999")
    assert rows.count() == 1


def test_rows_are_reached_by_keyboard_alone(opened, page_example):
    tab = opened(page_example)
    rows = listed(tab)
    rows.first.focus()
    tab.keyboard.press("ArrowDown")
    assert tab.evaluate("document.activeElement.getAttribute('aria-posinset')") == "2"
    tab.keyboard.press("PageUp")
    tab.keyboard.press("Enter")
    until(tab, lambda: tab.locator("#card").is_visible())
    assert tab.locator("#card-title").inner_text() == "Aghdara / Мартакерт"


@pytest.mark.parametrize("flagged", ["mention", "report"])
def test_flagged_material_is_in_no_view_before_it_is_asked_for(opened, page_example, flagged):
    (page_example["mentions"][0] if flagged == "mention" else page_example["reports"][0])["flags"] = ["graphic"]
    page_example["mentions"][0]["quote"] = "Unbearable words on Aghdara."
    page_example["mentions"][0] |= {"quote_start": 20, "quote_end": 27}
    tab = opened(page_example)
    row = listed(tab).first
    assert "Unbearable" not in tab.locator("body").inner_text()
    assert "Covered: graphic" in row.inner_text()
    tab.locator('#texts [data-goto="kar-0001"]').first.click()
    until(tab, lambda: tab.locator("#card").is_visible())
    assert "Unbearable" not in tab.locator("body").inner_text()
    row.locator("button", has_text="Open the report").click()
    until(tab, lambda: tab.locator("#reader h2").count() == 1)
    assert "Unbearable" not in tab.locator("body").inner_text()
    tab.locator("#reader button", has_text="Show").click()
    until(tab, lambda: "Unbearable words on Aghdara." in tab.locator("#reader").inner_text())
    assert "Unbearable" not in tab.locator("#card").inner_text()
    tab.locator("#card button[aria-expanded=false]").first.click()
    until(tab, lambda: "Unbearable" in tab.locator("#card").inner_text())
    tab.locator("#tab-method").click()
    assert "graphic" in tab.locator("#method").inner_text()


def test_an_address_is_text_and_opens_when_asked(opened, page_example):
    page_example["reports"][0]["url"] = "https://example.org/a"
    page_example["reports"][1]["url"] = "javascript:window.pwned=1"
    tab = opened(page_example)
    row = listed(tab, "report").first
    assert row.locator(".url").inner_text() == "https://example.org/a"
    opener = row.locator("a.open-link")
    assert opener.get_attribute("href") == "https://example.org/a"
    assert opener.get_attribute("rel") == "noopener noreferrer"
    assert tab.locator("#texts a").count() == 1


def test_pictures_lie_in_the_data_and_show_when_asked_or_are_addresses(opened, page_example):
    dot = "data:image/gif;base64,R0lGODlhAQABAIAAAAAAAP///ywAAAAAAQABAAACAUwAOw=="
    page_example["mentions"][0]["image"] = dot
    page_example["mentions"][1]["image"] = "https://example.org/far.png"
    tab = opened(page_example)
    rows = listed(tab)
    assert tab.locator("#texts img").count() == 0
    rows.first.locator("button", has_text="Show the picture").click()
    assert rows.first.locator("img").get_attribute("src") == dot
    assert "https://example.org/far.png" in tab.locator("#texts").inner_text()


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("size", [(360, 740), (1024, 700)])
def test_nothing_of_list_and_report_overflows_sideways(opened, page_example, size, scheme):
    page_example["reports"][0]["url"] = "https://example.org/" + "long" * 60
    page_example["mentions"][1]["flags"] = ["graphic", "unverified"]
    tab = opened(page_example, width=size[0], height=size[1], color_scheme=scheme)
    rows = listed(tab)
    inside = "document.querySelector('#scroll').scrollWidth <= document.querySelector('#scroll').clientWidth"
    assert tab.evaluate(inside)
    rows.first.locator("button", has_text="Open the report").click()
    until(tab, lambda: tab.locator("#reader h2").count() == 1)
    assert tab.evaluate(inside)
