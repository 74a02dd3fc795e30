"""Fails where a part of cleankit has become slower: CPU time of each, held against the last figures that were kept.

    python benchmarks/guard.py [--rounds 9] [--update]

Each filter of the default pipeline, the ledger, the briefing and its validation are timed on the same generated pages
as a plain piece of Python that never changes; what is kept in `reports/speed.json` and compared are their ratios to it,
the least of the rounds. More than 15 % above the kept one fails; `--update` keeps what was measured.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Any, TypeVar

from generate import Corpus
from measure import in_turns

from cleankit import ledger, recipe
from cleankit.briefing import schemas, validate
from cleankit.briefing.parse import parse
from cleankit.model import Document, Finding
from cleankit.page import Filter, Page
from cleankit.pipeline import Pipeline, Stage

KEPT = Path(__file__).parents[1] / "reports" / "speed.json"
SLOWER = 1.15
TIMES = 20  # of the reference, so that it takes about as long as what is held against it
# of what takes less than this share of a run too little is measured
LEAST = 0.02

T = TypeVar("T")


class Timed:
    """A filter that adds up the time it takes."""

    def __init__(self, look: Filter, seconds: dict[str, float]) -> None:
        self.look, self.name, self.about = look, look.name, look.about
        self._seconds = seconds

    def __call__(self, page: Page) -> Iterable[Finding]:
        return timed(self.name, self._seconds, lambda: list(self.look(page)))


def timed(name: str, seconds: dict[str, float], call: Callable[[], T]) -> T:
    start = time.process_time()
    found = call()
    seconds[name] += time.process_time() - start
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=9)
    parser.add_argument("--update", action="store_true")
    args = parser.parse_args()
    found = ratios(args.rounds)
    if args.update:
        KEPT.write_text(json.dumps(found, indent=1) + "\n", "utf-8")
        return
    kept: dict[str, float] = json.loads(KEPT.read_text("utf-8"))
    slower = {name for name, value in found.items() if value > kept.get(name, value) * SLOWER}
    for name, value in sorted(found.items(), key=lambda item: -item[1]):
        print(f"{name:16} {value:6.2f}, was {kept.get(name, 0):6.2f}{'  slower' if name in slower else ''}")
    sys.exit(1 if slower else 0)


def ratios(rounds: int) -> dict[str, float]:
    """Each part's time as a multiple of the reference's."""
    pages = [
        [
            Document(f"{kind}-{number}", text)
            for kind, dirty in (("clean", False), ("dirty", True))
            for number, text in enumerate(Corpus(dirty=dirty, seed=seed).take(80_000))
        ]
        for seed in range(rounds + 1)
    ]
    parts = [defaultdict[str, float](float) for _ in range(rounds + 1)]
    whole = in_turns(
        {
            "reference": lambda number: [reference(page.text) for page in pages[number] * TIMES],
            "all": lambda number: [_work(page, _timed(parts[number]), parts[number]) for page in pages[number]],
        },
        rounds,
    )
    names = {name for part in parts for name in part}
    least = {
        name: min(part[name] / of for part, of in zip(parts[1:], whole["reference"], strict=True)) for name in names
    }
    bound = LEAST * min(all_ / of for all_, of in zip(whole["all"], whole["reference"], strict=True))
    return {name: round(value, 3) for name, value in sorted(least.items()) if value >= bound}


def _timed(seconds: dict[str, float]) -> Pipeline:
    pipeline, same = recipe.default(), dict[int, Any]()
    stages = tuple(
        Stage(stage.name, tuple(same.setdefault(id(look), Timed(look, seconds)) for look in stage.filters))
        for stage in pipeline.stages
    )
    return Pipeline(stages, pipeline.apply, pipeline.wanted, pipeline.spares, pipeline.aside, pipeline.last_look)


def _work(page: Document, pipeline: Pipeline, seconds: dict[str, float]) -> None:
    outcome = timed("all stages", seconds, lambda: pipeline.run(page))
    timed("ledger", seconds, lambda: ledger.write(ledger.of(outcome), page.id))
    data = timed("parse", seconds, lambda: parse(outcome).to_dict())
    timed("validate", seconds, lambda: validate.against(data, schemas.load()))


def reference(text: str) -> int:
    """What never changes: words counted, signs replaced, a search for each line."""
    words = Counter(word.lower() for word in text.split())
    lines = [line.replace("  ", " ").strip() for line in text.split("\n")]
    return len(words) + sum(re.search(r"\b\d{4}\b.*[.!?]$", line) is not None for line in lines)


if __name__ == "__main__":
    main()
