"""The command ``geo review``: doubtful mentions one after the other, decisions into a file beside the reports."""

# Imports stand inside the command, so that `geo --help` answers at once; typer makes an option of each parameter.
# ruff: noqa: PLC0415

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from geo.cli_options import Columns, Countries, Gazetteers, Sources, column_map, country_codes, progress
from geo.errors import UsageError
from geo.tables import printable

if TYPE_CHECKING:
    from geo.gazetteer.gazetteer import Gazetteer
    from geo.places.outcome import Decision
    from geo.review import Question

HELP = (
    "number: this place   n: no place is meant   ID: a place by its id   ?: the evidence   Enter: leave open   q: stop"
)


def review(
    sources: Sources,
    decisions: Annotated[
        Path | None,
        typer.Option(metavar="FILE", help="Where decisions go; decisions.csv beside the first source if not told."),
    ] = None,
    who: Annotated[str, typer.Option(help="Your name or initials, kept with each decision.")] = "",
    columns: Columns = "",
    country: Countries = None,
    gazetteer: Gazetteers = None,
) -> None:
    """Walk through the doubtful place names of reports and decide them; maps built afterwards follow the decisions."""
    from geo.builds import read_all
    from geo.flow import parse
    from geo.gazetteer.gazetteer import Gazetteer
    from geo.places.decisions import FILE, beside, read_decisions
    from geo.review import questions

    if decisions is None and sources[0] == "-":
        raise UsageError("review -: standard input has no folder; say with --decisions where decisions go")
    path = decisions or Path(sources[0]).parent / FILE
    kept = read_decisions([path] if path.exists() else ())
    others = tuple(one for one in read_decisions(other for other in beside(sources) if other != path))
    with progress() as tell:
        opened = Gazetteer.open(tuple(gazetteer or ()), progress=tell)
        reports = read_all(sources, column_map(columns), None)
        parsed = list(
            parse(reports, opened, countries=country_codes(country), decisions=(*kept, *others), explain=True)
        )
    asked = list(questions(parsed))
    typer.echo(
        f"{len(asked)} doubtful {'name' if len(asked) == 1 else 'names'}. {HELP}" if asked else "Nothing is in doubt."
    )
    made = _walk(asked, opened, path, kept, who)
    if made:
        typer.echo(f"{made} {'decision' if made == 1 else 'decisions'} written to {path}")


def _walk(asked: Sequence[Question], gazetteer: Gazetteer, path: Path, kept: Sequence[Decision], who: str) -> int:
    """Ask, and write the file after each answer, so that stopping loses nothing; gives how many were decided."""
    import datetime as dt

    from geo.files import write_whole
    from geo.places.decisions import decisions_text
    from geo.review import answered

    made: list[Decision] = []
    for number, question in enumerate(asked, start=1):
        _show(question, gazetteer, f"{number} of {len(asked)}")
        place = _ask(question, gazetteer)
        if place is None:
            break
        if place:
            reason = _line("Why (may be left empty)") or ""
            # The one place where the clock is read: a decision is made today.
            today = dt.datetime.now(tz=dt.UTC).date().isoformat()
            made.append(answered(question, place, reason=reason, who=who, when=today))
            write_whole(path, decisions_text((*kept, *made)).encode())
    return len(made)


def _ask(question: Question, gazetteer: Gazetteer) -> str | None:
    """Give the place that is answered, "" to leave the question open, None to stop."""
    from geo.explaining import evidence_lines
    from geo.review import choices

    keys = choices(question)
    while True:
        answer = _line(f"Which place is {printable(question.name)!r}?")
        if answer is None or answer == "q":
            return None
        if answer == "?":
            for line in evidence_lines(question.outcome.candidates):
                typer.echo(printable(line))
            continue
        if not answer or answer in keys:
            return keys.get(answer, "")
        try:
            return gazetteer.place(answer).id  # type: ignore[arg-type]  # typed in by a person: tried here
        except KeyError:
            typer.echo(f"{printable(answer)}: neither a choice nor a place's id. {HELP}")


def _line(prompt: str) -> str | None:
    typer.echo(f"{prompt} ", nl=False)
    try:
        return input().strip()
    except EOFError:
        return None


def _show(question: Question, gazetteer: Gazetteer, count: str) -> None:
    from geo.gazetteer.features import feature_words

    times = f", {question.times} times" if question.times > 1 else ""
    typer.echo(f"\n{count}: {printable(question.name)}  ({printable(question.report)}{times})")
    typer.echo(f"  {printable(' '.join(question.sentence.split()))}")
    for number, candidate in enumerate(question.outcome.candidates, start=1):
        place: Any = candidate.place
        typer.echo(
            f"  {number}  {printable(candidate.toponym)}  {place.id}  {feature_words(place.feature_code)}"
            f"  {_division(place, gazetteer)}{place.country}  {place.lat:.3f}, {place.lon:.3f}  {candidate.score:.2f}"
        )
    typer.echo(f"  {printable(question.outcome.why)}")


def _division(place: Any, gazetteer: Gazetteer) -> str:
    """Give the first-level division that a place lies in, with a comma after it."""
    if not place.admin1:
        return ""
    try:
        return f"{printable(gazetteer.place(place.admin1).name)}, "
    except KeyError:
        return ""
