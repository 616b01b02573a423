"""What several tests share: a Chromium for the tests that look at a page."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import pytest

CHROMIUM_OPTIONS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]


@pytest.fixture(scope="session")
def browser():
    """A headless Chromium; tests that need it are skipped where none is installed, and fail under ALLONYM_REQUIRE_BROWSER=1."""
    missing = pytest.fail if os.environ.get("ALLONYM_REQUIRE_BROWSER") == "1" else pytest.skip
    executable = shutil.which("chromium")
    if executable is None:
        missing("no Chromium: install Debian's package chromium to run the browser tests")
    try:
        from playwright.sync_api import sync_playwright
    except ImportError:
        missing("no playwright: install allonym[test] to run the browser tests")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_OPTIONS)
        yield chromium
        chromium.close()


@pytest.fixture
def page_example():
    """The example of a page's values, fresh for each test."""
    return json.loads((Path(__file__).parent / "data" / "page_example.json").read_text(encoding="utf-8"))
