"""`cleankit rules`: what cleankit looks for."""

from __future__ import annotations

from typing import Annotated

import typer

from cleankit.cli.output import put
from cleankit.errors import UsageError

rules = typer.Typer(rich_markup_mode=None, no_args_is_help=True, help="List the rules, or show one of them.")


@rules.command("list")
def list_() -> None:
    """Every rule: its id, its level, what it finds."""
    from cleankit import recipe
    from cleankit.render import tables

    put(tables.rules(recipe.abouts()))


@rules.command()
def show(rule: Annotated[str, typer.Argument(metavar="RULE", help="The id of a rule, such as nav/pager.")]) -> None:
    """One rule: what it finds, why, and an example of what it does."""
    from cleankit import recipe
    from cleankit.render.rules import page
    from cleankit.rules import builtin

    abouts = {about.rule: about for about in recipe.abouts()}
    if rule not in abouts:
        from difflib import get_close_matches

        near = get_close_matches(rule, abouts, n=3)
        hint = f"did you mean {', '.join(near)}?" if near else "`cleankit rules list` shows all"
        raise UsageError(f"there is no rule {rule!r}; {hint}")
    put(page(abouts[rule], next((data for data in builtin() if data.id == rule), None)))
