"""The digest by which a run is gone on with: the same where the result must be the same, another where it may not."""

from __future__ import annotations

import os
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

import cleankit
from cleankit.config import Choice, Settings
from cleankit.corpus import Source
from cleankit.engines.decisions import Decided, Decision, Verdict
from cleankit.engines.digest import digest, program
from cleankit.engines.plan import Task
from cleankit.model import Safety
from cleankit.suppress.spares import Spares

TASK = Task(Source("a", "a.txt"))


def test_documents_with_the_same_settings_have_one_digest() -> None:
    assert digest(TASK) == digest(TASK._replace(source=Source("b", "elsewhere/b.txt")))


@pytest.mark.parametrize(
    "other",
    [
        TASK._replace(settings=Settings(Choice(apply=Safety.SUGGESTED))),
        TASK._replace(settings=Settings(Choice(ignore=("nav/pager",)))),
        TASK._replace(settings=Settings(encoding="cp1252")),
        TASK._replace(decided=Decided((Decision(Verdict.REJECT, rule="nav/pager"),))),
        TASK._replace(spares=Spares("a.txt", words=("teh",))),
    ],
)
def test_other_settings_have_another_one(other: Task) -> None:
    assert digest(other) != digest(TASK)


ENTRY = '[[ignore]]\nrule = "nav/pager"\nline = "{line:016x}"\nreason = "ours"\n'


def test_files_of_suppressions_and_packs_count_by_what_they_hold(tmp_path: Path) -> None:
    entries, pack = tmp_path / "ignore.toml", tmp_path / "packs/own/rule.toml"
    pack.parent.mkdir(parents=True)
    task = TASK._replace(
        settings=Settings(Choice(packs=(str(tmp_path / "packs"),))), spares=Spares("a.txt", sidecar=str(entries))
    )
    found = set()
    for said in (1, 2):
        entries.write_text(ENTRY.format(line=said))
        found.add(_alone(task))
        pack.write_text(f"# {said}")
        found.add(_alone(task))
    shutil.rmtree(tmp_path / "packs")
    assert len(found | {_alone(task)}) == 5


def test_only_entries_that_mean_the_document_and_hold_today_count(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def found(entries: str, path: str = "a.txt") -> str:
        (tmp_path / "ignore.toml").write_text(entries)
        return digest(TASK._replace(spares=Spares(path, sidecar=str(tmp_path / "ignore.toml"))))

    monkeypatch.chdir(tmp_path)
    one = ENTRY.format(line=1) + 'path = "a.txt"\n'
    assert found(one) == found(one + ENTRY.format(line=2) + 'path = "b.txt"\n')
    assert found(one) == found(one.replace("ours", "as it was printed"))
    assert found(one) == found(one, str(tmp_path / "a.txt"))
    assert found(one + "expires = 2031-01-01\n") == found(one)
    different = [one, "", one.replace("pager", "menu"), one + "count = 1\n", one + "expires = 2020-01-01\n"]
    assert len(set(map(found, different))) == len(different) - 1  # what is over is as good as gone


def test_an_entry_is_seen_from_the_folder_that_it_stands_in(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "ignore.toml").write_text(ENTRY.format(line=1) + 'path = "north/a.txt"\n')
    found = []
    for name in ("north", "south"):
        (tmp_path / name).mkdir()
        monkeypatch.chdir(tmp_path / name)
        found.append(digest(TASK._replace(spares=Spares("a.txt", sidecar="../ignore.toml"))))
    assert found[0] != found[1]


def test_pages_of_html_go_by_the_libraries_that_read_them(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    page = TASK._replace(source=Source("a.html", "a.html"))
    found = {(digest(TASK), digest(page))}
    for folder in ("trafilatura-99.0.dist-info", "Trafilatura-99.1.dist-info", "ftfy-99.0.dist-info"):
        (tmp_path / folder / folder).mkdir(parents=True)
        monkeypatch.syspath_prepend(str(tmp_path / folder))
        found.add((digest(TASK), digest(page)))
    texts, pages = zip(*found, strict=True)
    assert (len(set(texts)), len(set(pages))) == (2, 4)
    assert not set(texts) & set(pages)


def test_packs_are_seen_from_the_working_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    found = set()
    for name in ("one", "two"):
        (tmp_path / name / "packs/own").mkdir(parents=True)
        (tmp_path / name / "packs/own/rule.toml").write_text(f"# {name}")
        monkeypatch.chdir(tmp_path / name)
        found.add(digest(TASK._replace(settings=Settings(Choice(packs=("packs",))))))
    assert len(found) == 2


def _alone(task: Task) -> str:
    """The digest as another process has it: one and the same process does not look at a file twice."""
    script = (
        "import pickle, sys\nfrom cleankit.engines.digest import digest\n"
        "print(digest(pickle.loads(sys.stdin.buffer.read())))"
    )
    done = subprocess.run([sys.executable, "-c", script], input=pickle.dumps(task), capture_output=True, check=True)
    return done.stdout.decode().strip()


def test_the_program_counts_by_its_code_and_not_by_its_place(tmp_path: Path) -> None:
    copy = tmp_path / "cleankit"
    shutil.copytree(Path(cleankit.__file__).parent, copy, ignore=shutil.ignore_patterns("__pycache__"))
    there = [sys.executable, "-c", "from cleankit.engines.digest import program; print(program())"]
    env = {**os.environ, "PYTHONPATH": str(tmp_path), "PYTHONDONTWRITEBYTECODE": "1"}
    schemas = tmp_path / "schemas"
    schemas.mkdir()

    def said() -> str:
        done = subprocess.run(there, env=env, cwd=tmp_path, capture_output=True, text=True, check=True)
        return done.stdout.strip()

    assert said() == program()
    with (copy / "packs/nav/pager.toml").open("a") as file:
        file.write("# another one\n")
    assert said() != program()
