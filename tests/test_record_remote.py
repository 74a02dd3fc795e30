"""Files that lie elsewhere are read as those that lie here, and what goes wrong there is told in our words."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from record_files import parts, rows, texts, written
from test_record_archives import ARCHIVE, TEXTS

from cleankit.corpus import records
from cleankit.corpus.records import Part
from cleankit.errors import ReadError

fsspec = pytest.importorskip("fsspec")

LINES = b"".join(b'{"id":%d,"text":"%s"}\r\n' % (n, b"a" * (n % 37)) for n in range(200))


@pytest.fixture
def memory() -> Iterator[Any]:
    files = fsspec.filesystem("memory")
    yield files
    files.rm("/", recursive=True)


def put(files: Any, name: str, data: bytes) -> str:
    files.pipe(f"/{name}", data)
    return f"memory://{name}"


@pytest.mark.parametrize("size", [1, 700, 1 << 30])
def test_lines_are_read_in_parts_from_elsewhere_too(memory: Any, tmp_path: Path, size: int) -> None:
    (tmp_path / "a.jsonl").write_bytes(LINES)
    places = [put(memory, "folder/a.jsonl", LINES), (tmp_path / "a.jsonl").as_uri()]
    for place in places:
        assert [part._replace(path="") for part in parts(place, size)] == [
            part._replace(path="") for part in parts(tmp_path / "a.jsonl", size)
        ]
        assert b"".join(written(place, size).values()) == LINES
        how = records.format_of("a.jsonl")
        extents = [how.extent(part) for part in parts(place, size)]
        with records.opened(place) as file:
            for first, last in extents:
                file.seek(first)
                assert file.read(last - first) == LINES[first:last]


def test_other_formats_are_read_from_elsewhere_too(memory: Any, tmp_path: Path) -> None:
    assert len(rows(put(memory, "a.jsonl.gz", gzip.compress(LINES)))) == 200
    zstandard = pytest.importorskip("zstandard")
    assert len(rows(put(memory, "a.jsonl.zst", zstandard.compress(LINES)))) == 200
    pytest.importorskip("fastwarc")
    assert texts(put(memory, "a.wet", b"".join(ARCHIVE))) == TEXTS
    table = pytest.importorskip("pyarrow").table({"text": TEXTS})
    pytest.importorskip("pyarrow.parquet").write_table(table, tmp_path / "a.parquet", row_group_size=2)
    place = put(memory, "a.parquet", (tmp_path / "a.parquet").read_bytes())
    assert texts(place, 1) == TEXTS
    assert written(place, 1) == written(tmp_path / "a.parquet", 1)


def test_what_is_behind_a_question_mark_is_no_suffix(memory: Any) -> None:
    put(memory, "a.jsonl.gz?download=true", gzip.compress(LINES))
    how = records.format_of("a.jsonl.gz")
    (part,) = how.parts("a.jsonl.gz", "memory://a.jsonl.gz?download=true", 10)
    assert sum(1 for _ in how.read(part, records.Columns(), 1000)) == 200


def test_damage_is_told_as_that_of_a_file_here(memory: Any) -> None:
    with pytest.raises(ReadError, match="cut short or damaged"):
        rows(put(memory, "a.jsonl.gz", gzip.compress(LINES)[:-9]))
    with pytest.raises(ReadError, match="cut short"):
        rows(put(memory, "a.wet", b"".join(ARCHIVE)[:-1]))


WRONG = {
    "memory://nothing.jsonl": "does not exist; check the address",
    "nosuch://a/b.jsonl": "has an address of no kind that is known",
    "file:///nothing/here.jsonl": "does not exist; check the address",
}


@pytest.mark.parametrize("place", WRONG)
def test_a_place_where_nothing_is_says_so(memory: Any, place: str) -> None:
    how = records.format_of(place)
    part = Part("b.jsonl", place)
    for call in (lambda: parts(place), lambda: how.extent(part), lambda: rows(place)):
        with pytest.raises(ReadError, match=WRONG[place]):
            call()


class Failing:
    """A driver whose file goes away while it is read."""

    def __init__(self, error: Exception | None, size: int | None = len(LINES)) -> None:
        self.error, self.length, self.at = error, size, 0

    def size(self, name: str) -> int | None:
        return self.length

    def open(self, name: str, mode: str) -> Failing:
        return self

    def seek(self, at: int) -> None:
        self.at = at

    def read(self, size: int) -> bytes:
        if self.at < 3000:
            return LINES[self.at : 3000][:size]
        if self.error:
            raise self.error
        return b""

    def __enter__(self) -> Failing:
        return self

    def __exit__(self, *error: object) -> None:
        pass


FAILURES = [
    (TimeoutError("no answer"), "cannot be read: no answer; see to the connection"),
    (PermissionError("Forbidden"), "may not be read .Forbidden.; see to the credentials"),
    (RuntimeError(), "cannot be read: RuntimeError; see to the connection"),
    (ImportError("Install s3fs to access S3"), "needs one more package .*: Install s3fs"),
    (None, "ended at byte 3,000 of"),
]


@pytest.mark.parametrize(("error", "why"), FAILURES)
@pytest.mark.parametrize("name", ["far://a.jsonl", "far://a.wet", "far://a.parquet"])
def test_what_goes_wrong_while_reading_is_told(
    monkeypatch: pytest.MonkeyPatch, error: Exception | None, why: str, name: str
) -> None:
    monkeypatch.setattr(fsspec.core, "url_to_fs", lambda place: (Failing(error), place))
    data = b"".join(ARCHIVE) * 4 if name.endswith("wet") else LINES
    monkeypatch.setattr(f"{__name__}.LINES", data)
    with pytest.raises(ReadError, match=why):
        rows(name)


def test_a_size_that_is_not_told_is_an_error(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fsspec.core, "url_to_fs", lambda place: (Failing(None, None), place))
    with pytest.raises(ReadError, match="of a size that its server does not tell; fetch it"):
        rows("far://a.jsonl")
