"""How much of a site's frame `learn` proposes, and whether anything of a text: on pages with a label for each line.

`python benchmarks/learn.py` takes each site of the extraction bench with five pages or more. Of the lines that are
frame and stand on two pages at least, numbers aside, it tells how many the rule files match (each time that they
stand, and of different ones), how many lines of texts they match, and what `--apply` takes out, together with the rules
that ship. Then the same for pages that were not learned from: each page by what all others of its site teach.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
from collections import Counter, defaultdict
from collections.abc import Iterator
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any, NamedTuple

from cleankit.learn.lines import folded
from cleankit.page import Page
from cleankit.rules.kinds.kind import whole_line
from cleankit.rules.load import load_pack
from cleankit.scan import regex

ROOT = Path(__file__).parent.parent
LEAST = 5  # pages; figures for eight and more are the ones to hold
ENOUGH = 8


class Case(NamedTuple):
    """A page, and for each of its lines that is not blank K (text), D (frame) or ? (neither)."""

    name: str
    text: str
    labels: str

    @property
    def lines(self) -> list[str]:
        page = Page(self.text)
        return [text for number in range(len(page.lines)) if (text := page.line_text(number))]


class Score(NamedTuple):
    """Lines of a site: all of its frame, those of it that repeat, of these the proposed ones; those of texts."""

    pages: int
    frame: int
    repeating: int
    proposed: int
    different: int
    different_proposed: int
    of_texts: int
    taken: int
    lost: int


def main() -> None:
    bench = Path(os.environ.get("CLEANKIT_BENCH") or ROOT.parent / "shared") / "bench" / "extraction"
    if not bench.is_dir():
        print("no labelled pages here: set CLEANKIT_BENCH to a folder that holds bench/extraction")
        return
    sites = {site: cases for site, cases in sorted(_sites(bench).items()) if len(cases) >= LEAST}
    with tempfile.TemporaryDirectory() as folder:
        scores = {site: _score(site, cases, Path(folder, site)) for site, cases in sites.items()}
        _table(scores)
        print(_unseen(sites, Path(folder, "unseen")))


def _unseen(sites: dict[str, list[Case]], folder: Path) -> str:
    """What rules from the other pages of its site match on each page, every line counted."""
    counts: Counter[str] = Counter()
    for site, cases in sites.items():
        for number, case in enumerate(cases):
            place = folder / site / str(number)
            place.mkdir(parents=True)
            for other in cases[:number] + cases[number + 1 :]:
                (place / f"{other.name}.txt").write_bytes(other.text.encode())
            _cleankit("learn", str(place), "--site", site, "-o", str(place / "packs"), "--isolated", "-q")
            patterns = list(_patterns(place / "packs"))
            for line, label in zip(case.lines, case.labels, strict=True):
                counts[label] += 1
                counts[f"{label} hit"] += any(pattern.search(line.encode()) for pattern in patterns)
    share = counts["D hit"] / counts["D"]
    of_texts = f"{counts['K hit']} of {counts['K']} of texts"
    return f"on unseen pages: {counts['D hit']} ({share:.0%}) of {counts['D']} lines of the frame, {of_texts}"


def _sites(bench: Path) -> dict[str, list[Case]]:
    found: dict[str, list[Case]] = defaultdict(list)
    for manifest in sorted(bench.glob("*/manifest.json")):
        for case in json.loads(manifest.read_text(encoding="utf-8"))["cases"]:
            text, labels = (
                (manifest.parent / f"{case['case']}.{kind}.txt").read_bytes().decode() for kind in ("dirty", "labels")
            )
            found[case["site"]].append(Case(case["case"], text, labels.strip()))
    return found


def _score(site: str, cases: list[Case], folder: Path) -> Score:
    pages = folder / site
    pages.mkdir(parents=True)
    for case in cases:
        (pages / f"{case.name}.txt").write_bytes(case.text.encode())
    run = folder / "run"
    _cleankit("learn", str(pages), "--apply", str(run), "--isolated", "-q")
    _cleankit("rules", "test", "-q", str(run / "packs"))
    patterns = list(_patterns(run / "packs"))
    of_page = Counter(line for case in cases for line in {folded(line) for line in case.lines})
    counts: Counter[str] = Counter()
    repeating: set[str] = set()
    proposed: set[str] = set()
    for case in cases:
        assert len(case.lines) == len(case.labels), case.name
        for line, label in zip(case.lines, case.labels, strict=True):
            is_hit = any(pattern.search(line.encode()) for pattern in patterns)
            counts[label] += 1
            counts[label + "proposed"] += is_hit
            if label == "D" and of_page[folded(line)] > 1:
                counts["repeating"] += 1
                counts["hits"] += is_hit
                repeating.add(folded(line))
                proposed |= {folded(line)} if is_hit else set()
        kept = _kept(case, (run / "text" / f"{case.name}.txt").read_bytes().decode())
        counts["taken"] += sum(label == "D" and not stays for label, stays in zip(case.labels, kept, strict=True))
        counts["lost"] += sum(label == "K" and not stays for label, stays in zip(case.labels, kept, strict=True))
    return Score(
        len(cases), counts["D"], counts["repeating"], counts["hits"], len(repeating), len(proposed),
        counts["Kproposed"], counts["taken"], counts["lost"],
    )  # fmt: skip


def _cleankit(*args: str) -> None:
    subprocess.run([sys.executable, "-m", "cleankit", *args], cwd=ROOT, check=True, stderr=subprocess.PIPE)


def _patterns(folder: Path) -> Iterator[Any]:
    for pack in sorted(folder.iterdir()):
        for rule in load_pack(pack):
            yield from (regex(whole_line(rule, one)) for one in (*rule.match.any_of, *rule.match.members))


def _kept(case: Case, clean: str) -> list[bool]:
    """For each line, whether it is still there: a line that was changed in a word is."""
    before, after = case.lines, Case("", clean, "").lines
    kept = [False] * len(before)
    for tag, a, b, c, d in SequenceMatcher(None, before, after, autojunk=False).get_opcodes():
        for row in range(a, b):
            others = after[c:d] if tag == "replace" else []
            kept[row] = tag == "equal" or any(
                SequenceMatcher(None, before[row], other).ratio() > 0.8 for other in others
            )
    return kept


def _table(scores: dict[str, Score]) -> None:
    heads = (
        "pages",
        " frame",
        " repeats",
        "     proposed",
        " different",
        "     proposed",
        " of texts",
        "  taken out",
        "lost",
    )
    print(" " * 20, " ".join(heads))
    for site, score in scores.items():
        print(_row(site, score))
    for title, some in (
        ("all", list(scores.values())),
        (f"{ENOUGH} pages or more", [score for score in scores.values() if score.pages >= ENOUGH]),
    ):
        print(_row(title, Score(*(sum(column) for column in zip(*some, strict=True)))))


def _row(name: str, score: Score) -> str:
    share = score.proposed / score.repeating
    different = score.different_proposed / score.different
    return (
        f"{name:20} {score.pages:>5} {score.frame:>6} {score.repeating:>8} {score.proposed:>6} ({share:4.0%}) "
        f"{score.different:>10} {score.different_proposed:>6} ({different:4.0%}) {score.of_texts:>9} "
        f"{score.taken:>5} ({score.taken / score.frame:4.0%}) {score.lost:>4}"
    )


if __name__ == "__main__":
    main()
