import json
from pathlib import Path

import pytest
from tiny_assignment import ANSWER, SETTINGS, cell, notebook, usual_notebook

from autograder.release.errors import ReleaseError
from autograder.release.notebooks import release_notebooks

IDS = {"settings"}
WITHOUT_END = SETTINGS.replace("### END SOLUTION", "")


def test_nbgrader_makes_the_notebook(built: tuple[Path, Path]) -> None:
    cells = json.loads((built[1] / "tiny/1-Tiny.ipynb").read_text())["cells"]
    sources = ["".join(cell["source"]) for cell in cells]
    stub = 'raise NotImplementedError("settings: replace this line with your code")'
    assert sources[1] == f'def settings():\n    """A good rate."""\n    {stub}\n'
    assert sources[2] == "assert settings()"
    assert sources[3] == "**Your answer**\n\n*Write your answer here, in place of this line.*"
    assert cells[1]["outputs"] == []
    assert [cell["id"] for cell in cells] == ["cell-1", "cell-2", "cell-3", "cell-4"]
    assert cells[2]["metadata"]["nbgrader"]["checksum"]


def solution(source: str, kind: str = "code", grade_id: str = "settings", **marks: bool) -> str:
    return notebook(cell(kind, source, grade_id=grade_id, **{"solution": True, **marks}))


@pytest.mark.parametrize(
    ("content", "message"),
    [
        ("{", r"1\.ipynb: is missing, or not a notebook"),
        ('{"nbformat": 3, "worksheets": []}', "not a notebook of format 4"),
        (notebook(cell("code", SETTINGS)), r"1\.ipynb\[cell 1\]:3: .*is not a solution cell"),
        (solution(SETTINGS, solution=False), r"\[cell 1, settings\]:3: .*not a solution cell"),
        (solution("x = 1"), r"\[cell 1, settings\]: is a solution cell without"),
        (solution(WITHOUT_END), r"\[cell 1, settings\]:3: the block is never ended"),
        (solution(SETTINGS.replace("\n", "\r\n")), r"\[cell 1, settings\]:1: .*carriage return"),
        (solution(ANSWER, "markdown", "whom"), r"\[cell 1, whom\]:3: 'why' is not a task here"),
        (solution(SETTINGS, task=True), "nbgrader generate_assignment failed"),
    ],
)
def test_traps(tmp_path: Path, content: str, message: str) -> None:
    (tmp_path / "1.ipynb").write_text(content)
    with pytest.raises(ReleaseError, match=message):
        release_notebooks(tmp_path, ["1.ipynb"], IDS, tmp_path / "out")
    assert not (tmp_path / "out").exists()


def test_a_missing_notebook(tmp_path: Path) -> None:
    with pytest.raises(ReleaseError, match=r"2\.ipynb: is missing"):
        release_notebooks(tmp_path, ["2.ipynb"], IDS, tmp_path)


def test_the_working_directory_does_not_matter(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "nbgrader_config.py").write_text("raise SystemExit('read by accident')")
    (tmp_path / "1.ipynb").write_text(usual_notebook())
    monkeypatch.chdir(tmp_path)
    release_notebooks(Path(), ["1.ipynb"], IDS, tmp_path / "out")
    assert sorted(path.name for path in tmp_path.iterdir()) == [
        "1.ipynb",
        "nbgrader_config.py",
        "out",
    ]
