"""What it costs to look for planted advertising: its share of a default clean, and how many lines pass the gate.

`python benchmarks/spam.py [FOLDER]` cleans every *.txt below a folder (else `seeds/dirty`) with all stages and with all
but the spam filter, in turns, and prints CPU seconds and what share of the whole the filter has.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

from cleankit import recipe
from cleankit.filters.spam import Spam, gate
from cleankit.filters.spam.score import score
from cleankit.model import Document
from cleankit.page import Page
from cleankit.pipeline import Pipeline, Stage

ROUNDS = 9


def without_spam(whole: Pipeline) -> Pipeline:
    stages = (Stage(s.name, tuple(look for look in s.filters if not isinstance(look, Spam))) for s in whole.stages)
    return Pipeline(tuple(stage for stage in stages if stage.filters), aside=recipe.ASIDE)


def seconds(pipeline: Pipeline, documents: list[Document]) -> float:
    score.cache_clear()  # a corpus does not come round again
    start = time.process_time()
    for document in documents:
        pipeline.run(document)
    return time.process_time() - start


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[1] / "seeds" / "dirty")
    documents = [
        Document(str(path), path.read_text(encoding="utf-8", errors="replace"))
        for path in sorted(folder.rglob("*.txt"))
    ]
    whole = recipe.default()
    pipelines = {"all stages": whole, "without spam": without_spam(whole)}
    taken: dict[str, list[float]] = {name: [] for name in pipelines}
    for _ in range(ROUNDS + 1):
        for name, pipeline in pipelines.items():
            taken[name].append(seconds(pipeline, documents))
    medians = {name: statistics.median(times[1:]) for name, times in taken.items()}
    for name, median in medians.items():
        print(f"{name:14} {median:7.2f} s  {median / medians['all stages']:.2f}")
    print(f"{'the filter':14} {1 - medians['without spam'] / medians['all stages']:17.1%} of a default clean")
    lines = passed = 0
    for document in documents:
        page = Page(document.text)
        lines += sum(bool(page.line_text(number)) for number in range(len(page.lines)))
        passed += sum(bool(page.line_text(number)) for number in gate.lines(page))
    print(f"{'the gate':14} {passed:,} of {lines:,} lines pass: {passed / max(lines, 1):.1%}")


if __name__ == "__main__":
    main()
