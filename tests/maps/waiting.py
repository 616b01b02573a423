"""Waiting in a page; playwright's own waiting needs `eval`, which the page's policy keeps out."""

from __future__ import annotations


def until(tab, condition):
    """Wait for a condition."""
    for _ in range(200):
        if condition():
            return
        tab.wait_for_timeout(20)
    raise AssertionError(f"waited for four seconds; {tab.url}")
