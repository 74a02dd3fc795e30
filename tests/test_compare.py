"""Two finished runs side by side: what differs is told by settings, by rule and by document, and nothing else is."""

from __future__ import annotations

import json
import os
import shutil
import subprocess
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from itertools import permutations
from pathlib import Path
from typing import Any

import pytest
from conftest import SEEDS

from cleankit import ledger
from cleankit.engines import comparing, decisions, local, revising
from cleankit.engines.comparing import Comparison, Differing, How, Pair, compare
from cleankit.engines.decisions import Decision, Verdict
from cleankit.engines.folder import NEXT, Run
from cleankit.engines.job import Output
from cleankit.engines.plan import Given, plan
from cleankit.engines.revising import Wanted
from cleankit.errors import ReadError, UsageError
from cleankit.render import compared

MIRROR = {
    How.ONLY_BEFORE: How.ONLY_AFTER,
    How.ONLY_AFTER: How.ONLY_BEFORE,
    How.QUARANTINED: How.RELEASED,
    How.RELEASED: How.QUARANTINED,
}
VARIANTS = {
    "plain": Given(isolated=True),
    "without-pagers": Given(isolated=True, ignore=("nav/pager",)),
    "without-flags": Given(isolated=True, ignore=("gaps",)),
    "suggested": Given(isolated=True, suggested=True),
    "nothing": Given(isolated=True, profile="off"),
}
PAIRS = list(permutations(VARIANTS, 2))
PAGE = "Briefing on the Salt Fair\n\nAda Lind: The fair opens in May.\n\nShare this page\n\n1 2 3 >\n"


def clean(pages: Path, out: Path, given: Given = VARIANTS["plain"], **output: Any) -> Run:
    paths = [str(pages)]
    local.run(paths, plan(paths, given), Output(str(out), briefings=False, **output))
    return Run(out)


def run_over(folder: Path, out: str, given: Given = VARIANTS["plain"], /, **pages: str) -> Run:
    """A run over pages of these names."""
    source = folder / f"{out}-in"
    source.mkdir()
    for name, text in pages.items():
        (source / f"{name}.txt").write_text(text, encoding="utf-8")
    return clean(source, folder / out, given)


def copied(run: Run, to: Path) -> Run:
    shutil.copytree(run.folder, to)
    return Run(to)


def differing(before: Run, after: Run) -> dict[str, Differing]:
    found = compare(before, after)
    each = {one.name: one for one in found.each()}
    assert not found.failures
    assert found.differing == Counter(one.how for one in each.values())
    return each


def texts(run: Run) -> dict[str, bytes]:
    folder = run.folder / "text"
    return {
        path.relative_to(folder).as_posix().removesuffix(".txt"): path.read_bytes() for path in folder.rglob("*.txt")
    }


def change_account(run: Run, change: Callable[[dict[str, Any]], object]) -> None:
    account = run.account()
    change(account)
    (run.folder / "run.json").write_text(json.dumps(account))


@pytest.fixture(scope="module")
def runs(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Run]:
    """The project's pages, cleaned with several settings."""
    folder = tmp_path_factory.mktemp("runs")
    return {name: clean(SEEDS / "dirty", folder / name, given) for name, given in VARIANTS.items()}


def test_a_rule_less_is_told_with_its_documents(runs: dict[str, Run]) -> None:
    found = compare(runs["plain"], runs["without-pagers"])
    each = {one.name: one for one in found.each()}
    pagers = {
        name
        for name in runs["plain"].names()
        if any(entry.rule == "nav/pager" and entry.edit for entry in runs["plain"].kept(name).ledger.entries)
    }
    assert set(each) == pagers
    assert all(one.how is How.TEXT and one.rules["nav/pager"].after == 0 for one in each.values())
    assert next(iter(found.rules)) == "nav/pager"
    assert found.rules["nav/pager"].after.applied == 0
    ((before,), (after,)) = found.settings["choices"]
    assert (before["ignore"], after["ignore"]) == ([], ["nav/pager"])
    assert set(found.settings) == {"choices"}
    assert found.documents == len(runs["plain"].names())


def test_flags_less_leave_the_texts_the_same(runs: dict[str, Run]) -> None:
    each = differing(runs["plain"], runs["without-flags"])
    assert each
    for one in each.values():
        assert one.how is How.FINDINGS
        assert all(rule.startswith("gaps/") and pair.before and not pair.after for rule, pair in one.rules.items())


@pytest.mark.parametrize("name", VARIANTS)
def test_a_run_does_not_differ_from_itself(name: str, runs: dict[str, Run], tmp_path: Path) -> None:
    found = compare(runs[name], copied(runs[name], tmp_path / "copy"))
    assert not list(found.each())
    assert not found.differs
    assert (found.settings, found.counts, found.rules, found.failures) == ({}, {}, {}, [])


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_the_other_way_round_is_the_mirror(one: str, other: str, runs: dict[str, Run]) -> None:
    def mirrored(found: Comparison) -> object:
        each = [
            Differing(name, MIRROR.get(how, how), {rule: Pair(*reversed(pair)) for rule, pair in rules.items()})
            for name, how, rules in found.each()
        ]
        parts = (found.settings, found.counts, found.rules)
        return each, *({name: Pair(*reversed(pair)) for name, pair in part.items()} for part in parts)

    there, back = compare(runs[one], runs[other]), compare(runs[other], runs[one])
    assert mirrored(there) == (list(back.each()), back.settings, back.counts, back.rules)
    assert list(there.rules) == list(back.rules)


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_texts_that_differ_are_those_that_are_not_the_same_bytes(one: str, other: str, runs: dict[str, Run]) -> None:
    before, after = texts(runs[one]), texts(runs[other])
    told = {name for name, one in differing(runs[one], runs[other]).items() if one.how is not How.FINDINGS}
    assert told == {name for name in before.keys() | after.keys() if before.get(name) != after.get(name)}


@pytest.mark.parametrize(("one", "other"), PAIRS)
def test_the_documents_add_up_to_the_table(one: str, other: str, runs: dict[str, Run]) -> None:
    found = compare(runs[one], runs[other])
    sums: Counter[str] = Counter()
    for document in found.each():
        for rule, pair in document.rules.items():
            sums[rule] += pair.after - pair.before
    assert found.differing.keys() <= {How.TEXT, How.FINDINGS}
    # of a text that differs only what was made is told, so that findings left open do not add up
    has_open = {rule for run in (one, other) for rule, tally in runs[run].account()["rules"].items() if tally["open"]}
    made = {rule: pair.after.applied - pair.before.applied for rule, pair in found.rules.items()}
    for rule in (sums.keys() | made.keys()) - has_open:
        assert sums[rule] == made.get(rule, 0), rule


@pytest.mark.parametrize("rule", ["nav/pager", "space/blank-lines", "widgets/font-size"])
def test_what_was_undone_is_told(rule: str, runs: dict[str, Run], tmp_path: Path) -> None:
    undone = copied(runs["plain"], tmp_path / "undone")
    revision = revising.undo(undone, Wanted(rules=(rule,)))
    each = differing(runs["plain"], undone)
    assert set(each) == {one.name for one in revision.revised}
    assert all(rule in one.rules for one in each.values())
    assert compare(runs["plain"], undone).settings["amended"] == Pair(0, len(each))


def test_what_was_undone_is_left_open_where_a_run_without_the_rule_has_nothing(tmp_path: Path) -> None:
    before = run_over(tmp_path, "before", fair=PAGE)
    revising.undo(before, Wanted(rules=("nav/pager", "social/share-line")))
    after = run_over(tmp_path, "after", Given(isolated=True, ignore=("nav/pager", "social/share-line")), fair=PAGE)
    assert texts(before) == texts(after)
    one = differing(before, after)["fair"]
    assert one == Differing("fair", How.FINDINGS, {"nav/pager": Pair(1, 0), "social/share-line": Pair(1, 0)})


def test_a_rule_that_puts_something_else_in_is_told(runs: dict[str, Run], tmp_path: Path) -> None:
    other = copied(runs["plain"], tmp_path / "other")
    name = next(name for name in other.names() if other.kept(name).ledger.entries[0].edit)
    journal = other.kept(name).ledger
    first = journal.entries[0]
    assert first.edit is not None
    changed = replace(first, edit=replace(first.edit, new="something else"))
    whole = replace(journal, entries=(changed, *journal.entries[1:]), result="0" * 64)
    other.places(name).ledger.write_bytes(ledger.write(whole, name))
    assert differing(runs["plain"], other) == {name: Differing(name, How.TEXT, {first.rule: Pair(1, 1)})}


def test_hashes_in_the_place_of_old_texts_are_no_difference(runs: dict[str, Run], tmp_path: Path) -> None:
    found = compare(runs["plain"], clean(SEEDS / "dirty", tmp_path / "hashes", hashes=True))
    assert not list(found.each())
    assert found.settings == {"ledger": Pair("full", "hashes")}
    assert not found.differs


def test_packed_ledgers_say_the_same(runs: dict[str, Run], tmp_path: Path) -> None:
    packed = copied(runs["without-pagers"], tmp_path / "packed")
    subprocess.run(["gzip", "-r", str(packed.folder / "ledger")], check=True)
    assert differing(runs["plain"], packed) == differing(runs["plain"], runs["without-pagers"])
    assert not differing(runs["without-pagers"], packed)


def test_a_page_that_goes_to_the_quarantine_is_told_with_the_rule_that_put_it_there(tmp_path: Path) -> None:
    (tmp_path / "tight.toml").write_text("[budgets]\npage = 0.01\nleast-words = 0\n")
    before = run_over(tmp_path, "before", fair=PAGE)
    after = run_over(tmp_path, "after", Given(config=str(tmp_path / "tight.toml")), fair=PAGE)
    assert differing(before, after)["fair"] == Differing("fair", How.QUARANTINED, {"budget/page": Pair(0, 1)})
    assert differing(after, before)["fair"] == Differing("fair", How.RELEASED, {"budget/page": Pair(1, 0)})
    found = compare(before, after)
    assert found.counts["quarantined"] == Pair(0, 1)
    # what lies in the quarantine is the original
    (one,) = found.each()
    lines = list(found.difference(one))
    assert lines[1] == f"+++ {after.folder}/quarantine/fair.txt"
    assert "+1 2 3 >" in lines


def test_pages_that_wait_in_both_differ_by_their_findings_alone(tmp_path: Path) -> None:
    (tmp_path / "tight.toml").write_text("[budgets]\npage = 0.01\nleast-words = 0\n")
    given = Given(config=str(tmp_path / "tight.toml"))
    before = run_over(tmp_path, "before", given, fair=PAGE)
    after = run_over(tmp_path, "after", replace(given, ignore=("nav/pager",)), fair=PAGE)
    one = differing(before, after)["fair"]
    assert one.how is How.FINDINGS
    assert one.rules["nav/pager"] == Pair(1, 0)
    assert not list(compare(before, after).difference(one))


def test_documents_of_one_run_alone_and_of_other_originals(tmp_path: Path) -> None:
    before = run_over(tmp_path, "before", fair=PAGE, pier="The pier stays.\n")
    after = run_over(tmp_path, "after", fair=PAGE.replace("May", "June"), quay="The quay stays.\n")
    assert differing(before, after) == {
        "fair": Differing("fair", How.ORIGINAL, {}),
        "pier": Differing("pier", How.ONLY_BEFORE, {}),
        "quay": Differing("quay", How.ONLY_AFTER, {}),
    }
    found = compare(before, after)
    lines = [line for one in found.each() for line in found.difference(one)]
    assert "-Ada Lind: The fair opens in May." in lines
    assert not any("pier" in line or "quay" in line for line in lines)


def test_what_an_earlier_run_left_takes_no_part(tmp_path: Path) -> None:
    before = run_over(tmp_path, "before", fair=PAGE)
    run_over(tmp_path, "after", pier="The pier stays.\n")
    (tmp_path / "after-in").rename(tmp_path / "old-in")
    after = run_over(tmp_path, "after", fair=PAGE)
    assert after.names() == ["fair", "pier"]
    assert not differing(before, after)


def test_no_text_is_read_but_for_a_difference(runs: dict[str, Run], tmp_path: Path) -> None:
    bare = copied(runs["without-pagers"], tmp_path / "bare")
    shutil.rmtree(bare.folder / "text")
    assert differing(runs["plain"], bare) == differing(runs["plain"], runs["without-pagers"])
    found = compare(runs["plain"], bare)
    for one in found.each():
        assert not list(found.difference(one))
    assert len(found.failures) == found.differing.total()


def test_a_ledger_that_is_broken_is_named_and_the_others_are_compared(runs: dict[str, Run], tmp_path: Path) -> None:
    broken = copied(runs["without-pagers"], tmp_path / "broken")
    whole = differing(runs["plain"], broken)
    name = min(whole)
    path = broken.places(name).ledger
    path.write_bytes(path.read_bytes()[:-20])
    for before, after in permutations((runs["plain"], broken)):
        found = compare(before, after)
        assert {one.name for one in found.each()} == set(whole) - {name}
        (failure,) = found.failures
        assert failure.path == name
        assert failure.problem.startswith(f"{path}:")
        assert found.documents == len(broken.names())
        assert compared.total(found).endswith("another text; 1 could not be compared")


def test_a_change_that_was_stopped_half_way_is_read_as_far_as_it_went(runs: dict[str, Run], tmp_path: Path) -> None:
    undone = copied(runs["plain"], tmp_path / "undone")
    revising.undo(undone, Wanted(rules=("nav/pager",)))
    name = min(differing(runs["plain"], undone))
    for is_text_written in (False, True):
        stopped = copied(runs["plain"], tmp_path / f"stopped-{is_text_written}")
        places, done = stopped.places(name), undone.places(name)
        shutil.copy(done.ledger, places.ledger.with_name(places.ledger.name + NEXT))
        if is_text_written:
            shutil.copy(done.text, places.text)
        assert set(differing(runs["plain"], stopped)) == ({name} if is_text_written else set())


@pytest.mark.parametrize(
    ("change", "problem"),
    [
        (lambda account: account.update(v=1), "version 1, and 2 is known here"),
        (lambda account: account.pop("rules"), "is not the account of a run"),
        (lambda account: account.update(rules=[]), "is not the account of a run"),
        (lambda account: account.update(rules={"nav/pager": {"documents": "many"}}), "is not the account of a run"),
        (lambda account: account.update(changed="3"), "is not the account of a run"),
        (lambda account: account.update(earlier=[[]]), "is not the account of a run"),
        (lambda account: account["settings"].update(choices="all"), "is not the account of a run"),
        (lambda account: account["settings"].update(choices=None), "is not the account of a run"),
        (lambda account: account.update(settings=[]), "is not the account of a run"),
    ],
)
def test_an_account_that_is_none_is_refused(
    change: Callable[[dict[str, Any]], object], problem: str, runs: dict[str, Run], tmp_path: Path
) -> None:
    odd = copied(runs["plain"], tmp_path / "odd")
    change_account(odd, change)
    for before, after in permutations((runs["plain"], odd)):
        with pytest.raises(ReadError, match=problem):
            compare(before, after)


def test_a_run_that_was_stopped_is_refused(runs: dict[str, Run], tmp_path: Path) -> None:
    stopped = copied(runs["plain"], tmp_path / "stopped")
    (stopped.folder / "run.json").unlink()
    with pytest.raises(ReadError, match=r"run\.json: does not exist: the run was stopped"):
        compare(runs["plain"], stopped)


def test_the_same_folder_twice_is_refused(runs: dict[str, Run], tmp_path: Path) -> None:
    (tmp_path / "link").symlink_to(runs["plain"].folder)
    with pytest.raises(UsageError, match="are the same folder"):
        compare(runs["plain"], Run(tmp_path / "link"))


@pytest.mark.skipif(not shutil.which("patch"), reason="needs patch")
def test_patch_makes_of_the_differences_the_other_texts(
    runs: dict[str, Run], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before, after = copied(runs["plain"], tmp_path / "before"), copied(runs["suggested"], tmp_path / "after")
    monkeypatch.chdir(tmp_path)
    found = compare(Run("before"), Run("after"))
    lines = "".join(f"{line}\n" for one in found.each() for line in found.difference(one))
    subprocess.run(["patch", "-p1", "-d", "before"], check=True, capture_output=True, input=lines.encode())
    assert texts(before) == texts(after) != texts(runs["plain"])


def test_a_text_that_is_too_long_has_no_diff(runs: dict[str, Run], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(comparing, "LONGEST_DIFF", 10)
    found = compare(runs["plain"], runs["without-pagers"])
    for one in found.each():
        path = runs["without-pagers"].places(one.name).text
        assert list(found.difference(one)) == [f"{path}: too long for a diff"]


def test_json_is_one_document_with_all_that_differs(runs: dict[str, Run], tmp_path: Path) -> None:
    found = compare(runs["plain"], runs["suggested"])
    record = json.loads("\n".join(compared.as_json(found, found.each())))
    assert list(record) == [
        *("before", "after", "settings", "counts", "rules", "documents"),
        *("compared", "differing", "failed"),
    ]
    again = compare(runs["plain"], runs["suggested"])
    assert [(one["document"], one["how"]) for one in record["documents"]] == [one[:2] for one in again.each()]
    assert record["differing"] == len(record["documents"])
    assert {one["rule"] for one in record["rules"]} == set(found.rules)
    assert record["settings"]["choices"]["after"][0]["apply"] == "suggested"
    same = compare(runs["plain"], copied(runs["plain"], tmp_path / "same"))
    record = json.loads("\n".join(compared.as_json(same, same.each())))
    assert (record["documents"], record["rules"], record["settings"], record["counts"]) == ([], [], {}, {})


def test_a_name_that_is_no_text_is_spelt_out_in_json(tmp_path: Path) -> None:
    name = os.fsdecode(b"no \xff text")
    before, after = run_over(tmp_path, "before", **{name: PAGE}), run_over(tmp_path, "after", pier="The pier stays.\n")
    found = compare(before, after)
    data = "\n".join(compared.as_json(found, found.each())).encode(errors="backslashreplace")
    assert [one["document"] for one in json.loads(data)["documents"]] == [name, "pier"]


def test_a_few_documents_of_each_kind_are_named_or_all(runs: dict[str, Run]) -> None:
    found = compare(runs["plain"], runs["nothing"])
    short = list(compared.lines(found, found.each()))
    assert f"{found.differing.total() - compared.MOST:,} more with --verbose" in short
    again = compare(runs["plain"], runs["nothing"])
    long = list(compared.lines(again, again.each(), verbose=True))
    named = [line for line in long if ": another text: " in line]
    assert len(named) == found.differing.total() == len(runs["plain"].names())
    assert short[-1] == long[-1] == f"{len(named)} of {len(named)} documents differ: {len(named)} another text"


def heading(runs: dict[str, Run], tmp_path: Path, before: dict[str, Any], after: dict[str, Any]) -> list[str]:
    """The lines of the heading for two runs that differ in these parts of their accounts alone."""
    found = []
    for name, said in (("before", before), ("after", after)):
        run = copied(runs["plain"], tmp_path / name)
        change_account(run, lambda account, said=said: account.update(said))  # type: ignore[misc]
        found.append(run)
    comparison = compare(*found)
    first, *lines = list(compared.lines(comparison, comparison.each()))
    assert first == f"{found[0].folder} -> {found[1].folder}"
    return lines[: lines.index("")]


def test_versions_inputs_and_counts_stand_in_the_heading(runs: dict[str, Run], tmp_path: Path) -> None:
    many = [f"in/{number}.txt" for number in range(10)]
    said = heading(
        runs,
        tmp_path,
        {"cleankit": "0.1.0", "inputs": many, "chars": 12345, "failed": 0},
        {"cleankit": "0.2.0", "inputs": ["in/a.txt", *many[4:]], "chars": 12340, "failed": 1},
    )
    assert said == [
        "cleankit    0.1.0 -> 0.2.0",
        "inputs      -in/0.txt, -in/1.txt, -in/2.txt, 1 more, +in/a.txt",
        "failed      0 -> 1 (+1)",
        "characters  12,345 -> 12,340 (-5)",
    ]


def test_what_no_setting_tells_is_told_by_the_recipe(runs: dict[str, Run], tmp_path: Path) -> None:
    before, alike = (run_over(tmp_path, name, fair=PAGE) for name in ("before", "alike"))
    (tmp_path / "after").mkdir()
    decisions.add(tmp_path / "after", [Decision(Verdict.REJECT, "", "social/share-line")])
    after = clean(tmp_path / "before-in", tmp_path / "after")
    assert "recipe" not in compare(before, alike).settings
    assert set(compare(before, after).settings) == {"recipe"}
    assert "recipe" not in compare(runs["plain"], runs["without-pagers"]).settings


def test_several_settings_stand_side_by_side(runs: dict[str, Run], tmp_path: Path) -> None:
    (choice,) = runs["plain"].account()["settings"]["choices"]
    settings = runs["plain"].account()["settings"]
    two = [choice | {"documents": 9}, choice | {"documents": 6, "profile": "article", "budgets": {"page": 0.1}}]
    said = heading(runs, tmp_path, {}, {"settings": settings | {"choices": two}})
    assert said == ["profile  default -> default or article", "budgets  none -> none or page 0.1"]


def test_settings_that_are_only_combined_otherwise_are_told(runs: dict[str, Run], tmp_path: Path) -> None:
    settings = runs["plain"].account()["settings"]
    (choice,) = settings["choices"]

    def choices(*pairs: tuple[str, str]) -> dict[str, Any]:
        told = [choice | {"profile": profile, "apply": apply} for profile, apply in pairs]
        return {"settings": settings | {"choices": told}}

    said = heading(
        runs,
        tmp_path,
        choices(("default", "safe"), ("article", "suggested")),
        choices(("default", "suggested"), ("article", "safe")),
    )
    assert said == ["choices  the same values, combined otherwise"]


def test_documents_of_each_setting_and_their_order_are_no_difference(runs: dict[str, Run], tmp_path: Path) -> None:
    settings = runs["plain"].account()["settings"]
    (choice,) = settings["choices"]
    two = [choice | {"documents": 9}, choice | {"documents": 6, "profile": "article"}]
    other = [two[1] | {"documents": 8}, two[0] | {"documents": 7}]
    for name, choices in (("before", two), ("after", other)):
        change_account(
            copied(runs["plain"], tmp_path / name),
            lambda account, choices=choices: account["settings"].update(choices=choices),  # type: ignore[misc]
        )
    assert not compare(Run(tmp_path / "before"), Run(tmp_path / "after")).settings
