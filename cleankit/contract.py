"""What every filter owes to those who run it: how it describes itself, and what a finding of it may be."""

from __future__ import annotations

import re
from collections.abc import Iterable

from cleankit.model import About, Finding, Safety, Span

_NAME = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def is_name(text: str) -> bool:
    """Whether a text is in kebab-case, as the names of packs, rules and profiles are."""
    return _NAME.fullmatch(text) is not None


def is_rule_id(text: object) -> bool:
    """Whether a text is of the form pack/stem, both in kebab-case."""
    return isinstance(text, str) and text.count("/") == 1 and all(map(is_name, text.split("/")))


def shape(look: object) -> str:
    """What a would-be filter lacks to be one; empty if nothing."""
    name, about = getattr(look, "name", None), getattr(look, "about", None)
    if not callable(look):
        return f"{look!r} cannot be called with a page"
    if not isinstance(name, str) or not name:
        return "has no `name`"
    if not isinstance(about, tuple) or not about or not all(isinstance(entry, About) for entry in about):
        return "has no `about`: a tuple with an About for each rule that it finds things by"
    rules = [entry.rule for entry in about]
    for rule in rules:
        if not is_rule_id(rule):
            return f"the rule id {rule!r} in its `about` is not of the form pack/stem in kebab-case"
        if rules.count(rule) > 1:
            return f"{rule} stands in its `about` twice"
    return ""


def fault(finding: object, text: str, about: Iterable[About]) -> str:
    """What is wrong with a finding of a filter that looked at `text` and is described by `about`; empty if nothing is.

    >>> fault(Finding("space/tabs", "A tab.", Span(3, 9)), "a\\tb", (About("space/tabs", Safety.FLAG, "", ""),))
    'space/tabs points to 3:9 of a text of 3 characters'
    """
    if not isinstance(finding, Finding):
        return f"yields {finding!r}, which is no Finding"
    levels = {entry.rule: entry.level for entry in about}
    rule, at, fix, length = finding.rule, finding.at, finding.fix, len(text)
    if rule not in levels:
        return f"{rule!r} is not among the rules of its `about`: {', '.join(sorted(levels))}"
    if not isinstance(at, Span) or not 0 <= at.start <= at.end <= length:
        place = f"{at.start}:{at.end}" if isinstance(at, Span) else repr(at)
        return f"{rule} points to {place} of a text of {length} characters"
    if finding.safety.rank < levels[rule].rank:
        return f"{rule} is {levels[rule]} in its `about`, and no finding of it may be {finding.safety}"
    if fix is None:
        return "" if finding.safety is Safety.FLAG else f"{rule} is {finding.safety} and has no fix; make it a flag"
    if finding.safety is Safety.FLAG:
        return f"{rule} is a flag and has a fix; a flag only points"
    if not 0 <= fix.start <= fix.end <= length or text[fix.start : fix.end] != fix.old:
        return f"{rule} replaces {fix.old!r}, which does not stand at {fix.start}:{fix.end}"
    return f"{rule} replaces {fix.old!r} by itself" if fix.old == fix.new else ""
