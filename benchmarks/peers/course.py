"""Ten submissions, and the checks that all graders run on them."""

import shutil
import subprocess
from dataclasses import dataclass
from pathlib import Path

from autograder.assignment import Assignment, load_assignment
from benchmarks.classes import write, write_class
from benchmarks.peers.tools import programs

SOURCE = Path("source/modular-nets").resolve()
PLAIN = Path(__file__).with_name("plain")
COUNT, SEED = 10, 3
TWELVE = (
    "affine_forward", "affine_backward", "relu_forward", "relu_backward", "softmax_loss",
    "svm_loss", "batchnorm_forward", "batchnorm_backward", "layernorm_forward",
    "layernorm_backward", "dropout_forward", "dropout_backward",
)  # fmt: skip
"""Functions of layers.py, which are tasks and plain checks alike."""


@dataclass(frozen=True)
class Course:
    """`tasks` are ours; `checks` the plain ones, which lie in `plain` with their reference values.

    `bare` are the submissions as handed in, `whole` the same with the staff's files.
    """

    tasks: tuple[str, ...]
    checks: tuple[str, ...]
    plain: Path
    bare: tuple[Path, ...]
    whole: tuple[Path, ...]


def courses(place: Path) -> dict[str, Course]:
    """That of the twelve checks, and that of all functions of the NumPy notebooks."""
    assignment = load_assignment(SOURCE)
    bare, whole = _submissions(place / "bare", assignment), place / "whole"
    for folder in bare:
        _with_staff_files(assignment, folder, whole / folder.name)
    plain = _plain(place / "plain", whole / "s00000")
    tasks = [t.id for t in assignment.tasks if t.has_cases and t.environment == "numpy"]
    wholes = tuple(whole / folder.name for folder in bare)
    return {
        "twelve": Course(TWELVE, TWELVE, plain, bare, wholes),
        "full": Course(tuple(tasks), _all_checks(plain), plain, bare, wholes),
    }


def _submissions(place: Path, assignment: Assignment) -> tuple[Path, ...]:
    """The solution, and nine of a drawn class."""
    names = [name for name in assignment.student_files if name.endswith(".py")]
    write_class(place, COUNT - 1, SEED, files=names)
    write(place, {"s00000": {name: (SOURCE / name).read_text("utf-8") for name in names}})
    return tuple(sorted(place.iterdir()))


def _with_staff_files(assignment: Assignment, folder: Path, target: Path) -> None:
    shutil.copytree(folder, target)
    for name in assignment.given_files:
        shutil.copy(SOURCE / name, target / name)


def _plain(place: Path, solution: Path) -> Path:
    """The plain checks, with reference values that the solution gives."""
    shutil.copytree(PLAIN, place)
    python = str(programs("plain") / "python")
    subprocess.run([python, str(place / "plain_checks.py"), "record"], cwd=solution, check=True)
    return place


def _all_checks(plain: Path) -> tuple[str, ...]:
    code = "import plain_checks; print(*plain_checks.CHECKS)"
    command = [str(programs("plain") / "python"), "-c", code]
    return tuple(subprocess.check_output(command, cwd=plain, text=True).split())
