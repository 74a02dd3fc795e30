"""A run over many documents: each is done, in order, whatever becomes of its neighbours."""

from __future__ import annotations

import os
import signal
from pathlib import Path

import pytest

from cleankit import report
from cleankit.corpus import Source
from cleankit.engines import local
from cleankit.engines.job import Done, Output
from cleankit.engines.plan import Task, plan

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


def test_a_page_that_breaks_a_filter_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object) -> None:
        raise RuntimeError("a fault of ours")

    page = tmp_path / "page.txt"
    page.write_text("One.\n", encoding="utf-8")
    monkeypatch.setattr("cleankit.pipeline.Pipeline.run", broken)
    total, failures = local.run([str(page)], plan([str(page)]), Output(str(tmp_path / "out"), briefings=False))
    assert (total.docs, total.failed) == (1, 1)
    assert failures[0].path == str(page)
    assert "a fault of ours" in failures[0].problem
