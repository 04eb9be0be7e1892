"""A class's results, put into nbgrader's grade book by nbgrader itself."""

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import nbformat
from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.converters.base import BaseConverter
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import capture_log
from traitlets.config import Config, PyFileConfigLoader

from autograder.assignment import Assignment
from autograder.gradebook.errors import SETTINGS, BookError
from autograder.gradebook.settings import configure
from autograder.intake import IntakeError, read_folder, read_zip
from autograder.release.notebooks import scripts_on_path
from autograder.release.strip import preprocessors
from autograder.submission import nearest, submission_id


def write_book(
    course: Path,
    assignment: Assignment,
    document: Mapping[str, Any],
    paths: Sequence[Path],
    executed: Path | None = None,
) -> None:
    """Put the results of the submissions at `paths` into the grade book of the folder `course`.

    Notebooks that were run, in `executed`/STUDENT, are shown in place of those handed in. Scores
    that a person gave stay. Raises BookError.
    """
    with TemporaryDirectory() as place, scripts_on_path():
        stage = Path(place)
        config = _config(course, stage)
        _run(GenerateAssignment, config, assignment.id)
        released = stage / "release" / assignment.id
        for path in paths:
            student = submission_id(path)
            run = executed / student if executed else None
            _lay_out(path, assignment, released, stage / "submitted" / student, run)
        config.Judged.results = str(stage / "results.json")
        (stage / "results.json").write_text(json.dumps(document), "utf-8")
        _run(Autograde, config, assignment.id)


def _config(course: Path, stage: Path) -> Config:
    """The course's own settings, but for what is only passed through."""
    config = PyFileConfigLoader(SETTINGS, path=str(course)).load_config()
    configure(config)
    config.GenerateAssignment.preprocessors = preprocessors()
    config.CourseDirectory.root = str(course.resolve())
    config.CourseDirectory.release_directory = str(stage / "release")
    config.CourseDirectory.submitted_directory = str(stage / "submitted")
    return config


def _run(converter: type[BaseConverter], config: Config, assignment: str) -> None:
    directory = CourseDirectory(config=config)
    directory.assignment_id = assignment
    result = capture_log(converter(coursedir=directory, config=config, force=True))
    if not result["success"]:
        raise BookError(f"nbgrader failed:\n{result.get('log') or result['error']}".strip())


def _lay_out(
    path: Path, assignment: Assignment, released: Path, to: Path, executed: Path | None
) -> None:
    """Where nbgrader looks for them; a notebook that nobody can open is the released one."""
    folder = to / assignment.id
    shown = {n: executed / n for n in assignment.notebooks if executed and (executed / n).exists()}
    run = {name: notebook.read_bytes() for name, notebook in shown.items()}
    for name, content in {**_contents(path, assignment), **run}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    for name in assignment.notebooks:
        if not _opens(folder / name):
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((released / name).read_bytes())
    for stamp in (path / "timestamp.txt", path / assignment.id / "timestamp.txt"):
        if stamp.is_file() and not stamp.is_symlink():
            (folder / stamp.name).write_bytes(stamp.read_bytes())


def _contents(path: Path, assignment: Assignment) -> dict[str, bytes]:
    try:
        files = (read_folder(path) if path.is_dir() else read_zip(path)).files
    except IntakeError:
        return {}
    places = {n: nearest(n, files) for n in (*assignment.student_files, *assignment.notebooks)}
    return {name: files[place] for name, place in places.items() if place}


def _opens(notebook: Path) -> bool:
    try:
        nbformat.validate(nbformat.read(notebook, as_version=4))
        return True
    except Exception:  # whatever a stranger's file makes it raise
        return False
