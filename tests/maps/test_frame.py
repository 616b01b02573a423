"""A GeoDataFrame of reported locations becomes a page, column by column."""

from __future__ import annotations

import datetime as dt
import json
import subprocess
import sys

import geopandas as gpd
import numpy as np
import pandas as pd
import pytest
import shapely
from hypothesis import given, settings
from hypothesis import strategies as st

import geo
from geo.errors import UsageError
from geo.maps import Map, unpack_page
from geo.maps.frame import ORDERED

WORDS = st.text(st.characters(exclude_characters=";", exclude_categories=["Z", "C"]), min_size=1, max_size=3)
CELLS = st.none() | st.text(max_size=5)
ROW = st.fixed_dictionaries({
    "lon": st.sampled_from([0.0, 46.75]) | st.integers(-18_000_000, 17_999_999).map(lambda whole: whole / 1e5),
    "lat": st.sampled_from([0.0, 39.76]) | st.integers(-8_500_000, 8_500_000).map(lambda whole: whole / 1e5),
    "name": st.none() | st.sampled_from(["Shushi", "Şuşa"]),
    "text": CELLS,
    "url": CELLS,
    "date": st.none() | st.dates(max_value=dt.date(3000, 1, 1)).map(lambda date: date.isoformat()),
    "claimants": st.lists(WORDS, max_size=3, unique=True),
    "outlet": CELLS,
})  # fmt: skip


def frame_of(rows, crs=4326):
    points = gpd.points_from_xy([row["lon"] for row in rows], [row["lat"] for row in rows])
    names = ("name", "text", "url", "date", "claimants", "outlet")
    return gpd.GeoDataFrame({name: [row[name] for row in rows] for name in names}, geometry=points, crs=crs)


def values_of(frame, **options):
    return unpack_page(Map(frame, basemap=None, **options).get_root().render())


@given(st.lists(ROW, max_size=12), st.sampled_from(["lists", "texts"]))
@settings(max_examples=60)
def test_every_row_comes_to_the_page_with_all_that_it_tells(rows, form):
    frame = frame_of(rows)
    if form == "texts":
        frame["claimants"] = frame["claimants"].map("; ".join)
    values = values_of(frame)
    told = []
    for mention in values["mentions"]:
        place = values["places"][mention["place"]]
        point = (place["lon"], place["lat"], place["labels"].get("printed"))
        rest = (mention.get("minute"), tuple(mention["claimants"]), mention.get("outlet"))
        told.append((*point, mention.get("quote"), mention.get("url"), *rest))
    expected = [
        (
            row["lon"], row["lat"], row["name"], row["text"], row["url"],
            None if row["date"] is None else int(np.datetime64(row["date"], "m").astype(int)),
            tuple(row["claimants"]), row["outlet"],
        )
        for row in rows
    ]  # fmt: skip
    key = lambda row: tuple(map(repr, row))  # noqa: E731
    assert sorted(map(key, told)) == sorted(map(key, expected))
    assert len(values["places"]) == len({row[:3] for row in expected})


def test_rows_of_one_name_at_one_point_are_one_place():
    frame = gpd.GeoDataFrame(
        {"name": ["A", "B", "A", "A"]}, geometry=gpd.points_from_xy([46, 46, 46, 47], [40, 40, 40, 40]), crs=4326
    )
    values = values_of(frame)
    names = [place["labels"]["printed"] for place in values["places"]]
    assert sorted(names) == ["A", "A", "B"]
    counts = [sum(mention["place"] == n for mention in values["mentions"]) for n in range(3)]
    assert sorted(zip(names, counts, strict=True)) == [("A", 1), ("A", 2), ("B", 1)]


def test_other_reference_systems_lines_areas_and_gaps_are_taken():
    shapes = [
        shapely.Point(46, 40),
        shapely.LineString([(46, 40), (48, 40)]),
        shapely.box(46, 39, 48, 41),
        None,
        shapely.Point(),
    ]
    frame = gpd.GeoDataFrame({"name": list("abcde")}, geometry=shapes, crs=4326)
    values = values_of(frame.to_crs(3857))
    points = {place["labels"]["printed"]: (place["lon"], place["lat"]) for place in values["places"]}
    assert points["a"] == (46, 40)
    assert 46 <= points["b"][0] <= 48
    assert 39 <= points["c"][1] <= 41
    unplaced = [mention for mention in values["mentions"] if mention["place"] == -1]
    assert [(mention["text"], mention["status"]) for mention in unplaced] == [("d", "unknown"), ("e", "unknown")]


@pytest.mark.parametrize(
    ("dates", "told"),
    [
        (pd.to_datetime(["2020-09-27", None]), ("2020-09-27T00:00", "day")),
        (pd.to_datetime(["2020-09-27 08:03", None]), ("2020-09-27T08:03", "minute")),
        (pd.to_datetime(["2020-09-27 08:03+04:00", None]), ("2020-09-27T04:03", "minute")),
        (["2020-09", "soon"], ("2020-09-01T00:00", "month")),
    ],
)
def test_dates_of_any_kind_are_minutes_and_how_exact_they_are(dates, told):
    frame = gpd.GeoDataFrame({"day": dates, "n": [0, 1]}, geometry=gpd.points_from_xy([46, 47], [40, 40]), crs=4326)
    first, second = sorted(values_of(frame, date="day")["mentions"], key=lambda mention: "minute" not in mention)
    assert (str(np.datetime64(first["minute"], "m")), first["exact"]) == told
    assert "minute" not in second


def test_columns_are_named_by_keywords_and_a_wrong_name_is_told():
    frame = gpd.GeoDataFrame({"town": ["A"], "name": ["no"]}, geometry=gpd.points_from_xy([46], [40]), crs=4326)
    assert values_of(frame, name="town")["places"][0]["labels"] == {"printed": "A"}
    with pytest.raises(UsageError, match="name='city': the table has no such column; it has town, name, geometry"):
        Map(frame, name="city")
    with pytest.raises(UsageError, match="text: these name columns of a GeoDataFrame"):
        Map(text="a")


def test_a_table_without_rows_and_one_of_one_point_are_pages():
    empty = gpd.GeoDataFrame({"name": []}, geometry=gpd.GeoSeries([], crs=4326))
    assert 'data-records="0"' in geo.explore(empty).get_root().render()
    one = gpd.GeoDataFrame(geometry=gpd.points_from_xy([46], [40]), crs=4326)
    assert "1 place, 1 report" in geo.explore(one).get_root().render()


def test_a_small_table_keeps_its_order_in_the_list():
    frame = gpd.GeoDataFrame({"name": list("dcba")}, geometry=gpd.points_from_xy([9, 1, 5, 7], [40] * 4), crs=4326)
    places = sorted(values_of(frame)["places"], key=lambda place: place["order"])
    assert [place["labels"]["printed"] for place in places] == list("dcba")
    assert len(frame) < ORDERED


def test_the_same_table_makes_the_same_bytes_under_any_hash_seed():
    code = (
        "import geopandas as gpd, hashlib, geo\n"
        "f = gpd.GeoDataFrame({'name': list('abca'), 'side': [['x', 'y'], ['y'], [], ['z']], 'text': list('abcd')},"
        " geometry=gpd.points_from_xy([1, 2, 3, 1], [1, 2, 3, 1]), crs=4326)\n"
        "print(hashlib.sha256(geo.explore(f, basemap=None).get_root().render().encode()).hexdigest())\n"
    )
    digests = set()
    for seed in ("0", "4711"):
        environment = {"PYTHONHASHSEED": seed, "PYTHONPATH": ":".join(sys.path)}
        done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True, check=True)
        digests.add(done.stdout)
    assert len(digests) == 1


def test_a_page_of_a_table_shows_itself_in_a_notebook_within_its_frame():
    frame = gpd.GeoDataFrame({"text": ["</script><script>"]}, geometry=gpd.points_from_xy([46], [40]), crs=4326)
    assert "srcdoc=" in geo.explore(frame, basemap=None)._repr_html_()


@pytest.mark.browser
def test_the_card_of_a_row_tells_its_text_date_outlet_and_address(browser, tmp_path):
    frame = gpd.GeoDataFrame(
        {
            "town": ["Shushi"], "text": ["<b>Shells</b> fell\u2028there"], "side": ["am-mod; az-mod"], "event": ["shelling"],
            "day": ["2020-10-03"], "outlet": ["Wire"], "url": ["https://example.org/1"],
        },
        geometry=gpd.points_from_xy([46.75], [39.76]),
        crs=4326,
    )  # fmt: skip
    path = tmp_path / "page.html"
    parties = {"am-mod": {"name": "Armenian forces", "colour": "#d55e00"}}
    geo.explore(frame, name="town", date="day", parties=parties, title="One").save(path)
    context = browser.new_context(offline=True)
    tab = context.new_page()
    errors = []
    tab.on("pageerror", lambda error: errors.append(str(error)))
    tab.goto(path.as_uri())
    tab.locator("#places [data-place]").click()
    card = tab.locator("#card").inner_text()
    for told in (
        "Shushi",
        "<b>Shells</b> fell",
        "According to Armenian forces and az-mod: shelling",
        "Wire · 3 Oct 2020",
    ):
        assert told in card
    assert tab.locator("#card a").get_attribute("href") == "https://example.org/1"
    assert errors == []
    context.close()


def test_a_table_lies_on_ground_with_names_and_brings_the_fonts_that_it_needs():
    frame = gpd.GeoDataFrame({"name": ["Շուշի"]}, geometry=gpd.points_from_xy([46.75], [39.76]), crs=4326)
    page = geo.explore(frame, title="One").get_root().render()
    ground = json.loads(page.partition(' id="allonym-basemap">')[2].partition("</script>")[0])
    assert "Yerevan" in ground["towns"]["names"]["en"]
    assert "U+0531" in page
    assert page.count("@font-face") > geo.explore(frame.assign(name="Shushi")).get_root().render().count("@font-face")
