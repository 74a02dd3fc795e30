"""From a briefing back to the page: the line that is named is the one that the words stood in."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from conftest import SEEDS

from cleankit import resources
from cleankit.briefing.validate import validate
from cleankit.corpus import STDIN
from cleankit.engines import local, origin, valid
from cleankit.engines.job import Output
from cleankit.engines.plan import Given, plan
from cleankit.render.records import records

PAGE = """ㄑ Press Room

Briefing on the harbour

Anna Weber:

Thank you.

The harbour opened again on Monday, after nine days of storm and eleven of repair.

<  1  2

Ben Okoro, Alder Daily:

When will the second pier be open to the ferries again, and who will pay for that?

Anna Weber:

Thank you.

In May, and the insurers will pay for all of it, as they agreed to in the autumn.

Share this page
"""


def cleaned(page: Path, out: Path, encoding: str | None = None) -> None:
    paths = [str(page)]
    _, failures, *_ = local.run(paths, plan(paths, Given(encoding=encoding)), Output(str(out)))
    assert not failures


@pytest.fixture(scope="module")
def run(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A run over all the project's pages, in three encodings, and one more page."""
    folder = tmp_path_factory.mktemp("run")
    shutil.copytree(SEEDS / "dirty", folder / "raw/seeds")
    for name, encoding in (("summit-briefing", "utf-16"), ("mfa-zh", "gb18030")):
        path = folder / f"raw/seeds/{name}.txt"
        path.write_bytes(path.read_bytes().decode("utf-8-sig").encode(encoding))
    (folder / "raw/港 口.txt").write_bytes(PAGE.replace("\n", "\r\n").encode())
    (folder / "raw/seeds/mfa-zh.txt").rename(folder / "zh.txt")
    cleaned(folder / "raw", folder / "out")
    cleaned(folder / "zh.txt", folder / "zh", encoding="gb18030")
    return folder


def letters(text: str) -> str:
    return "".join(re.findall(r"\w+", text))


def test_every_paragraph_is_found_in_the_line_it_came_from(run: Path) -> None:
    looked_at = 0
    for path in (*run.glob("out/briefings/**/*.json"), run / "zh/briefings/zh.json"):
        data = json.loads(path.read_bytes())
        page = origin.of(str(path))
        assert page, path
        source = run / "zh.txt" if path.stem == "zh" else run / "raw" / path.relative_to(run / "out/briefings")
        source = source.with_suffix(".txt")
        encoding = {"zh": "gb18030", "summit-briefing": "utf-16"}.get(path.stem, "utf-8-sig")
        lines = re.split("\r\n|\n|\r", source.read_bytes().decode(encoding))
        for at, text in origin._paragraphs(data):
            told, _, row = page.of(data, at).rpartition(":")
            assert told == str(source), (path, at)
            # only so many letters: further on, the text may have been mended, or go on in the next line
            assert letters(text)[:6] in letters(lines[int(row) - 1]), (path.name, at, text[:40], lines[int(row) - 1])
            looked_at += 1
    assert looked_at > 100


def told(path: Path) -> dict[str, str]:
    """What validation says of a file: the sources by the pointers."""
    found = {}
    for seen in valid.each([str(path)]):
        assert isinstance(seen, valid.Checked), seen
        for finding in seen.findings:
            found[str(finding.at)] = dict(finding.evidence).get("source", "")
    return found


def damaged(run: Path, **changes: Any) -> Path:
    path = run / "out/briefings/港 口.json"
    data = json.loads(path.read_bytes())
    data.update(changes)
    # a ledger is about the document that its place names
    shutil.copy(run / "raw/港 口.txt", run / "raw/坏 口.txt")
    path.with_name("坏 口.json").write_text(json.dumps(data, ensure_ascii=False), encoding="utf-8")
    for kind, suffix in (("text", ".txt"), ("ledger", ".jsonl")):
        shutil.copy(run / f"out/{kind}/港 口{suffix}", run / f"out/{kind}/坏 口{suffix}")
    return path.with_name("坏 口.json")


def test_errors_name_the_line_of_the_page(run: Path) -> None:
    turns = json.loads((run / "out/briefings/港 口.json").read_bytes())["turns"]
    assert [turn["paragraphs"][0][:10] for turn in turns] == ["Thank you.", "When will ", "Thank you."]
    source = run / "raw/坏 口.txt"
    turns[0]["kind"] = "asks"
    turns[1]["at"] = None
    turns[2]["paragraphs"] = [
        "Thank you.",
        "",
        "In May, and the insurers will pay for all of it, as they agreed to in the autumn.",
    ]
    turns[2]["outlet"] = 7
    gaps = [{"rule": "Lost", "message": "x", "at": {"start": PAGE.replace("\n", "\r\n").index("<  1"), "end": 99}}]
    path = damaged(run, turns=turns, gaps=gaps, title=5, tilte="x")
    assert told(path) == {
        "/turns/0/kind": f"{source}:5",
        "/turns/1/at": f"{source}:15",
        "/turns/2/paragraphs/1": f"{source}:17",
        "/turns/2/outlet": f"{source}:17",
        "/gaps/0/rule": f"{source}:11",
        "/title": f"{source}:3",
        "/tilte": "",
    }


def test_findings_with_their_lines_fit_the_schema_of_findings(run: Path) -> None:
    path = damaged(run, turns=[{"kind": 1}], title=5)
    (seen,) = valid.each([str(path)])
    assert isinstance(seen, valid.Checked)
    assert len(seen.findings) > 4
    for record in records(seen.path, seen.text, seen.findings):
        assert validate(record, resources.schema("finding")) == ()


def test_the_same_words_said_twice_are_told_apart(run: Path) -> None:
    path = run / "out/briefings/港 口.json"
    page, data = origin.of(str(path)), json.loads(path.read_bytes())
    assert page
    assert [page.of(data, f"/turns/{n}/paragraphs/0").rpartition(":")[2] for n in (0, 2)] == ["7", "19"]


@pytest.mark.parametrize("turns", [None, "x", [None], [{"at": {"start": -1}, "kind": 1}], [{"at": {"start": 10**9}}]])
def test_what_is_no_briefing_has_no_lines(run: Path, turns: object) -> None:
    assert set(told(damaged(run, turns=turns)).values()) == {""}


def test_without_a_ledger_that_fits_no_line_is_named(run: Path) -> None:
    path = damaged(
        run,
        turns=[
            {**turn, "kind": "asks"} for turn in json.loads((run / "out/briefings/港 口.json").read_bytes())["turns"]
        ],
    )
    assert all(told(path).values())
    for name, data in (
        ("text/坏 口.txt", b"another text\n"),
        ("ledger/坏 口.jsonl", b"\xff"),
        ("ledger/坏 口.jsonl", b"{}\n"),
    ):
        kept = (run / "out" / name).read_bytes()
        (run / "out" / name).write_bytes(data)
        assert set(told(path).values()) == {""}
        (run / "out" / name).write_bytes(kept)
    (run / "out/text/坏 口.txt").unlink()
    assert set(told(path).values()) == {""}
    elsewhere = run / "alone.json"
    shutil.copy(path, elsewhere)
    assert set(told(elsewhere).values()) == {""}


def test_a_page_that_has_gone_or_changed_is_called_by_its_name_in_the_run(run: Path, tmp_path: Path) -> None:
    shutil.copytree(run / "out", tmp_path / "out")
    path = tmp_path / "out/briefings/港 口.json"
    data = json.loads(path.read_bytes())

    def named() -> str:
        page = origin.of(str(path))
        assert page
        return page.of(data, "/turns/1/kind")

    assert named() == f"{run / 'raw/港 口.txt'}:13"
    account = json.loads((tmp_path / "out/run.json").read_bytes())
    assert account["inputs"] == [str(run / "raw")]
    for inputs in ([str(tmp_path)], [STDIN], "x", None, [3], [str(run / "raw/seeds/gaggle.txt")]):
        (tmp_path / "out/run.json").write_text(json.dumps({"inputs": inputs}), encoding="utf-8")
        assert named() == "港 口:13"
    (tmp_path / "out/run.json").unlink()
    assert named() == "港 口:13"
