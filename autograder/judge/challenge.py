"""A model that a student trained, judged by images it has never seen.

Images go in and logits come out; the labels stay with the judge.
"""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from autograder.assignment import Challenge, Task
from autograder.judge.finding import Finding
from autograder.judge.verdict import Result, name_of
from autograder.student.channel import Channel, StudentError, Unusable
from autograder.student.proxy import RemoteObject, Student

BATCH, CLASSES = 100, 10


@dataclass(frozen=True)
class Gallery:
    """Images (N, 3, 32, 32) float32, as the notebook prepares them, and their labels (N,)."""

    images: NDArray[np.float32]
    labels: NDArray[np.int64]


def examine_challenge(
    task: Task, channel: Channel, weights: bytes | None, gallery: Callable[[int], Gallery]
) -> Result:
    """Build the student's model, load its weights, and count its right answers."""
    challenge = task.challenge
    assert challenge is not None
    try:
        channel.begin(0)
        model = _trained(Student(channel), task, weights)
        accuracy = _accuracy(Student(channel), model, gallery(challenge.images))
    except StudentError as error:
        return _failed(task, name_of(task, error), str(error))
    return _judged(task, challenge, accuracy)


def _trained(student: Student, task: Task, weights: bytes | None) -> RemoteObject:
    model = getattr(getattr(student, f"cell_{task.id}"), task.id)()
    if not isinstance(model, RemoteObject):
        raise Unusable(f"{task.id}() must return a model")
    if weights is None:
        assert task.challenge is not None
        raise Unusable(f"{task.challenge.weights}, the file of trained weights, was not handed in")
    student.torch_tools.load_weights(model, np.frombuffer(weights, np.uint8))
    return model


def _accuracy(student: Student, model: RemoteObject, gallery: Gallery) -> float:
    right = 0
    for start in range(0, len(gallery.images), BATCH):
        images, labels = (a[start : start + BATCH] for a in (gallery.images, gallery.labels))
        logits = student.torch_tools.logits(model, images)
        if not isinstance(logits, np.ndarray) or logits.shape != (len(images), CLASSES):
            found = getattr(logits, "shape", "no tensor")
            raise Unusable(
                f"the model's output is {found}; ({len(images)}, {CLASSES}) is asked for"
            )
        if np.isnan(logits).any():
            raise Unusable("the model's output is not a number (NaN): look at the trained weights")
        right += int(np.sum(logits.argmax(axis=1) == labels))
    return right / len(gallery.images)


def _judged(task: Task, challenge: Challenge, accuracy: float) -> Result:
    reached = f"accuracy {accuracy:.1%} on images that the model was not trained on"
    if accuracy >= challenge.threshold - challenge.margin:
        if accuracy < challenge.threshold:
            reached += f": near enough to {challenge.threshold:.0%}, because they are a sample"
        return Result(task, "passed", task.points, notes=(reached,))
    return _failed(task, "failed", f"{reached}; {challenge.threshold:.0%} is asked for")


def _failed(task: Task, verdict: str, text: str) -> Result:
    return Result(task, verdict, findings=(Finding(task.id, text, case="challenge"),))
