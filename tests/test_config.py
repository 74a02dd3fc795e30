"""Configuration: which file counts, and what holds for a text."""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT

from cleankit import config
from cleankit.config import Choice, Config, Settings
from cleankit.errors import UsageError
from cleankit.model import Safety


@pytest.fixture(autouse=True)
def _here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    config.forget()


def put(**files: str) -> None:
    """Write files; `__` in a name stands for a slash, and what has no suffix is a configuration."""
    for name, text in files.items():
        path = Path(name.replace("__", "/"))
        path = path if path.suffix else path.with_suffix(".toml")
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


def settled(text: str, path: str = "a.txt") -> Settings:
    put(cleankit=text)
    config.forget()
    return config.load("cleankit.toml").settings_for(path)


def choice(text: str, path: str = "a.txt") -> Choice:
    return settled(text, path).choice


# which file


def pack(folder: str) -> None:
    """A folder of packs with a rule in it."""
    Path(folder, "pack").mkdir(parents=True)
    Path(folder, "pack/rule.toml").touch()


def test_without_a_file_the_defaults_hold() -> None:
    found = config.for_file("a/b.txt")
    assert found.path == found.ignore_file == found.baseline == ""
    assert found.settings_for("a/b.txt") == Settings() == Settings(Choice(), None, Safety.SUGGESTED)
    assert not found.excludes("a/b.txt")


def test_without_a_file_nothing_is_imported_for_it() -> None:
    code = (
        "import sys; from cleankit import config\n"
        "found = config.for_file('a.txt'); found.settings_for('a.txt'); found.excludes('a.txt')\n"
        "config.with_options(found)\n"
        "print([name for name in ('cleankit.toml', 'tomllib', 'difflib', 'json') if name in sys.modules])"
    )
    env = {**os.environ, "PYTHONPATH": str(ROOT)}
    done = subprocess.run([sys.executable, "-S", "-c", code], env=env, capture_output=True, text=True, check=True)
    assert done.stdout == "[]\n"


def test_the_nearest_file_counts_alone() -> None:
    put(cleankit='ignore = ["nav"]', a__cleankit='ignore = ["spam"]', a__b__c="")
    assert config.for_file("a/b/x.txt").choice_for("a/b/x.txt") == Choice(ignore=("spam",))
    assert config.for_file("x.txt").choice_for("x.txt") == Choice(ignore=("nav",))
    assert config.for_file("-").path == "cleankit.toml"
    assert config.for_file("a/b/x.txt").path == "a/cleankit.toml"


def test_our_own_file_wins_over_the_shared_one_beside_it() -> None:
    put(pyproject='[tool.cleankit]\nignore = ["nav"]', cleankit='ignore = ["spam"]')
    assert config.find(".").choice_for("x.txt").ignore == ("spam",)


def test_a_pyproject_without_our_table_does_not_count() -> None:
    put(
        pyproject='[tool.cleankit]\nignore = ["nav"]',
        a__pyproject='[project]\ndependencies = ["cleankit-corpus"]',
        a__b__pyproject="[tool.other]\n",
        a__b__c__pyproject="this is not TOML, but it does not name us either",
    )
    assert config.for_file("a/b/c/x.txt").path == "pyproject.toml"


def test_an_empty_table_counts() -> None:
    put(cleankit='ignore = ["nav"]', a__pyproject="[tool.cleankit]\n")
    assert config.for_file("a/x.txt").choice_for("a/x.txt") == Choice()


def test_files_are_read_once_until_they_are_forgotten() -> None:
    put(cleankit='ignore = ["nav"]')
    first = config.find("a")
    put(cleankit='ignore = ["spam"]')
    assert config.find("b") is first
    assert config.load("cleankit.toml") is config.load("./cleankit.toml")
    config.forget()
    assert config.find("b").choice_for("b/x.txt").ignore == ("spam",)


def test_a_byte_order_mark_and_windows_line_ends_are_no_matter() -> None:
    Path("cleankit.toml").write_bytes(b'\xef\xbb\xbf# ours\r\nignore = [\r\n  "nav",\r\n]\r\n')
    found = config.find(".")
    assert found.choice_for("x.txt").ignore == ("nav",)
    assert found.where("ignore", "nav") == "cleankit.toml:3: ignore"


# one over another


def test_extend_adds_to_lists_and_replaces_values() -> None:
    put(
        base__cleankit='ignore = ["nav"]\nfail-on = "flag"\nexclude = ["old/"]\npacks = ["own"]\n'
        'baseline = "known.toml"\n[allow-words]\nteh = "a name"\nhte = "a name"\n[profiles.strict]\nsuggested = true\n'
        '[per-path."a.txt"]\nencoding = "big5"',
        cleankit='extend = "base/cleankit.toml"\nignore = ["spam"]\nfail-on = "safe"\nprofile = "strict"\n'
        'packs = ["own"]\nexclude = ["new/"]\n[allow-words]\nteh = "a river"\n[profiles.strict]\nignore = ["gaps"]\n'
        '[per-path."*.txt"]\nencoding = "gb18030"',
    )
    pack("base/own")
    pack("own")
    found = config.find(".")
    assert found.settings_for("a.txt") == Settings(
        Choice(
            apply=Safety.SUGGESTED,
            ignore=("nav", "spam", "gaps"),
            packs=("base/own", "own"),
            allow_words=("hte", "teh"),
        ),
        "gb18030",
        Safety.SAFE,
    )
    assert found.baseline == "base/known.toml"
    assert found.said_for("a.txt")["allow-words"][-1].value == "a river"
    assert found.excludes("base/old/a.txt")
    assert found.excludes("new/a.txt")


def test_patterns_of_an_extended_file_are_seen_from_its_folder() -> None:
    put(base__cleankit='exclude = ["/old"]', cleankit='extend = "base/cleankit.toml"\nexclude = ["/new"]')
    found = config.find(".")
    names = ("old", "base/old", "new", "base/new", "base/old/a.txt")
    assert [name for name in names if found.excludes(name)] == ["base/old", "new", "base/old/a.txt"]


def test_a_select_starts_anew() -> None:
    text = 'ignore = ["nav"]\nextend-select = ["gaps"]\n[profiles.one]\nselect = ["spam"]\nignore = ["spam/link"]'
    assert choice('profile = "one"\n' + text) == Choice(select=("spam",), ignore=("spam/link",))
    assert choice(text) == Choice(extend_select=("gaps",), ignore=("nav",))


def test_the_later_word_on_one_name_counts() -> None:
    text = 'ignore = ["nav", "spam"]\n[per-path.a]\nextend-select = ["nav"]\n[per-path."a/b"]\nignore = ["nav"]'
    assert choice(text, "a/x.txt") == Choice(extend_select=("nav",), ignore=("spam",))
    assert choice(text, "a/b/x.txt") == Choice(ignore=("spam", "nav"))


@pytest.mark.parametrize(
    ("path", "expected"),
    [
        ("x.txt", "flag"),  # the top names the profile
        ("gazette/x.txt", "safe"),  # a table that fits lies over it
        ("gazette/1990/x.txt", "suggested"),  # of two the later
        ("plain/x.txt", "suggested"),  # which may name another profile
    ],
)
def test_per_path_tables_lie_over_the_profile(path: str, expected: str) -> None:
    text = """
profile = "strict"
[profiles.strict]
fail-on = "flag"
[per-path."gazette/"]
fail-on = "safe"
[per-path."1990"]
fail-on = "suggested"
[per-path.plain]
profile = "default"
"""
    assert settled(text, path).fail_on == expected


def test_a_pattern_with_an_exclamation_mark_is_for_all_other_paths() -> None:
    text = '[per-path."!gazette/**"]\nencoding = "cp1252"'
    assert settled(text, "gazette/x.txt").encoding is None
    assert settled(text, "x.txt").encoding == "cp1252"


def test_the_profile_off_leaves_what_is_asked_for_to_the_recipe() -> None:
    assert choice('profile = "off"\nselect = ["nav"]') == Choice(profile="off", select=("nav",))


def test_every_key_arrives() -> None:
    pack("own")
    text = """
profile = "default"
select = ["nav"]
extend-select = ["spam"]
ignore = ["nav/pager"]
suggested = true
fail-on = "flag"
encoding = "big5"
spelling-program = "typos"
plugins = ["gazette"]
packs = ["own"]
ignore-file = "known/ignore.toml"
baseline = "known/baseline.toml"
budgets = { page = 0.9, "nav/*" = 1 }
allow-words = { teh = "a name" }
"""
    assert settled(text) == Settings(
        Choice(
            "default",
            Safety.SUGGESTED,
            ("nav",),
            ("spam",),
            ("nav/pager",),
            ("own",),
            ("gazette",),
            ("teh",),
            (("nav/*", 1.0), ("page", 0.9)),
            "typos",
        ),
        "big5",
        Safety.FLAG,
    )
    found = config.load("cleankit.toml")
    assert (found.ignore_file, found.baseline) == ("known/ignore.toml", "known/baseline.toml")
    assert choice('plugins = false\nspelling-program = "none"') == Choice(plugins=False)


def test_settings_go_to_other_processes_and_are_made_once() -> None:
    put(cleankit='[per-path.a]\nignore = ["nav"]')
    found = config.find(".")
    assert found.choice_for("a/1.txt") is found.choice_for("a/2.txt")
    assert found.choice_for("a/1.txt") != found.choice_for("b/1.txt")
    assert pickle.loads(pickle.dumps(found.settings_for("a/1.txt"))) == found.settings_for("a/1.txt")
    assert hash(found.choice_for("a/1.txt"))


# the command line


def test_options_lie_over_the_file() -> None:
    put(cleankit='ignore = ["nav"]\n[per-path."*"]\nfail-on = "safe"\nencoding = "big5"\nsuggested = true')
    found = config.find(".")
    over = config.with_options(found, ignore=("spam",), fail_on="flag", encoding="gb18030", suggested=False)
    assert over.settings_for("a.txt") == Settings(Choice(ignore=("nav", "spam")), "gb18030", Safety.FLAG)
    assert found.settings_for("a.txt").encoding == "big5"
    assert config.with_options(found, select=("gaps",)).choice_for("a.txt").ignore == ()
    again = config.with_options(found, extend_select=("nav",)).choice_for("a.txt")
    assert (again.extend_select, again.ignore) == (("nav",), ())


def test_no_option_changes_nothing() -> None:
    found = config.find(".")
    assert config.with_options(found) is found
    assert config.with_options(found, ignore=("nav",)) is config.with_options(found, ignore=("nav",))


def test_options_name_files_and_patterns_from_the_working_folder() -> None:
    put(a__cleankit='baseline = "known.toml"\nexclude = ["/x"]')
    over = config.with_options(config.find("a"), exclude=("/y",))
    assert (over.ignore_file, over.baseline) == ("", "a/known.toml")
    assert [name for name in ("x", "y", "a/x", "a/y") if over.excludes(name)] == ["y", "a/x"]


def test_a_profile_that_is_not_there_is_refused() -> None:
    put(cleankit="[profiles.strict]\n")
    found = config.find(".")
    assert config.with_options(found, profile="strict").settings_for("a.txt") == Settings()
    with pytest.raises(UsageError, match=r"^--profile: there is no profile 'stict'; did you mean strict\?$"):
        config.with_options(found, profile="stict")
    with pytest.raises(UsageError, match=r"there is no profile 'x'; there are default, article, off$"):
        config.with_options(Config(), profile="x")


@pytest.mark.parametrize(
    ("key", "value", "place"),
    [
        ("ignore", "nav", "cleankit.toml:3: ignore"),
        ("ignore", "spam", 'cleankit.toml:7: per-path."a/*".ignore'),
        ("select", "gaps", "cleankit.toml:5: profiles.p.select"),
        ("ignore", "typos", "--ignore"),
        ("extend-select", "x", "extend-select"),
    ],
)
def test_a_name_is_found_where_it_was_said(key: str, value: str, place: str) -> None:
    put(cleankit='ignore = [\n# all\n"nav"]\n[profiles.p]\nselect = ["gaps"]\n[per-path."a/*"]\nignore = ["spam"]\n')
    assert config.with_options(config.find("."), ignore=("typos",)).where(key, value) == place
