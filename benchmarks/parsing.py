"""How fast reports are read, in what memory, and whether both stay in step with their length and number.

    python benchmarks/parsing.py [CORPUS.jsonl] [--sizes MB...]

Without a corpus (documents with a "text", one a line) the text is made of the sentences of the tests' articles, shuffled by a
seeded generator; there are few of them, so what is remembered of a name helps more than in a corpus. The command runs in a
process of its own each time; all on one core; seconds are CPU seconds but for the first result. spaCy (its named entities alone)
and flashgeotext are measured in the same run where they are installed: pip install spacy flashgeotext, and en_core_web_md or
another English model. flashgeotext looks up lists of cities and countries; it neither chooses between namesakes nor attributes.
Exits with 1 when a limit is passed.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from geo.flow import parse
from geo.gazetteer.gazetteer import Gazetteer
from geo.mentions.attribute import attribute
from geo.mentions.find import find
from geo.mentions.sentences import sentences
from geo.places.decide import decide
from geo.places.polities import polity_of
from geo.reports.report import Report

ARTICLES = Path(__file__).parents[1] / "tests" / "data" / "articles"
DOCUMENT, PARAGRAPH = 3_000, 4
SIZES = (0.1, 1.0, 5.0, 50.0)
COUNTS = (30, 300, 1_000)
ROUNDS = 5
MEGABYTE = 1_000_000
LEAST_SPEED, MOST_MEMORY_MB, MOST_WAIT_S, MOST_GROWTH = 500_000, 400, 1.0, 1.25
ONE_CORE = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")


def texts_of(corpus: Path | None) -> list[str]:
    """Give the texts that everything is made of."""
    files = [corpus] if corpus else sorted(ARTICLES.glob("*.jsonl"))
    lines = (line for file in files for line in file.read_text(encoding="utf-8").split("\n") if line.strip())
    return [json.loads(line)["text"] for line in lines]


def paragraphs(corpus: Path | None) -> Iterator[str]:
    """Give paragraphs without end: shuffled sentences of the articles, or a corpus over and over."""
    texts = texts_of(corpus)
    if corpus:
        while True:
            yield from (line for text in texts for line in text.split("\n") if line.strip())
    told = [text[start:end] for text in texts for start, end in sentences(text)]
    chance = random.Random(2020)
    while True:
        yield " ".join(chance.choices(told, k=PARAGRAPH))


def pieces(corpus: Path | None, length: int) -> Iterator[str]:
    """Give a text of so many characters, line by line."""
    for paragraph in paragraphs(corpus):
        line = f"{paragraph}\n"[:length]
        yield line
        length -= len(line)
        if not length:
            return


def documents(corpus: Path | None, count: int) -> list[Report]:
    """Give documents as long as news are."""
    text = "".join(pieces(corpus, count * DOCUMENT))
    return [Report(id=str(n), text=text[n * DOCUMENT : (n + 1) * DOCUMENT]) for n in range(count)]


@dataclass(frozen=True)
class Run:
    """What the kernel tells of a command: its first line after, its CPU seconds, its peak memory, and what it wrote."""

    first_s: float
    cpu_s: float
    peak_mb: float
    digest: str


def run(source: Path, **environment: str) -> Run:
    """Run `geo places` on a file."""
    command = (sys.executable, "-m", "geo", "places", str(source), "--format", "jsonl")
    start = time.perf_counter()
    child = subprocess.Popen(command, env={**os.environ, **ONE_CORE, **environment}, stdout=subprocess.PIPE)
    with child.stdout or Path(os.devnull).open("rb") as stream:
        line = stream.readline()
        first_s = time.perf_counter() - start
        digest = hashlib.sha256(line)
        while block := stream.read(MEGABYTE):
            digest.update(block)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode:
        sys.exit(f"{' '.join(command)}: exit status {child.returncode}")
    # Linux counts in kibibytes, macOS in bytes.
    unit = 1 if sys.platform == "darwin" else 1024
    return Run(first_s, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit / MEGABYTE, digest.hexdigest())


def seconds(work: Callable[[], object]) -> float:
    """Give the CPU seconds of some work."""
    start = time.process_time()
    work()
    return time.process_time() - start


def stages(reports: list[Report], gazetteer: Gazetteer) -> dict[str, float]:
    """Give the CPU seconds of each stage over all reports, and of the whole flow."""
    found = [find(report, gazetteer) for report in reports]
    decided = [decide(mentions, gazetteer) for mentions in found]
    return {
        "find": seconds(lambda: [find(report, gazetteer) for report in reports]),
        "decide": seconds(lambda: [decide(mentions, gazetteer) for mentions in found]),
        "attribute": seconds(
            lambda: [
                attribute(report, mentions, polity_of(outcomes, gazetteer))
                for report, mentions, outcomes in zip(reports, found, decided, strict=True)
            ]
        ),
        "all": seconds(lambda: list(parse(reports, gazetteer))),
    }


def rivals() -> dict[str, Callable[[list[str]], object]]:
    """Give what else finds places in texts, where it is installed."""
    found: dict[str, Callable[[list[str]], object]] = {}
    try:
        import spacy  # noqa: PLC0415 - the own figures need no rival

        models = sorted(spacy.util.get_installed_models(), key=lambda name: ("_md" not in name, name))
        english = [name for name in models if name.startswith("en_core_web")]
        if english:
            nlp = spacy.load(english[0], disable=["tagger", "parser", "attribute_ruler", "lemmatizer"])
            found[f"spaCy {english[0]} {nlp.meta['version']}"] = lambda texts: list(nlp.pipe(texts))
    except ImportError:
        print("  spaCy is not installed")
    try:
        from flashgeotext.geotext import GeoText  # noqa: PLC0415

        geotext = GeoText()
        found["flashgeotext"] = lambda texts: [geotext.extract(text) for text in texts]
    except ImportError:
        print("  flashgeotext is not installed")
    return found


def speeds(corpus: Path | None) -> dict[str, float]:
    """Give the characters a second of each stage and each rival: the median of several rounds, taken in turns."""
    gazetteer, others = Gazetteer.open(), rivals()
    reports = documents(corpus, 100)
    texts = [report.text for report in reports]
    length = sum(map(len, texts))
    rounds: dict[str, list[float]] = {}
    for _ in range(ROUNDS):
        taken = stages(reports, gazetteer) | {name: seconds(lambda w=work: w(texts)) for name, work in others.items()}
        for name, cpu_s in taken.items():
            rounds.setdefault(name, []).append(length / cpu_s)
    return {name: statistics.median(several) for name, several in rounds.items()}


def by_length(corpus: Path | None, folder: Path, sizes: list[float]) -> dict[float, Run]:
    """Run the command on one document of each length."""
    found = {}
    for size in sizes:
        source = folder / f"{size:g}.txt"
        with source.open("w", encoding="utf-8") as stream:
            stream.writelines(pieces(corpus, int(size * MEGABYTE)))
        found[size] = run(source)
    return found


def by_number(corpus: Path | None, folder: Path) -> dict[int, Run]:
    """Run the command on so many documents."""
    found = {}
    for count in COUNTS:
        source = folder / f"{count}.jsonl"
        lines = (json.dumps({"id": one.id, "text": one.text}) + "\n" for one in documents(corpus, count))
        source.write_text("".join(lines), encoding="utf-8")
        found[count] = run(source)
    return found


def growth(cpu_s: dict[float, float]) -> float:
    """Give how much more a unit costs in the longest than in one of middle length, the start taken off both."""
    sizes = sorted(cpu_s)
    first, middle, last = sizes[0], sizes[len(sizes) // 2], sizes[-1]
    marginal = (cpu_s[middle] - cpu_s[first]) / (middle - first)
    return (cpu_s[last] - cpu_s[middle]) / (last - middle) / marginal if last > middle else 1.0


def tell_runs(runs: dict[float, Run], unit: str) -> None:
    for size, one in runs.items():
        print(
            f"  {size:>7g} {unit:10} {one.cpu_s:7.2f} s CPU {one.peak_mb:6.0f} MB at most, first line after {one.first_s:.2f} s"
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path, nargs="?")
    parser.add_argument("--sizes", type=float, nargs="+", default=list(SIZES), metavar="MB")
    options = parser.parse_args()
    os.environ.update(ONE_CORE)
    # The commands go first: a process is told the memory of the one that started it, which grows with the rivals.
    with tempfile.TemporaryDirectory() as folder:
        lengths = by_length(options.corpus, Path(folder), options.sizes)
        numbers = by_number(options.corpus, Path(folder))
        again = run(Path(folder) / f"{options.sizes[0]:g}.txt", PYTHONHASHSEED="1")
    speed = speeds(options.corpus)
    print(f"Characters a second on one core, documents of {DOCUMENT:,} characters, median of {ROUNDS} rounds")
    for name, value in speed.items():
        ratio = (
            "" if name in ("find", "decide", "attribute", "all") else f"; ours {speed['all'] / value:.2g} times as fast"
        )
        print(f"  {name:30} {value:12,.0f}{ratio}")
    print("geo places --format jsonl, each in a process of its own")
    tell_runs(lengths, "MB")
    tell_runs({float(count): one for count, one in numbers.items()}, "documents")
    runs = [*lengths.values(), *numbers.values()]
    limits = [
        ("characters a second, the whole flow", speed["all"], speed["all"] >= LEAST_SPEED, f"at least {LEAST_SPEED:,}"),
        (
            "most memory, MB",
            max(one.peak_mb for one in runs),
            max(one.peak_mb for one in runs) < MOST_MEMORY_MB,
            "under 400",
        ),
        (
            "longest wait for a first line, s",
            max(one.first_s for one in runs),
            max(one.first_s for one in runs) < MOST_WAIT_S,
            "under 1",
        ),
    ]
    for label, cpu in (
        ("a character of the longest, times", {size: one.cpu_s for size, one in lengths.items()}),
        ("a document of the most, times", {float(count): one.cpu_s for count, one in numbers.items()}),
    ):
        limits.append((label, growth(cpu), growth(cpu) <= MOST_GROWTH, f"at most {MOST_GROWTH}"))
    same = again.digest == lengths[options.sizes[0]].digest
    limits.append(("a second run gives the same bytes", float(same), same, "1"))
    for label, value, held, limit in limits:
        print(f"  {label:38} {value:12,.2f}  {limit}: {'yes' if held else 'NO'}")
    sys.exit(not all(held for _, _, held, _ in limits))


if __name__ == "__main__":
    main()
