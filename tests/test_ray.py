"""Ray gives what processes of this machine give, byte for byte: on one machine, on a cluster, when nodes are lost."""

from __future__ import annotations

import gzip
import json
import os
import random
import re
import secrets
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, SEEDS
from hypothesis import given
from hypothesis import strategies as st

from cleankit.corpus import Source
from cleankit.corpus.records import Part
from cleankit.engines import ray as engine
from cleankit.engines.places import TIMING
from cleankit.engines.plan import Task

real = pytest.mark.skipif(find_spec("ray") is None, reason="ray is not installed")

RECORDS = ["records/a.jsonl", "records/b.jsonl.gz"]
POISON = "This page is not to be survived."
# a page that is put aside
SPAM = (
    "Best online casino: free spins, slots, poker and a 200% deposit bonus, register now\n"
    "Live casino, roulette and baccarat: claim your welcome bonus and bet now\n"
    "Top slot sites with free spins and no deposit bonus, play poker online\n"
)
# a filter that some pages are not survived with
DEADLY = f"""
import os, signal
from cleankit.model import About, Safety

class Deadly:
    name = "deadly"
    about = (About("deadly/page", Safety.SAFE, "Ends it all.", "It is a test."),)

    def __call__(self, page):
        if {POISON!r} in page.text:
            os.kill(os.getpid(), signal.SIGKILL)
        return iter(())
"""


# told of a run of a second or more
TOOK = re.compile(r"^\d+ documents? in [\d.]+ s, .*\n", re.MULTILINE)


class Place:
    """A folder with pages and records, and what a run of this machine's processes over them gives."""

    def __init__(self, folder: Path, copies: int = 1) -> None:
        self.folder = folder
        # sockets lie here, and their paths must be short
        self.temporary = Path(tempfile.mkdtemp(prefix="ck-"))
        pages = {path.stem: path.read_bytes().decode("utf-8-sig") for path in sorted((SEEDS / "dirty").glob("*.txt"))}
        (folder / "in").mkdir()
        (folder / "home").mkdir()
        for name, page in pages.items():
            for copy in range(copies):
                (folder / f"in/{name}-{copy}.txt").write_text(page, encoding="utf-8")
        (folder / "in/spam.txt").write_text(SPAM)
        (folder / "in/broken.txt").write_bytes(b"\xff\xff")
        lines = [json.dumps({"id": name, "text": page, "n": 1.50}) for name, page in pages.items()]
        lines[5:5] = ["no record", json.dumps({"id": "spam", "text": SPAM})]
        (folder / "records").mkdir()
        (folder / "records/a.jsonl").write_text("\n".join(lines), encoding="utf-8")
        with gzip.open(folder / "records/b.jsonl.gz", "wt", encoding="utf-8") as file:
            file.write("\n".join(lines[:6]) + "\n")
        self.paths = [*sorted(f"in/{path.name}" for path in (folder / "in").iterdir()), *RECORDS]

    def start(self, out: str, *args: str, paths: list[str] | None = None, **env: str) -> subprocess.Popen[str]:
        given = ["clean", *(paths or self.paths), "-o", out, "--shard-size", "15KB", *args]
        return subprocess.Popen(
            [sys.executable, "-m", "cleankit", *given],
            cwd=self.folder,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={
                **os.environ,
                "PYTHONPATH": str(ROOT),
                "HOME": str(self.folder / "home"),
                "CLEANKIT_CACHE_DIR": str(self.folder / "cache"),
                "TMPDIR": str(self.temporary),
                **env,
            },
        )

    def run(self, out: str, *args: str, **more: Any) -> tuple[int, str, str]:
        with self.start(out, *args, **more) as process:
            said = process.communicate(timeout=120)
        out, told = (TOOK.sub("", text) for text in said)
        return process.returncode, out, told

    def wanted(self, **more: Any) -> dict[str, bytes]:
        """What processes of this machine leave in `run`, which is gone then."""
        assert self.run("run", "-j", "2", **more)[0] in (0, 3)
        found = self.found("run")
        shutil.rmtree(self.folder / "run")
        return found

    def found(self, out: str) -> dict[str, bytes]:
        run = self.folder / out
        return {
            path.relative_to(run).as_posix(): path.read_bytes()
            for path in run.rglob("*")
            if path.is_file() and path.name != TIMING
        }

    def wait_for(self, out: str, pages: int, process: subprocess.Popen[str]) -> None:
        """Until so many pages are done."""
        while process.poll() is None and len(list((self.folder / out).glob("ledger/*.jsonl"))) < pages:
            time.sleep(0.02)


@pytest.fixture
def place(tmp_path: Path) -> Iterator[Place]:
    place = Place(tmp_path)
    yield place
    shutil.rmtree(place.temporary, ignore_errors=True)


@real
def test_ray_on_this_machine_gives_what_processes_give(place: Place) -> None:
    wanted = place.run("run")
    local = place.found("run")
    assert {"done.jsonl", "run.json", "quarantine/spam.txt", "records/text/b.jsonl.gz"} <= set(local)
    assert any(path.startswith("records/quarantine/") and path.endswith(".reasons.jsonl") for path in local)
    shutil.rmtree(place.folder / "run")
    shuffled = random.Random(1).sample(place.paths, len(place.paths))
    assert place.run("run", "--engine", "ray", "-j", "2", paths=shuffled) == wanted
    assert place.found("run") == local
    # again: all was done before, and Ray finds that too
    _, _, told = place.run("run", "--engine", "ray", "-j", "2")
    assert "had been done" in told
    assert place.found("run") == local
    assert not list((place.folder / "home").iterdir())
    assert not list(place.temporary.iterdir())


@real
@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_is_stopped_goes_on(number: int, place: Place) -> None:
    wanted = place.wanted()
    run = place.start("run", "--engine", "ray")
    place.wait_for("run", 3, run)
    run.send_signal(number)
    _, told = run.communicate(timeout=60)
    assert run.returncode == 128 + number, told
    assert re.fullmatch(
        r"stopped: \d+ documents? done; the same command goes on from there(\nAborted\.)?", told.strip()
    )
    assert not (place.folder / "run/run.json").exists()
    assert not list(place.temporary.iterdir())
    for path, data in place.found("run").items():
        assert path == "done.jsonl" or path.endswith(".tmp") or data == wanted[path]
    # by another engine, even
    assert place.run("run", "-j", "2")[0] == 3
    assert place.found("run") == wanted


@real
def test_a_page_that_kills_its_process_again_and_again_fails_alone(place: Place) -> None:
    for path, text in {
        "plugin/deadly.py": DEADLY,
        "plugin/deadly-1.0.dist-info/METADATA": "Metadata-Version: 2.1\nName: deadly\nVersion: 1.0\n",
        "plugin/deadly-1.0.dist-info/entry_points.txt": "[cleankit.filters]\ndeadly = deadly:Deadly\n",
    }.items():
        (place.folder / path).parent.mkdir(parents=True, exist_ok=True)
        (place.folder / path).write_text(text, encoding="utf-8")
    with_filter = {"PYTHONPATH": os.pathsep.join([str(place.folder / "plugin"), str(ROOT)])}
    names = sorted(path.name for path in (place.folder / "in").glob("*-0.txt"))[:9]
    pages = [f"in/{name}" for name in names]
    deadly = pages[4]
    wanted = place.wanted(paths=pages, **with_filter)
    wanted = {path: data for path, data in wanted.items() if Path(deadly).stem not in path}
    (place.folder / deadly).write_text(f"{POISON}\n")
    code, _, told = place.run("run", "--engine", "ray", "-j", "2", paths=pages, **with_filter)
    assert code == 3
    # Ray tells of each process that died, in words of its own
    ours = [line for line in told.splitlines() if "could not be done" in line]
    assert len(ours) == 1
    assert ours[0].startswith(f"{deadly}: could not be done: it killed its process")
    found = place.found("run")
    assert set(wanted) == set(found)
    assert {path for path in found if found[path] != wanted[path]} == {"run.json", "done.jsonl"}
    assert json.loads(found["run.json"])["failed"] == 1


@pytest.fixture(scope="module")
def cluster() -> Iterator[Any]:
    """Three nodes on loopback; the first has no CPU. They run in another folder than any command here."""
    before, handler = dict(os.environ), signal.getsignal(signal.SIGTERM)
    folder = tempfile.mkdtemp(prefix="ck-")
    os.environ |= {
        "RAY_AUTH_MODE": "token",
        "RAY_AUTH_TOKEN": secrets.token_hex(32),
        "RAY_USAGE_STATS_ENABLED": "0",
        "RAY_TMPDIR": folder,
        "PYTHONPATH": str(ROOT),
    }
    from ray.cluster_utils import Cluster

    cluster = Cluster(initialize_head=True, head_node_args={"num_cpus": 0, "include_dashboard": False})
    yield cluster
    cluster.shutdown()
    signal.signal(signal.SIGTERM, handler)
    os.environ.clear()
    os.environ |= before
    shutil.rmtree(folder, ignore_errors=True)


@real
def test_a_node_that_is_lost_is_made_up_for(tmp_path: Path, cluster: Any) -> None:
    place = Place(tmp_path, copies=6)
    kept, lost = cluster.add_node(num_cpus=1), cluster.add_node(num_cpus=1)
    wanted = place.wanted()
    run = place.start("run", "--engine", "ray", "--address", cluster.address)
    place.wait_for("run", 20, run)
    cluster.remove_node(lost, allow_graceful=False)
    assert run.poll() is None
    said, told = run.communicate(timeout=120)
    cluster.remove_node(kept)
    assert re.match(r"\d+ documents: ", said)
    assert run.returncode == 3, told
    assert place.found("run") == wanted
    shutil.rmtree(place.temporary, ignore_errors=True)


@real
def test_a_node_with_another_program_is_refused(place: Place, cluster: Any) -> None:
    shutil.copytree(ROOT / "cleankit", place.folder / "other/cleankit")
    shutil.copytree(ROOT / "schemas", place.folder / "other/schemas")
    with (place.folder / "other/cleankit/version.py").open("a") as file:
        file.write("# patched\n")
    node = cluster.add_node(num_cpus=1, env_vars={"PYTHONPATH": str(place.folder / "other")})
    try:
        code, said, told = place.run("run", "--engine", "ray", "--address", cluster.address)
    finally:
        cluster.remove_node(node)
    assert (code, said) == (2, "")
    assert "cleankit: node " in told  # Ray may have told of others before
    assert "is another one; install the same on all nodes" in told
    assert place.found("run") == {}


@real
def test_a_cluster_that_is_not_there_is_told(place: Place) -> None:
    code, said, told = place.run("run", "--engine", "ray", "--address", "127.0.0.1:9")
    assert (code, said) == (2, "")
    assert told.startswith("cleankit: no Ray at 127.0.0.1:9: ")
    assert place.found("run") == {}


@given(st.lists(st.booleans(), max_size=200), st.integers(1, 40))
def test_each_document_goes_to_a_node_once_and_parts_of_records_alone(parts: list[bool], chunk: int) -> None:
    tasks = [Task(Source(str(n), f"{n}.txt"), part=Part("a", "a") if part else None) for n, part in enumerate(parts)]
    units = list(engine._units(tasks, chunk))
    assert [n for unit in units for n in unit] == list(range(len(tasks)))
    assert all(len(unit) <= (1 if any(parts[n] for n in unit) else chunk) for unit in units)
    assert all(units)


def test_a_node_without_the_folders_says_what_is_missing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "shared/in").mkdir(parents=True)
    (tmp_path / "shared/in/a.txt").write_text("One.\n")
    here = engine.Here.now()
    there = here._replace(folder=str(tmp_path / "shared"))
    assert engine._problem(there, ("in/a.txt",)) == ""
    assert engine._problem(here, ("in/a.txt",)).startswith("in/a.txt is not there; ")
    assert "(looked for from " in engine._problem(here, ("in/a.txt",))
    assert "another one" in engine._problem(here._replace(program="0" * 32), ())
    # where paths are absolute, the folder need not be there
    assert engine._problem(here._replace(folder="/no/such/folder"), (str(tmp_path / "shared/in"),)) == ""
