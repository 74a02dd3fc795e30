"""What ledgers cost of a default `clean`: CPU time and bytes, on folders of pages.

    python benchmarks/ledger.py PAGES…

A document is done as `clean` does it, files and briefing and all, and its ledger is made, written and put on the disk
twice more beside that. Medians of five rounds; the cost is the share of the whole.
"""

from __future__ import annotations

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from cleankit import corpus, ledger
from cleankit.engines.job import Output, work
from cleankit.engines.plan import Given, plan

ROUNDS = 5


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("pages", nargs="+")
    args = parser.parse_args()
    tasks = plan(args.pages, Given(isolated=True)).tasks
    with tempfile.TemporaryDirectory() as folder:
        output = Output(folder)
        outcomes = []
        for task in tasks:
            work(task, output)
            outcomes.append(task.pipeline().run(corpus.read(task.source)))
        shares, per_page = [], []
        for _ in range(ROUNDS):
            start = time.process_time()
            for task in tasks:
                work(task, output)
            whole = time.process_time() - start
            start = time.process_time()
            for outcome in outcomes:
                lines = ledger.write(ledger.of(outcome), outcome.source.id)
                corpus.write_bytes(Path(folder, "ledger", f"{outcome.source.id}.copy"), lines, durable=False)
            cost = time.process_time() - start
            shares.append(cost / whole)
            per_page.append(cost / len(tasks) * 1000)
    texts = sum(len(outcome.source.text.encode()) for outcome in outcomes)
    lines = sum(len(ledger.write(ledger.of(outcome), outcome.source.id)) for outcome in outcomes)
    unchanged = [outcome for outcome in outcomes if not ledger.of(outcome).entries]
    print(f"{len(tasks)} pages, {texts:,} bytes; ledgers {lines:,} bytes, {lines / texts:.1%}")
    print(f"CPU: {statistics.median(shares):.1%} of clean ({min(shares):.1%} to {max(shares):.1%}), ", end="")
    print(f"{statistics.median(per_page):.2f} ms a page")
    if unchanged:
        clean = sum(len(outcome.source.text.encode()) for outcome in unchanged)
        short = sum(len(ledger.write(ledger.of(outcome), outcome.source.id)) for outcome in unchanged)
        print(f"{len(unchanged)} pages without a finding, {clean:,} bytes; their ledgers {short / clean:.2%}")


if __name__ == "__main__":
    main()
