"""cleankit as a step of a datatrove pipeline: the same texts, nothing lost, and no document that ends a job."""

from __future__ import annotations

import contextlib
import gzip
import json
import os
import re
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, SEEDS
from hypothesis import given
from hypothesis import strategies as st

pytest.importorskip("datatrove", reason="datatrove is not installed: pip install 'cleankit-corpus[datatrove]'")

import dill
from datatrove.data import Document
from datatrove.executor import LocalPipelineExecutor
from datatrove.io import get_datafolder
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter, ParquetWriter

import cleankit
from cleankit import ledger
from cleankit.engines.datatrove import KEYS, Clean
from cleankit.errors import UsageError
from cleankit.ledger import Ledger
from cleankit.testing import pages

ENV = {**os.environ, "PYTHONPATH": str(ROOT)}
PAGE = "The floor is open.\n\n1 2 3 >\n"
STRICT: dict[str, Any] = {"budgets": {"page": 0.05, "least-words": 0}}
DIRTY = {path.stem: path.read_bytes().decode("utf-8-sig") for path in sorted((SEEDS / "dirty").glob("*.txt"))}
BLOCK = re.compile(r"```python (\S+)\n(.*?)```", re.DOTALL)


class Kept(list[Document]):
    """An exclusion writer that only remembers."""

    def __enter__(self) -> Kept:
        return self

    def __exit__(self, *_: object) -> None:
        pass

    def write(self, document: Document, rank: int = 0) -> None:
        self.append(document)


def write_pages(folder: Path, texts: dict[str, Any], files: int = 1) -> None:
    """The texts as rows of some files, in turn."""
    folder.mkdir(parents=True)
    for number in range(files):
        rows = [{"id": name, "text": text, "site": "harbour"} for name, text in list(texts.items())[number::files]]
        (folder / f"{number}.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


def rows(folder: Path) -> dict[str, dict[str, Any]]:
    """The documents that a writer has put into a folder, by id."""
    files = sorted(folder.glob("*.jsonl.gz"))
    lines = (line for file in files for line in gzip.decompress(file.read_bytes()).splitlines())
    return {row["id"]: row for row in map(json.loads, lines)}


def ledgers(folder: Path) -> dict[str, Ledger]:
    return {one.id: one for file in sorted(folder.glob("*.jsonl")) for one in ledger.read_all(file.read_bytes(), file)}


def run(folder: Path, tasks: int = 1, writer: Callable[[str], Any] = JsonlWriter, **options: Any) -> Any:
    """What datatrove says of a run over the `pages` in a folder."""
    clean = Clean(
        exclusion_writer=JsonlWriter(str(folder / "left-out")), ledger_folder=str(folder / "ledgers"), **options
    )
    steps = [JsonlReader(str(folder / "pages")), clean, writer(str(folder / "clean"))]
    stats = LocalPipelineExecutor(steps, tasks=tasks, workers=tasks, logging_dir=str(folder / "logs")).run()
    return next(one for one in stats.stats if "cleankit" in one.name)


def counts(stats: Any) -> dict[str, int]:
    return {name: value.total for name, value in stats.stats.items()}


@pytest.fixture(scope="module")
def by_command(tmp_path_factory: pytest.TempPathFactory) -> dict[str, str]:
    """The clean texts of the seeds as `cleankit clean` writes them."""
    out = tmp_path_factory.mktemp("by-command")
    command = [sys.executable, "-m", "cleankit", "clean", str(SEEDS / "dirty"), "-o", str(out)]
    subprocess.run(command, env=ENV, check=True, capture_output=True)
    return {path.stem: path.read_bytes().decode() for path in (out / "text").glob("*.txt")}


# ------------------------------------------------------------------ whole runs


def test_two_ranks_write_what_the_command_writes(tmp_path: Path, by_command: dict[str, str]) -> None:
    write_pages(tmp_path / "pages", DIRTY, files=3)
    stats = counts(run(tmp_path, tasks=2))
    clean = rows(tmp_path / "clean")
    assert {name: row["text"] for name, row in clean.items()} == by_command
    assert {row["metadata"]["site"] for row in clean.values()} == {"harbour"}
    assert sorted(path.name for path in (tmp_path / "ledgers").iterdir()) == ["00000.jsonl", "00001.jsonl"]
    journals = ledgers(tmp_path / "ledgers")
    assert {name: ledger.restored(clean[name]["text"], journals[name]) for name in clean} == DIRTY
    assert stats["total"] == stats["forwarded"] == len(DIRTY)
    assert stats["edits"] == sum(row["metadata"]["cleankit"]["edits"] for row in clean.values()) > 0
    assert rows(tmp_path / "left-out") == {}


def test_bad_documents_and_pages_that_are_put_aside_end_no_job(tmp_path: Path) -> None:
    texts = {
        "good": "The floor is open.\n",
        "list": ["a", "b"],
        "dirty": PAGE,
        "menu": "1 2 3 >\n",
        "last": "Thank you.\n",
    }
    write_pages(tmp_path / "pages", texts)
    stats = counts(run(tmp_path, **STRICT))
    assert list(rows(tmp_path / "clean")) == ["good", "last"]
    left = rows(tmp_path / "left-out")
    assert {name: (row["text"], row["metadata"]["filter_reason"]) for name, row in left.items()} == {
        "list": ("['a', 'b']", "error"),
        "dirty": (PAGE, "budget/page"),
        "menu": ("1 2 3 >\n", "budget/page"),
    }
    assert left["list"]["metadata"]["cleankit"]["reason"].startswith("is no text but list")
    assert left["dirty"]["metadata"]["cleankit"]["reason"]
    assert {name: stats[name] for name in ("total", "forwarded", "dropped", "dropped_error")} == {
        "total": 5,
        "forwarded": 2,
        "dropped": 3,
        "dropped_error": 1,
    }
    journals = ledgers(tmp_path / "ledgers")
    assert [name for name, one in journals.items() if one.aside] == ["dirty", "menu"]
    assert "list" not in journals


def test_a_text_of_which_nothing_is_left_is_left_out(tmp_path: Path) -> None:
    write_pages(tmp_path / "pages", {"menu": "1 2 3 >\n", "dirty": PAGE})
    run(tmp_path)
    assert list(rows(tmp_path / "clean")) == ["dirty"]
    (menu,) = rows(tmp_path / "left-out").values()
    assert (menu["text"], menu["metadata"]["filter_reason"]) == ("1 2 3 >\n", "empty")


def test_a_parquet_file_holds_what_was_done_whatever_comes_first(tmp_path: Path) -> None:
    from pyarrow import parquet

    write_pages(tmp_path / "pages", {"untouched": "The floor is open.\n", **DIRTY})
    run(tmp_path, writer=ParquetWriter)
    (file,) = (tmp_path / "clean").glob("*.parquet")
    table = parquet.read_table(file).to_pylist()
    assert [row["id"] for row in table] == ["untouched", *DIRTY]
    assert all(tuple(row["metadata"]["cleankit"]) == KEYS for row in table)
    assert table[0]["metadata"]["cleankit"] == dict.fromkeys(KEYS, 0) | {"rules": "", "reason": ""}
    assert {rule for row in table for rule in row["metadata"]["cleankit"]["rules"].split()} > {"nav/pager"}


KILLED = """
import os, signal, sys
from pathlib import Path
from datatrove.executor import LocalPipelineExecutor
from datatrove.pipeline.readers import JsonlReader
from datatrove.pipeline.writers import JsonlWriter
from cleankit.engines.datatrove import Clean

def dies(data, rank, world_size):
    for number, document in enumerate(data):
        if rank == 1 and number == 3 and "dies" in sys.argv:
            os.kill(os.getpid(), signal.SIGKILL)
        yield document

if __name__ == "__main__":
    steps = [JsonlReader("pages"), Clean(ledger_folder="ledgers"), dies, JsonlWriter("clean")]
    LocalPipelineExecutor(steps, tasks=3, workers=1, logging_dir="logs").run()
"""


def test_a_killed_rank_leaves_no_ledger_and_is_gone_on_with(tmp_path: Path) -> None:
    for place in ("killed", "whole"):
        write_pages(tmp_path / place / "pages", DIRTY, files=3)

    def tried(place: str, *args: str) -> int:
        command = [sys.executable, "-c", KILLED, *args]
        null = subprocess.DEVNULL  # no pipe: a helper process of the one that is killed would hold it open
        with subprocess.Popen(
            command, cwd=tmp_path / place, env=ENV, stdout=null, stderr=null, start_new_session=True
        ) as process:
            process.wait(timeout=120)
        with contextlib.suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        return process.returncode

    killed, whole = tmp_path / "killed", tmp_path / "whole"
    assert tried("killed", "dies") != 0
    assert [path.name for path in (killed / "logs/completions").iterdir()] == ["00000"]
    assert [path.name for path in (killed / "ledgers").glob("*.jsonl")] == ["00000.jsonl"]
    first = (killed / "ledgers/00000.jsonl").stat()
    assert tried("killed") == tried("whole") == 0
    assert (killed / "ledgers/00000.jsonl").stat() == first
    assert [(row["id"], row["text"]) for row in rows(killed / "clean").values()] == [
        (row["id"], row["text"]) for row in rows(whole / "clean").values()
    ]
    made = {path.name: path.read_bytes() for path in (whole / "ledgers").iterdir()}
    assert {path.name: path.read_bytes() for path in (killed / "ledgers").iterdir()} == made
    assert len(made) == 3


# ------------------------------------------------------------------ the step by itself


def test_a_step_that_fails_behind_it_leaves_no_ledger_under_a_final_name(tmp_path: Path) -> None:
    documents = iter([Document(PAGE, "a"), Document(PAGE, "b")])
    cleaned = Clean(ledger_folder=str(tmp_path)).run(documents)
    next(cleaned)
    cleaned.close()
    assert [path.name for path in tmp_path.iterdir()] == ["00000.jsonl.partial"]


def test_running_a_rank_again_writes_the_same_bytes(tmp_path: Path) -> None:
    found = set()
    for _ in range(2):
        list(Clean(ledger_folder=str(tmp_path)).run((Document(text, name) for name, text in DIRTY.items()), rank=7))
        found.add((tmp_path / "00007.jsonl").read_bytes())
    assert len(found) == 1


def test_ledgers_go_into_any_folder_that_datatrove_knows() -> None:
    folder = get_datafolder("memory://ledgers")
    (document,) = Clean(ledger_folder=folder).run(iter([Document(PAGE, "a")]), rank=3)
    assert folder.list_files() == ["00003.jsonl"]
    with folder.open("00003.jsonl", "rb") as file:
        assert ledger.restored(document.text, ledger.read(file.read(), "a")) == PAGE


def test_it_pickles_as_slurm_wants_it(tmp_path: Path) -> None:
    step = Clean(profile="article", exclusion_writer=JsonlWriter(str(tmp_path)), ledger_folder=str(tmp_path))
    list(step.run(iter([Document(PAGE, "a")])))  # what was built for it does not go along
    data = dill.dumps(step, fmode=dill.CONTENTS_FMODE)
    assert len(data) < 10_000
    (document,) = dill.loads(data).run(iter([Document(PAGE, "a")]))
    assert document.text == "The floor is open.\n"


def test_what_cannot_be_meant_is_refused_before_a_job_is_sent(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="there is no pack 'nva'"):
        Clean(select=["nva"])
    with pytest.raises(TypeError, match="selct"):
        Clean(selct=["nav"])
    file = tmp_path / "cleankit.toml"
    file.write_text('ignore = ["nav"]\n')
    (document,) = Clean(str(file)).run(iter([Document(PAGE, "a")]))
    assert "1 2 3 >" in document.text


@given(st.lists(st.one_of(pages(), st.text(st.characters()), st.just("a\ud800"), st.none(), st.integers()), max_size=4))
def test_every_document_comes_out_once_and_can_be_written(
    tmp_path_factory: pytest.TempPathFactory, texts: list[Any]
) -> None:
    folder, left = tmp_path_factory.mktemp("ledgers"), Kept()
    step = Clean(exclusion_writer=left, ledger_folder=str(folder))

    def given() -> Iterator[Document]:
        for number, text in enumerate(texts):
            yield Document(text, number)  # some readers have numbers for ids

    passed = list(step.run(given()))
    assert sorted([one.id for one in passed] + [one.id for one in left]) == list(range(len(texts)))
    journals = ledgers(folder)
    for one in passed:
        assert one.text == cleankit.clean(texts[one.id])
        assert ledger.restored(one.text, journals[str(one.id)]) == texts[one.id]
    for one in (*passed, *left):
        assert tuple(one.metadata["cleankit"]) == KEYS
        assert isinstance(one.text.encode(), bytes)


def test_importing_cleankit_does_not_import_datatrove() -> None:
    code = "import sys, cleankit; cleankit.Cleaner; cleankit.clean('a'); print('datatrove' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], env=ENV, capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "False"


# ------------------------------------------------------------------ what the documentation says


# Slurm's commands as far as datatrove calls them: every task of an array runs at once, in a process of its own
SLURM = {
    "sbatch": """#!/bin/sh
for file; do :; done
last=$(sed -n 's/#SBATCH --array=0-\\([0-9]*\\).*/\\1/p' "$file")
for task in $(seq 0 "$last"); do
  SLURM_ARRAY_TASK_ID=$task SLURM_NODELIST=here bash "$file" >&2
done
echo Submitted batch job 1
""",
    "srun": '#!/bin/sh\nwhile [ "$1" != launch_pickled_pipeline ]; do shift; done\nexec "$@"\n',
    "scontrol": "#!/bin/sh\necho localhost\n",
}


@pytest.mark.parametrize("script", ["clean_corpus.py", "clean_on_slurm.py"])
def test_the_scripts_of_the_documentation_run(script: str, tmp_path: Path, by_command: dict[str, str]) -> None:
    for name, block in BLOCK.findall((ROOT / "docs/pipelines.md").read_text(encoding="utf-8")):
        (tmp_path / name).write_text(block, encoding="utf-8")
    write_pages(tmp_path / "pages", DIRTY, files=2)
    (tmp_path / "bin").mkdir()
    for name, program in SLURM.items():
        (tmp_path / "bin" / name).write_text(program)
        (tmp_path / "bin" / name).chmod(0o755)
    (tmp_path / "venv/bin").mkdir(parents=True)
    (tmp_path / "venv/bin/activate").touch()
    path = os.pathsep.join([str(tmp_path / "bin"), str(Path(sys.executable).parent), os.environ["PATH"]])
    for one in (script, "originals.py"):
        done = subprocess.run(
            [sys.executable, one], cwd=tmp_path, env={**ENV, "PATH": path}, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, done.stderr
    assert {name: row["text"] for name, row in rows(tmp_path / "clean").items()} == by_command
    lines = (tmp_path / "originals.jsonl").read_text(encoding="utf-8").splitlines()
    assert {row["id"]: row["text"] for row in map(json.loads, lines)} == DIRTY
    assert len(list((tmp_path / "logs/completions").iterdir())) == 2
