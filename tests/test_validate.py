"""Validation: many kinds of damage, each refused with the pointer to it; schemas that cannot be used; no network."""

from __future__ import annotations

import contextlib
import copy
import json
import re
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cleankit import resources
from cleankit.briefing import quick, schemas
from cleankit.briefing.validate import MOST, abouts, against, validate
from cleankit.errors import UsageError
from cleankit.model import Severity

SCHEMA: dict[str, Any] = json.loads(resources.schema("briefing").read_text(encoding="utf-8"))
GOOD: dict[str, Any] = SCHEMA["examples"][0]

PROSE = {"paragraphs": ["The pier opens."], "paragraphs_at": [{"start": 0, "end": 15}]}

Damage = Callable[[dict[str, Any]], Any]


def damaged(damage: Damage) -> dict[str, Any]:
    data = copy.deepcopy(GOOD)
    damage(data)
    return data


def put(value: object, *path: str | int) -> Damage:
    def damage(data: Any) -> None:
        for part in path[:-1]:
            data = data[part]
        data[path[-1]] = value

    return damage


def take(*path: str | int) -> Damage:
    def damage(data: Any) -> None:
        for part in path[:-1]:
            data = data[part]
        del data[path[-1]]

    return damage


def test_the_example_is_valid() -> None:
    assert validate(GOOD) == ()


LAUGHTER = {"text": "Laughter", "turn": 0, "paragraph": 0, "at": {"start": 190, "end": 200}}
LINK = {"id": "mirror", "source_sha256": "0" * 64, "shared": 0.9, "turns": [[1, 0]], "paragraphs": []}

DAMAGES: list[tuple[Damage, str, str]] = [
    (take("title"), "/title", "schema/required"),
    (take("turns"), "/turns", "schema/required"),
    (take("provenance", "id"), "/provenance/id", "schema/required"),
    (take("turns", 1, "outlet"), "/turns/1/outlet", "schema/required"),
    (take("turns", 2, "at", "end"), "/turns/2/at/end", "schema/required"),
    (put("urn:cleankit:briefing:1", "schema"), "/schema", "schema/const"),
    (put("March 5", "date"), "/date", "schema/format"),
    (put("2024-02-30", "date"), "/date", "schema/format"),
    (put("2024-13-01", "published"), "/published", "schema/format"),
    (put(20240305, "date"), "/date", "schema/any-of"),
    (put("", "title"), "/title", "schema/min-length"),
    (put(["a"], "venue"), "/venue", "schema/type"),
    (put("answr", "turns", 2, "kind"), "/turns/2/kind", "schema/enum"),
    (put([], "turns", 0, "paragraphs"), "/turns/0/paragraphs", "schema/min-items"),
    (put([""], "turns", 0, "paragraphs"), "/turns/0/paragraphs/0", "schema/min-length"),
    (put([None], "turns", 0, "paragraphs"), "/turns/0/paragraphs/0", "schema/type"),
    (put("Good day.", "turns", 0, "paragraphs"), "/turns/0/paragraphs", "schema/type"),
    (put(-1, "turns", 0, "at", "start"), "/turns/0/at/start", "schema/minimum"),
    (put(1.5, "turns", 0, "at", "end"), "/turns/0/at/end", "schema/type"),
    (put(True, "turns", 0, "at", "end"), "/turns/0/at/end", "schema/type"),
    (put(None, "turns", 0, "paragraphs_at"), "/turns/0/paragraphs_at", "schema/type"),
    (put("0-41", "fields_at", "title"), "/fields_at/title", "schema/any-of"),
    (take("fields_at", "venue"), "/fields_at/venue", "schema/required"),
    (put([], "turns", 0, "paragraphs_at"), "/turns/0/paragraphs_at", "briefing/places"),
    (put([{"start": 0, "end": 4}], "paragraphs_at"), "/paragraphs_at", "briefing/places"),
    (put([180, 242], "turns", 0, "at"), "/turns/0/at", "schema/type"),
    (put("yes", "participants", 1, "chair"), "/participants/1/chair", "schema/type"),
    (put("", "participants", 0, "name"), "/participants/0/name", "schema/min-length"),
    (put(None, "participants", 0, "name"), "/participants/0/name", "schema/type"),
    (put("Mara", "participants", 0), "/participants/0", "schema/type"),
    (put(None, "participants"), "/participants", "schema/type"),
    (put(["A", "A"], "credits"), "/credits", "schema/unique-items"),
    (put({"number": 0, "total": 2}, "pages"), "/pages/number", "schema/minimum"),
    (put({"number": 1}, "pages"), "/pages/total", "schema/required"),
    (put("1/2", "pages"), "/pages", "schema/any-of"),
    (put(1.2, "languages", 0, "share"), "/languages/0/share", "schema/maximum"),
    (put("English", "languages", 0, "lang"), "/languages/0/lang", "schema/pattern"),
    (put("lost", "gaps", 0, "rule"), "/gaps/0/rule", "schema/pattern"),
    (put("abc", "provenance", "text_sha256"), "/provenance/text_sha256", "schema/pattern"),
    (put(1, "tilte"), "/tilte", "schema/additional-properties"),
    (put(1, "turns", 0, "a/b~c"), "/turns/0/a~1b~0c", "schema/additional-properties"),
    (put(1, "participants", 0, "roles"), "/participants/0/roles", "schema/additional-properties"),
    (put(-1, "turns", 1, "follows"), "/turns/1/follows", "schema/minimum"),
    (put([{**LAUGHTER, "turn": None}], "stage_directions"), "/stage_directions/0/turn", "schema/type"),
    (put(["Photo: Ana Roth"], "captions"), "/captions/0", "schema/type"),
    (put(["fair_1"], "parts"), "/parts/0", "schema/type"),
    (put("mirror", "same_event_as"), "/same_event_as", "schema/any-of"),
    (put([LINK | {"turns": [[1]]}], "same_event_as"), "/same_event_as/0/turns/0", "schema/min-items"),
    # what fits the schema and cannot be
    (put(0, "turns", 1, "follows"), "/turns/1/follows", "briefing/turn-number"),
    (put([LAUGHTER | {"turn": 9}], "stage_directions"), "/stage_directions/0/turn", "briefing/turn-number"),
    (put([LAUGHTER | {"paragraph": 1}], "stage_directions"), "/stage_directions/0/paragraph", "briefing/turn-number"),
    (put([LINK | {"turns": [[7, 0]]}], "same_event_as"), "/same_event_as/0/turns/0/0", "briefing/turn-number"),
    (put("Mara Lindqist", "turns", 2, "speaker"), "/turns/2/speaker", "briefing/unknown-speaker"),
    (put("mara lindqvist", "participants", 1, "name"), "/participants/1/name", "briefing/same-participant"),
    (put({"start": 230, "end": 287}, "turns", 1, "at"), "/turns/1/at/start", "briefing/turn-order"),
    (put({"start": 330, "end": 329}, "turns", 2, "at"), "/turns/2/at/end", "briefing/reversed-span"),
    (put({"start": 9, "end": 8}, "gaps", 0, "at"), "/gaps/0/at/end", "briefing/reversed-span"),
    (put("Alder Daily", "turns", 2, "outlet"), "/turns/2/outlet", "briefing/outlet-of-answer"),
    (lambda data: data.update(PROSE), "/paragraphs", "briefing/two-kinds"),
    (put("2024-03-07", "date"), "/date", "briefing/date-after-publication"),
    (put({"number": 3, "total": 2}, "pages"), "/pages/number", "briefing/page-number"),
    (put([{"lang": n, "share": 0.9} for n in ("en", "de")], "languages"), "/languages", "briefing/language-shares"),
]


@pytest.fixture(params=["fast", "plain"])
def speed(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """With jsonschema-rs and without it."""
    if request.param == "plain":
        monkeypatch.setattr(quick, "check", lambda *_: None)
    schemas._of_files.cache_clear()
    yield
    schemas._of_files.cache_clear()


@pytest.mark.usefixtures("speed")
@pytest.mark.parametrize(("damage", "pointer", "rule"), DAMAGES, ids=[f"{p} {r}" for _, p, r in DAMAGES])
def test_damage_is_refused_where_it_is(damage: Damage, pointer: str, rule: str) -> None:
    findings = validate(damaged(damage))
    assert [(one.at, one.rule) for one in findings] == [(pointer, rule)]
    assert findings[0].severity is Severity.ERROR
    assert findings[0].fix is None
    assert len(findings[0].message) > 20


@given(st.sampled_from(DAMAGES), st.sampled_from(DAMAGES))
@settings(max_examples=300, deadline=None)
def test_what_is_answered_fast_is_answered_right(one: tuple[Damage, str, str], other: tuple[Damage, str, str]) -> None:
    (schema,) = schemas.load()
    data = damaged(one[0])
    with contextlib.suppress(KeyError, IndexError, TypeError):  # what the first has taken away
        other[0](data)
    assert schema.fits is not None
    assert schema.fits(data) == schema.validator.is_valid(data)


@pytest.mark.parametrize("value", ["\ud800", 10**400, float("inf")])
def test_what_cannot_be_answered_fast_is_answered_all_the_same(value: object) -> None:
    assert validate({"a": value}, {"properties": {"a": {"const": 1}}})[0].rule == "schema/const"


@pytest.mark.parametrize("data", [None, [], "text", 7, True, {}])
def test_what_is_no_briefing_at_all(data: object) -> None:
    findings = validate(data)
    assert findings
    assert {one.at for one in findings} == ({""} if data != {} else {f"/{name}" for name in SCHEMA["required"]})


def test_several_errors_come_in_the_order_of_the_document() -> None:
    data = damaged(put("x", "turns", 2, "kind"))
    data["turns"] += [copy.deepcopy(data["turns"][0]) for _ in range(9)]
    data["turns"][10]["kind"] = "y"
    data["date"] = "soon"
    assert [one.at for one in validate(data)] == ["/date", "/turns/2/kind", "/turns/10/kind"]


def test_messages_say_what_and_what_to_try() -> None:
    def message(damage: Damage) -> str:
        return validate(damaged(damage))[0].message

    assert message(put(1, "tilte")) == "the document has no property 'tilte': did you mean 'title'?"
    assert message(take("date")) == "the document lacks 'date': add it, null or empty if not known"
    assert "one of" in message(put("answr", "turns", 2, "kind"))
    assert '"opening"' in message(put("answr", "turns", 2, "kind"))
    assert 'for example "2024-03-05"' in message(put("soon", "date"))
    assert len(message(put("x" * 10_000, "date"))) < 300


def test_every_property_is_described_and_closed() -> None:
    def look(schema: Any, at: str) -> None:
        if not isinstance(schema, dict):
            return
        for name, part in schema.get("properties", {}).items():
            assert part.get("description"), f"{at}/{name} has no description"
            assert part.get("examples"), f"{at}/{name} has no examples"
        if schema.get("type") == "object":
            assert schema["additionalProperties"] is False, at
            assert sorted(schema["required"]) == sorted(schema["properties"]), at
        for name, part in schema.items():
            if name not in ("examples", "required", "enum"):
                for key, value in part.items() if isinstance(part, dict) else ():
                    look(value, f"{at}/{name}/{key}")
                look(part, f"{at}/{name}")

    look(SCHEMA, "")
    assert SCHEMA["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert SCHEMA["$id"].startswith("urn:")


def test_examples_of_the_schema_are_valid() -> None:
    from jsonschema import Draft202012Validator

    definitions = {"$defs": SCHEMA["$defs"]}
    for part in (*SCHEMA["properties"].values(), *SCHEMA["$defs"].values()):
        for example in part.get("examples", ()):
            Draft202012Validator({**part, **definitions}).validate(example)


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("{", ":1:2: is not JSON"),
        ("\xff\xfe", "is not JSON"),
        ("[]", "must be an object, not array"),
        ('{"type": "strung"}', "/type"),
        ('{"properties": {"a": {"minimum": "1"}}}', "/properties/a/minimum"),
        ('{"$schema": "https://schemas.example/own"}', "no draft known here"),
        ('{"$ref": "https://schemas.example/a.json"}', "points to the network"),
        ('{"properties": {"turns": {"$ref": "http://schemas.example/a#/b"}}}', "/properties/turns/$ref"),
        ('{"$ref": "#/$defs/nowhere"}', "leads nowhere"),
        ('{"$ref": "other.json"}', "leads nowhere"),
        ('{"$ref": "urn:nowhere"}', "leads nowhere"),
    ],
)
def test_schemas_that_cannot_be_used(tmp_path: Path, text: str, says: str) -> None:
    path = tmp_path / "own.schema.json"
    path.write_bytes(text.encode("latin-1"))
    with pytest.raises(UsageError) as caught:
        validate(GOOD, path)
    assert says in str(caught.value)
    assert "own.schema.json" in str(caught.value)


def test_a_schema_that_is_not_there(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match="cannot be read"):
        validate(GOOD, tmp_path / "none.json")
    with pytest.raises(UsageError, match="briefing"):
        resources.schema("none")


def test_an_own_schema_is_used_and_read_again_when_it_changes(tmp_path: Path) -> None:
    path = tmp_path / "own.schema.json"
    path.write_text('{"type": "object", "required": ["x"]}', encoding="utf-8")
    assert [one.at for one in validate({}, path)] == ["/x"]
    path.write_text('{"type": "array", "maxItems": 100}', encoding="utf-8")
    assert [one.at for one in validate({}, path)] == [""]
    assert validate([], {"$schema": "http://json-schema.org/draft-07/schema#", "type": "array"}) == ()
    own = {
        "$id": "https://schemas.example/own",
        "$ref": "https://schemas.example/own#/$defs/a",
        "$defs": {"a": {"type": "null"}},
    }
    assert validate(None, own) == ()


@pytest.mark.parametrize(
    ("schema", "data", "told"),
    [
        ({"required": ["a/b"]}, {}, [("/a~1b", "schema/required", "lacks 'a/b'")]),
        ({"additionalProperties": False}, {"x": 1}, [("/x", "schema/additional-properties", "known here: none")]),
        (
            {"properties": {"a": {}}, "patternProperties": {"^x-": {}}, "additionalProperties": False},
            {"a": 1, "x-b": 2, "y": 3},
            [("/y", "schema/additional-properties", "known here: a, ^x-")],
        ),
        ({"additionalProperties": {"type": "null"}}, {"x": 1}, [("/x", "schema/type", "must be null")]),
        ({"properties": {"x": False}}, {"x": [1]}, [("", "schema/false", "holds [1] where nothing may stand")]),
        ({"dependentRequired": {"a": ["b"]}}, {"a": 1}, [("", "schema/dependent-required", "'b'")]),
        (
            {"items": {"$ref": "#/$defs/n"}, "$defs": {"n": {"minimum": 2}}},
            [2, 1],
            [("/1", "schema/minimum", "least 2")],
        ),
        (
            {"$schema": "http://json-schema.org/draft-03/schema#", "properties": {"a": {"required": True}}},
            {},
            [("/a", "schema/required", "'a' is a required property")],
        ),
    ],
)
def test_other_schemas_are_told_of_as_well(
    schema: dict[str, Any], data: object, told: list[tuple[str, str, str]]
) -> None:
    findings = validate(data, schema)
    assert [(one.at, one.rule) for one in findings] == [(at, rule) for at, rule, _ in told]
    for one, (_, _, says) in zip(findings, told, strict=True):
        assert says in one.message


def test_a_document_with_more_errors_than_anyone_reads() -> None:
    findings = validate({**GOOD, "turns": [1] * 20_000})
    assert len(findings) == MOST + 1
    assert (findings[0].at, findings[0].rule) == ("", "schema/more")
    assert validate({**GOOD, "turns": [1] * MOST})[0].rule == "schema/type"


def test_every_finding_of_a_schema_has_a_summary() -> None:
    about = {one.rule for one in abouts()}
    assert {rule for _, _, rule in DAMAGES} <= about
    assert all(re.fullmatch("(?:schema|briefing)/[a-z-]+", rule) for rule in about)


def folder(place: Path, files: dict[str, Any]) -> Path:
    for name, schema in files.items():
        (place / name).parent.mkdir(parents=True, exist_ok=True)
        (place / name).write_text(json.dumps(schema), encoding="utf-8")
    return place


SITE = "https://schemas.example/v1/"
N = {"type": "integer"}
TIED: dict[str, tuple[dict[str, Any], list[str]]] = {
    "by $id, in any order": (
        {"a.json": {"$id": SITE + "a.json", "$ref": "b.json"}, "x/b.json": {"$id": SITE + "b.json", **N}},
        ["x/b.json", "a.json"],
    ),
    "by path, in a circle": (
        {"a.json": {"$ref": "x/b.json", "$defs": {"n": N}}, "x/b.json": {"$ref": "../a.json#/$defs/n"}},
        ["a.json"],
    ),
    "by path, told both": ({"a.json": {"$ref": "b.json"}, "b.json": N}, ["a.json", "b.json"]),
    "beside one another here as on the site": (
        {"s/a.json": {"$id": SITE + "s/a.json", "$ref": "../t/b.json"}, "t/b.json": {"$ref": "c.json"}, "t/c.json": N},
        ["s/a.json"],
    ),
    "another draft": (
        {
            "a.json": {"$ref": "b.json#/definitions/n"},
            "b.json": {"$schema": "http://json-schema.org/draft-07/schema#", "definitions": {"n": N}},
        },
        ["a.json"],
    ),
    "an anchor of a neighbour": (
        {"a.json": {"$ref": "b.json#n"}, "b.json": {"$defs": {"n": {"$anchor": "n", **N}}}},
        ["a.json"],
    ),
    "a schema inside a schema": (
        {
            "a.json": {
                "$ref": "inner.json",
                "$defs": {"i": {"$id": "inner.json", "$ref": "#/$defs/n", "$defs": {"n": N}}},
            }
        },
        ["a.json"],
    ),
    "a dynamic reference": (
        {"a.json": {"$ref": "#/$defs/n", "$defs": {"n": {"$dynamicAnchor": "n", **N}, "m": {"$dynamicRef": "#n"}}}},
        ["a.json"],
    ),
    "blanks and letters in the path": ({"年 a/a.json": {"$ref": "b%20c.json"}, "年 a/b c.json": N}, ["年 a/a.json"]),
    "words that look like references in what is no schema": (
        {"a.json": {**N, "default": {"$ref": "nowhere.json"}, "examples": [{"$ref": "nowhere.json"}]}},
        ["a.json"],
    ),
    "properties with the names of keywords": (
        {"a.json": {**N, "properties": {"$ref": True, "default": {"$ref": "#/$defs/n"}, "$id": N}, "$defs": {"n": N}}},
        ["a.json"],
    ),
}


@pytest.mark.parametrize("name", TIED)
def test_schemas_refer_to_one_another(name: str, tmp_path: Path) -> None:
    files, given = TIED[name]
    place = folder(tmp_path, files)
    loaded = schemas.load([place / path for path in given])
    assert [schema.place for schema in loaded] == [str(place / path) for path in given]
    for schema in loaded:
        assert against(7, [schema]) == ()
        if str(schema.place).endswith("a.json"):
            assert [one.rule for one in against("7", [schema])] == ["schema/type"]


@pytest.mark.parametrize(
    ("files", "says"),
    [
        ({"a.json": {"$ref": "b.json"}, "b.json": {"$ref": "c.json"}}, "b.json: /.ref: 'c.json' leads nowhere"),
        ({"a.json": {"$ref": "b.json"}, "b.json": {"items": {"$ref": SITE}}}, "b.json: /items/.ref: .* network"),
        ({"a.json": {"$ref": "b.json"}, "b.json": {"type": "strung"}}, "b.json: is no JSON Schema: /type"),
        ({"a.json": {"$ref": "b.json"}, "b.json": {"$schema": "urn:x"}}, "b.json: /.schema: 'urn:x' is no draft"),
        ({"a.json": {"$ref": "b.json#/x/y"}, "b.json": {"x": {}}}, "a.json: /.ref: 'b.json#/x/y' leads nowhere"),
        ({"a.json": {"properties": {"enum": {"$ref": "b.json"}}}}, "/properties/enum/.ref: 'b.json' leads nowhere"),
        ({"a.json": {"$ref": "file://host/b.json"}}, "'file://host/b.json' leads nowhere"),
        ({"a.json": {"$ref": "urn:cleankit:briefing:99"}}, "'urn:cleankit:briefing:99' leads nowhere"),
        ({"a.json": {"$ref": "urn:cleankit:../../x:1"}}, "leads nowhere"),
        ({"a.json": {"$id": SITE + "a.json", "$ref": "b.json"}}, "'b.json' points to the network"),
    ],
)
def test_schemas_that_do_not_hold_together(files: dict[str, Any], says: str, tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=says):
        schemas.load([folder(tmp_path, files) / "a.json"])


def test_a_part_that_only_a_reference_makes_a_schema(tmp_path: Path) -> None:
    place = folder(tmp_path, {"a.json": {"$ref": "#/x/n", "x": {"n": {"type": "strung"}}}})
    with pytest.raises(UsageError, match="'strung' is no type"):
        validate(1, place / "a.json")


def test_a_neighbour_with_an_address_of_its_own(tmp_path: Path) -> None:
    """Its references are counted from that address, by which another schema is known."""
    files = {
        "a.json": {"$ref": "x/b.json"},
        "x/b.json": {"$id": SITE + "b.json", "$ref": "c.json"},
        "elsewhere.json": {"$id": SITE + "c.json", "type": "null"},
    }
    place = folder(tmp_path, files)
    loaded = schemas.load([place / "a.json", place / "elsewhere.json"])
    assert [one.rule for one in against(1, loaded[:1])] == ["schema/type"]
    assert against(None, loaded) == ()


def test_a_reference_in_what_only_another_makes_a_schema() -> None:
    with pytest.raises(UsageError, match=r"'zzz' leads nowhere"):
        validate(1, {"$ref": "#/examples/0", "examples": [{"$ref": "zzz"}]})


def test_a_schema_in_hand_stays_as_it_is() -> None:
    own = {"properties": {"at": {"$ref": "urn:cleankit:briefing:2#/$defs/span"}}}
    before = copy.deepcopy(own)
    assert [one.at for one in validate({"at": 1}, own)] == ["/at"]
    assert own == before


def test_the_network_is_never_asked(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a socket was opened")

    monkeypatch.setattr(socket, "socket", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    for target in ("https://schemas.example/a.json", "urn:nowhere", "a.json"):
        with pytest.raises(UsageError):
            validate(GOOD, {"properties": {"title": {"$ref": target}}})


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3),
    max_leaves=8,
)


@settings(max_examples=150)
@given(JSON, st.sampled_from(sorted(GOOD)))
def test_any_value_is_judged_without_a_crash(value: object, name: str) -> None:
    for finding in validate({**GOOD, name: value}):
        assert isinstance(finding.at, str)
        assert finding.at.startswith(f"/{name}") or finding.rule.startswith("briefing/")
    validate(value)
