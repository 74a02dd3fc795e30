"""Runs one command line, and turns whatever ends it into an exit code."""

from __future__ import annotations

import gc
import os
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import NoReturn

from cleankit.cli import plain
from cleankit.cli.exits import FAILED, OK, USAGE
from cleankit.cli.output import complain, put
from cleankit.errors import CleankitError, UsageError
from cleankit.version import VERSION

# Objects that come to stay are looked through again and again while a program begins: 7 % of a small check's time
EASY = 100_000


def run(args: Sequence[str]) -> NoReturn:
    """Run the command line and leave with its exit code."""
    gc.set_threshold(EASY)
    try:
        with orderly_end():
            _command(list(args))
    except UsageError as error:
        complain(f"cleankit: {error}")
        code = USAGE
    except CleankitError as error:
        complain(f"cleankit: {error}")
        code = FAILED
    except FileNotFoundError:
        complain("cleankit: the working folder is gone; go to one that is there")
        code = FAILED
    except OSError as error:
        # files have errors of their own; what is left are the standard streams
        complain(f"cleankit: standard output cannot be written: {error.strerror}; see to where it goes")
        code = FAILED
    except KeyboardInterrupt:  # where no option parser has taken it
        code = 128 + signal.SIGINT
    except Exception as error:
        if os.environ.get("CLEANKIT_DEBUG"):
            import traceback

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
    if asked := plain.plain(args):
        plain.run(asked)
    from cleankit.cli.app import app

    app(args, prog_name="cleankit")


@contextmanager
def orderly_end() -> Iterator[None]:
    """Take a signal that would end the program at once as an exit, so that no file is left half written."""
    names = ("SIGTERM", "SIGHUP") if threading.current_thread() is threading.main_thread() else ()
    numbers = [getattr(signal, name) for name in names if hasattr(signal, name)]
    # one that is ignored (nohup) or taken by a caller stays so
    taken = [number for number in numbers if signal.getsignal(number) is signal.SIG_DFL]
    came: list[int] = []

    def stop(number: int, _: object) -> NoReturn:
        came.append(number)
        sys.exit(128 + number)

    for number in taken:
        signal.signal(number, stop)
    try:
        yield
    except SystemExit:
        # a library that waits in code of its own (Ray) may have made another exit of it, with the code 1
        if came:
            sys.exit(128 + came[0])
        raise
    finally:
        for number in taken:
            signal.signal(number, signal.SIG_DFL)
