"""What an ordinary user comes to, even where the tests are root's."""

import os
import sys
import traceback
from collections.abc import Callable

from autograder.sandbox.isolation import become


def succeeds(task: Callable[[], object]) -> bool:
    """Does a process of an ordinary user do the task without raising?"""
    child = os.fork()
    if not child:
        _do(task)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 0


def _do(task: Callable[[], object]) -> None:
    """Ends the process, whatever happens: it must not go on with the tests of its parent."""
    status = 1
    try:
        if os.geteuid() == 0:
            become(60_000)
        task()
        status = 0
    except BaseException:
        traceback.print_exc()
        sys.stderr.flush()
    finally:
        os._exit(status)
