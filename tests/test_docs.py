"""What the documents say holds: every command and option is there, and the examples run."""

import doctest
import re
import shlex
import shutil
from pathlib import Path

import pytest
import typer
from typer.testing import CliRunner

from geo.builds import run
from geo.cli import app
from geo.layers.records import FIELDS
from geo.spec import _KEYS, read_spec

ROOT = Path(__file__).parents[1]
PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def commands(group, name="geo"):
    for key, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from commands(command, f"{name} {key}")
        else:
            yield f"{name} {key}", command


COMMANDS = dict(commands(typer.main.get_command(app)))


def examples():
    """Give the page and text of each example that begins with the command's name; a placeholder makes it no example."""
    for page in PAGES:
        for line in re.findall(r"^ {4,7}(geo .*)$", page.read_text(encoding="utf-8"), flags=re.MULTILINE):
            words = line.split(" #")[0].strip()
            if not re.search(r"SOURCE|NAME|SPEC|CORPUS|\|", words):
                yield pytest.param(words, id=f"{page.name}: {words}")


@pytest.fixture
def desk(tmp_path, monkeypatch):
    """A folder with the files that the examples name."""
    shutil.copytree(ROOT / "maps", tmp_path / "maps", ignore=shutil.ignore_patterns("*.html", "*.geojson"))
    shutil.copytree(Path(__file__).parent / "data" / "docs", tmp_path, dirs_exist_ok=True)
    shutil.copytree(Path(__file__).parent / "data" / "exchange", tmp_path / "downloads")
    monkeypatch.setenv("ALLONYM_CONFIG", str(tmp_path / "config"))
    monkeypatch.chdir(tmp_path)
    return tmp_path


def section(name):
    text = (ROOT / "docs" / "command.md").read_text(encoding="utf-8")
    found = re.search(rf"^## `{name}`\n(.*?)(?=^## |\Z)", text, flags=re.MULTILINE | re.DOTALL)
    assert found, f"docs/command.md has no section on {name}"
    return found[1]


@pytest.mark.parametrize("name", COMMANDS)
def test_every_option_of_a_command_is_documented_in_its_section(name):
    text = section(name)
    options = [param.opts for param in COMMANDS[name].params if param.param_type_name == "option"]
    missing = [spellings for spellings in options if not all(f"`{s}" in text or f" {s} " in text for s in spellings)]

    assert missing == []


def test_every_documented_option_exists():
    text = (ROOT / "docs" / "command.md").read_text(encoding="utf-8")
    known = {s for command in COMMANDS.values() for param in command.params for s in param.opts}
    known |= {"--help", "--version", "--install-completion", "--show-completion"}

    assert set(re.findall(r"(?<![\w-])--[a-z][a-z-]+", text)) <= known


def test_every_field_of_a_mention_is_documented():
    told = set(re.findall(r"`(\w+)`", section("geo places")))

    assert set(FIELDS) <= told


@pytest.mark.parametrize("line", list(examples()))
def test_an_example_of_the_command_runs(line, desk):
    result = CliRunner().invoke(app, shlex.split(line)[1:])

    assert result.exception is None or isinstance(result.exception, SystemExit), result.exception
    assert result.exit_code == 0, result.output
    assert result.output or "-o" in line or "build" in line
    assert all((desk / name).stat().st_size for name in re.findall(r"-o (\S+)", line))


@pytest.mark.parametrize(
    "page", [page for page in PAGES if ">>> " in page.read_text(encoding="utf-8")], ids=lambda p: p.name
)
@pytest.mark.usefixtures("desk")
def test_python_examples_of_a_page_give_what_they_say(page):
    flags = doctest.ELLIPSIS | doctest.NORMALIZE_WHITESPACE
    failed, attempted = doctest.testfile(str(page), module_relative=False, optionflags=flags, encoding="utf-8")

    assert attempted
    assert failed == 0


def test_the_spec_in_the_readme_is_part_of_the_sample_spec():
    told = re.search(r"```toml\n(.*?)```", (ROOT / "README.md").read_text(encoding="utf-8"), flags=re.DOTALL)[1]
    spec = (ROOT / "maps" / "karabakh.toml").read_text(encoding="utf-8")

    assert all(line in spec for line in told.splitlines())


def test_the_example_spec_of_the_page_on_specs_builds(desk):
    told = re.search(r"```toml\n(.*?)```", (ROOT / "docs" / "specs.md").read_text(encoding="utf-8"), flags=re.DOTALL)[1]
    path = desk / "maps" / "week.toml"
    path.write_text(told, encoding="utf-8")

    assert run(read_spec(path)) == []
    assert (desk / "maps" / "week.html").stat().st_size
    assert (desk / "maps" / "week.geojson").stat().st_size


def test_every_key_of_a_spec_is_documented():
    told = re.findall(r"^\| `(\w+)` \|", (ROOT / "docs" / "specs.md").read_text(encoding="utf-8"), flags=re.MULTILINE)

    assert sorted(told) == sorted(_KEYS)


@pytest.mark.parametrize(
    "page", [*PAGES, ROOT / "data" / "README.md", ROOT / "CHANGELOG.md"], ids=lambda p: f"{p.parent.name} {p.name}"
)
def test_links_between_documents_lead_somewhere(page):
    links = re.findall(r"\]\(([^)#\s]+)", page.read_text(encoding="utf-8"))

    assert [link for link in links if "://" not in link and not (page.parent / link).exists()] == []
