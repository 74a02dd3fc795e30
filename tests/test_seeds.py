"""Whole pages: what becomes of the project's own, exactly, and the four laws on every real page at hand."""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from conftest import SEEDS, bench

from cleankit import recipe
from cleankit.briefing.parse import parse
from cleankit.edits import apply, invert
from cleankit.model import Document, Span
from cleankit.pipeline import Outcome

PAGES = sorted(path.stem for path in (SEEDS / "dirty").glob("*.txt"))
FIELDS = ("title", "date", "published", "venue", "participants", "turns", "paragraphs", "source", "credits", "pages")
# Shares depend on which short lines are counted; the languages and their order do not.
SHARE_TOLERANCE = 0.02


def read(path: Path) -> str:
    """A page's text as the reader of a corpus gives it: without its byte order mark, line ends untouched."""
    return path.read_bytes().decode("utf-8-sig")


@cache
def cleaned(path: Path) -> Outcome:
    return recipe.default().run(Document(path.stem, read(path)))


def expected(name: str) -> dict[str, Any]:
    briefing: dict[str, Any] = json.loads((SEEDS / "briefings" / f"{name}.json").read_text(encoding="utf-8"))
    return briefing


def parsed(name: str) -> dict[str, Any]:
    briefing = parse(cleaned(SEEDS / "dirty" / f"{name}.txt")).to_dict()
    for turn in briefing["turns"]:
        del turn["at"], turn["paragraphs_at"]
        if turn["follows"] is None:
            del turn["follows"]
    for one in briefing["participants"]:
        del one["at"]
    return briefing


def test_every_page_is_there_three_times() -> None:
    assert len(PAGES) >= 8
    assert sorted(path.stem for path in (SEEDS / "clean").glob("*.txt")) == PAGES
    assert sorted(path.stem for path in (SEEDS / "briefings").glob("*.json")) == PAGES
    table = (SEEDS / "README.md").read_text(encoding="utf-8")
    assert [name for name in PAGES if f"| `{name}` |" not in table] == []


@pytest.mark.parametrize("name", PAGES)
def test_dirty_becomes_clean(name: str) -> None:
    result = cleaned(SEEDS / "dirty" / f"{name}.txt").result.text
    assert result.splitlines() == read(SEEDS / "clean" / f"{name}.txt").splitlines()
    assert result == read(SEEDS / "clean" / f"{name}.txt")


@pytest.mark.parametrize("name", PAGES)
def test_clean_stays_clean(name: str) -> None:
    assert not cleaned(SEEDS / "clean" / f"{name}.txt").applied


@pytest.mark.parametrize("name", PAGES)
@pytest.mark.parametrize("field", FIELDS)
def test_briefing_is_read(name: str, field: str) -> None:
    assert parsed(name)[field] == expected(name)[field]


@pytest.mark.parametrize("name", PAGES)
def test_languages_are_told(name: str) -> None:
    found = {one["lang"]: one["share"] for one in parsed(name)["languages"]}
    assert found == pytest.approx(
        {one["lang"]: one["share"] for one in expected(name)["languages"]}, abs=SHARE_TOLERANCE
    )


@pytest.mark.parametrize("name", PAGES)
def test_gaps_are_seen(name: str) -> None:
    rules = sorted(gap["rule"] for gap in parsed(name)["gaps"])
    assert rules == sorted(gap["rule"] for gap in expected(name)["gaps"])


@pytest.mark.parametrize("name", PAGES)
def test_turns_and_gaps_point_home(name: str) -> None:
    """A turn's span of the source holds what its first paragraph begins with."""
    outcome = cleaned(SEEDS / "dirty" / f"{name}.txt")
    source = outcome.source.text
    for turn in parse(outcome).to_dict()["turns"]:
        start, end = turn["at"]["start"], turn["at"]["end"]
        assert turn["paragraphs"][0].split()[0].strip('“”"') in source[start:end]


REAL = bench()
REAL_PAGES = sorted(
    path for folder in ("seeds", "bench/real") for path in (REAL / folder if REAL else Path("none")).glob("*.raw.txt")
)
real = pytest.mark.parametrize("path", REAL_PAGES, ids=lambda path: path.name.removesuffix(".raw.txt"))


def test_real_pages_are_looked_at(real_pages: Path) -> None:
    assert REAL_PAGES, f"{real_pages} holds no *.raw.txt"


@real
def test_nothing_is_lost(path: Path) -> None:
    outcome = cleaned(path)
    text = outcome.result.text
    for layer in reversed(outcome.layers):
        text = apply(text, invert(layer.edits))
    assert text == outcome.source.text


@real
def test_nothing_else_is_touched(path: Path) -> None:
    """Applying the layers, and nothing else, gives the result; every finding points into the source."""
    outcome = cleaned(path)
    text = outcome.source.text
    for layer in outcome.layers:
        text = apply(text, layer.edits)
    assert text == outcome.result.text
    for finding in outcome.findings:
        assert isinstance(finding.at, Span)
        assert 0 <= finding.at.start <= finding.at.end <= len(outcome.source.text)


@real
def test_once_is_enough(path: Path) -> None:
    result = cleaned(path).result
    again = recipe.default().run(result)
    assert [(f.rule, f.at, f.fix) for f in again.applied] == []
    assert again.result.text == result.text


@real
def test_content_survives(path: Path) -> None:
    """Every line of the gold that stands in the page stands in the result, letter by letter."""
    stem = path.name.removesuffix(".raw.txt")
    fixed, either = path.with_name(f"{stem}.gold-fixed.txt"), path.with_name(f"{stem}.either.txt")
    gold = read(fixed if fixed.exists() else path.with_name(f"{stem}.gold.txt")).splitlines()
    optional = {_letters(line) for line in read(either).splitlines()} if either.exists() else set()
    # a line that the gold has freed of a tooltip in its middle is not in the page as such, nor is a fixed one
    source, result = _letters(read(path)), _letters(cleaned(path).result.text)
    fixes = set() if not fixed.exists() else set(gold) - set(read(path.with_name(f"{stem}.gold.txt")).splitlines())
    wanted = [line for line in gold if _letters(line) in source or line in fixes]
    assert [line for line in wanted if _letters(line) not in result and _letters(line) not in optional] == []


def _letters(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())
