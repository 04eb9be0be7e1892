"""Imports of what is not installed."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from autograder.assignment import NO_REPAIRS, Repairs
from autograder.salvage.absent import HOW
from autograder.student import absent
from autograder.student.absent import Absent
from autograder.submission import read_submission

from .slips import ASSIGNMENT, LAYERS

Read = Callable[..., tuple[str, str]]
# Without any of its functions the file would be told to hold none.
WORK = "def affine_forward(x, w, b): return x\n"


@pytest.fixture
def read(tmp_path: Path) -> Read:
    """Gives the text of a file as it will run, and what is told of it."""

    def read(text: str, repairs: Repairs = ASSIGNMENT.repairs) -> tuple[str, str]:
        package = tmp_path / "deepnets"
        package.mkdir(exist_ok=True)
        (package / "layers.py").write_text(text + WORK)
        (package / "mine.py").write_text("x = 1\n")
        assignment = ASSIGNMENT.model_copy(update={"repairs": repairs})
        submission = read_submission(tmp_path, assignment)
        [message] = [status.message for status in submission.statuses if status.path == LAYERS]
        return submission.files[LAYERS].removesuffix(WORK), message

    return read


HERE = "from autograder.student.absent import"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("import pandas as pd  # why\n", f"{HERE} pandas as pd  # why\n"),
        ("import tensorflow.keras, numpy\n", f"import numpy; {HERE} tensorflow as tensorflow\n"),
        ("from scipy.special import (expit,\n    logit as l)\nx = 1\n",
         f"{HERE} scipy as expit, scipy as l\\\n\nx = 1\n"),
        ("from .im2col_cython import a\n", f"{HERE} im2col_cython as a\n"),
        ("from deepnets.im2col import a\n", f"{HERE} im2col as a\n"),
        ("from imageio import *\n", "pass\n"),
    ],
)  # fmt: skip
def test_a_stand_in_gets_the_names(read: Read, text: str, expected: str) -> None:
    got, message = read(text)
    assert got == expected
    assert message.startswith("line 1 imports ")
    assert message.endswith(f" (repaired for grading, {HOW})")
    assert read(text, NO_REPAIRS)[0] == text


@pytest.mark.parametrize(
    "text",
    [
        "import numpy, os.path, deepnets\n",
        "from numpy.linalg import norm\n",
        "from builtins import range\n",
        "from .mine import x\n",
        "try:\n    import pandas\nexcept ImportError:\n    pass\n",
        "def f():\n    import pandas\n",
    ],
)
def test_what_is_there_or_may_fail_is_left_alone(read: Read, text: str) -> None:
    assert read(text) == (text, "")


def test_the_package_of_another_course_is_told_once(read: Read) -> None:
    text = "from cs231n.optim import adam\n"
    assert read(text)[0] == "from .optim import adam\n"
    assert "is not installed" not in read(text, Repairs(wrong_packages=False))[1]


@pytest.mark.parametrize(
    "use",
    ["p.x", "p(1)", "p[0]", "x + p", "p * x", "x @ p", "[*p]", "float(p)", "np.exp(p)", "not p"],
)
def test_any_use_names_the_package(use: str) -> None:
    names = {"p": Absent("pandas"), "x": np.ones(2), "np": np}
    with pytest.raises(ModuleNotFoundError, match="No module named 'pandas'"):
        eval(use, names)


def test_python_does_not_take_a_stand_in_for_its_own_names() -> None:
    assert not hasattr(absent, "__path__")
