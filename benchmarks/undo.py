"""Takes each rule back on each page, and holds what comes out against a run without that rule.

    python benchmarks/undo.py PAGES…      folders of *.txt; every Nth page with --every N

A pair is a page and a rule that edited it. Where no other rule's edit touches the same lines, in the run or in the one
without the rule, and none rests on what stands around it, the two texts are to be the same. Where they are not, `undo`
names the rules that have a part; in general it says that nobody has looked at what is back.
"""

from __future__ import annotations

import argparse
from collections import Counter
from collections.abc import Iterator
from pathlib import Path

from cleankit import corpus, ledger, recipe
from cleankit.config import Choice
from cleankit.corpus import Source
from cleankit.engines.revising import told_of
from cleankit.ledger import State
from cleankit.model import Document, Span
from cleankit.page import Page
from cleankit.pipeline import Outcome


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="+", type=Path)
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--suffix", default=".txt")
    args = parser.parse_args()
    paths = sorted(path for folder in args.pages for path in folder.rglob(f"*{args.suffix}"))[:: args.every]
    counts: Counter[tuple[str, str, str]] = Counter()
    pages = 0
    for path in paths:
        document = corpus.read(Source(path.stem, str(path)))
        pages += 1
        for one in pairs(document):
            counts[one] += 1
    print(f"{pages} pages, {counts.total()} pairs of a page and a rule")
    for (lines, result, said), count in sorted(counts.items()):
        print(f"{count:6}  {lines:24}  {result:10}  {said}")


def pairs(document: Document) -> Iterator[tuple[str, str, str]]:
    """For each rule that edited a page: whether others touch its lines, whether the texts agree, what is said."""
    outcome = recipe.default().run(document)
    if outcome.aside:
        return
    journal = ledger.of(outcome)
    for rule in sorted({entry.rule for entry in journal.entries if entry.state is State.APPLIED}):
        numbers = ledger.numbers_of(journal, [rule])
        amended = ledger.amend(journal, document.text, numbers, frozenset())
        revised = told_of(document.id, "", journal, amended, numbers)
        without = recipe.build(Choice(ignore=(rule,))).run(document)
        rows = touched(outcome, rule, own=True)
        others = touched(outcome, rule, own=False) | touched(without, rule, own=False)
        near = "another looks around" if looks_around(outcome, rule) or looks_around(without, rule) else "no other edit"
        yield (
            "others touch the lines" if rows & others else near,
            "the same" if amended.text == without.result.text else "different",
            "named" if revised.mixed else "in general",
        )


def looks_around(outcome: Outcome, rule: str) -> bool:
    """Whether another rule has an edit that it would perhaps not have with other lines around."""
    return any(
        finding.rule != rule
        for layer in outcome.layers
        if layer.stage in recipe.IN_CONTEXT
        for finding in layer.findings
    )


def touched(outcome: Outcome, rule: str, *, own: bool) -> set[int]:
    """The rows of the source that edits of the rule, or of all others, touch."""
    page = Page(outcome.source.text)
    rows: set[int] = set()
    for finding in outcome.applied:
        if (finding.rule == rule) is own and isinstance(finding.at, Span):
            rows.update(
                range(page.line_at(finding.at.start), page.line_at(max(finding.at.start, finding.at.end - 1)) + 1)
            )
    return rows


if __name__ == "__main__":
    main()
