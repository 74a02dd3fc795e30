"""Which documents a command line means, and what holds for each: its configuration, with the options over it."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

from cleankit import config, corpus
from cleankit.config import Choice, Config, Settings
from cleankit.corpus import STDIN, Source
from cleankit.errors import ReadError, UnknownRule, UsageError
from cleankit.suppress.spares import Spares, spares_for

if TYPE_CHECKING:
    from cleankit.corpus.records import Part
    from cleankit.engines.decisions import Decided
    from cleankit.engines.marks import Mark
    from cleankit.guards import Judge
    from cleankit.model import About, Document
    from cleankit.pipeline import Pipeline


@dataclass(frozen=True, slots=True)
class Given:
    """What the command line says over the configurations; None, "" and () where it says nothing."""

    config: str = ""  # a file in the place of the nearest one
    isolated: bool = False
    profile: str | None = None
    select: tuple[str, ...] = ()
    extend_select: tuple[str, ...] = ()
    ignore: tuple[str, ...] = ()
    suggested: bool | None = None
    fail_on: str | None = None
    encoding: str | None = None
    exclude: tuple[str, ...] = ()
    force_exclude: bool = False
    stdin_filename: str = ""
    html: bool = False  # folders stand for their pages of HTML too

    def __post_init__(self) -> None:
        if self.config and self.isolated:
            raise UsageError("--config and --isolated: a file cannot be taken and left at once; give one of them")

    def config_for(self, path: str) -> Config:
        """The configuration of a file; that of the working folder for standard input."""
        if self.config:
            beneath = _loaded(self.config, Path.cwd())
        else:
            beneath = _NOTHING if self.isolated else config.for_file(path)
        return config.with_options(
            beneath,
            profile=self.profile,
            select=self.select,
            extend_select=self.extend_select,
            ignore=self.ignore,
            suggested=self.suggested,
            fail_on=self.fail_on,
            encoding=self.encoding,
            exclude=self.exclude,
        )

    def kept(self, paths: Sequence[str]) -> list[str]:
        """The paths that a command line names, without those that are excluded where that binds them, too."""
        if not self.force_exclude:
            return list(paths)
        return [path for path in paths if path == STDIN or not self.config_for(path).excludes(path)]


_NOTHING = Config()


@cache
def _loaded(path: str, _: Path) -> Config:
    """A file that was named, from the folder it was named in."""
    return config.load(path)


class Task(NamedTuple):
    """A document and what holds for it. It goes to worker processes as it is."""

    source: Source
    settings: Settings = Settings()
    spares: Spares | None = None  # what is left alone in it
    pack: str = ""  # a folder with rules for it and not for all documents, taken as safe whatever they say
    decided: Decided | None = None  # what a person decided about it after an earlier run
    part: Part | None = None  # of a file of records, instead of a page
    recipe: str = ""  # the digest of all that it is done by
    before: Mark | None = None  # what the run has of it already

    def pipeline(self, spares: Spares | None = None) -> Pipeline:
        """What this document is to go through; `spares` in the place of its own."""
        from cleankit import recipe

        choice, spares, decided = self.settings.choice, spares or self.spares, self.decided
        if decided:
            choice = decided.choice(choice, [about.rule for about in recipe.abouts(choice)])
        built = recipe.build_with(choice, self.pack) if self.pack else recipe.build(choice)
        if decided:
            return built.sparing(partial(_judge, spares, decided)).allowing(decided.allows)
        return built.sparing(spares.judge) if spares else built


def _judge(spares: Spares | None, decided: Decided, document: Document) -> Judge:
    """What suppressions say, and what was decided."""
    from cleankit import recipe

    first = spares.judge(document) if spares else None
    second = decided.judge(document, recipe.ASIDE)
    return (lambda finding: first(finding) or second(finding)) if first else second


class Plan(NamedTuple):
    """What is to be done, each document once, and what could not be found."""

    tasks: tuple[Task, ...]
    missing: tuple[ReadError, ...] = ()

    def abouts(self) -> Iterator[About]:
        """What could be found in them, by rule; nothing is done before the first is asked for."""
        from cleankit import recipe

        found = {about.rule: about for choice in self._choices() for about in recipe.abouts(choice)}
        for rule in sorted(found):
            yield found[rule]

    def wants(self, rule: str) -> bool:
        """Whether a rule is looked for in any of them."""
        from cleankit import recipe

        return any(recipe.selection(choice)(rule) for choice in self._choices())

    def _choices(self) -> Iterable[Choice]:
        return dict.fromkeys(task.settings.choice for task in self.tasks)


def build(choice: Choice) -> object:
    """What a choice comes to. The rules and filters are imported when first one is built, which takes a while."""
    from cleankit import recipe

    return recipe.build(choice)


def plan(paths: Sequence[str], given: Given = Given(), cut: int = 0, build: Callable[[Choice], object] = build) -> Plan:
    """Find the documents, and try all that was settled for them: what is wrong with that ends a command here.

    With `cut`, files of records are worked on as such, in parts of about so many bytes, and a folder that holds no
    pages stands for those in it. `build` raises what the recipe does of a choice. Raises UsageError before any document
    is read.
    """
    check(paths, given)
    found = [_found(path, given, records=cut > 0) for path in given.kept(paths)]
    missing = [error for _, errors in found for error in errors]
    tasks: list[Task] = []
    for source in _once(source for sources, _ in found for source in sources):
        task = _task(source, given)
        try:
            tasks += _parts(task, cut) if cut else [task]
        except ReadError as error:
            missing.append(error)
    _try(tasks, given, build)
    return Plan(tuple(tasks), tuple(missing))


def _found(path: str, given: Given, *, records: bool) -> tuple[list[Source], list[ReadError]]:
    def excludes(path: str) -> bool:
        return given.config_for(path).excludes(path, above=False)

    if records and "://" in path:
        return [Source(path.partition("?")[0].rpartition("/")[2], path)], []
    suffix = (corpus.SUFFIX, *corpus.MARKUP) if given.html else corpus.SUFFIX
    sources, errors = corpus.find([path], suffix, excludes)
    if records and not sources and path != STDIN and os.path.isdir(path):  # noqa: PTH112 - a path may be none
        from cleankit.corpus.records import SUFFIXES

        others, _ = corpus.find([path], SUFFIXES, excludes)
        # their suffix tells how they are read and written
        others = [source._replace(id=Path(source.path).relative_to(path).as_posix()) for source in others]
        return (others, []) if others else (sources, errors)
    return sources, errors


def _parts(task: Task, size: int) -> Iterator[Task]:
    """A task for each part of a file of records, or the one of a page. Raises ReadError."""
    from cleankit.corpus.records import format_of, is_records

    source = task.source
    if source.path == STDIN or not is_records(source.path):
        yield task
        return
    for part in format_of(source.path).parts(source.id, source.path, size):
        called = part.name if part.end else ""
        yield task._replace(source=Source(part.name, source.path, called), part=part)


def one(path: str, given: Given = Given()) -> Task:
    """The task of a single file or standard input. Raises UsageError."""
    check((path,), given)
    task = _task(Source("stdin" if path == STDIN else Path(path).stem, path), given)
    _try((task,), given, build)
    return task


def check(paths: Sequence[str], given: Given) -> None:
    """Refuse options that contradict one another."""
    if given.stdin_filename and STDIN not in paths:
        raise UsageError("--stdin-filename names the text from standard input; give - in the place of a file")


def _try(tasks: Iterable[Task], given: Given, build: Callable[[Choice], object]) -> None:
    """Build and read all that will be needed."""
    for task in tasks:
        if task.spares:
            task.spares.books()
    used = {task.settings.choice: given.config_for(task.source.name) for task in tasks}
    if not used:  # a mistake is one even where there is nothing to do
        here = given.config_for(STDIN)
        used = {here.choice_for(STDIN): here}
    for choice, settled in used.items():
        try:
            build(choice)
        except UnknownRule as error:
            raise UsageError(f"{settled.where(error.key, error.name)}: {error.problem}") from error


def _once(sources: Iterable[Source]) -> Iterator[Source]:
    """Each document once, however often it was named."""
    seen = set()
    for source in sources:
        place = STDIN if source.path == STDIN else os.path.abspath(source.path)  # noqa: PTH100 - a link stays a link
        if place not in seen:
            seen.add(place)
            yield source


def _task(source: Source, given: Given) -> Task:
    if source.path == STDIN and given.stdin_filename:
        source = Source(Path(given.stdin_filename).stem, STDIN, given.stdin_filename)
    settled = given.config_for(source.name)
    if source.called and given.force_exclude and settled.excludes(source.name):
        # an editor's text comes back as it went in
        return Task(source, Settings(Choice(profile="off")))
    settings = settled.settings_for(source.name)
    spares = spares_for(source.name, settled.ignore_file, settled.baseline, settings.choice.allow_words)
    return Task(source, settings, spares)
