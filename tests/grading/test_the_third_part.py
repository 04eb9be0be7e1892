"""The layers and the net of the third part: stubs and missing files."""

from autograder.assignment import Assignment
from autograder.grading.grade import Judge
from autograder.release.strip import strip_code

from .conftest import lost, tasks

NET = "deepnets/cnn.py"
PARTS = tuple(f"ThreeLayerConvNet.{part}" for part in ("init", "scores", "loss", "gradients"))


def test_released_stubs_count_as_not_attempted(
    judge: Judge, files: dict[str, str], assignment: Assignment
) -> None:
    # Blocks of the whole library, whichever tasks this assignment asks for.
    ids = {line.split()[-1] for text in files.values() for line in text.splitlines()
           if "BEGIN SOLUTION" in line}  # fmt: skip
    found = tasks(judge, {name: strip_code(text, name, ids) for name, text in files.items()})
    new = [task.id for task in assignment.tasks if task.file and task.notebook[0] == "5"]
    assert len(new) == 12
    assert {found[name]["verdict"] for name in new} == {"not attempted"}
    assert sum(found[name]["points"] for name in new) == 0


def test_a_submission_without_the_net_loses_the_net_alone(
    judge: Judge, files: dict[str, str]
) -> None:
    found = tasks(judge, {name: text for name, text in files.items() if name != NET})
    assert lost(found) == set(PARTS)
    assert {found[name]["verdict"] for name in PARTS} == {"not attempted"}
