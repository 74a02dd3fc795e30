"""What a pattern needs is read off rightly: no line that it matches is ever passed over."""

from __future__ import annotations

import pytest
import re2
from hypothesis import example, given
from hypothesis import strategies as st

from cleankit.page import Page, fold
from cleankit.rules import builtin
from cleankit.rules.kinds import KINDS
from cleankit.scan import Ask, LineScan, need

LETTERS = "abSsſkKıİéÉΣσς中文 1.-"
ATOMS = st.sampled_from(
    [
        *"abskéσ中文1 -",
        r"\.",
        ".",
        r"\d",
        r"\w",
        r"\p{Han}",
        "[ab]",
        "[^a]",
        "[a-s]",
        r"[(\]]",
        "[ſk]",
        r"\x{e9}",
        r"\b",
    ]
)
PATTERNS = st.recursive(
    ATOMS,
    lambda inner: st.one_of(
        st.lists(inner, min_size=1, max_size=4).map("".join),
        st.lists(inner, min_size=1, max_size=3).map(lambda parts: f"(?:{'|'.join(parts)})"),
        inner.map(lambda part: f"(?i:{part})"),
        inner.map(lambda part: f"(?P<cut>{part})" if "cut" not in part else part),
        st.tuples(inner, st.sampled_from(["?", "*", "+", "{2}", "{1,2}", "{0,3}", "{2,}", "??"])).map(
            lambda pair: f"(?:{pair[0]}){pair[1]}"
        ),
    ),
    max_leaves=8,
)


def meets(text: str, ask: Ask) -> bool:
    return sum(fold(text).count(literal) for literal in ask.literals) >= ask.times


def scan_of(patterns: list[str]) -> LineScan:
    """Each pattern as a rule of its own."""
    return LineScan([[need(pattern)] for pattern in patterns], lambda rule, _: patterns[rule])


def compiled(pattern: str) -> object:
    options = re2.Options()
    options.log_errors = False
    try:
        return re2.compile(pattern.encode(), options)
    except re2.error:
        return None


@given(PATTERNS, st.text(LETTERS, max_size=12))
@example("(?i:s)k", "ſK")
@example("(?i:σ)a", "Σa")
@example("(?:ab){3}", "ababab")
@example("(?:a|b)(?:a|b)", "ba")
@example("(?:aa){2}", "aaaa")
def test_whatever_matches_has_what_the_pattern_needs(pattern: str, text: str) -> None:
    regex = compiled(pattern)
    if regex is None or regex.search(text.encode()) is None:  # type: ignore[attr-defined]
        return
    assert all(meets(text, ask) for ask in need(pattern).asks), need(pattern)


@given(PATTERNS, st.text(LETTERS, max_size=12))
@example("(?:a|b1){2,}", "ab1b1")
@example("[-.]*ab?", "--.ab")
@example("ab|a", "ab")
def test_no_line_that_matches_as_a_whole_holds_more_than_the_pattern_can(pattern: str, text: str) -> None:
    regex = compiled(f"^{pattern}$")
    if regex is None or regex.search(text.encode()) is None:  # type: ignore[attr-defined]
        return
    assert sum(char.isascii() and char.isalnum() for char in text) <= need(f"^{pattern}$").most


def test_every_line_that_a_rule_shows_has_what_its_patterns_need() -> None:
    asked = 0
    for rule in builtin():
        lines = {line for case in (*rule.examples, *rule.keeps) for line in Page(case.text).folded.split("\n")}
        for pattern in KINDS[rule.kind].patterns(rule):
            (needs, most), regex = need(pattern), compiled(f"(?m:{pattern})")
            for line in lines:
                if regex.search(line.encode()):  # type: ignore[attr-defined]
                    asked += len(needs)
                    assert all(meets(line, ask) for ask in needs), (rule.id, pattern, line)
                    assert sum(char.isascii() and char.isalnum() for char in line) <= most, (rule.id, pattern, line)
    assert asked > 500


def test_nearly_all_built_in_patterns_wait_for_a_word() -> None:
    rules = builtin()
    patterns = [pattern for rule in rules for pattern in KINDS[rule.kind].patterns(rule)]
    assert sum(not one.asks for rule in rules for one in rule.needs) < len(patterns) / 50
    assert [need(pattern) for pattern in patterns[:200]] == [one for rule in rules for one in rule.needs][:200]


def test_what_is_too_deep_or_too_long_to_be_read_takes_no_time() -> None:
    assert need("(" * 5_000 + "noise" + ")" * 5_000).asks == ()
    asks = need("noise " * 20_000).asks
    assert all(len(one) < 1_000 for ask in asks for one in ask.own)
    assert any("noise" in one for ask in asks for one in ask.own)


def test_letters_that_are_one_when_case_is_ignored_fold_to_one() -> None:
    for code in range(0x110000):
        char = chr(code)
        if 0xD800 <= code < 0xE000:
            continue
        assert len(fold(char)) == 1
        other = char.swapcase()
        if len(other) == 1 and other != char and char not in "ıİ":
            regex = re2.compile(f"(?i:{char})" if char.isalpha() else re2.escape(char))
            if regex.fullmatch(other):
                assert fold(other) == fold(char), (char, other)


@given(st.lists(st.sampled_from(["a", "b", "ab", "é中", "", "x a x", "\u00a0a\u00a0", "1 2", "a a"]), max_size=8))
def test_the_scan_finds_what_a_loop_over_lines_finds(lines: list[str]) -> None:
    page = Page("\n".join(lines))
    patterns = ["^ *a *$", "b", "^é", r"\d", "(?:a ?){2}"]
    scan = scan_of(patterns)
    expected = {
        (number, line)
        for number, pattern in enumerate(patterns)
        for line in range(len(page.lines))
        if re2.search(f"(?m:{pattern})", page.line_text(line))
    }
    assert {(rule, line) for rule, numbers in scan.hits(page).items() for line in numbers} == expected


def test_a_literal_across_two_stretches_is_found(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("cleankit.scan.lines.STRETCH", 8)
    scan = scan_of(["bookmark", "(?:ab){2}"])
    for shift in range(20):
        assert scan.hits(Page("." * shift + "bookmark\n" + "abab")) == {0: {0}, 1: {1}}


def test_what_is_not_worth_a_look_is_not_compiled() -> None:
    scan = scan_of(["news(?=x)"])  # RE2 would refuse it
    assert scan.hits(Page("news\n"), lambda rule, lines: set()) == {}
