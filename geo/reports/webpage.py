"""A web page: its article without the page's furniture, whole, with quoted posts and every repeated paragraph."""

from __future__ import annotations

import codecs
import contextlib
import logging
import re
from typing import TYPE_CHECKING, Any

from geo.errors import ReportError
from geo.reports.encoding import encoding_of
from geo.reports.page_facts import page_facts
from geo.reports.report import Report

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.reports.source import Source

_PAGE_LIMIT = 20_000_000
_DECLARED = re.compile(rb"<(?:meta|\?xml)[^>]{0,200}?(?:charset|encoding)\s*=\s*[\"']?([\w.:-]+)", re.IGNORECASE)
_DECLARATION_WITHIN = 4096
# What the web means by these names (WHATWG Encoding Standard).
_WEB_NAMES = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254"}

_BLOCKS = "p|h1|h2|h3|h4|h5|h6|li|dd|dt|td|th|blockquote|div|section|article|figcaption|pre"
_APART = {
    *_BLOCKS.split("|"),
    *("ul", "ol", "dl", "table", "figure", "aside", "header", "footer", "nav", "main", "form"),
}
_FURNITURE = ("nav", "footer", "aside", "form", "dialog")  # a header may hold an article's first sentences
_OUTSIDE_FURNITURE = f"not({' or '.join(f'ancestor::{tag}' for tag in _FURNITURE)})"
_LINK_WORDS = 4  # fewer are a button: "Share this"
_TABLE_RULE = re.compile(r"\|(?:-+\|)+")
_REPEAT_LENGTH = 40  # trafilatura drops repeats of more than 50 characters
_SHORT = "25"  # characters: where a page marks its article, a shorter one than trafilatura expects is believed
_MARKS = range(0x2801, 0x2900)  # Braille patterns: printable, and no page's prose


def read_webpage(source: Source) -> Iterator[Report]:
    """Read the article of a page; offsets count in the text that this gives.

    The page itself must tell its language, date, title and address; nothing is guessed from the prose.

    Raises
    ------
    ReportError
        Over 20 MB, no text, or an encoding that cannot be told.
    """
    if source.size() > _PAGE_LIMIT:
        raise ReportError(f"{source.name}: a page of more than {_PAGE_LIMIT // 1_000_000} MB; give its article as .txt")
    with source.open() as stream:
        head = stream.read(_DECLARATION_WITHIN)
    with source.open_text(encoding_of(source, declared=_declared(head))) as text_stream:
        html = text_stream.read()
    tree = _parse(html)
    if tree is None:
        raise ReportError(f"{source.name}: has no text that could be read as a page; give its article as .txt")
    facts = page_facts(tree, source.name)
    text = article_text(tree) or body_text(_parse(html))
    if not text:
        raise ReportError(f"{source.name}: has no text; save the page from a browser, or give its article as .txt")
    yield Report(
        id=source.file_name,
        text=text,
        title=facts.title,
        source=facts.source or source.file_name,
        url=facts.url,
        language=facts.language,
        published=facts.published,
    )


def article_text(tree: Any) -> str:
    """Give the article's text, a line a paragraph, or "" when there is none; changes the tree.

    Method: trafilatura, with the tree prepared so that it keeps what belongs to an article and what it would drop even
    with ``deduplicate=False``: a paragraph that repeats its neighbour, a quoted post in a figure or with a class that
    says "embed", the words inside ``<time>``, a line that is one link.
    """
    from trafilatura import bare_extraction  # noqa: PLC0415 - only for pages
    from trafilatura.settings import use_config  # noqa: PLC0415 - only for pages

    _keep_article_parts(tree)
    mark = _mark_repeats(tree)
    config = use_config()
    if tree.xpath("//article|//*[@itemprop='articleBody']"):
        config.set("DEFAULT", "MIN_EXTRACTED_SIZE", _SHORT)
    with _silent("trafilatura", "htmldate"):
        document: Any = bare_extraction(
            tree, include_comments=False, include_tables=True, deduplicate=False, config=config
        )
    return _tidy(document.text or "", mark) if document is not None else ""


def body_text(tree: Any) -> str:
    """Give all text of the page's body, a line a block, without scripts and the like."""
    if tree is None:
        return ""
    for element in tree.xpath("//head|//script|//style|//noscript|//template|//svg|//select|//button"):
        element.drop_tree()
    for block in tree.xpath("|".join(f"//{tag}" for tag in [*_BLOCKS.split("|"), "br", "tr"])):
        block.tail = f"\n{block.tail or ''}"
    return _tidy(tree.text_content(), "")


def _parse(html: str) -> Any:
    from trafilatura import load_html  # noqa: PLC0415 - only for pages

    with _silent("trafilatura"):
        tree = load_html(html)
        return load_html(f"<html><body>{html}</body></html>") if tree is None else tree


def _keep_article_parts(tree: Any) -> None:
    for box in tree.xpath(f"//*[self::article or self::main or self::div or self::body][{_OUTSIDE_FURNITURE}]"):
        _make_paragraphs(box)
    for figure in tree.xpath("//figure[.//blockquote]"):
        figure.tag = "div"
        figure.attrib.clear()
    for quote in tree.xpath(f"//blockquote[{_OUTSIDE_FURNITURE}]"):
        for element in (quote, *quote.iterdescendants("p", "div", "span")):
            element.attrib.pop("class", None)
            element.attrib.pop("id", None)
        _free(quote)
    for words in tree.xpath("//p//time|//li//time|//td//time|//blockquote//time"):
        words.drop_tag()
    for link in tree.xpath(f"//p[{_OUTSIDE_FURNITURE}]//a|//blockquote[{_OUTSIDE_FURNITURE}]//a"):
        link.drop_tag()
    for box in tree.xpath(f"//*[self::div or self::ul][count(.//a)=1][preceding-sibling::p][{_OUTSIDE_FURNITURE}]"):
        _keep_link_between_paragraphs(box)


def _make_paragraphs(box: Any) -> None:
    """Put loose text between blocks or line breaks into paragraphs, and turn a box of mere text into one."""
    children = list(box)
    if not any(child.tag in _APART or child.tag == "br" for child in children):
        linked = sum(len(link.text_content()) for link in box.iter("a"))
        if box.tag == "div" and len(box.text_content().strip()) - linked > _REPEAT_LENGTH:
            box.tag = "p"
        return
    loose = _paragraph(box, box.text)
    box.text = None
    box[:] = []
    for child in children:
        if child.tag in _APART or child.tag == "br":
            following, child.tail = child.tail, None
            box.extend([part for part in (loose, child) if part.tag != "br" and (part is child or _has_text(part))])
            loose = _paragraph(box, following)
        else:
            loose.append(child)
    if _has_text(loose):
        box.append(loose)


def _paragraph(box: Any, text: str | None) -> Any:
    paragraph = box.makeelement("p")
    paragraph.text = text
    return paragraph


def _has_text(element: Any) -> bool:
    return bool(element.text_content().strip())


def _keep_link_between_paragraphs(box: Any) -> None:
    words = box.text_content().split()
    link = box.xpath(".//a")[0]
    if len(words) >= _LINK_WORDS and link.text_content().split() == words:
        for child in list(box):
            child.drop_tree()
        box.attrib.clear()
        box.tag, box.text = "p", " ".join(words)


def _free(quote: Any) -> None:
    """Take the class off the boxes that hold nothing but the quote, which trafilatura would drop for it."""
    own = len(quote.text_content().split())
    for box in quote.iterancestors("div", "section"):
        if len(box.text_content().split()) > own:
            return
        box.attrib.clear()


def _mark_repeats(tree: Any) -> str:
    """End each paragraph that stands more than once with a mark of its own; gives the sign around the marks."""
    everything = tree.text_content()
    sign = next((chr(code) for code in _MARKS if chr(code) not in everything), "")
    if not sign:
        return ""
    blocks = tree.xpath("|".join(f"//{tag}" for tag in _BLOCKS.split("|")))
    inner = "|".join(f".//{tag}" for tag in _BLOCKS.split("|"))
    leaves = [block for block in blocks if not block.xpath(f"boolean({inner})")]
    texts = [" ".join(leaf.text_content().split()) for leaf in leaves]
    seen: dict[str, int] = {}
    for text in texts:
        seen[text] = seen.get(text, 0) + 1
    for number, (leaf, text) in enumerate(zip(leaves, texts, strict=True)):
        if seen[text] > 1 and len(text) > _REPEAT_LENGTH:
            _append(leaf, f"{sign}{number}{sign}")
    return sign


def _append(element: Any, mark: str) -> None:
    if len(element):
        element[-1].tail = (element[-1].tail or "").rstrip() + mark
    else:
        element.text = (element.text or "").rstrip() + mark


def _tidy(text: str, sign: str) -> str:
    """Take the marks out, and white space at both ends of the lines, empty lines and the rules of tables."""
    if sign:
        text = re.sub(f"{sign}\\d+{sign}", "", text)
    lines = (" ".join(line.split()) for line in text.split("\n"))
    return "\n".join(line for line in lines if line and not _TABLE_RULE.fullmatch(line.replace(" ", "")))


def _declared(head: bytes) -> str:
    found = _DECLARED.search(head)
    try:
        name = codecs.lookup(found[1].decode("ascii")).name if found else ""
    except LookupError:
        return ""
    return _WEB_NAMES.get(name, name)


@contextlib.contextmanager
def _silent(*names: str) -> Iterator[None]:
    """Keep the libraries' own log lines off the user's terminal; what matters is raised here."""
    loggers = [logging.getLogger(name) for name in names]
    levels = [logger.level for logger in loggers]
    try:
        for logger in loggers:
            logger.setLevel(logging.CRITICAL + 1)
        yield
    finally:
        for logger, level in zip(loggers, levels, strict=True):
            logger.setLevel(level)
