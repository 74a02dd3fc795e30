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


def test_files_of_suppressions_and_packs_count_by_what_they_hold(tmp_path: Path) -> None:
    entries, pack = tmp_path / "ignore.toml", tmp_path / "packs/own/rule.toml"
    pack.parent.mkdir(parents=True)
    task = TASK._replace(
        settings=Settings(Choice(packs=(str(tmp_path / "packs"),))), spares=Spares("a.txt", sidecar=str(entries))
    )
    found = set()
    for said in ("one", "two"):
        entries.write_text(said)
        found.add(_alone(task))
        pack.write_text(said)
        found.add(_alone(task))
    assert len(found) == 4


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
