"""The page in a real browser, with the network off."""

from __future__ import annotations

import json
from pathlib import Path

import folium
import pytest
from jinja2 import Environment, Template
from waiting import until

from geo.maps import Map, page, render
from geo.maps.basemap import basemap
from geo.maps.extent import first_extent

PROBES = (Path(__file__).parent / "probes.js").read_text(encoding="utf-8").strip().rstrip(";")

pytestmark = pytest.mark.browser

HOSTILE = [
    "<script>window.pwned=1</script>",
    '"><img src=x onerror="window.pwned=1">',
    "</script><script>window.pwned=1</script>",
    "<!--<script>window.pwned=1</script>",
    "${window.pwned=1}",
    "`;window.pwned=1;//",
    "'+(window.pwned=1)+'",
    "\u2028window.pwned=1\u2029",
    "javascript:window.pwned=1",
    "<svg/onload=window.pwned=1>",
    "<iframe srcdoc='<script>parent.pwned=1</script>'>",
    "{{constructor.constructor('window.pwned=1')()}}",
    "\u202eevil\u202c",
]


@pytest.fixture(scope="module")
def drawn():
    data = json.loads((Path(__file__).parents[1] / "data" / "page_example.json").read_text(encoding="utf-8"))
    return render(data, basemap=basemap(first_extent(data)))


@pytest.fixture
def show(browser, tmp_path):
    """Open a page's text from a file with the network off; afterwards nothing may have been asked for or gone wrong."""
    opened = []

    def open_page(text, *, width=1600, height=1000, expect_errors=False, **options):
        path = tmp_path / f"page{len(opened)}.html"
        path.write_text(text, encoding="utf-8")
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True, **options)
        tab = context.new_page()
        tab.errors, tab.requests = [], []
        tab.on("console", lambda message: tab.errors.append(message.text) if is_trouble(message) else None)
        tab.on("pageerror", lambda error: tab.errors.append(str(error)))
        tab.on("request", lambda request: tab.requests.append(request))  # noqa: PLW0108 - playwright takes no built-in
        opened.append((context, tab, path, expect_errors))
        tab.goto(path.as_uri())
        return tab

    yield open_page
    for context, tab, path, expect_errors in opened:
        made = [
            request.url for request in tab.requests if not request.url.startswith("data:") and request.failure != "csp"
        ]
        context.close()
        assert made == [path.as_uri()]
        assert expect_errors or tab.errors == []


def is_trouble(message):
    return (
        message.type in {"error", "warning"} and "willReadFrequently" not in message.text
    )  # the tests read the canvas back


def probe(tab, name, argument=None):
    return tab.evaluate(f"(argument) => {PROBES}.{name}(argument)", argument)


def place(tab, identity):
    return tab.locator(f'#places [data-place="{identity}"]')


def switch(tab, name):
    return tab.locator("#key .toggle", has_text=name)


def click_marker(tab, identity):
    spot = tab.evaluate("id => window.allonym.position(id)", identity)
    tab.mouse.click(spot["x"], spot["y"])


def settled(tab):
    tab.wait_for_timeout(900)


def test_the_page_opens_with_no_request_and_no_error_and_shows_its_places(show, drawn):
    tab = show(drawn)
    assert tab.title() == "Reported fighting in Karabakh, 1 and 2 November 2020"
    assert tab.locator("body").get_attribute("data-records") == "8"
    assert tab.locator("body").get_attribute("data-shown") == "7"
    assert tab.locator("[data-place]").count() == 8
    assert tab.locator("[data-place]:visible").count() == 7
    assert tab.locator("#status").inner_text() == "7 of 8 places shown"
    assert "Leaflet" not in tab.locator("main").inner_text()


def test_markers_are_drawn_where_their_places_are(show, drawn):
    tab = show(drawn)
    spot = tab.evaluate("id => window.allonym.position(id)", "kar-0002")
    colours = probe(tab, "colours", spot)
    assert {"d55e00", "009e73", "0072b2"} <= set(colours)  # all three claimants in one marker


def test_labels_do_not_overlap(show, drawn):
    for names in ("printed", "az", "hy", "ru", "en", "all"):
        tab = show(drawn)
        tab.locator(f'#names input[value="{names}"]').check(force=True)
        boxes = tab.evaluate("window.allonym.labels().map((label) => label.box)")
        assert len(boxes) >= 6
        for n, a in enumerate(boxes):
            for b in boxes[n + 1 :]:
                assert a[2] <= b[0] or b[2] <= a[0] or a[3] <= b[1] or b[3] <= a[1]


def test_a_click_on_a_marker_opens_its_card_and_marks_its_list_item(show, drawn):
    tab = show(drawn)
    click_marker(tab, "kar-0005")
    card = tab.locator("#card")
    assert card.is_visible()
    assert tab.locator("#card-title").inner_text() == "Khojavend / Martuni"
    text = card.inner_text()
    for told in (
        "Xocavənd",
        "Մարտունի",
        "Ходжавенд",
        "De-facto authorities in Stepanakert",
        "1925 to 2023",
        "According to Azerbaijan's defence ministry: combat",
        "According to Armenian forces: missile strike",
        "missiles had been fired",
        "within about 4 km",
        "very likely (0.91)",
        "2.6 km away",
        "0.06",
        "159 km",
    ):
        assert told in text
    assert tab.locator("#card mark").all_inner_texts() == ["Khojavend", "Martuni"]
    assert place(tab, "kar-0005").get_attribute("aria-current") == "true"
    tab.keyboard.press("Escape")
    assert not card.is_visible()


def test_a_click_beside_the_markers_closes_the_card(show, drawn):
    tab = show(drawn)
    click_marker(tab, "kar-0005")
    spot = tab.evaluate("id => window.allonym.position(id)", "kar-0001")
    tab.mouse.click(spot["x"], spot["y"] - 150)
    assert not tab.locator("#card").is_visible()


def test_a_click_in_the_list_flies_to_the_place(show, drawn):
    tab = show(drawn)
    before = tab.evaluate("id => window.allonym.position(id)", "kar-0004")
    place(tab, "kar-0004").click()
    settled(tab)
    after = tab.evaluate("id => window.allonym.position(id)", "kar-0004")
    card = tab.locator("#card").bounding_box()
    assert after != before
    assert 400 < after["x"] < card["x"]
    assert 0 < after["y"] < 1000


def test_filters_keep_the_counts_true(show, drawn):
    tab = show(drawn)
    shown = lambda: (tab.locator("body").get_attribute("data-shown"), str(tab.locator("[data-place]:visible").count()))  # noqa: E731
    button = switch(tab, "Armenian forces")
    button.click()
    assert button.get_attribute("aria-pressed") == "false"
    assert shown() == ("5", "5")  # Shushi and Karin-Tak are claimed by nobody else
    switch(tab, "Actors").click()
    assert shown() == ("6", "6")
    switch(tab, "Sites of reported events").click()
    assert shown() == ("3", "3")
    assert tab.locator("#status").inner_text() == "3 of 8 places shown"
    switch(tab, "No claim by anybody").click()
    assert shown() == ("0", "0")
    assert "No place is shown under these filters." in tab.locator("#empty").inner_text()
    tab.get_by_role("button", name="Back to the first view").click()
    assert shown() == ("7", "7")


def test_a_claimant_that_is_switched_off_leaves_the_split_markers(show, drawn):
    tab = show(drawn)
    spot = tab.evaluate("id => window.allonym.position(id)", "kar-0002")
    switch(tab, "De-facto authorities").click()
    left = set(probe(tab, "colours", spot))
    assert "009e73" not in left
    assert {"d55e00", "0072b2"} <= left


def test_a_filtered_place_cannot_be_clicked_and_its_open_card_closes(show, drawn):
    tab = show(drawn)
    spot = tab.evaluate("id => window.allonym.position(id)", "kar-0011")
    tab.mouse.click(spot["x"], spot["y"])
    assert tab.locator("#card-title").inner_text() == "Карин-Так"
    switch(tab, "Armenian forces").click()
    assert not tab.locator("#card").is_visible()


@pytest.mark.parametrize(
    ("choice", "label"),
    [
        ("Azerbaijani", "Xocavənd"),
        ("Armenian", "Մարտունի"),
        ("Russian", "Мартуни"),
        ("English", "Khojavend / Martuni"),
        ("All", "Xocavənd / Մարտունի / Мартуни / Khojavend / Martuni"),
    ],
)
def test_one_control_switches_all_labels(show, drawn, choice, label):
    tab = show(drawn)
    tab.get_by_role("radio", name=choice, exact=True).check(force=True)
    assert place(tab, "kar-0005").locator("strong").inner_text() == label
    assert label in tab.evaluate("window.allonym.labels().map((each) => each.text)")
    tab.get_by_role("radio", name="As printed").check(force=True)
    assert "Khojavend / Martuni" in tab.evaluate("window.allonym.labels().map((each) => each.text)")


def test_the_page_opens_with_the_names_and_layers_that_its_values_ask_for(show, page_example):
    page_example["meta"] |= {"policy": "hy", "layers": ["sites", "actors"]}
    tab = show(render(page_example))
    assert tab.locator('#names input[value="hy"]').is_checked()
    assert place(tab, "kar-0005").locator("strong").inner_text() == "Մարտունի"
    assert tab.locator("body").get_attribute("data-shown") == "6"
    assert switch(tab, "Areas").get_attribute("aria-pressed") == "false"
    assert not tab.locator("#reset").is_visible()


def test_a_reader_without_a_mouse_reaches_everything(show, drawn):
    tab = show(drawn, reduced_motion="reduce")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.className") == "skip"
    tab.keyboard.press("Enter")
    tab.keyboard.press("Tab")
    assert tab.evaluate("document.activeElement.dataset.place") == "kar-0001"
    tab.keyboard.press("ArrowDown")
    assert tab.evaluate("document.activeElement.dataset.place") == "kar-0002"
    outline = tab.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline == "solid"
    tab.keyboard.press("Enter")
    assert tab.locator("#card-title").inner_text() == "Aghdam"
    assert tab.evaluate("document.activeElement.id") == "card"
    tab.keyboard.press("Escape")
    assert tab.evaluate("document.activeElement.dataset.place") == "kar-0002"
    tab.locator("#tab-places").focus()
    tab.keyboard.press("ArrowRight")
    assert tab.locator("#tab-texts").get_attribute("aria-selected") == "true"
    tab.keyboard.press("ArrowRight")
    assert tab.locator("#tab-unplaced").get_attribute("aria-selected") == "true"
    assert "No place of this name is in the gazetteer" in tab.locator("#unplaced").inner_text()
    tab.locator('#names input[value="printed"]').focus()
    tab.keyboard.press("ArrowRight")
    assert place(tab, "kar-0004").locator("strong").text_content() == "Şuşa"
    button = switch(tab, "Actors")
    button.focus()
    tab.keyboard.press("Space")
    assert tab.locator("body").get_attribute("data-shown") == "8"


def test_what_could_not_be_placed_is_listed_with_the_reason(show, drawn):
    tab = show(drawn)
    tab.get_by_role("tab", name="Not placed 2").click()
    text = tab.locator("#unplaced").inner_text()
    assert "Oldbridge" in text
    assert "The two best candidates are too close to call: 0.31 and 0.29." in text
    assert "2 other mentions" in text


def test_the_method_panel_names_sources_policy_boundaries_and_versions(show, drawn):
    tab = show(drawn)
    tab.get_by_role("tab", name="Method").click()
    text = tab.locator("#method").inner_text()
    for told in (
        "Natural Earth",
        "CC BY 4.0",
        "as printed in the reports",
        "de-facto lines",
        "dashed",
        "Leaflet 1.9.4",
        "Nagorno-Karabakh",
    ):
        assert told in text


def test_every_control_has_a_name_and_every_landmark_is_there(show, drawn):
    tab = show(drawn)
    assert tab.locator("html").get_attribute("lang") == "en"
    assert probe(tab, "nameless") == []
    assert probe(tab, "repeatedIds") == []
    for landmark in ("header", "main", "aside[aria-label]", "#status[role=status]", "h1"):
        assert tab.locator(landmark).count() == 1


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_text_contrasts_with_its_ground_as_wcag_aa_asks(show, drawn, scheme):
    tab = show(drawn, color_scheme=scheme)
    assert probe(tab, "faintTexts") == []
    place(tab, "kar-0005").click()
    assert probe(tab, "faintTexts") == []
    for name in ("unplaced", "method"):
        tab.locator(f"#tab-{name}").click()
        assert probe(tab, "faintTexts") == []


def test_dark_readers_get_a_dark_page_and_a_dark_map(show, drawn):
    tab = show(drawn, color_scheme="dark")
    assert tab.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(22, 22, 22)"
    assert probe(tab, "ground") < 90
    tab.emulate_media(color_scheme="light")
    until(tab, lambda: probe(tab, "ground") > 160)


@pytest.mark.parametrize(("scheme", "colour"), [("dark", "#551133"), ("light", "#ffee88")])
def test_a_partys_colour_stands_out_from_its_ground(show, page_example, scheme, colour):
    page_example["parties"]["am-mod"]["colour"] = colour
    tab = show(render(page_example), color_scheme=scheme)
    drawn_in = switch(tab, "Armenian forces").locator("path").get_attribute("fill")
    assert drawn_in != colour
    assert probe(tab, "contrastWithPaper", drawn_in) >= 3
    tab.emulate_media(color_scheme="light" if scheme == "dark" else "dark")
    until(tab, lambda: switch(tab, "Armenian forces").locator("path").get_attribute("fill") == colour)


@pytest.mark.parametrize(("width", "height"), [(360, 740), (768, 1024), (1024, 700), (1600, 1000)])
def test_nothing_essential_is_hidden_and_nothing_overflows_sideways(show, drawn, width, height):
    tab = show(drawn, width=width, height=height)
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth && document.body.scrollWidth <= innerWidth")
    for selector in ("h1", "#map", "#names", "#key-title", "#tabs", "#places"):
        box = tab.locator(selector).bounding_box()
        assert box is not None
        assert box["x"] >= 0
        assert box["x"] + box["width"] <= width + 0.5
        assert box["y"] < height
    assert tab.locator("#map").bounding_box()["height"] > 200
    for label in tab.locator("#names label").all():
        assert label.is_visible()
    place(tab, "kar-0005").click()
    settled(tab)
    card = tab.locator("#card").bounding_box()
    assert card["x"] >= 0
    assert card["x"] + card["width"] <= width
    assert tab.locator("#card-close").is_visible()
    assert tab.evaluate(
        "document.querySelector('#card-body').scrollWidth <= document.querySelector('#card-body').clientWidth"
    )
    spot = tab.evaluate("id => window.allonym.position(id)", "kar-0005")
    assert not (
        card["x"] < spot["x"] < card["x"] + card["width"] and card["y"] < spot["y"] < card["y"] + card["height"]
    )


def test_on_a_phone_the_list_is_a_sheet_that_a_button_raises(show, drawn):
    tab = show(drawn, width=360, height=740, has_touch=True)
    before = tab.locator("aside").bounding_box()["height"]
    tab.get_by_role("button", name="Show more list").click()
    assert tab.locator("aside").bounding_box()["height"] > before + 100
    tab.get_by_role("button", name="Show more map").click()
    tab.locator("#key-title").click()
    assert switch(tab, "Armenian forces").is_visible()
    spot = tab.evaluate("id => window.allonym.position(id)", "kar-0002")
    tab.touchscreen.tap(spot["x"], spot["y"])
    assert tab.locator("#card-title").inner_text() == "Aghdam"


def hostile_data(data, text):
    """Put a text into every field that comes from outside."""
    data["meta"].update(title=text, policy_text=text, boundaries=text, generator=text, notes=[text])
    data["meta"]["sources"] = [{"name": text, "licence": text, "url": text}]
    data["meta"]["versions"] = {text: text, "__proto__": text}
    for report in data["reports"]:
        report.update(title=text, source=text, url=text, published=text, language=text)
    for party in data["parties"].values():
        party.update(name=text, kind=text, colour=text)
    data["parties"]["__proto__"] = {"name": text, "kind": text, "colour": text}
    for source in data["sources"].values():
        source.update(citation=text, licence=text, url=text)
    for each in data["places"]:
        each.update(feature=text, printed=[text], source=text, country=text)
        each["labels"] = dict.fromkeys(each["labels"], text) | {"__proto__": text, text: text}
        each["names"] = [dict.fromkeys(name, text) for name in each["names"]]
        each["claimants"] = ["__proto__", "constructor", text, *each["claimants"]]
        each["points"] = [{"lat": 1, "lon": 1, "source": text, "distance_km": 1}]
    for mention in data["mentions"]:
        mention.update(text=text, why=text, quote=text, quote_start=0, quote_end=len(text), relation=text, date=text)
        mention.update(
            claimants=[text, "__proto__"],
            events=[text, "__proto__"],
            cues=[{"about": text, "value": text, "text": text}],
        )
        mention["candidates"] = [{"place": text, "name": text, "lat": 1, "lon": 1, "score": 0.5, "distance_km": 1}]
    return data


@pytest.mark.parametrize("text", HOSTILE)
def test_hostile_text_is_shown_as_text_and_never_runs(show, page_example, text):
    tab = show(
        render(
            hostile_data(page_example, text),
            basemap={
                "bounds": [44.0, 38.0, 50.0, 42.0],
                "countries": {"lon": [47], "lat": [40], "zoom": [1], "contested": [], "names": {"en": [text]}},
                "towns": {
                    "lon": [46],
                    "lat": [40],
                    "zoom": [1],
                    "rank": [0],
                    "names": {"en": [text], "__proto__": {"0": text}},
                },
                "waters": {"lon": [45], "lat": [40], "zoom": [0], "until": [20], "names": {"en": [text]}},
                "contested": [{"name": text, "drawn": text, "source": text}],
            },
        ),
        reduced_motion="reduce",
    )
    tab.evaluate("document.querySelectorAll('#places [data-place]').forEach((button) => button.click())")
    for name in ("unplaced", "method", "places"):
        tab.locator(f"#tab-{name}").click()
    for radio in tab.locator("#names input").all():
        radio.check(force=True)
    tab.wait_for_timeout(50)
    assert tab.evaluate("window.pwned") is None
    assert tab.evaluate("({}).name === undefined && ({}).colour === undefined")
    assert text.strip() in tab.locator("#card-title").text_content()
    assert tab.evaluate("[...document.links].every((link) => /^(https?:|file:.*#)/.test(link.href))")
    assert tab.evaluate("document.querySelectorAll('img, iframe, svg[onload]').length") == 0


def test_a_script_put_into_the_page_before_its_assembly_is_blocked_by_the_policy(show, page_example, monkeypatch):
    source = (page.ASSETS / "page.html.j2").read_text(encoding="utf-8")
    tainted = source.replace(
        '<main class="stage">',
        '<script>window.pwned=1</script><img src="x" onerror="window.pwned=2"><style>h1{color:red}</style>'
        '<h2 id="styled" style="color:red">x</h2><a id="trap" href="javascript:window.pwned=3">x</a>'
        '<script src="https://evil.example/x.js"></script><base href="https://evil.example/">'
        '<main class="stage">{{ title|safe }}',
    )
    assert tainted != source
    monkeypatch.setattr(page, "_template", lambda: Environment(autoescape=True).from_string(tainted))
    page_example["meta"]["title"] = "<script>window.pwned=4</script>"
    text = render(page_example)
    assert "<script>window.pwned=1</script>" in text
    assert "<script>window.pwned=4</script>" in text
    tab = show(text, expect_errors=True)
    tab.locator("#trap").dispatch_event("click")
    tab.wait_for_timeout(100)
    assert tab.evaluate("window.pwned") is None
    assert tab.evaluate("getComputedStyle(document.querySelector('#styled')).color") != "rgb(255, 0, 0)"
    assert tab.evaluate("getComputedStyle(document.querySelector('h1')).color") != "rgb(255, 0, 0)"
    assert any("Content Security Policy" in error for error in tab.errors)
    assert tab.locator("body").get_attribute("data-shown") == "7"  # the page's own scripts still run


def test_a_page_without_any_place_says_so(show):
    data = {"meta": {"title": "Nothing"}, "reports": [], "parties": {}, "sources": {}, "places": [], "mentions": []}
    tab = show(render(data, basemap=basemap((44.0, 38.0, 50.0, 42.0))))
    assert tab.locator("#empty").inner_text() == "This map holds no report."
    assert not tab.locator("#key").is_visible()
    assert tab.locator("body").get_attribute("data-records") == "0"
    assert tab.locator("body").get_attribute("data-shown") == "0"


def test_a_report_without_a_place_is_told_from_one_whose_places_are_unknown(show, page_example):
    page_example["places"] = []
    page_example["areas"]["features"] = []
    for mention in page_example["mentions"]:
        mention["place"] = None
    told = show(render(page_example)).locator("#empty").inner_text()
    assert "name no place that could be put on the map." in told
    assert "Not placed" in told
    page_example["mentions"] = []
    page_example["reports"] = page_example["reports"][:1]
    told = show(render(page_example)).locator("#empty").inner_text()
    assert told == "No place name was found in this report."


def test_one_place_alone_is_shown_in_its_surroundings(show, page_example):
    page_example["places"] = page_example["places"][3:4]
    page_example["areas"]["features"] = []
    for mention in page_example["mentions"]:
        mention["place"] = None
    tab = show(render(page_example, basemap=basemap(first_extent(page_example))))
    spot = tab.evaluate("id => window.allonym.position(id)", "kar-0004")
    assert 400 < spot["x"] < 1600
    assert 0 < spot["y"] < 1000


def test_geojson_of_a_folium_user_is_drawn_and_its_properties_are_text(show, page_example):
    mine = Map(page_example)
    square = {"type": "Polygon", "coordinates": [[[46, 39], [48, 39], [48, 41], [46, 41], [46, 39]]]}
    feature = {"type": "Feature", "properties": {"name": "<img src=x onerror=window.pwned=1>"}, "geometry": square}
    folium.GeoJson(
        {"type": "FeatureCollection", "features": [feature]},
        name="Mine",
        style_function=lambda _feature: {"color": "#ff00ff", "fillOpacity": 0.1},
        popup=folium.GeoJsonPopup(fields=["name"]),
    ).add_to(mine)
    tab = show(mine.get_root().render())
    assert tab.locator("path.leaflet-interactive").get_attribute("stroke") == "#ff00ff"
    tab.evaluate("window.allonym.overlays[0].getLayers()[0].openPopup()")
    tab.wait_for_timeout(50)
    assert "<img" in tab.locator(".leaflet-popup").inner_text()
    assert tab.evaluate("window.pwned") is None
    switch(tab, "Mine").click()
    assert tab.locator("path.leaflet-interactive").count() == 0


def test_trusted_folium_elements_run_and_injected_scripts_still_do_not(show, page_example):
    mine = Map(page_example, trust_scripts=True)
    folium.CircleMarker([40, 46.5], radius=9, color="#ff00ff", popup="</script><script>window.pwned=1</script>").add_to(
        mine
    )
    folium.PolyLine([[39, 46], [40, 47]], tooltip="<b>line</b>").add_to(mine)
    mine.get_root().html.add_child(folium.Element("<script>window.mine=1</script>"))
    text = mine.get_root().render()
    tab = show(text, expect_errors=True)
    assert tab.evaluate("window.pwned") is None
    assert tab.evaluate("window.mine") == 1


def test_a_trusted_marker_opens_its_popup(show, page_example):
    mine = Map(page_example, trust_scripts=True)
    folium.CircleMarker([40, 46.5], radius=9, color="#ff00ff", popup="hello").add_to(mine)
    tab = show(mine.get_root().render(), expect_errors=True)  # the style attributes of folium's popups stay blocked
    assert tab.locator('path.leaflet-interactive[stroke="#ff00ff"]').count() == 1
    tab.locator('path.leaflet-interactive[stroke="#ff00ff"]').dispatch_event("click")
    assert "hello" in tab.locator(".leaflet-popup").inner_text()


def test_tiles_are_asked_for_at_their_host_and_nowhere_else(browser, page_example, tmp_path):
    path = tmp_path / "tiles.html"
    path.write_text(
        render(page_example, tiles={"url": "https://tiles.example/{z}/{x}/{y}.png", "attribution": "Example"}),
        encoding="utf-8",
    )
    context = browser.new_context()
    asked = []
    context.route(
        "**/*",
        lambda route: (
            asked.append(route.request.url),
            route.continue_() if route.request.url.startswith("file:") else route.abort(),
        ),
    )
    tab = context.new_page()
    tab.goto(path.as_uri())
    tab.wait_for_timeout(200)
    tab.get_by_role("tab", name="Method").click()
    assert "https://tiles.example" in tab.locator("#method").inner_text()
    context.close()
    assert len(asked) > 1
    assert all(url.startswith(("file:", "https://tiles.example/")) for url in asked)


def test_the_template_is_escaped_by_default():
    assert Template("{{ x }}").render(x="<") == "<"  # plain Jinja2 does not escape: the page's environment must
    assert page._template().environment.autoescape is True
