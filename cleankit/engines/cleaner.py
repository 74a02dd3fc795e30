"""A cleaning that is settled once and taken along, into the worker processes and the caches of other libraries."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping
from dataclasses import replace
from typing import Any, NamedTuple

from cleankit import config, recipe
from cleankit.config import Choice, Config, Settings
from cleankit.corpus import STDIN, Source
from cleankit.engines import job
from cleankit.engines.digest import digest
from cleankit.engines.plan import Task
from cleankit.errors import ReadError, UnknownRule, UsageError
from cleankit.model import Document
from cleankit.pipeline import Outcome
from cleankit.suppress.spares import Spares

# stands in the place of a rule where a text could not be looked at; rules have a slash in their names
ERROR = "error"


class Cleaned(NamedTuple):
    """What became of a text, for a row of a table: every value is a string or a whole number, whatever happened.

    `text` is the clean one; where there is an `aside`, it is the one that came in.
    """

    text: str
    edits: int = 0
    removed: int = 0  # characters, as is `added`
    added: int = 0
    open: int = 0  # findings that nothing was done about
    rules: str = ""  # those of the edits, sorted, with a blank between two
    aside: str = ""  # the rule for which the page was put aside, or ERROR
    reason: str = ""  # of the `aside`
    ledger: str = ""  # gives the original back; of a page that was put aside it is that of what would have been done


class Cleaner:
    """Cleans texts that other programs hold, with the options of `cleankit clean`.

    `config` is a configuration file; without one the defaults hold, for there is no folder to look for one in. A text
    has no path: of the tables under `per-path` those hold that fit `-`, as for standard input, and files of entries to
    be left alone have no say. `packs` and `budgets` add to those of the file, the other options are laid over it.

    It pickles as its settings, small and the same in every process, with the digest of all that decides what becomes of
    a text: what is cached under its pickle is worked out anew when cleankit, a rule or a setting is another one. The
    pipeline itself is built where the first text comes in. Raises UsageError here rather than there for what cannot be
    meant.
    """

    choice: Choice

    def __init__(
        self,
        config: str | os.PathLike[str] = "",
        *,
        profile: str | None = None,
        suggested: bool | None = None,
        select: Iterable[str] = (),
        extend_select: Iterable[str] = (),
        ignore: Iterable[str] = (),
        packs: Iterable[str | os.PathLike[str]] = (),
        budgets: Mapping[str, float] | None = None,
    ) -> None:
        settled = _settled(
            os.fspath(config),
            profile=profile,
            suggested=suggested,
            select=_several(select),
            extend_select=_several(extend_select),
            ignore=_several(ignore),
        )
        choice = settled.choice_for(STDIN)
        folders = (*choice.packs, *map(os.fspath, _several(packs)))
        # a worker may stand in another folder
        whole = tuple(dict.fromkeys(map(os.path.abspath, folders)))
        shares = {**dict(choice.budgets), **_budgets(budgets or {})}
        self.choice = replace(choice, packs=whole, budgets=tuple(sorted(shares.items())))
        try:
            recipe.build(self.choice)
        except UnknownRule as error:
            where = settled.where(error.key, error.name).removeprefix("--")
            raise UsageError(f"{where}: {error.problem}") from error

    def __repr__(self) -> str:
        return f"Cleaner({self.choice!r})"

    def __getstate__(self) -> dict[str, Any]:
        return {"choice": self.choice, "digest": self.digest}

    def __setstate__(self, state: Mapping[str, Any]) -> None:
        self.choice = state["choice"]

    @property
    def digest(self) -> str:
        """Of the program, its rules and the settings, 32 hexadecimal digits: the same where what comes out is."""
        words = self.choice.allow_words
        return digest(Task(Source("", ""), Settings(self.choice), Spares("", words=words) if words else None))

    def run(self, text: str, id: str = "text") -> Outcome:
        """Clean one text, whose findings and ledger go by its `id`."""
        pipeline = recipe.build(self.choice)
        if words := self.choice.allow_words:
            pipeline = pipeline.sparing(Spares(id, words=words).judge)
        return pipeline.run(Document(id, text))

    def __call__(self, text: object, id: object = "text", *, ledger: bool = True) -> Cleaned:
        """What became of a text, as values for a row. Never raises: what cannot be cleaned says so in its `aside`.

        Without `ledger` that is left empty, which saves some time.
        """
        try:
            outcome = self.run(_sound(text, id), str(id))
            return _cleaned(outcome, self._lines(outcome) if ledger else "")
        except Exception as error:  # a fault of ours in one text is no reason to leave the others undone
            return Cleaned(_writable(text), aside=ERROR, reason=job.told(str(id), error).problem)

    def _lines(self, outcome: Outcome) -> str:
        from cleankit import ledger

        return ledger.write(ledger.of(outcome, self.choice.apply)).decode()


def _settled(path: str, **options: Any) -> Config:
    beneath = config.load(path) if path else Config()
    try:
        return config.with_options(beneath, **options)
    except UsageError as error:
        raise UsageError(str(error).removeprefix("--")) from error


def _several(names: Iterable[Any]) -> tuple[Any, ...]:
    """One name may stand for a list of one; its letters never do."""
    return (names,) if isinstance(names, str | os.PathLike) else tuple(names)


def _budgets(said: Mapping[str, float]) -> dict[str, float]:
    if not said:
        return {}
    from cleankit.config import keys
    from cleankit.config.tables import Wrong

    try:
        keys.check({"budgets": said})
    except Wrong as error:
        raise UsageError(f"{'.'.join(map(str, error.path))}: {error.problem}") from error
    return {key: float(share) for key, share in said.items()}


def _sound(text: object, id: object) -> str:
    """Raises ReadError for what is no text, or none that a file could hold."""
    if not isinstance(text, str):
        raise ReadError(id, f"is no text but {type(text).__name__}; name the key that holds the text")
    try:
        text.encode()
    except UnicodeEncodeError as error:
        problem = f"character {error.start} is half of one (U+{ord(text[error.start]):04X}); decode its source again"
        raise ReadError(id, problem) from error
    return text


def _writable(text: object) -> str:
    """The nearest thing to it that can be written: halves of characters are spelt out, and nothing is an empty text."""
    if text is None:
        return ""
    return (text if isinstance(text, str) else repr(text)).encode(errors="backslashreplace").decode()


def _cleaned(outcome: Outcome, lines: str) -> Cleaned:
    from cleankit import report

    counts = report.of(outcome)
    why = job.aside(outcome.source.id, outcome)
    return Cleaned(
        outcome.result.text,
        edits=sum(tally.applied for tally in counts.rules.values()),
        removed=counts.removed,
        added=sum(tally.added for tally in counts.rules.values()),
        open=sum(tally.open for tally in counts.rules.values()),
        rules=" ".join(rule for rule, tally in counts.rules.items() if tally.applied),
        aside=why.rule if why else "",
        reason=why.reason if why else "",
        ledger=lines,
    )
