"""Parquet: of a table only the texts change, whatever else is in it, and in parts it is the same table."""

from __future__ import annotations

import datetime
import decimal
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from record_files import parts, rows, texts, written

from cleankit.corpus import records
from cleankit.corpus.records import Bad, Columns, Record, parquet
from cleankit.errors import ReadError

pa = pytest.importorskip("pyarrow")
pq = pytest.importorskip("pyarrow.parquet")

TEXT = st.text(st.sampled_from('ab"\\\n\r\x00\u00e9年\ufeff\U0001f600'), max_size=6)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("tables")


def table(count: int = 10, text: Any = None) -> Any:
    """A table with columns of many kinds around its texts, its rows numbered."""
    text = pa.string() if text is None else text
    numbers = range(count)
    columns = {
        "id": pa.array([f"row {n}" for n in numbers], pa.string()),
        "list": pa.array([[{"a": n, "b": [None, "x"]}] if n % 3 else None for n in numbers]),
        "text": pa.array([f"text {n} é" for n in numbers], text),
        "kind": pa.array(["x" if n % 2 else "y" for n in numbers], pa.string()).dictionary_encode(),
        "map": pa.array([[("k", n)] for n in numbers], pa.map_(pa.string(), pa.int16())),
        "when": pa.array([datetime.datetime(2032, 3, 4, tzinfo=datetime.UTC)] * count, pa.timestamp("us", "UTC")),
        "sum": pa.array([decimal.Decimal("1.20")] * count, pa.decimal128(9, 2)),
        "bytes": pa.array([b"\xff\x00" if n % 2 else None for n in numbers], pa.large_binary()),
        "nothing": pa.nulls(count),
        "half": pa.array([n / 2 for n in numbers], pa.float32()),
        "vector": pa.array([[1.0, 2.0]] * count, pa.list_(pa.float32(), 2)),
    }
    made = pa.table(columns)
    fields = [field.with_metadata({"unit": "of " + field.name}) for field in made.schema]
    fields[0] = fields[0].with_nullable(False)
    return made.cast(pa.schema(fields, {"huggingface": '{"info": {}}', "more": "é"}))


def read(outputs: dict[str, bytes]) -> Any:
    return pa.concat_tables(pq.ParquetFile(BytesIO(data)).read() for data in outputs.values())


@pytest.mark.parametrize("kind", [pa.string(), pa.large_string()])
@pytest.mark.parametrize("size", [1, 2000, 1 << 40])
def test_all_that_is_no_text_stays(folder: Path, monkeypatch: pytest.MonkeyPatch, kind: Any, size: int) -> None:
    monkeypatch.setattr(parquet, "_ROWS", 3)
    path = folder / "a.parquet"
    source = table(text=kind)
    pq.write_table(source, path, row_group_size=4)
    source = pq.read_table(path)
    assert texts(path, size) == source["text"].to_pylist()
    assert [row.id for row in rows(path, size)] == source["id"].to_pylist()

    same = read(written(path, size))
    assert same.schema.equals(source.schema, check_metadata=True)
    assert same.equals(source)

    changed = written(path, size, lambda one: None if one.id == "row 5" else one.text.upper() * (one.id > "row 3"))
    rest = source.filter(pa.array([n != 5 for n in range(10)]))
    at = source.schema.get_field_index("text")
    wanted = [f"TEXT {n} É" if n > 3 else "" for n in range(10) if n != 5]
    assert read(changed).equals(rest.set_column(at, source.schema.field(at), pa.array(wanted, kind)))
    assert read(changed).schema.equals(source.schema, check_metadata=True)


@settings(max_examples=60)
@given(
    st.lists(st.tuples(TEXT, TEXT, st.sampled_from(["keep", "change", "drop", "null"])), max_size=20),
    st.integers(1, 8),
    st.integers(1, 600),
)
def test_every_row_comes_back_from_parts_of_any_size(
    folder: Path, drawn: list[tuple[str, str, str]], group: int, size: int
) -> None:
    path = folder / "b.parquet"
    old = [None if fate == "null" else text for text, _, fate in drawn]
    pq.write_table(pa.table({"text": pa.array(old, pa.string()), "n": range(len(drawn))}), path, row_group_size=group)
    new = {f"{fate} {text}": other for text, other, fate in drawn}

    found = rows(path, size)
    assert [row.text if isinstance(row, Record) else None for row in found] == old
    numbers = iter([n for n, text in enumerate(old) if text is not None])

    def change(record: Record) -> str | None:
        _, other, fate = drawn[next(numbers)]
        return {"keep": record.text, "change": other}.get(fate)

    kept = [
        (n, text if fate == "keep" else other) for n, (text, other, fate) in enumerate(drawn) if fate in "keep change"
    ]
    assert new or not drawn
    outputs = read(written(path, size, change)).to_pylist()
    assert [(row["n"], row["text"]) for row in outputs] == kept


def test_parts_are_row_groups_of_about_a_size(folder: Path) -> None:
    path = folder / "c.parquet"
    pq.write_table(table(100), path, row_group_size=10)
    how = records.format_of("c.parquet")
    sizes = [last - first for first, last in map(how.extent, parts(path, 1))]
    divided = parts(path, sum(sizes) * 35 // 100)
    assert [(part.start, part.end) for part in divided] == [(0, 3), (3, 6), (6, 9), (9, 10)]
    assert divided[1].name == "c-00001-of-00004.parquet"
    assert [part.name for part in parts(path)] == ["c.parquet"]
    extents = [how.extent(part) for part in divided]
    assert all(first < last for first, last in extents)
    assert all(one[1] <= two[0] for one, two in pairwise(extents))
    assert how.extent(parts(path)[0]) == (0, path.stat().st_size)


def test_bytes_of_other_row_groups_do_not_matter_to_a_part(folder: Path) -> None:
    path = folder / "extent.parquet"
    pq.write_table(table(30), path, row_group_size=10)
    how = records.format_of("extent.parquet")
    part = parts(path, 1)[1]
    wanted = [row.text for row in how.read(part, Columns(), 99) if isinstance(row, Record)]
    first, last = how.extent(part)
    data = path.read_bytes()
    footer = int.from_bytes(data[-8:-4], "little") + 8
    path.write_bytes(
        data[:4].ljust(first, b"\0") + data[first:last] + b"\0" * (len(data) - footer - last) + data[-footer:]
    )
    assert [row.text for row in how.read(part, Columns(), 99) if isinstance(row, Record)] == wanted


def test_row_groups_and_compression_are_those_of_the_input(folder: Path) -> None:
    path = folder / "d.parquet"
    packs = {"id": "NONE", "text": "ZSTD", "list.list.element.a": "GZIP", "list.list.element.b.list.element": "BROTLI"}
    source = table().select(["id", "text", "list", "kind"])
    pq.write_table(source, path, row_group_size=4, compression=packs | {"kind": "LZ4"})
    check_chunks(path)
    # as writers of old named what is in a list
    pq.write_table(source, path, row_group_size=4, compression="ZSTD", use_compliant_nested_type=False)
    check_chunks(path)


def check_chunks(path: Path) -> None:
    before = pq.ParquetFile(path).metadata
    (data,) = written(path).values()
    after = pq.ParquetFile(BytesIO(data)).metadata
    assert after.num_row_groups == before.num_row_groups == 3
    for group in range(3):
        assert after.row_group(group).num_rows == before.row_group(group).num_rows
        for n in range(before.num_columns):
            one, other = (about.row_group(group).column(n) for about in (before, after))
            assert (one.path_in_schema, one.compression) == (other.path_in_schema, other.compression)


def test_a_row_group_beyond_bounds_is_written_in_several(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(parquet, "_ROWS", 2)
    monkeypatch.setattr(parquet, "_GROUP", 1000)
    path = folder / "e.parquet"
    pq.write_table(pa.table({"text": ["a" * 300] * 10}), path)
    (data,) = written(path).values()
    metadata = pq.ParquetFile(BytesIO(data)).metadata
    assert [metadata.row_group(n).num_rows for n in range(metadata.num_row_groups)] == [4, 4, 2]


def test_times_of_spark_stay_times_of_spark(folder: Path) -> None:
    path = folder / "f.parquet"
    when = pa.array([datetime.datetime(2032, 3, 4)], pa.timestamp("ns"))
    pq.write_table(pa.table({"text": ["a"], "when": when}), path, use_deprecated_int96_timestamps=True)
    (data,) = written(path).values()
    assert pq.ParquetFile(BytesIO(data)).metadata.row_group(0).column(1).physical_type == "INT96"
    assert pq.read_table(BytesIO(data)).equals(pq.read_table(path))


def test_equal_input_gives_equal_bytes(folder: Path) -> None:
    path = folder / "g.parquet"
    pq.write_table(table(1000), path, row_group_size=300)
    assert written(path, 1, lambda one: one.text + "!") == written(path, 1, lambda one: one.text + "!")


def test_a_table_without_rows_stays_one(folder: Path) -> None:
    path = folder / "h.parquet"
    for source in (table(0), table(3)):
        pq.write_table(source, path)
        (data,) = written(path, change=lambda record: None).values()
        found = pq.read_table(BytesIO(data))
        assert found.num_rows == 0
        assert found.schema.equals(pq.read_schema(path), check_metadata=True)
    with pq.ParquetWriter(path, table(0).schema):
        pass
    assert rows(path) == []
    assert pq.read_schema(BytesIO(written(path)["h.parquet"])).equals(pq.read_schema(path), check_metadata=True)


def test_bad_rows_say_why(folder: Path) -> None:
    path = folder / "i.parquet"
    broken = pa.Array.from_buffers(
        pa.string(), 2, [None, pa.py_buffer(b"\0\0\0\0\2\0\0\0\3\0\0\0"), pa.py_buffer(b"a\xffb")]
    )
    text = pa.concat_arrays([broken, pa.array([None, "too long", "", "ok"])])
    source = pa.table({"id": pa.array([7, 8, None, 10, 11, 12]), "text": text})
    pq.write_table(source, path)
    found = rows(path, limit=5)
    assert [row.problem if isinstance(row, Bad) else row.text for row in found] == [
        "byte 1 (0xff) of its text is not UTF-8",
        "b",
        "has nothing under 'text'",
        "has a text of more than 5 bytes; split it, or allow more with --max-record",
        "",
        "ok",
    ]
    assert [row.id for row in found] == ["7", "8", "i.parquet:3", "10", "11", "12"]
    assert [row.row for row in found] == [1, 2, 3, 4, 5, 6]
    assert read(written(path, limit=5)).to_pylist() == [
        {"id": 8, "text": "b"},
        {"id": 11, "text": ""},
        {"id": 12, "text": "ok"},
    ]


@pytest.mark.parametrize("said", [["a", ""], [1.5, 2.5], [True, False], [b"a", b"b"]])
def test_an_id_is_a_text_or_a_whole_number_and_else_the_row(folder: Path, said: list[Any]) -> None:
    path = folder / "j.parquet"
    pq.write_table(pa.table({"text": ["x", "y"], "id": said}), path)
    assert [row.id for row in rows(path)] == [
        one if one == "a" else f"j.parquet:{row}" for row, one in enumerate(said, 1)
    ]


WRONG = {
    "no such column": ({"body": ["a"], "nr": [1]}, "has no column 'text', but body, nr; say which one with --text-key"),
    "numbers": ({"text": [1]}, "has int64 in its column 'text', not string"),
    "bytes": ({"text": [b"a"]}, "has binary in its column 'text', not string"),
    "lists": ({"text": [["a"]]}, "has list<element: string> in its column 'text', not string"),
}


@pytest.mark.parametrize("name", WRONG)
def test_a_table_without_texts_is_an_error(folder: Path, name: str) -> None:
    columns, why = WRONG[name]
    path = folder / "k.parquet"
    pq.write_table(pa.table(columns), path)
    for call in (rows, written):
        with pytest.raises(ReadError) as caught:
            call(path)
        assert why in str(caught.value)


@pytest.mark.skipif(not hasattr(pa, "string_view"), reason="this pyarrow knows no views")
def test_views_stay_views(folder: Path) -> None:
    """Of which the library cannot take single rows."""
    path = folder / "o.parquet"
    views = pa.array(["a", "b" * 30, None, "d", "e"], pa.string_view())
    texts = pa.array(["f", "g" * 30, "h", "i", "j"], pa.string_view())
    pq.write_table(pa.table({"other": views, "text": texts}), path)
    outputs = read(written(path, change=lambda one: None if one.text in "fi" else one.text + "!"))
    assert outputs.schema.equals(pq.read_schema(path))
    assert outputs["other"].to_pylist() == ["b" * 30, None, "e"]
    assert outputs["text"].to_pylist() == ["g" * 30 + "!", "h!", "j!"]


def test_two_columns_of_one_name_are_an_error(folder: Path) -> None:
    path = folder / "l.parquet"
    pq.write_table(pa.Table.from_arrays([pa.array(["a"]), pa.array(["b"])], ["text", "text"]), path)
    with pytest.raises(ReadError, match="has 2 columns 'text'"):
        rows(path)
    both = pa.Table.from_arrays([pa.array(["a"]), pa.array(["b"]), pa.array(["c"])], ["x", "text", "x"])
    pq.write_table(both, path)
    assert read(written(path, change=lambda record: record.text * 2)).column(1).to_pylist() == ["bb"]
    assert read(written(path)).equals(both)


def test_a_file_that_is_cut_anywhere_is_an_error(folder: Path) -> None:
    path = folder / "m.parquet"
    pq.write_table(table().select(["id", "text"]), path, row_group_size=5)
    whole = path.read_bytes()
    for size in range(0, len(whole), 5):
        path.write_bytes(whole[:size])
        for call in (parts, rows):
            with pytest.raises(ReadError, match="fetch it again"):
                call(path)
    path.write_bytes(whole[:40] + b"\0" * 100 + whole[140:])
    with pytest.raises(ReadError, match="fetch it again"):
        rows(path)


def test_a_file_that_has_fewer_row_groups_now_is_an_error(folder: Path) -> None:
    path = folder / "n.parquet"
    pq.write_table(table(), path, row_group_size=5)
    _, last = parts(path, 1)
    pq.write_table(table(), path)
    how = records.format_of("n.parquet")
    with pytest.raises(ReadError, match="has 1 row groups, fewer than when it was divided"):
        how.extent(last)
    with pytest.raises(ReadError, match="has 1 row groups, fewer than when it was divided"):
        list(how.read(last, Columns(), 99))
