"""Runs that are killed, stopped, out of room or robbed of their folder: the same command again gives what one
undisturbed run gives, byte for byte.

CLEANKIT_KILLS says how often each of these is tried, at moments by chance.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import SEEDS

from cleankit.engines.places import TIMING

KILLS = int(os.environ.get("CLEANKIT_KILLS", "3"))
ARGS = ["in", "records", "-o", "run", "-j", "2", "--shard-size", "15KB"]

pytestmark = pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="needs /proc to find processes")


class Place:
    """A folder with pages and records, and what an undisturbed run over them gives."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        pages = [path.read_bytes().decode("utf-8-sig") for path in sorted((SEEDS / "dirty").glob("*.txt"))]
        shutil.copytree(SEEDS / "dirty", folder / "in")
        (folder / "in/menu.txt").write_text("Home\nNews\nSport\nWeather\nContact us\nSign in\n" * 12)
        lines = [
            json.dumps({"id": f"{number}-{n}", "text": page, "extra": [1.50, None]}, ensure_ascii=False)
            for number in range(2)
            for n, page in enumerate(pages[number::2])
        ]
        lines.insert(5, "no record")
        (folder / "records").mkdir()
        (folder / "records/a.jsonl").write_text("\n".join(lines), encoding="utf-8")
        with gzip.open(folder / "records/b.jsonl.gz", "wt", encoding="utf-8") as file:
            file.write("\n".join(lines[:6]) + "\n")
        start = time.monotonic()
        assert self.run() == 3
        self.seconds = time.monotonic() - start
        self.wanted = self.found()
        self.largest = max(map(len, self.wanted.values()))

    def found(self) -> dict[str, bytes]:
        run = self.folder / "run"
        paths = (path for path in run.rglob("*") if path.is_file() and path.name != TIMING)
        return {path.relative_to(run).as_posix(): path.read_bytes() for path in paths}

    def start(self, limit: int = 0) -> subprocess.Popen[bytes]:
        def bounded() -> None:
            if limit:
                resource.setrlimit(resource.RLIMIT_FSIZE, (limit, limit))

        return subprocess.Popen(
            [sys.executable, "-m", "cleankit", "clean", *ARGS],
            cwd=self.folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
            preexec_fn=bounded,
        )

    def run(self) -> int:
        return self.start().wait()


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Place:
    return Place(tmp_path_factory.mktemp("kill"))


def children(process: int) -> Iterator[int]:
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat.read_text().rpartition(")")[2].split()[1]) == process:
                yield int(stat.parent.name)
        except (OSError, IndexError):
            continue


def kill_a_worker(place: Place, run: subprocess.Popen[bytes]) -> None:
    for child in list(children(run.pid))[:1]:
        os.kill(child, signal.SIGKILL)


def kill_the_driver(place: Place, run: subprocess.Popen[bytes]) -> None:
    run.kill()


def stop(place: Place, run: subprocess.Popen[bytes]) -> None:
    run.terminate()


def interrupt(place: Place, run: subprocess.Popen[bytes]) -> None:
    run.send_signal(signal.SIGINT)


def take_the_folder_away(place: Place, run: subprocess.Popen[bytes]) -> None:
    for _ in range(200):  # a worker may make what has just been removed
        try:
            shutil.rmtree(place.folder / "run")
            return
        except FileNotFoundError:
            return
        except OSError:
            continue


@pytest.mark.parametrize("harm", [kill_a_worker, kill_the_driver, stop, interrupt, take_the_folder_away])
@pytest.mark.parametrize("number", range(KILLS))
def test_the_same_command_again_gives_what_one_run_gives(
    place: Place, harm: Callable[[Place, subprocess.Popen[bytes]], None], number: int
) -> None:
    chance = random.Random(f"{harm.__name__} {number}")
    shutil.rmtree(place.folder / "run", ignore_errors=True)
    run = place.start()
    time.sleep(chance.uniform(0.15, place.seconds))
    harm(place, run)
    code = run.wait(timeout=60)
    assert code != 1
    for path, data in place.found().items():
        # nothing under a final name but what is whole; marks come one by one
        assert path == "done.jsonl" or path.endswith(".tmp") or data == place.wanted[path]
    assert place.run() == 3
    assert place.found() == place.wanted


@pytest.mark.parametrize("number", range(KILLS))
def test_a_full_disk_leaves_nothing_torn(place: Place, number: int) -> None:
    chance = random.Random(number)
    shutil.rmtree(place.folder / "run", ignore_errors=True)
    # as a full disk does, a limit on the size of files fails a write in the middle
    assert place.start(limit=chance.randrange(1000, place.largest)).wait(timeout=60) == 3
    for path, data in place.found().items():
        assert path in ("done.jsonl", "run.json") or data == place.wanted[path]
    assert place.run() == 3
    assert place.found() == place.wanted


def test_a_worker_that_is_killed_is_made_up_for(place: Place) -> None:
    shutil.rmtree(place.folder / "run", ignore_errors=True)
    run = place.start()
    time.sleep(place.seconds / 2)
    kill_a_worker(place, run)
    assert run.wait(timeout=60) == 3
    assert place.found() == place.wanted
