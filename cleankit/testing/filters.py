"""What a filter owes, and the four laws on it alone, among the others, and in another process."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from collections.abc import Callable, Iterable
from functools import partial
from typing import Any

from cleankit import plugins, recipe
from cleankit.config import Choice
from cleankit.contract import fault, shape
from cleankit.edits import resolve
from cleankit.errors import UsageError
from cleankit.model import Finding
from cleankit.page import Filter, Page
from cleankit.pipeline import Pipeline, Stage
from cleankit.testing.laws import CHANCE, CONTRACT, LEVELS, LawBroken, check_pipeline, lines_of, try_on
from cleankit.testing.pages import pages

# What a page makes once and for all filters, and none of them may change.
_SHARED = ("text", "folded", "data", "lines", "line_bytes", "body", "title", "languages")
ELSEWHERE = 40  # pages that are looked at in another process

_LOOK = """
import pickle, sys
from cleankit.page import Page
out, sys.stdout = sys.stdout.buffer, sys.stderr
look, texts = pickle.load(sys.stdin.buffer)
pickle.dump([list(look(Page(text))) for text in texts], out)
"""


def check_filter(
    kind: type[Filter] | Filter, examples: Iterable[str] = (), *, in_recipe: bool = True, count: int = 200
) -> None:
    """Hold a filter (its class, or an instance) to all that it owes, on `examples` and on `count` random pages.

    Its findings: in bounds, `old` what stands there, by a rule of `about` and no bolder than it says, a fix or a flag,
    and no two of its edits in each other's way. The four laws, alone and (`in_recipe`) in its stage among the built-in
    filters. The same findings on a second look, after another page, on a fresh instance, after pickling, and in
    another process. Each rule of `about` has to be found on some page, so give an example of each, here or in `about`:
    random pages are made of the lines of the examples among other dirt.

    Raises LawBroken with the law and the shortest page that breaks it.
    """
    look, packed = _made(kind)
    fresh: Callable[[], Filter] = kind if isinstance(kind, type) else partial(pickle.loads, packed)
    examples = (*examples, *(about.example for about in look.about if about.example))
    seen: list[str] = []
    rules = {about.rule for about in look.about}

    def owes(text: str) -> None:
        if len(seen) < ELSEWHERE:
            seen.append(text)
        rules.difference_update(finding.rule for finding in _findings(look, text, fresh()))

    dirty = pages(lines_of(examples))
    try_on(owes, examples, dirty, count)
    if rules:
        raise LawBroken(CONTRACT, f"nothing was found by {', '.join(sorted(rules))}; give an example of it")
    for level in LEVELS:
        check_pipeline(Pipeline((Stage("alone", (look,)),), level), examples, dirty, count)
    _check_elsewhere(packed, seen)
    if in_recipe:
        _check_in_recipe(look, examples, count)


def _made(kind: type[Filter] | Filter) -> tuple[Filter, bytes]:
    """An instance, and what it is pickled to before it has seen a page."""
    try:
        look: Any = kind() if isinstance(kind, type) else kind
    except TypeError as error:
        raise LawBroken(CONTRACT, f"it cannot be made without arguments: {error}") from error
    if problem := shape(look):
        raise LawBroken(CONTRACT, problem)
    try:
        packed = pickle.dumps(look)
        pickle.loads(packed)
    except Exception as error:
        raise LawBroken(CONTRACT, f"it cannot be pickled, and so not go to a worker: {error}") from error
    return look, packed


def _findings(look: Filter, text: str, fresh: Filter) -> list[Finding]:
    page = Page(text)
    found = list(look(page))
    for finding in found:
        if problem := fault(finding, text, look.about):
            raise LawBroken(CONTRACT, problem)
    untouched = Page(text)
    for name in _SHARED:
        if name in vars(page) and getattr(page, name) != getattr(untouched, name):
            raise LawBroken(CONTRACT, f"it changes the page: `{name}` is not what it was")
    for level in LEVELS:
        fixes = [finding for finding in found if finding.fix and finding.safety.rank <= level.rank]
        if lost := resolve(fixes).lost:
            raise LawBroken(CONTRACT, f"another edit of its own is in the way of {lost[0].fix}")
    if list(look(page)) != found:
        raise LawBroken(CHANCE, "a second look at the page finds something else")
    list(look(Page("".join(reversed(lines_of([text]))) + text)))
    if list(look(Page(text))) != found:
        raise LawBroken(CHANCE, "it remembers other pages: behind one, it finds something else")
    for other, told in ((pickle.loads(pickle.dumps(look)), "a copy by pickle"), (fresh, "a fresh instance")):
        if list(other(Page(text))) != found:
            raise LawBroken(CHANCE, f"{told} finds something else")
    return found


def _check_elsewhere(packed: bytes, texts: list[str]) -> None:
    """Processes of their own, as with `clean -j 2`, each with a hash seed that orders its sets in another way."""
    look = pickle.loads(packed)
    here = [list(look(Page(text))) for text in texts]
    for seed in ("1", "2"):
        env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": os.pathsep.join(filter(None, sys.path))}
        done = subprocess.run(
            [sys.executable, "-c", _LOOK], input=pickle.dumps((look, texts)), env=env, capture_output=True, check=False
        )
        if done.returncode:
            why = done.stderr.decode(errors="replace").strip().rpartition("\n")[2]
            raise LawBroken(CONTRACT, f"it does not work in another process: {why}")
        there = pickle.loads(done.stdout)
        if odd := [text for text, mine, other in zip(texts, here, there, strict=True) if mine != other]:
            raise LawBroken(CHANCE, "another process with another hash seed finds something else", min(odd, key=len))


def _check_in_recipe(look: Filter, examples: tuple[str, ...], count: int) -> None:
    try:
        stages = plugins.joined(recipe.build(Choice(plugins=False)).stages, (look,))
    except UsageError as error:
        raise LawBroken(CONTRACT, str(error)) from error
    for level in LEVELS:
        try:
            check_pipeline(Pipeline(stages, level), examples, count=count // 4)
        except LawBroken as broken:
            told = f"{broken.problem} (together with the built-in filters)"
            raise LawBroken(broken.law, told, broken.page) from broken.__cause__
