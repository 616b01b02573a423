"""Names, dates and languages from anywhere: taken as they are where that is safe, refused where it is not."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.gazetteer import edtf
from geo.gazetteer.importers.dates import to_edtf
from geo.gazetteer.importers.fields import coordinates, language, safe_id, toponym
from geo.gazetteer.importers.ledger import BadRowError, Ledger


@pytest.mark.parametrize(
    "name",
    [
        "'s-Hertogenbosch",
        "-Sur",
        "ʻEwa",
        "‘Ajmān",
        "Şuşa (town)",
        "-Sur (town)",
        "St. John's",
        "سامرّاء",
        "می‌ناب",
        "!Xóõ",
    ],
)
def test_names_that_only_look_odd_stay_as_they_are(name):
    assert toponym(name) == name


@pytest.mark.parametrize(
    "name",
    [
        "=1+1",
        " =1+1",
        "+1",
        "@SUM(A1)",
        "\t=1",
        "＝1",
        "＋1",
        "＠x",
        "-1+cmd|' /C calc'!A0",
        "-HYPERLINK(1)",
        "\u200e=1",
    ],
)
def test_names_that_a_spreadsheet_would_run_are_refused(name):
    with pytest.raises(BadRowError, match="would run as a formula"):
        toponym(name)


@pytest.mark.parametrize(
    "name", ["Ar\u202eden", "\u202dArden", "Ar\x00den", "Ar\nden", "Ar\x1bden", "Ar\ud800den", "", " ", "\u200f"]
)
def test_names_that_deceive_or_are_none_are_refused(name):
    with pytest.raises(BadRowError):
        toponym(name)


def test_marks_of_direction_that_change_nothing_go():
    assert toponym("\u202bخوجالي\u202c\u200f") == "خوجالي"
    assert toponym("\ufeffArden\u200b") == "Arden"


@given(st.text(max_size=60))
def test_a_taken_name_is_safe_and_taken_again_as_it_is(text):
    try:
        name = toponym(text)
    except BadRowError:
        return
    assert name == name.strip() != ""
    assert toponym(name) == name
    assert unicodedata.normalize("NFKC", name)[0] not in "=+@"
    assert not any(unicodedata.category(sign) in ("Cc", "Cs") or sign in "\u202d\u202e" for sign in name)
    name.encode()


@given(st.text(max_size=20))
def test_a_date_is_read_as_edtf_or_not_at_all(text):
    read = to_edtf(text)
    assert read is None or edtf.valid(read)


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("1991", "1991"),
        ("1991-08", "1991-08"),
        ("19910831", "1991-08-31"),
        ("1991-08-31T00:00:00Z", "1991-08-31"),
        ("31 August 1991", "1991-08-31"),
        ("Aug. 31, 1991", "1991-08-31"),
        ("Aug 1991", "1991-08"),
        ("31.8.1991", "1991-08-31"),
        ("8/31/1991", "1991-08-31"),
        ("3/3/1991", "1991-03-03"),
        ("3/10/2020", None),
        ("1991?", "1991?"),
        ("ca. 1200", "1200~"),
        ("c1200", "1200~"),
        ("330", "0330"),
        ("500 BC", "-0499"),
        ("1 BC", "0000"),
        ("-0499", "-0499"),
        ("1919-uu-uu", "1919"),
        ("uuuu", ""),
        ("", ""),
        ("open", ".."),
        ("present", ".."),
        ("19911331", None),
        ("1991-02-30", None),
        ("19th century", None),
        ("1990s", None),
        ("Smarch 1991", None),
    ],
)
def test_dates_with_one_reading_are_read_and_others_are_not(text, read):
    assert to_edtf(text) == read


@pytest.mark.parametrize(
    ("tag", "told"),
    [
        *(("aze", "az"), ("hye", "hy"), ("zho_hans", "zh-Hans"), ("deu_ch", "de-CH"), ("sr-Latn", "sr-Latn")),
        *(("be-tarask", "be-tarask"), ("und", ""), ("", ""), ("left", None), ("genitive", None), ("1921", None)),
        *(("a" * 5_000, None), ("x y", None), ("ru/../..", None)),
    ],
)
def test_a_language_is_bcp_47_or_none(tag, told):
    assert language(tag) == told


@pytest.mark.parametrize("value", ["nan", "inf", "-inf", "1e400", float("nan"), None, "", "40,5", [], {}])
def test_what_is_no_latitude_is_refused(value):
    with pytest.raises(BadRowError):
        coordinates(value, 0)


@given(st.text())
def test_a_region_is_never_a_path(text):
    assert set(safe_id(text)) <= set("abcdefghijklmnopqrstuvwxyz0123456789-")
    assert safe_id(text)


def test_a_ledger_keeps_the_first_places_of_each_reason():
    ledger = Ledger()
    for line in range(10):
        ledger.where = f"x:{line}"
        ledger.leave("code")
    assert ledger.left_out == {"code": 10}
    assert ledger.examples == {"code": ["x:0", "x:1", "x:2"]}
