"""Take pictures of the maps: those of the README, or five views to look at. Needs the extra `test` and Debian's chromium.

python benchmarks/screenshot.py            # docs/images
python benchmarks/screenshot.py FOLDER     # five views, after `geo build maps/*.toml` and `python maps/make_synthetic.py`
"""

from __future__ import annotations

import shutil
import sys
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

import geo

ROOT = Path(__file__).parents[1]
DESK, PHONE = (1600, 1000), (390, 844)
README = {
    "karabakh-2020.png": ("karabakh-2020", "", DESK),
    "earthquake-2023.png": ("earthquake-2023", "#colour=events", DESK),
}
VIEWS = {
    "article.png": ("karabakh", "", DESK),
    "two-sides.png": ("karabakh-2020", "", DESK),
    "timeline.png": ("karabakh-2020", "#from=2020-10-01&to=2020-10-20&colour=events", DESK),
    "many.png": ("synthetic", "", DESK),
    "phone.png": ("karabakh-2020", "", PHONE),
}
OPTIONS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
           "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip


def take(browser: Browser, address: str, picture: Path, size: tuple[int, int]) -> None:
    """Open a page with the network off and write what is seen of it."""
    context = browser.new_context(
        viewport={"width": size[0], "height": size[1]}, offline=True, color_scheme="light", reduced_motion="reduce"
    )
    tab = context.new_page()
    tab.goto(address)
    tab.wait_for_selector("body[data-shown]")
    tab.wait_for_timeout(1500)
    tab.screenshot(path=picture)
    context.close()


def main(folder: Path | None) -> None:
    """Take the pictures of the README, its map built anew, or the views into a folder."""
    executable = shutil.which("chromium")
    if executable is None:
        sys.exit("no Chromium: install Debian's package chromium")
    if folder is None:
        geo.build(ROOT / "maps" / "karabakh.toml")
    else:
        folder.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=OPTIONS)
        for name, (page, hash_part, size) in (README if folder is None else VIEWS).items():
            path = ROOT / "maps" / f"{page}.html"
            take(browser, path.as_uri() + hash_part, (folder or ROOT / "docs" / "images") / name, size)
        browser.close()


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
