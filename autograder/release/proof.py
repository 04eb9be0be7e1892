"""Three proofs of a release: it leaks nothing, its solution is right, its stubs are empty."""

import shutil
from collections.abc import Callable, Iterator
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from autograder.assignment import load_assignment
from autograder.release.errors import demand_none
from autograder.release.leaks import pickled_arrays, surviving_lines

# Grades a folder and returns its entry in the result document.
Grade = Callable[[Path], dict[str, Any]]

STAFF_ROOMS = frozenset(("exports", "grading", "release", "reports", "sandbox"))
STAFF_FOLDERS = frozenset(("solutions", "source", "submissions", "tests"))
STAFF_FILES = frozenset(("cli", "sandboxed", "worker", "misconceptions", "variants", "gradebook"))
CACHES = frozenset(("__pycache__", ".git", ".ipynb_checkpoints"))
STAFF_ONLY = STAFF_ROOMS | STAFF_FOLDERS | STAFF_FILES | CACHES
STAFF_SUFFIXES = frozenset((".db", ".sqlite", ".sqlite3", ".pyc", ".pkl", ".pickle"))


def prove(source: Path, release: Path, grade: Grade) -> None:
    """Check the folder `release`, made of the assignment in `source`.

    Raises:
        ReleaseError: lists everything of the first proof that fails.
    """
    todo = "Correct source/ or the list of files, and release again"
    demand_none(staff_files(release), "release", "instructor files in the release", todo)
    demand_none(_leaks(source, release), "release", "solutions survive in the release", todo)
    solved = f"Correct {source.name} or its checks: the solution must earn every point"
    faults = _unlike(source, source, grade, "passed", 1.0)
    demand_none(faults, "release", "the solution fails", solved)
    with TemporaryDirectory() as folder:
        # What a run leaves behind must not ship.
        copy = Path(shutil.copytree(release, Path(folder) / release.name))
        faults = _unlike(source, copy, grade, "not attempted", 0.0)
    todo = "Enclose the whole solution"
    demand_none(faults, "release", "the stubs do not count as not attempted", todo)


def staff_files(release: Path) -> list[str]:
    """Files of `release`, relative to it, whose name, folder or kind is for instructors only."""
    paths = sorted(path.relative_to(release) for path in release.rglob("*") if path.is_file())
    return [
        path.as_posix()
        for path in paths
        if STAFF_ONLY & {*path.parent.parts, path.stem, path.name} or path.suffix in STAFF_SUFFIXES
    ]


def _leaks(source: Path, release: Path) -> list[str]:
    lines = [f"{leak.file}:{leak.line}: {leak.text}" for leak in surviving_lines(source, release)]
    arrays = [
        f"{file.relative_to(release).as_posix()}: array '{name}' is not numeric"
        for file in sorted(release.rglob("*.npz"))
        for name in pickled_arrays(file)
    ]
    return lines + arrays


def _unlike(source: Path, folder: Path, grade: Grade, verdict: str, share: float) -> list[str]:
    """What the grades of `folder` have other than `verdict` and that share of the points."""
    judged = {task["id"]: task for task in grade(folder)["tasks"]}
    return list(_differences(source, judged, verdict, share))


def _differences(
    source: Path, judged: dict[str, dict[str, Any]], verdict: str, share: float
) -> Iterator[str]:
    for task in load_assignment(source).tasks:
        result = judged.get(task.id, {"verdict": "not judged", "points": 0.0})
        right = result["verdict"] == verdict and result["points"] == share * task.points
        if not right:
            earned = f"{result['points']:g} of {task.points:g} points"
            messages = [finding["message"].rstrip(".") for finding in result.get("findings", [])]
            yield ". ".join([f"{task.id}: {result['verdict']}, {earned}", *messages])
