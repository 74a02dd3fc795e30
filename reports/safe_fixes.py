"""Lists every safe edit that the default pipeline makes in clean texts: each must be a defect to a careful reader.

usage: PYTHONPATH=. python reports/safe_fixes.py [FOLDER ...]

A clean text is a file `NAME.gold.txt`, a page with nothing left of its chrome. They are looked for below the folders
given, else below $CLEANKIT_BENCH, else below `shared` beside the checkout. One line for each edit of the text itself
(typos, punctuation): rule, file, line, the words before and after, what stands around them. Then each other rule: how
often, and three samples.
"""

from __future__ import annotations

import os
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

from cleankit import recipe
from cleankit.model import Document, Span
from cleankit.recipe import TEXT_PACKS

ROOT = Path(__file__).parent.parent
REACH = 40  # characters shown on either side of an edit
SAMPLES = 3


class Made(NamedTuple):
    """One edit: where it was made and how the place reads before and after."""

    rule: str
    place: str
    old: str
    new: str
    around: str


def clean_texts(folders: list[str]) -> Iterator[Path]:
    """The files to look at, in a fixed order."""
    roots = folders or [os.environ.get("CLEANKIT_BENCH") or str(ROOT.parent / "shared")]
    for root in roots:
        yield from sorted(Path(root).rglob("*.gold.txt"))


def edits(path: Path) -> Iterator[Made]:
    """What the default pipeline changes in one text."""
    text = path.read_bytes().decode("utf-8-sig")
    for finding in recipe.default().run(Document(path.name, text)).applied:
        at, fix = finding.at, finding.fix
        if isinstance(at, Span) and fix:
            row = text.count("\n", 0, at.start) + 1
            before, after = text[max(0, at.start - REACH) : at.start], text[at.end : at.end + REACH]
            around = f"{before}[{fix.old}|{fix.new}]{after}"
            yield Made(finding.rule, f"{path.parent.name}/{path.name}:{row}", fix.old, fix.new, around)


def _shown(cell: str) -> str:
    return cell.replace("\\", "\\\\").replace("\t", "\\t").replace("\r", "\\r").replace("\n", "\\n")


def main(folders: list[str]) -> int:
    paths = list(clean_texts(folders))
    if not paths:
        print("no NAME.gold.txt here: give a folder, or set CLEANKIT_BENCH", file=sys.stderr)
        return 2
    made = [edit for path in paths for edit in edits(path)]
    strict = [edit for edit in made if edit.rule.partition("/")[0] in TEXT_PACKS]
    others: defaultdict[str, list[Made]] = defaultdict(list)
    for edit in made:
        if edit not in strict:
            others[edit.rule].append(edit)
    print(f"# {len(paths)} texts; {len(strict)} edits of the text itself, {len(made) - len(strict)} others")
    for edit in strict:
        print("\t".join(map(_shown, edit)))
    for rule, of_rule in sorted(others.items()):
        print(f"# {rule}\t{len(of_rule)}")
        for edit in of_rule[:SAMPLES]:
            print("\t".join(_shown(cell)[:200] for cell in edit))
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
