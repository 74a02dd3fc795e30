"""What a whole `cleankit clean` costs, with all that it writes."""

from __future__ import annotations

import resource
import subprocess
import sys
import tempfile
from pathlib import Path


def cpu_of_clean(folder: Path, *options: str) -> float:
    """CPU seconds of a process that cleans a folder into one that is thrown away."""
    with tempfile.TemporaryDirectory() as out:
        command = [
            sys.executable,
            "-m",
            "cleankit",
            "clean",
            "-q",
            "--isolated",
            *options,
            str(folder),
            "-o",
            f"{out}/o",
        ]
        start = _used()
        subprocess.run(command, capture_output=True, check=False)  # 1 where a page went into the quarantine
        return _used() - start


def _used() -> float:
    usage = resource.getrusage(resource.RUSAGE_CHILDREN)
    return usage.ru_utime + usage.ru_stime
