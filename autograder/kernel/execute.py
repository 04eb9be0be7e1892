"""A student's notebooks, run as on the student's machine, in the sandbox."""

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic

import nbformat
from nbformat import NotebookNode

from autograder.assignment import Assignment
from autograder.dialects.reading import read_in_dialect
from autograder.dialects.recognize import OWN
from autograder.intake import Found, read_folder, read_zip
from autograder.kernel.running import Pace, Run
from autograder.submission import nearest
from datasets import embedded
from datasets.files import data_folder


@dataclass(frozen=True)
class Executed:
    """One notebook that was run: its name, how long it took, what befell its cells."""

    notebook: str
    seconds: float
    remarks: tuple[str, ...] = ()


def execute_notebooks(
    submission: Path,
    assignment: Assignment,
    to: Path,
    given: Path,
    pace: Pace | None = None,
    dialect: str = OWN,
) -> list[Executed]:
    """Run the notebooks that are in a submission, and write them with their outputs to `to`.

    Beside them lie the student's library, as it is judged, and all of `given`: the folder of the
    release, whose given files and checker replace the student's. Of outputs, text and pictures are
    kept, up to a size. A cell that ends its kernel or takes too long costs itself alone, and its
    outputs tell; what cannot be read as a notebook is told in the remarks, and not written.

    Raises:
        IntakeError: the submission cannot be read.
        NotIsolated: this machine offers no way to isolate a kernel.
        KernelRefused: a kernel could not be started.
    """
    found = read_folder(submission) if submission.is_dir() else read_zip(submission)
    read = read_in_dialect(submission, assignment, dialect)
    layout = read.spoken.reading(assignment) if read.spoken else assignment
    places = {name: nearest(name, found.files) for name in layout.notebooks}
    to.mkdir(parents=True, exist_ok=True)
    with TemporaryDirectory(prefix="submission-") as folder:
        _lay_out(Path(folder), layout, given, found, read.files)
        return [
            _execute(name, found.files[place], Path(folder), to, pace or Pace())
            for name, place in places.items()
            if place is not None
        ]


def _lay_out(
    folder: Path, assignment: Assignment, given: Path, found: Found, texts: Mapping[str, str]
) -> None:
    """What a student has beside the notebooks; of equal names the later ones here count."""
    own = (*assignment.student_files, *assignment.notebooks, *assignment.weights)
    staff = {path.relative_to(given).as_posix(): path for path in given.rglob("*")}
    contents = {name: path.read_bytes() for name, path in staff.items() if path.is_file()}
    brought = {name: content for name, content in found.files.items() if name not in contents}
    for name in own:
        if place := nearest(name, found.files):
            brought[name] = found.files[place]
    brought |= {name: text.encode("utf-8", "replace") for name, text in texts.items()}
    for name, content in {**contents, **brought}.items():
        # In a zip, a file can lie below a file.
        with suppress(FileExistsError, NotADirectoryError, IsADirectoryError):
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes(content)


def _execute(name: str, content: bytes, folder: Path, to: Path, pace: Pace) -> Executed:
    started = monotonic()
    try:
        notebook = _parsed(content)
    except Exception as error:  # Whatever nbformat makes of a file that is none.
        return Executed(name, 0.0, (f"is not a notebook: {error}"[:200],))
    data = data_folder().resolve()
    embedded.ensure(data / embedded.FOLDER)
    run = Run(notebook, folder / Path(name).parent, data, pace)
    run.run()
    text = nbformat.writes(notebook).encode("utf-8", "replace")
    (to / name).parent.mkdir(parents=True, exist_ok=True)
    (to / name).write_bytes(text)
    return Executed(name, monotonic() - started, tuple(run.remarks))


def _parsed(content: bytes) -> NotebookNode:
    notebook = nbformat.reads(content.decode("utf-8"), as_version=4)
    nbformat.validate(notebook, relax_add_props=True)
    return notebook
