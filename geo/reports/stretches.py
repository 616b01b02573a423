"""A long report in stretches, each cut where a paragraph ends, so that memory and time grow with the stretch alone."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from geo.reports.report import Report

LONGEST_STRETCH = 100_000
# Where a cut does least harm, the best first: a blank line, a line's end, a sentence's, a word's.
_GAPS = ("\n\n", "\n", ". ", " ")


def stretches(report: Report) -> Iterator[tuple[int, Report]]:
    r"""Give a report in stretches of at most 100,000 characters, each with its offset in the report.

    A shorter report is its own only stretch, and so is one whose spans are given.

    Examples
    --------
    >>> from geo.reports.report import Report
    >>> [(start, len(part.text)) for start, part in stretches(Report(id="r", text=("x" * 70_000 + "\n") * 2))]
    [(0, 70001), (70001, 70001)]
    """
    if len(report.text) <= LONGEST_STRETCH or report.spans is not None:
        yield 0, report
        return
    start = 0
    while start < len(report.text):
        end = _cut(report.text, start)
        yield start, replace(report, text=report.text[start:end])
        start = end


def _cut(text: str, start: int) -> int:
    """Give where the stretch that begins at `start` ends: after the best gap in its second half."""
    last = start + LONGEST_STRETCH
    if last >= len(text):
        return len(text)
    for gap in _GAPS:
        found = text.rfind(gap, start + LONGEST_STRETCH // 2, last)
        if found >= 0:
            return found + len(gap)
    return last
