"""The options that several commands share, each written once."""

from __future__ import annotations

import functools
import inspect
import re
from collections.abc import Callable
from typing import Annotated, Any, Literal, get_type_hints

import typer

from cleankit.cli.over import given

Command = Callable[..., None]

Paths = Annotated[
    list[str],
    typer.Argument(
        metavar="IN",
        help="Files (*.html with the extra html), folders (every *.txt below), or - for standard input.",
    ),
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but what could not be done.")]

Jobs = Annotated[int, typer.Option("--jobs", "-j", min=1, help="Processes that work at the same time.")]

_SIZE = re.compile(r"(\d+) ?([kMGT]?)B?", re.IGNORECASE)


def size(told: str | int) -> int:
    """Bytes, told as 64MB or 64000000."""
    found = _SIZE.fullmatch(str(told).strip())
    if not found or not int(found[1]):
        raise typer.BadParameter(f"{told!r} is no size; try 64MB")
    scale: int = 1000 ** " KMGT".index(found[2].upper() or " ")
    return int(found[1]) * scale


# what is shown, and what it means for the exit code
Format = Annotated[
    Literal["text", "json", "jsonl", "github", "sarif", "junit"],
    typer.Option("--format", help="How findings are written."),
]
Diff = Annotated[bool, typer.Option("--diff", help="Show what would change, and change nothing.")]
Statistics = Annotated[bool, typer.Option("--statistics", help="Count findings by rule instead (text or json).")]
ExitZero = Annotated[bool, typer.Option("--exit-zero", help="Exit 0 even where there are findings.")]

AllUnused = Annotated[
    bool,
    typer.Option("--all-unused", help="Report unused suppressions for many files too: all files are given."),
]


def _encoding(name: str | None) -> str | None:
    if name is not None:
        from cleankit.encoding import lookup

        try:
            return lookup(name)
        except LookupError as error:
            raise typer.BadParameter(f"{error}; try utf-8, cp1252, gb18030, big5, shift_jis, euc-kr") from error
    return None


Encoding = Annotated[
    str | None,
    typer.Option("--encoding", callback=_encoding, help="Encoding of every file that has no byte order mark."),
]

# Options that are laid over the configurations, by the names that `Given` has for them, in the order of the help.
_OVER: dict[str, tuple[Any, Any]] = {
    "select": (
        Annotated[
            list[str] | None,
            typer.Option(
                "--select", metavar="RULES", help="Rules to run instead of all: ids, packs, globs, with commas."
            ),
        ],
        None,
    ),
    "extend_select": (
        Annotated[
            list[str] | None,
            typer.Option("--extend-select", metavar="RULES", help="Rules to run besides those selected."),
        ],
        None,
    ),
    "ignore": (
        Annotated[list[str] | None, typer.Option("--ignore", metavar="RULES", help="Rules to leave out.")],
        None,
    ),
    "suggested": (
        Annotated[
            bool | None,
            typer.Option(
                "--suggested/--no-suggested",
                show_default="no-suggested",
                help="Apply suggested fixes too, not only those that are safe.",
            ),
        ],
        None,
    ),
    "profile": (
        Annotated[
            str | None,
            typer.Option(
                "--profile",
                metavar="NAME",
                show_default="default",
                help="default, article for the body alone, off for no rule, or one of the configuration.",
            ),
        ],
        None,
    ),
    "fail_on": (
        Annotated[
            Literal["safe", "suggested", "flag"] | None,
            typer.Option(
                "--fail-on",
                show_default="suggested",
                help="Exit 1 for findings with a safe fix, a suggested one too, or for any finding.",
            ),
        ],
        None,
    ),
    "config": (
        Annotated[
            str,
            typer.Option(
                "--config", metavar="FILE", show_default=False, help="Configuration instead of the nearest one."
            ),
        ],
        "",
    ),
    "isolated": (Annotated[bool, typer.Option("--isolated", help="Look at no configuration.")], False),
    "exclude": (
        Annotated[
            list[str] | None,
            typer.Option(
                "--exclude", metavar="GLOBS", help="Files and folders to pass over, besides those of the configuration."
            ),
        ],
        None,
    ),
    "force_exclude": (
        Annotated[
            bool, typer.Option("--force-exclude", help="Pass over what is excluded even where it is named here.")
        ],
        False,
    ),
    "stdin_filename": (
        Annotated[
            str,
            typer.Option(
                "--stdin-filename", metavar="NAME", show_default=False, help="What to take standard input for."
            ),
        ],
        "",
    ),
    "html": (
        Annotated[
            bool, typer.Option("--html", help="Read the *.html, *.htm and *.xhtml files of folders, not only *.txt.")
        ],
        False,
    ),
    "encoding": (Encoding, None),
}
RULES = ("select", "extend_select", "ignore", "suggested", "profile")
CONFIGURATION = ("config", "isolated")


def laid_over(*names: str) -> Callable[[Command], Command]:
    """Give a command these options in the place of its parameter `over`, and what they say as that parameter."""

    def give(command: Command) -> Command:
        @functools.wraps(command)
        def run(**values: Any) -> None:
            said = {name: values.pop(name) for name in names}
            command(**values, over=given(**said))

        hints = get_type_hints(command, localns={"Given": object}, include_extras=True)
        parameters: list[inspect.Parameter] = []
        for name, parameter in inspect.signature(command).parameters.items():
            if name == "over":
                parameters += (_option(option) for option in _OVER if option in names)
            else:
                parameters.append(parameter.replace(annotation=hints[name], kind=inspect.Parameter.KEYWORD_ONLY))
        # what the parser reads
        run.__signature__ = inspect.Signature(parameters)  # type: ignore[attr-defined]
        run.__annotations__ = {parameter.name: parameter.annotation for parameter in parameters}
        return run

    return give


def _option(name: str) -> inspect.Parameter:
    annotation, default = _OVER[name]
    return inspect.Parameter(name, inspect.Parameter.KEYWORD_ONLY, default=default, annotation=annotation)
