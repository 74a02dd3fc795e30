"""Where the schemas lie: inside an installed package, or beside it in a checkout."""

from __future__ import annotations

from pathlib import Path

from cleankit.errors import UsageError

_PACKAGE = Path(__file__).parent
# a wheel carries them as `_schemas`; an editable install reads those of the checkout
_PLACES = (_PACKAGE / "_schemas", _PACKAGE.parent / "schemas")


def schemas() -> Path:
    """The folder that holds the `*.schema.json` files."""
    for place in _PLACES:
        if place.is_dir():
            return place
    places = " or ".join(map(str, _PLACES))
    raise UsageError(f"no schemas in {places}: the installation is incomplete, install cleankit again")


def schema(name: str) -> Path:
    """The file of one schema, such as `briefing`."""
    path = schemas() / f"{name}.schema.json"
    if not path.is_file():
        there = ", ".join(sorted(one.name.removesuffix(".schema.json") for one in schemas().glob("*.schema.json")))
        raise UsageError(f"no schema named {name!r}: there are {there}")
    return path
