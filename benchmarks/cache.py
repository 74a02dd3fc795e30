"""What a second `cleankit check` over unchanged files costs: its CPU time against that of a first one.

    python benchmarks/cache.py PAGES…     folders of *.txt, or files

Both are whole processes, user and system, and take turns, so that a machine that gets slower slows both. What they cost
for each file is told without their start, which is that of a check of one short page, looked at or recalled. The last
column is a check that keeps nothing, for what a first one pays to remember. Medians of rounds, and of their ratios.
"""

from __future__ import annotations

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

ROUNDS = 9
PAGE = "The harbour opened again on Monday, after nine days of storm.\n"


class Round(NamedTuple):
    """Milliseconds of a first check, of a second one, and of one that keeps nothing."""

    first: float
    second: float
    without: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="+")
    parser.add_argument("--rounds", type=int, default=ROUNDS)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder, "page.txt")
        page.write_text(PAGE, encoding="utf-8")
        place = Path(folder, "cache")
        paths = [str(Path(path).resolve()) for path in args.pages]
        count = sum(len(list(path.rglob("*.txt"))) if path.is_dir() else 1 for path in map(Path, paths))
        one_round(paths, folder, place)  # the rules are read and remembered once
        short, many = [], []
        for _ in range(args.rounds):
            short.append(one_round([str(page)], folder, place))
            many.append(one_round(paths, folder, place))
    told("one short page", short)
    told(f"{count} files", many)
    rest = [Round(*(m - s for m, s in zip(*pair, strict=True))) for pair in zip(many, short, strict=True)]
    told("  beyond the start", rest)


def one_round(paths: Sequence[str], folder: str, place: Path) -> Round:
    """A check with an empty cache, the same again, and one without a cache."""
    shutil.rmtree(place / "check", ignore_errors=True)
    return Round(*(milliseconds([*paths, *more], folder, place) for more in ([], [], ["--no-cache"])))


def milliseconds(args: Sequence[str], folder: str, place: Path) -> float:
    """User and system time of one check."""
    command = [sys.executable, "-m", "cleankit", "check", "--isolated", "--exit-zero", *args]
    environment = {**os.environ, "CLEANKIT_CACHE_DIR": str(place)}
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, env=environment, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def told(name: str, rounds: Sequence[Round]) -> None:
    first, second, without = (statistics.median(column) for column in zip(*rounds, strict=True))
    faster = statistics.median(one.first / max(one.second, 0.1) for one in rounds)
    dearer = statistics.median(one.first / max(one.without, 0.1) for one in rounds)
    print(
        f"{name:20} first {first:7.0f} ms  second {second:6.0f} ms  first/second {faster:6.2f}"
        f"  without {without:7.0f} ms  first/without {dearer:.3f}"
    )


if __name__ == "__main__":
    main()
