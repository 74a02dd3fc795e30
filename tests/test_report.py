"""A report is a sum: nothing is its zero, and neither order nor grouping shows in it."""

from __future__ import annotations

from functools import reduce
from operator import add

from hypothesis import given
from hypothesis import strategies as st

from cleankit import recipe, report
from cleankit.model import Document
from cleankit.report import SAMPLES, Report, Sample, Tally

RULES = st.sampled_from(["nav/pager", "space/no-break", "gaps/lost-name"])
TALLIES = st.builds(Tally, *[st.integers(0, 5)] * 5)
DIGITS = st.text("0123", min_size=2, max_size=2)
SAMPLE = st.builds(Sample, RULES, DIGITS, st.just("page"), st.just("old"), st.just(""), st.booleans())


def reports() -> st.SearchStrategy[Report]:
    counts = [st.integers(0, 9)] * 5
    rules = st.dictionaries(RULES, TALLIES)
    return st.builds(Report, *counts, rules, st.lists(SAMPLE, max_size=6).map(report._smallest))


@given(reports())
def test_nothing_is_zero(one: Report) -> None:
    assert one + Report() == Report() + one == one


@given(st.lists(reports(), max_size=5), st.randoms())
def test_order_and_grouping_do_not_show(parts: list[Report], random: object) -> None:
    whole = reduce(add, parts, Report())
    mixed = list(parts)
    random.shuffle(mixed)  # type: ignore[attr-defined]
    assert reduce(add, mixed, Report()) == whole == report.total(mixed)
    assert report.total(mixed[:2]) + report.total(mixed[2:]) == whole
    assert list(whole.to_dict()["rules"]) == sorted(whole.rules)


@given(st.lists(reports(), max_size=4))
def test_samples_stay_few(parts: list[Report]) -> None:
    samples = report.total(parts).samples
    for rule in {sample.rule for sample in samples}:
        assert sum(sample.rule == rule for sample in samples) <= SAMPLES


def test_a_document_is_counted_rule_by_rule() -> None:
    text = "The floor is open.\n\n1 2 3 >\n"
    one = report.of(recipe.default().run(Document("a", text)))
    assert (one.docs, one.changed, one.failed, one.chars) == (1, 1, 0, len(text))
    assert one.rules["nav/pager"] == Tally(docs=1, applied=1, removed=8)
    assert one.removed == len(text) - len("The floor is open.\n")
    two = one + report.of(recipe.default().run(Document("b", "Clean.\n"))) + report.failure()
    assert (two.docs, two.changed, two.failed) == (3, 1, 1)
    assert two.rules["nav/pager"].docs == 1
