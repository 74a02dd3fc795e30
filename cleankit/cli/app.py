"""All commands, each with the name it is called by."""

from __future__ import annotations

from typing import Annotated

import typer

from cleankit.cli.cache import cache
from cleankit.cli.check import check
from cleankit.cli.clean import clean
from cleankit.cli.compare import compare
from cleankit.cli.config import config
from cleankit.cli.explain import explain
from cleankit.cli.export import export
from cleankit.cli.fix import fix
from cleankit.cli.ignore import ignore
from cleankit.cli.learn import learn
from cleankit.cli.link import link
from cleankit.cli.parse import parse
from cleankit.cli.replay import replay
from cleankit.cli.restore import restore
from cleankit.cli.review import review
from cleankit.cli.revise import accept, reject, undo
from cleankit.cli.rules import rules
from cleankit.cli.validate import validate
from cleankit.version import VERSION

app = typer.Typer(
    add_completion=False,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    no_args_is_help=True,
    context_settings={"help_option_names": ["-h", "--help"]},
)


def _version(wanted: bool) -> None:
    if wanted:
        typer.echo(f"cleankit {VERSION}")
        raise typer.Exit


@app.callback()
def root(
    version: Annotated[
        bool, typer.Option("--version", callback=_version, is_eager=True, help="Show the version and exit.")
    ] = False,
) -> None:
    """Find what does not belong in scraped text pages, say why, take it out, and give it back on request."""


for command in (
    *(clean, check, explain, fix, ignore, learn, parse, link, export, validate),
    *(review, compare, accept, reject, undo, restore, replay),
):
    app.command()(command)
app.add_typer(rules, name="rules")
app.add_typer(config, name="config")
app.add_typer(cache, name="cache")
