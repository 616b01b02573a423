"""What the tests of the page's parts share: a page from values, opened from a file with the network off."""

from __future__ import annotations

import pytest
from waiting import until

from geo.maps import render


@pytest.fixture
def visit(browser, tmp_path):
    """Give a function that opens the page of some values, with what follows `#` in its address; no error may be told."""
    contexts, errors = [], []

    def open_page(data, *, address="", width=1600, height=1000, **options):
        path = tmp_path / f"page{len(contexts)}.html"
        path.write_text(data if isinstance(data, str) else render(data), encoding="utf-8")
        options = {"reduced_motion": "reduce"} | options
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True, **options)
        contexts.append(context)
        tab = context.new_page()
        tab.on("pageerror", lambda error: errors.append(str(error)))
        tab.goto(path.as_uri() + address)
        return tab

    yield open_page
    for context in contexts:
        context.close()
    assert errors == []


@pytest.fixture
def told():
    """Give a function that makes a page's values of mentions: rows of place, date and whatever else they tell."""

    def values(rows, **more):
        names = list(dict.fromkeys(row["at"] for row in rows))
        outlets = list(dict.fromkeys(row.get("outlet", "Wire") for row in rows))
        places = [
            {
                "id": name, "lat": 40 + n * 0.2, "lon": 46 + (n % 5) * 0.3, "role": "site", "printed": [name],
                "labels": {"printed": name, "en": name},
                "mentions": [m for m, row in enumerate(rows) if row["at"] == name],
            }
            for n, name in enumerate(names)
        ]  # fmt: skip
        mentions = [
            {
                "report": outlets.index(row.get("outlet", "Wire")), "place": names.index(row["at"]), "text": row["at"],
                "kind": "place", "status": "resolved", "quote": "", "date": row.get("date", ""),
                "claimants": row.get("claimants", []), "events": row.get("events", []),
                "statements": row.get("statements", []),
            }
            for row in rows
        ]  # fmt: skip
        reports = [{"id": outlet, "source": outlet} for outlet in outlets]
        data = {"meta": {"title": "t"}, "parties": {}, "sources": {}, "reports": reports}
        return data | {"places": places, "mentions": mentions} | more

    return values


@pytest.fixture
def shown():
    """Give a function that tells the places that a page's list shows."""
    listed = (
        "Array.from(document.querySelectorAll('#places [data-place]')).filter((each) => each.offsetParent)"
        ".map((each) => each.dataset.place)"
    )
    return lambda tab: tab.evaluate(listed)


@pytest.fixture
def opened(browser, tmp_path):
    """Give a function that opens a page's values and waits for it; nothing may be asked for beside it, or go wrong."""
    contexts = []

    def open_page(data, *, width=1600, height=1000, ground=None, **options):
        path = tmp_path / f"page{len(contexts)}.html"
        path.write_text(render(data, basemap=ground), encoding="utf-8")
        context = browser.new_context(viewport={"width": width, "height": height}, offline=True, **options)
        tab = context.new_page()
        tab.errors, tab.requests = [], []
        tab.on("pageerror", lambda error: tab.errors.append(str(error)))
        tab.on("request", lambda request: tab.requests.append(request.url))
        contexts.append((context, tab, path))
        tab.goto(path.as_uri())
        until(tab, lambda: tab.locator("#status").inner_text() != "")
        return tab

    yield open_page
    for context, tab, path in contexts:
        made = [url for url in tab.requests if not url.startswith("data:")]
        context.close()
        assert tab.errors == []
        assert made == [path.as_uri()]
