"""The block kind: where a block of chrome ends, and what keeps it from taking a text's own lines."""

from __future__ import annotations

from dataclasses import replace

import pytest

from cleankit.model import Document, Safety, Span
from cleankit.page import Page
from cleankit.pipeline import Pipeline, Stage
from cleankit.rules import Match, Rule, RuleSet

PROSE = "The port of Ellmouth opened again on Monday after nine days, the mayor said."
BLOCK = Match(any_of=("home|news|contact|video",), members=("health|sport",), ignore_case=True, min_anchors=2)


def clean(match: Match, *lines: str) -> list[str]:
    """The lines that a block rule with this match leaves."""
    rule = Rule("nav/test", "block", Safety.SAFE, "", "", match, (), ())
    outcome = Pipeline((Stage("one", (RuleSet("one", [rule]),)),)).run(Document("case", "\n".join(lines)))
    return outcome.result.text.split("\n")


def test_a_line_that_proves_nothing_alone_waits_for_another_on_the_page() -> None:
    match = Match(any_of=("we use cookies",), only_on=("confirm my choices",), ignore_case=True)
    rule = Rule("nav/test", "line", Safety.SAFE, "", "", match, (), ())
    look = RuleSet("one", [rule])
    assert list(look(Page(f"We use cookies\n{PROSE}\n"))) == []
    assert [finding.at for finding in look(Page(f"We use cookies\n{PROSE}\nConfirm my choices\n"))] == [Span(0, 15)]


def test_a_block_takes_the_members_on_both_sides() -> None:
    assert clean(BLOCK, "Health", "Home", "", "News", "Sport", PROSE) == [PROSE]


def test_too_few_different_anchors_are_no_block() -> None:
    lines = ["Home", "Home", "Sport", PROSE]
    assert clean(BLOCK, *lines) == lines


def test_members_stop_at_a_label_and_at_prose() -> None:
    assert clean(replace(BLOCK, members=(".*",)), "Home", "News", "Ole Hansen:", PROSE) == ["Ole Hansen:", PROSE]


@pytest.mark.parametrize(
    ("lines", "left"),
    [
        pytest.param([PROSE, "Sport", "Home", "News", "Health"], [PROSE, "Sport", ""], id="behind the text"),
        pytest.param(["Sport", "Home", "News", "Health", PROSE], [PROSE], id="before the text"),
    ],
)
def test_outward_growth_does_not_climb_back_to_the_text(lines: list[str], left: list[str]) -> None:
    assert clean(replace(BLOCK, at="edge", grow="outward"), *lines) == left


def test_strays_go_only_on_the_far_side_and_between_anchors() -> None:
    match = replace(BLOCK, at="edge", grow="outward", strays=(r"\* .*",))
    assert clean(match, "* Far", "Home", "* Inside", "News", "* Near", PROSE) == ["* Near", PROSE]
    assert clean(match, PROSE, "* Near", "Home", "* Inside", "News", "* Far") == [PROSE, "* Near", ""]


def test_fillers_need_two_lines_of_the_block_behind_them() -> None:
    match = replace(BLOCK, fillers=(r"\w+ \w+",), max_gap=2)
    assert clean(match, "Home", "News", "Harbour Talk", "Video", "Contact", PROSE) == [PROSE]
    lines = ["Home", "News", "Ole Hansen", "Video", "Mayor resigns", PROSE]
    assert clean(match, *lines) == lines[2:]


def test_members_behind_a_filler_need_an_anchor_or_to_be_four() -> None:
    match = replace(BLOCK, members=("health|sport|law|sea",), fillers=(r"\w+ \w+",), max_gap=1)
    lines = ["Home", "News", "Ole Hansen", "Health", "Sport", PROSE]
    assert clean(match, *lines) == lines[2:]
    assert clean(match, "Home", "News", "Harbour Talk", "Health", "Sport", "Law", "Sea", PROSE) == [PROSE]


def test_more_fillers_in_a_row_than_the_gap_end_the_block() -> None:
    match = replace(BLOCK, fillers=(r"\w+ \w+",), max_gap=1)
    lines = ["Home", "News", "Harbour Talk", "Dock Notes", "Video", "Contact"]
    assert clean(match, *lines) == ["Harbour Talk", "Dock Notes", ""]


def test_a_list_that_the_line_above_announces_stays() -> None:
    match = replace(BLOCK, not_after=(r"(?:\S+ ){2,}\S+:",))
    lines = [PROSE, "The parts are these:", "* Home", "* News"]
    assert clean(match, *lines) == lines
    assert clean(match, PROSE, "Parts:", "* Home", "* News") == [PROSE, "Parts:", ""]


def test_matches_of_one_line_are_placed_by_its_characters() -> None:
    match = Match(any_of=("(?P<cut>[x✕]) ende", "été"))
    rule = Rule("nav/test", "span", Safety.SAFE, "", "", match, (), ())
    text = "Über 中文\n漢字 x ende, été ✕ ende 😀 x ende été\r\n"
    outcome = Pipeline((Stage("one", (RuleSet("one", [rule]),)),)).run(Document("case", text))
    assert sorted(finding.fix.old for finding in outcome.applied if finding.fix) == ["x", "x", "été", "été", "✕"]
    assert outcome.result.text == "Über 中文\n漢字  ende,   ende 😀  ende \r\n"
