"""`cleankit config`: what holds here, and who said so."""

from __future__ import annotations

import json
import os
from typing import TYPE_CHECKING, Annotated, Literal

import typer

from cleankit.cli.options import CONFIGURATION, RULES, laid_over
from cleankit.cli.output import put

if TYPE_CHECKING:
    from cleankit.engines.plan import Given

config = typer.Typer(rich_markup_mode=None, no_args_is_help=True, help="Show what holds, and where it was said.")


@config.command()
@laid_over(*RULES, *CONFIGURATION, "fail_on", "exclude", "encoding")
def show(
    over: Given,
    path: Annotated[str, typer.Argument(metavar="PATH", help="A file or folder; it need not be there.")] = ".",
    output: Annotated[Literal["toml", "json"], typer.Option("--format", help="How it is written.")] = "toml",
) -> None:
    """Every setting that holds for PATH, each with its place: default, a line of a file, or an option given here."""
    from cleankit.config.account import account
    from cleankit.engines import plan
    from cleankit.render import settings

    place = os.path.join(path, "") if os.path.isdir(path) else path  # noqa: PTH118, PTH112 - Path drops the slash
    plan.one(place, over)  # raises what another command would: for a name that means no rule, a pack that does not load
    told = account(path, over.config_for(place), found=not (over.config or over.isolated))
    put(settings.toml(told) if output == "toml" else [json.dumps(settings.record(told), ensure_ascii=False, indent=2)])
