"""The original comes back byte for byte from the clean text and its ledger, or the ledger says why not."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cleankit import corpus, ledger, recipe
from cleankit.corpus import Source
from cleankit.encoding import decode, encode
from cleankit.errors import LedgerError, ReadError
from cleankit.model import Document, Safety
from cleankit.pipeline import Outcome

PAGE = "\r\nThe floor is open. \r\n\r\n\r\n<\u00a0 1\u00a0 2\r\nThank you."

# line ends of all kinds, blanks of all kinds, mojibake, scripts, and what the rules look for
PIECES = st.sampled_from(
    ["\n", "\r\n", "\r", " ", "\t", "\u00a0", "\u2028", "\u200b", "\ufeff", "\0", "\x85", "1 2 3 >",
     "<\u00a0 1\u00a0 2", "Thank you.", "Qi: ", "The floor is open.", "Cafe", "é", "â€™", "“",
     "主持人", "。", "Ж", "\U0001f600"]
)  # fmt: skip
TEXTS = st.lists(PIECES, max_size=40).map("".join)
CODECS = st.sampled_from(["utf-8", "utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be"])


def cleaned(data: bytes, encoding: str | None = None, apply: Safety = Safety.SAFE) -> Outcome:
    text, found, bom = decode(data, "page", encoding)
    meta = {"encoding": found, "bom": bom, "sha256": hashlib.sha256(data).hexdigest()}
    return recipe.default(apply).run(Document("page", text, meta))


def there_and_back(outcome: Outcome) -> bytes:
    journal = ledger.read(ledger.write(ledger.of(outcome)), "page.jsonl")
    return ledger.restore(outcome.result.text, journal)


@given(TEXTS, CODECS, st.booleans(), st.sampled_from([Safety.SAFE, Safety.SUGGESTED]))
def test_the_original_comes_back(text: str, codec: str, bom: bool, apply: Safety) -> None:
    data = encode(text, codec, bom)
    assert there_and_back(cleaned(data, None if bom else codec, apply)) == data


@given(TEXTS.map(lambda text: text.encode()) | st.binary(max_size=60))
def test_whatever_bytes_can_be_read_come_back(data: bytes) -> None:
    try:
        outcome = cleaned(data)
    except ReadError:
        return
    assert there_and_back(outcome) == data


@given(st.lists(st.sampled_from(["会议", "。", "\r\n", " ", "A", "\u3000"]), max_size=20).map("".join))
@pytest.mark.parametrize("codec", ["gb18030", "big5", "shift_jis", "euc_kr", "cp1252", "iso2022_jp"])
def test_told_encodings_come_back(codec: str, text: str) -> None:
    data = text.encode(codec, errors="ignore")
    assert there_and_back(cleaned(data, codec)) == data


def test_an_encoding_that_does_not_come_back_is_refused() -> None:
    twice = b"\x1b$B2q\x1b(B\x1b$B5D\x1b(B"  # the second switch is not needed and would be lost
    with pytest.raises(ReadError, match="byte for byte"):
        decode(twice, "page.txt", "iso2022_jp")


def test_every_edit_names_its_rule_and_its_place_in_the_source() -> None:
    journal = ledger.of(cleaned(PAGE.encode()))
    assert "nav/pager" in {entry.rule for entry in journal.entries}
    for entry in journal.entries:
        if entry.rule == "nav/pager":
            assert PAGE[entry.home.start : entry.home.end] == entry.edit.old


def test_another_text_is_refused() -> None:
    outcome = cleaned(PAGE.encode())
    with pytest.raises(LedgerError, match="hash"):
        ledger.restore(outcome.result.text + " ", ledger.of(outcome))


def damaged(change: dict[str, object], line: int) -> bytes:
    lines = ledger.write(ledger.of(cleaned(PAGE.encode()))).decode().splitlines()
    lines[line] = json.dumps(json.loads(lines[line]) | change)
    return ("\n".join(lines) + "\n").encode()


@pytest.mark.parametrize(
    ("change", "line"),
    [({"old": "another"}, 1), ({"start": 9}, 1), ({"source": "0" * 64}, 0), ({"encoding": "no-such"}, 0), ({"v": 2}, 0),
     ({"edits": 1}, -1), ({"safety": "perhaps"}, 1), ({"home": [1]}, 1)],
)  # fmt: skip
def test_a_damaged_ledger_is_refused(change: dict[str, object], line: int) -> None:
    with pytest.raises(LedgerError):
        ledger.restore(cleaned(PAGE.encode()).result.text, ledger.read(damaged(change, line), "page.jsonl"))


@pytest.mark.parametrize("data", [b"", b"\n", b"{}\n", b"{}\n{}\n", b"[]\n[]\n", b"\xff\n\xff\n", b"1\n2\n3\n"])
def test_what_is_no_ledger_is_refused_by_name(data: bytes) -> None:
    with pytest.raises(LedgerError, match=r"page\.jsonl"):
        ledger.read(data, "page.jsonl")


def test_a_ledger_cut_short_is_refused() -> None:
    data = ledger.write(ledger.of(cleaned(PAGE.encode())))
    for end in range(0, len(data), 50):
        with pytest.raises(LedgerError):
            ledger.restore(cleaned(PAGE.encode()).result.text, ledger.read(data[:end], "page.jsonl"))


def test_real_pages_come_back(real_pages: Path) -> None:
    for path in sorted(real_pages.glob("seeds/*.raw.txt")):
        document = corpus.read(Source(path.stem, str(path)))
        assert there_and_back(recipe.default().run(document)) == path.read_bytes()
