"""A page inside a notebook: in a frame of its own, from which nothing reaches the notebook."""

from __future__ import annotations

from markupsafe import escape

HEIGHT = 600
SANDBOX = "allow-scripts allow-downloads allow-popups"
"""The page may run its scripts, offer files and open links; it has no origin, so it cannot touch the notebook around it."""


def framed(page: str, *, title: str = "", height: int = HEIGHT) -> str:
    """Give the HTML that shows a page in Jupyter and VS Code.

    Parameters
    ----------
    page : str
        A whole page, as `geo.maps.page.render` gives it. Its own policy holds inside the frame.
    title : str
        What a screen reader calls the frame.
    height : int
        In pixels; the width is the cell's.

    Examples
    --------
    >>> framed("<p>A</p>", title="A map").startswith('<iframe srcdoc="&lt;p&gt;A&lt;/p&gt;"')
    True
    """
    style = f"display: block; width: 100%; height: {height}px; border: 0"
    return (
        f'<iframe srcdoc="{escape(page)}" sandbox="{SANDBOX}" referrerpolicy="no-referrer" style="{style}"'
        f' title="{escape(title or "Map")}"></iframe>'
    )
