"""What it costs to begin: CPU time of `cleankit check` on one small file, against a program that only imports typer.

`python benchmarks/start_up.py` prints milliseconds of whole processes, user and system, and their ratio. They take
turns, so that a machine that gets slower slows all; the first run of each, which may fill caches, is left out.
"""

from __future__ import annotations

import resource
import statistics
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

ROUNDS = 15
PAGE = """The harbour opens

The harbour opened again on Monday, after nine days of storm. Forty boats had waited at the outer wall.

Anna Weber: Thank you. When will the ferry sail?

The ferry sails on Thursday, when the last of the sand has been dredged from the channel.
"""
BARE = """import typer
app = typer.Typer(add_completion=False)
@app.command()
def check(paths: list[str]) -> None:
    typer.echo("ok")
app()
"""


def milliseconds(command: Sequence[str], folder: str) -> float:
    """User and system time of one run, its children included."""
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(command, cwd=folder, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return 1000 * (after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)


def medians() -> dict[str, float]:
    """Milliseconds of each command, and of the bare program."""
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "page.txt").write_text(PAGE, encoding="utf-8")
        Path(folder, "bare.py").write_text(BARE, encoding="utf-8")
        commands = {
            "check": [sys.executable, "-m", "cleankit", "check", "page.txt"],
            "check --select nav": [sys.executable, "-m", "cleankit", "check", "--select", "nav", "page.txt"],
            "--version": [sys.executable, "-m", "cleankit", "--version"],
            "bare typer": [sys.executable, "bare.py", "page.txt"],
        }
        taken: dict[str, list[float]] = {name: [] for name in commands}
        for _ in range(ROUNDS + 1):
            for name, command in commands.items():
                taken[name].append(milliseconds(command, folder))
    return {name: statistics.median(times[1:]) for name, times in taken.items()}


def main() -> None:
    found = medians()
    for name, median in found.items():
        print(f"{name:20} {median:6.0f} ms  {median / found['bare typer']:.2f}")


if __name__ == "__main__":
    main()
