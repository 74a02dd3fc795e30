"""What is remembered of a check is what the check would say again, and nothing but time hangs on it."""

from __future__ import annotations

import json
import os
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import NamedTuple

import pytest
from conftest import CACHE, SEEDS
from hypothesis import given
from hypothesis import strategies as st

import cleankit
from cleankit import recipe
from cleankit.cli import main
from cleankit.corpus import Source
from cleankit.engines import digest, memory
from cleankit.engines.memory import Memory
from cleankit.engines.plan import Task
from cleankit.model import Edit, Finding, Safety, Severity, Span
from cleankit.shelf import Shelf, sealed

DIRTY = "The floor is open. \n\n\n1 2 3 >\n"
# entries that find nothing, one of them because its day is past
STALE = """
[[ignore]]
rule = "space/trailing-blanks"
path = "clean.txt"
line = "0123456789abcdef"
reason = "a verse ended there"

[[ignore]]
rule = "nav/pager"
line = "0123456789abcdef"
reason = "until the site is read anew"
expires = 2020-12-31
"""


class Ran(NamedTuple):
    status: int
    stdout: bytes
    stderr: bytes


Check = Callable[..., Ran]


@pytest.fixture
def place(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """The results in a cache of their own, beside a working folder that is empty; the rules need not be read anew."""
    recipe.build()
    (tmp_path / "cache").mkdir()
    for entry in CACHE.glob("*.entry"):
        shutil.copy2(entry, tmp_path / "cache")
    monkeypatch.setenv("CLEANKIT_CACHE_DIR", str(tmp_path / "cache"))
    (tmp_path / "work").mkdir()
    monkeypatch.chdir(tmp_path / "work")
    yield tmp_path / "cache/check"
    recipe.build.cache_clear()


@pytest.fixture
def check(place: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> Check:
    def run(*args: str, command: str = "check") -> Ran:
        with pytest.raises(SystemExit) as end:
            main([command, *args])
        status = end.value.code
        return Ran(status if isinstance(status, int) else 0, *capfdbinary.readouterr())

    return run


@pytest.fixture
def looks(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The documents that are looked at from now on, and not recalled."""
    seen: list[str] = []
    pipeline = Task.pipeline

    def noted(task: Task, *args: object) -> object:
        seen.append(task.source.path)
        return pipeline(task, *args)  # type: ignore[arg-type]

    monkeypatch.setattr(Task, "pipeline", noted)
    return seen


def entries(place: Path) -> list[Path]:
    """The files of results, without those that note that a configuration works."""
    return sorted(path for path in place.glob("??/*") if path.read_bytes().partition(b"\n")[2])


ODD: dict[str, bytes] = {
    "dirty.txt": DIRTY.encode(),
    "clean.txt": b"The floor is open.\n",
    "empty.txt": b"",
    "blank.txt": b" \n\n \n",
    "crlf.txt": DIRTY.replace("\n", "\r\n").encode(),
    "cr.txt": DIRTY.replace("\n", "\r").encode(),
    "lines.txt": "One. \u2028Two. \u2029Three. \u0085Four.\x0cFive. \n".encode(),
    "bom.txt": b"\xef\xbb\xbf" + DIRTY.encode(),
    "wide.txt": DIRTY.encode("utf-16"),
    "cp1252.txt": "“The floor,” he said – once more. It was a long evening for all of us in that room. \n".encode(
        "cp1252"
    ),
    "broken.txt": b"\x81\x8d\xff\xfe no text" * 9,
    "nul.txt": b"One\0two \n",
    "mojibake.txt": "The cafÃ© is open, and itâ€™s full. \n".encode(),
    "hidden.txt": "Zero\u200bwidth \U0001f600 \ufeff and \u00ad hyphens. \n".encode(),
    "chinese.txt": "会议开始了。 \n\n\n上一页 1 2 3 下一页\n".encode(),
    "long.txt": b"word " * 5000,
    "line:break\nname.txt": DIRTY.encode(),
    "allowed.txt": b"We recieve teh mail. \n",
}
CONFIG = """allow-words = { teh = "as she said it" }
[per-path."cr*.txt"]
ignore = ["nav"]
"""


@pytest.mark.parametrize(
    "options",
    [
        *(("--format", form) for form in ("text", "json", "jsonl", "github", "sarif", "junit")),
        ("--statistics",),
        ("--statistics", "--format", "json"),
        ("--quiet",),
        ("--all-unused", "--fail-on", "flag"),
        ("--exit-zero", "--suggested"),
        ("--diff",),
    ],
    ids=" ".join,
)
def test_what_is_recalled_is_what_was_seen(
    check: Check, place: Path, looks: list[str], options: tuple[str, ...]
) -> None:
    shutil.copytree(SEEDS, "seeds")
    for name, data in ODD.items():
        Path(name).write_bytes(data)
    Path("cleankit.toml").write_text(CONFIG)
    pages = [str(path) for path in sorted(Path("seeds").rglob("*.txt"))[:6]]
    spare(check, "dirty.txt:1", "space/trailing-blanks")
    with Path(".cleankit-ignore.toml").open("a") as file:
        file.write(STALE)
    paths = [*pages, *ODD, "dirty.txt", "./clean.txt", "gone.txt"]
    fresh = check(*options, *paths, "--no-cache")
    assert not place.exists()
    assert check(*options, *paths) == fresh
    del looks[:]
    assert check(*options, *paths) == fresh
    assert fresh.status == 3  # a page is missing, and one is no text
    assert b"ignore/unused" in fresh.stdout or set(options) & {"--diff", "--quiet"}
    if "--diff" in options:
        assert len(looks) > 20
        assert not entries(place)
    else:
        assert not looks


def spare(check: Check, where: str, rule: str) -> None:
    assert check(where, rule, "--reason", "they mark a verse", command="ignore").status == 0


def test_pages_of_html_are_recalled_with_their_text(check: Check, place: Path, looks: list[str]) -> None:
    pytest.importorskip("trafilatura")
    body = "".join(
        f"<p>The harbour opened again on Monday {n}, after nine days of storm. Teh boats waited.</p>" for n in "abc"
    )
    page = f"<html><head><title>Harbour</title></head><body><article>{body}</article></body></html>"
    for name in ("page.html", "page.txt"):
        Path(name).write_text(page)
    for form in ("text", "json", "sarif"):
        fresh = check("page.html", "page.txt", "--no-cache", "--format", form)
        assert check("page.html", "page.txt", "--format", form) == fresh
        del looks[:]
        assert check("page.html", "page.txt", "--format", form) == fresh
        assert not looks
    assert len(entries(place)) == 2


def test_a_file_that_changes_is_looked_at_again_and_one_that_moves_is_not(check: Check, looks: list[str]) -> None:
    Path("page.txt").write_text(DIRTY)
    before = check("page.txt")
    state = Path("page.txt").stat()
    Path("page.txt").write_text(DIRTY.replace("open", "shut"))
    os.utime("page.txt", ns=(state.st_atime_ns, state.st_mtime_ns))
    check("page.txt")
    assert looks == ["page.txt"] * 2
    Path("page.txt").rename("other.txt")
    Path("page.txt").write_text(DIRTY)
    assert check("page.txt") == before
    assert check("other.txt").status == 1
    assert looks == ["page.txt"] * 2


@pytest.mark.parametrize(
    "other",
    [
        ("--select", "nav"),
        ("--ignore", "nav"),
        ("--suggested",),
        ("--profile", "article"),
        ("--encoding", "cp1252"),
        ("--isolated",),
        ("--config", "other.toml"),
    ],
    ids=" ".join,
)
def test_other_settings_are_another_look(check: Check, looks: list[str], other: tuple[str, ...]) -> None:
    Path("page.txt").write_text(DIRTY + "We will do it , as promised.\n")
    Path("cleankit.toml").write_text('ignore = ["space/blank-lines"]\n')
    Path("other.toml").write_text("[budgets]\npage = 0.9\n")
    check("page.txt")
    fresh = check(*other, "page.txt", "--no-cache")
    del looks[:]
    assert check(*other, "page.txt") == fresh
    assert looks == ["page.txt"]
    assert check(*other, "page.txt") == fresh
    assert looks == ["page.txt"]


def test_what_counts_is_asked_anew_of_what_is_recalled(check: Check, looks: list[str]) -> None:
    Path("page.txt").write_text("We will do it , as promised.\n")
    levels = [check("page.txt", "--fail-on", level).status for level in ("safe", "suggested", "flag")]
    assert levels == [0, 1, 1]
    assert looks == ["page.txt"]


def test_what_is_to_be_left_alone_is_another_look(check: Check, looks: list[str]) -> None:
    for name in ("page.txt", "other.txt"):
        Path(name).write_text(DIRTY)
    assert b"page.txt:1:" in check("page.txt", "other.txt").stdout
    spare(check, "page.txt:1", "space/trailing-blanks")
    del looks[:]
    after = check("page.txt", "other.txt")
    assert b"page.txt:1:" not in after.stdout
    assert b"1 left alone" in after.stderr
    assert looks == ["page.txt"]  # the entry means no other
    assert check("page.txt", "other.txt") == after
    Path(".cleankit-ignore.toml").unlink()
    assert b"page.txt:1:" in check("page.txt", "other.txt").stdout
    assert check("--write-baseline", "page.txt").status == 0
    assert b"page.txt:" not in check("page.txt", "other.txt").stdout
    Path("word.txt").write_text("One . \nTeh mail that we recieve is here, and the accomodation is fine.\n")
    before = check("word.txt")
    assert b"accomodation" in before.stdout
    Path("cleankit.toml").write_text('allow-words = { accomodation = "as it was signed" }\n')
    cleankit.config.forget()
    assert b"accomodation" not in check("word.txt").stdout
    Path("cleankit.toml").unlink()
    cleankit.config.forget()
    assert check("word.txt") == before


RULE = """kind = "line"
level = "safe"
summary = "The word of the day."
why = "It is the site's."
[match]
any_of = ['^{word}$']
[[example]]
name = "alone"
text = "One.\\n\\n{word}\\n"
clean = "One.\\n"
[[keep]]
name = "in a sentence"
text = "He said {word}.\\n"
"""


def test_a_pack_that_changes_is_another_look(check: Check) -> None:
    Path("cleankit.toml").write_text('packs = ["packs"]\n')
    Path("page.txt").write_text("One.\nTwo words.\nbanana\n")
    Path("packs/own").mkdir(parents=True)
    found = []
    for word in ("apple", "banana", "apple"):
        Path("packs/own/word.toml").write_text(RULE.format(word=word))
        forget()
        found.append(b"own/word" in check("page.txt").stdout)
    assert found == [False, True, False]
    Path("packs/own/word.toml").write_text("kind = 1")
    forget()
    assert check("page.txt").status == 2  # as it would be without a cache
    assert check("page.txt").status == 2


def forget() -> None:
    """What another process would not know."""
    for made in (recipe.build, recipe.rules, recipe.abouts, digest._of_files, digest._of_parts):
        made.cache_clear()


def test_two_versions_know_nothing_of_one_another(place: Path, tmp_path: Path) -> None:
    other = tmp_path / "other/cleankit"
    ours = Path(cleankit.__file__).parent
    shutil.copytree(ours, other, ignore=shutil.ignore_patterns("__pycache__"))
    pager = other / "packs/nav/pager.toml"
    pager.write_text(
        pager.read_text(encoding="utf-8").replace("\nsummary = ", '\nsummary = "Other words. " # '), "utf-8"
    )
    Path("page.txt").write_text(DIRTY)
    said = [_process("page.txt", program=program).stdout for program in (ours, other, ours, other)]
    assert said[0] == said[2] != said[1] == said[3]
    assert len(entries(place)) == 2


def _command(*args: str) -> list[str]:
    return [sys.executable, "-m", "cleankit", "check", *args]


def _process(*args: str, program: Path = Path(cleankit.__file__).parent) -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, "PYTHONPATH": str(program.parent), "PYTHONDONTWRITEBYTECODE": "1"}
    return subprocess.run(_command(*args), env=env, capture_output=True, check=False)


DAMAGES: dict[str, Callable[[bytes], bytes]] = {
    "empty": lambda data: b"",
    "cut": lambda data: data[:-1],
    "half": lambda data: data[: len(data) // 2],
    "longer": lambda data: data + b" ",
    "one letter": lambda data: data.replace(b"trailing", b"trialing"),
    "one bit": lambda data: data[:-3] + bytes([data[-3] ^ 1]) + data[-2:],
    "other bytes": lambda data: b"\x80\x04\x95" * 50,
    "zeros": lambda data: bytes(len(data)),
    "no seal": lambda data: data.partition(b"\n")[2],
    "another's seal": lambda data: sealed(data.partition(b"\n")[2]) + b"\n" + data.partition(b"\n")[2],
}


@pytest.mark.parametrize("damage", DAMAGES.values(), ids=DAMAGES)
def test_a_damaged_entry_is_made_anew(
    check: Check, place: Path, looks: list[str], damage: Callable[[bytes], bytes]
) -> None:
    Path("page.txt").write_text(DIRTY)
    fresh = check("page.txt")
    (entry,) = entries(place)
    whole = entry.read_bytes()
    for file in place.glob("??/*"):  # that of the configuration too
        file.write_bytes(damage(file.read_bytes()))
    del looks[:]
    assert check("page.txt") == fresh
    assert looks == ["page.txt"]
    assert entry.read_bytes() == whole
    assert check("page.txt") == fresh
    assert looks == ["page.txt"]


FINDING = ["nav/pager", "Page numbers.", [0, 3], "warning", [0, 3, "One", ""], "safe", [["a", "b"]]]


@pytest.mark.parametrize(
    "value",
    [
        *(None, 1, "", [], {}, [None], [None, [], []] * 2, [1, [], []], [[], [], []], [None, 1, []], [None, [], [[]]]),
        *(
            [None, [[*FINDING[:at], wrong, *FINDING[at + 1 :]]], []]
            for at in range(7)
            for wrong in (1.5, [3], {"a": 1})
        ),
        [None, [[*FINDING[:3], "loud", *FINDING[4:]]], []],
        [None, [[*FINDING[:2], [True, 3], *FINDING[3:]]], []],
        [None, [[*FINDING[:4], [0, 3, "One"], *FINDING[5:]]], []],
    ],
    ids=repr,
)
def test_an_entry_that_is_whole_and_has_another_form_is_none(place: Path, value: object) -> None:
    known, task, data = Memory(Shelf(place)), Task(Source("page", "page.txt")), b"One."
    name = known.name(task, data)
    Shelf(place).put(name, json.dumps([None, [FINDING], []]).encode())
    assert known.recall(name, task, data)
    Shelf(place).put(name, json.dumps(value).encode())
    assert known.recall(name, task, data) is None


@pytest.mark.parametrize(
    "entry", [b"", b"[" * 100_000, b"\xff", b"{", b"1e999", b"cos\nsystem\n(S'exit'\ntR."], ids=str
)
def test_an_entry_that_is_whole_and_no_json_is_none(place: Path, entry: bytes) -> None:
    known, task = Memory(Shelf(place)), Task(Source("page", "page.txt"))
    name = known.name(task, b"One.")
    Shelf(place).put(name, entry)
    assert known.recall(name, task, b"One.") is None


texts = st.text(st.sampled_from(["a", "\n", "\r", " ", "\u2028", '"', "\\", "\ud800", "\U0001f600", "会"]), max_size=5)
numbers = st.integers(0, 10**9)
findings = st.builds(
    Finding,
    texts,
    texts,
    st.builds(Span, numbers, numbers) | texts,
    st.sampled_from(Severity),
    st.none() | st.builds(Edit, numbers, numbers, texts, texts),
    st.sampled_from(Safety),
    st.lists(st.tuples(texts, texts), max_size=3).map(tuple),
)


@given(st.lists(findings, max_size=4), st.lists(findings, max_size=2), st.sampled_from(["page.txt", "page.html"]))
def test_every_finding_comes_back(
    tmp_path_factory: pytest.TempPathFactory, found: list[Finding], spared: list[Finding], path: str
) -> None:
    known, task, data = Memory(Shelf(tmp_path_factory.mktemp("c"))), Task(Source("page", path)), b"One. \r\n"
    name = known.name(task, data)
    text = data.decode() if path.endswith("txt") else "Two.\n"
    known.keep(name, task, text, found, spared)
    assert known.recall(name, task, data) == (text, tuple(found), tuple(spared))


def test_what_is_no_plain_data_is_not_remembered(place: Path) -> None:
    known, task = Memory(Shelf(place)), Task(Source("page", "page.txt"))
    name = known.name(task, b"One.")
    for odd in (1, {1}, None, ("a",)):  # a plugin's
        finding = Finding("a/b", "", Span(0, 1), evidence=(("odd", odd),))  # type: ignore[arg-type]
        known.keep(name, task, "One.", [finding], [])
        assert known.recall(name, task, b"One.") is None


def test_standard_input_and_a_look_without_it_leave_nothing(
    check: Check, place: Path, looks: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    Path("page.txt").write_text(DIRTY)
    check("page.txt", "--no-cache")
    check("page.txt", "--write-baseline")
    Path(".cleankit-baseline.toml").unlink()
    check("page.txt", "--diff")
    check("page.txt", command="fix")
    assert not place.exists()
    Path("page.txt").write_text(DIRTY)
    for _ in range(2):
        with Path("page.txt").open() as page:
            monkeypatch.setattr(sys, "stdin", page)
            assert b"page.txt:1:" in check("-", "--stdin-filename", "page.txt", "--isolated").stdout
    assert not entries(place)
    del looks[:]
    check("page.txt", "--isolated")
    check("page.txt", "--isolated", "--no-cache")
    assert looks == ["page.txt"] * 2


@pytest.mark.parametrize("kind", ["no home", "a file", "read-only", "no folder may be made"])
def test_without_a_place_for_it_all_works(
    check: Check, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, kind: str
) -> None:
    Path("page.txt").write_text(DIRTY)
    fresh = check("page.txt", "--no-cache")
    (tmp_path / "locked").mkdir(0o500)
    (tmp_path / "file").write_text("")
    place = {"a file": "file", "read-only": "locked", "no folder may be made": "file/below"}.get(kind)
    if place:
        monkeypatch.setenv("CLEANKIT_CACHE_DIR", str(tmp_path / place))
    else:
        monkeypatch.delenv("CLEANKIT_CACHE_DIR")
        monkeypatch.setattr("os.path.expanduser", lambda path: path)
        assert memory.shelf() is None
    assert check("page.txt") == check("page.txt") == fresh
    assert (tmp_path / "file").read_text() == ""


def test_many_processes_may_begin_at_once(place: Path) -> None:
    Path("pages").mkdir()
    for number in range(12):
        Path(f"pages/{number}.txt").write_text(DIRTY * (number + 1))
    fresh = _process("pages", "--no-cache")
    with ThreadPoolExecutor(4) as pool:
        ran = list(pool.map(lambda _: _process("pages"), range(4)))
    assert {(one.returncode, one.stdout, one.stderr) for one in ran} == {(1, fresh.stdout, fresh.stderr)}
    assert len(entries(place)) == 12
    assert not list(place.rglob("*.tmp"))
    known = Memory(Shelf(place))
    for path in Path("pages").iterdir():
        task, data = Task(Source(path.stem, str(path))), path.read_bytes()
        assert known.recall(known.name(task, data), task, data)


KILLED = """
import os, signal, sys
from pathlib import Path
from cleankit.cli import main
written, moved = [], Path.replace
def replace(self, target):
    written.extend([target] if "check" in Path(target).parts else [])
    if len(written) == 4:  # behind the note that the configuration works, and two pages
        os.kill(os.getpid(), signal.{how})
    return moved(self, target)
Path.replace = replace
main(["check", "pages"])
"""


@pytest.mark.skipif(sys.platform == "win32", reason="there are no such signals")
@pytest.mark.parametrize(("how", "left"), [("SIGKILL", 1), ("SIGTERM", 0)])
def test_one_that_is_killed_while_it_writes_spoils_nothing(place: Path, how: str, left: int) -> None:
    Path("pages").mkdir()
    for number in range(6):
        Path(f"pages/{number}.txt").write_text(DIRTY * (number + 1))
    fresh = _process("pages", "--no-cache")
    done = subprocess.run([sys.executable, "-c", KILLED.format(how=how)], capture_output=True, check=False)
    assert done.returncode in (-getattr(signal, how), 128 + getattr(signal, how))
    assert len(list(place.rglob("*.tmp"))) == left
    assert len([path for path in entries(place) if path.suffix != ".tmp"]) == 2
    assert _process("pages").stdout == fresh.stdout
    assert len([path for path in entries(place) if path.suffix != ".tmp"]) == 6


def test_one_that_lets_go_and_one_that_checks_do_not_mind_each_other(check: Check, place: Path) -> None:
    for number in range(8):
        Path(f"{number}.txt").write_text(DIRTY * (number + 1))
    fresh = check(".")
    over = threading.Event()

    def let_go() -> None:
        while not over.is_set():
            Shelf(place).clear()

    other = threading.Thread(target=let_go)
    other.start()
    try:
        assert all(check(".") == fresh for _ in range(5))
    finally:
        over.set()
        other.join()


def test_the_commands_tell_where_it_is_and_empty_it(check: Check, place: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("page.txt").write_text(DIRTY)
    assert check("show", command="cache").stdout.decode() == f"{place.parent}\n0 results of check, 0.0 MiB\n"
    check("page.txt")
    (place.parent / "notes.txt").write_text("a person's own")
    assert b"\n2 results of check" in check("show", command="cache").stdout
    assert check("clear", command="cache") == (0, b"", b"")
    assert sorted(path.name for path in place.parent.iterdir()) == ["notes.txt"]
    assert check("clear", command="cache").status == 0
    monkeypatch.setattr(memory.cache, "folder", lambda: None)
    assert check("show", command="cache").stdout.startswith(b"nowhere: ")
    assert check("clear", command="cache").status == 0
