"""How each grader is made ready for a course, and how it then grades all submissions."""

import json
import shutil
import sys
import zipfile
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import mkdtemp
from typing import Any

import nbformat
from nbformat.v4 import new_code_cell, new_notebook

from benchmarks.peers.course import SOURCE, Course
from benchmarks.peers.process import Cost, measured
from benchmarks.peers.tools import programs

ROOT = Path(__file__).resolve().parents[2]


@dataclass(frozen=True)
class Graded:
    """How much each submission got, and what all of them cost."""

    scores: tuple[int, ...]
    cost: Cost


Run = Callable[[], Graded]


def ours(course: Course, place: Path) -> Run:
    """`autograder grade`, from its start to its end, with one judge."""
    tasks = [word for task in course.tasks for word in ("--task", task)]
    options = ["--jobs", "1", "--skip-experiments", "--assignment", SOURCE, "--seed", "peers"]
    grade = [sys.executable, "-m", "autograder", "grade", course.bare[0].parent, *tasks, *options]

    def run() -> Graded:
        folder = Path(mkdtemp(dir=place))
        files = ["--store", folder / "results.db", "--json", folder / "results.json"]
        _, cost = measured([*grade, *files], ROOT)
        entries = json.loads((folder / "results.json").read_text())["submissions"]
        return Graded(tuple(map(_passed, entries)), cost)

    return run


def warm(course: Course, place: Path) -> Run:
    """A judge that runs already."""
    command = [sys.executable, "-m", "benchmarks.peers.warm", ",".join(course.tasks), *course.bare]
    return lambda: _told(command, ROOT)


def together(course: Course, place: Path) -> Run:
    """The plain checks, all submissions in one process that has loaded NumPy."""
    script = [programs("plain") / "python", course.plain / "run_checks.py"]
    command = [*script, ",".join(course.checks), *course.whole]
    return lambda: _told(command, place)


def bare(course: Course, place: Path) -> Run:
    """The plain checks, a process for each submission."""
    script = [programs("plain") / "python", course.plain / "run_checks.py"]
    return _each(
        course,
        lambda folder: measured([*script, ",".join(course.checks), folder], place),
        lambda folder, text: json.loads(text.splitlines()[-1])["scores"][0],
    )


def gradescope(course: Course, place: Path) -> Run:
    """Tests with the decorators and the runner of gradescope-utils."""
    script = [programs("gradescope-utils") / "python", course.plain / "unit_checks.py"]
    results = place / "results.json"
    return _each(
        course,
        lambda folder: measured([*script, ",".join(course.checks), results], folder),
        lambda folder, text: _points(json.loads(results.read_text())["tests"]),
    )


def check50(course: Course, place: Path) -> Run:
    """`check50`, which copies the submission and starts a process for each check."""
    results = place / "results.json"
    command: list[object] = [programs("check50") / "check50", "--dev", course.plain / "check50"]
    command += ["--output", "json", "--output-file", results]
    variables = {"CHECKS": ",".join(course.checks), "PLAIN": str(course.plain)}
    return _each(
        course,
        # It ends with 1 if a check fails.
        lambda folder: measured(command, folder, variables, (0, 1)),
        lambda folder, text: sum(
            bool(each["passed"]) for each in json.loads(results.read_text())["results"]
        ),
    )


def otter(course: Course, place: Path) -> Run:
    """`otter run`, with a test for each check."""
    archive = _otter_tests(course, place)
    cells = ["import otter\ngrader = otter.Notebook()"]
    cells += [f'grader.check("{name}")' for name in course.checks]
    packed = {
        folder: _packed(folder, _notebook(cells), place / f"{folder.name}.zip")
        for folder in course.whole
    }
    command = [programs("otter") / "otter", "run", "--no-logo", "-a", archive, "-o", place]
    return _each(
        course,
        lambda folder: measured([*command, packed[folder]], place),
        lambda folder, text: _points(json.loads((place / "results.json").read_text())["tests"]),
    )


def _otter_tests(course: Course, place: Path) -> Path:
    """The zip of its tests."""
    tests, archive = place / "tests", place / "autograder.zip"
    tests.mkdir()
    for name in course.checks:
        (tests / f"{name}.py").write_text(OTTER_TEST.format(name=name))
    _copied(course.plain, place, FILES)
    program = programs("otter") / "otter"
    measured([program, "generate", "-t", tests, "-o", archive, *FILES], place)
    return archive


def nbgrader(course: Course, place: Path) -> Run:
    """`nbgrader autograde`, all submissions with one command."""
    home = programs("nbgrader")
    _nbgrader_release(course, place, home)
    for folder in course.whole:
        work = place / "submitted" / folder.name / "checks"
        shutil.copytree(folder, work)
        _copied(place / "release/checks", work, ["checks.ipynb"])

    def run() -> Graded:
        _, cost = measured([home / "nbgrader", "autograde", "checks", "--force"], place)
        text, _ = measured([home / "python", "-c", NBGRADER_SCORES], place)
        return Graded(tuple(json.loads(text)), cost)

    return run


def _nbgrader_release(course: Course, place: Path, home: Path) -> None:
    """Make its assignment, a notebook with a cell for each check."""
    (place / "nbgrader_config.py").write_text(NBGRADER_CONFIG)
    cells = [new_code_cell("import plain_checks")]
    cells += [_graded_cell(name) for name in course.checks]
    source = place / "source/checks"
    source.mkdir(parents=True)
    nbformat.write(new_notebook(cells=cells, metadata=KERNEL), source / "checks.ipynb")
    _copied(course.plain, source, FILES)
    measured([home / "nbgrader", "generate_assignment", "checks"], place)


GRADERS: dict[str, Callable[[Course, Path], Run]] = {
    "in process": together,
    "a process each": bare,
    "ours, warm": warm,
    "ours": ours,
    "gradescope-utils": gradescope,
    "check50": check50,
    "nbgrader": nbgrader,
    "otter": otter,
}
FILES = ("plain_checks.py", "reference.npz")
KERNEL = {"kernelspec": {"name": "python3", "display_name": "Python 3", "language": "python"}}
OTTER_TEST = """\
import plain_checks
from otter.test_files import test_case

OK_FORMAT = False
name = "{name}"
points = 1


@test_case(points=1)
def test_{name}():
    plain_checks.CHECKS["{name}"]()
"""
NBGRADER_CONFIG = """\
c = get_config()
c.CourseDirectory.course_id = "peers"
c.ExecutePreprocessor.timeout = 300
c.ClearSolutions.enforce_metadata = False
"""
NBGRADER_SCORES = """\
import json
from nbgrader.api import Gradebook
with Gradebook("sqlite:///gradebook.db") as book:
    found = {s.student.id: int(s.score) for s in book.assignment_submissions("checks")}
print(json.dumps([found[name] for name in sorted(found)]))
"""


def _passed(entry: dict[str, Any]) -> int:
    return sum(task["verdict"] == "passed" for task in entry["tasks"])


def _points(tests: Sequence[dict[str, Any]]) -> int:
    return int(sum(test.get("score") or 0 for test in tests))


def _told(command: Sequence[object], place: Path) -> Graded:
    text, _ = measured(command, place)
    told = json.loads(text.splitlines()[-1])
    return Graded(tuple(told["scores"]), Cost(told["cpu"], told["wall"]))


def _each(
    course: Course,
    grade: Callable[[Path], tuple[str, Cost]],
    score: Callable[[Path, str], int],
) -> Run:
    """One command for each submission."""

    def run() -> Graded:
        scores, costs = [], []
        for folder in course.whole:
            text, cost = grade(folder)
            scores.append(score(folder, text))
            costs.append(cost)
        total = Cost(sum(cost.cpu for cost in costs), sum(cost.wall for cost in costs))
        return Graded(tuple(scores), total)

    return run


def _notebook(cells: Sequence[str]) -> str:
    notebook = new_notebook(cells=list(map(new_code_cell, cells)), metadata=KERNEL)
    return str(nbformat.writes(notebook))


def _graded_cell(name: str) -> Any:
    about = {"grade": True, "grade_id": name, "locked": True, "points": 1, "schema_version": 3}
    about |= {"solution": False, "task": False}
    source = f'plain_checks.CHECKS["{name}"]()'
    return new_code_cell(source, metadata={"nbgrader": about})


def _packed(folder: Path, notebook: str, target: Path) -> Path:
    with zipfile.ZipFile(target, "w") as archive:
        archive.writestr("checks.ipynb", notebook)
        for file in sorted(folder.rglob("*.py")):
            archive.write(file, file.relative_to(folder))
    return target


def _copied(folder: Path, target: Path, names: Sequence[str]) -> None:
    for name in names:
        shutil.copy(folder / name, target / name)
