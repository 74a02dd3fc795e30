"""Files of records cleaned part by part: what comes out, what waits and what is told, however it is done."""

from __future__ import annotations

import gzip
import json
import random
import shutil
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from conftest import SEEDS

from cleankit import ledger
from cleankit.corpus.records import Columns
from cleankit.engines import local, shards, unsharding, valid
from cleankit.engines.job import Done, Failure, Output, State
from cleankit.engines.local import Ran, Way
from cleankit.engines.places import TIMING
from cleankit.engines.plan import Given, Task, plan
from cleankit.pipeline import Pipeline

PAGES = {path.stem: path.read_bytes().decode("utf-8-sig") for path in sorted((SEEDS / "dirty").glob("*.txt"))}
HIJACKED = (
    "Best online casino: free spins, slots, poker and a 200% deposit bonus, register now\n"
    "Live casino, roulette and baccarat: claim your welcome bonus and bet now\n"
    "Top slot sites with free spins and no deposit bonus, play poker online\n"
)


def rows(**more: str) -> list[dict[str, Any]]:
    return [
        {"id": name, "text": text, "source": "page", "score": 1.5, "nested": {"a": [None, True]}}
        for name, text in (PAGES | more).items()
    ]


def write(path: Path, some: list[dict[str, Any]]) -> None:
    text = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in some)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(gzip.compress(text.encode()) if path.suffix == ".gz" else text.encode())


def clean(paths: list[Path], out: Path, *, cut: int = 1 << 30, way: Way | None = None, **output: Any) -> Ran:
    named = [str(path) for path in paths]
    return local.run(named, plan(named, Given(isolated=True), cut), Output(str(out), **output), way)


def read(path: Path) -> list[dict[str, Any]]:
    data = path.read_bytes()
    return [json.loads(line) for line in (gzip.decompress(data) if path.suffix == ".gz" else data).splitlines()]


def tree(folder: Path) -> dict[str, bytes]:
    paths = (path for path in folder.rglob("*") if path.is_file() and path.name != TIMING)
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in paths}


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.jsonl.zst"])
def test_texts_are_those_of_pages_and_all_else_is_as_it_was(tmp_path: Path, name: str) -> None:
    some = rows()
    if name.endswith(".zst"):
        zstandard = pytest.importorskip("zstandard")
        write(tmp_path / "plain.jsonl", some)
        (tmp_path / name).write_bytes(zstandard.compress((tmp_path / "plain.jsonl").read_bytes()))
    else:
        write(tmp_path / name, some)
    assert clean([tmp_path / name], tmp_path / "run").failures == ()
    clean([SEEDS / "dirty"], tmp_path / "pages")
    made = tmp_path / "run/records/text" / name
    data = made.read_bytes()
    unpacked = (
        zstandard.ZstdDecompressor().decompressobj().decompress(data)
        if name.endswith(".zst")
        else gzip.decompress(data)
        if ".gz" in name
        else data
    )
    for row, line in zip(some, unpacked.splitlines(), strict=True):
        text = (tmp_path / f"pages/text/{row['id']}.txt").read_bytes().decode()
        assert json.loads(line) == row | {"text": text}


def test_ledgers_give_the_texts_back(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", rows(hijacked=HIJACKED))
    clean([tmp_path / "a.jsonl"], tmp_path / "run", briefings=False)
    cleaned = {row["id"]: row["text"] for row in read(tmp_path / "run/records/text/a.jsonl")}
    journal = tmp_path / "run/records/ledger/a.jsonl"
    back = {
        one.id: ledger.restored(cleaned[one.id], one)
        for one in ledger.read_all(journal.read_bytes(), journal)
        if one.aside is None
    }
    assert back == PAGES


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz"])
def test_rows_come_back_as_they_were(tmp_path: Path, name: str) -> None:
    some = rows(hijacked=HIJACKED)
    some[2:2], some[9:9] = [{"id": "menu", "text": HIJACKED}], [{"id": "bad"}]
    write(tmp_path / name, some)
    clean([tmp_path / name], tmp_path / "run", cut=9_000)
    back = list(unsharding.each(tmp_path / "run", tmp_path / "back"))
    assert not [one for one in back if isinstance(one, Failure)]
    given = b"".join(
        gzip.decompress(path.read_bytes()) if name.endswith(".gz") else path.read_bytes()
        for path in sorted((tmp_path / "back").iterdir())
    )
    wanted = "".join(json.dumps(row, ensure_ascii=False) + "\n" for row in some if "text" in row)
    assert given.decode() == wanted
    proved = list(unsharding.each(tmp_path / "run", None))
    assert proved == back


def test_rows_that_were_changed_are_not_given_back(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", rows(hijacked=HIJACKED))
    clean([tmp_path / "a.jsonl"], tmp_path / "run")
    folder = tmp_path / "run/records"
    for kind in ("text", "quarantine", "ledger"):
        path = folder / kind / "a.jsonl"
        data = path.read_bytes()
        lines = data.splitlines(keepends=True)
        for spoilt in (data.replace(b" the ", b" teh ", 1), b"".join(lines[1:]), data[:-9], data + lines[0]):
            if spoilt == data:
                continue
            path.write_bytes(spoilt)
            (told,) = unsharding.each(tmp_path / "run", tmp_path / "back")
            assert isinstance(told, Failure)
            assert "cannot be restored" in told.problem
            assert not (tmp_path / "back/a.jsonl").exists()
        path.write_bytes(data)
    (told,) = unsharding.each(tmp_path / "run", tmp_path / "back")
    assert not isinstance(told, Failure)


def test_a_record_that_waits_or_cannot_be_done_is_told_with_its_line(tmp_path: Path) -> None:
    lines = [json.dumps(row) for row in rows(hijacked=HIJACKED)]
    lines[3:3] = ["no record", '{"id": "without"}', '{"id": "number", "text": 7}', json.dumps({"text": "x" * 4000})]
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    # the last is a hijacked page, and one line is longer than all others
    most = max(map(len, [*lines[:6], *lines[7:]])) + 1
    lines[6] = json.dumps({"id": "long", "text": "x" * most})
    (tmp_path / "a.jsonl").write_text("\n".join(lines), encoding="utf-8")
    ran = clean([tmp_path / "a.jsonl"], tmp_path / "run", most=most)
    assert (ran.total.docs, ran.total.failed, ran.total.quarantined) == (len(lines), 4, 1)
    told = read(tmp_path / "run/records/quarantine/a.jsonl.reasons.jsonl")
    assert [(one["line"], one["id"]) for one in told] == [
        *((4, "a.jsonl:4"), (5, "without"), (6, "number"), (7, "a.jsonl:7")),
        (len(lines), "hijacked"),
    ]
    assert [one["shard"] for one in told] == ["a.jsonl"] * 5
    assert told[-1]["rule"] == "spam/hijacked-page" and "error" in told[0]  # noqa: PT018 - one thought
    assert read(tmp_path / "run/records/quarantine/a.jsonl") == [json.loads(lines[-1])]
    assert [row["id"] for row in read(tmp_path / "run/records/text/a.jsonl")] == list(PAGES)
    ((path, problem),) = ran.failures
    assert path == "a.jsonl"
    assert "4 of" in problem
    (aside,) = ran.asides
    assert (aside.path, aside.rule) == ("a.jsonl", "spam/hijacked-page")


def test_a_fault_of_ours_in_one_record_costs_that_record(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    run = Pipeline.run

    def faulty(self: Pipeline, document: Any) -> Any:
        if document.id == "energy-article":
            raise ZeroDivisionError
        return run(self, document)

    monkeypatch.setattr(Pipeline, "run", faulty)
    write(tmp_path / "a.jsonl", rows())
    ran = clean([tmp_path / "a.jsonl"], tmp_path / "run", briefings=False)
    assert ran.total.failed == 1
    assert "energy-article" not in {row["id"] for row in read(tmp_path / "run/records/text/a.jsonl")}
    (told,) = read(tmp_path / "run/records/quarantine/a.jsonl.reasons.jsonl")
    assert "ZeroDivisionError" in told["error"]


def test_other_columns_can_be_named(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", [{"url": row["id"], "content": row["text"], "text": 5} for row in rows()])
    ran = clean([tmp_path / "a.jsonl"], tmp_path / "run", columns=Columns("content", "url"))
    assert ran.failures == ()
    made = read(tmp_path / "run/records/text/a.jsonl")
    assert [(row["url"], row["text"]) for row in made] == [(name, 5) for name in PAGES]
    assert all(row["content"] != PAGES[row["url"]] for row in made)


def test_the_same_files_come_out_however_it_is_done(tmp_path: Path) -> None:
    """Whatever the number of processes and the order in which the files are given."""
    for number in range(3):
        write(tmp_path / f"in/{number}.jsonl", rows(hijacked=HIJACKED))
    write(tmp_path / "in/3.jsonl.gz", rows())
    given = sorted((tmp_path / "in").iterdir())
    clean(given, tmp_path / "one", cut=20_000)
    wanted = tree(tmp_path / "one")
    assert len([name for name in wanted if name.startswith("records/text/0-000")]) > 2
    for jobs in (2, 4):
        random.Random(jobs).shuffle(given)
        clean(given, tmp_path / f"jobs{jobs}", cut=20_000, way=Way(jobs))
        assert tree(tmp_path / f"jobs{jobs}") == wanted


def test_parts_together_are_the_whole(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", rows())
    clean([tmp_path / "a.jsonl"], tmp_path / "whole", briefings=False)
    clean([tmp_path / "a.jsonl"], tmp_path / "parts", cut=9_000, briefings=False)
    for kind in ("text", "ledger"):
        parts = sorted((tmp_path / "parts/records" / kind).iterdir())
        assert len(parts) > 3
        together = b"".join(path.read_bytes() for path in parts)
        assert together == (tmp_path / "whole/records" / kind / "a.jsonl").read_bytes()


def test_a_packed_file_that_was_cut_short_is_an_error_and_nothing_of_it_stays(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl.gz", rows())
    assert clean([tmp_path / "a.jsonl.gz"], tmp_path / "run").failures == ()
    data = (tmp_path / "a.jsonl.gz").read_bytes()
    (tmp_path / "a.jsonl.gz").write_bytes(data[: len(data) // 2])
    ((path, problem),) = clean([tmp_path / "a.jsonl.gz"], tmp_path / "run").failures
    assert path.endswith("a.jsonl.gz")
    assert "cut short" in problem
    assert not any(name.startswith("records/") for name in tree(tmp_path / "run"))


# what is done is not done again


def counted(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The parts that are cleaned from now on."""
    seen: list[str] = []
    run_shard = shards.run_shard

    def noted(task: Any, output: Output) -> Done:
        seen.append(task.source.id)
        return run_shard(task, output)

    monkeypatch.setattr(shards, "run_shard", noted)
    return seen


def test_the_same_command_again_does_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.jsonl", [*rows(hijacked=HIJACKED), {"id": "bad"}])
    first = clean([tmp_path / "a.jsonl"], tmp_path / "run", cut=9_000)
    wanted = tree(tmp_path / "run")
    seen = counted(monkeypatch)
    again = clean([tmp_path / "a.jsonl"], tmp_path / "run", cut=9_000)
    assert seen == []
    assert again[:3] == first[:3]
    assert again.before > 3
    assert tree(tmp_path / "run") == wanted
    forced = clean([tmp_path / "a.jsonl"], tmp_path / "run", cut=9_000, way=Way(force=True))
    assert (len(seen), forced.before) == (again.before, 0)
    assert tree(tmp_path / "run") == wanted


def change_the_input(folder: Path) -> State:
    data = (folder / "a.jsonl").read_bytes()
    (folder / "a.jsonl").write_bytes(data.replace(b'"score": 1.5', b'"score": 2.5', 1))
    return State.INPUT


def change_an_output(folder: Path) -> State:
    path = min((folder / "run/records/text").iterdir())
    path.write_bytes(path.read_bytes().replace(b'"score": 1.5', b'"score": 3.5', 1))
    return State.OUTPUT


def remove_a_ledger(folder: Path) -> State:
    min((folder / "run/records/ledger").iterdir()).unlink()
    return State.OUTPUT


@pytest.mark.parametrize("change", [change_the_input, change_an_output, remove_a_ledger])
def test_a_part_that_changed_is_done_again_and_no_other(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, change: Callable[[Path], State]
) -> None:
    write(tmp_path / "a.jsonl", rows())
    clean([tmp_path / "a.jsonl"], tmp_path / "run", cut=9_000)
    why = change(tmp_path)
    seen = counted(monkeypatch)
    ran = clean([tmp_path / "a.jsonl"], tmp_path / "run", cut=9_000)
    assert seen == [min(path.name for path in (tmp_path / "run/records/text").iterdir())]
    assert ran.again == {why: (seen[0],)}
    clean([tmp_path / "a.jsonl"], tmp_path / "fresh", cut=9_000)
    assert tree(tmp_path / "run") == tree(tmp_path / "fresh")


def test_a_run_that_is_stopped_while_it_looks_at_what_is_done_keeps_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def stopped(_: Any) -> str:
        raise KeyboardInterrupt

    write(tmp_path / "a.jsonl", rows())
    clean([tmp_path / "a.jsonl"], tmp_path / "run", cut=9_000)
    wanted = tree(tmp_path / "run")
    with monkeypatch.context() as patched:
        patched.setattr(shards, "source_of", stopped)
        with pytest.raises(KeyboardInterrupt):
            clean([tmp_path / "a.jsonl"], tmp_path / "run", cut=9_000)
    assert tree(tmp_path / "run") == {name: data for name, data in wanted.items() if name != "run.json"}
    assert clean([tmp_path / "a.jsonl"], tmp_path / "run", cut=9_000).before > 3
    assert tree(tmp_path / "run") == wanted


def test_timing_counts_records_and_is_gone_while_a_run_goes_on(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.jsonl", rows())
    ran = clean([tmp_path / "a.jsonl"], tmp_path / "run", cut=9_000, way=Way(2))
    timing = json.loads((tmp_path / "run/timing.json").read_bytes())
    assert ran.timing
    assert timing == ran.timing.to_dict()
    assert [timing[key] for key in ("v", "documents", "before", "processes")] == [1, len(PAGES), 0, 2]
    seen: list[bool] = []

    def watched(done: Iterator[Done], tasks: Sequence[Task]) -> Iterator[Done]:
        for one in done:
            seen.append((tmp_path / "run/timing.json").exists())
            yield one
        assert len(seen) == len(tasks)

    ran = clean([tmp_path / "a.jsonl"], tmp_path / "run", cut=9_000, way=Way(8, progress=watched))
    assert not any(seen)
    assert ran.timing
    # no more processes than there are parts
    assert (ran.timing.documents, ran.timing.before, ran.timing.processes) == (
        len(PAGES),
        len(PAGES),
        min(8, len(seen)),
    )


def test_other_settings_do_all_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    write(tmp_path / "a.jsonl", rows())
    path = str(tmp_path / "a.jsonl")
    clean([tmp_path / "a.jsonl"], tmp_path / "run")
    seen = counted(monkeypatch)
    todo = plan([path], Given(isolated=True, ignore=("nav",)), 1 << 30)
    ran = local.run([path], todo, Output(str(tmp_path / "run")))
    assert ran.again == {State.SETTINGS: ("a.jsonl",)}
    assert seen == ["a.jsonl"]


@pytest.mark.parametrize(
    "damage", ["", "{", "null\n", '{"name": 3}\n', '{"name": "a.jsonl", "recipe": "x", "counts": 3}\n']
)
def test_marks_that_cannot_be_read_are_none(tmp_path: Path, damage: str) -> None:
    write(tmp_path / "a.jsonl", rows())
    clean([tmp_path / "a.jsonl"], tmp_path / "run")
    wanted = tree(tmp_path / "run")
    (tmp_path / "run/done.jsonl").write_text(damage)
    assert clean([tmp_path / "a.jsonl"], tmp_path / "run").before == 0
    assert tree(tmp_path / "run") == wanted


def test_a_run_ends_where_too_much_goes_wrong(tmp_path: Path) -> None:
    for number in range(4):
        (tmp_path / f"{number}.jsonl").write_text('{"id": 1}\n' * 3)
    given = sorted(tmp_path.glob("*.jsonl"))
    ran = clean(given, tmp_path / "run", way=Way(max_errors=4))
    assert ran.total.failed == 6
    assert "stopped" in ran.failures[-1].problem
    assert not (tmp_path / "run/run.json").exists()
    assert clean(given, tmp_path / "run", way=Way(max_errors=12)).total.failed == 12


# pages


def test_pages_that_are_done_are_not_done_again(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    shutil.copytree(SEEDS / "dirty", tmp_path / "in")
    (tmp_path / "in/hijacked.txt").write_text(HIJACKED)
    first = clean([tmp_path / "in"], tmp_path / "run")
    wanted = tree(tmp_path / "run")
    ran_on: list[str] = []
    run = Pipeline.run

    def noted(self: Pipeline, document: Any) -> Any:
        ran_on.append(document.id)
        return run(self, document)

    monkeypatch.setattr(Pipeline, "run", noted)
    again = clean([tmp_path / "in"], tmp_path / "run")
    assert (ran_on, again.before) == ([], len(PAGES) + 1)
    assert again[:3] == first[:3]
    assert tree(tmp_path / "run") == wanted
    # one of each: another input, another output, a briefing that is gone, a ledger that is damaged
    (tmp_path / "in/article-fr.txt").write_text("Bonjour.\n")
    (tmp_path / "run/text/energy-article.txt").write_text("By hand.\n")
    (tmp_path / "run/briefings/gallery-page.json").unlink()
    (tmp_path / "run/ledger/mfa-zh.jsonl").write_text("{}\n")
    changed = clean([tmp_path / "in"], tmp_path / "run")
    assert {why: set(names) for why, names in changed.again.items()} == {
        State.INPUT: {"article-fr"},
        State.OUTPUT: {"energy-article", "gallery-page", "mfa-zh"},
    }
    assert set(ran_on) == {"article-fr", "energy-article", "gallery-page", "mfa-zh"}
    clean([tmp_path / "in"], tmp_path / "fresh")
    assert tree(tmp_path / "run") == tree(tmp_path / "fresh")


def test_all_that_a_run_over_records_holds_fits_its_schemas(tmp_path: Path) -> None:
    write(tmp_path / "a.jsonl", [*rows(hijacked=HIJACKED), {"id": "bad"}])
    shutil.copytree(SEEDS / "dirty", tmp_path / "in")
    clean([tmp_path / "a.jsonl", tmp_path / "in"], tmp_path / "run", cut=9_000)
    looked = list(valid.each([str(tmp_path / "run")]))
    assert not [one for one in looked if isinstance(one, Failure) or one.findings]
    kinds = {Path(one.path).relative_to(tmp_path / "run").parts[:2] for one in looked}
    assert {("done.jsonl",), ("run.json",), ("records", "ledger"), ("records", "briefings")} <= kinds
