"""A cleaner is settled once, never raises over a text, and is the same thing in every process."""

from __future__ import annotations

import os
import pickle
import re
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from conftest import ROOT, SEEDS
from hypothesis import given
from hypothesis import strategies as st

import cleankit
from cleankit import Cleaner, ledger
from cleankit.engines import digest as digests
from cleankit.engines.cleaner import ERROR, Cleaned
from cleankit.errors import UsageError
from cleankit.model import Safety
from cleankit.testing import pages

PAGE = "The floor is open.\n\n1 2 3 >\n"
RULE = """\
kind = "line"
level = "safe"
summary = "A notice about the tide."
why = "It is about today, and the text is not."

[match]
any_of = ['Tide alert!']

[[example]]
name = "alone"
text = "The harbour opened again on Monday.\\nTide alert!\\n"
clean = "The harbour opened again on Monday.\\n"

[[keep]]
name = "in a sentence"
text = "Tide alerts were sent.\\n"
"""
SURROGATES = st.characters(categories=["Cs"])


def pack(folder: Path, name: str) -> None:
    (folder / name).mkdir(parents=True)
    (folder / name / "tide-alert.toml").write_text(RULE)


def test_it_cleans_as_the_function_does() -> None:
    for path in sorted((SEEDS / "dirty").glob("*.txt")):
        text = path.read_bytes().decode("utf-8-sig")
        assert Cleaner()(text, path.stem).text == cleankit.clean(text)


def test_it_says_what_it_did() -> None:
    cleaned = Cleaner()(PAGE, "a")
    assert cleaned._replace(ledger="") == Cleaned(
        "The floor is open.\n", edits=2, removed=9, added=0, open=1, rules="nav/pager space/blank-lines"
    )
    assert ledger.restored(cleaned.text, ledger.read(cleaned.ledger.encode(), "a")) == PAGE
    assert Cleaner()(PAGE, ledger=False).ledger == ""


@pytest.mark.parametrize(
    ("options", "choice"),
    [
        ({"profile": "article"}, {"profile": "article"}),
        ({"suggested": True}, {"apply": Safety.SUGGESTED}),
        ({"select": "nav/pager"}, {"select": ("nav/pager",)}),
        ({"profile": "off", "extend_select": ["nav"]}, {"profile": "off", "extend_select": ("nav",)}),
        ({"ignore": ["nav"]}, {"ignore": ("nav",)}),
        ({"budgets": {"page": 0.5}}, {"budgets": (("page", 0.5),)}),
    ],
)
def test_options_are_those_of_the_command_line(options: dict[str, Any], choice: dict[str, Any]) -> None:
    said = Cleaner(**options).choice
    assert {key: getattr(said, key) for key in choice} == choice


def test_options_are_laid_over_a_configuration(tmp_path: Path) -> None:
    for name in ("one", "two"):
        pack(tmp_path / name, f"harbour-{name}")
    file = tmp_path / "cleankit.toml"
    said = 'ignore = ["social"]\npacks = ["one"]\n[budgets]\npage = 0.9\nrule = 0.6\n'
    file.write_text(said + '[allow-words]\ncompetiveness = "a name"\n')
    cleaner = Cleaner(file, ignore=["nav"], packs=[tmp_path / "two"], budgets={"rule": 0.5})
    assert cleaner.choice.ignore == ("social", "nav")
    assert cleaner.choice.budgets == (("page", 0.9), ("rule", 0.5))
    assert cleaner.choice.packs == (str(tmp_path / "one"), str(tmp_path / "two"))
    text = "They spoke of competiveness in the harbour, and of the ferries.\n"
    assert cleaner(text).text == text
    assert Cleaner()(text).rules == "typos/misspelling"


def test_packs_are_found_from_another_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pack(tmp_path / "packs", "harbour")
    monkeypatch.chdir(tmp_path)
    cleaner = Cleaner(packs="packs")
    monkeypatch.chdir("/")
    assert cleaner("The floor is open.\nTide alert!\n").rules == "harbour/tide-alert"


@pytest.mark.parametrize(
    ("options", "said"),
    [
        ({"profile": "artcle"}, "profile: there is no profile 'artcle'; did you mean article?"),
        ({"ignore": ["nav/pagr"]}, "ignore: there is no rule 'nav/pagr'; did you mean nav/pager"),
        ({"select": "nva"}, "select: there is no pack 'nva'; did you mean nav?"),
        ({"budgets": {"page": 2}}, "budgets.page: must be a share of the words, from 0 to 1"),
        ({"budgets": {"nix": 0.5}}, "budgets: there is no pack 'nix'"),
        ({"config": "nowhere.toml"}, "nowhere.toml: does not exist; check the path"),
        ({"packs": ["nowhere"]}, "nowhere: is no folder"),
    ],
)
def test_what_cannot_be_meant_is_refused_at_once(options: dict[str, Any], said: str) -> None:
    with pytest.raises(UsageError, match=re.escape(said)):
        Cleaner(**options)


def test_an_unknown_name_in_a_configuration_is_told_with_its_place(tmp_path: Path) -> None:
    file = tmp_path / "cleankit.toml"
    file.write_text('profile = "article"\nignore = ["nav/pagr"]\n')
    with pytest.raises(UsageError, match=r"cleankit\.toml:2: ignore: there is no rule 'nav/pagr'"):
        Cleaner(file)


@pytest.mark.parametrize(
    ("text", "left", "reason"),
    [
        (None, "", "is no text but NoneType; name the key that holds the text"),
        (7, "7", "is no text but int; name the key that holds the text"),
        (b"a", "b'a'", "is no text but bytes; name the key that holds the text"),
        ("a\ud800b", "a\\ud800b", "character 1 is half of one (U+D800); decode its source again"),
    ],
)
def test_what_is_no_text_says_so(text: object, left: str, reason: str) -> None:
    assert Cleaner()(text, "a") == Cleaned(left, aside=ERROR, reason=reason)


def test_a_fault_of_ours_is_told_and_not_raised(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*_: object) -> None:
        raise ZeroDivisionError("by hand")

    monkeypatch.setattr(Cleaner, "run", fail)
    cleaned = Cleaner()(PAGE)
    assert (cleaned.text, cleaned.aside) == (PAGE, ERROR)
    assert cleaned.reason.startswith("internal error: ZeroDivisionError('by hand')")


def test_a_page_that_is_put_aside_stays_as_it_was() -> None:
    cleaned = Cleaner(budgets={"page": 0.05, "least-words": 0})(PAGE)
    assert (cleaned.text, cleaned.edits, cleaned.rules, cleaned.aside) == (PAGE, 0, "", "budget/page")
    assert cleaned.reason
    journal = ledger.read(cleaned.ledger.encode(), "text")
    assert journal.aside is not None
    assert ledger.replayed(PAGE, journal) == "The floor is open.\n"


@given(st.one_of(pages(), st.text(st.one_of(st.characters(), SURROGATES)), st.none(), st.integers()), st.text())
def test_every_value_can_be_written_and_has_its_type(text: object, name: str) -> None:
    cleaned = Cleaner()(text, name)
    for value, default in zip(cleaned, Cleaned(""), strict=True):
        assert type(value) is type(default)
        assert not isinstance(value, str) or value.encode() is not None
    assert cleaned.aside or cleaned.text == cleankit.clean(str(text))


def test_it_pickles_as_its_settings() -> None:
    cleaner = Cleaner(profile="article", ignore=["nav"], budgets={"page": 0.5})
    cleaner(PAGE)  # what was built for it does not go along
    data = pickle.dumps(cleaner)
    assert len(data) < 1000
    again = pickle.loads(data)
    assert again.choice == cleaner.choice
    assert again(PAGE) == cleaner(PAGE)
    assert "ignore=('nav',)" in repr(again)


def test_its_pickle_is_the_same_in_every_process() -> None:
    code = (
        "import pickle, sys, cleankit\n"
        "sys.stdout.buffer.write(pickle.dumps(cleankit.Cleaner(ignore=['nav'], budgets={'page': 0.5, 'rule': 0.5})))"
    )
    there = [sys.executable, "-c", code]
    made = {
        subprocess.run(there, cwd=ROOT, env={**os.environ, "PYTHONHASHSEED": seed}, capture_output=True).stdout
        for seed in ("1", "2")
    }
    assert len(made) == 1
    assert made != {b""}


def test_its_pickle_tells_other_rules_and_other_words_apart(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = tmp_path / "cleankit.toml"
    file.write_text('[allow-words]\ncompetiveness = "a name"\n')
    found = {pickle.dumps(one) for one in (Cleaner(), Cleaner(suggested=True), Cleaner(file))}
    monkeypatch.setattr(digests, "program", lambda: "another version")
    found.add(pickle.dumps(Cleaner()))
    assert len(found) == 4


def test_without_its_extra_the_step_for_datatrove_names_it() -> None:
    code = "import sys; sys.modules['datatrove'] = None; import cleankit.engines.datatrove"
    done = subprocess.run([sys.executable, "-c", code], cwd=ROOT, capture_output=True, text=True, check=False)
    assert 'ImportError: datatrove needs an extra: pip install "cleankit-corpus[datatrove]"' in done.stderr
