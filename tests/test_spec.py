"""Map specs: what a TOML file may say, and what is told where it says something else."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from geo.builds import run
from geo.errors import SpecError
from geo.spec import read_spec


def spec(folder: Path, text: str) -> Path:
    """Write a spec."""
    path = folder / "map.toml"
    path.write_text(text, encoding="utf-8")
    return path


def refusal(path: Path) -> str:
    """Give the message with which a spec is refused, without the file that it begins with."""
    with pytest.raises(SpecError) as caught:
        read_spec(path)
    assert isinstance(caught.value, ValueError)
    assert "\n" not in str(caught.value)
    assert str(caught.value).startswith(f"{path}: ")
    return str(caught.value).removeprefix(f"{path}: ")


WHOLE = """
sources = ["reports/one.txt", "-", "/srv/two.csv"]
outputs = ["one.html", "data/one.geojson"]
gazetteers = ["own"]
countries = ["AZ", "AM"]
layers = ["sites"]
title = "A night"
names = "hy"
quote = "none"
tiles = "OpenStreetMap.Mapnik"
skip_bad = true

[columns]
text = "body"
"""


def test_paths_of_a_spec_are_relative_to_it(tmp_path):
    """A spec and its reports can be moved together; absolute paths and standard input stay what they are."""
    build = read_spec(spec(tmp_path, WHOLE))
    assert build.sources == (str(tmp_path / "reports/one.txt"), "-", "/srv/two.csv")
    assert build.outputs == (tmp_path / "one.html", tmp_path / "data/one.geojson")
    assert build.gazetteers == (tmp_path / "own",)


def test_a_spec_says_everything_that_the_command_can_say(tmp_path):
    """Each option of the command has its key."""
    build = read_spec(spec(tmp_path, WHOLE))
    assert (build.title, build.names, build.quote, build.tiles) == ("A night", "hy", "none", "OpenStreetMap.Mapnik")
    assert (build.countries, build.shown, build.skip_bad) == (("AZ", "AM"), ("sites",), True)
    assert dict(build.columns) == {"text": "body"}


def test_a_spec_needs_sources_and_outputs_alone(tmp_path):
    """Everything else has a default, and none of them uses the network."""
    build = read_spec(spec(tmp_path, 'sources = ["a.txt"]\noutputs = ["a.html"]\n'))
    assert (build.title, build.names, build.quote, build.tiles, build.skip_bad) == (
        "",
        "printed",
        "sentence",
        "",
        False,
    )


NEEDED = 'sources = ["a.txt"]\noutputs = ["a.html"]\n'


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('outputs = ["a.html"]', 'sources is missing; write sources = ["…"]'),
        ('sources = ["a.txt"]\noutputs = []', 'outputs is missing; write outputs = ["…"]'),
        (NEEDED + 'titel = "x"', "unknown key 'titel'; did you mean 'title'?"),
        (NEEDED + "zoom = 7", "unknown key 'zoom'; known are sources, outputs"),
        ('sources = "a.txt"\noutputs = ["a.html"]', "sources is 'a.txt'; expected a list of texts"),
        ('sources = ["a.txt", 7]\noutputs = ["a.html"]', "sources is ['a.txt', 7]; expected a list of texts"),
        (NEEDED + "title = 7", "title is 7; expected a text"),
        (NEEDED + 'names = "latin"', "names is 'latin'; expected printed az hy ru en all"),
        (NEEDED + 'quote = "some"', "quote is 'some'; expected sentence full none"),
        (NEEDED + 'layers = ["sites", "roads"]', "layers is ['sites', 'roads']; expected some of sites"),
        (NEEDED + 'skip_bad = "yes"', "skip_bad is 'yes'; expected true or false"),
        (NEEDED + "[columns]\ntext = 7", "columns is {'text': 7}; expected a table of texts"),
        ("sources = [", "Invalid value (at end of document); see docs/specs.md"),
    ],
)
def test_a_fault_in_a_spec_is_told_with_its_remedy(tmp_path, text, told):
    """One line: the file, what is wrong, what to write."""
    assert refusal(spec(tmp_path, text)).startswith(told)


def test_a_spec_that_cannot_be_read_is_told(tmp_path):
    """Missing and wrongly encoded files are told as such."""
    assert refusal(tmp_path / "gone.toml").startswith("cannot be read (No such file or directory); check the path")
    (tmp_path / "old.toml").write_bytes('title = "Caf\xe9"'.encode("latin-1"))
    assert refusal(tmp_path / "old.toml") == "not UTF-8 at byte 12; save it as UTF-8"


def test_a_build_writes_every_output_of_its_spec(tmp_path, gazetteer):
    """One reading and one deciding, several files of the same places."""
    assert len(gazetteer.index) > 0
    (tmp_path / "a.csv").write_text(
        "nr,body\n1,Fog in Stepanakert.\n2,Snow in Shushi and Stepanakert.\n", encoding="utf-8"
    )
    text = (
        'sources = ["a.csv"]\noutputs = ["a.html", "a.geojson", "a.csv.jsonl"]\n[columns]\nid = "nr"\ntext = "body"\n'
    )
    assert run(read_spec(spec(tmp_path, text))) == []
    features = json.loads((tmp_path / "a.geojson").read_text(encoding="utf-8"))["features"]
    lines = [json.loads(line) for line in (tmp_path / "a.csv.jsonl").read_text(encoding="utf-8").splitlines()]
    assert (
        [feature["properties"]["name"] for feature in features]
        == [line["name"] for line in lines]
        == ["Stepanakert", "Shushi"]
    )
    assert lines[0]["mentions"] == [0, 2]
    assert "allonym-data" in (tmp_path / "a.html").read_text(encoding="utf-8")
