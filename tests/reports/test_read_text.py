"""Text and Markdown: the text as it is, since every offset refers to it."""

import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.errors import ReportError
from geo.reports.read import read


def only(source, **options):
    (report,) = read(source, **options)
    return report


@given(text=st.text(st.characters(codec="utf-8", exclude_characters="\0")).filter(lambda text: text.strip()))
def test_any_unicode_text_reads_back_as_itself(tmp_path_factory, text):
    """Whatever is written as UTF-8 is the report's text, but for newlines and one byte order mark."""
    path = tmp_path_factory.mktemp("any") / "report.txt"
    path.write_bytes(text.encode())
    expected = text.removeprefix("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    if expected.strip():
        assert only(path).text == expected


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_unicode_encodings_give_the_same_text(tmp_path, encoding):
    """A byte order mark is no part of the text, in UTF-8 nor in UTF-16."""
    path = tmp_path / "report.txt"
    path.write_bytes("Xocavənd — Խոջավենդ\r\nШуша\rŞuşa\n".encode(encoding))
    assert only(path).text == "Xocavənd — Խոջավենդ\nШуша\nŞuşa\n"


def test_a_text_file_is_one_report(tmp_path):
    """It is called like its file, and its first line is its title; language and date are not guessed."""
    path = tmp_path / "2021-storm.txt"
    path.write_text("\nStorm over Nidri\n\nThe harbour is closed.\n", encoding="utf-8")
    report = only(str(path))
    assert (report.id, report.title, report.source) == ("2021-storm.txt", "Storm over Nidri", "2021-storm.txt")
    assert (report.language, report.published, report.spans, report.point) == ("", "", None, None)


@pytest.mark.parametrize("encoding", ["cp1251", "koi8_r", "cp866"])
def test_a_legacy_encoding_that_is_certain_is_read_and_recorded(tmp_path, caplog, encoding):
    """A Russian text in an old encoding is read, and the log names the file and the encoding."""
    text = "Министерство обороны сообщило в воскресенье, что дорога у Ходжавенда закрыта. Жители остаются дома."
    path = tmp_path / "old.txt"
    path.write_bytes(text.encode(encoding))
    assert only(path).text == text
    assert f"{path}: read as {encoding}" in caplog.text


def test_markdown_front_matter_tells_about_the_report(tmp_path):
    """Title, date, language, source and address come from front matter; the text begins below it, markup and all."""
    path = tmp_path / "storm.md"
    path.write_text(
        "---\ntitle: 'Storm: day two'\ndate: 2021-03-14\nlang: en_GB\nsource: The Strait Courier\n"
        "url: https://courier.example/storm\ntags:\n  - weather\n---\n"
        "# Storm\n\nThe port of **Nidri** is [closed](x).\n",
        encoding="utf-8",
    )
    report = only(path)
    assert report.text == "# Storm\n\nThe port of **Nidri** is [closed](x).\n"
    assert (report.title, report.published, report.language) == ("Storm: day two", "2021-03-14", "en-GB")
    assert (report.source, report.url) == ("The Strait Courier", "https://courier.example/storm")


@pytest.mark.parametrize(
    "text",
    ["---\nA rule.\n---\nMore.\n", "---\ntitle: open\nMore.\n", "# Nidri\n"],
)
def test_markdown_without_front_matter_is_all_text(tmp_path, text):
    """Rules made of dashes and unclosed blocks are text."""
    path = tmp_path / "storm.md"
    path.write_text(text, encoding="utf-8")
    assert only(path).text == text


def test_a_date_that_is_no_date_is_left_out_and_said(tmp_path, caplog):
    """A published date must be ISO; another one is not passed on in silence."""
    path = tmp_path / "storm.md"
    path.write_text("---\ndate: last Tuesday\n---\nNidri.\n", encoding="utf-8")
    assert only(path).published == ""
    assert "'last Tuesday' is no ISO date" in caplog.text


def test_the_standard_input_may_be_text():
    """What does not begin with a JSON object is one text."""
    report = only("-", stdin=io.BytesIO(b"Nidri is open.\r\n"))
    assert (report.id, report.text) == ("stdin", "Nidri is open.\n")


def test_the_standard_input_may_be_json_lines():
    """What begins with a JSON object is one report a line."""
    lines = b'\n{"id": "a", "text": "Nidri"}\n\n{"text": "Karya"}\n'
    assert [(r.id, r.text) for r in read("-", stdin=io.BytesIO(lines))] == [("a", "Nidri"), ("stdin-2", "Karya")]


def test_a_broken_line_does_not_turn_json_lines_into_prose():
    """A cut line after a good one is named; its braces are not mapped as text."""
    with pytest.raises(ReportError, match=r"^stdin:2: broken JSON"):
        list(read("-", stdin=io.BytesIO(b'{"text": "Nidri"}\n{"text": "Ka')))
