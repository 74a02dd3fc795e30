"""`cleankit learn`: what repeats around the texts of a site, as rules for a person to accept."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

import typer

from cleankit.cli.exits import leave
from cleankit.cli.options import CONFIGURATION, Jobs, Quiet, laid_over
from cleankit.cli.output import complain, put
from cleankit.errors import UsageError

if TYPE_CHECKING:
    from cleankit.engines.learning import Lesson
    from cleankit.engines.plan import Given, Plan


@laid_over(*CONFIGURATION, "exclude", "encoding")
def learn(
    paths: Annotated[list[str], typer.Argument(metavar="PAGES", help="Files and folders (every *.txt below).")],
    over: Given,
    out: Annotated[
        str, typer.Option("--out", "-o", metavar="FOLDER", help="Folder of packs to write the rules into.")
    ] = "",
    apply: Annotated[
        str, typer.Option("--apply", metavar="OUT", help="Clean the pages into OUT with the rules, as clean does.")
    ] = "",
    by: Annotated[
        str,
        typer.Option("--by", metavar="KEY", help="What makes a site: host, folder, or a field of the front matter."),
    ] = "host",
    site: Annotated[str, typer.Option("--site", metavar="NAME", help="All pages are of this one site.")] = "",
    least: Annotated[
        int, typer.Option("--min-pages", metavar="N", min=2, help="On how many pages a line has to stand, at least.")
    ] = 3,
    store: Annotated[
        str,
        typer.Option("--store", metavar="FILE", help="Keep the counts in this file, and go on from those in it."),
    ] = "",
    jobs: Jobs = 1,
    quiet: Quiet = False,
) -> None:
    """Propose rules for what repeats around the texts of a site.

    It takes three pages of a site or more. The rules are written as packs, one for each site, with the evidence beside
    each line: read them, edit them, name their folder in your configuration. Without -o nothing is written into the
    project; --apply uses them for one run.
    """
    from cleankit.engines import learning, local
    from cleankit.engines.plan import plan
    from cleankit.learn import files
    from cleankit.render import learned

    todo, how = plan(paths, over), learning.How(by, site, least, store)
    learning.check(todo, how)
    if apply:
        local.check_folders(paths, [task.source for task in todo.tasks], Path(apply))
    with learning.counted(todo, how, jobs) as (counts, failures):
        lesson = learning.lesson(counts, failures, how)
        if not lesson.sites and not failures:
            raise UsageError(learned.too_few(lesson, least))
        folder = out or (str(Path(apply, learning.PACKS)) if apply else "")
        if folder:
            files.write(folder, lesson.proposals)
        todo = learning.plan_with(todo, counts, lesson, folder) if apply else todo
    if not lesson.sites:
        complain(learned.too_few(lesson, least))
        leave(lesson.failures)
    if not quiet:
        put(learned.report(lesson, folder, least))
    if apply:
        _clean(paths, todo, lesson, apply, jobs, quiet=quiet)
    if lesson.proposals and not quiet:
        complain(f"read them, then: cleankit rules test {out}" if out else "nothing was written; -o FOLDER writes them")
    leave(lesson.failures)


def _clean(paths: list[str], todo: Plan, lesson: Lesson, out: str, jobs: int, *, quiet: bool) -> NoReturn:
    from cleankit.engines import job, local
    from cleankit.render import tables

    total, failures, asides, *_ = local.run(paths, todo, job.Output(out), local.Way(jobs))
    if not quiet:
        levels = {about.rule: str(about.level) for about in todo.abouts()}
        levels |= {f"{proposal.pack}/{proposal.name}": "learned" for proposal in lesson.proposals}
        put(["", *tables.report(total, levels)])
    leave(sorted({*failures, *lesson.failures}), quarantine=asides)
