"""Cases in which the student's dice decide: right code fails them less than once in 1e9 times."""

import re
from math import comb, e

import numpy as np
import pytest
from assignments import each_task

from autograder.assignment import Assignment
from autograder.checks.dropout import no_two_alike
from autograder.judge.case import cases_of, graded_trials
from autograder.judge.trial import ReferenceExpected, run_trial
from autograder.student.local import LocalChannel

TASKS = re.compile(r"dropout_\w+|.*\.(dropout|init|call)")


@each_task
def test_right_code_passes_twenty_times(
    task: str, assignment: Assignment, library: dict[str, str], staff: LocalChannel
) -> None:
    channel, asked = LocalChannel(assignment.package, library), TASKS.fullmatch(task)
    for case in cases_of(task) if asked else ():
        for secret in range(20):
            *_, trial = graded_trials(case, str(secret))
            outcome = run_trial(trial, channel, ReferenceExpected(staff))
            assert outcome.passed, (secret, outcome.findings)


def test_all_calls_keep_the_same_number_less_than_once_in_1e9_times() -> None:
    """Eight calls, 400 values, p = 0.6."""
    chances = [comb(400, k) * 0.6**k * 0.4 ** (400 - k) for k in range(401)]
    assert max(chances) < 0.041
    assert sum(chance**8 for chance in chances) < 1e-9


def test_masks_are_alike_as_often_as_the_case_says() -> None:
    """Two of 4 rows of 9 values are alike or opposite in 2.5 % of all masks."""

    def chance(rows: int, values: int, q: float = 0.6**2 + 0.4**2) -> float:
        return comb(rows, 2) * (q**values + (1 - q) ** values)

    masks = np.random.default_rng(0).random((4000, 4, 9)) < 0.6
    alike = [not no_two_alike(m)["repeated along axis 0"].condition for m in masks]
    assert np.mean(alike) == pytest.approx(chance(4, 9), rel=0.3)
    assert chance(60, 70) + chance(70, 60) < 3e-14


def test_nets_share_a_quarter_of_their_float32_weights_by_no_chance() -> None:
    """Chernoff's bound for n coins of probability at most m / 2**23, as `nets._repeated` says."""
    rng = np.random.default_rng(2)
    a, b = (rng.normal(size=10_000).astype(np.float32) for _ in range(2))
    assert np.intersect1d(a, b).size < a.size * b.size / 2**23 * 2
    for n, m in ((100, 10_000), (300, 100_000)):
        assert (4 * e * m / 2**23) ** (n / 4) < 1e-20
