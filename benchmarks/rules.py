"""What it costs to load a rule file: `python benchmarks/rules.py` prints CPU milliseconds for each of those that ship.

Reading and checking is what every own rule costs at each start; trying its patterns on RE2 comes on top.
"""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable
from functools import partial

from cleankit.rules.load import load_all, load_rule, load_vocabulary
from cleankit.rules.places import PACKS, rule_files

ROUNDS = 5


def main() -> None:
    vocabulary = load_vocabulary(PACKS)
    read: dict[str, float] = {}
    tried: dict[str, float] = {}
    for path in rule_files(PACKS):
        name = f"{path.parent.name}/{path.stem}"
        for times, load in ((read, partial(load_rule, path)), (tried, partial(load_all, [path]))):
            load(vocabulary)
            times[name] = min(_milliseconds(partial(load, vocabulary)) for _ in range(ROUNDS))
    for what, times in (("read and checked", read), ("and its patterns tried", tried)):
        slowest = max(times, key=lambda name: times[name])
        print(
            f"{len(times)} rules, {what}: median {statistics.median(times.values()):.2f} ms, "
            f"slowest {times[slowest]:.2f} ms ({slowest})"
        )


def _milliseconds(call: Callable[[], object]) -> float:
    start = time.process_time()
    call()
    return (time.process_time() - start) * 1000


if __name__ == "__main__":
    main()
