"""Decisions that people made: ``decisions.csv`` beside the reports overrules what was chosen for a span or a name."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from pathlib import Path

from geo.cells import csv_text, safe_cell
from geo.errors import DataError
from geo.gazetteer import edtf
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.records import PlaceId
from geo.mentions.mention import Mention
from geo.places.outcome import Candidate, Decision, Outcome, Resolved, Unknown
from geo.reports.report import Report

FILE = "decisions.csv"
COLUMNS = ("report", "span", "name", "place", "reason", "who", "when")
NO_PLACE = "none"
_SPAN = re.compile(r"(\d{1,12})-(\d{1,12})", re.ASCII)


def beside(sources: Iterable[str]) -> tuple[Path, ...]:
    """Give the decision files that lie in the folders of sources, each once."""
    paths = {source: Path(source) for source in sources if source != "-"}
    found = [path.parent / FILE for path in paths.values() if path.name != FILE]
    return tuple(path for path in dict.fromkeys(found) if path.is_file())


def read_decisions(paths: Iterable[Path]) -> tuple[Decision, ...]:
    """Read decision files.

    Parameters
    ----------
    paths : iterable of Path
        CSV with the columns of `COLUMNS`. A row decides one span of a report ("12-20", code points) or, without one,
        all mentions that are printed like its name; ``place`` is a place id, or "none" where no place is meant.

    Raises
    ------
    DataError
        With file, line and remedy: other columns, a row without span and name, a span or date that is none, two rows
        that decide the same.
    """
    seen: dict[tuple[str, str, str], Decision] = {}
    for path in dict.fromkeys(paths):
        for decision in _rows(path):
            key = (decision.report, decision.span, decision.name)
            if key in seen:
                raise DataError(f"{decision.at}: decides what {seen[key].at} decides; keep one of the two")
            seen[key] = decision
    return tuple(seen.values())


def _rows(path: Path) -> Iterator[Decision]:
    try:
        with path.open(encoding="utf-8-sig", newline="") as stream:
            reader = csv.reader(stream, strict=True)
            if tuple(next(reader, ())) != COLUMNS:
                raise DataError(f"{path}:1: a decision file has the columns {','.join(COLUMNS)}; rename another file")
            for cells in reader:
                if cells:
                    yield _decision(cells, f"{path}:{reader.line_num}")
    except OSError as error:
        raise DataError(f"{path}: cannot be read ({error.strerror}); check the path") from error
    except UnicodeDecodeError as error:
        raise DataError(f"{path}: not UTF-8 at byte {error.start}; save it as UTF-8") from error
    except csv.Error as error:
        raise DataError(f"{path}:{reader.line_num}: {error}; check the quotes of the line") from error


def _decision(cells: Sequence[str], at: str) -> Decision:
    if len(cells) != len(COLUMNS):
        raise DataError(f"{at}: needs {len(COLUMNS)} cells; quote a cell that holds a comma")
    row = dict(zip(COLUMNS, (cell.strip() for cell in cells), strict=True))
    if not (row["span"] or row["name"]):
        raise DataError(f"{at}: neither span nor name; say which mention is decided")
    if row["span"] and not (row["report"] and _SPAN.fullmatch(row["span"])):
        raise DataError(f"{at}: span {row['span']!r}: expected START-END within a report that the row names")
    if not row["place"]:
        raise DataError(f"{at}: no place; write a place id (`geo geocode NAME` shows them), or {NO_PLACE}")
    if not edtf.valid(row["when"]):
        raise DataError(f"{at}: when {row['when']!r}: expected a date such as 2020-10-04, or nothing")
    return Decision(**row, at=at)


def decisions_text(decisions: Iterable[Decision]) -> str:
    """Give decisions as the content of a file that `read_decisions` reads."""
    return csv_text(COLUMNS, ([getattr(decision, column) for column in COLUMNS] for decision in decisions))


def overrule(
    report: Report, outcomes: Sequence[Outcome], decisions: Sequence[Decision], gazetteer: Gazetteer
) -> tuple[Outcome, ...]:
    """Give outcomes as people decided them: a row on a span goes before one on a name, one on a report before one on all.

    Parameters
    ----------
    report : Report
    outcomes : sequence of Outcome
        Of the report, in order.
    decisions : sequence of Decision
        Those that do not apply change nothing; `stale` tells them.
    gazetteer : Gazetteer
    """
    mine = sorted(
        (one for one in decisions if one.report in ("", report.id)), key=lambda one: (not one.span, not one.report)
    )
    if not mine:
        return tuple(outcomes)
    return tuple(_overruled(outcome, mine, gazetteer) for outcome in outcomes)


def _overruled(outcome: Outcome, decisions: Sequence[Decision], gazetteer: Gazetteer) -> Outcome:
    decision = next((one for one in decisions if _fits(one, outcome.mention) and _is_known(one.place, gazetteer)), None)
    if decision is None:
        return outcome
    told = (f"by {decision.who}" if decision.who else "", f"on {decision.when}" if decision.when else "")
    why = " ".join(["decided", *filter(None, told)]) + (f": {decision.reason}" if decision.reason else "")
    if decision.place == NO_PLACE:
        return Unknown(mention=outcome.mention, candidates=outcome.candidates, why=why, decision=decision)
    known = next((one for one in outcome.candidates if one.place.id == decision.place), None)
    chosen = known or Candidate(
        place=gazetteer.place(PlaceId(decision.place)), toponym=outcome.mention.toponym, how="exact", score=0.0
    )
    others = (replace(one, score=0.0) for one in outcome.candidates if one is not known)
    return Resolved(
        mention=outcome.mention, candidates=(replace(chosen, score=1.0), *others), why=why, decision=decision
    )


def _fits(decision: Decision, mention: Mention) -> bool:
    # A name that a spreadsheet would run is written with an apostrophe before it.
    named = not decision.name or decision.name in (mention.text, mention.toponym, safe_cell(mention.text))
    return named and decision.span in ("", f"{mention.start}-{mention.end}")


def _is_known(place: str, gazetteer: Gazetteer) -> bool:
    if place == NO_PLACE:
        return True
    try:
        gazetteer.place(PlaceId(place))
    except KeyError:
        return False
    return True


def stale(
    decisions: Iterable[Decision], reports: Iterable[str], applied: Iterable[Decision], gazetteer: Gazetteer
) -> list[str]:
    """Tell which decisions do not apply, each with its line and the reason.

    Parameters
    ----------
    decisions : iterable of Decision
    reports : iterable of str
        Ids of the reports that were read.
    applied : iterable of Decision
        Those that decided an outcome.
    gazetteer : Gazetteer
    """
    read, used = set(reports), set(applied)
    return [f"{one.at}: does not apply: {_reason(one, read, gazetteer)}" for one in decisions if one not in used]


def _reason(decision: Decision, read: set[str], gazetteer: Gazetteer) -> str:
    if decision.report and decision.report not in read:
        return f"no report {decision.report!r} was read"
    if not _is_known(decision.place, gazetteer):
        return f"the gazetteer has no place {decision.place!r}"
    where = f"at {decision.span} of {decision.report!r}" if decision.span else f"in {decision.report or 'the reports'}"
    name = f" {decision.name!r}" if decision.name else ""
    return f"no mention{name} was found {where}, or a row on its span decides it"
