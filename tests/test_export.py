"""What is exported tells all that a run did: a mixer that knows nothing of cleankit makes the clean texts of it."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from collections.abc import Iterator
from itertools import zip_longest
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from conftest import ROOT, SEEDS
from hypothesis import given, settings
from hypothesis import strategies as st

from cleankit import ledger, recipe
from cleankit.edits import apply
from cleankit.engines import exporting, local
from cleankit.engines.folder import Kept, Run
from cleankit.engines.job import Output
from cleankit.engines.plan import Given, plan
from cleankit.errors import UsageError
from cleankit.ledger.flat import flattened
from cleankit.ledger.model import Entry, Ledger
from cleankit.model import Document, Edit, Safety, Span
from cleankit.render import dolma
from cleankit.render.dolma import Attributes, Change, marks

DIRTY = sorted((SEEDS / "dirty").glob("*.txt"))


class Garbled(Exception):
    """The mixer would write something that nobody wants, or stop."""


def mixed_text(text: str, spans: list[tuple[int, int, str]]) -> str:
    """What dolma's mixer makes of a text: spans by their start, those that overlap skipped, `{}` what they held."""
    out, at = "", 0
    for start, end, replacement in sorted(spans, key=lambda span: span[0]):
        if replacement.startswith("$"):
            raise Garbled("the mixer would look for a path of that name")
        if start >= end or (text and end > len(text)):
            raise Garbled(f"span {start} to {end} of {len(text)}")  # the real one garbles the text from here on
        if start >= at:
            out += text[at:start] + replacement.replace("{}", text[start:end])
            at = end
    return out + text[at:]


def mixed(settings: Path, here: Path) -> dict[str, dict[str, Any]]:
    """The documents that the mixer's configuration describes, by id, with the texts that come out."""
    (stream,) = json.loads(settings.read_bytes())["streams"]
    found = {}
    for path in stream["documents"]:
        files = [here / path]
        for name in stream["attributes"]:
            assert path.count("/documents/") == 1
            files.append(here / path.replace("/documents/", f"/attributes/{name}/"))
        for documents, *others in zip_longest(*map(lines, files)):
            if documents is None or None in others:
                raise Garbled(f"{path}: files of different lengths")
            said: dict[str, Any] = {}
            for other in others:
                if other["id"] != documents["id"]:
                    raise Garbled(f"{path}: {documents['id']} beside {other['id']}")
                said |= other["attributes"]
            spans = []
            for entry in stream["span_replacement"]:
                replacement = entry["replacement"]
                if "${" in replacement or replacement == "???":
                    raise Garbled("the reader of the configuration would put something else there")
                for start, end, score in said.get(entry["span"].removeprefix("$.attributes."), ()):
                    assert isinstance(score, float)
                    if score >= entry["min_score"]:
                        spans.append((start, end, replacement))
            assert documents["id"] not in found
            found[documents["id"]] = documents | {"mixed": mixed_text(documents["text"], spans)}
    return found


def lines(path: Path) -> Iterator[dict[str, Any]]:
    with gzip.open(path, "rb") as file:
        yield from map(json.loads, file)


# rounds of edits, each on what the one before has left: few letters, and those that mixers and readers stumble over
LETTERS = st.sampled_from(["a", "b", "{", "}", "{}", "$", "?", "中", "\U0001f600", "\n", " "])
WORDS = st.lists(LETTERS, max_size=4).map("".join)
SOURCES = st.lists(LETTERS, max_size=12).map("".join)


@st.composite
def rounds(draw: st.DrawFn) -> tuple[str, list[list[tuple[int, Edit]]], str]:
    """A source, rounds of numbered edits, and what they make of it."""
    source = text = draw(SOURCES)
    found, number = [], 1
    for _ in range(draw(st.integers(0, 4))):
        places = sorted(draw(st.lists(st.integers(0, len(text)), max_size=6)))
        edits = []
        for start, end in zip(places[::2], places[1::2], strict=False):
            new = draw(WORDS)
            if start < end or new:
                edits.append((number, Edit(start, end, text[start:end], new)))
                number += 1
        found.append(edits)
        text = apply(text, [edit for _, edit in edits])
    return source, found, text


def made_of(source: str, some: list[list[tuple[int, Edit]]], result: str) -> Ledger:
    """A ledger of these rounds, as a pipeline with a stage for each would have left it."""
    entries = []
    for number, edits in enumerate(some):
        for n, edit in edits:
            safety = (Safety.SAFE, Safety.SUGGESTED)[n % 2]
            entries.append(Entry(f"s{number}", f"pack-{n % 3}/rule-{n % 5}", safety, edit, Span(0, 0), Span(0, 0)))
    digest, clean = (hashlib.sha256(text.encode()).hexdigest() for text in (source, result))
    return Ledger(
        "page", digest, "utf-8", False, "lf", len(source), Safety.SUGGESTED, tuple(entries), clean, ""
    )  # fmt: skip


@given(rounds())
@settings(max_examples=1500)
def test_flat_edits_make_what_the_rounds_make(drawn: tuple[str, list[list[tuple[int, Edit]]], str]) -> None:
    source, some, result = drawn
    flat = list(flattened(source, some))
    assert apply(source, [one.edit for one in flat]) == result
    assert all(one.edit.old != one.edit.new and one.numbers for one in flat)
    known = {number for edits in some for number, _ in edits}
    assert {number for one in flat for number in one.numbers} <= known


@pytest.mark.parametrize("path", DIRTY, ids=lambda path: path.stem)
def test_flat_edits_clean_a_page(path: Path) -> None:
    text = path.read_bytes().decode("utf-8-sig")
    outcome = recipe.default(Safety.SUGGESTED).run(Document("page", text))
    journal = ledger.of(outcome, Safety.SUGGESTED)
    flat = ledger.flat(journal, text)
    assert apply(text, [one.edit for one in flat]) == outcome.result.text
    # nobody's edit is lost on the way
    whole = {entry.rule for entry in journal.entries if entry.state is ledger.State.APPLIED}
    assert {journal.entries[number].rule for one in flat for number in one.numbers} == whole


def of(source: str, *some: list[tuple[int, int, str]]) -> list[tuple[Any, ...]]:
    """Flat edits of rounds that are given as starts, ends and new texts."""
    text, found, number = source, [], 1
    for edits in some:
        numbered = []
        for start, end, new in edits:
            numbered.append((number, Edit(start, end, text[start:end], new)))
            number += 1
        found.append(numbered)
        text = apply(text, [edit for _, edit in numbered])
    return [(*(one.edit.start, one.edit.end, one.edit.new), one.numbers) for one in flattened(source, found)]


def test_deletions_side_by_side_stay_apart() -> None:
    assert of("abcdef", [(1, 2, ""), (2, 4, "")], [(1, 2, "")]) == [
        (1, 2, "", (1,)),
        (2, 4, "", (2,)),
        (4, 5, "", (3,)),
    ]
    assert of("abcdef", [(2, 3, "")], [(1, 4, "")]) == [(1, 2, "", (2,)), (2, 3, "", (1,)), (3, 5, "", (2,))]


def test_what_was_replaced_twice_is_one_edit_of_both() -> None:
    assert of("teh sea", [(0, 3, "the")], [(0, 1, "T")]) == [(0, 3, "The", (1, 2))]
    assert of("teh sea", [(0, 3, "the")], [(0, 4, "")]) == [(0, 4, "", (1, 2))]
    assert of("ab", [(0, 1, "xyz")], [(1, 2, "")]) == [(0, 1, "xz", (1, 2))]
    assert of("ab", [(0, 1, "b")], [(0, 1, "a")]) == []


def change(start: int, end: int, new: str, rule: str = "x/y") -> Change:
    return Change(start, end, new, (rule,), Safety.SAFE)


SAID = [
    ("abc", [change(1, 1, "-")], "a-bc"),
    ("abc", [change(3, 3, "-")], "abc-"),
    ("abc", [change(0, 0, "-")], "-abc"),
    ("abc", [change(1, 1, "{}")], "a{}bc"),
    ("abc", [change(1, 2, "{}")], "a{}c"),
    ("abc", [change(0, 3, "{}{}")], "{}{}"),
    ("abc", [change(1, 2, "${x}")], "a${x}c"),
    ("abc", [change(1, 2, "???")], "a???c"),
    ("abc", [change(1, 1, "$")], "a$bc"),
    ("{}", [change(1, 1, "$")], "{$}"),
    ("a{", [change(1, 1, "$")], "a${"),
    ("a{", [change(2, 2, "}")], "a{}"),
    ("abc", [change(1, 2, ""), change(2, 2, "-")], "a-c"),
    ("abc", [change(1, 1, "-"), change(1, 2, "")], "a-c"),
    ("abc", [change(0, 3, ""), change(3, 3, "-")], "-"),
    ("abc", [change(0, 1, "x"), change(1, 1, "-"), change(1, 2, "y"), change(2, 3, "z")], "x-yz"),
    ("abc", [change(1, 1, "+"), change(1, 1, "-"), change(2, 2, "*")], "a+-b*c"),
    ("中\U0001f600b", [change(2, 2, "-"), change(2, 3, "")], "中\U0001f600-"),
    ("a$ 5", [change(1, 3, "$")], "a$5"),
    ("$ 5", [change(0, 2, "$")], "$5"),
    ("USS 5", [change(2, 3, "$")], "US$ 5"),
    ("abc", [change(0, 1, ""), change(1, 2, "x"), change(2, 3, "$")], "x$"),
    ("", [change(0, 0, "$")], "$"),
    ("", [change(0, 0, "-")], "-"),
    ("", [change(0, 0, "{}{")], "{}{"),
    ("abc", [change(0, 3, "")], ""),
]


@pytest.mark.parametrize(("text", "changes", "result"), SAID)
def test_what_no_span_can_say_is_said_by_others(text: str, changes: list[Change], result: str) -> None:
    found = marks(text, changes)
    assert found is not None
    spans = [(mark.start, mark.end, mark.replacement) for mark in found]
    assert [span[:2] for span in spans] == sorted({span[:2] for span in spans})
    assert not [span for span in spans if "${" in span[2] or span[2] == "???"]
    assert mixed_text(text, spans) == result


def test_a_text_that_is_too_short_is_not_garbled() -> None:
    assert marks("x", [change(0, 1, "{}")]) is None
    assert marks("xy", [change(0, 1, "{}{}")]) is None
    assert marks("xy", [change(0, 1, "$")]) is None
    assert marks("", [change(0, 0, "${")]) is None


@given(rounds())
@settings(max_examples=1500)
def test_the_mixer_makes_what_rounds_of_edits_make(drawn: tuple[str, list[list[tuple[int, Edit]]], str]) -> None:
    source, some, result = drawn
    found = marks(source, exporting.changes_of(made_of(source, some, result), source))
    if found is None:
        short = len(source) < result.count("{}") + result.count("${") + result.count("???") + 1
        assert short or result.startswith("$")
        return
    assert mixed_text(source, [(mark.start, mark.end, mark.replacement) for mark in found]) == result
    attributes = Attributes()
    assert sum(map(len, attributes.of(found).values())) == len(found)
    for name, replacement in attributes.replacements():
        assert set(name) <= set("abcdefghijklmnopqrstuvwxyz0123456789_")
        assert attributes.legend()[name]["replacement"] == replacement


def test_the_mixer_of_these_tests_is_not_lenient() -> None:
    assert mixed_text("0123456789", [(2, 3, "X{}")]) == "01X23456789"
    with pytest.raises(Garbled):
        mixed_text("0123456789", [(2, 2, "X")])
    with pytest.raises(Garbled):
        mixed_text("0123456789", [(10, 11, "X")])
    assert mixed_text("0123", [(2, 4, ""), (1, 3, "X")]) == "0X3"
    assert mixed_text("abc", [(0, 1, "{}")]) == "abc"


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A run over the seeds and a page that waits, in the working folder."""
    monkeypatch.chdir(tmp_path)
    pages = tmp_path / "pages"
    shutil.copytree(SEEDS / "dirty", pages)
    return cleaned(pages, tmp_path / "run")


def cleaned(pages: Path, out: Path, *, hashes: bool = False, suggested: bool = False) -> Path:
    paths = [str(pages)]
    local.run(
        paths,
        plan(paths, Given(isolated=True, suggested=suggested)),
        Output(str(out), briefings=False, hashes=hashes),
    )
    return out


def exact(run: Path, out: str, here: Path) -> int:
    """Export a run, mix it, and count the documents that came out as cleankit's own."""
    done = exporting.to_dolma([str(run)], out)
    assert done.failures == ()
    found = mixed(here / out / "mixer.json", here)
    kept = Run(run)
    assert list(found) == sorted({*kept.names(), *kept.waiting()})
    for name in kept.names():
        assert found[name]["mixed"] == kept.kept(name).text
        assert hashlib.sha256(found[name]["mixed"].encode()).hexdigest() == found[name]["metadata"]["clean_sha256"]
    for name in kept.waiting():
        assert found[name]["mixed"] == found[name]["text"] == kept.set_aside(name).text
    assert done.waiting == len(kept.waiting())
    return len(found)


def test_the_mixer_makes_the_clean_seeds(run: Path, tmp_path: Path) -> None:
    assert exact(run, "out", tmp_path) == len(DIRTY)
    rows = list(lines(tmp_path / "out/documents/run.jsonl.gz"))
    for row, path in zip(rows, DIRTY, strict=True):
        assert (row["id"], row["source"]) == (path.stem, "run")
        assert row["text"] == path.read_bytes().decode("utf-8-sig")
    legend = json.loads((tmp_path / "out/attributes.json").read_bytes())
    spans = [span for row in lines(tmp_path / "out/attributes/cleankit/run.jsonl.gz") for span in row["attributes"]]
    assert set(spans) == set(legend)
    assert legend["cleankit__nav__pager__cut"]["rules"] == ["nav/pager"]


def test_the_same_run_gives_the_same_bytes(run: Path, tmp_path: Path) -> None:
    exporting.to_dolma([str(run)], "out")
    first = {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    exporting.to_dolma([str(run)], "out")
    assert first == {path: path.read_bytes() for path in (tmp_path / "out").rglob("*") if path.is_file()}
    for path, data in first.items():
        assert path.suffix != ".gz" or data[3:8] == bytes(5)  # no name, no time


def test_rows_that_changed_places_are_noticed(run: Path, tmp_path: Path) -> None:
    exporting.to_dolma([str(run)], "out")
    path = tmp_path / "out/attributes/cleankit/run.jsonl.gz"
    one, two, *rest = gzip.decompress(path.read_bytes()).splitlines(keepends=True)
    path.write_bytes(gzip.compress(b"".join([two, one, *rest])))
    with pytest.raises(Garbled, match="beside"):
        mixed(tmp_path / "out/mixer.json", tmp_path)
    path.write_bytes(gzip.compress(b"".join([one, two, *rest[:-1]])))
    with pytest.raises(Garbled, match="lengths"):
        mixed(tmp_path / "out/mixer.json", tmp_path)


def test_a_mark_at_the_beginning_of_the_file_counts_for_nothing(tmp_path: Path, monkeypatch: Any) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/utf-16.txt").write_bytes("The floor is open. \n1 2 3 >\n".encode("utf-16"))
    (tmp_path / "pages/utf-8.txt").write_bytes("\ufeffSee \U0001f600 teh sea. \r\n".encode())
    assert exact(cleaned(tmp_path / "pages", tmp_path / "run"), "out", tmp_path) == 2


def test_a_page_that_waits_has_no_edits(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/good.txt").write_text("The floor is open. \n")
    planted = "Best online casino: free spins, slots, poker and a 200% deposit bonus, register now\n"
    (tmp_path / "pages/spam.txt").write_text(planted * 3)
    run = cleaned(tmp_path / "pages", tmp_path / "run")
    assert Run(run).waiting() == ["spam"]
    assert exact(run, "out", tmp_path) == 2
    _, spam = lines(tmp_path / "out/attributes/cleankit/run.jsonl.gz")
    assert spam["attributes"] == {}
    told: list[bytes] = []
    assert exporting.to_findings([str(run)], told.append).waiting == 1
    done = {dict(record["evidence"])["done"] for record in map(json.loads, told) if record["path"].endswith("spam.txt")}
    assert done == {"flagged"}
    (would,) = exporting.findings_of(Run(run).kept("good").ledger, {})
    assert would.evidence == (("done", "made"),)
    assert would.message == "Found by space/trailing-blanks."


def test_a_ledger_of_hashes_needs_the_original(run: Path, tmp_path: Path) -> None:
    hashed = cleaned(tmp_path / "pages", tmp_path / "hashed", hashes=True)
    assert exact(hashed, "out", tmp_path) == len(DIRTY)
    (tmp_path / "pages" / DIRTY[0].name).unlink()
    done = exporting.to_dolma([str(hashed)], "out")
    assert [Path(failure.path).name for failure in done.failures] == [DIRTY[0].name]
    assert len(mixed(tmp_path / "out/mixer.json", tmp_path)) == len(DIRTY) - 1
    lost: list[bytes] = []
    assert len(exporting.to_findings([str(hashed)], lost.append).failures) == 1


def test_what_a_person_decided_is_exported(run: Path, tmp_path: Path) -> None:
    kept = Run(run)
    name = "summit-briefing"
    document = kept.kept(name)
    numbers = ledger.numbers_of(document.ledger, ["nav/pager"])
    journal, text, *_ = ledger.amend(document.ledger, kept.source(document), numbers, frozenset())
    kept.write(Kept(name, text, journal))
    assert text != document.text
    assert exact(run, "out", tmp_path) == len(DIRTY)
    told: list[bytes] = []
    exporting.to_findings([str(run)], told.append)
    records = [json.loads(line) for line in told]
    done = {dict(map(tuple, record["evidence"]))["done"] for record in records if record["rule"] == "nav/pager"}
    assert "taken-back" in done


def test_what_a_person_allowed_has_a_score_of_its_own(run: Path, tmp_path: Path) -> None:
    kept = Run(run)
    documents = [kept.kept(name) for name in kept.names()]
    document, number = next(
        (one, number)
        for one in documents
        for number, entry in enumerate(one.ledger.entries)
        if entry.edit and entry.safety is Safety.SUGGESTED
    )
    journal, text, *_ = ledger.amend(document.ledger, kept.source(document), frozenset(), frozenset([number]))
    kept.write(Kept(document.name, text, journal))
    assert exact(run, "out", tmp_path) == len(DIRTY)
    rows = lines(tmp_path / "out/attributes/cleankit/run.jsonl.gz")
    scores = {row["id"]: {span[2] for spans in row["attributes"].values() for span in spans} for row in rows}
    assert scores.pop(document.name) == {1.0, 0.5}
    assert set().union(*scores.values()) == {1.0}
    found = exporting.findings_of(journal, {})
    assert [one.rule for one in found if ("done", "allowed") in one.evidence] == [journal.entries[number].rule]


def test_documents_of_one_name_are_refused(run: Path, tmp_path: Path) -> None:
    other = cleaned(tmp_path / "pages", tmp_path / "other/run")
    with pytest.raises(UsageError, match="is a document of"):
        exporting.to_dolma([str(run), str(other)], "out")
    assert not (tmp_path / "out").exists()


def test_runs_of_one_name_have_files_of_their_own(run: Path, tmp_path: Path) -> None:
    (tmp_path / "more").mkdir()
    (tmp_path / "more/other.txt").write_text("The floor is open. \n")
    other = cleaned(tmp_path / "more", tmp_path / "other/run")
    exporting.to_dolma([str(run), str(other), "other/../run"], "out")
    found = mixed(tmp_path / "out/mixer.json", tmp_path)
    assert len(found) == len(DIRTY) + 1
    assert (found["other"]["mixed"], found["other"]["source"]) == ("The floor is open.\n", "run-2")


@pytest.mark.parametrize("out", [".", "documents/out", "a*b", "a[b", "${a}", "run"])
def test_places_that_the_mixer_would_misread_are_refused(out: str, run: Path) -> None:
    with pytest.raises(UsageError):
        exporting.to_dolma(["run"], out)


def test_findings_have_the_form_of_their_schema(run: Path, tmp_path: Path) -> None:
    told: list[bytes] = []
    done = exporting.to_findings([str(run)], told.append)
    records = [json.loads(line) for line in told]
    assert done.told == len(records)
    kept = Run(run)
    assert len(records) == sum(len(kept.kept(name).ledger.entries) for name in kept.names())
    schema = jsonschema.Draft202012Validator(json.loads((ROOT / "schemas/finding.schema.json").read_bytes()))
    for record in records:
        schema.validate(record)
        assert record["evidence"][-1][0] == "done"
    where = [(record["path"], record["at"]["start"], record["at"]["end"], record["rule"]) for record in records]
    assert where == sorted(where)


def test_the_configuration_is_json_and_yaml_alike() -> None:
    yaml = pytest.importorskip("yaml")
    attributes = Attributes()
    for new in ("\x00\x07", "\x85\u2028\ufeff", "\U0001f600", "中", '"\\u0041\\', "\t\r\n", "no", ""):
        attributes.name(("a/b",), new)
    text = dolma.as_json(dolma.configuration(["o/documents/a.jsonl.gz"], "o/mixed", attributes))
    assert yaml.safe_load(text) == json.loads(text)
    assert {entry["replacement"] for entry in json.loads(text)["streams"][0]["span_replacement"]} >= {"\U0001f600", ""}


def test_names_of_attributes_do_not_meet() -> None:
    attributes = Attributes()
    rules = [("a/b",), ("a-b/c",), ("a/b-c",), ("a/b--c",), ("a-/b",), ("a/-b",), ("a/b", "c/d"), ("c/d", "a/b")]
    names = [attributes.name(some, new) for some in rules for new in ("", "x", "y")]
    assert len(set(names)) == len(names) == len(attributes.legend())


def test_the_mixer_makes_the_clean_real_pages(
    real_pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    run = cleaned(real_pages, tmp_path / "run", suggested=True)
    assert exact(run, "out", tmp_path) >= 100
