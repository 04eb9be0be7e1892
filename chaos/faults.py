"""What may happen while a class is graded."""

import os
import shutil
import signal
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing, suppress
from dataclasses import dataclass
from random import Random

from chaos.course import Course
from chaos.processes import ended, roles

Strike = Callable[[Course, int, Random], bool]
DAY = 86400
DECADE = 10 * 365 * DAY


@dataclass(frozen=True)
class Fault:
    """`strike(course, scheduler, dice)` does it, and says if there was something to be hit.

    It strikes at most `most` times while a class is judged, and with `reports` once more while
    reports are written. With `clock` each run begins at another date, and believes that the machine
    has been up for another time. With `own_disk` it needs one, not to hurt others; `slow` ones take
    minutes.
    """

    name: str
    strike: Strike
    most: int
    reports: bool = False
    clock: bool = False
    own_disk: bool = False
    slow: bool = False


def _kill(role: str) -> Strike:
    def strike(course: Course, scheduler: int, dice: Random) -> bool:
        pids = roles(scheduler)[role]
        return bool(pids) and _killed(dice.choice(pids))

    return strike


def _restart(course: Course, scheduler: int, dice: Random) -> bool:
    """Nobody sees another one end before its own end."""
    for number in (signal.SIGSTOP, signal.SIGKILL):
        for pid in roles(scheduler)["everything"]:
            _sent(pid, number)
    course.lose_memory()
    return True


def _pause(course: Course, scheduler: int, dice: Random) -> bool:
    """Longer than any call may take, as when a virtual machine is moved."""
    stopped = roles(scheduler)["everything"]
    for pid in stopped:
        _sent(pid, signal.SIGSTOP)
    time.sleep(6)
    for pid in stopped:
        _sent(pid, signal.SIGCONT)
    return True


def _full(course: Course, scheduler: int, dice: Random) -> bool:
    ballast = course.disk / "ballast"
    with suppress(OSError), open(ballast, "wb", buffering=0) as file:
        while file.write(bytes(1 << 16)):
            pass
    return shutil.disk_usage(course.disk).free == 0


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
    course.jump(dice.choice((-1, 1)) * dice.randrange(DAY, DECADE))
    return True


FAULTS = (
    Fault("worker killed", _kill("worker"), 12),
    Fault("zygote killed", _kill("zygote"), 4),
    Fault("judge killed", _kill("judge"), 2),
    Fault("scheduler killed", _kill("scheduler"), 4, reports=True),
    Fault("machine restarted", _restart, 4, reports=True),
    Fault("machine paused", _pause, 3, reports=True),
    Fault("disk full", _full, 2, reports=True, own_disk=True),
    Fault("database locked", _locked(1, 5), 4, reports=True),
    Fault("database locked for longer than is waited", _locked(70, 75), 1, slow=True),
    Fault("clock jumps", _clock_jumps, 8, reports=True, clock=True),
)


def _killed(pid: int) -> bool:
    """Only when it is gone, others can follow."""
    sent = _sent(pid, signal.SIGKILL)
    while not ended(pid):
        time.sleep(0.01)
    return sent


def _sent(pid: int, number: signal.Signals) -> bool:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return False
    return True
