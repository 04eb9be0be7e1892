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
from chaos.disks import resize
from chaos.processes import ended, roles

Strike = Callable[[Course, int, Random], bool]
DAY = 86400
DECADE = 10 * 365 * DAY
LONGEST = 45.0
"""Seconds that no submission takes, judged again: two hits look like its own doing."""


@dataclass(frozen=True)
class Fault:
    """`strike(course, scheduler, dice)` does it, and says if there was something to be hit.

    It strikes at most `most` times while a class is judged, `apart` seconds from one another, and
    with `reports` once more while reports are written. With `clock` each run begins at another
    date, and believes that the machine has been up for another time. With `own_disk` it needs one,
    not to hurt others; `slow` ones take minutes.
    """

    name: str
    strike: Strike
    most: int
    apart: float = 0.0
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
    stopped = _stopped(scheduler)
    alive = not ended(scheduler)
    for pid in stopped:
        _sent(pid, signal.SIGKILL)
    course.lose_memory()
    return alive


def _pause(course: Course, scheduler: int, dice: Random) -> bool:
    """Longer than any call may take, as when a virtual machine is moved."""
    stopped = _stopped(scheduler)
    alive = not ended(scheduler)
    time.sleep(6)
    for pid in stopped:
        _sent(pid, signal.SIGCONT)
    return alive


def _full(course: Course, scheduler: int, dice: Random) -> bool:
    with suppress(OSError):
        resize(course.disk, shutil.disk_usage(course.disk).used)
    return shutil.disk_usage(course.disk).free == 0 and not course.reported()


def _locked(least: float, most: float) -> Strike:
    def strike(course: Course, scheduler: int, dice: Random) -> bool:
        if not course.store.exists():
            return False
        with closing(sqlite3.connect(course.store, timeout=60, isolation_level=None)) as database:
            with suppress(sqlite3.OperationalError):
                database.execute("begin exclusive")
                alive = not ended(scheduler)
                time.sleep(dice.uniform(least, most))
                database.execute("rollback")
                return alive
        return False

    return strike


def _clock_jumps(course: Course, scheduler: int, dice: Random) -> bool:
    course.jump(dice.choice((-1, 1)) * dice.randrange(DAY, DECADE))
    return not ended(scheduler)


FAULTS = (
    Fault("worker killed", _kill("worker"), 6, LONGEST),
    Fault("zygote killed", _kill("zygote"), 4, LONGEST),
    Fault("judge killed", _kill("judge"), 2, LONGEST),
    Fault("scheduler killed", _kill("scheduler"), 4, reports=True),
    Fault("machine restarted", _restart, 4, reports=True),
    Fault("machine paused", _pause, 3, LONGEST, reports=True),
    Fault("disk full", _full, 2, reports=True, own_disk=True),
    Fault("database locked", _locked(1, 5), 4, reports=True),
    Fault("database locked for longer than is waited", _locked(70, 75), 1, slow=True),
    Fault("clock jumps", _clock_jumps, 8, reports=True, clock=True),
)


def _stopped(scheduler: int) -> list[int]:
    everything = roles(scheduler)["everything"]
    for pid in everything:
        _sent(pid, signal.SIGSTOP)
    return everything


def _killed(pid: int) -> bool:
    """Only when it is gone, others can follow."""
    alive = not ended(pid) and _sent(pid, signal.SIGKILL)
    while not ended(pid):
        time.sleep(0.01)
    return alive


def _sent(pid: int, number: signal.Signals) -> bool:
    try:
        os.kill(pid, number)
    except ProcessLookupError:
        return False
    return True
