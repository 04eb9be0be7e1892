"""EECS182's solver writes histories, and the staff are told what they say."""

from io import BytesIO
from pathlib import Path
from typing import Any
from zipfile import ZIP_DEFLATED, ZipFile

import numpy as np
import pytest

from autograder.assignment import Assignment
from autograder.dialects.dialect import load_dialect
from autograder.dialects.histories import told_by_histories
from autograder.dialects.spoken import Spoken
from autograder.grading.staff import given_files
from autograder.student.channel import Call
from autograder.student.local import LocalChannel

TRAINING = """
import numpy as np
from .solver import Solver

class Still:
    params = {"W1": np.zeros(2)}

    def loss(self, X, y=None):
        return np.eye(2)[X] if y is None else (0.25, {"W1": np.zeros(2)})

def record(place):
    data = {"X_train": np.array([0, 1]), "y_train": np.array([0, 1]),
            "X_val": np.array([0, 1]), "y_val": np.array([0, 0])}
    solver = Solver(Still(), data, batch_size=1, num_epochs=2, verbose=False,
                    optim_config={"learning_rate": 0.1})
    solver.train()
    solver.record_histories_as_npz(place)
"""


def test_the_solver_of_the_course_writes_its_histories(
    assignment: Assignment, files: dict[str, str], tmp_path: Path
) -> None:
    course = Spoken(load_dialect("eecs182-2021"), ())
    staff = course.staff_files(assignment, given_files(assignment))
    own = {f"deeplearning/{name.split('/')[-1]}": text for name, text in files.items()}
    given = {name: text for name, text in staff.items() if name.startswith("deeplearning/")}
    channel = LocalChannel("deeplearning", {**own, **given, "deeplearning/mine.py": TRAINING})
    place = tmp_path / "train_2layer_fc.npz"
    channel.invoke(Call("call", "mine.record", None, (str(place),)))
    assert [*told_by_histories({f"a/submission_logs/{place.name}": place.read_bytes()})] == [
        "train_2layer_fc: 4 steps, loss 0.25 to 0.25, best accuracy 100.0% in training, "
        "50.0% in validation"
    ]


def packed(**arrays: Any) -> bytes:
    file = BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def swollen() -> bytes:
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as archive:
        archive.writestr("train_losses.npy", bytes(1 << 26))
    return file.getvalue()


BROKEN = {
    "no zip": b"PK",
    "no array": packed(),
    "a pickle": packed(train_losses=np.array([{}]), train_accs=[1.0], val_accs=[1.0]),
    "words": packed(train_losses=["a"], train_accs=[1.0], val_accs=[1.0]),
    "nothing": packed(train_losses=[], train_accs=[1.0], val_accs=[1.0]),
    "much too long": swollen(),
}


@pytest.mark.parametrize("name", BROKEN)
def test_a_broken_history_is_told_and_does_no_harm(name: str) -> None:
    [told] = told_by_histories({"submission_logs/x.npz": BROKEN[name]})
    assert told.startswith("x: cannot be read")


def test_other_files_are_no_histories() -> None:
    assert [*told_by_histories({"weights.npz": b"", "submission_logs/a.py": b""})] == []
