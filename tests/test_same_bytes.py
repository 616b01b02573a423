"""The same command in another process, folder, time zone, locale and under another hash seed writes the same bytes."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

from geo.builds import DATA, PAGE, PICTURES

ROOT = Path(__file__).parents[1]
REPORT = ROOT / "maps" / "reports" / "karabakh-illustration.md"
WORLDS = (
    {"PYTHONHASHSEED": "0", "TZ": "UTC", "LC_ALL": "C.UTF-8"},
    {"PYTHONHASHSEED": "4711", "TZ": "Asia/Baku", "LC_ALL": "tr_TR.UTF-8", "LANG": "tr_TR.UTF-8"},
)


def test_two_builds_far_apart_write_the_same_bytes_of_every_kind(tmp_path):
    """The sample report, into the page, every picture and every data file."""
    outputs = [f"map{ending}" for ending in (PAGE, *PICTURES, *DATA)]
    written = []
    for n, world in enumerate(WORLDS):
        folder = tmp_path / f"place {n}" / "spec"
        folder.mkdir(parents=True)
        shutil.copy(REPORT, folder)
        (folder / "spec.toml").write_text(f'sources = ["{REPORT.name}"]\noutputs = {outputs}\n', encoding="utf-8")
        environment = os.environ | {"PYTHONPATH": str(ROOT)} | world
        where, spec = ((folder, "spec.toml"), (ROOT, str(folder / "spec.toml")))[n]
        subprocess.run(
            [sys.executable, "-m", "geo", "build", spec], cwd=where, env=environment, check=True, timeout=300
        )
        written.append({name: hashlib.sha256((folder / name).read_bytes()).hexdigest() for name in outputs})
    assert written[0] == written[1]
