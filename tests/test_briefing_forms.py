"""A briefing in other forms: nothing of it is lost, and Markdown shows what the text says."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from cleankit import resources
from cleankit.cli import main
from cleankit.errors import CleankitError
from cleankit.render.briefing import ROW, jsonl, markdown, parquet, rows

GOOD: dict[str, Any] = json.loads(resources.schema("briefing").read_text("utf-8"))["examples"][0]
ARTICLE: dict[str, Any] = GOOD | {"turns": [], "paragraphs": ["# The pier opens.", "1. It is *new*."]}


def test_each_turn_is_a_row() -> None:
    found = list(rows(GOOD))
    assert [row["text"] for row in found] == ["\n\n".join(turn["paragraphs"]) for turn in GOOD["turns"]]
    assert [row["start"] for row in found] == [turn["at"]["start"] for turn in GOOD["turns"]]
    assert [list(row) for row in found] == [list(ROW)] * len(GOOD["turns"])
    assert found[2]["role"] == "deputy minister of inland waterways"


def test_so_is_each_paragraph_of_an_article() -> None:
    assert [(row["kind"], row["number"], row["text"]) for row in rows(ARTICLE)] == [
        ("paragraph", 1, "# The pier opens."),
        ("paragraph", 2, "1. It is *new*."),
    ]


def test_parquet_holds_the_rows() -> None:
    pq = pytest.importorskip("pyarrow.parquet")
    import pyarrow

    for data in (GOOD, ARTICLE, GOOD | {"turns": [], "paragraphs": []}):
        table = pq.read_table(pyarrow.BufferReader(parquet(data)))
        assert table.to_pylist() == [json.loads(line) for line in jsonl(data).splitlines()]
        assert table.schema.names == list(ROW)


def test_parquet_cannot_hold_a_lone_surrogate() -> None:
    pytest.importorskip("pyarrow")
    with pytest.raises(CleankitError, match="write jsonl instead"):
        parquet(ARTICLE | {"paragraphs": ["\ud800"]})
    assert json.loads(jsonl(ARTICLE | {"paragraphs": ["\ud800"]}))["text"] == "\ud800"


def test_markdown_is_read_from_top_to_bottom() -> None:
    written = markdown(GOOD)
    assert written.startswith("# Briefing on the Northern Ferry Conference\n\n**Date:** 2024-03-05")
    assert "- **Tomas Ferro**, spokesperson of the Harbour Office (chair)\n" in written
    places = [written.index(turn["paragraphs"][0]) for turn in GOOD["turns"]]
    assert places == sorted(places)
    assert "**Alder Daily:** When will the new pier open?" in written


def test_markdown_shows_signs_as_signs() -> None:
    assert markdown(ARTICLE).rstrip().split("\n\n")[-2:] != ARTICLE["paragraphs"]
    assert "\n\n\\# The pier opens.\n\n1\\. It is \\*new\\*.\n" in markdown(ARTICLE)


def test_parquet_goes_into_a_file(tmp_path: Path) -> None:
    pytest.importorskip("pyarrow")
    page = tmp_path / "a.txt"
    page.write_text("The floor is open, said the mayor of the town.\n")
    with pytest.raises(SystemExit) as exit_:
        main(["parse", str(page), "--format", "parquet", "-o", str(tmp_path / "a.parquet")])
    assert exit_.value.code == 0
    assert (tmp_path / "a.parquet").read_bytes()[:4] == b"PAR1"
