"""Build, open, pan and filter maps of many reported locations: Allonym's page beside Folium's ways, in one run.

Needs the extra `test` and Debian's chromium. Folium's pages load their scripts from hosts on the network; here they come from
a folder of npm packages, so that no network is measured:

    npm install --prefix SCRIPTS leaflet@1.9 leaflet.markercluster@1 jquery@3
    python benchmarks/large_maps.py --scripts SCRIPTS [--sizes 1000 100000 1000000]

Without --scripts Allonym's page is measured alone. Times of building leave the importing of geopandas and folium out; the peak is
that of the whole process, table included. "Open" ends with the last long task after navigation, or where there is none with
the load event; "freeze" is the longest time between two frames while the map is dragged.
"""

from __future__ import annotations

import argparse
import json
import resource
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
from playwright.sync_api import Browser, Page, Route, TimeoutError, sync_playwright  # noqa: A004

WORDS = [
    "shelling",
    "reported",
    "near",
    "village",
    "claimed",
    "casualties",
    "position",
    "drone",
    "strike",
    "ceasefire",
    "violation",
    "armed",
    "forces",
    "northern",
    "southern",
    "outskirts",
    "bridge",
    "road",
    "military",
    "vehicle",
    "destroyed",
    "footage",
    "geolocated",
    "statement",
    "denied",
    "ministry",
    "spokesman",
    "morning",
    "evening",
    "artillery",
    "fire",
    "border",
    "section",
]
TOWNS, OUTLETS = [f"Town {n}" for n in range(25)], [f"Outlet {n}" for n in range(12)]
SIDES, EVENTS = ["am-mod", "az-mod", "am-mod; az-mod"], ["combat", "shelling", "drone strike"]
TEXT = 200
OPTIONS = ["--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
           "--disable-background-networking", "--disable-component-update", "--disable-sync"]  # fmt: skip
LIMITS = {"FastMarkerCluster": 1_000_000, "GeoJson": 100_000}
"""Rows that Folium's ways are asked for at most."""
QUIET_MS, LONGEST_MS = 1500, 180_000
WATCH = """
window.watched = {last: 0};
new PerformanceObserver((list) => list.getEntries().forEach((entry) => {
  window.watched.last = Math.max(window.watched.last, entry.startTime + entry.duration);
})).observe({type: "longtask", buffered: true});
"""
FRAMES = """() => {
  window.frames_ = {last: performance.now(), worst: 0, run: true};
  const step = (now) => {
    window.frames_.worst = Math.max(window.frames_.worst, now - window.frames_.last);
    window.frames_.last = now;
    if (window.frames_.run) requestAnimationFrame(step);
  };
  requestAnimationFrame(step);
}"""
DRAWN = {
    "Allonym": "(({places, markers, dots, bins}) => markers + dots === places ? places : -1)(allonym.drawn())",
    "FastMarkerCluster": "Object.values(window).find((each) => each instanceof L.MarkerClusterGroup).getLayers().length",
    "GeoJson": "Object.values(window).find((each) => each instanceof L.GeoJSON).getLayers().length",
}
ANSWER = """(state) => {
  const start = performance.now();
  allonym.restore(state);
  return [performance.now() - start, allonym.counts().places];
}"""


def texts(count: int) -> Iterator[str]:
    """Give distinct texts of 200 characters."""
    chance, words = np.random.default_rng(1), np.array(WORDS, dtype=object)
    for start in range(0, count, 10_000):
        for row, chosen in enumerate(chance.integers(0, len(words), (min(10_000, count - start), 32))):
            yield f"{' '.join(words[chosen])[: TEXT - 8]}{start + row:08d}"


def table(count: int) -> Any:
    """Give a GeoDataFrame of made-up reported locations."""
    import geopandas as gpd  # noqa: PLC0415 - loaded in the processes that build
    import pandas as pd  # noqa: PLC0415

    chance = np.random.default_rng(2)
    pick = lambda words: np.array(words, dtype=object)[chance.integers(0, len(words), count)]  # noqa: E731
    days = np.datetime64("2020-01-01") + chance.integers(0, 2100, count).astype("timedelta64[D]")
    points = gpd.points_from_xy(chance.normal(46.5, 1.2, count), chance.normal(40.2, 0.8, count))
    columns = {"name": pick(TOWNS), "date": days, "source": pick(OUTLETS), "side": pick(SIDES), "event": pick(EVENTS)}
    return gpd.GeoDataFrame(columns | {"text": pd.Series(texts(count))}, geometry=points, crs=4326)


def allonym(frame: Any) -> Any:
    import geo  # noqa: PLC0415

    return geo.explore(frame, title="Reported locations")


def fast_marker_cluster(frame: Any) -> Any:
    import folium  # noqa: PLC0415
    from folium.plugins import FastMarkerCluster  # noqa: PLC0415

    page = folium.Map([40.2, 46.5], zoom_start=8, tiles=None, max_zoom=18, maxZoom=18)
    told = frame["name"] + ", " + frame["date"].astype(str) + ", " + frame["source"] + ": " + frame["text"]
    rows = [[lat, lon, text] for lat, lon, text in zip(frame.geometry.y, frame.geometry.x, told, strict=True)]
    callback = """function (row) {
        var marker = L.marker(new L.LatLng(row[0], row[1]));
        marker.bindPopup(function () { var div = document.createElement("div"); div.textContent = row[2]; return div; });
        return marker;
    }"""
    FastMarkerCluster(rows, callback=callback).add_to(page)
    return page


def geo_json(frame: Any) -> Any:
    import folium  # noqa: PLC0415

    page = folium.Map([40.2, 46.5], zoom_start=8, tiles=None, prefer_canvas=True)
    told = frame.assign(date=frame["date"].astype(str))
    popup = folium.GeoJsonPopup(["name", "date", "source", "text"])
    folium.GeoJson(told, marker=folium.CircleMarker(radius=3), popup=popup).add_to(page)
    return page


METHODS: dict[str, Callable[[Any], Any]] = {
    "Allonym": allonym,
    "FastMarkerCluster": fast_marker_cluster,
    "GeoJson": geo_json,
}


def build(method: str, count: int, out: Path) -> None:
    """Build one page in this process and tell what it cost."""
    import folium.plugins  # noqa: F401, PLC0415

    import geo.maps.map  # noqa: F401, PLC0415

    frame = table(count)
    start = time.perf_counter()
    METHODS[method](frame).save(out)
    seconds = time.perf_counter() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(json.dumps({"build_s": seconds, "peak_mb": peak, "html_mb": out.stat().st_size / 1e6}))


def opened(page: Page, out: Path) -> float:
    """Open a page and give the seconds until it has nothing more to do."""
    page.goto(out.as_uri(), timeout=LONGEST_MS, wait_until="load")
    last = page.evaluate("performance.getEntriesByType('navigation')[0].loadEventEnd")
    while True:
        page.wait_for_timeout(QUIET_MS)
        now, at = page.evaluate("[window.watched.last, performance.now()]")
        if at - max(now, last) > QUIET_MS:
            return float(now or last) / 1000


def longest_freeze(page: Page) -> float:
    """Drag the map to and fro and give the longest time between two frames, in milliseconds."""
    box = page.locator(".leaflet-container").first.bounding_box()
    if box is None:
        raise RuntimeError("the page shows no map")
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    page.evaluate(FRAMES)
    for turn in range(6):
        aside = 220 if turn % 2 else -220
        page.mouse.move(x, y)
        page.mouse.down()
        for step in range(1, 12):
            page.mouse.move(x + aside * step / 11, y + aside * step / 40)
            page.wait_for_timeout(16)
        page.mouse.up()
        page.wait_for_timeout(350)
    worst: float = page.evaluate("(() => { window.frames_.run = false; return window.frames_.worst; })()")
    return worst


def tab_memory(browser: Browser) -> float:
    """Give the memory of the largest page process that no other shares, in MB."""
    session = browser.new_browser_cdp_session()
    processes = session.send("SystemInfo.getProcessInfo")["processInfo"]
    session.detach()
    sizes = []
    for process in processes:
        if process["type"] == "renderer":
            status = Path(f"/proc/{process['id']}/status").read_text(encoding="ascii")
            sizes.append(
                next(int(line.split()[1]) for line in status.splitlines() if line.startswith("RssAnon")) / 1024
            )
    return max(sizes)


def look(browser: Browser, method: str, out: Path, scripts: Path | None) -> dict[str, Any]:
    """Open a page, drag it, filter it."""
    context = browser.new_context(viewport={"width": 1600, "height": 1000})
    page = context.new_page()
    page.add_init_script(WATCH)
    page.route("**/*", lambda route: serve(route, scripts))
    try:
        told: dict[str, Any] = {"open_s": opened(page, out)}
    except TimeoutError:  # it is told as not opened, and the rest of the table goes on
        context.close()
        return {}
    told["freeze_ms"] = longest_freeze(page)
    told["drawn"] = page.evaluate(DRAWN[method]) if method != "Allonym" else drawn_whole(page)
    told["tab_mb"] = tab_memory(browser)
    if method == "Allonym":
        told |= answers(page)
    context.close()
    return told


def drawn_whole(page: Page) -> int:
    """Count the points on the canvas with the whole extent in view."""
    page.evaluate("allonym.map.setZoom(allonym.map.getZoom() - 2, {animate: false})")
    count: int = page.evaluate(DRAWN["Allonym"])
    return count


def answers(page: Page) -> dict[str, float]:
    """Give how long the page takes to filter a claimant away and to show a month, list and map drawn anew."""
    first = 26_297_280  # 2020-01-01 in minutes
    filtered = [page.evaluate(ANSWER, {"switched": {"parties": [side]}})[0] for side in ("am-mod", "az-mod")]
    ranged = [
        page.evaluate(ANSWER, {"from": first + month * 43_200, "to": first + (month + 1) * 43_200})[0]
        for month in (3, 4)
    ]
    page.evaluate(ANSWER, {})
    return {"filter_ms": max(filtered), "range_ms": max(ranged)}


def serve(route: Route, scripts: Path | None) -> None:
    """Give the scripts of Folium's pages from a folder, and nothing else from anywhere."""
    url = route.request.url
    if url.startswith("file:"):
        route.continue_()
        return
    found = sorted(scripts.rglob(url.rsplit("/", 1)[-1])) if scripts else []
    if found:
        route.fulfill(path=found[0])
    else:
        route.abort()


def measure(browser: Browser, method: str, count: int, scripts: Path | None) -> dict[str, Any]:
    with tempfile.TemporaryDirectory() as folder:
        out = Path(folder) / "map.html"
        words = [sys.executable, __file__, "--build", method, str(count), str(out)]
        done = subprocess.run(words, check=True, capture_output=True, text=True)
        told: dict[str, Any] = json.loads(done.stdout)
        return told | look(browser, method, out, scripts)


COLUMNS = (
    ("build_s", "build s", ".2f"), ("peak_mb", "peak MB", ".0f"), ("html_mb", "HTML MB", ".2f"), ("open_s", "open s", ".2f"),
    ("freeze_ms", "freeze ms", ".0f"), ("tab_mb", "tab MB", ".0f"), ("drawn", "drawn", ",d"), ("filter_ms", "filter ms", ".0f"),
    ("range_ms", "dates ms", ".0f"),
)  # fmt: skip


def line(method: str, count: int, told: dict[str, Any]) -> str:
    cells = [format(told[key], form) if key in told else "–" for key, _, form in COLUMNS]
    return f"| {count:,} | {method} | {' | '.join(cells)} |"


def main() -> None:
    """Draw the table, or build one page for it."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sizes", type=int, nargs="+", default=[1000, 100_000, 1_000_000])
    parser.add_argument("--scripts", type=Path)
    parser.add_argument("--build", nargs=3, metavar=("METHOD", "COUNT", "OUT"), help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.build:
        build(given.build[0], int(given.build[1]), Path(given.build[2]))
        return
    executable = shutil.which("chromium") or sys.exit("no Chromium: install Debian's package chromium")
    print(f"| locations | way | {' | '.join(name for _, name, _ in COLUMNS)} |")
    print(f"|{'---|' * (len(COLUMNS) + 2)}")
    for count in given.sizes:
        for method in METHODS if given.scripts else ["Allonym"]:
            if count > LIMITS.get(method, count):
                continue
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=executable, args=OPTIONS)
                print(line(method, count, measure(browser, method, count, given.scripts)), flush=True)
                browser.close()


if __name__ == "__main__":
    main()
