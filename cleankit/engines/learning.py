"""What `learn` does: counts the lines of many pages, and makes rules of what repeats around their texts."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import NamedTuple

from cleankit import corpus, recipe
from cleankit.config import Choice
from cleankit.corpus import STDIN
from cleankit.engines.job import Failure, told
from cleankit.engines.local import spread
from cleankit.engines.plan import Plan, Task
from cleankit.errors import UsageError, WriteError
from cleankit.filters.front_matter import FrontMatter
from cleankit.learn import evidence, judge, sites
from cleankit.learn.lines import forms
from cleankit.learn.proposal import Proposal, Site, proposals
from cleankit.learn.store import Entry, Group, Store, entry
from cleankit.model import Document
from cleankit.page import Page
from cleankit.pipeline import Pipeline

# Pages handed to the processes at a time: what comes back is held until it is counted.
PACKS = "packs"  # in a run folder: the rules that it was cleaned with
SLICE = 1000
NAMED = 3  # sites with too few pages that are named; of a crawl there may be thousands


class How(NamedTuple):
    """What is settled for learning: how pages are put together, and on how many of a site's a line has to stand."""

    by: str = sites.HOST  # host, folder, or a field of front matter
    site: str = ""  # all pages are of this one
    least: int = judge.MIN_PAGES
    store: str = ""  # a file in which the counts are kept and gone on from


class Learned(NamedTuple):
    """What was learned of a site with pages enough."""

    site: Site
    copies: int
    pack: str
    proposals: tuple[Proposal, ...]


@dataclass(slots=True)
class Lesson:
    """All that was learned, sites by name, and what could not be read. `packs` are the folders' names by site."""

    sites: list[Learned] = field(default_factory=list)
    small: list[Group] = field(default_factory=list)  # the first of those with too few pages
    smaller: int = 0  # how many there are
    failures: list[Failure] = field(default_factory=list)

    @property
    def proposals(self) -> list[Proposal]:
        return [proposal for learned in self.sites for proposal in learned.proposals]


def check(todo: Plan, how: How) -> None:
    """Refuse what cannot be learned from. Raises UsageError."""
    if any(task.source.path == STDIN for task in todo.tasks):
        raise UsageError("a page tells nothing of others, and standard input is one; give files or folders")
    if how.site and how.by != sites.HOST:
        raise UsageError("--site and --by: either all pages are of one site, or each says of which; give one of them")


@contextmanager
def counted(todo: Plan, how: How, jobs: int = 1) -> Iterator[tuple[Store, list[Failure]]]:
    """A store with the pages of a plan in it, and what could not be read. It is kept if all goes well.

    Raises UsageError for a file that is no store, WriteError where there is no room for the counts.
    """
    try:
        store = Store(how.store)
        whole = False
        try:
            failures = [told(error.path, error) for error in todo.missing]
            added = said = 0
            for one in _entries(todo.tasks, how, jobs):
                if isinstance(one, Failure):
                    failures.append(one)
                else:
                    store.add(one)
                    added, said = added + 1, said + one.says
            if added and not said and how.by not in (sites.HOST, sites.FOLDER):
                raise UsageError(
                    f"--by: no page has a field {how.by!r} in its front matter; give host, folder or a field"
                )
            yield store, failures
            whole = True
        finally:
            store.close(keep=whole)
    except sqlite3.Error as error:
        where = how.store or "the folder for temporary files"
        raise WriteError(
            where, f"cannot hold the counts: {error}; see to the room there, or give --store FILE"
        ) from error


def lesson(store: Store, failures: Sequence[Failure], how: How) -> Lesson:
    """What the counted pages teach."""
    learned = Lesson(failures=list(failures))
    groups: list[Group] = []
    for group in store.groups():
        if group.pages >= how.least:
            groups.append(group)
        else:
            learned.smaller += 1
            learned.small += [group] if len(learned.small) < NAMED else []
    taken = {about.rule.partition("/")[0] for about in recipe.abouts(Choice(plugins=False))}
    packs = sites.packs((group.name for group in groups), taken)
    for group in groups:
        learned.sites.append(_learned(store, group, packs[group.name], how))
    return learned


def plan_with(todo: Plan, store: Store, learned: Lesson, folder: str) -> Plan:
    """The same documents, each with the pack of its site; sites one after the other."""
    packs = {one.site.name: one.pack for one in learned.sites if one.proposals}
    folders = {name: str(Path(folder, pack)) for name, pack in packs.items()}
    tasks = [task._replace(pack=folders.get(store.site_of(task.source.name), "")) for task in todo.tasks]
    return todo._replace(tasks=tuple(sorted(tasks, key=lambda task: task.pack)))


def _learned(store: Store, group: Group, pack: str, how: How) -> Learned:
    least = judge.needed(group.pages, how.least)
    repeating = store.repeating(group, least)
    numbers = {key: number for number, key in enumerate(repeating)}
    lines = list(repeating.values())
    found, judged = evidence.gather(store.pages(group, numbers), lines)
    site = Site(group.name, group.pages, judged, least)
    files = proposals(pack, site, judge.frame(lines, found, group.pages, least), _stays)
    return Learned(site, group.copies, pack, tuple(files))


def _stays(text: str) -> bool:
    """Whether the rules that ship leave a text alone, but for its white space."""
    applied = recipe.default().run(Document("keep", text)).applied
    return all(finding.rule.startswith("space/") for finding in applied)


def _entries(tasks: Sequence[Task], how: How, jobs: int) -> Iterator[Entry | Failure]:
    do: Callable[[Task], Entry | Failure] = partial(look, how=how)
    for start in range(0, len(tasks), SLICE):
        yield from spread(do, tasks[start : start + SLICE], jobs, _same)


def _same(failure: Failure) -> Failure:
    return failure


def look(task: Task, how: How) -> Entry | Failure:
    """A page as the rules for chrome see it: characters repaired, front matter gone. Never raises."""
    try:
        document = corpus.read(task.source, task.settings.encoding)
        text = _repairs(task.settings.choice).run(document).result.text
        fields, text = _front_matter(text)
        name = sites.plain(how.site) or sites.site(task.source.name, fields, how.by)
        return entry(task.source.name, name, sites.has_field(fields, how.by), forms(Page(text)), text)
    except Exception as error:  # one bad page does not end the lesson
        return told(task.source.name, error)


def _repairs(choice: Choice) -> Pipeline:
    built = recipe.build(choice)
    return Pipeline(tuple(stage for stage in built.stages if stage.name in recipe.REPAIRS), built.apply, built.wanted)


def _front_matter(text: str) -> tuple[dict[str, str], str]:
    """The fields of the metadata above a page, and the page without them."""
    fields: dict[str, str] = {}
    stop = 0
    for finding in FrontMatter()(Page(text)):
        fields |= dict(finding.evidence)
        stop = finding.fix.end if finding.fix else stop
    return fields, text[stop:]
