"""Which rules a line of ids, packs and globs means."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleankit.errors import UnknownRule
from cleankit.selection import Selection, check, fits

RULES = ("nav/pager", "nav/menu", "nav/share-bar", "social/share-bar", "social/share-line", "typos/misspelling")


def chosen(select: tuple[str, ...], ignore: tuple[str, ...] = ()) -> list[str]:
    return [rule for rule in RULES if Selection(select, ignore)(rule)]


@pytest.mark.parametrize(
    ("selector", "meant"),
    [
        ("nav", {"nav/pager", "nav/menu", "nav/share-bar"}),
        ("nav/*", {"nav/pager", "nav/menu", "nav/share-bar"}),
        ("nav/pager", {"nav/pager"}),
        ("*/share-*", {"nav/share-bar", "social/share-bar", "social/share-line"}),
        ("s*", {"social/share-bar", "social/share-line"}),
        ("*/[mp]*", {"nav/pager", "nav/menu", "typos/misspelling"}),
        ("*", set(RULES)),
        ("na", set()),
        ("pager", set()),
        ("nav/", set()),
        ("NAV", set()),
    ],
)
def test_a_selector_means_rules(selector: str, meant: set[str]) -> None:
    assert {rule for rule in RULES if fits(selector, rule)} == meant


@pytest.mark.parametrize(
    ("select", "ignore", "left"),
    [
        (("*",), (), list(RULES)),
        ((), (), []),
        (("nav",), ("nav/pager",), ["nav/menu", "nav/share-bar"]),
        (("nav/pager",), ("nav",), ["nav/pager"]),
        (("nav/pager",), ("nav/pager",), []),
        (("nav",), ("nav/*",), []),
        (("nav",), ("*/share-*",), ["nav/pager", "nav/menu"]),
        (("nav/share-bar",), ("*/share-*",), ["nav/share-bar"]),
        (("nav",), ("*",), ["nav/pager", "nav/menu", "nav/share-bar"]),
        (("*", "nav/pager"), ("nav", "social"), ["nav/pager", "typos/misspelling"]),
    ],
)
def test_the_more_specific_wins_and_then_ignore(
    select: tuple[str, ...], ignore: tuple[str, ...], left: list[str]
) -> None:
    assert chosen(select, ignore) == left


@pytest.mark.parametrize(
    ("name", "told"),
    [
        ("nav/pagr", "there is no rule 'nav/pagr'; did you mean nav/pager?"),
        ("typo", "there is no pack 'typo'; did you mean typos?"),
        ("zzz/*", "no rule fits 'zzz/*'; `cleankit rules list` shows all"),
        ("", "there is no pack ''; `cleankit rules list` shows all"),
    ],
)
def test_a_name_that_means_nothing_is_told(name: str, told: str) -> None:
    with pytest.raises(UnknownRule) as error:
        check((name,), RULES, "ignore")
    assert error.value.problem == told
    assert (error.value.key, error.value.name) == ("ignore", name)


SELECTORS = st.sampled_from(
    ["*", "nav", "nav/*", "social", "*/share-*", "nav/s*", "nav/pager", "social/share-bar", "typos"]
)


@given(st.lists(SELECTORS), st.lists(SELECTORS))
def test_order_and_repetition_do_not_matter(select: list[str], ignore: list[str]) -> None:
    assert chosen(tuple(select), tuple(ignore)) == chosen(tuple(sorted(set(select))), tuple(reversed(ignore * 2)))
