"""The block of metadata that static-site tools and archives write at the top of a text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from cleankit.lazy import expression
from cleankit.model import About, Finding, Safety, deletion
from cleankit.page import Page

FRONT_MATTER = About(
    "page/front-matter",
    Safety.SAFE,
    "A block of metadata between `---` or `+++` at the top of the page.",
    "Its fields are about the text and no part of it; they are kept as evidence.",
    "---\ntitle: The harbour opens\ndate: 2021-05-04\n---\nThe harbour opened on Monday.\n",
)

_KEY = expression(r"[A-Za-z_][\w .-]{0,60}$")
# One of these is in every block seen; without it `---` may be two rules around a dialogue of `Name: words` lines.
_USUAL = frozenset(
    (
        "author", "authors", "categories", "category", "date", "description", "draft", "id", "lang", "language",
        "layout", "link", "modified", "modified_time", "permalink", "published", "published_at", "published_time",
        "slug", "source", "source_url", "summary", "tag", "tags", "title", "type", "updated", "url",
    )
)  # fmt: skip
MAX_LINES = 200  # blocks have 5 to 30; this bounds the search for a closing rule


class FrontMatter:
    """Takes the block out if it is valid YAML or TOML and a table; else it may be two rules and a text between."""

    name = "front-matter"
    about = (FRONT_MATTER,)

    def __call__(self, page: Page) -> Iterator[Finding]:
        if not page.text[:16].lstrip("\ufeff \t\r\n").startswith(("---", "+++")):
            return
        start, first = 0, 0
        # a second block right behind the first is one too: taken out alone, the first would bring it to the top
        while found := _block(page, first):
            close, fields = found
            stop = page.lines[close].stop
            evidence = [("tells", "front-matter")]
            evidence += ((k, str(v).strip()) for k, v in fields.items() if k != "tells" and _is_scalar(v))
            yield deletion(FRONT_MATTER.rule, FRONT_MATTER.summary, page.text, start, stop, evidence=tuple(evidence))
            start, first = stop, close + 1


def _block(page: Page, at: int) -> tuple[int, dict[str, Any]] | None:
    """The closing line and the fields of the block that begins at or behind a line, blank lines aside."""
    count = len(page.lines)
    first = next((i for i in range(at, count) if page.line_text(i).strip("\ufeff ")), count)
    fence = page.line_text(first).strip("\ufeff ") if first < count else ""
    if fence not in ("---", "+++"):
        return None
    closing = ("---", "...") if fence == "---" else ("+++",)
    close = next((i for i in range(first + 1, min(count, first + MAX_LINES)) if page.line_text(i) in closing), None)
    if close is None:
        return None
    inside = page.text[page.lines[first].stop : page.lines[close].start].replace("\r\n", "\n").replace("\r", "\n")
    fields = _yaml(inside) if fence == "---" else _toml(inside)
    keys_fit = all(isinstance(key, str) and _KEY.match(key) for key in fields)
    return (close, fields) if keys_fit and _USUAL.intersection(key.lower() for key in fields) else None


def _yaml(text: str) -> dict[str, Any]:
    import yaml

    try:
        # every scalar as the string that stands there: a date stays as it was written
        table = yaml.load(text, Loader=yaml.BaseLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return {}
    return table if isinstance(table, dict) else {}


def _toml(text: str) -> dict[str, Any]:
    import tomllib

    try:
        return tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError):
        return {}


def _is_scalar(value: object) -> bool:
    return value is not None and not isinstance(value, (dict, list))
