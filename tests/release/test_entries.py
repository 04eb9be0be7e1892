"""What is written wrong in an entry of the catalogue stops the release, and is said."""

from dataclasses import replace
from typing import Any

import pytest

from autograder.assignment import Assignment
from autograder.diagnosis.catalogue import Entry
from autograder.diagnosis.misconceptions import MISCONCEPTIONS
from autograder.diagnosis.variants import VARIANTS
from autograder.release.entries import check_entries
from autograder.release.errors import ReleaseError
from autograder.release.known import known_tasks

MISTAKE = next(m for m in MISCONCEPTIONS if m.id == "relu_backward.no_mask")
VARIANT = next(v for v in VARIANTS if v.id == "relu_backward.passes_at_zero")


def refused(assignment: Assignment, *entries: Entry) -> str:
    with pytest.raises(ReleaseError) as caught:
        check_entries(assignment, known_tasks(assignment), entries)
    return str(caught.value)


@pytest.mark.parametrize("entry", [MISTAKE, VARIANT], ids=["mistake", "variant"])
@pytest.mark.parametrize(
    ("changes", "words"),
    [
        (
            {"id": "relu_bckward.x", "task": "relu_bckward"},
            "relu_bckward.x: there is no task 'relu_bckward'; did you mean 'relu_backward'?",
        ),
        ({"id": "no_mask", "task": ""}, "no_mask: the id of an entry is a task's id, a dot and a"),
        ({"id": "no_mask"}, "no_mask: the id of an entry is a task's id, a dot and a name"),
        ({"file": "deepnets/optim.py"}, "is solved in deepnets/layers.py, but its edits are for"),
        ({"edits": (("dx[x <= 0] = 0", "dx[x <= 0] = 0"),)}, "its edits change nothing"),
        ({"edits": (("dx[y]", "0"),)}, "deepnets/layers.py holds this text 0 times"),
        ({"edits": (("dx", "0"),)}, "deepnets/layers.py holds this text 2 times"),
    ],
)
def test_faults_of_entries(
    assignment: Assignment, entry: Entry, changes: dict[str, Any], words: str
) -> None:
    assert words in refused(assignment, replace(entry, **changes))


@pytest.mark.parametrize(
    ("section", "words"),
    [
        ("1-FullyConnectedNets.ipynb: ReLUU", "'ReLUU' is no heading of 1-FullyConnectedNets.ipyn"),
        ("1-FullyConnectedNets.ipynb: ReLUU", "did you mean 'ReLU'?"),
        ("1-FullyConnectedNet.ipynb: ReLU", "no notebook '1-FullyConnectedNet.ipynb'; did you me"),
    ],
)
def test_sections_are_headings(assignment: Assignment, section: str, words: str) -> None:
    assert words in refused(assignment, replace(MISTAKE, section=section))


def test_texts_are_not_empty(assignment: Assignment) -> None:
    assert "its hint is empty" in refused(assignment, replace(MISTAKE, hint=" "))
    forgotten = replace(MISTAKE, hint=("dx", "0"))
    assert "its hint is empty, or no text" in refused(assignment, forgotten)
    assert "its note is empty" in refused(assignment, replace(VARIANT, note=""))


def test_all_faults_are_told_at_once_with_their_places(assignment: Assignment) -> None:
    message = refused(assignment, replace(MISTAKE, hint=""), VARIANT, VARIANT)
    *_, double, empty, todo = message.splitlines()
    assert "variants/layers.py:" in double and "2 entries have this id" in double
    assert "misconceptions/layers.py:" in empty and f"{MISTAKE.id}: its hint" in empty
    assert todo == "Correct these entries, or remove them."
