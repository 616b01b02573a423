"""The page as text: the same bytes, escaped data, a policy of hashes."""

from __future__ import annotations

import hashlib
import html.parser
import json
import os
import re
import subprocess
import sys
from base64 import b64encode
from collections import Counter
from pathlib import Path

import folium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.errors import UsageError
from geo.flow import parse
from geo.layers.frames import layers
from geo.maps import Map, render, unpack_page
from geo.maps.bundle import ASSETS, SCRIPTS
from geo.maps.fonts import font_faces
from geo.maps.page import Extra
from geo.maps.page_data import page_data
from geo.maps.policy import escape_json
from geo.maps.shown_texts import shown_texts
from geo.reports.report import Report

ROOT = Path(__file__).parents[2]
EXAMPLE = ROOT / "tests" / "data" / "page_example.json"
BASEMAP = {"bounds": [44.0, 38.0, 50.0, 42.0]}


class Collected(html.parser.HTMLParser):
    """Start tags with their attributes, and the text of scripts and styles."""

    def __init__(self, text):
        super().__init__(convert_charrefs=True)
        self.tags, self.inline = [], []
        self.feed(text)

    def handle_starttag(self, tag, attrs):
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data):
        if self.tags and self.tags[-1][0] in {"script", "style"} and data.strip():
            self.inline.append((*self.tags[-1], data))


def policy_of(text):
    (policy,) = (
        attrs["content"]
        for tag, attrs in Collected(text).tags
        if tag == "meta" and attrs.get("http-equiv") == "Content-Security-Policy"
    )
    return {part.split()[0]: part.split()[1:] for part in policy.split("; ")}


def embedded(text, identity="allonym-data"):
    found = re.search(rf'<script type="application/json" id="{identity}">(.*?)</script>', text, re.DOTALL)
    return json.loads(found.group(1))


def test_the_same_values_make_the_same_bytes_in_one_process(page_example):
    assert render(page_example, basemap=BASEMAP) == render(page_example, basemap=BASEMAP)


@pytest.mark.parametrize("trusted", [False, True])
def test_the_same_values_make_the_same_bytes_under_any_hash_seed(trusted):
    code = (
        "import folium, hashlib, json, sys\n"
        "from geo.maps import Map\n"
        f"m = Map(json.load(open({str(EXAMPLE)!r}, encoding='utf-8')), basemap=None, trust_scripts={trusted})\n"
        "folium.GeoJson({'type': 'Point', 'coordinates': [46, 40]}, name='P').add_to(m)\n"
        f"if {trusted}: folium.Marker([40, 46], popup='p', tooltip='t').add_to(m)\n"
        "print(hashlib.sha256(m.get_root().render().encode()).hexdigest())\n"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "4711")
    }
    assert len(digests) == 1


def test_a_map_gives_the_page_that_render_gives(page_example):
    fonts = Extra(styles=(font_faces(shown_texts(page_example, BASEMAP)),))
    assert Map(page_example, basemap=BASEMAP).get_root().render() == render(page_example, basemap=BASEMAP, extra=fonts)


def test_rendering_a_map_changes_neither_it_nor_another_folium_map(page_example):
    marker = folium.Marker([40, 46], popup="p")
    other = folium.Map([40, 46], tiles=None)
    other.add_child(marker)
    other.get_root().render()  # branca's own first rendering fills the header in another order than later ones
    before = other.get_root().render()
    mine = Map(page_example, trust_scripts=True)
    mine.add_child(marker)
    first = mine.get_root().render()
    assert mine.get_root().render() == first
    marker.add_to(other)
    assert other.get_root().render() == before


def test_the_policy_stands_first_and_allows_exactly_the_hashes_of_the_pages_own_scripts_and_styles(page_example):
    text = render(page_example, basemap=BASEMAP)
    assert text.index("Content-Security-Policy") < text.index("<title>") < text.index("<script")
    assert text[text.index("<head>") + 6 :].lstrip().startswith('<meta http-equiv="Content-Security-Policy"')
    policy = policy_of(text)
    assert policy["default-src"] == ["'none'"]
    assert policy["img-src"] == policy["font-src"] == ["data:"]
    assert policy["base-uri"] == policy["form-action"] == ["'none'"]
    for kind, tag in (("script-src", "script"), ("style-src", "style")):
        runs = [data for name, attrs, data in Collected(text).inline if name == tag and "type" not in attrs]
        hashes = [f"'sha256-{b64encode(hashlib.sha256(run.encode()).digest()).decode()}'" for run in runs]
        assert policy[kind] == hashes


def test_the_policy_does_not_depend_on_the_data(page_example):
    before = policy_of(render(page_example))
    page_example["meta"]["title"] = "<script>alert(1)</script>"
    page_example["places"] = []
    page_example["mentions"] = []
    page_example["areas"]["features"] = []
    assert policy_of(render(page_example)) == before


def test_no_tag_of_the_page_asks_for_anything(page_example):
    for tag, attrs in Collected(render(page_example, basemap=BASEMAP)).tags:
        assert tag not in {"link", "img", "iframe", "base", "object", "embed"}
        assert not {"src", "srcset", "style"} & attrs.keys()
        assert attrs.get("href", "#").startswith("#")
        assert not [name for name in attrs if name.startswith("on")]


def test_the_page_has_a_title_and_a_language(page_example):
    text = render(page_example)
    assert "<title>Reported fighting in Karabakh, 1 and 2 November 2020</title>" in text
    assert text.startswith('<!DOCTYPE html>\n<html lang="en" dir="ltr" class="unscripted">')
    page_example["meta"]["language"] = 'en"><script>'
    assert '<html lang="en" dir="ltr" class="unscripted">' in render(page_example)


def test_the_page_stays_far_under_a_megabyte_and_a_half(page_example):
    assert len(render(page_example).encode()) < 600_000


def test_the_body_counts_its_places(page_example):
    assert '<body data-records="8" data-shown="8">' in render(page_example)


def test_the_standfirst_counts_and_dates_the_reports(page_example):
    assert (
        '8 places in 2 reports, <time datetime="2020-11-01">1 Nov 2020</time> – <time datetime="2020-11-02">2 Nov 2020</time>'
        in render(page_example)
    )


def test_no_prefix_and_no_flag_of_leaflets_own_is_asked_for():
    assert "attributionControl: false" in (ASSETS / "view.js").read_text(encoding="utf-8")


@pytest.mark.parametrize("name", sorted([*SCRIPTS, "folium_shim.js"]))
def test_a_script_of_the_page_never_turns_text_into_markup_or_code(name):
    text = (ASSETS / name).read_text(encoding="utf-8")
    found = re.findall(r"outerHTML|insertAdjacentHTML|document\.write|eval\(|new Function|innerHTML", text)
    assert found == (
        ["innerHTML"] if name == "folium_shim.js" else []
    )  # the shim does what folium's own popups ask for
    assert len(text.splitlines()) < 300


@given(
    st.recursive(
        st.text() | st.integers() | st.none(), lambda inner: st.dictionaries(st.text(), inner) | st.lists(inner)
    )
)
@settings(max_examples=200)
def test_escaped_json_reads_back_the_same_and_holds_no_sign_of_html(value):
    text = escape_json(value)
    assert not re.search("[<>&\u2028\u2029\ud800-\udfff]", text)
    assert json.loads(text) == value


@pytest.mark.parametrize("text", ["\ud800", "</script><script>", "<!--", "\u2028", "${x}`'\"\\", "__proto__"])
def test_awkward_text_reads_back_the_same(text, page_example):
    page_example["places"][0]["printed"] = [text]
    page_example["parties"][text] = {"name": text, "kind": "state", "colour": text}
    page = render(page_example)
    page.encode("utf-8")
    values = unpack_page(page)
    (place,) = [place for place in values["places"] if place["id"] == page_example["places"][0]["id"]]
    assert place["printed"] == [text]
    assert values["parties"][text]["name"] == text


def test_a_number_that_json_lacks_is_an_error(page_example):
    page_example["places"][0]["points"] = [{"lat": float("nan")}]
    with pytest.raises(ValueError, match="JSON compliant"):
        render(page_example)


def test_a_place_without_a_point_is_an_error(page_example):
    page_example["places"][0]["lat"] = float("nan")
    with pytest.raises(ValueError, match=r"place 'kar-0001': nan, 46\.8117 is no point"):
        render(page_example)


def test_tiles_open_the_policy_to_their_host_alone_and_the_page_says_so(page_example):
    provider = {"name": "Example", "url": "https://{s}.tiles.example/{z}/{x}/{y}.png", "attribution": "<b>Example</b>"}
    text = render(page_example, basemap=BASEMAP, tiles={**provider, "subdomains": "ab"})
    policy = policy_of(text)
    assert policy["img-src"] == ["data:", "https://a.tiles.example", "https://b.tiles.example"]
    assert policy["default-src"] == ["'none'"]
    assert "https://a.tiles.example" in embedded(text)["page_notes"][0]
    assert "allonym-basemap" not in Collected(text).tags
    assert "&lt;b&gt;Example&lt;/b&gt;" in text


def test_tiles_of_xyzservices_are_taken(page_example):
    providers = pytest.importorskip("xyzservices").providers
    text = render(page_example, tiles=providers.OpenStreetMap.Mapnik)
    assert policy_of(text)["img-src"] == ["data:", "https://tile.openstreetmap.org"]


@pytest.mark.parametrize(
    "url",
    [
        "http://tiles.example/{z}/{x}/{y}.png",
        "https://tiles.example/{z}/{x}.png",
        "https://tiles.example; script-src */{z}/{x}/{y}",
        "",
    ],
)
def test_a_tile_address_that_cannot_be_trusted_is_refused(url, page_example):
    with pytest.raises(UsageError, match="tiles"):
        render(page_example, tiles={"url": url, "attribution": "x"})


def test_a_geojson_layer_becomes_data_and_no_script(page_example):
    mine = Map(page_example)
    line = {
        "type": "Feature",
        "properties": {"name": "</script><b>"},
        "geometry": {"type": "Point", "coordinates": [1, 2]},
    }
    folium.GeoJson(
        {"type": "FeatureCollection", "features": [line]},
        name="A layer",
        style_function=lambda _feature: {"color": "#ff0000"},
        tooltip=folium.GeoJsonTooltip(fields=["name"], aliases=["Name"]),
    ).add_to(mine)
    text = mine.get_root().render()
    (overlay,) = embedded(text)["overlays"]
    assert overlay["name"] == "A layer"
    assert overlay["data"]["features"][0]["properties"] == line["properties"]
    assert overlay["styles"] == [{"color": "#ff0000"}]
    assert overlay["tooltip"] == [{"key": "name", "label": "Name"}]
    assert policy_of(text)["script-src"] == policy_of(render(page_example))["script-src"]


def test_an_element_with_a_script_of_its_own_is_refused_unless_it_is_trusted(page_example):
    mine = Map(page_example)
    folium.Marker([40, 46], popup="p").add_to(mine)
    with pytest.raises(UsageError, match=r"Marker .*trust_scripts=True"):
        mine.get_root().render()
    mine.trust_scripts = True
    text = mine.get_root().render()
    assert len(policy_of(text)["script-src"]) == len(policy_of(render(page_example))["script-src"]) + 2
    assert not re.search(r"_[0-9a-f]{32}", text)


def test_markup_added_to_the_figure_is_refused_unless_it_is_trusted(page_example):
    mine = Map(page_example)
    mine.get_root().html.add_child(folium.Element("<h2>Mine</h2>"))
    with pytest.raises(UsageError, match="markup of its own"):
        mine.get_root().render()
    mine.trust_scripts = True
    assert "<h2>Mine</h2>" in mine.get_root().render()


def test_a_map_saves_and_shows_itself_in_a_notebook(page_example, tmp_path):
    mine = Map(page_example)
    mine.basemap = None
    mine.save(tmp_path / "map.html")
    assert (tmp_path / "map.html").read_text(encoding="utf-8") == mine.get_root().render()
    assert "srcdoc=" in mine._repr_html_()


def test_the_languages_of_the_sides_are_a_choice_where_their_places_are_on_the_map(gazetteer):
    """A map with Bakhmut offers its names in Ukrainian; one of Shusha does not."""

    def choices(text: str) -> set[str]:
        parsed = list(parse([Report(id="r", text=text)], gazetteer))
        data = page_data(layers(parsed, gazetteer), gazetteer, title="t")
        return {key for place in data["places"] for key in place["labels"]}

    every = {"printed", "az", "hy", "ru", "en", "all"}
    assert choices("Shells hit Shusha on Monday.") == every
    assert choices("Shells hit Bakhmut on Monday.") == every | {"uk"}


def test_no_name_is_declared_twice_in_the_scope_that_the_pages_scripts_share() -> None:
    declared = re.compile(r"^(?:async )?(?:function|const|let|class) (\w+)", re.MULTILINE)
    names = [name for script in SCRIPTS for name in declared.findall((ASSETS / script).read_text(encoding="utf-8"))]
    assert [name for name, count in Counter(names).items() if count > 1] == []


@pytest.mark.parametrize("quote", ["sentence", "full", "none"])
def test_a_page_holds_as_much_of_a_report_as_was_asked_for(gazetteer, quote):
    """The whole text stands once, with the report; each mention is told by where it lies in it."""
    text = "Shelling was reported in Shushi. It was quiet elsewhere."
    report = Report(id="r", text=text, flags=("graphic",))
    data = page_data(layers(list(parse([report], gazetteer)), gazetteer), gazetteer, title="t", quote=quote)
    (found,) = data["reports"]
    assert found["flags"] == ["graphic"]
    assert found.get("text") == (text if quote == "full" else None)
    mention = data["mentions"][0]
    assert text[mention["start"] : mention["end"]] == "Shushi"
    assert mention["quote"] == ("" if quote == "none" else "Shelling was reported in Shushi.")
    (row,) = [row for row in unpack_page(render(data))["mentions"] if row.get("text") == "Shushi"]
    assert row["flags"] == ["graphic"]
