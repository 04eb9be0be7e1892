"""What the staff's functions give to a student's code, and what is left of it here."""

import numpy as np

from autograder.assignment import Assignment
from autograder.grading.staff import StandInServer, reference


def test_a_stored_average_goes_back_and_nothing_is_kept(assignment: Assignment) -> None:
    """A judge serves thousands of submissions."""
    staff = reference(assignment)
    serve, bn_param = StandInServer(staff), {"mode": "train", "running_mean": np.zeros(2)}
    x = np.array([[1.0, 2.0], [3.0, 6.0]])
    serve("layers.batchnorm_forward", (x, np.ones(2), np.zeros(2), bn_param), {})
    assert np.allclose(bn_param["running_mean"], 0.1 * x.mean(axis=0))
    assert not staff.session.handles
