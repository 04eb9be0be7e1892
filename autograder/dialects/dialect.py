"""A course's conventions, read from its TOML file."""

import tomllib
from functools import cache
from pathlib import Path
from typing import Any, Literal

from pydantic import Field

from autograder.assignment import Assignment, AssignmentError, Model, Task

CASES = ("autograder.dialects.cases",)
"""The cases of tasks that the assignment has not."""
FOLDER = Path(__file__).parent
DIALECTS = tuple(sorted(path.stem for path in FOLDER.glob("*.toml")))


class Dialect(Model):
    """Names and meanings of one course, as they differ from the assignment's own.

    `tasks` maps files, seen from the package, to the tasks that are written there; `arguments` maps
    our names of a constructor's arguments to theirs, or to "" if they have none; `words` and
    `state` do so for values and keys of an optimizer's state; Adam's t is always among them if
    `t_is_given`, and if `t_from_one` where a file says that it starts at 1.
    `own` are tasks that the assignment has not, `transposed` says that weights have a row for each
    unit and the loss takes the regularization. `python` is the version that the course used.
    `handed_out` are functions of layers.py that the course gives, `given` whole files, `extended`
    those that a student may extend, `beside` other packages that hold given files. `left_out` names
    cases, as "task/case", about what the course does not ask for.
    """

    name: str
    title: str
    package: str
    python: Literal[2, 3] = 3
    p: Literal["keep", "drop"]
    off: float
    momentum: Literal["cs231n", "pytorch"] = "cs231n"
    either_momentum: bool = False
    tasks: dict[str, tuple[str, ...]]
    arguments: dict[str, dict[str, str]] = Field(default_factory=dict)
    words: dict[str, dict[str, str]] = Field(default_factory=dict)
    state: dict[str, dict[str, str]] = Field(default_factory=dict)
    t_from_one: bool = False
    t_is_given: bool = False
    extended: tuple[str, ...] = ()
    given: tuple[str, ...] = ()
    transposed: bool = False
    own: tuple[Task, ...] = ()
    beside: tuple[str, ...] = ()
    handed_out: tuple[str, ...] = ()
    left_out: tuple[str, ...] = ()

    def home(self, task: str) -> str:
        """The file in which `task` is written."""
        return next(f"{self.package}/{file}" for file, ids in self.tasks.items() if task in ids)

    def fits(self, assignment: Assignment) -> bool:
        """Does the course ask for any of the tasks of `assignment`?"""
        return any(task.id in self.task_ids for task in assignment.tasks)

    @property
    def task_ids(self) -> frozenset[str]:
        """All tasks that the course has."""
        return frozenset(task for ids in self.tasks.values() for task in ids)


def all_tasks(assignment: Assignment) -> Assignment:
    """`assignment` with the tasks that only other courses have."""
    own = {task.id: task for name in DIALECTS for task in load_dialect(name).own}
    return assignment.model_copy(update={"tasks": (*assignment.tasks, *own.values())})


@cache
def usual_places() -> frozenset[str]:
    """Where students of any other course have their files."""
    dialects = map(load_dialect, DIALECTS)
    return frozenset(
        f"{d.package}/{file}" for d in dialects for file, ids in d.tasks.items() if ids
    )


@cache
def load_dialect(name: str) -> Dialect:
    """The dialect of that name; AssignmentError names the known ones."""
    if name not in DIALECTS:
        raise AssignmentError(f"There is no dialect '{name}': use one of {', '.join(DIALECTS)}")
    return Dialect(name=name, **_table(name))


def _table(name: str) -> dict[str, Any]:
    """The TOML file, laid over the one that it is `like`."""
    own = tomllib.loads((FOLDER / f"{name}.toml").read_text(encoding="utf-8"))
    base = _table(own.pop("like")) if "like" in own else {}
    return _laid_over(base, own)


def _laid_over(base: dict[str, Any], own: dict[str, Any]) -> dict[str, Any]:
    """A table replaces keys of the one below, not all of it."""
    both = {key: value for key, value in own.items() if isinstance(value, dict)}
    merged = {key: _laid_over(base.get(key, {}), value) for key, value in both.items()}
    return {**base, **own, **merged}
