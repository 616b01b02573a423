"""Web pages: the whole article, and nothing of the page around it."""

import logging
from pathlib import Path

import pytest

from geo.reports.read import read

PAGES = Path(__file__).parent.parent / "data" / "reading"
REPEATED = (
    "Residents of Lefkada are asked to keep the road to the hospital free for ambulances and for the fire brigade."
)


def only(source):
    (report,) = read(source)
    return report


@pytest.fixture(scope="module")
def article():
    """The long article."""
    return only(PAGES / "harbour-article.html")


def page(tmp_path, body, head=""):
    path = tmp_path / "page.html"
    path.write_text(f"<html><head>{head}</head><body>{body}</body></html>", encoding="utf-8")
    return path


def test_the_page_itself_tells_about_the_report(article):
    """Language, first publication, title, address and outlet come from the markup."""
    assert article.language == "en-GB"
    assert article.published == "2021-03-14"
    assert article.title == "Ferries return to Nidri after the storm"
    assert article.url == "https://courier.example/2021/03/14/ferries-return-nidri"
    assert article.source == "The Strait Courier"


def test_a_paragraph_that_stands_three_times_stays_three_times(article):
    """Two copies side by side and one further down are three lines of the text."""
    assert article.text.split("\n").count(REPEATED) == 3


@pytest.mark.parametrize(
    "part",
    [
        "The quay at Vasiliki is open again. Please drive slowly in Agios Petros.",
        "— Coast Guard of the Ionian (@ioniancoast) March 14, 2021",
        "Karya has light again, every street of it.",
        "READ MORE: Bridge at Lefkada stays shut to lorries",
        "At ten past nine the mayor of Meganisi thanked the crews by radio.",
        "on their way from Preveza with medicine",
        "The school of Vlycho, where forty people are sleeping on camp beds.",
        "Frikes",
        "What is still closed",
    ],
)
def test_what_belongs_to_the_article_is_in_its_text(article, part):
    """Quoted posts with their signatures, links, times, lists and tables are part of the text, in one piece."""
    assert part in article.text


@pytest.mark.parametrize(
    "part", ["cookies", "Weather", "Share", "Metsovo", "Arta", "mailbox", "Patras", "dataLayer", "Imprint"]
)
def test_the_furniture_of_the_page_is_not_in_the_text(article, part):
    """Banner, menu, buttons, related stories, newsletter, footer and scripts stay out."""
    assert part not in article.text


def test_no_mark_of_the_reading_stays_in_the_text(article):
    """The text holds only what the page shows, a line a paragraph."""
    assert not any("\u2800" <= letter <= "\u28ff" for letter in article.text)
    assert all(line == line.strip() and line for line in article.text.split("\n"))


def test_a_short_article_comes_without_its_page():
    """Two sentences among much furniture are still the whole text; facts come from JSON-LD."""
    report = only(PAGES / "short-note.html")
    assert (
        report.text
        == "Δρόμος κλειστός\nΟ δρόμος από τη Βόνιτσα προς την Αμφιλοχία είναι κλειστός μετά από κατολίσθηση."
    )
    assert (report.language, report.published, report.source) == ("el", "2022-01-09", "Εφημερίδα του Στενού")


def test_a_page_without_an_article_gives_its_body():
    """When no article is found, the visible text is the report."""
    report = only(PAGES / "no-article.html")
    assert "Ferry to Frikes: Monday" in report.text
    assert "Nowhere" not in report.text


def test_a_date_in_the_prose_is_not_the_date_of_the_page(tmp_path):
    """Neither a date in a sentence nor a copyright year nor a number in the address dates a report."""
    body = "<article><p>On 3 May 2019 a storm hit Nidri and closed the harbour there.</p></article><p>(c) 2018</p>"
    assert only(page(tmp_path, body, "<link rel=canonical href=https://courier.example/2017/05/04/x>")).published == ""


@pytest.mark.parametrize("shape", ["<p>{0}</p><p>{0}</p>", "<div>{0}</div><div>{0}</div>", "{0}<br><br>{0}<br>"])
@pytest.mark.parametrize(
    "frame", ["<article>{}</article>", '<div class="post-content">{}</div>', "<main>{}</main>", "{}"]
)
def test_neighbours_that_repeat_each_other_both_stay(tmp_path, shape, frame):
    """However a page marks its paragraphs, a repeated one is there twice."""
    more = "<p>Vasiliki was spared, and so was Sivota, where boats had been pulled ashore the evening before.</p>" * 3
    text = only(page(tmp_path, frame.format(shape.format(REPEATED) + more))).text
    assert text.count(REPEATED) == 2
    assert text.count("Vasiliki was spared") == 3


def test_a_link_in_a_box_between_paragraphs_stays(tmp_path):
    """A "read more" line is text, whether it stands in a paragraph or in a box of its own."""
    words = "The harbour master told us about it by telephone late on Tuesday evening, before the line went dead."
    box = '<div class="read-more"><a href="/b">READ MORE: The bridge at Lefkada</a></div>'
    body = f"<article><p>{words}</p>{box}<p>{words} Then it came back.</p></article>"
    assert "READ MORE: The bridge at Lefkada" in only(page(tmp_path, body)).text


def test_the_encoding_that_a_page_declares_is_used(tmp_path, caplog):
    """A page in an old encoding that says so is read without a warning."""
    path = tmp_path / "page.html"
    html = f'<html><head><meta charset="windows-1254"></head><body><p>{"Şuşa ve Ağdere. " * 9}</p></body></html>'
    path.write_bytes(html.encode("cp1254"))
    with caplog.at_level(logging.WARNING):
        assert "Şuşa ve Ağdere." in only(path).text
    assert not caplog.records


def test_the_same_page_gives_the_same_text_twice():
    """Reading has no memory: a second reading of a page drops nothing as already seen."""
    assert only(PAGES / "harbour-article.html") == only(PAGES / "harbour-article.html")
