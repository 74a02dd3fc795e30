"""The options that several commands share, each written once."""

from __future__ import annotations

from typing import Annotated, Literal

import typer

Paths = Annotated[
    list[str], typer.Argument(metavar="IN", help="Files, folders (every *.txt below), or - for standard input.")
]
Suggested = Annotated[
    bool, typer.Option("--suggested", help="Apply suggested fixes too, not only those that are safe.")
]
Profile = Annotated[
    Literal["default", "off"], typer.Option("--profile", help="Which rules run: default, or off for none.")
]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="Say nothing but what could not be done.")]
Format = Annotated[
    Literal["text", "json", "jsonl", "github", "sarif", "junit"],
    typer.Option("--format", help="How findings are written."),
]
FailOn = Annotated[
    Literal["safe", "suggested", "flag"],
    typer.Option("--fail-on", help="Exit 1 for findings with a safe fix, a suggested one too, or for any finding."),
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
