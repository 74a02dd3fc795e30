"""A diff is what `patch` makes of it: the very file that `fix` leaves."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from cleankit.render.diff import unified

CASES = {
    "crlf.txt": b"One. \r\nTwo.\r\n",
    "lone-cr.txt": b"One. \rTwo.\rThree. \r",
    "mark.txt": b"\xef\xbb\xbfOne.\nTwo. \n",
    "no-line-end.txt": b"One. \nTwo. ",
    "a dash.txt": b"One.\n-- Print E-mail Bookmark and Share",
    " two blanks .txt": b"One. \n",
    '新聞 "quoted" \\ one.txt': b"One. \n",
    "line\nend\tand tab.txt": b"One. \n",
    os.fsdecode(b"no \xff text.txt"): b"One. \n",
}


@pytest.mark.skipif(sys.platform != "linux" or not shutil.which("patch"), reason="needs patch, and any name for a file")
def test_patch_makes_of_a_diff_what_fix_makes(tmp_path: Path) -> None:
    fixed, patched = tmp_path / "fixed", tmp_path / "patched"
    for folder in (fixed, patched):
        folder.mkdir()
        for name, data in CASES.items():
            (folder / name).write_bytes(data)
    command = [sys.executable, "-m", "cleankit", "fix", "--exit-zero", "."]
    subprocess.run(command, cwd=fixed, check=True, capture_output=True)
    diff = subprocess.run([*command, "--diff"], cwd=patched, check=True, capture_output=True).stdout
    subprocess.run(["patch", "-p0"], cwd=patched, check=True, capture_output=True, input=diff)
    for name, data in CASES.items():
        assert (patched / name).read_bytes() == (fixed / name).read_bytes() != data


def test_a_removed_line_that_looks_like_a_head_still_says_that_it_has_no_end() -> None:
    assert list(unified("One.\n-- Two", "One.\n", "a", "a"))[-2:] == ["--- Two", "\\ No newline at end of file"]
