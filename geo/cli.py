"""The command ``geo``: sources in, maps and tables out. Everything heavy is imported by the command that needs it."""

# Each command's imports stand inside it, so that `geo --help` answers at once.
# typer makes an option of each parameter, and a flag of each boolean.
# ruff: noqa: PLC0415, PLR0913, PLR0917, FBT002

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

import typer

from geo.cli_gazetteer import app as gazetteer_app
from geo.cli_options import (
    Columns,
    Countries,
    Decisions,
    Explain,
    Gazetteers,
    Ner,
    SkipBad,
    Sources,
    close,
    column_map,
    country_codes,
    open_gazetteer,
    progress,
)
from geo.cli_review import review
from geo.errors import AllonymError, UsageError

app = typer.Typer(
    name="geo",
    no_args_is_help=True,
    add_completion=True,
    pretty_exceptions_enable=False,
    # Plain help: rich would take half of the time that `geo --help` has.
    rich_markup_mode=None,
    help="Turn reports into maps of the places that they name, and keep every side's names.",
)
app.add_typer(gazetteer_app, name="gazetteer")

At = Annotated[str, typer.Option(metavar="DATE", help="ISO date: leave out what is dated and did not stand then.")]
NamePolicy = Literal["printed", "az", "hy", "ru", "en", "all"]
Format = Literal["table", "jsonl", "csv", "geojson", "gpkg", "parquet"]


def version(*, show: bool) -> None:
    """Print the version and stop."""
    if show:
        from importlib.metadata import version as installed

        typer.echo(f"allonym {installed('allonym')}")
        raise typer.Exit


@app.callback()
def options(
    _: Annotated[
        bool,
        typer.Option("--version", callback=lambda value: version(show=value), is_eager=True, help="Print the version."),
    ] = False,
) -> None:
    """Turn reports into maps of the places that they name, and keep every side's names."""


@app.command("map", short_help="Draw the map of reports.")
def map_command(
    sources: Sources,
    output: Annotated[
        list[Path],
        typer.Option(
            "--output",
            "-o",
            help="OUT.html for a page; .png .svg .pdf for a picture; .geojson .gpkg .parquet .csv .jsonl .kml for data."
            " May be repeated.",
        ),
    ],
    size: Annotated[
        Literal["social", "a4"] | None,
        typer.Option(help="Of pictures: social is 1200 by 675 pixels, a4 a page for print; a PDF is a4 unless told."),
    ] = None,
    title: Annotated[str, typer.Option(help="Title of the map; otherwise that of the first report.")] = "",
    names: Annotated[NamePolicy, typer.Option(help="Whose names the labels show when the page opens.")] = "printed",
    quote: Annotated[
        Literal["sentence", "full", "none"], typer.Option(help="How much of a report the page quotes.")
    ] = "sentence",
    language: Annotated[
        str, typer.Option(metavar="TAG", help="Of the page's own words: en, az, hy, ru, tr or fr.")
    ] = "en",
    worldview: Annotated[
        str,
        typer.Option(
            metavar="VIEW",
            help="Whose boundaries: de-facto, none, un, or a point of view of Natural Earth, for example ua or in.",
        ),
    ] = "de-facto",
    boundaries: Annotated[
        list[Path] | None,
        typer.Option(
            metavar="FILE",
            help="Boundary lines to draw instead, or disputed areas to lay over the map. May be repeated.",
        ),
    ] = None,
    tiles: Annotated[
        str,
        typer.Option(
            metavar="PROVIDER",
            help="Online tiles under the map, for example OpenStreetMap.Mapnik. The page then uses the network.",
        ),
    ] = "",
    columns: Columns = "",
    country: Countries = None,
    gazetteer: Gazetteers = None,
    decisions: Decisions = None,
    ner: Ner = "",
    *,
    skip_bad: SkipBad = False,
) -> None:
    """Map the places that reports name: one HTML file that opens anywhere, with no network."""
    from geo.builds import Build, run

    build = Build(
        sources=tuple(sources),
        outputs=tuple(output),
        size=size,
        title=title,
        columns=column_map(columns),
        gazetteers=tuple(gazetteer or ()),
        countries=country_codes(country),
        names=names,
        quote=quote,
        language=language,
        worldview=worldview,
        boundaries=tuple(boundaries or ()),
        tiles=tiles,
        decisions=tuple(decisions or ()),
        ner=ner,
        skip_bad=skip_bad,
    )
    with progress() as tell:
        bad = run(build, progress=tell)
    close(bad)


@app.command(short_help="List the place names of reports.")
def places(
    sources: Sources,
    format_: Annotated[
        Format | None, typer.Option("--format", "-f", help="table on a terminal, jsonl elsewhere.")
    ] = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Write here instead of standard output.")
    ] = None,
    mentions_from: Annotated[
        str,
        typer.Option(
            metavar="FIELD",
            help='Resolve the spans that each jsonl document lists in FIELD, [{"start", "end"}], instead of finding them.',
        ),
    ] = "",
    columns: Columns = "",
    country: Countries = None,
    gazetteer: Gazetteers = None,
    decisions: Decisions = None,
    ner: Ner = "",
    *,
    explain: Explain = False,
    skip_bad: SkipBad = False,
) -> None:
    """List every place name that reports mention, with the place that it means."""
    from geo.builds import read_all, told_stale
    from geo.flow import parse
    from geo.gazetteer.gazetteer import Gazetteer
    from geo.mentions.entities import recogniser_of
    from geo.places.decisions import beside, read_decisions

    bad: list[str] = []
    chosen = places_format(format_, output)
    with progress() as tell:
        opened = Gazetteer.open(tuple(gazetteer or ()), progress=tell, left_out=bad if skip_bad else None)
        reports = read_all(sources, column_map(columns), bad if skip_bad else None, mentions_from=mentions_from)
        made = read_decisions((*beside(sources), *(decisions or ())))
        parsed = parse(
            reports,
            opened,
            countries=country_codes(country),
            decisions=made,
            explain=explain,
            recogniser=recogniser_of(ner),
        )
        write_mentions(told_stale(parsed, made, opened), chosen, output, explain=explain)
    close(bad)


app.command(short_help="Decide doubtful place names.")(review)


@app.command(short_help="Give the places that names may mean.")
def geocode(
    names: Annotated[
        list[str], typer.Argument(metavar="NAME...", help="Names in any spelling and script; - reads one a line.")
    ],
    format_: Annotated[
        Literal["table", "jsonl", "csv", "geojson"] | None,
        typer.Option("--format", "-f", help="table on a terminal, jsonl elsewhere."),
    ] = None,
    context: Annotated[str, typer.Option(metavar="TEXT", help="Text in whose light the names are meant.")] = "",
    country: Countries = None,
    at: At = "",
    limit: Annotated[int, typer.Option(min=1, max=60, help="How many candidates a name.")] = 10,
    gazetteer: Gazetteers = None,
    online: Annotated[
        str,
        typer.Option(
            metavar="SERVICE",
            help="A geopy service, for example nominatim, for names that the gazetteer does not know. Uses the network.",
        ),
    ] = "",
    *,
    explain: Explain = False,
    skip_bad: SkipBad = False,
) -> None:
    """Give the places that names may mean, best first."""
    from geo.explaining import query_block
    from geo.geocoding import candidate_rows, look_up
    from geo.tables import write_rows

    check_date(at)
    chosen = format_ or default_format()
    if explain and chosen == "csv":
        raise UsageError("--explain: csv has no room for evidence; choose the --format table, jsonl or geojson")
    queries = [line.strip() for line in sys.stdin if line.strip()] if names == ["-"] else names
    bad: list[str] = []
    opened = open_gazetteer(gazetteer, bad, skip_bad=skip_bad)
    rows = []
    for query in queries:
        outcome = look_up(query, opened, context=context, countries=country_codes(country), at=at, explain=explain)
        if explain and chosen == "table" and outcome and outcome.candidates:
            typer.echo(query_block(query, outcome, limit=limit))
            continue
        found = candidate_rows(query, outcome, limit=limit)
        if online and found[0]["place"] is None:
            from geo.geocoder import online_rows

            found = online_rows(query, online, limit=limit)
        rows += found
    if rows or not explain:
        write_rows(rows, chosen)
    close(bad)


@app.command(short_help="Show all names of a place.")
def names(
    name: Annotated[str, typer.Argument(metavar="NAME", help="A name in any spelling, or a place id.")],
    format_: Annotated[
        Literal["table", "json", "lpf"], typer.Option("--format", "-f", help="lpf is Linked Places Format.")
    ] = "table",
    at: At = "",
    party: Annotated[
        str, typer.Option(metavar="PARTY", help="Only names that this party uses, by its id: az, am-mod, artsakh.")
    ] = "",
    country: Countries = None,
    gazetteer: Gazetteers = None,
    *,
    skip_bad: SkipBad = False,
) -> None:
    """Show all names of a place: who uses each, when, and on what authority. Undated names count at any date."""
    from geo.namecard import card, linked_places, named_places
    from geo.tables import write_card

    check_date(at)
    bad: list[str] = []
    opened = open_gazetteer(gazetteer, bad, skip_bad=skip_bad)
    if party and party not in opened.parties:
        raise UsageError(f"--party {party}: no such party; `geo names {name} -f json` lists those that name the place")
    found = list({place.id: place for place in named_places(name, opened, countries=country_codes(country))}.values())
    if not found:
        raise AllonymError(f"{name}: no place of the gazetteer has this name; see `geo geocode` for near spellings")
    if format_ == "lpf":
        sys.stdout.writelines(linked_places(found, opened, at=at, party=party))
    else:
        write_card(card(found[0], opened, at=at, party=party), found[1:], format_)
    close(bad)


@app.command(short_help="Build the maps of spec files.")
def build(
    specs: Annotated[list[Path], typer.Argument(metavar="SPEC.toml...", help="Map specs; see docs/specs.md.")],
) -> None:
    """Build the maps that spec files describe."""
    from geo.builds import run
    from geo.spec import read_spec

    builds = [read_spec(spec) for spec in specs]
    bad: list[str] = []
    for spec, made in zip(specs, builds, strict=True):
        with progress() as tell:
            bad += run(made, progress=tell)
        typer.echo(f"{spec}: {', '.join(str(path) for path in made.outputs)}", err=True)
    close(bad)


@app.command(short_help="Measure on an annotated corpus.")
def evaluate(
    corpus: Annotated[
        Path,
        typer.Argument(
            metavar="CORPUS.jsonl", help='Documents {"id", "text", "toponyms": [{"start", "end", "lat", "lon"}]}.'
        ),
    ],
    format_: Annotated[Literal["table", "json"], typer.Option("--format", "-f")] = "table",
    gazetteer: Gazetteers = None,
    ner: Ner = "",
    *,
    skip_bad: SkipBad = False,
) -> None:
    """Measure recognition, resolution and both together on an annotated corpus."""
    from geo.evaluation import evaluate_corpus
    from geo.mentions.entities import recogniser_of
    from geo.tables import write_figures

    bad: list[str] = []
    opened = open_gazetteer(gazetteer, bad, skip_bad=skip_bad)
    with progress():
        figures = evaluate_corpus(corpus, opened, recogniser=recogniser_of(ner))
    write_figures(figures, format_)
    close(bad)


def check_date(at: str) -> None:
    """Refuse what is no date."""
    from geo.gazetteer import edtf

    if at and not edtf.valid(at):
        raise UsageError(f"--at {at}: expected an ISO date such as 2020-10-04")


def default_format() -> Any:
    """Give the format that is meant on standard output when none is asked for."""
    return "table" if sys.stdout.isatty() else "jsonl"


def places_format(format_: str | None, output: Path | None) -> str:
    """Give the format of `geo places`, and refuse what no file can hold before any work is done."""
    if output is None:
        chosen: str = format_ or default_format()
        return chosen
    chosen = format_ or output.suffix.lower().lstrip(".") or "jsonl"
    if chosen == "table" or chosen not in get_args(Format):
        files = " ".join(name for name in get_args(Format) if name != "table")
        raise UsageError(f"{output}: a file is one of {files}; end its name so, or say it with --format")
    return chosen


def write_mentions(parsed: Any, format_: str, output: Path | None, *, explain: bool = False) -> None:
    """Write mentions as a table on standard output, as lines while they are found, or as a data file."""
    from geo.layers.records import mention_record
    from geo.tables import write_lines, write_mention_table

    if format_ == "jsonl" and output is None:
        for item in parsed:
            write_lines(mention_record(item.report, outcome) for outcome in item.outcomes)
    elif format_ == "table":
        if output is not None:
            raise UsageError(
                f"--output {output}: a table is for the terminal; choose another --format, for example csv"
            )
        if explain:
            from geo.explaining import mention_block

            for item in parsed:
                for outcome in item.outcomes:
                    typer.echo(mention_block(item.report, outcome))
            return
        write_mention_table([mention_record(item.report, outcome) for item in parsed for outcome in item.outcomes])
    else:
        write_mention_file(parsed, format_, output)


def write_mention_file(parsed: Any, format_: str, output: Path | None) -> None:
    """Write mentions as the content of a data file."""
    # geopandas is loaded for what needs a frame alone: lines come within a second.
    from geo.files import write_whole
    from geo.layers.frames import mention_frame
    from geo.layers.write import frame_bytes

    content = frame_bytes(mention_frame(parsed), format_)
    if output is None:
        sys.stdout.buffer.write(content)
    else:
        write_whole(output, content)


def main() -> None:
    """Run the command: an error of Allonym's own is one line on standard error."""
    logging.basicConfig(format="geo: %(message)s", level=logging.WARNING)
    try:
        app()
    except UsageError as error:
        typer.echo(f"geo: {error}", err=True)
        sys.exit(2)
    except AllonymError as error:
        typer.echo(f"geo: {error}", err=True)
        sys.exit(1)
    except BrokenPipeError:
        # Whoever reads has stopped reading; there is nobody to tell.
        sys.stderr.close()
        sys.exit(0)
    except OSError as error:
        typer.echo(f"geo: standard output: {error.strerror}; write to another place", err=True)
        # What is still buffered cannot be written either.
        os._exit(1)


if __name__ == "__main__":
    main()
