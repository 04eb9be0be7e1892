"""Checks in a process of their own: an endless loop or an exit costs one task, not the command."""

import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path

from autograder.assignment import Assignment, AssignmentError, Task, load_assignment
from autograder.judge.finding import Finding
from autograder.judge.verdict import Result, name_of
from autograder.local.check import Checker
from autograder.local.recorded import RecordingError
from autograder.local.report import Report
from autograder.student.channel import Crashed, TimedOut

SECONDS, TRAINING_SECONDS = 20.0, 600.0
# The one way to start a process that all platforms have.
CONTEXT = get_context("spawn")


def check_apart(assignment: Assignment, tasks: Sequence[Task]) -> Iterator[Report]:
    """The reports of `tasks`, one by one; raises AssignmentError, RecordingError.

    Where a task gives no answer, what builds on it is not tried: it would give none either.
    """
    silent: list[str] = []
    with closing(Child(assignment.root)) as child:
        for task in tasks:
            if cause := next((name for name in silent if _calls(assignment, task, name)), None):
                yield _stopped(task, "blocked", f"Not checked, because {cause} gave no answer")
                continue
            try:
                report = child.check(task)
            except (TimedOut, Crashed) as error:
                child.close()
                silent.append(task.id)
                report = _stopped(task, name_of(task, error), str(error))
            yield report


def _calls(assignment: Assignment, task: Task, name: str) -> bool:
    """A training run may call whatever there is."""
    return not task.has_cases or name in assignment.foundations(task)


def _stopped(task: Task, verdict: str, text: str) -> Report:
    return Report(Result(task, verdict, findings=(Finding("", text),)))


class Child:
    """A process that checks; it is started when it is needed, and anew after it fell silent."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._process: SpawnProcess | None = None

    def check(self, task: Task) -> Report:
        """The report of `task`; raises TimedOut, Crashed, AssignmentError, RecordingError."""
        process = self._process or self._start()
        seconds = TRAINING_SECONDS if task.experiment else SECONDS
        try:
            self._connection.send(task)
            if self._connection.poll(seconds):
                return self._received()
        except (EOFError, OSError):
            process.join()
            raise Crashed(_ending(task, process.exitcode)) from None
        except KeyboardInterrupt:
            # The terminal interrupts the process as well: it says at which line.
            process.join(1)
            raise
        raise TimedOut(_endless(task, seconds))

    def close(self) -> None:
        """End the process: a closed connection tells it, unless it is caught in a loop."""
        if self._process is not None:
            self._connection.close()
            self._process.join(1)
            self._process.kill()
            self._process.join()
            self._process = None

    def _start(self) -> SpawnProcess:
        """Returns when the process waits for tasks, so that starting it counts for none."""
        self._connection, theirs = CONTEXT.Pipe()
        self._process = CONTEXT.Process(target=_serve, args=(theirs, self._root))
        self._process.start()
        theirs.close()
        self._received()
        return self._process

    def _received(self) -> Report:
        answer: Report | Exception = self._connection.recv()
        if isinstance(answer, Exception):
            raise answer
        return answer


def _ending(task: Task, status: int | None) -> str:
    how, why = f"exit status {status}", "does your code call exit?"
    if status is not None and status < 0:
        how, why = f"killed by signal {-status}", "does your code use too much memory?"
    return f"The process ended while {task.id} was checked ({how}): {why}"


def _endless(task: Task, seconds: float) -> str:
    text = f"{task.id} gave no answer within {seconds:g} s: is there an endless loop?"
    todo = f'To see its line, run check("{task.id}") in the notebook and interrupt the kernel.'
    return f"{text}\n{todo}"


def _serve(connection: Connection, root: Path) -> None:
    """Answer every task with its report, until the command ends."""
    try:
        checker = Checker(load_assignment(root))
        connection.send(None)
        while True:
            connection.send(checker.check(connection.recv()))
    except (AssignmentError, RecordingError) as error:
        connection.send(error)
    except EOFError:
        return
    except KeyboardInterrupt as error:
        print(error, file=sys.stderr, flush=True)
