"""The page's scripts and styles as text: linted as the one scope that a browser reads, and without a broken rule."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
import tinycss2

from geo.maps.bundle import ASSETS, element_script, embed_script, page_scripts

ROOT = Path(__file__).parents[2]


@pytest.mark.parametrize(
    ("script", "allowed"),
    [
        pytest.param(page_scripts()[1], (), id="page"),
        pytest.param(
            element_script(), ("--allow", "no-unused-vars"), id="folium-elements"
        ),  # only the page has them all
        pytest.param(embed_script(), (), id="embed"),
    ],
)
def test_the_scripts_pass_the_linter(script: str, allowed: tuple[str, ...], tmp_path: Path) -> None:
    (tmp_path / "joined.js").write_text(script, encoding="utf-8")
    linter = Path(sys.executable).with_name("oxlint")
    told = subprocess.run(
        [linter, "--config", ROOT / ".oxlintrc.json", *allowed, tmp_path], capture_output=True, text=True, check=False
    )
    assert told.returncode == 0, told.stdout


@pytest.mark.parametrize("style", sorted(ASSETS.glob("*.css")), ids=lambda path: path.name)
def test_the_styles_parse_whole(style: Path) -> None:
    sheet = tinycss2.parse_stylesheet(style.read_text(encoding="utf-8"), skip_comments=True, skip_whitespace=True)
    inner = [
        part for rule in sheet if rule.type == "qualified-rule" for part in tinycss2.parse_blocks_contents(rule.content)
    ]
    assert [part.message for part in (*sheet, *inner) if part.type == "error"] == []
