"""What several tests share: a Chromium for the tests that look at a page."""

from __future__ import annotations

import json
import os
import shutil
from pathlib import Path

import hypothesis
import pytest

from geo.gazetteer.gazetteer import Gazetteer

try:
    from playwright.sync_api import sync_playwright
except ImportError:  # the tests that need no browser run without it
    sync_playwright = None

# How long an example takes is no matter of these tests: that is what benchmarks are for.
hypothesis.settings.register_profile("untimed", deadline=None)
hypothesis.settings.load_profile("untimed")

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


@pytest.fixture(scope="session", autouse=True)
def _no_own_folder(tmp_path_factory):
    """A user's own folder that is empty: no test reads the one of whoever runs it."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("ALLONYM_CONFIG", str(tmp_path_factory.mktemp("config")))
        yield


@pytest.fixture(scope="module")  # its event loop ends with the module, so that other tests may have theirs
def browser():
    """A headless Chromium; where none is installed the test is skipped, or fails under ALLONYM_REQUIRE_BROWSER=1."""
    missing = pytest.fail if os.environ.get("ALLONYM_REQUIRE_BROWSER") == "1" else pytest.skip
    executable = shutil.which("chromium")
    if executable is None:
        missing("no Chromium: install Debian's package chromium to run the browser tests")
    if sync_playwright is None:
        missing("no playwright: install allonym[test] to run the browser tests")
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_OPTIONS)
        yield chromium
        chromium.close()


@pytest.fixture
def page_example():
    """The example of a page's values, fresh for each test."""
    return json.loads((Path(__file__).parent / "data" / "page_example.json").read_text(encoding="utf-8"))


@pytest.fixture(scope="module")  # its event loop ends with the module, so that other tests may have theirs
def gazetteer():
    """The gazetteer that ships with the project, opened once; its index is compiled when it is not there yet."""
    return Gazetteer.open()
