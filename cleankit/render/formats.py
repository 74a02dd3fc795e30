"""The forms in which findings are written, each for its readers: people, programs, and what runs in CI."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator

from cleankit.errors import UsageError
from cleankit.model import About, Finding
from cleankit.render.item import Item

FORMATS = ("text", "json", "jsonl", "github", "sarif", "junit")


def write(
    format: str,
    items: Iterable[Item],
    about: Iterable[About] = (),
    *,
    fails: Callable[[Finding], bool] | None = None,
    tell: Callable[[str], None] | None = None,
    lost: Callable[[str, str], None] | None = None,
) -> Iterator[str]:
    """The lines of the output, without their line ends; text, jsonl and github give them as the items come.

    `about` are the rules that may be named; it is read only where their words are shown. `fails` says which findings
    count against a document (junit); without it all do. `tell` is given, in a sentence, what the output leaves out;
    `lost` the path and the problem of a document with findings that cannot be shown where they are (sarif, github).
    Text, json and jsonl leave problems to the caller, who has an exit code for them.
    """
    match format:
        case "text":
            from cleankit.render.lines import lines

            return (line for item in items for line in lines(item.path, item.text, item.findings))
        case "json":
            from cleankit.render.records import as_list, records

            return as_list(record for item in items for record in records(item.path, item.text, item.findings))
        case "jsonl":
            from cleankit.render.records import as_line, records

            return (as_line(record) for item in items for record in records(item.path, item.text, item.findings))
        case "github":
            from cleankit.render.github import commands

            return commands(items, lost or _nowhere)
        case "sarif":
            from cleankit.render.sarif import log

            return log(items, about, tell or _nobody, lost or _nowhere)
        case "junit":
            from cleankit.render.junit import cases

            return cases(items, fails or _every)
    raise UsageError(f"no format named {format!r}: there are {', '.join(FORMATS)}")


def _nobody(_: str) -> None:
    pass


def _nowhere(_: str, __: str) -> None:
    pass


def _every(_: Finding) -> bool:
    return True
