"""Each original comes back from text and ledger, and any damage to one of the two is noticed and placed."""

from __future__ import annotations

import errno
import gzip
import hashlib
import os
import random
import re
import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import SEEDS
from hypothesis import given, settings
from hypothesis import strategies as st

from cleankit import corpus, ledger, recipe
from cleankit.corpus import Source
from cleankit.encoding import decode, encode
from cleankit.engines import local, look, restoring
from cleankit.engines.folder import Run
from cleankit.engines.job import Failure, Output
from cleankit.engines.plan import Given, plan
from cleankit.errors import CleankitError, LedgerError, ReadError
from cleankit.ledger import Ledger, State
from cleankit.ledger.sums import changed, sums
from cleankit.model import Document, Safety

DIRTY = sorted((SEEDS / "dirty").glob("*.txt"))

# what rules look for, blanks and line ends of all kinds, and characters that take one to four bytes
PIECES = st.sampled_from(
    ["\n", "\n\n\n", "\r\n", "\r", " ", "  ", "\t", "\u00a0", "\u2028", "\u200b", "\ufeff", "\0", "\x85", "&amp;",
     "1 2 3 >\n", "<\u00a0 1\u00a0 2\r\n", "Share this page\n", "Print E-mail\n", "No comments.\n", "Home > Sea\n",
     "Thank you.", "Qi Li: ", "The floor is open to questions now.\n", "Cafe", "é", "â€™", "“", "recieve ", "teh ",
     "0 Comment(s)Print E-mail ", "All rights reserved.\n", "主持人", "。", "Ж", "\U0001f600"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=24).map("".join)
UNICODE = ("utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
OTHERS = ("cp1252", "gb18030", "big5", "shift_jis", "euc_kr", "koi8_r", "iso2022_jp")


@st.composite
def files(draw: st.DrawFn) -> tuple[bytes, str | None]:
    """The bytes of a document, and its encoding where that has to be told."""
    text = draw(TEXTS)
    codec = draw(st.sampled_from((*UNICODE, *UNICODE, *OTHERS)))
    if codec in OTHERS:
        return text.encode(codec, errors="ignore"), codec
    bom = draw(st.booleans())
    return encode(text, codec, bom), None if bom else codec


def document(data: bytes, codec: str | None) -> Document:
    text, encoding, bom = decode(data, "page", codec)
    return Document("page", text, {"encoding": encoding, "bom": bom, "sha256": hashlib.sha256(data).hexdigest()})


def journals(source: Document, apply: Safety) -> Iterator[tuple[str, Ledger]]:
    """What cleaning comes to, and what it comes to with any single rule taken back."""
    outcome = recipe.default(apply).run(source)
    whole = ledger.of(outcome, apply)
    # of a page that waits it is what would have been done
    yield ledger.replayed(source.text, whole), whole
    for rule in sorted({entry.rule for entry in whole.entries if entry.state is State.APPLIED}):
        amended = ledger.amend(whole, source.text, ledger.numbers_of(whole, [rule]), frozenset())
        yield amended.text, amended.ledger


def comes_back(source: Document, data: bytes, text: str, journal: Ledger) -> None:
    read = ledger.read(ledger.write(journal), "page.jsonl")
    assert read == journal
    assert ledger.restore(text, read) == data
    assert ledger.replay(data, read) == text
    hashes = ledger.read(ledger.write(journal, hashes=True), "page.jsonl")
    assert ledger.filled(hashes, source.text) == journal
    assert ledger.write(hashes) == ledger.write(journal, hashes=True)


@settings(max_examples=10_000)
@given(files(), st.sampled_from([Safety.SAFE, Safety.SUGGESTED]))
def test_originals_come_back_with_any_rule_undone(file: tuple[bytes, str | None], apply: Safety) -> None:
    data, codec = file
    try:
        source = document(data, codec)
    except ReadError:  # what is not certain is not read
        return
    for text, journal in journals(source, apply):
        comes_back(source, data, text, journal)


def test_every_real_page_comes_back_with_any_rule_undone(real_pages: Path) -> None:
    paths = sorted(real_pages.rglob("*.txt"))
    assert len(paths) > 400
    for path in paths:
        data = path.read_bytes()
        source = corpus.read(Source("page", str(path)))
        for text, journal in journals(source, Safety.SAFE):
            comes_back(source, data, text, journal)


@given(files())
def test_places_in_bytes_are_those_of_the_file(file: tuple[bytes, str | None]) -> None:
    data, codec = file
    try:
        source = document(data, codec)
    except ReadError:
        return
    whole = ledger.of(recipe.default().run(source))
    for entry in whole.entries:
        piece = data[entry.bytes.start : entry.bytes.end]
        if whole.encoding != "iso2022_jp":  # there a piece does not say in which state it begins
            assert piece.decode(whole.encoding) == source.text[entry.home.start : entry.home.end]


# damage

RUNS = ("full", "hashes")


@pytest.fixture(scope="module", params=RUNS)
def run(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run over the project's pages; the originals are gone afterwards."""
    folder = tmp_path_factory.mktemp("run")
    shutil.copytree(SEEDS / "dirty", folder / "in")
    paths = [str(folder / "in")]
    local.run(
        paths, plan(paths, Given()), Output(str(folder / "out"), briefings=False, hashes=request.param == "hashes")
    )
    shutil.rmtree(folder / "in")
    return folder / "out"


def refusal(run: Path, name: str) -> str:
    """What is said where a document is read whose text or ledger was damaged."""
    try:
        kept = Run(run).any(name)
        Run(run).source(kept)
    except CleankitError as error:
        return str(error)
    return ""


@pytest.mark.parametrize("count", [1000])
def test_any_damaged_byte_is_noticed_and_placed(run: Path, count: int) -> None:
    chance = random.Random(4)
    files = sorted(path for kind in ("text", "ledger") for path in (run / kind).rglob("*") if path.is_file())
    sound = refusal(run, Run(run).names()[0])  # with hashes alone: that the original is wanted
    for _ in range(count):
        path = chance.choice(files)
        data = path.read_bytes()
        at = chance.randrange(len(data))
        broken = data[:at] + bytes([chance.choice([n for n in range(256) if n != data[at]])]) + data[at + 1 :]
        path.write_bytes(broken)
        said = refusal(run, path.name.partition(".")[0])
        path.write_bytes(data)
        row = data.count(b"\n", 0, at) + 1
        assert said
        assert said != sound
        assert str(path) in said
        if path.parent.name == "ledger":
            # a line end that is gone, or one more, is told by the line that is not a line any more
            assert re.match(rf"{re.escape(str(path))}:{row}: ", said) or b"\n" in (
                data[at : at + 1],
                broken[at : at + 1],
            )
        elif "UTF-8" in said:
            assert re.search(r"line (\d+) is not UTF-8", said)[1] in (str(row), str(row + 1))  # type: ignore[index]
        elif place := re.search(r"in lines? (\d+)(?: to (\d+))?:", said):
            assert int(place[1]) <= row <= int(place[2] or place[1])
        else:
            # a short text has one sum only, and that is its hash; one in which nothing was changed has none
            journal = run / "ledger" / f"{path.stem}.jsonl"
            kept = ledger.read(journal.read_bytes(), journal, path.stem)
            assert len(data) <= (8192 if kept.result == kept.source else 4096)


def test_cut_added_and_swapped_lines_are_noticed() -> None:
    data = ledger.write(ledger.of(recipe.default().run(Document("a", DIRTY[-1].read_text()))))
    lines = data.splitlines(keepends=True)
    assert len(lines) > 5
    for number in range(len(lines)):
        spoilt = [
            lines[:number] + lines[number + 1 :],
            lines[:number] + lines[number : number + 1] * 2 + lines[number + 1 :],
            lines[:number],
        ]
        if number + 1 < len(lines):
            spoilt.append([*lines[:number], lines[number + 1], lines[number], *lines[number + 2 :]])
        for some in spoilt:
            with pytest.raises(LedgerError, match=r"a\.jsonl"):
                ledger.read(b"".join(some), "a.jsonl")


@given(st.lists(st.text("ab語 \n", max_size=900), max_size=12).map("".join), st.data())
def test_sums_say_where_a_text_was_changed(text: str, data: st.DataObject) -> None:
    before = text.encode()
    at = data.draw(st.integers(0, len(before)))
    after = before[:at] + data.draw(st.binary(max_size=3)) + before[data.draw(st.integers(at, len(before))) :]
    place = changed(after, sums(before))
    if after == before or not sums(before):
        assert place is None
    elif place is not None:
        assert place.first <= after.count(b"\n", 0, at) + 1
    else:
        assert sums(after)[: len(sums(before))] == sums(before)


# ledgers in other places


def test_a_packed_ledger_is_read_and_several_stand_in_one_file(tmp_path: Path) -> None:
    texts = {path.stem: path.read_text(encoding="utf-8") for path in DIRTY[:4]}
    found = [ledger.of(recipe.default().run(Document(name, text))) for name, text in texts.items()]
    packed = gzip.compress(b"".join(map(ledger.write, found)))
    assert list(ledger.read_all(packed, "all.jsonl.gz")) == found
    with pytest.raises(LedgerError, match="several documents"):
        ledger.read(packed, "all.jsonl.gz")
    with pytest.raises(LedgerError, match="cut short or damaged"):
        ledger.read(packed[:-9], "all.jsonl.gz")


def test_other_versions_are_told_apart() -> None:
    data = ledger.write(ledger.of(recipe.default().run(Document("a", "One. \n"))))
    with pytest.raises(LedgerError, match=r"a\.jsonl:1: is a ledger of version 3.*a newer cleankit reads it"):
        ledger.read(data.replace(b'"v":2', b'"v":3'), "a.jsonl")
    with pytest.raises(LedgerError, match=r"version 1.*the cleankit that wrote it"):
        ledger.read(b'{"v": 1, "id": "a"}\n{"result": "", "edits": 0}\n', "a.jsonl")


@pytest.mark.parametrize("days", [60, 120, 1200])
def test_a_clean_page_has_a_short_ledger(days: int) -> None:
    said = (
        f"On day {n} the harbour opened again, after {n + 9} hours of storm and {n + 2} of repair." for n in range(days)
    )
    text = "\n\n".join(said) + "\n"
    assert len(text) > 4_700
    journal = ledger.of(recipe.default().run(Document("opening", text)))
    assert journal.entries == ()
    assert len(ledger.write(journal, "opening")) < 0.02 * len(text)


# what was done in place


@settings(max_examples=60)
@given(st.lists(files(), min_size=1, max_size=4))
def test_what_was_fixed_in_place_comes_back(pages: list[tuple[bytes, str | None]]) -> None:
    """Whatever the encodings, from one file of ledgers, and after a second fix too."""
    with tempfile.TemporaryDirectory() as here:
        folder = Path(here)
        journal = folder / "fixes.jsonl"
        for number, (data, codec) in enumerate(pages):
            path = folder / f"{number}.txt"
            for dirt in (b"", " \n\n\nShare this page\n".encode(codec or "utf-8")):
                path.write_bytes(before := (path.read_bytes() + dirt) if dirt else data)
                todo = plan([str(path)], Given(isolated=True, encoding=codec))
                (seen,) = look.fix(todo, journal=str(journal))
                if isinstance(seen, Failure):  # what is not certain is not read, and left as it is
                    assert path.read_bytes() == before
                elif seen.changed:
                    (one,) = restoring.each([str(path), str(journal)])
                    assert isinstance(one, restoring.Restored)
                    assert one.data == before
                else:
                    assert path.read_bytes() == before


def test_a_ledger_that_finds_no_room_leaves_the_file_as_it_was(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path, journal = tmp_path / "a.txt", tmp_path / "fixes.jsonl"
    for text in ("One. \n", "Another. \n"):
        path.write_text(text)
        before = journal.read_bytes() if journal.exists() else b""
        if before:
            monkeypatch.setattr("os.fsync", full)
        (seen,) = look.fix(plan([str(path)], Given(isolated=True)), journal=str(journal))
    assert isinstance(seen, Failure)
    assert "No space left" in seen.problem
    assert path.read_text() == "Another. \n"
    assert journal.read_bytes() == before


def full(_: int) -> None:
    raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
