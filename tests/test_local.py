"""A run over many documents: each is done, in order, whatever becomes of its neighbours."""

from __future__ import annotations

import json
import multiprocessing
import os
import signal
from collections.abc import Iterator
from pathlib import Path

import pytest

from cleankit import corpus, recipe, report
from cleankit.config import Choice
from cleankit.corpus import Source
from cleankit.engines import local
from cleankit.engines.ignore import ignore, place
from cleankit.engines.job import Done, Output
from cleankit.engines.plan import Task, plan
from cleankit.filters.spam.lexicon import lexicon

OUTPUT = Output("out")


def deadly(task: Task, output: Output) -> Done:
    """Work that some documents do not survive."""
    if "deadly" in task.source.path:
        os.kill(os.getpid(), signal.SIGKILL)
    return Done(report.Report(docs=1, chars=int(task.source.id)))


@pytest.mark.parametrize("fatal", [(), (0,), (17, 18), (39,)])
def test_a_document_that_kills_its_process_fails_alone(fatal: tuple[int, ...], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(local, "work", deadly)
    tasks = [Task(Source(str(i), f"deadly-{i}.txt" if i in fatal else f"{i}.txt")) for i in range(40)]
    done = list(local.each(tasks, OUTPUT, 2))
    assert [i for i, one in enumerate(done) if one.failure] == list(fatal)
    assert [one.report.chars for one in done] == [0 if i in fatal else i for i in range(40)]


@pytest.mark.skipif(multiprocessing.get_start_method() != "fork", reason="processes share nothing here")
def test_what_workers_need_is_read_once_before_they_are_forked(monkeypatch: pytest.MonkeyPatch) -> None:
    read: list[Choice] = []
    monkeypatch.setattr(recipe, "load", read.append)
    monkeypatch.setattr(local, "work", deadly)
    tasks = [Task(Source(str(i), f"{i}.txt")) for i in range(4)]
    assert len(list(local.each(tasks, OUTPUT, 1))) == 4
    assert read == []  # a run of one process waits for nothing that no page asks for
    assert len(list(local.each(tasks, OUTPUT, 2))) == 4
    assert read == [tasks[0].settings.choice]


def test_filters_read_what_pages_will_ask_for() -> None:
    lexicon.cache_clear()
    recipe.load(Choice(ignore=("spam/*",)))
    assert lexicon.cache_info().currsize == 0
    recipe.load(Choice())
    assert lexicon.cache_info().currsize == 1


STARS = """\
kind = "line"
level = "safe"
summary = "A line of stars."
why = "It divides nothing."
match.any_of = ['^\\*{3,}$']
example = [{ name = "three", text = "One.\\n***\\nTwo.\\n", clean = "One.\\nTwo.\\n" }]
keep = [{ name = "a footnote", text = "* See the annex.\\n" }]
"""
SETTLED = """\
packs = ["packs"]
[per-path."raw/*"]
profile = "off"
[per-path."1.txt"]
suggested = true
"""


def test_what_is_settled_for_a_document_goes_with_it_to_a_worker(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    page = "We will do it , as promised. \n***\nThe floor is open.\n"
    pages = {f"in/{i}.txt": page for i in range(4)} | {"in/raw/4.txt": page}
    for name, text in (pages | {"in/cleankit.toml": SETTLED, "in/packs/own/stars.toml": STARS}).items():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).write_text(text, encoding="utf-8")
    ignore(place("in/2.txt:2"), "own/stars", "a poem")
    for jobs in (1, 2):
        _, failures, *_ = local.run(["in"], plan(["in"]), Output(f"out{jobs}", briefings=False), local.Way(jobs))
        assert not failures
        clean = {
            name: Path(f"out{jobs}/text", name).read_text(encoding="utf-8") for name in ("0.txt", "1.txt", "2.txt")
        }
        assert clean == {
            "0.txt": "We will do it , as promised.\nThe floor is open.\n",
            "1.txt": "We will do it, as promised.\nThe floor is open.\n",
            "2.txt": "We will do it , as promised.\n***\nThe floor is open.\n",
        }
        assert Path(f"out{jobs}/text/raw/4.txt").read_text(encoding="utf-8") == page
    one, two = (Path(f"out{jobs}/run.json").read_bytes() for jobs in (1, 2))
    assert one == two
    assert [choice["documents"] for choice in json.loads(one)["settings"]["choices"]] == [3, 1, 1]


def test_a_page_that_breaks_a_filter_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a fault of ours")

    page = tmp_path / "page.txt"
    page.write_text("One.\n", encoding="utf-8")
    monkeypatch.setattr("cleankit.pipeline.Pipeline.run", broken)
    total, failures, *_ = local.run([str(page)], plan([str(page)]), Output(str(tmp_path / "out"), briefings=False))
    assert (total.docs, total.failed) == (1, 1)
    assert failures[0].path == str(page)
    assert "a fault of ours" in failures[0].problem


def test_what_a_stopped_worker_had_in_hand_is_taken_away(tmp_path: Path) -> None:
    page, out = tmp_path / "page.txt", tmp_path / "out"
    page.write_text("The harbour office opened its new pier on Tuesday.\n")
    left = out / "text" / corpus.UNFINISHED.replace("*", "1")

    def stopped(*_: object) -> Iterator[Done]:
        left.parent.mkdir()
        left.write_bytes(b"The harb")
        raise KeyboardInterrupt
        yield

    with pytest.raises(KeyboardInterrupt):
        local.run([str(page)], plan([str(page)]), Output(str(out)), local.Way(each=stopped))
    assert not left.exists()
