"""Command lines, one TOML file each: what is there, what is said, what is there afterwards.

CLEANKIT_UPDATE=1 writes what happened into the `[expect]` table of each case; read the difference before committing it.
"""

from __future__ import annotations

import io
import json
import math
import os
import signal
import subprocess
import sys
import time
import tomllib
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path
from typing import Any, NamedTuple, get_args

import pytest
from conftest import ROOT
from typer.main import get_command

from cleankit import __version__, recipe
from cleankit.cli import main, options, plain, progress
from cleankit.cli.app import app
from cleankit.cli.over import LISTS
from cleankit.cli.run import orderly_end
from cleankit.engines.places import TIMING
from cleankit.model import Safety

CASES = sorted((Path(__file__).parent / "cases").glob("*.toml"))
KEYS = {"about", "args", "stdin", "stdin_hex", "files", "hex", "any", "needs", "lacks", "expect"}
UPDATE = bool(os.environ.get("CLEANKIT_UPDATE"))
# journals hold hashes and every edit: they have tests of their own, here it counts that they are there
LISTED = ("ledger/", "run.json", ".jsonl")


class Ran(NamedTuple):
    status: int
    stdout: bytes
    stderr: bytes


@pytest.fixture
def cleankit(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    """Runs a command line in an empty folder, in this process."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr(progress, "LONG", math.inf)  # how long it took is another figure each time

    def run(*args: str, stdin: bytes = b"") -> Ran:
        streams = [io.TextIOWrapper(io.BytesIO(data), encoding="utf-8") for data in (stdin, b"", b"")]
        for name, stream in zip(("stdin", "stdout", "stderr"), streams, strict=True):
            monkeypatch.setattr(sys, name, stream)
        status: Any = 0
        try:
            main(args)
        except SystemExit as end:
            status = end.code or 0
        for stream in streams[1:]:
            stream.flush()
        out, err = (stream.buffer.getvalue() for stream in streams[1:])  # type: ignore[attr-defined]
        return Ran(status, out, err)

    return run


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in CASES])
def test_case(path: Path, cleankit: Any, tmp_path: Path) -> None:
    case = tomllib.loads(path.read_text(encoding="utf-8"))
    assert set(case) <= {"about", "args", "stdin", "stdin_hex", "files", "hex", "any", "needs", "lacks", "expect"}, (
        "unknown key"
    )
    for module in case.get("needs", ()):
        pytest.importorskip(module)
    if found := [module for module in case.get("lacks", ()) if find_spec(module)]:
        pytest.skip(f"is installed: {found}")
    before = {name: text.encode() for name, text in case.get("files", {}).items()}
    before |= {name: bytes.fromhex(data) for name, data in case.get("hex", {}).items()}
    for name, data in before.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(data)
    stdin = bytes.fromhex(case["stdin_hex"]) if "stdin_hex" in case else case.get("stdin", "").encode()
    ran = cleankit(*case["args"], stdin=stdin)
    found: dict[str, Any] = {
        "status": ran.status,
        "stdout": ran.stdout.decode(),
        "stderr": ran.stderr.decode(),
        "after": after(tmp_path, before),
    }
    for name in case.get("any", ()):
        del found[name]  # in words that are not ours, or that change with every rule
    if UPDATE:
        update(path, found)
    else:
        assert found == case["expect"]


def after(folder: Path, before: dict[str, bytes]) -> dict[str, str | bool]:
    """New and changed files with their text (hex where it is none, true for journals), lost ones as false."""
    now = {path.relative_to(folder).as_posix(): path for path in files(folder)}
    found: dict[str, str | bool] = {name: False for name in before if name not in now}
    for name, path in now.items():
        data = path.read_bytes()
        if before.get(name) != data:
            found[name] = True if any(part in name for part in LISTED) else shown(data)
    return found


def files(folder: Path) -> list[Path]:
    """All that lie below the folder, but for what hangs on the time."""
    return sorted(path for path in folder.rglob("*") if path.is_file() and path.name != TIMING)


def shown(data: bytes) -> str:
    try:
        text = data.decode()
    except UnicodeDecodeError:
        return "hex " + data.hex(" ")
    return "hex " + data.hex(" ") if "\0" in text or text.startswith("\ufeff") else text


def update(path: Path, found: dict[str, Any]) -> None:
    head, _, _ = path.read_text(encoding="utf-8").partition("\n[expect]")
    lines = [head.rstrip() + "\n", "[expect]"]
    lines += [f"{name} = {quoted(found[name])}" for name in ("status", "stdout", "stderr") if name in found]
    if "after" in found:
        lines += [
            "\n[expect.after]",
            *(f"{json.dumps(name)} = {quoted(text)}" for name, text in found["after"].items()),
        ]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def quoted(value: str | bool | int) -> str:
    """A TOML value; text of several lines as it is, where it can be."""
    if not isinstance(value, str):
        return json.dumps(value)
    if value.endswith("\n") and "'''" not in value and all(char.isprintable() or char == "\n" for char in value):
        return f"'''\n{value}'''"
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")


def test_there_are_cases_enough() -> None:
    assert len(CASES) >= 250


def test_every_option_of_every_command_and_every_exit_code_has_a_case() -> None:
    cases = [tomllib.loads(path.read_text(encoding="utf-8")) for path in CASES]
    assert {case["expect"].get("status") for case in cases} >= {0, 1, 2, 3}
    for way, command in commands(get_command(app)):
        said = {arg.partition("=")[0] for case in cases if case["args"][: len(way)] == way for arg in case["args"]}
        for names in (names for option in command.params for names in (option.opts, option.secondary_opts)):
            assert not names or not names[0].startswith("-") or said & set(names), (way, names)


def commands(command: Any, way: tuple[str, ...] = ()) -> Iterator[tuple[list[str], Any]]:
    if hasattr(command, "commands"):
        for name, one in command.commands.items():
            yield from commands(one, (*way, name))
    else:
        yield list(way), command


def test_the_version_is_said_without_heavy_imports() -> None:
    code = (
        "import sys; sys.argv = ['cleankit', '--version']\n"
        "from cleankit.cli import main\n"
        "try:\n    main()\n"
        "finally:\n"
        "    print([name for name in ('typer', 'rich', 're2', 'ftfy', 'jsonschema') if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=True)
    assert done.stdout == f"cleankit {__version__}\n[]\n"


# what a page may need, and a clean English one does not
HEAVY = {
    *("typer", "click", "pydantic", "rich", "ftfy", "langdetect", "jsonschema", "referencing", "yaml", "pyarrow"),
    *("tomllib", "html", "difflib", "tempfile", "subprocess", "importlib.metadata", "multiprocessing"),
    *("cleankit.language", "cleankit.briefing", "cleankit.ledger", "cleankit.report", "cleankit.engines.local"),
    *("cleankit.rules.load", "cleankit.scan.literals", "cleankit.filters.spam.score", "cleankit.filters.spam.lexicon"),
    *("cleankit.render.sarif", "cleankit.render.junit", "cleankit.render.github", "cleankit.toml"),
    *("trafilatura", "lxml", "cleankit.corpus.markup", "cleankit.corpus.charset"),
    *("cleankit.suppress.entries", "cleankit.suppress.tally", "cleankit.fingerprint"),
}
CLEAN = "The harbour opens\n\nThe harbour opened again on Monday, after nine days of storm.\n\nAnna Weber: Thank you.\n"


def test_a_check_of_a_clean_english_page_imports_what_it_needs(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(CLEAN)
    for _ in range(2):  # the first run may have to work out what the later ones remember
        imported = imports_of_check(tmp_path, "--no-cache")
    assert "cleankit.rules.ruleset" in imported
    assert imported & HEAVY == set()


def test_a_check_of_an_unchanged_page_imports_no_rules(tmp_path: Path) -> None:
    (tmp_path / "page.txt").write_text(CLEAN + " \n\n\n\n")
    for _ in range(2):
        imported = imports_of_check(tmp_path, "--exit-zero")
    assert "cleankit.engines.memory" in imported
    heavy = HEAVY | {"cleankit.recipe", "cleankit.rules", "cleankit.filters", "cleankit.pipeline", "re2", "sqlite3"}
    assert imported & (heavy | {"pickle", "shutil"}) == set()


def imports_of_check(folder: Path, *args: str) -> set[str]:
    """The modules that a process has imported in the end."""
    code = (
        "import sys\n"
        "from cleankit.cli import main\n"
        "try:\n    main(['check', '-q', *sys.argv[1:], 'page.txt'])\n"
        "finally:\n    print(*sorted(sys.modules))"
    )
    command = [sys.executable, "-c", code, *args]
    return set(subprocess.run(command, cwd=folder, capture_output=True, text=True, check=True).stdout.split())


def plain_cases() -> list[Path]:
    return [path for path in CASES if plain.plain(tomllib.loads(path.read_text(encoding="utf-8"))["args"])]


@pytest.mark.parametrize("path", [pytest.param(path, id=path.stem) for path in plain_cases()])
def test_the_short_way_says_what_the_option_parser_says(
    path: Path, cleankit: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(plain, "plain", lambda args: None)
    test_case(path, cleankit, tmp_path)


@pytest.mark.parametrize("name", ["check", "fix"])
def test_the_short_way_knows_the_options_that_there_are(name: str) -> None:
    declared = {
        flag: parameter
        for parameter in get_command(app).commands[name].params  # type: ignore[attr-defined]
        for flag in parameter.opts
        if flag.startswith("-")
    }
    left_to_the_parser = {"--suggested", "--html", "--encoding", "--help", "-h"}
    flags = plain.FLAGS | plain.FLAGS_OF[name]
    values = plain.VALUES | plain.VALUES_OF[name]
    assert set(declared) - left_to_the_parser == {*flags, *values}
    for flag, parameter in (flags | values).items():
        assert declared[flag].name == parameter
        assert declared[flag].is_flag == (flag in flags)
        assert declared[flag].multiple == (parameter in LISTS)
    assert {"output": get_args(get_args(options.Format)[0]), "fail_on": tuple(Safety)} == plain.CHOICES


@pytest.mark.parametrize("form", ["sarif", "github"])
def test_a_page_outside_the_repository_cannot_be_shown_there(
    form: str, cleankit: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    (tmp_path / "repo" / ".git").mkdir(parents=True)
    (tmp_path / "page.txt").write_text("Open.\n\n\nShut.\n")
    monkeypatch.chdir(tmp_path / "repo")
    ran = cleankit("check", "--format", form, "../page.txt")
    assert ran.status == 3
    assert ran.stdout.decode().count("space/blank-lines")
    assert ran.stderr.decode().startswith(f"../page.txt: lies outside {tmp_path / 'repo'}, so a service cannot show")


def test_rules_list_names_every_rule(cleankit: Any) -> None:
    ran = cleankit("rules", "list")
    assert ran.status == 0
    listed = [line.split()[0] for line in ran.stdout.decode().splitlines()]
    assert listed == [about.rule for about in recipe.abouts()]


def test_every_rule_can_be_shown(cleankit: Any) -> None:
    for about in recipe.abouts():
        ran = cleankit("rules", "show", about.rule)
        assert ran.status == 0
        shown = ran.stdout.decode()
        assert shown.startswith(f"{about.rule}  ({about.level}, ")
        assert f"\n{about.summary}\n{about.why}\n" in shown
        assert ("\nExample" in shown) == (not about.rule.startswith(("ignore/", "budget/")))
        assert Path(shown.rstrip().rpartition("File: ")[2]).is_file()


def test_a_line_of_five_million_letters(cleankit: Any, tmp_path: Path) -> None:
    (tmp_path / "long.txt").write_text("word " * 1_000_000, encoding="utf-8")
    ran = cleankit("clean", "long.txt", "-o", "out", "--no-json")
    assert ran.status == 0
    assert (tmp_path / "out/text/long.txt").read_text(encoding="utf-8") == ("word " * 1_000_000).rstrip()


def test_a_document_of_many_lines_comes_back(cleankit: Any, tmp_path: Path) -> None:
    data = b"\xef\xbb\xbf" + b"The floor is open. \r\n\r\n\r\n" * 2000
    (tmp_path / "page.txt").write_bytes(data)
    assert cleankit("clean", "page.txt", "-o", "out", "--no-json").status == 0
    ran = cleankit("restore", "out/text/page.txt", "out/ledger/page.jsonl")
    assert (ran.status, ran.stdout) == (0, data)


def test_the_number_of_processes_does_not_show(cleankit: Any, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    for i in range(9):
        (tmp_path / f"in/{i}.txt").write_text(f"Question {i} is open.\n\n1 2 3 >\n", encoding="utf-8")
    (tmp_path / "in/bad.txt").write_bytes(b"\xff\xff")
    one = cleankit("clean", "in", "-o", "one", "--no-json")
    two = cleankit("clean", "in", "-o", "two", "--no-json", "--jobs", "2")
    assert one == two
    assert one.status == 3
    found = [[(p.relative_to(tmp_path / out), p.read_bytes()) for p in files(tmp_path / out)] for out in ("one", "two")]
    assert found[0] == found[1]
    assert len(found[0]) == 20


def test_an_output_that_cannot_be_written_is_told_and_the_others_are_done(cleankit: Any, tmp_path: Path) -> None:
    # as root every folder can be written to: a file in the place of a folder cannot
    (tmp_path / "in/sub").mkdir(parents=True)
    (tmp_path / "out/text").mkdir(parents=True)
    (tmp_path / "in/sub/a.txt").write_text("One.\n", encoding="utf-8")
    (tmp_path / "in/b.txt").write_text("Two.\n", encoding="utf-8")
    (tmp_path / "out/text/sub").write_text("in the way", encoding="utf-8")
    ran = cleankit("clean", "in", "-o", "out", "--no-json")
    assert ran.status == 3
    assert "in/sub/a.txt" in ran.stderr.decode()
    assert (tmp_path / "out/text/b.txt").read_text(encoding="utf-8") == "Two.\n"
    assert not list(tmp_path.rglob("*.tmp"))
    assert json.loads((tmp_path / "out/run.json").read_bytes())["failed"] == 1


def test_a_link_out_of_the_run_folder_is_not_followed(cleankit: Any, tmp_path: Path) -> None:
    (tmp_path / "in/sub").mkdir(parents=True)
    (tmp_path / "elsewhere").mkdir()
    (tmp_path / "out/text").mkdir(parents=True)
    (tmp_path / "out/text/sub").symlink_to(tmp_path / "elsewhere")
    (tmp_path / "in/sub/a.txt").write_text("One.\n", encoding="utf-8")
    assert cleankit("clean", "in", "-o", "out", "--no-json").status == 3
    assert not list((tmp_path / "elsewhere").iterdir())


def test_fix_keeps_links_and_modes(cleankit: Any, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("One. \n", encoding="utf-8")
    page.chmod(0o640)
    (tmp_path / "link.txt").symlink_to(page)
    assert cleankit("fix", "link.txt").status == 0
    assert (tmp_path / "link.txt").is_symlink()
    assert page.read_text(encoding="utf-8") == "One.\n"
    assert page.stat().st_mode & 0o777 == 0o640


def test_fix_leaves_a_clean_file_alone(cleankit: Any, tmp_path: Path) -> None:
    page = tmp_path / "page.txt"
    page.write_text("One.\n", encoding="utf-8")
    os.utime(page, (1, 1))
    assert cleankit("fix", "page.txt").status == 0
    assert page.stat().st_mtime == 1


def test_a_name_that_is_no_text_does_not_stop_the_run(cleankit: Any, tmp_path: Path) -> None:
    try:
        (tmp_path / os.fsdecode(b"caf\xe9.txt")).write_text("One. \n", encoding="utf-8")
    except OSError:
        pytest.skip("this file system takes no such names")
    ran = cleankit("clean", ".", "-o", "../out-of-names", "--no-json")
    assert ran.status == 0
    assert cleankit("check", ".").status == 1


def test_links_that_lead_nowhere_and_pipes_do_not_stop_the_run(cleankit: Any, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    (tmp_path / "in/a.txt").write_text("One.\n", encoding="utf-8")
    (tmp_path / "in/gone.txt").symlink_to("nowhere")
    (tmp_path / "in/loop.txt").symlink_to("loop.txt")
    (tmp_path / "in/folder").symlink_to(".")
    os.mkfifo(tmp_path / "in/pipe.txt")
    ran = cleankit("clean", "in", "-o", "out", "--no-json", "-q")
    assert ran.status == 3
    assert ran.stderr.decode().splitlines() == [
        "in/gone.txt: does not exist; check the path",
        "in/loop.txt: is a link that leads to itself; remove it",
        "in/pipe.txt: is a pipe or a device; give it by itself, not in a folder",
    ]
    assert (tmp_path / "out/text/a.txt").read_text(encoding="utf-8") == "One.\n"


def test_a_pipe_is_written_into_and_stays_a_pipe(cleankit: Any, tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    reader = os.open(pipe, os.O_RDONLY | os.O_NONBLOCK)
    (tmp_path / "a.txt").write_text("One.\n", encoding="utf-8")
    try:
        assert cleankit("parse", "a.txt", "-o", "pipe").status == 0
        assert json.loads(os.read(reader, 100_000))["schema"] == "urn:cleankit:briefing:2"
    finally:
        os.close(reader)
    assert pipe.is_fifo()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="this system has no device that is always full")
@pytest.mark.parametrize("args", [["--version"], ["--help"], ["rules", "list"], ["check", "a.txt"]])
def test_an_output_that_takes_nothing(args: list[str], tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("One. \n", encoding="utf-8")
    with Path("/dev/full").open("w") as full:
        done = run_apart(args, tmp_path, stdout=full, stderr=subprocess.PIPE)
        assert done.returncode == 3
        assert b"standard output cannot be written: No space left" in done.stderr
        assert run_apart(["check", "gone.txt"], tmp_path, stderr=full).returncode == 3


@pytest.mark.parametrize("closed", ["<&-", ">&-", "2>&-"])
def test_streams_that_are_closed(closed: str, tmp_path: Path) -> None:
    line = f"{sys.executable} -m cleankit check - gone.txt {closed}"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(["sh", "-c", line], cwd=tmp_path, input=b"One. \n", capture_output=True, env=env, check=False)
    assert done.returncode == 3
    assert b"Traceback" not in done.stderr
    assert b"internal error" not in done.stderr


@pytest.mark.parametrize("jobs", ["1", "2"])
@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP])
def test_a_run_that_is_stopped_leaves_whole_documents_only(number: int, jobs: str, tmp_path: Path) -> None:
    (tmp_path / "in").mkdir()
    page = (ROOT / "seeds/dirty/summit-briefing.txt").read_text(encoding="utf-8")
    for i in range(200):
        (tmp_path / f"in/{i}.txt").write_text(page, encoding="utf-8")
    (tmp_path / "out").mkdir()
    (tmp_path / "out/run.json").write_text("of an earlier run", encoding="utf-8")
    command = [sys.executable, "-m", "cleankit", "clean", "in", "-o", "out", "-q", "--jobs", jobs]
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    with subprocess.Popen(command, cwd=tmp_path, stderr=subprocess.PIPE, env=env) as run:
        while run.poll() is None and not list(tmp_path.glob("out/ledger/*.jsonl")):
            time.sleep(0.05)
        run.send_signal(number)
        _, told = run.communicate()
    assert run.returncode == 128 + number
    assert told == b""
    names = [
        sorted(path.stem for path in (tmp_path / "out" / kind).iterdir()) for kind in ("text", "briefings", "ledger")
    ]
    assert names[0] == names[1] == names[2]
    assert 0 < len(names[0]) < 200
    assert not (tmp_path / "out/run.json").exists()


def test_a_stop_that_a_library_turns_into_an_exit_of_its_own_stays_a_stop() -> None:
    def waits() -> None:
        try:
            signal.raise_signal(signal.SIGTERM)
        except SystemExit as error:
            raise SystemExit(1) from error

    with pytest.raises(SystemExit) as end, orderly_end():
        waits()
    assert end.value.code == 128 + signal.SIGTERM
    assert signal.getsignal(signal.SIGTERM) is signal.SIG_DFL


def test_a_working_folder_that_is_gone_is_told(tmp_path: Path) -> None:
    line = f"mkdir gone && cd gone && rmdir ../gone && {sys.executable} -m cleankit check page.txt"
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run(["sh", "-c", line], cwd=tmp_path, capture_output=True, env=env, check=False)
    assert done.returncode == 3
    assert done.stderr == b"cleankit: the working folder is gone; go to one that is there\n"


def test_ctrl_c_is_no_fault_where_no_option_parser_takes_it(monkeypatch: pytest.MonkeyPatch) -> None:
    def stopped(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("cleankit.cli.answer.check", stopped)
    with pytest.raises(SystemExit) as left:
        main(["check", "page.txt"])
    assert left.value.code == 130


def run_apart(args: list[str], folder: Path, **streams: Any) -> subprocess.CompletedProcess[bytes]:
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    return subprocess.run([sys.executable, "-m", "cleankit", *args], cwd=folder, env=env, check=False, **streams)
