"""The schemas that documents are held against: read, checked, and tied to one another without the network."""

from __future__ import annotations

import os
import posixpath
from collections.abc import Iterator, Mapping, Sequence
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import unquote, urldefrag, urljoin, urlsplit

from cleankit import resources
from cleankit.briefing import jsontext, quick
from cleankit.briefing.quick import Fits
from cleankit.errors import UsageError

if TYPE_CHECKING:
    from jsonschema.protocols import Validator

Given = Path | Mapping[str, Any] | None  # a file, a schema as read, or (None) that of briefings

DRAFT = "https://json-schema.org/draft/2020-12/schema"
_TRY = "give the schema that it means with --schema, too, or copy it under $defs"
_OUTSIDE = ("http", "https", "ftp")
_NAMELESS = "urn:cleankit:given"  # the address of a schema that comes from no file
_DATA = frozenset({"const", "enum", "examples", "default"})  # what stands below these is no schema
_NAMES = frozenset({"properties", "patternProperties", "$defs", "definitions", "dependentSchemas"})


class Schema(NamedTuple):
    """A schema that can be used. `place` is what messages call it, `name` its address.

    `fits` answers fast, where it can be asked; what does not fit is put into words by `validator`.
    """

    place: str
    name: str
    validator: Validator
    fits: Fits | None = None


def load(given: Sequence[Given] = (None,)) -> tuple[Schema, ...]:
    """Schemas that may refer to one another, to those that ship with cleankit, and to files beside them.

    Raises UsageError naming the file, and the place in it, where one cannot be used.
    """
    files = [resources.schema("briefing") if one is None else one for one in given if not isinstance(one, Mapping)]
    if len(files) == len(given):
        return _of_files(tuple((path, _changed(path)) for path in dict.fromkeys(files)))
    return _tied([_from_file(one) if isinstance(one, Path) else _as_read(one) for one in given])


def place(given: Given) -> str:
    """What messages call a schema."""
    if isinstance(given, Path):
        return str(given)
    return str(given.get("$id", "the schema")) if given else "briefing.schema.json"


def _changed(path: Path) -> int:
    try:
        return path.stat().st_mtime_ns
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}; check the path") from error


@cache
def _of_files(states: tuple[tuple[Path, int], ...]) -> tuple[Schema, ...]:
    """Made once for each state of the files."""
    return _tied([_from_file(path) for path, _ in states])


class _Root(NamedTuple):
    """A schema as it was read. `address` is where it was found, `name` what it calls itself, both as URIs."""

    place: str
    address: str
    kind: type[Validator]
    contents: Any
    path: Path | None = None

    @property
    def name(self) -> str:
        own = _own_name(self.contents, self.kind)
        return urldefrag(urljoin(self.address, own))[0] if own else self.address


def _as_read(given: Given) -> _Root:
    return _Root(place(given), _NAMELESS, _kind(given, place(given)), _copy(given))


def _copy(schema: Any) -> Any:
    """The caller's own schema stays as it is."""
    if isinstance(schema, Mapping):
        return {name: _copy(value) for name, value in schema.items()}
    return [_copy(value) for value in schema] if isinstance(schema, list | tuple) else schema


def _from_file(path: Path, address: str = "") -> _Root:
    contents = _json(path)
    address = address or Path(os.path.abspath(path)).as_uri()  # noqa: PTH100 - a link has neighbours of its own
    return _Root(str(path), address, _kind(contents, str(path)), contents, path)


def _json(path: Path) -> Any:
    text = ""
    try:
        text = jsontext.decode(path.read_bytes())
        return jsontext.read(text)
    except OSError as error:
        raise UsageError(f"{path}: cannot be read: {error.strerror or error}; check the path") from error
    except jsontext.JsonProblem as error:
        where = "" if error.offset is None else ":{}:{}".format(*jsontext.Rows(text).of(error.offset))
        raise UsageError(f"{path}{where}: {error.problem}") from error


def _kind(schema: Any, called: str) -> type[Validator]:
    """The draft that a schema is written in, and fits."""
    from jsonschema import Draft202012Validator
    from jsonschema.exceptions import SchemaError
    from jsonschema.validators import validator_for

    if not isinstance(schema, Mapping | bool):
        raise UsageError(f"{called}: is no JSON Schema: it must be an object, not {jsontext.type_of(schema)}")
    kind = validator_for(schema, default=Draft202012Validator)
    declared = schema.get("$schema") if isinstance(schema, Mapping) else None
    if declared is not None and str(declared).rstrip("#") != _dialect(kind).rstrip("#"):
        raise UsageError(f"{called}: /$schema: {declared!r} is no draft known here; try {DRAFT}")
    try:
        kind.check_schema(dict(schema) if isinstance(schema, Mapping) else schema)  # type: ignore[arg-type]
    except SchemaError as error:
        at = jsontext.pointer(error.absolute_path) or "at its root"
        raise UsageError(f"{called}: is no JSON Schema: {at}: {error.message}") from error
    except RecursionError as error:
        raise UsageError(f"{called}: is nested too deeply for a schema") from error
    return kind


def _dialect(kind: type[Validator]) -> str:
    return str(kind.META_SCHEMA["$schema"])


def _own_name(schema: Any, kind: type[Validator]) -> str | None:
    from referencing.jsonschema import specification_with

    return specification_with(_dialect(kind)).id_of(schema) if isinstance(schema, Mapping) else None


def _tied(roots: Sequence[_Root]) -> tuple[Schema, ...]:
    """Validators over one registry that holds all they lead to; every reference has been followed once."""
    from jsonschema_specifications import REGISTRY  # type: ignore[import-untyped]

    # what is not in the registry cannot be reached: there is nothing that would fetch it
    registry = _with(REGISTRY, {name: root for root in roots for name in (root.address, root.name)})
    _no_doubles(roots)
    pending = list(roots)
    while pending:
        root = pending.pop()
        for ref in _references(root):
            if ref.target not in registry:
                found = _from_file(_file(ref, root), ref.target)
                registry = _with(registry, {found.address: found, found.name: found})
                pending.append(found)
            _look_up(ref, registry, root)
            if not ref.says.startswith("#"):
                # written out, it leads to the same place by whatever address its schema is read
                ref.holder[ref.key] = urljoin(ref.base, ref.says)
    known = {address: registry[address].contents for address in registry if address not in REGISTRY}
    return tuple(_usable(root, registry, known) for root in roots)


def _usable(root: _Root, registry: Any, known: Mapping[str, Any]) -> Schema:
    validator = root.kind({"$ref": root.name}, registry=registry, format_checker=root.kind.FORMAT_CHECKER)
    # it counts numbers and letters by the rules of the last draft, and walks in circles without a word
    may_be_quick = _dialect(root.kind) == DRAFT and not _is_circle(validator)
    return Schema(root.place, root.name, validator, quick.check(root.name, known) if may_be_quick else None)


def _is_circle(validator: Validator) -> bool:
    """Whether a schema leads back to itself for the same value."""
    try:
        values: tuple[Any, ...] = (None, {}, [], "", 0)
        for value in values:
            validator.is_valid(value)
    except Exception:  # what is wrong is said in words where a document is held against it
        return True
    return False


def _with(registry: Any, roots: Mapping[str, _Root]) -> Any:
    from referencing.jsonschema import specification_with

    pairs = (
        (name, specification_with(_dialect(root.kind)).create_resource(root.contents)) for name, root in roots.items()
    )
    return registry.with_resources(pairs).crawl()


def _no_doubles(roots: Sequence[_Root]) -> None:
    seen: dict[str, str] = {}
    for root in roots:
        other = seen.setdefault(root.name, root.place)
        if other != root.place:
            raise UsageError(f"{root.place}: /$id: {root.name!r} is that of {other}, too; rename one")


class _Reference(NamedTuple):
    """A `$ref`: where it stands, what it says, and the address that it is counted from and that it leads to."""

    holder: dict[str, Any]
    key: str
    at: str
    says: str
    base: str
    target: str


def _references(root: _Root) -> Iterator[_Reference]:
    """Every reference in a schema. A list holds what is still to be looked at: a schema may be any depth."""
    pending: list[tuple[Any, str, str, bool]] = [(root.contents, "", root.address, False)]
    while pending:
        schema, at, base, only_names = pending.pop()
        if isinstance(schema, list):
            pending += ((value, f"{at}/{number}", base, False) for number, value in enumerate(schema))
        elif isinstance(schema, dict):
            if not only_names:
                own = _own_name(schema, root.kind)
                base = urldefrag(urljoin(base, own))[0] if own else base
            for name, value in schema.items():
                here = at + jsontext.pointer([name])
                if not only_names and name in ("$ref", "$dynamicRef") and isinstance(value, str):
                    target = base if value.startswith("#") else urldefrag(urljoin(base, value))[0]
                    yield _Reference(schema, name, here, value, base, target)
                elif only_names or name not in _DATA:
                    pending.append((value, here, base, not only_names and name in _NAMES))


def _file(ref: _Reference, root: _Root) -> Path:
    """The file that a reference leads to. Raises UsageError where there is none."""
    parts = urlsplit(ref.target)
    path: Path | None = None
    if ref.target.startswith("urn:cleankit:"):
        path = _shipped(ref.target)
    elif parts.scheme == "file" and not parts.netloc:
        path = Path(unquote(parts.path))
    elif root.path and parts[:2] == urlsplit(root.name)[:2]:
        # schemas that have their addresses from a site lie beside one another here as they do there
        way = posixpath.relpath(parts.path, posixpath.dirname(urlsplit(root.name).path))
        path = root.path.parent / unquote(way)
    if path and path.is_file():
        # named as people would name it from here
        return path.relative_to(Path.cwd()) if path.is_relative_to(Path.cwd()) else path
    why = "points to the network, which is never asked" if parts.scheme in _OUTSIDE else "leads nowhere"
    raise UsageError(f"{root.place}: {ref.at}: {ref.says!r} {why}: {_TRY}")


def _shipped(urn: str) -> Path | None:
    try:
        path = resources.schema(urn.split(":")[2])
    except UsageError:
        return None
    return path if _json(path).get("$id") == urn else None


def _look_up(ref: _Reference, registry: Any, root: _Root) -> None:
    from referencing.exceptions import Unresolvable

    try:
        registry.resolver(ref.base).lookup(ref.says)
    except Unresolvable as error:
        raise UsageError(f"{root.place}: {ref.at}: {ref.says!r} leads nowhere: {_TRY}") from error
