"""All tasks of a submission, each with the student's own functions first."""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Protocol

from autograder.assignment import Assignment, Challenge, Task
from autograder.judge.case import Case, Trial, cases_of
from autograder.judge.challenge import Gallery, examine_challenge
from autograder.judge.experiment import Trainer, examine_experiment
from autograder.judge.finding import Finding
from autograder.judge.trial import Expected, Outcome, run_trial
from autograder.judge.verdict import Result, better, verdict_of
from autograder.student.channel import (
    Channel,
    Crashed,
    NotAttempted,
    StudentError,
    TimedOut,
)


class Helped(Channel, Protocol):
    """The student's code with stand-ins; `asked` holds the names of those that were called."""

    asked: set[str]


class Bench(Protocol):
    """Where a submission's code can be reached."""

    def own(self, task: Task) -> Channel:
        """The student's code alone, in the environment of `task`."""

    def weights(self, name: str) -> bytes | None:
        """The file of trained weights of that name."""

    def helped(self, stand_ins: tuple[str, ...], silent: tuple[str, ...] = ()) -> Helped | None:
        """The student's code with the reference in place of some functions, and with the released
        stubs of the tasks `silent` doing nothing; None: not here."""

    def stub_left(self, task: Task) -> bool:
        """Is the released stub of `task` still in the student's text?"""

    def untouched(self, task: Task) -> bool:
        """Has the student not written a line of `task`, as far as the text tells?"""


@dataclass(frozen=True)
class Examination:
    """All that judging a submission takes besides the submission.

    `left_out` names cases, as "task/case", that are not asked.
    """

    assignment: Assignment
    expected: Expected
    trials: Callable[[Case], list[Trial]]
    trainer: Trainer | None = None
    gallery: Callable[[int], Gallery] | None = None
    left_out: frozenset[str] = frozenset()

    def cases(self, task: Task) -> list[Case]:
        """Those of the group "main" first: the others pay only if they are right."""
        known = {None, *(other.id for other in self.assignment.tasks)}
        asked = [c for c in cases_of(task.id) if f"{c.task}/{c.name}" not in self.left_out]
        return sorted((c for c in asked if c.after in known), key=lambda c: c.group != "main")


def examine(examination: Examination, bench: Bench, tasks: Sequence[Task]) -> Iterator[Result]:
    """The results of `tasks`, in an order in which every task comes after those it needs.

    A task comes again if a later one shows that it is wrong after all: the last result counts.
    """
    done: dict[str, Result] = {}
    for task in in_order(examination, tasks):
        result = _examine_one(examination, bench, task, done)
        if forward := _spoiling(examination, bench, result, done):
            # Its cache was at fault, so that it loses its points, and not this one.
            done[forward.task.id] = _charged(forward, result)
            yield done[forward.task.id]
            result = _examine_one(examination, bench, task, done)
        done[task.id] = result
        yield result


def trials_in_order(examination: Examination, tasks: Sequence[Task]) -> list[Trial]:
    """All trials that `examine` may run on the student's own code, in the order it asks them."""
    cases = [c for t in in_order(examination, tasks) for c in examination.cases(t)]
    return [trial for case in cases if not case.alone for trial in examination.trials(case)]


def in_order(examination: Examination, tasks: Sequence[Task]) -> list[Task]:
    """`tasks` with all that they need, what is needed first."""
    assignment = examination.assignment
    names = [
        name
        for task in tasks
        for name in (*assignment.foundations(task), *_looked_at(examination, task), task.id)
    ]
    return [assignment.task(name) for name in dict.fromkeys(names)]


def _looked_at(examination: Examination, task: Task) -> list[str]:
    return [case.after for case in examination.cases(task) if case.after]


def _examine_one(
    examination: Examination, bench: Bench, task: Task, done: Mapping[str, Result]
) -> Result:
    if task.experiment is not None:
        return examine_experiment(task, bench.own(task), examination.trainer)
    if task.challenge is not None:
        return _challenge(examination, bench, task, task.challenge)
    needs = examination.assignment.foundations(task)
    broken = tuple(need for need in needs if need in done and not done[need].passed)
    own = _own(examination, bench, task, broken, done)
    helped = _with_help(examination, bench, own, broken, done)
    result = _settled(examination, bench, helped, broken, done)
    # There was nothing to help with.
    return replace(result, stand_ins=()) if result.verdict == "not attempted" else result


def _with_help(
    examination: Examination,
    bench: Bench,
    own: Result,
    broken: tuple[str, ...],
    done: Mapping[str, Result],
) -> Result:
    """The best of `own` and of what stand-ins make of it; they are tried until it passes."""
    assignment, dead = examination.assignment, _dead_elsewhere(own, done)
    others = [other.id for other in assignment.tasks if other.file in dead]
    result, silent = own, _later_stubs(assignment, own)
    needs = assignment.foundations(own.task)
    # What passed with a note, in single precision for one, must cost nothing here either.
    elsewhere = [n for n in needs if n in done and layer_of(n) != layer_of(own.task.id)]
    noted = tuple(need for need in elsewhere if done[need].notes)
    tries = (*_attempts(assignment, needs, broken), *_attempts(assignment, needs, broken + noted))
    for partners in dict.fromkeys(tries):
        stand_ins = tuple(n for n in dict.fromkeys((*partners, *others)) if "." not in n)
        if not result.passed and (stand_ins or silent):
            helped = _helped(examination, bench, own.task, stand_ins, silent, done)
            result = better(result, helped or result)
    return result


def _spoiling(
    examination: Examination, bench: Bench, own: Result, done: Mapping[str, Result]
) -> Result | None:
    """The passed forward without whose cache `own`, a failed backward, is right."""
    if own.verdict not in ("failed", "crashed"):
        return None
    needs = examination.assignment.foundations(own.task)
    forward = next((n for n in needs if layer_of(n) == layer_of(own.task.id)), "")
    if forward not in done or not done[forward].passed or "." in forward:
        return None
    helped = _helped(examination, bench, own.task, (forward,), (), done)
    return done[forward] if helped and helped.passed else None


def _charged(forward: Result, backward: Result) -> Result:
    summary = (
        f"Its answers are right, but {backward.task.id} cannot work with the cache that it returns"
        f" (or with the arguments that it changed): with the staff's {forward.task.id} it is right."
    )
    return replace(forward, verdict="failed", points=0.0, findings=(Finding("cache", summary),))


def _helped(
    examination: Examination,
    bench: Bench,
    task: Task,
    stand_ins: tuple[str, ...],
    silent: tuple[str, ...],
    done: Mapping[str, Result],
) -> Result | None:
    """Judged with stand-ins, of which the result names those that were called."""
    channel = bench.helped(stand_ins, silent)
    if channel is None:
        return None
    channel.asked.clear()
    result = _judge(examination, channel, task, done)
    # Stand-ins let the code go on, perhaps to a stub behind the task.
    if later := _later_stubs(examination.assignment, result, silent):
        return _helped(examination, bench, task, stand_ins, (*silent, *later), done)
    called = {name.rsplit(".", 1)[-1] for name in channel.asked}
    names = (other.id for other in examination.assignment.tasks if other.id in called)
    return replace(result, stand_ins=tuple(names))


def _challenge(examination: Examination, bench: Bench, task: Task, challenge: Challenge) -> Result:
    if examination.gallery is None:
        return Result(task, "skipped")
    weights = bench.weights(challenge.weights)
    return examine_challenge(task, bench.own(task), weights, examination.gallery)


def _own(
    examination: Examination,
    bench: Bench,
    task: Task,
    broken: tuple[str, ...],
    done: Mapping[str, Result],
) -> Result:
    """Judged with the student's own functions, unless one of them ends or hangs the process."""
    for need in broken:
        error = next((o.error for o in done[need].outcomes if _deadly(o.error)), None)
        if error is not None and "." not in need:
            return Result(task, "blocked", findings=(Finding("", f"{need}: {error}"),))
    return _judge(examination, bench.own(task), task, done)


def _deadly(error: StudentError | None) -> bool:
    return isinstance(error, Crashed | TimedOut)


def _dead_elsewhere(own: Result, done: Mapping[str, Result]) -> set[str | None]:
    """Other files in which nothing runs: importing from such a file stops this one too."""
    if not any(o.error for o in own.outcomes) and own.verdict != "blocked":
        return set()
    files = {result.task.file for result in done.values()} - {own.task.file, None}
    return {f for f in files if all(_erred(r) for r in done.values() if r.task.file == f)}


def _erred(result: Result) -> bool:
    return result.verdict == "blocked" or any(o.error for o in result.outcomes)


def _later_stubs(
    assignment: Assignment, result: Result, silent: tuple[str, ...] = ()
) -> tuple[str, ...]:
    """Stubs behind the task in the same method: all they do is to hide its answer. Whoever raises
    as a stub does may name anything, so that the names are only those of parts of the class."""
    raised = {o.error.task for o in result.outcomes if isinstance(o.error, NotAttempted)}
    before = {result.task.id, *silent, *assignment.foundations(result.task)}
    inside = f"{result.task.id.split('.')[0]}."
    parts = (task.id for task in assignment.tasks if task.id.startswith(inside))
    return tuple(part for part in parts if part in raised - before)


def _attempts(
    assignment: Assignment, needs: tuple[str, ...], broken: tuple[str, ...]
) -> list[tuple[str, ...]]:
    """What to replace: as little as may do, and then all that may get at one of its caches."""
    functions = [need for need in needs if "." not in need]
    layers = {layer_of(name) for name in broken}
    partners = tuple(n for n in functions if layer_of(n) in layers)
    return list(dict.fromkeys((partners, _connected(assignment, functions, partners))))


def layer_of(name: str) -> str:
    """A forward and its backward share a cache, so that one is not replaced without the other."""
    return re.split("_(?:for|back)ward", name)[0]


def _connected(
    assignment: Assignment, functions: Sequence[str], names: tuple[str, ...]
) -> tuple[str, ...]:
    """Those of `functions` that a chain of needs joins to `names`: spatial batch norm may pass on
    the cache of batch norm."""
    needs = {n: set(functions).intersection(assignment.task(n).needs) for n in functions}
    found = set(names)
    for _ in functions:
        found |= {n for n in functions if needs[n] & found}.union(*(needs[n] for n in found))
    return tuple(n for n in functions if n in found)


def _judge(
    examination: Examination,
    channel: Channel,
    task: Task,
    done: Mapping[str, Result],
    *,
    alone: bool = False,
) -> Result:
    """By the usual cases, or by those that stand `alone`."""
    asked = [c for c in examination.cases(task) if c.alone == alone]
    cases = [c for c in asked if c.after is None or done[c.after].passed]
    outcomes: list[Outcome] = []
    for case in cases:
        outcomes.extend(_trials(examination, channel, case))
        if _deadly(outcomes[-1].error) or isinstance(outcomes[-1].error, NotAttempted):
            break
    groups = frozenset(case.group for case in cases)
    return verdict_of(task, outcomes, examination.assignment.credit, groups)


def _alone(
    examination: Examination, bench: Bench, task: Task, done: Mapping[str, Result]
) -> Result | None:
    """By the cases that stand alone, if the task has any."""
    if not any(case.alone for case in examination.cases(task)):
        return None
    return _judge(examination, bench.own(task), task, done, alone=True)


def _trials(examination: Examination, channel: Channel, case: Case) -> Iterator[Outcome]:
    """A case is over with its first failure: the same mistake need not be shown twice."""
    for trial in examination.trials(case):
        outcome = run_trial(trial, channel, examination.expected)
        yield outcome
        if not outcome.passed:
            return


def _settled(
    examination: Examination,
    bench: Bench,
    result: Result,
    broken: tuple[str, ...],
    done: Mapping[str, Result],
) -> Result:
    """Tell a task that was not begun, or that could not be judged, from a wrong one."""
    if result.passed or result.verdict == "partial":
        return result
    unfinished = [o for o in result.outcomes if isinstance(o.error, NotAttempted)]
    if (unfinished or result.verdict == "blocked") and bench.stub_left(result.task):
        findings = [f for o in unfinished for f in o.findings]
        return replace(result, verdict="not attempted", findings=tuple(findings))
    # What was found while the stub was not reached says nothing about the task; a crash may be
    # that of a function it needs.
    elsewhere = result.verdict == "failed" or (result.verdict == "crashed" and broken)
    if (elsewhere and bench.stub_left(result.task)) or bench.untouched(result.task):
        return replace(result, verdict="not attempted", findings=())
    # Nothing can stand in for another part of the same class.
    # Wrong initial values do no harm: the cases set every parameter.
    raised = any(o.error for o in result.outcomes)
    parts = [
        n for n in broken
        if "." in n and done[n].verdict != "partial" and (raised or not n.endswith(".init"))
    ]  # fmt: skip
    if parts and result.verdict != "not attempted":
        alone = None if raised else _alone(examination, bench, result.task, done)
        if alone and alone.points:
            note = f"judged by what your own {parts[0]} gives, which is wrong"
            return replace(alone, notes=(*alone.notes, note))
        text = f"This part could not be judged before {parts[0]} is right."
        return replace(result, verdict="blocked", findings=(Finding("", text), *result.findings))
    return result
