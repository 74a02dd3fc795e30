"""A briefing in other forms: Markdown for people, rows for tables."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from io import BytesIO
from typing import Any

from cleankit.errors import CleankitError

# what a reader would take for Markdown at the beginning of a line, and anywhere in it
_BLOCK = re.compile(r"^(\s*)([#>+-])|^(\s*\d+)([.)])")
_INLINE = re.compile(r"([\\`*_\[\]<|])")

ROW = {
    "briefing": "string", "title": "string", "date": "string", "published": "string", "venue": "string",
    "number": "int64", "kind": "string", "speaker": "string", "role": "string", "outlet": "string", "text": "string",
    "start": "int64", "end": "int64",
}  # fmt: skip


def markdown(data: Mapping[str, Any]) -> str:
    """A briefing (as JSON values) for reading: a heading, who was there, then turn by turn, or the paragraphs."""
    parts = [f"# {_plain(data['title'] or 'Untitled')}"]
    stated = [(name, data[name.lower()]) for name in ("Date", "Published", "Venue", "Source")]
    if told := [f"**{name}:** {_plain(value)}" for name, value in stated if value]:
        parts.append("  \n".join(told))
    if data["participants"]:
        parts.append("\n".join(f"- {_participant(one)}" for one in data["participants"]))
    for turn in data["turns"]:
        said = [_plain(text) for text in turn["paragraphs"]]
        parts += (f"**{_plain(_speaker(turn))}:** {said[0]}", *said[1:])
    parts += map(_plain, data["paragraphs"])
    if data["gaps"]:
        parts.append("## Gaps")
        parts.append("\n".join(f"- {_plain(gap['message'])} ({gap['rule']})" for gap in data["gaps"]))
    return "\n\n".join(parts) + "\n"


def rows(data: Mapping[str, Any]) -> Iterator[dict[str, Any]]:
    """A row for each turn of a briefing (as JSON values), or for each paragraph of an article, with the keys of `ROW`.

    `start` and `end` are offsets into the source, in code points; of a paragraph they are not known.
    """
    about = {"briefing": data["provenance"]["id"]} | {key: data[key] for key in ("title", "date", "published", "venue")}
    roles = {one["name"]: one["role"] for one in data["participants"]}
    for number, turn in enumerate(data["turns"], 1):
        said = {"kind": turn["kind"], "speaker": turn["speaker"], "role": roles.get(turn["speaker"])}
        text = "\n\n".join(turn["paragraphs"])
        yield about | {"number": number} | said | {"outlet": turn["outlet"], "text": text} | turn["at"]
    for number, text in enumerate(data["paragraphs"], 1):
        said = {"kind": "paragraph", "speaker": None, "role": None, "outlet": None}
        yield about | {"number": number} | said | {"text": text, "start": None, "end": None}


def jsonl(data: Mapping[str, Any]) -> bytes:
    """The rows, each on a line."""
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows(data))
    return "".join(lines).encode(errors="backslashreplace")


def parquet(data: Mapping[str, Any]) -> bytes:
    """The rows as a table. Raises CleankitError where pyarrow is not installed, or a text is no Unicode."""
    try:
        import pyarrow
        from pyarrow import parquet
    except ImportError as error:
        raise CleankitError("Parquet needs pyarrow: pip install 'cleankit-corpus[parquet]'") from error
    schema = pyarrow.schema([(name, pyarrow.type_for_alias(kind)) for name, kind in ROW.items()])
    table = BytesIO()
    try:
        parquet.write_table(pyarrow.Table.from_pylist(list(rows(data)), schema=schema), table)
    except UnicodeEncodeError as error:
        raise CleankitError("a lone surrogate cannot stand in Parquet; write jsonl instead") from error
    return table.getvalue()


def _participant(one: Mapping[str, Any]) -> str:
    role = f", {_plain(one['role'])}" if one["role"] else ""
    return f"**{_plain(one['name'])}**{role}{' (chair)' if one['chair'] else ''}"


def _speaker(turn: Mapping[str, Any]) -> str:
    named = [part for part in (turn["outlet"], turn["speaker"]) if part]
    return ", ".join(named) or {"question": "Question"}.get(turn["kind"], "Unnamed speaker")


def _plain(text: str) -> str:
    """A text that Markdown shows as it stands."""
    return _BLOCK.sub(r"\1\3\\\2\4", _INLINE.sub(r"\\\1", text))
