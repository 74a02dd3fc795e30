"""What the packs for widgets ask of the kinds of rule."""

from __future__ import annotations

from cleankit.model import Document, Safety
from cleankit.pipeline import Pipeline, Stage
from cleankit.rules import Match, Rule, RuleSet


def cleaned(kind: str, match: Match, text: str) -> str:
    rule = Rule("test/rule", kind, Safety.SAFE, "A problem.", "A reason.", match, (), ())
    return Pipeline((Stage("one", (RuleSet("one", [rule]),)),)).run(Document("page", text)).result.text


def test_span_takes_out_only_the_group_named_cut() -> None:
    match = Match(any_of=("(?P<cut>Print +)[A-Z]",))
    assert cleaned("span", match, "Über Print\u00a0 Oslo, 5 May\n") == "Über Oslo, 5 May\n"


def test_span_with_a_cut_beside_other_groups() -> None:
    match = Match(any_of=("(Print|Mail) (?P<cut>Share )(Oslo|Bonn)",))
    assert cleaned("span", match, "Mail Share Bonn, Print Share Oslo\n") == "Mail Bonn, Print Oslo\n"
