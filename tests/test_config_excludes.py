"""Which files are passed over: patterns as git has them."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from test_config import put

from cleankit import config
from cleankit.config.globs import glob


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    config.forget()


@pytest.mark.parametrize(
    ("pattern", "fits", "fails"),
    [
        ("drafts", "drafts/a.txt x/drafts/a.txt drafts", "drafts2/a.txt x/mydrafts.txt"),
        ("/drafts", "drafts/a.txt", "x/drafts/a.txt"),
        ("x/drafts", "x/drafts/a.txt", "y/x/drafts/a.txt drafts/a.txt"),
        ("*.bak.txt", "a.bak.txt x/y/a.bak.txt", "a.txt"),
        ("x/*.txt", "x/a.txt", "x/y/a.txt a.txt"),
        ("x/**", "x/a.txt x/y/a.txt", "x y/x/a.txt"),
        ("**/y/*.txt", "y/a.txt x/y/a.txt", "y/z/a.txt"),
        ("x/**/a.txt", "x/a.txt x/y/a.txt x/y/z/a.txt", "xy/a.txt"),
        ("./x/", "x/a.txt", "y/a.txt"),
        ("page-?.txt", "page-1.txt", "page-10.txt page-/.txt"),
        ("[ab]*.txt", "a1.txt b.txt", "c.txt"),
        ("[!ab]*.txt", "c.txt", "a1.txt"),
        ("a[1].txt", "a1.txt", "a[1].txt"),
        (r"a\[1\].txt", "a[1].txt", "a1.txt"),
        (r"\!a.txt", "!a.txt", "a.txt"),
        ("[z-a].txt", "[z-a].txt", "z.txt"),  # no class: it means itself
        ("[ab", "[ab", "a"),
        ("語*", "語1.txt x/語.txt", "話.txt"),
        ("*", "a.txt x/a.txt", ""),
        ("a.txt", "a.txt", "aXtxt"),
    ],
)
def test_patterns_are_those_of_gitignore(pattern: str, fits: str, fails: str) -> None:
    put(cleankit=f"exclude = [{json.dumps(pattern, ensure_ascii=False)}]")
    found = config.find(".")
    assert [path for path in (*fits.split(), *fails.split()) if found.excludes(path)] == fits.split()


def test_git_agrees() -> None:
    patterns = ["/a", "b/", "*.x", "!keep.x", "c/*/d", "**/e", "f/**", "g/**/h", "[ij].y", "k?", "!/a/in.txt", "m*n/"]
    names = (
        "a/in.txt z/a b/q z/b/q keep.x z/1.x c/1/d c/1/2/d y/e z/e/q f/1 f/3/2 g/h g/1/2/h i.y l.y k1 k k12 mn/q mn2"
    )
    put(cleankit=f"exclude = {json.dumps(patterns)}")
    Path(".gitignore").write_text("\n".join(patterns), encoding="utf-8")
    for name in names.split():
        Path(name).parent.mkdir(parents=True, exist_ok=True)
        Path(name).touch()
    subprocess.run(["git", "init", "-q"], check=True)
    asked = ["git", "check-ignore", "--no-index", *names.split()]
    ignored = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.split()
    assert len(ignored) > 10
    found = config.find(".")
    assert [name for name in names.split() if found.excludes(name)] == ignored


def test_a_pattern_for_folders_leaves_files_alone() -> None:
    put(cleankit='exclude = ["drafts/"]', a__drafts__x="", b__drafts="")
    Path("b/drafts.toml").rename("b/drafts")
    found = config.find(".")
    assert found.excludes("a/drafts")
    assert found.excludes("a/drafts/x.txt")
    assert not found.excludes("b/drafts")


def test_of_several_patterns_the_last_counts_but_nothing_comes_back_out_of_a_folder() -> None:
    put(cleankit='exclude = ["*.txt", "!keep.txt", "old"]')
    found = config.find(".")
    assert [name for name in ("a.txt", "keep.txt", "old/keep.txt") if found.excludes(name)] == ["a.txt", "old/keep.txt"]


def test_a_folder_that_is_named_can_be_walked_though_it_is_excluded() -> None:
    put(cleankit='exclude = ["old", "*.bak"]')
    found = config.find(".")
    assert found.excludes("old/a.txt")
    assert not found.excludes("old/a.txt", above=False)
    assert found.excludes("old/a.bak", above=False)


def test_files_elsewhere_are_excluded_by_their_own_name_only() -> None:
    put(drafts__cleankit='exclude = ["drafts", "*.bak"]')
    found = config.load("drafts/cleankit.toml")
    assert not found.excludes("drafts/a.txt")  # it lies above the file
    assert not found.excludes("a.txt")
    assert found.excludes("a.bak")


@given(st.text(st.sampled_from("ab/*?[]!\\-^&~|.(){}+語\n"), max_size=12), st.text("ab/.", max_size=6))
def test_any_text_is_a_pattern(pattern: str, path: str) -> None:
    glob(pattern).fits(path)
    literal = "".join(f"\\{char}" if char in "*?[\\!" else char for char in path)
    assert not path.strip("/") or path[0] in "./" or path.endswith("/") or glob(literal).fits(path)
