"""Trains the line model of `cleankit.filters.boilerplate` and says what it is worth on sites that it has not seen.

    python -m pip install -e . lightgbm==4.7.0
    python training/line_model.py                      # writes model.json from all pages
    python training/line_model.py --unseen FOLDER      # cleans each page by a model that saw no page of its site

Pages: `bench/extraction` of the folder in CLEANKIT_BENCH, else of ../shared. Their texts go through the stages before
the model's own; each line's label (K text, D none of it, ? not said) goes with it. One thread, seeds of its own: the
same pages and rules give the same file. The weights hold no text, only numbers (docs/line-model.md).
"""

from __future__ import annotations

import argparse
import json
import math
import os
import random
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path
from typing import Any, NamedTuple

import lightgbm
import numpy

from cleankit import recipe
from cleankit.config import Choice
from cleankit.filters.boilerplate import model
from cleankit.filters.boilerplate.around import places
from cleankit.filters.boilerplate.looks import without
from cleankit.filters.boilerplate.outside import SURE_SIZE
from cleankit.filters.boilerplate.units import Unit, units
from cleankit.model import Document, Span
from cleankit.page import Page
from cleankit.pipeline import Pipeline

HERE = Path(__file__).parent
TARGET = HERE.parent / "cleankit/filters/boilerplate/model.json"
SUITES = ("scrapinghub", "fundus", "newsarticles")
STAGE = "body"
FOLDS = 8
# how much more a short unit of the text weighs than others, and what a usual page weighs
SHORT, USUAL = 2.0, 200.0
# hosts of which `bench/real` has pages, too
IN_REAL = {
    "albawaba.com", "cityam.com", "entermedia.co.kr", "givewell.org", "kabarislamia.com", "newsnation.in",
    "panarmenian.net", "rt.com", "theparadigmng.com", "thehill.com",
}  # fmt: skip
# what a first model is to be sure of in a peeled page: as much as one of the profiles asks for
PEELED = (0.05, 0.3)
# What few pages decide hangs on chance: the mean of some ensembles hangs on it less than each.
SEEDS = tuple(range(1, model.ENSEMBLES + 1))
# found by out-of-fold loss per word; a hundred small trees with random thresholds do as well as four hundred
SHAPE = {
    "n_estimators": 60, "num_leaves": 16, "learning_rate": 0.16, "extra_trees": True, "min_child_samples": 40,
    "colsample_bytree": 0.5, "subsample": 0.8, "subsample_freq": 1, "reg_lambda": 5, "n_jobs": 1,
    "deterministic": True, "force_row_wise": True, "verbose": -1,
}  # fmt: skip


Labelled = tuple[list[Unit], list[str]]


class Sample(NamedTuple):
    """A page with a label for each of its lines, `" "` for a blank one."""

    suite: str
    name: str
    site: str
    text: str
    labels: tuple[str, ...]


def bench() -> Path:
    return Path(os.environ.get("CLEANKIT_BENCH") or HERE.parent.parent / "shared") / "bench"


def samples() -> Iterator[Sample]:
    """The pages of the extraction suites, as they are."""
    for suite in SUITES:
        folder = bench() / "extraction" / suite
        for case in json.loads((folder / "manifest.json").read_text("utf-8"))["cases"]:
            text = read(folder / f"{case['case']}.dirty.txt")
            letters = iter((folder / f"{case['case']}.labels.txt").read_text("utf-8").strip())
            labels = tuple(next(letters) if line.strip() else " " for line in text.split("\n"))
            yield Sample(suite, case["case"], case["site"], text, labels)


def seen_by_model(sample: Sample, before: Pipeline) -> Labelled:
    """The units of a page as the stages before the model leave it, each with its label."""
    outcome = before.run(Document(sample.name, sample.text))
    source, page = Page(sample.text), Page(outcome.result.text)
    row = units(page)
    found = []
    for unit in row:
        home = outcome.home(Span(page.lines[unit.first].start, page.lines[unit.last].end))
        lines = range(source.line_at(home.start), source.line_at(max(home.start, home.end - 1)) + 1)
        said = [sample.labels[n] for n in lines if sample.labels[n] != " "]
        found.append("?" if not {"K", "D"} & {*said} else "K" if said.count("K") >= said.count("D") else "D")
    return row, found


def shown(row: Sequence[Unit]) -> list[list[float]]:
    return [unit.own + place for unit, place in zip(row, places(row), strict=True)]


def fit(pages: Sequence[Labelled]) -> dict[str, Any]:
    """A model in the form of `model.json`. It learns the pages, and then also what a first model would leave of them:
    the filter looks again at what it left, and pages come in that somebody has cleaned before."""
    first = ensemble(pages)
    chance = random.Random(SEEDS[0])
    return ensemble([*pages, *peeled(pages, first, chance)])


def peeled(pages: Sequence[Labelled], table: dict[str, Any], chance: random.Random) -> Iterator[Labelled]:
    """The pages without the lines that a model is sure of and right about."""
    with tempfile.TemporaryDirectory() as folder:
        use(table, Path(folder) / "first.json")
        for row, said in pages:
            least = chance.choice(PEELED)
            go = {i for i, what in enumerate(shown(row)) if said[i] != "K" and model.body(what) < least}
            if 0 < len(go) < len(row):
                yield without(row, go), [label for i, label in enumerate(said) if i not in go]


def ensemble(pages: Iterable[Labelled]) -> dict[str, Any]:
    """Trees on these pages. A unit weighs as much as the logarithm of its words, a short one of the text twice that,
    for it is the list items that are lost; a page's weight grows with its root, or a few long ones would decide."""
    features, labels, weights = [], [], []
    for row, said in pages:
        sizes = [math.log1p(unit.size) + 0.3 for unit in row]
        page = math.sqrt(sum(sizes) / USUAL)
        for unit, what, label, size in zip(row, shown(row), said, sizes, strict=True):
            if label != "?":
                features.append(what)
                labels.append(label == "K")
                weights.append(size / page * (SHORT if label == "K" and unit.size < SURE_SIZE else 1.0))
    data, truth, weight = numpy.array(features), numpy.array(labels), numpy.array(weights)
    trees = []
    for seed in SEEDS:
        classifier = lightgbm.LGBMClassifier(**SHAPE, random_state=seed).fit(data, truth, sample_weight=weight)
        trees += [tree(info["tree_structure"]) for info in classifier.booster_.dump_model()["tree_info"]]
    return {"features": model.FEATURES, "trees": trees}


def tree(node: dict[str, Any]) -> Any:
    """A tree in the form of `model.json`; each ensemble has its share of the sum."""
    if "leaf_value" in node:
        return rounded(node["leaf_value"] / len(SEEDS))
    low, high = tree(node["left_child"]), tree(node["right_child"])
    return [node["split_feature"], rounded(node["threshold"]), low, high, rounded(node["internal_value"] / len(SEEDS))]


def rounded(number: float) -> float:
    return float(f"{number:.6g}")


def use(table: dict[str, Any], path: Path) -> None:
    """Write a model to `path` and let the filter work with it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(table, separators=(",", ":")) + "\n", "utf-8")
    model.FILE = path
    model.trees.cache_clear()
    model.the_sums.cache_clear()


def folds(sites: Iterable[str]) -> list[set[str]]:
    """Sites in as many parts as there are folds, each in one."""
    ordered = sorted(set(sites))
    return [set(ordered[n::FOLDS]) for n in range(FOLDS)]


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--unseen", type=Path, metavar="FOLDER", help="write PROFILE/SUITE/NAME.txt there instead")
    options = parser.parse_args()
    whole = recipe.build()
    names = [stage.name for stage in whole.stages]
    before = Pipeline(whole.stages[: names.index(STAGE)], whole.apply, aside=whole.aside)
    pages = [(sample, *seen_by_model(sample, before)) for sample in samples()]
    if options.unseen:
        unseen(pages, options.unseen)
        return
    table = fit([(row, said) for _, row, said in pages])
    use(table, TARGET)
    sites = {sample.site for sample, _, _ in pages}
    print(f"{TARGET.name}: {len(table['trees'])} trees from {len(pages)} pages of {len(sites)} sites")


def unseen(pages: Sequence[tuple[Sample, list[Unit], list[str]]], folder: Path) -> None:
    """Clean every page by a model that saw no page of its site; those of `bench/real` by one without their hosts."""
    real = sorted((bench() / "real").glob("*.raw.txt"))
    parts: list[tuple[set[str], list[tuple[str, str]]]] = [
        (held, [(f"{one.suite}/{one.name}", one.text) for one, _, _ in pages if one.site in held])
        for held in folds(sample.site for sample, _, _ in pages)
    ]
    parts.append((IN_REAL, [(f"real/{path.name.removesuffix('.raw.txt')}", read(path)) for path in real]))
    for number, (held, texts) in enumerate(parts):
        table = fit([(row, said) for sample, row, said in pages if sample.site not in held])
        use(table, folder / f"without-{number}.json")
        for profile in ("default", "article"):
            pipeline = recipe.build(Choice(profile=profile))
            for name, text in texts:
                outcome = pipeline.run(Document(name, text))
                if outcome.aside:
                    print(f"{profile} {name}: put aside, {outcome.aside.rule}")
                path = folder / profile / f"{name}.txt"
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(outcome.result.text.encode("utf-8", "surrogatepass"))


def read(path: Path) -> str:
    return path.read_bytes().decode("utf-8", "replace")


if __name__ == "__main__":
    main()
