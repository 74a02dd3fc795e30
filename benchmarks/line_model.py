"""What the line model costs: CPU of a default clean with it and without it, in turns.

`python benchmarks/line_model.py [FOLDER]` cleans every *.txt of a folder (else `seeds/dirty`), as whole processes and
by the stages alone in a process that has met the rules' words before. It prints, as the
median of the rounds, the speed with the model as a share of the speed without it.
"""

from __future__ import annotations

import statistics
import sys
import time
from pathlib import Path

from processes import cpu_of_clean

from cleankit import recipe
from cleankit.config import Choice
from cleankit.model import Document
from cleankit.pipeline import Pipeline

ROUNDS = 5
WITHOUT = ("--ignore", "body")


def in_stages(pipeline: Pipeline, documents: list[Document]) -> float:
    start = time.process_time()
    for document in documents:
        pipeline.run(document)
    return time.process_time() - start


def main() -> None:
    folder = Path(sys.argv[1] if len(sys.argv) > 1 else "seeds/dirty")
    texts = [path.read_bytes().decode("utf-8", "replace") for path in sorted(folder.rglob("*.txt"))]
    documents = [Document(str(number), text) for number, text in enumerate(texts)]
    whole, without = recipe.build(), recipe.build(Choice(ignore=("body",)))
    in_stages(whole, documents[:20]), in_stages(without, documents[:20])
    shares = {"stages alone": [], "whole processes": []}  # type: dict[str, list[float]]
    for _ in range(ROUNDS):
        shares["stages alone"].append(in_stages(without, documents) / in_stages(whole, documents))
        shares["whole processes"].append(cpu_of_clean(folder, *WITHOUT) / cpu_of_clean(folder))
    for name, found in shares.items():
        print(f"{name}: {statistics.median(found):.2f} x the speed without it ({min(found):.2f} to {max(found):.2f})")


if __name__ == "__main__":
    main()
