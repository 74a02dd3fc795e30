"""cleankit in `datasets.map`: the same texts, every original back, and a cache that knows when to work anew."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, SEEDS

pytest.importorskip("datasets", reason="datasets is not installed: pip install datasets")

import datasets
from datasets.fingerprint import Hasher

from cleankit import Cleaner, ledger
from cleankit.engines import digest as digests

PAGE = "The floor is open.\n\n1 2 3 >\n"
DIRTY = {path.stem: path.read_bytes().decode("utf-8-sig") for path in sorted((SEEDS / "dirty").glob("*.txt"))}
CLEAN = {path.stem: path.read_bytes().decode() for path in sorted((SEEDS / "clean").glob("*.txt"))}
BLOCK = re.compile(r"```python (\S+)\n(.*?)```", re.DOTALL)


def env(folder: Path, **more: str) -> dict[str, str]:
    """Caches of its own, and no network."""
    return {**os.environ, "PYTHONPATH": str(ROOT), "HF_HOME": str(folder / "home"), "HF_HUB_OFFLINE": "1", **more}


def write_pages(folder: Path, texts: dict[str, str | None]) -> None:
    folder.mkdir()
    lines = (json.dumps({"id": name, "text": text}) + "\n" for name, text in texts.items())
    (folder / "pages.jsonl").write_text("".join(lines), encoding="utf-8")


def loaded(folder: Path, texts: dict[str, str | None]) -> Any:
    write_pages(folder / "pages", texts)
    files = str(folder / "pages/pages.jsonl")
    return datasets.load_dataset("json", data_files=files, split="train", cache_dir=str(folder / "cache"))


def clean(row: dict[str, Any], cleaner: Cleaner) -> dict[str, Any]:
    return cleaner(row["text"], row["id"])._asdict()


@pytest.mark.parametrize("processes", [1, 2])
def test_the_texts_are_those_of_the_command_and_every_original_comes_back(processes: int, tmp_path: Path) -> None:
    made = loaded(tmp_path, DIRTY).map(clean, fn_kwargs={"cleaner": Cleaner()}, num_proc=processes)
    assert dict(zip(made["id"], made["text"], strict=True)) == CLEAN
    for row in made:
        journal = ledger.read(row["ledger"].encode(), row["id"])
        assert ledger.restored(row["text"], journal) == DIRTY[row["id"]]


def test_a_bad_row_and_a_page_that_is_put_aside_end_nothing(tmp_path: Path) -> None:
    pages = loaded(tmp_path, {"good": "The floor is open.\n", "none": None, "dirty": PAGE, "last": "Thank you.\n"})
    cleaner = Cleaner(budgets={"page": 0.05, "least-words": 0})
    made = pages.map(clean, fn_kwargs={"cleaner": cleaner})
    assert list(made["aside"]) == ["", "error", "budget/page", ""]
    assert list(made["text"]) == ["The floor is open.\n", "", PAGE, "Thank you.\n"]
    kinds = {name: feature.dtype for name, feature in made.features.items()}
    assert kinds.pop("id") == kinds["text"] == "string"
    assert {name for name, kind in kinds.items() if kind == "int64"} == {"edits", "removed", "added", "open"}


def test_columns_have_their_types_whatever_the_first_rows_hold(tmp_path: Path) -> None:
    pages = loaded(tmp_path, {"untouched": "The floor is open.\n", "dirty": PAGE})
    made = pages.map(clean, fn_kwargs={"cleaner": Cleaner()}, writer_batch_size=1)
    assert list(made["rules"]) == ["", "nav/pager space/blank-lines"]


def test_batches_do_as_well_as_rows(tmp_path: Path) -> None:
    def clean_batch(batch: dict[str, list[Any]], cleaner: Cleaner) -> dict[str, list[Any]]:
        done = [cleaner(text, id) for text, id in zip(batch["text"], batch["id"], strict=True)]
        return {name: [getattr(one, name) for one in done] for name in ("text", "ledger")}

    made = loaded(tmp_path, DIRTY).map(clean_batch, batched=True, batch_size=4, fn_kwargs={"cleaner": Cleaner()})
    assert dict(zip(made["id"], made["text"], strict=True)) == CLEAN


CACHED = """
import sys
import cleankit
from datasets import load_dataset

def clean(row, cleaner):
    with open("calls.txt", "a") as calls:
        calls.write(row["id"] + " ")
    return cleaner(row["text"], row["id"])._asdict()

pages = load_dataset("json", data_files="pages/pages.jsonl", split="train")
options = {"ignore": ["nav"]} if "other" in sys.argv else {}
made = pages.map(clean, fn_kwargs={"cleaner": cleankit.Cleaner(**options)}, num_proc=int(sys.argv[1]))
print(made._fingerprint)
"""


@pytest.mark.parametrize("processes", ["1", "2"])
def test_another_session_takes_from_the_cache_what_is_there(processes: str, tmp_path: Path) -> None:
    write_pages(tmp_path / "pages", DIRTY)
    (tmp_path / "cached.py").write_text(CACHED, encoding="utf-8")

    def session(seed: str, *args: str) -> tuple[str, int]:
        """The fingerprint of what was made, and how many pages were cleaned for it."""
        command = [sys.executable, "cached.py", processes, *args]
        (tmp_path / "calls.txt").write_text("")
        ran = subprocess.run(
            command, cwd=tmp_path, env=env(tmp_path, PYTHONHASHSEED=seed), capture_output=True, text=True, check=False
        )
        assert ran.returncode == 0, ran.stderr
        assert "couldn't be hashed" not in ran.stdout + ran.stderr
        return ran.stdout.split()[-1], len((tmp_path / "calls.txt").read_text().split())

    first, cleaned = session("1")
    assert cleaned == len(DIRTY)
    assert session("2") == (first, 0)
    other, cleaned = session("3", "other")
    assert (other != first, cleaned) == (True, len(DIRTY))


def test_another_version_of_cleankit_is_another_hash(monkeypatch: pytest.MonkeyPatch) -> None:
    hashes = {Hasher.hash(Cleaner()), Hasher.hash(Cleaner())}
    assert len(hashes) == 1
    monkeypatch.setattr(digests, "program", lambda: "another version")
    assert Hasher.hash(Cleaner()) not in hashes


def test_the_scripts_of_the_documentation_run(tmp_path: Path) -> None:
    for name, block in BLOCK.findall((ROOT / "docs/pipelines.md").read_text(encoding="utf-8")):
        (tmp_path / name).write_text(block, encoding="utf-8")
    write_pages(tmp_path / "pages", {**DIRTY, "none": None, "menu": "1 2 3 >\n"})

    def ran(script: str) -> str:
        done = subprocess.run(
            [sys.executable, script], cwd=tmp_path, env=env(tmp_path), capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
        return done.stdout

    ran("clean_dataset.py")
    kept = [json.loads(line) for line in (tmp_path / "kept.jsonl").read_text(encoding="utf-8").splitlines()]
    assert {row["id"]: row["text"] for row in kept} == CLEAN
    said = ran("original.py").splitlines()
    assert [line.split()[:2] for line in said] == [[name, str(len(text))] for name, text in DIRTY.items()]
