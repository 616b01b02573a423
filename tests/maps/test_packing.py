"""What goes into the page's tables comes out again."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from geo.maps import render, unpack_page
from geo.maps.curve import curve_order
from geo.maps.moments import moment, moment_columns
from geo.maps.packing import LARGEST, Codes, Lists, Numbers, Table, Texts, codes, lists, pack, rows, unpack

WORDS = st.text(max_size=4)
WHOLE = st.integers(-(LARGEST // 2), LARGEST // 2)
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers() | WORDS,
    lambda inner: st.lists(inner, max_size=2) | st.dictionaries(WORDS, inner, max_size=2),
    max_leaves=4,
)


@st.composite
def tables(draw):
    """Give plain rows and the table that holds them."""
    count = draw(st.integers(0, 12))

    def column(values):
        return draw(st.lists(values, min_size=count, max_size=count))

    whole, near = column(st.none() | WHOLE), column(st.integers(0, 50))
    degrees = [value / 1e5 for value in column(st.integers(-18_000_000, 18_000_000))]
    word, several, text = column(st.none() | WORDS), column(st.lists(WORDS, max_size=3)), column(WORDS)
    detail, other = column(VALUES), column(VALUES)
    columns = {
        "whole": Numbers(values=np.array([math.nan if value is None else value for value in whole], dtype=float)),
        "near": Numbers(values=np.array(near, dtype=float), delta=True),
        "degrees": Numbers(values=np.array(degrees, dtype=float), decimals=5, delta=True),
        "word": codes(word),
        "several": lists(several),
        "text": Texts(values=text),
    }
    names = (*columns, "detail", "other")
    plain = [
        {name: value for name, value in zip(names, row, strict=True) if value is not None}
        for row in zip(whole, near, degrees, word, several, text, detail, other, strict=True)
    ]
    return plain, Table(count=count, columns=columns, details={"detail": detail, "other": other})


@given(tables(), st.integers(1, 5))
@settings(max_examples=200)
def test_any_columns_and_details_come_back_as_they_were(made, chunk):
    plain, table = made
    packed = pack(table, chunk=chunk)
    assert rows(unpack(packed)) == plain
    assert pack(table, chunk=chunk) == packed
    assert len(packed.parts) == math.ceil(table.count / chunk)


def test_half_a_surrogate_pair_comes_back_as_it_was():
    table = Table(count=1, columns={"text": Texts(values=["\ud800"])}, details={"quote": ["a\udfffb"]})
    assert rows(unpack(pack(table))) == [{"text": "\ud800", "quote": "a\udfffb"}]


def test_a_thousand_words_take_two_bytes_each():
    made = codes([f"word {n}" for n in range(1000)])
    back = unpack(pack(Table(count=1000, columns={"word": made})))
    column = back.columns["word"]
    assert isinstance(column, Codes)
    assert [column.values[code] for code in column.codes] == list(made.values)


@pytest.mark.parametrize(
    "column",
    [
        Numbers(values=np.array([0.0, 2.0**31])),
        Numbers(values=np.array([-(2.0**31)])),
        Numbers(values=np.array([0.0, 30000.0, 0.00001]), decimals=5),
        Codes(codes=np.array([2**31]), values=["a"]),
        Lists(counts=np.array([1]), codes=np.array([2**31]), values=["a"]),
    ],
)
def test_a_number_that_the_pages_arrays_do_not_hold_is_an_error(column):
    with pytest.raises(ValueError, match="the page takes"):
        pack(Table(count=len(getattr(column, "values", [0])), columns={"n": column}))


@given(st.lists(st.tuples(st.floats(-180, 180), st.floats(-90, 90)), max_size=30))
def test_the_curve_takes_each_place_once(points):
    lons, lats = (np.array([point[axis] for point in points], dtype=float) for axis in (0, 1))
    assert sorted(curve_order(lons, lats).tolist()) == list(range(len(points)))


def test_neighbours_along_the_curve_are_neighbours_on_the_map():
    lons, lats = (values.ravel() for values in np.meshgrid(np.linspace(-179, 179, 32), np.linspace(-89, 89, 32)))
    order = curve_order(lons, lats)
    steps = np.hypot(np.diff(lons[order]) / 358 * 31, np.diff(lats[order]) / 178 * 31)
    assert steps.max() < 1.5


@pytest.mark.parametrize(
    ("text", "begins"),
    [
        ("2020-09-27", ("2020-09-27T00:00", "day")),
        ("2020-09", ("2020-09-01T00:00", "month")),
        ("2020", ("2020-01-01T00:00", "year")),
        ("2020-09-27T08:03:59Z", ("2020-09-27T08:03", "minute")),
        ("2020-09-27 08:03+0400", ("2020-09-27T04:03", "minute")),
        ("2020-09-27/2020-11-10", ("2020-09-27T00:00", "day")),
        ("2020-09~", ("2020-09-01T00:00", "month")),
        ("1969-12-31T23:59:30Z", ("1969-12-31T23:59", "minute")),
    ],
)
def test_a_date_begins_at_a_minute_and_tells_how_exact_it_is(text, begins):
    minutes, exact = moment(text)
    assert (str(np.datetime64(int(minutes), "m")), exact) == begins


@given(st.text(max_size=30) | st.from_regex(r"\d{4}-\d\d-\d\d([ T]\d\d:\d\d)?", fullmatch=True))
def test_any_text_is_a_date_or_none(text):
    minutes, exact = moment(text)
    assert math.isnan(minutes) == (exact is None)


def test_the_rows_of_a_page_come_back(page_example):
    values = unpack_page(render(page_example))
    assert len(values["places"]) == len(page_example["places"])
    for place in values["places"]:
        before = page_example["places"][place["order"]]
        for key in ("id", "lat", "lon", "role", "printed", "labels", "names", "points", "confidence", "precision_m"):
            assert place[key] == before[key]
        told = [mention for mention in values["mentions"] if values["places"][mention["place"]] is place]
        assert [mention["order"] for mention in told if mention["place"] >= 0] == before["mentions"]
    for mention in values["mentions"]:
        before = page_example["mentions"][mention["order"]]
        for key in ("text", "kind", "status", "claimants", "events", "date", "why", "quote", "candidates"):
            assert mention[key] == before[key] if key != "claimants" else set(mention[key]) == set(before[key])
    ids = [report["id"] for report in values["reports"]]
    assert ids == [report["id"] for report in page_example["reports"]]
    area = values["areas"]["features"][0]["properties"]["place"]
    before = page_example["areas"]["features"][0]["properties"]["place"]
    assert values["places"][area]["id"] == page_example["places"][before]["id"]


def test_a_place_that_nothing_mentions_has_a_row_of_its_own(page_example):
    page_example["places"][0]["mentions"] = []
    values = unpack_page(render(page_example))
    [place] = [row for row, place in enumerate(values["places"]) if place["order"] == 0]
    assert [mention["kind"] for mention in values["mentions"] if mention["place"] == place] == ["silent"]


@given(st.lists(st.none() | st.text(alphabet="ab \ud800é\n", max_size=12), max_size=9))
def test_texts_come_back_sign_by_sign_whatever_their_spaces(texts):
    table = Table(count=len(texts), columns={}, details={"quote": texts})
    assert unpack(pack(table, chunk=2)).details.get("quote", []) == texts


def test_a_text_of_more_than_65535_words_comes_back():
    text = " ".join(f"w{n % 70_000}" for n in range(140_000))
    assert unpack(pack(Table(count=1, columns={}, details={"quote": [text]}))).details == {"quote": [text]}


def test_an_interval_has_its_end_and_a_plain_date_none():
    columns = moment_columns(["2020-09-27/2020-11-10", "2020-10-03", "2020-10/..", "2020-10-03/2020-09-01"])
    ends = columns["until"].values
    assert str(np.datetime64(int(ends[0]), "m")) == "2020-11-10T23:59"
    assert np.isnan(ends[1:]).all()
    assert "until" not in moment_columns(["2020-10-03", "2020-10/.."])
