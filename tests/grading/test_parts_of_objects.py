"""Of `layer-objects` every class is judged by itself: a mistake in one costs nothing in another."""

import re

import pytest
from assignments import ASSIGNMENTS, each_entry

from autograder.assignment import Assignment
from autograder.diagnosis.catalogue import Misconception, patched
from autograder.diagnosis.misconceptions.objects import MISCONCEPTIONS
from autograder.grading.grade import Judge
from autograder.release.strip import CODE_STUB

from .conftest import edited, lost, tasks
from .in_process import InThisProcess

[OBJECTS] = [each for each in ASSIGNMENTS if each.id == "layer-objects"]
with_objects = pytest.mark.parametrize("assignment", [OBJECTS], indirect=True, ids=[OBJECTS.id])
# Every third mistake, and those of which something has to be left out elsewhere.
LAYERS, ACTIVATIONS = "neural_networks/layers.py", "neural_networks/activations.py"
WRONG_OUTPUTS = re.compile(r"(FullyConnected|Conv2D|Pool2D|NeuralNetwork)\.forward\.")
SAMPLE = [m for i, m in enumerate(MISCONCEPTIONS) if i % 3 == 0 or WRONG_OUTPUTS.match(m.id)]


@pytest.mark.sampled(every=4)
@each_entry(*SAMPLE)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
def test_a_mistake_costs_its_own_points_or_blocks_what_needs_it(
    entry: Misconception,
    assignment: Assignment,
    files: dict[str, str],
    in_this_process: InThisProcess,
) -> None:
    found = in_this_process(patched(files, entry))
    others = lost(found) - {entry.task}
    assert entry.task in lost(found)
    assert {found[name]["verdict"] for name in others} <= {"blocked"}
    assert all(entry.task in assignment.task(name).needs for name in others)


@with_objects
@pytest.mark.parametrize("task", [task.id for task in OBJECTS.tasks if task.file])
def test_what_is_not_written_yet_blocks_only_what_is_made_of_it(
    task: str, assignment: Assignment, files: dict[str, str], in_this_process: InThisProcess
) -> None:
    """A forward pass blocks its own backward pass, or a prediction, and nothing else does."""
    file = str(assignment.task(task).file)
    block = rf"( *)### BEGIN SOLUTION {re.escape(task)}\n.*?### END SOLUTION"
    stub = re.sub(block, rf"\g<1>{CODE_STUB.format(task=task)}", files[file], flags=re.DOTALL)
    found = in_this_process({**files, file: stub})
    assert found[task]["verdict"] == "not attempted"
    for other in lost(found) - {task}:
        assert task.endswith(".forward") and task in assignment.task(other).needs
        assert found[other]["verdict"] == "blocked"


@with_objects
def test_right_work_loses_nothing_and_needs_no_help(judge: Judge, files: dict[str, str]) -> None:
    found = tasks(judge, files)
    assert not lost(found) and not any(task["stand_ins"] for task in found.values())


@with_objects
def test_a_missing_bias_costs_nothing_in_the_backward_pass(
    judge: Judge, files: dict[str, str]
) -> None:
    wrong = edited(files, LAYERS, ' + self.parameters["b"]', "")
    assert lost(tasks(judge, wrong)) == {"FullyConnected.forward"}


@with_objects
def test_the_activations_of_the_student_do_not_matter_to_layers(
    judge: Judge, files: dict[str, str]
) -> None:
    """Not even if the file holds none of them."""
    head, _, _ = files[ACTIVATIONS].partition("class Sigmoid")
    tail = '\n\ndef initialize_activation(name):\n    return {"linear": Linear}[name]()\n'
    found = tasks(judge, {**files, ACTIVATIONS: f"{head}{tail}"})
    classes = {name.partition(".")[0] for name in lost(found)}
    assert classes == {"Sigmoid", "TanH", "ReLU", "SoftMax"}


@with_objects
def test_the_fans_of_the_staff_stand_in(judge: Judge, files: dict[str, str]) -> None:
    swapped = "fan_out, fan_in = pixels * n_in, pixels * n_out"
    old = swapped.replace("fan_out, fan_in", "fan_in, fan_out")
    found = tasks(judge, edited(files, "neural_networks/weights.py", old, swapped))
    assert lost(found) == {"fans"}
    assert found["HeNormal.call"]["stand_ins"] == ["fans"]


@with_objects
def test_layers_without_seeds_lose_only_what_is_drawn(
    files: dict[str, str], in_this_process: InThisProcess
) -> None:
    """As EECS189's own files, whose losses are told their name, too."""
    losses = "neural_networks/losses.py"
    layers = files[LAYERS].replace("seed: Seed = None,", "").replace("(weight_init, seed)", "()")
    layers = layers.replace("initialize_weights()", "initialize_weights(weight_init)")
    named = files[losses].replace('name: str = ""', "name: str")
    found = in_this_process({**files, LAYERS: layers, losses: named})
    assert lost(found) == {"FullyConnected.init", "Conv2D.init"}
