"""From an assignment's source to the folder and the zip that students get."""

from collections.abc import Callable
from pathlib import Path

from autograder.archive import write_zip
from autograder.assignment import Assignment, load_assignment
from autograder.local.recorded import FILE as RECORDED
from autograder.release.kit import copy_kit
from autograder.release.notebooks import release_notebooks
from autograder.release.proof import Grade, prove
from autograder.release.sources import check_source, read_source
from autograder.release.stage import publish, stage
from autograder.release.strip import strip_code

# Writes the expected answers of the public trials to the given file, and known mistakes beside it.
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
    with stage(release_root, assignment.id) as made:
        folder = made / assignment.id
        _fill(folder, assignment, record)
        prove(assignment_folder, folder, grade)
        write_zip(made / f"{assignment.id}.zip", _contents(folder))
        publish(made, release_root, assignment.id, f"{assignment.id}.zip")
    return release_root / assignment.id


def _fill(folder: Path, assignment: Assignment, record: Record) -> None:
    ids = {task.id for task in assignment.tasks}
    fill_given(folder, assignment, record)
    for name in assignment.student_files:
        stripped = strip_code(read_source(assignment.root, name), name, ids)
        write(folder / name, stripped.encode("utf-8"))
    release_notebooks(assignment.root, assignment.notebooks, ids, folder)


def fill_given(folder: Path, assignment: Assignment, record: Record) -> None:
    """Write to `folder` all that students do not write: kit, given files, recorded answers."""
    copy_kit(folder, assignment)
    for name in ("assignment.toml", *assignment.given_files):
        write(folder / name, (assignment.root / name).read_bytes())
    record(folder / RECORDED)


def write(file: Path, content: bytes) -> None:
    """Write a file, and the folders it lies in."""
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_bytes(content)


def _contents(folder: Path) -> dict[str, bytes]:
    """All files under the folder's own name, sorted."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.relative_to(folder.parent).as_posix(): path.read_bytes() for path in files}
