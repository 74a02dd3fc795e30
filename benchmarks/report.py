"""Writes reports/benchmarks.md and its picture from fresh measurements. Takes a quarter of an hour on a quiet machine.

python benchmarks/report.py [--peers DIR]     DIR is the environment that `peers.py --install` makes
"""

from __future__ import annotations

import argparse
import os
import platform
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from html import escape
from pathlib import Path
from typing import NamedTuple

import many_rules
import peers
import speed
import start_up
from generate import Corpus
from measure import Spread, ratio, spread

REPORTS = Path(__file__).parents[1] / "reports"
WIDTH, ROW, LEFT = 720, 26, 250  # of the picture, in pixels


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--peers", type=Path)
    args = parser.parse_args()
    figures = [*speed.figures(kilobytes=300, rounds=5, longest=4), *others()]
    kinds = ("clean", "dirty") if args.peers else ()
    beside = {kind: side_by_side(args.peers, dirty=kind == "dirty") for kind in kinds}
    (REPORTS / "benchmarks.md").write_text("\n".join(page(figures, beside)) + "\n", "utf-8")
    if beside:
        (REPORTS / "benchmarks.svg").write_text(picture(beside), "utf-8")


class Speed(NamedTuple):
    """Seconds of start-up, megabytes a second with it, and how many times that cleankit does."""

    start: float
    speed: Spread
    times: Spread


def side_by_side(environment: Path, *, dirty: bool) -> dict[str, Speed]:
    """The peers and cleankit on one corpus."""
    texts = Corpus(dirty=dirty).take(1_000_000)
    size = sum(len(text.encode()) for text in texts) / 1e6
    with tempfile.TemporaryDirectory() as folder:
        bench = peers.Bench(str(peers.python(environment)), Path(folder))
        results = peers.measure(bench, [peers.OWN, *peers.PEERS], texts, rounds=5)
        versions = bench.versions()
    own = results[peers.OWN]
    return {
        f"{name} {peers.version(name, versions)}": Speed(
            result.start, spread([size / seconds for seconds in result.rounds]), ratio(result.rounds, own.rounds)
        )
        for name, result in results.items()
    }


def others() -> Iterator[speed.Figure]:
    """What the other benchmarks tell."""
    found = start_up.medians()
    for name, goal in (("--version", "<= 1.2"), ("check", "<= 1.3")):
        share = found[name] / found["bare typer"]
        yield speed.Figure(
            f"`cleankit {name}`, whole process", Spread(share, share, share), "x a bare typer program", goal
        )
    few, many = many_rules.both()
    yield speed.Figure("500 rules against 50", ratio(many, few), "x", "<= 1.5")


def page(figures: Sequence[speed.Figure], beside: Mapping[str, Mapping[str, Speed]]) -> Iterator[str]:
    yield "# How fast cleankit is"
    yield ""
    yield "Made by `python benchmarks/report.py`: CPU seconds, ratios within one run, medians with their range. The"
    yield "documents are drawn from the sample pages by `benchmarks/generate.py`. A missed goal stands here too."
    yield ""
    yield f"Python {platform.python_version()}, {platform.system()} {platform.machine()}, {os.cpu_count()} processors."
    yield ""
    yield "| what | measured | goal |"
    yield "|---|---|---|"
    yield from (f"| {one.name} | {one.found} {one.unit} | {one.goal} |" for one in figures)
    for kind, timings in beside.items():
        yield ""
        yield f"## Beside others, {kind} text"
        yield ""
        yield "One megabyte of JSON Lines, whole processes: a slow start weighs much. They do other work;"
        yield "compare the scale, not the quality."
        yield ""
        yield "| program | start-up, s | MB/s with it | cleankit is so many times as fast |"
        yield "|---|---|---|---|"
        yield from (f"| {name} | {one.start:.2f} | {one.speed} | {one.times} |" for name, one in timings.items())
    if beside:
        yield ""
        yield "![MB/s of each program](benchmarks.svg)"


def picture(beside: Mapping[str, Mapping[str, Speed]]) -> str:
    """Bars of MB/s, on a scale of roots: they differ by a factor of a hundred."""
    bars = [(f"{name}, {kind}", one.speed.median) for kind, timings in beside.items() for name, one in timings.items()]
    most = max(speed for _, speed in bars)
    rows = []
    for number, (name, value) in enumerate(bars):
        y, width = number * ROW + 6, (WIDTH - LEFT - 60) * (value / most) ** 0.5
        color = "#1d6f6a" if name.startswith("cleankit") else "#b9c4c9"
        rows.append(f'<text x="{LEFT - 8}" y="{y + 13}" text-anchor="end">{escape(name)}</text>')
        rows.append(f'<rect x="{LEFT}" y="{y}" width="{width:.0f}" height="{ROW - 8}" fill="{color}"/>')
        rows.append(f'<text x="{LEFT + width + 6:.0f}" y="{y + 13}">{value:.2f}</text>')
    height = len(bars) * ROW + 12
    size = f'width="{WIDTH}" height="{height}"'
    head = f'<svg xmlns="http://www.w3.org/2000/svg" {size} font-family="sans-serif" font-size="13">'
    return "\n".join([head, f'<rect {size} fill="#ffffff"/>', *rows, "</svg>"]) + "\n"


if __name__ == "__main__":
    main()
