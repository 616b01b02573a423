"""`geo gazetteer`: show, add to, check and compile the gazetteer."""

# Each command's imports stand inside it, so that `geo --help` answers at once.
# ruff: noqa: PLC0415

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from geo.cli_options import Tables, close, progress

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Show, add to, check and compile the gazetteer.")


@app.command("info")
def info(gazetteer: Tables = None) -> None:
    """Show where the tables and the compiled index are, and how much they hold."""
    from geo.config import own_folder
    from geo.gazetteer.gazetteer import Gazetteer
    from geo.gazetteer.report import info as facts

    with progress() as tell:
        opened = Gazetteer.open(tuple(gazetteer or ()), progress=tell)
    for label, value in facts(opened):
        typer.echo(f"{label:28} {value}")
    typer.echo(f"{'own tables':28} {own_folder()}")


@app.command("add")
def add_command(
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE...", help="Files, folders, or a two-letter country code.")
    ],
    *,
    to: Annotated[
        Path | None, typer.Option("--to", metavar="DIR", help="The folder of the tables; the one that info names.")
    ] = None,
    format_: Annotated[str, typer.Option("--format", metavar="FORMAT", help="The format, if it cannot be told.")] = "",
    skip_bad: Annotated[
        bool, typer.Option("--skip-bad", help="Leave out rows that are broken, list them, and exit with 1.")
    ] = False,
    online: Annotated[bool, typer.Option("--online", help="Download the GeoNames files of a country code.")] = False,
) -> None:
    """Add gazetteers in other formats to tables of your own."""
    from geo.config import own_folder
    from geo.gazetteer.add import add, summary

    folder = to or own_folder()
    with progress() as tell:
        tell("Adding to the tables")
        ledger = add(sources, folder, format_=format_, skip_bad=skip_bad, online=online)
    typer.echo(f"{folder}: {summary(ledger)}")
    close([*ledger.broken, *([f"{ledger.untold:,} more rows"] if ledger.untold else [])])


@app.command("check")
def check(gazetteer: Tables = None) -> None:
    """Check tables: the schema with file and line, and how many facts rest on no opened source."""
    from geo.gazetteer.report import check as check_tables

    problems, counts = check_tables(tuple(gazetteer or ()))
    for problem in problems:
        typer.echo(problem, err=True)
    for label, value in counts:
        typer.echo(f"{label:28} {value}")
    if problems:
        raise typer.Exit(1)


@app.command("compile")
def compile_command(gazetteer: Tables = None) -> None:
    """Compile the index now rather than at the first use."""
    from geo.gazetteer.gazetteer import Gazetteer

    with progress() as tell:
        opened = Gazetteer.open(tuple(gazetteer or ()), progress=tell)
    for index in opened.index.indexes:
        typer.echo(str(index.folder))
