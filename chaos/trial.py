"""A class graded under one fault, by the same command again and again."""

import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from itertools import zip_longest
from random import Random

from autograder.grading.grade import FAULT
from chaos.course import Course
from chaos.faults import Fault
from chaos.processes import ZOMBIE, below, reap

PATIENCE, GRACE = 20, 10.0
"""How many times longer than undisturbed a run may take; seconds that others have to follow it."""
MOST_RUNS = 20
DECADE = 10 * 365 * 86400
ID = re.compile(r"s\d{5}")
Table = tuple[str, str]


@dataclass
class Outcome:
    """How often the fault struck, how many runs it took to the end, where the table is another,
    what was left after any run, what one `told` that failed, and what of that is `wrong`."""

    struck: int = 0
    runs: int = 0
    other: list[str] = field(default_factory=list)
    left: list[str] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    wrong: list[str] = field(default_factory=list)

    @property
    def fine(self) -> bool:
        return not (self.other or self.left or self.wrong)


def undisturbed(course: Course, share: float) -> tuple[Table, float]:
    """The table, and the seconds that `share` of it take; RuntimeError if not even that works."""
    course.clean()
    start, run = time.monotonic(), course.start()
    if run.wait() or course.left_over() or FAULT in course.said():
        raise RuntimeError(f"the undisturbed run failed:\n{course.said()}")
    course.remember()
    return course.result(), share * (time.monotonic() - start)


def disturbed(
    course: Course, fault: Fault, dice: Random, expected: Table, seconds: float, share: float
) -> Outcome:
    """Grade `share` of the class, with `fault` at random moments of the `seconds` it takes."""
    course.clean(share)
    outcome, status = Outcome(), -1
    while status and outcome.runs < MOST_RUNS:
        run = course.start(dice.randrange(DECADE) if fault.uptime else None)
        outcome.runs += 1
        status = _watched(run, course, fault, dice, seconds, outcome)
        if status > 0:
            outcome.told.append(_last_line(course.said()))
        _follow_up(course, outcome)
    outcome.other = ["no table"] if status else list(_differences(expected, course.result()))
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


def _differences(expected: Table, got: Table) -> Iterator[str]:
    """The first line that is another, of each part of the two tables."""
    for old, new in zip_longest(_parts(expected), _parts(got), fillvalue=""):
        if old != new:
            yield _first_difference(old, new)


def _parts(table: Table) -> Iterator[str]:
    """Each submission, what the document says besides, and the CSV."""
    document = json.loads(table[0])
    for part in (*document.pop("submissions"), document):
        yield json.dumps(part, indent=1)
    yield table[1]


def _first_difference(old: str, new: str) -> str:
    who, pairs = ID.findall(old), zip_longest(old.split("\n"), new.split("\n"))
    return next(f"{who[:1]} {x} -> {y}" for x, y in pairs if x != y)


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
