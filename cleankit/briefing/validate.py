"""Checks a briefing against its JSON Schema, without the network, and says what is wrong, where, and what to try."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from cleankit import resources
from cleankit.errors import CleankitError, UsageError
from cleankit.model import Finding, Severity

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

RULE = "schema"
DRAFT = "https://json-schema.org/draft/2020-12/schema"
_OUTSIDE = ("http:", "https:", "ftp:", "file:")
SHOWN = 60  # characters of a wrong value that a message repeats: enough to find it by


def validate(data: Any, schema: Path | Mapping[str, Any] | None = None) -> tuple[Finding, ...]:
    """What is wrong with `data`, in its own order; nothing where it is valid.

    `schema` is a file or a schema as read; without it, that of briefings. Each finding's `at` is a JSON Pointer into
    `data`, its rule `schema/KEYWORD`. Raises UsageError where the schema cannot be used, CleankitError where the two
    together lead too deep.
    """
    validator = _validator(schema)
    try:
        errors = [leaf for error in validator.iter_errors(data) for leaf in _leaves(error)]
    except RecursionError as error:
        problem = "leads deeper and deeper: it refers to itself, or the document is nested too deeply for it"
        raise CleankitError(f"{_place(schema)}: {problem}") from error
    except Exception as error:
        if _unresolvable(error):
            raise UsageError(f"{_place(schema)}: {_unresolvable(error)}") from error
        raise
    errors.sort(key=_in_order)
    found = (finding for error in errors for finding in _findings(error))
    return tuple(dict.fromkeys(found))


def _in_order(error: Any) -> list[str]:
    return [f"{part:09}" if isinstance(part, int) else str(part) for part in error.absolute_path]


def pointer(path: object) -> str:
    """A path of keys and numbers as a JSON Pointer (RFC 6901).

    >>> pointer(["turns", 0, "a/b"])
    '/turns/0/a~1b'
    """
    parts: Any = path
    return "".join("/" + str(part).replace("~", "~0").replace("/", "~1") for part in parts)


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
    at, keyword = pointer(error.absolute_path), str(error.validator)
    if keyword == "required":
        missing = [name for name in error.validator_value if name not in error.instance]
        for name in missing:
            yield _finding(keyword, f"{at}/{name}", f"{_where(at)} lacks {name!r}: add it, null or empty if not known")
    elif keyword == "additionalProperties":
        allowed = list(error.schema.get("properties", {}))
        for name in error.instance:
            if name not in allowed:
                yield _finding(keyword, pointer([*error.absolute_path, name]), _unknown(name, allowed, at))
    else:
        yield _finding(keyword, at, _message(error, at))


def _finding(keyword: str, at: str, message: str) -> Finding:
    return Finding(f"{RULE}/{_kebab(keyword)}", message, at, Severity.ERROR)


def _kebab(keyword: str) -> str:
    return "".join(f"-{c.lower()}" if c.isupper() else c for c in keyword).strip("-$")


def _where(at: str) -> str:
    return at or "the document"


def _unknown(name: str, allowed: list[str], at: str) -> str:
    from difflib import get_close_matches

    near = get_close_matches(name, allowed, 1)
    hint = f"did you mean {near[0]!r}?" if near else f"known here: {', '.join(allowed)}"
    return f"{_where(at)} has no property {name!r}: {hint}"


def _message(error: Any, at: str) -> str:
    where, wanted, value = _where(at), error.validator_value, _short(error.instance)
    match error.validator:
        case "type":
            kinds = [wanted] if isinstance(wanted, str) else list(wanted)
            return f"{where} is {_type(error.instance)} ({value}): it must be {' or '.join(kinds)}"
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
            return f"{where} is {_type(error.instance)} ({value}): it must be {' or '.join(kinds)}"
        case _:
            return f"{where}: {error.message[:300]}"


def _example(error: Any) -> str:
    examples = error.schema.get("examples") or ()
    return f", for example {json.dumps(examples[0], ensure_ascii=False)}" if examples else ""


def _short(value: object) -> str:
    text = json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= SHOWN else text[: SHOWN - 1] + "…"


def _type(value: object) -> str:
    if value is None:
        return "null"
    names = {bool: "boolean", int: "integer", float: "number", str: "string", list: "array", dict: "object"}
    return names.get(type(value), type(value).__name__)


def _place(schema: Path | Mapping[str, Any] | None) -> str:
    if isinstance(schema, Path):
        return str(schema)
    return str(schema.get("$id", "the schema")) if schema else "briefing.schema.json"


def _validator(schema: Path | Mapping[str, Any] | None) -> Validator:
    if schema is None:
        return _of_file(resources.schema("briefing"), 0)
    if isinstance(schema, Path):
        try:
            return _of_file(schema, schema.stat().st_mtime_ns)
        except OSError as error:
            raise UsageError(f"{schema}: cannot be read: {error.strerror or error}; check the path") from error
        except RecursionError as error:
            raise UsageError(f"{schema}: is nested too deeply for a schema") from error
    return _compiled(schema, _place(schema))


@cache
def _of_file(path: Path, changed: int) -> Validator:
    """One validator for each state of a file."""
    try:
        schema = json.loads(path.read_bytes())
    except UnicodeDecodeError as error:
        raise UsageError(f"{path}: is not JSON: byte {error.start} is not {error.encoding}") from error
    except json.JSONDecodeError as error:
        raise UsageError(f"{path}:{error.lineno}:{error.colno}: is not JSON: {error.msg}") from error
    return _compiled(schema, str(path))


def _compiled(schema: Any, place: str) -> Validator:
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import SchemaError
    from jsonschema.validators import validator_for

    if not isinstance(schema, Mapping | bool):
        raise UsageError(f"{place}: is no JSON Schema: it must be an object, not {_type(schema)}")
    kind = validator_for(schema, default=Draft202012Validator)
    declared = schema.get("$schema") if isinstance(schema, Mapping) else None
    if declared is not None and str(declared).rstrip("#") != str(kind.META_SCHEMA.get("$id", "")).rstrip("#"):
        raise UsageError(f"{place}: /$schema: {declared!r} is no draft known here; try {DRAFT}")
    try:
        kind.check_schema(dict(schema) if isinstance(schema, Mapping) else schema)  # type: ignore[arg-type]
    except SchemaError as error:
        at = pointer(error.absolute_path) or "at its root"
        raise UsageError(f"{place}: is no JSON Schema: {at}: {error.message}") from error
    remote = next(_remote(schema), None)
    if remote:
        why = "points to the network, which is never asked: copy it under $defs"
        raise UsageError(f"{place}: {remote[0]}: {remote[1]!r} {why}")
    validator: Validator = kind(schema, registry=_registry(), format_checker=kind.FORMAT_CHECKER)
    return validator


def _remote(schema: object, at: str = "", inside: tuple[str, ...] = ()) -> Iterator[tuple[str, str]]:
    """The `$ref`s to other places than the schema itself, with their JSON Pointers."""
    if isinstance(schema, Mapping):
        own = schema.get("$id")
        inside = (*inside, str(own)) if isinstance(own, str) else inside
        for name, value in schema.items():
            here = f"{at}{pointer([name])}"
            if name in ("$ref", "$dynamicRef") and isinstance(value, str):
                target = value.partition("#")[0]
                if target.startswith(_OUTSIDE) and target not in inside and not _known(target):
                    yield here, value
            elif name not in ("const", "enum", "examples", "default"):
                yield from _remote(value, here, inside)
    elif isinstance(schema, list):
        for number, value in enumerate(schema):
            yield from _remote(value, f"{at}/{number}", inside)


def _known(uri: str) -> bool:
    try:
        _registry().get_or_retrieve(uri)
    except LookupError:
        return False
    return True


@cache
def _registry() -> Any:
    """The drafts themselves and nothing else: what is not there cannot be fetched."""
    from jsonschema_specifications import REGISTRY  # type: ignore[import-untyped]

    return REGISTRY


def _unresolvable(error: Exception) -> str:
    from referencing.exceptions import Unresolvable

    seen: BaseException | None = error
    while seen is not None:
        if isinstance(seen, Unresolvable):
            return f"$ref {seen.ref!r} leads nowhere: schemas are never fetched, put it under $defs"
        seen = seen.__cause__ or seen.__context__
    return ""
