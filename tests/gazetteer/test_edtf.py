"""Dates of the tables: what they may be, and what lies within a span."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer.edtf import contains, valid


@pytest.mark.parametrize(
    "date",
    ["", "..", "1923", "1923?", "1923~", "1923%", "2020-10", "2020-10-03", "2020-02-29", "-0044", "0000", "2020-10~"],
)
def test_years_months_days_and_open_ends_are_dates(date: str):
    assert valid(date)


@pytest.mark.parametrize(
    "date",
    [
        "20",
        "2020-13",
        "2020-00",
        "2021-02-29",
        "2020-10-00",
        "3.10.2020",
        "2020/2021",
        "?",
        " 2020",
        "2020-1-1",
        "٢٠٢٠",
    ],
)
def test_other_writings_are_no_dates(date: str):
    assert not valid(date)
    with pytest.raises(ValueError, match="is no date; write YYYY"):
        contains(date, "", "2020")


@pytest.mark.parametrize(
    ("from_", "to", "at"),
    [
        ("", "", "2020"),
        ("..", "..", "2020"),
        ("2020-10-03", "..", "2020-10-03"),
        ("2020-10-03", "", "2020"),
        ("", "2020-10-03", "2020-10"),
        ("1923~", "1991?", "1991-12-31"),
        ("-0044", "0476", "0001"),
        ("2020-10-03", "2020-10-03", ""),
    ],
)
def test_a_span_contains_its_ends_and_what_shares_a_day_with_it(from_: str, to: str, at: str):
    assert contains(from_, to, at)


@pytest.mark.parametrize(
    ("from_", "to", "at"),
    [
        ("2020-10-03", "", "2020-10-02"),
        ("", "2020-10-03", "2020-10-04"),
        ("2020-10-03", "", "2020-09"),
        ("1923", "1991", "1992-01"),
        ("1923", "1991", "1922-12-31"),
        ("-0044", "-0001", "0000"),
    ],
)
def test_a_span_leaves_out_what_is_before_or_after_it(from_: str, to: str, at: str):
    assert not contains(from_, to, at)


@given(st.dates(), st.dates(), st.dates())
def test_days_compare_as_the_calendar_has_them(from_, to, at):
    assert contains(from_.isoformat(), to.isoformat(), at.isoformat()) == (from_ <= at <= to)


@given(st.text())
def test_any_text_is_a_date_or_not(text: str):
    assert valid(text) in {True, False}
