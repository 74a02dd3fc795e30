"""Rule files that do not load say which file, which key, and why; those that load find the right lines."""

from __future__ import annotations

import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleankit.errors import RuleError
from cleankit.page import Page
from cleankit.rules import RuleSet, builtin, load_packs, load_rule

GOOD = """
kind = "line"
level = "safe"
summary = "A test."
why = "For the test."
[match]
any_of = ['noise']
[[example]]
name = "one"
text = "a\\nnoise\\n"
clean = "a\\n"
[[keep]]
name = "two"
text = "no noise here\\n"
"""


def rule_file(folder: Path, text: str, name: str = "pack/some-rule.toml") -> Path:
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def test_a_good_rule_loads(tmp_path: Path) -> None:
    rule = load_rule(rule_file(tmp_path, GOOD), {})
    assert (rule.id, rule.kind, rule.match.any_of) == ("pack/some-rule", "line", ("noise",))


@pytest.mark.parametrize(
    ("change", "key", "problem"),
    [
        (('kind = "line"', 'kind = "lines"'), "kind", "not one of line, block"),
        (('level = "safe"', 'level = "sure"'), "level", "not one of safe"),
        (('why = "For the test."', ""), "why", "is missing"),
        (("summary =", "sumary ="), "sumary", "not a known key"),
        (('[[keep]]\nname = "two"\ntext = "no noise here\\n"', ""), "keep", "is missing"),
        (("any_of = ['noise']", "any_of = []"), "match.any_of", "is missing"),
        (("any_of = ['noise']", "any_of = 'noise'"), "match.any_of", "must be a list"),
        (("any_of = ['noise']", "any_of = [3]"), "match.any_of[0]", "must be a pattern"),
        (("any_of = ['noise']", "any_of = ['{nowhere}']"), "match.any_of[0]", "not in vocabulary"),
        (("any_of = ['noise']", "any_of = ['noise']\nat = 'top'"), "match.at", "not one of anywhere"),
        (("any_of = ['noise']", "any_of = ['noise']\nmembers = ['x']"), "match.members", "not read by kind"),
        (('clean = "a\\n"', ""), "example[0].clean", "is missing"),
    ],
)
def test_a_broken_rule_names_file_and_key(tmp_path: Path, change: tuple[str, str], key: str, problem: str) -> None:
    assert change[0] in GOOD
    path = rule_file(tmp_path, GOOD.replace(*change))
    with pytest.raises(RuleError) as caught:
        load_rule(path, {})
    assert caught.value.key == key
    assert str(path) in str(caught.value)
    assert problem in str(caught.value)


def test_broken_toml_names_the_file(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match=r"some-rule\.toml: is not valid TOML"):
        load_rule(rule_file(tmp_path, "kind ="), {})


def test_names_are_kebab_case(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="kebab-case"):
        load_rule(rule_file(tmp_path, GOOD, "pack/Some_Rule.toml"), {})


def test_a_pattern_that_re2_refuses_is_blamed_by_file_and_key(tmp_path: Path) -> None:
    rule_file(tmp_path, GOOD, "pack/good.toml")
    bad = rule_file(tmp_path, GOOD.replace("'noise'", "'noise', '(?=x)y'"), "pack/look-ahead.toml")
    with pytest.raises(RuleError) as caught:
        RuleSet("test", load_packs(tmp_path))
    assert caught.value.path == str(bad)
    assert caught.value.key == "match.any_of[1]"


def test_patterns_that_are_needed_late_are_tried_early(tmp_path: Path) -> None:
    bad = rule_file(tmp_path, GOOD.replace("[match]", "[match]\nunless = ['fine', '(']"))
    with pytest.raises(RuleError, match=r"match.unless\[1\]: RE2 does not take this pattern") as caught:
        load_packs(tmp_path)
    assert caught.value.path == str(bad)


def test_a_group_that_the_pattern_lacks_is_refused(tmp_path: Path) -> None:
    rule_file(
        tmp_path, GOOD.replace('"line"', '"swap"').replace("'line'", "'swap'").replace("[match]", "[match]\nto = '\\2'")
    )
    with pytest.raises(RuleError, match="has 0 groups"):
        load_packs(tmp_path)


def test_a_folder_of_packs_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(RuleError, match="is no folder"):
        load_packs(tmp_path / "packs")


def test_the_patterns_of_the_builtin_rules_are_tried() -> None:
    assert load_packs() == builtin()


def test_a_pattern_that_matches_nothing_at_all_is_refused(tmp_path: Path) -> None:
    rule_file(tmp_path, GOOD.replace("'noise'", "'(?:noise)*'"))
    with pytest.raises(RuleError, match="matches an empty line"):
        RuleSet("test", load_packs(tmp_path))


def test_a_rule_set_pickles_as_its_rules() -> None:
    rules = builtin()
    again = pickle.loads(pickle.dumps(RuleSet("all", rules)))
    page = Page("<  1  2\n")
    assert again.rules == rules
    assert list(again(page)) == list(RuleSet("all", rules)(page))


@given(st.text("ab \t\u00a0\r\n中", max_size=30))
def test_lines_cover_the_text(text: str) -> None:
    page = Page(text)
    assert "".join(text[line.start : line.stop] for line in page.lines) == text
    assert len(page.folded) == len(text)
    assert all(set(text[line.end : line.stop]) <= {"\r", "\n"} for line in page.lines)
    rows = [page.data[at:].decode().split("\n")[0] for at in page.line_bytes]
    assert rows == [page.folded[line.start : line.end] for line in page.lines]
