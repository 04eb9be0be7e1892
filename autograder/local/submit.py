"""The zip to hand in."""

from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from autograder.archive import write_zip
from autograder.assignment import Assignment, AssignmentError
from autograder.local.environment import strange_imports
from autograder.submission import Submission, read_workplace


class SubmitError(Exception):
    """Nothing was packed; the message says what to repair, and that an older zip is still there."""


@dataclass(frozen=True)
class Packed:
    """Names of the files in the zip, ids of the tasks that are still as released, and what is
    imported that the grader lacks: where, and its name."""

    names: tuple[str, ...]
    unfinished: tuple[str, ...]
    strange: tuple[tuple[str, str], ...] = ()


def pack(assignment: Assignment, target: Path) -> Packed:
    """Zip the student's files and notebooks into `target`; raises SubmitError.

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
        if problems := _problems(submission, names):
            raise _refusal(target, problems)
        write_zip(target, {name: (assignment.root / name).read_bytes() for name in names})
    except AssignmentError as error:
        raise _refusal(target, f" {error}") from None
    except OSError as error:
        reason = f" {target}: {error.strerror}; --to names another place"
        raise _refusal(target, reason) from None
    unfinished = tuple(t.id for t in assignment.tasks if submission.stub_left(t))
    strange = strange_imports(assignment.root, assignment.package, submission)
    return Packed(names, unfinished, tuple(strange))


def _problems(submission: Submission, names: tuple[str, ...]) -> str:
    wrong = [s for s in submission.statuses if s.path in names and s.status != "ok"]
    return "".join(f"\n  {status.path}: {status.message}" for status in wrong)


def _refusal(target: Path, reason: str) -> SubmitError:
    return SubmitError(f"Not packed, because of:{reason}{_older(target)}")


def _older(target: Path) -> str:
    try:
        changed = datetime.fromtimestamp(target.stat().st_mtime)
    except OSError:
        return ""
    return f"\n{target} of {changed:%Y-%m-%d %H:%M} is still there, and was NOT updated"
