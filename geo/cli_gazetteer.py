"""`geo gazetteer`: show, add to, check, export and compile the gazetteer."""

# Each command's imports stand inside it, so that `geo --help` answers at once.
# ruff: noqa: PLC0415

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated

import typer

from geo.cli_options import Gazetteers, SkipBad, Tables, close, open_gazetteer, progress

app = typer.Typer(
    no_args_is_help=True, rich_markup_mode=None, help="Show, add to, check, export and compile the gazetteer."
)


@app.command("info", short_help="Show where tables and index are, and their size.")
def info(gazetteer: Gazetteers = None, *, skip_bad: SkipBad = False) -> None:
    """Show where the tables and the compiled index are, and how much they hold."""
    from geo.config import own_folder
    from geo.gazetteer.info import info as facts

    bad: list[str] = []
    opened = open_gazetteer(gazetteer, bad, skip_bad=skip_bad)
    for label, value in facts(opened):
        typer.echo(f"{label:28} {value}")
    typer.echo(f"{'own tables':28} {own_folder()}")
    close(bad)


@app.command("add")
def add_command(
    sources: Annotated[
        list[str], typer.Argument(metavar="SOURCE...", help="Files, folders, or a two-letter country code.")
    ],
    *,
    to: Annotated[
        Path | None,
        typer.Option("--to", metavar="DIR", help="The folder of the tables; without it the one that info names."),
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
    close(ledger.listed())


@app.command("check", short_help="Check tables: broken rules and what looks wrong.")
def check(
    gazetteer: Tables = None,
    limit: Annotated[int, typer.Option(min=0, help="How many findings to list a file; 0 lists all.")] = 20,
    *,
    strict: Annotated[bool, typer.Option("--strict", help="Exit with 1 when something looks wrong, too.")] = False,
) -> None:
    """Check tables: every broken rule and what looks wrong, with file and line, and how many facts rest on no opened source."""
    from geo.gazetteer.check import check as check_tables

    found = check_tables(tuple(gazetteer or ()))
    broken = bool(found.problems)
    for line in shorten(found.problems, limit):
        typer.echo(line, err=True)
    for line in shorten(found.doubts, limit):
        typer.echo(f"looks wrong: {line}", err=broken)
    # What could be read of broken tables would be counted wrong.
    for label, value in () if broken else (*found.counts, ("look wrong", f"{len(found.doubts):,}")):
        typer.echo(f"{label:28} {value}")
    if broken or (strict and found.doubts):
        raise typer.Exit(1)


def shorten(findings: Sequence[str], limit: int) -> Iterator[str]:
    """Give the first findings of each file, and a line that counts the others."""
    counts: Counter[str] = Counter()
    for line in findings:
        path = line.partition(": ")[0].rpartition(":")[0]
        counts[path] += 1
        if not limit or counts[path] <= limit:
            yield line
    for path, count in counts.items():
        if limit and count > limit:
            yield f"{path}: {count - limit:,} more; --limit 0 lists all"


@app.command("export", short_help="Write the tables for other programs.")
def export(
    output: Annotated[
        Path,
        typer.Option(
            "--output",
            "-o",
            help=".json or .jsonl for Linked Places, .parquet for GeoParquet, .csv for names, .txt for synonyms.",
        ),
    ],
    gazetteer: Tables = None,
    region: Annotated[
        str, typer.Option(metavar="NAME", help="Only the tables of one folder, for example karabakh.")
    ] = "",
) -> None:
    """Write the tables for other programs: the project's, or those of --gazetteer alone."""
    from geo.files import write_whole
    from geo.gazetteer.exporters import format_of, read_export

    write = format_of(output)
    tables = read_export(tuple(gazetteer or ()), region)
    write_whole(output, write(tables))
    typer.echo(f"{output}: {len(tables.places):,} places, {len(tables.names):,} names", err=True)


@app.command("compile")
def compile_command(gazetteer: Gazetteers = None, *, skip_bad: SkipBad = False) -> None:
    """Compile the index now rather than at the first use."""
    bad: list[str] = []
    opened = open_gazetteer(gazetteer, bad, skip_bad=skip_bad)
    for index in opened.index.indexes:
        typer.echo(str(index.folder))
    close(bad)
