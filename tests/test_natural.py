"""Names are sorted as people count."""

import pytest

from autograder.natural import natural


@pytest.mark.parametrize(
    "names",
    [
        ["", "2", "10", "a", "a1", "a01b", "a1b", "a2", "a10"],
        ["s1-9", "s1-10", "s2-1"],
        # Digits of other scripts, and some that are no number.
        ["x2", "x²", "x٢", "x٣"],
    ],
)
def test_numbers_in_names_count(names: list[str]) -> None:
    assert sorted(set(names), key=natural) == names
