"""A class graded under one fault, by the same command again and again."""

import os
import signal
import subprocess
import time
from contextlib import suppress
from dataclasses import dataclass, field
from random import Random

from autograder.grading.grade import FAULT
from chaos.course import Course
from chaos.faults import Fault
from chaos.processes import ZOMBIE, below, reap

PATIENCE, GRACE = 20, 10.0
"""How many times longer than undisturbed a run may take; seconds that others have to follow it."""
MOST_RUNS = 20
DECADE = 10 * 365 * 86400
Table = tuple[str, str]


@dataclass
class Outcome:
    """How often the fault struck, how many runs it took to the end, is the table the `same`; what
    was left after any run, what a run `told` that failed, and what of that is `wrong`."""

    struck: int = 0
    runs: int = 0
    same: bool = False
    left: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def fine(self) -> bool:
        return self.same and not self.left and not self.wrong


def undisturbed(course: Course) -> tuple[Table, float]:
    """The table, and the seconds it took; RuntimeError if not even that works."""
    course.clean()
    start, run = time.monotonic(), course.start()
    if run.wait() or course.left_over() or FAULT in course.said():
        raise RuntimeError(f"the undisturbed run failed:\n{course.said()}")
    return course.result(), time.monotonic() - start


def disturbed(
    course: Course, fault: Fault, dice: Random, expected: Table, seconds: float
) -> Outcome:
    """Grade the class from the beginning, with `fault` at random moments of the time it takes."""
    course.clean()
    outcome, status = Outcome(), -1
    while status and outcome.runs < MOST_RUNS:
        run = course.start(dice.randrange(DECADE) if fault.uptime else None)
        outcome.runs += 1
        status = _watched(run, course, fault, dice, seconds, outcome)
        if status > 0:
            outcome.told.append(_last_line(course.said()))
        _follow_up(course, outcome)
    outcome.same = status == 0 and course.result() == expected
    outcome.left += course.left_over()
    return outcome


def _watched(
    run: subprocess.Popen[str],
    course: Course,
    fault: Fault,
    dice: Random,
    seconds: float,
    outcome: Outcome,
) -> int:
    """Strike until the run ends; its status."""
    deadline = time.monotonic() + PATIENCE * seconds + 120
    while run.poll() is None and outcome.struck < fault.most:
        try:
            run.wait(dice.uniform(0, seconds / fault.most))
        except subprocess.TimeoutExpired:
            outcome.struck += fault.strike(course, run.pid, dice)
    try:
        return run.wait(max(0.0, deadline - time.monotonic()))
    except subprocess.TimeoutExpired:
        outcome.wrong.append("a run did not end")
        _end_all()
        return run.wait()


def _follow_up(course: Course, outcome: Outcome) -> None:
    """What the run leaves: processes that do not end with it, and a message that is none."""
    (course.disk / "ballast").unlink(missing_ok=True)
    deadline = time.monotonic() + GRACE
    while (alive := _alive()) and time.monotonic() < deadline:
        time.sleep(0.1)
    outcome.left += alive
    _end_all()
    reap()
    if "Traceback" in course.said():
        outcome.wrong.append(course.said()[-2000:])


def _last_line(text: str) -> str:
    return text.rstrip().rpartition("\n")[2]


def _end_all() -> None:
    for process in below(os.getpid()):
        with suppress(ProcessLookupError):
            os.kill(process.pid, signal.SIGKILL)


def _alive() -> list[str]:
    """Processes of the run that are still there; those that have ended are let go of."""
    reap()
    return [f"{p.pid} {p.command}" for p in below(os.getpid()) if p.state != ZOMBIE]
