"""JSON Lines: every record comes back, in parts of any size, and of those that change only the text does."""

from __future__ import annotations

import gzip
import json
import os
import random
import subprocess
import sys
import tracemalloc
from collections.abc import Callable
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
import zstandard
from conftest import ROOT
from hypothesis import given
from hypothesis import strategies as st
from record_files import parts, rows, texts, written

from cleankit.corpus import records
from cleankit.corpus.records import Bad, Columns, Part, Record
from cleankit.errors import ReadError, UsageError

# what a careless scanner trips over: quotes, backslashes, brackets and line ends inside of strings, odd numbers
TEXT = st.text(st.sampled_from('ab "\\/{}[],:\n\r\t\x00\x85\u00e9\u2028年\ufeff\U0001f600'), max_size=8)
LEAF = st.none() | st.booleans() | st.integers() | st.floats() | TEXT
VALUE = st.recursive(LEAF, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(TEXT, inner, max_size=3))
OTHERS = st.dictionaries(TEXT.map(lambda name: f"x{name}"), VALUE, max_size=3)
FORM = st.fixed_dictionaries(
    {"ensure_ascii": st.booleans(), "separators": st.sampled_from([(",", ":"), (", ", ": "), (" ,\t", " : ")])}
)


@st.composite
def objects(draw: st.DrawFn) -> tuple[dict[str, Any], bytes]:
    """An object with a text and an id, in any order among others, and a line that says it."""
    fields = [*draw(OTHERS).items(), ("text", draw(TEXT)), ("id", draw(TEXT | st.integers()))]
    said = dict(draw(st.permutations(fields)))
    return said, json.dumps(said, **draw(FORM)).encode()


@st.composite
def files(draw: st.DrawFn) -> tuple[list[dict[str, Any]], bytes]:
    """The objects of a file, and the file: with empty lines, any line ends, a mark or none."""
    drawn = draw(st.lists(objects(), max_size=8))
    data = b"\xef\xbb\xbf" if draw(st.booleans()) else b""
    for _, line in drawn:
        data += b"".join(draw(st.lists(st.sampled_from([b"\n", b"\r\n", b"  \n"]), max_size=2)))
        data += line + draw(st.sampled_from([b"\n", b"\r\n", b" \n"]))
    if draw(st.booleans()):
        data = data.rstrip(b"\r\n")
    return [said for said, _ in drawn], data


def lines(data: bytes) -> list[bytes]:
    return [line for line in data.removeprefix(b"\xef\xbb\xbf").split(b"\n") if line.strip()]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("lines")


@given(files(), st.integers(1, 200), st.sampled_from(["a.jsonl", "a.ndjson", "a.jsonl.gz", "A.JSONL.ZST", "a.json.gz"]))
def test_every_record_comes_back_from_parts_of_any_size(
    folder: Path, file: tuple[list[dict[str, Any]], bytes], size: int, name: str
) -> None:
    said, data = file
    path = folder / name
    path.write_bytes(packed(name, data))
    found = rows(path, size)
    assert [row.text for row in found if isinstance(row, Record)] == [one["text"] for one in said]
    assert len(found) == len(said)
    for row, one in zip(found, said, strict=True):
        assert row.id == str(one["id"]) or (one["id"] == "" and row.id.endswith(f":{row.row}"))
    outputs = written(path, size)
    assert list(outputs) == [part.name for part in parts(path, size)]
    assert lines(b"".join(unpacked(name, one) for one in outputs.values())) == lines(data)
    assert all(unpacked(name, one).endswith(b"\n") for one in outputs.values() if unpacked(name, one))


@given(files(), TEXT, st.integers(1, 200))
def test_of_a_record_that_changes_only_the_text_does(
    folder: Path, file: tuple[list[dict[str, Any]], bytes], text: str, size: int
) -> None:
    said, data = file
    path = folder / "b.jsonl"
    path.write_bytes(data)
    new = lines(b"".join(written(path, size, lambda record: text).values()))
    for one, old_line, new_line in zip(said, lines(data), new, strict=True):
        assert repr(json.loads(new_line)) == repr(one | {"text": text})
        # a line that keeps to ASCII without an escape may be by any writer
        assert new_line.isascii() or not old_line.isascii() or b"\\u" not in old_line
        # around the two values the bytes are the same
        if one["text"] != text:
            front = next((n for n, (a, b) in enumerate(zip(old_line, new_line, strict=False)) if a != b), None)
            assert front is not None
            assert old_line[:front].count(b'"text"') >= 1
        else:
            assert new_line == old_line


@given(st.lists(st.integers(0, 40), max_size=12), st.integers(1, 60), st.integers(1, 30), st.booleans())
def test_long_lines_are_bad_rows_wherever_parts_begin(
    folder: Path, sizes: list[int], size: int, limit: int, last: bool
) -> None:
    """Of a long line nothing is taken for a record, whichever part holds how much of it."""
    data = b"\n".join(b'{"text":"%s"}' % (b"a" * one) for one in sizes) + b"\n" * last
    path = folder / "c.jsonl"
    path.write_bytes(data)
    wanted = ["a" * one if one + 11 <= limit else f"is longer than {limit} bytes" for one in sizes]
    assert [text.partition(";")[0] for text in texts(path, size, limit)] == wanted


@given(files(), st.integers(1, 100))
def test_the_bytes_that_parts_depend_on_make_up_the_file(
    folder: Path, file: tuple[list[dict[str, Any]], bytes], size: int
) -> None:
    path = folder / "d.jsonl"
    path.write_bytes(file[1])
    how = records.format_of("d.jsonl")
    extents = [how.extent(part) for part in parts(path, size)]
    assert extents[0][0] == 0
    assert extents[-1][1] == len(file[1])
    assert all(one[1] == two[0] for one, two in pairwise(extents))


def test_parts_have_names_and_compressed_files_none(folder: Path) -> None:
    (folder / "e.x.jsonl").write_bytes(b'{"text":"a"}\n' * 10)
    assert [part.name for part in parts(folder / "e.x.jsonl", 50)] == [
        "e.x-00000-of-00003.jsonl",
        "e.x-00001-of-00003.jsonl",
        "e.x-00002-of-00003.jsonl",
    ]
    (folder / "e.jsonl.gz").write_bytes(gzip.compress(b'{"text":"a"}\n' * 10))
    assert [part.name for part in parts(folder / "e.jsonl.gz", 50)] == ["e.jsonl.gz"]
    how = records.format_of("e")
    assert how.parts("sub.d/e.jsonl", str(folder / "e.x.jsonl"), 100)[1].name == "sub.d/e-00001-of-00002.jsonl"


BAD = {
    "not UTF-8": (b'{"text":"\xff"}', "byte 9 (0xff) is not UTF-8"),
    "cut in a character": (b'{"text":"\xe5\xb9', "byte 9 (0xe5) is not UTF-8"),
    "an array": (b'["text"]', "is not a JSON object: it does not begin with {"),
    "a text": (b'"text"', "is not a JSON object: it does not begin with {"),
    "cut short": (b'{"text":"a"', "is not a JSON object: a comma is wanted at column 12"),
    "cut in a text": (b'{"text":"a', "is not a JSON object: Unterminated string"),
    "cut before a value": (b'{"text":', "is not a JSON object: Expecting value"),
    "two on a line": (b'{"text":"a"}{"text":"b"}', "is not a JSON object: something stands behind it at column 13"),
    "no quotes": (b"{text:1}", "is not a JSON object: a name is wanted at column 2"),
    "no colon": (b'{"text" "a"}', "is not a JSON object: a colon is wanted at column 9"),
    "a comma too many": (b'{"text":"a",}', "is not a JSON object: a name is wanted at column 13"),
    "a tab in a text": (b'{"text":"a\tb"}', "is not a JSON object: Invalid control character"),
    "no text": (b'{"txt":"a"}', "has no 'text'; say with --text-key"),
    "nothing": (b"{}", "has no 'text'; say with --text-key"),
    "null": (b'{"text":null}', "has something else than a text under 'text'"),
    "a number": (b'{"text":1.5}', "has something else than a text under 'text'"),
    "not a number": (b'{"text":NaN}', "has something else than a text under 'text'"),
    "a list": (b'{"text":["a"]}', "has something else than a text under 'text'"),
    "two texts": (b'{"text":"a","text":"b"}', "is not a JSON object: it has 'text' twice"),
    "two texts, one in disguise": (b'{"text":"a","te\\u0078t":"b"}', "is not a JSON object: it has 'text' twice"),
    "two ids": (b'{"id":1,"text":"a","id":1}', "is not a JSON object: it has 'id' twice"),
    "half a pair": (b'{"text":"a\\ud83d"}', "has half a surrogate pair in 'text'"),
    "deep": (b'{"text":"a","x":' + b"[" * 100_000 + b"]" * 100_000 + b"}", "is nested too deeply"),
}


@pytest.mark.parametrize("name", BAD)
@pytest.mark.parametrize("size", [1, 1 << 20])
def test_a_bad_row_says_why_and_hides_no_other(folder: Path, name: str, size: int) -> None:
    line, why = BAD[name]
    path = folder / "bad.jsonl"
    path.write_bytes(b'{"text":"before"}\n' + line + b'\n{"text":"after"}\n')
    before, bad, after = rows(path, max(size, path.stat().st_size // 20))
    assert isinstance(bad, Bad)
    assert bad.problem.startswith(why)
    assert isinstance(before, Record)
    assert isinstance(after, Record)
    assert [before.text, after.text] == ["before", "after"]


GOOD = {
    "an escaped name": (b'{"te\\u0078t":"a"}', "a"),
    "numbers that are none": (b'{"text":"a","x":[NaN,-Infinity]}', "a"),
    "a long number": (b'{"text":"a","x":' + b"1" * 5000 + b"}", "a"),
    "others twice": (b'{"x":1,"text":"a","x":2}', "a"),
    "half a pair elsewhere": (b'{"x":"\\ud83d","text":"a"}', "a"),
    "a whole pair": (b'{"text":"\\ud83d\\ude00"}', "\U0001f600"),
    "blanks": (b' \t{ "text" :\t"a" } ', "a"),
    "a text within": (b'{"x":{"text":1},"text":"a"}', "a"),
    "an empty text": (b'{"text":""}', ""),
}


@pytest.mark.parametrize("name", GOOD)
def test_what_nobody_asks_about_is_passed_through(folder: Path, name: str) -> None:
    line, text = GOOD[name]
    path = folder / "good.jsonl"
    path.write_bytes(line)
    assert texts(path) == [text]
    assert written(path) == {"good.jsonl": line + b"\n"}
    (changed,) = written(path, change=lambda record: "new\n").values()
    assert changed == line.replace(json.dumps(text).encode(), b'"new\\n"') + b"\n"


IDS = {
    b'"a"': "a",
    b"7": "7",
    b"-1.50": "-1.50",
    b"12345678901234567890123": "12345678901234567890123",
    b'""': "",
    b"true": "",
    b"null": "",
    b"[1]": "",
    b"NaN": "",
    b'"\\ud83d"': "",
}


@pytest.mark.parametrize("said", IDS)
def test_an_id_is_a_text_or_a_number_and_else_the_row(folder: Path, said: bytes) -> None:
    path = folder / "ids.jsonl"
    path.write_bytes(b'\n{"text":"a","id":%s}\n{"id":%s}' % (said, said))
    assert [row.id for row in rows(path)] == [IDS[said] or f"ids.jsonl:{row}" for row in (2, 3)]


def test_columns_have_the_names_that_are_asked_for(folder: Path) -> None:
    path = folder / "columns.jsonl"
    path.write_bytes('{"text":1,"id":2,"inhalt":"ä","nummer":"n"}\n'.encode())
    columns = Columns("inhalt", "nummer")
    (row,) = rows(path, columns=columns)
    assert isinstance(row, Record)
    assert (row.text, row.id) == ("ä", "n")
    (new,) = written(path, change=lambda record: "ö", columns=columns).values()
    assert new == '{"text":1,"id":2,"inhalt":"ö","nummer":"n"}\n'.encode()


def test_a_mark_is_one_only_where_the_file_begins(folder: Path) -> None:
    path = folder / "mark.jsonl"
    mark, line = b"\xef\xbb\xbf", b'{"text":"a"}\n'
    for data, wanted in ((mark, []), (mark + b"\n" + line, ["a"]), (mark + line, ["a"])):
        path.write_bytes(data)
        assert texts(path) == wanted
    path.write_bytes(line + mark + line)
    for size in (len(line), 1 << 20):
        assert [isinstance(row, Record) for row in rows(path, size)] == [True, False]


# --- compressed files that are damaged ---


def packed(name: str, data: bytes) -> bytes:
    if name.lower().endswith(".gz"):
        return gzip.compress(data)
    return zstandard.ZstdCompressor().compress(data) if name.lower().endswith(".zst") else data


def unpacked(name: str, data: bytes) -> bytes:
    if name.lower().endswith(".gz"):
        return gzip.decompress(data)
    return zstandard.ZstdDecompressor().decompressobj().decompress(data) if name.lower().endswith(".zst") else data


LINES = b"".join(b'{"id":%d,"text":"%s"}\n' % (n, b"a bee %d" % (n * 7919)) for n in range(40))
SKIPPED = b"\x50\x2a\x4d\x18\x05\x00\x00\x00hello"
PACK: dict[str, Callable[[bytes], bytes]] = {
    ".gz": gzip.compress,
    ".zst": zstandard.ZstdCompressor(write_checksum=True).compress,
}


@pytest.mark.parametrize("suffix", PACK)
@pytest.mark.parametrize("frames", [1, 2])
def test_a_compressed_file_that_is_cut_anywhere_is_an_error(folder: Path, suffix: str, frames: int) -> None:
    half = LINES.index(b"\n", len(LINES) // 2) + 1
    pieces = [LINES] if frames == 1 else [LINES[:half], LINES[half:]]
    whole = b"".join(map(PACK[suffix], pieces))
    borders = {len(PACK[suffix](pieces[0])), len(whole)}
    path = folder / f"cut.jsonl{suffix}"
    for size in range(len(whole) + 1):
        path.write_bytes(whole[:size])
        if size in borders:  # between frames nothing tells that there was another
            assert len(rows(path)) == (40 if size == len(whole) else LINES[:half].count(b"\n"))
        else:
            with pytest.raises(ReadError, match=r"fetch it again"):
                rows(path)


@pytest.mark.parametrize("suffix", PACK)
def test_no_byte_of_a_compressed_file_can_be_flipped_unseen(folder: Path, suffix: str) -> None:
    whole = PACK[suffix](LINES)
    path = folder / f"flipped.jsonl{suffix}"
    path.write_bytes(whole)
    wanted = texts(path)
    for at in range(len(whole)):
        path.write_bytes(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :])
        with suppress(ReadError):
            assert texts(path) == wanted  # the time of the file, say


@pytest.mark.parametrize("suffix", PACK)
@pytest.mark.parametrize("garbage", [b"x", b"xyz", b"garbage behind the end", LINES])
def test_garbage_behind_the_end_is_an_error(folder: Path, suffix: str, garbage: bytes) -> None:
    path = folder / f"garbage.jsonl{suffix}"
    path.write_bytes(PACK[suffix](LINES) + garbage)
    with pytest.raises(ReadError, match="damaged"):
        rows(path)


@pytest.mark.parametrize("suffix", PACK)
def test_a_file_that_only_has_the_name_is_an_error(folder: Path, suffix: str) -> None:
    path = folder / f"named.jsonl{suffix}"
    for data in (LINES, b"\n", b""):
        path.write_bytes(data)
        with pytest.raises(ReadError, match="fetch it again"):
            rows(path)
    path.write_bytes(PACK[suffix](b""))
    assert rows(path) == []


def test_frames_that_are_no_text_are_passed_over(folder: Path) -> None:
    frame = PACK[".zst"](LINES)
    path = folder / "frames.jsonl.zst"
    for data, count in ((SKIPPED + frame, 40), (frame + SKIPPED, 40), (frame + SKIPPED + frame, 80), (SKIPPED, 0)):
        path.write_bytes(data)
        assert len(rows(path)) == count
    path.write_bytes(frame + SKIPPED[:-1])
    with pytest.raises(ReadError, match="no end"):
        rows(path)


def test_windows_of_two_gigabytes_are_read(folder: Path) -> None:
    long = zstandard.ZstdCompressionParameters.from_level(1, window_log=31, hash_log=6, chain_log=6)
    packer = zstandard.ZstdCompressor(compression_params=long).compressobj()
    path = folder / "window.jsonl.zst"
    path.write_bytes(packer.compress(LINES) + packer.flush())
    assert len(rows(path)) == 40


def test_an_empty_file_holds_no_records(folder: Path) -> None:
    path = folder / "empty.jsonl"
    path.write_bytes(b"")
    assert rows(path) == []
    assert written(path) == {"empty.jsonl": b""}


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.jsonl.zst"])
def test_two_processes_write_the_same_bytes(tmp_path: Path, name: str) -> None:
    path = tmp_path / name
    path.write_bytes(packed(name, LINES * 100))
    code = (
        "import sys, hashlib; from pathlib import Path; from record_files import written; "
        "outputs = written(Path(sys.argv[1]), change=lambda record: record.text + record.id); "
        "print(hashlib.sha256(b''.join(outputs.values())).hexdigest())"
    )
    said = set()
    for seed, clock in (("1", "1"), ("2", "1000000000")):
        env = {"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}", "PYTHONHASHSEED": seed, "SOURCE_DATE_EPOCH": clock}
        command = [sys.executable, "-c", code, str(path)]
        said.add(subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout)
    assert len(said) == 1


@pytest.mark.parametrize("name", ["a.jsonl", "a.jsonl.gz", "a.jsonl.zst"])
def test_a_file_is_never_held_as_a_whole(tmp_path: Path, name: str) -> None:
    """Nor is a line that is too long: 20 MB of lines, and 10 MB in one, in less than 8 MB."""
    path = tmp_path / name
    drawn = random.Random(7)
    texts = [drawn.randbytes(12_000).hex().encode() for _ in range(400)]
    lines = b"".join(b'{"text":"%s"}\n' % text for text in texts)
    path.write_bytes(packed(name, lines + b"".join(texts) + b"\n" + lines))
    del texts, lines
    how = records.format_of(name)
    bad = 0
    tracemalloc.start()
    with (tmp_path / f"out-{name}").open("wb") as file, how.writing(file, *parts(path), Columns()) as writer:
        for row in how.read(*parts(path), Columns(), 1 << 20):
            if isinstance(row, Record):
                writer.put(row, row.text + "!")
            else:
                bad += 1
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert bad == 1
    assert most < 8 << 20


# --- files that are not there, or not any more ---


def test_a_file_that_cannot_be_read_says_so(tmp_path: Path) -> None:
    folder = tmp_path / "folder.jsonl"
    folder.mkdir()
    how = records.format_of("a.jsonl")
    for path, why in ((str(tmp_path / "a.jsonl"), "does not exist"), (str(folder), "is a folder"), ("\0", "no path")):
        part = Part("a.jsonl", path)
        for call in (lambda: list(how.read(part, Columns(), 9)), lambda: how.extent(part), lambda: parts(path, 9)):  # noqa: B023
            with pytest.raises(ReadError, match=why):
                call()


def test_a_pipe_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    os.mkfifo(path)
    other_end = os.open(path, os.O_RDWR)
    try:
        with pytest.raises(ReadError, match="is a pipe or a device"):
            parts(path)
    finally:
        os.close(other_end)


def test_a_file_that_has_become_shorter_is_an_error(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_bytes(LINES)
    *_, last = parts(path, len(LINES) // 3)
    path.write_bytes(LINES[:-100])
    how = records.format_of("a.jsonl")
    with pytest.raises(ReadError, match="fewer than when it was divided; run again"):
        how.extent(last)
    with pytest.raises(ReadError, match="fewer than when it was divided; run again"):
        list(how.read(last, Columns(), 1000))


EXTRAS = {"a.jsonl.zst": "zst", "a.parquet": "parquet", "a.wet.gz": "warc", "memory://a.jsonl": "remote"}


@pytest.mark.parametrize("name", EXTRAS)
def test_a_missing_extra_is_named(folder: Path, monkeypatch: pytest.MonkeyPatch, name: str) -> None:
    path = name if "://" in name else str(folder / name)
    if "://" not in name:
        Path(path).write_bytes(b"something")
    for module in ("zstandard", "pyarrow", "fastwarc", "fastwarc.warc", "fsspec"):
        monkeypatch.setitem(sys.modules, module, None)
    with pytest.raises(UsageError) as caught:
        rows(path)
    assert f'pip install "cleankit-corpus[{EXTRAS[name]}]"' in str(caught.value)


def test_lines_are_read_without_any_extra(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl.gz"
    path.write_bytes(gzip.compress(LINES))
    code = (
        "import sys; from record_files import written; written(sys.argv[1]); "
        "print([name for name in ('pyarrow', 'fastwarc', 'fsspec', 'zstandard') if name in sys.modules])"
    )
    env = {"PYTHONPATH": f"{ROOT}:{ROOT / 'tests'}"}
    command = [sys.executable, "-c", code, str(path)]
    assert subprocess.run(command, env=env, capture_output=True, text=True, check=True).stdout == "[]\n"


def test_names_tell_the_format() -> None:
    for name in ("a.jsonl", "a.NDJSON.gz", "a.json.zst", "a.parquet", "a.warc.wet.gz", "a.wet", "a.warc.gz"):
        assert records.is_records(name)
    for name in ("a.json", "a.txt", "a.parquet.gz", "jsonl", "a.wet.zst"):
        assert not records.is_records(name)
