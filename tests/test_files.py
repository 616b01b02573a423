"""Files that are written whole."""

from __future__ import annotations

import os

import pytest

from geo.files import write_whole


@pytest.mark.parametrize("mask", [0o022, 0o077])
def test_a_file_written_whole_has_the_mode_that_the_user_gives_to_new_files(tmp_path, mask):
    """The mask of the process is kept, and holds for the file."""
    before = os.umask(mask)
    try:
        write_whole(tmp_path / "out.csv", b"a\n")
        assert os.umask(mask) == mask
    finally:
        os.umask(before)
    assert (tmp_path / "out.csv").stat().st_mode & 0o777 == 0o666 & ~mask
    assert [path.name for path in tmp_path.iterdir()] == ["out.csv"]
