"""Pages of HTML against their known text: what trafilatura finds alone, and what cleankit leaves of that.

`python benchmarks/markup.py [FOLDER]` prints the F1 of four-word shingles for each page: of the library by its
defaults, of the library without readers' comments, and of cleankit with each `--profile NAME`. FOLDER holds NAME.html
and NAME.gold.txt; without it, the pages of the tests are taken. Needs the extra, and the bench for its measure
(tools/extraction_eval.py, see CLEANKIT_BENCH).
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import time
from pathlib import Path
from statistics import fmean

import trafilatura

from cleankit import recipe
from cleankit.config import Choice
from cleankit.corpus import charset
from cleankit.corpus.markup import extract
from cleankit.errors import ReadError
from cleankit.model import Document

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))


def pages(folder: str | None) -> dict[str, tuple[bytes, str]]:
    """Each page with its gold text, by name."""
    if not folder:
        from html_pages import PAGES

        return {name: (page.data, "\n".join(page.body)) for name, page in PAGES.items()}
    return {
        path.stem: (path.read_bytes(), path.with_suffix(".gold.txt").read_text(encoding="utf-8"))
        for path in sorted(Path(folder).glob("*.html"))
    }


def main() -> None:
    from conftest import bench

    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("folder", nargs="?")
    options.add_argument("--profile", action="append")
    asked = options.parse_args()
    place = bench()
    if place is None:
        sys.exit("no bench here: set CLEANKIT_BENCH to a folder that holds tools/extraction_eval.py")
    spec = importlib.util.spec_from_file_location("extraction_eval", place / "tools/extraction_eval.py")
    assert spec
    assert spec.loader
    sys.modules["extraction_eval"] = tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    profiles = asked.profile or ["default"]
    pipelines = [recipe.build(Choice(profile=name)) for name in profiles]
    columns = ["library", "no comments", *profiles]
    print(f"{'':24}" + "".join(f"{name:>14}" for name in columns))
    scores: list[list[tuple[float, float]]] = [[] for _ in columns]
    began = time.perf_counter()
    for name, (data, gold) in pages(asked.folder).items():
        decoded, _ = charset.decode(data, name)
        texts = [trafilatura.extract(decoded), trafilatura.extract(decoded, include_comments=False)]
        try:
            text, markup = extract(data, name)
        except ReadError:
            texts += [""] * len(profiles)
        else:
            texts += [one.run(Document(name, text, {"markup": markup})).result.text for one in pipelines]
        row = ""
        for column, found in zip(scores, texts, strict=True):
            precision, recall = tool.shingle_pr(gold, found or "")
            column.append((precision or 0.0, recall or 0.0))
            row += f"{f1(*column[-1]):14.3f}"
        print(f"{name[:24]:24}{row}")
    # as the benchmark has it: of the means of precision and recall
    means = [f1(fmean(p for p, _ in column), fmean(r for _, r in column)) for column in scores]
    print(f"{'all':24}" + "".join(f"{mean:14.3f}" for mean in means))
    print(f"{len(scores[0])} pages, {time.perf_counter() - began:.1f} s")


def f1(precision: float, recall: float) -> float:
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


if __name__ == "__main__":
    main()
