"""What a verdict was made by: equal digests promise equal verdicts on the same work."""

import ast
import hashlib
import sys
from collections.abc import Iterable
from functools import cache
from importlib.metadata import version
from pathlib import Path

from autograder.assignment import Assignment
from autograder.diagnosis.catalogue import Entry
from autograder.diagnosis.misconceptions import MISCONCEPTIONS
from autograder.diagnosis.variants import VARIANTS
from autograder.grading.store import content_key
from autograder.judge.case import cases_of
from autograder.judge.examine import layer_of

ENGINE = Path(__file__).parents[1]
WHOLE = "*"
BY_TASK = [ENGINE / "checks", ENGINE / "diagnosis/misconceptions", ENGINE / "diagnosis/variants"]


def judged_by(assignment: Assignment) -> dict[str, str]:
    """By task, SHA-256 of what its verdict depends on besides the work and the assignment; and of
    all that any may depend on, as WHOLE.

    That is the autograder's code, and of checks and catalogue what is about the task, those it
    needs, and those that share a cache with them: so that another check makes old results void
    where it may count, and nowhere else. The assignment's checks have to be loaded.
    """
    by_task = {task.id: _digest(_around(assignment, task.id)) for task in assignment.tasks}
    return {**by_task, WHOLE: content_key(assignment.digest, engine_digest())}


def _around(assignment: Assignment, task_id: str) -> tuple[str, ...]:
    """The task, and all whose results its own may depend on."""
    below = _with_needs(assignment, (task_id,))
    layers = {layer_of(name) for name in below}
    partners = (task.id for task in assignment.tasks if layer_of(task.id) in layers)
    return tuple(sorted(_with_needs(assignment, (*below, *partners))))


def _with_needs(assignment: Assignment, names: Iterable[str]) -> set[str]:
    looked_at = {case.after for name in names for case in cases_of(name) if case.after}
    tasks = [assignment.task(name) for name in {*names, *looked_at}]
    return {name for task in tasks for name in (*assignment.foundations(task), task.id)}


def _digest(names: tuple[str, ...]) -> str:
    modules = {case.ask.__module__ for name in names for case in cases_of(name)}
    entries = [entry for name in names for entry in _entries().get(name, ())]
    return content_key(_engine_of_all(), *(_text(m) for m in sorted(_imported(modules))), *entries)


@cache
def _entries() -> dict[str, list[str]]:
    """By task, what the catalogue says of it."""
    by_task: dict[str, list[str]] = {}
    entries: tuple[Entry, ...] = (*MISCONCEPTIONS, *VARIANTS)
    for entry in entries:
        by_task.setdefault(entry.task, []).append(repr(entry))
    return by_task


def _imported(modules: set[str]) -> set[str]:
    """`modules`, and those of all checks and of their own packages that they import."""
    own = {module.partition(".")[0] for module in modules} - {"autograder"}
    found, new = set[str](), set(modules)
    while new:
        found |= new
        names = {name for module in new for name in _imports(module)}
        ours = {name for name in names if _is_check(name) or name.partition(".")[0] in own}
        new = (ours & set(sys.modules)) - found
    return found


def _is_check(name: str) -> bool:
    return f"{name}.".startswith("autograder.checks.")


@cache
def _imports(module: str) -> tuple[str, ...]:
    nodes = list(ast.walk(ast.parse(_text(module))))
    froms = [node for node in nodes if isinstance(node, ast.ImportFrom) and node.module]
    whole = [alias.name for node in nodes if isinstance(node, ast.Import) for alias in node.names]
    parts = [f"{node.module}.{alias.name}" for node in froms for alias in node.names]
    return (*whole, *parts, *(str(node.module) for node in froms))


@cache
def _text(module: str) -> str:
    return Path(str(sys.modules[module].__file__)).read_text("utf-8")


def checks_digest(assignment: Assignment) -> str:
    """SHA-256 of the assignment's checks, wherever they lie. They have to be loaded."""
    modules = _imported(set(assignment.checks))
    return content_key(*(_text(module) for module in sorted(modules)))


@cache
def engine_digest() -> str:
    """SHA-256 over all of the autograder's own code."""
    return _sum([*ENGINE.rglob("*.py"), *ENGINE.rglob("*.toml")])


@cache
def _engine_of_all() -> str:
    """The same without what is about single tasks."""
    files = [*ENGINE.rglob("*.py"), *ENGINE.rglob("*.toml")]
    return _sum(file for file in files if not any(map(file.is_relative_to, BY_TASK)))


def _sum(files: Iterable[Path]) -> str:
    digest = hashlib.sha256(version("numpy").encode())
    for path in sorted(files):
        digest.update(path.read_bytes())
    return digest.hexdigest()
