"""What `check` and `fix` do once their options are read: look, write what was found, leave with an exit code.

It knows no option parser: a plain `check FILES` need not wait for one to be imported.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NoReturn

from cleankit.cli.exits import leave
from cleankit.cli.output import complain, put, put_bytes
from cleankit.corpus import STDIN
from cleankit.errors import UsageError

if TYPE_CHECKING:
    from cleankit.engines.job import Failure
    from cleankit.engines.look import Account, Look
    from cleankit.engines.memory import Memory
    from cleankit.engines.plan import Given, Plan
    from cleankit.render.item import Item


def check(
    paths: Sequence[str],
    given: Given | None = None,
    *,
    output: str = "text",
    diff: bool = False,
    statistics: bool = False,
    exit_zero: bool = False,
    write_baseline: bool = False,
    all_unused: bool = False,
    no_cache: bool = False,
    quiet: bool = False,
) -> NoReturn:
    """Write what does not belong in the documents, or the difference that `fix` would make."""
    from cleankit.engines import look

    if write_baseline and (diff or statistics or output != "text"):
        raise UsageError("--write-baseline shows no findings; leave out --diff, --statistics and --format")
    memory = None if no_cache or diff or write_baseline else _memory()
    todo = _start(paths, given, output, diff, statistics, memory)
    account = look.Account(todo, all_unused)
    if diff:
        _diff(todo, account, quiet=quiet)
        leave(account.failures, findings=account.changed > 0 and not exit_zero)
    if write_baseline:
        leave(_write_baselines(todo, quiet=quiet))
    items = _items(account.keep(look.recheck(todo, memory) if memory else look.check(todo)))
    _write(items, todo, account, output=output, statistics=statistics, quiet=quiet)
    leave(account.failures, findings=account.failing > 0 and not exit_zero)


def fix(
    paths: Sequence[str],
    given: Given | None = None,
    *,
    output: str = "text",
    diff: bool = False,
    statistics: bool = False,
    exit_zero: bool = False,
    exit_non_zero_on_fix: bool = False,
    all_unused: bool = False,
    ledger: str = "",
    quiet: bool = False,
) -> NoReturn:
    """Clean the documents in place and write what is left; the text of standard input goes to standard output."""
    from cleankit.engines import look

    if diff and ledger:
        raise UsageError("--diff changes nothing that could be noted; leave out --ledger")
    todo = _start(paths, given, output, diff, statistics)
    if ledger:
        look.check_journal(ledger, todo)
    account = look.Account(todo, all_unused)
    if diff:
        _diff(todo, account, quiet=quiet)
        leave(account.failures, findings=account.changed > 0 and not exit_zero)
    items = _items(_fixed(account.keep(look.fix(todo, journal=ledger)), quiet))
    # standard output is for the text that standard input was
    say = _complain_all if any(task.source.path == STDIN for task in todo.tasks) else put
    _write(items, todo, account, output=output, statistics=statistics, quiet=quiet, say=say, noun="open finding")
    failing = account.failing > 0 or (exit_non_zero_on_fix and account.changed > 0)
    leave(account.failures, findings=failing and not exit_zero)


def _memory() -> Memory | None:
    from cleankit.engines import memory

    entries = memory.shelf()
    return memory.Memory(entries) if entries else None


def _start(
    paths: Sequence[str],
    given: Given | None,
    output: str,
    diff: bool,
    statistics: bool,
    memory: Memory | None = None,
) -> Plan:
    from cleankit.engines.plan import Given, build, plan

    if diff and (statistics or output != "text"):
        raise UsageError("--diff shows a difference and no findings; leave out --statistics and --format")
    if statistics and output not in ("text", "json"):
        raise UsageError(f"--statistics has no form in {output}; give --format text or json")
    return plan(paths, given or Given(), build=memory.build if memory else build)


def _write_baselines(todo: Plan, *, quiet: bool) -> Iterator[Failure]:
    from cleankit.engines import look
    from cleankit.render.tables import count

    for one in look.write_baselines(todo):
        if not isinstance(one, look.Baseline):
            yield one
        elif not quiet:
            complain(f"{one.path}: {count(one.findings, 'finding')} noted")


def _diff(todo: Plan, account: Account, *, quiet: bool) -> None:
    from cleankit.engines import look
    from cleankit.render.diff import unified

    for seen in account.keep(look.fix(todo, write=False)):
        if isinstance(seen, look.Fixed) and seen.changed and not quiet:
            source = seen.outcome.source
            mark = "\ufeff" if source.meta["bom"] else ""
            put(unified(mark + source.text, mark + seen.text, seen.path, seen.path))


def _fixed(stream: Iterable[Look], quiet: bool) -> Iterator[Look]:
    """Tells what was changed; a text from standard input goes on its way."""
    from cleankit.engines.look import Fixed
    from cleankit.render.lines import visible
    from cleankit.render.tables import count

    for seen in stream:
        if isinstance(seen, Fixed):
            if seen.task.source.path == STDIN:
                put_bytes(seen.data)
            elif seen.changed and not quiet:
                complain(f"{visible(seen.path)}: {count(len(seen.outcome.applied), 'edit')}")
        yield seen


def _items(stream: Iterable[Look]) -> Iterator[Item]:
    from cleankit.corpus import is_markup
    from cleankit.engines.job import Failure
    from cleankit.render.item import Item

    for seen in stream:
        if isinstance(seen, Failure):
            yield Item(seen.path, "", (), seen.problem)
        else:
            yield Item(seen.path, seen.text, seen.findings, own=not is_markup(seen.path))


def _write(
    items: Iterator[Item],
    todo: Plan,
    account: Account,
    *,
    output: str,
    statistics: bool,
    quiet: bool,
    say: Callable[[Iterable[str]], None] = put,
    noun: str = "finding",
) -> None:
    from cleankit.render import formats
    from cleankit.render.tables import count

    if statistics:
        from cleankit.render import statistics as counts

        for _ in items:
            pass
        form = counts.as_json if output == "json" else counts.table
        say(form(account.rules, {about.rule: about for about in todo.abouts()}))
    elif quiet and output == "text":
        for _ in items:
            pass
    else:
        say(formats.write(output, items, todo.abouts(), fails=account.counts, tell=complain, lost=account.fail))
    if output == "text" and account.findings and not quiet:
        level = f"at --fail-on {next(iter(account.levels))}" if len(account.levels) == 1 else "at their --fail-on"
        found = f"{count(account.findings, noun)} in {count(account.documents, 'file')}"
        spared = f", {account.spared:,} left alone" if account.spared else ""
        complain(f"{found}; {account.failing:,} {level}{spared}")


def _complain_all(lines: Iterable[str]) -> None:
    for line in lines:
        complain(line)
