"""What there is to say of every rule, be it a file or written in Python."""

from __future__ import annotations

import sys
from typing import NamedTuple

from cleankit import plugins, recipe
from cleankit.config import Choice
from cleankit.model import About, Document, Safety
from cleankit.page import Filter
from cleankit.pipeline import Pipeline, Stage
from cleankit.rules import Case, Rule


class Entry(NamedTuple):
    """A rule as its page shows it. `rule` is the data form, which a rule written in Python has not."""

    about: About
    path: str
    examples: tuple[Case, ...]
    rule: Rule | None = None

    @property
    def kind(self) -> str:
        return self.rule.kind if self.rule else "python"

    @property
    def languages(self) -> tuple[str, ...]:
        return self.rule.languages if self.rule else ()

    @property
    def keeps(self) -> tuple[Case, ...]:
        return self.rule.keeps if self.rule else ()


def entries(choice: Choice) -> dict[str, Entry]:
    """Every rule there is with what was settled, wanted or not, by its id, sorted. Raises UsageError."""
    looks = [look for stage in recipe.stages((), plugins.filters(choice.plugins)) for look in stage.filters]
    found = {about.rule: Entry(about, _source(look), _shown(look, about)) for look in looks for about in look.about}
    for rule in recipe.rules(choice):
        found[rule.id] = Entry(About(rule.id, rule.level, rule.summary, rule.why), rule.path, rule.examples, rule)
    return dict(sorted(found.items()))


def _source(look: Filter) -> str:
    look = look.look if isinstance(look, plugins.Plugged) else look
    return getattr(sys.modules.get(type(look).__module__), "__file__", None) or ""


def _shown(look: Filter, about: About) -> tuple[Case, ...]:
    """The example of a rule written in Python, with what its filter makes of it."""
    if not about.example:
        return ()
    pipeline = Pipeline((Stage("one", (look,)),), Safety.SUGGESTED)
    return (Case("", about.example, pipeline.run(Document("example", about.example)).result.text),)
