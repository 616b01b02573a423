"""Where sentences of news text begin and end."""

from __future__ import annotations

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from geo.mentions.sentences import sentences


def cut(text: str) -> list[str]:
    return [text[start:end] for start, end in sentences(text)]


@pytest.mark.parametrize(
    "parts",
    [
        ["The dam broke.", "Two villages were flooded."],
        ["Gen. Roe met Mr. Doe in St. Anne.", "They left."],
        ["The U.S. Army left Arden.", "It came back."],
        ["He lives in the U.S.", "The town is small."],
        ["J. P. Roe and M. Doe spoke.", "Nobody listened."],
        ["It happened on Jan. 5 near Arden, W.Va. and Belmont, Pa. on the river.", "No. 5 is closed."],
        ["Block No. 12 burned.", "It was not No. 13."],
        ["The quake had a magnitude of 5.3 and cost $1.2 million.", "More may follow."],
        ["It began at 6 p.m. on Monday.", "It ended at 9 p.m.", "The road is open."],
        ["“The bridge is gone.", "We are cut off,” she said.", "Rain went on."],
        ['"Where are they?" asked the mayor.', "No one knew."],
        ['"Stop!" Jane Roe said.', '"Come back."', "He went."],
        ["We will stay ... and we will rebuild Arden.", "Work began..."],
        ["He stopped…", "Then he went on."],
        ["What now?!", "Nothing."],
        ["(It was late.)", "The shop was shut."],
        ["Արցախում անձրև է։", "Ճանապարհը փակ է։"],
        ["地震が起きた。", "被害はない。"],
        ["Dolu yağdı.", "Şəhər işıqsız qaldı."],
    ],
)
def test_a_paragraph_falls_into_its_sentences(parts: list[str]) -> None:
    text = ("" if "。" in parts[0] else " ").join(parts)
    assert cut(text) == parts


def test_a_line_is_a_paragraph_and_a_headline_a_sentence() -> None:
    text = "Floods cut off Arden\nThree bridges fell.\r\n\r\nREAD MORE: Belmont counts the cost\nArden was calm"
    assert cut(text) == [
        "Floods cut off Arden",
        "Three bridges fell.",
        "READ MORE: Belmont counts the cost",
        "Arden was calm",
    ]


@pytest.mark.parametrize("gap", ["\n", " "])
def test_a_posts_signature_stands_alone(gap: str) -> None:
    text = f"The road to Arden is open. #roads{gap}— Norland Roads (@norlandroads) May 3, 2031"
    assert cut(text) == ["The road to Arden is open.", "#roads", "— Norland Roads (@norlandroads) May 3, 2031"]


def test_a_dash_without_a_handle_signs_nothing() -> None:
    assert cut("The road — a dirt track (2 km) — is open.") == ["The road — a dirt track (2 km) — is open."]


def test_wrapped_lines_are_one_paragraph() -> None:
    text = (
        "The ferry between the two islands was stopped for a second day because\n"
        "of the gale, and passengers waited in the harbour of Belmont until the\n"
        "evening. It sailed again at dawn.\n\nA second paragraph."
    )
    assert len(cut(text)) == 3
    assert cut(text)[1] == "It sailed again at dawn."


def test_a_line_that_goes_on_in_lower_case_is_not_cut() -> None:
    assert cut("Fighting went on in Upper\nand Lower Arden.") == ["Fighting went on in Upper\nand Lower Arden."]


@given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from('.!?… \n\r"“”—A(@)b1')), max_size=200))
@example("— A (@b) .")
@example(".\u2028.")
def test_sentences_cover_all_that_is_not_space_in_order(text: str) -> None:
    spans = sentences(text)
    covered = 0
    for start, end in spans:
        assert covered <= start < end <= len(text)
        assert not text[covered:start].strip()
        assert text[start:end] == text[start:end].strip()
        covered = end
    assert not text[covered:].strip()


def test_splitting_time_grows_with_the_length_only() -> None:
    for odd in (
        "." * 200_000,
        ". " * 100_000,
        "a" * 500_000,
        " " * 200_000 + "a",
        "\n" * 200_000,
        "— (@" * 50_000,
        '."' * 100_000,
    ):
        start = time.perf_counter()
        sentences(odd)
        assert time.perf_counter() - start < 3
