"""What may happen while a class is graded."""

import os
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from pathlib import Path
from random import Random

from chaos.course import Course
from chaos.processes import roles

Strike = Callable[[Course, int, Random], bool]
DECADE = 10 * 365 * 86400


@dataclass(frozen=True)
class Fault:
    """`strike(course, scheduler, dice)` does it, and says if there was something to be hit.

    It strikes at most `most` times while a class is graded. With `uptime` each run believes that
    the machine has been up for another time. `slow` ones take minutes.
    """

    name: str
    strike: Strike
    most: int
    uptime: bool = False
    slow: bool = False


def _kill(role: str) -> Strike:
    def strike(course: Course, scheduler: int, dice: Random) -> bool:
        pids = roles(scheduler)[role]
        return bool(pids) and _sent(dice.choice(pids), signal.SIGKILL)

    return strike


def _restart(course: Course, scheduler: int, dice: Random) -> bool:
    """Nobody sees another one end before its own end."""
    for number in (signal.SIGSTOP, signal.SIGKILL):
        for pid in roles(scheduler)["everything"]:
            _sent(pid, number)
    for file in Path("/dev/shm").iterdir():
        # What lies in memory does not come back.
        file.unlink()
    return True


def _pause(course: Course, scheduler: int, dice: Random) -> bool:
    """Longer than any call may take, as when a virtual machine is moved."""
    stopped = roles(scheduler)["everything"]
    for pid in stopped:
        _sent(pid, signal.SIGSTOP)
    time.sleep(4)
    for pid in stopped:
        _sent(pid, signal.SIGCONT)
    return True


def _full(course: Course, scheduler: int, dice: Random) -> bool:
    ballast = course.disk / "ballast"
    with suppress(OSError), open(ballast, "wb", buffering=0) as file:
        while file.write(bytes(1 << 16)):
            pass
    return True


def _locked(least: float, most: float) -> Strike:
    def strike(course: Course, scheduler: int, dice: Random) -> bool:
        if not course.store.exists():
            return False
        with closing(sqlite3.connect(course.store, timeout=60, isolation_level=None)) as database:
            with suppress(sqlite3.OperationalError):
                database.execute("begin exclusive")
                time.sleep(dice.uniform(least, most))
                database.execute("rollback")
                return True
        return False

    return strike


def _clock_jumps(course: Course, scheduler: int, dice: Random) -> bool:
    course.clock.write_text(str(dice.choice((-1, 1)) * dice.randrange(DECADE)))
    return True


FAULTS = (
    Fault("worker killed", _kill("worker"), 12),
    Fault("zygote killed", _kill("zygote"), 4),
    Fault("judge killed", _kill("judge"), 2),
    Fault("scheduler killed", _kill("scheduler"), 4),
    Fault("machine restarted", _restart, 4),
    Fault("machine paused", _pause, 3),
    Fault("disk full", _full, 2),
    Fault("database locked", _locked(1, 5), 4),
    Fault("database locked for longer than is waited", _locked(70, 75), 1, slow=True),
    Fault("clock jumps", _clock_jumps, 8, uptime=True),
)


def _sent(pid: int, number: signal.Signals) -> bool:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return False
    return True
