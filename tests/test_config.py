"""The user's own folder and the gazetteers that its file names."""

from __future__ import annotations

from pathlib import Path

import pytest

from geo.config import config_folder, own_folder, own_gazetteers
from geo.errors import DataError


@pytest.fixture
def own(tmp_path, monkeypatch):
    monkeypatch.setenv("ALLONYM_CONFIG", str(tmp_path))
    return tmp_path


def test_without_a_folder_there_is_nothing(own, monkeypatch):
    assert own_gazetteers() == ()
    assert own_folder() == own / "gazetteer"
    monkeypatch.delenv("ALLONYM_CONFIG")
    assert config_folder() == Path(config_folder()).absolute()


def test_own_tables_come_last_and_so_win(own):
    (own / "gazetteer").mkdir()
    (own / "AD.zip").touch()
    (own / "config.toml").write_text('gazetteers = ["AD.zip"]\n', encoding="utf-8")
    assert own_gazetteers() == (own / "AD.zip",), "a folder that holds nothing yet is none"
    (own / "gazetteer" / "places.csv").touch()
    assert own_gazetteers() == (own / "AD.zip", own / "gazetteer")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('gazetteers = ["missing.zip"]', "missing.zip is not there"),
        ('gazetteers = "AD.zip"', "is no list of paths"),
        ("gazetteers = [1]", "is no list of paths"),
        ('gazetteer = ["AD.zip"]', "unknown key 'gazetteer'"),
        ("gazetteers = [", "is no TOML"),
    ],
)
def test_a_broken_file_is_told_with_a_remedy(own, text, told):
    (own / "config.toml").write_text(text, encoding="utf-8")
    with pytest.raises(DataError, match=rf"config\.toml: .*{told}"):
        own_gazetteers()


def test_the_tests_read_nobody_s_own_folder():
    assert own_gazetteers() == ()
