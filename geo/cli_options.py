"""What several commands share: options, progress on a terminal, the list of what was left out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from geo.errors import UsageError

if TYPE_CHECKING:
    from geo.gazetteer.gazetteer import Gazetteer

Sources = Annotated[
    list[str],
    typer.Argument(
        metavar="SOURCE...", help="Files (.txt .md .html .csv .xlsx .jsonl .geojson), or - for standard input."
    ),
]
Columns = Annotated[
    str, typer.Option(metavar="OURS=THEIRS,…", help="Other column headings, for example text=body,place=location.")
]
Countries = Annotated[
    list[str] | None,
    typer.Option(
        "--country",
        metavar="CC",
        help="ISO code of a country that is likelier; may be repeated. A hint, never a filter.",
    ),
]
Tables = Annotated[
    list[Path] | None,
    typer.Option("--gazetteer", metavar="DIR", help="A folder with tables of your own; its rows win. May be repeated."),
]
Gazetteers = Annotated[
    list[Path] | None,
    typer.Option(
        "--gazetteer",
        metavar="PATH",
        help="A folder with tables of your own, whose rows win, or a gazetteer's file, used as it is. May be repeated.",
    ),
]
Decisions = Annotated[
    list[Path] | None,
    typer.Option(
        "--decisions",
        metavar="FILE",
        help="What people decided, beside each decisions.csv that lies with the sources. May be repeated.",
    ),
]
Explain = Annotated[
    bool, typer.Option("--explain", help="Tell what speaks for and against each candidate, in numbers and words.")
]
Ner = Annotated[
    str,
    typer.Option(
        metavar="PIPELINE",
        help="An installed English spaCy pipeline whose entities help to find names, for example en_core_web_sm.",
    ),
]
SkipBad = Annotated[
    bool,
    typer.Option(
        "--skip-bad",
        help="Leave out sources that cannot be read and a gazetteer's broken rows, list them, and exit with 1.",
    ),
]


def column_map(columns: str) -> dict[str, str]:
    """Read ``text=body,place=location``."""
    pairs = [pair.partition("=") for pair in columns.split(",") if pair]
    for ours, equals, theirs in pairs:
        if not (ours and equals and theirs):
            raise UsageError(f"--columns {columns}: expected OURS=THEIRS with commas between, for example text=body")
    return {ours.strip(): theirs.strip() for ours, _, theirs in pairs}


def country_codes(codes: list[str] | None) -> tuple[str, ...]:
    """Give the codes of ``--country``; what is no two letters cannot be one."""
    for code in codes or ():
        if not (len(code) == 2 and code.isascii() and code.isalpha()):  # noqa: PLR2004 - ISO 3166-1 alpha-2
            raise UsageError(f"--country {code}: expected an ISO code of two letters, for example US or GB")
    return tuple(codes or ())


def open_gazetteer(paths: list[Path] | None, bad: list[str], *, skip_bad: bool) -> Gazetteer:
    """Open the gazetteer with these beside and over it; broken rows go to `bad` where they are to be passed over."""
    from geo.gazetteer.gazetteer import Gazetteer  # noqa: PLC0415 - keeps `geo --help` cheap

    with progress() as tell:
        return Gazetteer.open(tuple(paths or ()), progress=tell, left_out=bad if skip_bad else None)


def close(bad: list[str]) -> None:
    """List what was left out; the command then exits with 1."""
    for line in bad:
        typer.echo(f"geo: left out: {line}", err=True)
    if bad:
        raise typer.Exit(1)


@contextmanager
def progress() -> Iterator[Callable[[str], None]]:
    """Show what is being done on a terminal; stay silent in a pipe."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    from rich.console import Console  # noqa: PLC0415 - keeps `geo --help` cheap

    with Console(stderr=True).status("Starting") as status:
        yield status.update
