"""`geo gazetteer`: show, check and compile the gazetteer."""

# Each command's imports stand inside it, so that `geo --help` answers at once.
# ruff: noqa: PLC0415

from __future__ import annotations

import typer

from geo.cli_options import Tables, progress

app = typer.Typer(no_args_is_help=True, rich_markup_mode=None, help="Show, check and compile the gazetteer.")


@app.command("info")
def info(gazetteer: Tables = None) -> None:
    """Show where the tables and the compiled index are, and how much they hold."""
    from geo.gazetteer.gazetteer import Gazetteer
    from geo.gazetteer.report import info as facts

    with progress() as tell:
        opened = Gazetteer.open(tuple(gazetteer or ()), progress=tell)
    for label, value in facts(opened):
        typer.echo(f"{label:28} {value}")


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
