"""An entry of the catalogue that is not what it says stops the release."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from autograder.assignment import Assignment
from autograder.diagnosis import naming
from autograder.diagnosis.catalogue import Edits, Misconception
from autograder.diagnosis.misconceptions import MISCONCEPTIONS
from autograder.diagnosis.naming import Diagnostician
from autograder.diagnosis.variants import VARIANTS
from autograder.judge.trial import ReferenceExpected
from autograder.release.effects import check_mistakes, check_variants
from autograder.release.errors import ReleaseError
from autograder.student.local import LocalChannel

MISTAKE = next(m for m in MISCONCEPTIONS if m.id == "relu_backward.no_mask")
VARIANT = next(v for v in VARIANTS if v.id == "relu_backward.passes_at_zero")
MASK = "dx[x <= 0] = 0"


@pytest.fixture
def check(
    assignment: Assignment,
    library: dict[str, str],
    staff: LocalChannel,
    monkeypatch: pytest.MonkeyPatch,
) -> Callable[[Misconception], None]:
    """With a catalogue of that mistake alone."""

    def checked(mistake: Misconception) -> None:
        monkeypatch.setattr(naming, "MISCONCEPTIONS", (mistake,))
        check_mistakes([mistake], Diagnostician(assignment.package, library))

    return checked


@pytest.mark.parametrize(
    ("new", "words"),
    [
        ("dx[(x <= 0)] = 0", r"misconceptions/layers\.py:\d+: relu_backward\.no_mask: all public "),
        ("dx[(x <= 0] = 0", r"no_mask: with its edits the file does not run: .*SyntaxError"),
    ],
)
def test_a_mistake_that_is_none(
    check: Callable[[Misconception], None], new: str, words: str
) -> None:
    check(MISTAKE)
    with pytest.raises(ReleaseError, match=words):
        check(replace(MISTAKE, edits=((MASK, new),)))


@pytest.mark.parametrize(
    ("edits", "words"),
    [
        (((MASK, "dx = dx"),), r"passes_at_zero: fails the case gradient: dx is wrong"),
        (((MASK, "dx = ("),), r"passes_at_zero: fails the case gradient: .*SyntaxError"),
    ],
)
def test_a_variant_that_is_wrong(
    assignment: Assignment, staff: LocalChannel, edits: Edits, words: str
) -> None:
    expected = ReferenceExpected(staff)
    check_variants(assignment, [VARIANT], expected)
    with pytest.raises(ReleaseError, match=words):
        check_variants(assignment, [replace(VARIANT, edits=edits)], expected)
