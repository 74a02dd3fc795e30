"""The conformance kit catches what it is for: for each law and each duty of a filter, one that breaks it."""

from __future__ import annotations

import random
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from types import ModuleType
from typing import Any, ClassVar

import pytest
from conftest import ROOT

from cleankit.errors import RuleError
from cleankit.model import About, Document, Edit, Finding, Safety, Severity, Span, deletion, flag, replacement
from cleankit.page import Page
from cleankit.pipeline import Layer, Outcome, Pipeline, Stage
from cleankit.testing import LawBroken, check_filter, check_pack, check_pipeline, lines, pages
from cleankit.testing.laws import try_on

TIDE = About("harbour/tide", Safety.SAFE, "The word tide.", "For these tests.")
DOUBT = About("harbour/doubt", Safety.SUGGESTED, "The word tide, perhaps.", "For these tests.")


class Tides:
    """Takes the first `tide` of every line out, if it is all there is in it."""

    name = "tides"
    about: tuple[About, ...] = (TIDE,)

    def __call__(self, page: Page) -> Iterator[Any]:
        for number, line in enumerate(page.lines):
            if page.line_text(number) == "tide":
                yield from self.found(page, line.start, line.end)

    def found(self, page: Page, start: int, end: int) -> Iterator[Any]:
        yield deletion(TIDE.rule, TIDE.summary, page.text, start, end)


PAGE = "The harbour is open.\ntide\nebb and flood\n"


def test_a_filter_that_keeps_the_laws_passes() -> None:
    check_filter(Tides, [PAGE])
    check_filter(Tides(), [PAGE], in_recipe=False)


class LiesAboutOld(Tides):
    def found(self, page: Page, start: int, end: int) -> Iterator[Any]:
        yield replace(next(super().found(page, start, end)), fix=Edit(start, end, "ebb", ""))


class OutOfBounds(Tides):
    def found(self, page: Page, start: int, end: int) -> Iterator[Any]:
        yield flag(TIDE.rule, TIDE.summary, start, len(page.text) + 1)


class PointsIntoJson(Tides):
    def found(self, page: Page, start: int, end: int) -> Iterator[Any]:
        yield replace(next(super().found(page, start, end)), at="/paragraphs/0")


class EditOutOfBounds(Tides):
    def found(self, page: Page, start: int, end: int) -> Iterator[Any]:
        yield replace(next(super().found(page, start, end)), fix=Edit(-4, 0, "", "x"))


class OtherRule(Tides):
    def found(self, page: Page, start: int, end: int) -> Iterator[Any]:
        yield deletion("harbour/ebb", TIDE.summary, page.text, start, end)


class BolderThanItSays(Tides):
    about = (DOUBT,)

    def found(self, page: Page, start: int, end: int) -> Iterator[Any]:
        yield deletion(DOUBT.rule, DOUBT.summary, page.text, start, end, Safety.SAFE)


class FlagWithFix(Tides):
    def found(self, page: Page, start: int, end: int) -> Iterator[Any]:
        yield deletion(TIDE.rule, TIDE.summary, page.text, start, end, Safety.FLAG)


class SafeWithoutFix(Tides):
    def found(self, page: Page, start: int, end: int) -> Iterator[Any]:
        yield Finding(TIDE.rule, TIDE.summary, Span(start, end), Severity.WARNING, None, Safety.SAFE)


class ChangesNothing(Tides):
    def found(self, page: Page, start: int, end: int) -> Iterator[Any]:
        yield replacement(TIDE.rule, TIDE.summary, page.text, start, end, "tide")


class YieldsText(Tides):
    def found(self, page: Page, start: int, end: int) -> Iterator[Any]:
        yield "tide"


class FightsItself(Tides):
    def found(self, page: Page, start: int, end: int) -> Iterator[Any]:
        yield replacement(TIDE.rule, TIDE.summary, page.text, start, end, "ebb")
        yield replacement(TIDE.rule, TIDE.summary, page.text, start, end, "flood")


class LowersThePage(Tides):
    def __call__(self, page: Page) -> Iterator[Any]:
        page.text = page.text.lower()
        yield from super().__call__(page)


class EmptiesTheLines(Tides):
    def __call__(self, page: Page) -> Iterator[Any]:
        yield from list(super().__call__(page))
        page.lines.clear()


class FailsOnNoText(Tides):
    def __call__(self, page: Page) -> Iterator[Any]:
        if page.text[0] == "t":
            yield from super().__call__(page)


class FindsNothing(Tides):
    about = (TIDE, DOUBT)


class NoAbout(Tides):
    about = ()


class NoName(Tides):
    name = ""


class NoRuleId(Tides):
    about = (replace(TIDE, rule="tide"),)


class TwiceTheSame(Tides):
    about = (TIDE, TIDE)


class NotToBeCalled:
    name = "tides"
    about = (TIDE,)


class NeedsArguments(Tides):
    def __init__(self, word: str) -> None:
        self.word = word


class HoldsALambda(Tides):
    def __init__(self) -> None:
        self.is_tide: Callable[[str], bool] = lambda text: text == "tide"


class NoSuchStage(Tides):
    stage = "ebb"


class HasABuiltInId(Tides):
    about = (replace(TIDE, rule="nav/pager"),)

    def found(self, page: Page, start: int, end: int) -> Iterator[Any]:
        yield deletion("nav/pager", TIDE.summary, page.text, start, end)


OWES = [
    (LiesAboutOld, "'ebb', which does not stand at"),
    (OutOfBounds, "of a text of"),
    (PointsIntoJson, "points to '/paragraphs/0'"),
    (EditOutOfBounds, "does not stand at -4:0"),
    (OtherRule, "'harbour/ebb' is not among the rules of its `about`: harbour/tide"),
    (BolderThanItSays, "harbour/doubt is suggested in its `about`, and no finding of it may be safe"),
    (FlagWithFix, "is a flag and has a fix"),
    (SafeWithoutFix, "is safe and has no fix"),
    (ChangesNothing, "replaces 'tide' by itself"),
    (YieldsText, "yields 'tide', which is no Finding"),
    (FightsItself, "another edit of its own is in the way"),
    (LowersThePage, "changes the page: `text`"),
    (EmptiesTheLines, "changes the page: `lines`"),
    (FailsOnNoText, "fails with IndexError"),
    (FindsNothing, "nothing was found by harbour/doubt; give an example"),
    (NoAbout, "has no `about`"),
    (NoName, "has no `name`"),
    (NoRuleId, "'tide' in its `about` is not of the form pack/stem"),
    (TwiceTheSame, "harbour/tide stands in its `about` twice"),
    (NotToBeCalled, "cannot be called with a page"),
    (NeedsArguments, "cannot be made without arguments"),
    (HoldsALambda, "cannot be pickled"),
    (NoSuchStage, "stands in no stage 'ebb'; there are entities, mojibake"),
    (HasABuiltInId, "has nav/pager, as has"),
]


@pytest.mark.parametrize(("broken", "words"), OWES, ids=[broken.__name__ for broken, _ in OWES])
def test_what_a_filter_owes(broken: Any, words: str) -> None:
    with pytest.raises(LawBroken) as caught:
        check_filter(broken, [PAGE])
    assert caught.value.law == "what a filter owes"
    assert words in str(caught.value)


def test_a_class_within_a_function_cannot_go_to_a_worker() -> None:
    class Within(Tides):
        pass

    with pytest.raises(LawBroken, match="cannot be pickled"):
        check_filter(Within, [PAGE])


def test_a_filter_that_another_process_cannot_import(monkeypatch: pytest.MonkeyPatch) -> None:
    here_only = ModuleType("here_only")
    monkeypatch.setitem(sys.modules, "here_only", here_only)
    away = type("Away", (Tides,), {"__module__": "here_only"})
    here_only.Away = away  # type: ignore[attr-defined]
    with pytest.raises(LawBroken, match="does not work in another process: ModuleNotFoundError"):
        check_filter(away, [PAGE])


class TakesOneBlank(Tides):
    """Of many blanks it takes one in every run."""

    def __call__(self, page: Page) -> Iterator[Any]:
        at = page.text.find("  ")
        if at >= 0:
            yield deletion(TIDE.rule, TIDE.summary, page.text, at, at + 1)


class GrowsTheTide(Tides):
    """What it puts in is what it looks for."""

    def __call__(self, page: Page) -> Iterator[Any]:
        at = page.text.find("tide")
        if at >= 0:
            yield replacement(TIDE.rule, TIDE.summary, page.text, at, at, "high ")


class OnlyIfSuggested(GrowsTheTide):
    """Breaks the law only where suggested fixes are applied."""

    about = (DOUBT,)

    def __call__(self, page: Page) -> Iterator[Any]:
        for finding in super().__call__(page):
            yield replace(finding, rule=DOUBT.rule, safety=Safety.SUGGESTED)


class Escapes(Tides):
    """Keeps the law alone, but the built-in filters undo what it does."""

    stage = "white-space"

    def __call__(self, page: Page) -> Iterator[Any]:
        at = page.text.find("&")
        if at >= 0 and not page.text.startswith("&amp;", at):
            yield replacement(TIDE.rule, TIDE.summary, page.text, at, at + 1, "&amp;")


@pytest.mark.parametrize("broken", [TakesOneBlank, GrowsTheTide, OnlyIfSuggested, Escapes])
def test_once_is_enough(broken: Any) -> None:
    with pytest.raises(LawBroken) as caught:
        check_filter(broken, ["Ebb  and tide & flood.\n"])
    assert caught.value.law == "once is enough"
    assert ("together with the built-in filters" in str(caught.value)) == (broken is Escapes)


def test_escapes_keeps_the_laws_alone() -> None:
    check_filter(Escapes, ["Ebb & flood.\n"], in_recipe=False)


class FindsEveryOtherTime(Tides):
    def __init__(self) -> None:
        self.calls = 0

    def __call__(self, page: Page) -> Iterator[Any]:
        self.calls += 1
        return super().__call__(page) if self.calls % 2 else iter(())


class RemembersTheLongest(Tides):
    longest: ClassVar[int] = 0

    def __call__(self, page: Page) -> Iterator[Any]:
        type(self).longest = max(self.longest, len(page.text))
        return super().__call__(page) if len(page.text) == self.longest else iter(())


class DiffersByInstance(Tides):
    made: ClassVar[int] = 0

    def __init__(self) -> None:
        type(self).made += 1
        self.number = self.made

    def __call__(self, page: Page) -> Iterator[Any]:
        return super().__call__(page) if self.number % 2 else iter(())


class ForgetsItsWord(Tides):
    """Its copy looks for another word than it was told to look for."""

    def __init__(self, word: str = "ebb") -> None:
        self.word = word

    def __reduce__(self) -> tuple[Any, ...]:
        return type(self), ()

    def __call__(self, page: Page) -> Iterator[Any]:
        if self.word == "tide":
            yield from super().__call__(page)


class ThrowsDice(Tides):
    def __call__(self, page: Page) -> Iterator[Any]:
        return super().__call__(page) if random.random() < 0.5 else iter(())


class FollowsTheHashSeed(Tides):
    def __call__(self, page: Page) -> Iterator[Any]:
        for word in set(page.text.split()):
            at = page.text.index(word)
            yield flag(TIDE.rule, TIDE.summary, at, at + len(word))


CHANCES = [
    (FindsEveryOtherTime, "a second look"),
    (RemembersTheLongest, "it remembers other pages"),
    (DiffersByInstance, "a fresh instance"),
    (ForgetsItsWord("tide"), "a copy by pickle"),
    (ThrowsDice, ""),
    (FollowsTheHashSeed, "another process with another hash seed"),
]


@pytest.mark.parametrize(("broken", "words"), CHANCES, ids=lambda one: getattr(one, "__name__", None))
def test_nothing_depends_on_chance(broken: Any, words: str) -> None:
    with pytest.raises(LawBroken) as caught:
        check_filter(broken, [PAGE])
    assert caught.value.law == "nothing depends on chance"
    assert words in str(caught.value)


class Strips(Pipeline):
    """Changes the text behind the back of its own account."""

    def run(self, document: Document) -> Outcome:
        outcome = super().run(document)
        return replace(outcome, result=replace(outcome.result, text=outcome.result.text.strip()))


class PointsNowhere(Pipeline):
    def run(self, document: Document) -> Outcome:
        outcome = super().run(document)
        nowhere = flag(TIDE.rule, TIDE.summary, 0, len(document.text) + 1)
        return replace(outcome, layers=(*outcome.layers, Layer("one", (), (nowhere,))))


@pytest.mark.parametrize(
    ("broken", "law"), [(Strips, "nothing lost"), (PointsNowhere, "nothing else touched")], ids=["lost", "touched"]
)
def test_a_pipeline_that_does_not_keep_account(broken: type[Pipeline], law: str) -> None:
    check_pipeline(Pipeline((Stage("one", (Tides(),)),)), [PAGE])
    with pytest.raises(LawBroken) as caught:
        check_pipeline(broken((Stage("one", (Tides(),)),)), [PAGE])
    assert caught.value.law == law


def test_the_page_of_an_error_is_the_shortest() -> None:
    with pytest.raises(LawBroken) as caught:
        check_filter(GrowsTheTide, [PAGE * 20])
    assert caught.value.page == "tide"
    assert f"```\n{caught.value}\n```" in (ROOT / "docs" / "plugins.md").read_text(encoding="utf-8")


def test_random_pages_find_what_no_example_shows() -> None:
    with pytest.raises(LawBroken) as caught:
        check_filter(TakesOneBlank, ["no blanks"])
    assert caught.value.page == "   "


def test_pages_are_dirty() -> None:
    seen: list[str] = []
    try_on(seen.append, (), pages(["mine"]), 300)
    for wanted in (
        "\u00a0",
        "\r\n",
        "\u200b",
        "â€™",
        "灯塔",
        "Print E-mail",
        "Ilse Varnholt:",
        "has to be laid",
        "mine",
    ):
        assert any(wanted in page for page in seen), wanted
    seen.clear()
    try_on(seen.append, (), lines(["mine"]), 300)
    assert "mine" in seen


def test_a_pack_is_held_to_the_laws(tmp_path: Any) -> None:
    check_pack(ROOT / "docs" / "example-plugin" / "harbour_rules" / "packs", count=20)
    rule = tmp_path / "harbour" / "tide.toml"
    rule.parent.mkdir()
    rule.write_text(
        """
kind = "swap"
level = "safe"
summary = "Grows in every run."
why = "For this test."
match = { any_of = ['tide'], to = 'tide, tide' }
example = [{ name = "once", text = "The tide.\\n", clean = "The tide, tide.\\n" }]
keep = [{ name = "none", text = "The ebb.\\n" }]
""",
        encoding="utf-8",
    )
    with pytest.raises(LawBroken, match="once is enough: harbour/tide"):
        check_pack(tmp_path, count=20)
    rule.write_text("kind = 'swap'\n", encoding="utf-8")
    with pytest.raises(RuleError):
        check_pack(tmp_path)
