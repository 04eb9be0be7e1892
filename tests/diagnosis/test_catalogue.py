"""Every entry of the catalogue does what it says, on its own task and with several seeds."""

import re
from collections import Counter

import pytest
from assignments import ASSIGNMENTS, each_entry, every_assignment, file_of

from autograder.assignment import Assignment
from autograder.diagnosis.catalogue import CatalogueError, Misconception, Variant, patched
from autograder.diagnosis.misconceptions import MISCONCEPTIONS
from autograder.diagnosis.naming import Diagnostician
from autograder.diagnosis.variants import VARIANTS
from autograder.judge.trial import Expected, ReferenceExpected
from autograder.release.entries import check_entries
from autograder.release.known import known_tasks
from autograder.student.local import LocalChannel

from .conftest import Judge

ACCEPTED = [v for v in VARIANTS if not v.alternative]
CONVENTIONS = [v for v in VARIANTS if v.alternative]


@pytest.mark.sampled(every=8)
@pytest.mark.filterwarnings("ignore::RuntimeWarning")
@each_entry(*MISCONCEPTIONS)
def test_a_misconception_is_rejected_and_named(
    entry: Misconception,
    judge: Judge,
    reference: Expected,
    diagnostician: Diagnostician,
    secrets: list[str],
) -> None:
    for secret in secrets:
        result = judge(entry, entry.task, secret, reference)
        assert not result.passed
        assert [named.id for named in diagnostician.name(result)][:1] == [entry.id]


# What a student is told of whoever writes like that; all others are told nothing.
TOLD = {
    "in place": {
        "relu_forward.in_place", "relu_backward.in_place", "softmax_loss.in_place",
        "sgd_momentum.in_place", "batchnorm_forward.in_place", "batchnorm_backward.in_place",
        "dropout_forward.in_place", "dropout_backward.in_place", "ReLU.backward.in_place",
    },
    "has shape": {
        "affine_backward.row_of_biases", "TwoLayerNet.init.rows_of_biases",
        "TwoLayerNet.gradients.by_hand", "FullyConnectedNet.init.rows_of_biases",
        "batchnorm_forward.rows_of_averages", "batchnorm_backward.rows",
        "FullyConnectedNet.batchnorm.rows_of_parameters", "conv_backward_naive.row_of_biases",
        "spatial_batchnorm_backward.rows_of_channels", "spatial_groupnorm_backward.vectors",
        "ThreeLayerConvNet.init.rows_of_biases",
    },
    "has dtype": {
        "affine_forward.float32", "softmax_loss.one_hot", "batchnorm_forward.loop",
        "batchnorm_forward.double_precision_inside", "batchnorm_backward.graph",
        "batchnorm_backward_alt.means", "conv_forward_naive.single_precision",
        "convnet_parameters.parameter_list", "sequential_convnet.kaiming_in_double_precision",
        "FullyConnected.init.single_precision", "Conv2D.init.single_precision",
    },
}  # fmt: skip


@each_entry(*ACCEPTED)
def test_a_variant_passes_with_the_note_that_is_due_and_no_other(
    entry: Variant, judge: Judge, reference: Expected, secrets: list[str]
) -> None:
    due = {part for part, told in TOLD.items() if entry.id in told}
    for secret in secrets:
        result = judge(entry, entry.task, secret, reference)
        assert result.passed, (secret, result.findings)
        notes = result.notes
        assert {part for part in due if any(part in note for note in notes)} == due
        assert [note for note in notes if not any(part in note for part in due)] == []


@pytest.mark.sampled(every=6)
@each_entry(*ACCEPTED)
def test_a_variant_passes_all_tasks_of_its_file(
    entry: Variant,
    judge: Judge,
    reference: Expected,
    assignment: Assignment,
    secrets: list[str],
) -> None:
    for task in (task.id for task in assignment.tasks if file_of(task) == entry.file):
        for secret in secrets:
            result = judge(entry, task, secret, reference)
            assert result.passed, (secret, result.findings)


@each_entry(*CONVENTIONS)
def test_a_convention_passes_only_where_it_is_accepted_and_with_its_note(
    entry: Variant,
    judge: Judge,
    reference: Expected,
    diagnostician: Diagnostician,
    staff: LocalChannel,
    secrets: list[str],
) -> None:
    accepting = ReferenceExpected(staff, diagnostician.alternatives)
    for secret in secrets:
        assert not judge(entry, entry.task, secret, reference).passed
        result = judge(entry, entry.task, secret, accepting)
        assert result.passed
        assert entry.note in result.notes


def test_no_two_assignments_have_a_task_of_the_same_id() -> None:
    """Cases and entries are found by the task's id alone."""
    tasks = Counter(task.id for each in ASSIGNMENTS for task in each.tasks)
    assert [name for name, count in tasks.items() if count > 1] == []


@every_assignment
def test_the_catalogue_has_no_fault(assignment: Assignment) -> None:
    check_entries(assignment, known_tasks(assignment), (*MISCONCEPTIONS, *VARIANTS))


@every_assignment
def test_every_task_with_code_has_a_misconception_and_a_variant(assignment: Assignment) -> None:
    coded = {t.id for t in assignment.tasks if t.has_cases}
    wrong = [entry.task for entry in MISCONCEPTIONS if entry.task in coded]
    assert coded - {*wrong} == set()
    assert coded - {entry.task for entry in VARIANTS} == set()
    assert len(wrong) >= 5 * len(coded)


@pytest.mark.parametrize("entry", MISCONCEPTIONS, ids=lambda entry: entry.id)
def test_a_hint_is_one_sentence_without_code(entry: Misconception) -> None:
    assert entry.hint.endswith((".", "?"))
    assert ". " not in entry.hint
    assert not re.search(r"np\.|\bself\.|axis=|config\[|==| @ ", entry.hint)


def test_an_edit_must_fit_exactly_once() -> None:
    files = {"deepnets/layers.py": "out = x\nout = x\n"}
    for old in ("out = x", "out = y"):
        entry = Variant("relu_forward.any", "relu_forward", "deepnets/layers.py", ((old, ""),), "")
        with pytest.raises(CatalogueError, match=r"relu_forward\.any: deepnets/layers\.py"):
            patched(files, entry)


def test_patching_leaves_the_given_files_alone(library: dict[str, str]) -> None:
    before = dict(library)
    changed = patched(library, MISCONCEPTIONS[0])
    assert library == before
    assert [path for path in library if library[path] != changed[path]] == [MISCONCEPTIONS[0].file]
