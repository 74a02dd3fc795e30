"""What each peer of `peers.py` does to a file of records, run by the Python of the peers, where cleankit need not be.

    python -I benchmarks/peer_steps.py PEER IN.jsonl OUT.jsonl

A peer's packages are imported in its own function: one that is not installed is in nobody else's way, and nobody pays
for what another imports.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator, Sequence
from html import escape
from itertools import islice
from pathlib import Path
from typing import Any

Rows = Iterator[dict[str, str]]


def ftfy(rows: Rows) -> Rows:
    from ftfy import fix_text

    return _each(fix_text, rows)


def data_juicer(rows: Rows) -> Rows:
    """Four mappers, each with what it is by default, on as many records at a time as their executor gives them."""
    from data_juicer.ops.mapper import (
        CleanLinksMapper,
        FixUnicodeMapper,
        PunctuationNormalizationMapper,
        WhitespaceNormalizationMapper,
    )

    mappers = (
        CleanLinksMapper(),
        FixUnicodeMapper(),
        PunctuationNormalizationMapper(),
        WhitespaceNormalizationMapper(),
    )
    while batch := list(islice(rows, mappers[0].batch_size)):
        columns = {key: [row[key] for row in batch] for key in ("id", "text")}
        for mapper in mappers:
            columns = mapper.process_batched(columns)
        yield from ({"id": key, "text": text} for key, text in zip(columns["id"], columns["text"], strict=True))


def datatrove_lines(rows: Rows) -> Rows:
    """What needs no sentences: how many of them a document has is not asked for."""
    from datatrove.pipeline.filters import C4QualityFilter
    from datatrove.pipeline.formatters import FTFYFormatter

    return _piped([FTFYFormatter(), C4QualityFilter(min_num_sentences=-1)], rows)


def datatrove_chain(rows: Rows) -> Rows:
    from datatrove.pipeline.filters import C4QualityFilter, FineWebQualityFilter, GopherQualityFilter
    from datatrove.pipeline.formatters import FTFYFormatter

    return _piped([FTFYFormatter(), C4QualityFilter(), GopherQualityFilter(), FineWebQualityFilter()], rows)


def clean_text(rows: Rows) -> Rows:
    from cleantext import clean

    return _each(clean, rows)


def justext(rows: Rows) -> Rows:
    """Each line becomes a paragraph of HTML, and what is not boilerplate a line again."""
    from justext import get_stoplist
    from justext import justext as paragraphs

    words = get_stoplist("English")

    def kept(text: str) -> str:
        html = "".join(f"<p>{escape(line, quote=False)}</p>\n" for line in text.splitlines() if line.strip())
        return "\n\n".join(part.text for part in paragraphs(html, words) if not part.is_boilerplate)

    return _each(kept, rows)


STEPS: dict[str, Callable[[Rows], Rows]] = {
    "ftfy": ftfy,
    "data-juicer": data_juicer,
    "datatrove-lines": datatrove_lines,
    "datatrove-chain": datatrove_chain,
    "clean-text": clean_text,
    "jusText": justext,
}


def _each(change: Callable[[str], str], rows: Rows) -> Rows:
    for row in rows:
        yield row | {"text": change(row["text"])}


def _piped(steps: Sequence[Any], rows: Rows) -> Rows:
    """The steps one behind the other, as datatrove's executor joins them."""
    from datatrove.data import Document

    documents = (Document(text=row["text"], id=row["id"]) for row in rows)
    for step in steps:
        documents = step(documents)
    return ({"id": document.id, "text": document.text} for document in documents)


def main() -> None:
    name, source, target = sys.argv[1:]
    with Path(source).open(encoding="utf-8") as lines, Path(target).open("w", encoding="utf-8") as file:
        for row in STEPS[name](map(json.loads, lines)):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
