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
from autograder.grading.staff import given_files
from autograder.judge.challenge import Gallery, examine_challenge
from autograder.sandbox.tiers import probe
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
    def forward(self, x):
        return F.one_hot(x[:, 0, 0, 0].round().long(), 10).float()

def build_model():
    return Reader()
"""
COUNT = 2000


def reader_gallery(right: int) -> Gallery:
    """The first pixel of an image, divided by 64, tells its class, and of so many the true one."""
    labels = np.arange(COUNT) % 10
    said = np.where(np.arange(COUNT) < right, labels, (labels + 1) % 10)
    images = np.broadcast_to(64.0 * said[:, None, None, None], (COUNT, 3, 32, 32))
    return Gallery(images.astype(np.float32), labels)


@pytest.mark.parametrize(
    ("right", "verdict", "words"),
    [
        (600, "failed", "accuracy 30.0% on 2,000 images"),
        (1358, "failed", "70% is asked for, and 68% is enough"),
        (1360, "passed", "70% is asked for, and 68% is enough"),
        (1402, "passed", "accuracy 70.1% on 2,000 images"),
    ],
)
def test_the_accuracy_decides_and_the_margin_is_told(
    assignment: Assignment, right: int, verdict: str, words: str
) -> None:
    """A model that is right on `right` images, as it reads the classes from them."""
    cell = {"cell_build_model.py": PRELUDES["pytorch"] + READER}
    channel = LocalChannel(assignment.package, {**given_files(assignment), **cell})
    gallery = reader_gallery(right)
    result = examine_challenge(
        assignment.task("build_model"), channel, saved(), lambda count: gallery
    )
    assert result.verdict == verdict
    assert words in " ".join((*result.notes, *(f.text for f in result.findings)))


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
