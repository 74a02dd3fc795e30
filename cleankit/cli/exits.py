"""How a command line ends: the one place that turns errors into exit codes.

0  done, and nothing to say
1  findings: something could be fixed, or does not fit its schema
2  the command line, a configuration or a rule is wrong; nothing was done
3  a document could not be done (the others were), or cleankit itself failed
128 + n  stopped by signal n: 130 for Ctrl-C, 143 for SIGTERM
"""

from __future__ import annotations

import os
import signal
import sys
import threading
import traceback
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING, NoReturn

from cleankit.cli.output import complain, put
from cleankit.errors import CleankitError, UsageError
from cleankit.version import VERSION

if TYPE_CHECKING:
    from cleankit.engines.job import Failure

OK, FINDINGS, USAGE, FAILED = 0, 1, 2, 3


def run(args: Sequence[str]) -> NoReturn:
    """Run the command line and leave with its exit code."""
    try:
        with _orderly_end():
            _command(list(args))
    except UsageError as error:
        complain(f"cleankit: {error}")
        code = USAGE
    except CleankitError as error:
        complain(f"cleankit: {error}")
        code = FAILED
    except OSError as error:
        # files have errors of their own; what is left are the standard streams
        complain(f"cleankit: standard output cannot be written: {error.strerror}; see to where it goes")
        code = FAILED
    except Exception as error:
        if os.environ.get("CLEANKIT_DEBUG"):
            traceback.print_exc()
        complain(f"cleankit: internal error: {error!r}; run it again with CLEANKIT_DEBUG=1 and please report it")
        code = FAILED
    else:
        code = OK
    sys.exit(code)


def _command(args: list[str]) -> None:
    if args == ["--version"]:  # not worth waiting for the rest to be imported
        put([f"cleankit {VERSION}"])
        return
    from cleankit.cli.app import app

    app(args, prog_name="cleankit")


@contextmanager
def _orderly_end() -> Iterator[None]:
    """Take a signal that would end the program at once as an exit, so that no file is left half written."""
    names = ("SIGTERM", "SIGHUP") if threading.current_thread() is threading.main_thread() else ()
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    # one that is ignored (nohup) or taken by a caller stays so
    taken = [number for number in numbers if signal.getsignal(number) is signal.SIG_DFL]
    for number in taken:
        signal.signal(number, _stop)
    try:
        yield
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)


def _stop(number: int, _: object) -> NoReturn:
    sys.exit(128 + number)


def leave(failures: Iterable[Failure], *, findings: bool = False) -> NoReturn:
    """List what could not be done, and exit."""
    failed = False
    for failure in failures:
        complain(f"{failure.path}: {failure.problem}")
        failed = True
    sys.exit(FAILED if failed else FINDINGS if findings else OK)
