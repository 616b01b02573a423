"""What a reader takes away: files of the shown data, a picture, code for another page; under the page's own policy."""

from __future__ import annotations

import csv
import io
import json
import struct
from pathlib import Path

import pytest

from geo.maps import render
from geo.maps.basemap import basemap
from geo.maps.bundle import ASSETS
from geo.maps.extent import first_extent

pytestmark = pytest.mark.browser

FORMULAS = [
    "=1+1",
    "+1",
    "-1",
    "@SUM(A1)",
    "\t=1",
    "\r=1",
    '=HYPERLINK("http://x")',
    "＝1",
    'plain, with "quotes"\nand a line',
]


@pytest.fixture
def example(page_example):
    return page_example


@pytest.fixture
def show(browser, tmp_path):
    contexts = []

    def open_page(data, **options):
        path = tmp_path / f"page{len(contexts)}.html"
        path.write_text(render(data, basemap=basemap(first_extent(data))), encoding="utf-8")
        context = browser.new_context(viewport={"width": 1200, "height": 1100}, offline=True, **options)
        contexts.append(context)
        tab = context.new_page()
        tab.errors = []
        tab.on("console", lambda message: tab.errors.append(message.text) if message.type == "error" else None)
        tab.on("pageerror", lambda error: tab.errors.append(str(error)))
        tab.goto(path.as_uri())
        tab.wait_for_selector("#places [data-place]")
        return tab

    yield open_page
    for context in contexts:
        context.close()


def taken(tab, what, tmp_path):
    """Give the name and the bytes of a file that the page hands over."""
    if not tab.locator("#takeaway").is_visible():
        tab.locator("#take").click()
    with tab.expect_download() as waiting:
        tab.locator(f"#take-{what}").click()
    path = tmp_path / f"taken.{what}"
    waiting.value.save_as(path)
    return waiting.value.suggested_filename, path.read_bytes()


def rows_of(content):
    return list(csv.DictReader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_geojson_and_csv_hold_one_row_for_each_shown_mention(show, example, tmp_path):
    tab = show(example)
    name, content = taken(tab, "geojson", tmp_path)
    assert name == "Reported-fighting-in-Karabakh-1-and-2-November-2020.geojson"
    features = json.loads(content)["features"]
    _, content = taken(tab, "csv", tmp_path)
    rows = rows_of(content)
    shown = tab.evaluate("allonym.counts().mentions")
    assert len(features) == len(rows) == shown
    (first,) = [row for row in rows if row["place"] == "kar-0005" and row["printed"] == "Khojavend"]
    assert first["claimants"] == "Azerbaijan's defence ministry"
    assert first["date"] == "2020-11-01"
    assert float(first["lat"]) == pytest.approx(39.7953)
    (feature,) = [f for f in features if f["properties"]["printed"] == "Khojavend"]
    assert feature["geometry"] == {"type": "Point", "coordinates": [47.1131, 39.7953]}
    assert feature["properties"]["events"] == ["combat"]
    assert tab.errors == []


def test_files_hold_what_the_filters_leave(show, example, tmp_path):
    tab = show(example)
    tab.locator("#parties .toggle", has_text="Armenian forces").click()
    rows = rows_of(taken(tab, "csv", tmp_path)[1])
    assert rows
    assert all(row["claimants"] != "Armenian forces" for row in rows)
    assert len(rows) == tab.evaluate("allonym.counts().mentions")


def test_no_cell_is_a_formula_and_no_text_is_lost(show, example, tmp_path):
    for mention, text in zip(example["mentions"], FORMULAS, strict=False):
        mention["text"] = text
    tab = show(example)
    content = taken(tab, "csv", tmp_path)[1]
    rows = rows_of(content)
    printed = {row["printed"] for row in rows}
    for text in printed:
        assert not text.startswith(("=", "+", "-", "@", "\t", "\r", "＝"))
    placed = {m["text"] for m in example["mentions"] if m.get("place") is not None and m["text"] in FORMULAS}
    assert placed
    assert {text if text.startswith("plain") else f"'{text}" for text in placed} & printed
    assert all(len(row) == len(rows[0]) for row in rows)


def test_the_picture_has_the_view_twice_as_fine_with_title_and_sources(show, example, tmp_path):
    tab = show(example)
    name, content = taken(tab, "png", tmp_path)
    assert name.endswith(".png")
    assert content.startswith(b"\x89PNG")
    width, height = struct.unpack(">II", content[16:24])
    stage = tab.locator("#map").bounding_box()
    assert width == 2 * round(stage["width"])
    assert height > 2 * stage["height"] + 100
    assert len(content) > 50_000
    spots = tab.evaluate("allonym.labels().length")
    tab.keyboard.press("Escape")
    assert spots >= 6  # the page's own view is painted again
    assert tab.errors == []


def test_a_picture_in_the_dark_is_dark(show, example, tmp_path):
    tab = show(example, color_scheme="dark")
    assert taken(tab, "png", tmp_path)[1].startswith(b"\x89PNG")
    assert tab.errors == []


def test_the_code_for_another_page_frames_this_one_and_makes_it_as_high_as_it_wants(show, example, browser, tmp_path):
    tab = show(example)
    tab.locator("#take").click()
    code = tab.locator("#embed-code").input_value()
    assert code.startswith('<iframe src="https://example.org/Reported-fighting')
    assert (ASSETS / "embed.js").read_text(encoding="utf-8").strip() in code
    page = Path(tab.evaluate("decodeURIComponent(location.pathname)"))
    host = tmp_path / "host.html"
    src = code.split('src="')[1].split('"')[0]
    host.write_text(f"<!DOCTYPE html><body>{code.replace(src, page.as_uri())}", encoding="utf-8")
    context = browser.new_context(viewport={"width": 1200, "height": 800}, offline=True)
    framing = context.new_page()
    framing.goto(host.as_uri())
    framing.wait_for_timeout(900)
    height = framing.locator("iframe").bounding_box()["height"]
    assert 690 < height < 720  # three fifths of the width
    framing.set_viewport_size({"width": 390, "height": 800})
    framing.wait_for_timeout(500)
    assert framing.locator("iframe").bounding_box()["height"] >= 760
    context.close()


def test_a_message_of_another_frame_changes_nothing(browser, tmp_path):
    script = (ASSETS / "embed.js").read_text(encoding="utf-8")
    host = tmp_path / "host.html"
    host.write_text(
        f"<!DOCTYPE html><iframe data-allonym height=300></iframe><script>{script}</script>"
        "<script>window.postMessage({allonym: 'height', height: 900}, '*')</script>",
        encoding="utf-8",
    )
    context = browser.new_context(offline=True)
    tab = context.new_page()
    tab.goto(host.as_uri())
    tab.wait_for_timeout(200)
    assert tab.locator("iframe").bounding_box()["height"] < 400
    context.close()
