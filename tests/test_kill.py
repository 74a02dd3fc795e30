"""Runs that are killed, stopped, out of room or robbed of their folder: the same command again gives what one
undisturbed run gives, byte for byte.

CLEANKIT_KILLS says how often each of these is tried, at moments by chance.
"""

from __future__ import annotations

import gzip
import json
import os
import random
import re
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

    def found(self, name: str = "run") -> dict[str, bytes]:
        run = self.folder / name
        paths = (path for path in run.rglob("*") if path.is_file() and path.name != TIMING)
        return {path.relative_to(run).as_posix(): path.read_bytes() for path in paths}

    def start(self, limit: int = 0) -> subprocess.Popen[bytes]:
        def bounded() -> None:
            hears_ctrl_c()
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


def hears_ctrl_c() -> None:
    """Shells let what they start in the background ignore it, and so would all that is started there."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)


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
    # a worker may make what has just been removed, or take away itself what is about to be
    for _ in range(200):
        shutil.rmtree(place.folder / "run", ignore_errors=True)
        if not (place.folder / "run").exists():
            return


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


# A file system of its own, small and then large enough, that nobody else sees
ON_A_SMALL_DISK = """
set -eu
mount -t tmpfs -o size="$1" none small
"$2" -m cleankit clean $3 -o small/run -q && code=0 || code=$?
cp -r small/run full
mount -o remount,size=100m small
"$2" -m cleankit clean $3 -o small/run -q && again=0 || again=$?
cp -r small/run run
echo "$code $again"
"""


def on_a_small_disk(folder: Path, size: int) -> str:
    """Run there twice, the second time with room; the folders `full` and `run` have what the two runs left."""
    inputs = " ".join(ARGS[: ARGS.index("-o")] + ARGS[ARGS.index("-j") :])
    command = ["unshare", "--map-root-user", "--mount", "sh", "-c", ON_A_SMALL_DISK, "sh"]
    (folder / "small").mkdir(exist_ok=True)
    for name in ("full", "run"):
        shutil.rmtree(folder / name, ignore_errors=True)
    command += [str(size), sys.executable, inputs]
    return subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, text=True, timeout=120).stdout


def has_disks_of_its_own() -> bool:
    """Whether this machine lets a program have a file system that nobody else sees."""
    command = ["unshare", "--map-root-user", "--mount", "mount", "-t", "tmpfs", "none", "/mnt"]
    return bool(shutil.which("unshare")) and subprocess.run(command, capture_output=True).returncode == 0


@pytest.mark.skipif(not has_disks_of_its_own(), reason="needs unshare, and the right to mount")
@pytest.mark.parametrize("number", range(KILLS))
def test_a_full_file_system_leaves_nothing_torn(place: Place, number: int) -> None:
    chance = random.Random(number)
    whole = sum(map(len, place.wanted.values()))
    assert on_a_small_disk(place.folder, chance.randrange(16_000, whole)) == "3 3\n"
    for path, data in place.found("full").items():
        assert path in ("done.jsonl", "run.json") or data == place.wanted[path]
    assert place.found() == place.wanted


@pytest.fixture(scope="module")
def long(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with work for minutes: pages, and records in two parts."""
    folder = tmp_path_factory.mktemp("long")
    page = (SEEDS / "dirty/summit-briefing.txt").read_bytes().decode("utf-8-sig")
    (folder / "in").mkdir()
    for number in range(2000):
        (folder / f"in/{number}.txt").write_text(page, encoding="utf-8")
    line = json.dumps({"id": "a", "text": page}) + "\n"
    (folder / "a.jsonl").write_text(line * (24_000_000 // len(line)), encoding="utf-8")
    return folder


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
@pytest.mark.parametrize(("jobs", "all_of_them"), [(1, False), (2, False), (2, True)])
@pytest.mark.parametrize("what", ["in", "a.jsonl"])
def test_a_run_that_is_stopped_ends_soon_and_says_one_line(
    long: Path, what: str, jobs: int, all_of_them: bool, number: signal.Signals
) -> None:
    """Ctrl-C goes to all processes of a terminal, and `timeout` and batch systems end all of a job, too."""
    shutil.rmtree(long / "run", ignore_errors=True)
    with subprocess.Popen(
        [sys.executable, "-m", "cleankit", "clean", what, "-o", "run", "-j", str(jobs)],
        cwd=long,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
        preexec_fn=hears_ctrl_c,
    ) as run:
        while run.poll() is None and not any((long / "run").rglob("*.tmp")):
            time.sleep(0.01)
        (os.killpg if all_of_them else os.kill)(run.pid, number)
        out, err = run.communicate(timeout=20)  # a small part of what there is to do
    assert run.returncode == 128 + number
    assert out == b""
    assert re.fullmatch(rb"stopped: \d+ documents? done; the same command goes on from there\n", err)
    assert not list((long / "run").rglob("*.tmp"))
    assert not (long / "run/run.json").exists()
    assert not (long / "run/timing.json").exists()
    with pytest.raises(ProcessLookupError):
        os.killpg(run.pid, 0)


def test_a_second_ctrl_c_does_not_disturb_the_end(long: Path) -> None:
    shutil.rmtree(long / "run", ignore_errors=True)
    command = [sys.executable, "-m", "cleankit", "clean", "a.jsonl", "-o", "run", "-q", "-j", "2"]
    with subprocess.Popen(
        command, cwd=long, stderr=subprocess.PIPE, start_new_session=True, preexec_fn=hears_ctrl_c
    ) as run:
        while run.poll() is None and not any((long / "run").rglob("*.tmp")):
            time.sleep(0.01)
        os.killpg(run.pid, signal.SIGINT)
        time.sleep(0.01)
        os.killpg(run.pid, signal.SIGINT)
        _, err = run.communicate(timeout=20)
    assert run.returncode == 130
    assert b"Traceback" not in err
    assert not list((long / "run").rglob("*.tmp"))
    with pytest.raises(ProcessLookupError):
        os.killpg(run.pid, 0)


def test_a_worker_that_is_killed_is_made_up_for(place: Place) -> None:
    shutil.rmtree(place.folder / "run", ignore_errors=True)
    run = place.start()
    time.sleep(place.seconds / 2)
    kill_a_worker(place, run)
    assert run.wait(timeout=60) == 3
    assert place.found() == place.wanted
