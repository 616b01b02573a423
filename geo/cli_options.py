"""What several commands share: options, progress on a terminal, the list of what was left out."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from geo.gazetteer.gazetteer import Gazetteer

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
SkipBad = Annotated[
    bool,
    typer.Option(
        "--skip-bad",
        help="Leave out sources that cannot be read and a gazetteer's broken rows, list them, and exit with 1.",
    ),
]


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
