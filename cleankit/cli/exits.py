"""The exit codes, and how a command leaves with one.

0  done, and nothing to say
1  findings: something could be fixed, does not fit its schema, or was put into the quarantine
2  the command line, a configuration or a rule is wrong; nothing was done
3  a document could not be done (the others were), or cleankit itself failed
128 + n  stopped by signal n: 130 for Ctrl-C, 143 for SIGTERM
"""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterable
from typing import TYPE_CHECKING, NoReturn

from cleankit.cli.output import complain

if TYPE_CHECKING:
    from cleankit.engines.job import Aside, Failure

OK, FINDINGS, USAGE, FAILED = 0, 1, 2, 3


def at_the_end() -> None:
    """Take no further signal. One that comes while Python leaves would end in a traceback."""
    for name in ("SIGINT", "SIGTERM", "SIGHUP"):
        if hasattr(signal, name) and threading.current_thread() is threading.main_thread():
            signal.signal(getattr(signal, name), signal.SIG_IGN)


def leave(failures: Iterable[Failure], *, findings: bool = False, quarantine: Iterable[Aside] = ()) -> NoReturn:
    """List what was not cleaned and what could not be done, and exit."""
    for aside in quarantine:
        from cleankit.render.lines import visible

        complain(f"{visible(aside.path)}: in quarantine, not cleaned: {aside.rule}: {visible(aside.reason)}")
        findings = True
    failed = False
    for failure in failures:
        from cleankit.render.lines import visible

        complain(f"{visible(failure.path)}: {visible(failure.problem)}")
        failed = True
    sys.exit(FAILED if failed else FINDINGS if findings else OK)
