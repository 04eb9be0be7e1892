"""Checks in a process of their own: an endless loop or an exit costs one task, not the command.

The files that a task needs are imported first, one by one, so that a loop outside of all functions
is not blamed on a function.
"""

import sys
from collections.abc import Iterator, Sequence
from contextlib import closing
from multiprocessing import get_context
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess
from pathlib import Path
from typing import Any

from autograder.assignment import Assignment, AssignmentError, Task, load_assignment
from autograder.judge.finding import Finding
from autograder.judge.verdict import Result, name_of
from autograder.local.check import Checker
from autograder.local.recorded import RecordingError
from autograder.local.report import Report
from autograder.local.steps import Step, below, imports, in_order
from autograder.student.channel import Crashed, StudentError, TimedOut

# The one way to start a process that all platforms have.
CONTEXT = get_context("spawn")


def check_apart(assignment: Assignment, tasks: Sequence[Task]) -> Iterator[Report]:
    """The reports of `tasks`, one by one; raises AssignmentError, RecordingError.

    Where a task, or importing a file, gives no answer, what builds on it is not tried: it would
    give none either.
    """
    silent: list[str] = []
    with closing(Child(assignment.root)) as child:
        for task in tasks:
            files = imports(assignment, task)
            needed = {*assignment.foundations(task), *(step.name for step in files)}
            cause = next((name for name in silent if not task.has_cases or name in needed), None)
            if cause:
                yield _stopped(task, "blocked", f"Not checked, because {cause} gave no answer")
            else:
                yield _asked(child, task, files, silent)


def stops(assignment: Assignment) -> Iterator[tuple[str, str]]:
    """Which of the student's files cannot be imported to their ends, and why.

    Those that build on one of them are not tried. Raises AssignmentError, RecordingError.
    """
    found: set[str] = set()
    with closing(Child(assignment.root)) as child:
        for file in in_order(assignment, assignment.student_files):
            if found.isdisjoint(below(assignment, file)) and (reason := _reason(child, Step(file))):
                found.add(file)
                yield file, reason


def _reason(child: "Child", step: Step) -> str:
    try:
        return str(child.ask(step))
    except (TimedOut, Crashed) as error:
        child.close()
        return str(error)


def _asked(child: "Child", task: Task, files: Sequence[Step], silent: list[str]) -> Report:
    """The report of `task`; if there is no answer, `silent` gets the name of what gave none."""
    for step in (*files, Step(task)):
        try:
            report: Report = child.ask(step)
        except (TimedOut, Crashed) as error:
            child.close()
            silent.append(step.name)
            return _stopped(task, name_of(task, error), f"{error}{_advice(task, error)}")
    return report


def _stopped(task: Task, verdict: str, text: str) -> Report:
    return Report(Result(task, verdict, findings=(Finding("", text),)))


class Child:
    """A process that checks; it is started when it is needed, and anew after it fell silent."""

    def __init__(self, root: Path) -> None:
        self._root = root
        self._process: SpawnProcess | None = None

    def ask(self, step: Step) -> Any:
        """The report of a task, or what stopped a file before its end, or "".

        Raises TimedOut, Crashed, AssignmentError, RecordingError.
        """
        process = self._process or self._start()
        try:
            self._connection.send(step.request)
            if self._connection.poll(step.seconds):
                return self._received()
        except (EOFError, OSError):
            process.join()
            raise Crashed(step.ended(process.exitcode)) from None
        except KeyboardInterrupt:
            # The terminal interrupts the process as well: it says at which line.
            process.join(1)
            raise
        raise TimedOut(step.endless())

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

    def _received(self) -> Report | str | None:
        answer: Report | str | Exception | None = self._connection.recv()
        if isinstance(answer, Exception):
            raise answer
        return answer


def _advice(task: Task, error: StudentError) -> str:
    """The notebook can tell a loop's line, but dies itself with a process that ends."""
    if isinstance(error, Crashed):
        return ""
    return f'\nTo see its line, run check("{task.id}") in the notebook and interrupt the kernel.'


def _serve(connection: Connection, root: Path) -> None:
    """Answer every task with its report, until the command ends."""
    # Where the notebooks run, what lies beside them can be imported.
    sys.path.append(str(root))
    try:
        checker = Checker(load_assignment(root))
        connection.send(None)
        while True:
            connection.send(_answer(checker, connection.recv()))
    except (AssignmentError, RecordingError) as error:
        connection.send(error)
    except EOFError:
        return
    except KeyboardInterrupt as error:
        print(error, file=sys.stderr, flush=True)


def _answer(checker: Checker, request: str | Task) -> Report | str:
    if isinstance(request, Task):
        return checker.check(request)
    return checker.load(request)
