"""How fast cleankit is: its default pipeline against ftfy alone on the same documents, in one run.

    python benchmarks/speed.py [--kilobytes 300] [--rounds 5] [--longest 4]

The documents are those of `generate.py`. The pipeline is the whole default one, findings, ledger and the page's
languages included; briefings are told apart. CPU time of this process, in turns, median of the rounds and their range;
each round has documents of its own.
`--longest` is the size in MB of the longest document of those by which the growth with length is told.
"""

from __future__ import annotations

import argparse
import math
import statistics
import time
from collections.abc import Callable, Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import NamedTuple

import ftfy
from generate import Corpus
from measure import Spread, in_turns, ratio, spread

import cleankit
from cleankit import language, ledger, recipe
from cleankit.briefing import schemas, validate
from cleankit.briefing.parse import parse
from cleankit.model import Document
from cleankit.pipeline import Outcome

SEEDS = Path(__file__).parents[1] / "seeds" / "dirty"
PAGE = 2_000  # letters of a page for the call from a library


class Figure(NamedTuple):
    """What was measured, and the goal for it."""

    name: str
    found: Spread
    unit: str
    goal: str

    def __str__(self) -> str:
        return f"{self.name}: {self.found} {self.unit} (goal {self.goal})"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kilobytes", type=int, default=300)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--longest", type=float, default=4)
    args = parser.parse_args()
    for figure in figures(args.kilobytes, args.rounds, args.longest):
        print(figure, flush=True)


def figures(kilobytes: int, rounds: int, longest: float) -> Iterator[Figure]:
    """All figures, one after the other."""
    for kind, goal in (("mostly clean text", ">= 3"), ("dirty text", ">= 4")):
        corpus = Corpus(dirty=kind == "dirty text")
        texts = [corpus.take(kilobytes * 1000) for _ in range(rounds + 1)]
        yield Figure(f"{kind}, findings, ledger and languages", against_ftfy(texts), "x ftfy alone", goal)
        again = against_ftfy([cleaned(some) for some in texts], with_language=False)
        yield Figure(f"{kind}, cleaned a second time", again, "x ftfy alone", ">= 10")
    yield Figure("parse and validate, on top of clean", briefings(rounds), "x clean", "<= 0.25")
    yield Figure("`cleankit.clean` on a page of 2 KB", call(rounds), "ms", "<= 1")
    exponent = growth(longest)
    yield Figure(
        f"time with length, 1 KB to {longest:g} MB", Spread(exponent, exponent, exponent), "exponent", "<= 1.05"
    )


def against_ftfy(texts: Sequence[Sequence[str]], *, with_language: bool = True) -> Spread:
    """How many times as fast as ftfy alone the pipeline is; `texts` are those of each round."""
    pipeline = recipe.default()

    def ours(number: int) -> None:
        for text in texts[number]:
            outcome = pipeline.run(Document("page", text))
            ledger.write(ledger.of(outcome), "page")
            if with_language:
                language.of_page(outcome.result.text.split("\n"))

    def theirs(number: int) -> None:
        for text in texts[number]:
            ftfy.fix_text(text)

    taken = in_turns({"cleankit": ours, "ftfy": theirs}, len(texts) - 1)
    return ratio(taken["ftfy"], taken["cleankit"])


def cleaned(texts: Sequence[str]) -> list[str]:
    pipeline = recipe.default()
    return [pipeline.run(Document("page", text)).result.text for text in texts]


def briefings(rounds: int) -> Spread:
    """What a briefing and its validation cost, as a share of what cleaning the page costs, on the sample pages."""
    pages = [path.read_bytes().decode("utf-8-sig") for path in sorted(SEEDS.glob("*.txt"))]
    corpus, pipeline, schema = Corpus(dirty=False, seed=4), recipe.default(), schemas.load()
    texts = [[corpus.varied(page) for page in pages * 4] for _ in range(rounds + 1)]
    outcomes = [[pipeline.run(Document("page", text)) for text in some] for some in texts]

    def clean(number: int) -> list[bytes]:
        return [ledger.write(ledger.of(pipeline.run(Document("page", text))), "page") for text in texts[number]]

    def rest(number: int) -> list[object]:
        return [validate.against(parse(outcome).to_dict(), schema) for outcome in outcomes[number]]

    taken = in_turns({"clean": clean, "rest": rest}, rounds)
    return ratio(taken["rest"], taken["clean"])


def call(rounds: int) -> Spread:
    """Milliseconds of `cleankit.clean` on a page of 2 KB."""
    corpus = Corpus(dirty=False, seed=2)
    texts = [[text[:PAGE] for text in islice(corpus, 20)] for _ in range(rounds + 1)]
    taken = in_turns({"call": lambda number: [cleankit.clean(text) for text in texts[number]]}, rounds)["call"]
    return spread([seconds / 20 * 1000 for seconds in taken])


def growth(longest: float) -> float:
    """The exponent by which time grows with the length of a document, from 1 KB to so many megabytes."""
    pipeline, corpus = recipe.default(), Corpus(dirty=True, seed=3)
    sizes = [1_000 * 4**i for i in range(round(math.log(longest * 1000, 4)) + 1)]
    points = [(len(text), _seconds(pipeline.run, text)) for text in map(corpus.document, sizes)]
    xs, ys = ([math.log(value) for value in values] for values in zip(*points, strict=True))
    return statistics.linear_regression(xs, ys).slope


def _seconds(run: Callable[[Document], Outcome], text: str) -> float:
    """CPU seconds of one document, as often as makes a tenth of a second."""
    document, times = Document("page", text), 0
    run(document)
    start = time.process_time()
    while not times or time.process_time() - start < 0.1:
        run(document)
        times += 1
    return (time.process_time() - start) / times


if __name__ == "__main__":
    main()
