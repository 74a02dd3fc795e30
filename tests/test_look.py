"""Fixing in place: only what changes is written, whole, and never over what somebody else wrote meanwhile."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from cleankit import corpus
from cleankit.corpus import Source
from cleankit.engines import look
from cleankit.engines.job import Failure
from cleankit.engines.plan import Given, plan
from cleankit.errors import UsageError
from cleankit.model import Document

DIRTY, CLEAN = "One. \n", "One.\n"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    for name in ("a.txt", "b.txt", "c.txt"):
        Path(name).write_text(DIRTY, encoding="utf-8")
    return tmp_path


def fixed(*paths: str) -> tuple[list[str], list[Failure]]:
    """The paths that were done, and what failed."""
    done: list[str] = []
    failures: list[Failure] = []
    for seen in look.fix(plan(paths)):
        if isinstance(seen, Failure):
            failures.append(seen)
        else:
            done.append(seen.path)
    return done, failures


def test_a_read_only_file_is_left_alone_and_the_others_are_done(folder: Path) -> None:
    Path("b.txt").chmod(0o444)
    done, failures = fixed("a.txt", "b.txt", "c.txt")
    assert done == ["a.txt", "c.txt"]
    assert failures == [Failure("b.txt", "is read-only, so it was left alone; make it writable, or exclude it")]
    assert [Path(name).read_text(encoding="utf-8") for name in ("a.txt", "b.txt", "c.txt")] == [CLEAN, DIRTY, CLEAN]


def test_a_read_only_file_with_nothing_to_fix_is_no_failure(folder: Path) -> None:
    Path("b.txt").write_text(CLEAN, encoding="utf-8")
    Path("b.txt").chmod(0o444)
    assert fixed("b.txt") == (["b.txt"], [])


def test_a_file_that_goes_away_after_it_was_listed_is_told(folder: Path) -> None:
    todo = plan(["."])
    Path("b.txt").unlink()
    seen = list(look.fix(todo))
    assert [type(one) for one in seen] == [look.Fixed, Failure, look.Fixed]
    assert seen[1] == Failure("b.txt", "does not exist; check the path")


def test_a_file_that_becomes_a_folder_after_it_was_listed_is_told(folder: Path) -> None:
    todo = plan(["."])
    Path("b.txt").unlink()
    Path("b.txt").mkdir()
    assert [one for one in look.fix(todo) if isinstance(one, Failure)] == [Failure("b.txt", "is a folder; give a file")]


def test_what_another_program_wrote_meanwhile_stays(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = corpus.read

    def slow(source: Source, encoding: str | None) -> Document:
        document = read(source, encoding)
        if source.path == "b.txt":
            Path(source.path).write_text("Written meanwhile. \n", encoding="utf-8")
        return document

    monkeypatch.setattr(corpus, "read", slow)
    done, failures = fixed("a.txt", "b.txt", "c.txt")
    assert done == ["a.txt", "c.txt"]
    assert failures == [Failure("b.txt", "was changed by another program meanwhile, so it was left alone; run again")]
    assert Path("b.txt").read_text(encoding="utf-8") == "Written meanwhile. \n"
    assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "b.txt", "c.txt"]


def test_what_another_program_deleted_meanwhile_stays_so(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    read = corpus.read

    def slow(source: Source, encoding: str | None) -> Document:
        document = read(source, encoding)
        Path(source.path).unlink()
        return document

    monkeypatch.setattr(corpus, "read", slow)
    done, failures = fixed("a.txt")
    assert (done, [failure.path for failure in failures]) == ([], ["a.txt"])
    assert sorted(path.name for path in folder.iterdir()) == ["b.txt", "c.txt"]


def test_readers_see_the_old_text_or_the_new_one(folder: Path) -> None:
    old = b"The floor is open. \n" * 50_000
    page, seen, stop = Path("big.txt"), set(), threading.Event()
    page.write_bytes(old)

    def watch() -> None:
        while not stop.is_set():
            seen.add(len(page.read_bytes()))

    watcher = threading.Thread(target=watch)
    watcher.start()
    try:
        assert fixed("big.txt") == (["big.txt"], [])
    finally:
        stop.set()
        watcher.join()
    assert seen <= {len(old), len(old) - 50_000}


def test_a_signal_leaves_no_file_half_made(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    really = os.open

    def opened(*args: Any, **kwargs: Any) -> int:
        really(*args, **kwargs)
        raise KeyboardInterrupt

    monkeypatch.setattr("os.open", opened)
    with pytest.raises(KeyboardInterrupt):
        corpus.write_bytes(folder / "a.txt", b"new")
    assert sorted(path.name for path in folder.iterdir()) == ["a.txt", "b.txt", "c.txt"]
    assert Path("a.txt").read_text(encoding="utf-8") == DIRTY


def test_links_lead_to_what_is_fixed_and_stay_links(folder: Path) -> None:
    Path("link.txt").symlink_to("a.txt")
    Path("gone.txt").symlink_to("nowhere.txt")
    done, failures = fixed("link.txt", "gone.txt", "b.txt")
    assert (done, failures) == (["link.txt", "b.txt"], [Failure("gone.txt", "does not exist; check the path")])
    assert Path("link.txt").is_symlink()
    assert Path("a.txt").read_text(encoding="utf-8") == CLEAN


def test_what_is_no_file_is_not_written_into(folder: Path) -> None:
    os.mkfifo("pipe")

    def write() -> Iterator[None]:
        Path("pipe").write_text(DIRTY, encoding="utf-8")
        yield

    writer = threading.Thread(target=lambda: list(write()))
    writer.start()
    done, failures = fixed("pipe", "a.txt")
    writer.join()
    assert (done, failures) == (
        ["a.txt"],
        [Failure("pipe", "is no file that could be changed in place; read it as -")],
    )


def test_only_files_that_change_are_written(folder: Path) -> None:
    Path("b.txt").write_text(CLEAN, encoding="utf-8")
    os.utime("b.txt", (1, 1))
    number = Path("b.txt").stat().st_ino
    fixed(".")
    assert (Path("b.txt").stat().st_mtime, Path("b.txt").stat().st_ino) == (1, number)
    assert stat.S_IMODE(Path("a.txt").stat().st_mode) == stat.S_IMODE(Path("b.txt").stat().st_mode)


def test_a_plan_holds_each_document_once_in_its_order(folder: Path) -> None:
    Path("sub").mkdir()
    Path("sub/d.txt").write_text(CLEAN, encoding="utf-8")
    paths = ["c.txt", ".", "./c.txt", "sub/../a.txt", "sub", str(folder / "b.txt")]
    assert [task.source.path for task in plan(paths).tasks] == ["c.txt", "a.txt", "b.txt", "sub/d.txt"]


def test_a_file_with_the_name_of_standard_input_is_another_document(folder: Path) -> None:
    Path("-").write_text(DIRTY, encoding="utf-8")
    assert [task.source.path for task in plan(["-", "./-", "-"]).tasks] == ["-", "./-"]


def test_a_wrong_configuration_somewhere_below_stops_before_anything_is_done(folder: Path) -> None:
    Path("sub").mkdir()
    Path("sub/d.txt").write_text(DIRTY, encoding="utf-8")
    Path("sub/cleankit.toml").write_text('ignore = ["nav/pagr"]\n', encoding="utf-8")
    with pytest.raises(UsageError, match=r"cleankit\.toml:1: ignore: there is no rule 'nav/pagr'; did you mean nav/"):
        plan(["."])
    assert plan(["."], Given(isolated=True)).tasks


def test_an_account_knows_what_counts(folder: Path) -> None:
    Path("b.txt").write_text("We will do it , as promised. \n", encoding="utf-8")
    todo = plan([".", "gone.txt"], Given(fail_on="safe"))
    account = look.Account(todo)
    for _ in account.keep(look.check(todo)):
        pass
    assert (account.documents, account.findings, account.failing, account.changed) == (3, 4, 3, 0)
    assert [failure.path for failure in account.failures] == ["gone.txt"]
    assert account.rules == {"space/trailing-blanks": (3, 3), "punctuation/blank-before-comma": (1, 0)}
