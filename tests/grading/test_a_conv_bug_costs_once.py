"""The layers and the net of the third part: stand-ins, stubs and missing files."""

import pytest

from autograder.assignment import Assignment
from autograder.grading.grade import Judge
from autograder.release.strip import strip_code

from .conftest import LAYERS, edited, lost, tasks

NET = "deepnets/cnn.py"
PARTS = tuple(f"ThreeLayerConvNet.{part}" for part in ("init", "scores", "loss", "gradients"))


@pytest.mark.parametrize(
    ("broken", "old", "new", "helped"),
    [
        ("conv_forward_naive", "window = padded[n, :", "window = padded[n, 0, :, :",
         {"conv_backward_naive"}),
        ("max_pool_forward_naive", "window = x[:, :", "window = x[:, 0, :, :",
         {"max_pool_backward_naive"}),
        ("spatial_groupnorm_forward", "groups = x.reshape(len(x), G, -1)", "groups = None",
         {"spatial_groupnorm_backward"}),
        ("conv_backward_naive", "db = dout.sum(axis=(0, 2, 3))", "db = dout.sum()", set()),
        ("max_pool_forward_naive", "window.max(axis", "window.min(axis", set()),
        ("max_pool_backward_naive", "window.argmax()", "window.argmin()", set()),
        ("spatial_batchnorm_forward", "normalized.reshape(N", "1.5 * normalized.reshape(N", set()),
        ("spatial_groupnorm_forward", "x_hat.reshape(x.shape) + beta", "x_hat.reshape(x.shape)",
         set()),
        ("relu_backward", "dx[x <= 0] = 0", "dx[x <= 0] = 1", {PARTS[3]}),
        ("relu_forward", "maximum(x, 0)", "maximum(x, 0.05)", set(PARTS[1:])),
    ],
)  # fmt: skip
def test_a_broken_layer_costs_its_own_points_alone(
    judge: Judge, files: dict[str, str], broken: str, old: str, new: str, helped: set[str]
) -> None:
    found = tasks(judge, edited(files, LAYERS, old, new))
    assert lost(found) == {broken}
    assert {name for name in helped if not found[name]["stand_ins"]} == set()


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
