"""Compiling the index: a user's rows win, a change makes a new index, and neither a crash nor a rival does harm."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from geo.errors import DataError
from geo.files import data_folder
from geo.gazetteer.compile import index_folder
from geo.gazetteer.gazetteer import Gazetteer
from geo.gazetteer.tables import COLUMNS

SHIPPED = data_folder() / "gazetteer"
REPOSITORY = Path(__file__).parents[2]
COMPILE = """
import sys
from pathlib import Path
from geo.gazetteer.gazetteer import Gazetteer
print(Gazetteer.open([Path(sys.argv[1])]).index.folder)
"""


def own_tables(folder: Path, *, lat: str = "39.5") -> Path:
    """Write a user's tables: a hill fort, and another opinion on where the first place of karabakh lies."""
    rows = {
        "sources.csv": ["survey,A survey,,,"],
        "places.csv": [f"own-1,PPL,{lat},46.5,300,,survey,", "kar-0001,PPLA,39.7,46.7,100,,survey,"],
        "names.csv": ["own-1,Quzgunqala,az,endonym,az,,,survey,", "own-1,Raven Fort,en,exonym,,,,survey,"],
    }
    folder.mkdir(exist_ok=True)
    for name, lines in rows.items():
        (folder / name).write_text("\n".join([",".join(COLUMNS[name]), *lines, ""]), encoding="utf-8")
    return folder


def start(tables: Path, cache: Path) -> subprocess.Popen[str]:
    """Start a process that opens the gazetteer with these tables and prints where its index lies."""
    environment = os.environ | {"ALLONYM_CACHE": str(cache), "PYTHONPATH": str(REPOSITORY)}
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", COMPILE, str(tables)],
        env=environment, text=True, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
    )  # fmt: skip


def kill_at_work(tables: Path, cache: Path) -> None:
    """Kill a compile as soon as it has begun to write."""
    with start(tables, cache) as process:
        deadline = time.monotonic() + 60
        while not list(cache.glob("compiling-*")):
            assert process.poll() is None, process.communicate()
            assert time.monotonic() < deadline
            time.sleep(0.02)
        process.send_signal(signal.SIGKILL)


def test_compiling_survives_a_kill_and_a_rival_and_lets_the_users_rows_win(tmp_path, monkeypatch):
    """After a killed compile, two processes that compile at once end with one and the same usable index."""
    tables, cache = own_tables(tmp_path / "own"), tmp_path / "cache"
    kill_at_work(tables, cache)
    assert list(cache.glob("gazetteer-*")) == []

    rivals = [start(tables, cache) for _ in range(2)]
    results = [rival.communicate(timeout=300) for rival in rivals]
    assert [(rival.returncode, errors) for rival, (_, errors) in zip(rivals, results, strict=True)] == [(0, "")] * 2
    folders = {output.strip() for output, _ in results}
    assert folders == {str(folder) for folder in cache.glob("gazetteer-*")}
    assert len(folders) == 1

    monkeypatch.setenv("ALLONYM_CACHE", str(cache))
    told: list[str] = []
    gazetteer = Gazetteer.open([tables], progress=told.append)
    assert told == [], "the index is there: nothing is compiled"
    assert [match.place.id for match in gazetteer.lookup("Quzgunqala")] == ["own-1"]
    assert (gazetteer.place("kar-0001").lat, gazetteer.place("kar-0001").precision_m) == (39.7, 100.0)
    assert "Şuşa" in {name.toponym for name in gazetteer.names("kar-0001")}, "what the user did not say stays"

    (tables / "places.csv").write_text("place_id,lat\nown-1,1\n", encoding="utf-8")
    with pytest.raises(DataError, match=r"places\.csv:1: the columns are place_id,lat"):
        Gazetteer.open([tables])
    assert gazetteer.lookup("Raven Fort")[0].place.lat == 39.5, "an index that is open stays usable"
    own_tables(tables)
    assert str(Gazetteer.open([tables], progress=told.append).index.folder) in folders
    assert told == [], "the mended table is the one that was compiled"


def test_another_table_means_another_index(tmp_path):
    """An index is found by what it was made from, so that a change of one digit makes a new one."""
    before = index_folder([SHIPPED, own_tables(tmp_path / "own")])
    assert index_folder([SHIPPED, own_tables(tmp_path / "own")]) == before
    assert index_folder([SHIPPED, own_tables(tmp_path / "own", lat="39.6")]) != before
    assert index_folder([SHIPPED]) != before


def test_a_folder_of_tables_that_is_missing_is_told(tmp_path):
    """A mistyped folder is no empty one."""
    with pytest.raises(DataError, match=r"nowhere: no such folder; name a folder with places\.csv and names\.csv"):
        Gazetteer.open([tmp_path / "nowhere"])
