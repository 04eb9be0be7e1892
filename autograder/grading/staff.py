"""The staff's solution: the reference, the given files, and the trainer of the experiments."""

import json
from collections.abc import Iterator, Mapping
from contextlib import redirect_stdout
from difflib import get_close_matches
from io import StringIO
from pathlib import Path
from typing import Any

import numpy as np
from filelock import FileLock
from threadpoolctl import threadpool_limits

from autograder.assignment import Assignment, AssignmentError, Experiment, Task
from autograder.grading.authored import place_of, place_of_case, reason_of
from autograder.grading.store import Store, content_key
from autograder.judge.case import cases_in, cases_of, load_checks
from autograder.judge.experiment import Hyperparameters
from autograder.student.channel import Call, Handle, StudentError
from autograder.student.local import LocalChannel
from autograder.student.wire import dicts_among
from autograder.submission import read_workplace
from datasets import chosen_source


def staff_files(assignment: Assignment) -> dict[str, str]:
    """The text of the staff's library; raises AssignmentError for a missing file."""
    names = (*assignment.given_files, *assignment.student_files)
    try:
        return {name: (assignment.root / name).read_text(encoding="utf-8") for name in names}
    except OSError as error:
        text = f"{error.filename}: named in assignment.toml but cannot be read ({error.strerror})"
        raise AssignmentError(text) from None


def given_files(assignment: Assignment) -> dict[str, str]:
    """The text of the files that every submission gets from the staff."""
    files = staff_files(assignment)
    return {name: files[name] for name in assignment.given_files}


def staff_modules(assignment: Assignment) -> dict[str, str]:
    """The staff's library and the graded cells of its notebooks, as importable files."""
    return {**staff_files(assignment), **read_workplace(assignment).modules()}


def reference(assignment: Assignment, more: Mapping[str, str] | None = None) -> LocalChannel:
    """The staff's library and `more` modules in this process, with the assignment's checks
    loaded."""
    try:
        load_checks(assignment.checks)
    except Exception as error:
        place = place_of(error) or f"{assignment.root}/assignment.toml: checks"
        raise AssignmentError(f"{place}: {reason_of(error)}") from None
    _complete(assignment)
    modules = {**staff_modules(assignment), **(more or {})}
    return LocalChannel(assignment.package, modules, own=True)


# No product of arrays this small can fill the memory of the judge; the checks pass fewer.
MAX_NUMBERS = 1000


def _complete(assignment: Assignment) -> None:
    """Every task of a file must have cases, in groups that have a share of the credit."""
    if faults := [fault for task in assignment.tasks for fault in _faults(task, assignment)]:
        text = "".join(f"\n  {fault}" for fault in faults)
        raise AssignmentError(f"{assignment.root}: its tasks and their cases do not fit:{text}")


def _faults(task: Task, assignment: Assignment) -> Iterator[str]:
    places: dict[str, list[str]] = {}
    for case in cases_of(task.id):
        places.setdefault(case.name, []).append(place_of_case(case))
    groups = {case.group for case in cases_of(task.id)}
    if task.has_cases and "main" not in groups:
        yield f"task {task.id} has no case in the group 'main'{_misspelt(task.id, assignment)}"
    for group in sorted(groups - set(assignment.credit)):
        yield f"[credit] has no share for {group}, a group of {task.id}'s cases"
    for name, found in places.items():
        if len(found) > 1:
            yield f"task {task.id} has {len(found)} cases named {name} ({', '.join(found)})"


def _misspelt(task_id: str, assignment: Assignment) -> str:
    """The task of a case that may be meant for `task_id`."""
    known = {task.id for task in assignment.tasks}
    others = [each for each in cases_in(assignment.checks) if each.task not in known]
    for name in get_close_matches(task_id, {each.task for each in others}, 1):
        places = [place_of_case(each) for each in others if each.task == name]
        return f"; {', '.join(places)} has one of '{name}', which is no task"
    return ""


class StandInServer:
    """Answers the calls that a student's code makes of the staff's functions."""

    def __init__(self, channel: LocalChannel) -> None:
        self._channel = channel

    def __call__(self, name: str, args: Any, kwargs: Mapping[str, Any]) -> Any:
        """The reference's answer; a cache goes along by value, as its contract allows.

        What the reference stores in a dict, as batch norm does, is stored in the caller's.
        """
        if _numbers([args, kwargs]) > MAX_NUMBERS:
            raise ValueError(f"at most {MAX_NUMBERS} numbers can be passed in one call")
        given = tuple(self._held(x) for x in args)
        named = {key: self._held(x) for key, x in kwargs.items()}
        value = self._invoke(Call("call", name, None, given, named))
        held = [x for x in (*given, *named.values()) if isinstance(x, Handle)]
        for mine, each in zip(dicts_among(args, kwargs), held, strict=True):
            mine.update(self._invoke(Call("read", "", each)))
        self._channel.session.forget()
        return value

    def _held(self, value: Any) -> Any:
        if not isinstance(value, dict):
            return value
        [handle] = self._invoke(Call("hold", "", None, (value,), keep=(0,)))
        return handle

    def _invoke(self, call: Call) -> Any:
        return self._channel.invoke(call).value


def _numbers(tree: Any) -> int:
    match tree:
        case dict():
            return sum(map(_numbers, tree.values()))
        case list() | tuple():
            return sum(map(_numbers, tree))
    return int(np.size(tree))


class StaffTrainer:
    """Trains the staff's net with a student's hyper-parameters, once for equal values.

    Training is deterministic in its hyper-parameters. Results are kept in the store; a lock per key
    lets other processes wait for a run instead of repeating it.
    """

    def __init__(self, assignment: Assignment, store: Path) -> None:
        self._channel = reference(assignment)
        self._digest, self._store = assignment.digest, store

    def measures(self, experiment: Experiment, chosen: Hyperparameters) -> Mapping[str, Any]:
        """The measures of the run."""
        key = content_key(
            self._digest, chosen_source(), np.__version__, experiment.train,
            json.dumps(chosen, sort_keys=True),
        )  # fmt: skip
        with FileLock(self._store.with_suffix(f".{key[:16]}.lock")), Store(self._store) as store:
            known = store.experiment(key)
            if known is None:
                known = self._trained(experiment, chosen)
                store.keep_experiment(key, known)
        self._store.with_suffix(f".{key[:16]}.lock").unlink(missing_ok=True)
        return known

    def _trained(self, experiment: Experiment, chosen: Hyperparameters) -> dict[str, Any]:
        try:
            return self._train(experiment, chosen)
        except StudentError as error:
            # It is the staff's net that failed: no student may pay for it.
            raise RuntimeError(f"experiments.{experiment.train} failed: {error}") from None

    def _train(self, experiment: Experiment, chosen: Hyperparameters) -> dict[str, Any]:
        self._channel.begin(0)
        target = f"experiments.{experiment.train}"
        # More threads would add in another order, and wait for one another on a busy machine.
        with threadpool_limits(1), redirect_stdout(StringIO()):
            solver = self._channel.invoke(Call("call", target, None, (chosen,))).value
        assert isinstance(solver, Handle)
        call = Call("call", "experiments.measures", None, (solver,))
        measures: dict[str, Any] = self._channel.invoke(call).value
        return measures
