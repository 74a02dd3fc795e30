"""What the documents say is what the program does. `CLEANKIT_UPDATE=1` writes the outputs in them anew."""

from __future__ import annotations

import doctest
import importlib
import os
import re
import shlex
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from cleankit import config, recipe
from cleankit.cli.app import app

README = ROOT / "README.md"
BLOCK = re.compile(r"```(console|python)\n(.*?)```", re.DOTALL)
BLOCKS = [found.groups() for found in BLOCK.finditer(README.read_text(encoding="utf-8"))]


# Documents that are walked through from top to bottom in one folder: ```LANGUAGE FILE writes the file, ```console runs.
WALKS = ("nothing-lost.md", "writing-rules.md", "html.md", "learn.md", "explain.md", "compare.md", "corpora.md")
# told of a run of a second or more, as those are on a machine that has much to do
TOOK = re.compile(r"^\d+ documents? in [\d.]+ s, .*\n", re.MULTILINE)
STEP = re.compile(r"```(\w+)(?: (\S+))?\n(.*?)```", re.DOTALL)


def run(line: str, folder: Path, *, told: bool = False) -> str:
    """What a command prints; with what it tells the person, and whatever its exit code, if `told`."""
    name, *args = shlex.split(line)
    assert name == "cleankit"
    env = {**os.environ, "PYTHONPATH": str(ROOT), "COLUMNS": "120", "PYTHONIOENCODING": "utf-8"}
    to = subprocess.STDOUT if told else subprocess.PIPE
    command = [sys.executable, "-m", name, *args]
    done = subprocess.run(command, cwd=folder, stdout=subprocess.PIPE, stderr=to, env=env, check=False)
    assert done.returncode in (range(4) if told else range(2)), done.stderr
    return TOOK.sub("", done.stdout.decode())


def transcript(block: str, folder: Path, *, told: bool = False) -> str:
    """The block with the outputs that its commands give today."""
    commands = [line for line in block.splitlines() if line.startswith("$ ")]
    return "".join(f"{line}\n{run(line[2:], folder, told=told)}" for line in commands)


@pytest.mark.parametrize("block", [block for kind, block in BLOCKS if kind == "console"])
def test_commands_in_the_readme_print_what_it_says(block: str, tmp_path: Path) -> None:
    shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    now = transcript(block, tmp_path)
    if os.environ.get("CLEANKIT_UPDATE"):
        README.write_text(README.read_text(encoding="utf-8").replace(block, now), encoding="utf-8")
        return
    assert now == block


@pytest.mark.parametrize("name", WALKS)
def test_a_walk_through_a_document_goes_as_it_says(name: str, tmp_path: Path) -> None:
    if name == "html.md":
        pytest.importorskip("trafilatura")
    path = ROOT / "docs" / name
    text = now = path.read_text(encoding="utf-8")
    if "seeds/" in text:
        shutil.copytree(ROOT / "seeds", tmp_path / "seeds")
    for kind, file, block in STEP.findall(text):
        if file:
            (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
            (tmp_path / file).write_text(block, encoding="utf-8")
        elif kind == "console":
            now = now.replace(block, transcript(block, tmp_path, told=True))
    if os.environ.get("CLEANKIT_UPDATE"):
        path.write_text(now, encoding="utf-8")
        return
    assert now == text


@pytest.mark.parametrize("block", [block for kind, block in BLOCKS if kind == "python"])
def test_python_in_the_readme_runs(block: str) -> None:
    subprocess.run([sys.executable, "-c", block], cwd=ROOT, check=True, capture_output=True)


def test_the_configuration_in_the_readme_loads(tmp_path: Path) -> None:
    blocks = re.findall(r"```toml\n(.*?)```", README.read_text(encoding="utf-8"), re.DOTALL)
    assert blocks
    for block in blocks:
        (tmp_path / "cleankit.toml").write_text(block, encoding="utf-8")
        settled = config.load(str(tmp_path / "cleankit.toml"))
        choices = {settled.choice_for(str(tmp_path / name)) for name in ("page.txt", "transcripts/page.txt")}
        assert len(choices) == 2
        assert all(recipe.build(choice).stages for choice in choices)
        assert settled.excludes(str(tmp_path / "raw/old/page.txt"))


def test_every_command_is_in_the_readme() -> None:
    text = README.read_text(encoding="utf-8")
    names = [command.name or command.callback.__name__ for command in app.registered_commands if command.callback]
    names += [group.name or "" for group in app.registered_groups]
    assert len(names) >= 7
    assert not [name for name in names if f"`cleankit {name}" not in text]


def test_the_readme_names_the_two_commands_of_the_makefile() -> None:
    text, targets = README.read_text(encoding="utf-8"), (ROOT / "Makefile").read_text(encoding="utf-8")
    for name in ("demo", "test"):
        assert f"make {name}" in text
        assert re.search(rf"^{name}:", targets, re.MULTILINE)


def test_the_rules_that_the_pages_name_are_there() -> None:
    known = {about.rule for about in recipe.abouts(config.Choice())}
    packs = "|".join(sorted({rule.partition("/")[0] for rule in known}))
    for path in [README, *ROOT.glob("docs/*.md"), ROOT / "CHANGELOG.md"]:
        named = re.findall(rf"(?<![\w/.])(?:{packs})/[a-z-]+(?![\w/.*])", path.read_text(encoding="utf-8"))
        assert set(named) <= known, path.name


def test_links_lead_somewhere() -> None:
    for path in [README, *ROOT.glob("docs/*.md"), ROOT / "CONTRIBUTING.md", ROOT / "seeds" / "README.md"]:
        for target in re.findall(r"\]\(([^)#:]+)\)", path.read_text(encoding="utf-8")):
            assert (path.parent / target).exists(), f"{path.name}: {target}"


MODULES = [path for path in sorted((ROOT / "cleankit").rglob("*.py")) if ">>>" in path.read_text(encoding="utf-8")]


@pytest.mark.parametrize("path", MODULES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_examples_in_docstrings_hold(path: Path) -> None:
    name = ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")
    ran = doctest.testmod(importlib.import_module(name))
    assert ran.attempted
    assert not ran.failed
