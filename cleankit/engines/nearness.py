"""Asks the filters of a pipeline which of them came near to a stretch of a text that they left alone.

No filter is run for its findings: each is asked about the text that it saw, which the edits of the stages before give.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import NamedTuple

from cleankit.edits import Homeward, apply, invert
from cleankit.model import Edit, Near, Span
from cleankit.page import Explaining, Page
from cleankit.pipeline import Pipeline


class Step(NamedTuple):
    """What a stage changed."""

    stage: str
    edits: tuple[Edit, ...]


class Nearness(NamedTuple):
    """A rule that came near in a stage. `at`, and `by` if a place held it back, are spans of the source."""

    near: Near
    stage: str
    at: Span
    by: Span | None


def onward(span: Span, edits: Sequence[Edit]) -> Span:
    """Where a span of a text stands after its edits: their inverse leads home to it."""
    return Homeward(invert(edits)).span(span)


def near(pipeline: Pipeline, steps: Sequence[Step], source: str, at: Span) -> tuple[Nearness, ...]:
    """What each rule has to say of a stretch of the source that it let be; of a rule that looked twice the last word.

    Raises ValueError where the steps are not those of the source.
    """
    found: dict[str, Nearness] = {}
    asked: set[tuple[int, int]] = set()
    page, way_home, looks = Page(source), list[Homeward](), 0
    for stage, done in _in_turn(pipeline, steps):
        for edits in done:
            at = onward(at, edits)
            page = Page(apply(page.text, edits))
            way_home.insert(0, Homeward(edits))
            looks += 1
        if at.start == at.end:
            break
        for look in pipeline.stages[stage].filters:
            # a filter that comes a second time has nothing to add where nothing was changed since the first
            if not isinstance(look, Explaining) or (id(look), looks) in asked:
                continue
            asked.add((id(look), looks))
            for one in look.near(page, at.start, at.end):
                if pipeline.wanted is None or pipeline.wanted(one.rule):
                    by = _home(one.by, way_home) if one.by else None
                    found[one.rule] = Nearness(one, pipeline.stages[stage].name, _home(one.at, way_home), by)
    return tuple(sorted(found.values(), key=lambda one: (one.at, one.near.rule)))


def _in_turn(pipeline: Pipeline, steps: Sequence[Step]) -> Iterator[tuple[int, list[tuple[Edit, ...]]]]:
    """Each stage by its number, with the edits that come between it and the one before.

    A step of a stage that the pipeline has not, of a plugin that is gone, comes with the next one it has.
    """
    order = {stage.name: number for number, stage in enumerate(pipeline.stages)}
    todo = list(steps)
    for number in range(len(pipeline.stages)):
        done = []
        while todo and order.get(todo[0].stage, -1) < number:
            done.append(todo.pop(0).edits)
        yield number, done


def _home(span: Span, way_home: Sequence[Homeward]) -> Span:
    for step in way_home:
        span = step.span(span)
    return span
