"""Rules: filters written as data, one file each, looked for together."""

from cleankit.rules.rule import Case, Match, Rule
from cleankit.rules.ruleset import RuleSet
from cleankit.rules.shipped import builtin

__all__ = ["Case", "Match", "Rule", "RuleSet", "builtin"]
