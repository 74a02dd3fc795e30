"""Entries, baselines and words that are right: what is read, matched, reported and written."""

from __future__ import annotations

import json
import os
import pickle
import re
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from conftest import ROOT
from hypothesis import given, settings
from hypothesis import strategies as st
from test_laws import LEVELS, texts

from cleankit import fingerprint, ledger, recipe
from cleankit.config import Choice
from cleankit.errors import ConfigError, UsageError
from cleankit.model import Document, Finding, Safety, Span, flag, replacement
from cleankit.pipeline import WAITS, Outcome, Pipeline, Stage
from cleankit.suppress import ABOUT, write
from cleankit.suppress.entries import Entry, load
from cleankit.suppress.matching import is_allowed, is_over
from cleankit.suppress.spares import BASELINE, SIDECAR, Spares, spares_for
from cleankit.suppress.tally import Stale, Tally
from cleankit.toml import TomlError, parse, written

SCHEMA = json.loads((ROOT / "schemas/ignore.schema.json").read_text(encoding="utf-8"))
PAGE = "The harbour is open. \n\n1 2 3 >\n\nA long day.\n\n1 2 3 >\n"
PAGER = "nav/pager"
ENTRY = '[[ignore]]\nrule = "nav/pager"\nline = "{}"\nreason = "a table"\n'


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def known() -> list[str]:
    return [about.rule for about in recipe.abouts(Choice())]


def run(spares: Spares | None, text: str, level: Safety = Safety.SAFE) -> Outcome:
    pipeline = recipe.default(level)
    return (pipeline.sparing(spares.judge) if spares else pipeline).run(Document("page", text))


def line_of(text: str, rule: str) -> str:
    """The hash of the line of the first finding of a rule."""
    return next(fingerprint.line(f, text) for f in run(None, text, Safety.SUGGESTED).findings if f.rule == rule)


def rules(findings: tuple[Finding, ...]) -> list[str]:
    return [finding.rule for finding in findings]


def put(name: str, text: str) -> None:
    Path(name).parent.mkdir(parents=True, exist_ok=True)
    Path(name).write_text(text, encoding="utf-8")


def put_entry(extra: str = "", name: str = SIDECAR, text: str = PAGE) -> None:
    put(name, ENTRY.format(line_of(text, PAGER)) + extra)


# --- the fingerprint


def at(text: str, words: str, rule: str = "nav/pager") -> Finding:
    start = text.index(words)
    return flag(rule, "", start, start + len(words))


def test_a_line_is_known_when_what_stands_around_it_changes() -> None:
    text = "One.\nThe “harbour” is open\nTwo.\n"
    other = 'Zero.\n\n\nOne.\r\n\tThe\u00a0 "harbour"\u200b  is open  \r\nThree.\r\n'
    assert fingerprint.line(at(text, "harbour"), text) == fingerprint.line(at(other, "harbour"), other)
    assert fingerprint.of(at(text, "harbour"), text) == fingerprint.of(at(other, "harbour"), other)


@pytest.mark.parametrize(
    ("before", "after"),
    [("the caf\u00e9 is open", "the caf\u00c3\u00a9 is open"), ("Tide &amp; Co", "Tide & Co"), ("it\u2019s", "itâ€™s")],
)
def test_a_line_is_known_before_and_after_its_characters_are_repaired(before: str, after: str) -> None:
    assert fingerprint.words(before) == fingerprint.words(after)


def test_words_and_rules_tell_findings_apart() -> None:
    text = "The harbour is open.\nThe harbour is closed.\n"
    assert fingerprint.line(at(text, "open"), text) != fingerprint.line(at(text, "closed"), text)
    one, other = at(text, "open"), at(text, "open", "nav/menu")
    assert fingerprint.line(one, text) == fingerprint.line(other, text)
    assert fingerprint.of(one, text) != fingerprint.of(other, text)


def test_in_a_long_line_the_words_near_by_count() -> None:
    long = "The clerks read the names of forty harbours aloud while the tide table was being passed along the rows. "
    text = long * 3 + "Here teh boat lands. " + long * 3
    other = "Something else. " + text + "And something more."
    assert fingerprint.line(at(text, "teh"), text) == fingerprint.line(at(other, "teh"), other)
    near = text.replace("Here", "There")
    assert fingerprint.line(at(text, "teh"), text) != fingerprint.line(at(near, "teh"), near)
    window = fingerprint.window(at(text, "teh"), text)
    assert "Here teh boat" in text[window.span.start : window.span.end]
    assert len(window.words) == 2 * fingerprint.REACH


@pytest.mark.parametrize("blanks", [0, 30, 5000])
def test_a_line_of_blanks_and_letters_is_searched_as_far_as_need_be(blanks: int) -> None:
    text = f"{'abcd ' * 20}{' ' * blanks}x{' ' * blanks}{' efgh' * 20}"
    words = fingerprint.window(at(text, "x"), text).words
    assert words == "abcd" * 10 + "x" + ("efgh" * 10)[:-1]


def test_a_line_without_letters_is_known_by_its_marks() -> None:
    text = "---\n***\n"
    assert fingerprint.line(at(text, "---"), text) != fingerprint.line(at(text, "***"), text)


def test_a_finding_that_ends_with_its_line_touches_no_other() -> None:
    one, two = "1 2 3 >\nThe harbour.\n", "1 2 3 >\nA boat.\n"
    assert fingerprint.line(at(one, "1 2 3 >\n"), one) == fingerprint.line(at(two, "1 2 3 >\n"), two)
    assert fingerprint.line(at(one, "1 2 3 >\n"), one) == fingerprint.line(at(one, "1 2 3 >"), one)


def test_a_finding_in_json_is_known_by_its_pointer() -> None:
    one = Finding("schema/type", "", "/turns/0")
    assert fingerprint.of(one, "") != fingerprint.of(Finding("schema/type", "", "/turns/1"), "")


@given(st.text(alphabet="ab \u00a0\n\r-é\ud800", max_size=40), st.integers(0, 40), st.integers(0, 40))
def test_any_span_of_any_text_has_a_window_around_it(text: str, start: int, length: int) -> None:
    start = min(start, len(text))
    end = min(start + length, len(text))
    found = list(fingerprint.windows(flag("a/b", "", start, end), text))
    assert all(0 <= window.span.start <= window.span.end <= len(text) for window in found)
    assert fingerprint.words(text[start:end]) in fingerprint.words("".join(window.words for window in found))
    assert len(fingerprint.line(flag("a/b", "", start, end), text)) == 16


# --- what is left alone


def test_what_an_entry_names_is_left_alone_and_all_else_is_done() -> None:
    put_entry()
    outcome = run(spares_for("page.txt"), PAGE)
    assert rules(outcome.spared) == [PAGER, PAGER]
    assert outcome.result.text == PAGE.replace(". \n", ".\n")
    assert PAGER not in rules(outcome.findings)


def test_nothing_is_hashed_for_rules_that_no_entry_names(monkeypatch: pytest.MonkeyPatch) -> None:
    put_entry()
    seen: list[str] = []
    real = fingerprint.windows
    monkeypatch.setattr(fingerprint, "windows", lambda f, text: (seen.append(f.rule), real(f, text))[1])
    run(spares_for("page.txt"), PAGE)
    assert set(seen) == {PAGER}


def test_without_a_file_there_is_nothing_to_ask() -> None:
    assert spares_for("page.txt") is None
    put_entry('path = "other.txt"\n')
    spares = spares_for("page.txt")
    assert spares is not None
    assert spares.judge(Document("page", PAGE)) is None


@pytest.mark.parametrize(
    ("path", "holds"),
    [
        ("a/page.txt", True),
        ("a/*.txt", True),
        ("**/page.txt", True),
        ("*.txt", True),
        ("page.txt", False),
        ("b/*.txt", False),
        ("a", False),
    ],
)
def test_a_path_is_a_file_or_a_glob_from_the_folder_of_the_entries(path: str, holds: bool) -> None:
    put_entry(f'path = "{path}"\n')
    put("a/page.txt", PAGE)
    assert bool(run(spares_for("a/page.txt"), PAGE).spared) is holds


@pytest.mark.parametrize(("rule", "holds"), [("nav", True), ("nav/*", True), ("*/pager", True), ("widgets", False)])
def test_a_rule_is_an_id_a_pack_or_a_glob(rule: str, holds: bool) -> None:
    put(SIDECAR, ENTRY.format(line_of(PAGE, PAGER)).replace("nav/pager", rule))
    assert bool(run(spares_for("page.txt"), PAGE).spared) is holds


def test_the_nearest_file_counts_and_one_that_is_named_counts_instead() -> None:
    put_entry()
    put("a/" + SIDECAR, "")
    assert not run(spares_for("a/page.txt"), PAGE).spared
    assert run(spares_for("b/page.txt"), PAGE).spared
    assert run(spares_for("a/page.txt", SIDECAR), PAGE).spared
    assert run(spares_for("-"), PAGE).spared


def test_an_entry_holds_up_to_its_last_day() -> None:
    put_entry("expires = 2031-05-01\n")
    (entry,) = load(SIDECAR).entries
    assert not is_over(entry, date(2031, 5, 1))
    assert is_over(entry, date(2031, 5, 2))


def test_a_count_is_a_count_in_one_document() -> None:
    put_entry("count = 1\n")
    outcome = run(spares_for("page.txt"), PAGE)
    assert [f.at for f in outcome.spared if f.rule == PAGER] == [Span(23, 31)]
    assert outcome.result.text.count("1 2 3 >") == 1
    assert run(spares_for("page.txt"), outcome.result.text).applied == ()


def test_a_word_that_another_fix_changes_waits_beside_what_is_left_alone() -> None:
    text = "The goverment spoke of the enviroment that day, and of the harbour and its boats as well.\n"
    rule = "typos/misspelling"
    found = [f for f in run(None, text).applied if f.rule.startswith("typos/")]
    assert len(found) == 2, "two words that the built-in rules know"
    rule = found[0].rule
    put(SIDECAR, ENTRY.format(fingerprint.line(found[0], text)).replace(PAGER, rule))
    outcome = run(spares_for("page.txt"), text)
    assert [f.at for f in outcome.spared] == [found[0].at]
    assert outcome.result.text == text
    assert [f.at for f in outcome.open] == [found[1].at]
    assert WAITS in outcome.open[0].evidence
    assert run(spares_for("page.txt"), outcome.result.text).result.text == text


def test_what_was_cleaned_with_something_left_alone_comes_back() -> None:
    put_entry("count = 1\n")
    outcome = run(spares_for("page.txt"), PAGE)
    assert outcome.result.text != PAGE
    journal = ledger.read(ledger.write(ledger.of(outcome)), "ledger")
    assert ledger.restore(outcome.result.text, journal) == PAGE.encode()


# --- words that are right


@pytest.mark.parametrize(
    ("word", "allowed", "spared"),
    [
        ("goverment", "goverment", True),
        ("Goverment", "goverment", True),
        ("GOVERMENT", "goverment", True),
        ("Goverment", "Goverment", True),
        ("goverment", "Goverment", False),
        ("goverment", "government", False),
        ("goverment", "harbour", False),
    ],
)
def test_allowed_words(word: str, allowed: str, spared: bool) -> None:
    text = f"See {word} now."
    finding = replacement("typos/misspelling", "", text, 4, 4 + len(word), "government")
    assert is_allowed(finding, text, [allowed]) is spared


def test_allowed_words_are_about_spelling_only() -> None:
    text = "Print goverment"
    assert not is_allowed(replacement("widgets/print", "", text, 0, 15, ""), text, ["goverment"])
    assert is_allowed(replacement("own/rule", "", text, 6, 15, "government"), text, ["goverment"])
    assert is_allowed(flag("typos/other", "", 6, 15), text, ["goverment"])
    # the word is there before and after: it is not what the fix is about
    assert not is_allowed(replacement("typos/x", "", "goverment ,x", 0, 12, "goverment, x"), "", ["goverment"])


def test_an_allowed_word_stays_and_its_neighbours_are_mended() -> None:
    text = "The goverment spoke of the enviroment that day, and of the harbour and its boats as well.\n"
    spares = spares_for("page.txt", words=["goverment"])
    outcome = run(spares, text)
    assert outcome.result.text == text.replace("enviroment", "environment")
    assert rules(outcome.spared) == [f.rule for f in outcome.applied]
    assert run(spares, outcome.result.text).applied == ()


# --- what is wrong with a file


WRONG = [
    ("[[ignore", "1:9: is not valid TOML"),
    ("\n\nx = 1", ":3: x: is not a known key; an entry begins with"),
    ("ignore = 3", ":1: ignore: must be a list of tables"),
    ("ignore = [3]", ":1: ignore: must be a list of tables"),
    ('[[ignore]]\nrule = "nav"\nline = "0123456789abcdef"', ":1: ignore[0].reason: is missing"),
    ('[[ignore]]\nreson = "x"', ":2: ignore[0].reson: is not a known key; did you mean reason?"),
    ('[[ignore]]\nzzz = "x"', "is not a known key; known are rule, path, line"),
    ('[[ignore]]\nreason = "x"\nrule = ""', ":3: ignore[0].rule: must be a string that is not empty"),
    ('[[ignore]]\nrule = "a/b/c"', ":2: ignore[0].rule: must be a rule's id, a pack or a glob"),
    ('[[ignore]]\nline = "xyz"', ":2: ignore[0].line: must be 16 hexadecimal digits"),
    ('[[ignore]]\nreason = "  "', ":2: ignore[0].reason: must be a string that says why"),
    ('[[ignore]]\npath = "/etc/x"', ":2: ignore[0].path: must be a path from the folder of this file"),
    ("[[ignore]]\npath = 'a\\b'", ":2: ignore[0].path: must have slashes"),
    ('[[ignore]]\nexpires = "2031-01-01"', ":2: ignore[0].expires: must be a date without quotes"),
    ("[[ignore]]\nexpires = 2031-01-01T00:00:00", "must be a date without quotes"),
    ("[[ignore]]\nexpires = 2031-02-30", ":2:"),
    ("[[ignore]]\ncount = 0", ":2: ignore[0].count: must be a whole number above 0"),
    ("[[ignore]]\ncount = true", "must be a whole number above 0"),
    ("[[ignore]]\nexcerpt = 1", "excerpt: must be a string"),
]


@pytest.mark.parametrize(("text", "said"), WRONG)
def test_a_file_that_is_wrong_says_where(text: str, said: str) -> None:
    put(SIDECAR, text)
    with pytest.raises(ConfigError) as wrong:
        load(SIDECAR)
    assert str(wrong.value).startswith(SIDECAR + ":")
    assert said in str(wrong.value)


def test_a_file_that_cannot_be_read_says_so() -> None:
    Path(SIDECAR).write_bytes(b"# caf\xe9")
    with pytest.raises(ConfigError, match=":1: is not UTF-8"):
        load(SIDECAR)
    with pytest.raises(ConfigError, match="does not exist"):
        load("gone.toml")
    with pytest.raises(ConfigError, match="is a folder"):
        load(".")


GOOD = (
    "",
    "ignore = []",
    ENTRY.format("0" * 16),
    ENTRY.format("0" * 16) + 'path = "a/*.txt"\ncount = 3\nexpires = 2031-01-01\nexcerpt = ""\n',
    ENTRY.format("0" * 16).replace("nav/pager", "*/p*") + "path = 'caf?\\[1].txt'\n",
)
WRONG_TOO = tuple(
    ENTRY.format("0" * 16).replace(*change)
    for change in (("nav/pager", "nav/"), ("nav/pager", "/pager"), ("a table", " "), ("nav", "a b"), ("0000", "000g"))
)


@pytest.mark.parametrize("text", [*GOOD, *WRONG_TOO, *(text for text, _ in WRONG)])
def test_the_schema_says_the_same_as_the_reader(text: str) -> None:
    put(SIDECAR, text)
    try:
        table = json.loads(json.dumps(parse(text), default=str))
    except TomlError:
        return
    if 'expires = "' in text or "T00:00" in text:
        pytest.skip("a date in quotes is JSON's form of a date")
    fits = jsonschema.Draft202012Validator(SCHEMA).is_valid(table)
    assert fits is (text in GOOD)
    try:
        load(SIDECAR)
    except ConfigError:
        assert not fits
    else:
        assert fits


def test_what_is_written_fits_the_schema() -> None:
    for text in (write_baseline(seeds()), write.appended("", [Entry("nav/pager", "0" * 16, "why", "a.txt")])):
        jsonschema.Draft202012Validator(SCHEMA).validate(parse(text))


values = st.one_of(
    st.none(), st.booleans(), st.integers(), st.text(max_size=5), st.sampled_from(["nav", "0123456789abcdef", "a/b"])
)
tables = st.dictionaries(st.sampled_from(["rule", "line", "reason", "path", "count", "expires", "x"]), values)


@given(st.lists(tables, max_size=3))
@settings(max_examples=60)
def test_any_entries_load_or_are_refused(entries: list[dict[str, Any]]) -> None:
    rows = [", ".join(f"{key} = {_toml(value)}" for key, value in entry.items()) for entry in entries]
    Path(SIDECAR).write_text("ignore = [" + ",\n".join(f"{{{row}}}" for row in rows) + "]", encoding="utf-8")
    try:
        book = load(SIDECAR)
    except ConfigError:
        return
    assert len(book.entries) == len(entries)
    assert all(entry.reason.strip() and len(entry.line) == 16 for entry in book.entries)


def _toml(value: object) -> str:
    return written(value) if isinstance(value, str | bool) else "2031-01-01" if value is None else str(value)


# --- what is out of date


def stale(text: str = PAGE, path: str = "page.txt", wanted: Any = lambda _: True, **how: Any) -> list[Stale]:
    tally = Tally()
    spares = spares_for(path)
    tally.see(spares, text, run(spares, text).spared, known, wanted)
    return list(tally.stale(**how))


def test_an_entry_that_finds_nothing_is_told_of_with_its_place() -> None:
    put_entry('path = "page.txt"\n')
    assert stale() == []
    ((path, text, (finding,)),) = stale("The harbour is open.\n")
    assert (path, finding.rule, finding.message) == (
        SIDECAR, "ignore/unused", "nav/pager is no longer found in page.txt; take the entry out",
    )  # fmt: skip
    assert isinstance(finding.at, Span)
    assert text[finding.at.start : finding.at.end] == "[[ignore]]"
    assert ("reason", "a table") in finding.evidence
    assert finding.fix is None


def test_an_entry_for_what_comes_to_light_behind_an_edit_that_waits_for_it_is_in_use() -> None:
    text = "Print E-mail  1\u00a0\u00a0 2\u00a0\u00a0 > \n"
    put(SIDECAR, ENTRY.format(line_of(text, PAGER)) + 'path = "page.txt"\n')
    outcome = run(spares_for("page.txt"), text)
    assert rules(outcome.spared) == [PAGER]
    assert "widgets/glued-page-tools" in rules(outcome.open)
    assert stale(text) == []


def test_of_an_entry_for_many_files_nothing_is_told_unless_all_were_looked_at() -> None:
    for extra in ("", 'path = "*.txt"\n'):
        put_entry(extra)
        assert stale("The harbour is open.\n") == []
        assert len(stale("The harbour is open.\n", everything=True)) == 1
        assert stale(everything=True) == []


def test_an_entry_for_another_file_is_told_of_when_all_were_looked_at() -> None:
    put_entry('path = "other.txt"\n')
    assert stale() == []
    assert len(stale(everything=True)) == 1


def test_an_entry_for_a_rule_that_was_not_looked_for_may_be_right() -> None:
    put_entry('path = "page.txt"\n')
    assert stale("Open.\n", wanted=lambda rule: rule != PAGER) == []
    put(SIDECAR, ENTRY.format("0" * 16).replace(PAGER, "nav") + 'path = "page.txt"\n')
    assert stale("Open.\n", wanted=lambda rule: rule != PAGER) == []
    assert len(stale("Open.\n")) == 1


def test_an_entry_for_a_rule_that_there_is_not_is_told_of_with_a_hint() -> None:
    put(SIDECAR, ENTRY.format("0" * 16).replace(PAGER, "nav/pagre"))
    (found,) = stale()
    assert found.findings[0].message.startswith("there is no rule 'nav/pagre'; did you mean nav/pager, ")


def test_an_entry_whose_day_is_past_is_told_of_and_holds_no_longer() -> None:
    put_entry("expires = 2001-05-01\n")
    (found,) = stale()
    assert rules(found.findings) == ["ignore/expired"]
    assert "held up to 2001-05-01" in found.findings[0].message
    assert not run(spares_for("page.txt"), PAGE).spared
    put_entry("expires = 9999-12-31\n")
    assert stale() == []
    assert run(spares_for("page.txt"), PAGE).spared


def test_of_two_entries_that_say_the_same_one_is_told_of() -> None:
    one = ENTRY.format(line_of(PAGE, PAGER)) + 'path = "page.txt"\n'
    put(SIDECAR, one + one)
    (found,) = stale()
    assert len(found.findings) == 1
    assert isinstance(found.findings[0].at, Span)
    assert found.findings[0].at.start == len(one)


def test_a_count_that_is_too_high_is_told_of() -> None:
    put_entry('path = "page.txt"\ncount = 3\n')
    (found,) = stale()
    assert found.findings[0].message == "nav/pager is found 2 times, not 3; `check --write-baseline` counts anew"


# --- the baseline


def looked_at(pages: dict[str, str]) -> Iterator[tuple[Spares, Outcome]]:
    for path, text in pages.items():
        put(path, text)
        spares = (spares_for(path) or Spares(path)).of_everything()
        yield spares, run(spares, text)


def write_baseline(pages: dict[str, str], wanted: Any = lambda _: True) -> str:
    ((path, text),) = write.baselines(looked_at(pages), wanted).items()
    assert path == BASELINE
    put(path, text)
    return text


def seeds() -> dict[str, str]:
    from conftest import SEEDS

    return {p.name: p.read_bytes().decode("utf-8-sig") for p in sorted((SEEDS / "dirty").glob("*.txt"))}


def test_with_a_baseline_there_is_nothing_to_do_and_a_second_one_is_the_same() -> None:
    pages = {**seeds(), "page.txt": PAGE}
    text = write_baseline(pages)
    for path, page in pages.items():
        for level in (Safety.SAFE, Safety.SUGGESTED):
            outcome = run(spares_for(path), page, level)
            assert rules(outcome.findings) == []
            assert outcome.result.text == page
    assert write_baseline(pages) == text
    assert write_baseline(dict(reversed(pages.items()))) == text
    assert text.count("\n") > 50


@given(texts, st.sampled_from(LEVELS))
@settings(max_examples=150)
def test_with_a_baseline_there_is_nothing_to_do_on_any_page(text: str, level: Safety) -> None:
    Path(BASELINE).unlink(missing_ok=True)
    spares = Spares("page.txt", baseline=BASELINE)
    ((_, baseline),) = write.baselines([(spares.of_everything(), run(spares.of_everything(), text, level))]).items()
    Path(BASELINE).write_bytes(baseline.encode())
    outcome = run(spares, text, level)
    assert rules(outcome.findings) == []
    assert outcome.result.text == text
    tally = Tally()
    tally.see(spares, outcome.source.text, outcome.spared, known, lambda _: True)
    assert list(tally.stale(everything=True)) == []


@pytest.fixture(scope="module")
def ways() -> tuple[Pipeline, ...]:
    """One pipeline that obeys a baseline, itself, with the filters of each stage turned round, and from a process."""
    pipeline = recipe.default().sparing(Spares("page.txt", baseline=BASELINE).judge)
    turned = tuple(Stage(stage.name, stage.filters[::-1]) for stage in pipeline.stages)
    return pipeline, Pipeline(turned, spares=pipeline.spares), pickle.loads(pickle.dumps(pipeline))


@given(text=texts)
@settings(max_examples=60)
def test_neither_the_order_of_filters_nor_a_process_decides_what_a_count_is_for(
    ways: tuple[Pipeline, ...], text: str
) -> None:
    everything = Spares("page.txt", baseline=BASELINE).of_everything()
    Path(BASELINE).unlink(missing_ok=True)
    ((_, baseline),) = write.baselines([(everything, run(everything, text))]).items()
    Path(BASELINE).write_bytes(re.sub(r"count = \d+", "count = 1", baseline).encode())
    wanted, *others = (pipeline.run(Document("page", text)) for pipeline in ways)
    assert others == [wanted, wanted]
    assert ways[0].run(wanted.result).applied == ()


def test_what_is_new_is_found_in_spite_of_a_baseline() -> None:
    text = write_baseline({"page.txt": PAGE})
    assert 'rule = "nav/pager", path = "page.txt"' in text
    assert "count = 2" in text
    outcome = run(spares_for("page.txt"), "Something new above.\n\n" + PAGE + "\n1 2 3 >\n")
    assert PAGER in rules(outcome.applied)
    assert outcome.result.text == "Something new above.\n\n" + PAGE
    assert run(spares_for("page.txt"), outcome.result.text).applied == ()


def test_a_second_baseline_drops_what_is_gone_and_keeps_what_was_not_looked_at() -> None:
    write_baseline({"a.txt": PAGE, "b.txt": PAGE, "gone.txt": PAGE})
    Path("gone.txt").unlink()
    text = write_baseline({"a.txt": "The harbour is open. \n"})
    paths = [entry.path for entry in load(BASELINE).entries]
    assert "gone.txt" not in paths
    assert "b.txt" in paths
    assert [entry.rule for entry in load(BASELINE).entries if entry.path == "a.txt"] == ["space/trailing-blanks"]
    assert text == write_baseline({"a.txt": "The harbour is open. \n"})


def test_a_baseline_of_some_rules_keeps_the_entries_of_the_others() -> None:
    before = write_baseline({"page.txt": PAGE})
    assert write_baseline({"page.txt": PAGE}, wanted=lambda rule: rule == "nav/none") != before
    put(BASELINE, before)
    wanted = [rule for rule in known() if rule != PAGER]
    narrow = Pipeline(recipe.default().stages, wanted=lambda rule: rule in wanted)
    spares = Spares("page.txt", baseline=BASELINE).of_everything()
    outcome = narrow.sparing(spares.judge).run(Document("page", PAGE))
    assert write.baselines([(spares, outcome)], wanted.__contains__) == {BASELINE: before}


def test_what_people_leave_alone_is_not_in_the_baseline() -> None:
    put_entry('path = "page.txt"\n')
    write_baseline({"page.txt": PAGE})
    assert PAGER not in [entry.rule for entry in load(BASELINE).entries]
    assert rules(run(spares_for("page.txt"), PAGE).findings) == []
    assert stale() == []


def test_a_document_belongs_to_its_nearest_baseline() -> None:
    put("sub/" + BASELINE, "ignore = []\n")
    pages = dict(looked_at({"a.txt": PAGE, "sub/b.txt": PAGE}))
    texts = write.baselines(pages.items())
    assert sorted(texts) == [BASELINE, "sub/" + BASELINE]
    assert 'path = "b.txt"' in texts["sub/" + BASELINE]
    assert 'path = "a.txt"' in texts[BASELINE]


def test_a_baseline_is_not_written_where_it_would_not_be_found(folder: Path) -> None:
    (folder / "in").mkdir()
    (folder / "page.txt").write_text(PAGE, encoding="utf-8")
    os.chdir(folder / "in")
    with pytest.raises(UsageError, match="lies outside this folder"):
        write.baselines(looked_at({"../page.txt": PAGE}))
    with pytest.raises(UsageError, match="standard input has no path"):
        write.baselines([(Spares("-").of_everything(), run(None, PAGE))])


@pytest.mark.skipif(os.sep == "\\", reason="there a backslash stands between folders")
def test_a_baseline_of_a_name_with_a_backslash_is_read_again(folder: Path) -> None:
    texts = write.baselines(looked_at({"a\\b.txt": PAGE}))
    Path(BASELINE).write_text(texts[BASELINE], encoding="utf-8")
    assert any(entry.means("a\\b.txt") for entry in load(BASELINE).entries)


def test_a_byte_order_mark_before_the_entries_stays() -> None:
    entry = Entry("nav/pager", "0" * 16, "why")
    assert write.appended("\ufeff# ours\r\n", [entry]).startswith("\ufeff# ours\r\n\r\n[[ignore]]\r\n")


def test_names_that_toml_cannot_write_become_globs() -> None:
    name = os.fsdecode(b"caf\xe9[1].txt")
    assert write.path_of(name, str(Path.cwd())) == "caf?\\[1].txt"
    assert Entry("nav", "0" * 16, "why", write.path_of(name, str(Path.cwd()))).means(name)
    assert write.path_of("a [1].txt", str(Path.cwd())) == "a [1].txt"
    assert Entry("nav", "0" * 16, "why", "a [1].txt").means("a [1].txt")


@given(st.text(max_size=20), st.text(max_size=20))
def test_what_is_written_is_read_again(reason: str, words: str) -> None:
    entry = Entry("nav/pager", "0" * 16, f"x{reason}", "a.txt", date(2031, 5, 1), 2, words)
    Path(SIDECAR).write_bytes(write.appended("", [entry]).encode())
    (read,) = load(SIDECAR).entries
    clean = str.maketrans({chr(c): "?" for c in range(0xD800, 0xE000)})
    assert read == Entry("nav/pager", "0" * 16, f"x{reason}".translate(clean), "a.txt", date(2031, 5, 1), 2,
                         words.translate(clean))  # fmt: skip


@pytest.mark.parametrize("line_end", ["\n", "\r\n"])
@pytest.mark.parametrize("last", ["", "\n"])
def test_an_entry_is_written_behind_what_people_wrote(line_end: str, last: str) -> None:
    before = f"# ours{last}".replace("\n", line_end) if last else f"# ours{line_end}# no end"
    after = write.appended(before, [Entry("nav/pager", "0" * 16, "why")])
    assert after.startswith(before)
    assert after.count("\n") == after.count(line_end) or line_end == "\n"
    put(SIDECAR, after)
    assert [entry.rule for entry in load(SIDECAR).entries] == ["nav/pager"]


def test_no_entry_is_written_behind_a_list() -> None:
    with pytest.raises(UsageError, match=r"write its items as \[\[ignore\]\]"):
        write.appended("ignore = []\n", [Entry("nav", "0" * 16, "why")])


def test_an_excerpt_is_short_and_on_one_line() -> None:
    text = "The  harbour\nis open. \n" + "x" * 200
    assert write.excerpt(flag("a/b", "", 0, 21), text) == "The harbour is open."
    assert write.excerpt(flag("a/b", "", 21, 22), text) == "is open."
    assert len(write.excerpt(flag("a/b", "", 23, 223), text)) == write.EXCERPT


def test_the_guide_names_every_key_and_both_files() -> None:
    guide = (ROOT / "docs/suppressions.md").read_text(encoding="utf-8")
    keys = SCHEMA["properties"]["ignore"]["items"]["properties"]
    assert [key for key in keys if f"| `{key}` |" not in guide] == []
    assert [name for name in (SIDECAR, BASELINE, *(about.rule for about in ABOUT)) if f"`{name}`" not in guide] == []
    entry = guide.partition("```toml\n")[2].partition("```")[0]
    put(SIDECAR, entry)
    assert rules(run(spares_for("page.txt"), PAGE).spared) == [PAGER, PAGER]
