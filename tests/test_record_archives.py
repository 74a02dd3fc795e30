"""Texts of web archives: each becomes a line, and an archive that was cut anywhere is an error."""

from __future__ import annotations

import gzip
import json
from pathlib import Path

import pytest
from record_files import parts, rows, texts, written

from cleankit.corpus.records import Bad, Columns, Record
from cleankit.errors import ReadError

pytest.importorskip("fastwarc")


def record(kind: str, data: bytes, number: int = 0, media: str = "text/plain", more: str = "") -> bytes:
    head = (
        f"WARC/1.0\r\nWARC-Type: {kind}\r\nWARC-Target-URI: https://harbour.example/{number}\r\n"
        f"WARC-Date: 2032-03-04T05:06:07Z\r\nWARC-Record-ID: <urn:uuid:{number:08}>\r\n{more}"
        f"Content-Type: {media}\r\nContent-Length: {len(data)}\r\n\r\n"
    )
    return head.encode() + data + b"\r\n\r\n"


INFO = record("warcinfo", b"software: a crawler\r\n", media="application/warc-fields")
TEXTS = ["The ferry\nsails at five.\n", "Die Fähre\n", "a gap\r\n\r\nin the text\r\n\r\n", "", "渡轮五月开航"]
ARCHIVE = [INFO, *(record("conversion", text.encode(), number) for number, text in enumerate(TEXTS, 1))]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("archives")


@pytest.mark.parametrize(
    ("name", "output"),
    [
        ("x.warc.wet.gz", "x.warc.wet.jsonl.gz"),
        ("x.wet", "x.wet.jsonl"),
        ("x.warc", "x.warc.jsonl"),
        ("X.WET.GZ", "X.WET.jsonl.gz"),
    ],
)
def test_texts_become_lines(folder: Path, name: str, output: str) -> None:
    path = folder / name
    pack = gzip.compress if name.lower().endswith("gz") else bytes
    path.write_bytes(b"".join(map(pack, ARCHIVE)))
    assert [part.name for part in parts(path, 1)] == [output]
    assert texts(path) == TEXTS
    (data,) = written(path, change=lambda record: None if record.row == 2 else record.text).values()
    data = gzip.decompress(data) if name.lower().endswith("gz") else data
    assert [json.loads(line) for line in data.decode().splitlines()] == [
        {
            "id": f"<urn:uuid:{number:08}>",
            "text": text,
            "url": f"https://harbour.example/{number}",
            "date": "2032-03-04T05:06:07Z",
        }
        for number, text in enumerate(TEXTS, 1)
        if number != 1
    ]


def test_columns_have_the_names_that_are_asked_for(folder: Path) -> None:
    path = folder / "columns.wet"
    path.write_bytes(ARCHIVE[1])
    (data,) = written(path, columns=Columns("content", "url")).values()
    assert json.loads(data) == {"url": "<urn:uuid:00000001>", "content": TEXTS[0], "date": "2032-03-04T05:06:07Z"}


@pytest.mark.parametrize("name", ["cut.wet.gz", "cut.wet"])
@pytest.mark.parametrize("limit", [1, 1 << 20])
def test_an_archive_that_is_cut_anywhere_is_an_error(folder: Path, name: str, limit: int) -> None:
    pieces = [gzip.compress(piece) if name.endswith("gz") else piece for piece in ARCHIVE]
    whole = b"".join(pieces)
    borders = {len(b"".join(pieces[:count])): count for count in range(1, len(pieces) + 1)}
    path = folder / name
    for size in range(len(whole) + 1):
        path.write_bytes(whole[:size])
        if size in borders:  # nothing tells that there was another record
            assert len(rows(path, limit=limit)) == borders[size] - 1
        else:
            with pytest.raises(ReadError, match=r"fetch it again|holds no record|is damaged"):
                rows(path, limit=limit)


def test_one_compressed_stream_for_all_is_read_too(folder: Path) -> None:
    path = folder / "one.wet.gz"
    whole = gzip.compress(b"".join(ARCHIVE))
    path.write_bytes(whole)
    assert texts(path) == TEXTS
    for size in range(0, len(whole), 7):
        path.write_bytes(whole[:size])
        with pytest.raises(ReadError):
            rows(path)


def test_damage_never_gives_a_text_that_is_not_there(folder: Path) -> None:
    """A byte that is lost or put in: an error, or the same texts, or a text that differs by it alone."""
    whole = b"".join(ARCHIVE)
    path = folder / "damaged.wet"
    for at in range(len(whole)):
        for data in (whole[:at] + whole[at + 1 :], whole[:at] + b"\x00" + whole[at:], whole[:at] + b"9" + whole[at:]):
            path.write_bytes(data)
            try:
                found = texts(path)
            except ReadError:
                continue
            assert len(found) == len(TEXTS)


OUT_OF_SCOPE = {
    "response": ("response", "application/http; msgtype=response"),
    "request": ("request", "application/http; msgtype=request"),
    "metadata": ("metadata", "application/json"),
    "revisit": ("revisit", "message/http"),
}


@pytest.mark.parametrize("name", OUT_OF_SCOPE)
def test_other_archives_are_refused_with_what_to_do(folder: Path, name: str) -> None:
    kind, media = OUT_OF_SCOPE[name]
    path = folder / "other.warc.gz"
    path.write_bytes(gzip.compress(INFO) + gzip.compress(record(kind, b"HTTP/1.1 200 OK\r\n\r\n<p>a", media=media)))
    with pytest.raises(ReadError, match=f"holds a '{kind}' record .*give the WET file that belongs to it"):
        rows(path)


def test_resources_of_plain_text_are_texts_and_others_bad_rows(folder: Path) -> None:
    path = folder / "kinds.warc"
    path.write_bytes(
        record("resource", b"a", 1, "text/plain; charset=utf-8")
        + record("resource", b"\x89PNG", 2, "image/png")
        + record("conversion", b"b \xff", 3)
        + record("conversion", b"cccccc", 4)
        + record("conversion", b"d", 5, "Text/Plain", "WARC-Identified-Content-Language: eng\r\n")
    )
    found = rows(path, limit=5)
    assert [row.row for row in found] == [1, 2, 3, 4, 5]
    assert [row.id for row in found] == [f"<urn:uuid:{number:08}>" for number in range(1, 6)]
    assert [row.problem if isinstance(row, Bad) else row.text for row in found] == [
        "a",
        "is image/png, not text/plain",
        "byte 2 (0xff) of its text is not UTF-8",
        "is longer than 5 bytes; allow more with --max-record",
        "d",
    ]


def test_a_record_without_an_id_is_told_by_its_row(folder: Path) -> None:
    path = folder / "ids.wet"
    path.write_bytes(record("conversion", b"a").replace(b"WARC-Record-ID: <urn:uuid:00000000>\r\n", b""))
    (row,) = rows(path)
    assert isinstance(row, Record)
    assert row.id == "ids.wet.jsonl:1"


@pytest.mark.parametrize("data", [b"", b"\r\n", b"<html></html>", b"x" * 100_000, b'{"text":"a"}\n' * 99, b"WARC/1.0"])
def test_what_is_no_archive_is_an_error(folder: Path, data: bytes) -> None:
    path = folder / "none.wet"
    path.write_bytes(data)
    with pytest.raises(ReadError):
        rows(path)
