"""folium elements that bring scripts of their own, rendered so that equal maps give equal text."""

from __future__ import annotations

import contextlib
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from branca.element import CssLink, Element, JavascriptLink

from geo.maps.bundle import folium_shim
from geo.maps.page import Extra

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from branca.element import Figure

_RANDOM_ID = re.compile(r"[0-9a-f]{32}")
_INLINE = re.compile(r"<(script|style)>(.*?)</\1>", re.DOTALL | re.IGNORECASE)


def render_foreign(figure: Figure, elements: Sequence[Any], map_name: str) -> Extra:
    """Render elements that the page cannot draw from their data, and let their scripts and styles in.

    branca's random ids give way to a count in the order of their first appearance in the text. The elements and the
    figure stay as they were, so that rendering a map changes neither it nor another that shares an element.

    Parameters
    ----------
    figure : branca.element.Figure
        The figure that the elements hang in.
    elements : sequence of branca.element.Element
        Children of the map.
    map_name : str
        The name by which the elements' scripts call their map.
    """
    with _untouched(figure):
        for element in elements:
            element.render()
        header = list(figure.header._children.values())  # noqa: SLF001
        links = [each for each in header if isinstance(each, JavascriptLink | CssLink)]
        markup = "\n".join(each.render() for each in header if not isinstance(each, JavascriptLink | CssLink))
        markup += "\n".join(each.render() for each in figure.html._children.values())  # noqa: SLF001
        script = "\n".join(each.render() for each in figure.script._children.values())  # noqa: SLF001
        numbered = _Numbering(_ids(figure))
    markup, script = numbered(markup), numbered(script)
    inline = _INLINE.findall(markup)
    tags = "".join(numbered(link.render()) + "\n" for link in links)
    own = f"var {numbered(map_name)} = window.allonym.map;\n{script}"
    return Extra(
        scripts=(folium_shim(), *(text for tag, text in inline if tag.lower() == "script"), own),
        styles=tuple(text for tag, text in inline if tag.lower() == "style"),
        script_hosts=_origins(link.url for link in links if isinstance(link, JavascriptLink)),
        style_hosts=_origins(link.url for link in links if isinstance(link, CssLink)),
        html=tags + _INLINE.sub("", markup),
    )


class _Numbering:
    """Puts a count in the place of random ids, the first that is met first."""

    def __init__(self, ids: set[str]) -> None:
        self._ids = ids
        self._numbers: dict[str, str] = {}

    def __call__(self, text: str) -> str:
        return _RANDOM_ID.sub(self._number, text)

    def _number(self, found: re.Match[str]) -> str:
        name = found.group()
        if name not in self._ids:
            return name  # data that look like an id
        return self._numbers.setdefault(name, f"{len(self._numbers):04x}")


def _ids(figure: Figure) -> set[str]:
    """Give every random id in a figure, those of elements made while rendering included."""
    found: set[str] = set()
    seen: set[int] = set()
    waiting: list[Element] = [figure]
    while waiting:
        element = waiting.pop()
        if id(element) in seen:
            continue
        seen.add(id(element))
        found.add(element._id)  # noqa: SLF001
        waiting.extend(part for part in vars(element).values() if isinstance(part, Element))  # a popup's html, an icon
        for name, child in element._children.items():  # noqa: SLF001
            found.update(_RANDOM_ID.findall(name))
            waiting.append(child)
    return found


@contextlib.contextmanager
def _untouched(figure: Figure) -> Iterator[None]:
    parts = (figure.header, figure.html, figure.script)
    before = [part._children.copy() for part in parts]  # noqa: SLF001
    try:
        yield
    finally:
        for part, children in zip(parts, before, strict=True):
            part._children = children  # noqa: SLF001


def _origins(urls: Iterable[str]) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for url in urls:
        parts = urlsplit(url)
        if parts.scheme in {"http", "https"}:
            found[f"{parts.scheme}://{parts.netloc}"] = None
    return tuple(found)
