"""Compiling the index: a user's rows win, a change makes a new index, and neither a crash nor a rival does harm."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from geo.errors import DataError, OutputError
from geo.gazetteer.compile import KEPT, STALE_S, _prune, base_folder, compile_all
from geo.gazetteer.gazetteer import Gazetteer, silent
from geo.gazetteer.index import Index
from geo.gazetteer.stack import Stack
from geo.gazetteer.tables import COLUMNS

REPOSITORY = Path(__file__).parents[2]
COMPILE = """
import sys
from pathlib import Path
from geo.gazetteer.gazetteer import Gazetteer
print(*(index.folder for index in Gazetteer.open([Path(sys.argv[1])]).index.indexes))
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
    assert list(cache.glob("*-*")) == list(cache.glob("compiling-*"))

    rivals = [start(tables, cache) for _ in range(2)]
    results = [rival.communicate(timeout=300) for rival in rivals]
    assert [(rival.returncode, errors) for rival, (_, errors) in zip(rivals, results, strict=True)] == [(0, "")] * 2
    folders = {output.strip() for output, _ in results}
    assert len(folders) == 1, "both use the same two indexes"
    assert set(folders.pop().split()) == {str(path) for kind in KEPT for path in cache.glob(f"{kind}-*")}

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
    Gazetteer.open([tables], progress=told.append)
    assert told == [], "the mended table is the one that was compiled"


def test_another_table_means_another_index_of_that_table_alone(tmp_path):
    """An index is found by what it was made from: one digit makes a new one, and the default gazetteer stays compiled."""
    before = compile_all([own_tables(tmp_path / "own")], progress=silent)
    assert before[0] == base_folder()
    assert compile_all([own_tables(tmp_path / "own")], progress=silent) == before
    after = compile_all([own_tables(tmp_path / "own", lat="39.6")], progress=silent)
    assert after[0] == before[0]
    assert after[1] != before[1]


def test_a_folder_of_tables_that_is_missing_is_told(tmp_path):
    """A mistyped folder is no empty one."""
    with pytest.raises(DataError, match=r"nowhere: is not there; name a folder with places\.csv and names\.csv"):
        Gazetteer.open([tmp_path / "nowhere"])


def test_a_folder_without_tables_is_told(tmp_path):
    """A folder of Who's On First records is not used as it is: nobody may believe that it was."""
    (tmp_path / "85632773.geojson").write_text("{}", encoding="utf-8")
    with pytest.raises(DataError, match=r": holds no tables; make some of what it has with `geo gazetteer add "):
        Gazetteer.open([tmp_path])


def aged(folder: Path, seconds: int) -> Path:
    """Make a folder with a file in it that was last used so many seconds ago."""
    folder.mkdir()
    (folder / "lat.npy").write_bytes(b"")
    os.utime(folder, (time.time() - seconds,) * 2)
    return folder


@pytest.mark.parametrize("kind", KEPT)
def test_the_indexes_that_were_used_last_are_kept(tmp_path, kind):
    """Pruning removes what was not used for longest, and what a killed compile left more than a day ago."""
    old = [aged(tmp_path / f"{kind}-{age}", age) for age in (80, 70, 60, 50, 40, 30, 20, 10)]
    target = aged(tmp_path / f"{kind}-new", 0)
    left, at_work = aged(tmp_path / "compiling-left", STALE_S + 60), aged(tmp_path / "compiling-now", 60)
    _prune(target)
    kept = {path for path in tmp_path.iterdir() if path.name.startswith(kind)}
    assert kept == {target, *old[-(KEPT[kind] - 1) :]}
    assert not left.exists()
    assert at_work.exists()


def test_opening_an_index_marks_it_as_used(tmp_path, monkeypatch):
    monkeypatch.setenv("ALLONYM_CACHE", str(tmp_path))
    folder = aged(base_folder(), 500)
    assert compile_all([], progress=silent) == [folder]
    assert folder.stat().st_mtime > time.time() - 400


def test_an_open_index_outlives_its_folder(gazetteer, tmp_path):
    """Another process may prune the index of one that still works; a removed or damaged one is told apart."""
    folder = Path(shutil.copytree(gazetteer.index.indexes[0].folder, tmp_path / "gazetteer-copy"))
    opened = Gazetteer(Stack([Index(folder)]))
    shutil.rmtree(folder)
    assert opened.lookup("Shushi")[0].place.id == "kar-0001"
    assert opened.names("kar-0001")
    with pytest.raises(FileNotFoundError, match="has been removed"):
        Index(folder)
    folder.mkdir()
    with pytest.raises(DataError, match="gazetteer-copy: the index is damaged"):
        Index(folder)


def test_a_cache_that_cannot_be_written_is_told_with_the_remedy(tmp_path, monkeypatch):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv("ALLONYM_CACHE", str(tmp_path / "file" / "cache"))
    with pytest.raises(OutputError, match=r"file/cache: the index cannot be written .*ALLONYM_CACHE"):
        compile_all([], progress=silent)
