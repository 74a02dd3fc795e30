"""Checks a briefing against its JSON Schema, without the network, and says what is wrong, where, and what to try."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import islice
from typing import Any

from cleankit.briefing import consistency, schemas
from cleankit.briefing.jsontext import pointer, type_of
from cleankit.briefing.model import SCHEMA
from cleankit.briefing.schemas import Given, Schema
from cleankit.errors import CleankitError, UsageError, meant
from cleankit.model import About, Finding, Safety, Severity

RULE = "schema"
KEYWORDS = {
    "type": "A value of another type than the schema asks for.",
    "enum": "A value that is none of those listed.",
    "const": "A value that is not the only one there can be.",
    "required": "A property that has to be there is not.",
    "additionalProperties": "A property that the schema does not know.",
    "unevaluatedProperties": "A property that no part of the schema knows.",
    "propertyNames": "A property whose name is not allowed.",
    "minProperties": "An object with too few properties.",
    "maxProperties": "An object with too many properties.",
    "dependentRequired": "A property that another one asks for is not there.",
    "pattern": "A text that does not have the form it should.",
    "format": "A date, an address or the like that is none.",
    "minLength": "A text that is too short.",
    "maxLength": "A text that is too long.",
    "minItems": "A list with too few items.",
    "maxItems": "A list with too many items.",
    "uniqueItems": "A list with an item that is there twice.",
    "contains": "A list without an item that it has to hold.",
    "items": "An item that should not be in its list.",
    "unevaluatedItems": "An item that no part of the schema knows.",
    "minimum": "A number that is too small.",
    "maximum": "A number that is too large.",
    "exclusiveMinimum": "A number that is too small.",
    "exclusiveMaximum": "A number that is too large.",
    "multipleOf": "A number that is no multiple of what it should be one of.",
    "anyOf": "A value that fits none of several forms.",
    "oneOf": "A value that does not fit one form alone.",
    "not": "A value that has a form it must not have.",
    "false": "A value where none may stand.",
    "more": "A document with more errors than are shown.",
}
OF_KEYS = frozenset({f"{RULE}/additional-properties"})  # where the key is wrong, not its value
MOST = 1000  # errors of a document that are looked for: who has as many has another kind of document
SHOWN = 60  # characters of a wrong value that a message repeats: enough to find it by


def validate(data: Any, schema: Given = None) -> tuple[Finding, ...]:
    """What is wrong with `data`, in its own order; nothing where it is valid.

    `schema` is a file or a schema as read; without it, that of briefings. Each finding's `at` is a JSON Pointer into
    `data`, its rule `schema/KEYWORD`. Raises UsageError where the schema cannot be used, CleankitError where the two
    together lead too deep.
    """
    return against(data, schemas.load((schema,)))


def against(data: Any, wanted: Sequence[Schema]) -> tuple[Finding, ...]:
    """What several loaded schemas have to say; where it is more than one, the evidence tells which of them does."""
    told: list[tuple[list[str], Finding, Schema]] = []
    for schema in wanted:
        found = [] if schema.fits and schema.fits(data) else _told(data, schema)
        if not found and schema.name == SCHEMA:
            found = [([], finding) for finding in consistency.check(data)]
        told += ((place, finding, schema) for place, finding in found)
    told.sort(key=lambda one: one[0])
    if len(wanted) == 1:
        return tuple(dict.fromkeys(finding for _, finding, _ in told))
    return tuple(dict.fromkeys(replace(finding, evidence=(("schema", schema.place),)) for _, finding, schema in told))


def abouts() -> tuple[About, ...]:
    """What the keywords of schemas can find, and what the parts of a briefing can be at odds about."""
    why = "Programs that read these documents rely on their schema."
    keywords = sorted(KEYWORDS.items())
    said = (About(f"{RULE}/{_kebab(keyword)}", Safety.FLAG, summary, why) for keyword, summary in keywords)
    return (*consistency.abouts(), *said)


def _told(data: Any, schema: Schema) -> list[tuple[list[str], Finding]]:
    from jsonschema.exceptions import UnknownType
    from referencing.exceptions import Unresolvable

    try:
        leaves = (leaf for error in schema.validator.iter_errors(data) for leaf in _leaves(error))
        told = [(_in_order(leaf), finding) for leaf in islice(leaves, MOST) for finding in _findings(leaf)]
        if next(leaves, None) is not None:
            told.append(
                ([], _finding("more", "", f"the document has more than these {MOST:,} errors: mend them first"))
            )
        return told
    except RecursionError as error:
        problem = "leads deeper and deeper: it refers to itself, or the document is nested too deeply for it"
        raise CleankitError(f"{schema.place}: {problem}") from error
    # in parts that only a reference makes schemas
    except UnknownType as error:
        raise UsageError(f"{schema.place}: is no JSON Schema: {error.type!r} is no type") from error
    except Unresolvable as error:
        raise UsageError(f"{schema.place}: $ref {error.ref!r} leads nowhere: copy what it means under $defs") from error


def _in_order(error: Any) -> list[str]:
    return [f"{part:09}" if isinstance(part, int) else str(part) for part in error.absolute_path]


def _leaves(error: Any) -> Iterator[Any]:
    """The error that names the trouble: of `anyOf`, the branch that came nearest."""
    if error.validator in ("anyOf", "oneOf") and error.context:
        from jsonschema.exceptions import best_match

        # a branch of another type was not meant; one of the right type failed further in
        near = [one for one in error.context if one.validator != "type" or one.path]
        if near:
            best = best_match(iter(near))
            if best is not None:
                yield from _leaves(best)
                return
    yield error


def _findings(error: Any) -> Iterator[Finding]:
    at, keyword = pointer(error.absolute_path), str(error.validator or "false")
    if keyword == "required" and isinstance(error.validator_value, list):
        missing = [name for name in error.validator_value if name not in error.instance]
        for name in missing:
            problem = f"{_where(at)} lacks {name!r}: add it, null or empty if not known"
            yield _finding(keyword, at + pointer([name]), problem)
    elif keyword == "additionalProperties" and error.validator_value is False:
        allowed = list(error.schema.get("properties", {}))
        forms = list(error.schema.get("patternProperties", {}))
        for name in error.instance:
            if name not in allowed and not any(re.search(form, name) for form in forms):
                yield _finding(keyword, at + pointer([name]), _unknown(name, [*allowed, *forms], at))
    else:
        yield _finding(keyword, at, _message(error, at))


def _finding(keyword: str, at: str, message: str) -> Finding:
    return Finding(f"{RULE}/{_kebab(keyword)}", message, at, Severity.ERROR)


def _kebab(keyword: str) -> str:
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in keyword).strip("-$")


def _where(at: str) -> str:
    return at or "the document"


def _unknown(name: str, allowed: list[str], at: str) -> str:
    hint = meant(name, allowed, f"known here: {', '.join(allowed) or 'none at all'}", form=repr)
    return f"{_where(at)} has no property {name!r}: {hint}"


def _message(error: Any, at: str) -> str:
    where, wanted, value = _where(at), error.validator_value, _short(error.instance)
    match error.validator:
        case None:
            return f"{where} holds {value} where nothing may stand"
        case "type":
            kinds = [wanted] if isinstance(wanted, str) else list(wanted)
            return f"{where} is {type_of(error.instance)} ({value}): it must be {' or '.join(kinds)}"
        case "enum":
            return f"{where} is {value}: it must be one of {', '.join(json.dumps(one) for one in wanted)}"
        case "const":
            return f"{where} is {value}: it must be {json.dumps(wanted)}"
        case "pattern":
            return f"{where} is {value}, which does not have the form {wanted}{_example(error)}"
        case "format":
            return f"{where} is {value}: it must be a {wanted} that exists{_example(error)}"
        case "minLength" | "minItems":
            return f"{where} is too short ({value}): it needs at least {wanted}"
        case "maxLength" | "maxItems":
            return f"{where} is too long ({value}): it holds at most {wanted}"
        case "minimum" | "maximum":
            bound = "least" if error.validator == "minimum" else "most"
            return f"{where} is {value}: it must be at {bound} {wanted}"
        case "anyOf" | "oneOf":
            kinds = [str(one.get("type", one.get("$ref", "another form"))).rpartition("/")[2] for one in wanted]
            return f"{where} is {type_of(error.instance)} ({value}): it must be {' or '.join(kinds)}"
        case _:
            return f"{where}: {error.message[:300]}"


def _example(error: Any) -> str:
    examples = error.schema.get("examples") or ()
    return f", for example {json.dumps(examples[0], ensure_ascii=False)}" if examples else ""


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"
