import shutil
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from tiny_assignment import LIBRARY, grade

from autograder.release.errors import ReleaseError
from autograder.release.proof import prove, staff_files


@pytest.fixture
def source(built: tuple[Path, Path], tmp_path: Path) -> Path:
    return Path(shutil.copytree(built[0], tmp_path / "source"))


@pytest.fixture
def release(built: tuple[Path, Path], tmp_path: Path) -> Path:
    return Path(shutil.copytree(built[1] / "tiny", tmp_path / "tiny"))


def test_a_good_release(source: Path, release: Path) -> None:
    prove(source, release, grade)


@pytest.mark.parametrize(
    "name",
    [
        "gradebook.db",
        "solutions/layers.py",
        "tests/test_layers.py",
        "autograder/diagnosis/misconceptions/layers.py",
        "autograder/diagnosis/variants.py",
        "autograder/student/sandboxed.py",
        "autograder/sandbox/zygote.py",
        "tiny/__pycache__/layers.cpython-311.pyc",
        ".ipynb_checkpoints/1-Tiny.ipynb",
    ],
)
def test_instructor_files(source: Path, release: Path, name: str) -> None:
    (release / name).parent.mkdir(parents=True, exist_ok=True)
    (release / name).write_text("")
    assert staff_files(release) == [name]
    with pytest.raises(ReleaseError, match=f"instructor files in the release:\n  {name}"):
        prove(source, release, grade)


def test_a_leak(source: Path, release: Path) -> None:
    (release / "tiny/tools.py").write_text("\nsecret_factor = 2\n")
    with pytest.raises(ReleaseError, match=r"survive.*\n  tiny/tools\.py:2: secret_factor = 2"):
        prove(source, release, grade)


def test_text_in_arrays(source: Path, release: Path) -> None:
    np.savez(release / "images.npz", note=np.array(["secret"]))
    with pytest.raises(ReleaseError, match=r"images\.npz: array 'note' is not numeric"):
        prove(source, release, grade)


def test_a_wrong_solution(source: Path, release: Path) -> None:
    wrong = LIBRARY.replace("secret_factor = 2", "secret_factor = 3")
    (source / "tiny/layers.py").write_text(wrong)
    with pytest.raises(ReleaseError, match=r"the solution fails:\n  double: failed, 0 of 2"):
        prove(source, release, grade)


def test_a_stub_that_earns_points(source: Path, release: Path) -> None:
    (release / "tiny/layers.py").write_text("double = lambda x: 2 * x\nspread = double\n")
    with pytest.raises(ReleaseError, match=r"not attempted:\n  double: passed, 2 of 2 points\n"):
        prove(source, release, grade)


def test_a_task_that_is_not_judged(source: Path, release: Path) -> None:
    def forgetful(folder: Path) -> dict[str, Any]:
        return {"tasks": grade(folder)["tasks"][1:]}

    with pytest.raises(ReleaseError, match="double: not judged"):
        prove(source, release, forgetful)


def test_what_grading_leaves_behind_does_not_ship(source: Path, release: Path) -> None:
    def untidy(folder: Path) -> dict[str, Any]:
        (folder / "left.txt").write_text("")
        return grade(folder)

    prove(source, release, untidy)
    assert not (release / "left.txt").exists()
