"""Hostile texts in a real browser: each is shown as text, none runs; the policy holds what gets past the escaping."""

# ruff: noqa: E501 - scripts of the page as long lines

from __future__ import annotations

import json

import folium
import geopandas as gpd
import hostile
import pytest

import geo
from geo.maps import Map, render
from geo.spec import read_spec

# Chromium's words for requests that were stopped before they were made.
BLOCKED = {"csp", "origin"}
OWN = {"about:", "blob:", "data:", "file:"}
WATCH = """
window.__seen = { violations: [], errors: [] };
document.addEventListener("securitypolicyviolation", (event) => window.__seen.violations.push(`${event.effectiveDirective} ${event.blockedURI}`));
const __had = Object.getOwnPropertyNames(Object.prototype).sort().join();
window.__polluted = () => Object.getOwnPropertyNames(Object.prototype).sort().join() !== __had || ({}).polluted !== undefined;
"""
# What no text may have become: elements that load, run or frame, handlers, and links that do more than lead to a page.
FOREIGN = """() => {
  const bad = "img, iframe, object, embed, base, form, math, marquee, video, audio, template, plaintext, xmp, frame, link, foreignObject, animate, set, use, image";
  const found = Array.from(document.querySelectorAll(bad), (node) => node.outerHTML.slice(0, 80));
  for (const node of document.querySelectorAll("*")) {
    if (node.getAttributeNames().some((name) => name.startsWith("on") || name === "srcdoc" || name === "formaction")) found.push(node.outerHTML.slice(0, 80));
  }
  for (const link of document.links) if (!/^(https?:|file:[^#]*#)/.test(link.href)) found.push(link.href.slice(0, 80));
  return found;
}"""
CARDS = """async () => {
  const body = document.getElementById("card-body");
  const read = [];
  const buttons = Array.from(document.querySelectorAll("#places [data-place]"));
  for (const button of buttons.filter((_, n) => n % Math.ceil(buttons.length / 20) === 0)) { // about twenty of them
    const before = body.firstElementChild;
    button.click();
    for (let wait = 0; wait < 500 && body.firstElementChild === before; wait += 1) await new Promise((go) => setTimeout(go));
    read.push(body.textContent);
  }
  return read;
}"""


@pytest.fixture
def watched(browser, tmp_path):
    """Give a function that opens a page and one that tells what it did beyond showing itself."""
    contexts = []
    asked, dialogs, errors = [], [], []

    def look(html, address=""):
        path = tmp_path / f"page{len(contexts)}.html"
        path.write_text(html, encoding="utf-8")
        context = browser.new_context(offline=True, reduced_motion="reduce", viewport={"width": 1400, "height": 900})
        contexts.append(context)
        context.add_init_script(WATCH)
        tab = context.new_page()
        tab.on("requestfinished", lambda request: asked.append(request.url))
        tab.on("requestfailed", lambda request: None if request.failure in BLOCKED else asked.append(request.url))
        tab.on("dialog", lambda dialog: (dialogs.append(dialog.message), dialog.dismiss()))
        tab.on("pageerror", lambda error: errors.append(str(error)))
        tab.goto(path.as_uri() + address)
        wait_until(tab, "document.body.dataset.shown !== undefined && !!document.querySelector('#tabpanel-method dl')")
        return tab

    def did(tab):
        outside = [url for url in asked if url.split(":")[0] + ":" not in OWN]
        told = {
            "ran": tab.evaluate("window.__pwned ?? null"),
            "polluted": tab.evaluate("window.__polluted()"),
            "foreign": tab.evaluate(FOREIGN),
            "violations": tab.evaluate("window.__seen.violations"),
        }
        return told | {"asked": outside, "dialogs": dialogs, "errors": errors}

    yield look, did
    for context in contexts:
        context.close()


QUIET = {"ran": None, "polluted": False, "foreign": [], "violations": [], "asked": [], "dialogs": [], "errors": []}


def wait_until(tab, condition):
    """Wait for a condition; playwright's own waiting needs `eval`, which the page's policy keeps out."""
    for _ in range(300):
        if tab.evaluate(condition):
            return
        tab.wait_for_timeout(50)
    raise AssertionError(condition)


def look_at_everything(tab):
    """Open every card, list, report and choice of names, search and filter; give the texts of the cards and of the rest."""
    cards = tab.evaluate(CARDS)
    seen = []
    for name in ("unplaced", "method", "texts", "places"):
        tab.locator(f"#tab-{name}").evaluate("(button) => button.click()")
        tab.evaluate("document.querySelectorAll('details').forEach((each) => { each.open = true; })")
        tab.evaluate("document.querySelectorAll('.covered button').forEach((each) => each.click())")
        tab.wait_for_timeout(100)
        seen.append(tab.locator(f"#tabpanel-{name}").text_content())
    tab.evaluate("document.querySelectorAll('#names input, #colour-choices input').forEach((each) => each.click())")
    tab.emulate_media(media="print")
    tab.wait_for_timeout(100)
    tab.emulate_media(media="screen", color_scheme="dark")
    tab.wait_for_timeout(100)
    return cards, "".join(seen)


def typed(tab, selector, text):
    """Put a text into a box as typing it does."""
    tab.locator(selector).evaluate(
        "(input, text) => { input.value = text; input.dispatchEvent(new Event('input', { bubbles: true })); }", text
    )


def test_texts_in_every_value_of_a_page_are_shown_as_text_and_none_runs(watched):
    """Names, quotes, parties, sources, candidates, decisions and notes, in every card, list and panel."""
    look, did = watched
    tab = look(render(hostile.page_values(), basemap=None))
    cards, seen = look_at_everything(tab)
    assert did(tab) == QUIET
    missing = [text for text in hostile.TEXTS if text.strip() and not any(text.strip() in card for card in cards)]
    assert missing == []
    assert [text for text in hostile.TEXTS if text.strip() and text.strip() not in seen] == []


def test_a_build_of_hostile_files_shows_them_as_text_and_none_runs(watched, tmp_path):
    """Reports, listed places, tables, decisions, file names and a spec, read and built as ever."""
    look, did = watched
    folder = tmp_path / "hostile"
    folder.mkdir()
    spec = hostile.write_build(folder, ["out.html"])
    geo.builds.run(read_spec(spec))
    tab = look((folder / "out.html").read_text(encoding="utf-8"))
    cards, _ = look_at_everything(tab)
    assert len(cards) > 10
    assert did(tab) == QUIET


def test_a_table_of_geopandas_and_a_layer_of_folium_are_shown_as_text(watched):
    """Every column of `geo.explore`, and names and properties of a GeoJson layer."""
    look, did = watched
    texts = hostile.TEXTS
    columns = ("name", "text", "date", "claimants", "events", "outlet", "url", "flags")
    points = gpd.points_from_xy(
        [45 + n // 20 / 10 for n in range(len(texts))], [39 + n % 20 / 10 for n in range(len(texts))]
    )
    frame = gpd.GeoDataFrame(dict.fromkeys(columns, texts), geometry=points, crs=4326)
    page = Map(
        frame, title=hostile.TOGETHER, parties={text: {"name": text, "colour": text} for text in texts}, basemap=None
    )
    for n, text in enumerate(texts):
        feature = {
            "type": "Feature",
            "properties": {text: text, "x": text},
            "geometry": {"type": "Point", "coordinates": [46, 40 + n / 1000]},
        }
        layer = folium.GeoJson(feature, name=text)
        folium.GeoJsonPopup(fields=[text], aliases=[text]).add_to(layer)
        folium.GeoJsonTooltip(fields=["x"], aliases=[text]).add_to(layer)
        layer.add_to(page)
    tab = look(page.get_root().render())
    cards, _ = look_at_everything(tab)
    shown = tab.evaluate(
        "window.allonym.overlays.map((layer) => { let text = ''; layer.eachLayer((each) => { each.openPopup && each.openPopup();"
        " const popup = each.getPopup && each.getPopup(); text += popup ? popup.getElement()?.textContent ?? '' : ''; }); return text; })"
    )
    assert len(cards) > 10
    assert len(shown) == len(texts)
    assert did(tab) == QUIET


def test_what_a_reader_types_or_an_address_says_is_text(watched):
    """The search, the filter of texts and of sides, and the part of the address behind the #."""
    look, did = watched
    tab = look(render(hostile.page_values(), basemap=None))
    for text in hostile.TEXTS[::4]:
        typed(tab, "#search", text[:200])
    tab.wait_for_timeout(500)
    tab.locator("#tab-texts").evaluate("(button) => button.click()")
    for text in hostile.TEXTS[::10]:
        typed(tab, "#text-filter", text[:200])
        tab.wait_for_timeout(20)
    typed(tab, "#text-filter", "")
    tab.evaluate(
        """async (texts) => {
          for (const text of texts) {
            const part = encodeURIComponent(text);
            for (const hash of [`#${text}`, `#names=${part}&open=${part}&text=${part}&claimants=${part}&from=${part}&map=${part}&tab=${part}`, `#${part}=${part}`]) {
              window.location.hash = hash;
            }
            await new Promise((go) => setTimeout(go));
          }
        }""",
        hostile.TEXTS,
    )
    tab.wait_for_timeout(500)
    assert did(tab) == QUIET


def test_the_policy_holds_what_gets_past_the_escaping(watched):
    """Each text as markup in the open page, as an attribute and as an address that is followed: blocked, one and all."""
    look, did = watched
    tab = look(Map(title="A map", basemap=None).get_root().render())
    # A policy in a page cannot forbid a page to lead elsewhere, so markup that navigates by itself is left out here.
    texts = [text for text in hostile.TEXTS if "http-equiv" not in text]
    tab.evaluate(
        """(texts) => {
          const range = document.createRange();
          for (const text of texts) {
            const box = document.body.appendChild(document.createElement("div"));
            range.selectNode(box);
            box.append(range.createContextualFragment(text)); // this way of reading markup runs the scripts in it
            box.append(range.createContextualFragment(`<p title="${text}">`), range.createContextualFragment(`<p title='${text}'>`));
            box.setAttribute("style", text);
            box.setAttribute("onclick", text);
            box.click();
            const script = box.appendChild(document.createElement("script"));
            script.textContent = text.includes("pwned") ? text : "window.__pwned=2";
            if (/^[\\s\\x00-\\x1f]*(j|d)[a-z\\s]*:/i.test(text) && !text.includes("//hostile")) {
              const link = box.appendChild(document.createElement("a"));
              link.href = text;
              link.click();
            }
          }
        }""",
        texts,
    )
    tab.wait_for_timeout(1500)
    seen = did(tab)
    assert seen["ran"] is None
    assert seen["asked"] == seen["dialogs"] == []
    for directive in (
        "script-src-elem",
        "script-src-attr",
        "style-src-elem",
        "style-src-attr",
        "img-src",
        "frame-src",
        "object-src",
        "base-uri",
    ):
        assert any(violation.startswith(directive) for violation in seen["violations"]), directive


@pytest.mark.parametrize("kind", ["html", "close", "attribute", "handler", "svg", "mutation", "css", "script string"])
def test_a_page_file_with_markup_written_into_it_opens_and_runs_none_of_it(watched, kind):
    """The map is still drawn by the page's own scripts."""
    look, did = watched
    html = Map(title="A map", basemap=None).get_root().render()
    head, foot = html.split("</body>")
    # What hides the rest of the file or leads elsewhere runs nothing either, but leaves nothing to look at.
    swallow = ("plaintext", "http-equiv", "xmp", "</body>")
    bad = "\n".join(p.text for p in hostile.ALL if p.kind == kind and not any(word in p.text for word in swallow))
    tab = look(f"{head}\n{bad}\n<script>window.__pwned=3</script></body>{foot}")
    tab.wait_for_timeout(300)
    seen = did(tab)
    assert (seen["ran"], seen["asked"], seen["dialogs"]) == (None, [], [])
    assert seen["violations"]


def test_the_policy_is_one_of_hashes_alone_and_lets_the_page_unpack_and_save(watched):
    """`eval` and strings as code are refused; streams that decompress and files made in the page work."""
    look, did = watched
    tab = look(Map(title="A map", basemap=None).get_root().render())
    policy = tab.locator("meta[http-equiv]").get_attribute("content")
    directives = {part.split()[0]: part.split()[1:] for part in policy.split(";")}
    assert directives["default-src"] == ["'none'"]
    for name in ("script-src", "style-src"):
        assert directives[name]
        assert all(source.startswith("'sha256-") for source in directives[name])
    assert "unsafe" not in policy
    refused = tab.evaluate(  # in a turn of its own: what playwright itself evaluates may do more
        """() => Promise.all([() => eval("1"), () => new Function("1")].map((attempt) => new Promise((tell) => setTimeout(() => {
          try { attempt(); tell("made"); } catch (error) { tell(error.name); }
        }))))"""
    )
    assert refused == ["EvalError"] * 2
    with tab.expect_download() as download:
        tab.evaluate(
            """async () => {
              const packed = new Blob(["shown"]).stream().pipeThrough(new CompressionStream("gzip"));
              const text = await new Response(packed.pipeThrough(new DecompressionStream("gzip"))).text();
              const link = document.createElement("a");
              link.href = URL.createObjectURL(new Blob([text]));
              link.download = "shown.txt";
              link.click();
            }"""
        )
    assert json.dumps(download.value.path().read_text()) == '"shown"'
    assert did(tab)["ran"] is None
