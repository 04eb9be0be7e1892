"""A class's results, put into nbgrader's grade book by nbgrader itself."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from types import MappingProxyType
from typing import Any
from warnings import catch_warnings, filterwarnings

from nbgrader.converters import Autograde, GenerateAssignment
from nbgrader.converters.base import BaseConverter
from nbgrader.coursedir import CourseDirectory
from nbgrader.utils import capture_log, parse_utc
from traitlets.config import Config, PyFileConfigLoader

from autograder.assignment import Assignment
from autograder.gradebook.errors import SETTINGS, BookError
from autograder.gradebook.opening import opened
from autograder.gradebook.settings import configure
from autograder.intake import IntakeError, read_folder, read_zip
from autograder.release.notebooks import scripts_on_path
from autograder.release.strip import preprocessors
from autograder.reports.tables import write_json
from autograder.submission import nearest, submission_id


def write_book(
    course: Path,
    assignment: Assignment,
    document: dict[str, Any],
    paths: Sequence[Path],
    executed: Path | None = None,
) -> list[str]:
    """Put the results of the submissions at `paths` into the grade book of the folder `course`.

    Notebooks that were run, in `executed`/STUDENT, are shown in place of those handed in. Scores
    that a person gave stay. Returns what is to be told of single submissions. Raises BookError,
    also if nbgrader fails with some of them.
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
        graded = _graded(config, assignment, paths)
        answers = {k: v for each in graded.items() for k, v in _answers(*each)}
        config.Judged.results = str(write_json(document, stage / "results.json"))
        config.Judged.answers = str(stage / "answers.json")
        (stage / "answers.json").write_text(json.dumps(answers), "utf-8")
        _run(Autograde, config, assignment.id, graded)
    timeless = [
        submission_id(path)
        for path in paths
        if any(not _tells_time(stamp) for stamp in _stamps(path, assignment))
    ]
    return [f"{student}: timestamp.txt tells no time: not known if late" for student in timeless]


def _graded(config: Config, assignment: Assignment, paths: Sequence[Path]) -> Mapping[str, Path]:
    """Where nbgrader keeps the graded notebooks of each student."""
    course = CourseDirectory(config=config)
    place = course.autograded_directory
    students = map(submission_id, paths)
    return {each: Path(course.format_path(place, each, assignment.id)) for each in students}


def _config(course: Path, stage: Path) -> Config:
    """The course's own settings, but for what is only passed through."""
    config = PyFileConfigLoader(SETTINGS, path=str(course)).load_config()
    configure(config)
    config.GenerateAssignment.preprocessors = preprocessors()
    config.CourseDirectory.root = str(course.resolve())
    config.CourseDirectory.release_directory = str(stage / "release")
    config.CourseDirectory.submitted_directory = str(stage / "submitted")
    return config


def _run(
    converter: type[BaseConverter],
    config: Config,
    assignment: str,
    made: Mapping[str, Path] = MappingProxyType({}),
) -> None:
    """BookError if it fails; of students it names those for whom nothing was `made`."""
    directory = CourseDirectory(config=config)
    directory.assignment_id = assignment
    with catch_warnings():  # nbgrader's SQLAlchemy warns of a new grade book's first rows
        filterwarnings("ignore", module="nbgrader.api")
        result = capture_log(converter(coursedir=directory, config=config, force=True))
    if not result["success"]:
        failed = ", ".join(student for student, place in made.items() if not place.exists())
        which = f" with {failed}; the others are in the grade book" if failed else ""
        raise BookError(f"nbgrader failed{which}:\n{result.get('log') or result['error']}".strip())


def _answers(student: str, graded: Path) -> Iterator[tuple[str, str]]:
    """What the answers to written questions were when they were graded last."""
    for path in graded.glob("*.ipynb"):
        for cell in opened(path.read_bytes()).cells:
            marks = cell.metadata.get("nbgrader", {})
            if marks.get("solution") and marks.get("grade"):
                yield f"{student}/{path.stem}/{marks['grade_id']}", cell.source


def _lay_out(
    path: Path, assignment: Assignment, released: Path, to: Path, executed: Path | None
) -> None:
    """Where nbgrader looks for them; a notebook that is not there is the released one."""
    folder = to / assignment.id
    shown = {n: executed / n for n in assignment.notebooks if executed and (executed / n).exists()}
    run = {name: notebook.read_bytes() for name, notebook in shown.items()}
    for name, content in {**_contents(path, assignment), **run}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(content)
    for name in assignment.notebooks:
        if not (folder / name).exists():
            folder.mkdir(parents=True, exist_ok=True)
            (folder / name).write_bytes((released / name).read_bytes())
    for stamp in filter(_tells_time, _stamps(path, assignment)):
        (folder / stamp.name).write_bytes(stamp.read_bytes())


def _stamps(path: Path, assignment: Assignment) -> list[Path]:
    places = [path / "timestamp.txt", path / assignment.id / "timestamp.txt"]
    return [place for place in places if place.is_file() and not place.is_symlink()]


def _contents(path: Path, assignment: Assignment) -> dict[str, bytes]:
    try:
        files = (read_folder(path) if path.is_dir() else read_zip(path)).files
    except IntakeError:
        return {}
    places = {n: nearest(n, files) for n in (*assignment.student_files, *assignment.notebooks)}
    return {name: files[place] for name, place in places.items() if place}


def _tells_time(stamp: Path) -> bool:
    """Whether nbgrader can read it: it grades nothing of who has another one."""
    try:
        return parse_utc(stamp.read_text("utf-8").strip()) is not None
    except Exception:  # whatever a stranger's text makes dateutil raise
        return False
