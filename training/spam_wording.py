"""Trains the model of wording of `cleankit.filters.spam` and says what it is worth on lines that it has not seen.

    python -m pip install -e . scikit-learn==1.9.1
    python training/spam_wording.py                   # writes wording.json from all lines
    python training/spam_wording.py --unseen FILE...  # what is caught and lost in each fifth and in other lines

Lines: `training/planted/LANGUAGE.jsonl`, one object a line with `text`, `label` (spam or ham) and `kind`; what ordinary
pages say in `training/honest/LANGUAGE.jsonl`, with a `text` alone; and the cases of the lists of terms. They were
written for this, none is from a page (docs/spam-wording.md). The same lines and program give the same file.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Iterable, Sequence
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
TARGET = HERE.parent / "cleankit/filters/spam/wording.json"
# pieces seen in fewer lines are left out; of the others so many are kept, by weight and number
SEEN, KEPT = 3, 40_000
# three times as much caught 7 of 1,000 planted lines more, and lost more honest ones
LOOSENESS = 1.0
# pieces are many in a line: by this much each counts for more before looseness is held against it
SCALE = 5.0
FOLDS = 5
HONEST = {"label": "ham", "kind": ""}
NOTHING = Model(-(10**9), {})

Row = dict[str, Any]
Pieces = list[list[str]]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n", 1)[0])
    parser.add_argument("--unseen", nargs="*", type=Path, metavar="FILE")
    told = parser.parse_args()
    rows = [row for path in sorted((HERE / "planted").glob("*.jsonl")) for row in read(path)]
    rows += [row | HONEST for path in sorted((HERE / "honest").glob("*.jsonl")) for row in read(path)]
    rows += cases()
    cut = [pieces_of(row["text"]) for row in rows]
    spam = numpy.array([row["label"] == "spam" for row in rows])
    if told.unseen is None:
        TARGET.write_text(
            json.dumps(trained(cut, spam)._asdict(), ensure_ascii=False, indent=0) + "\n", encoding="utf-8"
        )
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


def pieces_of(text: str) -> list[str]:
    folded = fold(text, lexicon(frozenset(KINDS)).knows).text
    return [piece for word in wording.words(folded) for piece in wording.pieces(word)]


def trained(cut: Pieces, spam: Any) -> Model:
    """The model, with the weights of the pieces that are kept."""
    seen = Counter(piece for pieces in cut for piece in set(pieces))
    names = sorted(piece for piece, count in seen.items() if count >= SEEN)
    first = fitted(names, cut, spam).coef_[0]
    order = sorted(range(len(names)), key=lambda i: (-abs(first[i]) * math.sqrt(seen[names[i]]), names[i]))
    names = sorted(names[i] for i in order[:KEPT])
    last = fitted(names, cut, spam)
    whole = (
        (name, round(float(weight) * SCALE * wording.UNIT)) for name, weight in zip(names, last.coef_[0], strict=True)
    )
    weights = {name: weight for name, weight in whole if weight}
    return Model(round(float(last.intercept_[0]) * wording.UNIT), weights)


def fitted(names: Sequence[str], cut: Pieces, spam: Any) -> LogisticRegression:
    number = {name: i for i, name in enumerate(names)}
    indices: list[int] = []
    ends, data = [0], []
    for pieces in cut:
        known = [number[piece] for piece in pieces if piece in number]
        indices += known
        data += [SCALE / math.sqrt(max(len(pieces), 1))] * len(known)
        ends.append(len(indices))
    table = csr_matrix((data, indices, ends), shape=(len(cut), len(names)))
    return LogisticRegression(C=LOOSENESS, class_weight="balanced", max_iter=3000).fit(table, spam)


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
