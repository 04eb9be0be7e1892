"""nbgrader's own commands on a course of ours, and the traps that they would fall into."""

import csv
import json
import re
import shutil
from collections.abc import Callable
from pathlib import Path

import nbformat
import pytest

from autograder.gradebook.opening import opened

from .conftest import run
from .course import NAME, NOTEBOOK, OPTIM, REAL, Notebook, hand_in, marked, write_course

SOLVED = (REAL / OPTIM).read_text()


def edited(edit: Callable[[Notebook], None]) -> str:
    notebook = json.loads((REAL / NOTEBOOK).read_text())
    edit(notebook)
    return json.dumps(notebook)


def copied_cells(notebook: Notebook) -> None:
    notebook["cells"] += [
        marked(notebook, name) for name in ("adam_check", "best_fc_hyperparameters")
    ]


def deleted_cells(notebook: Notebook) -> None:
    for name in ("setup", "adam_check", "sgd_momentum_check"):
        notebook["cells"].remove(marked(notebook, name))


def no_marks(notebook: Notebook) -> None:
    for each in notebook["cells"]:
        each["metadata"].pop("nbgrader", None)


def other_version(notebook: Notebook) -> None:
    marked(notebook, "adam_check")["metadata"]["nbgrader"]["schema_version"] = 1


def more_points(notebook: Notebook) -> None:
    marked(notebook, "adam_check")["metadata"]["nbgrader"]["points"] = 100
    marked(notebook, "adam_check")["source"] = ["100"]


def strange_marks(notebook: Notebook) -> None:
    marked(notebook, "adam_check")["metadata"]["nbgrader"] = ["adam_check"]
    marked(notebook, "rmsprop_check")["metadata"]["nbgrader"]["grade_id"] = {"a": 1}


def other_cells(notebook: Notebook) -> None:
    """A renamed id, a code cell made raw, and flags turned round."""
    marked(notebook, "sgd_momentum_check")["metadata"]["nbgrader"]["grade_id"] = "sgd"
    marks = marked(notebook, "rmsprop_check")["metadata"]["nbgrader"]
    marks.update(grade=False, solution=True, locked=False)
    raw = marked(notebook, "adam_check")
    raw["cell_type"] = "raw"
    del raw["outputs"], raw["execution_count"]


def cheats(notebook: Notebook) -> None:
    """What wins in nbgrader's own way: it runs cells, and takes NumPy's numbers for a success."""
    first = (
        "get_ipython().ast_transformers.append(type('Drop', (), {'visit': lambda s, t: None}))\n"
        "get_ipython().showtraceback = lambda *a, **k: None"
    )
    code = {"cell_type": "code", "id": "first", "metadata": {}, "execution_count": 1}
    notebook["cells"].insert(0, {**code, "outputs": [], "source": first})
    data = {"text/plain": "np.float64(2.0)"}
    result = {"output_type": "execute_result", "execution_count": 1, "data": data, "metadata": {}}
    for each in notebook["cells"]:
        if each["metadata"].get("nbgrader", {}).get("grade") and each["cell_type"] == "code":
            each["outputs"] = [result]


def half_a_character(notebook: Notebook) -> None:
    marked(notebook, "question_adagrad")["source"] = ["It shrinks \ud83d."]


def no_outputs(notebook: Notebook) -> None:
    for each in notebook["cells"]:
        each.pop("outputs", None)
    marked(notebook, "question_adagrad")["source"] = ["It shrinks."]


def not_even_cells(notebook: Notebook) -> None:
    notebook["cells"] = [1, {}, {"cell_type": [], "source": 1}, {"cell_type": "raw", "source": [1]}]


EDITS = (
    copied_cells, deleted_cells, no_marks, other_version, more_points, strange_marks, other_cells,
    half_a_character,
)  # fmt: skip
NOTEBOOKS = {each.__name__: edited(each) for each in EDITS}
STEP = """    next_w = w + config["velocity"]
    ### END SOLUTION
    return next_w, config


def sgd_n"""


def stepping(new: str) -> str:
    """The solution with another last step of sgd_momentum."""
    assert SOLVED.count(STEP) == 1
    return SOLVED.replace(STEP, STEP.replace('w + config["velocity"]', new))


WARNS = "import sys, warnings\nwarnings.warn('careful')\nprint('x', file=sys.stderr)\n" + SOLVED
# As nbgrader runs a notebook, the solution is there to be read.
READS = f"exec(open('../../../source/{NAME}/{OPTIM}').read())\n"
CLASS: dict[str, tuple[float, dict[str, str]]] = {
    "right": (13.0, {}),
    "warns": (13.0, {"optim": WARNS}),
    "dies": (11.0, {"optim": stepping("__import__('os')._exit(0)")}),
    "wrong": (11.0, {"optim": stepping('w - config["velocity"]')}),
    "half": (12.4, {"optim": stepping('w + config["velocity"] if w.ndim > 1 else w')}),
    "reads": (3.0, {"optim": READS}),
    "cheats": (3.0, {"optim": "raise SystemExit", "notebook": edited(cheats)}),
    "empty": (10.0, {"notebook": "\n"}),  # one task is solved in the notebook
    **{name: (13.0, {"notebook": text}) for name, text in NOTEBOOKS.items()},
}


@pytest.fixture(scope="module")
def graded(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A course whose class nbgrader has graded."""
    course = write_course(tmp_path_factory.mktemp("course"))
    assert run(course, "nbgrader", "generate_assignment", NAME).returncode == 0
    for student, (_, texts) in CLASS.items():
        hand_in(course, student, **texts)
    done = run(course, "nbgrader", "autograde", NAME)
    assert done.returncode == 0, done.stderr[-3000:]
    assert run(course, "nbgrader", "export").returncode == 0
    return course


@pytest.mark.parametrize("student", CLASS)
def test_nobody_loses_or_wins_by_what_nbgrader_stumbles_over(graded: Path, student: str) -> None:
    rows = csv.DictReader((graded / "grades.csv").open())
    scores = {row["student_id"]: float(row["raw_score"]) for row in rows}
    assert scores[student] == CLASS[student][0]


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        (NOTEBOOKS["half_a_character"], "It shrinks ?."),
        (edited(no_outputs), "It shrinks."),
        (edited(no_outputs)[:-30], "It shrinks."),
        (edited(lambda notebook: notebook.pop("metadata")), None),
        (edited(lambda notebook: notebook.update(nbformat=5)), None),
        (edited(lambda notebook: notebook.update(nbformat=3)), None),
        (edited(not_even_cells), ""),
        ("[" * 100_000, ""),
        ("[]", ""),
        ("\0", ""),
    ],
)
def test_of_a_broken_notebook_the_answers_are_read(text: str, answer: str | None) -> None:
    notebook = opened(text.encode())
    nbformat.validate(notebook)
    nbformat.writes(notebook).encode()
    if answer == "":
        assert not notebook.cells
        return
    released = marked(json.loads((REAL / NOTEBOOK).read_text()), "question_adagrad")["source"]
    assert marked(notebook, "question_adagrad").source == (answer or "".join(released))


def test_nothing_but_notebooks_comes_back(graded: Path) -> None:
    assert run(graded, "nbgrader", "generate_feedback", NAME).returncode == 0
    files = [p for p in (graded / "feedback" / "wrong").rglob("*") if p.is_file()]
    assert [file.name for file in files] == [NOTEBOOK.replace(".ipynb", ".html")]
    page = files[0].read_text()
    assert "sgd_momentum: Not right yet, 0 of 2 points" in page and "(Score: 0.0 / 2.0)" in page


def test_the_release_is_ours(graded: Path) -> None:
    files = {p.relative_to(graded / "release" / NAME).as_posix(): p for p in
             (graded / "release" / NAME).rglob("*") if p.is_file()}  # fmt: skip
    assert {OPTIM, NOTEBOOK, "recorded.json", "autograder/local/check.py"} <= files.keys()
    assert "replace this line with your code" in files[OPTIM].read_text()
    for file in files.values():
        assert "BEGIN SOLUTION sgd" not in file.read_text(errors="replace")


def test_a_release_that_fails_its_proof_leaves_nothing(course: Path) -> None:
    source = course / "source" / NAME / OPTIM
    source.write_text(source.read_text().replace("    ### BEGIN SOLUTION adam\n", ""))
    done = run(course, "nbgrader", "generate_assignment", NAME)
    assert done.returncode != 0 and "ends no block" in done.stdout + done.stderr, done.stderr[-900:]
    assert not (course / "release" / NAME).exists()


def test_validating_runs_the_checks_of_the_release(graded: Path, tmp_path: Path) -> None:
    shutil.copytree(graded / "release" / NAME, tmp_path / NAME)
    (tmp_path / NAME / OPTIM).write_text(stepping('w - config["velocity"]'))
    done = run(tmp_path / NAME, "nbgrader", "validate", NOTEBOOK)
    assert "VALIDATION FAILED" in done.stdout
    assert "✗ sgd_momentum - " in done.stdout
    assert "✗ adam - " not in done.stdout


def test_collecting_zips_takes_python_files_along(graded: Path) -> None:
    inbox = graded / "downloaded" / NAME / "archive"
    for name in (NOTEBOOK, "optim.py"):
        (inbox / "zoe").mkdir(parents=True, exist_ok=True)
        (inbox / "zoe" / name).write_text("{}")
    names = r".*/(?P<student_id>\w+)/(?P<file_id>[^/]+)"
    option = f"--FileNameCollectorPlugin.named_regexp={names}"
    done = run(graded, "nbgrader", "zip_collect", NAME, "--force", option)
    assert done.returncode == 0, done.stderr[-2000:]
    assert (graded / "submitted" / "zoe" / NAME / "optim.py").exists()


def with_a_figure_and_a_dead_cell(notebook: Notebook) -> None:
    """Only what has marks is left of the real one, whose trainings take long."""
    figure, dead, after = (
        {"cell_type": "code", "id": f"own{n}", "metadata": {}, "execution_count": None,
         "outputs": [], "source": source}
        for n, source in enumerate([
            "import matplotlib.pyplot as plt\nplt.plot([1, 2]);", "import os; os._exit(0)",
            "print(20 + 3)",
        ])
    )  # fmt: skip
    graded = [each for each in notebook["cells"] if "nbgrader" in each["metadata"]]
    notebook["cells"] = [*graded, figure, dead, after]


def test_graders_and_students_see_the_notebooks_that_the_sandbox_ran(graded: Path) -> None:
    """Each by its own: who cannot be run stops nobody, and nothing of this decides a point."""
    later = graded / "later"
    hand_in(later, "kim", notebook=edited(with_a_figure_and_a_dead_cell))
    hand_in(later, "lea", notebook="")
    done = run(graded, "autograder", "grade", "later/submitted", "--assignment", f"source/{NAME}",
               "--gradebook", ".", "--execute-notebooks", "executed")  # fmt: skip
    assert done.returncode == 0, done.stdout[-2000:] + done.stderr[-2000:]
    assert re.search(
        rf"^kim: {NOTEBOOK}: cell \d+: its kernel exited with status 0", done.stdout, re.MULTILINE
    )
    shown = json.loads((graded / "autograded" / "kim" / NAME / NOTEBOOK).read_text())
    outputs = [output for each in shown["cells"] for output in each.get("outputs", [])]
    assert any("image/png" in output.get("data", {}) for output in outputs)
    assert ["23\n"] in [output.get("text") for output in outputs]
    assert run(graded, "nbgrader", "generate_feedback", NAME, "--student", "kim").returncode == 0
    page = (graded / "feedback" / "kim" / NAME / NOTEBOOK).with_suffix(".html").read_text()
    assert "data:image/png" in page and "adam: Passed, 3 of 3 points" in page
