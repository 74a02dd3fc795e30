"""A rule as a page for people: what it finds, why that does not belong, and an example as a diff."""

from __future__ import annotations

from collections.abc import Iterator

from cleankit.model import About
from cleankit.render.diff import unified
from cleankit.rules import Rule


def page(about: About, rule: Rule | None) -> Iterator[str]:
    """`rule` is the data form, which filters written in Python have not."""
    yield f"{about.rule}  ({about.level})"
    yield ""
    yield about.summary
    yield about.why
    if rule is None:
        return
    if rule.languages:
        yield f"Languages: {', '.join(rule.languages)}"
    for case in rule.examples:
        yield ""
        yield f"Example: {case.name}"
        if case.text == case.clean:
            yield from ("    " + line for line in case.text.splitlines())
        else:
            # from the third line on: a rule's example has no file names
            yield from ("    " + line for line in list(unified(case.text, case.clean, "", ""))[2:] if line[:2] != "@@")
    yield ""
    yield "Left alone:"
    yield from (f"  - {case.name}" for case in rule.keeps)
