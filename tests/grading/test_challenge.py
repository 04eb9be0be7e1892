"""Files of trained weights that strangers hand in: nothing in them runs, and the reason is told."""

import io
import pickle
import zipfile
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from autograder.assignment import Assignment
from autograder.grading.grade import Job, Judge
from autograder.judge.challenge import Gallery, examine_challenge
from autograder.judge.verdict import Result
from autograder.sandbox.tiers import probe
from autograder.student.channel import Answer, Call
from autograder.student.local import LocalChannel
from autograder.submission import PRELUDES, Submission, read_submission

pytest.importorskip("torch")
MODEL = """
def build_model():
    return nn.Sequential(nn.MaxPool2d(4), nn.Flatten(), nn.Linear(192, 10))
"""
BOMB = 1 << 30


class Payload:
    """Unpickling it would make a file."""

    def __init__(self, trace: Path) -> None:
        self.trace = trace

    def __reduce__(self) -> Any:
        return open, (str(self.trace), "w")


def saved(**arrays: Any) -> bytes:
    file = io.BytesIO()
    np.savez(file, **arrays)
    return file.getvalue()


def a_pickle(trace: Path) -> bytes:
    return pickle.dumps(Payload(trace))


def objects(trace: Path) -> bytes:
    return saved(**{"2.weight": np.zeros((10, 192)), "2.bias": np.array([Payload(trace)], object)})


def a_bomb(trace: Path) -> bytes:
    file = io.BytesIO()
    with (
        zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as archive,
        archive.open("2.weight.npy", "w", force_zip64=True) as member,
    ):
        header = {"descr": "|u1", "fortran_order": False, "shape": (BOMB,)}
        np.lib.format.write_array_header_1_0(member, header)
        for _ in range(64):
            member.write(bytes(BOMB // 64))
    return file.getvalue()


def not_numbers(trace: Path) -> bytes:
    return saved(**{"2.weight": np.full((10, 192), np.nan, "f4"), "2.bias": np.zeros(10, "f4")})


def of_another_model(trace: Path) -> bytes:
    return saved(**{"0.weight": np.zeros((10, 5), "f4")})


def of_another_width(trace: Path) -> bytes:
    return saved(**{"2.weight": np.zeros((9, 192), "f4"), "2.bias": np.zeros(9, "f4")})


def nothing(trace: Path) -> bytes:
    return b""


def text_in_a_zip(trace: Path) -> bytes:
    file = io.BytesIO()
    with zipfile.ZipFile(file, "w") as archive:
        archive.writestr("2.weight", "as torch.save does it")
    return file.getvalue()


@pytest.fixture(scope="module")
def judge(assignment: Assignment, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Judge]:
    store = tmp_path_factory.mktemp("store") / "results.db"
    with Judge(Job(assignment.root, probe(), "secret", store, tasks=("build_model",))) as running:
        yield running


def judged(judge: Judge, weights: bytes) -> Any:
    cells = {"build_model": PRELUDES["pytorch"] + MODEL}
    [task] = judge.judge(Submission("s", {}, cells, {"challenge.npz": weights}))["tasks"]
    return task


@pytest.mark.parametrize(
    ("make", "reason"),
    [
        (a_pickle, "cannot be read: use save_weights"),
        (objects, "cannot be read: use save_weights"),
        (a_bomb, "cannot be read: use save_weights"),
        (text_in_a_zip, "cannot be read: use save_weights"),
        (nothing, "cannot be read: use save_weights"),
        (not_numbers, "not a number (NaN)"),
        (of_another_model, "do not fit the model"),
        (of_another_width, "size mismatch"),
    ],
)
def test_what_is_no_file_of_weights_is_told_and_runs_nothing(
    judge: Judge, tmp_path: Path, make: Callable[[Path], bytes], reason: str
) -> None:
    task = judged(judge, make(tmp_path / "trace"))
    assert task["points"] == 0
    assert reason in task["findings"][0]["message"]
    assert not (tmp_path / "trace").exists()


def test_untrained_weights_are_measured(judge: Judge) -> None:
    weights = saved(**{"2.weight": np.zeros((10, 192), "f4"), "2.bias": np.zeros(10, "f4")})
    task = judged(judge, weights)
    assert task["verdict"] == "failed"
    assert "70% is asked for" in task["findings"][0]["message"]


READER = """
class Reader(nn.Module):
    def __init__(self):
        super().__init__()
        self.scale = nn.Parameter(torch.zeros(1))

    def forward(self, x):
        return self.scale * F.one_hot(x[:, 0, 0, 0].long(), 10)


def build_model():
    return Reader()
"""


class Listening(LocalChannel):
    """Keeps all that is passed to the model's side."""

    def __init__(self, package: str, files: dict[str, str]) -> None:
        super().__init__(package, files)
        self.heard: list[Any] = []

    def invoke(self, call: Call) -> Answer:
        self.heard += [*call.args, *call.kwargs.values()]
        return super().invoke(call)


@pytest.fixture
def model_side(assignment: Assignment, library: dict[str, str]) -> Listening:
    """A model that reads the first pixel, in steps of 64, as the class."""
    files = {**library, "cell_build_model.py": PRELUDES["pytorch"] + READER}
    return Listening(assignment.package, files)


def measured(assignment: Assignment, channel: Listening, right: int) -> Result:
    """The first pixel is the label of `right` of 2000 images, and of no other."""
    labels = np.arange(2000) % 10
    images = np.zeros((2000, 3, 32, 32), np.float32)
    images[:, 0, 0, 0] = 64 * ((labels + (np.arange(2000) >= right)) % 10)
    weights = saved(scale=np.ones(1, np.float32))
    gallery = Gallery(images, labels)
    return examine_challenge(assignment.task("build_model"), channel, weights, lambda n: gallery)


@pytest.mark.parametrize(
    ("right", "points", "words"),
    [(1400, 5, "accuracy 70.0%"), (1360, 5, "near enough to 70%"), (1359, 0, "70% is asked for")],
)
def test_the_threshold_less_its_margin_decides(
    assignment: Assignment, model_side: Listening, right: int, points: int, words: str
) -> None:
    result = measured(assignment, model_side, right)
    told = " ".join([*result.notes, *(finding.summary for finding in result.findings)])
    assert result.points == points and words in told


def test_images_go_in_and_no_labels(assignment: Assignment, model_side: Listening) -> None:
    measured(assignment, model_side, 1400)
    arrays = [value for value in model_side.heard if isinstance(value, np.ndarray)]
    assert {array.dtype for array in arrays} == {np.dtype("uint8"), np.dtype("float32")}
    assert {array.shape[1:] for array in arrays if array.dtype == np.float32} == {(3, 32, 32)}


@pytest.mark.parametrize("zipped", [False, True])
def test_the_weights_are_taken_from_what_was_handed_in(
    assignment: Assignment, tmp_path: Path, zipped: bool
) -> None:
    if zipped:
        with zipfile.ZipFile(tmp_path / "ada.zip", "w") as archive:
            archive.writestr("homework/challenge.npz", b"numbers")
    else:
        (tmp_path / "ada").mkdir()
        (tmp_path / "ada" / "challenge.npz").write_bytes(b"numbers")
    submission = read_submission(tmp_path / ("ada.zip" if zipped else "ada"), assignment)
    assert submission.weights == {"challenge.npz": b"numbers"}
