"""The arithmetic that everything reversible stands on."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleankit.edits import Homeward, apply, invert, resolve
from cleankit.model import Edit, Finding, Safety, Span, deletion, replacement

TEXT = st.text("ab\n\r\u00a0中é", max_size=40)


@st.composite
def texts_with_findings(draw: st.DrawFn) -> tuple[str, list[Finding]]:
    text = draw(TEXT)
    findings = []
    for i in range(draw(st.integers(0, 6))):
        start = draw(st.integers(0, len(text)))
        end = draw(st.integers(start, len(text)))
        new = draw(st.text("xy", max_size=3))
        findings.append(replacement(f"rule/{i}", "", text, start, end, new))
    return text, findings


def edits_of(findings: list[Finding]) -> list[Edit]:
    return [finding.fix for finding in findings if finding.fix]


@given(texts_with_findings())
def test_inverse_gives_the_text_back(case: tuple[str, list[Finding]]) -> None:
    text, findings = case
    won = resolve(findings).won
    after = apply(text, edits_of(won))
    assert apply(after, invert(edits_of(won))) == text


@given(texts_with_findings())
def test_winners_are_sorted_and_apart(case: tuple[str, list[Finding]]) -> None:
    _, findings = case
    won = edits_of(resolve(findings).won)
    for one, two in pairwise(won):
        assert one.end <= two.start
        assert (one.start, one.end) != (two.start, two.end)


@given(texts_with_findings(), st.randoms())
def test_the_order_of_findings_does_not_matter(case: tuple[str, list[Finding]], random: object) -> None:
    _, findings = case
    shuffled = list(findings)
    random.shuffle(shuffled)  # type: ignore[attr-defined]
    assert resolve(findings) == resolve(shuffled)


@given(st.lists(st.tuples(st.integers(0, 20), st.integers(0, 20)), max_size=6))
def test_deletions_together_take_out_their_union(pairs: list[tuple[int, int]]) -> None:
    text = "abcdefghijklmnopqrst"
    spans = [(min(p), max(p)) for p in pairs if p[0] != p[1]]
    won, lost, _ = resolve(deletion(f"r/{i}", "", text, a, b) for i, (a, b) in enumerate(spans))
    assert not lost
    left = "".join(c for i, c in enumerate(text) if not any(a <= i < b for a, b in spans))
    assert apply(text, edits_of(won)) == left


@given(texts_with_findings(), st.data())
def test_untouched_characters_are_found_at_home(case: tuple[str, list[Finding]], data: st.DataObject) -> None:
    text, findings = case
    edits = edits_of(resolve(findings).won)
    after = apply(text, edits)
    home = Homeward(edits)
    kept = [i for i in range(len(text)) if not any(e.start <= i < e.end for e in edits)]
    position, shift = {}, 0
    for edit in (*edits, Edit(len(text) + 1, len(text) + 1, "", "")):
        for i in kept:
            if i < edit.start and i not in position:
                position[i] = i + shift
        shift += len(edit.new) - len(edit.old)
    for i, j in position.items():
        assert after[j] == text[i]
        assert home.span(Span(j, j + 1)) == Span(i, i + 1)


def test_the_longer_of_two_from_one_start_wins() -> None:
    short, long = (replacement(name, "", "abcdef", 0, end, "x") for name, end in (("a/a", 2), ("b/b", 4)))
    assert resolve([short, long]) == ([long], [short], [])


def test_an_edit_that_does_not_fit_is_refused() -> None:
    with pytest.raises(ValueError, match="does not fit"):
        apply("abc", [Edit(0, 1, "b", "")])


def test_safety_ranks_from_safe_to_flag() -> None:
    assert [s.rank for s in (Safety.SAFE, Safety.SUGGESTED, Safety.FLAG)] == [0, 1, 2]
