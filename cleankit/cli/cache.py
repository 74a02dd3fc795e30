"""`cleankit cache`: what is kept from one run to the next, and how to be rid of it."""

from __future__ import annotations

import typer

from cleankit.cli.output import put

cache = typer.Typer(
    rich_markup_mode=None, no_args_is_help=True, help="Show what is kept from one run to the next, or let it go."
)


@cache.command()
def show() -> None:
    """Where it lies, and how many results of check are in it. Another place: CLEANKIT_CACHE_DIR."""
    from cleankit import cache
    from cleankit.engines import memory
    from cleankit.render.tables import count

    place, (results, size) = cache.folder(), memory.held()
    put([str(place) if place else "nowhere: there is no home folder, and CLEANKIT_CACHE_DIR names no other"])
    if place:
        put([f"{count(results, 'result')} of check, {size / 2**20:,.1f} MiB"])


@cache.command()
def clear() -> None:
    """Let go all of it. That costs time only: what is needed again is worked out again."""
    from cleankit.engines import memory

    memory.clear()
