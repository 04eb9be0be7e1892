"""Real programs that run notebooks: one line makes them do so in the sandbox."""

import csv
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

import nbformat
import pytest
from nbformat import NotebookNode
from nbformat.v4 import new_code_cell, new_notebook

from .test_attacks import STUBBORN, commands

ROOT = Path(__file__).parents[2]
VARIABLE = {"JUPYTER_DEFAULT_PROVISIONER_NAME": "sandboxed"}
CONFIGURATION = f"""
import os
os.environ.update({VARIABLE})
c = get_config()
c.Execute.timeout = 3
"""
SOLUTION = "def square(x):\n    ### BEGIN SOLUTION\n    return x * x\n    ### END SOLUTION"
STUB = "def square(x):\n    raise NotImplementedError"
RIGHT = "def square(x):\n    return x * x"
TEST = "assert square(2) == 4"
SECOND = "assert square(3) == 9"
FROM_SOURCE = "exec(open('{course}/source/a1/answer.py').read())"
OWN_POINTS = f"""
import sqlite3
book = sqlite3.connect('../../../gradebook.db')
book.execute('UPDATE grade SET extra_credit = 50')
book.commit()
{RIGHT}
"""
POISON = f"open('{{course}}/source/a1/answer.py', 'w').write('')\n{RIGHT}"
KILL = f"import os\nos.kill(os.getppid(), 9)\n{RIGHT}"
DETACHED = """
import subprocess
subprocess.Popen(['sleep', '31338'], start_new_session=True)
"""
STUDENTS = {
    "attacker_source": FROM_SOURCE, "attacker_book": OWN_POINTS, "attacker_poison": POISON,
    "attacker_kill": KILL, "attacker_child": DETACHED, "attacker_exit": "import os; os._exit(0)",
    "attacker_loop": STUBBORN, "good": RIGHT, "z_stub": STUB,
}  # fmt: skip


def program(
    folder: Path, *command: str, variables: Mapping[str, str] = VARIABLE
) -> subprocess.CompletedProcess[str]:
    """A program of this environment, as from a terminal in `folder`."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    python_path = os.pathsep.join([str(ROOT), os.environ.get("PYTHONPATH", "")])
    environment = {**os.environ, "PATH": path, "PYTHONPATH": python_path}
    return subprocess.run(
        [sys.executable, "-W", "ignore", "-m", *command], cwd=folder,
        env={**environment, **variables}, capture_output=True, text=True, timeout=300, check=False,
    )  # fmt: skip


def cell(source: str, name: str, **marks: object) -> NotebookNode:
    flags = {"grade": False, "solution": False, "locked": False, "task": False}
    marked = {"schema_version": 3, "grade_id": name, **flags, **marks}
    return new_code_cell(source, metadata={"nbgrader": marked})


def write(path: Path, source: str) -> None:
    cells = [cell(source, "square", solution=True)]
    for name, test in {"two": TEST, "three": SECOND}.items():
        cells.append(cell(test, name, grade=True, locked=True, points=1))
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    path.parent.mkdir(parents=True, exist_ok=True)
    nbformat.write(new_notebook(cells=cells, metadata={"kernelspec": kernel}), path)


def test_plain_nbgrader_autograde(tmp_path: Path) -> None:
    (tmp_path / "nbgrader_config.py").write_text(CONFIGURATION)
    write(tmp_path / "source/a1/n.ipynb", SOLUTION)
    (tmp_path / "source/a1/answer.py").write_text(RIGHT)
    for student, source in STUDENTS.items():
        write(
            tmp_path / "submitted" / student / "a1/n.ipynb",
            source.replace("{course}", str(tmp_path)),
        )
    made = program(tmp_path, "nbgrader", "generate_assignment", "a1", variables={})
    assert made.returncode == 0, made.stderr
    graded = program(tmp_path, "nbgrader", "autograde", "a1", variables={})
    assert program(tmp_path, "nbgrader", "export", variables={}).returncode == 0
    rows = list(csv.DictReader((tmp_path / "grades.csv").open()))
    scores = {row["student_id"]: float(row["score"]) for row in rows}
    assert scores == {**dict.fromkeys(STUDENTS, 0.0), "good": 2.0}, graded.stderr
    assert (tmp_path / "source/a1/answer.py").read_text() == RIGHT
    assert not [command for command in commands() if "31338" in command]


@pytest.fixture
def notebook(tmp_path: Path) -> Path:
    """Says where it runs, and what it sees."""
    tagged = new_code_cell("n = 1", metadata={"tags": ["parameters"]})
    look = new_code_cell("import os; print(n, os.getcwd(), sorted(os.listdir()))")
    kernel = {"name": "python3", "display_name": "Python 3", "language": "python"}
    (tmp_path / "hand-in").mkdir()
    (tmp_path / "hand-in" / "mine.py").touch()
    path = tmp_path / "hand-in" / "n.ipynb"
    nbformat.write(new_notebook(cells=[tagged, look], metadata={"kernelspec": kernel}), path)
    return path


def said(path: Path) -> str:
    return str(nbformat.read(path, as_version=4).cells[-1].outputs[-1].text)


def test_papermill(notebook: Path, tmp_path: Path) -> None:
    """It names no folder for a kernel: there is none, unless one is named beside it."""
    command = ("papermill", str(notebook), "out.ipynb", "-p", "n", "5")
    assert program(tmp_path, *command).returncode == 0
    assert said(tmp_path / "out.ipynb") == "5 /box/notebook []\n"
    folder = {"SANDBOXED_KERNEL_FOLDER": str(notebook.parent)}
    assert program(tmp_path, *command, variables={**VARIABLE, **folder}).returncode == 0
    assert said(tmp_path / "out.ipynb") == "5 /box/notebook ['mine.py', 'n.ipynb']\n"


def test_jupyter_execute(notebook: Path, tmp_path: Path) -> None:
    done = program(tmp_path, "jupyter", "execute", str(notebook), "--inplace")
    assert done.returncode == 0, done.stderr
    assert said(notebook) == "1 /box/notebook ['mine.py', 'n.ipynb']\n"
