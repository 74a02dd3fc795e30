"""The four laws over random text: nothing lost, nothing else touched, once is enough, nothing depends on chance."""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from itertools import permutations
from pathlib import Path

import pytest
from conftest import ROOT, SEEDS
from hypothesis import given, settings
from hypothesis import strategies as st

from cleankit import recipe
from cleankit.config import ARTICLE, Choice
from cleankit.contract import fault
from cleankit.model import Document, Safety
from cleankit.page import Page
from cleankit.pipeline import Outcome, Pipeline, Stage
from cleankit.rules import RuleSet, builtin
from cleankit.testing import check_filter, check_pipeline, pages
from cleankit.testing.laws import LEVELS, lines_of

# The lines of all rules' own cases: a new rule stands under the laws without a change here.
CASE_TEXTS = tuple(case.text for rule in builtin() for case in (*rule.examples, *rule.keeps, *rule.missed))
CASES = sorted(set(lines_of(CASE_TEXTS)))
texts = pages(CASES)
levels = st.sampled_from(LEVELS)
# the same texts on every run, so that the suite itself does not depend on chance
thorough = settings(max_examples=250)


def run(text: str, apply: Safety = Safety.SAFE) -> Outcome:
    return recipe.default(apply).run(Document("random", text))


@pytest.mark.parametrize("level", LEVELS)
def test_the_pipeline_keeps_the_laws(level: Safety) -> None:
    # what once took a second run: a button whose removal makes a pager or a breadcrumb of the line
    examples = (
        "1\u00a0\u00a0 2\u00a0\u00a0 > Print E-mail  \n",
        "Print E-mail  0 Comment(s) HOME >> STATE COUNCIL \n",
        "\u00a0â€™\x85 \n",
    )
    check_pipeline(recipe.default(level), examples, texts, 250)


LOOKS = {look.name: look for stage in recipe.default().stages for look in stage.filters}
FILTERS = {name: type(look) for name, look in LOOKS.items() if not isinstance(look, RuleSet)}


@pytest.mark.parametrize("name", FILTERS)
def test_each_filter_keeps_the_laws(name: str) -> None:
    check_filter(FILTERS[name], in_recipe=False, count=100)


def test_each_rule_does_what_a_filter_owes() -> None:
    stages = recipe.build(Choice(profile=ARTICLE)).stages
    sets = {look.name: look for stage in stages for look in stage.filters if isinstance(look, RuleSet)}.values()
    found = [(finding, text, look) for text in CASE_TEXTS for look in sets for finding in look(Page(text))]
    assert [problem for finding, text, look in found if (problem := fault(finding, text, look.about))] == []
    assert {finding.rule for finding, _, _ in found} == {rule.id for rule in builtin()}


@given(texts, levels)
@settings(max_examples=60)
def test_order_inside_a_stage_does_not_matter(text: str, level: Safety) -> None:
    turned = tuple(Stage(stage.name, stage.filters[::-1]) for stage in recipe.default().stages)
    turned_pipeline = Pipeline(turned, level, aside=recipe.ASIDE)
    assert turned_pipeline.run(Document("random", text)) == run(text, level)


def test_every_order_of_a_crowded_stage_gives_the_same() -> None:
    text = "".join(
        (SEEDS / "dirty" / f"{name}.txt").read_text(encoding="utf-8") for name in ("summit-briefing", "mfa-zh")
    )
    stages = recipe.default().stages
    wanted = run(text)
    for number, stage in enumerate(stages):
        for order in list(permutations(stage.filters))[:24]:
            other = (*stages[:number], Stage(stage.name, order), *stages[number + 1 :])
            assert Pipeline(other, aside=recipe.ASIDE).run(Document("random", text)) == wanted


_DIGEST = """
import hashlib, sys
from pathlib import Path
from cleankit import recipe
from cleankit.contract import fault
from cleankit.model import Document
digest = hashlib.sha256()
for path in sorted(Path(sys.argv[1]).glob("*.txt")):
    outcome = recipe.default().run(Document(path.stem, path.read_bytes().decode("utf-8-sig")))
    digest.update(repr((outcome.result.text, outcome.applied, outcome.open)).encode("utf-8", "surrogatepass"))
print(digest.hexdigest())
"""


def test_the_hash_seed_does_not_matter() -> None:
    digests = {_digest(seed) for seed in ("0", "4711")}
    assert len(digests) == 1


def _digest(seed: str) -> str:
    env = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(
        [sys.executable, "-c", _DIGEST, str(SEEDS / "dirty")], env=env, capture_output=True, text=True, check=True
    )
    assert len(done.stdout.strip()) == hashlib.sha256().digest_size * 2
    return done.stdout


@pytest.mark.parametrize("path", sorted((SEEDS / "dirty").glob("*.txt")), ids=lambda path: path.stem)
@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"], ids=["lf", "crlf", "cr"])
def test_line_ends_do_not_matter(path: Path, line_end: str) -> None:
    """The same lines are found whatever ends them, and what is kept keeps its own line ends."""
    text = path.read_bytes().decode("utf-8-sig").replace("\r\n", "\n")
    plain = run(text).result.text
    assert run(text.replace("\n", line_end)).result.text == plain.replace("\n", line_end)
