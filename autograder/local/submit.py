"""The zip to hand in."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from autograder.archive import write_zip
from autograder.assignment import Assignment, AssignmentError, Task
from autograder.local.apart import stops
from autograder.local.environment import strange_imports
from autograder.salvage.definitions import belonging, lacks, place_of
from autograder.submission import Submission, read_workplace

Told = list[tuple[str, str]]
MOST_NAMES = 8


class SubmitError(Exception):
    """Nothing was packed; the message says what to repair, and that an older zip is still there."""


@dataclass(frozen=True)
class Packed:
    """Names of the files in the zip, and what its owner should look at all the same."""

    names: tuple[str, ...]
    warnings: tuple[str, ...] = ()


def pack(assignment: Assignment, target: Path) -> Packed:
    """Zip the student's files and notebooks into `target`; raises SubmitError, RecordingError.

    What is unfinished is packed all the same.
    """
    if target.suffix != ".zip":
        # A slip of the completion key must not write over somebody's work.
        raise SubmitError(f"Not packed: the name of the zip, {target}, must end in .zip")
    try:
        submission = read_workplace(assignment)
        # A model need not be trained to be handed in.
        own = (*submission.weights, *submission.helpers)
        names = (*assignment.student_files, *assignment.notebooks, *own)
        if problems := _problems(submission, names) or _stops(assignment):
            raise _refusal(target, _lines(problems))
        write_zip(target, {name: (assignment.root / name).read_bytes() for name in names})
    except AssignmentError as error:
        raise _refusal(target, f" {error}") from None
    except OSError as error:
        reason = f" {target}: {error.strerror}; --to names another place"
        raise _refusal(target, reason) from None
    return Packed(names, tuple(_warnings(assignment, submission)))


def _problems(submission: Submission, names: tuple[str, ...]) -> Told:
    wrong = [s for s in submission.statuses if s.path in names and s.status != "ok"]
    return [(status.path, status.message) for status in wrong]


def _stops(assignment: Assignment) -> Told:
    """Files that Python cannot read to their ends: tried where an exit or a loop does no harm."""
    found = stops(assignment)
    return [(file, f"it does not run: {reason}") for file, reason in found]


def _warnings(assignment: Assignment, submission: Submission) -> Iterator[str]:
    if unfinished := [task for task in assignment.tasks if submission.stub_left(task)]:
        yield _unfinished(unfinished, len(assignment.tasks))
    yield from _undefined(assignment, submission.files)
    for status in submission.statuses:
        if status.path in assignment.student_files and status.message:
            yield f"{status.path}: {status.message}"
    for place, module in strange_imports(assignment.root, assignment.package, submission):
        yield f"{place} imports {module}, which the grader does not have: do without it"


def _unfinished(tasks: Sequence[Task], total: int) -> str:
    """How many of all there are, and which, by the file where they belong."""
    places: dict[str, list[str]] = {}
    for task in tasks:
        places.setdefault(task.file or task.notebook, []).append(task.id)
    lines = (f"\n  {place}: {_listed(names)}" for place, names in places.items())
    return f"{len(tasks)} of {total} tasks are not implemented yet:{''.join(lines)}"


def _undefined(assignment: Assignment, files: Mapping[str, str]) -> Iterator[str]:
    """What a file does not define, and where something of that name is instead."""
    for path in assignment.student_files:
        names = [name for name in belonging(assignment, path) if lacks(files[path], name)]
        places = {name: place_of(files, path, name) for name in names}
        told = [
            f"{name} (there is one {place})" if place else name for name, place in places.items()
        ]
        if told:
            yield f"{path} does not define {_listed(told)}"


def _listed(names: Sequence[str]) -> str:
    more = len(names) - MOST_NAMES
    return ", ".join(names[:MOST_NAMES]) + (f" and {more} more" if more > 0 else "")


def _lines(problems: Told) -> str:
    lines = (f"{path}: {reason}".splitlines() for path, reason in problems)
    return "".join("\n  " + "\n    ".join(each) for each in lines)


def _refusal(target: Path, reason: str) -> SubmitError:
    return SubmitError(f"Not packed, because of:{reason}{_older(target)}")


def _older(target: Path) -> str:
    try:
        changed = datetime.fromtimestamp(target.stat().st_mtime)
    except OSError:
        return ""
    return f"\n{target} of {changed:%Y-%m-%d %H:%M} is still there, and was NOT updated"
