"""What the packs for widgets ask of the kinds of rule."""

from __future__ import annotations

from cleankit.model import Document, Safety
from cleankit.pipeline import Pipeline, Stage
from cleankit.recipe import of_rules
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


def test_a_block_parted_by_chrome_goes_in_the_first_run() -> None:
    def rule(name: str, kind: str, match: Match) -> Rule:
        return Rule(f"test/{name}", kind, Safety.SAFE, "A problem.", "A reason.", match, (), ())

    pipeline = of_rules(
        [
            rule("menu", "block", Match(any_of=("Jobs", "Maps", "News"), min_anchors=3)),
            rule("login", "line", Match(any_of=("Sign in",), at="tail")),
        ]
    )
    prose = "The ferry to the island sails again from Friday, the harbour office said.\n"
    once = pipeline.run(Document("page", prose + "Jobs\nMaps\nSign in\nNews\n")).result.text
    assert once == prose
    assert pipeline.run(Document("page", once)).result.text == once
