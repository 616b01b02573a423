"""A report: the text that everything after is measured against."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Report:
    """One report, or one place that somebody has already listed.

    Attributes
    ----------
    id : str
        Unique within a build: the row's id, or the file's name.
    text : str
        The text that offsets refer to. For a listed place, its name as listed.
    title : str
        The first line or the document's title; "" where there is none.
    source : str
        The outlet or file it comes from.
    url : str
        Its address, or "".
    language : str
        BCP 47 tag when the input tells it, otherwise "".
    published : str
        ISO 8601 date when the input tells it, otherwise "".
    spans : tuple of (start, end), or None
        Mentions given with the input; None when they are to be found.
    point : (lon, lat), or None
        Coordinates given with a listed place, WGS 84 degrees.
    flags : tuple of str
        Words such as "graphic" or "unverified": a page covers what the report says until its reader asks for it.
    """

    id: str
    text: str
    title: str = ""
    source: str = ""
    url: str = ""
    language: str = ""
    published: str = ""
    spans: tuple[tuple[int, int], ...] | None = None
    point: tuple[float, float] | None = None
    flags: tuple[str, ...] = ()

    @property
    def is_listed(self) -> bool:
        """Whether this is one place that somebody has listed: its whole text is the one mention."""
        return self.spans == ((0, len(self.text)),)
