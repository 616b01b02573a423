"""A site without a name on the page: its shape is drawn, its sign is hollow, its card tells how to read it."""

from __future__ import annotations

import pytest

import geo

pytestmark = pytest.mark.browser

TEXT = (
    "Two soldiers died 15 km north of Shushi on Sunday, Azerbaijan's defence ministry said. "
    "A drone fell in Karintak, 5 km south of Shushi. "
    "Fighting continued in the direction of Hadrut, Martuni and Askeran.\n\nMartakert, Goris"
)
SITE = "kar-0001#north-15km"
# The share of the canvas that is painted in a square around a point of the window.
PAINTED = """([x, y]) => {
  const canvas = document.querySelector(".leaflet-marker-pane canvas");
  const box = canvas.getBoundingClientRect();
  const ratio = canvas.width / box.width;
  const side = Math.round(60 * ratio);
  const corner = [x - box.left - 30, y - box.top - 30].map((value) => Math.round(value * ratio));
  const { data } = canvas.getContext("2d").getImageData(...corner, side, side);
  let painted = 0;
  for (let k = 3; k < data.length; k += 4) painted += data[k] > 0;
  return painted / (side * side);
}"""


@pytest.fixture(scope="module")
def drawn(gazetteer):
    """The page of a report with a site that has no name, and one that has."""
    made = geo.parse(geo.Report(id="note", text=TEXT, published="2031-05-14"), gazetteer=gazetteer)
    return geo.render(made, gazetteer=gazetteer)


@pytest.fixture(params=[1200, 390])
def tab(browser, drawn, tmp_path, request):
    """The page in a wide and in a narrow window, with the network off."""
    path = tmp_path / "page.html"
    path.write_text(drawn, encoding="utf-8")
    context = browser.new_context(viewport={"width": request.param, "height": 844}, offline=True)
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.goto(path.as_uri())
    yield page
    assert errors == []
    context.close()


def test_the_shape_is_drawn_around_the_sign_and_not_where_it_is_not(tab):
    """A shade beside the sign; none when areas are switched off."""
    tab.locator(f'[data-place="{SITE}"]').first.click()
    tab.wait_for_timeout(900)
    at = tab.evaluate("id => window.allonym.position(id)", SITE)
    shaded = tab.evaluate(PAINTED, [at["x"], at["y"]])
    tab.evaluate("document.getElementById('key').open = true")
    tab.evaluate(
        "Array.from(document.querySelectorAll('#layers .toggle')).find((b) => b.textContent.startsWith('Areas')).click()"
    )
    tab.wait_for_timeout(300)
    assert shaded > tab.evaluate(PAINTED, [at["x"], at["y"]]) + 0.2


def test_the_card_tells_the_words_the_claim_and_how_to_read_the_shape(tab):
    """In words, with the words marked in the quotation."""
    tab.locator(f'[data-place="{SITE}"]').first.click()
    card = tab.locator("#card-body").inner_text()
    assert "15 km north of Shushi" in card
    assert "According to Ministry of Defence of Azerbaijan: people killed or wounded" in " ".join(card.split())
    assert "shaded sector" in card
    assert "Shush" in card
    assert tab.locator("#card-body mark").first.inner_text() == "15 km north of Shushi"
    assert tab.locator("#card-title").inner_text() == "15 km north of Shushi"


def test_directions_of_a_list_are_short_on_the_map_and_in_the_report_s_words_in_the_list(tab):
    """Three wide shapes overlap: each label is an arrow and a name, and follows the choice of language."""
    tab.locator('[data-place="kar-0006#towards"]').first.click()
    tab.wait_for_timeout(900)
    assert tab.locator("#card-title").inner_text() == "in the direction of Hadrut"
    texts = tab.evaluate("window.allonym.labels().map((label) => label.text)")
    assert "→ Hadrut" in texts
    assert not any("direction" in text for text in texts)


def test_the_key_tells_of_hollow_signs(tab):
    """A line of the legend, only where there are such sites."""
    assert tab.locator("#sign-hollow").count() == 1


def test_the_card_of_a_site_with_a_name_tells_where_the_report_puts_it(tab):
    """The shape is evidence, and the name's own point stands."""
    tab.locator('[data-place="kar-0070"]').first.click()
    assert "The report puts it “5 km south of Shushi”" in tab.locator("#card-body").inner_text()


def test_the_card_of_a_reference_claims_nothing(tab):
    """What is reported belongs to the site."""
    tab.locator('[data-place="kar-0001"]').first.click()
    card = tab.locator("#card-body").inner_text()
    assert "Locates another place" in card
    assert "casualties" not in card.split("On the words")[0]
