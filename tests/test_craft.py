"""Rules as a craft: what a trial has to say, and that a rule begun from any page holds what it shows."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_rules import GOOD, rule_file

from cleankit.config import Choice
from cleankit.craft import draft, trial
from cleankit.craft.catalog import entries
from cleankit.craft.writing import KIND_WORDS, pattern, skeleton
from cleankit.errors import UsageError
from cleankit.page import Page
from cleankit.rules import Rule, builtin
from cleankit.rules.load import load_all, load_vocabulary, rule_of
from cleankit.rules.places import PACKS
from cleankit.scan import regex

PROSE = "The port of Ellmouth opened again on Monday after nine days, the mayor said."
VOCABULARY = load_vocabulary(PACKS)


def rule(text: str) -> Rule:
    return rule_of(Path("own/rule.toml"), text, VOCABULARY)


def said(text: str) -> list[str]:
    """What a trial of one rule by itself says."""
    one = rule(text)
    return [f"{fault.at} {fault.problem}" for fault in (*trial.alone(one), *trial.never(one))]


def test_a_good_rule_is_not_objected_to() -> None:
    assert not said(GOOD)


def test_long_lines_are_shown_where_they_differ() -> None:
    longer = GOOD.replace('"a\\nnoise\\n"\nclean = "a\\n"', f'"{PROSE}\\nnoise\\n"\nclean = "{PROSE[:-1]}!\\n"')
    assert [one.partition("clean text: ")[2] for one in said(longer)] == [
        "line 1 is '…mayor said.', not '…mayor said!'"
    ]


@pytest.mark.parametrize(
    ("old", "new", "problem"),
    [
        ("'noise'", "'nose'", "('example', 0) 'one' is not found; widen a pattern"),
        ("'noise'", "'noise|a'", "'one' becomes something else than its clean text: line 1 is '', not 'a'"),
        ('clean = "a\\n"', 'clean = "a \\n"', "line 1 is 'a', not 'a '"),
        ('clean = "a\\n"', 'clean = "a\\nnoise"', "line 2 is '', not 'noise'"),
        ("'noise'", "'noise', 'no noise here'", "('keep', 0) 'two' is not left alone: 'no noise here' is found in it"),
        ("any_of", "unless = ['o']\nany_of", "is not found; `unless` keeps the rule from it"),
        ("any_of", "at = 'head'\nany_of", "is not found; `at` keeps the rule from it"),
        ("[match]", "languages = ['de']\n[match]", "is not found; `languages` keeps the rule from it"),
        ("[[keep]]", '[[missed]]\nname = "m"\ntext = "noise"\nclean = ""\n[[keep]]', "('missed', 0) 'm' works now"),
        ("'noise'", "'noise', 'a\\x{a0}b'", "('match', 'any_of', 1) can never match: every blank of a page"),
        ("'noise'", "'noise', 'a\\tb'", "U+0009"),
        ("'noise'", "'noise', 'a\\nb'", "can never match: a pattern sees one line"),
        ("'noise'", "'noise', 'ab '", "can never match: a line is seen without the blanks at its end"),
    ],
)  # fmt: skip
def test_what_a_rule_does_not_hold_is_told(old: str, new: str, problem: str) -> None:
    assert GOOD.count(old) == 1
    assert any(problem in one for one in said(GOOD.replace(old, new)))


@pytest.mark.parametrize("part", ["noise[ \\t]*", "noise\\t?", "unless = ['x ']\nany_of = ['noise"])
def test_what_can_match_is_not_objected_to(part: str) -> None:
    text = GOOD.replace("any_of = ['noise", part) if "unless" in part else GOOD.replace("noise'", part + "'")
    assert not said(text)


def test_a_second_run_that_takes_more_is_told() -> None:
    one = rule(GOOD.replace('"line"', '"span"').replace("'noise'", "'^b'"))
    again = replace(one, examples=(replace(one.examples[0], text="bba", clean="ba"),))
    assert [fault.problem for fault in trial.alone(again)] == ["'one' is not clean yet: a second run takes 'b'"]


def test_a_word_that_no_edge_can_surround_is_told() -> None:
    text = GOOD.replace('"line"', '"swap"').replace(
        "any_of = ['noise']", "words = {noise = 'voice', \"été\" = 'été-ci'}"
    )
    one = rule(text.replace('clean = "a\\n"', 'clean = "a\\nvoice\\n"').replace("no noise", "noisy"))
    told = [fault for fault in trial.never(one) if fault.at[-1] == "été"]
    meant = regex(r"\bété\b").search(" été ".encode()) is None
    assert bool(told) == meant


def test_a_pack_is_tried_on_the_keeps_of_the_builtin_rules(tmp_path: Path) -> None:
    # a row of a table, which nav/pager leaves alone
    rule_file(tmp_path, GOOD.replace("'noise'", "'noise', '1 2 3'"), "own/numbers.toml")
    found = list(trial.tried(trial.gather([str(tmp_path)]).rules))
    harm = [one for one in found if not one.is_hint]
    assert [(one.line, one.rule) for one in harm][:1] == [(7, "own/numbers")]
    assert any("takes '1 2 3' out of a keep of nav/pager, 'a row of a table'" in one.problem for one in harm)


def test_rules_of_one_pack_are_tried_on_each_others_keeps(tmp_path: Path) -> None:
    rule_file(tmp_path, GOOD, "own/one.toml")
    rule_file(tmp_path, GOOD.replace("noise'", "no noise here'").replace("nnoise", "nno noise here"), "own/two.toml")
    text = (tmp_path / "own/two.toml").read_text(encoding="utf-8").replace('"no noise here\\n"', '"quiet\\n"')
    (tmp_path / "own/two.toml").write_text(text, encoding="utf-8")
    found = [one for one in trial.tried(trial.gather([str(tmp_path)]).rules) if not one.is_hint]
    assert [(one.rule, one.problem) for one in found] == [
        ("own/two", "takes 'no noise here' out of a keep of own/one, 'two'; narrow the pattern")
    ]


def test_a_keep_that_a_builtin_rule_takes_is_told(tmp_path: Path) -> None:
    rule_file(tmp_path, GOOD.replace("no noise here", "1 2 3 >"), "own/one.toml")
    found = [one for one in trial.tried(trial.gather([str(tmp_path)]).rules) if not one.is_hint]
    assert [(one.line, one.problem) for one in found] == [
        (12, "'two' is not left alone: nav/pager takes '1 2 3 >'; keep another line")
    ]


def test_what_need_not_be_wrong_is_a_hint(tmp_path: Path) -> None:
    patterns = f"'noise', 'quiet', '.+', '{'(?:.{0,90}x){9}' * 3}', '1 2 3 >'"
    text = GOOD.replace("'noise'", patterns).replace("a\\nnoise\\n", f"{PROSE}\\nnoise\\n1 2 3 >\\n")
    text = text.replace('clean = "a\\n"', f'clean = "{PROSE}\\n"').replace("no noise here\\n", "")
    one = rule(text.replace('text = ""', 'text = "-"'))
    rest = [f"{fault.at} {fault.problem}" for fault in trial.unshown(one)]
    assert rest == ["('match', 'any_of', 1) no example shows what this pattern and 1 more find; add one"]
    assert [fault.at for fault in trial.large(one)] == [("match", "any_of", 3)]
    assert [fault.at for fault in trial.prose(one, Page(PROSE))] == [("match", "any_of", 2)]
    assert not list(trial.prose(replace(one, kind="span"), Page(PROSE)))


def test_an_example_that_needs_no_new_rule_is_a_hint(tmp_path: Path) -> None:
    text = GOOD.replace("'noise'", "'1 2 3 >'").replace("a\\nnoise\\n", "a\\n1 2 3 >\\n")
    rule_file(tmp_path, text, "own/pages.toml")
    found = list(trial.tried(trial.gather([str(tmp_path / "own")]).rules))
    assert [(one.is_hint, one.problem) for one in found] == [
        (True, "'one' becomes clean without this rule, by nav/pager; show what is new")
    ]


def test_a_rule_that_ships_can_be_tried_where_it_stands() -> None:
    rules, errors = trial.gather([str(PACKS / "nav/pager.toml")])
    assert not errors
    assert "nav/pager" not in {one.id for one in trial.others(rules)}
    assert [one.problem for one in trial.tried(rules) if not one.is_hint] == []


@pytest.mark.parametrize(
    ("files", "path", "problem"),
    [
        ({}, "gone", "gone: does not exist; give a rule file"),
        ({"empty/.keep": ""}, "empty", "empty: holds no rule: rules stand in PACK/NAME.toml"),
    ],
)
def test_paths_without_rules_are_refused(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, files: dict[str, str], path: str, problem: str
) -> None:
    monkeypatch.chdir(tmp_path)
    for name, text in files.items():
        rule_file(tmp_path, text, name)
    with pytest.raises(UsageError) as caught:
        trial.gather([path])
    assert str(caught.value).startswith(problem)


def test_a_file_a_pack_and_a_folder_of_packs_are_one_and_the_same(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    rule_file(tmp_path, GOOD.replace("'noise'", "'{boat}', 'noise'"), "packs/own/one.toml")
    (tmp_path / "packs/vocabulary.toml").write_text("boat = ['tug']", encoding="utf-8")
    for path in ("packs", "packs/own", "packs/own/one.toml"):
        rules, errors = trial.gather([path])
        assert not errors
        assert [one.id for one in rules] == ["own/one"]
    rules, errors = trial.gather(["packs", "packs/own/one.toml", "packs/own", "./packs/../packs"])
    assert (len(rules), len(errors)) == (1, 0)


@pytest.mark.parametrize("kind", KIND_WORDS)
def test_a_skeleton_says_what_is_to_be_filled_in_and_loads_when_it_is(tmp_path: Path, kind: str) -> None:
    path = rule_file(tmp_path, skeleton(kind), "own/new.toml")
    _, errors = load_all([path], {})
    wanted = ["summary", "why", "match.any_of[0]", "example[0].name", "example[0].text", "keep[0].name", "keep[0].text"]
    assert [error.key for error in errors] == wanted
    assert all("is empty; " in str(error) and error.line for error in errors)
    text = skeleton(kind).replace("  '',", "  'noise',").replace("to = '\\1'", "to = 'voice'")
    for key in ("summary", "why", "name ", "name", "text ", "text"):
        text = "\n".join(f'{key} = "noise"' if line.startswith(f"{key} ") else line for line in text.split("\n"))
    path.write_text(text.replace('[[keep]]\nname = "noise"', '[[keep]]\nname = "x"'), encoding="utf-8")
    rules, errors = load_all([path], {})
    assert not errors
    assert rules[0].kind == kind


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("Print  (2)", r"Print +\(\d+\)"),
        ("Print\u00a0this", "Print +this"),
        ("May I help", "May I help"),
        ("3 May", r"\d+ (?i:{month})"),
        ("Montag 3. Mai 2021", r"Montag \d+\. (?i:{month}) \d+"),
        ("on Monday at 12:30", r"on (?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day at \d+:\d+"),
        ("a.b*c|d{e}[f]^$?+\\", r"a\.b\*c\|d\{e\}\[f\]\^\$\?\+\\"),
        ("第３页", r"第\p{Nd}+页"),
        ("a\u200bb", r"a\x{200b}b"),
    ],
)
def test_patterns_take_any_number_and_date(text: str, wanted: str) -> None:
    assert pattern(text) == wanted
    for general in (True, False):
        found = pattern(text, general=general).replace("{month}", VOCABULARY["month"])
        assert regex(f"^(?:{found})$").search(Page(text).folded.encode())


LINES = st.sampled_from([
    "", " ", "Home", "Related:", PROSE, "Print (2)", "3 May 2021", "1\u00a0 2 >", "• Share", "港口 [1]", "a\\b'\"c",
    "\u200bTop", "{network}", "Café\u00a0»", "  indented  ", "x" * 90,
])  # fmt: skip


def without(text: str, where: draft.Place) -> str:
    """The page without what is cut: the blank lines at the ends of the cut stay, and so do blanks at a line's end."""
    page = Page(text)
    numbers = [number for number in range(where.first - 1, where.last) if page.line_text(number)]
    start, stop = page.lines[numbers[0]].start, page.lines[numbers[-1]].stop
    whole = text[start : page.lines[numbers[0]].end].rstrip()
    if where.start and (whole[: where.start - 1].strip() or where.end < len(whole)):
        start, stop = start + where.start - 1, start + min(where.end, len(whole))
    return text[:start] + text[stop:]


@given(st.lists(LINES, min_size=1, max_size=8), st.sampled_from(["\n", "\r\n"]), st.booleans(), st.data())
def test_a_rule_cut_from_any_page_holds_what_it_shows(
    lines: list[str], end: str, last: bool, data: st.DataObject
) -> None:
    text = end.join(lines) + (end if last or not lines[-1] else "")  # an empty line ends, too
    first = data.draw(st.integers(1, len(lines)))
    if data.draw(st.booleans()) and lines[first - 1]:
        start = data.draw(st.integers(1, len(lines[first - 1])))
        where = draft.Place("page.txt", first, first, start, data.draw(st.integers(start, len(lines[first - 1]))))
    else:
        where = draft.Place("page.txt", first, data.draw(st.integers(first, len(lines))))
    try:
        written = draft.cut(text, where)
    except UsageError:
        stripped = [line.strip() for line in lines]
        assert where.start or not any(stripped[first - 1 : where.last]) or len(set(stripped)) < len(stripped)
        return
    head, _, keep = written.rpartition("[[keep]]")
    assert 'name = "" ' in keep
    one = rule(head + '[[keep]]\nname = "a"\ntext = "Agreed."\n')
    assert not [fault for fault in trial.alone(one) if fault.at[0] == "example"]
    case = one.examples[0]
    parts = [
        text[:at] + case.clean + text[at + len(case.text) :]
        for at in range(len(text))
        if text.startswith(case.text, at)
    ]
    assert without(text, where) in parts


@pytest.mark.parametrize(
    ("place", "wanted"),
    [
        ("page.txt:12", ("page.txt", 12, 12, 0, 0)),
        ("page.txt:12-18", ("page.txt", 12, 18, 0, 0)),
        ("page.txt:12:5-30", ("page.txt", 12, 12, 5, 30)),
        ("C:\\pages\\a:b.txt:3", ("C:\\pages\\a:b.txt", 3, 3, 0, 0)),
    ],
)
def test_places_are_read(place: str, wanted: tuple[str, int, int, int, int]) -> None:
    assert draft.place(place) == draft.Place(*wanted)


@pytest.mark.parametrize(
    "place", ["page.txt", "page.txt:", "page.txt:0", "page.txt:5-3", "page.txt:2:9-3", "p:2:0-3", ":3"]
)
def test_places_that_are_none_are_refused(place: str) -> None:
    with pytest.raises(UsageError):
        draft.place(place)


def test_every_rule_shows_an_example_and_where_it_stands() -> None:
    known = entries(Choice(plugins=False))
    assert {one.id for one in builtin()} < set(known)
    for name, entry in known.items():
        assert Path(entry.path).is_file(), name
        if entry.source is None:  # about an entry of a sidecar, and not about a text
            continue
        assert entry.examples, name
        changed = any(case.text != case.clean for case in entry.examples)
        assert changed == (entry.about.level != "flag"), name
