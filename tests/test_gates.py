"""Work is done only where a gate fires, and what the gates keep back is nothing: without them the same comes out."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import replace
from pathlib import Path
from unittest import mock

import pytest
from hypothesis import given, settings
from test_restore import document, files

from cleankit import corpus, ledger, recipe
from cleankit.corpus import Source
from cleankit.errors import ReadError
from cleankit.filters import mojibake
from cleankit.filters.boilerplate import Boilerplate
from cleankit.filters.spam import gate
from cleankit.model import Document
from cleankit.page import Page
from cleankit.pipeline import Pipeline, Stage
from cleankit.rules.ruleset import RuleSet
from cleankit.scan import Need

# each page takes ten times as long without gates
EVERY = 1 if os.environ.get("CLEANKIT_ALL_PAGES") else 8


def _every_line(page: Page) -> gate.Worth:
    numbers = [number for number in range(len(page.lines)) if page.line_text(number)]
    return gate.Worth({number: [] for number in numbers}, numbers)


def _ungated(filter_: object) -> object:
    """A filter whose patterns are read over the whole page, or that looks at pages that are surely text."""
    if isinstance(filter_, RuleSet):
        patterns = [compiled.patterns for compiled in filter_._compiled]
        return RuleSet(
            filter_.name,
            (
                replace(rule, needs=tuple(Need() for _ in some))
                for rule, some in zip(filter_.rules, patterns, strict=True)
            ),
        )
    if isinstance(filter_, Boilerplate):
        return Boilerplate(filter_.bounds._replace(row=1))
    return filter_


@pytest.fixture(scope="module")
def ungated() -> Pipeline:
    gated = recipe.default()
    known: dict[int, object] = {}
    stages = tuple(
        Stage(stage.name, tuple(known.setdefault(id(one), _ungated(one)) for one in stage.filters))
        for stage in gated.stages
    )
    return Pipeline(stages, gated.apply, gated.wanted, gated.spares, gated.aside, gated.last_look, gated.allows)


@contextmanager
def no_gates() -> Iterator[None]:
    """The gates in front of single lines, open for all."""
    with ExitStack() as opened:
        for module, name, all_of in (
            (gate, "look", _every_line),
            (mojibake, "_suspects", lambda page: page.lines),
            (mojibake, "may_be_garbled", lambda line: True),
        ):
            opened.enter_context(mock.patch.object(module, name, all_of))
        yield


def same(source: Document, ungated: Pipeline) -> None:
    gated = ledger.write(ledger.of(recipe.default().run(source)), source.id)
    with no_gates():
        assert ledger.write(ledger.of(ungated.run(source)), source.id) == gated


def test_gates_change_nothing_on_real_pages(real_pages: Path, ungated: Pipeline) -> None:
    paths = sorted(real_pages.rglob("*.txt"))[::EVERY]
    assert len(paths) > 100
    for path in paths:
        same(corpus.read(Source(str(path.relative_to(real_pages)), str(path))), ungated)


@settings(max_examples=10_000 // EVERY)
@given(files())
def test_gates_change_nothing_on_whatever_comes(ungated: Pipeline, file: tuple[bytes, str | None]) -> None:
    try:
        source = document(*file)
    except ReadError:
        return
    same(source, ungated)
