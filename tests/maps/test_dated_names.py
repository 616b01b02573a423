"""A place's labels through time."""

from __future__ import annotations

import numpy as np
import pytest

from geo.gazetteer.records import Attestation
from geo.maps import render, unpack_page
from geo.maps.dated_names import dated_labels
from geo.maps.moments import period


def name(toponym, *, lang="en", kind="official", party=None, from_="", to=""):
    return Attestation(
        place="p", toponym=toponym, lang=lang, kind=kind, party=party, from_=from_, to=to, source="unverified", note=""
    )


def test_a_town_renamed_on_a_day_has_each_name_in_its_time():
    names = [
        name("Astana", from_="2022-09-17"),
        name("Nur-Sultan", kind="historical", from_="2019-03-23", to="2022-09-16"),
        name("Tselinograd", kind="historical", from_="1961", to="1992"),
    ]
    assert dated_labels(names) == [
        ["", ""],
        ["1961-01-01T00:00", "Tselinograd"],
        ["1993-01-01T00:00", ""],
        ["2019-03-23T00:00", "Nur-Sultan"],
        ["2022-09-17T00:00", "Astana"],
    ]


def test_names_without_any_date_make_no_labels_of_their_own():
    assert dated_labels([name("Astana"), name("Akmola", kind="historical")]) == []


def test_from_when_two_sides_name_a_place_both_names_stand():
    names = [
        name("Akhalgori", party="ge"),
        name("Leningor", party="south-ossetia", from_="1990-09-20"),
        name("Ахалгори", lang="ru", kind="exonym"),
    ]
    assert dated_labels(names) == [["", "Akhalgori"], ["1990-09-20T00:00", "Akhalgori / Leningor"]]


def test_a_name_of_a_time_goes_before_one_of_all_times():
    names = [name("Bender", kind="exonym"), name("Tighina", lang="ro", kind="historical", from_="1918", to="1940~")]
    assert dated_labels(names) == [["", "Bender"], ["1918-01-01T00:00", "Tighina"], ["1941-01-01T00:00", "Bender"]]


@pytest.mark.parametrize(
    ("text", "last"),
    [("2020-02", "2020-02-29T23:59"), ("2020", "2020-12-31T23:59"), ("1939~", "1939-12-31T23:59")],
)
def test_the_last_minute_of_a_month_and_of_a_year(text, last):
    assert str(np.datetime64(int(period(text)[1]), "m")) == last


def test_labels_through_time_come_back_out_of_the_page(page_example):
    page_example["places"][0]["dated"] = [["", "Akmola"], ["1998-05-06T00:00", "Astana"]]
    [place] = [row for row in unpack_page(render(page_example))["places"] if row["order"] == 0]
    assert place["dated_from"] == ["", "1998-05-06T00:00"]
    assert place["dated_label"] == ["Akmola", "Astana"]
