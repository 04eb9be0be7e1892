"""A class graded under one fault, by the same command again and again."""

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace
from itertools import zip_longest
from math import inf
from random import Random

from autograder.grading.grade import FAULT
from chaos.course import Course, Table
from chaos.faults import DAY, DECADE, Fault
from chaos.outcome import Outcome
from chaos.processes import ZOMBIE, Process, below, followed, orphans

PATIENCE = 20
"""How many times longer than undisturbed a run may take."""
MOST_RUNS = 20
LOOK = 0.5
"""Seconds between two looks at the processes of a run, for their names' sake."""
TRACKER = "multiprocessing.resource_tracker"
"""Python lets it end after the process that it belongs to."""
NOTHING = Fault("nothing", lambda *_: False, 0)


def undisturbed(course: Course, share: float) -> tuple[Table, float]:
    """The table, and the seconds that `share` of it take; RuntimeError if not even that works."""
    course.clean()
    course.put_elsewhere()
    start, outcome = time.monotonic(), Outcome(NOTHING)
    status = _Run(course, NOTHING, Random(0), inf, outcome).status()
    outcome.left += course.left_over()
    if status or outcome.left or outcome.wrong or FAULT in course.said():
        raise RuntimeError(f"the undisturbed run failed:\n{course.said()}\n{outcome}")
    course.remember()
    return course.result(), share * (time.monotonic() - start)


def disturbed(
    course: Course, fault: Fault, dice: Random, expected: Table, seconds: float, share: float
) -> Outcome:
    """Grade `share` of the class, with `fault` at random moments of the `seconds` it takes.

    A small class has its pages written before a strike falls; then they are written again.
    """
    course.clean(share)
    outcome, status = Outcome(fault), -1
    while (status or outcome.early) and outcome.runs < MOST_RUNS:
        course.forget_pages()
        status = _Run(course, fault, dice, seconds, outcome).status()
    outcome.other = ["no table"] if status else list(_differences(expected, course.result()))
    outcome.left += course.left_over()
    return outcome


class _Run:
    """The command, running."""

    def __init__(
        self, course: Course, fault: Fault, dice: Random, seconds: float, outcome: Outcome
    ) -> None:
        self._course, self._fault, self._dice, self._seconds = course, fault, dice, seconds
        self._outcome, self._began = outcome, time.time()
        course.jump(dice.randrange(DAY, DECADE) if fault.clock else 0)
        self._jumps = len(course.clocks())
        self._process = course.start(dice.randrange(DECADE) if fault.clock else None)
        self._deadline = time.monotonic() + PATIENCE * seconds + 120
        self._looked, self._commands, self._hit = 0.0, dict[int, str](), True
        self._page = dice.randint(1, max(1, course.count // 2))
        outcome.runs += 1

    def status(self) -> int:
        """Strike until it ends, and look at what it leaves; its status."""
        while self._waited():
            self._strike()
        status = self._end()
        self._follow_up(status)
        if not status:
            self._check_date()
        return status

    def _waited(self) -> bool:
        """Until a moment to strike; False if the run ends before it."""
        moment = time.monotonic() + self._pause()
        while self._process.poll() is None and time.monotonic() < self._deadline:
            late = self._outcome.early and self._course.reporting(self._page)
            if late or time.monotonic() > moment:
                return True
            self._look()
            time.sleep(0.005 if self._outcome.early else 0.05)
        return False

    def _pause(self) -> float:
        """Where there was nothing to be hit, there soon may be."""
        most = self._fault.most
        if self._outcome.struck >= most:
            return inf
        if not self._hit:
            return 0.05
        apart = self._fault.apart if self._outcome.struck else 0.0
        return apart + self._dice.uniform(0, self._seconds / most)

    def _look(self) -> None:
        """Of a zombie nobody can tell what it was."""
        if time.monotonic() > self._looked + LOOK:
            alive = (p for p in below(self._process.pid) if p.state != ZOMBIE)
            self._commands |= {p.pid: p.command for p in alive}
            self._looked = time.monotonic()

    def _strike(self) -> None:
        late = self._course.reporting()
        self._hit = self._fault.strike(self._course, self._process.pid, self._dice)
        self._outcome.struck += self._hit
        self._outcome.late |= self._hit and late
        self._outcome.left += map(str, followed(self._process.pid))

    def _end(self) -> int:
        try:
            return self._process.wait(max(0.0, self._deadline - time.monotonic()))
        except subprocess.TimeoutExpired:
            self._outcome.wrong.append("a run did not end")
            self._process.kill()
            return self._process.wait()

    def _follow_up(self, status: int) -> None:
        """What the run leaves: processes that do not end with it, and a message that is none.

        A run that ends well leaves not even a zombie: it has waited for all. One that fails kills
        judges, which cannot wait for their zygotes any more."""
        course, outcome, pid = self._course, self._outcome, self._process.pid
        course.make_room()
        zombies = [p for p in orphans(pid) if p.state == ZOMBIE and status == 0]
        alive = followed(pid)
        named = [replace(p, command=self._commands.get(p.pid, p.command)) for p in zombies]
        outcome.left += [str(p) for p in named if TRACKER not in p.command] + list(map(str, alive))
        _end_all(alive)
        followed(pid)
        outcome.left += course.put_elsewhere()
        if "Traceback" in course.said():
            outcome.wrong.append(course.said()[-2000:])
        if status > 0:
            outcome.told.append(course.said().rstrip().rpartition("\n")[2])

    def _check_date(self) -> None:
        """The run was told one of the dates that the clock has shown in it."""
        told, clocks = self._course.started(), self._course.clocks()[self._jumps - 1 :]
        if not any(abs(told - self._began - clock) < DAY / 2 for clock in clocks):
            self._outcome.wrong.append("the clock has jumped, and the date of the run has not")


def _differences(expected: Table, got: Table) -> Iterator[str]:
    """The first line that is another, of each part of the two tables."""
    for name in sorted({*expected, *got}):
        old, new = expected.get(name, ""), got.get(name, "")
        if old != new:
            pairs = zip_longest(old.split("\n"), new.split("\n"))
            yield next(f"{name} {x} -> {y}" for x, y in pairs if x != y)


def _end_all(found: list[Process]) -> None:
    for process in found:
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)
