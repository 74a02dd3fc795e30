"""The four laws of cleaning, held against a pipeline on examples and on random dirty pages."""

from __future__ import annotations

import pickle
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from cleankit import recipe
from cleankit.config import Choice
from cleankit.edits import apply, invert
from cleankit.errors import CleankitError
from cleankit.model import Document, Safety, Span
from cleankit.pipeline import Outcome, Pipeline
from cleankit.rules.load import load_packs
from cleankit.testing.pages import pages

if TYPE_CHECKING:
    from hypothesis.strategies import SearchStrategy

LOST = "nothing lost"
TOUCHED = "nothing else touched"
ONCE = "once is enough"
CHANCE = "nothing depends on chance"
CONTRACT = "what a filter owes"

LEVELS = (Safety.SAFE, Safety.SUGGESTED)


class LawBroken(AssertionError):
    """Which law is broken and how, with the shortest page that shows it."""

    def __init__(self, law: str, problem: str, page: str | None = None) -> None:
        super().__init__(f"{law}: {problem}" + (f"; on the page {page!r}" if page is not None else ""))
        self.law, self.problem, self.page = law, problem, page


def check_pipeline(
    pipeline: Pipeline, examples: Iterable[str] = (), dirty: SearchStrategy[str] | None = None, count: int = 200
) -> None:
    """Hold a pipeline to the four laws, on `examples` and on `count` random pages of `dirty` or of their lines.

    Raises LawBroken with the law and the shortest page that breaks it.
    """
    copy: Pipeline = pickle.loads(pickle.dumps(pipeline))

    def laws(text: str) -> None:
        outcome = pipeline.run(Document("page", text))
        _nothing_lost(outcome)
        _nothing_else_touched(outcome)
        _once_is_enough(outcome, pipeline)
        for other, name in ((pipeline, "a second run"), (copy, "a copy by pickle")):
            if other.run(Document("page", text)) != outcome:
                raise LawBroken(CHANCE, f"{name} gives something else")

    examples = tuple(examples)
    try_on(laws, examples, pages(lines_of(examples)) if dirty is None else dirty, count)


def check_pack(folder: str | Path, count: int = 200) -> None:
    """Hold a folder of PACK/NAME.toml files to the four laws, together with the built-in rules.

    The pages are drawn from its own examples, keeps and known failures among other dirt. Whether the examples come
    out as they should is not asked here. Raises RuleError for a rule that does not load, LawBroken as above.
    """
    rules = load_packs(Path(folder))
    texts = [case.text for rule in rules for case in (*rule.examples, *rule.keeps, *rule.missed)]
    for level in LEVELS:
        choice = Choice(apply=level, packs=(str(folder),), plugins=False)
        check_pipeline(recipe.build(choice), texts, count=count)


def lines_of(texts: Iterable[str]) -> tuple[str, ...]:
    return tuple(line for text in texts for line in text.splitlines(keepends=True))


def _nothing_lost(outcome: Outcome) -> None:
    text = outcome.result.text
    for layer in reversed(outcome.layers):
        text = apply(text, invert(layer.edits))
    if text != outcome.source.text:
        raise LawBroken(LOST, f"the edits undone give {text!r}")


def _nothing_else_touched(outcome: Outcome) -> None:
    """Between two edits stand the characters that stood there, and nothing happens outside of the edits."""
    now = outcome.source.text
    for layer in outcome.layers:
        before, now, at, shift = now, apply(now, layer.edits), 0, 0
        for edit in layer.edits:
            if before[at : edit.start] != now[at + shift : edit.start + shift]:
                raise LawBroken(TOUCHED, f"the characters before {edit} are not what they were")
            at, shift = edit.end, shift + len(edit.new) - len(edit.old)
        if before[at:] != now[at + shift :]:
            raise LawBroken(TOUCHED, f"the characters behind the edits of stage {layer.stage} are not what they were")
    if now != outcome.result.text:
        raise LawBroken(TOUCHED, f"the edits give {now!r}, and the result is {outcome.result.text!r}")
    for finding in outcome.findings:
        at_home = finding.at
        if not isinstance(at_home, Span) or not 0 <= at_home.start <= at_home.end <= len(outcome.source.text):
            raise LawBroken(TOUCHED, f"{finding.rule} points to {at_home}, which is no place in the source")


def _once_is_enough(outcome: Outcome, pipeline: Pipeline) -> None:
    again = pipeline.run(outcome.result)
    if again.applied or again.result.text != outcome.result.text:
        rules = ", ".join(sorted({finding.rule for finding in again.applied}))
        raise LawBroken(ONCE, f"{rules}: a second run makes {again.result.text!r} of {outcome.result.text!r}")


def try_on(law: Callable[[str], None], examples: Iterable[str], dirty: SearchStrategy[str], count: int) -> None:
    """Ask `law` about the examples and about random pages, the same ones every time."""
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis.errors import Flaky

    first: list[LawBroken] = []

    def on(text: str) -> None:
        if (broken := _broken(law, text)) is not None:
            first.append(broken)
            raise broken

    for text in ("", *examples):
        if broken := _broken(law, text):
            raise _shortest(law, broken) from broken.__cause__
    calm = settings(
        max_examples=count,
        deadline=None,
        derandomize=True,
        database=None,
        phases=(Phase.generate,),
        suppress_health_check=list(HealthCheck),
    )
    try:
        given(dirty)(calm(on))()
    except (LawBroken, Flaky):
        # what depends on chance need not happen again: the first time counts
        raise _shortest(law, first[0]) from first[0].__cause__


def _broken(law: Callable[[str], None], text: str) -> LawBroken | None:
    """How a text breaks a law, if it does; a page that makes it fail does."""
    try:
        law(text)
    except LawBroken as broken:
        found = LawBroken(broken.law, broken.problem, text)
        found.__cause__ = broken.__cause__
        return found
    except Exception as error:
        problem = str(error) if isinstance(error, CleankitError) else f"fails with {error!r}"
        found = LawBroken(CONTRACT, problem, text)
        found.__cause__ = error
        return found
    return None


def _shortest(law: Callable[[str], None], broken: LawBroken) -> LawBroken:
    """The same law broken by a shorter page: pieces of it are left out, large ones first, as long as that works."""
    text = broken.page or ""
    size = len(text)
    while size:
        at = 0
        while at < len(text):
            shorter = text[:at] + text[at + size :]
            found = _broken(law, shorter)
            if found is not None and found.law == broken.law:
                text, broken = shorter, found
            else:
                at += size
        size //= 2
    return broken
