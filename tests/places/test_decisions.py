"""Decisions of people: a row of decisions.csv goes before what was chosen, and one that does not apply is told."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from geo.builds import Build, run
from geo.errors import DataError
from geo.flow import parse
from geo.maps import unpack_page
from geo.places.decisions import COLUMNS, beside, decisions_text, overrule, read_decisions, stale
from geo.places.outcome import Decision, Resolved, Unknown
from geo.reports.report import Report

TEXT = "Shells fell on Martuni and Shushi. Later Martuni was quiet."
HEAD = ",".join(COLUMNS) + "\n"


def decision(**cells):
    return Decision(**(dict.fromkeys(COLUMNS, "") | cells))


def decided(gazetteer, *decisions, text=TEXT):
    parsed = list(parse([Report(id="r1", text=text)], gazetteer, decisions=decisions))
    return {(o.mention.text, o.mention.start): o for o in parsed[0].outcomes}


@pytest.fixture
def file(tmp_path):
    def write(*rows):
        path = tmp_path / "decisions.csv"
        path.write_text(HEAD + "".join(f"{row}\n" for row in rows), encoding="utf-8")
        return path

    return write


@pytest.fixture(scope="module")
def other(gazetteer):
    """The Martuni that is not meant when the report speaks of Shushi."""
    found = [match.place for match in gazetteer.lookup("Martuni")]
    return next(place for place in found if place.country == "AM")


def test_a_row_on_a_name_decides_all_its_mentions_in_the_report(gazetteer, other):
    found = decided(
        gazetteer, decision(report="r1", name="Martuni", place=other.id, who="an", when="2020-11-03", reason="the lake")
    )
    for start in (TEXT.index("Martuni"), TEXT.rindex("Martuni")):
        outcome = found["Martuni", start]
        assert isinstance(outcome, Resolved)
        assert outcome.chosen.place.id == other.id
        assert outcome.why == "decided by an on 2020-11-03: the lake"
    assert found["Shushi", TEXT.index("Shushi")].decision is None


def test_a_row_on_a_span_goes_before_one_on_the_name(gazetteer, other):
    last = TEXT.rindex("Martuni")
    rows = [
        decision(name="Martuni", place="none"),
        decision(report="r1", span=f"{last}-{last + 7}", name="Martuni", place=other.id),
    ]
    found = decided(gazetteer, *rows)
    assert isinstance(found["Martuni", TEXT.index("Martuni")], Unknown)
    assert found["Martuni", last].chosen.place.id == other.id


def test_what_was_chosen_stays_among_the_candidates(gazetteer, other):
    before = decided(gazetteer)["Martuni", TEXT.index("Martuni")].candidates[0].place.id
    after = decided(gazetteer, decision(name="Martuni", place=other.id))["Martuni", TEXT.index("Martuni")]
    assert before != other.id
    assert before in {candidate.place.id for candidate in after.candidates[1:]}


def test_a_decision_may_name_a_place_that_was_no_candidate(gazetteer):
    baku = next(match.place for match in gazetteer.lookup("Baku") if match.place.feature_code == "PPLC")
    chosen = decided(gazetteer, decision(name="Shushi", place=baku.id))["Shushi", TEXT.index("Shushi")].chosen
    assert (chosen.place.id, chosen.toponym, chosen.score) == (baku.id, "Shushi", 1.0)


def test_decisions_that_do_not_apply_are_told_with_line_and_reason(gazetteer, file):
    rows = read_decisions([
        file("r1,,Martuni,none,,,", "r9,,Martuni,none,,,", "r1,,Shushi,no-such-place,,,", "r1,3-9,Baku,none,,,", ",,Oz,none,,,"),
    ])  # fmt: skip
    parsed = list(parse([Report(id="r1", text=TEXT)], gazetteer, decisions=rows))
    applied = {outcome.decision for outcome in parsed[0].outcomes if getattr(outcome, "decision", None)}
    told = stale(rows, ["r1"], applied, gazetteer)
    assert [line.partition("does not apply: ")[2] for line in told] == [
        "no report 'r9' was read",
        "the gazetteer has no place 'no-such-place'",
        "no mention 'Baku' was found at 3-9 of 'r1', or a row on its span decides it",
        "no mention 'Oz' was found in the reports, or a row on its span decides it",
    ]
    assert all(f"decisions.csv:{line}: " in text for line, text in zip((3, 4, 5, 6), told, strict=True))


@pytest.mark.parametrize(
    ("row", "fault"),
    [
        ("r1,,,none,,,", "neither span nor name"),
        ("r1,5,,none,,,", "expected START-END"),
        (",5-9,,none,,,", "expected START-END within a report"),
        ("r1,,Baku,,,,", "no place"),
        ("r1,,Baku,none,,,yesterday", "expected a date"),
        ("r1,,Baku,none", "needs 7 cells"),
        ('r1,,"Baku,none,,,', "unexpected end of data"),
    ],
)
def test_a_broken_row_is_refused_with_file_and_line(file, row, fault):
    with pytest.raises(DataError, match=fault) as error:
        read_decisions([file("r1,,Shushi,none,,,", row)])
    assert "decisions.csv:3: " in str(error.value)


def test_two_rows_that_decide_the_same_are_refused(file):
    with pytest.raises(DataError, match=r"decisions\.csv:3: decides what .*decisions\.csv:2 decides"):
        read_decisions([file("r1,,Shushi,none,,,", "r1,,Shushi,kar-0001,,,")])


def test_a_file_of_other_columns_is_refused(tmp_path):
    (tmp_path / "decisions.csv").write_text("a,b\n1,2\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"decisions\.csv:1: a decision file has the columns report,span,name"):
        read_decisions([tmp_path / "decisions.csv"])


def test_files_beside_the_sources_are_found_once(tmp_path, file):
    path = file()
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text("x", encoding="utf-8")
    assert beside([str(tmp_path / "a.txt"), str(tmp_path / "b.txt"), "-"]) == (path,)
    assert beside([str(path)]) == ()


@given(
    st.lists(
        st.text(st.characters(codec="utf-8", exclude_categories=["Cc", "Zs", "Zl", "Zp"]), min_size=1),
        min_size=1,
        max_size=4,
        unique=True,
    )
)
def test_what_is_written_is_read_again(tmp_path_factory, names):
    """But for an apostrophe before what a spreadsheet would run."""
    path = tmp_path_factory.mktemp("d") / "decisions.csv"
    written = [decision(report="r", name=name, place="none", reason=name) for name in names]
    path.write_text(decisions_text(written), encoding="utf-8")
    read = read_decisions([path])
    assert [one.name.removeprefix("'") if one.name[1:2] and one.name[1] in "=+-@" else one.name for one in read] == [
        name.strip() for name in names
    ]


def test_without_decisions_nothing_changes(gazetteer):
    report = Report(id="r1", text=TEXT)
    outcomes = next(iter(parse([report], gazetteer))).outcomes
    assert overrule(report, outcomes, [decision(report="r2", name="Martuni", place="none")], gazetteer) == outcomes


def test_a_map_marks_what_a_person_decided(tmp_path, other):
    """The page's data say who decided, when and why, and the method panel counts it."""
    (tmp_path / "note.txt").write_text(TEXT, encoding="utf-8")
    row = f"note.txt,,Martuni,{other.id},the lake,an,2020-11-03"
    (tmp_path / "decisions.csv").write_text(f"{HEAD}{row}\ngone,,Baku,none,,,\n", encoding="utf-8")
    out = tmp_path / "map.html"
    run(Build(sources=(str(tmp_path / "note.txt"),), outputs=(out,)))
    data = unpack_page(out.read_text(encoding="utf-8"))
    marked = [mention["decided"] for mention in data["mentions"] if "decided" in mention]
    assert marked == [{"place": other.id, "reason": "the lake", "who": "an", "when": "2020-11-03"}] * 2
    assert any(note.startswith("People decided 2 of them") for note in data["meta"]["notes"])
    assert any("no report 'gone' was read" in note for note in data["meta"]["notes"])
