"""The cases as such: right for the reference whatever the seed, and hidden trials stay hidden."""

import re
from collections.abc import Callable, Iterator

import numpy as np
import pytest
from assignments import every_assignment

from autograder.assignment import Assignment
from autograder.judge.case import Trial, cases_of, graded_trials, public_trials
from autograder.judge.trial import Outcome, ReferenceExpected, run_trial
from autograder.student.channel import Answer, Call, Unreachable
from autograder.student.local import LocalChannel

Judged = Callable[[str, str, str], Outcome]


@pytest.fixture
def judged(assignment: Assignment, library: dict[str, str], staff: LocalChannel) -> Judged:
    """The first public trial of a task, with `new` for `old` in the whole library."""

    def judged(task: str, old: str, new: str) -> Outcome:
        files = {name: text.replace(old, new) for name, text in library.items()}
        [trial] = public_trials(cases_of(task)[0])
        return run_trial(trial, LocalChannel(assignment.package, files), ReferenceExpected(staff))

    return judged


def trials(assignment: Assignment, secret: str) -> Iterator[Trial]:
    for task in assignment.tasks:
        for case in cases_of(task.id):
            yield from graded_trials(case, secret)


@every_assignment
@pytest.mark.parametrize("secret", ["a", "b", "c", "d"])
def test_right_work_passes_whatever_the_seed(
    secret: str, assignment: Assignment, library: dict[str, str], staff: LocalChannel
) -> None:
    expected, other = ReferenceExpected(staff), LocalChannel(assignment.package, library)
    for trial in trials(assignment, secret):
        outcome = run_trial(trial, other, expected)
        assert outcome.passed and not outcome.notes, (trial.key, outcome)


@every_assignment
def test_a_row_for_a_vector_is_forgiven_in_all_cases_alike(
    assignment: Assignment, staff: LocalChannel
) -> None:
    """What one case accepts must not cost points in another."""
    expected = ReferenceExpected(staff)
    for trial in trials(assignment, "a"):
        answers = expected.of(trial).answers
        vectors = {name for name in answers if re.fullmatch(r"db|d?(b|gamma|beta)\d*", name)}
        assert not {
            name
            for name in vectors - trial.case.lenient
            if isinstance(answers[name], np.ndarray) and answers[name].ndim in (1, 4)
        }, trial.key


@every_assignment
def test_hidden_inputs_depend_on_the_secret_and_public_ones_do_not(
    assignment: Assignment, staff: LocalChannel
) -> None:
    first, second = list(trials(assignment, "a")), list(trials(assignment, "b"))
    assert {t.seed for t in first if t.public} == {t.seed for t in second if t.public}
    assert not {t.seed for t in first if not t.public} & {t.seed for t in second if not t.public}
    assert len({t.seed for t in first}) == len(first)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        ("return dx, dw, db", "return dx, dw", "affine_backward returned a tuple of 2"),
        ("return dx, dw, db", "return None", "affine_backward returned None"),
        ("return out, (x, w, b)", "return out", "affine_forward returned array (5, 3)"),
        ("return dx, dw, db", "return 'dx', 'dw', 'db'", "dx is a str"),
        ("db = dout.sum(axis=0)", "db = dout.sum(0); dout += 1", ""),
    ],
)
def test_answers_of_another_form_are_described(
    judged: Judged, old: str, new: str, words: str
) -> None:
    outcome = judged("affine_backward", old, new)
    if words:
        assert words in outcome.findings[0].summary
    else:
        assert outcome.passed
        assert outcome.notes == ["affine_backward changes its argument number 1 in place"]


@pytest.mark.parametrize(
    ("old", "new", "explanation"),
    [
        ("dx = np.exp(log_p)", "dx = 2 * np.exp(log_p)", "It is not the derivative of your own"),
        ("dx = np.exp(log_p)", "dx, loss = 3 * np.exp(log_p), 3 * loss", "It is not the"),
        ("dx /= len(x)", "loss *= len(x)", "It is the derivative of your own forward pass"),
    ],
)
def test_a_wrong_gradient_says_whose_fault_it_is(
    judged: Judged, old: str, new: str, explanation: str
) -> None:
    outcome = judged("softmax_loss", old, new)
    [finding] = [f for f in outcome.findings if f.quantity == "dx"]
    assert explanation in finding.summary


@pytest.mark.parametrize(
    ("function", "old", "new"),
    [
        ("softmax_loss", "-log_p[rows, y].mean()", "-log_p[rows, y].sum()"),
        ("svm_loss", "margins.sum() / len(x)", "margins.sum()"),
    ],
)
def test_a_wrong_loss_is_not_called_a_gradient(
    judged: Judged, function: str, old: str, new: str
) -> None:
    [finding] = judged(function, old, new).findings
    assert finding.quantity == "loss" and "derivative" not in finding.summary


class Broken:
    """A sandbox that fails at the `last` call."""

    def __init__(self, channel: LocalChannel, last: int) -> None:
        self._channel, self._left = channel, last

    def begin(self, seed: int) -> None:
        self._channel.begin(seed)

    def invoke(self, call: Call) -> Answer:
        self._left -= 1
        if not self._left:
            raise Unreachable
        return self._channel.invoke(call)


@pytest.mark.parametrize("last", [1, 2])
def test_a_fault_of_the_sandbox_is_charged_to_nobody(
    last: int, assignment: Assignment, library: dict[str, str], staff: LocalChannel
) -> None:
    # The second call is one that explains a wrong gradient.
    files = {name: text.replace("dx /= len(x)", "pass") for name, text in library.items()}
    [trial] = public_trials(cases_of("softmax_loss")[0])
    channel = Broken(LocalChannel(assignment.package, files), last)
    with pytest.raises(Unreachable):
        run_trial(trial, channel, ReferenceExpected(staff))


@pytest.mark.parametrize(
    ("task", "old", "new", "words"),
    [
        ("dropout_forward", "out = x * mask", "out = np.ones((900_000, 1, 1), bool)",
         "dropout_forward returned a tuple of 2: array (900000, 1, 1), object; expected is"),
        ("dropout_backward", "dx = dout * mask", "dx = (dout * mask).sum(axis=0)",
         "dropout_backward returned array (15,); expected is array (20, 15)"),
        ("batchnorm_forward", 'bn_param["running_mean"], bn_param["running_var"] =', "_ =",
         "bn_param returned a dict with keys mode; expected is a dict with keys mode, "),
    ],
)  # fmt: skip
def test_an_answer_of_another_shape_is_described_before_anything_is_computed(
    task: str, old: str, new: str, words: str, assignment: Assignment, library: dict[str, str],
    staff: LocalChannel,
) -> None:  # fmt: skip
    files = {name: text.replace(old, new, 1) for name, text in library.items()}
    channel, expected = LocalChannel(assignment.package, files), ReferenceExpected(staff)
    trials = [trial for case in cases_of(task) for trial in public_trials(case)]
    found = [f.summary for t in trials for f in run_trial(t, channel, expected).findings]
    assert any(words in summary for summary in found), found


@pytest.mark.parametrize("seed_of_class", range(5))
def test_single_precision_is_enough_where_digits_cancel(
    seed_of_class: int, assignment: Assignment, library: dict[str, str], staff: LocalChannel
) -> None:
    """A float32 answer to a float64 question is held to float32's tolerance, in gradients too."""
    coarse = "dx = gamma / std * (dout - (dbeta + x_hat * dgamma) / len(dout))"
    rounded = f"{coarse}\n    dx, dgamma = dx.astype(np.float32), dgamma.astype(np.float32)"
    files = {name: text.replace(coarse, rounded) for name, text in library.items()}
    channel, expected = LocalChannel(assignment.package, files), ReferenceExpected(staff)
    for case in cases_of("batchnorm_backward_alt"):
        for trial in graded_trials(case, f"class {seed_of_class}"):
            outcome = run_trial(trial, channel, expected)
            assert outcome.passed, outcome.findings
