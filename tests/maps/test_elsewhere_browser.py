"""Maps outside of their own page: in a notebook's frame, and as elements of somebody's folium map."""

import re

import folium
import geopandas as gpd
import pytest

import geo
from geo.errors import UsageError
from geo.maps import Ground, Places
from geo.maps.bundle import page_scripts, page_styles
from geo.maps.notebook import SANDBOX, framed

pytestmark = pytest.mark.browser
HOSTILE = "<img src=x onerror=\"document.title='ran'\">"


@pytest.fixture
def towns():
    """Three reported locations of two sides, one with a payload."""
    told = {
        "name": ["Shushi", "Stepanakert", HOSTILE],
        "claimants": ["am-mod", "am-mod; az-mod", "az-mod"],
        "text": [HOSTILE] * 3,
    }
    return gpd.GeoDataFrame(told, geometry=gpd.points_from_xy([46.75, 46.75, 46.2], [39.76, 39.82, 39.6]), crs=4326)


def _offline(html):
    """Give folium's page with the assets that it would load: Leaflet from the package, and what its templates call."""
    bare = re.sub(r'<link[^>]+rel="stylesheet"[^>]*/>', "", re.sub(r'<script src="[^"]+"></script>', "", html))
    jquery = (
        "window.$ = (text) => { const holder = document.createElement('template'); holder.innerHTML = text;"
        " return [holder.content.firstChild]; };"
    )
    return bare.replace(
        "</head>", f"<style>{page_styles()[0]}</style><script>{page_scripts()[0]}{jquery}</script></head>", 1
    )


@pytest.fixture
def tab(browser, tmp_path):
    """Open HTML as a file, with the network cut off."""

    def opened(html):
        path = tmp_path / "page.html"
        path.write_text(html, encoding="utf-8")
        page = browser.new_page(viewport={"width": 1000, "height": 800})
        page.route("**/*", lambda route: route.continue_() if route.request.url.startswith("file:") else route.abort())
        page.goto(path.as_uri())
        return page

    return opened


@pytest.mark.parametrize("shown", ["layers", "frame"])
def test_a_notebook_shows_a_map_in_a_frame_of_its_own(tab, towns, shown):
    """The map draws itself in the frame, and cannot reach the notebook."""
    note = geo.Report(id="n", text="Shells fell on Shushi and Stepanakert, officials said.", title="Note")
    made = geo.parse(note) if shown == "layers" else geo.explore(towns, title="Note")
    page = tab(f"<title>notebook</title><h1>before</h1>{made._repr_html_()}<p id=after>after</p>")
    inner = page.frames[1]
    inner.wait_for_selector("[data-place]")
    assert page.locator("iframe").get_attribute("sandbox") == SANDBOX
    assert (
        inner.evaluate("(() => { try { return parent.document.title } catch (error) { return error.name } })()")
        == "SecurityError"
    )
    assert page.title() == "notebook"
    assert page.locator("#after").is_visible()


def test_the_policy_holds_inside_the_frame(tab, towns):
    """A script that somebody put into the page past all escaping does not run there either."""
    html = geo.explore(towns).get_root().render().replace("</body>", "<script>document.title = 'ran'</script></body>")
    page = tab(framed(html))
    page.frames[1].wait_for_selector("[data-place]")
    assert page.frames[1].evaluate("document.title") != "ran"


def test_ground_and_places_stand_in_a_folium_map(tab, towns):
    """Beside her own marker: three signs with their names, a popup of claims as text, land under them."""
    hers = folium.Map([39.75, 46.6], zoom_start=8, tiles=None)
    Ground((44, 38, 49, 41)).add_to(hers)
    Places(towns).add_to(hers)
    folium.Marker([40.2, 47.0], popup="hers").add_to(hers)
    page = tab(_offline(hers.get_root().render()))
    page.wait_for_function("window.allonymMap")
    told = page.evaluate(
        "allonymMap.then(({ markers }) => ({ drawn: markers.drawn, spot: markers.spot(0),"
        " names: markers.labels.map((label) => label.item.text) }))"
    )
    assert told["drawn"]["markers"] == 3
    assert {"Shushi", "Stepanakert"} <= set(told["names"])
    assert page.locator(".leaflet-marker-icon").count() == 1
    page.mouse.click(told["spot"]["x"], told["spot"]["y"])
    page.wait_for_selector(".leaflet-popup")
    assert "<img" in page.locator(".leaflet-popup").inner_text()
    assert page.title() != "ran"


def test_places_stand_without_the_ground(tab, towns):
    """On whatever ground her map has."""
    hers = folium.Map([39.75, 46.6], zoom_start=8, tiles=None)
    Places(towns).add_to(hers)
    page = tab(_offline(hers.get_root().render()))
    assert page.evaluate("allonymMap.then(({ markers }) => markers.drawn.places)") == 3


def test_a_map_takes_one_of_each_element(towns):
    """Their data have one place in a page."""
    hers = folium.Map(tiles=None)
    Places(towns).add_to(hers)
    Places(towns).add_to(hers)
    with pytest.raises(UsageError, match="one Places"):
        hers.get_root().render()
