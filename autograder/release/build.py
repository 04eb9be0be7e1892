"""From an assignment's source to the folder and the zip that students get."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from autograder.archive import write_zip
from autograder.assignment import Assignment, load_assignment
from autograder.local.recorded import FILE as RECORDED
from autograder.release.errors import ReleaseError
from autograder.release.kit import copy_kit
from autograder.release.notebooks import release_notebooks
from autograder.release.proof import Grade, prove
from autograder.release.sources import check_source, read_source
from autograder.release.strip import strip_code

# Writes the expected answers of the public trials to the given file.
Record = Callable[[Path], None]


def build_release(
    assignment_folder: Path, release_root: Path, record: Record, grade: Grade
) -> Path:
    """Make, prove and publish `release_root`/<id>/ and <id>.zip; returns the folder.

    All is made in a folder beside the target. Whatever fails, the previous release stays.

    Raises:
        ReleaseError: the source cannot be stripped, a proof fails, or nothing can be written.
        AssignmentError: assignment.toml cannot be used.
    """
    assignment = load_assignment(assignment_folder)
    check_source(assignment)
    with _stage(release_root, assignment.id) as stage:
        folder = stage / assignment.id
        _fill(folder, assignment, record)
        prove(assignment_folder, folder, grade)
        write_zip(stage / f"{assignment.id}.zip", _contents(folder))
        _publish(stage, release_root, assignment.id)
    return release_root / assignment.id


@contextmanager
def _stage(release_root: Path, name: str) -> Iterator[Path]:
    try:
        release_root.mkdir(parents=True, exist_ok=True)
        stage = TemporaryDirectory(dir=release_root, prefix=f".{name}-")
    except OSError as error:
        what = f"cannot be written ({error.strerror})"
        todo = "Choose another folder with --to, or change its permissions"
        raise ReleaseError(str(release_root), None, what, todo) from None
    with stage as path:
        yield Path(path)


def _fill(folder: Path, assignment: Assignment, record: Record) -> None:
    ids = {task.id for task in assignment.tasks}
    copy_kit(folder)
    for name in ("assignment.toml", *assignment.given_files):
        _write(folder / name, (assignment.root / name).read_bytes())
    for name in assignment.student_files:
        stripped = strip_code(read_source(assignment.root, name), name, ids)
        _write(folder / name, stripped.encode("utf-8"))
    release_notebooks(assignment.root, assignment.notebooks, ids, folder)
    record(folder / RECORDED)


def _write(file: Path, content: bytes) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def _contents(folder: Path) -> dict[str, bytes]:
    """All files under the folder's own name, sorted."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder.parent).as_posix(): path.read_bytes() for path in files}


def _publish(stage: Path, release_root: Path, name: str) -> None:
    """Put the new folder and zip in place of the old, which go with the stage."""
    target, old = release_root / name, stage / "old"
    if target.exists():
        target.rename(old)
    try:
        (stage / name).rename(target)
        os.replace(stage / f"{name}.zip", release_root / f"{name}.zip")
    except OSError:
        shutil.rmtree(target, ignore_errors=True)
        if old.exists():
            old.rename(target)
        raise
