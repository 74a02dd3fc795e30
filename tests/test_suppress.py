"""What somebody wants left alone: the hooks of the pipeline, and that the four laws hold with them."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st
from test_laws import LEVELS, texts, thorough

from cleankit import fingerprint, recipe
from cleankit.edits import apply, invert
from cleankit.fingerprint import Window
from cleankit.guards import Judge
from cleankit.model import Document, Finding, Safety, Span
from cleankit.pipeline import Outcome, Pipeline


def asked(document: Document, level: Safety = Safety.SAFE) -> list[Finding]:
    """Every finding that a judge of a document is asked about, where nothing is spared."""
    found: list[Finding] = []
    recipe.default(level).sparing(lambda _: lambda finding: found.append(finding)).run(document)
    return found


def sparing(keys: set[tuple[str, str]], level: Safety = Safety.SAFE) -> Pipeline:
    """A pipeline that spares the findings of a rule in a line, both known by their hash."""

    def spares(document: Document) -> Judge:
        def judge(finding: Finding) -> Window | None:
            windows = fingerprint.windows(finding, document.text)
            return next((w for w in windows if (finding.rule, fingerprint.hashed(w)) in keys), None)

        return judge

    return recipe.default(level).sparing(spares)


def some(text: str, level: Safety, seed: int) -> tuple[Document, set[tuple[str, str]], Outcome]:
    """A document, some of its findings, and what comes of it if they are spared."""
    document = Document("random", text)
    found = asked(document, level)
    chosen = random.Random(seed).sample(found, len(found) // 2)
    keys = {(f.rule, fingerprint.line(f, text)) for f in chosen}
    return document, keys, sparing(keys, level).run(document)


levels = st.sampled_from(LEVELS)
seeds = st.integers(0, 9)


@given(texts, levels, seeds)
@thorough
def test_what_is_spared_is_neither_applied_nor_open(text: str, level: Safety, seed: int) -> None:
    _, keys, outcome = some(text, level, seed)
    for finding in outcome.applied:
        assert isinstance(finding.at, Span)
        for other in outcome.spared:
            assert isinstance(other.at, Span)
            overlap = finding.at.start < other.at.end and other.at.start < finding.at.end
            assert not (finding.rule == other.rule and overlap)
    assert {(f.rule, f.at) for f in outcome.spared}.isdisjoint((f.rule, f.at) for f in outcome.findings)
    assert bool(keys) == bool(outcome.spared)


@given(texts, levels, seeds)
@thorough
def test_nothing_is_lost_and_nothing_else_touched(text: str, level: Safety, seed: int) -> None:
    _, _, outcome = some(text, level, seed)
    back = outcome.result.text
    for layer in reversed(outcome.layers):
        back = apply(back, invert(layer.edits))
    assert back == text
    now = text
    for layer in outcome.layers:
        assert all(edit.old == now[edit.start : edit.end] != edit.new for edit in layer.edits)
        now = apply(now, layer.edits)
    assert now == outcome.result.text


@given(texts, levels, seeds)
@thorough
def test_once_is_enough(text: str, level: Safety, seed: int) -> None:
    _, keys, outcome = some(text, level, seed)
    again = sparing(keys, level).run(outcome.result)
    assert [(finding.rule, finding.fix) for finding in again.applied] == []
