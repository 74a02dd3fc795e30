"""`explain` tells of a line what was done there and nothing else, from a ledger as from the text itself."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, SEEDS
from hypothesis import given
from hypothesis import strategies as st

from cleankit import ledger, recipe
from cleankit.cli import main
from cleankit.edits import Homeward, apply, invert
from cleankit.engines import explaining, nearness
from cleankit.engines.explaining import Explained, place
from cleankit.engines.folder import Kept, Run
from cleankit.engines.nearness import onward
from cleankit.errors import CleankitError, LedgerError, ReadError, UsageError
from cleankit.filters.boilerplate import CAREFUL, Boilerplate
from cleankit.filters.repeats import Repeats
from cleankit.filters.spam import Spam
from cleankit.filters.spam.kinds import REMOVE, REPORT
from cleankit.ledger import Deed
from cleankit.model import About, Document, Edit, Finding, Near, Safety, Span
from cleankit.page import Page
from cleankit.pipeline import Pipeline, Stage
from cleankit.plugins import Plugged, Plugin
from cleankit.render import explained
from cleankit.rules import Match, Rule, RuleSet
from cleankit.testing import pages

PAGES = sorted(SEEDS.glob("dirty/*.txt"))
PAGE = SEEDS / "dirty" / "summit-briefing.txt"


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run over the project's own pages."""
    out = tmp_path_factory.mktemp("explain") / "out"
    with pytest.raises(SystemExit):
        main(["clean", str(SEEDS / "dirty"), "-o", str(out), "-q", "--no-json"])
    return out


def explain(where: str, **more: Any) -> Explained:
    return explaining.explain(place(where), **more)


def text_of(path: Path) -> str:
    return path.read_bytes().decode("utf-8-sig")


def said(found: Explained) -> str:
    return "\n".join(explained.lines(found))


# what is mentioned


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_line_of_the_original_mentions_what_touches_it_and_nothing_else(path: Path) -> None:
    text, page = text_of(path), Page(text_of(path))
    outcome = recipe.default().run(Document(path.stem, text))
    journal = ledger.of(outcome)
    teller = explaining._Teller(explaining._now(str(path), explaining.Given()))
    mentioned = set()
    for row, line in enumerate(page.lines, start=1):
        told, _ = teller._line(explaining.Place(str(path), row))
        here = set(range(line.start, line.stop))
        end = len(text) if row == len(page.lines) else -1  # what is put in at the end belongs to the last line
        wanted = {
            number
            for number, entry in enumerate(journal.entries)
            if here.intersection(range(entry.home.start, entry.home.end))
            or (entry.home.start == entry.home.end and entry.home.start in {*here, end})
        }
        assert {one.fate.number for one in told} == wanted, row
        mentioned |= wanted
    assert mentioned == set(range(len(journal.entries)))
    assert {finding.rule for finding in outcome.findings} <= {journal.entries[n].rule for n in mentioned}


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_line_of_the_clean_text_mentions_what_touches_the_place_it_came_from(path: Path, run: Path) -> None:
    clean = run / "text" / path.name
    teller = explaining._Teller(explaining._of_run(Run(run), path.stem, str(clean), explaining.Given()))
    source = text_of(path)
    beside = set()
    for row, line in enumerate(Page(clean.read_text(encoding="utf-8")).lines, start=1):
        told, found = teller._line(explaining.Place(str(clean), row))
        here = set(range(found.at.start, found.at.end))
        for one in teller.told:
            home = one.home
            touches = bool(here.intersection(range(home.start, home.end))) or (
                home.start == home.end and home.start in here
            )
            assert (one in told) == touches, (row, one.rule)
        assert not {*found.before, *found.after} & set(told)
        beside |= {one.fate.number for one in (*told, *found.before, *found.after)}
        kept = clean.read_text(encoding="utf-8")[line.start : line.end]
        assert found.text == kept
        if found.outcome == "kept":
            assert source[found.at.start : found.at.end].rstrip("\r\n") == kept
    # whatever was done was done in a line or beside one
    assert {one.fate.number for one in teller.told if one.fate.deed in ledger.DONE} <= beside


@pytest.mark.parametrize("path", PAGES, ids=lambda path: path.stem)
def test_a_run_says_of_an_original_what_a_look_at_it_says(path: Path, run: Path) -> None:
    now, then = explain(str(path)), explain(str(path), run=str(run))
    assert [(one.fate, one.about) for one in now.told] == [(one.fate, one.about) for one in then.told]
    assert now.clean == then.clean == explain(str(run / "text" / path.name)).clean


def test_a_document_is_told_in_the_order_of_its_source() -> None:
    found = explain(str(PAGE))
    assert [one.home for one in found.told] == sorted(one.home for one in found.told)
    assert said(found).count("\n") == len(found.told) + 1


def test_a_word_mentions_what_touches_it() -> None:
    path = SEEDS / "dirty" / "ministry-briefing-page-2.txt"
    row, col = next(
        (row, line.index("competiveness") + 3)
        for row, line in enumerate(text_of(path).split("\n"), start=1)
        if "competiveness" in line
    )
    found = explain(f"{path}:{row}:{col}")
    assert [one.rule for one in found.told] == ["typos/misspelling"]
    assert found.line is not None
    assert (found.line.original, found.line.result) == ("competiveness", "competitiveness")
    assert not explain(f"{path}:{row}:1").told


# where things stand


@given(pages(), st.data())
def test_the_inverse_leads_onward(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    edit = Edit(start, end, text[start:end], data.draw(st.sampled_from(["", "x", "\n\n"])))
    after = apply(text, [edit])
    for at in {0, start // 2, end, len(text)} - ({len(text)} if end == len(text) else set()):
        if at < start or at >= end:
            there = onward(Span(at, at + 1), [edit]) if at < len(text) else Span(len(after), len(after))
            assert after[there.start : there.end] == text[at : at + 1]
            assert Homeward([edit]).span(there).start == at or at >= len(text)
    assert apply(after, invert([edit])) == text


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("a.txt", ("a.txt", 0, 0)),
        ("a.txt:3", ("a.txt", 3, 0)),
        ("a:b.txt:3:14:", ("a:b.txt", 3, 14)),
        ("-:2", ("-", 2, 0)),
    ],
)
def test_places(said: str, meant: tuple[str, int, int]) -> None:
    assert place(said) == meant


@pytest.mark.parametrize("said", ["a.txt:0", "a.txt:1:0"])
def test_lines_and_columns_count_from_one(said: str) -> None:
    with pytest.raises(UsageError, match="from 1"):
        place(said)


def test_a_file_with_the_name_of_a_place_is_meant_itself(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("a.txt:3").write_text("One. \n", encoding="utf-8")
    assert place("a.txt:3") == ("a.txt:3", 0, 0)


# what was done about a finding


def deeds(found: Explained) -> dict[str, Deed]:
    return {one.rule: one.fate.deed for one in found.told}


def test_what_a_person_took_back_or_allowed_is_said(tmp_path: Path) -> None:
    text = "He said that it Occured at noon, and that nobody had seen the harbour master all day. \n\n1 2 3 >\n"
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text(text, encoding="utf-8")
    out = tmp_path / "out"
    with pytest.raises(SystemExit):
        main(["clean", str(tmp_path / "in"), "-o", str(out), "-q", "--no-json"])
    kept = Run(out).kept("a")
    before = explain(f"{out}/text/a.txt")
    assert deeds(before)["typos/single-for-double"] is Deed.SUGGESTED
    assert deeds(before)["nav/pager"] is Deed.MADE
    assert "made with --suggested" in said(explain(f"{out}/text/a.txt:1:18"))
    dropped, added = (ledger.numbers_of(kept.ledger, [rule]) for rule in ("nav/pager", "typos/single-for-double"))
    journal, clean, *_ = ledger.amend(kept.ledger, text, dropped, added)
    Run(out).write(Kept("a", clean, journal))
    after = explain(f"{out}/text/a.txt")
    assert deeds(after)["nav/pager"] is Deed.TAKEN_BACK
    assert deeds(after)["typos/single-for-double"] is Deed.ALLOWED
    assert deeds(after)["space/trailing-blanks"] is Deed.MADE
    assert "taken back by a person" in said(explain(f"{out}/text/a.txt:3"))
    assert 'replaced "Occured" by "Occurred", for a person allowed it' in said(explain(f"{out}/text/a.txt:1"))


def test_a_ledger_of_hashes_tells_all_but_the_words(run: Path, tmp_path: Path) -> None:
    page = tmp_path / "in" / PAGE.name
    page.parent.mkdir()
    page.write_bytes(PAGE.read_bytes())
    out = tmp_path / "out"
    with pytest.raises(SystemExit):
        main(["clean", str(page.parent), "-o", str(out), "-q", "--no-json"])
    kept = Run(out).kept(PAGE.stem)
    Run(out).write(kept, hashes=True)
    clean = f"{out}/text/{PAGE.name}"
    whole = explain(clean)
    assert whole.source == text_of(PAGE)
    assert not any(one.hidden for one in whole.told)
    page.unlink()
    found = explain(clean)
    assert found.source is None
    assert [(one.rule, one.home, one.fate.deed) for one in found.told] == [
        (one.rule, one.home, one.fate.deed) for one in whole.told
    ]
    assert any(one.hidden for one in found.told)
    assert "the original is gone" in said(found)
    assert "@" in said(found)
    line = explain(f"{clean}:3")
    assert line.line is not None
    assert "Print E-mail" not in said(line)
    assert line.line.before or line.line.after or line.told
    assert json.loads(explained.as_json(line))["complete"] is False


def test_a_page_in_the_quarantine_is_told_by_what_would_have_been_done(tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    bet = "Best online casino: free spins, slots, poker and a 200% deposit bonus, register now\n"
    (tmp_path / "in/a.txt").write_text(f"{bet}Live casino, roulette: claim your welcome bonus and bet now \n", "utf-8")
    out = tmp_path / "out"
    with pytest.raises(SystemExit):
        main(["clean", str(tmp_path / "in"), "-o", str(out), "-q", "--no-json"])
    found = explain(f"{out}/quarantine/a.txt:2")
    assert found.side == "quarantine"
    assert found.line is not None
    assert found.line.outcome == "waits"
    assert deeds(found)["space/trailing-blanks"] is Deed.REFUSED
    assert "put aside as it is, by spam/hijacked-page" in said(found)
    assert "would be taken out" in said(found)
    original = f"{tmp_path}/in/a.txt:2"
    assert deeds(explain(original)) == deeds(explain(original, run=str(out))) == deeds(found)


def test_who_left_something_alone_is_said_as_long_as_an_entry_does(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    Path("in").mkdir()
    Path("in/a.txt").write_text("The floor is open.\n\n1 2 3 >\n", encoding="utf-8")
    entry = '[[ignore]]\nrule = "nav/pager"\nline = "a665a45920422f9d"\nreason = "the count of a game"\n'
    Path(".cleankit-ignore.toml").write_text(entry, encoding="utf-8")
    with pytest.raises(SystemExit):
        main(["clean", "in", "-o", "out", "-q", "--no-json"])
    assert "left alone by .cleankit-ignore.toml:1" in said(explain("out/text/a.txt:3"))
    Path(".cleankit-ignore.toml").unlink()
    assert "no entry says so today" in said(explain("out/text/a.txt:3"))


def test_two_rules_for_the_same_words_are_both_told() -> None:
    found = explain(str(PAGE))
    covered = [one for one in found.told if one.fate.deed is Deed.COVERED]
    assert [(one.rule, one.by) for one in covered] == [("widgets/page-tools", ("social/share-line",))]


def test_a_changed_text_and_a_damaged_ledger_are_refused(run: Path, tmp_path: Path) -> None:
    out = tmp_path / "out"
    shutil.copytree(run, out)
    journal = out / "ledger" / f"{PAGE.stem}.jsonl"
    data = journal.read_bytes()
    journal.write_bytes(data.replace(b'"rule"', b'"rale"', 1))
    with pytest.raises(LedgerError, match="was altered"):
        explain(f"{out}/text/{PAGE.name}")
    with pytest.raises(LedgerError, match="was altered"):
        explain(str(PAGE), run=str(out))
    journal.write_bytes(data)
    (out / "text" / PAGE.name).write_text("Another text.\n", encoding="utf-8")
    with pytest.raises(LedgerError, match="changed after the run"):
        explain(f"{out}/text/{PAGE.name}")


def test_a_run_that_has_another_version_or_none_says_so(run: Path, tmp_path: Path) -> None:
    other = tmp_path / PAGE.name
    other.write_text("Another text. \n", encoding="utf-8")
    with pytest.raises(ReadError, match="another version of it there, 'summit-briefing'"):
        explain(str(other), run=str(run))
    with pytest.raises(ReadError, match="no document of that run has its bytes"):
        explain(str(other.rename(tmp_path / "new.txt")), run=str(run))


def test_a_text_of_the_run_that_is_named_is_told_as_one(run: Path) -> None:
    clean = run / "text" / PAGE.name
    assert explain(f"{clean}:3", run=str(run)) == explain(f"{clean}:3")


def test_a_rule_that_is_no_longer_known_is_told_by_its_id(run: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    abouts = tuple(about for about in recipe.abouts() if about.rule != "widgets/font-size")
    monkeypatch.setattr(explaining.recipe, "abouts", lambda _=None: abouts)
    found = explain(f"{PAGE}:4", run=str(run))
    assert "widgets/font-size (safe): a rule that is no longer known here" in said(found)
    assert json.loads(explained.as_json(found))["findings"][0]["summary"] is None


# what came near


def nears(look: Any, text: str, words: str) -> list[Near]:
    """What a filter has to say of the line with these words; it found nothing there."""
    page = Page(text)
    at = page.lines[page.line_at(text.index(words))]
    assert not any(isinstance(f.at, Span) and f.at.start < at.end and at.start < f.at.end for f in look(page) if f.fix)
    return list(look.near(page, at.start, at.end))


PROSE = (
    "The harbour of Ellmouth opened again on Monday after nine days of storm, the master of the port said.\n"
    "Two ferries that had waited outside were the first to tie up, and their passengers were met with tea.\n"
)


def rule(kind: str, *patterns: str, languages: tuple[str, ...] = (), **keys: Any) -> RuleSet:
    match = Match(any_of=patterns, **keys)
    return RuleSet("one", [Rule("own/one", kind, Safety.SAFE, "One.", "Why.", match, (), (), languages=languages)])


@pytest.mark.parametrize(
    ("look", "text", "words", "held"),
    [
        (rule("line", "Print", at="tail"), f"Print\n{PROSE}", "Print", "only below the last paragraph"),
        (rule("line", "Print", at="head"), f"{PROSE}Print\n", "Print", "only above the first paragraph"),
        (rule("line", "Print", at="edge"), f"{PROSE}Print\n{PROSE}", "Print\n", "above the first paragraph"),
        (rule("line", "Print", at="edge"), "Print\nOne\nTwo\n", "Print", "no paragraph"),
        (rule("line", "Print", at="head"), f"Print\n\n{PROSE}", "Print", "its title"),
        (rule("line", "Print", at="tail"), f"{PROSE}Print\nand send it\n", "Print", "goes on in the next line"),
        (rule("line", "Print.*", unless=("money",)), f"{PROSE}Print money\n", "Print", "`unless`"),
        (rule("line", "Print", not_beside=("Scan",)), f"{PROSE}Print\nScan\n", "Print", "`not_beside`"),
        (rule("line", "Print", not_on=("How to print",)), f"How to print\n{PROSE}Print\n", "Print", "`not_on`"),
        (rule("line", "Print", only_on=("Share",)), f"{PROSE}Print\n", "Print", "`only_on`"),
        (rule("line", "Print", languages=("fr",)), f"{PROSE}Print\n", "Print", "the rule is for fr"),
        (rule("span", "Print", at="tail"), f"Print this\n{PROSE}", "Print", "only below"),
        (rule("block", "Print", "Share", min_anchors=2), f"{PROSE}Print\n", "Print", "2 at least, and here is 1"),
        (rule("block", "Print", min_lines=2), f"{PROSE}Print\n", "Print", "2 at least, and here is 1"),
        (
            rule("block", "Related", members=(".*",), titles=1),
            f"{PROSE}Related\nBread\nMilk\n",
            "Related",
            "as long as headlines",
        ),
        (
            rule("block", "Print", not_after=("You can:",)),
            f"{PROSE}You can:\nPrint\n",
            "Print",
            "announces it",
        ),
        (rule("swap", words={"recieve": "receive"}), f"{PROSE}reCieve it\n", "reCieve", "capitals inside"),
        (rule("swap", words={"recieve": "receive"}), f"{PROSE}they “recieve” it\n", "recieve", "left as it is"),
    ],
)
def test_a_rule_names_the_condition_that_was_not_met(look: RuleSet, text: str, words: str, held: str) -> None:
    (near,) = nears(look, text, words)
    assert near.rule == "own/one"
    assert held in near.held
    assert text[near.at.start : near.at.end] in text[text.index(words) :]


def test_the_line_that_is_the_reason_is_named() -> None:
    text = f"{PROSE}Print\n\nScan\n"
    (near,) = nears(rule("line", "Print", not_beside=("Scan",)), text, "Print")
    assert near.by is not None
    assert text[near.by.start : near.by.end] == "Scan"


def test_a_rule_says_nothing_of_a_line_that_its_pattern_does_not_fit() -> None:
    assert nears(rule("line", "Print", at="tail"), f"Print\nShare\n{PROSE}", "Share") == []
    assert list(rule("line", "Print").near(Page(""), 0, 0)) == []


@pytest.mark.parametrize(
    ("line", "held"),
    [
        ("The police closed an online casino with free spins in the old town hall on Monday.", "it speaks of police"),
        ("The casino reopened after the flood, and the mayor came to see it with her two sons.", f"below {REPORT}"),
    ],
)
def test_planted_advertising_says_its_sum_and_its_veto(line: str, held: str) -> None:
    (near,) = nears(Spam(), f"{PROSE}{line}\n{PROSE}", line)
    assert near.rule == "spam/gambling"
    assert held in near.held
    total, *parts = near.spoke
    assert total[0] == "score"
    assert round(sum(float(value.split()[0]) for _, value in parts), 1) == float(total[1])


def test_the_thresholds_are_those_of_the_filter() -> None:
    bounds = {about.rule: [bound.value for bound in about.bounds] for about in recipe.abouts()}
    assert bounds["spam/gambling"][:2] == [REPORT, REMOVE]
    assert bounds["body/surroundings"] == [CAREFUL.outside, CAREFUL.inside]


def test_the_line_model_says_its_probability_and_what_keeps_a_line() -> None:
    path = SEEDS / "dirty" / "blog-article-with-menus.txt"
    look, page = Boilerplate(), Page(text_of(path))
    gone = [f.fix for f in look(page) if f.fix]
    near = list(look.near(page, 0, len(page.text)))
    assert near
    for one in near:
        assert one.spoke[0][0] == "body"
        assert float(one.spoke[0][1]) <= 0.5
        assert one.held
        assert not any(edit.start < one.at.end and one.at.start < edit.end for edit in gone)


def test_repeats_say_how_often_a_line_stands_and_why_that_is_not_enough() -> None:
    menu = "Obituaries\nTide Tables\nFerries\n"
    text = f"{menu}\n{PROSE * 4}\n{menu}"
    (near,) = nears(Repeats(), text, "Ferries")
    assert near.spoke == (("times", "2"),)
    assert near.held == "fewer than 4 such lines stand again in the same order"
    longer = "Bread\nMilk\nSalt\nWool\n"
    (near,) = nears(Repeats(), f"{longer}{PROSE * 4}{longer}", "Salt")
    assert "menu" in near.held
    (near,) = nears(Repeats(), f"Anna Weber:\n{PROSE}Anna Weber:\n{PROSE}", "Anna")
    assert near.held.startswith("it is a label")


@given(pages())
def test_what_came_near_was_let_be(text: str) -> None:
    """No filter says of a place that it let it be where it takes it out, and asking changes nothing."""
    page = Page(text)
    for stage in recipe.default().stages:
        for look in stage.filters:
            if not hasattr(look, "near") or not text:
                continue
            before = list(look(Page(text)))
            near = list(look.near(page, 0, len(text)))
            assert list(look(Page(text))) == before
            for one in near:
                assert 0 <= one.at.start <= one.at.end <= len(text)
                assert one.held
                same = [f for f in before if f.rule == one.rule and f.fix and isinstance(f.at, Span)]
                assert not any(f.at.start <= one.at.start and one.at.end <= f.at.end for f in same), (one, same)


class Tides:
    """A plugin's filter that can say what it let be, or fails to."""

    name = "tides"
    about = (About("own/tides", Safety.FLAG, "A tide.", "It rises."),)

    def __init__(self, held: str) -> None:
        self.held = held

    def __call__(self, page: Page) -> list[Finding]:
        return []

    def near(self, page: Page, start: int, end: int) -> list[Near]:
        if not self.held:
            raise ValueError("ebb")
        return [Near("own/tides", Span(start, end), (("height", "2 m"),), self.held)]


def asked(look: Tides) -> tuple[nearness.Nearness, ...]:
    plugged = Plugged(Plugin("harbour", "cleankit.filters", "tides", "harbour:Tides"), look)
    pipeline = Pipeline((Stage("chrome", (plugged,)),))
    return nearness.near(pipeline, [], "The tide rose.\n", Span(0, 14))


def test_a_plugin_is_asked_too_and_named_where_it_fails() -> None:
    (one,) = asked(Tides("it is too low"))
    assert (one.near.held, one.stage, one.at) == ("it is too low", "chrome", Span(0, 14))
    with pytest.raises(CleankitError, match=r"plugin harbour .* failed with ValueError"):
        asked(Tides(""))


def test_a_stage_that_is_gone_leaves_its_edits() -> None:
    """What a plugin's stage changed in a run is no less so where the plugin is gone."""
    source = "Ebb.\nThe tide rose.\n"
    steps = [nearness.Step("no-longer-there", (Edit(0, 5, "Ebb.\n", ""),))]
    look = rule("line", "The tide rose.", at="tail")
    pipeline = Pipeline((Stage("chrome", (look,)),))
    (one,) = nearness.near(pipeline, steps, source, Span(5, 19))
    assert source[one.at.start : one.at.end] == "The tide rose."


# the forms


def test_the_json_has_the_keys_that_are_documented() -> None:
    text = (ROOT / "docs" / "explain.md").read_text(encoding="utf-8")
    documented = set(re.findall(r"^\| `([a-z_.]+)` \|", text, re.MULTILINE))
    found = json.loads(explained.as_json(explain(f"{PAGE}:3")))
    keys = {*found, *(f"line.{key}" for key in found["line"]), *(f"findings.{key}" for key in found["findings"][0])}
    keys |= {f"near.{key}" for key in found["line"]["near"][0]}
    assert documented == keys
