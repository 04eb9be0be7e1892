import hashlib

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from autograder.draw import Draw


def test_the_bits_never_change() -> None:
    draw = Draw(2024)
    parts = [draw.uniform(5), draw.normal(2, 3), draw.labels(9, 4), draw.integers(0, 9, 7)]
    digest = hashlib.sha256(b"".join(part.tobytes() for part in parts)).hexdigest()
    assert digest == "99ebef1c4a3d005e3cf96c9bfc57d4aed25b98c53f66624d83daa14a012a8161"


@given(st.integers(0, 2**63), st.integers(2, 40), st.integers(1, 6))
def test_labels_cover_every_class(seed: int, n: int, classes: int) -> None:
    labels = Draw(seed).labels(n, classes)
    assert labels.shape == (n,)
    assert set(labels) == set(range(min(n, classes)))


@given(st.integers(0, 2**63))
def test_ranges(seed: int) -> None:
    draw = Draw(seed)
    assert (np.abs(draw.away_from_zero(50)) >= 0.1).all()
    assert np.isin(draw.integers(3, 6, 50), [3, 4, 5]).all()
    assert abs(draw.normal(4000).std() - 1) < 0.1
