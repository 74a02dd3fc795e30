"""Misspelt words: sound tables, quotations that keep their words, names that keep their letters, spelling programs."""

from __future__ import annotations

import importlib.util
import os
import pickle
import random
import shutil
import stat
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from cleankit import recipe, surroundings
from cleankit.config import Choice
from cleankit.errors import CleankitError, UsageError
from cleankit.filters.spelling_program import SpellingProgram
from cleankit.model import Document, Finding, Safety
from cleankit.page import Page
from cleankit.pipeline import Pipeline, Stage
from cleankit.rules import builtin

ROOT = Path(__file__).parent.parent

TABLES = {rule.id: rule.match.words for rule in builtin() if rule.match.words}
SAFE = {rule.id for rule in builtin() if rule.match.words and rule.level is Safety.SAFE}
# names and words of other languages that are one letter from a misspelling, or that lists of misspellings hold
NO_MISSPELLINGS = (
    "Aswell", "Faithfull", "Feild", "Finaly", "Freind", "Grammer", "Harrass", "Noone", "Seige", "Sherif", "Speach",
    "Thier", "Tobe", "Wierd", "Evry", "Carribean", "adress", "importent", "persistant", "responsable", "agressive",
    "rythm", "millenia", "succes", "parlament", "confortable", "millenium", "dueto", "personel", "standart",
    "artistes", "judgement",
    "acknowledgement", "focussed", "travelling", "fulfil", "skilful", "programme", "connexion", "encyclopaedia",
    "haemoglobin", "sulphur", "aluminium", "whilst", "shew", "gaol", "oestrogen", "foetus", "supercede", "minuscule",
)  # fmt: skip


def findings(text: str, apply: Safety = Safety.SAFE) -> list[Finding]:
    """What the default pipeline says of the spelling."""
    return [f for f in recipe.default(apply).run(Document("case", text)).findings if f.rule.startswith("typos/")]


def test_the_tables_are_sound() -> None:
    wrong = Counter(word for words in TABLES.values() for word in words)
    right = {part for words in TABLES.values() for new in words.values() for part in new.lower().split()}
    assert [word for word, times in wrong.items() if times > 1] == []
    assert sorted(right & set(wrong)) == []
    for rule, words in TABLES.items():
        assert list(words) == sorted(words), rule
        assert all(word.isascii() and word.isalpha() for word in words), rule
    assert sum(len(TABLES[rule]) for rule in SAFE) > 1000


def test_no_table_holds_a_name_a_variant_or_a_word_of_another_language() -> None:
    safe = {word for rule in SAFE for word in TABLES[rule]}
    assert sorted(safe & {word.lower() for word in NO_MISSPELLINGS}) == []


@pytest.mark.parametrize("rule", sorted(TABLES))
def test_every_entry_is_met_and_put_right(rule: str) -> None:
    sentence = "The guild of the harbour has told us that {} was there for all of the week.\n"
    words = TABLES[rule]
    text = "\n".join(sentence.format(word) for word in words)
    only = [one for one in builtin() if one.id == rule]
    outcome = recipe.of_rules(only, Safety.SUGGESTED).run(Document("table", text))
    made = {f.fix.old: f.fix.new for f in outcome.applied if f.fix and f.rule == rule}
    assert made == dict(words)


QUOTED = [
    pytest.param('"We will {} it," the mayor said to the people of the town.\n', id="straight marks"),
    pytest.param("The mayor said to the people of the town: “We will {} it.”\n", id="curly marks"),
    pytest.param("‘We {} it from the boys’ guild of the town,’ the mayor said to them.\n", id="single marks"),
    pytest.param(
        "The mayor 'will {} it' in the week of the fair, he told the people of the town.\n", id="straight single"
    ),
    pytest.param("He said «we will {} it» to all of the people of the town in the week.\n", id="guillemets"),
    pytest.param("He said ``we will {} it'' to all of the people of the town in the week.\n", id="typewriter marks"),
    pytest.param('The mayor said: "We will\n{} it\nin the week of the fair," and that was it.\n', id="over lines"),
    pytest.param("“We asked for it.\n\n“We {} it now,” she said to all of the town.\n", id="over paragraphs"),
    pytest.param(
        "“We asked for it.\n\nWe {} it now. And then we will pay for it,” she said.\n", id="no mark in the middle"
    ),
    pytest.param('The mark "that is never closed stands before the {} of the town.\n', id="never closed"),
    pytest.param('We {} what has lost its opening mark," she said to the town.\n', id="never opened"),
    pytest.param("‘We asked for it, and we {} it now. There is more to say of it.\n", id="single, never closed"),
    pytest.param("> We {} it in the week of the fair, as you wrote to us.\n", id="mail"),
]


@pytest.mark.parametrize("text", QUOTED)
def test_a_quotation_keeps_its_words(text: str) -> None:
    text = text.format("recieve")
    for apply in (Safety.SAFE, Safety.SUGGESTED):
        (found,) = findings(text, apply)
        assert found.safety is Safety.FLAG
        assert found.fix is None
        assert dict(found.evidence) == {"right": "receive", "quoted": "yes"}


def test_a_quotation_keeps_the_slips_that_its_page_proves() -> None:
    page = (
        "The conferences of the guild are good, and the conferences of the town and of the province are better.\n\n"
        "The province has a harbour. “All conferecnes of the Pprovince are held in May of the year,” she said.\n"
    )
    found = {f.rule: f for f in findings(page)}
    assert set(found) == {"typos/transposed-letters", "typos/doubled-initial"}
    assert {f.safety for f in found.values()} == {Safety.FLAG}
    assert dict(found["typos/transposed-letters"].evidence)["right"] == "conferences"


OUTSIDE = [
    pytest.param('He said "yes" and will recieve it in the week of the fair.\n', id="behind a quotation"),
    pytest.param(
        "They will recieve it in the '90s, in the guild's and the boys' town of the coast.\n", id="apostrophes"
    ),
    pytest.param("“One,” he said.\n\nThey will recieve it in the week of the fair.\n", id="the paragraph behind"),
    pytest.param("“One, he said to them.\n\nThey will recieve it. “Two,” he said.\n", id="a mark that was lost before"),
    pytest.param('The mast is 152" high, and they said "that is it". They will recieve it.\n', id="inches"),
]


@pytest.mark.parametrize("text", OUTSIDE)
def test_words_outside_of_quotations_are_put_right(text: str) -> None:
    assert recipe.default().run(Document("case", text)).result.text == text.replace("recieve", "receive")


MAY_BE_NAMES = [
    pytest.param("The boats of the town are with Recieve of the guild for all of the week.\n", id="within a sentence"),
    pytest.param("Recieve Ostra was with the boats of the town for all of the week.\n", id="before another name"),
    pytest.param("The boats of the town are with Mr. Recieve for all of the week.\n", id="behind a title"),
    pytest.param("The boats of the town are with A. Recieve for all of the week.\n", id="behind an initial"),
    pytest.param("All of the boats are with the guild.\n\nRecieve:\n\nThank you. We have heard it.\n", id="a label"),
    pytest.param("The boats of the town are with Ada RECIEVE for all of the week.\n", id="a name in capitals"),
]


@pytest.mark.parametrize("text", MAY_BE_NAMES)
def test_what_may_be_a_name_is_only_suggested(text: str) -> None:
    (found,) = findings(text)
    assert found.safety is Safety.SUGGESTED
    assert found.fix is not None


LEFT = [
    pytest.param(
        "See http://a.example/recieve, recieve.example.org and recieve@example.org for all of it.\n", id="address"
    ),
    pytest.param(
        "It is #recieve, @recieve, recieve_it, recieve(), `recieve`, $recieve and {recieve} to them.\n", id="code"
    ),
    pytest.param(
        "The recieve-list of the non-recieve kind is the recieve/send of the town and of the coast.\n", id="joined"
    ),
    pytest.param(
        "They will recieve— well, they have it; and recieve-- is what they have told us of it.\n", id="cut short"
    ),
    pytest.param(
        "They will recieve [sic] it, “will recieve,” [sic] and recieve it [Sic], (sic) they wrote.\n", id="sic"
    ),
    pytest.param(
        "They will not re-\nrecieve it in the week, they told all of the people of the coast.\n", id="broken line"
    ),
    pytest.param("Sie werden es nicht recieve haben, und das ist auch für den Hafen nicht gut.\n", id="German"),
    pytest.param(
        "reCieve and ReCieve are what the firm has on the sign of its office for the town.\n", id="odd capitals"
    ),
]


@pytest.mark.parametrize("text", LEFT)
def test_what_is_no_plain_word_is_left_alone(text: str) -> None:
    assert not findings(text)


OTHERS = [
    pytest.param(
        "« Qui va payer ? » a demandé le maire ; « personne ! » lui a-t-on répondu : c’est la règle du port.\n"
        'Le journal " Le Port " est à nous , et les " Amis de la Mer " ne sont pas dans la ville ce jour-là.\n',
        id="French",
    ),
    pytest.param(
        "¿ Quién va a pagar ? ¡ Nadie ! El puerto es de todos , dijo la alcaldesa de la ciudad.\n", id="Spanish"
    ),
    pytest.param(
        "Der Hafen („Hafen der Stadt“) ist auf , sagte sie . „Wer zahlt ?“ Das ist nicht die Frage !\n", id="German"
    ),
    pytest.param("“港口”开放了，市长说：“谁来付钱？”没有人 ！他们 。\n", id="Chinese"),
    pytest.param("港は開いています 。「誰が払うのですか ？」と市長は言いました 、そうです 。\n", id="Japanese"),
]


@pytest.mark.parametrize("text", OTHERS)
def test_the_punctuation_of_other_languages_is_theirs(text: str) -> None:
    outcome = recipe.default(Safety.SUGGESTED).run(Document("case", text))
    assert [f for f in outcome.findings if not f.rule.startswith(("space/", "gaps/"))] == []
    assert outcome.result.text.split() == text.split()


FRAGMENTS = (
    "recieve", "Goverment", "GOVERMENT", "ofthe", '"', "“", "”", "‘", "’", "'", "``", "''", "«", "»", ',""Report',
    '," "', '" we', "[sic]", "(sic)", ".", "!", "?", " ,", " .", " ?", "\n", "\n\n", "—", "--", " -- ", "US$ 34", "=",
    "May 29,2018", "Ostra 's ", "the harbour of the town is open for all", "conferecnes", "conferences", "conferences",
    "Pprovince", "Province", "province", "> ", "Mr. ", "@", "don’t", "the boys’ ", "alot", "the the", "\u00a0", "\r\n",
)  # fmt: skip


@pytest.mark.parametrize("apply", [Safety.SAFE, Safety.SUGGESTED])
def test_once_is_enough_where_marks_and_misspellings_meet(apply: Safety) -> None:
    pipeline = recipe.default(apply)
    for seed in range(400):
        dice = random.Random(seed)
        pieces = [dice.choice(FRAGMENTS) + dice.choice(("", " ", " ")) for _ in range(dice.randint(3, 40))]
        outcome = pipeline.run(Document("page", "".join(pieces)))
        assert pipeline.run(outcome.result).result.text == outcome.result.text, seed


def test_quotations_are_found_as_spans() -> None:
    text = 'A "b" c “d e” f\n‘g’ h\n'
    spans = surroundings.quotations(text)
    assert [text[a:b] for a, b in spans] == ['"b"', "“d e”", "‘g’"]
    assert Page(text).is_quoted(3, 4)
    assert not Page(text).is_quoted(6, 7)


# What a program of that name does is written down here; it answers as the real ones do.
FAKE = """#!{python}
import json, os, sys
words = sys.stdin.read().split()
open(os.environ["ASKED"], "a").write(" ".join(words) + "\\n")
told = {{"harbuor": ["harbour"], "quayy": ["quay"], "boatt": ["boat", "boats"]}}
hits = [(n, word) for n, word in enumerate(words, 1) if word in told]
{body}
"""
TYPOS = """
for n, word in hits:
    print(json.dumps({"type": "typo", "path": "-", "line_num": n, "byte_offset": 0, "typo": word,
                      "corrections": told[word]}))
sys.exit(2 if hits else 0)
"""
CODESPELL = """
for n, word in hits:
    print(f"{n}: {word}\\n\\t{word} ==> {', '.join(told[word])}")
sys.exit(65 if hits else 0)
"""


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):  # type: ignore[no-untyped-def]
    """Puts a program of our own in the place of a spelling program; gives the file that holds what it is asked."""
    asked = tmp_path / "asked"
    asked.touch()
    monkeypatch.setenv("PATH", str(tmp_path))
    monkeypatch.setenv("ASKED", str(asked))

    def put(name: str, body: str) -> Path:
        path = tmp_path / name
        path.write_text(FAKE.format(python=sys.executable, body=body))
        path.chmod(path.stat().st_mode | stat.S_IXUSR)
        return asked

    return put


def ask(program: str, text: str, apply: Safety = Safety.SAFE) -> list[Finding]:
    stage = Stage("proof", (SpellingProgram(program),))
    return list(Pipeline((stage,), apply).run(Document("case", text)).findings)


@pytest.mark.parametrize(("program", "body"), [("typos", TYPOS), ("codespell", CODESPELL)])
def test_a_spelling_program_is_asked_about_plain_words_only(program: str, body: str, install) -> None:  # type: ignore[no-untyped-def]
    asked = install(program, body)
    text = (
        "The harbuor of the town is open, and the boatt is at the quay for all of the week of the fair.\n"
        "See Harbuor, harbuor-list, quayy@example.org, quayy [sic] and “the quayy” of the people of the coast.\n"
        "Der harbuor ist auch für die Stadt und nicht nur für den Hafen von Ostra und der Küste.\n"
    )
    found = ask(program, text)
    assert [(f.rule, f.safety, f.fix and (f.fix.start, f.fix.new)) for f in found] == [
        (f"spelling/{program}", Safety.SUGGESTED, (4, "harbour")),
        (f"spelling/{program}", Safety.FLAG, None),
    ]
    assert dict(found[1].evidence) == {"right": "quay", "quoted": "yes"}
    words = asked.read_text().split()
    assert words == sorted(set(words))
    assert not {"Harbuor", "list", "auch", "town"} & set(words)
    (line,) = [f for f in ask(program, text, Safety.SUGGESTED) if f.fix]
    assert line.fix is not None


def test_a_word_is_asked_about_once(install) -> None:  # type: ignore[no-untyped-def]
    asked = install("typos", TYPOS)
    look = SpellingProgram("typos")
    page = Page("The harbuor of the town is open for all of the people of the coast in the week of the fair.\n")
    assert len(list(look(page))) == len(list(look(page))) == 1
    assert asked.read_text().count("harbuor") == 1
    again = pickle.loads(pickle.dumps(look))
    assert (again.name, again.about, again.stage) == (look.name, look.about, "proof")


@pytest.mark.parametrize("program", ["typos", "codespell"])
def test_a_spelling_program_that_is_not_there_is_a_usage_error(program: str, tmp_path: Path, monkeypatch) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(UsageError, match=f"spelling-program: {program} is not installed; install it"):
        recipe.build(Choice(spelling=program))


def test_an_unknown_spelling_program_is_a_usage_error() -> None:
    with pytest.raises(UsageError, match="'hunspell' is no spelling program; there are typos and codespell"):
        SpellingProgram("hunspell")


@pytest.mark.parametrize(
    ("body", "problem"),
    [
        pytest.param(
            "print('no word list', file=sys.stderr); sys.exit(70)", "failed with exit code 70: no word list", id="fails"
        ),
        pytest.param(
            "print('{{'); sys.exit(2)".replace("{{", "{"), "gave an answer that is not understood", id="no JSON"
        ),
        pytest.param("print('[1]'); sys.exit(2)", "gave an answer that is not understood", id="other JSON"),
        pytest.param("import time; time.sleep(30)", "took more than", id="hangs"),
    ],
)
def test_a_spelling_program_that_fails_fails_the_document(  # type: ignore[no-untyped-def]
    body: str, problem: str, install, tmp_path: Path, monkeypatch
) -> None:
    install("typos", body)
    monkeypatch.setattr("cleankit.filters.spelling_program.SECONDS", 0.2 if "sleep" in body else 60)
    page = "The harbour of the town is open for all of the people of the coast in the week of the fair.\n"
    look = SpellingProgram("typos")
    with pytest.raises(CleankitError, match=problem):
        list(look(Page(page)))
    with pytest.raises(CleankitError, match=problem):  # what was not answered is not taken for right
        list(look(Page(page)))


@pytest.mark.parametrize(
    ("command", "status", "problem"),
    [
        pytest.param("check", 3, "a.txt: typos: failed with exit code 70\n", id="check"),
        pytest.param("fix", 3, "a.txt: typos: failed with exit code 70\n", id="fix"),
    ],
)
def test_a_run_goes_on_behind_a_document_whose_program_fails(  # type: ignore[no-untyped-def]
    command: str, status: int, problem: str, install, tmp_path: Path
) -> None:
    install("typos", "sys.exit(70 if 'harbour' in words else 0)")
    (tmp_path / "cleankit.toml").write_text('spelling-program = "typos"\n')
    for name, word in (("a.txt", "harbour"), ("b.txt", "quay")):
        (tmp_path / name).write_text(f"The {word} is open and will recieve the people of the town.\n")
    done = subprocess.run(
        [sys.executable, "-m", "cleankit", command, "a.txt", "b.txt"],
        cwd=tmp_path, env={**os.environ, "PYTHONPATH": str(ROOT)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    assert done.returncode == status
    assert problem in done.stderr
    assert ("b.txt:1:27: typos/misspelling" in done.stdout) == (command == "check")
    assert ("receive" in (tmp_path / "b.txt").read_text()) == (command == "fix")
    assert "recieve" in (tmp_path / "a.txt").read_text()


def test_a_program_that_is_not_installed_ends_the_run_before_it_begins(tmp_path: Path) -> None:
    (tmp_path / "cleankit.toml").write_text('spelling-program = "codespell"\n')
    (tmp_path / "a.txt").write_text("The harbour is open and will recieve the people of the town.\n")
    done = subprocess.run(
        [sys.executable, "-m", "cleankit", "fix", "a.txt"],
        cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 2
    assert (
        "spelling-program: codespell is not installed; install it (pip install codespell), or do not ask for it"
        in done.stderr
    )
    assert "recieve" in (tmp_path / "a.txt").read_text()


REAL = os.environ.get("CLEANKIT_SPELLING", "")


@pytest.mark.parametrize("program", ["typos", "codespell"])
def test_the_real_programs_answer_as_expected(program: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if REAL:
        monkeypatch.setenv("PATH", f"{REAL}{os.pathsep}{os.environ['PATH']}")
    if shutil.which(program) is None:
        pytest.skip(f"{program} is not installed here: set CLEANKIT_SPELLING to the folder that holds it")
    text = (
        "They will recieve the boats of the goverment, it said, and “recieve” more of them in the week of the fair.\n"
        "The questio— was about abd and teh, about Wuzhen and Tongxiang, and about recieve.example.org.\n"
    )
    found = ask(program, text)
    assert [(f.rule, f.fix and f.fix.new) for f in found] == [
        (f"spelling/{program}", "receive"),
        (f"spelling/{program}", "government"),
    ]


# The words of every safe edit in the clean texts of the bench; each was read in its place (reports/typos.md).
RIGHT = {
    ("typos/doubled-initial", "Pprovince", "Province"), ("typos/misspelling", "Noticably", "Noticeably"),
    ("typos/misspelling", "competiveness", "competitiveness"), ("typos/misspelling", "concieve", "conceive"),
    ("typos/single-for-double", "accomodations", "accommodations"),
    ("typos/transposed-letters", "conferecnes", "conferences"), ("punctuation/blank-before-possessive", " ", ""),
    ("punctuation/fused-quotes", "", " "), ("punctuation/date-comma", "", " "),
}  # fmt: skip


def test_no_safe_edit_of_a_clean_text_is_one_that_nobody_has_read(real_pages: Path) -> None:
    spec = importlib.util.spec_from_file_location("safe_fixes", ROOT / "reports" / "safe_fixes.py")
    assert spec is not None
    assert spec.loader is not None
    script = importlib.util.module_from_spec(spec)
    sys.modules[spec.name] = script
    spec.loader.exec_module(script)
    paths = list(script.clean_texts([str(real_pages)]))
    assert len(paths) > 100
    made = [edit for path in paths for edit in script.edits(path) if edit.rule.partition("/")[0] in recipe.TEXT_PACKS]
    assert [edit for edit in made if (edit.rule, edit.old, edit.new) not in RIGHT] == []
    assert len(made) >= 8
