"""The same command in another process, folder, time zone, locale and under another hash seed writes the same bytes."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from pathlib import Path

from geo.builds import PAGE, DATA

ROOT = Path(__file__).parents[1]
WORLDS = (
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "4711", "TZ": "Asia/Baku", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
)


def test_two_builds_far_apart_write_the_same_bytes_of_every_kind(tmp_path):
    """The sample spec, into the page and every data file."""
    report = ROOT / "maps" / "reports" / "karabakh.md"
    digests = []
    for n, world in enumerate(WORLDS):
        folder = tmp_path / f"place {n}" / "out"
        folder.mkdir(parents=True)
        (folder / report.name).write_bytes(report.read_bytes())
        for ending in (PAGE, *DATA):
            command = [sys.executable, "-m", "geo", "map", report.name, "-o", f"map{ending}", "--country", "AZ"]
            subprocess.run(
                command, cwd=folder, env=os.environ | {"PYTHONPATH": str(ROOT)} | world, check=True, timeout=120
            )
        digests.append({path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in folder.iterdir()})
    assert digests[0] == digests[1]
    assert len(digests[0]) == len(DATA) + 2
