"""`cleankit rules`: what cleankit looks for, and rules of one's own."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cleankit.cli.exits import FINDINGS, OK, USAGE
from cleankit.cli.options import CONFIGURATION, Encoding, laid_over
from cleankit.cli.output import complain, put
from cleankit.errors import UsageError

if TYPE_CHECKING:
    from cleankit.craft.catalog import Entry
    from cleankit.engines.plan import Given

rules = typer.Typer(
    rich_markup_mode=None, no_args_is_help=True, help="List and show the rules; write and try your own."
)

Named = Annotated[str, typer.Argument(metavar="PACK/NAME", help="The id of the new rule, such as own/print-bar.")]


@rules.command("list")
@laid_over(*CONFIGURATION)
def list_(
    over: Given,
    selected: Annotated[
        list[str] | None,
        typer.Argument(metavar="RULE", help="Ids, packs or globs, such as nav or '*/share-*'; all without one."),
    ] = None,
    output: Annotated[Literal["text", "json"], typer.Option("--format", help="How the list is written.")] = "text",
) -> None:
    """Every rule: its id, its level, what it finds."""
    from cleankit.render import tables
    from cleankit.render.rules import as_json
    from cleankit.selection import check, fits

    entries = _entries(over)
    check(selected or (), entries)
    chosen = [
        entry for rule, entry in entries.items() if not selected or any(fits(selector, rule) for selector in selected)
    ]
    put([as_json(chosen)] if output == "json" else tables.rules(entry.about for entry in chosen))


@rules.command()
@laid_over(*CONFIGURATION)
def show(
    rule: Annotated[str, typer.Argument(metavar="RULE", help="The id of a rule, such as nav/pager.")],
    over: Given,
) -> None:
    """One rule: what it finds, why, what it does, what it leaves alone, and its file."""
    from cleankit.render.rules import page
    from cleankit.selection import check

    entries = _entries(over)
    check((rule,), entries)
    if rule not in entries:
        raise UsageError(f"{rule!r} stands for several rules; `cleankit rules list {rule}` names them")
    put(page(entries[rule]))


@rules.command()
def new(
    rule: Named,
    kind: Annotated[
        Literal["line", "block", "span", "swap", "gap"],
        typer.Option("--kind", help="A whole line, neighbouring lines, a part of a line, its replacement, lost text."),
    ] = "line",
    folder: Annotated[str, typer.Option("--in", help="The folder of your packs.")] = "packs",
) -> None:
    """Write the skeleton of a rule file. It loads when everything in it is filled in."""
    from cleankit.craft.draft import write
    from cleankit.craft.writing import skeleton

    path = write(folder, rule, skeleton(kind))
    put([path])
    complain(f"fill it in, then: cleankit rules test {path}")


@rules.command()
def cut(
    place: Annotated[
        str, typer.Argument(metavar="FILE:LINES", help="FILE:12, FILE:12-18, or FILE:12:5-30 for columns of a line.")
    ],
    named: Annotated[
        str, typer.Option("--as", metavar="PACK/NAME", help="Write the rule into the folder of your packs by this id.")
    ] = "",
    folder: Annotated[str, typer.Option("--in", help="The folder of your packs, for --as.")] = "packs",
    out: Annotated[str, typer.Option("--out", "-o", metavar="FILE", help="Write the rule into this file.")] = "",
    encoding: Encoding = None,
) -> None:
    """Begin a rule from lines of a page. All is proposed but the keep: that is yours to find."""
    from cleankit.craft import draft

    if named and out:
        raise UsageError("--as and --out: the id makes the name of the file; give one of them")
    where = draft.place(place)
    rule = draft.cut(draft.read(where.path, encoding), where)
    if not named and not out:
        put([rule.removesuffix("\n")])
        return
    path = draft.write(folder, named, rule) if named else draft.write_file(out, rule)
    put([path])
    complain(f"give it a keep, then: cleankit rules test {path}")


@rules.command("test")
def try_(
    paths: Annotated[
        list[str], typer.Argument(metavar="PATH", help="Rule files, packs (folders of them) or folders of packs.")
    ],
    quiet: Annotated[
        bool, typer.Option("--quiet", "-q", help="Say nothing but what is wrong: no hints, no count.")
    ] = False,
) -> None:
    """Try rules of your own: on their examples and keeps, and on those of every other rule.

    Exits 1 where one fails, 2 where a file does not load.
    """
    from cleankit.craft import trial
    from cleankit.render.rules import objections
    from cleankit.render.tables import count

    loaded = trial.gather(paths)
    if loaded.errors:
        for error in loaded.errors:
            complain(f"cleankit: {error}")
        complain(f"{count(len(loaded.errors), 'error')}; nothing was tried")
        raise typer.Exit(USAGE)
    found = [one for one in trial.tried(loaded.rules) if not (quiet and one.is_hint)]
    put(objections(found))
    problems = sum(not one.is_hint for one in found)
    if not quiet:
        cases = sum(len(rule.examples) + len(rule.keeps) + len(rule.missed) for rule in loaded.rules)
        complain(
            f"{count(len(loaded.rules), 'rule')} tried on {count(cases, 'case')}: "
            f"{count(problems, 'problem')}, {count(len(found) - problems, 'hint')}"
        )
    raise typer.Exit(FINDINGS if problems else OK)


def _entries(over: Given) -> dict[str, Entry]:
    from cleankit.corpus import STDIN
    from cleankit.craft.catalog import entries

    return entries(over.config_for(STDIN).choice_for(STDIN))
