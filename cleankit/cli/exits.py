"""How a command line ends: the one place that turns errors into exit codes.

0  done, and nothing to say
1  findings: something could be fixed, or does not fit its schema
2  the command line, a configuration or a rule is wrong; nothing was done
3  a document could not be done (the others were), or cleankit itself failed
"""

from __future__ import annotations

import os
import sys
import traceback
from collections.abc import Iterable, Sequence
from typing import TYPE_CHECKING, NoReturn

from cleankit.cli.output import complain
from cleankit.errors import CleankitError, UsageError

if TYPE_CHECKING:
    from cleankit.engines.job import Failure

OK, FINDINGS, USAGE, FAILED = 0, 1, 2, 3


def run(args: Sequence[str]) -> NoReturn:
    """Run the command line and leave with its exit code."""
    from cleankit.cli.app import app

    try:
        app(list(args), prog_name="cleankit")
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


def leave(failures: Iterable[Failure], *, findings: bool = False) -> NoReturn:
    """List what could not be done, and exit."""
    failed = False
    for failure in failures:
        complain(f"{failure.path}: {failure.problem}")
        failed = True
    sys.exit(FAILED if failed else FINDINGS if findings else OK)
