"""Which assignment a submission is of, read off its files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from autograder.assignment import Assignment, load_assignment, siblings
from autograder.dialects.recognize import AUTO, recognized
from autograder.intake import IntakeError, file_name, lies_at

Files = Mapping[str, bytes]
Signs = tuple[list[str], ...]


@dataclass(frozen=True)
class Belonging:
    """The assignment that files are of, and what tells so."""

    assignment: Assignment
    sign: str


def belonging(files: Files, assignments: Sequence[Assignment]) -> Belonging | None:
    """Where most of `files` belong; None if nothing tells, or two assignments alike."""
    found = [(each, _signs(files, each, assignments)) for each in assignments]
    weights = [[len(kind) for kind in signs] for _, signs in found]
    best = max(weights)
    if not any(best) or weights.count(best) > 1:
        return None
    assignment, signs = found[weights.index(best)]
    return Belonging(assignment, next(sign for kind in signs for sign in kind))


def demand_own(files: Files, assignment: Assignment) -> None:
    """IntakeError if nothing in `files` is of `assignment`, but something of one beside it."""
    known = _beside(assignment.root.resolve())
    if any(_signs(files, assignment, known)):
        return
    if found := belonging(files, known):
        what = f"is the work of another assignment, {found.assignment.id} ({found.sign})"
        raise IntakeError(f"{what}: {assignment.id} is graded here")


@cache
def _beside(root: Path) -> list[Assignment]:
    return siblings(load_assignment(root))


def _signs(files: Files, assignment: Assignment, assignments: Sequence[Assignment]) -> Signs:
    """Files at their places, files of a name that no other assignment has, or else a dialect."""
    mine = _due(assignment)
    others = {file_name(p) for each in assignments if each.id != assignment.id for p in _due(each)}
    names = {file_name(path) for path in mine} - others
    placed = [file for file in files if any(lies_at(file, path) for path in mine)]
    named = [file for file in files if file_name(file) in names]
    spoken = None if placed or named else recognized(files, assignment, AUTO)
    return placed, named, list(spoken.evidence) if spoken else []


def _due(assignment: Assignment) -> tuple[str, ...]:
    return (*assignment.student_files, *assignment.given_files, *assignment.notebooks)
