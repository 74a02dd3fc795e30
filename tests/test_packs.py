"""Every rule does what its own examples say, keeps its hands off every keep, and does it once."""

from __future__ import annotations

import pytest

from cleankit.craft import trial
from cleankit.model import Safety
from cleankit.rules import Rule, builtin

RULES = [pytest.param(rule, id=rule.id) for rule in builtin()]


@pytest.mark.parametrize("rule", RULES)
def test_a_rule_does_what_its_cases_say(rule: Rule) -> None:
    assert not list(trial.alone(rule))


@pytest.mark.parametrize("rule", RULES)
def test_every_pattern_and_word_of_a_rule_can_be_met(rule: Rule) -> None:
    assert not list(trial.never(rule))


def test_no_rule_touches_the_keep_of_another() -> None:
    harm = [fault for finding, _, fault in trial.collisions(builtin()) if finding.safety is Safety.SAFE]
    assert not harm


def test_every_rule_is_written_in_full() -> None:
    for rule in builtin():
        assert rule.summary.endswith("."), rule.id
        assert rule.why.endswith("."), rule.id
        assert len(rule.summary) <= 110, rule.id
