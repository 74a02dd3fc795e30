"""What it costs to look for planted advertising: its share of a default clean, and how many lines pass the gate.

`python benchmarks/spam.py [FOLDER]` cleans every *.txt below a folder (else `seeds/dirty`) with all rules and with all
but those of planted advertising, in turns: whole processes with all that they write, and the stages alone in a process
that has met these words before. It prints CPU seconds and, as the median of the rounds, the filter's share.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable
from pathlib import Path

from processes import cpu_of_clean

from cleankit import recipe
from cleankit.filters.spam import Spam, gate
from cleankit.filters.spam.score import score
from cleankit.model import Document
from cleankit.page import Page
from cleankit.pipeline import Pipeline, Stage

ROUNDS = 7


def without_spam(whole: Pipeline) -> Pipeline:
    stages = (Stage(s.name, tuple(look for look in s.filters if not isinstance(look, Spam))) for s in whole.stages)
    return Pipeline(tuple(stage for stage in stages if stage.filters), aside=recipe.ASIDE)


def in_stages(pipeline: Pipeline, documents: list[Document]) -> float:
    score.cache_clear()  # a corpus does not come round again
    start = time.process_time()
    for document in documents:
        pipeline.run(document)
    return time.process_time() - start


def share(name: str, whole: Callable[[], float], rest: Callable[[], float]) -> None:
    pairs = [(whole(), rest()) for _ in range(ROUNDS + 1)][1:]
    seconds = [statistics.median(times) for times in zip(*pairs, strict=True)]
    part = statistics.median(1 - without / all_of_it for all_of_it, without in pairs)
    print(f"{name:16} {seconds[0]:6.2f} s, without it {seconds[1]:6.2f} s: {part:5.1%} of it")


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[1] / "seeds" / "dirty")
    documents = [
        Document(str(path), path.read_text(encoding="utf-8", errors="replace"))
        for path in sorted(folder.rglob("*.txt"))
    ]
    stages = recipe.default()
    rest = without_spam(stages)
    share("cleankit clean", lambda: cpu_of_clean(folder), lambda: cpu_of_clean(folder, "--ignore", "spam/*"))
    share("stages alone", lambda: in_stages(stages, documents), lambda: in_stages(rest, documents))
    lines = passed = 0
    for document in documents:
        page = Page(document.text)
        lines += sum(bool(page.line_text(number)) for number in range(len(page.lines)))
        passed += sum(bool(page.line_text(number)) for number in gate.look(page).named)
    print(f"{'the gate':16} {passed:,} of {lines:,} lines pass: {passed / max(lines, 1):.1%}")


if __name__ == "__main__":
    main()
