"""Solutions are made of what runs: real kernels, on the tiny assignment."""

import json
import re
from pathlib import Path

import nbformat
import pytest
from tiny_assignment import ANSWER, SETTINGS, cell, notebook, record

from autograder.release.errors import ReleaseError
from autograder.release.kit import kit_files
from autograder.release.solutions import build_solutions, try_notebooks, without_markers

SOLVER = '''class Solver:
    """Counts epochs."""

    num_epochs = 10

    def train(self):
        """As many as there are."""
        self.trained = self.num_epochs
'''
MEASURED = """import datasets
from tiny.solver import Solver

images, solver = datasets.get_data(quiet=True), Solver()
solver.train()
open({file!r}, "w").write(f"{{len(images.X_train)}} {{len(images.y_val)}} {{solver.trained}}")"""
PICTURE = """import matplotlib.pyplot as plt
from tiny.layers import double

plt.plot([double(1), double(2)])
print(f"twice three is {double(3)}")"""
CHECK = 'assert settings()["rate"] > 1, "train longer"'


def lesson(tiny: Path, *code: str, checked: str = "assert settings()") -> Path:
    """Give the assignment this notebook: the cells of `code`, then the task and its check."""
    settings = cell("code", SETTINGS, grade_id="settings", solution=True)
    check = cell("code", checked, grade_id="settings_check", grade=True, locked=True, points=3)
    answer = cell("markdown", ANSWER, grade_id="why", grade=True, solution=True, points=2)
    cells = [cell("markdown", "# Tiny"), *(cell("code", text) for text in code)]
    (tiny / "1-Tiny.ipynb").write_text(notebook(*cells, settings, check, answer))
    (tiny / "tiny/solver.py").write_text(SOLVER)
    toml = tiny / "assignment.toml"
    toml.write_text(toml.read_text().replace('"tiny/tools.py"', '"tiny/tools.py", "tiny/solver.py"'))
    return tiny


def nothing_told(name: str, seconds: float) -> None:
    """Nobody listens."""


def test_what_is_published(tiny: Path, tmp_path: Path) -> None:
    told: list[tuple[str, float]] = []
    source = lesson(tiny, PICTURE)
    folder = build_solutions(source, tmp_path / "to", record, lambda *call: told.append(call))
    assert [path.name for path in (tmp_path / "to").iterdir()] == ["tiny"] == [folder.name]
    assert [name for name, _ in told] == ["1-Tiny.ipynb"] and told[0][1] > 0
    names = {p.relative_to(folder).as_posix() for p in folder.rglob("*") if p.is_file()}
    made = {"1-Tiny.ipynb", "1-Tiny.html", "assignment.toml", "recorded.json"}
    library = {f"tiny/{name}.py" for name in ("__init__", "layers", "tools", "solver")}
    requirements = {"requirements.txt", "requirements-pytorch.txt", "README.md"}
    assert names == made | library | requirements | set(kit_files(["autograder.checks.layers"]))
    assert "secret_factor = 2" in (folder / "tiny/layers.py").read_text()
    for file in (folder / name for name in made | library):
        assert not re.search("(BEGIN|END) SOLUTION", file.read_text())


def test_notebooks_have_their_outputs_and_solutions(tiny: Path, tmp_path: Path) -> None:
    folder = build_solutions(lesson(tiny, PICTURE), tmp_path, record, nothing_told)
    cells = nbformat.read(folder / "1-Tiny.ipynb", as_version=4).cells
    streams = [output.text for output in cells[1].outputs if output.output_type == "stream"]
    assert streams == ["twice three is 6\n"]
    assert any("image/png" in output.get("data", {}) for output in cells[1].outputs)
    assert '{"rate": 0.123456789}' in cells[2].source
    assert cells[4].source.endswith("neither too large nor too small.")
    page = (folder / "1-Tiny.html").read_text()
    assert "twice three is 6" in page and "data:image/png" in page and "0.123456789" in page


@pytest.mark.parametrize(
    ("code", "checked", "message"),
    [
        ("x = {}\nx['rate']", "settings()", r"1-Tiny\.ipynb\[cell 2\]: KeyError: 'rate'"),
        ("1", CHECK, r"\[cell 4, settings_check\]: AssertionError: train longer"),
        ("import os\nos._exit(1)", "settings()", r"\[cell 2\]: Kernel died"),
    ],
)
def test_a_failing_cell_leaves_the_previous_solutions(
    tiny: Path, tmp_path: Path, code: str, checked: str, message: str
) -> None:
    older = tmp_path / "to/tiny/older.txt"
    older.parent.mkdir(parents=True)
    older.write_text("older")
    with pytest.raises(ReleaseError, match=message):
        build_solutions(lesson(tiny, code, checked=checked), tmp_path / "to", record, nothing_told)
    assert [path for path in (tmp_path / "to").rglob("*") if path.is_file()] == [older]


def test_a_check_that_does_not_pass_is_an_error(tiny: Path, tmp_path: Path) -> None:
    source = lesson(tiny, checked='from autograder import check\ncheck("settings")')
    with pytest.raises(ReleaseError, match=r"settings_check\]: CheckFailed:\s+✗ settings"):
        build_solutions(source, tmp_path, record, nothing_told)


def test_the_short_mode_has_few_images_and_one_epoch(tiny: Path, tmp_path: Path) -> None:
    file = tmp_path / "measured"
    try_notebooks(lesson(tiny, MEASURED.format(file=str(file))), record, nothing_told)
    assert file.read_text() == "500 200 1"


def test_only_checks_of_what_is_trained_may_fail_in_the_short_mode(
    tiny: Path, tmp_path: Path
) -> None:
    try_notebooks(lesson(tiny, checked=CHECK), record, nothing_told)
    with pytest.raises(ReleaseError, match=r"\[cell 2\]: ZeroDivisionError"):
        try_notebooks(lesson(tiny, "1 / 0"), record, nothing_told)


def test_the_short_mode_leaves_the_source_alone(tiny: Path) -> None:
    before = {path: path.read_bytes() for path in lesson(tiny).rglob("*") if path.is_file()}
    try_notebooks(tiny, record, nothing_told)
    assert {path: path.read_bytes() for path in tiny.rglob("*") if path.is_file()} == before


def test_markers_go_and_everything_else_stays() -> None:
    assert without_markers(SETTINGS) == (
        'def settings():\n    """A good rate."""\n    return {"rate": 0.123456789}\n'
    )
    assert json.loads(without_markers('{"a": 1}')) == {"a": 1}
