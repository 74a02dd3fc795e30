"""Trains the model of wording of `cleankit.filters.spam` and says what it is worth on lines that it has not seen.

    python -m pip install -e . scikit-learn==1.9.1
    python training/spam_wording.py                   # writes wording.weights from all lines
    python training/spam_wording.py --unseen FILE...  # what is caught and lost in each fifth and in other lines

Lines: `training/planted/LANGUAGE.jsonl`, one object a line with `text`, `label` (spam or ham) and `kind`; what ordinary
pages say in `training/honest/LANGUAGE.jsonl`, with a `text` alone; and the cases of the lists of terms. They were
written for this, none is from a page (docs/spam-wording.md). The same lines and program give the same file.
"""

from __future__ import annotations

import argparse
import json
import math
from collections.abc import Iterable, Sequence
from itertools import accumulate, chain
from pathlib import Path
from typing import Any
from unittest import mock

import numpy
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from cleankit.filters.spam import wording
from cleankit.filters.spam.fold import fold
from cleankit.filters.spam.kinds import KINDS, REMOVE
from cleankit.filters.spam.lexicon import lexicon
from cleankit.filters.spam.score import score
from cleankit.filters.spam.terms import read_cases, term_files
from cleankit.filters.spam.wording import Model

HERE = Path(__file__).parent
TARGET = HERE.parent / "cleankit/filters/spam/wording.weights"
# three times as much caught 7 of 1,000 planted lines more, and lost more honest ones
LOOSENESS = 1.0
# pieces are many in a line: by this much each counts for more before looseness is held against it
SCALE = 5.0
TOLERANCE = 1e-3
FOLDS = 5
HONEST = {"label": "ham", "kind": ""}
NOTHING = Model(-(10**9), bytes(wording.SLOTS))
HEAVIEST = 127  # a signed byte

Row = dict[str, Any]
Slots = list[list[int]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--unseen", nargs="*", type=Path, metavar="FILE")
    told = parser.parse_args()
    rows = [row for path in sorted((HERE / "planted").glob("*.jsonl")) for row in read(path)]
    rows += [row | HONEST for path in sorted((HERE / "honest").glob("*.jsonl")) for row in read(path)]
    rows += cases()
    cut = [slots_of(row["text"]) for row in rows]
    spam = numpy.array([row["label"] == "spam" for row in rows])
    if told.unseen is None:
        TARGET.write_bytes(wording.written(trained(cut, spam)))
        return
    for fold_number in range(FOLDS):
        outside = numpy.arange(len(rows)) % FOLDS != fold_number
        model = trained([one for one, kept in zip(cut, outside, strict=True) if kept], spam[outside])
        worth(f"fifth {fold_number + 1}", [row for row, kept in zip(rows, outside, strict=True) if not kept], model)
    model = trained(cut, spam)
    for path in told.unseen:
        worth(path.name, read(path), model)


def read(path: Path) -> list[Row]:
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def cases() -> list[Row]:
    """The lines that the lists of terms give as proof: they are near to one another, and so hard."""
    labels = {"spam": "spam", "clean": "ham"}
    return [
        {"text": line, "label": labels[case]}
        for path in term_files()
        for case, lines in read_cases(path).items()
        for line in lines
    ]


def slots_of(text: str) -> list[int]:
    # invented addresses end so, planted ones above all: that says nothing of real ones
    text = text.replace(".example", "")
    return wording.slots(fold(text, lexicon(frozenset(KINDS)).knows).text)


def trained(cut: Slots, spam: Any) -> Model:
    lengths = [len(slots) for slots in cut]
    data = numpy.repeat([SCALE / math.sqrt(max(length, 1)) for length in lengths], lengths)
    slots = numpy.fromiter(chain.from_iterable(cut), dtype=numpy.int32)
    table = csr_matrix((data, slots, [0, *accumulate(lengths)]), shape=(len(cut), wording.SLOTS))
    table.sum_duplicates()
    fitted = LogisticRegression(
        C=LOOSENESS, class_weight="balanced", solver="liblinear", intercept_scaling=10, tol=TOLERANCE
    ).fit(table, spam)
    weights = numpy.rint(fitted.coef_[0] * SCALE * wording.UNIT).clip(-HEAVIEST, HEAVIEST)
    return Model(round(float(fitted.intercept_[0]) * wording.UNIT), weights.astype(int).tolist())


def worth(name: str, rows: Sequence[Row], model: Model) -> None:
    """Print what of these lines would go, without a page around them, without the model and with it."""
    for label in ("spam", "ham"):
        texts = [row["text"] for row in rows if row["label"] == label]
        without, with_it = removed(texts, NOTHING), removed(texts, model)
        print(f"{name}: of {len(texts)} {label} {without} would go without the model, {with_it} with it")


def removed(texts: Iterable[str], model: Model) -> int:
    score.cache_clear()
    afresh = wording.weighed.__wrapped__  # type: ignore[attr-defined] # what is remembered is of another model
    with mock.patch.multiple(wording, model=lambda: model, weighed=afresh):
        found = map(score, texts)
        return sum(one.total >= REMOVE and one.insists and not one.veto for one in found)


if __name__ == "__main__":
    main()
