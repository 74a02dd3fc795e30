"""Every rule does what its own examples say, keeps its hands off every keep, and does it once."""

from __future__ import annotations

import pytest

from cleankit import recipe
from cleankit.model import Document, Safety
from cleankit.pipeline import Outcome, Pipeline, Stage
from cleankit.rules import Case, Rule, RuleSet, builtin

RULES = builtin()
EXAMPLES = [pytest.param(rule, case, id=f"{rule.id}: {case.name}") for rule in RULES for case in rule.examples]
KEEPS = [pytest.param(rule, case, id=f"{rule.id}: {case.name}") for rule in RULES for case in rule.keeps]
MISSED = [
    pytest.param(rule, case, id=f"{rule.id}: {case.name}", marks=pytest.mark.xfail(strict=True))
    for rule in RULES
    for case in rule.missed
]


def run(rule: Rule, text: str) -> Outcome:
    """The rule alone, its suggestions applied."""
    pipeline = Pipeline((Stage("one", (RuleSet(rule.id, [rule]),)),), apply=Safety.SUGGESTED)
    return pipeline.run(Document("case", text))


@pytest.mark.parametrize(("rule", "case"), EXAMPLES)
def test_example_becomes_clean_and_stays_so(rule: Rule, case: Case) -> None:
    outcome = run(rule, case.text)
    assert outcome.result.text == case.clean
    assert any(finding.rule == rule.id for finding in outcome.findings)
    if rule.level is not Safety.FLAG:
        again = run(rule, case.clean)
        assert again.result.text == case.clean
        assert not again.applied


@pytest.mark.parametrize(("rule", "case"), KEEPS)
def test_keep_is_not_touched(rule: Rule, case: Case) -> None:
    assert not run(rule, case.text).findings


@pytest.mark.parametrize(("rule", "case"), MISSED)
def test_missed_is_still_missed(rule: Rule, case: Case) -> None:
    outcome = run(rule, case.text)
    assert outcome.findings
    assert outcome.result.text == case.clean


@pytest.mark.parametrize(("owner", "case"), KEEPS)
def test_no_rule_touches_the_keep_of_another(owner: Rule, case: Case) -> None:
    outcome = recipe.default().run(Document("keep", case.text))
    harm = [f for f in outcome.applied if not f.rule.startswith("space/")]
    assert not harm


def test_every_rule_is_written_in_full() -> None:
    for rule in RULES:
        assert rule.summary.endswith("."), rule.id
        assert rule.why.endswith("."), rule.id
        assert len(rule.summary) <= 110, rule.id
