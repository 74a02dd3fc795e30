"""Hooks and workflow are what their pages say, and their command lines are real.

That the real pre-commit can use them is tried by `.ci/hooks`, which needs a package index.
"""

from __future__ import annotations

import json
import re
import shlex
import shutil
import subprocess
from pathlib import Path
from typing import Any

import pytest
import yaml
from conftest import ROOT, SEEDS
from typer.testing import CliRunner

from cleankit import resources
from cleankit.cli.app import app

HOOKS: dict[str, dict[str, Any]] = {
    hook["id"]: hook for hook in yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text(encoding="utf-8"))
}
PAGE = (ROOT / "docs/hooks.md").read_text(encoding="utf-8")
PASTED = [yaml.safe_load(block) for block in re.findall(r"```yaml\n(.*?)```", PAGE, re.DOTALL)]
WORKFLOW: dict[Any, Any] = yaml.safe_load((ROOT / "docs/workflows/cleankit.yml").read_text(encoding="utf-8"))
STEPS: list[dict[str, Any]] = WORKFLOW["jobs"]["texts"]["steps"]


def run(*command: str) -> tuple[int, str]:
    """A command line of cleankit in this process: exit code and standard output."""
    assert command[0] == "cleankit"
    done = CliRunner().invoke(app, command[1:], prog_name="cleankit")
    return done.exit_code, done.stdout


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What a repository of texts may look like: something to find in every kind of file, and a configuration."""
    for name, text in {
        "corpus/a page.txt": "The pier opens in May.\n\n1 2 3 >\n",
        "corpus/年.md": "The pier opens in May. \n",
        "corpus/drafts/b.txt": "The pier opens in May. \n",
        "data/bad.json": "[]",
        "schemas/own.schema.json": '{"type": "object"}',
        "cleankit.toml": 'exclude = ["drafts/"]\n',
    }.items():
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(text, encoding="utf-8")
    monkeypatch.chdir(tmp_path)
    return tmp_path


def test_the_three_hooks_have_what_pre_commit_asks_for() -> None:
    assert list(HOOKS) == ["cleankit-check", "cleankit-fix", "cleankit-validate"]
    for hook in HOOKS.values():
        assert set(hook) <= {
            "id", "name", "description", "entry", "language", "types", "types_or", "files", "args", "require_serial",
            "minimum_pre_commit_version",
        }  # fmt: skip
        assert hook["language"] == "python"
        assert hook["args"] == []
        assert "--force-exclude" in hook["entry"].split()
        assert {*hook.get("types", ()), *hook.get("types_or", ())} <= {"plain-text", "markdown", "json"}
    assert HOOKS["cleankit-fix"]["require_serial"]


@pytest.mark.parametrize(
    ("path", "is_meant"),
    [
        ("a.briefing.json", True),
        ("年/a b.briefing.json", True),
        ("briefings/a.json", True),
        ("out/run/briefings/2031/a.json", True),
        ("a.json", False),
        ("briefings.json", False),
        ("my-briefings/a.json", False),
        ("briefings/a.jsonl", False),
        ("abriefing.json", False),
    ],
)
def test_which_files_are_briefings(path: str, is_meant: bool) -> None:
    assert bool(re.search(HOOKS["cleankit-validate"]["files"], path)) is is_meant


def test_the_page_says_what_the_manifest_says() -> None:
    for name, hook in HOOKS.items():
        row = next(line for line in PAGE.splitlines() if line.startswith(f"| `{name}` |"))
        assert f"| `{hook['entry']}` |" in row
    pasted = PASTED[0]["repos"][0]
    assert [hook["id"] for hook in pasted["hooks"]] == list(HOOKS)
    # whoever pastes it puts in what is theirs
    assert re.fullmatch("<.*>", pasted["repo"])
    assert re.fullmatch("<.*>", pasted["rev"])


def test_check_and_fix_as_the_hooks_call_them(repository: Path) -> None:
    named = ["corpus/a page.txt", "corpus/drafts/b.txt", "corpus/年.md"]
    check, fix = HOOKS["cleankit-check"]["entry"].split(), HOOKS["cleankit-fix"]["entry"].split()
    status, said = run(*check, *named)
    assert status == 1
    assert "corpus/a page.txt:3:1: nav/pager" in said
    assert "corpus/年.md:1:23: space/trailing-blanks" in said
    assert "drafts" not in said
    assert run(*fix, *named)[0] == 0
    assert (repository / "corpus/a page.txt").read_text(encoding="utf-8") == "The pier opens in May.\n"
    assert (repository / "corpus/drafts/b.txt").read_text(encoding="utf-8") == "The pier opens in May. \n"
    assert run(*fix, *named) == run(*check, *named) == (0, "")


def test_fix_passes_where_only_suggestions_are_left(repository: Path) -> None:
    page = repository / "corpus/c.txt"
    page.write_text("The pier opens in May , and the ferry in June.\n", encoding="utf-8")
    assert run(*HOOKS["cleankit-check"]["entry"].split(), str(page))[0] == 1
    assert run(*HOOKS["cleankit-fix"]["entry"].split(), str(page))[0] == 0
    assert run(*HOOKS["cleankit-fix"]["entry"].split(), "--fail-on", "suggested", str(page))[0] == 1


def test_validate_as_the_hook_calls_it(repository: Path) -> None:
    entry = HOOKS["cleankit-validate"]["entry"].split()
    status, said = run(*entry, "data/bad.json")
    assert status == 1
    assert said.startswith("data/bad.json:1:1: schema/type")
    good = json.loads(resources.schema("briefing").read_text(encoding="utf-8"))["examples"][0]
    (repository / "data/good.json").write_text(json.dumps(good), encoding="utf-8")
    assert run(*entry, "data/good.json") == (0, "")
    assert run(*entry, "--exclude", "bad.*", "data/bad.json", "data/good.json") == (0, "")
    assert run("cleankit", "validate", "--exclude", "bad.*", "data/bad.json")[0] == 1
    assert run("cleankit", "validate", "--exclude", "bad.*", "data", "data/*.json") == (0, "")


@pytest.mark.parametrize("hook", PASTED[1], ids=lambda hook: hook["id"])
def test_the_arguments_on_the_page_are_real(hook: dict[str, Any], repository: Path) -> None:
    path = "data/bad.json" if hook["id"] == "cleankit-validate" else "corpus/a page.txt"
    assert re.search(hook["files"], path)
    assert run(*HOOKS[hook["id"]]["entry"].split(), *hook["args"], path)[0] in (0, 1)


def test_the_command_lines_in_the_text_are_real() -> None:
    for command, *options in re.findall(r"`cleankit (\w+)((?: --[\w-]+)*)`", PAGE):
        help = run("cleankit", command, "--help")[1]
        assert not [option for option in " ".join(options).split() if option not in help]


def test_the_trial_with_pre_commit_is_part_of_ci() -> None:
    assert ".ci/hooks " in (ROOT / ".ci/run").read_text(encoding="utf-8")
    subprocess.run(["bash", "-n", str(ROOT / ".ci/hooks")], check=True)


def test_the_workflow_is_one_that_github_takes() -> None:
    assert set(WORKFLOW) == {"name", True, "permissions", "jobs"}  # YAML reads `on` as true
    assert set(WORKFLOW[True]) == {"push", "pull_request"}
    assert WORKFLOW["permissions"]["security-events"] == "write"
    assert all(("run" in step) != ("uses" in step) for step in STEPS)
    upload = next(step for step in STEPS if step.get("uses", "").startswith("github/codeql-action/upload-sarif@"))
    report = next(step for step in STEPS if step.get("name") == "Report")
    assert report["run"].endswith(f"> {upload['with']['sarif_file']}")
    assert f"hashFiles('{upload['with']['sarif_file']}')" in upload["if"]
    page = (ROOT / "docs/github.md").read_text(encoding="utf-8")
    assert set(re.findall(r"^\| \*(\w+)\* \|", page, re.MULTILINE)) < {step.get("name") for step in STEPS}


def commands() -> list[str]:
    page = (ROOT / "docs/github.md").read_text(encoding="utf-8")
    found = [step["run"] for step in STEPS if step.get("run", "").startswith("cleankit ")]
    found += re.findall(r"^\$ (cleankit .*)$", page, re.MULTILINE)
    assert len(found) == 5
    return found


@pytest.mark.parametrize("line", commands())
@pytest.mark.parametrize("is_bad", [True, False])
def test_its_commands_run_on_sample_pages(line: str, is_bad: bool, tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    shutil.copytree(SEEDS / "dirty", tmp_path / "corpus")
    assert run("cleankit", "clean", "corpus", "-o", ".", "-q")[0] == 0
    if is_bad:
        path = tmp_path / "briefings/summit-briefing.json"
        path.write_text(path.read_text(encoding="utf-8").replace('"answer"', '"answr"', 1), encoding="utf-8")
    else:
        shutil.rmtree("corpus")
        (tmp_path / "text").rename("corpus")
        assert run("cleankit", "fix", "--suggested", "corpus")[0] in (0, 1)
    command, _, _ = line.partition(" > ")
    status, said = run(*shlex.split(command))
    assert status == (1 if is_bad and "--exit-zero" not in command else 0)
    if "sarif" in command:
        log = json.loads(said)
        assert log["version"] == "2.1.0"
        assert bool(log["runs"][0]["results"])  # what is only flagged is left in clean pages, too
    elif "junit" in command:
        assert ("<failure" in said) is is_bad
    elif "validate" in command:
        assert said.startswith("::error file=briefings/summit-briefing.json,line=") is is_bad
        assert "(from corpus/summit-briefing.txt:" in said or not is_bad
    else:
        assert ("::warning file=corpus/" in said) is is_bad
