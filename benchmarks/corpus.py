"""What a corpus costs: documents a second of two processes against one, their CPU, memory, and the engine's own part.

    python benchmarks/corpus.py [--megabytes 20] [--records 20000] [--large 2000]

The corpus is made of the project's sample pages, in JSON Lines, and cleaned by the command line without briefings. With
`--large`, the memory of a run over so many megabytes is held against one of 50, without rules: memory does not hang on
what they find, and time does. Peak memory is that of all processes together, pages shared counted once (Linux).
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle
from pathlib import Path
from typing import Any, NamedTuple
from unittest import mock

from cleankit.engines import shards
from cleankit.engines.job import Output
from cleankit.engines.plan import Given, plan

SEEDS = Path(__file__).parents[1] / "seeds" / "dirty"


class Cost(NamedTuple):
    """Of a run: seconds by the clock, seconds of all processors, and the peak of its memory in megabytes."""

    wall: float
    cpu: float
    peak: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--megabytes", type=int, default=20)
    parser.add_argument("--records", type=int, default=20_000)
    parser.add_argument("--large", type=int, default=0)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path = folder / "corpus.jsonl"
        count = make(path, args.megabytes)
        one, two = (run(path, folder / f"run{jobs}", "-j", str(jobs)) for jobs in (1, 2))
        print(f"{count:,} documents, {args.megabytes} MB: {count / one.wall:.0f} a second by one process, ", end="")
        print(f"{count / two.wall:.0f} by two, {one.wall / two.wall:.2f} x; CPU {two.cpu / one.cpu:.2f} x", flush=True)
        print(f"peak {one.peak:.0f} MB and {two.peak:.0f} MB", flush=True)
        small(folder, args.records)
        if args.large:
            peaks = {}
            for size in (50, args.large):
                make(path, size)
                peaks[size] = run(path, folder / "off", "-j", "2", "--profile", "off", "--force")
                print(f"without rules, {size:,} MB: {peaks[size].wall:.0f} s, peak {peaks[size].peak:.0f} MB")
            print(f"memory {peaks[args.large].peak / peaks[50].peak:.2f} x")


def make(path: Path, megabytes: int) -> int:
    """Write so many megabytes of records, and tell how many there are."""
    texts = [text.read_bytes().decode("utf-8-sig") for text in sorted(SEEDS.glob("*.txt"))]
    count = size = 0
    with path.open("wb") as file:
        while size < megabytes * 1_000_000:
            row = {"id": str(count), "text": texts[count % len(texts)], "source": "seeds"}
            size += file.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
            count += 1
    return count


def run(path: Path, out: Path, *options: str) -> Cost:
    """Clean a corpus by the command line."""
    command = [sys.executable, "-m", "cleankit", "clean", str(path), "-o", str(out), "--isolated", "--no-json", "-q"]
    before, start, peak = resource.getrusage(resource.RUSAGE_CHILDREN), time.monotonic(), 0.0
    process = subprocess.Popen([*command, *options])
    while process.poll() is None:
        peak = max(peak, sum(map(memory, family(process.pid))))
        time.sleep(0.2)
    wall, after = time.monotonic() - start, resource.getrusage(resource.RUSAGE_CHILDREN)
    assert process.returncode in (0, 1)
    return Cost(wall, after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime, peak)


def family(process: int) -> Iterator[int]:
    """A process and its children."""
    yield process
    for stat in Path("/proc").glob("[0-9]*/stat"):
        try:
            if int(stat.read_text().rpartition(")")[2].split()[1]) == process:
                yield int(stat.parent.name)
        except OSError:
            continue


def memory(process: int) -> float:
    """Megabytes of a process, what it shares with others divided among them; 0 for one that is gone."""
    try:
        lines = Path(f"/proc/{process}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return sum(int(line.split()[1]) for line in lines if line.startswith("Pss:")) / 1000


def small(folder: Path, count: int) -> None:
    """Print the part of a run over small records that is not spent on them: reading, writing, adding up."""
    rows = ({"id": str(number), "text": f"{line} {number}\n"} for number, line in zip(range(count), cycle(said())))
    path = folder / "small.jsonl"
    with path.open("w", encoding="utf-8") as file:
        file.writelines(json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    (task,) = plan([str(path)], Given(isolated=True), 1 << 40).tasks
    for briefings in (True, False):
        with timed("_clean") as own:
            start = time.process_time()
            shards.run_shard(task, Output(str(folder / "small"), briefings))
            whole = time.process_time() - start
        kind, share = "with" if briefings else "without", 1 - sum(own) / whole
        print(f"{count:,} records of a line, {kind} briefings: {whole:.1f} s, {share:.1%} of it the engine's")


@contextmanager
def timed(method: str) -> Iterator[list[float]]:
    """The seconds that each call of a method of the engine takes."""
    seconds: list[float] = []
    call = getattr(shards._Shard, method)

    def clocked(*args: Any) -> Any:
        begun = time.process_time()
        try:
            return call(*args)
        finally:
            seconds.append(time.process_time() - begun)

    with mock.patch.object(shards._Shard, method, clocked):
        yield seconds


def said() -> list[str]:
    """All lines of the sample pages."""
    lines = [line for text in sorted(SEEDS.glob("*.txt")) for line in text.read_bytes().decode("utf-8-sig").split("\n")]
    return [line for line in lines if line.strip()]


if __name__ == "__main__":
    main()
