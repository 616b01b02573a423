"""Take the pictures of the README: the sample map on a screen and on a phone. Needs the extra `test` and Debian's chromium.

python benchmarks/screenshot.py
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

import geo

ROOT = Path(__file__).parents[1]
SIZES = {"karabakh.png": (1600, 1000), "karabakh-phone.png": (390, 844)}
OPTIONS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
           "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip


def take(browser: Browser, page: Path, picture: Path, size: tuple[int, int]) -> None:
    """Open a page with the network off and write what is seen of it."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, offline=True, color_scheme="light", reduced_motion="reduce"
    )
    tab = context.new_page()
    tab.goto(page.as_uri())
    tab.wait_for_selector("body[data-shown]")
    tab.wait_for_timeout(1500)
    tab.screenshot(path=picture)
    context.close()


def main() -> None:
    """Build the sample spec's map and take its pictures."""
    executable = shutil.which("chromium")
    if executable is None:
        sys.exit("no Chromium: install Debian's package chromium")
    geo.build(ROOT / "maps" / "karabakh.toml")
    page = ROOT / "maps" / "karabakh.html"
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=OPTIONS)
        for name, size in SIZES.items():
            take(browser, page, ROOT / "docs" / "images" / name, size)
        browser.close()


if __name__ == "__main__":
    main()
