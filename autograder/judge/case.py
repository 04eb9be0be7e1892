"""A case: one question to a student's code, asked of the reference as well."""

import hashlib
from collections.abc import Callable, Collection, Iterable, Mapping
from dataclasses import dataclass
from importlib import import_module
from typing import Any

from autograder.draw import Draw
from autograder.judge.compare import Tolerance
from autograder.student.proxy import Student


class Answers(dict[str, Any]):
    """Named answers; `explain(quantity)` tells if a gradient fits the student's forward.

    It says None of a quantity that is no gradient.
    """

    explain: Callable[[str], bool | None] | None = None


Question = Callable[[Student, Draw], Mapping[str, Any]]


@dataclass(frozen=True)
class Case:
    """A question and the data about it.

    The same function is run on the student's code and on the reference, with the same draws; its
    answers must agree, except where an answer is a Claim. `group` is the share of the credit it
    belongs to; `lenient` names quantities that may have another usual shape (`compare.forgiven`).
    It is left out while the task `after`, which it looks at as well, is not passed. One that stands
    `alone` is right whatever other parts of its class answer, and is asked only if these are wrong.
    """

    task: str
    name: str
    ask: Question
    group: str = "main"
    lenient: frozenset[str] = frozenset()
    tolerance: Tolerance | None = None
    after: str | None = None
    alone: bool = False

    @property
    def label(self) -> str:
        """How findings name the case."""
        return f"{self.group}: {self.name.replace('_', ' ')}"


_cases: dict[str, list[Case]] = {}


def case(
    *tasks: str,
    group: str = "main",
    lenient: Iterable[str] = (),
    tolerance: Tolerance | None = None,
    after: str | None = None,
    alone: bool = False,
) -> Callable[[Question], Question]:
    """Register the decorated function as a case of each of `tasks`."""

    def register(ask: Question) -> Question:
        name = getattr(ask, "__name__", "case")
        for task in tasks:
            new = Case(task, name, ask, group, frozenset(lenient), tolerance, after, alone)
            _cases.setdefault(task, []).append(new)
        return ask

    return register


def cases_of(task: str) -> tuple[Case, ...]:
    """All registered cases of a task, in the order of the source."""
    return tuple(_cases.get(task, ()))


def cases_in(modules: Collection[str]) -> list[Case]:
    """All registered cases whose questions stand in `modules`, whatever their task."""
    return [case for of in _cases.values() for case in of if case.ask.__module__ in modules]


def load_checks(modules: Iterable[str]) -> None:
    """Import the modules that register the cases of an assignment."""
    for module in modules:
        import_module(module)


@dataclass(frozen=True)
class Trial:
    """A case with one seed. Public trials use published seeds, so that a student can rerun them."""

    case: Case
    index: int
    public: bool
    seed: int

    @property
    def key(self) -> str:
        """Name of the recorded answers."""
        return f"{self.case.task}/{self.case.name}/{self.index}"


PUBLIC_TRIALS = 1
HIDDEN_TRIALS = 1


def public_trials(case: Case) -> list[Trial]:
    """The trials a student can run."""
    return [_trial(case, i, "public", public=True) for i in range(PUBLIC_TRIALS)]


def graded_trials(case: Case, secret: str) -> list[Trial]:
    """The public trials, then those whose seeds come from the run's secret."""
    hidden = [_trial(case, i, secret, public=False) for i in range(HIDDEN_TRIALS)]
    return public_trials(case) + hidden


def _trial(case: Case, index: int, secret: str, *, public: bool) -> Trial:
    text = f"{secret}/{case.task}/{case.name}/{index}"
    seed = int.from_bytes(hashlib.sha256(text.encode()).digest()[:8], "little")
    return Trial(case, index, public, seed)
