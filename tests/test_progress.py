"""What a run tells while it goes on: rates by a clock of our own, a bar on a terminal, lines elsewhere."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from conftest import ROOT, SEEDS
from hypothesis import given
from hypothesis import strategies as st

from cleankit.cli import pace, progress
from cleankit.cli.pace import Pace
from cleankit.corpus import STDIN, Source
from cleankit.corpus.records import Part
from cleankit.engines.job import Done, State
from cleankit.engines.marks import Mark
from cleankit.engines.plan import Task
from cleankit.engines.timing import Timing
from cleankit.report import Report, failure


class Clock:
    """A clock that goes when it is told to."""

    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def done(docs: int = 1, **more: int) -> Done:
    return Done(Report(docs, **more))


KEPT = Done(Report(1), state=State.KEPT)


def pages(folder: Path, sizes: Sequence[int], kept: Sequence[int] = ()) -> list[Task]:
    """Tasks for files of these sizes; an earlier run has done those in `kept`."""
    tasks = []
    for number, size in enumerate(sizes):
        path = folder / f"{number}.txt"
        path.write_bytes(b"x" * (size - 1))  # a page weighs one more than its bytes
        before = Mark(str(number), "recipe") if number in kept else None
        tasks.append(Task(Source(str(number), str(path)), recipe="recipe", before=before))
    return tasks


def gone(pace: Pace, clock: Clock, *steps: tuple[float, Done]) -> Pace:
    for seconds, one in steps:
        clock.now += seconds
        pace.add(one)
    return pace


# how fast, and how long still


def test_before_the_first_document_nothing_is_known(tmp_path: Path) -> None:
    fresh = Pace(pages(tmp_path, [100] * 3), Clock())
    assert (fresh.rate, fresh.left, fresh.share) == (None, None, 0.0)
    assert progress.said(fresh) == "0 of 3 documents"


def test_the_time_left_goes_by_bytes_and_not_by_documents(tmp_path: Path) -> None:
    clock = Clock()
    half = gone(Pace(pages(tmp_path, [100, 100, 100, 2700]), clock), clock, *[(2.0, done())] * 3)
    assert half.share == pytest.approx(0.1)
    assert half.rate == pytest.approx(0.5)
    assert half.left == pytest.approx(54)
    assert progress.said(half) == "3 of 4 documents, 0.5 a second, 54 s left"
    clock.now += 14
    assert half.left == pytest.approx(40)
    clock.now += 100
    assert half.left == 0


def test_the_rate_is_that_of_the_last_while(tmp_path: Path) -> None:
    clock = Clock()
    run = Pace(pages(tmp_path, [10] * 1000), clock)
    gone(run, clock, *[(10.0, done())] * 20)
    assert run.rate == pytest.approx(0.1)
    gone(run, clock, *[(0.5, done())] * (2 * pace.WHILE + 2))
    assert run.rate == pytest.approx(2)
    assert run.left == pytest.approx((1000 - 20 - 2 * pace.WHILE - 2) / 2)


def test_what_had_been_done_before_spoils_nothing(tmp_path: Path) -> None:
    clock = Clock()
    tasks = pages(tmp_path, [100] * 110, kept=range(100))
    run = gone(Pace(tasks, clock), clock, *[(0.001, KEPT)] * 50, *[(4.0, KEPT)] * 50)
    assert (run.rate, run.left, run.before) == (None, None, 100)
    gone(run, clock, *[(2.0, done())] * 5)
    assert run.rate == pytest.approx(0.5)
    assert run.left == pytest.approx(10)
    assert progress.said(run) == "105 of 110 documents, 0.5 a second, 10 s left, 100 done before"


def test_what_had_been_done_and_is_still_to_come_is_no_work(tmp_path: Path) -> None:
    clock = Clock()
    tasks = pages(tmp_path, [100] * 10, kept=range(5, 10))
    run = gone(Pace(tasks, clock), clock, *[(2.0, done())] * 4)
    assert run.left == pytest.approx(2)
    assert run.there == 9
    # by other rules it is done again
    others = [task._replace(recipe="another") for task in tasks]
    run = gone(Pace(others, clock), clock, *[(2.0, done())] * 4)
    assert run.left == pytest.approx(12)
    assert run.there == 4


def test_parts_count_their_records_and_weigh_their_share_of_the_file(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(b"x" * 4000)
    parts = [Part(f"a-{start}", str(path), start, end) for start, end in ((0, 1000), (1000, 4000))]
    groups = [Part(f"b-{start}", str(tmp_path / "b"), start, end) for start, end in ((0, 1), (1, 4))]
    shutil.copy(path, tmp_path / "b")
    whole = Part("c", str(path))
    tasks = [Task(Source(part.name, part.path), part=part) for part in (*parts, *groups, whole)]
    far = [part._replace(path="s3://far") for part in parts]  # its size is not asked for
    assert pace.weights([Task(Source("far", part.path), part=part) for part in far]) == [1001, 3001]
    assert pace.weights(tasks) == [1001, 3001, 1001, 3001, 4001]
    clock = Clock()
    run = gone(Pace(tasks[:2], clock), clock, (10.0, done(500, failed=2, quarantined=3)))
    assert progress.said(run) == "500 documents, 25 %, 50 a second, 30 s left, 2 failed, 3 in quarantine"
    assert run.there == 498


def test_parts_that_come_two_at_a_time_do_not_make_the_rate_jump(tmp_path: Path) -> None:
    """As two processes with parts of minutes give them."""
    clock = Clock()
    run = Pace(pages(tmp_path, [100] * 40), clock)
    for _ in range(12):
        gone(run, clock, (60.0, done(100)), (1.0, done(100)))
    gone(run, clock, (60.0, done(100)))
    assert run.rate == pytest.approx(200 / 61, rel=0.1)


def test_what_is_not_there_weighs_a_little(tmp_path: Path) -> None:
    tasks = [Task(Source("a", STDIN)), Task(Source("b", str(tmp_path / "gone.txt"))), Task(Source("c", "a\0b"))]
    assert pace.weights(tasks) == [1, 1, 1]
    clock = Clock()
    run = gone(Pace(tasks, clock), clock, (1.0, done()), (1.0, Done(failure())), (1.0, done()))
    assert progress.said(run) == "3 of 3 documents, 1.0 a second, 0 s left, 1 failed"
    assert (run.there, run.ended, run.share) == (2, True, 1.0)


def test_a_run_over_nothing() -> None:
    run = Pace([], Clock())
    assert (run.share, run.ended, progress.said(run)) == (1.0, True, "0 of 0 documents")


steps = st.lists(
    st.tuples(st.sampled_from([0.0, 0.01, 1.0, 700.0]), st.integers(1, 9), st.booleans()),
    max_size=60,
)


@given(steps)
def test_a_run_of_any_kind_is_told_without_nonsense(some: list[tuple[float, int, bool]]) -> None:
    clock = Clock()
    run = Pace([Task(Source("", STDIN))] * len(some), clock)
    share = 0.0
    for number, (seconds, docs, kept) in enumerate(some, 1):
        gone(run, clock, (seconds, Done(Report(docs), state=State.KEPT if kept else State.NEW)))
        assert share <= run.share <= 1
        share = run.share
        assert run.rate is None or run.rate >= 0
        assert run.left is None or run.left >= 0
        assert run.ended == (number == len(some))
        assert progress.said(run)
    assert run.documents == sum(docs for _, docs, _ in some)


# lines, where there is no terminal


class Said:
    def __init__(self, monkeypatch: pytest.MonkeyPatch) -> None:
        self.lines: list[str] = []
        monkeypatch.setattr(progress, "complain", self.lines.append)


def stream(clock: Clock, seconds: Sequence[float]) -> Iterator[Done]:
    for one in seconds:
        clock.now += one
        yield done()


@pytest.mark.parametrize(
    ("seconds", "wanted"),
    [
        ([7] * 4, []),  # a short run
        ([29.9], []),
        ([40], []),  # its end says all
        (
            [10, 10, 10, 10, 10, 10, 10],
            ["3 of 7 documents, 0.1 a second, 40 s left", "6 of 7 documents, 0.1 a second, 10 s left"],
        ),
        ([29, 29, 1], ["2 of 3 documents, 0.03 a second, 29 s left"]),
    ],
)
def test_a_line_is_told_every_thirty_seconds(
    seconds: list[float], wanted: list[str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    said, clock = Said(monkeypatch), Clock()
    tasks = pages(tmp_path, [100] * len(seconds))
    assert len(list(progress.lines(stream(clock, seconds), Pace(tasks, clock), clock))) == len(seconds)
    assert said.lines == wanted


def test_a_document_counts_when_it_is_written_down(tmp_path: Path) -> None:
    clock = Clock()
    run = Pace(pages(tmp_path, [100] * 3), clock)
    passed = progress.lines(stream(clock, [1] * 3), run, clock)
    assert [next(passed) and run.there for _ in range(3)] == [0, 1, 2]
    assert list(passed) == []
    assert run.there == 3


# the end


def test_how_long_it_took_is_told_of_longer_runs() -> None:
    assert progress.timed(Timing(0.99, 14, 0, 2, "")) == ""
    assert progress.timed(Timing(2.1, 14, 0, 2, "")) == "14 documents in 2.1 s, 6.7 a second, 2 processes"
    assert progress.timed(Timing(725, 30_001, 1, 1, "")) == "30,000 documents in 12 min, 41 a second, 1 process"
    assert progress.timed(Timing(9, 14, 14, 2, "")) == ""
    assert progress.timed(Timing(2.1, 14, 0, None, "")) == "14 documents in 2.1 s, 6.7 a second"
    assert progress.timed(Timing(99.5, 2, 1, 8, "")) == "1 document in 1 min 40 s, 0.01 a second, 8 processes"


def test_a_stopped_run_says_what_goes_on() -> None:
    assert progress.stopped(1200, force=False) == "stopped: 1,200 documents done; the same command goes on from there"
    again = "the same command without --force goes on from there"
    assert progress.stopped(1, force=True) == f"stopped: 1 document done; {again}"


# on a terminal and without one

pty = pytest.importorskip("pty", reason="this system has no terminals of its own making")


@pytest.fixture(scope="module")
def place(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("progress")
    shutil.copytree(SEEDS / "dirty", folder / "in")
    return folder


def command(*more: str) -> list[str]:
    # a run of less than a second ends with its timing too, so that the order of all that is told can be seen
    code = "from cleankit.cli import main, progress; progress.LONG = 0; main()"
    return [sys.executable, "-c", code, "clean", "in", "-o", "run", "--force", "--no-json", *more]


def on_a_terminal(place: Path, *more: str, **env: str) -> str:
    """What comes on standard error where that is a terminal."""
    ours, theirs = pty.openpty()
    said = bytearray()
    setting = {
        key: value for key, value in os.environ.items() if key not in ("NO_COLOR", "FORCE_COLOR", "TTY_COMPATIBLE")
    }
    with subprocess.Popen(
        command(*more),
        cwd=place,
        env=setting | {"PYTHONPATH": str(ROOT), "TERM": "xterm", "COLUMNS": "100"} | env,
        stdout=subprocess.DEVNULL,
        stderr=theirs,
    ) as run:
        os.close(theirs)
        while True:
            try:
                said += (data := os.read(ours, 4096))
            except OSError:  # Linux says so where nobody has the other end
                break
            if not data:
                break
    os.close(ours)
    assert run.returncode == 0
    return said.decode()


def screen(said: str) -> list[str]:
    """The lines that are left to be seen, as far as we need a terminal for it."""
    lines, row = [""], 0
    for part in re.findall(r"\x1b\[[\d;?]*[A-Za-z]|\r|\n|[^\x1b\r\n]+", said):
        if part == "\n":
            row += 1
            lines += [""] * (row + 1 - len(lines))
        elif part.endswith("A") and part.startswith("\x1b"):
            row -= int(part[2:-1])
        elif part == "\x1b[2K":
            lines[row] = ""
        elif not part.startswith(("\x1b", "\r")):
            lines[row] += part
    return [line for line in lines if line]


PAGES = len(list((SEEDS / "dirty").glob("*.txt")))
TOOK = rf"{PAGES} documents in [\d.]+ s, [\d.,]+ a second, \d process(es)?"


@pytest.mark.parametrize("jobs", ["1", "2"])
def test_a_terminal_shows_a_bar_and_at_the_end_none(place: Path, jobs: str) -> None:
    said = on_a_terminal(place, "-j", jobs)
    assert "━" in said
    assert f" of {PAGES} documents" in said
    assert "\x1b[9" in said  # colours
    assert "\x1b[?25h" in said  # the cursor is back
    (left,) = screen(said)
    assert re.fullmatch(TOOK, left)


def test_no_color_is_respected(place: Path) -> None:
    said = on_a_terminal(place, NO_COLOR="1")
    assert "━" in said
    assert not re.search(r"\x1b\[[\d;]*[1-9][\d;]*m", said)


@pytest.mark.parametrize("env", [{"TERM": "dumb"}, {"TTY_INTERACTIVE": "0"}])
def test_a_terminal_that_cannot_show_a_bar_gets_lines(place: Path, env: dict[str, str]) -> None:
    assert re.fullmatch(TOOK, on_a_terminal(place, **env).strip())


def test_quiet_is_quiet_on_a_terminal(place: Path) -> None:
    assert on_a_terminal(place, "-q") == ""


def test_without_a_terminal_a_short_run_says_only_how_long_it_took(place: Path) -> None:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run(command(), cwd=place, env=env, capture_output=True, text=True, check=True)
    assert re.fullmatch(TOOK, ran.stderr.strip())
    ran = subprocess.run(command("-q"), cwd=place, env=env, capture_output=True, text=True, check=True)
    assert (ran.stdout, ran.stderr) == ("", "")


def test_a_bar_is_drawn_by_what_is_imported_for_it_alone(place: Path) -> None:
    code = f"import sys; sys.argv = {['cleankit', *command()[3:]]!r}\nfrom cleankit.cli import main\n"
    code += "try:\n    main()\nfinally:\n    print('rich.live' in sys.modules, file=sys.stderr)"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    ran = subprocess.run([sys.executable, "-c", code], cwd=place, env=env, capture_output=True, text=True, check=True)
    assert ran.stderr.splitlines()[-1] == "False"
