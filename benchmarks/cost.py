"""What the command costs in time and memory, beside the libraries that it stands on, measured in one run.

    python benchmarks/cost.py [REPORT]

Each command runs in a process of its own; the kernel tells its CPU seconds (user and system) and its peak memory. The first
`geo map` starts without an index and compiles it. Where Chromium is installed the page is opened in it with the network off, and
timed from navigation to the frame in which its markers stand. Exits with 1 when a limit is passed.
"""

from __future__ import annotations

import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

SAMPLE = Path(__file__).parents[1] / "maps" / "reports" / "karabakh-illustration.md"
GEO = (sys.executable, "-m", "geo.cli")
LIBRARIES = (sys.executable, "-c", "import geopandas, folium")
ROUNDS = 5
MEGABYTE = 1_000_000
CHROMIUM_OPTIONS = ("--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                    "--disable-background-networking", "--disable-component-update", "--disable-sync")  # fmt: skip
# The page's own script ends with a hook on `window`; two frames later what it drew is on the screen.
DRAWN = """
(() => {
  const look = () => {
    if (!window.allonym) return requestAnimationFrame(look);
    requestAnimationFrame(() => requestAnimationFrame(() => { document.documentElement.dataset.drawnMs = performance.now(); }));
  };
  requestAnimationFrame(look);
})();
"""


@dataclass(frozen=True)
class Cost:
    """What a process, or the median of several, took."""

    cpu_s: float
    wall_s: float
    peak_mb: float


def run(command: tuple[str, ...], cache: Path) -> Cost:
    """Run a command and give what the kernel says of it."""
    start = time.perf_counter()
    child = subprocess.Popen(command, env={**os.environ, "ALLONYM_CACHE": str(cache)}, stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{' '.join(command)}: exit status {child.returncode}")
    # Linux counts in kibibytes, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(usage.ru_utime + usage.ru_stime, time.perf_counter() - start, usage.ru_maxrss * unit / MEGABYTE)


def median(costs: list[Cost]) -> Cost:
    return Cost(*(statistics.median(getattr(cost, part) for cost in costs) for part in ("cpu_s", "wall_s", "peak_mb")))


def opening_s(page: Path) -> float | None:
    """Give the seconds from navigation to the drawn page, or None where there is no Chromium or no playwright."""
    executable = shutil.which("chromium")
    try:
        from playwright.sync_api import sync_playwright  # noqa: PLC0415 - the other figures need no browser
    except ImportError:
        return None
    if executable is None:
        return None
    times = []
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=executable, args=CHROMIUM_OPTIONS)
        for _ in range(ROUNDS):
            context = browser.new_context(offline=True, viewport={"width": 1600, "height": 1000})
            context.add_init_script(DRAWN)
            tab = context.new_page()
            tab.goto(page.as_uri())
            tab.wait_for_selector("html[data-drawn-ms]", state="attached", timeout=30_000)
            times.append(float(tab.get_attribute("html", "data-drawn-ms") or "nan") / 1000)
            context.close()
        browser.close()
    return statistics.median(times)


def measure(report: Path, folder: Path) -> tuple[dict[str, Cost], Path]:
    """Run the commands in turns, so that a busy moment meets all of them."""
    page, cache = folder / "map.html", folder / "cache"
    map_command = (*GEO, "map", str(report), "-o", str(page))
    run(LIBRARIES, cache)
    run((*GEO, "--help"), cache)
    costs = {"first geo map": run(map_command, cache)}
    rounds: dict[str, list[Cost]] = {}
    for _ in range(ROUNDS):
        for name, command in (("libraries", LIBRARIES), ("geo --help", (*GEO, "--help")), ("geo map", map_command)):
            rounds.setdefault(name, []).append(run(command, cache))
    return costs | {name: median(several) for name, several in rounds.items()}, page


def main() -> None:
    report = Path(sys.argv[1]) if len(sys.argv) > 1 else SAMPLE
    with tempfile.TemporaryDirectory() as folder:
        costs, page = measure(report, Path(folder))
        size_mb, opened_s = page.stat().st_size / MEGABYTE, opening_s(page)
    names = {"libraries": "python -c 'import geopandas, folium'"}
    print(f"{report.name}, median of {ROUNDS} rounds; the first geo map once")
    for name in ("libraries", "geo --help", "first geo map", "geo map"):
        cost = costs[name]
        label = names.get(name, name)
        print(f"  {label:38} {cost.cpu_s:7.2f} s CPU {cost.wall_s:7.2f} s {cost.peak_mb:6.0f} MB at most")
    base = costs["libraries"].cpu_s
    limits = [
        ("geo --help, CPU beside the libraries", costs["geo --help"].cpu_s / base, 0.25, "x"),
        ("geo map, CPU beside the libraries", costs["geo map"].cpu_s / base, 4.0, "x"),
        ("first geo map", costs["first geo map"].wall_s, 30.0, "s"),
        ("first geo map, memory", costs["first geo map"].peak_mb, 900.0, "MB"),
        ("geo map, memory", costs["geo map"].peak_mb, 400.0, "MB"),
        ("page", size_mb, 1.5, "MB"),
    ]
    if opened_s is None:
        print("  no Chromium or no playwright: the page was not opened")
    else:
        limits.append(("page drawn after navigation", opened_s, 1.0, "s"))
    for label, value, limit, unit in limits:
        print(f"  {label:38} {value:8.2f} {unit:3} under {limit:g}: {'yes' if value < limit else 'NO'}")
    sys.exit(any(value >= limit for _, value, limit, _ in limits))


if __name__ == "__main__":
    main()
