"""`cleankit restore`: the original of a cleaned text."""

from __future__ import annotations

from typing import Annotated

import typer

from cleankit.cli.output import complain, deliver


def restore(
    text: Annotated[str, typer.Argument(metavar="TEXT", help="The clean text: OUT/text/NAME.txt.")],
    journal: Annotated[str, typer.Argument(metavar="LEDGER", help="Its ledger: OUT/ledger/NAME.jsonl.")],
    out: Annotated[str, typer.Option("--out", "-o", metavar="FILE", help="File for the original.")] = "-",
) -> None:
    """Give the original back, byte for byte, and prove it by its hash.

    For a page of HTML that is the text that was taken from it: the page itself was never changed.
    """
    from cleankit import corpus, ledger
    from cleankit.errors import LedgerError

    try:
        clean = corpus.read_bytes(text).decode()
    except UnicodeDecodeError as error:
        raise LedgerError(f"{text}: is not the clean text that a run wrote: it is not UTF-8") from error
    try:
        read = ledger.read(corpus.read_bytes(journal), journal)
        data = ledger.restore(clean, read)
    except LedgerError as error:
        raise LedgerError(f"{text}: cannot be restored: {error}") from error
    deliver(data, out, text, journal)
    if read.markup:
        complain(f"{text}: this is the text that {read.reader} took from HTML (SHA-256 {read.markup})")
